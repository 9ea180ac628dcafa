"""The course's own seven assignments, mixed up: every answer is whole in its cell again."""

import ast
import copy
import json
from functools import cache
from random import Random

import nbformat
import pytest
from conftest import REPOSITORY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.utils import is_solution

from autograder import course as courses
from autograder.authoring import release
from autograder.grading import intake
from autograder.notebooks import grade_id, released
from autograder.repair import repair
from workbench import operators

COURSE = courses.load(REPOSITORY)
ASSIGNMENTS = COURSE.assignments()
FILES = [file for file in operators.FILES if file is not operators.latin]  # it has no letter for an arrow or a minus


@cache
def version(assignment: str) -> nbformat.NotebookNode:
    (found,) = release.grading_versions(COURSE, assignment).values()
    return found


@cache
def handed_in(assignment: str) -> str:
    """The release with the reference's answers in it, as JSON; the operators' notes say which cells are answers."""
    (path,) = (COURSE.source / assignment).glob("*.ipynb")
    answers = {
        grade_id(cell): "\n".join(
            line for line in cell.source.splitlines() if line.strip() not in COURSE.marks.solution)
        for cell in nbformat.read(path, 4).cells if is_solution(cell)
    }
    notebook = json.loads(json.dumps(version(assignment)))
    for cell, theirs in zip(notebook["cells"], version(assignment).cells, strict=True):
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, released(theirs).rstrip("\n"))
        if name in answers:
            cell["was"] = "answer"
    return json.dumps(notebook)


def answers(notebook: nbformat.NotebookNode) -> dict[str, str]:
    return {grade_id(cell): cell.source for cell in notebook.cells if is_solution(cell)}


def statements(source: str) -> set[str]:
    """What a code cell does, a statement each, without comments and without what repair leaves out."""
    return {ast.dump(node) for node in ast.parse(source).body if not isinstance(node, ast.Pass)}


def kept(before: str, after: str) -> bool:
    """Whether an answer is whole in its cell; text merged into it from a cell that was changed can be there, too."""
    try:
        return statements(before) <= statements(after)
    except SyntaxError:  # a written answer
        return before.strip() in after


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_mixture_leaves_every_answer_whole(assignment):
    before = json.loads(handed_in(assignment))
    expected = answers(repair(version(assignment), nbformat.from_dict(copy.deepcopy(before))).notebook)

    @settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(st.tuples(st.sampled_from(operators.KEEPING), st.integers(0, 10**6)), max_size=6),
           file=st.sampled_from(FILES), chance=st.integers(0, 10**6))
    def mixed(steps, file, chance):
        notebook = copy.deepcopy(before)
        for operator, seed in steps:
            operator(notebook, Random(seed))
        content = file(operators.as_text(notebook), Random(chance))
        repaired = repair(version(assignment), intake.read(content, "handed_in.ipynb").notebook)
        unsure = {one.cell for one in repaired.repairs if one.kind == "answer-uncertain"}
        found = answers(repaired.notebook)
        assert [name for name in expected if name not in unsure and not kept(expected[name], found[name])] == []
        assert unsure <= {"written_question"}

    mixed()
