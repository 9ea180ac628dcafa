"""The only writer to the gradebook, nbgrader's own: one transaction a submission.

Rows are named by their ids and forgotten after each commit: nbgrader's objects would load every
submission of the class to add one more.
"""

from __future__ import annotations

import os
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from sqlalchemy import delete, select

from autograder.notebooks import grade_id
from autograder.scores import Score


def create(path: Path) -> str:
    """The URL of an SQLite gradebook; a new one is made beside its place, as nbgrader takes several steps."""
    if not path.exists():
        beside = path.with_suffix(".part")
        beside.unlink(missing_ok=True)
        Gradebook(f"sqlite:///{beside}").close()
        os.replace(beside, path)
    return f"sqlite:///{path}"


def record(
    gradebook: Gradebook, student: str, assignment: str, scores: dict[str, list[Score]]
) -> None:
    """Write one submission to the gradebook, in one transaction.

    Parameters
    ----------
    gradebook : Gradebook
        an open gradebook that knows the assignment (`release.generate` tells it).
    student, assignment : str
        whose submission to what.
    scores : dict
        for each notebook, its scores. What a person graded by hand is kept.
    """
    db = gradebook.db
    if db.get(Student, student) is None:
        db.add(Student(id=student))
        db.flush()
    assignment_id = gradebook.find_assignment(assignment).id
    submission = _one(db, SubmittedAssignment, assignment_id=assignment_id, student_id=student)
    for notebook, name in db.execute(select(Notebook.id, Notebook.name).filter_by(assignment_id=assignment_id)):
        submitted = _one(db, SubmittedNotebook, assignment_id=submission, notebook_id=notebook)
        _record_notebook(db, notebook, submitted, {score.grade_id: score for score in scores.get(name, [])})
    db.commit()
    db.expunge_all()


def _record_notebook(db, notebook: str, submitted: str, scores: dict[str, Score]) -> None:
    """A grade for every graded cell, a comment for every cell a person may comment on."""
    grades = {grade.cell_id: grade for grade in db.scalars(select(Grade).filter_by(notebook_id=submitted))}
    comments = {found.cell_id: found for found in db.scalars(select(Comment).filter_by(notebook_id=submitted))}
    cells = select(BaseCell.id, BaseCell.name, BaseCell.type).filter_by(notebook_id=notebook)
    for cell, name, kind in db.execute(cells):
        score = scores.get(name)
        if kind in ("GradeCell", "TaskCell"):
            grade = grades.get(cell) or Grade(cell_id=cell, notebook_id=submitted)
            grade.auto_score = score.score if score else 0.0
            grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None
            db.add(grade)
        if kind in ("SolutionCell", "TaskCell"):
            comment = comments.get(cell) or Comment(cell_id=cell, notebook_id=submitted)
            missing = score is not None and score.status == "missing"
            comment.auto_comment = "No response." if missing else None
            db.add(comment)


def _one(db, kind: type, **columns: str) -> str:
    """The id of the one row with these columns; added where there is none."""
    found = db.scalar(select(kind.id).filter_by(**columns))
    if found is None:
        row = kind(**columns)
        db.add(row)
        db.flush()
        found = row.id
    return found


def follow(gradebook: Gradebook, assignment: str, versions: dict[str, NotebookNode]) -> None:
    """Give a known assignment the cells of a changed release, in one transaction.

    nbgrader refuses to add or remove a cell once there are submissions. Here a cell that has gone
    takes its scores and comments along, those given by hand too; all others stay.

    Parameters
    ----------
    gradebook : Gradebook
        an open gradebook.
    assignment : str
        its name; nothing happens where the gradebook does not know it.
    versions : dict
        its notebooks, from `release.grading_versions`.
    """
    db = gradebook.db
    try:
        assignment_id = gradebook.find_assignment(assignment).id
    except MissingEntry:
        return
    known = dict(db.execute(select(Notebook.name, Notebook.id).filter_by(assignment_id=assignment_id)).all())
    for name, notebook in known.items():
        if name not in versions:
            _remove_cells(db, notebook, {})
            db.execute(delete(SubmittedNotebook).filter_by(notebook_id=notebook))
            db.execute(delete(Notebook).filter_by(id=notebook))
    for name, version in versions.items():
        wanted = _cells(version)
        notebook = _one(db, Notebook, name=name, assignment_id=assignment_id)
        _remove_cells(db, notebook, wanted)
        for kind, cells in wanted.items():
            there = set(db.scalars(select(kind.name).filter_by(notebook_id=notebook)))
            db.add_all(
                kind(name=cell, notebook_id=notebook, **columns)
                for cell, columns in cells.items() if cell not in there
            )
    db.commit()
    db.expunge_all()


def _cells(version: NotebookNode) -> dict[type, dict[str, dict]]:
    """For each kind of cell the names and the columns without which there is no row."""
    found: dict[type, dict[str, dict]] = {GradeCell: {}, SolutionCell: {}, TaskCell: {}, SourceCell: {}}
    for cell in version.cells:
        name, graded = grade_id(cell), {"cell_type": cell.cell_type}
        if is_grade(cell) or is_task(cell):
            graded["max_score"] = float(cell.metadata.nbgrader["points"])
        if is_grade(cell):
            found[GradeCell][name] = graded
        if is_solution(cell):
            found[SolutionCell][name] = {}
        if is_task(cell):
            found[TaskCell][name] = graded
        if is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell):
            found[SourceCell][name] = {"cell_type": cell.cell_type}
    return found


def _remove_cells(db, notebook: str, wanted: dict[type, dict]) -> None:
    """Remove the cells that are not wanted, and what was recorded for them."""
    for kind in (GradeCell, SolutionCell, TaskCell, SourceCell):
        rows = db.execute(select(kind.id, kind.name).filter_by(notebook_id=notebook)).all()
        for cell in [cell for cell, name in rows if name not in wanted.get(kind, {})]:
            if kind is not SourceCell:
                db.execute(delete(Grade).filter_by(cell_id=cell))
                db.execute(delete(Comment).filter_by(cell_id=cell))
                db.execute(delete(kind.__table__).where(kind.__table__.c.id == cell))
                db.execute(delete(BaseCell.__table__).where(BaseCell.__table__.c.id == cell))
            else:
                db.execute(delete(SourceCell).filter_by(id=cell))
