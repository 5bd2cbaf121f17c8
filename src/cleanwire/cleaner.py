"""The Cleaner: the rules in force, and one document after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

from cleanwire.detect.detector import Detector
from cleanwire.detect.offsets import CharOffsets
from cleanwire.model import Category, Cleaned, NearMiss, Pack, Rule
from cleanwire.rules import book as rule_book
from cleanwire.rules import read
from cleanwire.stream.session import Cut, Event, Session

CHUNK = 1 << 18


@dataclass(slots=True)
class Streamed:
    """What became of a stream: sizes in bytes, and the number of blocks and bytes removed by category."""

    bytes_read: int = 0
    bytes_written: int = 0
    blocks: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    over_budget: frozenset[str] = frozenset()


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """The packs that come with cleanwire, read once."""
    return tuple(read.shipped())


def load_book(packs: Iterable[str | Path | Pack] = ()) -> rule_book.RuleBook:
    """The shipped packs and ``packs`` in one book. Raises PackError."""
    extra = [pack if isinstance(pack, Pack) else read.read_file(Path(pack)) for pack in packs]
    return rule_book.join([*shipped_packs(), *extra])


class Cleaner:
    """Takes boilerplate out of documents. One Cleaner serves any number of documents, and threads.

    ``categories`` names what goes: categories, rule ids or sources (the first part of ids); by default
    ``DEFAULT_CATEGORIES``. ``also`` adds to it, ``skip`` takes from it. ``packs`` are rule packs besides those that
    come with cleanwire: paths of TOML files, or ``Pack`` objects. Raises ``PackError`` and ``ConfigError``.
    """

    def __init__(
        self,
        categories: Iterable[str] | None = None,
        *,
        also: Iterable[str] = (),
        skip: Iterable[str] = (),
        packs: Iterable[str | Path | Pack] = (),
        prefilter: bool = True,
    ) -> None:
        book = load_book(packs)
        chosen = rule_book.select(book, only=tuple(categories or ()), also=tuple(also), skip=tuple(skip))
        self._detector = Detector(chosen, book.headings, prefilter=prefilter)

    @classmethod
    def of_rules(cls, rules: Iterable[Rule], headings: dict[Category, tuple[str, ...]] | None = None) -> Cleaner:
        """A Cleaner of just these rules, whatever comes with cleanwire."""
        cleaner = cls.__new__(cls)
        cleaner._detector = Detector(tuple(rules), headings)  # noqa: SLF001 - its own
        return cleaner

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""
        return self._detector.rules

    def session(self) -> Session:
        """A document to be fed in chunks: bytes in, events out."""
        return Session(self._detector)

    def clean_bytes(self, data: bytes) -> Cleaned[bytes]:
        """Cleans a document given as UTF-8 (bytes that are not stay as they are). Spans count bytes."""
        session = self.session()
        events = session.whole(data)
        cuts = [event for event in events if isinstance(event, Cut)]
        text = b"".join([event.data for event in events if not isinstance(event, Cut)]) if cuts else data
        return Cleaned(
            text,
            tuple(cut.span for cut in cuts),
            tuple(cut.data for cut in cuts),
            _in_order(session.near_misses, cuts),
            frozenset(session.over_budget),
        )

    def clean(self, text: str) -> Cleaned[str]:
        """Cleans a document. Spans count characters."""
        data = text.encode("utf-8", "surrogatepass")
        result = self.clean_bytes(data)
        offset = CharOffsets(data, "surrogatepass")
        spans = tuple(replace(span, start=offset(span.start), end=offset(span.end)) for span in result.spans)
        near = tuple(replace(miss, start=offset(miss.start), end=offset(miss.end)) for miss in result.near_misses)
        kept: list[str] = []
        done = 0
        for span in spans:
            kept.append(text[done : span.start])
            done = span.end
        kept.append(text[done:])
        removed = tuple(text[span.start : span.end] for span in spans)
        return Cleaned("".join(kept), spans, removed, near, result.over_budget)

    def stream(self, reader: BinaryIO, writer: BinaryIO, on_event: Callable[[Event], None] | None = None) -> Streamed:
        """Cleans one document of any size from ``reader`` to ``writer``, both binary, in bounded memory."""
        result = Streamed()
        session = self.session()

        def give(events: list[Event]) -> None:
            for event in events:
                if isinstance(event, Cut):
                    category = event.span.category
                    result.blocks[category] = result.blocks.get(category, 0) + 1
                    result.removed[category] = result.removed.get(category, 0) + len(event.data)
                else:
                    writer.write(event.data)
                    result.bytes_written += len(event.data)
                if on_event is not None:
                    on_event(event)

        while chunk := reader.read(CHUNK):
            result.bytes_read += len(chunk)
            give(session.feed(chunk))
        give(session.close())
        result.over_budget = frozenset(session.over_budget)
        return result


def _in_order(near_misses: list[NearMiss], cuts: list[Cut]) -> tuple[NearMiss, ...]:
    """The near misses of which nothing went, in the order in which they stand."""
    left = [
        miss for miss in near_misses if not any(cut.span.start < miss.end and miss.start < cut.span.end for cut in cuts)
    ]
    return tuple(sorted(left, key=lambda miss: (miss.start, miss.end, miss.rule)))
