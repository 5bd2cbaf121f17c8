"""One document from a reader to a writer, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Literal

from cleanwire.cleaner import CHUNK, Cleaner
from cleanwire.errors import DocumentError
from cleanwire.formats.text import HEAD, Transcoder, encoding_of, why_not_text
from cleanwire.model import NearMiss, Span
from cleanwire.stream.guard import Guard
from cleanwire.stream.session import Cut, Event

Status = Literal["changed", "unchanged", "kept back", "failed", "not text", "copied"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are cleaned. ``max_removed`` is a share of words, 0 to 1."""

    only: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    encoding: str | None = None
    max_removed: float = 0.8
    allow_empty: bool = False

    def cleaner(self) -> Cleaner:
        """A Cleaner with these rules. Raises PackError and ConfigError."""
        return Cleaner(self.only, also=self.also, skip=self.skip, packs=self.packs)


@dataclass(slots=True)
class Outcome:
    """What became of a document. ``blocks`` and ``removed`` (bytes) are by category; ``report`` is for stdout.

    ``near_misses`` and, of a document that was kept back, ``spared`` count bytes of the document in UTF-8.
    """

    name: str
    status: Status = "unchanged"
    reason: str = ""
    bytes_read: int = 0
    blocks: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    over_budget: tuple[str, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    spared: tuple[Span, ...] = ()
    report: str = ""


def clean(
    cleaner: Cleaner,
    settings: Settings,
    name: str,
    reader: IO[bytes],
    write: Callable[[bytes], object],
    on_event: Callable[[Event], None] | None = None,
) -> Outcome:
    """Cleans the document in ``reader``; what stays goes to ``write``. Raises DocumentError and OSError.

    A document that is not text is not written at all, and says so by its status.
    """
    outcome = Outcome(name)
    head = reader.read(HEAD)
    encoding = encoding_of(head, settings.encoding)
    if reason := why_not_text(head, encoding):
        outcome.status, outcome.reason = "not text", reason
        return outcome
    transcoder = None if encoding == "utf-8" else Transcoder(encoding, name)
    session = cleaner.session()
    guard = Guard(session, max_removed=settings.max_removed, allow_empty=settings.allow_empty)

    def give(events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Cut):
                _count(outcome, event)
            else:
                write(event.data if transcoder is None else transcoder.from_utf8(event.data))
            if on_event is not None:
                on_event(event)

    chunk = head
    while chunk:
        outcome.bytes_read += len(chunk)
        give(guard.feed(chunk if transcoder is None else transcoder.to_utf8(chunk, final=False)))
        chunk = reader.read(CHUNK)
    if transcoder is not None:
        give(guard.feed(transcoder.to_utf8(b"", final=True)))
    give(guard.close())
    if transcoder is not None and (rest := transcoder.from_utf8(b"", final=True)):
        write(rest)
    outcome.over_budget = tuple(sorted(session.over_budget))
    outcome.near_misses = tuple(session.near_misses)
    outcome.spared = tuple(guard.spared)
    if guard.kept_back:
        outcome.status, outcome.reason = "kept back", guard.kept_back
    elif outcome.blocks:
        outcome.status = "changed"
    return outcome


def _count(outcome: Outcome, cut: Cut) -> None:
    category, rule = cut.span.category, cut.span.rule
    outcome.blocks[category] = outcome.blocks.get(category, 0) + 1
    outcome.removed[category] = outcome.removed.get(category, 0) + len(cut.data)
    outcome.rules[rule] = outcome.rules.get(rule, 0) + 1


def explain_os_error(name: str, error: OSError) -> DocumentError:
    """The error in one line that says what to do where something can be done."""
    cures: dict[type[OSError], str] = {
        PermissionError: "check its permissions",
        FileNotFoundError: "it has gone since",
        IsADirectoryError: "it is a folder",
    }
    cure = next((f" ({text})" for kind, text in cures.items() if isinstance(error, kind)), "")
    return DocumentError(f"{name}: {error.strerror or error}{cure}")
