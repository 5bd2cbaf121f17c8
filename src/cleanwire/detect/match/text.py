"""Rules of kind ``text``: a passage with fixed wording, exactly or with words cut off or changed."""

from __future__ import annotations

from typing import NamedTuple

from cleanwire.detect import align, bounds
from cleanwire.detect.candidate import Candidate, Found, Stretch
from cleanwire.model import NearMiss, Rule
from cleanwire.rules import anchors, words
from cleanwire.rules.wording import Aligned, Wording, read

MOST_REACH = 12_000
_FEWEST_WORDS_TO_ALIGN = 12
_MOST_HEADINGS = 2
_LEAST_SHARE_TOLD = 0.35  # what has less of a wording's words is not even a near miss


class _Passage(NamedTuple):
    """Words ``first`` to ``last`` (inclusive) that are a copy of a wording."""

    first: int
    last: int
    score: float
    whole_end: int  # the last word of the sentence-complete part; equal to last where the copy ends well


class TextMatcher:
    """Finds the copies of one rule's wordings."""

    def __init__(self, rule: Rule, headings: tuple[str, ...]) -> None:
        self.rule = rule
        self.wordings = [read(text) for text in rule.texts]
        self.require = [" ".join(words.split(text).words) for text in rule.require]
        # Of six anchors from all over a wording, a copy that has 60 % of its words has two at least.
        self.has_few_anchors = bool(rule.anchors) or len(anchors_of(rule)) < anchors.MOST_WANTED - 1
        self.own_headings = _folded(rule.headings)
        self.headings = self.own_headings | _folded(headings)
        longest = max(
            len(text.encode()) + 12 * wording.longest for text, wording in zip(rule.texts, self.wordings, strict=True)
        )
        self.reach = min(MOST_REACH, 512 + 2 * longest)

    def find(self, stretch: Stretch) -> Found:
        plain = words.plain(stretch.text)
        exact = [wording for wording in self.wordings if wording.may_be_in(plain)]
        damaged = [
            wording
            for wording in self.wordings
            if _may_be_damaged(self.rule, wording)
            and (stretch.anchors > 1 or self.has_few_anchors)
            and wording.share_in(plain) >= _LEAST_SHARE_TOLD
        ]
        if not (exact or damaged):
            return Found([], [])
        found = words.split(stretch.text, from_start=stretch.from_start, to_end=stretch.to_end)
        hits = sorted({found.index_covering(stretch.chars_before(hit) - 1) for hit in stretch.hits})
        passages: list[_Passage] = []
        for wording in exact:
            passages += self._exact(wording, found, hits, passages)
        near: list[NearMiss] = []
        text = " " + " ".join(found.words) + " "
        if all(f" {required} " in text for required in self.require):
            for wording in damaged:
                passages += self._approximate(wording, stretch, found, hits, passages, near)
        candidates: list[Candidate] = []
        for passage in passages:
            self._place(passage, stretch, found, candidates, near)
        return Found(candidates, near)

    def _exact(self, wording: Wording, found: words.Words, hits: list[int], known: list[_Passage]) -> list[_Passage]:
        passages: list[_Passage] = []
        for match in wording.exact.finditer(found.canonical):
            first, last = found.index_at(match.start()), found.index_at(match.end()) - 1
            if _free(first, last, known) and any(first <= hit <= last for hit in hits):
                passages.append(_Passage(first, last, 1.0, last))
        return passages

    def _approximate(
        self,
        wording: Wording,
        stretch: Stretch,
        found: words.Words,
        hits: list[int],
        known: list[_Passage],
        near: list[NearMiss],
    ) -> list[_Passage]:
        passages: list[_Passage] = []
        tried_to = -1
        for hit in hits:
            if hit <= tried_to or not _free(hit, hit, known) or not _free(hit, hit, passages):
                continue
            taken = sorted((p.first, p.last) for p in (*known, *passages))
            low = max((last + 1 for _, last in taken if last < hit), default=0)
            high = min((first for first, _ in taken if first > hit), default=len(found.words))
            chain = align.best(wording.aligned, found.words, hit, low, high)
            if chain is None:
                continue
            passage, reason = self._judge(chain, wording, found)
            if passage is not None:
                passages.append(passage)
                continue
            tried_to = hit + len(wording.aligned.words) // 4
            if chain.matched >= _FEWEST_WORDS_TO_ALIGN and chain.score >= _LEAST_SHARE_TOLD:
                start, end = stretch.byte(found.starts[chain.first]), stretch.byte(found.ends[chain.last])
                miss = NearMiss(start, end, self.rule.id, round(chain.score, 3), reason)
                near += [miss] if miss not in near else []
        return passages

    def _judge(self, chain: align.Chain, wording: Wording, found: words.Words) -> tuple[_Passage | None, str]:
        """The passage that a chain of words makes, or why it makes none."""
        wanted = len(wording.aligned.words)
        heading = self._heading(chain.first, found)
        extra = chain.first - heading
        if chain.matched + extra < int((wanted + extra) * self.rule.similarity):
            return None, f"only {chain.score:.0%} of its words are there; {self.rule.similarity:.0%} are needed"
        text = " " + " ".join(found.words[heading : chain.last + 1]) + " "
        missing = [required for required in self.require if f" {required} " not in text]
        if missing:
            return None, f"required words are missing: {', '.join(missing)}"
        first = _sentence_start(chain, found, heading)
        if first is None:
            return None, "it begins in the middle of a sentence"
        last, whole_end = _sentence_end(chain, wording.aligned, found)
        if whole_end < first:
            return None, "it ends in the middle of a sentence"
        return _Passage(first, last, round(chain.score, 3), whole_end), ""

    def _heading(self, first: int, found: words.Words) -> int:
        """The first word of the heading that stands right before word ``first``, or ``first``."""
        return _heading_start(first, found, self.headings)

    def _place(
        self,
        passage: _Passage,
        stretch: Stretch,
        found: words.Words,
        candidates: list[Candidate],
        near: list[NearMiss],
    ) -> None:
        text = stretch.text
        raw = found.starts[passage.first], found.ends[passage.whole_end]
        if bounds.is_quoted(text, *raw):
            reason = "it stands in quotation marks, as words that somebody quotes"
            near.append(NearMiss(stretch.byte(raw[0]), stretch.byte(raw[1]), self.rule.id, passage.score, reason))
            return
        first = passage.first
        for _ in range(_MOST_HEADINGS):
            before = self._titled(first, found, text)
            if before == first:
                break
            first = before
        start, end = bounds.widen(text, found.starts[first], raw[1])
        reach = bounds.widen(text, found.starts[first], found.ends[passage.last])[1]
        candidates.append(
            Candidate(
                stretch.byte(start),
                stretch.byte(end),
                self.rule,
                "exact" if passage.score == 1 else "approximate",
                passage.score,
                stretch.byte(reach),
            )
        )

    def _titled(self, first: int, found: words.Words, text: str) -> int:
        """The first word of the heading before word ``first`` where it really is one, or ``first``.

        One of the rule's own headings needs a line break or a colon behind it, or a beginning of its own; one of the
        usual headings needs both.
        """
        start = _heading_start(first, found, self.headings)
        if start == first:
            return first
        gap = text[found.ends[first - 1] : found.starts[first]]
        apart = any(sign in gap for sign in ":\n\r|*#–—-.")
        begins = found.separator(start) in words.BOUNDARIES
        own = tuple(found.words[start:first]) in self.own_headings
        return start if (apart or begins if own else apart and begins) else first


