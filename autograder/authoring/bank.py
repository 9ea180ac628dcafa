"""The answer banks: `answers/TASK/right_*.py` and `wrong_*.py` in an assignment's folder.

A file holds a whole answer cell. Its first line is a comment that says what is different about the answer.
In a wrong answer, further comments name the tests that it must lose and words that the student must read:

    # Rounds the division up.
    # Loses: test_output_shape
    # Told: rounded up

Lines `# %%` divide a file into cells: the last cell is the answer, and those before it are the student's own.
A cell that begins with `# %% answer to TASK` is the same student's answer to another task, which builds on this
answer. It is used when the whole notebook is graded, in which both answers are handed in together.
A file `inputs.py` in the same folder is not an answer; see `equivalence.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from autograder import names
from autograder.authoring import build
from autograder.authoring.marking import mark
from autograder.course import Course
from autograder.errors import UserError
from autograder.notebooks import Marks, Task, tasks

FEWEST_RIGHT, FEWEST_WRONG = 4, 12
INPUTS = "inputs.py"
OF_ANOTHER_TASK = "answer to "


@dataclass(frozen=True)
class Answer:
    """One file of a bank, or an answer that was derived from another one.

    Attributes
    ----------
    task : str
        the grade_id of the answer cell.
    name : str
        the file's name without `.py`.
    right : bool
        whether it must keep its points.
    about : str
        what is different about it.
    loses : tuple of str
        the grade_ids of the tests that must give no points.
    told : str
        words that the message must contain; case does not matter.
    cells : tuple of str
        the student's own cells, then the answer; the comments for teachers are removed.
    other_answers : tuple of pairs of str
        the same student's answers to other tasks: grade_id and text of the cell.
    """

    task: str
    name: str
    right: bool
    about: str
    loses: tuple[str, ...]
    told: str
    cells: tuple[str, ...]
    other_answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Bank:
    """An assignment and its answers.

    Attributes
    ----------
    assignment : str
        its name.
    solution : NotebookNode
        the reference solution with the hidden tests, not executed.
    reduced : NotebookNode
        the same, with the cells tagged `audit`, which make it train less.
    tasks : tuple of Task
        the tasks with code.
    answers : dict of list
        the answers, by the grade_id of the task's answer cell.
    seconds : dict of float
        how many seconds the longer cells took when the notebook was built, by cell id.
    marks : Marks
        the marker lines around what students do not get.
    checks : dict of str
        the modules with the visible checks that the notebook imports: for each file's name its text.
    """

    assignment: str
    solution: NotebookNode
    reduced: NotebookNode
    tasks: tuple[Task, ...]
    answers: dict[str, list[Answer]]
    seconds: dict[str, float]
    marks: Marks
    checks: dict[str, str]

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The names that the notebook asks students to bind, in any answer cell."""
        cells = [cell for cell in self.solution.cells if is_solution(cell) and cell.cell_type == "code"]
        return tuple(sorted({name for cell in cells for name in names.bound(cell.source)}))


def read(course: Course, assignment: str) -> Bank:
    """Read the bank of an assignment.

    Raises
    ------
    UserError
        if there is no such assignment, or its bank has a folder or answer for no task, or a file that is no answer.
    """
    (text,) = build.text_notebooks(course, assignment)
    solution = build.compose(course, text)
    mark(solution, solution, course.settings.tests)
    coded = tuple(task for task in tasks(solution) if not task.manual)
    folder = course.source / assignment / "answers"
    known = [task.answer for task in coded]
    for path in sorted(folder.glob("*/")):
        if path.name not in known:
            raise UserError(f"{path} belongs to no task of {assignment}; there are {', '.join(sorted(known))}.")
    answers = {name: [parse(path, name) for path in sorted((folder / name).glob("*.py")) if path.name != INPUTS]
               for name in known}
    for answer in (one for those in answers.values() for one in those):
        for name, _ in answer.other_answers:
            if name == answer.task or name not in known:
                others = ", ".join(sorted({*known} - {answer.task}))
                raise UserError(f"{folder / answer.task / answer.name}.py has an answer to {name}, which is no other "
                                f"task of {assignment}; there are {others}.")
    return Bank(assignment, solution, build.compose(course, text, audit=True), coded, answers,
                build.measured(text), course.marks, build.visible_checks(course, solution))


def parse(path: Path, task: str) -> Answer:
    """Read one file of a bank; `task` is the grade_id of the answer cell.

    Raises
    ------
    UserError
        if its name begins with neither `right_` nor `wrong_`.
    """
    if not path.name.startswith(("right_", "wrong_")):
        raise UserError(f"{path} is no answer: its name should begin with right_ or wrong_.")
    lines = path.read_text(encoding="utf-8").splitlines()
    about, said = "", {"Loses": "", "Told": ""}
    while lines and lines[0].startswith("# ") and not lines[0].startswith("# %%"):
        key, _, value = lines[0].removeprefix("# ").partition(": ")
        if about and key not in said:
            break  # a comment that belongs to the answer
        if key in said:
            said[key] = value.strip()
        else:
            about = lines[0].removeprefix("# ").strip()
        del lines[0]
    first, *rest = re.split(r"^# %%(.*)$", "\n".join(lines), flags=re.M)
    parts = [("", first), *zip(rest[::2], rest[1::2], strict=True)]
    parts = [(title.strip(), source.strip("\n")) for title, source in parts if source.strip()]
    cells = tuple(source for title, source in parts if not title.startswith(OF_ANOTHER_TASK))
    other_answers = tuple((title.removeprefix(OF_ANOTHER_TASK), source) for title, source in parts
                          if title.startswith(OF_ANOTHER_TASK))
    loses = tuple(name.strip() for name in said["Loses"].split(",") if name.strip())
    return Answer(task, path.stem, path.name.startswith("right_"), about, loses, said["Told"], cells, other_answers)
