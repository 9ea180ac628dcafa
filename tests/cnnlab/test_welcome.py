"""The first cell of every notebook: one line, and nothing of TensorFlow's start-up notes."""

import re
import subprocess
import sys

from conftest import REPOSITORY

from autograder import course as courses
from autograder.authoring import build
from cnnlab import welcome


def run(code: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, **options)


def test_ready_says_in_one_line_what_there_is():
    done = run("from cnnlab import welcome; welcome.ready()")
    assert done.returncode == 0
    assert done.stdout.startswith("Ready: Python 3.") and done.stdout.count("\n") == 1
    assert "TensorFlow 2." in done.stdout and "GPU." in done.stdout
    assert done.stderr == ""


def test_the_set_up_cell_finds_the_course_from_a_notebooks_folder(tmp_path):
    """As in a clone in which nothing was installed: cnnlab stands some folders up."""
    cell = build.setup_cell(courses.load(REPOSITORY))
    (tmp_path / "cnnlab").mkdir()
    (tmp_path / "cnnlab" / "__init__.py").write_text("")
    (tmp_path / "cnnlab" / "welcome.py").write_text("def ready(): print('found', __file__)")
    folder = tmp_path / "notebooks" / "01-name"
    folder.mkdir(parents=True)
    done = run(cell, cwd=folder)
    assert done.stdout.strip() == f"found {tmp_path / 'cnnlab' / 'welcome.py'}", done.stderr


def test_only_versions_that_differ_are_named():
    here = {"TensorFlow": "2.21.0", "Keras": "3.15.1", "NumPy": "2.4.6"}
    assert welcome.differences(here) == ""
    assert welcome.differences({**here, "TensorFlow": "2.2.1"}) == (
        " Built with TensorFlow 2.21 (here 2.2.1): last digits may differ.")
    assert welcome.differences({**here, "TensorFlow": "2.18.1", "Keras": "3.8.0"}) == (
        " Built with TensorFlow 2.21 (here 2.18.1) and Keras 3.15 (here 3.8.0): last digits may differ.")


def test_what_the_notebooks_were_built_with_is_what_the_lock_file_says():
    lock = (REPOSITORY / "requirements.lock").read_text()
    for name, version in welcome.BUILT_WITH.items():
        locked = re.findall(rf"^{name.lower()}==(\S+)", lock, re.M)
        assert locked and all(f"{one}.".startswith(f"{version}.") for one in locked), (name, locked)
