"""A document that would lose nearly everything stays as it is: more likely a rule is wrong than the document."""

from __future__ import annotations

from cleanwire.model import Span
from cleanwire.rules import words
from cleanwire.stream.session import Cut, Event, Kept, Session

WINDOW = 1 << 20
"""Bytes of a document by which it is judged; a longer one is judged by its first WINDOW bytes."""


class Guard:
    """A session whose document stays whole where more than ``max_removed`` (0 to 1) of its words, or all, would go.

    ``kept_back`` says why, once that is so, and ``spared`` what it was judged by. Nothing is
    given out before the document is judged.
    """

    def __init__(self, session: Session, *, max_removed: float, allow_empty: bool) -> None:
        self.session = session
        self.kept_back = ""
        self.spared: list[Span] = []
        self._max_removed, self._allow_empty = max_removed, allow_empty
        self._held: list[Event] = []
        self._seen = 0
        self._judged = max_removed >= 1 and allow_empty

    def feed(self, data: bytes) -> list[Event]:
        """As ``Session.feed``."""
        self._seen += len(data)
        return self._pass(self.session.feed(data), ended=False)

    def close(self) -> list[Event]:
        """As ``Session.close``."""
        return self._pass(self.session.close(), ended=True)

    def _pass(self, events: list[Event], *, ended: bool) -> list[Event]:
        if not self._judged:
            self._held += events
            if not ended and (not self._held or _end(self._held[-1]) < WINDOW):
                return []
            events, self._held = self._held, []
            self._judged = True
            self.kept_back = self._judge(events)
            if self.kept_back:
                self.spared = [event.span for event in events if isinstance(event, Cut)]
        if self.kept_back:
            return [Kept(event.span.start, event.data) if isinstance(event, Cut) else event for event in events]
        return events

    def _judge(self, events: list[Event]) -> str:
        inside = [(event, event.data[: max(0, WINDOW - _start(event))]) for event in events]
        gone = b"".join(data for event, data in inside if isinstance(event, Cut))
        stays = b"".join(data for event, data in inside if not isinstance(event, Cut))
        # Words are dear to count, and a document keeps half its bytes nearly always.
        if len(gone) <= len(stays):
            return ""
        words_gone, words_stay = _count(gone), _count(stays)
        if not words_stay:
            return "" if self._allow_empty else "nothing would be left of it; --allow-empty lets it go"
        share = words_gone / (words_gone + words_stay)
        if share <= self._max_removed:
            return ""
        return (
            f"{share:.0%} of its words would go, the limit is {self._max_removed:.0%}; --max-removed 100 lets them go"
        )


def _count(data: bytes) -> int:
    return len(words.split(data.decode("utf-8", "replace")).words)


def _start(event: Event) -> int:
    return event.span.start if isinstance(event, Cut) else event.start


def _end(event: Event) -> int:
    return _start(event) + len(event.data)
