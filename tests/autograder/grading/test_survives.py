"""Trouble around a run: two runs at once, full disks, damaged gradebooks, changed tables, students graded alone."""

import csv
import errno
import io
import json
import os
import shutil
import sqlite3
import unicodedata
import zipfile
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from conftest import AREA, DOUBLE, hand_in, submission
from typer.testing import CliRunner

from autograder import cli, files, jobs
from autograder.errors import UserError
from autograder.grading import cluster, grade, pool, rehearsal, worker
from autograder.jobs import Limits, Score
from autograder.results import gradebook
from autograder.results.grades import load
from autograder.results.ledger import Ledger

GRADE_ONE = worker.grade_one
LIMITS = Limits(cell_seconds=20, notebook_seconds=40)


class Workers(pool.Pool):
    """A stand-in for the workers of a command, and for a cluster's client."""

    def start(self, setup):
        return self, None

    def scheduler_info(self, n_workers):
        return {"workers": {"here": None}}


@pytest.fixture
def batch(course, version, tmp_path, monkeypatch):
    """A function that grades a folder of submissions without a kernel: a file containing `right` gets full points."""
    def pretend(setup, task):
        right = task.student == rehearsal.SOLUTION or b"right" in task.files[0][1]
        rows = [Score(name, points * right if points else None, points or 1.0, "ok" if points and right else "failed" if points else "manual", written=not points)
                for name, points in (("test_double", 2.0), ("test_area", 3.0), ("why", None))]
        return jobs.Result(task.student, task.name, rows, None, "pretended\n")

    monkeypatch.setattr(worker, "grade_one", pretend)
    monkeypatch.setattr(grade, "Pool", Workers)
    monkeypatch.setattr(cluster, "spread", lambda client, function, jobs, *_: cluster.here(function, jobs))

    def run(submissions=tmp_path / "submitted", **options):
        said = []
        rows = grade.grade(course, "ps1", submissions, tmp_path / "out", LIMITS, pool=Workers(1), say=said.append,
                           **options)
        return {row.student: row.score for row in rows}, said

    run.root, run.out, run.submitted = tmp_path, tmp_path / "out", tmp_path / "submitted"
    for student in ("ada", "bob"):
        hand_in(run.submitted, student, b"right" if student == "ada" else b"wrong")
    return run


def students(out: Path) -> list[str]:
    with (out / "submissions.csv").open(encoding="utf-8") as file:
        return [row["student"] for row in csv.DictReader(file)]


def test_a_late_student_graded_alone_leaves_everybody_in_tables_results_and_gradebook(batch):
    batch()
    hand_in(batch.root / "late", "zoe", b"right")
    assert batch(batch.root / "late") == ({"zoe": "5"}, [])
    assert students(batch.out) == ["ada", "bob", "zoe"]
    assert [result.student for result in load(batch.out)] == ["ada", "bob", "zoe"]
    (batch.out / "gradebook.db").unlink()
    batch(batch.root / "late")
    with gradebook.opened(f"sqlite:///{batch.out / 'gradebook.db'}") as book:
        assert gradebook.recorded(book, "ps1") == {"ada", "bob", "zoe"}


def test_who_was_graded_with_an_earlier_release_is_named(batch, monkeypatch):
    batch()
    ledger = Ledger(batch.out, "ps1")
    ledger.keep(jobs.Result("eve", "sums", []), "", "an earlier release")
    _, said = batch()
    assert len(said) == 1 and "graded with an earlier release of ps1: eve." in said[0]


@pytest.mark.parametrize("save", [
    lambda text: "\ufeff" + text.replace(",", ";").replace("\n", "\r\n"), lambda text: "student\n", lambda text: text + "x",
])
def test_a_table_that_a_spreadsheet_program_saved_is_kept_and_changes_nothing(batch, save):
    batch()
    ours = (batch.out / "scores.csv").read_text()
    theirs = save(ours)
    (batch.out / "scores.csv").write_text(theirs, newline="")
    assert [result.student for result in load(batch.out)] == ["ada", "bob"]
    _, said = batch()
    assert said == ["scores.csv had been changed by another program: that version is kept as scores (changed 1).csv."]
    assert (batch.out / "scores.csv").read_text() == ours
    assert (batch.out / "scores (changed 1).csv").read_bytes().decode() == theirs
    assert batch()[1] == []


def test_two_runs_on_one_folder(batch):
    with files.alone(batch.out), pytest.raises(UserError, match=r"Another run writes to .*out \(process \d+\)"):
        batch()
    batch()


