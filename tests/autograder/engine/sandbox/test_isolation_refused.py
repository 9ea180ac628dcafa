"""Where isolation cannot be had grading refuses; --no-sandbox is the explicit way on, and is flagged."""

import csv

import pytest
from conftest import AREA, DOUBLE, hand_in, in_this_process, submission
from typer.testing import CliRunner

from autograder import cli
from autograder.engine.sandbox import policy
from autograder.errors import UserError
from autograder.grading import grade, worker
from autograder.jobs import Limits


@pytest.fixture
def no_isolation(monkeypatch, tmp_path):
    """A machine on which bubblewrap may not make a namespace."""
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(policy, "bubblewrap", lambda: str(program))
    in_this_process(monkeypatch)
    yield
    worker.close_server()


def handed_in(version, tmp_path):
    hand_in(tmp_path / "submitted", "ada", submission(version, double=DOUBLE, area=AREA))
    hand_in(tmp_path / "submitted", "bob", b"not a notebook")
    return tmp_path / "submitted", tmp_path / "out"


def test_grading_refuses_with_one_sentence(course, version, tmp_path, no_isolation):
    with pytest.raises(UserError) as refused:
        grade.grade(course, "ps1", *handed_in(version, tmp_path), Limits(cell_seconds=20, notebook_seconds=40), 1)
    assert str(refused.value) == (
        "A student's code cannot be isolated here (it ended: bwrap: No permissions to create new namespace): "
        "`autograder doctor` says what is missing; --no-sandbox grades without, and flags every score.")


def test_the_command_ends_with_exit_code_2(course_folder, version, tmp_path, no_isolation):
    submitted, out = handed_in(version, tmp_path)
    result = CliRunner().invoke(cli.app, [
        "grade", "ps1", "--course", str(course_folder), "--submissions", str(submitted), "--out", str(out)])
    assert result.exit_code == 2
    assert "A student's code cannot be isolated here" in result.output and "Traceback" not in result.output
    assert (out / "scores.csv").read_text().count("\n") == 1, "the head alone"


def test_without_the_sandbox_every_score_is_flagged(course, version, tmp_path, no_isolation):
    submitted, out = handed_in(version, tmp_path)
    (submitted / "cleo" / "ps1").mkdir(parents=True)
    grade.grade(course, "ps1", submitted, out, Limits(cell_seconds=20, notebook_seconds=40), 1, sandbox=False)
    rows = list(csv.DictReader((out / "scores.csv").open()))
    assert [row["score"] for row in rows if row["student"] == "ada"] == ["2", "3", "0"]
    assert {"ada", "bob", "cleo"} <= {row["student"] for row in rows}
    assert all("unsandboxed" in row["flags"].split(";") for row in rows)


def test_a_score_without_the_sandbox_is_not_taken_for_one_with_it(course, version, tmp_path, monkeypatch):
    in_this_process(monkeypatch)
    submitted, out = handed_in(version, tmp_path)
    grade.grade(course, "ps1", submitted, out, Limits(cell_seconds=20, notebook_seconds=40), 1, sandbox=False)
    grade.grade(course, "ps1", submitted, out, Limits(cell_seconds=20, notebook_seconds=40), 1)
    worker.close_server()
    rows = [row for row in csv.DictReader((out / "scores.csv").open()) if row["student"] == "ada"]
    assert [row["score"] for row in rows] == ["2", "3", "0"] and not any(row["flags"] for row in rows)
