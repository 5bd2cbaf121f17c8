"""``cleanwire [clean] [OPTIONS] [PATHS]…``: clean files, a folder or standard input."""

from __future__ import annotations

import codecs
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleanwire import config as configuration
from cleanwire.cli.main import DONE, FOUND, INCOMPLETE
from cleanwire.errors import CleanwireError, DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleanwire.batch.document import Outcome, Settings
    from cleanwire.batch.plan import Plan
    from cleanwire.batch.run import Work
    from cleanwire.cleaner import Cleaner
    from cleanwire.report.summary import Tally

REPORTS = ("check", "diff", "explain", "json")


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, as Click gives it."""

    paths: tuple[str, ...]
    output: str | None
    in_place: bool
    backup: str | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    others: str
    force: bool
    only: tuple[str, ...]
    also: tuple[str, ...]
    skip: tuple[str, ...]
    packs: tuple[str, ...]
    isolated: bool
    dump_config: bool
    max_removed: float | None
    allow_empty: bool
    encoding: str | None
    check: bool
    diff: bool
    explain: bool
    json: bool
    jobs: int
    color: str
    progress: bool | None
    quiet: bool
    verbose: bool

    @property
    def reports(self) -> list[str]:
        """The reports asked for instead of clean text."""
        return [name for name in REPORTS if getattr(self, name)]


def _names(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """``a,b`` given once is as good as ``a`` and ``b`` given each."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _encoding(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        known = codecs.lookup(value)
        known.incrementaldecoder("strict").decode(b"")
        is_text = known._is_text_encoding  # noqa: SLF001 - there is no public way to ask
    except (LookupError, TypeError):
        is_text = False
    if not is_text:
        raise click.BadParameter(
            f"there is no text encoding {value!r}; try utf-8, utf-16, latin-1, cp1252, shift_jis …"
        )
    return value


_NAMES: dict[str, Any] = {"multiple": True, "callback": _names, "metavar": "NAMES"}


@click.command("clean", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(),
    help="Write here: a file, or a folder for several files or a folder.",
)
@click.option("-i", "--in-place", is_flag=True, help="Write each result over its file.")
@click.option("--backup", metavar="SUFFIX", help="With --in-place: keep the original as FILE+SUFFIX, such as .orig.")
@click.option(
    "--include",
    multiple=True,
    metavar="GLOB",
    help="In folders, clean these files [default: *.txt, *.text, *.md, *.markdown, and names without a suffix].",
)
@click.option("--exclude", multiple=True, metavar="GLOB", help="In folders, leave these files and folders out.")
@click.option(
    "--others",
    type=click.Choice(["copy", "skip"]),
    default="copy",
    show_default=True,
    help="In folders, what becomes of files that are no documents.",
)
@click.option("--force", is_flag=True, help="Write over files that exist.")
@click.option(
    "--only",
    **_NAMES,
    help="Remove just these categories, sources or rules [default: disclaimer,syndication,copyright].",
)
@click.option("--also", **_NAMES, help="Remove these as well (also known: contact,about,promo).")
@click.option("--skip", **_NAMES, help="Leave these categories, sources or rules in the text.")
@click.option("--rules", "packs", multiple=True, metavar="FILE", type=click.Path(), help="Use this rule pack too.")
@click.option("--isolated", is_flag=True, help="Ignore cleanwire.toml and pyproject.toml.")
@click.option("--dump-config", is_flag=True, help="Print the configuration in force, and where it comes from.")
@click.option(
    "--max-removed",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Keep a document as it is if more of its words would go [default: 80].",
)
@click.option("--allow-empty", is_flag=True, help="Let a document go of which nothing would be left.")
@click.option(
    "--encoding",
    metavar="NAME",
    callback=_encoding,
    help="The documents' encoding [default: UTF-8, or what a byte order mark says].",
)
@click.option("--check", is_flag=True, help="List the files that would change; write nothing.")
@click.option("--diff", is_flag=True, help="Show a unified diff; write nothing.")
@click.option("--explain", is_flag=True, help="Show the document with what would go, and why; write nothing.")
@click.option("--json", is_flag=True, help="Print one JSON object a document; write nothing.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    metavar="N",
    help="Processes for a folder [default: one a core].",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours in --diff and --explain.",
)
@click.option(
    "--progress/--no-progress", default=None, help="A progress bar on stderr [default: for folders, on a terminal]."
)
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@click.option("-v", "--verbose", is_flag=True, help="A summary always, and a line for every document that changed.")
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> None:
    """Clean files, a folder or standard input.

    One file, "-" or a pipe: clean text goes to stdout. Several files or a folder: -o OUT or --in-place.
    """
    options = Options(**given)
    try:
        ctx.exit(_run(ctx, options))
    except CleanwireError as error:
        raise click.ClickException(str(error)) from None


