"""``cleanwire rules list|show|check|new``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cleanwire.cli.main import DONE, WRONG_USAGE
from cleanwire.errors import CleanwireError


@click.group("rules", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, show, check and begin rules."""


_PACKS = click.option(
    "--rules", "packs", multiple=True, metavar="FILE", type=click.Path(), help="Use this rule pack too."
)


@command.command("list")
@_PACKS
def list_rules(packs: tuple[str, ...]) -> None:
    """List the rules: id, category, kind and what they are for."""
    from cleanwire.cleaner import load_book

    try:
        book = load_book(packs)
    except CleanwireError as error:
        raise click.ClickException(str(error)) from None
    width = max((len(rule_id) for rule_id in book.rules), default=0)
    for rule in book.rules.values():
        click.echo(f"{rule.id:{width}}  {rule.category:11}  {rule.kind:7}  {rule.description}")


@command.command("show")
@_PACKS
@click.argument("rule_id", metavar="ID")
def show(rule_id: str, packs: tuple[str, ...]) -> None:
    """Show a rule with its wordings, examples and keeps. ID may be a whole id or a source."""
    from cleanwire.cleaner import load_book
    from cleanwire.report.rule import describe

    try:
        book = load_book(packs)
    except CleanwireError as error:
        raise click.ClickException(str(error)) from None
    found = [rule for rule in book.rules.values() if rule_id in {rule.id, rule.id.partition(".")[0]}]
    if not found:
        raise click.ClickException(f"there is no rule {rule_id!r}: cleanwire rules list shows all")
    click.echo("\n".join(describe(rule) for rule in found), nl=False)


@command.command("check")
@_PACKS
@click.argument("packs_to_check", metavar="PACK...", nargs=-1, type=click.Path())
@click.pass_context
def check(ctx: click.Context, packs_to_check: tuple[str, ...], packs: tuple[str, ...]) -> None:
    """Check packs: every key, and every example. Without PACK, the packs that come with cleanwire."""
    from cleanwire import examples
    from cleanwire.cleaner import shipped_packs
    from cleanwire.rules import book, read

    try:
        shipped = shipped_packs()
        names = {Path(path).name for path in packs_to_check}
        own_copies = {pack.path for pack in shipped if pack.path in names and _is_shipped(packs_to_check, pack.path)}
        known = [pack for pack in shipped if pack.path not in own_copies]
        more = [read.read_file(Path(path)) for path in packs]
        given = [read.read_file(Path(path)) for path in packs_to_check] or list(shipped)
        whole = book.join([*known, *more, *given] if packs_to_check else [*known, *more])
    except CleanwireError as error:
        raise click.ClickException(str(error)) from None
    wrong = 0
    for pack in given:
        problems = list(examples.failures(pack, whole))
        for problem in problems:
            click.echo(str(problem), err=True)
        wrong += len(problems)
        counts = sum(len(rule.examples) for rule in pack.rules), sum(len(rule.keeps) for rule in pack.rules)
        verdict = f"{len(problems)} wrong" if problems else "all well"
        click.echo(f"{pack.path}: {len(pack.rules)} rules, {counts[0]} examples, {counts[1]} keeps: {verdict}")
    ctx.exit(WRONG_USAGE if wrong else DONE)


def _is_shipped(paths: tuple[str, ...], name: str) -> bool:
    """Whether one of ``paths`` is the file of the shipped pack ``name`` itself, as for who edits cleanwire's own."""
    from importlib import resources

    shipped = Path(str(resources.files("cleanwire"))) / "packs" / name
    return any(Path(path).exists() and shipped.exists() and Path(path).samefile(shipped) for path in paths)


@command.command("new")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
def new(path: Path) -> None:
    """Begin a pack: write FILE with one rule to change. '-' prints it."""
    from cleanwire.rules.template import NEW_PACK

    if str(path) == "-":
        sys.stdout.write(NEW_PACK)
        return
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(NEW_PACK)
    except FileExistsError:
        raise click.ClickException(f"{path} exists already: choose another name") from None
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
    click.echo(f"{path}: change the rule in it, then: cleanwire rules check {path}", err=True)
