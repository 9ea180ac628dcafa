"""The two tables beside the gradebook, made anew from the ledger each time: what is in them is for people to read.

scores.csv has a row a graded cell and student, submissions.csv a row a notebook and student.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from itertools import chain, count
from pathlib import Path

from autograder import table
from autograder.files import write_whole
from autograder.jobs import Score
from autograder.notebooks import title
from autograder.plain import plain
from autograder.results.ledger import Ledger, assignments

# What a status is called when a person reads it.
IN_WORDS = {
    "ok": "full points", "partial": "partial points", "failed": "a check failed",
    "error": "an error was raised", "timeout": "the time ran out", "killed": "the run was stopped",
    "missing": "nothing to grade", "manual": "waits for a person",
    "again": "was graded by hand before the answer or the task changed; a person looks at it again",
}


LONGEST = 2000  # characters of one text in a table


class _Plain:
    """A row of which every text is one line that can be printed."""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, plain(getattr(self, field.name), LONGEST))


@dataclass(frozen=True)
class ScoreRow(_Plain):
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
class SubmissionRow(_Plain):
    """One line of submissions.csv: a notebook's total, what happened in a sentence, what was repaired, all flags."""

    student: str
    assignment: str
    notebook: str
    score: str
    max_score: str
    happened: str
    repaired: str = ""
    flags: str = ""

    @property
    def graded(self) -> bool:
        """False where the grader itself failed, so that a person has to do something."""
        return "grader-error" not in self.flags.split(";")


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
        happened(scores), " ".join(repairs), ";".join(dict.fromkeys(flag for s in scores for flag in s.flags)),
    )


def happened(scores: list[Score]) -> str:
    """One sentence on a notebook: how much is right, and the gravest thing that is not."""
    if not scores:
        return "Has no graded cell."
    graded = [s for s in scores if not s.written]
    right = sum(s.status == "ok" for s in graded)
    manual = any(s.status == "manual" for s in scores)
    waiting = "; a written answer waits for a person" if manual else ""
    if all(s.status == "missing" or "grader-error" in s.flags for s in scores):
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


def exported(out: Path) -> Iterator[tuple[list[ScoreRow], SubmissionRow]]:
    """The lines of both tables for each notebook that was graded into `out`, by assignment, student and notebook."""
    for assignment in assignments(out):
        for student, name, entry in Ledger(out, assignment).entries():
            yield (score_rows(student, assignment, name, entry.scores),
                   submission_row(student, assignment, name, entry.scores, entry.repairs))


def write_tables(
    out: Path, more: Iterable[tuple[list[ScoreRow], SubmissionRow]] = ()
) -> tuple[list[SubmissionRow], list[str]]:
    """Make both tables anew from what the ledger has of all assignments, and from `more`.

    Returns
    -------
    list of SubmissionRow
        the lines of submissions.csv.
    list of str
        a sentence for each table that was changed since it was written: it is kept under another name.
    """
    summary: list[SubmissionRow] = []

    def score_lines() -> Iterator[ScoreRow]:
        for rows, row in chain(exported(out), more):
            summary.append(row)
            yield from rows

    told = [_replace(out / "scores.csv", ScoreRow, score_lines()),
            _replace(out / "submissions.csv", SubmissionRow, summary)]
    return summary, [sentence for sentence in told if sentence]


def _replace(path: Path, kind: type, rows: Iterable) -> str:
    """Write a table whole or not at all; where something else has changed it, keep that and say so."""
    content = table.as_bytes(kind, rows)
    seal = path.parent / "results" / f".{path.name}.sha256"
    said = ""
    with suppress(OSError):
        there = hashlib.sha256(path.read_bytes()).hexdigest()
        if there not in (seal.read_text(encoding="ascii").split()):
            number = next(n for n in count(1) if not path.with_stem(f"{path.stem} (changed {n})").exists())
            kept = path.with_stem(f"{path.stem} (changed {number})")
            os.replace(path, kept)
            said = f"{path.name} had been changed by another program: that version is kept as {kept.name}."
    write_whole(seal, hashlib.sha256(content).hexdigest().encode())
    write_whole(path, content)
    return said
