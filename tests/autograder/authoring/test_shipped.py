"""The outputs that a student notebook ships with: those that no answer decides, on any machine."""

import copy

import nbformat
import pytest
from conftest import mark
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder import course as courses
from autograder.authoring import build, shipped

PICTURE = new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": "Picture: a line."},
                     metadata={"image/png": {"alt": "A line that rises from left to right."}})
PRINTED = new_output("stream", text="3.5 s\n")
VALUE = new_output("execute_result", {"text/plain": "42"}, execution_count=7)
WARNING = new_output("stream", name="stderr", text="/tmp/x.py:1: DeprecationWarning\n")
TAGGED = ["nbval-check-output"]


def cell(name, source, *outputs, tags=(), **marks):
    marks = marks or {"locked": True}
    return new_code_cell(source, id=name, outputs=copy.deepcopy(list(outputs)), execution_count=7,
                         metadata=mark(name, **marks) | ({"tags": list(tags)} if tags else {}))


def ships(*cells):
    """For each cell its outputs in the student notebook."""
    solution = new_notebook(cells=list(cells))
    student = copy.deepcopy(solution)
    for one in student.cells:
        one.outputs, one.execution_count = [], None
    shipped.put_in(student, solution)
    assert all(one.execution_count is None for one in student.cells)
    nbformat.validate(student)
    return {one.id: one.outputs for one in student.cells}


ANSWER = cell("double", "def double(x):\n    return 2 * x", PICTURE, solution=True)


@pytest.mark.parametrize("source, expected", [
    ("draw(line)", [PICTURE]),  # though an answer stands above it
    ("draw(double(3))", []),
    ("draw(six)", []),  # through another cell
    ("def later():\n    return double(1)\ndraw(later())", []),
    ("draw(touched)", []),  # changed by a call of the answer
])
def test_a_cell_that_depends_on_no_answer_ships_its_picture_with_the_alternative_text(source, expected):
    found = ships(
        cell("line", "line = [1, 2]\ntouched = []\ndef draw(x): ..."), ANSWER, cell("six", "six = double(3)"),
        cell("touch", "touched.append(double(2))"), cell("picture", source, PICTURE))
    assert found["picture"] == expected and found["double"] == []


def test_what_is_printed_ships_only_where_it_is_compared():
    found = ships(
        cell("plain", "print(1)", PRINTED, VALUE), cell("both", "print(1)", PRINTED, PICTURE),
        cell("compared", "print(1)", PRINTED, PICTURE, WARNING, VALUE, tags=TAGGED))
    assert found["plain"] == [] and found["both"] == [PICTURE]
    assert found["compared"] == [PRINTED, PICTURE, VALUE | {"execution_count": None}]


def test_the_set_up_cell_tests_and_what_is_not_locked_ship_nothing():
    found = ships(
        cell("setup", "ready()", PICTURE, tags=["setup", *TAGGED]), cell("test", "assert True", PICTURE, points=1, locked=True),
        cell("open", "1", PICTURE, locked=False), new_code_cell("1", id="bare", outputs=[copy.deepcopy(PICTURE)]))
    assert set(map(str, found.values())) == {"[]"}


def test_the_build_puts_them_into_the_student_notebook(tmp_path, monkeypatch):
    def execute(course, notebook, target):
        for one in notebook.cells:
            one.outputs = [copy.deepcopy(PICTURE)]

    folder = tmp_path / "source" / "ps1"
    folder.mkdir(parents=True)
    (folder / "small.py").write_text(
        "# %%\nfree = 1\n\n# %% nbgrader=" '{"grade": false, "grade_id": "f", "locked": false, "schema_version": 3, '
        '"solution": true, "task": false}\ndef f():\n    ### BEGIN SOLUTION\n    return 12345\n    ### END SOLUTION\n\n'
        "# %%\nf()\n\n# %%\nfree\n")
    monkeypatch.setattr(build, "_execute", execute)
    course = courses.load(tmp_path)
    build.build(course, "ps1")
    path = course.release / "ps1" / "small.ipynb"
    assert [one.outputs for one in nbformat.read(path, as_version=4).cells] == [[PICTURE], [], [], [PICTURE]]
    before = path.read_bytes()
    assert build.build(course, "ps1") == [] and path.read_bytes() == before
