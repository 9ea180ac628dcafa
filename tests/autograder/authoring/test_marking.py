"""What is marked on the notebook as it is graded."""

import pytest
from conftest import mark as cell_mark
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.marking import mark
from autograder.course import Tests


def marked(answer: str, test: str, own_names: bool = True):
    notebook = new_notebook(cells=[
        new_code_cell("def helper(x):\n    return x", metadata=cell_mark("helper", locked=True)),
        new_code_cell(answer, metadata=cell_mark("answer", solution=True)),
        new_code_cell(test, metadata=cell_mark("test", points=1, locked=True))])
    mark(notebook, notebook, Tests(own_names=own_names))
    return notebook


ANSWER = "def small(x):\n    return helper(x)\n\ndef twice(x):\n    return small(small(x))"


def test_an_answer_says_what_it_binds():
    assert marked(ANSWER, "assert twice(1) == 3").cells[1].metadata.autograder["binds"] == ["small", "twice"]


@pytest.mark.parametrize("test, shared", [
    ("assert twice(1) == 3", False),
    ("kept, small = small, None\nassert twice(1) == 3", True),
    ("def helper(x):\n    return 7\nassert twice(1) == 7", True),
    ("x = 3\nlayers = [small(x)]", False),
    ("twice = twice(1)", False),
])
def test_a_test_that_stands_in_for_what_an_answer_calls_shares_its_names(test, shared):
    found = marked(ANSWER, test).cells[2].metadata.get("autograder", {}).get("shared", False)
    assert found is shared


def test_the_names_of_functions_around_a_function_are_no_names_of_the_notebook():
    answer = "def small(x):\n    def inner(y):\n        return x + helper\n    return inner"
    assert "autograder" not in marked(answer.replace("helper", "x"), "helper = 3").cells[2].metadata


def test_a_course_can_have_it_as_nbgrader_has():
    assert marked(ANSWER, "assert True", own_names=False).metadata.autograder["shared"] is True
