"""--diff: a unified diff, made from the spans, so that it costs the same on every input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleanwire.report.document import LINE, Report, printable

_CONTEXT = 3
_COLORS = {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}


class _Change(NamedTuple):
    """Lines ``first`` to ``last`` (exclusive) of the document become ``new``."""

    first: int
    last: int
    new: list[str]


def _changes(report: Report) -> Iterator[_Change]:
    """The stretches of lines that spans touch, trimmed of lines that stay the same."""
    lines, spans = report.lines, report.spans
    index = 0
    while index < len(spans):
        first, _ = report.position(spans[index].start)
        kept: list[str] = []
        at = lines[first - 1][0]
        last = first
        while True:
            span = spans[index]
            kept.append(report.text[at : span.start])
            at = span.end
            last = max(last, report.position(max(span.end - 1, span.start))[0])
            index += 1
            if index == len(spans) or report.position(spans[index].start)[0] > last + 1:
                break
        if at == lines[last - 1][1] and last < len(lines) and "".join(kept)[-1:] not in {"", "\n", "\r"}:
            last += 1  # what is left of a line runs on in the next
        kept.append(report.text[at : lines[last - 1][1]])
        new = [match.group() for match in LINE.finditer("".join(kept))]
        low, high = first - 1, last
        while new and low < high and report.text[slice(*lines[low])] == new[0]:
            new.pop(0)
            low += 1
        while new and low < high and report.text[slice(*lines[high - 1])] == new[-1]:
            new.pop()
            high -= 1
        yield _Change(low, high, new)


def render(report: Report, *, color: bool) -> str:
    """The unified diff of a document and its clean text; empty where nothing goes."""
    changes = list(_changes(report))
    if not changes:
        return ""
    name = printable(report.name)
    out = [f"--- {name}\n", f"+++ {name} (clean)\n"]
    shift = 0
    for group in _hunks(changes):
        low = max(0, group[0].first - _CONTEXT)
        high = min(len(report.lines), group[-1].last + _CONTEXT)
        body: list[str] = []
        at = low
        added = removed = 0
        for change in group:
            body += _marked(report, " ", at, change.first)
            body += _marked(report, "-", change.first, change.last)
            body += [_line("+", line) for line in change.new]
            added += len(change.new)
            removed += change.last - change.first
            at = change.last
        body += _marked(report, " ", at, high)
        old, new = high - low, high - low + added - removed
        out.append(f"@@ -{_range(low, old)} +{_range(low + shift, new)} @@\n")
        out += body
        shift += added - removed
    return "".join(_COLORS.get(line[0], "") + line.rstrip("\n") + "\x1b[m\n" for line in out) if color else "".join(out)


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    group = [changes[0]]
    for change in changes[1:]:
        if change.first - group[-1].last > 2 * _CONTEXT:
            yield group
            group = []
        group.append(change)
    yield group


def _range(start: int, count: int) -> str:
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


def _marked(report: Report, sign: str, first: int, last: int) -> list[str]:
    return [_line(sign, report.text[start:end]) for start, end in report.lines[first:last]]


def _line(sign: str, line: str) -> str:
    if line.endswith("\n"):
        return sign + printable(line)
    return sign + printable(line) + ("\n" if line.endswith("\r") else "\n\\ No newline at end of file\n")
