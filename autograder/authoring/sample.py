"""The sample class of an assignment: submissions that are composed from its answer bank.

`solutions/NAME/class.toml` lists, for each student, the answer to each task and the score that
each graded cell must get. `tests/course/test_demo.py` checks that the grader gives these scores.
"""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Literal

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution
from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.authoring import release
from autograder.authoring.bank import parse
from autograder.course import Course
from autograder.errors import UserError
from autograder.notebooks import Marks, grade_id, released


class SampleStudent(BaseModel):
    """One student of the sample class.

    Attributes
    ----------
    name, about : str
        the name of the folder, and a few words about this student.
    base : "solution", "stub" or "nothing"
        the content of tasks that are not named below; "nothing" leaves the folder empty.
    answers : dict
        for a task, the name of a file in its bank, without `.py`.
    write : dict
        for a task, the text of its answer cell.
    delete : list
        the grade_ids of cells that are missing from the notebook.
    scores : dict
        the score that each graded cell must get; written answers that wait for a person are left out.
    """

    model_config = ConfigDict(extra="forbid")

    name: str
    about: str
    base: Literal["solution", "stub", "nothing"]
    answers: dict[str, str] = {}
    write: dict[str, str] = {}
    delete: list[str] = []
    scores: dict[str, float] = {}


def students(course: Course, assignment: str) -> list[SampleStudent]:
    """The sample class of an assignment; empty if it has none.

    Raises
    ------
    UserError
        if class.toml cannot be read.
    """
    path = course.source / assignment / "class.toml"
    if not path.exists():
        return []
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")).get("student", [])
        return [SampleStudent.model_validate(student) for student in listed]
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None


def hand_in(course: Course, assignment: str, submissions: Path) -> None:
    """Write the class's submissions to `submissions/STUDENT/ASSIGNMENT/`."""
    (name, version), = release.grading_versions(course, assignment).items()
    solution = nbformat.read(course.source_notebooks(assignment)[0], as_version=4)
    for student in students(course, assignment):
        folder = submissions / student.name / assignment
        folder.mkdir(parents=True, exist_ok=True)
        if student.base != "nothing":
            notebook = compose(student, version, solution, course.marks, course.source / assignment / "answers")
            nbformat.write(notebook, folder / f"{name}.ipynb")


def compose(
    student: SampleStudent, version: NotebookNode, solution: NotebookNode, marks: Marks, bank: Path = Path()
) -> NotebookNode:
    """The notebook that a student of the sample class hands in.

    Parameters
    ----------
    student : SampleStudent
        the student, with the answers to put in.
    version : NotebookNode
        the assignment as it is graded, from `release.grading_versions`.
    solution : NotebookNode
        the solution notebook.
    marks : Marks
        the course's markers.
    bank : Path
        the folder `answers/`; needed only if the student has answers from it.
    """
    texts = reference_answers(solution, marks) if student.base == "solution" else {}
    for task, file in student.answers.items():
        texts[task] = "\n\n\n".join(parse(bank / task / f"{file}.py", task).cells)
    texts |= student.write
    notebook = copy.deepcopy(version)
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell) not in student.delete]
    for cell in notebook.cells:
        cell.source = released(cell).rstrip("\n")
        if is_solution(cell):
            cell.source = texts.get(grade_id(cell), cell.source).rstrip("\n")
    return notebook


def reference_answers(solution: NotebookNode, marks: Marks) -> dict[str, str]:
    """The answer cell of each task with code in the solution notebook, by grade_id, without marker lines."""
    return {
        grade_id(cell): "\n".join(
            line for line in cell.source.splitlines() if not any(mark in line for mark in marks.solution)
        )
        for cell in solution.cells
        if is_solution(cell) and not is_grade(cell)
    }
