"""Lead a class's submissions through intake, run, scores and record.

The coordinator reads and writes files and the gradebook; a worker gets one notebook and returns
one. Whatever a submission does, its student has a row for every graded cell.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder import intake, release, run, scores
from autograder.course import Course, Limits
from autograder.errors import NotHandedIn, Unreadable, UserError
from autograder.record import (
    ScoreRow,
    SubmissionRow,
    record,
    score_rows,
    submission_row,
    write_tables,
)
from autograder.scores import Score

NOT_RUN = "The grader could not run this notebook"


@dataclass(frozen=True)
class Result:
    """What came of one student's notebook: its scores and, where one was run, the file."""

    student: str
    name: str
    scores: list[Score]
    notebook: bytes | None


def grade(
    course: Course,
    assignment: str,
    submissions: Path,
    out: Path,
    limits: Limits | None = None,
    workers: int | None = None,
    progress: Callable[[str, int, int], None] = lambda student, done, total: None,
) -> list[SubmissionRow]:
    """Grade every student with a folder under `submissions`.

    Parameters
    ----------
    course : Course
        the course directory, with the solutions and hidden tests.
    assignment : str
        its name.
    submissions : Path
        nbgrader's layout: `submissions/STUDENT/ASSIGNMENT/*.ipynb`.
    out : Path
        gets gradebook.db, scores.csv, submissions.csv, release/ and autograded/.
    limits : Limits, optional
        for one submission; from course.toml by default.
    workers : int, optional
        how many notebooks run at a time; as many as there are cores by default.
    progress : callable
        told the student, how many notebooks are done, and of how many.

    Returns
    -------
    list of SubmissionRow
        by student and notebook.

    Raises
    ------
    UserError
        before anything is written, if a name or a folder is wrong.
    """
    if not submissions.is_dir():
        raise UserError(f"The submissions folder {submissions} does not exist; see --submissions.")
    students = sorted(
        path.name for path in submissions.iterdir()
        if path.is_dir() and not path.name.startswith(".")
    )
    if not students:
        raise UserError(
            f"{submissions} holds no student's folder: expected {submissions}/STUDENT/{assignment}/."
        )
    versions = release.grading_versions(course, assignment)
    out.mkdir(parents=True, exist_ok=True)
    db_url = f"sqlite:///{out.resolve() / 'gradebook.db'}"
    release.generate(course, assignment, out / "release", db_url)

    limits = limits or course.settings.limits
    support = out / "release" / assignment
    jobs = [(student, name) for student in students for name in versions]
    results: dict[tuple[str, str], Result] = {}
    pool = ThreadPoolExecutor(workers or os.cpu_count())
    futures = [
        pool.submit(_grade_one, student, name, versions, submissions / student / assignment,
                    limits, support)
        for student, name in jobs
    ]
    try:
        with Gradebook(db_url) as gradebook:
            for done, future in enumerate(as_completed(futures), 1):
                result = future.result()
                results[result.student, result.name] = result
                _write_notebook(out, assignment, result)
                theirs = {n: results[result.student, n].scores for n in versions
                          if (result.student, n) in results}
                if len(theirs) == len(versions):
                    record(gradebook, result.student, assignment, theirs)
                progress(result.student, done, len(jobs))
    finally:  # also after Ctrl-C: what is graded is written down, what has not begun is dropped
        pool.shutdown(cancel_futures=True)
        rows, summary = _tables(assignment, [results[job] for job in jobs if job in results])
        write_tables(out, assignment, rows, summary)
    return summary


def _grade_one(
    student: str, name: str, versions: dict[str, NotebookNode], folder: Path, limits: Limits,
    support: Path,
) -> Result:
    """One notebook of one student, from the file to the scores. Never raises."""
    version, flags = versions[name], ()
    try:
        path, flags = _find(folder, name, only=len(versions) == 1)
        merged = intake.merge(version, intake.read(path))
        notebook = run.run(merged.notebook, limits, support_files=support)
        rows = scores.score(notebook, merged.flags)
        rows = [replace(row, flags=(*flags, *row.flags)) for row in rows]
        _note_scores(notebook, rows)
        return Result(student, name, rows, nbformat.writes(notebook).encode("utf-8", "replace"))
    except NotHandedIn as problem:
        rows = scores.nothing_to_grade(version, str(problem), ())
    except Unreadable as problem:
        rows = scores.nothing_to_grade(version, str(problem), ("unreadable", *flags))
    except Exception as error:  # our failure, not the student's: it must not stop the class
        message = f"{NOT_RUN} ({type(error).__name__}: {error})."
        rows = scores.nothing_to_grade(version, message, ("grader-error", *flags))
        rows = [replace(row, status="killed") for row in rows]
    return Result(student, name, rows, None)


def _find(folder: Path, name: str, only: bool) -> tuple[Path, tuple[str, ...]]:
    """The submitted file; where it was renamed and there is just one, that one."""
    path = folder / f"{name}.ipynb"
    if path.is_file():
        return path, ()
    others = sorted(folder.glob("*.ipynb")) if folder.is_dir() else []
    if only and len(others) == 1:
        return others[0], ("renamed",)
    if others:
        found = ", ".join(other.name for other in others)
        raise NotHandedIn(f"Handed in {found}, but not {name}.ipynb.")
    raise NotHandedIn("Nothing was handed in.")


def _note_scores(notebook: NotebookNode, rows: list[Score]) -> None:
    """Put each score into its cell, where feedback finds it."""
    by_name = {row.grade_id: row for row in rows}
    for cell in notebook.cells:
        row = by_name.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if row is not None:
            mark = cell.metadata.setdefault("autograder", {})
            mark.update(status=row.status, message=row.message, flags=list(row.flags))


def _write_notebook(out: Path, assignment: str, result: Result) -> None:
    """Where nbgrader's formgrader looks: autograded/STUDENT/ASSIGNMENT/NAME.ipynb."""
    path = out / "autograded" / result.student / assignment / f"{result.name}.ipynb"
    path.unlink(missing_ok=True)
    if result.notebook is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(result.notebook)


def _tables(assignment: str, results: list[Result]) -> tuple[list[ScoreRow], list[SubmissionRow]]:
    rows = [
        row for r in results for row in score_rows(r.student, assignment, r.name, r.scores)
    ]
    summary = [submission_row(r.student, assignment, r.name, r.scores) for r in results]
    return rows, summary
