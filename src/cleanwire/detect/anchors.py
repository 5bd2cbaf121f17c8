"""One pass over the bytes that finds all anchors of all rules at once."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import regex

from cleanwire.rules.anchors import MOST_BYTES, Anchor, expression, is_in_capitals


class Hit(NamedTuple):
    """An anchor's number and the offset behind its last byte."""

    end: int
    anchor: int


class Finder(Protocol):
    """Finds anchors in bytes."""

    def find(self, data: bytes | bytearray | memoryview, start: int, end: int) -> list[Hit]:
        """The hits whose last byte lies in ``data[start:end]``, in order; what stands before ``start`` is context."""
        ...


class HyperscanFinder:
    """All anchors in one pass of Hyperscan, each hit confirmed by the anchor's own bounded expression.

    Hyperscan searches without bounds on the blank space between words (bounded repeats are dear to compile: 28 s
    against 0.5 s for 400 anchors), so that it finds a little more than there is.
    """

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        import hyperscan  # 15 ms that --help need not pay

        self._hyperscan = hyperscan
        self._anchors = anchors
        self._confirming: dict[int, regex.Pattern[bytes]] = {}
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=[expression(anchor, bounded=False) for anchor in anchors],
            ids=list(range(len(anchors))),
            elements=len(anchors),
            flags=[0 if is_in_capitals(anchor) else hyperscan.HS_FLAG_CASELESS for anchor in anchors],
        )
        self._local = threading.local()

    def _scratch(self) -> Any:
        """Hyperscan's working memory, which no two threads may share."""
        scratch = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = self._hyperscan.Scratch(self._database)
        return scratch

    def find(self, data: bytes | bytearray | memoryview, start: int, end: int) -> list[Hit]:
        context = max(0, start - MOST_BYTES)
        view = bytes(memoryview(data)[context:end])
        seen: list[tuple[int, int]] = []

        def on_match(anchor: int, _start: int, stop: int, _flags: int, _context: object) -> None:
            seen.append((stop, anchor))

        self._database.scan(view, match_event_handler=on_match, scratch=self._scratch())
        return [
            Hit(context + stop, anchor)
            for stop, anchor in sorted(set(seen))
            if context + stop > start and self._confirm(anchor).search(view, max(0, stop - MOST_BYTES), stop)
        ]

    def _confirm(self, anchor: int) -> regex.Pattern[bytes]:
        """What is exactly the anchor, compiled when it is first hit: most never are."""
        pattern = self._confirming.get(anchor)
        if pattern is None:
            pattern = _compile(self._anchors[anchor], rb"\Z")
            self._confirming[anchor] = pattern
        return pattern


def _compile(anchor: Anchor, behind: bytes) -> regex.Pattern[bytes]:
    return regex.compile(expression(anchor, bounded=True) + behind, 0 if is_in_capitals(anchor) else regex.IGNORECASE)


class NaiveFinder:
    """The same answer by trying every anchor everywhere. For tests: turning the fast pass off changes nothing."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._expressions = [_compile(anchor, b"") for anchor in anchors]

    def find(self, data: bytes | bytearray | memoryview, start: int, end: int) -> list[Hit]:
        context = max(0, start - MOST_BYTES)
        view = bytes(memoryview(data)[context:end])
        hits: set[Hit] = set()
        for number, pattern in enumerate(self._expressions):
            for match in pattern.finditer(view, overlapped=True):
                shorter: regex.Match[bytes] | None = match
                while shorter is not None:  # from one start, an anchor may end in several places
                    hits.add(Hit(context + shorter.end(), number))
                    shorter = pattern.match(view, match.start(), shorter.end() - 1)
        return sorted(hit for hit in hits if hit.end > start)


def finder(anchors: Iterable[Anchor], *, prefilter: bool) -> Finder:
    """What finds ``anchors``; without ``prefilter`` slowly and by other means."""
    listed = list(anchors)
    return HyperscanFinder(listed) if prefilter and listed else NaiveFinder(listed)
