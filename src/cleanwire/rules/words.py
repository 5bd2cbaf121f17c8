"""What a word is: the form in which wordings and documents are compared.

Two texts that differ only in letter case, blank space, line wraps, quoting, punctuation, HTML entities, zero-width
characters or quotes broken by a wrong encoding have the same words. Each word keeps the place it came from.
"""

from __future__ import annotations

import html
import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

import regex

# What lies between two words, as one character before the second. A word never contains one of these.
SAME_LINE, SENTENCE_END, LINE_BREAK, SENTENCE_END_AT_BREAK, BLANK_LINE = " ", ".", "\n", ";", "¶"
SEPARATORS = SAME_LINE + SENTENCE_END + LINE_BREAK + SENTENCE_END_AT_BREAK + BLANK_LINE
ENDS_OF_SENTENCE = frozenset((SENTENCE_END, SENTENCE_END_AT_BREAK, BLANK_LINE))
BOUNDARIES = frozenset((SENTENCE_END, LINE_BREAK, SENTENCE_END_AT_BREAK, BLANK_LINE))

URL_MARK = "\x02"

# A sign of a web address, one ideograph or kana, or a run of letters and digits. "_" is emphasis, not a letter.
_WORD = regex.compile(
    r"""(?:https?://|www\.)[^\s<>"“”«»‘’()\[\]{}|\\^`]{0,2000}[^\s<>"“”«»‘’()\[\]{}|\\^`.,;:!?*_…'>]"""
    r"""|[\p{Han}\p{Hiragana}\p{Katakana}]|[\w--[_\p{Han}\p{Hiragana}\p{Katakana}]]+""",
    regex.V1 | regex.IGNORECASE,
)
_SENTENCE_END = regex.compile(r"[.!?…؟۔।]['\"”’»)\]*_]*\s|[。！？]")
_SCHEME = regex.compile(r"(?:https?://)?(?:www\.)?")
_LINE_BREAK = regex.compile(r"\r\n?|\n")
_ABBREVIATIONS = frozenset(
    ["st", "dr", "mr", "mrs", "ms", "prof", "sr", "jr", "no", "vs", "gen", "rev", "col", "sgt", "kl"]
)


def _broken_by_wrong_encoding() -> dict[str, str]:
    """What UTF-8 punctuation and small letters look like after they were read as Windows-1252 or Latin-1."""
    broken: dict[str, str] = {}
    for char in "“”‘’–—…«»©®™•·\u00a0" + "".join(map(chr, range(0xDF, 0x100))):
        data = char.encode()
        for codec in ("cp1252", "latin-1"):
            broken.setdefault(data.decode(codec, "ignore"), char)
    return {form: char for form, char in broken.items() if len(form) > 1} | {"â€": "”", "Â\u0020": " "}


_BROKEN = _broken_by_wrong_encoding()
_ZERO_WIDTH = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_NOISE_SIGN = regex.compile(rf"[&âÂÃ{_ZERO_WIDTH}]")
_NOISE = regex.compile(
    "|".join(regex.escape(form) for form in sorted(_BROKEN, key=len, reverse=True))
    + rf"|[{_ZERO_WIDTH}]+|&(?:#\d{{1,6}}|#[xX][0-9a-fA-F]{{1,5}}|[A-Za-z][A-Za-z0-9]{{1,8}});"
)


class Words(NamedTuple):
    """The words of a text, each with where it stands.

    ``canonical`` is every word behind its separator, and one separator at the end: ``"¶legal disclaimer;menafn …¶"``.
    ``starts`` and ``ends`` are offsets in the text; ``places`` offsets of the separators in ``canonical``.
    """

    canonical: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    places: list[int]

    def separator(self, index: int) -> str:
        """What stands before word ``index`` (its last value: behind the last word)."""
        return self.canonical[self.places[index]]

    def index_at(self, canonical_offset: int) -> int:
        """The word whose separator stands at ``canonical_offset``."""
        return bisect_left(self.places, canonical_offset)

    def index_covering(self, offset: int) -> int:
        """The word that covers or follows character ``offset`` of the text."""
        return bisect_right(self.ends, offset)


def fold(word: str) -> str:
    """A word as it is compared: in lower case and one normal form.

    Not casefold(): that turns ß into ss, and an anchor, which is searched as bytes, would miss the word.
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).lower().replace("\u0307", "")


def _fold_url(word: str) -> str:
    """A web address without its scheme, "www." and last slash: what copies of one address agree on."""
    address = _SCHEME.sub("", fold(word), count=1).rstrip("/")
    return URL_MARK + address.replace(".", "\u2024").replace(";", "\u2025")


def _without_noise(text: str) -> tuple[str, list[int]]:
    """The text with entities and broken quotes read as what they mean, and each character's place in ``text``."""
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _NOISE.finditer(text):
        start, end = match.span()
        form = match.group()
        meant = _BROKEN.get(form)
        if meant is None:
            meant = html.unescape(form) if form[0] == "&" else ""
            if meant == form:
                continue
        parts += (text[done:start], meant)
        offsets += range(done, start)
        offsets += [start] * len(meant)
        done = end
    parts.append(text[done:])
    offsets += range(done, len(text) + 1)
    return "".join(parts), offsets


def _separator(gap: str, word_before: str) -> str:
    breaks = len(_LINE_BREAK.findall(gap))
    if breaks > 1:
        return BLANK_LINE
    ended = _SENTENCE_END.search(gap) is not None and not (
        gap[0] == "." and (len(word_before) == 1 or word_before in _ABBREVIATIONS)
    )
    if breaks:
        return SENTENCE_END_AT_BREAK if ended else LINE_BREAK
    return SENTENCE_END if ended else SAME_LINE


def plain(text: str) -> str:
    """The text in which every word of ``split(text)``, web addresses apart, stands letter for letter."""
    return fold(_without_noise(text)[0] if _NOISE_SIGN.search(text) else text)


def split(text: str, *, from_start: bool = True, to_end: bool = True) -> Words:
    """The words of ``text``. ``from_start`` and ``to_end`` say whether its edges are the document's edges."""
    offsets: list[int] | None = None
    if _NOISE_SIGN.search(text):
        text, offsets = _without_noise(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    places: list[int] = []
    parts: list[str] = []
    place = 0
    before = 0
    word = ""
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not words:
            separator = BLANK_LINE if from_start else _separator(text[:start] or " ", "")
        else:
            gap = text[before:start]
            separator = SAME_LINE if gap == " " or not gap else _separator(gap, word)
        raw = match.group()
        word = _fold_url(raw) if "." in raw or "/" in raw else fold(raw)
        words.append(word)
        starts.append(start)
        ends.append(end)
        places.append(place)
        parts += (separator, word)
        place += 1 + len(word)
        before = end
    places.append(place)
    parts.append(BLANK_LINE if to_end else _separator(text[before:] or " ", word))
    if offsets is not None:
        starts = [offsets[i] for i in starts]
        ends = [offsets[i] for i in ends]
    return Words("".join(parts), words, starts, ends, places)
