"""--json: one object a document. docs/json.md is the schema in words, docs/json.schema.json for programs."""

from __future__ import annotations

import json
from typing import Any

from cleanwire.batch.document import Outcome
from cleanwire.model import NearMiss, Span
from cleanwire.report.document import Report, printable


def render(report: Report) -> str:
    """The document's object on one line."""
    outcome = report.outcome
    found: dict[str, Any] = {
        "path": printable(report.name),
        "status": outcome.status.replace(" ", "_"),
        "reason": outcome.reason or None,
        "encoding": report.encoding,
        "bytes": len(report.data),
        "spans": [_span(report, span) for span in report.spans],
        "spared": [_span(report, span) for span in report.spared],
        "near_misses": [_near_miss(report, miss) for miss in report.near_misses],
        "over_budget": list(outcome.over_budget),
    }
    return json.dumps(found, ensure_ascii=False) + "\n"


def _place(report: Report, placed: Span | NearMiss) -> dict[str, Any]:
    line, column = report.position(placed.start)
    return {
        "rule": placed.rule,
        "score": placed.score,
        "bytes": [report.byte(placed.start), report.byte(placed.end)],
        "chars": [placed.start, placed.end],
        "line": line,
        "column": column,
        "text": printable(report.text[placed.start : placed.end]),
    }


def _span(report: Report, span: Span) -> dict[str, Any]:
    return _place(report, span) | {"category": span.category, "match": span.match}


def _near_miss(report: Report, miss: NearMiss) -> dict[str, Any]:
    return _place(report, miss) | {"reason": miss.reason}


def failed(outcome: Outcome) -> str:
    """The object of a document that could not be read."""
    return json.dumps({"path": printable(outcome.name), "status": "failed", "reason": outcome.reason}) + "\n"
