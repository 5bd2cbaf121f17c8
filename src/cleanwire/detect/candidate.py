"""What a matcher says about a stretch of a document, before it is settled. Offsets are bytes of the document."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from cleanwire.model import Match, NearMiss, Rule

MOST_REACH = 16_384
"""No matcher looks farther than so many bytes from a hit."""


class Stretch(NamedTuple):
    """A piece of a document for a matcher to look at.

    ``text`` is ``data[start:end]`` decoded; ``hits`` are the offsets behind the last byte of each anchor in it, and
    ``anchors`` is how many different ones these are.
    ``from_start`` and ``to_end`` say whether its edges are the document's.
    """

    text: str
    start: int
    end: int
    hits: tuple[int, ...]
    anchors: int
    from_start: bool
    to_end: bool
    errors: str

    def byte(self, char: int) -> int:
        """The document's byte offset of character ``char`` of the text."""
        if self.end - self.start == len(self.text):
            return self.start + char
        return self.start + len(self.text[:char].encode("utf-8", self.errors))

    def chars_before(self, byte: int) -> int:
        """How many characters of the text stand before the document's byte ``byte``, which begins a character."""
        if self.end - self.start == len(self.text):
            return byte - self.start
        return len(self.text.encode("utf-8", self.errors)[: byte - self.start].decode("utf-8", self.errors))


class Candidate(NamedTuple):
    """A stretch that a rule takes for boilerplate.

    ``end_if_followed`` lies behind ``end`` where a copy is cut off in the middle of a sentence: that sentence goes too
    where another block or nothing follows it.
    """

    start: int
    end: int
    rule: Rule
    match: Match
    score: float
    end_if_followed: int

    @property
    def reach(self) -> int:
        return max(self.end, self.end_if_followed)


class Found(NamedTuple):
    """What a matcher found in a stretch. ``over_budget``: it ran out of time and stopped looking."""

    candidates: list[Candidate]
    near_misses: list[NearMiss]
    over_budget: bool = False


class Matcher(Protocol):
    """Finds one rule's copies in a stretch. ``reach`` is how many bytes it must see on both sides of a hit."""

    reach: int

    def find(self, stretch: Stretch) -> Found:
        """All copies that hold at least one of the hits."""
        ...
