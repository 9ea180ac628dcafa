"""What `autograder grade` does: grade assignments one after the other, with the same workers, and say how it went."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from autograder import progress
from autograder.course import Course
from autograder.errors import StopsCommand, UserError
from autograder.grading import grade, submission_files
from autograder.grading.pool import Pool
from autograder.results.tables import SubmissionRow
from autograder.terminal import console, error_console, say

GRADED, SOMEBODY_FAILED, NOT_GRADED = 0, 1, 2  # exit codes
SHOWN = 10  # names listed in one message


def names(course: Course, given: list[str], everything: bool, submissions: Path) -> list[str]:
    """Return the assignments to grade, each once: those given, or with `everything` those that anybody handed in.

    Raises
    ------
    UserError
        if an assignment does not exist, none is given, or with `everything` one is given or nobody handed anything in.
    """
    if bool(given) == everything:
        raise UserError("Name the assignments to grade, or give --all alone for every one that was handed in.")
    for name in given:
        course.check_assignment(name)
    if given:
        return list(dict.fromkeys(given))
    found = submission_files.handed_in(submissions, course.assignments())
    if not found:
        raise UserError(f"Nobody's folder in {submissions} holds an assignment of the course: expected "
                        f"{submissions}/STUDENT/ASSIGNMENT/, with one of {', '.join(course.assignments())}.")
    return found


def run(course: Course, assignments: list[str], submissions: Path, out: Path, json: bool, pool: Pool,
        **options: Any) -> int:
    """Grade the assignments; return the exit code of the command.

    One that cannot be graded is told and left out, and the others are graded.

    Parameters
    ----------
    json : bool
        whether progress is shown to a program.
    pool : Pool
        the workers.
    options
        for `grade.grade`.

    Raises
    ------
    UserError
        if the only assignment cannot be graded.
    StopsCommand
        if no further assignment can be graded either.
    """
    several, worst, left_out, written = len(assignments) > 1, GRADED, [], False
    for name in assignments:
        said: list[str] = []
        try:
            with _shown(json, name) as show:
                rows = grade.grade(course, name, submissions, out, progress=show, pool=pool, say=said.append, **options)
        except UserError as error:
            if not several or isinstance(error, StopsCommand):
                raise
            say(f"{name}: {error}", error_console)
            left_out.append(name)
            continue
        finally:
            for sentence in said:
                say(sentence, error_console)
        written = True
        if not json:
            _show_rows(rows, name if several else "")
        if _show_failures(rows, f"{name}: " if several else ""):
            worst = SOMEBODY_FAILED
    if written and not json:
        say(f"Wrote {out / 'scores.csv'} and {'the gradebook' if options.get('db') else out / 'gradebook.db'}.")
    if left_out:
        say(f"Not graded: {', '.join(left_out)}, for the reason above. The same command grades what is missing once "
            "that is put right.", error_console)
        return NOT_GRADED
    return worst


def _shown(json: bool, name: str) -> AbstractContextManager[Callable[[grade.Event], None]]:
    return progress.Lines(console) if json else progress.Bar(console, name)


def _show_rows(rows: list[SubmissionRow], heading: str) -> None:
    if heading:
        say(f"\n{heading}")
    for row in rows:
        say(f"{row.student}  {row.score}/{row.max_score}  {row.summary}")


def _show_failures(rows: list[SubmissionRow], where: str) -> bool:
    """Name the students at whom the grader failed; return whether there are any."""
    failed = list(dict.fromkeys(row.student for row in rows if not row.graded))
    if failed:
        more = ", ..." if len(failed) > SHOWN else ""
        say(f"{where}Not everybody has a grade: the grader failed at {', '.join(failed[:SHOWN])}{more}, for the reason "
            "in submissions.csv. Everybody else has; the same command tries these again.", error_console)
    return bool(failed)