def _folded(headings: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words.split(heading).words) for heading in headings)


def _heading_start(first: int, found: words.Words, headings: frozenset[tuple[str, ...]]) -> int:
    for size in sorted({len(heading) for heading in headings}, reverse=True):
        if size <= first and tuple(found.words[first - size : first]) in headings:
            return first - size
    return first


def _free(first: int, last: int, passages: list[_Passage]) -> bool:
    return all(last < passage.first or first > passage.last for passage in passages)


def _sentence_start(chain: align.Chain, found: words.Words, heading: int) -> int | None:
    """Where a reworded copy begins: at a sentence, a line or a heading, its changed first words included."""
    if heading < chain.first:
        return chain.first
    for index in range(chain.first, max(-1, chain.first - chain.missing_before - 3), -1):
        if found.separator(index) in words.BOUNDARIES:
            return index
    for index in range(chain.first + 1, chain.last):
        if found.separator(index) in words.ENDS_OF_SENTENCE:
            return index
    return None


def _sentence_end(chain: align.Chain, aligned: Aligned, found: words.Words) -> tuple[int, int]:
    """The last word of a reworded copy, and the last one that may go whatever follows; -1 for none."""
    missing = len(aligned.words) - 1 - chain.last_wanted
    if not missing and not aligned.tail:
        return chain.last, chain.last
    for index in range(chain.last, min(len(found.words), chain.last + min(missing, 4) + aligned.tail + 1)):
        if found.separator(index + 1) in (words.BOUNDARIES if aligned.tail else words.ENDS_OF_SENTENCE):
            return index, index
    if found.separator(chain.last + 1) in words.BOUNDARIES:
        return chain.last, chain.last
    for index in range(chain.last - 1, chain.first, -1):
        if found.separator(index + 1) in words.ENDS_OF_SENTENCE:
            return chain.last, index
    return chain.last, -1


def matcher(rule: Rule, headings: tuple[str, ...]) -> TextMatcher:
    """What finds the copies of ``rule``."""
    return TextMatcher(rule, headings)


def anchors_of(rule: Rule) -> list[anchors.Anchor]:
    """The rule's anchors: those it gives, else those derived from each of its wordings."""
    if rule.anchors:
        return [anchors.read(text) for text in rule.anchors]
    found: list[anchors.Anchor] = []
    for text in rule.texts:
        wording = read(text)
        found += anchors.derive(wording, most=anchors.MOST_WANTED if _may_be_damaged(rule, wording) else 1)
    return found


def _may_be_damaged(rule: Rule, wording: Wording) -> bool:
    """Whether copies of the wording are looked for that have lost or changed words."""
    return rule.similarity < 1 and len(wording.aligned.words) >= _FEWEST_WORDS_TO_ALIGN
