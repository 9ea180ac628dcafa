"""The two tables beside the gradebook, each replaced whole.

scores.csv has a row a graded cell and student, submissions.csv a row a notebook and student.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from autograder.notebooks import title
from autograder.scores import Score

# What a status is called when a person reads it.
IN_WORDS = {
    "ok": "full points", "partial": "partial points", "failed": "a check failed",
    "error": "an error was raised", "timeout": "the time ran out", "killed": "the run was stopped",
    "missing": "nothing to grade", "manual": "waits for a person",
}


@dataclass(frozen=True)
class ScoreRow:
    """One line of scores.csv; `score` is empty while it waits for a person."""

    student: str
    assignment: str
    notebook: str
    grade_id: str
    score: str
    max_score: str
    status: str
    flags: str


@dataclass(frozen=True)
class SubmissionRow:
    """One line of submissions.csv: a notebook's total, what happened in a sentence, and what was repaired."""

    student: str
    assignment: str
    notebook: str
    score: str
    max_score: str
    happened: str
    repaired: str = ""


def score_rows(student: str, assignment: str, notebook: str, scores: list[Score]) -> list[ScoreRow]:
    """The lines of scores.csv for one notebook."""
    return [
        ScoreRow(
            student, assignment, notebook, s.grade_id,
            "" if s.score is None else f"{s.score:g}", f"{s.max_score:g}",
            s.status, ";".join(s.flags),
        )
        for s in scores
    ]


def submission_row(
    student: str, assignment: str, notebook: str, scores: list[Score], repairs: tuple[str, ...] = ()
) -> SubmissionRow:
    """The line of submissions.csv for one notebook."""
    return SubmissionRow(
        student, assignment, notebook,
        f"{sum(s.score or 0 for s in scores):g}", f"{sum(s.max_score for s in scores):g}",
        happened(scores), " ".join(repairs),
    )


def happened(scores: list[Score]) -> str:
    """One sentence on a notebook: how much is right, and the gravest thing that is not."""
    graded = [s for s in scores if not s.written]
    right = sum(s.status == "ok" for s in graded)
    manual = any(s.status == "manual" for s in scores)
    waiting = "; a written answer waits for a person" if manual else ""
    if all(s.status == "missing" for s in scores):
        return scores[0].message
    if not graded:
        return "Waits for a person."
    if right == len(graded):
        every = f"All {right} tasks" if right > 1 else "The one task"
        return f"{every} right{waiting}."
    if all("not-attempted" in s.flags for s in graded):
        return f"Nothing attempted{waiting}."
    gravest = next(
        (s for status in ("killed", "timeout", "error", "failed", "partial", "missing")
         for s in graded if s.status == status and "not-attempted" not in s.flags),
        next(s for s in graded if s.status != "ok"),
    )
    detail = f"In {title(gravest.grade_id)} {IN_WORDS[gravest.status]}: {gravest.message}"
    return f"{right} of {len(graded)} tasks right{waiting}. {detail.rstrip('.: ')}."


def write_tables(
    out: Path, assignment: str, results: Iterable[tuple[list[ScoreRow], SubmissionRow]]
) -> list[SubmissionRow]:
    """Replace this assignment's lines in both tables; other assignments' lines stay.

    `results` is gone through once, a notebook at a time. Returns the lines of submissions.csv.
    """
    summary = []

    def score_lines() -> Iterator[ScoreRow]:
        for rows, row in results:
            summary.append(row)
            yield from rows

    _replace(out / "scores.csv", ScoreRow, assignment, score_lines())
    _replace(out / "submissions.csv", SubmissionRow, assignment, summary)
    return summary


def read_table(path: Path, kind: type) -> list:
    """The lines of one table, as objects of its row class; none where the file is missing."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [kind(**row) for row in csv.DictReader(file)]


def _replace(path: Path, kind: type, assignment: str, rows: Iterable) -> None:
    """Write a table whole or not at all: its other assignments' lines, then these."""
    beside = path.with_suffix(".part")
    with beside.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(kind)])
        writer.writeheader()
        kept = (row for row in read_table(path, kind) if row.assignment != assignment)
        writer.writerows(asdict(row) for row in kept)
        writer.writerows(asdict(row) for row in rows)
    os.replace(beside, path)
