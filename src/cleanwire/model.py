"""The nouns: frozen, without behaviour, importing nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import AnyStr, Generic, Literal

Category = Literal["disclaimer", "syndication", "copyright", "contact", "about", "promo"]
Kind = Literal["text", "pattern"]
Place = Literal["anywhere", "head", "tail"]
Scope = Literal["inline", "line", "paragraph"]
Match = Literal["exact", "approximate", "pattern"]
Origin = Literal["seen", "known", "made"]

CATEGORIES: tuple[Category, ...] = ("disclaimer", "syndication", "copyright", "contact", "about", "promo")
DEFAULT_CATEGORIES: frozenset[Category] = frozenset(("disclaimer", "syndication", "copyright"))


@dataclass(frozen=True, slots=True)
class Span:
    """Where boilerplate stood: ``input[start:end]``, the blank space that went with it included.

    Offsets are in the unit of the input: characters of a ``str``, bytes of a ``bytes``.
    ``score`` is the share of the wording's words that were found, 1.0 unless ``match`` is approximate.
    """

    start: int
    end: int
    rule: str
    category: Category
    match: Match
    score: float


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A stretch that a rule looked at closely and left alone, and the reason in words."""

    start: int
    end: int
    rule: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Cleaned(Generic[AnyStr]):
    """What cleaning one document gave: the text that stays, and everything that was decided.

    ``removed[i]`` is what stood at ``spans[i]``. ``over_budget`` names rules that ran past their time budget and
    therefore stopped looking; what they would have found is still in the text.
    """

    text: AnyStr
    spans: tuple[Span, ...]
    removed: tuple[AnyStr, ...]
    near_misses: tuple[NearMiss, ...] = ()
    over_budget: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """Text with a rule's boilerplate in it, and exactly what goes."""

    text: str
    removed: tuple[str, ...]
    origin: Origin = "made"


@dataclass(frozen=True, slots=True)
class Keep:
    """Text that looks like a rule's boilerplate and stays, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of boilerplate and how to know it. docs/rules.md explains every field."""

    id: str
    kind: Kind
    category: Category
    source: str
    description: str
    languages: tuple[str, ...] = ()
    place: Place = "anywhere"
    anchors: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    similarity: float = 0.6
    patterns: tuple[str, ...] = ()
    scope: Scope = "line"
    examples: tuple[Example, ...] = ()
    keeps: tuple[Keep, ...] = ()
    pack: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """A TOML file of rules. ``changes`` says for a rule's id how it changes another pack's rule of that id."""

    path: str
    source: str
    description: str
    rules: tuple[Rule, ...]
    disable: tuple[str, ...] = ()
    headings: dict[Category, tuple[str, ...]] = field(default_factory=dict)
    changes: dict[str, Literal["override", "extend"]] = field(default_factory=dict)
    given: dict[str, frozenset[str]] = field(default_factory=dict)
