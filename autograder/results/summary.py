"""Describe a graded notebook in one sentence."""

from __future__ import annotations

from autograder.jobs import Score
from autograder.notebooks import title

# The words for each status.
IN_WORDS = {
    "ok": "full points", "partial": "partial points", "failed": "a check failed",
    "error": "an error was raised", "timeout": "the time ran out", "killed": "the run was stopped",
    "missing": "nothing to grade", "manual": "waits for a person",
    "again": "was graded by hand before the answer or the task changed; a person looks at it again",
}


def summary(scores: list[Score]) -> str:
    """Return a sentence on a notebook: how many tasks are right, and the most serious problem."""
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
