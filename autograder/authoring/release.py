"""Make the student version of a solution notebook, with nbgrader's GenerateAssignment.

Besides the student version there is the grading version. It has stubs in the answer cells, as students get
them, but still contains the hidden tests. Submissions are merged into it.
"""

from __future__ import annotations

import copy
import logging
import re
import sys
from contextlib import chdir
from pathlib import Path

import nbformat
from jsonschema import ValidationError
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, SaveCells, savecells

from autograder.authoring.marking import mark
from autograder.course import Course
from autograder.errors import UserError
from autograder.notebooks import RELEASED

TEACHERS = ("answers", "class.toml", "numbers.toml", "seeds.md", "seeds.toml", "survivors.toml")


def generate(course: Course, assignment: str, release_directory: Path, db_url: str = "") -> None:
    """Write the student version of an assignment, replacing the one that is there.

    Parameters
    ----------
    course : Course
        the course directory.
    assignment : str
        its name.
    release_directory : Path
        the folder in which a folder with the assignment's name is written.
    db_url : str
        the gradebook in which the assignment's cells are recorded; none by default.

    Raises
    ------
    UserError
        if nbgrader refuses the notebook, with its reason.
    """
    coursedir = course.coursedir(
        assignment_id=assignment,
        ignore=[*course.coursedir().ignore, *teachers_own(course, assignment)],
        release_directory=str(release_directory.resolve()),
        **({"db_url": db_url} if db_url else {}),
    )
    converter = GenerateAssignment(coursedir=coursedir, config=course.config)
    converter.no_database = not db_url
    if not db_url:
        converter.preprocessors = [p for p in converter.preprocessors if p is not SaveCells]
    converter.force = True
    with _Quiet(converter.log) as log:
        try:
            converter.start()
        except (NbGraderException, SystemExit) as error:
            reason = log.reason() or str(error)
            if log.raised_in(savecells.__name__):  # this step refuses other cells once there are submissions
                reason += (
                    "; --regrade takes the removed cells' scores out, given by hand or not, and keeps the others, "
                    "or name another folder with --out for the changed assignment"
                )
            raise UserError(f"nbgrader cannot release {assignment}: {reason}.") from None


def teachers_own(course: Course, assignment: str) -> list[str]:
    """Glob patterns of files next to a solution notebook that are never released, whatever the course's `ignore` says.

    These are the text notebooks, the answer bank, and the files that `check`, `audit` and `demo` read.
    """
    folder = course.source / assignment
    texts = [path.name for path in folder.rglob("*.py") if is_text_notebook(path)]
    bank = [path.parents[1].name for path in folder.glob("*/*/*.py") if path.name.startswith(("right_", "wrong_"))]
    if not texts and not bank:
        return []
    return [re.sub(r"([*?[])", r"[\1]", name) for name in sorted({*texts, *bank, *TEACHERS})]


def is_text_notebook(path: Path) -> bool:
    """Whether a Python file is divided into notebook cells."""
    return re.search(rb"^# %%", path.read_bytes(), re.M) is not None


def grading_versions(course: Course, assignment: str) -> dict[str, NotebookNode]:
    """The notebooks of an assignment as they are graded, by name without `.ipynb`.

    They go through the same nbgrader steps as in `generate`, in the same order, up to the one that would
    save the cells: the steps after it remove the hidden tests.

    Raises
    ------
    UserError
        if a notebook is in another language, or nbgrader refuses it; the message gives nbgrader's reason.
    """
    coursedir = course.coursedir(assignment_id=assignment)
    converter = GenerateAssignment(coursedir=coursedir, config=course.config)
    steps = list(converter.preprocessors)
    steps = steps[: steps.index(SaveCells)] if SaveCells in steps else steps
    versions = {}
    for path in course.source_notebooks(assignment):
        resources = {"nbgrader": {"assignment": assignment, "notebook": path.stem, "student": "."},
                     "metadata": {"path": str(path.parent)}}
        notebook = None
        try:
            with _Quiet(converter.log), chdir(course.root):  # paths in nbgrader_config.py are relative to it
                source = nbformat.read(path, as_version=4)
                notebook = copy.deepcopy(source)
                _refuse_other_languages(notebook, path)
                for step in steps:
                    worker = step(parent=converter, config=converter.config)
                    notebook, resources = worker.preprocess(notebook, resources)
                _note_released(notebook, converter, resources)
        except UserError:
            raise
        except Exception as error:  # nbgrader's steps raise many kinds, and a course can have steps of its own
            raise UserError(
                f"nbgrader refuses {assignment}/{path.name}: {refusal(error, notebook)}. Nothing was graded."
            ) from None
        mark(notebook, source, course.settings.tests)
        versions[path.stem] = notebook
    return versions


