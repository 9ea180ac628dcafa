"""The workers of one command share one warm parent, and several assignments one template."""

import csv
import os
import signal
import time
from dataclasses import replace

import nbformat
import psutil
import pytest
from conftest import AREA, DOUBLE, hand_in, source_notebook, submission
from typer.testing import CliRunner

from autograder import cli, jobs
from autograder import course as courses
from autograder.engine.sandbox import policy
from autograder.engine.sandbox.host import ForkServer
from autograder.grading import cluster, grade, pool, worker
from autograder.grading.pool import Pool
from autograder.jobs import Limits

LIMITS = Limits(cell_seconds=20, notebook_seconds=60)


def parents() -> list[psutil.Process]:
    """The bubblewraps that this process started, and those that its workers did."""
    family = psutil.Process().children(recursive=True)
    return [one for one in family if "bwrap" in one.name() and "bwrap" not in psutil.Process(one.ppid()).name()]


def setup(version) -> jobs.Setup:
    return jobs.Setup({"sums": nbformat.writes(version)}, LIMITS, threads=1)


def handed_in(version, **answers) -> tuple:
    return (("sums.ipynb", nbformat.writes(submission(version, **answers)).encode()),)


def test_two_workers_share_one_parent_and_it_ends_with_the_pool(version):
    with Pool(2) as workers:
        client, parent = workers.start(setup(version))
        todo = [(replace(setup(version), parent=parent), jobs.Submission(f"s{number}", "sums", handed_in(version, double=DOUBLE, area=AREA)))
                for number in range(4)]
        found = [result for _, result in cluster.spread(client, worker.grade_one, todo)]
        assert [[score.score for score in result.scores][:2] for result in found] == [[2, 3]] * 4
        (one,) = parents()
        assert one.ppid() == os.getpid()
        assert workers.start(setup(version))[1] == parent and parents() == [one]
    assert parents() == [] and not os.path.exists(parent.folder)


def test_where_the_shared_parent_has_ended_a_worker_starts_its_own(version):
    with Pool(1) as workers:
        _, parent = workers.start(setup(version))
        (one,) = parents()
        one.kill()
        one.wait(20)
        given = replace(setup(version), parent=parent)
        result = worker.grade_one(given, jobs.Submission("ada", "sums", handed_in(version, double=DOUBLE, area=AREA)))
        worker.close_server()
    assert [score.score for score in result.scores][:2] == [2, 3]


def test_a_worker_that_is_killed_ends_its_own_kernel_only(version, tmp_path):
    """Bob's worker is killed while Ada's kernel runs; hers goes on."""
    wait = "import time\ntime.sleep(4)\n"
    with Pool(2) as workers:
        client, parent = workers.start(setup(version))
        given = replace(setup(version), parent=parent)

        def work(setup, task):
            if task.student == "bob":
                time.sleep(1)
                os.kill(os.getpid(), signal.SIGKILL)
            return worker.grade_one(setup, task)

        todo = [(given, jobs.Submission(name, "sums", handed_in(version, double=wait + DOUBLE, area=AREA)))
                for name in ("ada", "bob")]
        found = {task.student: result for (_, task), result in cluster.spread(client, work, todo)}
        assert [score.score for score in found["ada"].scores][:2] == [2, 3] and worker.AGAIN not in found["ada"].log
        (one,) = parents()
        assert one.ppid() == os.getpid()


def test_a_parent_that_still_imports_is_ended_at_once(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\nsleep 600; true\n")
    program.chmod(0o755)
    monkeypatch.setattr(policy, "bubblewrap", lambda: str(program))
    server = ForkServer([])
    server.launch()
    began = time.monotonic()
    server.close()
    assert time.monotonic() - began < 5 and not server.folder.exists()


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """A course of three assignments that import different modules; the second one's solution fails its test."""
    root = tmp_path_factory.mktemp("three")
    for number, imports in enumerate(("import math", "import math, colorsys", "import math\nimport fractions"), start=1):
        notebook = source_notebook()
        notebook.cells[1].source = imports
        if number == 2:
            notebook.cells[3].source = notebook.cells[3].source.replace("== -14", "== -15")
        (root / "source" / f"ps{number}").mkdir(parents=True)
        nbformat.write(notebook, root / "source" / f"ps{number}" / "sums.ipynb")
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'three'\n")
    return courses.load(root)


@pytest.fixture(scope="module")
def submitted(three, version, tmp_path_factory):
    root = tmp_path_factory.mktemp("submitted")
    loaded = "import sys\ndef double(x):\n    return 2 * x if 'colorsys' not in sys.modules else 0"
    spies = ("def double(x):\n    import inspect\n    print(inspect.stack()[1].frame.f_globals['In'][-1])\n"
             "    return x * 2")
    for name in ("ps1", "ps2", "ps3"):
        for student, double in (("ada", DOUBLE), ("bob", loaded), ("spies", spies)):
            hand_in(root, student, submission(version, double=double, area=AREA), assignment=name)
    return root


def rows(out) -> list[tuple]:
    with (out / "scores.csv").open(encoding="utf-8") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def command(three, submitted, out, *arguments):
    return CliRunner().invoke(cli.app, [
        "grade", "--course", str(three.root), "--submissions", str(submitted), "--out", str(out), "--workers", "2",
        *arguments])


def test_several_assignments_have_the_scores_and_flags_that_each_has_alone(three, submitted, tmp_path, monkeypatch):
    """The one that cannot be graded is named, and the others are graded; no import of one is in a kernel of another."""
    templates, connected = [], []
    template, connect = worker.Needs.template, cluster.connect
    monkeypatch.setattr(worker.Needs, "template", lambda *given: templates.append(given[1]) or template(*given))
    monkeypatch.setattr(cluster, "connect", lambda *given: connected.append(given) or connect(*given))
    together = command(three, submitted, tmp_path / "together", "--all")
    assert together.exit_code == 2, together.output
    assert "ps2: sums.ipynb, cell " in together.output and "AssertionError: wrong for a negative number." in together.output
    assert "Not graded: ps2, for the reason above." in together.output
    assert templates == [("math",)] and connected == [(2, None)]
    for name in ("ps1", "ps3"):
        assert command(three, submitted, tmp_path / "alone", name).exit_code == 0
    assert rows(tmp_path / "together") == rows(tmp_path / "alone")
    found = {row[:2]: row[4:] for row in rows(tmp_path / "together") if row[3] == "test_double"}
    assert {where: (score, flags) for where, (score, _, _, flags) in found.items()} == {
        ("ada", "ps1"): ("2", ""), ("ada", "ps3"): ("2", ""), ("bob", "ps1"): ("2", ""), ("bob", "ps3"): ("2", ""),
        ("spies", "ps1"): ("0", "tampered"), ("spies", "ps3"): ("0", "tampered")}
    assert parents() == []


def test_what_is_graded_already_starts_no_worker_and_no_parent(three, submitted, tmp_path, monkeypatch):
    grade.grade(three, "ps1", submitted, tmp_path, LIMITS, 1)
    monkeypatch.setattr(Pool, "start", lambda *_: pytest.fail("started"))
    assert [row.score for row in grade.grade(three, "ps1", submitted, tmp_path, LIMITS, 1)] == ["5", "5", "3"]


def test_what_all_assignments_import(three):
    assert pool.imported_by_all(three, ["ps1", "ps2", "ps3"]) == ("math",)
    assert pool.imported_by_all(three, ["ps2"]) == () == pool.imported_by_all(three, ["ps2", "no such assignment"])
