"""A wording as people write it (docs/rules.md, "kind = text") → what finds its copies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

from cleanwire.rules import words

DEFAULT_GAP = 40
MAX_GAP = 200
MAX_LINE = 60
SLOTS = ("url", "date", "number", "name", "line")


class WordingError(ValueError):
    """A wording that cannot be read. ``at`` is the character where the mistake is."""

    def __init__(self, at: int, problem: str) -> None:
        self.at = at
        super().__init__(problem)


class Literal(NamedTuple):
    """Words that stand there as they are."""

    words: tuple[str, ...]


class Gap(NamedTuple):
    """Up to ``most`` words of any kind."""

    most: int


class Slot(NamedTuple):
    """Words of a kind, such as a date."""

    kind: str


class Choice(NamedTuple):
    """One of several sequences, which may be empty."""

    options: tuple[Sequence, ...]


Part = Literal | Gap | Slot | Choice
Sequence = tuple[Part, ...]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def sequence(self, *, inside: bool) -> Sequence:
        """Parts up to the end, or within braces up to ``|`` or ``}`` (not consumed)."""
        parts: list[Part] = []
        literal: list[str] = []

        def end_literal() -> None:
            found = tuple(words.split("".join(literal)).words)
            if found:
                parts.append(Literal(found))
            literal.clear()

        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\" and self.text[self.at + 1 : self.at + 2] in {"{", "}", "|", "\\"}:
                literal.append(self.text[self.at + 1])
                self.at += 2
            elif char == "{":
                end_literal()
                parts.append(self._braces())
            elif inside and char in "|}":
                break
            elif char == "}":
                raise WordingError(self.at, "'}' without '{' (write \\} for the character itself)")
            else:
                literal.append(char)
                self.at += 1
        end_literal()
        return tuple(parts)

    def _braces(self) -> Part:
        opened = self.at
        end = self.text.find("}", opened)
        if end < 0:
            raise WordingError(opened, "'{' without '}' (write \\{ for the character itself)")
        simple = self.text[opened + 1 : end]
        if simple.startswith("..."):
            self.at = end + 1
            return self._gap(simple[3:], opened)
        if simple in SLOTS:
            self.at = end + 1
            return Slot(simple)
        self.at = opened + 1
        optional = self.text[self.at : self.at + 1] == "?"
        self.at += optional
        options = [self.sequence(inside=True)]
        while self.text[self.at : self.at + 1] == "|":
            self.at += 1
            options.append(self.sequence(inside=True))
        if self.text[self.at : self.at + 1] != "}":
            raise WordingError(opened, "'{' without '}' (write \\{ for the character itself)")
        self.at += 1
        if optional:
            options.append(())
        elif len(options) == 1:
            raise WordingError(
                opened, f"{{{simple}}} is no slot: write {{a|b}}, {{?optional}}, {{...}} or one of "
                + ", ".join(f"{{{slot}}}" for slot in SLOTS)
            )  # fmt: skip
        return Choice(tuple(options))

    @staticmethod
    def _gap(number: str, opened: int) -> Gap:
        if not number:
            return Gap(DEFAULT_GAP)
        if not number.isdecimal() or not 1 <= int(number) <= MAX_GAP:
            raise WordingError(opened, f"a gap is written {{...}} or {{...12}}, of 1 to {MAX_GAP} words")
        return Gap(int(number))


def parse(text: str) -> Sequence:
    """The parts of a wording. Raises WordingError."""
    parts = _Reader(text).sequence(inside=False)
    if not any(True for _ in _literals(parts)):
        raise WordingError(0, "there is no word in it")
    _check_gaps(parts)
    return parts


def _check_gaps(parts: Sequence) -> None:
    """A gap is found by the words around it, so each sequence has words before its first gap and behind every gap."""
    for index, part in enumerate(parts):
        if isinstance(part, Gap) and (index == 0 or not any(isinstance(p, Literal) for p in parts[index + 1 :])):
            raise WordingError(0, "a gap stands between words of its own sequence: 'from {...} to', not '{...} to'")
        if isinstance(part, Choice):
            for option in part.options:
                _check_gaps(option)


def _literals(parts: Sequence) -> list[Literal]:
    found: list[Literal] = []
    for part in parts:
        if isinstance(part, Literal):
            found.append(part)
        elif isinstance(part, Choice):
            for option in part.options:
                found += _literals(option)
    return found


# ── the exact form: an expression over canonical words ───────────────────────────────────────────────────────────

_SEP = "[" + regex.escape(words.SEPARATORS) + "]"
_WORD = "[^" + regex.escape(words.SEPARATORS) + "]++"
_SAME = "[ ]"
_STOP = f"(?=[{regex.escape(words.SENTENCE_END + words.LINE_BREAK + words.SENTENCE_END_AT_BREAK + words.BLANK_LINE)}])"

_SLOT_EXPRESSIONS = {
    "url": f"(?>{_SEP}{words.URL_MARK}{_WORD})",
    "date": (
        rf"(?=(?:{_SEP}\p{{L}}{{1,14}}){{0,4}}{_SEP}\d)"
        rf"(?:{_SEP}(?:\d{{1,4}}\p{{L}}{{0,3}}|\p{{L}}{{1,14}})){{1,8}}?"
    ),
    "number": rf"(?>{_SEP}\w*\d\w*+(?:[ .]\d++){{0,4}})",
    "name": f"{_SEP}{_WORD}(?:{_SEP}{_WORD}){{0,7}}?",
    "line": f"(?>{_SEP}{_WORD}(?:[ .]{_WORD}){{0,{MAX_LINE - 1}}}){_STOP}",
}
# What ends the wording ends where its sentence or line ends; a hard wrap may push a name's last word to a new line.
_LAST_SLOT_EXPRESSIONS = {
    "name": (
        f"{_SEP}{_WORD}(?:(?:{_SAME}{_WORD}){{0,7}}+\n{_WORD}(?=[;{words.BLANK_LINE}])|(?:{_SAME}{_WORD}){{0,7}}+{_STOP})"
    ),
    "date": _SLOT_EXPRESSIONS["date"] + _STOP,
}


def _expression(parts: Sequence, *, last: bool) -> str:
    """The expression of ``parts``; each word brings its separator. ``last``: nothing of the wording follows."""
    pieces: list[str] = []
    for index, part in enumerate(parts):
        at_end = last and all(_may_be_nothing(rest) for rest in parts[index + 1 :])
        if isinstance(part, Literal):
            pieces.append("".join(_SEP + regex.escape(word, special_only=True) for word in part.words))
        elif isinstance(part, Slot):
            expression = _SLOT_EXPRESSIONS[part.kind]
            if at_end and (part.kind == "name" or index == len(parts) - 1):
                expression = _LAST_SLOT_EXPRESSIONS.get(part.kind, expression)
            pieces.append(expression)
        elif isinstance(part, Choice):
            options = [_expression(option, last=at_end) for option in part.options]
            pieces.append("(?:" + "|".join(options) + ")")
        else:
            # Once the words behind a gap are found, the gap is settled: no gap is tried again for the sake of another.
            behind = next(i for i in range(index + 1, len(parts)) if isinstance(parts[i], Literal)) + 1
            found = _expression(parts[index + 1 : behind], last=False)
            pieces.append(f"(?>(?:{_SEP}{_WORD}){{0,{part.most}}}?{found})")
            pieces.append(_expression(parts[behind:], last=last))
            break
    return "".join(pieces)


def _may_be_nothing(part: Part) -> bool:
    return isinstance(part, Choice) and any(all(_may_be_nothing(p) for p in option) for option in part.options)


# ── the approximate form: the words in order ─────────────────────────────────────────────────────────────────────


class Aligned(NamedTuple):
    """The words that every copy should have, in order; ``slack[i]`` foreign words may stand before ``words[i]``.

    ``tail`` foreign words may stand behind the last.
    """

    words: tuple[frozenset[str], ...]
    slack: tuple[int, ...]
    tail: int


def _longest(part: Part) -> int:
    """The most words that a part can stand for."""
    if isinstance(part, Literal):
        return len(part.words)
    if isinstance(part, Gap):
        return part.most
    if isinstance(part, Slot):
        return {"url": 1, "date": 8, "number": 5, "name": 8, "line": MAX_LINE}[part.kind]
    return max(sum(map(_longest, option)) for option in part.options)


def _align(parts: Sequence) -> Aligned:
    found: list[frozenset[str]] = []
    slack: list[int] = []
    loose = 0
    for part in parts:
        if isinstance(part, Literal):
            for word in part.words:
                found.append(frozenset((word,)))
                slack.append(loose)
                loose = 0
        elif isinstance(part, Choice) and all(len(o) == 1 and isinstance(o[0], Literal) for o in part.options):
            # Alternatives are laid side by side, so a copy with either of them has all of its words.
            options = [o[0].words for o in part.options if isinstance(o[0], Literal)]
            shortest = min(map(len, options))
            for i in range(shortest):
                found.append(frozenset(option[i] for option in options))
                slack.append(loose)
                loose = 0
            loose += max(map(len, options)) - shortest
        else:
            loose += _longest(part)
    return Aligned(tuple(found), tuple(slack), loose)


# ── together ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Wording:
    """A parsed wording in its two forms."""

    text: str
    parts: Sequence

    @cached_property
    def exact(self) -> regex.Pattern[str]:
        """Matches exact copies in ``Words.canonical``."""
        return regex.compile(_expression(self.parts, last=True) + f"(?={_SEP})")

    @cached_property
    def aligned(self) -> Aligned:
        return _align(self.parts)

    @cached_property
    def _certain(self) -> tuple[str, ...]:
        """The words that every exact copy has, longest first, for they are rarest."""
        certain = {word for part in self.parts if isinstance(part, Literal) for word in part.words}
        return tuple(sorted((word for word in certain if words.URL_MARK not in word), key=len, reverse=True))

    def may_be_in(self, plain: str) -> bool:
        """Whether an exact copy is possible in a text, given as ``words.plain``; costs a hundredth of splitting it."""
        return all(word in plain for word in self._certain)

    def share_in(self, plain: str) -> float:
        """At least the share of the wording's words that any damaged copy in the text can have."""
        wanted = self.aligned.words
        return sum(any(words.URL_MARK in word or word in plain for word in options) for options in wanted) / len(wanted)

    @cached_property
    def longest(self) -> int:
        """The most words that an exact copy has."""
        return sum(map(_longest, self.parts))


def read(text: str) -> Wording:
    """The wording that ``text`` writes. Raises WordingError."""
    return Wording(text, parse(text))
