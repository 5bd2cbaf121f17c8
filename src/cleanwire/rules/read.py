"""TOML → Pack. Every mistake is answered with file, line, rule, what is wrong and how it should look."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, get_args

import regex

from cleanwire.errors import PackError
from cleanwire.model import CATEGORIES, Category, Example, Keep, Kind, Origin, Pack, Place, Rule, Scope
from cleanwire.rules import anchors, lint, wording

_ID = regex.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\.[a-z0-9]+(?:_[a-z0-9]+)*")
_FORESEEN_KINDS = ("section", "evidence")  # DESIGN: named, so that a pack for a later version is answered well
SYNOPSIS = {
    "text": "a wording in quotes, or a list of them",
    "pattern": "a regular expression in quotes, or a list of them",
    "anchors": 'a list such as ["menafn provides"]',
    "headings": 'a list such as ["Legal Disclaimer"]',
    "require": 'a list such as ["menafn"]',
    "languages": 'a list such as ["en", "ar"]',
    "similarity": "a number from 0.5 to 1",
}


class _Source:
    """A pack's text, to find the line that a mistake is on. tomllib tells none for what it has read well."""

    _HEADER = regex.compile(r"\s*\[\[?\s*([\w.]+)\s*\]\]?\s*(?:#.*)?$")
    _KEY = regex.compile(r"\s*([\w-]+)\s*=")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.rules: list[dict[str, int]] = []
        self.head: dict[str, int] = {}
        self._read(text)

    def _read(self, text: str) -> None:
        table, keys, inside = "", self.head, ""
        for number, line in enumerate(text.splitlines(), 1):
            if inside:
                inside = "" if line.count(inside) % 2 else inside
                continue
            if header := self._HEADER.match(line):
                table = header[1]
                if table == "rule":
                    keys = {"": number}
                    self.rules.append(keys)
                elif not table.startswith("rule"):
                    keys = self.head
                    keys.setdefault(table, number)
                else:
                    keys.setdefault(table.partition(".")[2], number)
            elif (key := self._KEY.match(line)) and table in {"", "rule"}:
                keys.setdefault(key[1], number)
            inside = next((q for q in ("'''", '"""') if line.count(q) % 2), "")

    def line(self, rule: int | None, key: str = "") -> int:
        keys = self.head if rule is None else self.rules[rule] if rule < len(self.rules) else {}
        return keys.get(key) or keys.get("", 1)


