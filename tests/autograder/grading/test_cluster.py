"""Workers in other processes share nothing with the course and may die; the class is graded all the same."""

import csv
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import psutil
import pytest
from conftest import AREA, DOUBLE, hand_in, submission
from dask.distributed import get_worker
from typer.testing import CliRunner

from autograder.cli import app
from autograder.errors import UserError, WorkersDied
from autograder.grading import cluster, grade, worker
from autograder.jobs import Limits

LIMITS = Limits(cell_seconds=20, notebook_seconds=60)


def started(line: list[str], folder, ready: str) -> tuple[subprocess.Popen, str]:
    """Start a command of Dask and wait for a line on stderr with `ready`; return the process and the line."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + line[0], *line[1:]], cwd=folder, stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL, text=True, env=os.environ | {"PYTHONPATH": ""},
    )
    for said in process.stderr:
        if ready in said:
            return process, said
    raise AssertionError(f"{line[0]} ended")


@contextmanager
def processes(folder, workers: int, *options: str):
    """Run a scheduler and workers in separate processes; yield the scheduler's address."""
    folder.mkdir()
    running = []
    try:
        scheduler, said = started(
            ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0"],
            folder, "Scheduler at:")
        running.append(scheduler)
        address = re.search(r"tcp://[\d.:]+", said)[0]
        for _ in range(workers):
            worker, _ = started(
                ["dask_worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder),
                 *options], folder, "Registered to")
            running.append(worker)
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(20)
            process.stderr.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a scheduler with two workers, which run in an empty folder."""
    with processes(tmp_path_factory.mktemp("elsewhere") / "empty", 2) as found:
        yield found


def rows(out) -> list[dict]:
    with (out / "scores.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_cluster_of_other_processes_gives_the_scores_of_a_local_run(course, version, tmp_path, address):
    submitted = tmp_path / "submitted"
    for number, answer in enumerate((DOUBLE, "def double(x):\n    return 2", "def double(x:", "1 / 0")):
        hand_in(submitted, f"s{number}", submission(version, double=answer, area=AREA))
    hand_in(submitted, "s4", b"not a notebook")
    grade.grade(course, "ps1", submitted, tmp_path / "local", LIMITS, 1)
    grade.grade(course, "ps1", submitted, tmp_path / "spread", LIMITS, scheduler=address)
    assert rows(tmp_path / "spread") == rows(tmp_path / "local")
    assert [row["score"] for row in rows(tmp_path / "local") if row["grade_id"] == "test_double"] == list("20000")


def work(kind: str, folder=None):
    """Return a function for workers to call with a name; an inner function, because workers do not have this file."""
    def dies(name: str) -> str:
        if name == "bob":
            os.kill(os.getpid(), signal.SIGKILL)
        return name

    def waits(name: str) -> str:
        """At its first call, Bob's job writes its process id to a file and waits to be killed."""
        mark = folder / name
        if mark.exists():
            return f"{name} again"
        part = folder / f"{name}.part"
        part.write_text(str(os.getpid()))
        part.rename(mark)
        if name == "bob":
            signal.pause()
        return f"{name} once"

    def is_ended(name: str) -> str:
        """Bob's first worker is killed; the next two are told to shut down in the middle of the job."""
        attempt = len(list(folder.iterdir()))
        (folder / str(attempt)).write_text(get_worker().address)
        if attempt == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if attempt < 3:
            time.sleep(3)
        return f"{name} after {attempt}"

    return {"dies": dies, "waits": waits, "is_ended": is_ended}[kind]


@pytest.mark.parametrize("where", ["local", "other processes"])
def test_a_submission_that_kills_its_worker_twice_is_given_up_and_nobody_elses(where, request):
    scheduler = request.getfixturevalue("address") if where == "other processes" else None
    names = ["ada", "bob", "cy", "dee", "eve"]
    with cluster.connect(2, scheduler) as client:
        before = set(client.run(os.getpid).values())
        found = {job[0]: result for job, result in cluster.spread(client, work("dies"), [(n,) for n in names])}
        client.wait_for_workers(2, timeout=60)
        after = set(client.run(os.getpid).values())
    assert len(after) == 2 and after != before  # the dead worker was replaced
    assert isinstance(found.pop("bob"), WorkersDied)
    assert found == {name: name for name in names if name != "bob"}


