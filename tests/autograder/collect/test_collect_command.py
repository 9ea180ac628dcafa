"""`autograder collect` as it is typed, and what it refuses."""

from zoneinfo import ZoneInfo

import pytest
from collecting import attempt, dated_course, laid, table, take, there, zipped
from typer.testing import CliRunner

from autograder.cli import app
from autograder.collect.platforms import Reader
from autograder.collect.times import instant
from autograder.grading import submission_files

run = CliRunner().invoke


@pytest.fixture
def root(tmp_path):
    return dated_course(tmp_path)


def command(root, *arguments: str):
    """Of an option that is there twice, the last one counts."""
    return run(app, ["collect", "--assignment", "ps1", "--course", str(root / "course"),
                     "--submissions", str(root / "submitted"), *arguments])


def test_the_command_says_what_it_did(root):
    source = zipped(root / "m.zip", {"Ada_1_assignsubmission_file/sums.ipynb": "x", "notes.txt": "?", "/etc/x": "!"})
    result = command(root, str(source))
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "Collected 1 student, 1 new hand-in.",
        "/etc/x in m.zip: refused: it has an absolute path.",
        ".unmatched/ps1/notes.txt: unmatched: it is not named as moodle names what a student hands in.",
        "Unmatched files are kept: give --roster or --pattern, or put the student's name into theirs.",
        f"Wrote {root / 'submitted' / 'collected-ps1.csv'}.",
    ]


@pytest.mark.parametrize("arguments, sentence", [
    (["{nowhere}"], "There is nothing at"),
    (["{file}", "--assignment", "ps9"], "There is no assignment 'ps9'"),
    (["{file}", "--pattern", "(?P<student_id>"], "is not a regular expression"),
    (["{file}", "--pattern", "(.*)"], "does not say who a file is from"),
    (["{file}", "--roster", "{nowhere}"], "cannot be read: No such file or directory."),
    (["{zip}"], "is not a whole zip (File is not a zip file): download it again."),
    (["{file}", "--submissions", "{zip}"], "Nothing can be written to"),
    (["{submitted}"], "is, or lies in, the folder that is collected into"),
])
def test_a_mistake_ends_with_2_and_writes_nothing(root, arguments, sentence):
    places = {"nowhere": root / "nowhere", "file": root / "ada.ipynb", "zip": root / "half.zip", "submitted": root / "submitted"}
    places["file"].write_text("{}")
    places["zip"].write_bytes(zipped(root / "whole.zip", {"ada/sums.ipynb": "x" * 999}).read_bytes()[:60])
    result = command(root, *(word.format(**places) for word in arguments))
    assert result.exit_code == 2, result.output
    assert sentence in result.output.replace("\n", " ") and "Traceback" not in result.output
    assert not (root / "submitted").exists()


def test_a_name_cannot_steer_the_terminal(root):
    result = command(root, str(zipped(root / "in.zip", {"../\x1b[2J\u009b2J\nx": "x", "ada/\x1b[2J.ipynb": "x"})))
    assert result.exit_code == 0 and "../\ufffd[2J\ufffd2J\ufffdx in in.zip: refused: it climbs out" in result.output
    assert there(root) == {"ada/ps1/\ufffd[2J.ipynb": "x"}


def test_the_terminal_shows_twenty_of_a_kind_and_the_table_all(root):
    result = command(root, str(zipped(root / "in.zip", {f"../{number}": "x" for number in range(25)})))
    assert result.output.count("climbs out") == 20 and "... and 5 more that are refused." in result.output
    assert len(table(root)) == 25


def test_more_files_of_a_student_than_anyone_needs(root, monkeypatch):
    monkeypatch.setattr("autograder.collect.batch.MOST_FILES", 3)
    take(root, zipped(root / "in.zip", {f"ada/{number}": "x" for number in range(5)} | {"bo/sums.ipynb": "bo"}))
    assert sorted(there(root)) == ["ada/ps1/0", "ada/ps1/1", "ada/ps1/2", "bo/ps1/sums.ipynb"]
    (row,) = [row for row in table(root) if row["status"] == "refused"]
    assert (row["student"], row["where"]) == ("ada", "ada/3")
    assert row["note"] == "is beyond 3 files of one student, as are 1 more"


def test_a_zip_bomb_costs_nobody_else_anything(root, monkeypatch):
    monkeypatch.setattr("autograder.collect.archive.ALWAYS_ALLOWED", 1_000_000)
    summary = take(root, zipped(root / "in.zip", {
        "fay/sums.ipynb": "0" * 900_001, "eve/sums.ipynb": "0" * 900_000, "ada/sums.ipynb": "ada"}))
    assert sorted(there(root)) == ["ada/ps1/sums.ipynb", "eve/ps1/sums.ipynb"]
    assert any(line.startswith("fay/sums.ipynb in in.zip: refused: it would take what is unpacked beyond 1 MB")
               for line in summary.sentences())
    assert not list((root / "submitted").glob(".incoming-*"))


def test_folders_of_two_students_that_differ_only_in_case(root):
    take(root, zipped(root / "in.zip", {"ada/sums.ipynb": "1", "Ada/else.ipynb": "2"}))
    assert there(root) == {"ada/ps1/sums.ipynb": "1"}
    assert [row["where"] for row in table(root) if row["status"] == "refused"] == ["Ada/else.ipynb"]


def test_a_file_where_another_has_a_folder(root):
    take(root, zipped(root / "in.zip", {"ada/x": "file", "ada/x/y": "below it"}))
    assert len(there(root)) == 1
    assert [row["status"] for row in table(root)] == ["counts", "refused"]


def test_grading_finds_what_was_collected_and_nothing_else(root):
    attempt(root, "2026-11-29 10:00:00", "first")
    take(root, attempt(root, "2026-11-30 10:00:00", "second"))
    take(root, laid(root, {"sums.ipynb": "whose"}) / "sums.ipynb")
    assert [folder.student for folder in submission_files.students(root / "submitted", "ps1")] == ["ada"]


def test_a_deadline_for_no_assignment_is_a_mistake(root):
    (root / "course" / "course.toml").write_text("[deadlines]\nps11 = 2026-11-30T23:59:00\n")
    result = command(root, str(zipped(root / "in.zip", {"ada/sums.ipynb": "x"})))
    assert result.exit_code == 2 and "There is no assignment 'ps11' in [deadlines]" in result.output.replace("\n", " ")


def test_the_readers_names_do_not_depend_on_the_way_a_name_is_composed():
    read = Reader("ps1", ["sums"], ["ps1"]).read
    assert read("Zoe\u0308/sums.ipynb").names == read("Zoë/sums.ipynb").names == ("Zoë",)


@pytest.mark.parametrize("text, hour", [
    ("2026-11-30 12:00:00.000000 UTC", 12), ("2026-11-30 12:00:00 CET", 11), ("2026-11-30 12:00:00 +0200", 10),
    ("2026-11-30T12:00:00Z", 12), ("2026-11-30-12-00-00", 20), ("30 November 2026, 12:00 PM", 20),
    ("2026-11-30 12:00 XYZ", 20), ("-", None), ("", None), ("May", None), ("12", None), ("99999999999999999999", None),
    ("Montag, 30. Nebelmond 2026", None),
])
def test_times(text, hour):
    time = instant(text, ZoneInfo("America/Los_Angeles"))
    assert (time and (time.year, time.month, time.day, time.hour)) == (hour and (2026, 11, 30, hour))
