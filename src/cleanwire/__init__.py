"""cleanwire takes legal disclaimers and syndication footers out of text that came over a wire, and nothing else.

import cleanwire

cleanwire.clean(text)  # str → str
cleanwire.Cleaner(also={"contact"}).clean(text).spans  # and what was removed, where, by which rule
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleanwire.cleaner import Cleaner as Cleaner
    from cleanwire.cleaner import Streamed as Streamed
    from cleanwire.errors import CleanwireError as CleanwireError
    from cleanwire.errors import ConfigError as ConfigError
    from cleanwire.errors import PackError as PackError
    from cleanwire.model import Cleaned as Cleaned
    from cleanwire.model import NearMiss as NearMiss
    from cleanwire.model import Pack as Pack
    from cleanwire.model import Rule as Rule
    from cleanwire.model import Span as Span

__version__ = "0.1.0"
__all__ = [
    "Cleaned",
    "Cleaner",
    "CleanwireError",
    "ConfigError",
    "NearMiss",
    "Pack",
    "PackError",
    "Rule",
    "Span",
    "Streamed",
    "clean",
]

_HOME = {
    "Cleaner": "cleaner",
    "Streamed": "cleaner",
    "CleanwireError": "errors",
    "ConfigError": "errors",
    "PackError": "errors",
    "Cleaned": "model",
    "NearMiss": "model",
    "Pack": "model",
    "Rule": "model",
    "Span": "model",
}


def __getattr__(name: str) -> Any:
    # Imported when asked for: `cleanwire --version` must not wait for the engine.
    if name not in _HOME:
        raise AttributeError(f"module 'cleanwire' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"cleanwire.{_HOME[name]}"), name)
    globals()[name] = value
    return value


@cache
def _cleaner() -> Cleaner:
    from cleanwire.cleaner import Cleaner as Made

    return Made()


def clean(text: str) -> str:
    """``text`` without its boilerplate of the default categories. ``Cleaner`` says more and does more."""
    return _cleaner().clean(text).text
