"""A class's results: those in the ledger, together with points that a person gave by hand since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError
from autograder.jobs import Score
from autograder.notebooks import title
from autograder.results.gradebook import opened
from autograder.results.ledger import Ledger, assignments
from autograder.results.summary import IN_WORDS, summary


@dataclass(frozen=True)
class TaskResult:
    """One graded cell of one student; `score` is None until a person grades it."""

    grade_id: str
    score: float | None
    max_score: float
    status: str
    flags: tuple[str, ...]
    comment: str

    @property
    def title(self) -> str:
        """The grade_id in a readable form."""
        return title(self.grade_id)

    @property
    def waits(self) -> bool:
        """Whether a person still has to grade it, for the first time or again."""
        return self.score is None or self.status == "again"

    @property
    def to_look_at(self) -> tuple[str, ...]:
        """The flags that only a person can judge."""
        judged = ("tampered", "custom-equality", "writes-test-state")
        return tuple(flag for flag in self.flags if flag in judged)

    @property
    def in_words(self) -> str:
        """What happened, in a few words for people."""
        return "not attempted" if "not-attempted" in self.flags else IN_WORDS[self.status]


@dataclass(frozen=True)
class NotebookResult:
    """One notebook of one student."""

    student: str
    assignment: str
    notebook: str
    summary: str
    tasks: tuple[TaskResult, ...]
    repaired: str = ""

    @property
    def score(self) -> float:
        """The points so far."""
        return sum(task.score or 0 for task in self.tasks)

    @property
    def max_score(self) -> float:
        """The maximum number of points."""
        return sum(task.max_score for task in self.tasks)

    @property
    def nothing_ran(self) -> bool:
        """Whether no test ran, because nothing was handed in, or nothing that could be read or run."""
        return all(task.status == "missing" or {"unreadable", "grader-error", "worker-died"} & {*task.flags}
                   for task in self.tasks)

    @property
    def waits(self) -> bool:
        """Whether a person still has to grade one of the tasks."""
        return any(task.waits for task in self.tasks)


def load(out: Path, db: str | None = None) -> list[NotebookResult]:
    """Return everything that was graded into `out`, by assignment, student and notebook.

    `db` is the gradebook's URL; the gradebook in `out` by default.

    Raises
    ------
    UserError
        if nothing was graded there, or the gradebook cannot be read.
    """
    found = [
        (student, assignment, name, entry)
        for assignment in assignments(out) for student, name, entry in Ledger(out, assignment).entries()
    ]
    if not found:
        raise UserError(f"{out} holds no scores: run `autograder grade ... --out {out}` first.")
    by_hand = _by_hand(db or f"sqlite:///{out.resolve() / 'gradebook.db'}")
    return [
        NotebookResult(
            student, assignment, name, summary(entry.scores),
            tuple(_task(score, by_hand.get((student, assignment, name, score.grade_id))) for score in entry.scores),
            " ".join(entry.repairs))
        for student, assignment, name, entry in found
    ]


def _by_hand(db: str) -> dict[tuple[str, str, str, str], tuple[float | None, bool, str]]:
    """Return what a person entered by hand, by student, assignment, notebook and cell.

    Each value is the score (None if there is none), whether the cell has to be graded again because the answer or
    the task changed, and the comment.
    """
    found = {}
    with opened(db) as gradebook:
        for assignment in gradebook.assignments:
            for submission in assignment.submissions:
                for notebook in submission.notebooks:
                    key = (submission.student.id, assignment.name, notebook.name)
                    comments = {c.name: c.manual_comment or "" for c in notebook.comments}
                    for grade in notebook.grades:
                        given = grade.manual_score
                        if given is not None and grade.extra_credit:
                            given += grade.extra_credit
                        found[*key, grade.name] = given, grade.needs_manual_grade, comments.get(grade.name, "")
    return found


def _task(score: Score, by_hand: tuple[float | None, bool, str] | None) -> TaskResult:
    given, again, comment = by_hand or (None, False, "")
    points, status = score.score, score.status
    if given is not None:
        points, status = given, "again" if again else "ok" if given >= score.max_score else "partial"
    return TaskResult(score.grade_id, points, score.max_score, status, score.flags, comment)
