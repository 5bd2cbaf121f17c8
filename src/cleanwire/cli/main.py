"""The command: which subcommand is meant, and how every run ends."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from cleanwire import __version__

DONE, FOUND, WRONG_USAGE, INCOMPLETE, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143
"""Exit codes; docs/usage.md explains them to users."""

_COMMANDS = {
    "clean": ("cleanwire.cli.clean", "Clean files, a folder or standard input (what happens without a command)."),
    "rules": ("cleanwire.cli.rules", "List, show, check and begin rules."),
}


class Root(click.Group):
    """``cleanwire FILE`` means ``cleanwire clean FILE``; a command's module is imported when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - Click's
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        completing_first_word = ctx.resilient_parsing and not args
        if not completing_first_word and (not args or args[0] not in {*_COMMANDS, "--version", "--help", "-h"}):
            args = ["clean", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Click would end with 1. Whoever read us has enough; what is still flushed at exit goes nowhere, quietly.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        except KeyboardInterrupt:
            return INTERRUPTED

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Completes ``cleanwire <TAB>`` with commands, options and paths alike."""
        found = super().shell_complete(ctx, incomplete)
        if not incomplete.startswith("-"):
            return [*found, CompletionItem(incomplete, type="file")]
        clean = self.get_command(ctx, "clean")
        if clean is not None:
            found += clean.shell_complete(clean.make_context("clean", [], ctx, resilient_parsing=True), incomplete)
        return found


HELP = """Takes legal disclaimers and syndication footers out of text that came over a wire, and nothing else.

\b
  cleanwire article.txt               clean text on stdout
  curl … | cleanwire > clean.txt      a filter
  cleanwire articles/ -o clean/       a folder
  cleanwire --explain article.txt     what would go, and why

\b
All options:      cleanwire clean --help
The rules:        cleanwire rules list
"""


@click.group(
    cls=Root, help=HELP, context_settings={"help_option_names": ["-h", "--help"]}, subcommand_metavar="[PATHS]..."
)
@click.version_option(__version__, prog_name="cleanwire", message="%(prog)s %(version)s")
def root() -> None:
    """The root of all commands."""


def _terminated(_number: int, _frame: object) -> None:
    raise SystemExit(TERMINATED)


def main() -> None:
    """Runs the command and ends the process. No traceback reaches a user but that of a bug."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = root.main(standalone_mode=False, prog_name="cleanwire")
        sys.stdout.flush()
    except click.exceptions.Abort:
        code = INTERRUPTED
    except KeyboardInterrupt:
        code = INTERRUPTED
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        _complain(error)
        code = WRONG_USAGE
    sys.exit(code if isinstance(code, int) else DONE)


def _complain(error: click.ClickException) -> None:
    """One line that says what is wrong, and where help is."""
    hint = (
        f" ({error.ctx.command_path} --help shows all options)"
        if isinstance(error, click.UsageError) and error.ctx
        else ""
    )
    click.echo(f"cleanwire: {error.format_message()}{hint}", err=True)
