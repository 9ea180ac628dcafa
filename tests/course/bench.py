"""The course's assignments as their text notebooks say them now, each read once."""

from __future__ import annotations

import contextlib
import io
import json
import re
from dataclasses import replace
from functools import cache

import jupytext
import pytest
from conftest import REPOSITORY

from autograder import course as courses
from autograder.authoring import build, release
from autograder.notebooks import Task, tasks
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


def prose(assignment: str) -> str:
    """What a student reads between the cells of code."""
    return _text(assignment, "markdown")


def code(assignment: str) -> str:
    """All cells of code, with the solution."""
    return _text(assignment, "code")


@cache
def _text(assignment: str, kind: str) -> str:
    return "\n".join(cell.source for cell in _text_notebook(assignment).cells if cell.cell_type == kind)


@cache
def _text_notebook(assignment: str):
    (text,) = build.text_notebooks(COURSE, assignment)
    return jupytext.read(text)


def stored(assignment: str) -> dict:
    """What the assignment's longer run came to."""
    return json.loads((REPOSITORY / "data" / "runs" / f"{assignment}.json").read_text(encoding="utf-8"))["results"]


def says(text: str, *parts: object) -> bool:
    """Whether one sentence or one row of a table has all these numbers and words; none of them within a longer one."""
    wanted = [re.compile(rf"(?<![\w.,])(?<!\w\.){re.escape(str(part))}(?!\d|[.,]\d)") for part in parts]
    return any(all(one.search(sentence) for one in wanted) for sentence in re.split(r"(?<=[.?!])\s|\n", text))


def percent(value: float, digits: int = 0) -> str:
    """A share as the prose writes it."""
    return f"{100 * value:.{digits}f} %"


def coded_tasks(assignment: str) -> list[Task]:
    return [task for task in tasks(solution(assignment)) if not task.manual]


@cache
def plans(assignment: str) -> dict[str, budget.Training]:
    """What the notebook's cell tagged `budget` chooses at each budget; {} where nothing is trained."""
    stated = [cell.source for cell in solution(assignment).cells if "budget" in cell.metadata.get("tags", [])]
    chosen = {}
    for name in budget.NAMES if stated else ():
        (source,), variables = stated, {"budget": budget}
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
            patch.setenv("CNNLAB_BUDGET", name)
            exec(compile(source, "<budget>", "exec"), variables)
        chosen[name] = variables["plan"]
    return chosen


def audit_plan(assignment: str) -> budget.Training:
    """What the audit trains with: the grading budget, and the first statements of the cell tagged `audit` that changes it."""
    (text,) = build.text_notebooks(COURSE, assignment)
    (cell,) = [cell for cell in build.compose(COURSE, text, audit=True).cells
               if cell.metadata.get("tags") == ["audit"] and "plan = " in cell.source]
    variables = {"plan": plans(assignment)["grading"]}
    exec(cell.source.partition("\ntest_images")[0], variables)
    return replace(variables["plan"], budget="audit")
