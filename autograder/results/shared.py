"""What every student of a class shares: a flag or a failure that is likely the assignment's, and not theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

FEWEST = 3  # answers to a task: what fewer have in common can be chance
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
    """Counts over a class, a notebook of a student at a time."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, str]] = Counter()
        self.seen: Counter[tuple[str, str, str]] = Counter()

    def add(self, notebook: str, scored: Iterable[Scored]) -> None:
        """Count one student's notebook; what was not attempted, or waits for a person, does not count."""
        for one in scored:
            if one.status in ("missing", "manual") or set(one.flags) & {"not-attempted", "grader-error", "worker-died"}:
                continue
            self.answers[notebook, one.grade_id] += 1
            marks = [f"the flag `{flag}`" for flag in one.flags if flag not in SAID_ELSEWHERE]
            for mark in (*marks, *([IN_WORDS] if one.status in FAILED else [])):
                self.seen[notebook, one.grade_id, mark] += 1

    def sentences(self) -> list[str]:
        """One for each thing that all have in one cell."""
        return [
            f"{notebook}.ipynb, cell {cell}: every submission with an answer ({count}) has {mark} there. This is "
            "likely the assignment's, not theirs: look at one of them before the scores are given out."
            for (notebook, cell, mark), count in self.seen.items()
            if count >= FEWEST and count == self.answers[notebook, cell]
        ]
