"""The first cell of every notebook, in Colab and elsewhere; a local repository stands in for the network.

Each test runs the cell as a notebook does, in IPython, in a process and a folder of its own, in which the
package is not installed. Colab's TensorFlow is older than the locked one: by default a stand-in says so. To
run the cell with a real one, name its interpreter, which needs tensorflow and ipython:

    OTHER_PYTHON=/path/to/bin/python python -m pytest tests/course/test_colab.py
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import bench
import pytest

from autograder.authoring import build
from autograder.authoring.publish import publish

VERSION = bench.COURSE.settings.version
DRIVER = """
import json, os, sys
if sys.argv[2] != "installed":
    sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in getattr(finder, "__module__", "")]
    sys.path[:] = [folder for folder in sys.path if not os.path.isdir(os.path.join(folder, "cnnlab"))]
from IPython.core.interactiveshell import InteractiveShell
started = []
sys.addaudithook(lambda event, args: event == "subprocess.Popen" and started.append(list(args[1])))
shell = InteractiveShell()
success = shell.run_cell(open(sys.argv[1]).read()).success
json.dump({"started": started, "path": sys.path[0], "success": success}, open("seen.json", "w"))
"""
OLDER = """
import types
__version__ = "2.18.1"
keras = types.SimpleNamespace(__version__="3.8.0")
config = types.SimpleNamespace(list_physical_devices=lambda kind: ["a GPU"])
"""


def git(folder, *arguments):
    person = ["-c", "user.name=Teacher", "-c", "user.email=teacher@example.org"]
    subprocess.run(["git", *person, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def origin(tmp_path_factory) -> Path:
    """The student repository as a teacher pushes it, with its tag and a later, unreleased commit."""
    folder = tmp_path_factory.mktemp("origin") / "cnn-course"
    publish(bench.COURSE, folder)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Release")
    git(folder, "tag", VERSION)
    (folder / "cnnlab" / "welcome.py").write_text("raise RuntimeError('not released yet')")
    git(folder, "commit", "-qam", "Work on the next release")
    return folder


class Colab:
    """A machine of Colab's, or another: an empty folder for what is fetched, and whatever TensorFlow it brings.

    Parameters
    ----------
    content
        where the notebook stands.
    place
        what the cell calls the folder for what is fetched; "" is the one that a person calls their own.
    """

    def __init__(self, content: Path, place: str = "/content") -> None:
        self.content, self.place, self.course = content, place, content / f"course-{VERSION}"
        self.older = content / "older"
        self.older.mkdir(parents=True)
        (self.older / "tensorflow.py").write_text(OLDER)

    def run(self, repository: str, *, python=sys.executable, version=VERSION, older=True, installed="", **variables):
        """Run the set-up cell; returns what it printed and what it did."""
        cell = build.setup_cell(bench.COURSE)
        for text, other in (
            (f'"{bench.COURSE.settings.repository}"', f'"{repository}"'),
            (f'"{VERSION}"', f'"{version}"'),
            *((f'"{name}"', f'"{self.content if name == self.place else self.content / "none"}"')
              for name in ("/content", "/kaggle/working")),
        ):
            assert cell.count(text) == 1, text
            cell = cell.replace(text, other)
        (self.content / "cell.py").write_text(cell)
        (self.content / "driver.py").write_text(DRIVER)
        environment = {**os.environ, "PYTHONPATH": str(self.older) if older else "", "LC_ALL": "C",
                       "IPYTHONDIR": str(self.content / "ipython"), "HOME": str(self.content), **variables}
        done = subprocess.run(
            [python, "driver.py", "cell.py", installed], cwd=self.content, env=environment, capture_output=True, text=True)
        assert done.returncode == 0 and done.stderr == "", done.stderr
        return done.stdout, json.loads((self.content / "seen.json").read_text())


@pytest.fixture
def colab(tmp_path) -> Colab:
    return Colab(tmp_path / "content")


def test_it_fetches_the_released_version_and_says_in_one_line_what_it_found(colab, origin):
    printed, seen = colab.run(f"file://{origin}")
    assert seen["success"] and printed.count("\n") == 1
    assert printed.startswith("Ready: Python 3.")
    assert "TensorFlow 2.18.1, cnnlab" in printed and "with a GPU." in printed
    assert "Built with TensorFlow 2.21 (here 2.18.1) and Keras 3.15 (here 3.8.0)" in printed
    assert seen["path"] == str(colab.course)
    assert {path.name for path in colab.course.iterdir()} >= {"notebooks", "cnnlab", "data", ".git"}
    assert "not released yet" not in (colab.course / "cnnlab" / "welcome.py").read_text()


def test_it_starts_git_once_and_nothing_else(colab, origin):
    _, seen = colab.run(f"file://{origin}")
    (command,) = seen["started"]
    assert command[:2] == ["git", "clone"]
    _, seen = colab.run("file:///gone")  # a second run needs no network
    assert seen["success"] and seen["started"] == []


@pytest.mark.parametrize("place", ["/kaggle/working", ""])
def test_in_kaggle_and_on_a_hub_it_fetches_the_same(tmp_path, origin, place):
    machine = Colab(tmp_path / "working", place)
    printed, seen = machine.run(f"file://{origin}")
    assert seen["success"] and printed.startswith("Ready: Python 3.") and seen["path"] == str(machine.course)


def test_where_the_package_is_installed_nothing_is_fetched(colab):
    printed, seen = colab.run("file:///gone", installed="installed")
    assert seen["success"] and seen["started"] == [] and not colab.course.exists()
    assert "Ready: Python 3." in printed and printed.count("\n") == 1


def test_the_folder_that_the_notebook_stands_in_comes_before_what_was_fetched_or_installed(colab, origin):
    colab.run(f"file://{origin}")
    package = colab.content / "cnnlab"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "welcome.py").write_text("def ready(): print('beside the notebook')")
    assert colab.run("file:///gone", installed="installed")[0] == "beside the notebook\n"


def test_a_folder_that_only_has_the_packages_name_is_not_the_course(colab, origin):
    (colab.content / "cnnlab" / "notebooks").mkdir(parents=True)
    _, seen = colab.run(f"file://{origin}")
    assert seen["success"] and seen["path"] == str(colab.course)


def test_it_says_the_same_with_the_locked_tensorflow(colab, origin):
    printed, seen = colab.run(f"file://{origin}", older=False)
    assert seen["success"] and printed.count("\n") == 1
    assert "TensorFlow 2.21." in printed and "Built with" not in printed


@pytest.mark.skipif("OTHER_PYTHON" not in os.environ, reason="OTHER_PYTHON names no second interpreter")
def test_it_says_the_same_with_another_tensorflow(colab, origin):
    printed, seen = colab.run(f"file://{origin}", python=os.environ["OTHER_PYTHON"], older=False)
    assert seen["success"] and printed.count("\n") == 1
    assert "Built with TensorFlow 2.21 (here 2." in printed and seen["path"] == str(colab.course)


@pytest.mark.parametrize("version, reason", [
    (VERSION, "does not appear to be a git repository"), ("v0.0.1", "Remote branch v0.0.1 not found"),
])
def test_what_cannot_be_fetched_is_one_sentence(colab, origin, version, reason):
    repository = f"file://{origin}" if version != VERSION else f"file://{origin}/nowhere"
    printed, seen = colab.run(repository, version=version)
    assert not seen["success"] and printed.count("\n") == 1
    assert f"The folder cnnlab is not above this notebook, and {repository} at version {version} could not" in printed
    assert "fetched (fatal: " in printed and reason in printed
    assert "go online (in Kaggle: Settings, Internet on) and run this cell again" in printed
    assert not colab.course.exists()
    assert colab.run(f"file://{origin}")[1]["success"], "the next run finds the way"


def test_a_machine_without_git_is_one_sentence(colab, origin):
    printed, seen = colab.run(f"file://{origin}", PATH="")
    assert not seen["success"] and printed.count("\n") == 1
    assert "could not be fetched ([Errno 2] No such file or directory: 'git')" in printed
    assert "put this notebook back into the course's folder" in printed


def test_the_cell_is_no_longer_than_a_beginner_reads():
    assert len(build.setup_cell(bench.COURSE).splitlines()) <= 40


@pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)
def test_the_badge_opens_the_notebook_that_it_stands_in(assignment):
    (path,) = (bench.COURSE.release / assignment).glob("*.ipynb")
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    badge = "".join(first["source"]).splitlines()[0]
    owner = bench.COURSE.settings.repository.removeprefix("https://github.com/")
    alt, image, address = re.fullmatch(r"\[!\[(.+)\]\((.+)\)\]\((.+)\)", badge).groups()
    assert alt == "Open this notebook in Google Colab" and image.endswith("/colab-badge.svg")
    site = f"https://colab.research.google.com/github/{owner}/blob/{VERSION}/"
    assert address.startswith(site)
    assert bench.COURSE.root / address.removeprefix(site) == path, "what is published has the course's own folders"
