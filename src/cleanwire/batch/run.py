"""Jobs → outcomes, in order, by as many processes as asked for. The result does not depend on their number."""

from __future__ import annotations

import itertools
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cleanwire.batch.atomic import AtomicFile, copy
from cleanwire.batch.document import Outcome, Settings, clean, explain_os_error
from cleanwire.batch.plan import Job
from cleanwire.cleaner import Cleaner
from cleanwire.errors import DocumentError

Work = Callable[[Cleaner, Settings, Job], Outcome]
"""What is done with a job. A module's function, so that it can be sent to another process."""

_CHUNK = 32  # jobs that go to a process at once
_FEWEST_PER_PROCESS = 64  # starting a process costs as much as cleaning some hundred articles


@dataclass(frozen=True, slots=True)
class WriteTo:
    """Work that writes each job's result to its target. ``backup`` is a suffix for the original, cleaned in place."""

    in_place: bool = False
    copy_others: bool = True
    backup: str = ""
    force: bool = False

    def __call__(self, cleaner: Cleaner, settings: Settings, job: Job) -> Outcome:
        assert job.target is not None
        job.target.parent.mkdir(parents=True, exist_ok=True)
        if job.is_other:
            copy(job.source, job.target)
            return Outcome(str(job.source), "copied")
        with job.source.open("rb") as reader, AtomicFile(job.target, job.source) as output:
            outcome = clean(cleaner, settings, str(job.source), reader, output.file.write)
            if outcome.status == "not text":
                return self._not_text(job, outcome)
            if self.in_place and outcome.status != "changed":
                return outcome
            if self.in_place and self.backup:
                self._back_up(job.target)
            output.commit()
        return outcome

    def _not_text(self, job: Job, outcome: Outcome) -> Outcome:
        if job.named:
            raise DocumentError(f"{job.source}: this is {outcome.reason}, not text: nothing was written")
        if self.copy_others and not self.in_place and job.target is not None:
            copy(job.source, job.target)
            outcome.status = "copied"
        return outcome

    def _back_up(self, source: Path) -> None:
        backup = source.with_name(source.name + self.backup)
        if backup.exists() and not self.force:
            raise DocumentError(f"{source}: its backup {backup} exists already: --force writes over it")
        copy(source, backup)


def attempt(work: Work, cleaner: Cleaner, settings: Settings, job: Job) -> Outcome:
    """The job's outcome; what goes wrong with a document is part of it, and touches no other document."""
    name = str(job.source)
    try:
        return work(cleaner, settings, job)
    except DocumentError as error:
        return Outcome(name, "failed", str(error))
    except OSError as error:
        return Outcome(name, "failed", str(explain_os_error(str(error.filename or name), error)))


def run(jobs: Sequence[Job], work: Work, settings: Settings, cleaner: Cleaner, processes: int) -> Iterator[Outcome]:
    """The outcomes of ``jobs``, in their order. Where few jobs are, they are done here, by ``cleaner``."""
    processes = min(processes, len(jobs) // _FEWEST_PER_PROCESS)
    if processes < 2:
        yield from (attempt(work, cleaner, settings, job) for job in jobs)
        return
    # Spawned, so that every system behaves alike and no lock of a thread is copied.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start_worker, (work, settings)) as pool:
        try:
            yield from itertools.chain.from_iterable(_in_order(pool, _batches(jobs), 4 * processes))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _in_order(pool: ProcessPoolExecutor, batches: Iterable[Sequence[Job]], most: int) -> Iterator[list[Outcome]]:
    """Results in the order of the batches, of which at most ``most`` wait, so that memory stays flat."""
    waiting: deque[Future[list[Outcome]]] = deque()
    for batch in batches:
        waiting.append(pool.submit(_work_on, batch))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _batches(jobs: Sequence[Job]) -> Iterator[Sequence[Job]]:
    for start in range(0, len(jobs), _CHUNK):
        yield jobs[start : start + _CHUNK]


_worker: tuple[Work, Settings, Cleaner] | None = None


def _start_worker(work: Work, settings: Settings) -> None:
    global _worker  # noqa: PLW0603 - a process has one, made when it starts
    # Ctrl-C reaches all processes; the parent decides, and a worker finishes the file it is writing.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = work, settings, settings.cleaner()


def _work_on(jobs: Sequence[Job]) -> list[Outcome]:
    assert _worker is not None
    work, settings, cleaner = _worker
    return [attempt(work, cleaner, settings, job) for job in jobs]
