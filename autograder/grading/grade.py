"""Lead a class's submissions through the workers, and the results into the ledger, the gradebook and the tables.

The coordinator reads the files of submissions and writes results; it never parses or runs a submission.
Whatever a submission does, its student gets a row for every graded cell. A result that is already recorded
for the same submission, release and settings is not computed again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import nbformat
from dask.distributed import Client
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder import extra_files
from autograder.authoring import release
from autograder.course import Course
from autograder.engine.sandbox.host import sweep
from autograder.errors import (
    NotHandedIn,
    SandboxUnavailable,
    StopsCommand,
    Unopened,
    Unreadable,
    UserError,
    WorkersDied,
)
from autograder.files import alone, write_whole
from autograder.grading import cluster, running, submission_files, worker
from autograder.grading.pool import Pool
from autograder.grading.rehearsal import Rehearsal
from autograder.grading.submission_files import Folder
from autograder.grading.worker import NOT_RUN
from autograder.jobs import Limits, Result, Setup, Submission, WarmParent
from autograder.results import rubric
from autograder.results.gradebook import create, follow, opened, record, recorded
from autograder.results.ledger import Ledger, LedgerEntry, fingerprint
from autograder.results.shared import Shared
from autograder.results.tables import ScoreRow, SubmissionRow, score_rows, submission_row, write_tables

__all__ = ["NOT_RUN", "Event", "grade"]
SHOWN = 10  # names listed in one message
NOBODY = "So nobody was graded: put this right, or grade all the same with --anyway."
Lead = Callable[[Iterator[tuple[Setup, Submission]]], Iterator[tuple[Submission, Result]]]  # from jobs to their results


@dataclass(frozen=True)
class Event:
    """One finished notebook, as reported to a progress bar.

    Attributes
    ----------
    student, notebook : str
        whose notebook it is, and its name.
    row : SubmissionRow
        its line in submissions.csv.
    done, total : int
        the number of notebooks finished so far, and of all.
    running : int
        the number of notebooks that are running.
    failed : int
        the number of notebooks that the grader itself failed to run.
    seconds_left : float
        the estimated time left in seconds, from the time since the start.
    ran_now : bool
        False if the result was recorded by an earlier run.
    """

    student: str
    notebook: str
    row: SubmissionRow
    done: int
    total: int
    running: int
    failed: int
    seconds_left: float
    ran_now: bool


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
    pool: Pool | None = None,
    sandbox: bool = True,
    regrade: bool = False,
    anyway: bool = False,
    db: str | None = None,
    say: Callable[[str], None] = lambda sentence: None,
) -> list[SubmissionRow]:
    """Grade every student who has a folder under `submissions`.

    Parameters
    ----------
    course : Course
        the course directory, with the solutions and hidden tests.
    assignment : str
        the assignment's name.
    submissions : Path
        a folder in nbgrader's layout: `submissions/STUDENT/ASSIGNMENT/*.ipynb`.
    out : Path
        the folder for gradebook.db, scores.csv, submissions.csv, release/, rehearsal/, results/, logs/ and
        autograded/.
    limits : Limits, optional
        the limits of one submission; from course.toml by default.
    workers : int, optional
        how many notebooks run at a time; one per core by default.
    progress : callable
        called with an Event for every notebook that is done.
    scheduler : str, optional
        the address of a Dask cluster; a local one is started by default.
    pool : Pool, optional
        the workers of a command that grades several assignments, in place of `workers` and `scheduler`; they are
        left running.
    sandbox : bool
        if False, students' code runs as the current user, and every score gets the flag `unsandboxed`.
    regrade : bool
        if True, grade again what is already graded, and update the gradebook to the cells of a changed release.
    anyway : bool
        if True, grade the class even if the assignment does not pass its rehearsal.
    db : str, optional
        the gradebook's URL for SQLAlchemy; SQLite in `out` by default.
    say : callable
        called with each further message for the person who grades.

    Returns
    -------
    list of SubmissionRow
        the rows of these students, by student and notebook. The tables contain everyone ever graded into `out`.

    Raises
    ------
    UserError
        before anything is written, if this machine would have to grade but does not run Linux, a name or a folder
        is wrong, or another run writes to `out`; later, if no worker can isolate a kernel, the assignment does not
        pass its rehearsal, or the gradebook cannot be used.
    """
    cluster.need_linux(pool.scheduler if pool is not None else scheduler)
    students = submission_files.students(submissions, assignment)
    versions = release.grading_versions(course, assignment)
    with alone(out), Pool(workers, scheduler) if pool is None else nullcontext(pool) as used:
        return _grade(course, assignment, students, versions, out, limits, used, progress, sandbox, regrade, anyway,
                      db, say)


def _grade(
    course: Course, assignment: str, students: list[Folder], versions: dict[str, NotebookNode], out: Path,
    limits: Limits | None, pool: Pool, progress: Callable[[Event], None], sandbox: bool, regrade: bool, anyway: bool,
    db: str | None, say: Callable[[str], None],
) -> list[SubmissionRow]:
    """Do the work of `grade` once no other run writes to `out`."""
    db_url = db or create(out.resolve() / "gradebook.db")
    with opened(db_url) as gradebook:  # finds a damaged gradebook before anything is run
        if regrade:
            follow(gradebook, assignment, versions)
    release.generate(course, assignment, out / "release", db_url)
    setup = Setup(
        versions={name: nbformat.writes(version) for name, version in versions.items()},
        limits=limits or running.limits(course),
        release_files=extra_files.of_release(out / "release" / assignment, running.kept(course, assignment)),
        others=_others(out / "release" / assignment, versions),
        visible=tuple(course.settings.sandbox.visible),
        root=str(course.root),
        sandbox=sandbox,
        variables=course.variables("grading"),
        package=course.settings.course.package,
        threads=threads_per_worker(pool.workers),
    )
    rubrics = rubric.read(course, assignment, versions)
    ledger = Ledger(out, assignment)
    ledger.begin(setup.versions)
    run = _GradingRun(assignment, out, setup, ledger, len(students) * len(versions), progress)
    for sentence in running.not_followed(course):
        say(sentence)
    rehearsal = Rehearsal(course, assignment, out, setup)
    jobs = ((folder, name) for folder in students for name in versions)
    try:
        with opened(db_url) as gradebook:
            run.all(jobs, gradebook, regrade, pool, lambda lead: _rehearse(rehearsal, lead, regrade, anyway))
            run.record_others(gradebook)
        for sentence in rehearsal.problems():
            say(sentence)
    finally:  # also after Ctrl-C, so that the tables include all results so far
        summary = run.tables([folder.student for folder in students], say)
        rubric.show(out, assignment, rubrics)
        sweep()  # removes what killed workers left behind
    return summary


def threads_per_worker(workers: int | None) -> int:
    """Return the number of threads per TensorFlow operation with which all workers together use each core once."""
    cores = os.cpu_count() or 1
    return max(1, cores // (workers or cores))


def _rehearse(rehearsal: Rehearsal, lead: Lead, regrade: bool, anyway: bool) -> frozenset[str]:
    """Run the part of the rehearsal that is still to be done; return the changes that libraries make themselves.

    Raises
    ------
    UserError
        with one sentence per failing cell, if the assignment does not pass and `anyway` is not set.
    """
    for _, result in lead((rehearsal.setup_of(task), task) for task in rehearsal.waiting(regrade, anyway)):
        rehearsal.keep(result)
    problems = rehearsal.problems()
    if problems and not anyway:
        raise UserError("\n".join([*problems, NOBODY]))
    return rehearsal.learned()


class _GradingRun:
    """The state of one grading run: what is done, and where results go."""

    def __init__(
        self, assignment: str, out: Path, setup: Setup, ledger: Ledger, total: int,
        progress: Callable[[Event], None],
    ) -> None:
        self.assignment, self.out, self.setup, self.ledger = assignment, out, setup, ledger
        self.total, self.progress = total, progress
        self.done = self.failed = self.fresh = 0
        self.unnamed: list[tuple[list[ScoreRow], SubmissionRow]] = []  # from folders whose names cannot be ids
        self.start = time.monotonic()

    def all(
        self, jobs: Iterator[tuple[Folder, str]], gradebook: Gradebook, regrade: bool, pool: Pool,
        rehearse: Callable[[Lead], frozenset[str]],
    ) -> None:
        """Grade what has to be graded, and record everything.

        The pool is started only if something has to run. `rehearse` runs before the class does.
        """
        todo = self._to_do(jobs, gradebook, regrade)
        first = next(todo, None)
        if first is None:
            return  # nothing to run, so no workers are started
        try:
            client, parent = pool.start(self.setup)
            self.width = len(client.scheduler_info(n_workers=-1)["workers"])
            self.setup = replace(self.setup, learned=rehearse(lambda jobs: self._lead(client, parent, jobs)))
            for task, result in self._lead(client, parent, chain([(self.setup, first[1])], todo)):
                self._write(result, task.fingerprint, gradebook)
        except SandboxUnavailable as error:
            raise StopsCommand(
                f"A student's code cannot be isolated here ({error}): `autograder doctor` says what is "
                "missing; --no-sandbox grades without, and flags every score."
            ) from None

    def _lead(
        self, client: Client, parent: WarmParent | None, jobs: Iterator[tuple[Setup, Submission]]
    ) -> Iterator[tuple[Submission, Result]]:
        """Run the jobs on the workers, in kernels of the parent that they share, and yield a result for each."""
        sent = ((replace(setup, parent=parent), task) for setup, task in jobs)
        for (setup, task), result in cluster.spread(client, worker.grade_one, sent, worker.once_more):
            if isinstance(result, WorkersDied):
                result = worker.result_without_run(
                    task, setup.versions[task.name], f"The run was stopped: {result}.", "worker-died", "killed")
            yield task, result

    def _to_do(
        self, jobs: Iterator[tuple[Folder, str]], gradebook: Gradebook, regrade: bool
    ) -> Iterator[tuple[Setup, Submission]]:
        """Yield the submissions that have to run, and record the results of the others along the way."""
        for folder, name in jobs:
            student, sandbox = folder.student, () if self.setup.sandbox else ("unsandboxed",)
            try:
                task = self._task(folder, name, sandbox)
            except Exception as problem:  # one student's problem must not stop the class
                result = worker.not_read(Submission(student, name, (), sandbox), self.setup.versions[name], problem)
                if folder.named:
                    self._write(result, "", gradebook)
                else:
                    self._only_tell(result)
                continue
            known = None if regrade else self.ledger.find(student, name, task.fingerprint)
            if known is None or not known.graded:
                self.ledger.forget(student, name)
                yield self.setup, task
            else:
                self._done(student, name, known, gradebook, ran_now=False)

    def _task(self, folder: Folder, name: str, flags: tuple[str, ...]) -> Submission:
        """Return one notebook of a student, with everything that was handed in for it."""
        names = list(self.setup.versions)
        files, others = submission_files.files(folder, self.assignment, name, names), []
        for other in self.setup.others.get(name, ()):
            with suppress(NotHandedIn, Unreadable, Unopened):  # that notebook's own row reports it
                others.append((other, *submission_files.files(folder, self.assignment, other, names)[0]))
        more, left_out = submission_files.extra(folder, self.assignment)
        task = Submission(folder.student, name, files, flags, more, tuple(others), left_out)
        return replace(task, fingerprint=fingerprint(self.setup, task))

    def _only_tell(self, result: Result) -> None:
        """Put a result into this run's tables only, because it cannot be assigned to a student yet."""
        row = submission_row(result.student, self.assignment, result.name, result.scores)
        self.unnamed.append((score_rows(result.student, self.assignment, result.name, result.scores), row))
        self._tell(row, ran_now=True)

    def _write(self, result: Result, mark: str, gradebook: Gradebook) -> None:
        """Write the files first, then the ledger, then the gradebook: each can be restored from the one before it."""
        path = self.out / "autograded" / result.student / self.assignment / f"{result.name}.ipynb"
        path.unlink(missing_ok=True)
        if result.notebook is not None:
            write_whole(path, result.notebook)
        write_whole(self.out / "logs" / self.assignment / result.student / f"{result.name}.log",
                    result.log.encode("utf-8", "replace"))
        self.ledger.keep(result, mark, self.setup.versions[result.name])
        self.fresh += 1
        self._done(result.student, result.name, LedgerEntry(result.scores, result.repairs), gradebook, ran_now=True)

    def _done(
        self, student: str, name: str, entry: LedgerEntry, gradebook: Gradebook, ran_now: bool
    ) -> None:
        theirs = self._entries(student)
        if theirs is not None:
            record(gradebook, student, self.assignment, {n: found.scores for n, found in theirs.items()})
        self._tell(submission_row(student, self.assignment, name, entry.scores, entry.repairs), ran_now)

    def _entries(self, student: str) -> dict[str, LedgerEntry] | None:
        """Return the ledger's entries for all notebooks of a student; None if one is missing."""
        found = {name: entry for name in self.setup.versions if (entry := self.ledger.find(student, name)) is not None}
        return found if len(found) == len(self.setup.versions) else None

    def _tell(self, row: SubmissionRow, ran_now: bool) -> None:
        """Count one more notebook and report it to `progress`."""
        self.done += 1
        self.failed += not row.graded
        each = (time.monotonic() - self.start) / max(1, self.fresh)
        self.progress(Event(
            row.student, row.notebook, row, self.done, self.total,
            min(getattr(self, "width", 0), self.total - self.done), self.failed,
            each * (self.total - self.done), ran_now,
        ))

    def record_others(self, gradebook: Gradebook) -> None:
        """Record students who were graded earlier and are not in this run, in case the gradebook is a new one."""
        there = recorded(gradebook, self.assignment)
        for student in self.ledger.students():
            theirs = self._entries(student)
            if student not in there and theirs is not None:
                record(gradebook, student, self.assignment, {name: found.scores for name, found in theirs.items()})

    def tables(self, students: list[str], say: Callable[[str], None]) -> list[SubmissionRow]:
        """Write both tables with everyone who was ever graded; return the rows of these students."""
        rows, told = write_tables(self.out, self.unnamed)
        for sentence in told:
            say(sentence)
        now = self.ledger.releases()
        older, shared = [], Shared()
        for student, name, entry in self.ledger.entries():
            if entry.release == now[name]:
                shared.add(name, entry.scores)
            elif student not in students:
                older.append(student)
        for sentence in shared.sentences():
            say(sentence)
        if older:
            some = ", ".join(dict.fromkeys(older[:SHOWN])) + (", ..." if len(older) > SHOWN else "")
            say(f"Not among these submissions, and graded with an earlier release of {self.assignment}: {some}. Their "
                "points are as they were; grade them again with the others.")
        return [row for row in rows if row.assignment == self.assignment and row.student in set(students)]


def _others(folder: Path, versions: dict[str, NotebookNode]) -> dict[str, dict[str, str]]:
    """For each notebook whose code mentions other notebooks of the assignment, return these as released."""
    return {
        name: {other: (folder / f"{other}.ipynb").read_text(encoding="utf-8") for other in mentioned}
        for name, version in versions.items() if (mentioned := extra_files.mentioned(version, list(versions)))
    }