def _run(ctx: click.Context, options: Options) -> int:
    config = configuration.Config() if options.isolated else configuration.find(Path.cwd())
    config = _merged(config, options)
    if options.dump_config:
        click.echo(configuration.dump(config), nl=False)
        return DONE
    paths = options.paths
    if not paths:
        if sys.stdin is None or sys.stdin.isatty():
            click.echo(ctx.find_root().get_help())
            return DONE
        paths = ("-",)
    _check_usage(ctx, options, paths)
    settings = _settings(config, options)
    started = time.perf_counter()
    if paths == ("-",):
        tally, skipped = _one(options, settings, None), {}
    else:
        plan = _plan(config, options, paths)
        skipped = plan.skipped
        writes = options.output is not None or options.in_place
        tally = _many(options, settings, plan) if writes or options.reports else _one(options, settings, Path(paths[0]))
    is_batch = options.output is not None or options.in_place
    if options.verbose or (is_batch and not options.quiet and sys.stderr.isatty()):
        click.echo(f"cleanwire: {tally.line(time.perf_counter() - started, skipped)}", err=True)
    if tally.incomplete:
        return INCOMPLETE
    return FOUND if (options.check or options.diff) and tally.statuses["changed"] else DONE


def _merged(config: configuration.Config, options: Options) -> configuration.Config:
    """The configuration with what the command line says: --only replaces, other lists grow."""
    return configuration.Config(
        config.path,
        (*config.packs, *options.packs),
        options.only or config.only,
        (*config.also, *options.also),
        (*config.skip, *options.skip),
        options.include or config.include,
        (*config.exclude, *options.exclude),
        config.max_removed if options.max_removed is None else options.max_removed,
    )


def _check_usage(ctx: click.Context, options: Options, paths: tuple[str, ...]) -> None:
    """Combinations that mean nothing, and paths that are not there. Raises click.UsageError."""
    writes = options.output is not None or options.in_place
    if len(options.reports) > 1:
        raise click.UsageError(f"--{options.reports[0]} and --{options.reports[1]} exclude each other", ctx)
    if options.reports and writes:
        raise click.UsageError(f"--{options.reports[0]} writes nothing: leave out --output and --in-place", ctx)
    if options.output is not None and options.in_place:
        raise click.UsageError("--output and --in-place exclude each other", ctx)
    if options.backup is not None and not options.in_place:
        raise click.UsageError("--backup goes with --in-place", ctx)
    if options.backup is not None and (not options.backup or {"/", os.sep} & set(options.backup)):
        raise click.UsageError("--backup takes a suffix such as .orig", ctx)
    if "-" in paths:
        if len(paths) > 1:
            raise click.UsageError("'-' (standard input) stands alone", ctx)
        if options.in_place:
            raise click.UsageError("--in-place needs files: standard input has no place", ctx)
        return
    for path in paths:
        if not os.path.lexists(path):
            raise click.UsageError(f"there is no file or folder {path!r}", ctx)
    if not (writes or options.reports) and (len(paths) > 1 or Path(paths[0]).is_dir()):
        what = f"{paths[0]} is a folder" if len(paths) == 1 else f"there are {len(paths)} paths"
        raise click.UsageError(
            f"{what}: say where the results go: --output OUT writes them there, --in-place over the originals", ctx
        )


def _settings(config: configuration.Config, options: Options) -> Settings:
    from cleanwire.batch.document import Settings

    limit = 80.0 if config.max_removed is None else config.max_removed
    return Settings(
        config.only, config.also, config.skip, config.packs, options.encoding, limit / 100, options.allow_empty
    )


def _plan(config: configuration.Config, options: Options, paths: tuple[str, ...]) -> Plan:
    from cleanwire.batch import plan

    output = None
    if options.output is not None:
        # pathlib forgets the slash that says "a folder".
        output = Path(options.output)
        if options.output.endswith(("/", os.sep)) and not output.exists():
            output.mkdir(parents=True)
    return plan.make(
        [Path(path) for path in paths],
        output=output,
        in_place=options.in_place,
        filters=plan.Filters(config.include, config.exclude),
        copy_others=options.others == "copy",
        force=options.force,
    )


