"""Worked solutions for students: the executed solution notebook, without what only teachers may see.

Hidden tests, marking schemes and all marker lines are taken out, and so is nbgrader's metadata: a worked solution is
to be read, and is no notebook to hand in. By its first line the grader knows one that is handed in all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.authoring import build
from autograder.course import Course
from autograder.errors import UserError, unknown
from autograder.notebooks import WORKED, Marks, is_solution, without_regions

FOLDER = "solutions"  # of the student repository
EVERY = "all"  # in place of an assignment's name
# Behind a model answer, in italics: what a teacher gives a point for.
RUBRIC = re.compile(r"\s*\*(?:One|Two|Three|Four|Half a|\d+) points?:(?:[^*\n]|\n(?!\s*\n))*\*")
TEACHERS = ("nbgrader", "autograder", build.METADATA)  # keys in the metadata of cells and notebooks
FIRST = WORKED + """\
{assignment}, not the notebook to hand in.** Your own answers go into
[{path}](../../{path}). The checks below show the part of each test that everybody sees.
"""


def chosen(
    course: Course, released: Sequence[str], named: Iterable[str], early: bool, published: Iterable[str]
) -> list[str]:
    """Choose the assignments whose solutions go into the student repository: the named ones and those already there.

    Parameters
    ----------
    course : Course
        the course, with its deadlines.
    released : sequence of str
        the names of all released assignments.
    named : iterable of str
        the assignments that the teacher names; "all" stands for all released ones.
    early : bool
        whether the named ones may be published before their deadlines, and without a deadline.
    published : iterable of str
        the paths that an earlier `publish` wrote and that are still there.

    Raises
    ------
    UserError
        if a named assignment is not released, or may not be published yet; also if `early` has nothing to act on.
    """
    names = [one for name in named for one in (released if name == EVERY else [name])]
    if early and not names:
        raise UserError("--early is for solutions: name them as well, with --solutions ASSIGNMENT.")
    if names and course.release.name == FOLDER:
        raise UserError(
            f"The student notebooks are in a folder {FOLDER}/, where the solutions would have to be: choose another "
            "release_directory in nbgrader_config.py. Nothing was written.")
    for name in names:
        if name not in released:
            raise unknown("released assignment", name, released, str(course.release))
    if not early:
        for name in names:
            _refuse_early(course, name)
    return sorted({*names, *(name for name in names_in(course, published) if name in released)})


def names_in(course: Course, paths: Iterable[str]) -> list[str]:
    """The assignments whose solutions are among some paths of the student repository."""
    parts = [path.split("/") for path in paths if course.release.name != FOLDER]
    return sorted({part[1] for part in parts if part[0] == FOLDER and len(part) > 2})


def _refuse_early(course: Course, name: str) -> None:
    """Raise UserError unless the deadline of an assignment has passed."""
    deadline = course.deadline(name)
    if deadline is None:
        raise UserError(
            f"{name} has no deadline in [deadlines] of {course.root / 'course.toml'}, so its students may still be at "
            "work: set one, or publish its solution now with --early. Nothing was written.")
    if datetime.now(UTC) <= deadline:
        raise UserError(
            f"The deadline of {name} has not passed; it is {deadline.astimezone(course.zone):%Y-%m-%d %H:%M %Z}: "
            "publish its solution after that, or now with --early. Nothing was written.")


def notebooks(course: Course, assignment: str) -> dict[str, NotebookNode]:
    """The worked solutions of an assignment, by file name.

    Raises
    ------
    UserError
        if there is no such assignment or it has no notebook.
    """
    return {path.name: _worked(course, assignment, path.stem, nbformat.read(path, as_version=4))
            for path in course.source_notebooks(assignment)}


def answers(course: Course, assignment: str) -> str:
    """What the worked solutions of an assignment show that its release does not: the text of the answer cells."""
    return "\n".join(
        _shown(cell, course.marks) for path in course.source_notebooks(assignment)
        for cell in nbformat.read(path, as_version=4).cells if is_solution(cell))


def _worked(course: Course, assignment: str, name: str, notebook: NotebookNode) -> NotebookNode:
    """The solution notebook as students get it."""
    badge = build.colab_badge(course, assignment, name)
    for cell in notebook.cells:
        if badge:  # it opens the student notebook
            cell.source = cell.source.removeprefix(f"{badge}\n\n")
        cell.source = _shown(cell, course.marks)
    for part in (notebook, *notebook.cells):
        for key in TEACHERS:
            part.metadata.pop(key, None)
    first = FIRST.format(assignment=assignment, path=f"{course.release.name}/{assignment}/{name}.ipynb").rstrip()
    notebook.cells.insert(0, new_markdown_cell(first, id="worked-solution"))
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _shown(cell: NotebookNode, marks: Marks) -> str:
    """The text of a cell without hidden tests, marking schemes, marker lines and the rubric of a model answer."""
    source = cell.source
    for words in (marks.hidden_tests, marks.mark_scheme):
        source = without_regions(source, words)
    source = "\n".join(line for line in source.splitlines() if not any(mark in line for mark in marks.solution))
    return (RUBRIC.sub("", source) if cell.cell_type == "markdown" else source).rstrip("\n")
