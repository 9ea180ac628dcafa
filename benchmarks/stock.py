"""Measure stock nbgrader on the same batch, and find the scores for which its own rule is not right."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade

from autograder.engine import run
from benchmarks import processes


@dataclass
class Graded:
    """A batch that stock nbgrader graded.

    Attributes
    ----------
    seconds : float
        duration of the whole command.
    count : int
        the number of submissions.
    peak_megabytes : float
        peak memory of all processes, with one submission.
    scores, left_out : dict
        for each student and grade_id the score, or why it is not comparable.
    """

    seconds: float
    count: int
    peak_megabytes: float
    scores: dict[tuple[str, str], float | None]
    left_out: dict[tuple[str, str], str]


def grade(source: Path, assignment: str, submitted: Path, root: Path, count: int) -> Graded:
    """Grade the first `count` submissions in a new course directory `root` with stock nbgrader."""
    root.mkdir(parents=True)
    (root / "source").mkdir()
    (root / "source" / assignment).symlink_to(source / assignment)
    (root / "submitted").mkdir()
    for student in sorted(submitted.iterdir())[:count]:
        (root / "submitted" / student.name).symlink_to(student)
    own = (source.parent / "nbgrader_config.py").read_text(encoding="utf-8")  # the same stubs
    (root / "nbgrader_config.py").write_text(
        own + "\nc.ExecutePreprocessor.timeout = 240\nc.CourseDirectory.source_directory = 'source'\n"
        "c.CourseDirectory.release_directory = 'release'\nc.CourseDirectory.root = '.'\n")
    env = os.environ | run.environment() | {
        "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"],
    }  # the same work in each cell as with this engine
    nbgrader = [sys.executable, "-m", "nbgrader"]
    processes.run([*nbgrader, "generate_assignment", assignment, "--force"], root, env)
    ran = processes.run([*nbgrader, "autograde", assignment], root, env)
    first = [f"--student={sorted(submitted.iterdir())[0].name}", "--force"]
    again = processes.run([*nbgrader, "autograde", assignment, *first], root, env, memory=True)
    scores, left_out = {}, {}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        for path in sorted((root / "autograded").rglob("*.ipynb")):
            student = path.parent.parent.name
            for cell in nbformat.read(path, 4).cells:
                if not is_grade(cell):
                    continue
                key = student, cell.metadata.nbgrader.grade_id
                reason = _not_right(cell)
                if reason:
                    left_out[key] = reason
                try:
                    scores[key] = gradebook.find_grade(key[1], path.stem, assignment, student).auto_score
                except MissingEntry:
                    left_out[key] = "not in its gradebook"
    return Graded(ran.seconds, count, again.peak_megabytes, scores, left_out)


def _not_right(cell) -> str:
    """Return why nbgrader's own rule is wrong for this cell, else an empty string; the first decisive output counts."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            return ""
        if output.output_type == "stream" and output.name == "stderr":
            return "output on stderr costs all points"
        if output.output_type == "execute_result":
            return "the cell's value is read as a score"
    return ""
