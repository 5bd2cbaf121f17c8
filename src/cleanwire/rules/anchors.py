"""Anchors: the literal words that must stand in a document before a rule is looked at.

An anchor is a run of words. In a document any blank space, punctuation, quoting or HTML entity may stand between two of
its words, so that a line wrap does not hide it. Its expression works on bytes: ASCII letters match in either case,
other letters in the cases spelled out. An anchor in capitals is searched in capitals only.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import pairwise
from math import log2

import regex

from cleanwire.rules import words
from cleanwire.rules.wording import Choice, Literal, Sequence, Wording

Anchor = tuple[str, ...]

MOST_BYTES_BETWEEN = 64
_MOST_BYTES_RUN_ON = 8  # between two ideographs
_IDEOGRAPHS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]+")
MOST_BYTES = 512
"""No anchor stretches over more bytes than this in any document."""

MOST_WANTED = 6
"""A copy that is cut off or reworded still has one of so many anchors."""
_LONGEST = 3


@cache
def _ranks() -> dict[str, int]:
    """The commonest words of real text, each with its rank.

    The list was counted over some 5,000 English press releases, articles and web pages (words of at least 25 of them);
    the commonest words of ten other languages stand between.
    """
    text = resources.files("cleanwire").joinpath("rules/common_words.txt").read_text(encoding="utf-8")
    return {word: rank for rank, word in enumerate(text.split(), 2)}


_UNRANKED = 10_000
_RARE_ENOUGH = 8.0
_RARER_IN_CAPITALS = 5.0


def _weight(anchor: Anchor) -> float:
    """How rare the anchor is, in bits: by Zipf's law a word's frequency falls as its rank grows."""
    ranks = _ranks()
    if is_in_capitals(anchor):
        return _RARER_IN_CAPITALS + _weight(tuple(word.lower() for word in anchor))
    return sum(log2(ranks.get(word, _UNRANKED)) if len(word) > 1 or not word.isascii() else 1 for word in anchor)


def is_usable(anchor: Anchor) -> bool:
    """Whether the anchor is rare enough to be looked for without anybody having asked for it."""
    return _is_searchable(anchor) and _weight(anchor) >= _RARE_ENOUGH


def _is_searchable(anchor: Anchor) -> bool:
    return bool(anchor) and not any(words.URL_MARK in word for word in anchor)


def _candidates(run: tuple[str, ...]) -> list[Anchor]:
    if len(run) <= _LONGEST:
        return [run]
    return [tuple(run[i : i + _LONGEST]) for i in range(len(run) - _LONGEST + 1)]


def derive(wording: Wording, *, most: int = MOST_WANTED) -> list[Anchor]:
    """Anchors of a wording, at least one of which is in every exact copy. Empty where there is none.

    One is enough to find exact copies: every one of them is in each. To find damaged copies too, ``most`` are taken
    from all over the words that every copy has, the rarest of each stretch. Where these words are everywhere,
    alternatives serve that have an anchor each.
    """
    return _of_runs(wording.parts, most) or _of_choices(wording.parts)


def _of_runs(parts: Sequence, most: int) -> list[Anchor]:
    positions: list[tuple[int, Anchor]] = []
    at = 0
    for run in (part.words for part in parts if isinstance(part, Literal)):
        # A web address cannot be searched word by word: what stands around it can.
        for piece in _without_addresses(run):
            positions += [(at + i, anchor) for i, anchor in enumerate(_candidates(piece))]
            at += len(piece)
    zones: dict[int, Anchor] = {}
    for place, anchor in positions:
        zone = place * most // max(at, 2 * most) if most > 1 else 0
        if is_usable(anchor) and (zone not in zones or _weight(anchor) > _weight(zones[zone])):
            zones[zone] = anchor
    return list(dict.fromkeys(zones.values()))


def _of_choices(parts: Sequence) -> list[Anchor]:
    found: list[list[Anchor]] = []
    for part in parts:
        if isinstance(part, Choice):
            each = [_of_runs(option, 1) or _of_choices(option) for option in part.options]
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
    anchor = tuple(words.split(text).words) or (text.strip(),)  # a sign such as © has no words
    if text.isupper():
        anchor = tuple(word.upper() for word in anchor)
    if not (_is_searchable(anchor) and (len(anchor) > 1 or _weight(anchor) >= _RARE_ENOUGH)):
        raise ValueError(f"the anchor {text!r} is in every document: give longer or rarer words, and no web address")
    if longest(anchor) > MOST_BYTES:
        raise ValueError(f"the anchor {text!r} is too long: two or three words are enough")
    return anchor


def is_in_capitals(anchor: Anchor) -> bool:
    """Whether the anchor is searched in capitals only."""
    return "".join(anchor).isupper()


def longest(anchor: Anchor) -> int:
    """The most bytes that the anchor can stretch over."""
    gaps = sum(_MOST_BYTES_RUN_ON if _run_on(*pair) else 2 * MOST_BYTES_BETWEEN + 8 for pair in pairwise(anchor))
    return sum(len(word.encode()) for word in anchor) + gaps


def _run_on(before: str, word: str) -> bool:
    """Whether the words are written without anything between them, as ideographs are."""
    return bool(_IDEOGRAPHS.fullmatch(before + word))


def _letters(word: str) -> str:
    """The word as an expression over bytes."""
    pieces: list[str] = []
    for char in word:
        if char.isascii():
            pieces.append(regex.escape(char))
            continue
        forms = [char] if char.isupper() else sorted({char, char.lower(), char.upper(), char.title()})
        encoded = ["".join(f"\\x{byte:02x}" for byte in form.encode()) for form in forms]
        pieces.append(encoded[0] if len(encoded) == 1 else "(?:" + "|".join(encoded) + ")")
    return "".join(pieces)


# Between two words: anything but ASCII letters and digits, or an entity. Two words of ideographs need nothing between.
_BETWEEN = r"[^0-9A-Za-z]"
_ENTITY = r"(?:nbsp|quot|amp|apos|[lr][sd]quo|[lr]aquo|[mn]dash|shy|zwnj|copy|reg|#[0-9]{2,5}|#x[0-9a-f]{2,4});"
_ANY_ENTITY = r"[#0-9a-z]{2,6};"


def expression(anchor: Anchor, *, bounded: bool) -> bytes:
    """The anchor as an expression over bytes, to be compiled caseless unless the anchor is in capitals.

    The bounded form says what an anchor is. The other matches that and a little more, and costs Hyperscan a tenth to
    compile (0.14 s against 1.2 s for 250 anchors).
    """
    least, more, entity = "+", "*", _ANY_ENTITY
    if bounded:
        least, more, entity = f"{{1,{MOST_BYTES_BETWEEN}}}", f"{{0,{MOST_BYTES_BETWEEN}}}", _ENTITY
    pieces = [_letters(anchor[0])]
    for before, word in pairwise(anchor):
        if _run_on(before, word):
            pieces.append(f"{_BETWEEN}{{0,{_MOST_BYTES_RUN_ON}}}{_letters(word)}")
            continue
        gap = least if before.isascii() or word.isascii() else more
        pieces.append(f"{_BETWEEN}{gap}(?:{entity}{_BETWEEN}{more})?{_letters(word)}")
    return "".join(pieces).encode("ascii")
