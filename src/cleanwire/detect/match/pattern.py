"""Rules of kind ``pattern``: a regular expression on a line, a paragraph or a short stretch."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cleanwire.detect import bounds
from cleanwire.detect.candidate import Candidate, Found, Stretch
from cleanwire.model import Rule
from cleanwire.rules import anchors

SECONDS = 2.0
"""What all of a rule's expressions together may take on one stretch (a stretch has at most some 30,000 characters)."""

_LONGEST = {"inline": 1_000, "line": 2_000, "paragraph": 4_000}  # characters
_EDGE = " \t\u00a0\u200b>"  # blank space and quoting at the ends of a line


class PatternMatcher:
    """Finds what one rule's expressions match."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.expressions = [regex.compile(pattern, regex.V0) for pattern in rule.patterns]
        self.longest = _LONGEST[rule.scope]
        self.reach = 4 * self.longest + 64

    def find(self, stretch: Stretch) -> Found:
        hits = [stretch.chars_before(hit) - 1 for hit in stretch.hits]
        candidates: list[Candidate] = []
        try:
            for expression in self.expressions:
                for start, end in self._matches(expression, stretch, hits):
                    if start < end:
                        where = stretch.byte(start), stretch.byte(end)
                        candidates.append(Candidate(*where, self.rule, "pattern", 1.0, where[1]))
        except TimeoutError:
            return Found([], [], over_budget=True)
        return Found(candidates, [])

    def _matches(self, expression: regex.Pattern[str], stretch: Stretch, hits: list[int]) -> Iterator[tuple[int, int]]:
        """Where the expression matches around a hit: its group ``cut``, else all of it."""
        cut = "cut" if "cut" in expression.groupindex else 0
        if self.rule.scope == "inline":
            for match in expression.finditer(stretch.text, timeout=SECONDS):
                if self._is_whole(*match.span(), stretch) and any(match.start() <= hit < match.end() for hit in hits):
                    yield match.span(cut)
            return
        unit_of = _line if self.rule.scope == "line" else _paragraph
        done = -1
        for hit in hits:
            if hit < done:
                continue
            start, end = unit_of(stretch.text, hit, self.longest)
            done = end
            if self._is_whole(start, end, stretch):
                low, high = _without_edges(stretch.text, start, end)
                # A slice, so that ^ and $ mean the ends of the line or paragraph.
                found = expression.fullmatch(stretch.text[low:high], timeout=SECONDS)
                if found is not None:
                    yield (low + found.start(cut), low + found.end(cut)) if cut else (start, end)

    def _is_whole(self, start: int, end: int, stretch: Stretch) -> bool:
        """Whether the match is short enough, and would be the same with more text on both sides in view."""
        cut_off = (start == 0 and not stretch.from_start) or (end == len(stretch.text) and not stretch.to_end)
        return end - start <= self.longest and not cut_off


def _line(text: str, at: int, _longest: int) -> tuple[int, int]:
    """The line that holds character ``at``, without its line break."""
    end = bounds.LINE_END.search(text, at)
    return bounds.line_start(text, at), end.start() if end else len(text)


def _paragraph(text: str, at: int, longest: int) -> tuple[int, int]:
    """The lines around character ``at`` up to blank lines, or to more than ``longest`` characters."""
    start, end = _line(text, at, longest)
    while start > 0 and end - start <= longest:
        before = start - 2 if text[start - 2 : start] == "\r\n" else start - 1
        above = bounds.line_start(text, before)
        if not text[above:before].strip(_EDGE):
            break
        start = above
    while end < len(text) and end - start <= longest:
        line_end = bounds.LINE_END.match(text, end)
        below = line_end.end() if line_end else end
        stop = _line(text, below, longest)[1]
        if not text[below:stop].strip(_EDGE):
            break
        end = stop
    return start, end


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    stripped = line.lstrip(_EDGE)
    return end - len(stripped), start + len(line.rstrip(_EDGE))


def matcher(rule: Rule, headings: tuple[str, ...]) -> PatternMatcher:  # noqa: ARG001 - matchers are made alike
    """What finds the matches of ``rule``."""
    return PatternMatcher(rule)


def anchors_of(rule: Rule) -> list[anchors.Anchor]:
    """The rule's anchors, which its pack gives."""
    return [anchors.read(text) for text in rule.anchors]
