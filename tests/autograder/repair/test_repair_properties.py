"""Any mixture of what happens to notebooks: the same scores, or none that the untouched one does not get."""

import contextlib
import copy
import io
import json
from random import Random

import nbformat
import pytest
from conftest import fewer, mark
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.errors import Unreadable
from autograder.grading import intake
from autograder.notebooks import RELEASED, grade_id, released
from autograder.repair import repair
from workbench import operators


def locked(name: str, source: str, kind=new_code_cell):
    return kind(source, id=name, metadata=mark(name, locked=True))


def release() -> nbformat.NotebookNode:
    """Four coded tasks and a written one, as they are graded."""
    def test(name, visible, hidden):
        source = f"{visible}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        return new_code_cell(source, id=name, metadata=mark(name, points=1, locked=True) | {RELEASED: visible})

    def answer(name, source):
        return new_code_cell(source, id=name, metadata=mark(name, solution=True))

    return new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}, cells=[
        locked("text-1", "# Sums\n\nAdd the numbers in the list, one after the other.", new_markdown_cell),
        locked("code-1", "import math\n\nNUMBERS = [1, 2, 3]"),
        answer("total", 'def total(numbers: list) -> float:\n    """Their sum."""\n    raise NotImplementedError'),
        test("test_total", "assert total(NUMBERS) == 6, 'the three numbers'", "assert total([-1, 5, 0.5]) == 4.5"),
        locked("text-2", "## The mean\n\nDivide the sum by how many numbers there are.", new_markdown_cell),
        answer("mean", "def mean(\n    numbers: list,\n) -> float:\n    raise NotImplementedError"),
        test("test_mean", "assert mean(NUMBERS) == 2, 'the middle one'", "assert mean([4, 0]) == 2"),
        locked("code-2", "for number in NUMBERS:\n    print(number, 'of the list', len(NUMBERS))"),
        answer("Circle", "class Circle:\n    def __init__(self, r):\n        raise NotImplementedError\n\n"
                         "    def area(self):\n        raise NotImplementedError"),
        test("test_Circle", "assert abs(Circle(1).area() - math.pi) < 1e-9", "assert abs(Circle(2.0).area() - 4 * math.pi) < 1e-9"),
        answer("twice", "def twice(f):\n    raise NotImplementedError"),
        test("test_twice", "assert twice(abs)(-3) == 3", "assert twice(lambda x: x + 1)(5) == 7"),
        new_markdown_cell("*TODO: replace this line with your answer.*", id="why", metadata=mark("why", points=1, solution=True)),
        locked("text-3", "What you have learned: sums, means, circles.", new_markdown_cell),
    ])


RELEASE = release()
RIGHT = {
    "total": "def total(numbers: list) -> float:\n    result = 0\n    for number in numbers:\n        result += number\n    return result",
    "mean": "def mean(\n    numbers: list,\n) -> float:\n    return total(numbers) / len(numbers)",
    "Circle": "SQUARE = 2\n\n\nclass Circle:\n    def __init__(self, r):\n        self.r = r\n\n"
              "    def area(self):\n        return math.pi * self.r ** SQUARE",
    "twice": "def apply(f, x):\n    return f(x)\n\n\ndef twice(f):\n    def both(x):\n        return apply(f, apply(f, x))\n    return both",
    "why": "Because the mean of a single number is that number, and so on.",
}
WRONG = {
    "total": "def total(numbers: list) -> float:\n    return 6", "mean": "def mean(numbers):\n    return numbers[1]",
    "Circle": "class Circle:\n    def __init__(self, r):\n        self.r = r\n    def area(self):\n        return 3 * self.r",
    "twice": "def twice(f):\n    return f", "why": "No idea, honestly.",
}
ANSWERS = [
    RIGHT, WRONG, {}, {"total": RIGHT["total"]}, RIGHT | {"mean": WRONG["mean"], "twice": WRONG["twice"]},
    {name: RIGHT[name] for name in ("Circle", "why")} | {"total": WRONG["total"]},
]


def handed_in(answers: dict[str, str]) -> dict:
    """A submission as JSON has it; the operators' notes say which cells are answers."""
    notebook = json.loads(json.dumps(RELEASE))
    for cell, theirs in zip(notebook["cells"], RELEASE.cells, strict=True):
        name = cell["metadata"]["nbgrader"]["grade_id"]
        cell["source"] = answers.get(name, released(theirs).rstrip("\n"))
        if name in RIGHT:
            cell["was"] = "answer"
    return notebook


def scores(notebook: nbformat.NotebookNode) -> dict[str, bool]:
    """Which tests hold, and whether the written answer is there: the cells run in this process."""
    found, variables = {}, {"print": lambda *_: None}
    for cell in notebook.cells:
        name = grade_id(cell)
        if cell.cell_type == "code":
            with contextlib.redirect_stdout(io.StringIO()):
                try:
                    exec(compile(cell.source, name, "exec"), variables)
                    passed = True
                except Exception:
                    passed = False
            if name.startswith("test_"):
                found[name] = passed
        elif name == "why":
            found[name] = "TODO" not in cell.source
    return found


