"""A pack's examples are its tests: every rule takes what its examples say and leaves what its keeps say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from cleanwire.cleaner import Cleaner
from cleanwire.model import Pack, Rule
from cleanwire.rules.book import RuleBook


class Failure(NamedTuple):
    """An example that fails: ``where`` is the pack's ``file:line``."""

    where: str
    rule: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: rule {self.rule}: {self.problem}"


def failures(pack: Pack, book: RuleBook) -> Iterator[Failure]:
    """What is wrong with the examples and keeps of ``pack``, each rule alone first, then under the whole ``book``."""
    everything = Cleaner.of_rules(book.rules.values(), book.headings)
    for named in pack.rules:
        rule = book.rules.get(named.id)
        if rule is None:
            continue
        alone = Cleaner.of_rules([rule], book.headings)
        for problem in (*_example_problems(rule, alone), *_keep_problems(rule, everything), *_unused(rule, book)):
            yield Failure(f"{named.pack}:{named.line}", rule.id, problem)


def _example_problems(rule: Rule, cleaner: Cleaner) -> Iterator[str]:
    for number, example in enumerate(rule.examples, 1):
        result = cleaner.clean(example.text)
        removed = _without_ends(result.removed)
        expected = _without_ends(example.removed)
        # Blocks that adjoin may be written as one piece.
        if " ".join(removed) == " ".join(expected) and len(removed) >= len(expected):
            continue
        problem = f"example {number}: expected to be removed: {_shown(expected)}; was removed: {_shown(removed)}"
        reasons = [
            f"“{_short(example.text[miss.start : miss.end])}” was left, since {miss.reason}"
            for miss in result.near_misses
        ]
        yield "; ".join([problem, *reasons])


def _keep_problems(rule: Rule, everything: Cleaner) -> Iterator[str]:
    for number, keep in enumerate(rule.keeps, 1):
        for span, removed in zip((found := everything.clean(keep.text)).spans, found.removed, strict=True):
            yield f"keep {number}: {span.rule} removes “{_short(removed)}”, which should stay ({keep.why})"


def _unused(rule: Rule, book: RuleBook) -> Iterator[str]:
    """Wordings and expressions that no example uses as they stand: nothing shows that they ever match.

    That a damaged copy is found shows nothing of the kind, so a word that slipped into a wording would not be seen.
    """
    variants = [("wording", text, replace(rule, similarity=1.0, texts=(text,))) for text in rule.texts]
    variants += [("expression", pattern, replace(rule, patterns=(pattern,))) for pattern in rule.patterns]
    for number, (name, text, variant) in enumerate(variants, 1):
        cleaner = Cleaner.of_rules([variant], book.headings)
        if not any(cleaner.clean(example.text).spans for example in rule.examples):
            yield f"no example has an exact copy of {name} {number}, “{_short(text)}”: add one"


def _without_ends(pieces: tuple[str, ...]) -> list[str]:
    return [" ".join(piece.split()) for piece in pieces]


def _shown(pieces: list[str]) -> str:
    return " and ".join(f"“{piece}”" for piece in pieces) or "nothing"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else text[:45] + " … " + text[-20:]
