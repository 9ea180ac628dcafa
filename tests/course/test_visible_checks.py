"""The page of a student: one line of check per task, and named parts where a task gives three points or more."""

import ast
import importlib
import inspect
import re

import bench
import nbformat
import pytest

from autograder.authoring import build
from autograder.notebooks import grade_id, is_test, regions, tasks, without_regions

LONGEST = 100  # characters of a line
each_assignment = pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)


def checked(assignment):
    """The test cells of an assignment, by the name of the answer cell."""
    notebook = bench.solution(assignment)
    cells = {grade_id(cell): cell for cell in notebook.cells}
    return {task.answer: (task, cells[task.test]) for task in tasks(notebook) if is_test(cells[task.test])}


@each_assignment
def test_a_visible_check_is_one_line(assignment):
    for task, (_, cell) in checked(assignment).items():
        (line,) = [line for line in without_regions(cell.source, bench.COURSE.marks.hidden_tests).splitlines()
                   if line.strip()]
        assert re.fullmatch(rf"check\.{task}\({task}(, [\w, =.]+)?\)", line) and len(line) <= LONGEST, line


@each_assignment
def test_the_module_of_the_checks_has_exactly_the_tasks(assignment):
    (text,) = build.text_notebooks(bench.COURSE, assignment)
    module = importlib.import_module(f"cnnlab.checks.{text.stem}")
    assert sorted(module.__all__) == sorted(checked(assignment))
    for name in module.__all__:
        assert callable(getattr(module, name)) and getattr(module, name).__doc__


@each_assignment
def test_a_task_of_three_points_and_more_has_named_parts(assignment):
    for task, (about, cell) in checked(assignment).items():
        (hidden,) = regions(cell.source, bench.COURSE.marks.hidden_tests)
        calls = [node for node in ast.walk(ast.parse(hidden)) if isinstance(node, ast.Call)]
        shared = [call.args[0].value for call in calls if ast.unparse(call.func) == "checks.Parts"]
        parts = [[argument.value for argument in call.args] for call in calls if ast.unparse(call.func) == "parts"]
        if about.points < 3:
            assert not shared, task
            continue
        assert shared == [about.points] and sum(points for _, points in parts) == about.points, task
        assert 2 <= len(parts) <= 5 and len({name for name, _ in parts}) == len(parts), task
        assert hidden.rstrip().endswith("parts.points()"), task


@each_assignment
def test_no_line_of_code_is_longer_than_the_page(assignment):
    (path,) = (bench.COURSE.release / assignment).glob("*.ipynb")
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            for line in cell.source.splitlines():
                assert len(line) <= LONGEST, line


@pytest.mark.parametrize("name", ["keras.src", "tensorflow.python"])
@each_assignment
def test_no_check_reaches_into_private_modules(assignment, name):
    (text,) = build.text_notebooks(bench.COURSE, assignment)
    module = importlib.import_module(f"cnnlab.checks.{text.stem}")
    assert name not in text.read_text(encoding="utf-8") + inspect.getsource(module)
