"""What a worker does: one submission in, its scores, its graded notebook and a log out.

A worker needs the Python environment and nothing else: no course directory, no gradebook. It keeps
one fork server, for the assignment it was asked for last.
"""

from __future__ import annotations

import ast
import os
import threading
import time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from multiprocessing.util import Finalize
from pathlib import Path, PurePosixPath

import nbformat
from nbformat import NotebookNode

from autograder import intake, run, scores
from autograder.course import Limits
from autograder.errors import Unreadable
from autograder.notebooks import grade_id
from autograder.repair import repair
from autograder.sandbox import policy
from autograder.sandbox.host import ForkServer
from autograder.scores import Score

NOT_RUN = "The grader could not run this notebook"
SAID_BY_SCORE = ("answer-deleted",)  # repairs that the score of the cell speaks of


@dataclass(frozen=True)
class Setup:
    """What all submissions to an assignment have in common.

    Attributes
    ----------
    versions : dict of str
        the notebooks as they are graded, as JSON, by name.
    limits : Limits
        for one submission.
    files : dict of str
        what stands beside the notebook: name and content in base64.
    visible : tuple of str
        `visible` of course.toml.
    root : str
        the course directory; where a worker does not have it, its own working folder counts.
    sandbox : bool
        False is --no-sandbox.
    budget : str
        CNNLAB_BUDGET in the kernel.
    threads : int or None
        for one TensorFlow operation.
    """

    versions: dict[str, str]
    limits: Limits
    files: dict[str, str] = field(default_factory=dict)
    visible: tuple[str, ...] = ()
    root: str = "."
    sandbox: bool = True
    budget: str = "grading"
    threads: int | None = None


