"""A test with several parts: what an answer gets for those that are right, and what people read about the others."""

import json

import nbformat
import pytest
from conftest import mark, submission
from nbformat.v4 import new_code_cell, new_notebook

from autograder import course as courses
from autograder import jobs, records
from autograder.authoring import release
from autograder.grading import worker
from autograder.notebooks import grade_id

TEST = """checks.same(checks.call(double, 1), 2, "double(1)")
### BEGIN HIDDEN TESTS
parts = checks.Parts(4)
with parts("positive numbers", 1):
    checks.same(checks.call(double, 8), 16, "double(8)")
with parts("negative numbers", 2):
    checks.same(checks.call(double, -73), -146, "double(-73)")
with parts("texts", 1):
    assert double("ab") == "abab", "hidden words"
parts.points()
### END HIDDEN TESTS"""
RIGHT = "def double(x):\n    return x + x\n"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A function that grades an answer and returns its score and the sentence that the student reads."""
    root = tmp_path_factory.mktemp("parts")
    notebook = new_notebook(cells=[
        new_code_cell("from cnnlab import checks", id="imports", metadata=mark("imports", locked=True)),
        new_code_cell(f"### BEGIN SOLUTION\n{RIGHT}### END SOLUTION", id="double", metadata=mark("double", solution=True)),
        new_code_cell(TEST, id="test_double", metadata=mark("test_double", points=4, locked=True)),
    ])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(notebook, root / "source" / "ps1" / "sums.ipynb")
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    (root / "course.toml").write_text('[course]\npackage = "cnnlab"\n')
    course = courses.load(root)
    (version,) = release.grading_versions(course, "ps1").values()
    setup = jobs.Setup(versions={"sums": nbformat.writes(version)}, limits=course.settings.limits, root=str(root),
                       package="cnnlab")

    def of(answer: str) -> tuple[jobs.Score, str]:
        file = json.dumps(submission(version, double=answer)).encode()
        result = worker.grade_one(setup, jobs.Submission("ada", "sums", (("sums.ipynb", file),)))
        (score,) = result.scores
        shown = nbformat.reads(result.notebook.decode(), as_version=4)
        cell = next(cell for cell in shown.cells if grade_id(cell) == "test_double")
        return score, records.of(cell).message

    yield of
    worker.close_server()


def test_every_part_right(graded):
    score, said = graded(RIGHT)
    assert (score.score, score.status, score.flags, score.message, said) == (4, "ok", (), "", "")


def test_a_check_that_fails_costs_its_part_alone(graded):
    score, said = graded("def double(x):\n    return abs(x) * 2 if type(x) is int else x + x\n")
    assert (score.score, score.status, score.flags) == (2, "partial", ())
    assert score.message == said == (
        "Right: positive numbers, texts. Not right: negative numbers (2 points). double(-73): expected -146, got 146.")


def test_of_the_answers_own_error_a_student_reads_the_line_and_no_more(graded):
    score, said = graded("def double(x):\n    if x == 'ab': raise ValueError(f'called with {x}')\n    return x + x\n")
    assert score.score == 3 and score.message == (
        "Right: positive numbers, negative numbers. Not right: texts (1 point). ValueError: called with ab")
    assert said == (
        "Right: positive numbers, negative numbers. Not right: texts (1 point). Line 2 of the cell 'double', "
        "`if x == 'ab': raise ValueError(f'called with {x}')`, raised ValueError (inappropriate argument value (of "
        "correct type)).")


def test_a_message_that_an_answer_made_up_is_not_shown(graded):
    for raised in ("checks.CheckFailed(f'it is {x}')", "AssertionError(f'it is {x}')",
                   "type('CheckFailed', (AssertionError,), {})(f'it is {x}')"):
        score, said = graded(f"def double(x):\n    if x == -73: raise {raised}\n    return x + x\n")
        assert score.score == 2 and "-73" in score.message and "it is -73" not in said, said
    _, said = graded("def double(x):\n    return 'ba' if x == 'ab' else x + x\n")
    assert said == ("Right: positive numbers, negative numbers. Not right: texts (1 point). "
                    "A check that is not shown failed.")


def test_no_part_right_is_an_error_as_ever(graded):
    score, said = graded("def double(x):\n    return 2\n")
    assert (score.score, score.status) == (0, "failed")
    assert score.message == said == "double(8): expected 16, got 2."


@pytest.mark.parametrize("trick", [
    "checks.Parts.points = lambda self: 4", "checks.Parts.__call__ = lambda *a: __import__('contextlib').nullcontext()",
    "checks.Points.__float__ = lambda self: 4.0", "checks.Parts = __import__('unittest.mock').mock.MagicMock()",
    "checks.parts._Part.__exit__ = lambda self, *a: True",
    "checks.Parts.points.__code__ = (lambda self: 4).__code__",
    "checks.parts.Points = checks.Points = type('Points', (float,), dict(held=('x',), lost=()))",
])
def test_whoever_changes_how_parts_are_counted_gets_nothing(graded, trick):
    score, _ = graded(f"{trick}\ndef double(x):\n    return 2\n")
    assert score.score == 0 and "tampered" in score.flags, score


@pytest.mark.parametrize("value", ["4.0", "float('nan')", "type('F', (float,), {})(4)", "checks.Points(4)"])
def test_an_answer_that_returns_points_is_no_score(graded, value):
    score, _ = graded(f"def double(x):\n    return {value}\n")
    assert score.score == 0 and score.status == "failed"
