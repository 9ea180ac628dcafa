"""Find flags and failures that all students of a class share, and for which the assignment is probably to blame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

FEWEST = 3  # answers to a task: with fewer, it can be chance
SAID_ELSEWHERE = ("not-attempted", "unsandboxed", "renamed", "grader-error", "worker-died")
FAILED = ("failed", "error", "timeout", "killed")
IN_WORDS = "a failed test"


class Scored(Protocol):
    """One graded cell of one student: `jobs.Score` or `grades.TaskResult`."""

    @property
    def grade_id(self) -> str: ...

    @property
    def status(self) -> str: ...

    @property
    def flags(self) -> tuple[str, ...]: ...


class Shared:
    """Counts of flags and failures over a class."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, str]] = Counter()
        self.seen: Counter[tuple[str, str, str]] = Counter()

    def add(self, notebook: str, scored: Iterable[Scored]) -> None:
        """Count one student's notebook; cells not attempted, not graded or waiting for a person do not count."""
        for one in scored:
            if one.status in ("missing", "manual") or set(one.flags) & {"not-attempted", "grader-error", "worker-died"}:
                continue
            self.answers[notebook, one.grade_id] += 1
            marks = [f"the flag `{flag}`" for flag in one.flags if flag not in SAID_ELSEWHERE]
            for mark in (*marks, *([IN_WORDS] if one.status in FAILED else [])):
                self.seen[notebook, one.grade_id, mark] += 1

    def sentences(self) -> list[str]:
        """Return a sentence for each flag or failure that all submissions have in a cell."""
        return [
            f"{notebook}.ipynb, cell {cell}: every submission with an answer ({count}) has {mark} there. This is "
            "likely the assignment's, not theirs: look at one of them before the scores are given out."
            for (notebook, cell, mark), count in self.seen.items()
            if count >= FEWEST and count == self.answers[notebook, cell]
        ]
