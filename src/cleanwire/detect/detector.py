"""Rules → what finds them in documents: one anchor pass, a matcher a rule."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from cleanwire.detect.anchors import Hit, finder
from cleanwire.detect.candidate import Found, Matcher, Stretch
from cleanwire.model import Category, Rule

BOM = b"\xef\xbb\xbf"


class Detector:
    """The compiled rules. It keeps nothing of any document, so one serves all documents and threads.

    ``prefilter=False`` finds anchors slowly and by other means; answers are the same.
    """

    def __init__(
        self, rules: Sequence[Rule], headings: dict[Category, tuple[str, ...]] | None = None, *, prefilter: bool = True
    ) -> None:
        self.rules = tuple(rules)
        self._headings = headings or {}
        self._matchers: list[Matcher | None] = [None] * len(self.rules)
        owners: dict[tuple[str, ...], list[int]] = {}
        for number, rule in enumerate(self.rules):
            kind = import_module(f"cleanwire.detect.match.{rule.kind}")
            for anchor in dict.fromkeys(kind.anchors_of(rule)):
                owners.setdefault(anchor, []).append(number)
        self._owners = list(owners.values())
        self._finder = finder(owners, prefilter=prefilter)

    def hits(self, data: bytes | bytearray, start: int, end: int) -> list[Hit]:
        """The anchors that end in ``data[start:end]``."""
        return self._finder.find(data, start, end)

    def rules_at(self, hit: Hit) -> list[int]:
        """The rules, by number, that the hit's anchor belongs to."""
        return self._owners[hit.anchor]

    def matcher(self, rule: int) -> Matcher:
        """The rule's matcher, made when it is first needed: most documents need few."""
        matcher = self._matchers[rule]
        if matcher is None:
            made = self.rules[rule]
            kind = import_module(f"cleanwire.detect.match.{made.kind}")
            matcher = kind.matcher(made, self._headings.get(made.category, ()))
            self._matchers[rule] = matcher
        return matcher


class Region(NamedTuple):
    """A piece of a document around neighbouring hits of one rule, in byte offsets of the document."""

    start: int
    end: int
    hits: tuple[Hit, ...]


def look(
    detector: Detector, rule: int, region: Region, data: bytes | bytearray, base: int, document_end: int | None
) -> Found:
    """What ``rule`` finds in ``region``. ``data[0]`` is the document's byte ``base``; its end is None while unknown."""
    start, end = region.start, region.end
    if start == 0 and bytes(data[-base : 3 - base]) == BOM:
        start = 3
    to_end = document_end is not None and end >= document_end
    if document_end is not None:
        end = min(end, document_end)
    # Edges fall between characters, wherever the document was cut into chunks.
    while region.start != 0 and start < end and data[start - base] & 0xC0 == 0x80:
        start += 1
    back = 0
    while not to_end and back < 4 and end - back > start and data[end - back - base - 1] & 0xC0 == 0x80:
        back += 1
    if not to_end and end - back > start and data[end - back - base - 1] >= 0xC0:
        end -= back + 1
    piece = bytes(data[start - base : end - base])
    try:
        text, errors = piece.decode("utf-8", "surrogatepass"), "surrogatepass"
    except UnicodeDecodeError:
        text, errors = piece.decode("utf-8", "surrogateescape"), "surrogateescape"
    inside = [hit for hit in region.hits if start < hit.end <= end]
    hits = tuple(sorted({hit.end for hit in inside}))
    anchors = len({hit.anchor for hit in inside})
    stretch = Stretch(text, start, end, hits, anchors, region.start == 0, to_end, errors)
    return detector.matcher(rule).find(stretch)
