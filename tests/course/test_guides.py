"""Hints, predictions, points and difficulty of each notebook agree with its text."""

import re
import tomllib
from pathlib import Path

import bench
import pytest

import cnnlab
from autograder.authoring import build
from autograder.notebooks import grade_id, is_test, tasks
from cnnlab.guide import overview

FOLDER = Path(cnnlab.__file__).parent / "guide"
GUIDED = [name for name in bench.ASSIGNMENTS
          if (FOLDER / f"{build.text_notebooks(bench.COURSE, name)[0].stem}.toml").is_file()]
each_assignment = pytest.mark.parametrize("assignment", GUIDED)
HEADING = re.compile(r"^### Task (\d+): .* \((\d+) points?, ([★☆]{3})\)$", re.M)


def read(assignment, folder=FOLDER):
    (text,) = build.text_notebooks(bench.COURSE, assignment)
    return tomllib.loads((folder / f"{text.stem}.toml").read_text(encoding="utf-8"))


def texts_and_code(assignment):
    cells = bench.solution(assignment).cells
    return tuple("\n".join(cell.source for cell in cells if cell.cell_type == kind) for kind in ("markdown", "code"))


def test_there_is_a_guide():
    assert bench.ASSIGNMENTS[0] in GUIDED


@each_assignment
def test_tasks_points_and_difficulty_are_those_of_the_headings(assignment):
    notebook = bench.solution(assignment)
    cells = {grade_id(cell): cell for cell in notebook.cells}
    graded = {task.answer: task.points for task in tasks(notebook) if is_test(cells[task.test])}
    listed = read(assignment)["tasks"]
    assert {name: task["points"] for name, task in listed.items()} == graded
    headings = HEADING.findall(texts_and_code(assignment)[0])
    assert [(int(number), int(points), marks) for number, points, marks in headings] == [
        (number, task["points"], overview.stars(task["difficulty"]))
        for number, task in enumerate(listed.values(), start=1)]


@each_assignment
def test_written_questions_are_listed(assignment):
    notebook = bench.solution(assignment)
    by_hand = {grade_id(cell): cell for cell in notebook.cells
               if cell.cell_type == "markdown" and cell.metadata.nbgrader.grade}
    listed = read(assignment).get("written", {})
    assert {name: about["points"] for name, about in listed.items()} == {
        name: cell.metadata.nbgrader.points for name, cell in by_hand.items()}
    for cell in by_hand.values():
        parts = re.findall(r"^\*\*(\d+)\.\*\* \((\d+) points?\)$", cell.source, re.M)
        assert [int(number) for number, _ in parts] == list(range(1, len(parts) + 1))
        assert sum(int(points) for _, points in parts) == cell.metadata.nbgrader.points


@each_assignment
def test_every_task_has_three_hints_none_of_them_the_solution(assignment):
    hints = read(assignment, FOLDER / "hints")
    assert list(hints) == list(read(assignment)["tasks"])
    code = bench.solution(assignment)
    answers = {grade_id(cell): cell.source for cell in code.cells}
    for task, texts in hints.items():
        assert len(texts) == 3 and all(30 < len(text) < 1200 for text in texts), task
        solution = answers[task].partition(bench.COURSE.marks.solution[0])[2]
        own = {line.strip() for line in solution.splitlines() if len(line.strip()) > 25}
        own = {line for line in own if not re.match(r"(for|while|if|with|def|class) ", line)}  # a frame, not an answer
        assert not own & {line.strip() for line in texts[-1].splitlines()}, task


@each_assignment
def test_every_prediction_is_asked_once_and_each_section_has_two(assignment):
    text, code = texts_and_code(assignment)
    asked = re.findall(r'^reveal\("([\w-]+)"\)$', code, re.M)
    assert asked == list(read(assignment)["predictions"])
    sections = {int(number) for number in re.findall(r"^## (\d+)\. (?!Written)", text, re.M)}
    for number in sections:
        assert sum(name.startswith(f"{number:02}-") for name in asked) == 2, number


@each_assignment
def test_a_student_can_ask_how_far_the_work_has_come(assignment):
    text, code = texts_and_code(assignment)
    assert re.search(r"^progress\(\)$", code, re.M) and "`hint(" in text
