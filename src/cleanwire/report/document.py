"""A whole document and what was decided about it, as the reports need it."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import regex

from cleanwire.batch.document import Outcome, Settings, clean
from cleanwire.batch.plan import Job
from cleanwire.cleaner import Cleaner
from cleanwire.detect.offsets import CharOffsets
from cleanwire.formats.text import encoding_of
from cleanwire.model import NearMiss, Span
from cleanwire.stream.session import Cut, Event

LINE = regex.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


class Report:
    """A document as text, its spans in characters. Held in memory as a whole: reports are for eyes."""

    def __init__(self, cleaner: Cleaner, settings: Settings, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        self.encoding = encoding_of(data[:4096], settings.encoding)
        cuts: list[Cut] = []

        def note(event: Event) -> None:
            if isinstance(event, Cut):
                cuts.append(event)

        self.outcome: Outcome = clean(cleaner, settings, name, io.BytesIO(data), lambda _: None, note)
        self.errors = "surrogateescape" if self.encoding == "utf-8" else "strict"
        self.text = "" if self.outcome.status == "not text" else data.decode(self.encoding, self.errors)
        offset = CharOffsets(self.text.encode("utf-8", self.errors), self.errors)
        self.spans = [_moved(cut.span, offset) for cut in cuts]
        self.spared = [_moved(span, offset) for span in self.outcome.spared]
        near = sorted(self.outcome.near_misses, key=lambda miss: (miss.start, miss.end, miss.rule))
        taken = self.spans + self.spared
        moved = [_moved(miss, offset) for miss in near]
        self.near_misses = [m for m in moved if not any(s.start < m.end and m.start < s.end for s in taken)]

    def byte(self, char: int) -> int:
        """The byte offset of a character in the document as it is on disk."""
        if self.encoding == "utf-8":
            return len(self.text[:char].encode("utf-8", self.errors))
        return len(self.text[:char].encode(self.encoding))

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of every line, its line break included."""
        return [match.span() for match in LINE.finditer(self.text)]

    def position(self, char: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        starts = [start for start, _ in self.lines]
        line = max(1, bisect_right(starts, char))
        return line, char - (starts[line - 1] if starts else 0) + 1

    def first_word(self, span: Span) -> int:
        """Where a span's text begins behind the blank space that goes with it."""
        piece = self.text[span.start : span.end]
        return span.start + len(piece) - len(piece.lstrip())


_Placed = TypeVar("_Placed", Span, NearMiss)


def _moved(placed: _Placed, offset: CharOffsets) -> _Placed:
    return replace(placed, start=offset(placed.start), end=offset(placed.end))


@dataclass(frozen=True, slots=True)
class Reporting:
    """Work that gives each job's outcome a report, drawn by ``render``, and writes nothing."""

    render: Callable[[Report], str]

    def __call__(self, cleaner: Cleaner, settings: Settings, job: Job) -> Outcome:
        report = Report(cleaner, settings, str(job.source), job.source.read_bytes())
        report.outcome.report = self.render(report)
        return report.outcome


def printable(text: str) -> str:
    """Text that any terminal and any UTF-8 file can take."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