class _Table:
    """One table of a pack: takes its keys one after the other, checks each one's form, and names what is left over."""

    def __init__(self, source: _Source, table: dict[str, Any], rule: int | None, label: str, part: str = "") -> None:
        self.source, self.table, self.rule, self.label, self.part = source, dict(table), rule, label, part
        self.known: list[str] = []

    def error(self, problem: str, key: str = "") -> PackError:
        return PackError(self.source.path, self.source.line(self.rule, key), self.label, self.part + problem)

    def string(self, key: str, default: str | None = None) -> str:
        self.known.append(key)
        value = self.table.pop(key, default)
        if value is None:
            raise self.error(f'{key} is missing: {key} = "…"')
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.error(f'{key} must be words in quotes: {key} = "…"', key)
        return value.strip()

    def choice(self, key: str, of: tuple[str, ...], default: str | None = None) -> Any:
        value = self.string(key, default)
        if value not in of:
            raise self.error(f"{key} = {value!r} is none of {', '.join(of)}{_nearest(value, of)}", key)
        return value

    def strings(self, key: str, *, or_one: bool = False) -> tuple[str, ...]:
        self.known.append(key)
        value = self.table.pop(key, [])
        if or_one and isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.error(f"{key} must be {SYNOPSIS.get(key, 'a list of words in quotes')}", key)
        return tuple(value)

    def flag(self, key: str) -> bool:
        self.known.append(key)
        value = self.table.pop(key, False)
        if not isinstance(value, bool):
            raise self.error(f"{key} must be true or false", key)
        return value

    def number(self, key: str, default: float, low: float, high: float) -> float:
        self.known.append(key)
        value = self.table.pop(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.error(f"{key} must be {SYNOPSIS.get(key, f'a number from {low} to {high}')}", key)
        return float(value)

    def tables(self, key: str) -> list[dict[str, Any]]:
        self.known.append(key)
        value = self.table.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(f"{key} must be tables: [[rule.{key}]]", key)
        return value

    def finish(self) -> None:
        for key in self.table:
            raise self.error(f"there is no key {key!r} here{_nearest(key, self.known)}", key)


def _nearest(word: str, of: tuple[str, ...] | list[str]) -> str:
    close = difflib.get_close_matches(word, of, 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def read(path: str, data: bytes, *, trusted: bool = False) -> Pack:
    """The pack in ``data``; ``path`` is what errors call it. Raises PackError.

    ``trusted`` leaves out what only compiling every expression shows, which takes as long as all the rest together.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PackError(path, line, "", "this is not UTF-8: save the pack as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = regex.search(r"line (\d+)", str(error))
        raise PackError(path, int(place[1]) if place else 0, "", f"this is not TOML: {error}") from None
    source = _Source(path, text)
    head = _Table(source, document, None, "")
    pack_source = head.string("source", "")
    description = head.string("description", "")
    disable = head.strings("disable")
    headings = _headings(head)
    rule_tables = head.tables("rule")
    head.finish()
    if not (rule_tables or disable or headings):
        raise PackError(
            path, 1, "", "there is no rule in it: a pack has [[rule]] tables (cleanwire rules new writes one)"
        )
    rules: list[Rule] = []
    changes: dict[str, Any] = {}
    given: dict[str, frozenset[str]] = {}
    for index, table in enumerate(rule_tables):
        rule, change = _rule(source, table, index, pack_source, trusted=trusted)
        if any(rule.id == other.id for other in rules):
            raise PackError(path, rule.line, rule.id, "this id is already taken by a rule above: ids are unique")
        rules.append(rule)
        given[rule.id] = frozenset(table)
        if change:
            changes[rule.id] = change
    return Pack(path, pack_source, description, tuple(rules), disable, headings, changes, given)


def _headings(head: _Table) -> dict[Category, tuple[str, ...]]:
    head.known.append("headings")
    value = head.table.pop("headings", {})
    if not isinstance(value, dict):
        raise head.error('headings must be a table: [headings] and then disclaimer = ["Legal notice"]', "headings")
    table = _Table(head.source, value, None, "")
    found = {category: table.strings(category) for category in CATEGORIES}
    table.finish()
    return {category: headings for category, headings in found.items() if headings}


def _rule(source: _Source, raw: dict[str, Any], index: int, pack_source: str, *, trusted: bool) -> tuple[Rule, str]:
    label = raw.get("id") if isinstance(raw.get("id"), str) else f"number {index + 1}"
    table = _Table(source, raw, index, str(label))
    rule_id = table.string("id")
    if not _ID.fullmatch(rule_id):
        raise table.error("an id is source.what in lower case, such as 'menafn.disclaimer'", "id")
    override, extend = table.flag("override"), table.flag("extend")
    if override and extend:
        raise table.error("override replaces a rule, extend adds to it: choose one", "extend")
    kind = table.string("kind", "text" if extend and "pattern" not in raw else "pattern" if extend else None)
    if kind in _FORESEEN_KINDS:
        raise table.error(
            f"kind = {kind!r} needs a later version of cleanwire: this one knows text and pattern", "kind"
        )
    if kind not in get_args(Kind):
        raise table.error(f"kind = {kind!r} is none of text, pattern{_nearest(kind, get_args(Kind))}", "kind")
    lax = "" if extend else None  # what an extension does not say stays as it was
    values: dict[str, Any] = {
        "id": rule_id,
        "kind": kind,
        "category": table.choice("category", CATEGORIES, "disclaimer" if extend else None),
        "source": table.string("source", pack_source or lax),
        "description": table.string("description", lax),
        "languages": table.strings("languages"),
        "place": table.choice("place", get_args(Place), "anywhere"),
        "anchors": table.strings("anchors"),
    }
    keys = _text_keys if kind == "text" else _pattern_keys
    values |= keys(table, lax=extend)
    if not trusted:
        _check_searchable(table, values, anchored=bool(values["anchors"]) or extend)
    values["examples"] = tuple(_example(table, i, item) for i, item in enumerate(table.tables("example"), 1))
    values["keeps"] = tuple(_keep(table, i, item) for i, item in enumerate(table.tables("keep"), 1))
    table.finish()
    if not extend:
        _check_evidence(table, values)
    rule = Rule(**values, pack=source.path, line=source.line(index))
    return rule, "override" if override else "extend" if extend else ""


def _check_evidence(table: _Table, values: dict[str, Any]) -> None:
    if not values["examples"]:
        raise table.error("it has no example: add [[rule.example]] with text and what is removed from it")
    if not values["keeps"]:
        raise table.error("it has no keep: add [[rule.keep]] with text that looks alike and stays, and why")


def _text_keys(table: _Table, *, lax: bool) -> dict[str, Any]:
    texts = table.strings("text", or_one=True)
    if not texts and not lax:
        raise table.error("text is missing: text = '''the wording as it is read'''")
    return {
        "texts": texts,
        "headings": table.strings("headings"),
        "require": table.strings("require"),
        "similarity": table.number("similarity", 0.6, 0.5, 1),
    }


def _pattern_keys(table: _Table, *, lax: bool) -> dict[str, Any]:
    patterns = table.strings("pattern", or_one=True)
    if not patterns and not lax:
        raise table.error("pattern is missing: pattern = '''a regular expression'''")
    return {"patterns": patterns, "scope": table.choice("scope", get_args(Scope), "line")}


def _check_searchable(table: _Table, values: dict[str, Any], *, anchored: bool) -> None:
    """Wordings can be read, expressions compiled, and there is something to search for."""
    _check_anchors(table, values["anchors"])
    for text in values.get("texts", ()):
        try:
            parsed = wording.read(text)
        except wording.WordingError as error:
            near = text[max(0, error.at - 20) : error.at + 20].replace("\n", " ").strip()
            raise table.error(f"text, near “{near}”: {error}", "text") from None
        if not anchored and not anchors.derive(parsed):
            raise table.error('no words in text are rare enough to search for: give anchors = ["…"]', "text")
    if "patterns" in values and not anchored:
        raise table.error('anchors are missing: anchors = ["words that are in every match"]')
    for pattern in values.get("patterns", ()):
        for problem in lint.problems(pattern):
            raise table.error(f"pattern: {problem}", "pattern")


def _check_anchors(table: _Table, given: tuple[str, ...]) -> None:
    for text in given:
        try:
            anchors.read(text)
        except ValueError as error:
            raise table.error(str(error), "anchors") from None


def _example(rule: _Table, number: int, raw: dict[str, Any]) -> Example:
    table = _Table(rule.source, raw, rule.rule, rule.label, f"example {number}: ")
    example = Example(
        text=_passage(table, "text"),
        removed=table.strings("removed", or_one=True),
        origin=table.choice("origin", get_args(Origin), "made"),
    )
    if not example.removed:
        raise table.error("removed is missing: removed = ['''what goes from text''']")
    at = 0
    for piece in example.removed:
        found = example.text.find(piece.strip(), at)
        if found < 0:
            raise table.error(f"removed {piece.strip()[:50]!r} does not stand in text (in this order)")
        at = found + len(piece.strip())
    table.finish()
    return example


def _keep(rule: _Table, number: int, raw: dict[str, Any]) -> Keep:
    table = _Table(rule.source, raw, rule.rule, rule.label, f"keep {number}: ")
    keep = Keep(text=_passage(table, "text"), why=table.string("why"))
    table.finish()
    return keep


def _passage(table: _Table, key: str) -> str:
    """A text with its blank space as it stands."""
    raw = table.table.get(key)
    table.string(key)
    return str(raw)


def read_file(path: Path) -> Pack:
    """The pack in a file. Raises PackError, also where the file cannot be read."""
    try:
        return read(str(path), path.read_bytes())
    except OSError as error:
        raise PackError(str(path), 0, "", f"cannot be read: {error.strerror or error}") from None


def shipped() -> Iterator[Pack]:
    """The packs that come with cleanwire, in the order of their names. Their own tests have checked them."""
    folder = resources.files("cleanwire") / "packs"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield read(file.name, file.read_bytes(), trusted=True)
