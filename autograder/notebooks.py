"""What all steps need to know about a notebook: its tasks, its marked regions and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import nbformat
from nbformat import NotebookNode

from autograder import records
from autograder.names import imports

WORKED = "**This is the worked solution of "  # the beginning of a published solution's first cell
RELEASED = "released"  # key in a cell's metadata: the text that students get, if it is less than the cell's


@dataclass(frozen=True)
class Marks:
    """The begin and end markers of what students do not get; a course can choose them, see `Course.marks`."""

    solution: tuple[str, str]
    hidden_tests: tuple[str, str]
    mark_scheme: tuple[str, str]


@dataclass(frozen=True)
class Task:
    """An answer cell and the cell that gives points for it, by grade_id.

    A written question has both in one cell: `answer` and `test` are then the same.
    """

    answer: str
    test: str
    points: float

    @property
    def manual(self) -> bool:
        """Whether a person grades the task."""
        return self.answer == self.test


def tasks(notebook: NotebookNode) -> list[Task]:
    """The tasks in the notebook's order: each graded cell with the answer cell before it."""
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


# The same as in nbgrader.utils, but without nbgrader's notebook server, which takes more than a second to import.


def is_solution(cell: NotebookNode) -> bool:
    """Whether a cell is an answer cell."""
    return _marked(cell, "solution")


def is_grade(cell: NotebookNode) -> bool:
    """Whether a cell gives points."""
    return _marked(cell, "grade")


def is_task(cell: NotebookNode) -> bool:
    """Whether a cell asks for cells that students add themselves and a person grades."""
    return _marked(cell, "task")


def is_locked(cell: NotebookNode) -> bool:
    """Whether a cell is one that students must not change."""
    return not is_solution(cell) and (is_grade(cell) or _marked(cell, "locked"))


def _marked(cell: NotebookNode, word: str) -> bool:
    mark = cell.metadata.get("nbgrader")
    return isinstance(mark, dict) and bool(mark.get(word, False))


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell is a test: code that gives points."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def is_partial(cell: NotebookNode) -> bool:
    """Whether a cell's value can be its score: `partial` is True, or RETURNED if the value need not be a score."""
    return bool(records.of(cell).partial)


def is_released(cell: NotebookNode) -> bool:
    """Whether a cell's text is the release's: the cell is locked, or the student left it as it was."""
    return is_locked(cell) or records.of(cell).released


def asked(cell: NotebookNode) -> list[str]:
    """The names that a student is asked to bind in an answer cell: those that the reference solution binds there."""
    return list(records.of(cell).binds)


def shares(cell: NotebookNode) -> bool:
    """Whether a test uses the notebook's names, because it replaces something that an answer calls."""
    return records.of(cell).shared


def is_worked(notebook: NotebookNode) -> bool:
    """Whether a notebook is a worked solution that was published, and so nobody's own."""
    return any(cell.cell_type == "markdown" and cell.source.startswith(WORKED) for cell in notebook.cells)


def imported(notebook: NotebookNode) -> list[str]:
    """All imports in a notebook: `module` for `import module`, `module:name` for `from module import name`."""
    found = dict.fromkeys(one for cell in notebook.cells if cell.cell_type == "code" for one in imports(cell.source))
    return [f"{module}:{name}" if name else module for module, name in found if module != "__future__"]


@lru_cache(maxsize=8)
def modules(version: str) -> tuple[str, ...]:
    """The same as `imported`, for a notebook as JSON."""
    return tuple(imported(nbformat.versions[4].reads(version)))


def grade_id(cell: NotebookNode) -> str:
    """The cell's grade_id, or an empty text if it has none."""
    mark = cell.metadata.get("nbgrader")
    name = mark.get("grade_id") if isinstance(mark, dict) else None
    return name if isinstance(name, str) else ""


def in_parts(held: Iterable[str], lost: Iterable[tuple[str, float, str]]) -> str:
    """Say which parts of a task are right; `lost` has the name, the points and the reason of each other part.

    Empty if no part is lost.
    """
    right = ", ".join(held)
    wrong = " ".join(f"Not right: {name} ({points:g} {'point' if points == 1 else 'points'}). {said}"
                     for name, points, said in lost)
    return f"Right: {right}. {wrong}" if right and wrong else wrong


def title(name: str) -> str:
    """A grade_id in readable form: `test_output_size` becomes "output size"."""
    return name.removeprefix("test_").replace("_", " ").replace("-", " ")


def released(cell: NotebookNode) -> str:
    """The text of a cell from `release.grading_versions` as students get it, without hidden tests."""
    return cell.metadata.get(RELEASED, cell.source)


def regions(source: str, marks: tuple[str, str]) -> Iterator[str]:
    """Yield the text of each region between two marker lines, without the markers."""
    begin, end = (re.escape(mark) for mark in marks)
    for match in re.finditer(rf"^[^\n]*{begin}[^\n]*\n(.*?)^[^\n]*{end}", source, re.M | re.S):
        yield match.group(1)


def without_regions(source: str, marks: tuple[str, str]) -> str:
    """The text without the regions and their markers."""
    begin, end = (re.escape(mark) for mark in marks)
    return re.sub(rf"^[^\n]*{begin}.*?{end}[^\n]*\n?", "", source, flags=re.M | re.S)


def telling_lines(text: str, shortest: int = 10) -> set[str]:
    """The lines that would give something away, stripped.

    They have at least `shortest` characters, and are more than the `except` of one kind of error.
    """
    lines = (line.strip() for line in text.splitlines())
    return {line for line in lines if len(line) >= shortest and not re.fullmatch(r"except \w+( as \w+)?:", line)}
