"""Errors in what users give us. Anything else that is raised is a bug in cleanwire."""

from __future__ import annotations


class CleanwireError(Exception):
    """Input that cannot be used. The message names the place, the problem and the cure in one line."""


class PackError(CleanwireError):
    """A mistake in a rule pack."""

    def __init__(self, path: str, line: int, rule: str, problem: str) -> None:
        self.path, self.line, self.rule, self.problem = path, line, rule, problem
        where = f"{path}:{line}" if line else path
        super().__init__(f"{where}: {f'rule {rule}: ' if rule else ''}{problem}")


class ConfigError(CleanwireError):
    """A mistake in cleanwire.toml or [tool.cleanwire]."""


class DocumentError(CleanwireError):
    """A document that cannot be read, decoded or written."""