def _note_released(notebook: NotebookNode, converter: GenerateAssignment, resources: dict) -> None:
    """If students get only a part of a cell's text, put this part, as nbgrader makes it, into the cell's metadata."""
    students = copy.deepcopy(notebook)
    for step in [step for step in converter.preprocessors if step in (ClearHiddenTests, ClearMarkScheme)]:
        students, _ = step(parent=converter, config=converter.config).preprocess(students, resources)
    for cell, theirs in zip(notebook.cells, students.cells, strict=True):
        if cell.source != theirs.source:
            cell.metadata[RELEASED] = theirs.source


def language(notebook: NotebookNode) -> str:
    """The language of a notebook's kernel; Python if the notebook does not say."""
    spec = notebook.metadata.get("kernelspec", {})
    return spec.get("language") or notebook.metadata.get("language_info", {}).get("name") or "python"


def _refuse_other_languages(notebook: NotebookNode, path: Path) -> None:
    """Raise UserError unless a notebook is in Python, whatever its kernel is called."""
    if not language(notebook).lower().startswith(("python", "ipython")):
        kernel = notebook.metadata.get("kernelspec", {}).get("name", "")
        raise UserError(
            f"{path.parent.name}/{path.name} is a notebook in {language(notebook)} (kernel {kernel}), and this grader "
            "runs Python alone: grade this assignment with `nbgrader autograde`."
        )


def refusal(error: BaseException, notebook: NotebookNode | None) -> str:
    """nbgrader's reason for refusing a notebook, in one line, with the cell's name if nbgrader leaves that out."""
    reasons = [error]
    while (inner := reasons[-1].__cause__ or reasons[-1].__context__) is not None:
        reasons.append(inner)
    for one in reasons:  # the outer one says only that there is an inner one
        error = one if isinstance(one, ValidationError) else error
    text = getattr(error, "message", None) or str(error) or type(error).__name__
    where = _where(notebook) if isinstance(error, ValidationError) else ""
    return f"{where}{' '.join(text.split())[:300]}".rstrip(". ")


def _where(notebook: NotebookNode | None) -> str:
    """The first cell that nbgrader's check refuses, as the start of a sentence; empty if the reason names it."""
    for number, cell in enumerate(notebook.cells if notebook is not None else [], start=1):
        try:
            MetadataValidator().validate_cell(cell)
        except Exception as error:
            name = cell.metadata.nbgrader.get("grade_id")
            text = str(error)
            return "" if name and str(name) in text else f"cell {number}{f' ({name})' if name else ''}: "
    return ""


class _Quiet:
    """Keep nbgrader's log off the screen, and remember its errors."""

    def __init__(self, log: logging.Logger) -> None:
        self.log = log
        self.records: list[logging.LogRecord] = []
        self.errors: list[BaseException] = []

    def reason(self) -> str:
        """The reason of the logged error; without one, the last line of the traceback or of the first message."""
        if self.errors:
            return refusal(self.errors[0], None)
        messages = [record.getMessage().strip() for record in self.records]
        messages.sort(key=lambda message: "Traceback" not in message)
        return messages[0].splitlines()[-1] if messages else ""

    def raised_in(self, module: str) -> bool:
        """Whether the logged error was raised in the module named `module`, or in a call from it."""
        trace = self.errors[0].__traceback__ if self.errors else None
        while trace is not None:
            if trace.tb_frame.f_globals.get("__name__") == module:
                return True
            trace = trace.tb_next
        return False

    def _keep(self, record: logging.LogRecord) -> None:
        self.records.append(record)
        error = sys.exc_info()[1]  # nbgrader logs its errors where it handles them
        if error is not None and error not in self.errors:
            self.errors.append(error)

    def __enter__(self) -> _Quiet:
        handler = logging.Handler(logging.ERROR)
        handler.emit = self._keep  # type: ignore[method-assign]  # for this one handler
        self.before = self.log.handlers[:], self.log.propagate
        self.log.handlers, self.log.propagate = [handler], False
        return self

    def __exit__(self, *_: object) -> None:
        self.log.handlers, self.log.propagate = self.before
