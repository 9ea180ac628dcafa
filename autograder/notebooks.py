"""What all steps know about a notebook: its tasks, its marked regions, its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import nbformat
from nbformat import NotebookNode

from autograder import records
from autograder.names import imports

RELEASED = "released"  # in the metadata of a cell: the text that students get, where that is less


@dataclass(frozen=True)
class Marks:
    """The lines before and after what students do not get: a course chooses them, see `Course.marks`."""

    solution: tuple[str, str]
    hidden_tests: tuple[str, str]
    mark_scheme: tuple[str, str]


@dataclass(frozen=True)
class Task:
    """One thing a student does: an answer cell and the cell that gives points for it.

    A written question is both in one cell: `answer` and `test` are then the same.
    """

    answer: str
    test: str
    points: float

    @property
    def manual(self) -> bool:
        """Whether a person grades it."""
        return self.answer == self.test


def tasks(notebook: NotebookNode) -> list[Task]:
    """The tasks in their order: each graded cell with the answer cell before it."""
    found, answer = [], ""
    for cell in notebook.cells:
        name = grade_id(cell)
        if is_solution(cell):
            answer = name
        if is_grade(cell) or is_task(cell):
            manual = is_solution(cell) or is_task(cell)
            points = float(cell.metadata.nbgrader.get("points", 0))
            found.append(Task(name if manual else answer, name, points))
    return found


# What nbgrader.utils says of a cell, without nbgrader's notebook server, which takes more than a second to load.


def is_solution(cell: NotebookNode) -> bool:
    """Whether a student answers in it."""
    return _marked(cell, "solution")


def is_grade(cell: NotebookNode) -> bool:
    """Whether it gives points."""
    return _marked(cell, "grade")


def is_task(cell: NotebookNode) -> bool:
    """Whether it asks for cells of the student's own, which a person grades."""
    return _marked(cell, "task")


def is_locked(cell: NotebookNode) -> bool:
    """Whether students do not change it."""
    return not is_solution(cell) and (is_grade(cell) or _marked(cell, "locked"))


def _marked(cell: NotebookNode, word: str) -> bool:
    mark = cell.metadata.get("nbgrader")
    return isinstance(mark, dict) and bool(mark.get(word, False))


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell gives points by running."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def is_partial(cell: NotebookNode) -> bool:
    """Whether a cell's value can be its score: True in its metadata, or RETURNED where it need not be one."""
    return bool(records.of(cell).partial)


def is_released(cell: NotebookNode) -> bool:
    """Whether a cell's text is the release's: it is locked, or was left as it came."""
    return is_locked(cell) or records.of(cell).released


def asked(cell: NotebookNode) -> list[str]:
    """The names that a student is asked to bind in an answer cell: the ones that the reference solution binds."""
    return list(records.of(cell).binds)


def shares(cell: NotebookNode) -> bool:
    """Whether a test replaces what an answer calls by something of its own."""
    return records.of(cell).shared


def imported(notebook: NotebookNode) -> list[str]:
    """What a notebook imports, wherever in a cell: `module`, or `module:name` for `from`."""
    found = dict.fromkeys(one for cell in notebook.cells if cell.cell_type == "code" for one in imports(cell.source))
    return [f"{module}:{name}" if name else module for module, name in found if module != "__future__"]


@lru_cache(maxsize=8)
def modules(version: str) -> tuple[str, ...]:
    """The same of a notebook as JSON."""
    return tuple(imported(nbformat.versions[4].reads(version)))


def grade_id(cell: NotebookNode) -> str:
    """The cell's nbgrader name, or an empty text."""
    mark = cell.metadata.get("nbgrader")
    name = mark.get("grade_id") if isinstance(mark, dict) else None
    return name if isinstance(name, str) else ""


def title(name: str) -> str:
    """A grade_id as a person reads it: `test_output_size` is "output size"."""
    return name.removeprefix("test_").replace("_", " ").replace("-", " ")


def released(cell: NotebookNode) -> str:
    """The text of a cell of `release.grading_versions` as students get it: nothing of a hidden test."""
    return cell.metadata.get(RELEASED, cell.source)


def regions(source: str, marks: tuple[str, str]) -> Iterator[str]:
    """The text of each region between two marker lines, markers left out."""
    begin, end = (re.escape(mark) for mark in marks)
    for match in re.finditer(rf"^[^\n]*{begin}[^\n]*\n(.*?)^[^\n]*{end}", source, re.M | re.S):
        yield match.group(1)


def without_regions(source: str, marks: tuple[str, str]) -> str:
    """The text with each region and its markers cut out."""
    begin, end = (re.escape(mark) for mark in marks)
    return re.sub(rf"^[^\n]*{begin}.*?{end}[^\n]*\n?", "", source, flags=re.M | re.S)


def telling_lines(text: str, shortest: int = 10) -> set[str]:
    """The lines that would give something away, stripped: those of at least `shortest` characters."""
    return {line.strip() for line in text.splitlines() if len(line.strip()) >= shortest}
