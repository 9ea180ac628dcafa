"""Lead a class's submissions through the workers, into the ledger, the gradebook and the tables.

The coordinator reads submissions and writes results; it never parses a submission and never runs
one. Whatever a submission does, its student has a row for every graded cell. What is written down
already, and came from the same submission, release and settings, is not run again.
"""

from __future__ import annotations

import os
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import nbformat
from dask.distributed import Client
from nbgrader.api import Gradebook

from autograder import cluster, handed_in, release, worker
from autograder.course import Course, Limits
from autograder.errors import SandboxUnavailable, UserError, WorkersDied
from autograder.gradebook import create, follow, record
from autograder.handed_in import Folder
from autograder.ledger import Entry, Ledger, fingerprint, write_whole
from autograder.record import SubmissionRow, score_rows, submission_row, write_tables
from autograder.sandbox.host import sweep
from autograder.worker import NOT_RUN, Result, Setup, Task

__all__ = ["NOT_RUN", "Event", "grade"]


@dataclass(frozen=True)
class Event:
    """One notebook is done: what a progress bar shows.

    Attributes
    ----------
    student, notebook : str
        whose, and which.
    row : SubmissionRow
        what it got.
    done, total : int
        notebooks.
    running : int
        how many are under way.
    failed : int
        how many the grader itself could not run.
    seconds_left : float
        an estimate, from the time since the start.
    again : bool
        False where the result was written down before.
    """

    student: str
    notebook: str
    row: SubmissionRow
    done: int
    total: int
    running: int
    failed: int
    seconds_left: float
    again: bool


def grade(
    course: Course,
    assignment: str,
    submissions: Path,
    out: Path,
    limits: Limits | None = None,
    workers: int | None = None,
    progress: Callable[[Event], None] = lambda event: None,
    *,
    scheduler: str | None = None,
    client: Client | None = None,
    sandbox: bool = True,
    regrade: bool = False,
    db: str | None = None,
) -> list[SubmissionRow]:
    """Grade every student with a folder under `submissions`.

    Parameters
    ----------
    course : Course
        the course directory, with the solutions and hidden tests.
    assignment : str
        its name.
    submissions : Path
        nbgrader's layout: `submissions/STUDENT/ASSIGNMENT/*.ipynb`.
    out : Path
        gets gradebook.db, scores.csv, submissions.csv, release/, results/, logs/ and autograded/.
    limits : Limits, optional
        for one submission; from course.toml by default.
    workers : int, optional
        how many notebooks run at a time; as many as there are cores by default.
    progress : callable
        told of every notebook that is done.
    scheduler : str, optional
        the address of a Dask cluster; a local one is started by default.
    client : Client, optional
        of a cluster that is there already; it stays.
    sandbox : bool
        False runs students' code as this user, and flags every score `unsandboxed`.
    regrade : bool
        run again what is graded already; the gradebook gets the cells of a changed release.
    db : str, optional
        SQLAlchemy's URL of the gradebook; SQLite in `out` by default.

    Returns
    -------
    list of SubmissionRow
        by student and notebook.

    Raises
    ------
    UserError
        before anything is written, if a name or a folder is wrong; later, if no worker can isolate
        a kernel.
    """
    students = handed_in.students(submissions, assignment)
    versions = release.grading_versions(course, assignment)
    out.mkdir(parents=True, exist_ok=True)
    db_url = db or create(out.resolve() / "gradebook.db")
    if regrade:
        with Gradebook(db_url) as gradebook:
            follow(gradebook, assignment, versions)
    release.generate(course, assignment, out / "release", db_url)
    setup = Setup(
        versions={name: nbformat.writes(version) for name, version in versions.items()},
        limits=limits or course.settings.limits,
        files=_support_files(out / "release" / assignment),
        visible=tuple(course.settings.sandbox.visible),
        root=str(course.root),
        sandbox=sandbox,
        threads=threads_each(workers),
    )
    run = _Run(assignment, out, setup, Ledger(out, assignment), len(students) * len(versions), progress)
    jobs = ((folder, name) for folder in students for name in versions)
    try:
        with Gradebook(db_url) as gradebook:
            run.all(jobs, gradebook, regrade, lambda: _connect(workers, scheduler, client))
    finally:  # also after Ctrl-C: what is graded is in the tables
        summary = run.tables([folder.student for folder in students])
        sweep()  # after workers that were killed
    return summary


