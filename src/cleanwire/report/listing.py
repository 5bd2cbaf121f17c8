"""--check: one line a document that would change."""

from __future__ import annotations

from cleanwire.report.document import Report, printable


def render(report: Report) -> str:
    """``path: 2 blocks, 810 bytes (menafn.disclaimer, …)``; nothing for a document that stays as it is."""
    outcome = report.outcome
    if outcome.status != "changed":
        return ""
    blocks, size = sum(outcome.blocks.values()), sum(outcome.removed.values())
    plural = "" if blocks == 1 else "s"
    return f"{printable(report.name)}: {blocks} block{plural}, {size} bytes ({', '.join(sorted(outcome.rules))})\n"
