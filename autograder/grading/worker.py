"""Grade one submission on a worker, and return its scores, its graded notebook and a log.

A worker needs the Python environment and nothing else: neither the course directory nor the gradebook. Its kernels
come from the warm parent that the workers of this machine share (pool.py). Where there is none, or it has ended, the
worker keeps one of its own, for the imports and settings that it was last asked for.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing.util import Finalize
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import extra_files, records
from autograder.engine import run
from autograder.engine.sandbox import policy
from autograder.engine.sandbox.forked import Template
from autograder.engine.sandbox.host import ForkServer
from autograder.engine.sandbox.server import Server, SharedServer
from autograder.errors import NotHandedIn, SandboxUnavailable, Unopened, Unreadable, WorkersDied
from autograder.grading import limited_process, reading, scores, submission_files
from autograder.jobs import Result, Setup, Submission
from autograder.notebooks import modules
from autograder.plain import plain

NOT_RUN = "The grader could not run this notebook"
AGAIN = "That may be the machine's fault: all others are done, and it runs once more, alone."
TOO_MUCH = ("Not put next to the notebook, because it is not a plain file, or there are more than "
            f"{submission_files.MOST_EXTRA} files or {submission_files.LARGEST_EXTRA // 10**6} MB: {{}}.")
SAID_BY_SCORE = ("answer-deleted",)  # repairs that the cell's score already reports


def grade_one(setup: Setup, submission: Submission) -> Result:
    """Grade one notebook, from the submitted bytes to the scores.

    Raises
    ------
    SandboxUnavailable
        if this machine cannot isolate a kernel. Any other failure is reported in the result.
    """
    log = _Log(submission.before)
    version = setup.versions[submission.name]
    try:
        prepared = _limited_process(version).call(reading.prepare, submission.files, version, submission.name)
    except Unreadable as problem:
        return _result_without_run(submission, version, str(problem), "unreadable", log)
    except Exception as error:
        return _failed(submission, version, error, "Reading what was handed in", log)
    for one in prepared.repairs:
        log.add(f"{one.cell or prepared.file}: {one.kind} ({one.confidence:.0%} sure)")
    try:
        server = server_for(setup, modules_of(setup))
        log.add("kernels start cold: " + server.cold if server.cold else "kernels are forked")
        for module, reason in server.missing.items():
            log.add(f"{module} could not be imported ahead: {reason}")
    except SandboxUnavailable:
        raise
    except Exception as error:
        return _failed(submission, version, error, "Preparing this notebook's kernel", log)
    try:
        files = _extra_files(setup, submission) | setup.files
        notebook = run.run(
            prepared.notebook, setup.limits, server, setup.variables, setup.threads, files, setup.learned)
        machine = any(records.of(cell).machine for cell in notebook.cells)
        judged = _limited_process(version).call(
            reading.judge, notebook, prepared._replace(notebook=NotebookNode(), handed_in=[]), submission.name,
            submission.flags)
    except Exception as error:  # the grader's failure, not the student's: it must not stop the class
        return _failed(submission, version, error, "Scoring this notebook", log)
    for line in judged.lines:
        log.add(line, timed=False)
    log.add("scored")
    told = tuple(one.sentence for one in prepared.repairs if one.kind not in SAID_BY_SCORE)
    if submission.left_out:
        some = ", ".join(submission.left_out[:5]) + (" and others" if submission.left_out[5:] else "")
        told += (TOO_MUCH.format(some),)
    try:
        seen = _limited_process(version).call(reading.show, notebook, judged.scores, prepared.handed_in)
    except Exception as error:  # the scores exist: a notebook that cannot be shown loses no points
        seen = None
        log.add(f"the notebook cannot be shown: {error}")
    return Result(submission.student, submission.name, judged.scores, seen, log.text(), told, machine)


def once_more(job: tuple[Setup, Submission], result: Result | WorkersDied) -> tuple[Setup, Submission] | None:
    """Return the job to run again, alone, if the machine may be to blame for its result; None if the result counts."""
    setup, submission = job
    if isinstance(result, WorkersDied):
        return setup, replace(submission, before=f"{result}\n{AGAIN}\n")
    return (setup, replace(submission, before=f"{result.log}{AGAIN}\n")) if result.machine else None


def result_without_run(
    submission: Submission, version: str, message: str, flag: str, status: str = "missing"
) -> Result:
    """Return a result for a notebook that was not run: 0 for every graded cell, with the reason."""
    rows = scores.nothing_to_grade(_read(version), message, (*((flag,) if flag else ()), *submission.flags))
    rows = [replace(row, status=status) for row in rows]
    return Result(submission.student, submission.name, rows, log=f"{submission.before}{plain(message)}\n")


def not_read(submission: Submission, version: str, problem: Exception) -> Result:
    """Return a result for a submission whose files the coordinator could not get: none handed in, or unreadable."""
    if isinstance(problem, NotHandedIn):
        return result_without_run(submission, version, str(problem), "")
    if isinstance(problem, Unreadable):
        return result_without_run(submission, version, str(problem), "unreadable")
    said = str(problem) if isinstance(problem, Unopened) else _not_run(problem)
    return result_without_run(submission, version, said, "grader-error", "killed")


def _not_run(error: Exception) -> str:
    return f"{NOT_RUN} ({type(error).__name__}: {plain(str(error), 200)})."


def _failed(submission: Submission, version: str, error: Exception, what: str, log: _Log) -> Result:
    """Return a result for a submission on which the grader itself failed, or was made to fail."""
    exceeded = isinstance(error, limited_process.Exceeded)
    message = f"{what} {error}: a person has to look at it." if exceeded else _not_run(error)
    return replace(_result_without_run(submission, version, message, "grader-error", log), machine=True)


def _result_without_run(submission: Submission, version: str, message: str, flag: str, log: _Log) -> Result:
    log.add(message)
    made = result_without_run(submission, version, message, flag, "killed" if flag == "grader-error" else "missing")
    return replace(made, log=log.text())


@lru_cache(maxsize=8)  # the same for every submission to an assignment, and never modified
def _read(version: str) -> NotebookNode:
    return nbformat.reads(version, as_version=4)


def modules_of(setup: Setup) -> list[str]:
    """Return what an assignment's notebooks import, except modules next to them; they share one fork server."""
    local = extra_files.modules(setup.release_files)
    all_of_them = dict.fromkeys(name for version in setup.versions.values() for name in modules(version))
    return [name for name in all_of_them if re.split("[.:]", name)[0] not in local]