def threads_each(workers: int | None) -> int:
    """Threads for one TensorFlow operation, so that all workers together use every core once."""
    cores = os.cpu_count() or 1
    return max(1, cores // (workers or cores))


def _connect(workers: int | None, scheduler: str | None, client: Client | None) -> AbstractContextManager[Client]:
    return cluster.connect(workers, scheduler) if client is None else nullcontext(client)


class _Run:
    """One batch: what is done, and where it goes."""

    def __init__(
        self, assignment: str, out: Path, setup: Setup, ledger: Ledger, total: int,
        progress: Callable[[Event], None],
    ) -> None:
        self.assignment, self.out, self.setup, self.ledger = assignment, out, setup, ledger
        self.total, self.progress = total, progress
        self.done = self.failed = self.fresh = 0
        self.start = time.monotonic()

    def all(self, jobs, gradebook: Gradebook, regrade: bool, connect: Callable) -> None:
        """Grade what has to be graded; record everything. `connect` is asked for workers where there is something."""
        todo = self._to_do(jobs, gradebook, regrade)
        first = next(todo, None)
        if first is None:
            return  # nothing to run: no cluster is started
        with connect() as client:
            self.width = len(client.scheduler_info(n_workers=-1)["workers"])
            try:
                for (_, task), result in cluster.spread(client, worker.grade_one, chain([first], todo)):
                    if isinstance(result, WorkersDied):
                        result = worker.nothing(
                            task, self.setup.versions[task.name], f"The run was stopped: {result}.",
                            "worker-died", "killed")
                    self._write(result, fingerprint(self.setup, task), gradebook)
            except SandboxUnavailable as error:
                raise UserError(
                    f"A student's code cannot be isolated here ({error}): `autograder doctor` says what is "
                    "missing; --no-sandbox grades without, and flags every score."
                ) from None

    def _to_do(
        self, jobs: Iterator[tuple[Folder, str]], gradebook: Gradebook, regrade: bool
    ) -> Iterator[tuple[Setup, Task]]:
        """The submissions that must run; the others are recorded on the way."""
        for folder, name in jobs:
            student, sandbox = folder.student, () if self.setup.sandbox else ("unsandboxed",)
            try:
                files = handed_in.files(folder, self.assignment, name, list(self.setup.versions))
            except Exception as problem:  # of one student: it must not stop the class
                self._write(worker.not_read(Task(student, name, (), sandbox), self.setup.versions[name], problem),
                            "", gradebook)
                continue
            task = Task(student, name, files, sandbox)
            mark = fingerprint(self.setup, task)
            known = None if regrade else self.ledger.find(student, name, mark)
            if known is None:
                self.ledger.forget(student, name)
                yield self.setup, task
            else:
                self._done(student, name, known, gradebook, again=False)

    def _write(self, result: Result, mark: str, gradebook: Gradebook) -> None:
        """The files first, the ledger second, the gradebook last: each can be made from the one before."""
        path = self.out / "autograded" / result.student / self.assignment / f"{result.name}.ipynb"
        path.unlink(missing_ok=True)
        if result.notebook is not None:
            write_whole(path, result.notebook)
        write_whole(self.out / "logs" / self.assignment / result.student / f"{result.name}.log",
                    result.log.encode("utf-8", "replace"))
        self.ledger.keep(result, mark)
        self.fresh += 1
        self._done(result.student, result.name, Entry(result.scores, result.repairs), gradebook, again=True)

    def _done(
        self, student: str, name: str, entry: Entry, gradebook: Gradebook, again: bool
    ) -> None:
        theirs = {n: self.ledger.find(student, n) for n in self.setup.versions}
        if all(found is not None for found in theirs.values()):
            record(gradebook, student, self.assignment, {n: found.scores for n, found in theirs.items()})
        self.done += 1
        self.failed += any("grader-error" in score.flags for score in entry.scores)
        each = (time.monotonic() - self.start) / max(1, self.fresh)
        self.progress(Event(
            student, name, submission_row(student, self.assignment, name, *entry), self.done, self.total,
            min(getattr(self, "width", 0), self.total - self.done), self.failed,
            each * (self.total - self.done), again,
        ))

    def tables(self, students: list[str]) -> list[SubmissionRow]:
        """Both tables, from the ledger: one notebook's scores at a time are in memory."""
        names = list(self.setup.versions)
        found = (
            (student, name, entry) for student in students for name in names
            if (entry := self.ledger.find(student, name)) is not None
        )
        return write_tables(self.out, self.assignment, (
            (score_rows(student, self.assignment, name, entry.scores),
             submission_row(student, self.assignment, name, *entry))
            for student, name, entry in found
        ))


def _support_files(folder: Path) -> dict[str, str]:
    """What the release has beside its notebooks: name and content in base64."""
    return {
        path.relative_to(folder).as_posix(): b64encode(path.read_bytes()).decode()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".ipynb"
    }
