"""Anchors: the literal words that must stand in a document before a rule is looked at.

An anchor is a run of words. In a document any blank space, punctuation, quoting or HTML entity may stand between two of
its words, so that a line wrap does not hide it. Its expression works on bytes: ASCII letters match in either case,
other letters in the cases spelled out.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from cleanwire.rules import words
from cleanwire.rules.wording import Choice, Literal, Sequence, Wording

Anchor = tuple[str, ...]

MOST_BYTES_BETWEEN = 64
MOST_BYTES = 512
"""No anchor stretches over more bytes than this in any document."""

_WANTED = 6  # a copy that is cut off or reworded still has one of so many
_LONGEST = 3

# Words that are everywhere; an anchor of nothing else would be looked at in every document.
_COMMON = frozenset(
    """
    a about above accordance after all also an and any are article as at be been before being between but by can
    company contact contained content could date day de del der die do does each el en et first for forward from
    further future had has have he her his how if il image in including information into is it its la las le
    legal les los may media more most must my new news no not of on one only or other our out over per please
    press release responsibility she should site statement statements story such than that the their them there
    these they this those through time to two under up us use was we were what when where which while who will
    with would year you your
    """.split()  # noqa: SIM905 - a list of words reads better than a list of strings
)


def _weight(anchor: Anchor) -> int:
    """How rare the anchor is, as a rough guess: long words that are not everywhere count."""
    return sum(0 if word in _COMMON else min(len(word), 10) if word.isascii() else 3 * len(word) for word in anchor)


def is_usable(anchor: Anchor) -> bool:
    """Whether the anchor is rare enough to be looked for without anybody having asked for it."""
    return _is_searchable(anchor) and _weight(anchor) >= 5


def _is_searchable(anchor: Anchor) -> bool:
    return bool(anchor) and not any(words.URL_MARK in word for word in anchor)


def _candidates(run: tuple[str, ...]) -> list[Anchor]:
    if len(run) <= _LONGEST:
        return [run]
    return [tuple(run[i : i + _LONGEST]) for i in range(len(run) - _LONGEST + 1)]


def derive(wording: Wording) -> list[Anchor]:
    """Anchors from all over the wording, at least one of which is in every exact copy. Empty where there is none.

    The words that every copy has are cut into as many stretches as anchors are wanted; each gives its rarest run.
    Where these words are everywhere, alternatives serve that have an anchor each.
    """
    return _of_runs(wording.parts) or _of_choices(wording.parts)


def _of_runs(parts: Sequence) -> list[Anchor]:
    positions: list[tuple[int, Anchor]] = []
    at = 0
    for run in (part.words for part in parts if isinstance(part, Literal)):
        # A web address cannot be searched word by word: what stands around it can.
        for piece in _without_addresses(run):
            positions += [(at + i, anchor) for i, anchor in enumerate(_candidates(piece))]
            at += len(piece)
    zones: dict[int, Anchor] = {}
    for place, anchor in positions:
        zone = place * _WANTED // max(at, 2 * _WANTED)
        if is_usable(anchor) and (zone not in zones or _weight(anchor) > _weight(zones[zone])):
            zones[zone] = anchor
    return list(dict.fromkeys(zones.values()))


def _of_choices(parts: Sequence) -> list[Anchor]:
    found: list[list[Anchor]] = []
    for part in parts:
        if isinstance(part, Choice):
            each = [_of_runs(option) or _of_choices(option) for option in part.options]
            if all(each):
                found.append([anchor for anchors in each for anchor in anchors])
    # The rarest of several is the one whose commonest anchor is rarest.
    return max(found, key=lambda anchors: min(map(_weight, anchors)), default=[])


def _without_addresses(run: tuple[str, ...]) -> list[tuple[str, ...]]:
    pieces: list[list[str]] = [[]]
    for word in run:
        if words.URL_MARK in word:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [tuple(piece) for piece in pieces if piece]


def read(text: str) -> Anchor:
    """The anchor that a pack writes as ``text``. Raises ValueError where it cannot be one."""
    anchor = tuple(words.split(text).words)
    # Two common words side by side are rare enough where somebody has thought about it.
    if not (is_usable(anchor) or (_is_searchable(anchor) and len(anchor) > 1 and len("".join(anchor)) >= 8)):
        raise ValueError(f"the anchor {text!r} is in every document: give longer or rarer words, and no web address")
    if longest(anchor) > MOST_BYTES:
        raise ValueError(f"the anchor {text!r} is too long: two or three words are enough")
    return anchor


def longest(anchor: Anchor) -> int:
    """The most bytes that the anchor can stretch over."""
    return sum(len(word.encode()) for word in anchor) + (len(anchor) - 1) * (2 * MOST_BYTES_BETWEEN + 8)


def _letters(word: str) -> str:
    """The word as an expression over bytes."""
    pieces: list[str] = []
    for char in word:
        if char.isascii():
            pieces.append(regex.escape(char))
            continue
        forms = sorted({char, char.lower(), char.upper(), char.title()})
        encoded = ["".join(f"\\x{byte:02x}" for byte in form.encode()) for form in forms]
        pieces.append(encoded[0] if len(encoded) == 1 else "(?:" + "|".join(encoded) + ")")
    return "".join(pieces)


# Between two words: anything but ASCII letters and digits, or an entity. Two words of ideographs need nothing between.
_BETWEEN = r"[^0-9A-Za-z]"
_ENTITY = r"(?:nbsp|quot|amp|apos|[lr][sd]quo|[lr]aquo|[mn]dash|shy|zwnj|copy|reg|#[0-9]{2,5}|#x[0-9a-f]{2,4});"
_ANY_ENTITY = r"[#0-9a-z]{2,6};"


def expression(anchor: Anchor, *, bounded: bool) -> bytes:
    """The anchor as an expression over bytes, caseless in ASCII.

    The bounded form says what an anchor is. The other matches that and a little more, and costs Hyperscan a tenth to
    compile (0.14 s against 1.2 s for 250 anchors).
    """
    least, more, entity = "+", "*", _ANY_ENTITY
    if bounded:
        least, more, entity = f"{{1,{MOST_BYTES_BETWEEN}}}", f"{{0,{MOST_BYTES_BETWEEN}}}", _ENTITY
    pieces = [_letters(anchor[0])]
    for before, word in pairwise(anchor):
        gap = least if before.isascii() or word.isascii() else more
        pieces.append(f"{_BETWEEN}{gap}(?:{entity}{_BETWEEN}{more})?{_letters(word)}")
    return "".join(pieces).encode("ascii")
