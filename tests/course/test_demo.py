"""`make demo` as a whole: every student's score in every task, and what is written."""

import csv

import bench
import pytest
from typer.testing import CliRunner

from autograder.authoring import build, sample
from autograder.cli import app
from autograder.notebooks import tasks

ASSIGNMENTS = [name for name in bench.ASSIGNMENTS if sample.students(bench.COURSE, name)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The folder that the demo wrote, and what it printed.

    The build is left out: it would refresh a stale notebook before test_release.py has seen it.
    """
    out, built = tmp_path_factory.mktemp("demo"), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build", lambda course, name, **_: built.append(name))
        result = CliRunner().invoke(
            app, ["demo", "--out", str(out), "--course", str(bench.COURSE.root)])
    assert result.exit_code == 0, result.output
    assert built == ASSIGNMENTS
    return out, result.output


@pytest.fixture(scope="module")
def rows(demo):
    with (demo[0] / "scores.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("assignment, student", [
    (assignment, student)
    for assignment in ASSIGNMENTS for student in sample.students(bench.COURSE, assignment)
], ids=lambda value: getattr(value, "name", value))
def test_the_exact_score_of_every_student_in_every_task(rows, assignment, student):
    theirs = [row for row in rows if (row["assignment"], row["student"]) == (assignment, student.name)]
    assert {row["grade_id"]: float(row["score"]) for row in theirs if row["score"]} == student.scores
    waits = [row for row in theirs if not row["score"]]
    assert all(row["status"] == "manual" for row in waits)
    assert len(theirs) == len(bench.coded_tasks(assignment)) + sum(
        task.manual for task in tasks(bench.solution(assignment)))


def test_the_first_two_assignments_have_a_sample_class():
    assert ASSIGNMENTS[:2] == ["01-convolution-arithmetic", "02-lenet"]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_class_has_everybody_who_was_asked_for(assignment):
    students = sample.students(bench.COURSE, assignment)
    totals = [sum(student.scores.values()) for student in students]
    full = sum(task.points for task in bench.coded_tasks(assignment))
    assert len(students) == 8
    assert totals.count(full) == 1, "one perfect student"
    assert sum(0 < total < full for total in totals) >= 2, "two partial ones"
    assert any(student.base == "stub" and not student.answers for student in students), "a blank one"
    assert any(student.base == "nothing" for student in students), "one who handed in nothing"
    assert any(student.delete for student in students), "one who deleted cells"


def test_what_happened_to_whom(rows):
    found = {}
    for row in rows:
        found.setdefault((row["assignment"], row["student"]), {})[row["grade_id"]] = (
            row["status"], row["flags"])
    first = ASSIGNMENTS[0]
    assert found[first, "emre"]["test_same_padding"] == ("error", "")
    assert found[first, "farah"]["test_layer_parameters"] == ("timeout", "")
    assert found[first, "goran"]["test_receptive_field"] == ("missing", "test-restored;answer-deleted")
    assert found[first, "goran"]["test_output_shape"] == ("ok", "test-restored")
    for assignment in ASSIGNMENTS:
        assert {status for status, _ in found[assignment, "hana"].values()} == {"missing"}
        assert all(
            "not-attempted" in flags or status == "missing"
            for status, flags in found[assignment, "dana"].values())


def test_gradebook_feedback_and_report_are_written(demo):
    out = demo[0]
    assert (out / "gradebook.db").stat().st_size > 0
    assert "Class report" in (out / "report.html").read_text(encoding="utf-8")
    for assignment in ASSIGNMENTS:
        for student in sample.students(bench.COURSE, assignment):
            (page,) = (out / "feedback" / student.name / assignment).glob("*.html")
            assert "HIDDEN TESTS" not in page.read_text(encoding="utf-8")


def test_it_ends_with_the_table_of_the_class_and_the_paths(demo):
    out, text = demo
    for word in ("student", "total", "what happened", "ada", "hana", "Nothing was handed in."):
        assert word in text
    for name in ("report.html", "feedback", "scores.csv", "gradebook.db"):
        assert str(out / name) in text
    assert f"Grading {ASSIGNMENTS[0]}" in text