@dataclass(frozen=True)
class Task:
    """One submitted notebook: whose, the files it can be in, and what is known of it already.

    Attributes
    ----------
    student, name : str
        whose, and the notebook's name in the release.
    files : tuple of (str, bytes)
        what was handed in: names and contents.
    flags : tuple of str
        for every score.
    """

    student: str
    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What came of one student's notebook.

    Attributes
    ----------
    student, name : str
        whose, and the notebook's name in the release.
    scores : list of Score
    notebook : bytes or None
        as it was run, with outputs; None where none was.
    log : str
    repairs : tuple of str
        what was put right before it was run: a sentence each, for teacher and student.
    """

    student: str
    name: str
    scores: list[Score]
    notebook: bytes | None = None
    log: str = ""
    repairs: tuple[str, ...] = ()


def grade_one(setup: Setup, task: Task) -> Result:
    """Grade one notebook, from the bytes to the scores.

    Raises
    ------
    SandboxUnavailable
        if this machine cannot isolate a kernel. Whatever else goes wrong becomes a row.
    """
    log = _Log()
    version = _read(setup.versions[task.name])
    try:
        submitted = intake.choose(list(task.files), version, f"{task.name}.ipynb")
        repaired = repair(version, submitted.notebook)
        repairs = [*submitted.repairs, *repaired.repairs]
        for one in repairs:
            log.add(f"{one.cell or submitted.name}: {one.kind} ({one.confidence:.0%} sure)")
    except Unreadable as problem:
        return _nothing(task, version, str(problem), "unreadable", log)
    server = server_for(setup, list(_modules(setup.versions[task.name])))
    log.add("kernels start cold: " + server.cold if server.cold else "kernels are forked")
    for module, reason in server.missing.items():
        log.add(f"{module} could not be imported ahead: {reason}")
    try:
        notebook = run.run(repaired.notebook, setup.limits, server, setup.budget, setup.threads, setup.files)
        rows = scores.score(notebook, repaired.flags)
        renamed = () if PurePosixPath(submitted.name).name == f"{task.name}.ipynb" else ("renamed",)
        rows = [replace(row, flags=tuple(dict.fromkeys((*task.flags, *renamed, *row.flags)))) for row in rows]
        told = tuple(one.sentence for one in repairs if one.kind not in SAID_BY_SCORE)
        _note_scores(notebook, rows)
        log.add_cells(notebook)
        written = nbformat.writes(notebook).encode("utf-8", "replace")
        log.add("scored")
    except Exception as error:  # our failure, not the student's: it must not stop the class
        message = f"{NOT_RUN} ({type(error).__name__}: {error})."
        return replace(_nothing(task, version, message, "grader-error", log), notebook=None)
    return Result(task.student, task.name, rows, written, log.text(), told)


def nothing(task: Task, version: str, message: str, flag: str, status: str = "missing") -> Result:
    """A result without a run: every graded cell of the version gets 0, with the reason."""
    rows = scores.nothing_to_grade(
        nbformat.reads(version, as_version=4), message, (*((flag,) if flag else ()), *task.flags))
    return Result(task.student, task.name, [replace(row, status=status) for row in rows], log=message + "\n")


def _nothing(task: Task, version: NotebookNode, message: str, flag: str, log: _Log) -> Result:
    rows = scores.nothing_to_grade(version, message, (flag, *task.flags))
    if flag == "grader-error":
        rows = [replace(row, status="killed") for row in rows]
    log.add(message)
    return Result(task.student, task.name, rows, log=log.text())


@lru_cache(maxsize=8)  # the same for every submission to an assignment; nobody changes it
def _read(version: str) -> NotebookNode:
    return nbformat.reads(version, as_version=4)


@lru_cache(maxsize=8)
def _modules(version: str) -> tuple[str, ...]:
    return tuple(imported_modules(_read(version)))


def imported_modules(notebook: NotebookNode) -> list[str]:
    """What a notebook imports at the top of a cell: `module`, or `module:name` for `from`."""
    found: dict[str, None] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        try:
            statements = ast.parse(cell.source).body
        except SyntaxError:
            continue  # magics, or a stub that is not Python yet
        for statement in statements:
            if isinstance(statement, ast.Import):
                found |= dict.fromkeys(name.name for name in statement.names)
            elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                found |= dict.fromkeys(f"{statement.module}:{name.name}" for name in statement.names)
    return [name for name in found if name.split(".")[0].split(":")[0] != "__future__"]


def _note_scores(notebook: NotebookNode, rows: list[Score]) -> None:
    """Put each score into its cell, where feedback finds it."""
    by_name = {row.grade_id: row for row in rows}
    for cell in notebook.cells:
        row = by_name.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if row is not None:
            mark = cell.metadata.setdefault("autograder", {})
            mark.update(status=row.status, message=row.message, flags=list(row.flags))


_current: tuple[tuple, ForkServer] | None = None
_lock = threading.Lock()


def server_for(setup: Setup, modules: list[str]) -> ForkServer:
    """The fork server for these imports; started where there is none, or the last one has ended."""
    global _current
    root = Path(setup.root) if Path(setup.root).is_dir() else Path.cwd()
    visible = _visible(tuple(modules), setup.visible, root)
    env = run.environment(setup.budget, setup.threads)
    key = (tuple(modules), visible, setup.sandbox, tuple(sorted(env.items())), os.getpid())
    with _lock:
        if _current is not None and (_current[0] != key or not _current[1].alive):
            close_server()
        if _current is None:
            server = ForkServer(modules, list(visible), env, setup.sandbox)
            server.start()
            _current = key, server
            Finalize(None, close_server, exitpriority=1)  # atexit is left out where a worker was forked
        return _current[1]


@lru_cache(maxsize=8)
def _visible(modules: tuple[str, ...], entries: tuple[str, ...], root: Path) -> tuple[Path, ...]:
    return tuple(policy.visible_paths([name.partition(":")[0] for name in modules], list(entries), root))


def close_server() -> None:
    """End this worker's fork server."""
    global _current
    if _current is not None:
        _current[1].close()
        _current = None


class _Log:
    """What happened to one submission, a line at a time with the seconds since it began."""

    def __init__(self) -> None:
        self.start, self.lines = time.monotonic(), []

    def add(self, line: str) -> None:
        self.lines.append(f"{time.monotonic() - self.start:7.2f} s  {line}")

    def add_cells(self, notebook: NotebookNode) -> None:
        """A line a cell that ran, with its seconds and what became of it."""
        for index, cell in enumerate(notebook.cells):
            mark = cell.metadata.get("autograder", {})
            if "outcome" in mark:
                words = [f"cell {index}", grade_id(cell), f"{mark['seconds']:.2f} s", mark["outcome"],
                         mark.get("status", ""), mark["message"]]
                self.lines.append("           " + "  ".join(word for word in words if word))

    def text(self) -> str:
        """The whole log."""
        return "\n".join(self.lines) + "\n"
