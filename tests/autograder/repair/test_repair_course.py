"""The course's own seven assignments, mixed up: every answer is whole in its cell again."""

import ast
import copy
import json
from functools import cache
from itertools import pairwise
from random import Random

import nbformat
import pytest
from conftest import REPOSITORY, fewer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.utils import is_solution

from autograder import course as courses
from autograder.authoring import release
from autograder.grading import intake
from autograder.notebooks import grade_id, released
from autograder.repair import repair
from autograder.repair import text as texts
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
            line for line in cell.source.splitlines() if not any(mark in line for mark in COURSE.marks.solution))
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
    """What a code cell does, a statement each, without comments, docstrings and what repair leaves out."""
    module = ast.parse(source)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            del node.body[0]
    return {ast.dump(node) for node in module.body if not isinstance(node, ast.Pass)}


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

    @settings(max_examples=fewer(60), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
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


def in_parts(assignment: str, name: str, cuts: list[int], unmarked: int) -> nbformat.NotebookNode:
    """The submission with one answer cut before some of its lines, and with one of the parts without its mark."""
    notebook = nbformat.from_dict(json.loads(handed_in(assignment)))
    (place,) = [place for place, cell in enumerate(notebook.cells) if grade_id(cell) == name]
    lines, begins = notebook.cells[place].source.split("\n"), [0, *cuts, None]
    parts = []
    for begin, end in pairwise(begins):
        parts.append(copy.deepcopy(notebook.cells[place]))
        parts[-1].source = "\n".join(lines[begin:end])
    parts[unmarked].metadata = nbformat.from_dict({})
    parts[unmarked].pop("id", None)
    notebook.cells[place:place + 1] = parts
    return notebook


def put_together(assignment: str, name: str, submitted: nbformat.NotebookNode) -> None:
    expected = answers(nbformat.from_dict(json.loads(handed_in(assignment))))[name]
    repaired = repair(version(assignment), submitted)
    assert kept(expected, answers(repaired.notebook)[name])
    assert repaired.flags == {name: ["answer-reassembled"]}


@cache
def with_later_definitions() -> list[tuple[str, str, int]]:
    """Each answer that asks for several names, and each line at which a later definition of it begins."""
    return [
        (assignment, name, min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1)
        for assignment in ASSIGNMENTS
        for name, source in answers(nbformat.from_dict(json.loads(handed_in(assignment)))).items()
        if "def " in source
        for node in ast.parse(source).body[1:] if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if node.name in texts.wanted(answers(version(assignment))[name])]


def test_a_second_definition_without_its_mark_belongs_to_the_answer_right_before_it():
    assert with_later_definitions()
    for assignment, name, line in with_later_definitions():
        put_together(assignment, name, in_parts(assignment, name, [line], unmarked=1))


@pytest.mark.parametrize("assignment, name", [("03-alexnet", "alexnet_kernels"), ("04-vgg16", "train")])
def test_a_part_between_two_parts_that_carry_the_mark_is_certain(assignment, name):
    """Also if it would fit another answer: each line of the body in turn, cut out of the middle."""
    source = answers(nbformat.from_dict(json.loads(handed_in(assignment))))[name]
    (function,) = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    for node in function.body[1:-1]:
        put_together(assignment, name, in_parts(assignment, name, [node.lineno - 1, node.end_lineno], unmarked=1))
