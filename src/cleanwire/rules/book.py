"""Packs → the rules in force."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from cleanwire.errors import ConfigError, PackError
from cleanwire.model import CATEGORIES, DEFAULT_CATEGORIES, Category, Pack, Rule


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules by id, in the order of their packs, and the headings that may stand before a category's blocks."""

    rules: dict[str, Rule]
    headings: dict[Category, tuple[str, ...]]


def join(packs: Iterable[Pack]) -> RuleBook:
    """One book of all packs; later packs may disable, override or extend rules of earlier ones. Raises PackError."""
    rules: dict[str, Rule] = {}
    headings: dict[Category, tuple[str, ...]] = {}
    for pack in packs:
        for rule_id in pack.disable:
            if rule_id not in rules:
                raise PackError(pack.path, 1, "", f"disable: there is no rule {rule_id!r}{_nearest(rule_id, rules)}")
            del rules[rule_id]
        for category, more in pack.headings.items():
            headings[category] = (*headings.get(category, ()), *more)
        for rule in pack.rules:
            rules[rule.id] = _joined(rules, pack, rule)
    return RuleBook(rules, headings)


def _joined(rules: dict[str, Rule], pack: Pack, rule: Rule) -> Rule:
    change = pack.changes.get(rule.id)
    old = rules.get(rule.id)
    if change is None:
        if old is not None:
            raise PackError(
                pack.path, rule.line, rule.id,
                f"{old.pack} has a rule of this id: write override = true or extend = true, or choose another id",
            )  # fmt: skip
        return rule
    if old is None:
        raise PackError(
            pack.path,
            rule.line,
            rule.id,
            f"{change} = true, but there is no such rule before{_nearest(rule.id, rules)}",
        )
    if change == "override":
        return rule
    if rule.kind != old.kind:
        raise PackError(pack.path, rule.line, rule.id, f"extends a rule of kind {old.kind}: give it the same kind")
    added = ("languages", "anchors", "texts", "headings", "require", "patterns", "examples", "keeps")
    single = ("category", "source", "description", "place", "similarity", "scope")
    changes = {name: getattr(old, name) + getattr(rule, name) for name in added}
    changes |= {name: getattr(rule, name) for name in single if name in pack.given[rule.id]}
    return replace(old, **changes)


def select(
    book: RuleBook,
    *,
    only: Collection[str] = (),
    also: Collection[str] = (),
    skip: Collection[str] = (),
) -> tuple[Rule, ...]:
    """The rules to apply: the default categories, or ``only`` those; ``also`` more, but not those to ``skip``.

    Each name is a category, a rule's id, or the first part of ids (``menafn``). Raises ConfigError for any other.
    """
    sources = {rule_id.partition(".")[0] for rule_id in book.rules}
    known = {*CATEGORIES, *book.rules, *sources}
    for name in (*only, *also, *skip):
        if name not in known:
            raise ConfigError(
                f"{name!r} is no category, rule or source{_nearest(name, known)} "
                f"(categories: {', '.join(CATEGORIES)}; rules: cleanwire rules list)"
            )
    wanted = {*(only or DEFAULT_CATEGORIES), *also}
    unwanted = set(skip)
    return tuple(rule for rule in book.rules.values() if _names(rule) & wanted and not _names(rule) & unwanted)


def _names(rule: Rule) -> set[str]:
    return {rule.id, rule.category, rule.id.partition(".")[0]}


def _nearest(word: str, of: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(of), 1)
    return f"; did you mean {close[0]!r}?" if close else ""
