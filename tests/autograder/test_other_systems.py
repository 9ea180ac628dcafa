"""Everything but running what students wrote works on Windows and macOS, too. Only this system is at hand: what
others lack is taken away."""

import json
import os
import shutil
import signal
import subprocess
import sys
import types
from pathlib import PureWindowsPath

import pytest
from conftest import REPOSITORY
from nbformat.v4 import new_code_cell, new_notebook

from autograder import course as courses
from autograder import files, records
from autograder.authoring import bank as banks
from autograder.authoring import new
from autograder.check import giveaway
from autograder.cli import app
from autograder.collect import archive
from autograder.engine import run
from autograder.engine.sandbox import processes
from autograder.errors import UserError
from autograder.grading import cluster, grade, worker
from autograder.jobs import Limits
from autograder.results import feedback
from autograder.results.grades import NotebookResult

# What each command imports when it is called, `grade` included: with --scheduler it leads a cluster of Linux machines.
COMMANDS = {
    "build": "autograder.authoring.build", "publish": "autograder.authoring.publish", "check": "autograder.check",
    "new": "autograder.authoring.new", "collect": "autograder.collect", "feedback": "autograder.results.feedback",
    "report": "autograder.results.report", "doctor": "autograder.doctor", "grade": "autograder.grading.grade",
}
# The libraries look themselves what system they are on, so they are loaded before it changes.
WINDOWS = """
import builtins, ctypes, importlib, json, os, signal, sys
import autograder  # before nbformat, whose slowest import it spares
import bleach, dask.distributed, distributed.utils, ipykernel.ipkernel, ipykernel.zmqshell, jinja2, jupytext, matplotlib.pyplot
import multiprocessing.resource_tracker, nbclient, nbconvert.exporters, nbgrader.converters, nbgrader.preprocessors, nbgrader.api
import psutil, pydantic, typer, zmq.asyncio
from nbgrader.plugins import export

real, refused = builtins.__import__, {"fcntl", "resource", "pwd", "grp", "termios"}

def as_on_windows(name, globals=None, *rest, **more):
    if name in refused and str((globals or {}).get("__name__")).startswith(("autograder", "cnnlab")):
        raise ModuleNotFoundError(f"No module named {name!r}")
    return real(name, globals, *rest, **more)

builtins.__import__ = as_on_windows
sys.platform = "win32"
for module, names in {
    os: ("fork", "sysconf", "getuid", "geteuid", "setsid", "pidfd_open", "sched_getaffinity", "sched_setaffinity",
         "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "fwalk", "waitstatus_to_exitcode"),
    signal: ("SIGKILL", "SIGXCPU", "SIGPROF", "SIGALRM", "setitimer", "ITIMER_PROF"),
}.items():
    for name in names:
        delattr(module, name)
def no_library(name, *_, **__):
    raise TypeError("bad argument type for built-in operation")
ctypes.CDLL = no_library
for name in ("autograder.cli", "cnnlab.datasets", "cnnlab.runs", *json.loads(sys.argv[1])):
    importlib.import_module(name)
    print(name)
"""


def test_what_the_commands_import_is_on_every_system():
    done = subprocess.run([sys.executable, "-c", WINDOWS, json.dumps(list(COMMANDS.values()))], cwd=REPOSITORY,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[3:] == list(COMMANDS.values())


def test_the_list_of_commands_is_whole():
    grades = {"grade", "demo", "audit"}  # they run what students or a bank wrote, and say so where they cannot
    assert {command.callback.__name__ for command in app.registered_commands} | {"audit"} == {*COMMANDS, *grades}


def test_where_it_is_not_linux_one_sentence_says_where_submissions_can_be_graded(course, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(UserError, match="graded on Linux.*WSL 2.*Dask cluster whose workers run on Linux") as info:
        grade.grade(course, "ps1", tmp_path, tmp_path / "graded")
    assert "\n" not in str(info.value) and not (tmp_path / "graded").exists()
    with pytest.raises(UserError, match="WSL 2"), cluster.connect():  # demo and audit
        pass
    cluster.need_linux("tcp://10.0.0.1:8786")


def test_a_kernel_that_starts_cold_is_timed_by_psutil_and_reached_by_tcp(monkeypatch):
    monkeypatch.setattr(run, "TRANSPORT", "tcp")
    monkeypatch.setattr(processes, "_PROC", False)
    notebook = new_notebook(cells=[new_code_cell(source) for source in (
        "import time\nbegan = time.process_time()\nwhile time.process_time() < began + 1: pass", "print(6 * 7)",
        "while True: pass")])
    run.run(notebook, Limits(cell_seconds=4, notebook_seconds=60, still_seconds=30))
    assert notebook.cells[1].outputs[0].text == "42\n"
    assert [records.of(cell).outcome for cell in notebook.cells] == ["ran", "ran", "timeout"]


def test_check_grades_stubs_and_tables_with_kernels_that_start_cold(tmp_path, monkeypatch):
    (tmp_path / "solutions").mkdir()
    for name in ("nbgrader_config.py", "course.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    course = courses.load(tmp_path)
    new.new(course, "ps1")
    monkeypatch.setattr(worker, "server_for", lambda *_: pytest.fail("asked for a fork"))
    monkeypatch.setattr(sys, "platform", "darwin")
    bank = banks.read(course, "ps1")
    assert list(giveaway.find(course, bank)) == []


def test_feedback_is_written_where_there_is_no_fork_server_and_no_timer(tmp_path, monkeypatch):
    monkeypatch.setattr(feedback, "load", lambda *_: [
        NotebookResult(f"s{number}", "ps1", "sums", "Fine.", ()) for number in range(2 * feedback.FEW)])
    monkeypatch.setattr(feedback.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    monkeypatch.setattr(feedback.os, "cpu_count", lambda: 2)
    monkeypatch.delattr(signal, "setitimer")
    pages = feedback.write(courses.Course(tmp_path, courses.Settings(), None), tmp_path)
    assert len(pages) == 2 * feedback.FEW and all(page.is_file() for page in pages)


def test_one_run_at_a_time_writes_to_a_folder_on_windows_too(tmp_path, monkeypatch):
    import fcntl

    def locking(descriptor, mode, size):
        assert (mode, size, os.lseek(descriptor, 0, os.SEEK_CUR)) == ("at once", 1, files.FAR)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(13, "Permission denied") from None

    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(locking=locking, LK_NBLCK="at once"))
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with files.alone(tmp_path), pytest.raises(UserError, match=f"process {os.getpid()}"), files.alone(tmp_path):
        pass
    assert (tmp_path / files.LOCK).stat().st_size < 20
    with files.alone(tmp_path):
        pass


def test_a_file_is_opened_as_it_is_where_the_system_knows_no_links(tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.ipynb").write_bytes(b"a\r\n\x1a")
    monkeypatch.setattr(archive, "OPENED", os.O_RDONLY)
    with archive.open_plain(tmp_path / "sub" / "a.ipynb") as file:
        assert file.read() == b"a\r\n\x1a"
    assert archive._below(PureWindowsPath("C:/in"), PureWindowsPath("C:/in/sub/a.ipynb")) == "sub/a.ipynb"
