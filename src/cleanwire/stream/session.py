"""A document's bytes in, in chunks of any size; what stays and what goes out, in order. Does no I/O.

The window is a buffer of the bytes that are not decided yet. A byte is decided when no anchor that may still come could
change its fate: every rule says how far from a hit it looks (its reach), a tail rule waits for the document's end for
at most TAIL_MOST bytes, and a run of adjoining blocks is settled after at most GROUP_MOST bytes. So the answer depends
on the document alone, never on how it was cut into chunks.
"""

from __future__ import annotations

from typing import NamedTuple

from cleanwire.detect import seam, settle
from cleanwire.detect.anchors import Hit
from cleanwire.detect.candidate import MOST_REACH, Candidate
from cleanwire.detect.detector import BOM, Detector, Region, look
from cleanwire.model import NearMiss, Span
from cleanwire.rules.anchors import MOST_BYTES

STEP = 1 << 18
"""Bytes that are gathered before they are looked at."""
REGION_MOST = 3 * MOST_REACH
GROUP_MOST = 1 << 17
NEAR_MISSES_MOST = 1000
_CONTEXT = 64  # bytes of decided text that stay in the buffer, to see the last character


class Kept(NamedTuple):
    """Text that stays; ``start`` is its byte offset in the document."""

    start: int
    data: bytes


class Cut(NamedTuple):
    """Text that goes; the span's offsets are bytes of the document."""

    span: Span
    data: bytes


Event = Kept | Cut


class _Open:
    """A region of one rule that neighbouring hits still make longer."""

    __slots__ = ("end", "hits", "start")

    def __init__(self, start: int, end: int, hit: Hit) -> None:
        self.start, self.end, self.hits = start, end, [hit]


class _Block(NamedTuple):
    """A candidate that goes, cut to what no earlier one takes."""

    start: int
    end: int
    candidate: Candidate


