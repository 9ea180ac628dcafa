"""`autograder grade` with several assignments: which are graded, what is said, and the exit code."""

import nbformat
import pytest
from conftest import hand_in, source_notebook
from typer.testing import CliRunner

from autograder import cli, cli_grade
from autograder.errors import StopsCommand, UserError
from autograder.results.tables import SubmissionRow

ADA = SubmissionRow("ada", "", "sums", "5", "6", "All right.")
FAILED = SubmissionRow("ada", "", "sums", "0", "6", "The grader failed.", flags="grader-error")


@pytest.fixture
def command(tmp_path, monkeypatch):
    """A function that runs the command on a1 to a3, of which nobody handed in a3, with an outcome for each."""
    for name in ("a1", "a2", "a3"):
        (tmp_path / "source" / name).mkdir(parents=True)
        nbformat.write(source_notebook(), tmp_path / "source" / name / "sums.ipynb")
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    for name in ("a2", "a1"):
        hand_in(tmp_path / "submitted", "ada", b"{}", assignment=name)

    def run(*arguments, **outcomes):
        graded = []

        def grade(course, name, submissions, out, say, pool, **options):
            graded.append((name, pool))
            say(f"Something about {name}.")
            outcome = outcomes.get(name, ADA)
            if isinstance(outcome, BaseException):
                raise outcome
            return [outcome]

        monkeypatch.setattr(cli_grade.grade, "grade", grade)
        result = CliRunner().invoke(cli.app, [
            "grade", *arguments, "--course", str(tmp_path), "--submissions", str(tmp_path / "submitted"),
            "--out", str(tmp_path / "out")])
        assert len({id(pool) for _, pool in graded}) <= 1, "one pool for all"
        return [name for name, _ in graded], result.exit_code, result.output

    return run


def test_each_assignment_has_its_table_in_the_order_given(command):
    graded, code, said = command("a2", "a1", "a2")
    assert (graded, code) == (["a2", "a1"], 0)
    lines = [line for line in said.splitlines() if line]
    assert lines.index("a2") < lines.index("a1") and said.count("ada  5/6  All right.") == 2
    assert said.count("Wrote ") == 1 and "Something about a1." in said


def test_all_are_those_that_anybody_handed_in(command):
    assert command("--all")[:2] == (["a1", "a2"], 0)


def test_a_single_one_has_no_heading(command):
    _, code, said = command("a1")
    assert code == 0 and "a1" not in said.replace("Something about a1.", "").replace("a1 ━", "").splitlines()


@pytest.mark.parametrize("outcomes, graded, code", [
    ({"a1": UserError("No rehearsal.")}, ["a1", "a2"], 2),
    ({"a2": UserError("No rehearsal.")}, ["a1", "a2"], 2),
    ({"a1": FAILED}, ["a1", "a2"], 1),
    ({"a1": UserError("No rehearsal."), "a2": FAILED}, ["a1", "a2"], 2),
    ({"a1": StopsCommand("No isolation.")}, ["a1"], 2),
    ({"a1": KeyboardInterrupt()}, ["a1"], 130),
])
def test_one_that_cannot_be_graded_is_named_and_the_others_are_graded(command, outcomes, graded, code):
    found = command("--all", **outcomes)
    assert found[:2] == (graded, code), found
    for name, outcome in outcomes.items():
        if type(outcome) is UserError:
            assert f"{name}: No rehearsal." in found[2] and f"Not graded: {name}, for the reason above." in found[2]
        elif outcome is FAILED:
            assert f"{name}: Not everybody has a grade: the grader failed at ada, for the reason" in found[2]
    assert ("Something about a2." in found[2]) == ("a2" in graded)


@pytest.mark.parametrize("arguments, sentence", [
    ([], "Name the assignments to grade, or give --all alone for every one that was handed in."),
    (["a1", "--all"], "Name the assignments to grade, or give --all alone for every one that was handed in."),
    (["a1", "a9"], "There is no assignment 'a9'"),
])
def test_names_are_checked_before_anything_is_graded(command, arguments, sentence):
    graded, code, said = command(*arguments)
    assert (graded, code) == ([], 2) and sentence in said


def test_with_all_somebody_must_have_handed_in_something(command, tmp_path):
    for name in ("a1", "a2"):
        (tmp_path / "submitted" / "ada" / name).rename(tmp_path / "submitted" / "ada" / f"x{name}")
    graded, code, said = command("--all")
    assert (graded, code) == ([], 2) and "with one of a1, a2, a3." in said