def _one(options: Options, settings: Settings, path: Path | None) -> Tally:
    """One document, from a file or from standard input, to stdout or to the output file."""
    from cleanwire.batch import atomic, document
    from cleanwire.report.summary import Tally

    cleaner = settings.cleaner()
    name = "standard input" if path is None else str(path)
    tally = Tally()
    try:
        with sys.stdin.buffer if path is None else path.open("rb") as reader:
            if options.reports:
                outcome = _report_of_stream(options, cleaner, settings, reader.read())
            elif options.output is not None:
                target = Path(options.output)
                if target.exists() and not options.force:
                    raise click.ClickException(f"{target} exists already: --force writes over it")
                with atomic.AtomicFile(target) as output:
                    outcome = document.clean(cleaner, settings, name, reader, output.file.write)
                    if outcome.status != "not text":
                        output.commit()
            else:
                outcome = document.clean(cleaner, settings, name, reader, _to_stdout)
                _to_stdout(b"")
    except BrokenPipeError:
        raise
    except (OSError, CleanwireError) as error:
        problem = document.explain_os_error(name, error) if isinstance(error, OSError) else error
        outcome = document.Outcome(name, "failed", str(problem))
    if outcome.status == "not text" and not options.reports:
        outcome.status, outcome.reason = "failed", f"{name}: this is {outcome.reason}, not text: nothing was written"
    _tell(options, outcome)
    tally.add(outcome)
    return tally


def _to_stdout(data: bytes) -> None:
    """Writes ``data``, or with none of it flushes what was written."""
    try:
        if data:
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DocumentError(f"standard output: {error.strerror or error}") from None


def _report_of_stream(options: Options, cleaner: Cleaner, settings: Settings, data: bytes) -> Outcome:
    from cleanwire.report import document

    report = document.Report(cleaner, settings, "-", data)
    report.outcome.report = _renderer(options)(report)
    return report.outcome


def _renderer(options: Options) -> Callable[..., str]:
    """What draws the report asked for."""
    from functools import partial
    from importlib import import_module

    if options.diff or options.explain:
        module = import_module(f"cleanwire.report.{'diff' if options.diff else 'explain'}")
        return partial(module.render, color=_in_color(options))
    return import_module(f"cleanwire.report.{'listing' if options.check else 'objects'}").render  # type: ignore[no-any-return]


def _in_color(options: Options) -> bool:
    if options.color != "auto":
        return options.color == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _many(options: Options, settings: Settings, plan: Plan) -> Tally:
    """All jobs of a plan; reports in their order on stdout."""
    from cleanwire.batch import document, run
    from cleanwire.report.summary import Tally

    work: Work
    if options.reports:
        from cleanwire.report.document import Reporting

        work = Reporting(_renderer(options))
    else:
        work = run.WriteTo(
            in_place=options.in_place,
            copy_others=options.others == "copy",
            backup=options.backup or "",
            force=options.force,
        )
    tally = Tally()
    cleaner = settings.cleaner()
    for name, error in plan.unreadable:
        outcome = document.Outcome(name, "failed", str(document.explain_os_error(name, error)))
        _tell(options, outcome)
        tally.add(outcome)
    with _progress(options, len(plan.jobs)) as advance:
        for outcome in run.run(plan.jobs, work, settings, cleaner, options.jobs):
            advance(outcome)
            _tell(options, outcome)
            tally.add(outcome)
    return tally


def _tell(options: Options, outcome: Outcome) -> None:
    """Says what became of a document: its report on stdout, what went wrong on stderr."""
    if options.json and outcome.status == "failed" and not outcome.report:
        from cleanwire.report import objects

        outcome.report = objects.failed(outcome)
    if outcome.report:
        _to_stdout(outcome.report.encode("utf-8"))
        _to_stdout(b"")
    if outcome.status == "failed":
        click.echo(f"cleanwire: {outcome.reason}", err=True)
    elif outcome.status == "kept back":
        click.echo(f"cleanwire: {outcome.name}: kept as it is: {outcome.reason}", err=True)
    elif options.verbose and outcome.status == "changed" and not options.reports:
        click.echo(f"cleanwire: {outcome.name}: removed {', '.join(sorted(outcome.rules))}", err=True)
    for rule in outcome.over_budget:
        click.echo(f"cleanwire: {outcome.name}: rule {rule} ran out of time and left the text alone", err=True)


@contextmanager
def _progress(options: Options, total: int) -> Iterator[Callable[[Outcome], None]]:
    """A bar on stderr while a batch runs; nothing where nobody sees it."""
    wanted = options.progress
    if wanted is None:
        wanted = sys.stderr.isatty() and total > 1 and not options.reports and not options.quiet
    if not wanted:
        yield lambda _outcome: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda _outcome: bar.advance(task)
