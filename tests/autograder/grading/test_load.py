"""Scores do not depend on the load of the machine."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from conftest import AREA, DOUBLE, hand_in, submission

from autograder import jobs
from autograder.grading import grade, worker
from autograder.jobs import Limits


@pytest.fixture
def busy():
    """Twelve processes that compute all the time, each in its own session."""
    code = "import time\nend = time.monotonic() + 600\nwhile time.monotonic() < end: pass"
    processes = [subprocess.Popen([sys.executable, "-c", code], start_new_session=True) for _ in range(12)]
    yield
    for process in processes:
        process.kill()
        process.wait()


def test_right_answers_have_full_points_beside_twelve_busy_processes(busy, version):
    """Each answer computes for half a second and may take one second; here it takes several by the clock."""
    work = "import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end: pass\n"
    setup = jobs.Setup({"sums": json.dumps(version)}, Limits(cell_seconds=1, notebook_seconds=2, still_seconds=2))
    notebook = json.dumps(submission(version, double=work + DOUBLE, area=work + AREA)).encode()
    result = worker.grade_one(setup, jobs.Submission("ada", "sums", (("sums.ipynb", notebook),)))
    worker.close_server()
    assert [score.status for score in result.scores] == ["ok", "ok", "missing"], result.log


@pytest.fixture
def seen(course, tmp_path):
    """The course, and a folder that is visible to students' code."""
    folder = tmp_path / "data"
    folder.mkdir()
    sandbox = course.settings.sandbox.model_copy(update={"visible": [str(folder)]})
    return replace(course, settings=course.settings.model_copy(update={"sandbox": sandbox})), folder


def test_what_hung_is_run_once_more_when_all_others_are_done_and_has_its_points(seen, version, tmp_path, monkeypatch):
    """Bob's answer waits as long as a file exists, which is until his first run is over."""
    course, folder = seen
    wait = f"import os, time\nwhile os.path.exists({str(folder / 'wait')!r}): time.sleep(0.1)\n"
    (folder / "wait").touch()
    for student in ("ada", "bob", "cy"):
        hand_in(tmp_path / "submitted", student,
                submission(version, double=(wait if student == "bob" else "") + DOUBLE, area=AREA))
    once_more, order = worker.once_more, []

    def hung(job, result):
        if other := once_more(job, result):
            (folder / "wait").unlink()
        return other

    monkeypatch.setattr(worker, "once_more", hung)
    summary = grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", Limits(still_seconds=2), 2,
                          lambda event: order.append(event.student))
    assert [row.score for row in summary] == ["5", "5", "5"] and order[2] == "bob"
    log = (tmp_path / "out" / "logs" / "ps1" / "bob" / "sums.log").read_text()
    first, second = log.split(worker.AGAIN)
    assert "The cell waited for 2 s without computing." in first and "timeout" not in second


def test_what_hangs_again_has_no_points_and_the_log_says_both(seen, version, tmp_path):
    course, _ = seen
    hand_in(tmp_path / "submitted", "bob", submission(version, double="import time; time.sleep(60)\n" + DOUBLE, area=AREA))
    (row,) = grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", Limits(still_seconds=2), 1)
    assert row.score == "3" and "The cell waited for 2 s without computing." in row.summary
    log = (tmp_path / "out" / "logs" / "ps1" / "bob" / "sums.log").read_text()
    assert ["The cell waited for 2 s without computing." in part for part in log.split(worker.AGAIN)] == [True, True]
