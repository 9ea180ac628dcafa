"""Make the batches that are graded: real submissions composed from the answer banks, and synthetic ones."""

from __future__ import annotations

import random
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring import release, sample
from autograder.course import Course
from autograder.notebooks import tasks


def compose(course: Course, assignment: str, submissions: Path, count: int) -> None:
    """Write `count` submissions: the reference, the untouched stub, and mixes of answers and stubs."""
    (name, version), = release.grading_versions(course, assignment).items()
    (path,) = course.source_notebooks(assignment)
    solution = nbformat.read(path, as_version=4)
    bank = course.source / assignment / "answers"
    chance = random.Random(20)
    for number in range(count):
        student = sample.SampleStudent(name=f"s{number:02}", about="", base="stub" if number % 20 == 1 else "solution")
        if number % 20 > 1:
            _mix(student, tasks(solution), bank, version, chance)
        folder = submissions / student.name / assignment
        folder.mkdir(parents=True)
        nbformat.write(sample.compose(student, version, solution, course.marks, bank), folder / f"{name}.ipynb")


def _mix(student: sample.SampleStudent, all_tasks: list, bank: Path, version, chance: random.Random) -> None:
    stubs = {cell.metadata.nbgrader.grade_id: cell.source for cell in version.cells if "nbgrader" in cell.metadata}
    for task in all_tasks:
        kind = chance.choices(("reference", "right", "wrong", "stub"), (5, 2, 2, 1))[0]
        files = sorted(file.stem for file in (bank / task.answer).glob(f"{kind}_*.py"))
        if kind == "stub":
            student.write[task.answer] = stubs[task.answer]
        elif files:
            student.answers[task.answer] = chance.choice(files)


def synthetic(root: Path, source: str, count: int) -> None:
    """Write a course with one test cell to `root`, and `count` submissions to `root/submitted`."""
    mark = {"grade": True, "grade_id": "test", "locked": True, "points": 1, "schema_version": 3,
            "solution": False, "task": False}
    notebook = new_notebook(cells=[new_code_cell(source, id="test", metadata={"nbgrader": mark})])
    (root / "source" / "ps").mkdir(parents=True)
    nbformat.write(notebook, root / "source" / "ps" / "work.ipynb")
    text = nbformat.writes(notebook)
    for number in range(count):
        folder = root / "submitted" / f"s{number:05}" / "ps"
        folder.mkdir(parents=True)
        (folder / "work.ipynb").write_text(text)
