"""A class with bad input of every kind, graded once by real kernels and checked from all sides."""

import csv
import sqlite3

import nbformat
import psutil
import pytest
from conftest import AREA, DOUBLE, hand_in, in_this_process, submission
from nbgrader.api import Gradebook

from autograder.errors import UserError
from autograder.grading import grade, worker
from autograder.jobs import Limits
from autograder.notebooks import grade_id
from autograder.results import feedback, redaction, report

LIMITS = Limits(cell_seconds=4, notebook_seconds=40, still_seconds=4, output_kilobytes=100)


def double(body: str) -> str:
    return f"def double(x):\n    {body}"


@pytest.fixture(scope="module")
def graded(course, version, tmp_path_factory):
    """The output folder of a graded class, and the rows of scores.csv by student."""
    root = tmp_path_factory.mktemp("class")
    submitted, out = root / "submitted", root / "out"

    def give(student, **answers):
        hand_in(submitted, student, submission(version, **{"area": AREA, **answers}))

    give("perfect", double=DOUBLE, why="Since two is one and one.")
    give("visible_only", double=double("return 2"))
    give("syntax", double="def double(x:\n    return 2 * x")
    give("endless", double=double("while True: pass"))
    give("stubborn", double=double("import time\n    while True:\n        try:\n            time.sleep(9)"
                                   "\n        except BaseException:\n            pass"))
    give("exits", double=double("import os; os._exit(0)"))
    give("floods", double=double("while True: print('x' * 1000)"))
    give("needs_package", double="import no_such_package\n" + DOUBLE)
    give("noisy", double=double("import sys; print('warning', file=sys.stderr); return 2 * x"))
    give("numeric_value", double=DOUBLE + "\n0.5")
    give("spies", double=double(
        "import inspect\n    print(inspect.stack()[1].frame.f_globals['In'][-1])\n    return x * 2"))
    no_kernel = submission(version, double=DOUBLE, area=AREA)
    no_kernel.metadata["kernelspec"] = {"name": "julia-9", "display_name": "Julia", "language": "j"}
    hand_in(submitted, "no_kernel", no_kernel)
    hand_in(submitted, "format_3", nbformat.convert(submission(version, double=DOUBLE, area=AREA), 3))
    hand_in(submitted, "not_json", b"PK\x03\x04 not a notebook")
    hand_in(submitted, "empty_file", b"")
    hand_in(submitted, "renamed", submission(version, double=DOUBLE, area=AREA), name="sums (1).ipynb")
    hand_in(submitted, "two_others", b"{}", name="a.ipynb")
    hand_in(submitted, "two_others", b"{}", name="b.ipynb")
    (submitted / "empty_folder").mkdir()
    (submitted / "Zoë Ångström").mkdir()
    give("Zoë Ångström", double=DOUBLE)
    (submitted / "a_file.txt").write_text("not a student")
    seen = []
    grade.grade(course, "ps1", submitted, out, LIMITS, 2, seen.append)
    rows = {}
    with (out / "scores.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["student"], []).append(row)
    return out, rows, seen


@pytest.mark.parametrize("student, statuses, scores", [
    ("perfect", "ok ok manual", "2 3 -"),
    ("visible_only", "failed ok missing", "0 3 0"),
    ("syntax", "error ok missing", "0 3 0"),
    ("endless", "timeout ok missing", "0 3 0"),
    ("stubborn", "timeout timeout missing", "0 0 0"),
    ("exits", "killed killed missing", "0 0 0"),
    ("floods", "killed ok missing", "0 3 0"),
    ("needs_package", "error ok missing", "0 3 0"),
    ("noisy", "ok ok missing", "2 3 0"),
    ("numeric_value", "ok ok missing", "2 3 0"),
    ("spies", "failed ok missing", "0 3 0"),
    ("no_kernel", "ok ok missing", "2 3 0"),
    ("format_3", "ok ok missing", "2 3 0"),
    ("not_json", "missing missing missing", "0 0 0"),
    ("empty_file", "missing missing missing", "0 0 0"),
    ("renamed", "ok ok missing", "2 3 0"),
    ("two_others", "missing missing missing", "0 0 0"),
    ("empty_folder", "missing missing missing", "0 0 0"),
    ("Zoë Ångström", "ok ok missing", "2 3 0"),
])
def test_scores(graded, student, statuses, scores):
    rows = graded[1][student]
    assert [row["grade_id"] for row in rows] == ["test_double", "test_area", "why"]
    assert [row["status"] for row in rows] == statuses.split()
    assert [row["score"] or "-" for row in rows] == scores.split()


def test_the_columns_are_those_that_were_asked_for(graded):
    first = (graded[0] / "scores.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first == "student,assignment,notebook,grade_id,score,max_score,status,flags"


@pytest.mark.parametrize("student, sentence", [
    ("perfect", "All 2 tasks right; a written answer waits for a person."),
    ("visible_only", "In double a check failed: wrong for a negative number."),
    ("syntax", "The answer cell raised SyntaxError: '(' was never closed (line 1 of the cell)."),
    ("endless", "The cell used more than 4 s of processor time."),
    ("stubborn", "The cell waited for 4 s without computing and ignored the interrupt."),
    ("exits", "The kernel's process ended itself."),
    ("floods", "The cell printed more than 100 kB."),
    ("needs_package", "No module named 'no_such_package'"),
    ("not_json", "sums.ipynb is a zip that cannot be read"),
    ("empty_file", "sums.ipynb is empty"),
    ("two_others", "a.ipynb is JSON but not a notebook"),
    ("empty_folder", "Nothing was handed in."),
])
def test_what_happened_is_one_sentence_or_two(graded, student, sentence):
    with (graded[0] / "submissions.csv").open(encoding="utf-8") as file:
        (row,) = [row for row in csv.DictReader(file) if row["student"] == student]
    assert sentence in row["summary"]


def test_flags(graded):
    flags = {student: rows[0]["flags"] for student, rows in graded[1].items() if rows[0]["flags"]}
    assert flags == {"not_json": "unreadable", "empty_file": "unreadable", "renamed": "renamed", "two_others": "unreadable",
                     "spies": "tampered"}


def test_progress_counts_every_notebook(graded):
    assert [(event.done, event.total) for event in graded[2]] == [(i, 19) for i in range(1, 20)]
    assert all(event.ran_now and event.failed == 0 and event.running <= 2 for event in graded[2])


def test_the_gradebook_says_the_same_as_the_table(graded):
    out, rows, _ = graded
    assert sqlite3.connect(out / "gradebook.db").execute("pragma integrity_check").fetchone() == ("ok",)
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as gradebook:
        for student, theirs in rows.items():
            submitted = gradebook.find_submission_notebook("sums", "ps1", student)
            found = {grade.name: grade.auto_score for grade in submitted.grades}
            assert found == {
                row["grade_id"]: float(row["score"]) if row["score"] else None for row in theirs}
            assert submitted.needs_manual_grade == (student == "perfect")


def test_graded_notebooks_stand_where_nbgraders_formgrader_looks(graded):
    out = graded[0]
    notebook = nbformat.read(out / "autograded" / "endless" / "ps1" / "sums.ipynb", 4)
    nbformat.validate(notebook)
    marks = {grade_id(c): c.metadata.get("autograder", {}).get("status") for c in notebook.cells}
    assert marks["test_double"] == "timeout" and marks["test_area"] == "ok"
    flood = (out / "autograded" / "floods" / "ps1" / "sums.ipynb").stat().st_size
    assert flood < 300_000
    assert not (out / "autograded" / "not_json" / "ps1" / "sums.ipynb").exists()


def test_feedback_holds_nothing_of_a_hidden_test(graded, course):
    out = graded[0]
    pages = feedback.write(course, out)
    assert len(pages) == len(graded[1])
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "double(-7)" not in text and "HIDDEN" not in text
        assert "<script" not in text
    spied = (out / "feedback" / "spies" / "ps1" / "sums.html").read_text(encoding="utf-8")
    assert "Your answer asks for a frame" in spied and redaction.TEACHER in spied and "Not as released" not in spied
    failed = (out / "feedback" / "visible_only" / "ps1" / "sums.html").read_text(encoding="utf-8")
    assert redaction.NOT_SHOWN in failed and "wrong for a negative number" not in failed


def test_the_report_is_one_page_with_everybody_in_it(graded, course):
    page = report.write(course, graded[0]).read_text(encoding="utf-8")
    for student in graded[1]:
        assert page.count(f">{student}<") >= 2
    assert page.count("<img ") == page.count('alt="') == 2
    assert "http" not in page.replace("http://www.w3.org", "").replace("https://www.w3.org", "")


def test_a_second_grading_replaces_the_first(course, version, tmp_path):
    submitted, out = tmp_path / "submitted", tmp_path / "out"
    for answer, expected in ((DOUBLE, "2"), (double("return 2"), "0")):
        hand_in(submitted, "ada", submission(version, double=answer))
        grade.grade(course, "ps1", submitted, out, LIMITS, 1)
        rows = list(csv.DictReader((out / "scores.csv").open()))
        assert [row["score"] for row in rows] == [expected, "0", "0"]


def test_a_score_by_hand_survives_and_shows_in_feedback_and_report(course, version, tmp_path):
    submitted, out = tmp_path / "submitted", tmp_path / "out"
    hand_in(submitted, "ada", submission(version, double=DOUBLE, area=AREA, why="Since."))
    grade.grade(course, "ps1", submitted, out, LIMITS, 1)
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as gradebook:
        by_hand = gradebook.find_grade("why", "sums", "ps1", "ada")
        by_hand.manual_score, by_hand.needs_manual_grade = 0.5, False
        comment = gradebook.find_comment("why", "sums", "ps1", "ada")
        comment.manual_comment = "Say which two."
        gradebook.db.commit()
    (page,) = feedback.write(course, out)
    text = page.read_text(encoding="utf-8")
    assert "5.5 of 6 points" in text and "Say which two." in text
    assert "5.5 / 6" in report.write(course, out).read_text(encoding="utf-8")

    hand_in(submitted, "ada", submission(version, double=DOUBLE, area=AREA, why="Since two and two make four."))
    grade.grade(course, "ps1", submitted, out, LIMITS, 1)
    (page,) = feedback.write(course, out)
    text = page.read_text(encoding="utf-8")
    assert "5.5 of 6 points, a written answer is still to be graded" in text and "looks at it again." in text
    assert "1 written answer waits" in report.write(course, out).read_text(encoding="utf-8")


def test_a_failure_of_the_grader_costs_one_row_not_the_batch(course, version, tmp_path, monkeypatch):
    from autograder.engine import run

    def breaks(*_, **__):
        raise RuntimeError("no kernel today")

    hand_in(tmp_path / "submitted", "ada", submission(version, double=DOUBLE))
    monkeypatch.setattr(run, "run", breaks)
    in_this_process(monkeypatch)
    with pytest.raises(UserError, match="The grader could not run this notebook .*no kernel today"):
        grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", LIMITS, 1)
    (row,) = grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", LIMITS, 1, anyway=True)
    worker.close_server()
    assert row.score == "0" and "no kernel today" in row.summary
    first = next(csv.DictReader((tmp_path / "out" / "scores.csv").open()))
    assert (first["status"], first["flags"]) == ("killed", "grader-error")


def test_no_kernel_is_left_behind(graded):
    kernels = [
        child for child in psutil.Process().children(recursive=True)
        if "autograder.engine.sandbox" in " ".join(child.cmdline()) or "bwrap" in child.name()
    ]
    assert kernels == []


def test_an_interruption_keeps_what_is_graded(course, version, tmp_path):
    for student in ("ada", "bob", "cy"):
        hand_in(tmp_path / "submitted", student, b"not a notebook")

    def interrupt(event):
        if event.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", LIMITS, 1, interrupt)
    rows = list(csv.DictReader((tmp_path / "out" / "scores.csv").open()))
    assert len({row["student"] for row in rows}) == 2