def test_a_damaged_gradebook_is_a_sentence_and_nothing_is_lost(batch):
    batch()
    (batch.out / "gradebook.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(UserError, match="gradebook.db is damaged .* Nothing that was graded is lost"):
        batch()
    assert students(batch.out) == ["ada", "bob"]
    (batch.out / "gradebook.db").rename(batch.out / "damaged.db")
    assert batch()[0] == {"ada": "5", "bob": "0"}


def test_a_locked_gradebook_is_a_sentence(batch, monkeypatch):
    batch()
    hand_in(batch.submitted, "cleo", b"right")
    other = sqlite3.connect(batch.out / "gradebook.db", isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(UserError, match="in use by another program"):
        batch()
    other.execute("rollback")
    assert batch()[0]["cleo"] == "5"


def command(course_folder, batch):
    return CliRunner().invoke(cli.app, [
        "grade", "ps1", "--course", str(course_folder), "--submissions", str(batch.submitted), "--out", str(batch.out)])


@pytest.mark.parametrize("number, said", [
    (errno.ENOSPC, "The disk is full at"), (errno.EROFS, "cannot be used (Read-only file system)"),
])
def test_a_disk_that_takes_no_more_is_a_sentence_and_the_same_command_goes_on(batch, course_folder, monkeypatch, number, said):
    batch()
    hand_in(batch.submitted, "cleo", b"right")
    whole = files.os.replace

    def full(source, target):
        if "cleo" in str(target):
            raise OSError(number, os.strerror(number), str(target))
        whole(source, target)

    monkeypatch.setattr(files.os, "replace", full)
    result = command(course_folder, batch)
    assert result.exit_code == 2 and said in result.output and "Traceback" not in result.output
    assert not list(batch.out.rglob("*.part"))
    monkeypatch.setattr(files.os, "replace", whole)
    assert students(batch.out) == ["ada", "bob"]
    assert batch()[0] == {"ada": "5", "bob": "0", "cleo": "5"}


def test_what_the_grader_could_not_do_is_exit_code_1_and_tried_again(batch, course_folder, monkeypatch):
    hand_in(batch.submitted, "mallory", b"right")
    real = grade.submission_files.files

    def refuse(folder, *more):
        if folder.student == "mallory":
            raise ValueError("\x1b[2Jodd\n")
        return real(folder, *more)

    monkeypatch.setattr(grade.submission_files, "files", refuse)
    result = command(course_folder, batch)
    assert result.exit_code == 1 and "the grader failed at mallory" in result.output
    assert "\x1b" not in result.output and students(batch.out) == ["ada", "bob", "mallory"]
    monkeypatch.setattr(grade.submission_files, "files", real)
    result = command(course_folder, batch)
    assert result.exit_code == 0


def test_a_result_names_its_release(batch):
    batch()
    kept = json.loads((batch.out / "results/ps1/ada/sums.json").read_text())
    assert kept["release"] == Ledger(batch.out, "ps1").releases()["sums"]


def test_the_fingerprint_follows_what_is_visible_and_installed(version, monkeypatch):
    import nbformat

    from autograder.results import environment
    from autograder.results.ledger import fingerprint

    def mark(**changes):
        environment.digest.cache_clear()
        setup = jobs.Setup(versions={"sums": nbformat.writes(version)}, limits=LIMITS, **changes)
        return fingerprint(setup, jobs.Submission("ada", "sums"))

    first = mark()
    assert mark() == first and mark(threads=7) == first
    assert mark(visible=("pyproject.toml",)) != first
    monkeypatch.setattr(environment, "distributions", lambda: [])
    assert mark() != first




def odd(right: bytes, chance: Random) -> dict[str, bytes]:
    """Return the files of a student who hands in something that no one has thought of."""
    def bits(content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(chance.randrange(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)

    def twice(content: bytes) -> bytes:
        place = chance.randrange(len(content))
        return content[:place] + content[chance.randrange(len(content)):]

    def zipped(content: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a\\b/../sums.ipynb", content)
        return buffer.getvalue()

    def deeper(content: bytes) -> bytes:
        document = json.loads(content)
        cell = chance.choice(document["cells"])
        cell[chance.choice(list(cell))] = chance.choice([None, [], {}, 7, [[["x"]]], {"nbgrader": {"grade_id": ["x"]}}, "\ud800"])
        return json.dumps(document).encode()

    content = right
    for change in chance.choices([bits, twice, zipped], k=chance.randrange(3)) if chance.random() < 0.6 else [deeper]:
        content = change(content)
    return {chance.choice(["sums.ipynb", "=1+1.ipynb", "a\nb.ipynb", "sums.ipynb.txt", "x.zip", "ü" * 60 + ".json"]): content}


def test_whatever_is_handed_in_every_student_has_a_row_and_everybody_elses_is_as_it_was(batch, version, monkeypatch):
    """Submissions are read, repaired and scored as usual, but not run."""
    monkeypatch.setattr(worker, "grade_one", GRADE_ONE)
    monkeypatch.setattr(worker.run, "run", lambda notebook, *_, **__: notebook)
    monkeypatch.setattr(worker, "server_for", lambda *_: SimpleNamespace(cold="", missing={}))
    right = json.dumps(submission(version, double=DOUBLE, area=AREA, why="Because.")).encode()
    for student in ("ada", "zoe"):
        hand_in(batch.submitted, student, right)
    shutil.rmtree(batch.submitted / "bob")
    names = [f"{number:02}" for number in range(60)]
    for number, student in enumerate(names):
        for name, content in odd(right, Random(number)).items():
            hand_in(batch.submitted, student, content, name=name)
    (batch.submitted / "60").mkdir()
    (batch.submitted / "60" / "ps1").write_text("no folder")
    os.makedirs(os.fsencode(batch.submitted) + b"/ren\xe9e/ps1")
    batch(anyway=True)  # nothing is run, so the solution gets no points either
    with (batch.out / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 64 and {row["student"] for row in rows} >= {"ada", "zoe", "60", *names}
    theirs = [[tuple(row.values())[3:] for row in rows if row["student"] == student] for student in ("ada", "zoe")]
    assert theirs[0] == theirs[1] and [row[3] for row in theirs[0]] == ["killed", "killed", "manual"]
    for path in batch.out.rglob("*"):
        if path.suffix in (".csv", ".log"):
            text = path.read_text(encoding="utf-8")
            assert not set(map(unicodedata.category, text)) & {"Cs", "Zl", "Zp"} and "\x1b" not in text, path
    for table in ("scores.csv", "submissions.csv"):
        for line in csv.reader((batch.out / table).open(encoding="utf-8", newline="")):
            assert not any(cell.startswith(("=", "+", "@")) for cell in line)
    worker.close_server()
