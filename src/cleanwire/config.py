"""cleanwire.toml, or [tool.cleanwire] in pyproject.toml: what a project always wants."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleanwire.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Config:
    """The keys of a configuration file; ``packs`` are paths, ``max_removed`` a percentage."""

    path: str = ""
    packs: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_removed: float | None = None


_LISTS = ("packs", "only", "also", "skip", "include", "exclude")
_KEYS = (*_LISTS, "max-removed")


def find(start: Path) -> Config:
    """The configuration in force in ``start``: the nearest one upward, or an empty one. Raises ConfigError."""
    for folder in (start, *start.parents):
        own = folder / "cleanwire.toml"
        if own.is_file():
            return _read(own, _load(own))
        project = folder / "pyproject.toml"
        if project.is_file():
            table = _load(project).get("tool", {}).get("cleanwire")
            if table is not None:
                return _read(project, table)
    return Config()


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is not TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None


def _read(path: Path, table: dict[str, Any]) -> Config:
    for key in table:
        if key not in _KEYS:
            close = difflib.get_close_matches(key, _KEYS, 1)
            hint = f"; did you mean {close[0]!r}?" if close else f" (there are: {', '.join(_KEYS)})"
            raise ConfigError(f"{path}: there is no key {key!r}{hint}")
    lists = {key: _strings(path, key, table.get(key, [])) for key in _LISTS}
    lists["packs"] = tuple(str(path.parent / Path(pack).expanduser()) for pack in lists["packs"])
    limit = table.get("max-removed")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int | float) or not 0 <= limit <= 100):
        raise ConfigError(f"{path}: max-removed must be a number from 0 to 100: max-removed = 80")
    return Config(str(path), **lists, max_removed=limit)


def _strings(path: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f'{path}: {key} must be a list of words in quotes: {key} = ["…"]')
    return tuple(value)


def dump(config: Config) -> str:
    """The configuration as TOML, with a comment that says where it comes from."""
    lines = [f"# {config.path or 'no configuration file; these are the defaults'}"]
    lines += [f"{key} = {_toml(getattr(config, key))}" for key in _LISTS]
    lines.append(f"max-removed = {80 if config.max_removed is None else config.max_removed:g}")
    return "\n".join(lines) + "\n"


def _toml(values: Sequence[str]) -> str:
    # A JSON string is a TOML string, but for DEL, which no name has.
    import json  # only --dump-config needs it

    return "[" + ", ".join(json.dumps(value, ensure_ascii=False) for value in values) + "]"