@lru_cache(maxsize=8)
def _installed(version: str) -> frozenset[str]:
    """Return the installed packages that a notebook imports anywhere in its code."""
    roots = {name.partition(":")[0].partition(".")[0] for name in modules(version)}
    return frozenset(root for root in roots if policy.package_folder(root) is not None)


def _extra_files(setup: Setup, submission: Submission) -> dict[str, bytes | Path]:
    """Return the files to put next to a student's notebook."""
    version = setup.versions[submission.name]
    others = {name: text.encode() for name, text in setup.others.get(submission.name, {}).items()}
    for name, file, content in submission.others:
        with suppress(Unreadable, limited_process.Exceeded):  # that notebook's own row reports it
            others[name] = _limited_process(version).call(
                reading.answered, setup.others[submission.name][name], file, content)
    theirs = dict(submission.extra_files) | {f"{name}.ipynb": content for name, content in others.items()}
    used = _installed(version) - extra_files.modules(setup.release_files)
    return extra_files.together(theirs, extra_files.find(setup.release_files), setup.release_files.kept, used)


@dataclass(frozen=True)
class Needs:
    """What a fork server is started with: one that was started with the same serves as well."""

    modules: tuple[str, ...]
    visible: tuple[Path, ...]
    env: tuple[tuple[str, str], ...]
    sandbox: bool
    package: str

    @classmethod
    def of(cls, setup: Setup, modules: list[str]) -> Needs:
        """Return what the fork server for these imports and settings needs."""
        root = Path(setup.root) if Path(setup.root).is_dir() else Path.cwd()
        env = run.environment(setup.variables, setup.threads)
        return cls(tuple(modules), _visible(tuple(modules), setup.visible, root), tuple(sorted(env.items())),
                   setup.sandbox, setup.package)

    def server(self) -> ForkServer:
        """Return a new fork server, which is not started yet."""
        return ForkServer(list(self.modules), list(self.visible), dict(self.env), self.sandbox, self.package)

    def template(self, modules: tuple[str, ...]) -> Template:
        """Return a new template of such fork servers, which imports only these modules and is not started yet."""
        return Template(list(modules), list(self.visible), dict(self.env), self.sandbox, self.package)

    def allows(self, other: Needs) -> bool:
        """Whether a template made for this serves the other, too: it has the same variables, and shows the same."""
        return (self.env, self.sandbox, self.package, policy.shown(self.visible)) == (
            other.env, other.sandbox, other.package, policy.shown(other.visible))


