"""The two tables next to the gradebook, made from the ledger each time, for people to read.

scores.csv has a row per student and graded cell, submissions.csv a row per student and notebook.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from itertools import chain, count
from pathlib import Path

from autograder.files import csv_table, write_whole
from autograder.jobs import Score
from autograder.plain import plain
from autograder.results.ledger import Ledger, assignments
from autograder.results.summary import summary

LONGEST = 2000  # characters per text in a table


@dataclass(frozen=True)
class _Plain:
    """A row whose texts are made printable, each on one line."""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, plain(getattr(self, field.name), LONGEST))


@dataclass(frozen=True)
class ScoreRow(_Plain):
    """One line of scores.csv; `score` is empty until a person grades the cell."""

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
    """One line of submissions.csv: a notebook's points, a sentence on what happened, its repairs, and all its flags."""

    student: str
    assignment: str
    notebook: str
    score: str
    max_score: str
    summary: str
    repaired: str = ""
    flags: str = ""

    @property
    def graded(self) -> bool:
        """Whether the notebook was graded; False if the grader itself failed, so that a person has to act."""
        return "grader-error" not in self.flags.split(";")


def score_rows(student: str, assignment: str, notebook: str, scores: list[Score]) -> list[ScoreRow]:
    """Return the lines of scores.csv for one notebook."""
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
    """Return the line of submissions.csv for one notebook."""
    return SubmissionRow(
        student, assignment, notebook,
        f"{sum(s.score or 0 for s in scores):g}", f"{sum(s.max_score for s in scores):g}",
        summary(scores), " ".join(repairs), ";".join(dict.fromkeys(flag for s in scores for flag in s.flags)),
    )


def exported(out: Path) -> Iterator[tuple[list[ScoreRow], SubmissionRow]]:
    """Yield the lines of both tables for each graded notebook in `out`, by assignment, student and notebook."""
    for assignment in assignments(out):
        for student, name, entry in Ledger(out, assignment).entries():
            yield (score_rows(student, assignment, name, entry.scores),
                   submission_row(student, assignment, name, entry.scores, entry.repairs))


def write_tables(
    out: Path, more: Iterable[tuple[list[ScoreRow], SubmissionRow]] = ()
) -> tuple[list[SubmissionRow], list[str]]:
    """Write both tables from the ledger's results for all assignments, and from `more`.

    Returns
    -------
    list of SubmissionRow
        the lines of submissions.csv.
    list of str
        a sentence for each table that another program had changed; the changed table is kept under another name.
    """
    submissions: list[SubmissionRow] = []

    def score_lines() -> Iterator[ScoreRow]:
        for rows, row in chain(exported(out), more):
            submissions.append(row)
            yield from rows

    told = [_replace(out / "scores.csv", ScoreRow, score_lines()),
            _replace(out / "submissions.csv", SubmissionRow, submissions)]
    return submissions, [sentence for sentence in told if sentence]


def _replace(path: Path, kind: type, rows: Iterable) -> str:
    """Write a table completely or not at all; return a sentence if another program changed it, which is then kept."""
    content = csv_table(kind, rows)
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