def test_a_killed_workers_submission_is_run_again(address, tmp_path):
    def kill():
        while not (tmp_path / "bob").exists():
            time.sleep(0.01)
        os.kill(int((tmp_path / "bob").read_text()), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with cluster.connect(None, address) as client:
        jobs = [(name,) for name in ("ada", "bob", "cy", "dee")]
        found = sorted(result for _, result in cluster.spread(client, work("waits", tmp_path), jobs))
    killer.join()
    assert found == ["ada once", "bob again", "cy once", "dee once"]


def test_a_worker_that_dask_ends_has_not_died(tmp_path):
    """After one death and two workers retired in the middle of a submission, it is graded all the same."""
    with cluster.connect(1) as client:
        def retire():
            for attempt in (1, 2):
                while not (tmp_path / str(attempt)).exists() or not (tmp_path / str(attempt)).read_text():
                    time.sleep(0.01)
                client.retire_workers([(tmp_path / str(attempt)).read_text()], close_workers=True)

        threading.Thread(target=retire, daemon=True).start()
        found = [result for _, result in cluster.spread(client, work("is_ended", tmp_path), [("bob",)])]
    assert found == ["bob after 3"]


def test_a_submission_whose_workers_died_has_its_row_and_flag(course, version, tmp_path, monkeypatch):
    for student in ("ada", "bob"):
        hand_in(tmp_path / "submitted", student, submission(version, double=DOUBLE, area=AREA))
    spread = cluster.spread

    def with_one_dying(client, work, jobs, *more):
        def lethal(setup, task):
            if task.student == "bob":
                os.kill(os.getpid(), signal.SIGKILL)
            return work(setup, task)

        return spread(client, lethal, jobs, *more)

    monkeypatch.setattr(cluster, "spread", with_one_dying)
    summary = grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", LIMITS, 2)
    assert [row.score for row in summary] == ["5", "0"]
    assert "The run was stopped: it took its worker down when it ran alone, too." in summary[1].summary
    log = (tmp_path / "out" / "logs" / "ps1" / "bob" / "sums.log").read_text().splitlines()
    assert log == ["it took its worker down", worker.AGAIN,
                   "The run was stopped: it took its worker down when it ran alone, too."]
    theirs = [row for row in rows(tmp_path / "out") if row["student"] == "bob"]
    assert {(row["status"], row["flags"]) for row in theirs} == {("killed", "worker-died")}
    assert len(theirs) == 3


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    monkeypatch.setitem(cluster.SETTINGS, "distributed.comm.timeouts.connect", "1s")


def test_nobody_answers(course_folder, version, tmp_path, impatient):
    hand_in(tmp_path / "submitted", "ada", submission(version))
    result = grade_by_command(course_folder, tmp_path, "tcp://127.0.0.1:9")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in result.stderr
    assert "start one with `dask scheduler`, or leave --scheduler out." in result.stderr


def grade_by_command(course_folder, folder, address):
    return CliRunner().invoke(app, [
        "grade", "ps1", "--course", str(course_folder), "--submissions", str(folder / "submitted"),
        "--out", str(folder / "out"), "--scheduler", address,
    ])


@pytest.mark.parametrize("workers, options, sentence", [
    (0, [], "has no worker; start some with `dask worker tcp://127.0.0.1:"),
    (1, ["--nthreads", "3"], "takes several tasks at a time"),
])
def test_a_cluster_that_cannot_grade(workers, options, sentence, tmp_path, impatient):
    with (processes(tmp_path / "empty", workers, *options) as address, pytest.raises(UserError, match=re.escape(sentence)),
          cluster.connect(None, address)):
        raise AssertionError("connected")


def test_the_scheduler_goes(tmp_path):
    with processes(tmp_path / "empty", 1) as address:
        port = int(address.rpartition(":")[2])
        (process,) = {c.pid for c in psutil.net_connections("tcp") if c.laddr and c.laddr.port == port and c.status == "LISTEN"}
        with cluster.connect(None, address) as client, pytest.raises(UserError, match="the same command goes on"):
            for _ in cluster.spread(client, work("dies"), ((name,) for name in ("ada", "cy", "dee"))):
                os.kill(process, signal.SIGKILL)


def test_no_more_jobs_are_under_way_than_were_asked_for():
    def span(number):
        began = time.monotonic()
        time.sleep(0.2)
        return began, time.monotonic()

    with cluster.connect(2) as client:
        assert client.most_jobs == 2
        client.wait_for_workers(2, timeout=60)
        client.most_jobs = 1  # there is now one worker too many, as after a death
        spans = sorted(result for _, result in cluster.spread(client, span, [(n,) for n in range(5)]))
    assert len(spans) == 5 and all(end <= begin for (_, end), (begin, _) in zip(spans, spans[1:], strict=False))


def test_what_is_to_run_once_more_runs_after_all_others_and_alone():
    def span(number, again):
        began = time.monotonic()
        time.sleep(0.3)
        return began, time.monotonic()

    with cluster.connect(2) as client:
        client.wait_for_workers(2, timeout=60)
        jobs = [(number, False) for number in range(5)]
        found = {job: result for job, result in cluster.spread(
            client, span, jobs, lambda job, result: None if job[0] % 2 else (job[0], True))}
    assert sorted(found) == [(0, True), (1, False), (2, True), (3, False), (4, True)]
    spans = sorted(result for (_, again), result in found.items() if again)
    assert all(end <= begin for (_, end), (begin, _) in zip(spans, spans[1:], strict=False))
    assert max(end for (_, again), (_, end) in found.items() if not again) <= spans[0][0]


def test_a_local_cluster_is_encrypted_and_shows_no_page():
    def page(dask_scheduler) -> int:
        return dask_scheduler.http_server.port

    def pages_of_workers(dask_worker) -> int:
        return dask_worker.http_server.port

    with cluster.connect(1) as client:
        assert client.scheduler.address.startswith("tls://127.0.0.1:")
        ports = [client.run_on_scheduler(page), *client.run(pages_of_workers).values()]
        for port in ports:
            for path in ("", "status", "health", "info/main/workers.html", "api/v1/retire_workers", "json/counts.json"):
                with pytest.raises(urllib.error.HTTPError) as refused:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5)
                assert refused.value.code == 404
        assert {c.laddr.ip for c in psutil.Process().net_connections("tcp") if c.status == "LISTEN"} == {"127.0.0.1"}