class Session:
    """One document on its way through. ``feed`` it, ``close`` it; both give the events that are decided by then."""

    def __init__(self, detector: Detector, *, step: int = STEP) -> None:
        self.near_misses: list[NearMiss] = []
        self.over_budget: set[str] = set()
        self._detector = detector
        self._step = step
        self._buffer: bytes | bytearray = b""
        self._base = 0
        self._scanned = 0
        self._done = 0  # what stands before is decided and given out
        self._end: int | None = None
        self._text_start = 0
        self._open: dict[int, _Open] = {}  # by rule
        self._closed: list[tuple[int, _Open]] = []  # whose bytes have not all come yet
        self._pending: list[Candidate] = []
        self._recent: list[Candidate] = []  # decided ones, which may lie behind a tail candidate
        self._group: list[_Block] = []
        self._breaks_kept: int | None = None  # before the parts of the group that are given out already

    # ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def feed(self, data: bytes) -> list[Event]:
        """Takes the next bytes of the document."""
        if not self._buffer:
            self._buffer = bytearray()
        assert isinstance(self._buffer, bytearray)
        self._buffer += data
        if self._base + len(self._buffer) - self._scanned < self._step:
            return []
        return self._advance()

    def close(self) -> list[Event]:
        """Says that the document ends here."""
        self._end = self._base + len(self._buffer)
        return self._advance()

    def whole(self, data: bytes) -> list[Event]:
        """The same as ``feed(data)`` and ``close()`` for a document that is all there, without copying it."""
        self._buffer = data
        return self.close()

    # ── the way of a byte ────────────────────────────────────────────────────────────────────────────────────────

    def _advance(self) -> list[Event]:
        if self._base == 0:
            self._text_start = len(BOM) if self._buffer[: len(BOM)] == BOM else 0
        self._scan()
        self._close_regions()
        self._match()
        events: list[Event] = []
        self._settle(events)
        self._forget()
        return events

    def _scan(self) -> None:
        """Finds the anchors in the new bytes, and opens or lengthens the regions around them."""
        end = self._base + len(self._buffer)
        for hit in self._detector.hits(self._buffer, self._scanned - self._base, end - self._base):
            at = hit.end + self._base
            placed = Hit(at, hit.anchor)
            for rule in self._detector.rules_at(hit):
                reach = self._detector.matcher(rule).reach
                start, stop = max(0, at - reach), at + reach
                region = self._open.get(rule)
                if region is None or start > region.end or stop - region.start > REGION_MOST:
                    if region is not None:
                        self._closed.append((rule, region))
                    self._open[rule] = _Open(start, stop, placed)
                else:
                    region.hits.append(placed)
                    region.end = stop
        self._scanned = end

    def _close_regions(self) -> None:
        """Closes the regions that no hit to come can lengthen."""
        for rule, region in list(self._open.items()):
            reach = self._detector.matcher(rule).reach
            if self._end is not None or self._scanned - reach > region.end:
                self._closed.append((rule, region))
                del self._open[rule]

    def _match(self) -> None:
        """Has the rules look at the closed regions whose bytes are there."""
        waiting: list[tuple[int, _Open]] = []
        for rule, region in self._closed:
            if self._end is None and region.end > self._scanned:
                waiting.append((rule, region))
                continue
            whole = Region(region.start, region.end, tuple(region.hits))
            found = look(self._detector, rule, whole, self._buffer, self._base, self._end)
            self._note(found.near_misses)
            if found.over_budget:
                self.over_budget.add(self._detector.rules[rule].id)
            self._pending += (c for c in found.candidates if c.rule.place != "head" or c.start < settle.HEAD)
        self._closed = waiting

    def _frontier(self) -> float:
        """No candidate that is still to come begins before this offset."""
        if self._end is not None:
            return float("inf")
        regions = (*self._open.values(), *(region for _, region in self._closed))
        return min(self._scanned - MOST_REACH, *(region.start for region in regions), self._scanned)

    def _settle(self, events: list[Event]) -> None:
        """Decides the candidates before the frontier, and gives out what is decided."""
        frontier = self._frontier()
        self._pending.sort(key=settle.order)
        self._decide_tails()
        pending = self._pending
        index = 0
        while index < len(pending):
            candidate = pending[index]
            following = pending[index + 1] if index + 1 < len(pending) else None
            undecided = self._is_undecided_tail(candidate) or (
                following is not None and candidate.reach > candidate.end and self._is_undecided_tail(following)
            )
            if undecided or frontier <= candidate.reach + seam.MOST_BLANK:
                frontier = min(frontier, candidate.start)
                break
            self._take(candidate, following, events)
            self._recent.append(candidate)
            index += 1
        del pending[:index]
        if self._group and (self._end is not None or frontier > self._group[-1].end + seam.MOST_BLANK):
            self._give_group(events)
        if self._end is not None:
            self._give_kept(self._end, events)
        else:
            limit = self._group[0].start if self._group else int(frontier)
            self._give_kept(limit - seam.MOST_BLANK - _CONTEXT, events)

    def _is_undecided_tail(self, candidate: Candidate) -> bool:
        return candidate.rule.place == "tail" and self._end is None

    def _decide_tails(self) -> None:
        """Drops the tail candidates that are too far from the document's end."""
        if self._end is not None:
            accepted = settle.in_tail([*self._recent, *self._pending], self._end)
            self._pending = [c for c in self._pending if c.rule.place != "tail" or settle.order(c) in accepted]
        else:
            far = self._scanned - settle.TAIL_MOST
            self._pending = [c for c in self._pending if c.rule.place != "tail" or c.end >= far]
            self._recent = [c for c in self._recent if c.end >= far]

    def _take(self, candidate: Candidate, following: Candidate | None, events: list[Event]) -> None:
        """Adds the candidate to the run of adjoining blocks, or gives that run out and begins another."""
        end = candidate.end
        if candidate.end_if_followed > end:
            behind = seam.blank_behind(self._surroundings(), candidate.end_if_followed)
            if behind == self._end or (following is not None and following.start <= behind):
                end = candidate.end_if_followed
        start = candidate.start
        if self._group:
            group_end = self._group[-1].end
            start = max(start, group_end)
            if end <= start:
                return
            adjoins = start <= seam.blank_behind(self._surroundings(), group_end)
            if not adjoins:
                self._give_group(events)
            elif end - self._group[0].start > GROUP_MOST:
                self._give_part_of_group(start, events)
        start = max(start, self._done)
        if start < end:
            self._group.append(_Block(start, end, candidate))

    # ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _surroundings(self) -> seam.Surroundings:
        return seam.Surroundings(self._buffer, self._base, self._done, self._text_start, self._end, self._breaks_kept)

    def _give_group(self, events: list[Event]) -> None:
        blocks, self._group = self._group, []
        widened = seam.widen(self._surroundings(), blocks[0].start, blocks[-1].end)
        self._breaks_kept = None
        if widened is None:
            reason = "without it, the words around it would run together"
            self._note([NearMiss(b.start, b.end, b.candidate.rule.id, b.candidate.score, reason) for b in blocks])
            return
        self._give_cuts(blocks, *widened, events)

    def _give_part_of_group(self, end: int, events: list[Event]) -> None:
        """Gives out a run of blocks that is too long to hold, up to ``end``, where the next of its blocks begins."""
        blocks, self._group = self._group, []
        start = blocks[0].start
        if self._breaks_kept is None:
            start, self._breaks_kept = seam.begin(self._surroundings(), start)
        self._give_cuts(blocks, start, end, events)

    def _give_cuts(self, blocks: list[_Block], start: int, end: int, events: list[Event]) -> None:
        self._give_kept(start, events)
        for index, block in enumerate(blocks):
            stop = blocks[index + 1].start if index + 1 < len(blocks) else end
            rule = block.candidate.rule
            span = Span(self._done, stop, rule.id, rule.category, block.candidate.match, block.candidate.score)
            events.append(Cut(span, self._slice(self._done, stop)))
            self._done = stop

    def _give_kept(self, end: int, events: list[Event]) -> None:
        if end > self._done:
            events.append(Kept(self._done, self._slice(self._done, end)))
            self._done = end

    def _note(self, near_misses: list[NearMiss]) -> None:
        """Remembers near misses, of which a stream without end may have any number."""
        self.near_misses += near_misses[: NEAR_MISSES_MOST - len(self.near_misses)]

    def _slice(self, start: int, end: int) -> bytes:
        return bytes(self._buffer[start - self._base : end - self._base])

    def _forget(self) -> None:
        """Drops the bytes that nothing will look at again."""
        if isinstance(self._buffer, bytearray):
            least = min(self._done - _CONTEXT, self._scanned - MOST_BYTES - _CONTEXT)
            if least > self._base:
                del self._buffer[: least - self._base]
                self._base = least
