"""Words of a document laid beside the words of a wording, where they are not the same."""

from __future__ import annotations

from typing import NamedTuple

from cleanwire.rules.wording import Aligned

MOST_FOREIGN_IN_A_ROW = 6
MOST_FOREIGN_SHARE = 0.25


class Chain(NamedTuple):
    """Words ``first`` to ``last`` of a document are a copy of the wording's words, ``matched`` of them the same.

    ``last_wanted`` is the wording's word that ``last`` equals; ``missing_before`` wording words come before ``first``.
    """

    first: int
    last: int
    matched: int
    score: float
    missing_before: int
    last_wanted: int


def _masks(aligned: Aligned) -> dict[str, int]:
    """For each word, the places where the wording has it, as bits."""
    masks: dict[str, int] = {}
    for place, options in enumerate(aligned.words):
        for word in options:
            masks[word] = masks.get(word, 0) | 1 << place
    return masks


def common_words(aligned: Aligned, words: list[str]) -> list[tuple[int, int]]:
    """A longest common subsequence, as pairs (place in ``words``, place in the wording), in order.

    Bit-parallel (Hyyrö 2004, "Bit-parallel LCS-length computation revisited"): one addition of long integers a word.
    """
    masks = _masks(aligned)
    count = len(aligned.words)
    all_ones = (1 << count) - 1
    rows = [all_ones]
    row = all_ones
    for word in words:
        hit = row & masks.get(word, 0)
        row = ((row + hit) | (row - hit)) & all_ones
        rows.append(row)
    pairs: list[tuple[int, int]] = []
    i, j = len(words), count
    while i and j:
        if rows[i] >> (j - 1) & 1:
            j -= 1
        else:
            i -= 1
            if rows[i] >> (j - 1) & 1:
                j -= 1
                pairs.append((i, j))
    pairs.reverse()
    return pairs


def _best_stretch(pairs: list[tuple[int, int]], aligned: Aligned) -> tuple[int, int, int]:
    """The run of pairs with most matches for what stands between them: first and last pair, and foreign words."""
    best = (0.0, 0, -1, 0)
    score, begin, foreign = 0.0, 0, 0
    for index, (place, wanted) in enumerate(pairs):
        if index:
            before, wanted_before = pairs[index - 1]
            strange = max(0, place - before - 1 - sum(aligned.slack[wanted_before + 1 : wanted + 1]))
            score -= 0.5 * strange + 0.25 * (wanted - wanted_before - 1)
            foreign += strange
            if score <= 0 or strange > MOST_FOREIGN_IN_A_ROW:
                score, begin, foreign = 0.0, index, 0
        score += 1
        if score > best[0]:
            best = (score, begin, index, foreign)
    return best[1], best[2], best[3]


def best(aligned: Aligned, words: list[str], hit: int, low: int, high: int) -> Chain | None:
    """The best copy of ``aligned`` around word ``hit``, within words ``low`` to ``high`` (exclusive); None for none."""
    count = len(aligned.words)
    around = count + count // 4 + sum(aligned.slack) + MOST_FOREIGN_IN_A_ROW
    low, high = max(low, hit - around), min(high, hit + around)
    stretch = words[low:high]
    known = {word for options in aligned.words for word in options}
    if sum(word in known for word in stretch) < count * 0.3:
        return None
    pairs = common_words(aligned, stretch)
    if not pairs:
        return None
    begin, end, foreign = _best_stretch(pairs, aligned)
    matched = end - begin + 1
    if foreign > MOST_FOREIGN_SHARE * matched:
        return None
    (first, missing_before), (last, last_wanted) = pairs[begin], pairs[end]
    return Chain(low + first, low + last, matched, matched / count, missing_before, last_wanted)
