"""Candidates → what really goes: one after the other, in the order in which they stand, with what is between them."""

from __future__ import annotations

from collections.abc import Iterable

from cleanwire.detect.candidate import Candidate

HEAD = 4_096
TAIL_TEXT = 4_096
TAIL_MOST = 65_536
"""docs/rules.md, "place", explains these to rule writers; all are bytes."""

Order = tuple[int, int, bool, float, str]


def order(candidate: Candidate) -> Order:
    """First what begins first, then what is longer, what knows the wording, what is surer, what is named first."""
    rule = candidate.rule
    return candidate.start, -candidate.end, rule.kind != "text", -candidate.score, rule.id


def in_tail(pending: Iterable[Candidate], document_end: int) -> set[Order]:
    """Those of the last candidates, all ending within TAIL_MOST of the end, that have little kept text behind them.

    Seen from the end, so that a copyright line counts as the tail of an article with three disclaimers behind it.
    """
    accepted: set[Order] = set()
    covered, edge = 0, document_end
    for candidate in sorted(pending, key=lambda c: (-c.end, c.start, c.rule.id)):
        if document_end - candidate.end > TAIL_MOST:
            continue
        if candidate.rule.place == "tail" and document_end - candidate.end - covered > TAIL_TEXT:
            continue
        accepted.add(order(candidate))
        if candidate.start < edge:
            covered += min(candidate.end, edge) - candidate.start
            edge = candidate.start
    return accepted
