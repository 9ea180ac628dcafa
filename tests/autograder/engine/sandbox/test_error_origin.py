"""Where an error came from: a check's own message may be shown, one that a student made up may not."""

import json

import pytest
from conftest import submission

from autograder import course as courses
from autograder.authoring import release
from autograder.engine import run
from autograder.grading import intake
from autograder.repair import repair
from workbench import attacked


@pytest.fixture(scope="module")
def raised(tmp_path_factory):
    """What is said of the errors of each test cell, by an answer's text."""
    course = courses.load(attacked.make_course(tmp_path_factory.mktemp("origin")))
    (version,) = release.grading_versions(course, "ps1").values()
    with attacked.fork_server(version, course) as server:
        def of(answer: str) -> dict[str, dict | None]:
            sent = json.dumps(submission(version, double=answer)).encode()
            notebook = repair(version, intake.read(sent, "doubling.ipynb").notebook).notebook
            run.run(notebook, attacked.LIMITS, server)
            return {cell.id: cell.metadata.autograder.get("raised") for cell in notebook.cells if "id" in cell}

        yield of


def test_a_checks_own_error_has_its_message(raised):
    found = raised("def double(x):\n    return 0")
    assert found["test_same"] == {"check": "double(4): expected 8, got 0.", "line": 1, "frames": [[6, 1]]}
    assert found["test_equal"] == {"check": "", "line": 1, "frames": [[3, 1]]}, "an assert is no check of ours"
    assert found["double"] is None


@pytest.mark.parametrize("body", [
    "raise ValueError('mine')",
    "raise checks.CheckFailed('mine')",
    "checks.same(0, x, 'mine')",
    "checks.call(lambda: checks.same(0, 1, 'mine'))",
    "raise type('CheckFailed', (checks.CheckFailed,), {})('mine')",
    "raise type('Any', (type,), {'__eq__': lambda *_: True, '__hash__': type.__hash__})('E', (Exception,), {})('mine')",
    "exec(compile('raise checks.CheckFailed(str(x))', checks.__file__, 'exec'))",
    "exec(compile('raise checks.CheckFailed(str(x))', checks.__file__, 'exec'), vars(checks))",
    "exec(compile('def double(x):\\n raise checks.CheckFailed(str(x))', f'<test {len(str(x))}>', 'exec'), vars(checks)); "
    "checks.double(x)",
    "get_ipython().run_cell(f'checks.same(0, {x} + 1, str({x}))').raise_error()",
])
def test_what_a_student_raises_has_none(raised, body):
    found = raised(f"from cnnlab import checks\ndef double(x):\n    {body}")
    for name in ("test_same", "test_close", "test_equal"):
        assert found[name]["check"] == "", name
        assert [2, 3] in found[name]["frames"] or "run_cell" in body, "the student's line is named"


def test_an_error_that_the_student_shows_has_none(raised):
    found = raised(
        "from cnnlab import checks\ndef double(x):\n    try:\n        checks.same(0, x, 'mine')\n"
        "    except Exception as error:\n        get_ipython().showtraceback((type(error), error, error.__traceback__.tb_next))\n"
        "    return 2 * x")
    assert found["test_same"] is None or found["test_same"]["check"] == ""
