"""A class graded into PostgreSQL, on a real server from Debian's packages that is started and stopped here."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy
from conftest import AREA, DOUBLE, hand_in, submission
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.cli import app
from autograder.grading import grade

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
pytestmark = pytest.mark.skipif(not PROGRAMS, reason="no PostgreSQL server here: apt install postgresql")


class Server(str):
    """The URL of an empty database on a server that can be stopped and started again."""

    stop: Callable[[], None]
    start: Callable[[], None]


@pytest.fixture(scope="module")
def server():
    """The URL of an empty database. PostgreSQL refuses to run as root, so the server then runs as another user."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a Unix socket has at most 107 bytes
    user = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid} if os.geteuid() == 0 else {}
    if user:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, user["group"])
    data, bin_folder = folder / "data", PROGRAMS[-1].parent

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [bin_folder / program, *arguments], check=True, cwd=folder, extra_groups=[] if user else None,
            stdout=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, **user)

    url = Server(f"postgresql://teacher@/grades?host={folder}")
    url.stop = partial(call, "pg_ctl", "-D", str(data), "-w", "-m", "fast", "stop")
    url.start = partial(
        call, "pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", f"-h '' -k {folder}", "start")
    call("initdb", "-D", str(data), "-U", "teacher", "--auth=trust", "--encoding=UTF8", "--no-sync")
    url.start()
    try:
        call("createdb", "-h", str(folder), "-U", "teacher", "grades")
        yield url
    finally:
        url.stop()
        shutil.rmtree(folder)


def command(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_grade_feedback_and_report_use_the_server(server, course_folder, version, tmp_path):
    submitted, out = tmp_path / "submitted", tmp_path / "out"
    hand_in(submitted, "Zoë", submission(version, double=DOUBLE, area=AREA, why="Since."))
    hand_in(submitted, "bob", submission(version, double="def double(x):\n    return 2", area=AREA))
    common = ["--course", str(course_folder), "--out", str(out), "--db", server]
    command("grade", "ps1", "--submissions", str(submitted), "--workers", "1", *common)
    assert not (out / "gradebook.db").exists()

    with Gradebook(server) as gradebook:
        by_hand = gradebook.find_grade("why", "sums", "ps1", "Zoë")
        assert by_hand.needs_manual_grade
        by_hand.manual_score, by_hand.needs_manual_grade = 0.5, False
        gradebook.db.commit()
    command("feedback", *common)
    command("report", *common)
    assert "5.5 of 6 points" in (out / "feedback" / "Zoë" / "ps1" / "sums.html").read_text(encoding="utf-8")
    assert "5.5 / 6" in (out / "report.html").read_text(encoding="utf-8")

    again = command("grade", "ps1", "--submissions", str(submitted), "--workers", "1", "--json", *common)
    assert again.count('"ran_now": false') == 2 and '"ran_now": true' not in again
    engine = sqlalchemy.create_engine(server)
    with engine.connect() as connection:
        rows = connection.execute(sqlalchemy.text(
            "select s.student_id, c.name, g.auto_score, g.manual_score from grade g"
            " join submitted_notebook n on n.id = g.notebook_id join submitted_assignment s on s.id = n.assignment_id"
            " join base_cell c on c.id = g.cell_id")).fetchall()
        version_of = connection.execute(sqlalchemy.text("select version_num from alembic_version")).fetchall()
    engine.dispose()
    assert sorted(tuple(row) for row in rows) == sorted([
        ("Zoë", "test_double", 2.0, None), ("Zoë", "test_area", 3.0, None), ("Zoë", "why", None, 0.5),
        ("bob", "test_double", 0.0, None), ("bob", "test_area", 3.0, None), ("bob", "why", 0.0, None),
    ])
    assert len(version_of) == 1


def test_a_changed_release_is_followed_there_too(server, course, version, tmp_path):
    """`--regrade` after a test was removed: nbgrader's tables have foreign keys, and this server checks them."""
    from autograder.results.gradebook import follow

    without = submission(version)
    without.cells = [cell for cell in without.cells if cell.get("id") != "test_double"]
    with Gradebook(server) as gradebook:
        follow(gradebook, "ps1", {"sums": without})
        found = gradebook.find_submission_notebook("sums", "ps1", "Zoë")
        assert {grade.name for grade in found.grades} == {"test_area", "why"}
        follow(gradebook, "ps1", {"other": without})
        assert gradebook.find_submission("ps1", "Zoë").notebooks == []


def test_a_server_that_goes_away_is_a_sentence_and_the_same_command_goes_on(
        server, course_folder, version, tmp_path, monkeypatch):
    submitted, out, recorded, record = tmp_path / "submitted", tmp_path / "out", [], grade.record
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("create database another"))
    engine.dispose()
    url = server.replace("/grades?", "/another?")
    for name in ("ada", "bob", "cleo"):
        hand_in(submitted, name, submission(version, double=DOUBLE, area=AREA))
    arguments = ["grade", "ps1", "--submissions", str(submitted), "--workers", "1", "--course", str(course_folder),
                 "--out", str(out), "--db", url, "--json"]

    def first_of_them(*its) -> None:
        record(*its)
        recorded.append(its)
        if len(recorded) == 1:
            server.stop()

    monkeypatch.setattr(grade, "record", first_of_them)
    gone = CliRunner().invoke(app, arguments)
    assert gone.exit_code == 2 and "Traceback" not in gone.output
    assert "does not answer" in gone.output and "the same command goes on" in gone.output, gone.output
    away = CliRunner().invoke(app, arguments)
    assert away.exit_code == 2 and "does not answer" in away.output, away.output
    server.start()
    back = command(*arguments)
    assert len(recorded) >= 3
    with Gradebook(url) as gradebook:
        for name in ("ada", "bob", "cleo"):
            assert gradebook.find_submission("ps1", name).score == 5, back