_current: tuple[tuple, Server] | None = None
_lock = threading.Lock()


def server_for(setup: Setup, modules: list[str]) -> Server:
    """Return the fork server for these imports and settings: the shared one, or one that this process starts."""
    global _current
    needs = Needs.of(setup, modules)
    key = needs, setup.parent, os.getpid()
    with _lock:
        if _current is not None and (_current[0] != key or not _current[1].alive):
            close_server()
        if _current is None:
            _current = key, _shared(setup, needs) or _own(needs)
            Finalize(None, close_server, exitpriority=1)  # a forked worker does not run atexit handlers
        return _current[1]


def _shared(setup: Setup, needs: Needs) -> Server | None:
    """Return the parent that this machine's workers share; None if there is none, or it has ended."""
    if setup.parent is None:
        return None
    shared = SharedServer(setup.parent, dict(needs.env), needs.sandbox)
    return shared if shared.alive else None


def _own(needs: Needs) -> Server:
    server = needs.server()
    server.start()
    return server


def server_for_own(setup: Setup, modules: list[str]) -> Server | None:
    """Return a fork server for the course's own code, such as the answers of a bank.

    Returns None on systems other than Linux: they cannot fork kernels, and kernels start cold.
    """
    return server_for(setup, modules) if sys.platform == "linux" else None


@lru_cache(maxsize=8)
def _visible(modules: tuple[str, ...], entries: tuple[str, ...], root: Path) -> tuple[Path, ...]:
    return tuple(policy.visible_paths([name.partition(":")[0] for name in modules], list(entries), root))


@lru_cache(maxsize=1)
def _reader(process: int) -> limited_process.LimitedProcess:
    return limited_process.LimitedProcess(["autograder.grading.reading"])


@lru_cache(maxsize=8)
def _ready(process: int, version: str) -> limited_process.LimitedProcess:
    reader = _reader(process)
    reader.call(reading.get_ready, version)
    return reader


def _limited_process(version: str) -> limited_process.LimitedProcess:
    """Return the process in which submissions to this release are read."""
    return _ready(os.getpid(), version)


def get_ready(versions: tuple[str, ...]) -> None:
    """Start the process in which submissions to these releases are read, ahead of the first one."""
    for version in versions:
        _limited_process(version)


def close_server() -> None:
    """End this worker's fork server, or let go of the shared one."""
    global _current
    if _current is not None:
        _current[1].close()
        _current = None


class _Log:
    """The log of one submission: lines with the seconds since the start."""

    def __init__(self, before: str) -> None:
        self.start, self.lines = time.monotonic(), before.splitlines()

    def add(self, line: str, timed: bool = True) -> None:
        seconds = f"{time.monotonic() - self.start:7.2f} s" if timed else " " * 9
        self.lines.append(f"{seconds}  {plain(line)}")

    def text(self) -> str:
        """Return the whole log."""
        return "\n".join(self.lines) + "\n"
