"""A test's variable called as a student's helper is: a right answer fails, and a person is told."""

import pytest
from conftest import mark
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course import Limits
from autograder.namesakes import Namesakes
from autograder.run import environment, run
from autograder.sandbox.host import ForkServer
from autograder.scores import score

HELPER = "def near(a, b):\n    return abs(a - b) < 1"
ANSWER = "def same(a, b):\n    return near(a, b)"


def taken(*cells: tuple[str, str], used=("same",)) -> list[str]:
    """What the last cell, a test, takes; a cell is ("student" or "test", its source)."""
    seen = Namesakes()
    for whose, source in cells[:-1]:
        getattr(seen, whose)(source) if whose == "student" else seen.test(source, ["other"])
    return seen.test(cells[-1][1], list(used))


@pytest.mark.parametrize("test", [
    "near = 3", "def near(x): ...", "class near: ...", "import near", "import os as near", "for near in (1, 2): ...",
    "with open('f') as near: ...", "near, far = 1, 2", "near = 3\ndel near", "(near := 3)",
])
def test_a_test_that_binds_a_helpers_name_takes_it(test):
    assert taken(("student", HELPER), ("student", ANSWER), ("test", test)) == ["near"]


@pytest.mark.parametrize("answer", [
    f"{HELPER}\n{ANSWER}", f"!pip install x\n{HELPER}\n{ANSWER}", f"near = lambda a, b: a == b\n{ANSWER}",
    f"{HELPER}\nclass Same:\n    def __call__(self, a, b):\n        return near(a, b)\nsame = Same()",
    f"{HELPER}\nsame = lambda a, b: near(a, b)", f"{HELPER}\ndef middle(a, b):\n    return near(a, b)\n"
    "def same(a, b):\n    return [middle(a, b) for _ in 'x'][0]",
])
def test_however_the_answer_looks_it_up(answer):
    assert taken(("student", answer), ("test", "near = 3"), used=("same", "Same")) == ["near"]


@pytest.mark.parametrize("cells", [
    (("student", ANSWER.replace("a, b):", "a, b, near=max):")), ("test", "near = 3")),  # a parameter
    (("student", f"def same(a, b):\n    {HELPER.replace(chr(10), chr(10) + '    ')}\n    return near(a, b)"),
     ("test", "near = 3")),  # inside of the answer
    (("student", HELPER), ("student", ANSWER), ("test", "def check():\n    near = 3")),  # inside of the test
    (("student", HELPER), ("student", ANSWER), ("test", "far = 3")),
    (("student", HELPER), ("student", "def same(a, b):\n    return a == b"), ("test", "near = 3")),  # not looked up
    (("student", ANSWER), ("test", "near = 3")),  # never the student's: this answer needs what only the test has
    (("student", HELPER), ("student", ANSWER), ("test", "near = 3"), ("student", HELPER), ("test", "far = 3")),
    (("student", "near = 3"), ("student", "def same(near:"), ("test", "near = 3")),  # no Python
])
def test_nothing_is_taken(cells):
    assert taken(*cells) == []


def test_an_earlier_tests_name_is_still_taken_later():
    assert taken(("student", HELPER), ("test", "near = 3"), ("student", ANSWER), ("test", "far = 3")) == ["near"]


@pytest.fixture(scope="module", params=["forked", "cold"])
def server(request):
    if request.param == "cold":
        yield None
        return
    with ForkServer([], env=environment()) as found:
        yield found


def test_the_answer_that_fails_for_it_has_a_flag_and_a_sentence(server):
    notebook = new_notebook(cells=[
        new_code_cell(HELPER),
        new_code_cell(ANSWER, metadata=mark("same", solution=True)),
        new_code_cell("assert same(1, 1)\nnear = same(1.5, 1)\nassert near, 'not the same'",
                      metadata=mark("test_same", points=2, locked=True)),
        new_code_cell("def other(x):\n    return 3", metadata=mark("other", solution=True)),
        new_code_cell("assert other(1) == 1, 'other is wrong'", metadata=mark("test_other", points=1, locked=True)),
        new_code_cell("def again(x):\n    return same(x, x)", metadata=mark("again", solution=True)),
        new_code_cell("assert again(1)", metadata=mark("test_again", points=1, locked=True)),
    ])
    run(notebook, Limits(cell_seconds=20, notebook_seconds=60), server)
    same, other, again = score(notebook)
    assert (same.score, same.flags) == (2, ())  # it had all it needed
    assert (other.status, other.flags, other.message) == ("failed", (), "other is wrong")
    assert (again.status, again.flags) == ("error", ("name-taken",))
    assert again.message.endswith("not callable. The tests give `near` a meaning of their own: a person should look.")
