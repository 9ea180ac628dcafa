"""A small course that needs no TensorFlow, for every test of the machinery."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CNNLAB_BUDGET", "grading")
os.environ.setdefault("CNNLAB_HEADLESS", "1")
os.environ.setdefault("MPLBACKEND", "agg")

from unittest.mock import MagicMock

import hypothesis
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import course as courses

REPOSITORY = Path(__file__).resolve().parent.parent

hypothesis.settings.register_profile("course", deadline=None)  # other tests run beside: no test of time
hypothesis.settings.load_profile("course")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """What shares a kernel or a fixture runs in one process, in order.

    That is a notebook (nbval's cells), an assignment (its release checks and its banks), or a file.
    xdist's own `--dist loadgroup` has no effect with pytest 9.2, and says nothing.
    """
    from xdist.scheduler import LoadScopeScheduling

    assignments = [folder.name for folder in (REPOSITORY / "solutions").iterdir()]

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            if file.endswith(("test_banks.py", "test_release.py")):
                return next((name for name in assignments if f"[{name}" in test), file)
            return file

    return Together(config, log)


def mark(grade_id: str, *, points: float | None = None, solution=False, locked=False) -> dict:
    """nbgrader's metadata of a cell."""
    return {"nbgrader": {
        "grade": points is not None, "grade_id": grade_id, "locked": locked, "schema_version": 3,
        "solution": solution, "task": False, **({} if points is None else {"points": points}),
    }}


def source_notebook() -> nbformat.NotebookNode:
    """Two coded tasks and a written one, with solutions and hidden tests."""
    notebook = new_notebook(cells=[
        new_markdown_cell("# A title without a mark", id="title"),
        new_code_cell("import math", id="imports"),
        new_code_cell(
            "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
            id="double", metadata=mark("double", solution=True)),
        new_code_cell(
            "assert double(1) == 2, 'one doubled is two'\n"
            "### BEGIN HIDDEN TESTS\nassert double(-7) == -14, 'wrong for a negative number'\n"
            "### END HIDDEN TESTS",
            id="test_double", metadata=mark("test_double", points=2, locked=True)),
        new_code_cell(
            "def area(r):\n    ### BEGIN SOLUTION\n    return math.pi * r ** 2\n"
            "    ### END SOLUTION",
            id="area", metadata=mark("area", solution=True)),
        new_code_cell(
            "assert abs(area(1) - math.pi) < 1e-9, 'the unit circle'\n"
            "### BEGIN HIDDEN TESTS\nassert abs(area(3.0) - 9 * math.pi) < 1e-9, 'radius three'\n"
            "### END HIDDEN TESTS",
            id="test_area", metadata=mark("test_area", points=3, locked=True)),
        new_markdown_cell(
            "### BEGIN SOLUTION\nBecause.\n### END SOLUTION",
            id="why", metadata=mark("why", points=1, solution=True)),
    ])
    notebook.metadata.kernelspec = {
        "name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


def text_task(name: str, answer: str, test: str, points: int = 1) -> str:
    """An answer cell and its test cell, as a text notebook has them."""
    marks = [mark(name, solution=True), mark(f"test_{name}", points=points, locked=True)]
    return "".join(f"\n# %% nbgrader={json.dumps(one['nbgrader'])}\n{code}\n" for one, code in zip(marks, (answer, test), strict=True))


def text_course(root: Path, text: str, files: dict[str, str]) -> courses.Course:
    """A course with one assignment, `ps1`: its text notebook, and the other files of its folder."""
    folder = root / "source" / "ps1"
    for name, content in {"small.py": text, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    return courses.load(root)


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory) -> Path:
    """A course directory in nbgrader's own default layout, made once."""
    root = tmp_path_factory.mktemp("course")
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(source_notebook(), root / "source" / "ps1" / "sums.ipynb")
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'tiny'\n")
    return root


@pytest.fixture(scope="session")
def course(course_folder):
    return courses.load(course_folder)


@pytest.fixture(scope="session")
def version(course):
    """The tiny assignment as it is graded."""
    from autograder.authoring import release

    return release.grading_versions(course, "ps1")["sums"]


def submission(version, **answers: str) -> nbformat.NotebookNode:
    """What a student hands in: the release without hidden tests, some answers filled in."""
    from autograder.notebooks import grade_id, released

    notebook = nbformat.from_dict(json.loads(json.dumps(version)))
    for cell in notebook.cells:
        cell.source = released(cell).rstrip("\n")
        if grade_id(cell) in answers:
            cell.source = answers[grade_id(cell)]
    return notebook


DOUBLE = "def double(x):\n    return x + x"
AREA = "def area(r):\n    return math.pi * r * r"


def hand_in(folder: Path, student: str, content, name="sums.ipynb", assignment="ps1") -> Path:
    """Write a submission, a notebook or raw bytes, where nbgrader's layout has it."""
    path = folder / student / assignment / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(json.dumps(content))
    return path


def in_this_process(monkeypatch):
    """No cluster: what a worker does is done here, where it can be made to fail."""
    from autograder.grading import cluster, worker

    monkeypatch.setattr(cluster, "connect", lambda *_: contextlib.nullcontext(MagicMock()))
    monkeypatch.setattr(cluster, "spread", lambda client, work, jobs, *_: ((job, work(*job)) for job in jobs))
    monkeypatch.setattr(worker, "_current", None)
