"""The first cell of every notebook: one line, and nothing of TensorFlow's start-up notes."""

import subprocess
import sys

from conftest import REPOSITORY

from autograder import build
from autograder import course as courses


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


COLAB = """
import pathlib, sys, types
sys.modules["google.colab"] = types.ModuleType("google.colab")
"""


def test_in_colab_the_set_up_cell_fetches_the_repository_once(tmp_path):
    """With a stand-in for google.colab, and a local git repository in place of the network."""
    origin, content = tmp_path / "origin", tmp_path / "content"
    (origin / "cnnlab").mkdir(parents=True)
    (origin / "cnnlab" / "__init__.py").write_text("")
    (origin / "cnnlab" / "welcome.py").write_text("def ready(): print('fetched')")
    content.mkdir()
    for command in (["init", "-q"], ["add", "."],
                    ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=origin, check=True)
    cell = build.setup_cell(courses.load(REPOSITORY))
    cell = cell.replace(courses.load(REPOSITORY).settings.repository, f"file://{origin}")
    cell = cell.replace("/content/course", str(content / "course"))
    for _ in range(2):  # the second time it is there already
        done = run(COLAB + cell, cwd=content)
        assert done.stdout.strip() == "fetched", done.stderr


def test_in_colab_without_a_network_the_set_up_cell_says_what_to_do(tmp_path):
    cell = build.setup_cell(courses.load(REPOSITORY))
    address = courses.load(REPOSITORY).settings.repository
    cell = cell.replace(address, f"file://{tmp_path}/nowhere")
    cell = cell.replace("/content/course", str(tmp_path / "course"))
    done = run(COLAB + cell, cwd=tmp_path)
    assert done.returncode == 1
    assert "Could not fetch" in done.stderr and "Run this cell again." in done.stderr
