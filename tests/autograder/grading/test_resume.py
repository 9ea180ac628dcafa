"""An interrupted run continues where it stopped, whatever the cause, and ends as if it had not been interrupted."""

import contextlib
import csv
import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from pathlib import Path
from unittest.mock import MagicMock

import nbformat
import psutil
import pytest
from conftest import AREA, DOUBLE, hand_in, mark, source_notebook, submission
from nbformat.v4 import new_code_cell
from nbgrader.api import Grade, Gradebook

from autograder import course as courses
from autograder.errors import UserError
from autograder.grading import cluster, grade, worker
from autograder.jobs import Limits

KILLS = 12  # kills in each test
LONG = 120  # seconds; a bound that no event reaches, not a waiting time
ANSWERS = [DOUBLE, "def double(x):\n    return 2", "def double(x:", "raise ValueError('no')"]
LIMITS = Limits(cell_seconds=20, notebook_seconds=60)


def command(arguments: list[str], output, folder: str) -> None:
    """Run `autograder ARGUMENTS` in a separate process, with its standard output going to a pipe."""
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = None
    os.dup2(output.fileno(), 1)
    output.close()
    from autograder.cli import app

    app(arguments)


class Batch:
    """A process that runs `autograder grade --json`; started again, it resumes the run."""

    def __init__(self, course_folder: Path, submitted: Path, out: Path, scratch: Path, workers: int) -> None:
        self.arguments = ["grade", "ps1", "--course", str(course_folder), "--submissions", str(submitted),
                          "--out", str(out), "--workers", str(workers), "--json"]
        self.out, self.scratch = out, scratch
        self.seen: set[str] = set()  # the students reported as graded
        self.processes: set[psutil.Process] = set()
        self.text = b""

    def start(self) -> None:
        context = multiprocessing.get_context("forkserver")
        self.pipe, output = context.Pipe(duplex=False)
        self.process = context.Process(target=command, args=(self.arguments, output, str(self.scratch)))
        self.process.start()
        output.close()
        self.text = b""

    def event(self, seconds: float = LONG) -> dict | None:
        """Return the next event; None if there is none within `seconds` or the process has ended."""
        while b"\n" not in self.text:
            if not self.pipe.poll(seconds):
                assert seconds != LONG, "nothing happens"
                return None
            part = os.read(self.pipe.fileno(), 100_000)
            if not part:
                return None
            self.text += part
        line, _, self.text = self.text.partition(b"\n")
        event = json.loads(line)
        assert not (event["ran_now"] and event["student"] in self.seen), "graded twice"
        self.seen.add(event["student"])
        return event

    def events(self, seconds: float) -> None:
        """Read all events that arrive within `seconds`, including those waiting at the end."""
        end = time.monotonic() + seconds
        while self.event(max(0, end - time.monotonic())) is not None:
            pass

    def family(self) -> list[psutil.Process]:
        """Return all processes of this run that are alive now."""
        with contextlib.suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.process.pid).children(recursive=True)
            self.processes.update(found)
            return found
        return []

    def workers(self) -> list[psutil.Process]:
        """Return the worker, or both if Dask has started another one: the forks of the workers' common fork server."""
        family = self.family()
        servers = [p.pid for p in family if p.ppid() == self.process.pid and "forkserver" in " ".join(p.cmdline())]
        return [process for process in family if process.ppid() in servers]

    def kill(self) -> bool:
        """Kill the process; return False if it had already ended by itself."""
        self.family()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.join()
        self.pipe.close()
        return self.process.exitcode == -signal.SIGKILL

    def finish(self) -> None:
        """Let the process run to its end."""
        while self.event() is not None:
            self.family()
        self.process.join()
        self.pipe.close()
        assert self.process.exitcode == 0

    def nothing_is_left(self) -> None:
        _, alive = psutil.wait_procs(self.processes, timeout=20)
        assert alive == []
        assert [path.name for path in self.scratch.glob("ag-*")] == []
        assert list(self.out.rglob("*.part")) == []


