"""The target of the attacks: an assignment with one task, a course with it, and a grader.

The tests compare in six ways: by `==`, by a distance, with NumPy, with two checks of `cnnlab.checks`, and by a number
that is a partial score.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder import jobs
from autograder.course import Course
from autograder.engine import run
from autograder.engine.sandbox import policy
from autograder.engine.sandbox.host import ForkServer
from autograder.grading import intake, scores
from autograder.jobs import Limits
from autograder.notebooks import grade_id, imported
from autograder.repair import repair
from workbench.tiny_course import mark, submission

NAME = "doubling"
POINTS = 12
LIMITS = Limits(cell_seconds=5, notebook_seconds=30)
RIGHT = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return 0\n"


def assignment() -> NotebookNode:
    """Return the source notebook, with one task and six tests."""
    def test(name, source, **more):
        return new_code_cell(source, id=name, metadata=mark(name, points=2, locked=True) | more)

    notebook = new_notebook(cells=[
        new_code_cell(
            "%pwd\nimport numpy as np\nfrom cnnlab import checks\n\n"  # code after a magic counts as well
            "def table(function):\n    return np.array([function(x) for x in range(1, 4)], dtype=float)\n\n"
            "class Teachers:\n    def __eq__(self, other):\n        return self is other",
            id="imports", metadata=mark("imports", locked=True)),
        new_code_cell(
            "### BEGIN SOLUTION\ndef double(x):\n    return 2 * x\n### END SOLUTION",
            id="double", metadata=mark("double", solution=True)),
        test("test_equal", "assert double(3) == 6, 'three'\n### BEGIN HIDDEN TESTS\n"
             "assert double(-7) == -14, 'negative'\n### END HIDDEN TESTS\nprint('done')"),
        test("test_distance", "def distance(x, wanted):\n    return abs(double(x) - wanted)\n\n"
             "assert distance(5, 10) < 1e-9, 'five'\n### BEGIN HIDDEN TESTS\n"
             "assert distance(-1.5, -3) < 1e-9, 'unseen'\n### END HIDDEN TESTS"),
        test("test_numpy", "assert np.allclose(table(double), [2, 4, 6]), 'table'"),
        test("test_same", "checks.same(double(4), 8, 'double(4)')"),
        test("test_close", "expected = 1.0\nchecks.close(double(0.5), expected, 'double(0.5)')"),
        test("test_share", "2 * np.mean([double(1) / 2, double(2) / 4])", autograder={"partial": True}),
    ])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes
    ----------
    what : str
        what it does, for the table.
    answer : str
        the text of the answer cell.
    before : str
        the text of an own cell before all others; empty if there is none.
    tags : tuple of str
        the tags that the student gave every test.
    """

    what: str
    answer: str
    before: str = ""
    tags: tuple[str, ...] = ()


def make_course(root: Path) -> Path:
    """Write a course directory with this one assignment; return it."""
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(assignment(), root / "source" / "ps1" / f"{NAME}.ipynb")
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'doubling'\n")
    return root


def hand_in(version: NotebookNode, attack: Attack, course: Path) -> NotebookNode:
    """Return the notebook that a student submits."""
    notebook = submission(version, double=attack.answer.replace("COURSE", str(course)))
    for cell in notebook.cells:
        if attack.tags and grade_id(cell).startswith("test"):
            cell.metadata["tags"] = list(attack.tags)
    if attack.before:
        notebook.cells.insert(0, new_code_cell(attack.before, id="before"))
    return notebook


@contextmanager
def fork_server(version: NotebookNode, course: Course, *more: str) -> Iterator[ForkServer]:
    """Start the parent from which all kernels are forked, as a worker does; it also imports the modules in `more`."""
    modules = [*imported(version), *more]
    visible = policy.visible_paths([name.partition(":")[0] for name in modules], [], course.root)
    with ForkServer(modules, visible, run.environment(), package="cnnlab") as server:
        yield server


def grade(version: NotebookNode, submitted: NotebookNode, server: ForkServer) -> list[jobs.Score]:
    """Grade a submission as a worker does; return its scores."""
    repaired = repair(version, intake.read(json.dumps(submitted).encode(), f"{NAME}.ipynb").notebook)
    return scores.score(run.run(repaired.notebook, LIMITS, server), repaired.flags)


def in_words(rows: list[jobs.Score]) -> str:
    """Return the result of an attack as it appears in the table."""
    flags = sorted({flag for row in rows for flag in row.flags})
    return ", ".join([f"{sum(row.score for row in rows):g}", *(f"`{flag}`" for flag in flags)])
