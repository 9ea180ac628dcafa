"""From a solution notebook to the student version, through nbgrader's GenerateAssignment.

Beside the student version there is the grading version: stubs in the answer cells, as students get
them, and the hidden tests still in the tests. Submissions are merged into it.
"""

from __future__ import annotations

import copy
import logging
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, SaveCells

from autograder.course import Course
from autograder.errors import UserError
from autograder.marking import mark
from autograder.notebooks import RELEASED

TEACHERS = ("answers", "class.toml", "numbers.toml", "seeds.md")


def generate(course: Course, assignment: str, release_directory: Path, db_url: str = "") -> None:
    """Write the student version of an assignment, replacing the one that is there.

    Parameters
    ----------
    course : Course
        the course directory.
    assignment : str
        its name.
    release_directory : Path
        the folder that gets a folder of the assignment's name.
    db_url : str
        the gradebook that learns the assignment's cells; none by default.

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
            if "submissions associated" in reason:
                reason += (
                    "; --regrade takes the removed cells' scores out, given by hand or not, and keeps the others, "
                    "or name another folder with --out for the changed assignment"
                )
            raise UserError(f"nbgrader cannot release {assignment}: {reason}.") from None


def teachers_own(course: Course, assignment: str) -> list[str]:
    """The names of what stands beside a solution notebook and is never released, whatever the course's `ignore` says.

    These are the text notebooks, the answer bank, and what `check`, `audit` and `demo` read.
    """
    folder = course.source / assignment
    texts = [path.name for path in folder.rglob("*.py") if is_text_notebook(path)]
    bank = [path.parents[1].name for path in folder.glob("*/*/*.py") if path.name.startswith(("right_", "wrong_"))]
    if not texts and not bank:
        return []
    return [re.sub(r"([*?[])", r"[\1]", name) for name in sorted({*texts, *bank, *TEACHERS})]


def is_text_notebook(path: Path) -> bool:
    """Whether a Python file has the cells of a notebook."""
    return re.search(rb"^# %%", path.read_bytes(), re.M) is not None


def grading_versions(course: Course, assignment: str) -> dict[str, NotebookNode]:
    """The notebooks of an assignment as they are graded, by name without `.ipynb`.

    The same of nbgrader's steps as in `generate`, in the same order, up to the one that would
    save the cells: those after it take the hidden tests out.
    """
    coursedir = course.coursedir(assignment_id=assignment)
    converter = GenerateAssignment(coursedir=coursedir, config=course.config)
    steps = list(converter.preprocessors)
    steps = steps[: steps.index(SaveCells)] if SaveCells in steps else steps
    versions = {}
    for path in course.source_notebooks(assignment):
        source = nbformat.read(path, as_version=4)
        notebook = copy.deepcopy(source)
        resources = {"nbgrader": {"assignment": assignment, "notebook": path.stem, "student": "."},
                     "metadata": {"path": str(path.parent)}}
        with _Quiet(converter.log):
            for step in steps:
                worker = step(parent=converter, config=converter.config)
                notebook, resources = worker.preprocess(notebook, resources)
            _note_released(notebook, converter, resources)
        mark(notebook, source, course.settings.tests.own_names)
        versions[path.stem] = notebook
    return versions


def _note_released(notebook: NotebookNode, converter: GenerateAssignment, resources: dict) -> None:
    """Put into the metadata of each cell of which students get less the text that they get, as nbgrader makes it."""
    students = copy.deepcopy(notebook)
    for step in [step for step in converter.preprocessors if step in (ClearHiddenTests, ClearMarkScheme)]:
        students, _ = step(parent=converter, config=converter.config).preprocess(students, resources)
    for cell, theirs in zip(notebook.cells, students.cells, strict=True):
        if cell.source != theirs.source:
            cell.metadata[RELEASED] = theirs.source


class _Quiet:
    """Keep nbgrader's log off the screen, and remember its errors."""

    def __init__(self, log: logging.Logger) -> None:
        self.log, self.records = log, []

    def reason(self) -> str:
        """The last line of the traceback that was logged, else of the first error."""
        messages = [record.getMessage().strip() for record in self.records]
        messages.sort(key=lambda message: "Traceback" not in message)
        return messages[0].splitlines()[-1] if messages else ""

    def __enter__(self) -> _Quiet:
        handler = logging.Handler(logging.ERROR)
        handler.emit = self.records.append
        self.before = self.log.handlers[:], self.log.propagate
        self.log.handlers, self.log.propagate = [handler], False
        return self

    def __exit__(self, *_: object) -> None:
        self.log.handlers, self.log.propagate = self.before