@pytest.fixture
def scratch():
    """A temporary folder for one test, with a path short enough for the names of Unix sockets."""
    folder = Path(tempfile.mkdtemp(prefix="r-"))
    yield folder
    shutil.rmtree(folder)


def hand_in_class(folder: Path, version, size: int) -> Path:
    for number in range(size):
        hand_in(folder, f"s{number:03}", submission(version, double=ANSWERS[number % 4], area=AREA))
    return folder


def everything_graded_once(out: Path, expected: list[dict]) -> None:
    """Check that ledger, table and gradebook contain each submission once, with the expected scores."""
    rows = table(out)
    assert rows == expected
    students = list(dict.fromkeys(row["student"] for row in rows))
    assert sorted(path.parent.name for path in (out / "results" / "ps1").glob("*/*")) == students
    database = sqlite3.connect(out / "gradebook.db")
    assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert database.execute("pragma foreign_key_check").fetchall() == []
    database.close()
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as gradebook:
        found = sorted((grade.student.id, grade.name, grade.auto_score) for grade in gradebook.db.query(Grade))
    assert found == sorted(
        (row["student"], row["grade_id"], float(row["score"]) if row["score"] else None) for row in rows)


def table(out: Path) -> list[dict]:
    with (out / "scores.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def undisturbed(course, submitted: Path, out: Path) -> list[dict]:
    grade.grade(course, "ps1", submitted, out, workers=2)
    return table(out)


def test_the_coordinator_is_killed_again_and_again(course, course_folder, version, tmp_path, scratch):
    submitted = hand_in_class(tmp_path / "submitted", version, 12)
    expected = undisturbed(course, submitted, tmp_path / "whole")
    chance = random.Random(4)
    kills, number = 0, 0
    while kills < KILLS:
        number += 1
        batch = Batch(course_folder, submitted, tmp_path / f"out{number}", scratch, 2)
        while len(batch.seen) < 12 and kills < KILLS:
            batch.start()
            fresh = chance.choice((0, 0, 1, 2, 3))  # how many submissions it may grade before it is killed
            while fresh and (event := batch.event()) is not None:
                fresh -= event["ran_now"]
            wait = chance.uniform(0, 3 if not batch.seen else 0.4)
            while (event := batch.event(wait)) is not None and event["done"] < 12:
                wait /= 2
            batch.kill()
            kills += 1
        batch.start()
        batch.finish()
        everything_graded_once(batch.out, expected)
        batch.nothing_is_left()
    assert kills == KILLS


def test_a_worker_is_killed_again_and_again(course, course_folder, version, tmp_path, scratch):
    size = 8 * KILLS  # about four are graded between two kills, and more on a fast machine
    submitted = hand_in_class(tmp_path / "submitted", version, size)
    chance = random.Random(5)
    batch = Batch(course_folder, submitted, tmp_path / "out", scratch, 1)
    batch.start()
    kills = 0
    batch.event()
    while kills < KILLS:
        # a killed worker's submission runs last and alone; a second kill then would be blamed on it
        assert len(batch.seen) < size - kills - 3, "too few are left, and too few workers were there to be killed"
        workers = batch.workers()
        batch.events(chance.uniform(0, 0.3))
        for process in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
        batch.events(0)
        for _ in range(2):
            batch.event()
    batch.finish()
    assert kills >= KILLS and len(batch.seen) == size
    expected = undisturbed(course, hand_in_class(tmp_path / "four", version, 4), tmp_path / "whole")
    everything_graded_once(batch.out, [
        row | {"student": f"s{number:03}"} for number in range(size)
        for row in expected if row["student"] == f"s{number % 4:03}"
    ])
    batch.nothing_is_left()


@pytest.fixture
def here(monkeypatch):
    """Replace the cluster: workers' tasks run in this process."""
    monkeypatch.setattr(cluster, "connect", lambda *_: contextlib.nullcontext(MagicMock()))
    monkeypatch.setattr(cluster, "spread", lambda client, work, jobs, *_: ((job, work(*job)) for job in jobs))
    monkeypatch.setattr(worker, "_current", None)
    yield
    worker.close_server()


class Class:
    """A course of its own that can be changed and graded several times."""

    def __init__(self, root: Path) -> None:
        self.root, self.submitted, self.out = root, root / "submitted", root / "out"
        self.path = root / "source" / "ps1" / "sums.ipynb"
        self.path.parent.mkdir(parents=True)
        self.write(source_notebook())
        self.course = courses.load(root)

    def write(self, notebook) -> None:
        nbformat.write(notebook, self.path)

    def grade(self, limits: Limits = LIMITS, **options) -> list[str]:
        """Grade the class and return the students whose submissions were run."""
        events = []
        grade.grade(self.course, "ps1", self.submitted, self.out, limits, 1, events.append, **options)
        return [event.student for event in events if event.ran_now]

    def scores(self, student: str) -> dict[str, str]:
        return {row["grade_id"]: row["score"] for row in table(self.out) if row["student"] == student}

    def gradebook(self, student: str) -> dict[str, float | None]:
        with Gradebook(f"sqlite:///{self.out / 'gradebook.db'}") as gradebook:
            found = gradebook.find_submission_notebook("sums", "ps1", student)
            return {grade.name: grade.score for grade in found.grades}


@pytest.fixture
def small(tmp_path, version, here):
    made = Class(tmp_path)
    for student in ("ada", "bob"):
        hand_in(made.submitted, student, submission(version, double=DOUBLE, area=AREA, why="Since."))
    assert made.grade() == ["ada", "bob"]
    return made


def test_what_is_graded_is_not_run_again_unless_it_is_asked_for(small):
    assert small.grade() == []
    assert small.grade(regrade=True) == ["ada", "bob"]


def test_a_changed_submission_limit_or_release_is_run_again(small, version):
    hand_in(small.submitted, "bob", submission(version, double="def double(x):\n    return 2", area=AREA))
    assert small.grade() == ["bob"]
    assert small.scores("bob")["test_double"] == "0" and small.gradebook("bob")["test_double"] == 0
    assert small.grade(Limits(cell_seconds=21)) == ["ada", "bob"]
    notebook = source_notebook()
    notebook.cells[5].source = notebook.cells[5].source.replace("area(3.0)", "area(4.0)").replace("9 *", "16 *")
    small.write(notebook)
    assert small.grade(Limits(cell_seconds=21)) == ["ada", "bob"]


def by_hand(small, name: str, score: float) -> None:
    with Gradebook(f"sqlite:///{small.out / 'gradebook.db'}") as gradebook:
        found = gradebook.find_grade(name, "sums", "ps1", "ada")
        found.manual_score, found.needs_manual_grade = score, False
        gradebook.find_comment("why", "sums", "ps1", "ada").manual_comment = "Say which."
        gradebook.db.commit()


def test_a_removed_test_keeps_no_score_and_the_rest_is_kept(small):
    by_hand(small, "why", 0.5)
    notebook = source_notebook()
    del notebook.cells[3]  # test_double
    notebook.cells.append(new_code_cell(
        "assert double(5) == 10", id="more", metadata=mark("test_more", points=4, locked=True)))
    small.write(notebook)
    with pytest.raises(UserError, match="Cannot add or remove cells .* --regrade takes the removed cells' scores out"):
        small.grade()
    assert small.gradebook("ada") == {"test_double": 2, "test_area": 3, "why": 0.5}
    assert small.grade(regrade=True) == ["ada", "bob"]
    assert small.scores("ada") == {"test_area": "3", "test_more": "4", "why": ""}
    assert small.gradebook("ada") == {"test_area": 3, "test_more": 4, "why": 0.5}
    with Gradebook(f"sqlite:///{small.out / 'gradebook.db'}") as gradebook:
        assert gradebook.find_comment("why", "sums", "ps1", "ada").comment == "Say which."
        assert gradebook.find_assignment("ps1").max_score == 8
    assert small.grade() == []
