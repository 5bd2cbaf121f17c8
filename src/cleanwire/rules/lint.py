"""What a regular expression in a pack may not contain: input is hostile, and some expressions never finish on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

_TOKEN = regex.compile(
    r"""(?P<escape>\\(?:[pPNgkx]\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.))
      | (?P<set>\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\])
      | (?P<open>\((?:\?(?:P<\w+>|<[=!]|<\w+>|[=!>:|]|[aiLmsuxfwbeprV01-]+[:)]?|\#[^)]*))?)
      | (?P<close>\))
      | (?P<repeat>(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?)
      | (?P<spaced>\{\d+,?\ +\d*\}|\{\d*\ +,\ *\d*\})
      | (?P<char>.)""",
    regex.VERBOSE | regex.DOTALL,
)
# Repeated without bound, each of these runs to the end of the text.
_EATS_ANYTHING = regex.compile(r"\.|\\[SswWDNX]|\\\w\{\^?\w+\}|\[\^.*\]|\[.*\\[SswWD].*\]", regex.DOTALL)
_MOST_REPEATS = 2000


class _Level(NamedTuple):
    repeats: bool  # something in this group is repeated without a small bound
    atomic: bool


def problems(expression: str) -> Iterator[str]:
    """What is wrong with ``expression``, in words; nothing where it is fine."""
    try:
        regex.compile(expression)
    except regex.error as error:
        yield f"the expression cannot be read: {error}"
        return
    levels = [_Level(repeats=False, atomic=False)]
    last, last_repeats = "", False
    for match in _TOKEN.finditer(expression):
        kind, token = match.lastgroup, match.group()
        if kind == "spaced":
            yield f"{token} with a blank is literal text, not a repeat: write {token.replace(' ', '')}"
        elif kind == "open":
            if not token.endswith(")"):
                levels.append(_Level(repeats=False, atomic=token.endswith("?>")))
        elif kind == "close" and len(levels) > 1:
            group = levels.pop()
            last, last_repeats = ")", group.repeats and not group.atomic
            if group.repeats:
                levels[-1] = levels[-1]._replace(repeats=True)
        elif kind == "repeat":
            yield from _repeat_problems(token, last, last_repeats=last_repeats)
            if _most(token) > 1:
                levels[-1] = levels[-1]._replace(repeats=True)
        else:
            last, last_repeats = token, False


def _most(repeat: str) -> float:
    """How often a quantifier repeats at the most."""
    if repeat[0] in "*+":
        return float("inf")
    if repeat[0] == "?":
        return 1
    most = repeat.strip("{}?+").partition(",")
    return float(most[2] or "inf") if most[1] else float(most[0] or 0)


def _repeat_problems(repeat: str, last: str, *, last_repeats: bool) -> Iterator[str]:
    most = _most(repeat)
    possessive = repeat.endswith("+") and len(repeat) > 1
    if most == float("inf"):
        if last_repeats:
            yield f"a repeat within the repeat {repeat} can take forever: bound both, as in {{0,5}}"
        elif _EATS_ANYTHING.fullmatch(last):
            yield f"{last}{repeat} can run to the end of the text: bound it, as in {last}{{0,80}}"
    elif most > _MOST_REPEATS:
        yield f"{last}{repeat} is no useful bound: at most {_MOST_REPEATS}"
    elif most > 20 and last_repeats and not possessive:
        yield f"a repeat within the repeat {repeat} can take very long: bound the outer one by 20"
