"""The sentence about a notebook, and what must not get into the tables or change them."""

import csv

import nbformat
import pytest
from conftest import AREA, DOUBLE, hand_in, mark, source_notebook, submission
from nbformat.v4 import new_code_cell

from autograder import course as courses
from autograder.errors import UserError
from autograder.grading import grade
from autograder.jobs import Limits, Score
from autograder.results.summary import summary

LIMITS = Limits(cell_seconds=10, notebook_seconds=40)
WRITTEN = Score("why", None, 1, "manual", (), "Waits for a person.", True)


@pytest.mark.parametrize("scores, sentence", [
    ([Score("test_f", 2, 2, "ok")], "The one task right."),
    ([Score("test_f", 2, 2, "ok"), WRITTEN], "The one task right; a written answer waits for a person."),
    ([Score("test_f", 1, 2, "partial")], "0 of 1 tasks right. In f partial points."),
    ([Score("test_f", 0, 2, "missing", (), "Nothing was handed in.")], "Nothing was handed in."),
    ([Score("why", 0, 1, "missing", (), "No answer written.", True)], "No answer written."),
    ([WRITTEN], "Waits for a person."),
    ([], "Has no graded cell."),
    ([Score("test_f", 0, 2, "killed", ("grader-error",), "It cannot be read.")], "It cannot be read."),
    ([Score("test_f", 0, 2, "failed", ("not-attempted",), "f: not attempted yet.")], "Nothing attempted."),
    ([Score("test_f", 0, 2, "failed", (), "wrong."), Score("test_g", 0, 2, "timeout", (), "too long.")],
     "0 of 2 tasks right. In g the time ran out: too long."),
])
def test_one_sentence_on_a_notebook(scores, sentence):
    assert summary(scores) == sentence


def test_a_release_with_other_cells_does_not_mix_with_what_was_graded(tmp_path):
    path = tmp_path / "source" / "ps1" / "sums.ipynb"
    path.parent.mkdir(parents=True)
    notebook = source_notebook()
    nbformat.write(notebook, path)
    course = courses.load(tmp_path)
    hand_in(tmp_path / "submitted", "ada", b"")
    grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", LIMITS, 1)
    before = (tmp_path / "out" / "scores.csv").read_text()
    notebook.cells.append(new_code_cell(
        "assert double(5) == 10", id="more", metadata=mark("test_more", points=4, locked=True)))
    nbformat.write(notebook, path)
    with pytest.raises(UserError, match="Cannot add or remove cells .* another folder with --out"):
        grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", LIMITS, 1)
    assert (tmp_path / "out" / "scores.csv").read_text() == before


def test_half_a_character_anywhere_stops_nobody(course, version, tmp_path):
    half = "\ud800"
    answers = {
        "in_the_code": f"# {half}\n" + DOUBLE,
        "printed": "print(chr(0xd800))\n" + DOUBLE,
        "raised": "def double(x):\n    raise ValueError(chr(0xd800))",
        "raised_at_once": "raise ValueError(chr(0xd800))",
    }
    for student, answer in answers.items():
        hand_in(tmp_path / "submitted", student, submission(version, double=answer, area=AREA))
    hand_in(tmp_path / "submitted", "in_the_text", submission(version, double=DOUBLE, why=half))
    grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", LIMITS, 2)
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8") as file:
        first = {row["student"]: row["status"] for row in csv.DictReader(file)
                 if row["grade_id"] == "test_double"}
    assert first["in_the_code"] == first["in_the_text"] == first["printed"] == "ok"
    assert first["raised"] == first["raised_at_once"] == "error"
