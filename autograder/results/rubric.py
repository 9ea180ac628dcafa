"""The model answer and the rubric of each written question, for the person who grades it in formgrader.

In a graded notebook below `autograded/`, a text cell with both stands directly below the student's answer. Its text
comes from the source and not from the workers, so that a changed rubric is shown without grading anybody again.

The cell is recognised by `for_grader` in its record alone: what a student hands in has no record. It is on no page
for students. `feedback.py` leaves it out, and so does nbgrader's own feedback, by the cell's tag, as CONFIG says.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder import records
from autograder.course import Course
from autograder.files import write_whole
from autograder.notebooks import grade_id, is_grade, is_solution
from autograder.results.outputs import with_pictures
from autograder.results.redaction import REDACTED

HEADING = "### For the grader\n\n*The model answer and the rubric. Students never see this cell.*"
TAG = "for-the-grader"
CONFIG = f'''"""nbgrader's settings for this folder, made by `autograder grade`, which keeps what you change here."""

c = get_config()  # noqa: F821  (nbgrader defines it)

# The rubric below a written answer is for the grader: `nbgrader generate_feedback` leaves it out.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades", "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    "nbconvert.preprocessors.TagRemovePreprocessor",
]
c.GenerateFeedback.HTMLExporter.TagRemovePreprocessor.enabled = True
c.GenerateFeedback.HTMLExporter.TagRemovePreprocessor.remove_cell_tags = {{"{TAG}"}}
'''
Rubrics = dict[str, dict[str, NotebookNode]]  # for each notebook's name, a cell for each written question's grade_id


def read(course: Course, assignment: str, versions: Mapping[str, NotebookNode]) -> Rubrics:
    """Return the cells to show below the answers to an assignment's written questions.

    A question has none if its source says no more than students get.

    Parameters
    ----------
    course : Course
        the course directory.
    assignment : str
        the assignment's name.
    versions : dict of NotebookNode
        its notebooks as they are graded, from `release.grading_versions`.

    Raises
    ------
    UserError
        if there is no such assignment, or it has no notebook.
    """
    found: Rubrics = {}
    for path in course.source_notebooks(assignment):
        source = nbformat.read(path, as_version=4)
        stubs = {grade_id(cell): cell.source.strip() for cell in versions[path.stem].cells}
        written = [cell for cell in source.cells
                   if cell.cell_type == "markdown" and is_solution(cell) and is_grade(cell)]
        found[path.stem] = {
            grade_id(cell): _cell(text, cell.get("attachments", {}), number)
            for number, cell in enumerate(written, start=1)
            if (text := _without_markers(cell.source, course.marks.solution)) != stubs[grade_id(cell)]}
    return found


def show(out: Path, assignment: str, rubrics: Rubrics) -> None:
    """Put the cells into an assignment's graded notebooks below `out`, in place of those that are there.

    Notebooks that the grader did not make stay as they are. If `out` has no settings for nbgrader, it gets those
    by which nbgrader's own feedback leaves the cells out.
    """
    graded = out / "autograded"
    for student in sorted(graded.iterdir()) if graded.is_dir() else ():
        for name, cells in rubrics.items():
            _put(student / assignment / f"{name}.ipynb", cells)
    settings = out / "nbgrader_config.py"
    if any(rubrics.values()) and not settings.exists():
        write_whole(settings, CONFIG.encode())


def _without_markers(source: str, markers: tuple[str, str]) -> str:
    """Return a question's whole source: outside the solution regions are the numbers and the points of its parts."""
    return "\n".join(line for line in source.split("\n") if not any(mark in line for mark in markers)).strip()


def _cell(text: str, pictures: NotebookNode, number: int) -> NotebookNode:
    text, pictures = with_pictures(text, pictures)
    made = new_markdown_cell(f"{HEADING}\n\n{text}", id=f"{TAG}-{number}", metadata={"tags": [TAG]})
    if pictures:
        made.attachments = pictures
    records.put(made, records.Record(for_grader=True))
    return made


def _put(path: Path, rubrics: dict[str, NotebookNode]) -> None:
    try:
        notebook = nbformat.versions[4].reads(path.read_text(encoding="utf-8"))
        ours = notebook.metadata.get(REDACTED)
    except (OSError, ValueError, AttributeError):  # none was made, or it is no notebook
        return
    if not ours:
        return
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        if not records.of(cell).for_grader:
            cells += [cell, *([rubrics[grade_id(cell)]] if grade_id(cell) in rubrics else [])]
    if cells != notebook.cells:
        notebook.cells = cells
        write_whole(path, nbformat.versions[4].writes(notebook).encode("utf-8", "replace"))
