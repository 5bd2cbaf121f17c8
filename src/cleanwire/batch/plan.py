"""Paths → jobs: which files are cleaned, and where each result goes. Nothing is written while planning."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cleanwire.errors import CleanwireError

DOCUMENT_SUFFIXES = frozenset(("", ".txt", ".text", ".md", ".markdown"))
"""What in a folder is a document, where --include does not say otherwise."""

_VCS_FOLDERS = frozenset(("CVS", "_darcs", ".git", ".hg", ".svn", ".bzr", ".jj"))


class PlanError(CleanwireError):
    """Inputs and outputs that do not fit together. Nothing has been written."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to clean, or with ``is_other`` to copy; ``target`` is None where nothing is written."""

    source: Path
    target: Path | None
    named: bool  # given on the command line, not found in a folder
    is_other: bool = False


@dataclass(slots=True)
class Plan:
    """What is to be done. ``skipped`` counts the files left alone, by reason; ``unreadable`` are folders."""

    jobs: list[Job] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    unreadable: list[tuple[str, OSError]] = field(default_factory=list)

    def skip(self, reason: str) -> None:
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


@dataclass(frozen=True, slots=True)
class Filters:
    """Globs over the path within its folder, ``/`` between its parts, or over the name alone."""

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()

    def wants(self, relative: Path) -> bool:
        """Whether a file is a document to clean."""
        if _matches(relative, self.exclude):
            return False
        return _matches(relative, self.include) if self.include else relative.suffix.lower() in DOCUMENT_SUFFIXES

    def leaves_out(self, relative: Path) -> bool:
        """Whether a file or folder is not even looked at."""
        return _matches(relative, self.exclude)


def _matches(relative: Path, globs: Sequence[str]) -> bool:
    whole = relative.as_posix()
    return any(fnmatch.fnmatch(whole, glob) or fnmatch.fnmatch(relative.name, glob) for glob in globs)


def make(
    paths: Sequence[Path],
    *,
    output: Path | None,
    in_place: bool,
    filters: Filters,
    copy_others: bool,
    force: bool,
) -> Plan:
    """The jobs for ``paths``. Raises PlanError where a result would destroy something."""
    plan = Plan()
    into_folder = output is not None and (
        len(paths) > 1 or paths[0].is_dir() or output.is_dir() or _is_written_as_folder(output)
    )
    for path in paths:
        if path.is_dir():
            if output is not None:
                _check_apart(path, output)
            for source, relative in _walk(path, filters, plan):
                is_other = not filters.wants(relative)
                if is_other and (output is None or not copy_others):
                    plan.skip("not a document")
                    continue
                target = output / relative if output is not None else source if in_place else None
                plan.jobs.append(Job(source, target, named=False, is_other=is_other))
        else:
            # A link that is named is followed; what it points to is cleaned.
            target = (output / path.name if into_folder else output) if output is not None else None
            plan.jobs.append(Job(path, path.resolve() if in_place else target, named=True))
    if output is not None:
        _check_targets(plan.jobs, output if into_folder else output.parent, force=force)
    return plan


def _is_written_as_folder(output: Path) -> bool:
    return not output.exists() and str(output).endswith((os.sep, "/"))


def _walk(folder: Path, filters: Filters, plan: Plan) -> Iterator[tuple[Path, Path]]:
    """The files below ``folder`` in a stable order, each with its path within it. Links are not followed."""

    def failed(error: OSError) -> None:
        plan.unreadable.append((str(error.filename), error))

    for root, folders, files in os.walk(folder, onerror=failed):
        here = Path(root)
        kept: list[str] = []
        for name in sorted(folders):
            relative = (here / name).relative_to(folder)
            if name.startswith(".") or name in _VCS_FOLDERS:
                plan.skip("hidden")
            elif (here / name).is_symlink():
                plan.skip("a link")
            elif filters.leaves_out(relative):
                plan.skip("excluded")
            else:
                kept.append(name)
        folders[:] = kept
        for name in sorted(files):
            path = here / name
            relative = path.relative_to(folder)
            if name.startswith("."):
                plan.skip("hidden")
            elif path.is_symlink():
                plan.skip("a link")
            elif not path.is_file():
                plan.skip("not a regular file")
            elif filters.leaves_out(relative):
                plan.skip("excluded")
            else:
                yield path, relative


def _check_apart(folder: Path, output: Path) -> None:
    source, target = folder.resolve(), output.resolve()
    if source == target:
        raise PlanError(f"{output}: the output folder is the input folder: choose another, or clean it with --in-place")
    if target.is_relative_to(source):
        raise PlanError(f"{output}: the output folder lies inside the input folder {folder}: choose one outside of it")
    if source.is_relative_to(target):
        raise PlanError(f"{output}: the input folder {folder} lies inside the output folder: choose one outside of it")


def _check_targets(jobs: Sequence[Job], folder: Path, *, force: bool) -> None:
    root = folder.resolve()
    seen: dict[str, Path] = {}
    existing: list[Path] = []
    parents: dict[Path, bool] = {}
    for job in jobs:
        if job.target is None:
            continue
        key = os.path.normcase(job.target)
        if key in seen:
            raise PlanError(
                f"{job.target}: {seen[key]} and {job.source} would both be written there: give each a folder of its own"
            )
        seen[key] = job.source
        parent = job.target.parent
        if parent not in parents:
            parents[parent] = parent.resolve().is_relative_to(root)
        if not parents[parent] or job.target.is_symlink():
            raise PlanError(f"{job.target}: a link leads out of the output folder {folder}: remove the link")
        if job.target.is_dir():
            raise PlanError(f"{job.target}: there is a folder of this name: choose another output")
        if job.target.exists():
            if job.target.samefile(job.source):
                raise PlanError(f"{job.target}: the output is the input: choose another, or clean it with --in-place")
            existing.append(job.target)
    if existing and not force:
        more = f" (and {len(existing) - 1} more)" if len(existing) > 1 else ""
        raise PlanError(f"{existing[0]} exists already{more}: --force writes over it")
