"""A small course that needs no TensorFlow: two code tasks and a written one, and submissions to it."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import course as courses
from autograder.notebooks import grade_id, released

DOUBLE = "def double(x):\n    return x + x"
AREA = "def area(r):\n    return math.pi * r * r"


def mark(grade_id: str, *, points: float | None = None, solution=False, locked=False) -> dict:
    """Return nbgrader's metadata for a cell."""
    return {"nbgrader": {
        "grade": points is not None, "grade_id": grade_id, "locked": locked, "schema_version": 3,
        "solution": solution, "task": False, **({} if points is None else {"points": points}),
    }}


def source_notebook() -> nbformat.NotebookNode:
    """Return a source notebook with two code tasks and a written one, with solutions and hidden tests."""
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
    """Return an answer cell and its test cell in the form of a text notebook."""
    cells = (mark(name, solution=True), answer), (mark(f"test_{name}", points=points, locked=True), test)
    return "".join(f"\n# %% nbgrader={json.dumps(marks['nbgrader'])}\n{code}\n" for marks, code in cells)


def text_course(root: Path, text: str, files: dict[str, str]) -> courses.Course:
    """Write a course with one assignment, `ps1`: its text notebook and the other files of its folder; load it."""
    folder = root / "source" / "ps1"
    for name, content in {"small.py": text, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    return courses.load(root)


def submission(version, **answers: str) -> nbformat.NotebookNode:
    """Return a submission: the release without hidden tests, with some answers filled in."""
    notebook = nbformat.from_dict(json.loads(json.dumps(version)))
    for cell in notebook.cells:
        cell.source = released(cell).rstrip("\n")
        if grade_id(cell) in answers:
            cell.source = answers[grade_id(cell)]
    return notebook


def hand_in(folder: Path, student: str, content, name="sums.ipynb", assignment="ps1") -> Path:
    """Write a submission, a notebook or raw bytes, to its place in nbgrader's layout; return its path."""
    path = folder / student / assignment / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(json.dumps(content))
    return path