UNTOUCHED = [scores(repair(RELEASE, nbformat.from_dict(handed_in(answers))).notebook) for answers in ANSWERS]
KEEPING = st.sampled_from(operators.KEEPING)
ANY = st.sampled_from(operators.KEEPING + operators.LOSING)
UNCLEAR = {"split_answer", "merge_with_next", "merge_with_the_one_before"}  # after these a person may be asked
CHANCE = st.integers(0, 10**6)
FILE = st.sampled_from(operators.FILES)
EXAMPLES = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True, "database": None}


def changed(which: int, steps: list) -> str:
    notebook = copy.deepcopy(handed_in(ANSWERS[which]))
    for operator, chance in steps:
        operator(notebook, Random(chance))
    return operators.as_text(notebook)


def difference(which: int, steps: list, file, chance: int, sure: bool = True) -> tuple[set[str], set[str]]:
    """The answers with another score than in the untouched notebook, and those that a person is asked to look at.

    Where `sure`, what a person looks at does not count as another score: a half without a mark, or a
    written answer without one, can be anybody's or anything.
    """
    repaired = repair(RELEASE, intake.read(file(changed(which, steps), Random(chance)), "sums.ipynb").notebook)
    found = scores(repaired.notebook)
    asked = {one.cell for one in repaired.repairs if one.kind == "answer-uncertain"}
    wrong = {name.removeprefix("test_") for name in found if found[name] != UNTOUCHED[which][name]}
    if sure:
        wrong -= asked | ({"mean"} if "total" in asked else set())  # the one calls the other
    return wrong, asked


def test_the_untouched_ones_have_different_scores():
    assert [sum(found.values()) for found in UNTOUCHED] == [5, 1, 0, 1, 3, 2]


@settings(max_examples=fewer(2000), **EXAMPLES)
@given(which=st.integers(0, len(ANSWERS) - 1), steps=st.lists(st.tuples(KEEPING, CHANCE), max_size=6), file=FILE, chance=CHANCE)
def test_what_leaves_every_answer_leaves_every_score(which, steps, file, chance):
    wrong, asked = difference(which, steps, file, chance)
    assert wrong == set()
    assert asked <= {"why"} or {operator.__name__ for operator, _ in steps} & UNCLEAR


def test_a_person_is_asked_seldom():
    """Where every answer is there: in one mixture of a hundred, and for most of these the scores hold all the same."""
    draw, asked, wrong, count = Random(3), 0, 0, fewer(600)
    for _ in range(count):
        steps = [(draw.choice(operators.KEEPING), draw.randrange(10**6)) for _ in range(6)]
        found = difference(draw.randrange(len(ANSWERS)), steps, operators.plain, 0, sure=False)
        asked += bool(found[1] - {"why"})
        wrong += bool(found[0])
    assert asked <= count / 50 and wrong <= count / 100, (asked, wrong)


@settings(max_examples=fewer(500), **EXAMPLES)
@given(which=st.integers(0, len(ANSWERS) - 1), chance=CHANCE, file=FILE,
       steps=st.lists(st.tuples(st.sampled_from(operators.AROUND), CHANCE), max_size=5))
def test_a_split_answer_is_put_together(which, chance, file, steps):
    wrong, asked = difference(which, [(operators.split_answer, chance), *steps], file, chance)
    assert wrong == set() and asked <= {"why"}


@settings(max_examples=fewer(500), **EXAMPLES)
@given(which=st.integers(0, len(ANSWERS) - 1), steps=st.lists(st.tuples(ANY, CHANCE), max_size=6),
       file=st.sampled_from((*operators.FILES, operators.truncated)), chance=CHANCE)
def test_nothing_raises_and_nothing_is_gained(which, steps, file, chance):
    try:
        submitted = intake.read(file(changed(which, steps), Random(chance)), "sums.ipynb")
    except Unreadable as problem:
        assert file is operators.truncated and "\n" not in str(problem)
        return
    repaired = repair(RELEASE, submitted.notebook)
    nbformat.validate(repaired.notebook)
    found = scores(repaired.notebook)
    gained = {name for name in found if found[name] and not UNTOUCHED[which][name]}
    assert gained <= {"why"}  # a note beside a deleted answer may be it: a person gives the points
    ours = [(grade_id(cell), cell.source, cell.metadata) for cell in repaired.notebook.cells if grade_id(cell)]
    theirs = [(grade_id(cell), cell.source, cell.metadata) for cell in RELEASE.cells]
    assert [one[0] for one in ours] == [one[0] for one in theirs]
    assert [one for one in ours if one[0] not in RIGHT] == [one for one in theirs if one[0] not in RIGHT]


@pytest.mark.parametrize("operator", operators.KEEPING + operators.LOSING, ids=lambda one: one.__name__)
def test_each_operator_alone_changes_the_notebook(operator):
    before = operators.as_text(handed_in(RIGHT))
    assert any(changed(0, [(operator, chance)]) != before for chance in range(20))
