"""What a run did, in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from cleanwire.batch.document import Outcome


class Tally:
    """Counts outcomes as they come."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.blocks: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()
        self.bytes_read = 0
        self.over_budget = 0

    def add(self, outcome: Outcome) -> None:
        """Counts one more document."""
        self.statuses[outcome.status] += 1
        self.bytes_read += outcome.bytes_read
        self.over_budget += bool(outcome.over_budget)
        if outcome.status == "changed":
            self.blocks.update(outcome.blocks)
            self.removed.update(outcome.removed)

    @property
    def incomplete(self) -> bool:
        """Whether some documents failed, were kept back or were not looked at to the end."""
        return bool(self.statuses["failed"] or self.statuses["kept back"] or self.over_budget)

    def line(self, seconds: float, skipped: Mapping[str, int]) -> str:
        """``12 documents (3.1 MB in 0.2 s, 15 MB/s): 9 changed …``."""
        documents = sum(self.statuses[s] for s in ("changed", "unchanged", "kept back", "failed"))
        rate = f", {_size(self.bytes_read / seconds)}/s" if seconds > 0.05 else ""
        parts = [f"{self.statuses['changed']} changed, {self.statuses['unchanged']} unchanged"]
        parts += [f"{self.statuses[s]} {s}" for s in ("kept back", "failed") if self.statuses[s]]
        plural = "" if documents == 1 else "s"
        text = f"{documents} document{plural} ({_size(self.bytes_read)} in {seconds:.1f} s{rate}): {', '.join(parts)}"
        if self.blocks:
            removed = ", ".join(
                f"{category} {count} ({_size(self.removed[category])})"
                for category, count in sorted(self.blocks.items())
            )
            text += f"; removed: {removed}"
        others = [f"{self.statuses['copied']} copied as they are"] if self.statuses["copied"] else []
        others += [f"{self.statuses['not text']} left out (not text)"] if self.statuses["not text"] else []
        others += [f"{count} left out ({reason})" for reason, count in sorted(skipped.items())]
        return text + (f"; {', '.join(others)}" if others else "")


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"
