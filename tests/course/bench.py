"""Try an answer in the notebook it belongs to, in this process, without a kernel.

The reference solution runs once from top to bottom; before each answer cell its variables are kept.
An answer then runs in a copy of them, followed by the test of its task.
"""

from __future__ import annotations

import contextlib
import io
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from conftest import REPOSITORY
from IPython.core.inputtransformer2 import TransformerManager
from nbgrader.utils import is_grade, is_solution

from autograder import build, release
from autograder import course as courses
from autograder.notebooks import Task, grade_id, tasks
from cnnlab import budget

COURSE = courses.load(REPOSITORY)
ASSIGNMENTS = [name for name in COURSE.assignments() if any((COURSE.source / name).glob("*.py"))]


@cache
def solution(assignment: str):
    """The solution notebook as the text notebook says it now, not executed."""
    (text,) = build.text_notebooks(COURSE, assignment)
    return build.compose(COURSE, text)


@cache
def grading_version(assignment: str):
    """The assignment with stubs and hidden tests."""
    (version,) = release.grading_versions(COURSE, assignment).values()
    return version


def coded_tasks(assignment: str) -> list[Task]:
    return [task for task in tasks(solution(assignment)) if not task.manual]


class Bench:
    """The variables of one assignment's solution notebook, kept before each answer cell."""

    def __init__(self, assignment: str, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, str] = {}
        self.before: dict[str, dict] = {}
        variables: dict = {"__name__": "__main__"}
        answer = ""
        for cell in solution(assignment).cells:
            if cell.cell_type != "code":
                continue
            if is_solution(cell):
                answer = grade_id(cell)
                self.before[answer] = dict(variables)
            if is_grade(cell):
                self.tests[answer] = cell.source
            self._run(cell.source, variables)

    def try_answer(self, task: str, source: str) -> None:
        """Run an answer and its test; raises what the test raises."""
        variables = {
            name: value.copy() if isinstance(value, np.ndarray) and value.size < 10**5 else value
            for name, value in self.before[task].items()
        }
        try:
            self._run(source, variables)
        except Exception as error:  # in a notebook the test cell still runs
            variables["_answer_raised"] = error
        self._run(self.tests[task], variables)

    def _run(self, source: str, variables: dict) -> None:
        code = TransformerManager().transform_cell(source)
        before = os.getcwd()
        os.chdir(self.folder)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(code, "<cell>", "exec"), variables)
        finally:
            os.chdir(before)


@cache
def plans(assignment: str) -> dict[str, budget.Training]:
    """What the notebook's cell tagged `budget` chooses at each budget; {} where nothing is trained."""
    stated = [
        cell.source for cell in solution(assignment).cells if "budget" in cell.metadata.get("tags", [])]
    chosen = {}
    for name in budget.NAMES if stated else ():
        (source,), variables = stated, {"budget": budget}
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
            patch.setenv("CNNLAB_BUDGET", name)
            exec(compile(source, "<budget>", "exec"), variables)
        chosen[name] = variables["plan"]
    return chosen


def answers() -> list[tuple[str, str, Path]]:
    """Every file of every bank: its assignment, its task, its path."""
    return [
        (assignment, task.answer, path)
        for assignment in ASSIGNMENTS
        for task in coded_tasks(assignment)
        for path in sorted((COURSE.source / assignment / "answers" / task.answer).glob("*.py"))
    ]
