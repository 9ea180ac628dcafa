"""Write to nbgrader's gradebook, one transaction per submission; no other module writes to it.

Rows are addressed by id and dropped from the session after each commit: with nbgrader's own objects, adding one
submission would load those of the whole class.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
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
from sqlalchemy import delete, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from autograder.errors import UserError
from autograder.files import made_whole
from autograder.jobs import Score
from autograder.notebooks import grade_id
from autograder.plain import plain

Kind = type[GradeCell | SolutionCell | TaskCell | SourceCell]


@contextmanager
def opened(url: str) -> Iterator[Gradebook]:
    """Yield an open gradebook, and close it at the end of the block.

    Raises
    ------
    UserError
        if the database is damaged, locked, full or unreachable, even in the middle of the block.
    """
    with said_in_a_sentence(url), Gradebook(url) as gradebook:
        yield gradebook


@contextmanager
def said_in_a_sentence(url: str) -> Iterator[None]:
    """Turn database errors in the block into a UserError.

    Raises
    ------
    UserError
        with the gradebook's name, what is wrong, and what to do.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = plain(str(getattr(error, "orig", None) or error), 200)
        name = make_url(url).render_as_string(hide_password=True)
        what, remedy = next((answer for words, answer in _COMPLAINTS if re.search(words, reason)), _OTHERWISE)
        raise UserError(f"The gradebook {name} {what} ({reason}): {remedy} Nothing that was graded is lost.") from None


_COMPLAINTS = (  # patterns for a database's messages, each with the problem and the remedy
    (r"is locked", ("is in use by another program", "close that one, and the same command goes on.")),
    (r"disk is full|No space left", ("has no room on its disk", "make room, and the same command goes on.")),
    (r"readonly|read-only|unable to open", ("cannot be written", "make it writable, and the same command goes on.")),
    (r"not a database|malformed|no such (table|column)|disk I/O", (
        "is damaged", "put a copy of it back, or move it away: the same command then makes a new one, but points and "
        "comments given by hand are in the old one alone.")),
)
_OTHERWISE = "does not answer as it should", "see to that, and the same command goes on."


def create(path: Path) -> str:
    """Return the URL of an SQLite gradebook, creating it if it does not exist.

    nbgrader needs several steps for that, so the file is made elsewhere and then moved into place.
    """
    url = f"sqlite:///{path}"
    if not path.exists():
        with made_whole(path) as place, said_in_a_sentence(url):
            Gradebook(f"sqlite:///{place}").close()
    return url


def record(
    gradebook: Gradebook, student: str, assignment: str, scores: dict[str, list[Score]]
) -> None:
    """Write one submission to the gradebook in one transaction.

    Parameters
    ----------
    gradebook : Gradebook
        an open gradebook that contains the assignment, which `release.generate` adds.
    student, assignment : str
        the student's id and the assignment's name.
    scores : dict
        the scores of each notebook, by its name. Points and comments given by hand are kept.
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


def recorded(gradebook: Gradebook, assignment: str) -> set[str]:
    """Return the ids of the students whose submissions to an assignment are in the gradebook."""
    chosen = select(SubmittedAssignment.student_id).filter_by(assignment_id=gradebook.find_assignment(assignment).id)
    return set(gradebook.db.scalars(chosen))


def _record_notebook(db: Session, notebook: str, submitted: str, scores: dict[str, Score]) -> None:
    """Write a grade for every graded cell, and a comment for every cell that a person may comment on."""
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


def _one(db: Session, kind: type[SubmittedAssignment | SubmittedNotebook | Notebook], **columns: str) -> str:
    """Return the id of the only row with these columns, adding the row if it does not exist."""
    found = db.scalar(select(kind.id).filter_by(**columns))
    if found is None:
        row = kind(**columns)
        db.add(row)
        db.flush()
        found = row.id
    return found


def follow(gradebook: Gradebook, assignment: str, versions: dict[str, NotebookNode]) -> None:
    """Update an assignment to the cells of a changed release, in one transaction.

    nbgrader refuses to add or remove cells once there are submissions. Here a removed cell takes its scores
    and comments with it, including those given by hand; all others stay.

    Parameters
    ----------
    gradebook : Gradebook
        an open gradebook.
    assignment : str
        the assignment's name; nothing happens if the gradebook does not contain it.
    versions : dict
        the assignment's notebooks, from `release.grading_versions`.
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


def _cells(version: NotebookNode) -> dict[Kind, dict[str, dict]]:
    """Return for each kind of cell the names of its cells, each with the columns of its row."""
    found: dict[Kind, dict[str, dict]] = {GradeCell: {}, SolutionCell: {}, TaskCell: {}, SourceCell: {}}
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


def _remove_cells(db: Session, notebook: str, wanted: dict[Kind, dict[str, dict]]) -> None:
    """Remove the cells that are not wanted, with everything recorded for them."""
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
