"""What stands where a block goes: the blank space around it, and whether two words would run together."""

from __future__ import annotations

from typing import NamedTuple

import regex

MOST_BLANK = 512
"""Bytes of blank space beside a block that are looked at."""

_SPACE = rb"(?:[ \t\x0b]|\xc2\xa0|\xe2\x80[\x80-\x8b\xaf]|\xe3\x80\x80)"
_BREAK = rb"(?:\r\n|\n|\r)"
_BLANK_BEFORE = regex.compile(rb"(?r)(?:" + _SPACE + rb"|[\r\n])*+")
_BLANK_BEHIND = regex.compile(rb"(?:" + _SPACE + rb"|[\r\n])*+")
_BREAKS = regex.compile(_BREAK)
_PUNCTUATION = regex.compile(rb"[.,;:!?)\]]")
_WORD = regex.compile(r"\w")  # letters, digits, and marks that combine with what stands before them
_NO_SPACES_BETWEEN_WORDS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")


class Surroundings(NamedTuple):
    """A document around a block. ``data[0]`` is byte ``base``; text before ``floor`` is decided already.

    ``text_start`` is where the document's text starts (behind a byte order mark); ``end`` its end, None while unknown.
    ``breaks_kept`` is for a block that goes on where another has just been cut: the line breaks left before that one.
    """

    data: bytes | bytearray
    base: int
    floor: int
    text_start: int
    end: int | None
    breaks_kept: int | None = None


def blank_before(around: Surroundings, at: int) -> int:
    """Where the blank space that ends at ``at`` begins."""
    low = max(around.floor, at - MOST_BLANK) - around.base
    return around.base + _BLANK_BEFORE.match(around.data, low, at - around.base).start()  # type: ignore[union-attr]


def blank_behind(around: Surroundings, at: int) -> int:
    """Where the blank space that begins at ``at`` ends."""
    low = at - around.base
    return around.base + _BLANK_BEHIND.match(around.data, low, low + MOST_BLANK).end()  # type: ignore[union-attr]


def widen(around: Surroundings, start: int, end: int) -> tuple[int, int] | None:
    """The block ``start`` to ``end`` with the blank space that separated it; None where words would run together.

    What is left between the neighbours is what separated them best: the greater number of line breaks of the two
    sides, one line break at the end of a document that had one, nothing at its start.
    """
    left, right = blank_before(around, start), blank_behind(around, end)
    base = around.base
    breaks_right = list(_BREAKS.finditer(around.data, end - base, right - base))
    if around.breaks_kept is not None:
        missing = 0 if right == around.end and around.breaks_kept else len(breaks_right) - around.breaks_kept
        keep = breaks_right[-missing:] if missing > 0 else []
        return start, keep[0].start() + base if keep else right
    breaks_left = list(_BREAKS.finditer(around.data, left - base, start - base))
    if right == around.end:
        if left <= around.text_start or not breaks_right:
            return max(left, around.text_start), right
        if breaks_right[-1].end() + base < right and breaks_left:
            return breaks_left[0].end() + base, right
        return left, breaks_right[-1].start() + base
    if left <= around.text_start:
        return left, (breaks_right[-1].end() + base if breaks_right else right)
    if breaks_left and breaks_right:
        if len(breaks_right) > len(breaks_left):
            return left, breaks_right[0].start() + base
        return breaks_left[-1].end() + base, breaks_right[-1].end() + base
    if breaks_right:
        return left, end
    if right > end and (left < start or breaks_left):
        return start, right
    if left < start and _PUNCTUATION.match(around.data, end - base):
        return left, end
    if left == start and right == end and _would_join(around, start, end):
        return None
    return start, end


def begin(around: Surroundings, start: int) -> tuple[int, int]:
    """Where a long run of blocks begins that is cut before its end is seen, and the line breaks left before it.

    At the start of a document nothing need be left, which counts as more breaks than any run has behind it.
    """
    left = blank_before(around, start)
    breaks = list(_BREAKS.finditer(around.data, left - around.base, start - around.base))
    if left <= around.text_start:
        return left, MOST_BLANK
    return (breaks[-1].end() + around.base if breaks else start), len(breaks)


def _would_join(around: Surroundings, start: int, end: int) -> bool:
    """Whether the last character before and the first behind would be read as one word."""
    base = around.base
    before = bytes(around.data[max(around.base, start - 4) - base : start - base]).decode("utf-8", "ignore")[-1:]
    behind = bytes(around.data[end - base : end - base + 4]).decode("utf-8", "ignore")[:1]
    if not (_WORD.match(before) and _WORD.match(behind)):
        return False
    return not (_NO_SPACES_BETWEEN_WORDS.match(before) or _NO_SPACES_BETWEEN_WORDS.match(behind))
