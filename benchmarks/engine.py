"""Measure this engine on a batch: `autograder grade`, from outside and from what it writes."""

from __future__ import annotations

import csv
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes


@dataclass
class Graded:
    """The measurements of a batch that was graded.

    Attributes
    ----------
    start : float
        seconds from the command to the first cell, for imports, workers and their warm kernels.
    batch : float
        seconds from there to the last result.
    cells : float
        seconds that the cells of all submissions ran.
    each : list of float
        seconds that each submission took on its worker, without the start of the worker.
    peak_megabytes : float
        peak memory of all processes; 0 if it was not measured.
    scores : dict
        the score for each student and grade_id; None while it waits for a person.
    """

    start: float
    batch: float
    cells: float
    each: list[float]
    peak_megabytes: float
    scores: dict[tuple[str, str], float | None]


def grade(course: Path, assignment: str, submitted: Path, out: Path, workers: int, memory: bool = False) -> Graded:
    """Grade `submitted` into the new folder `out`; with `memory`, once more into another folder to measure memory."""
    line = [sys.executable, "-m", "autograder.cli", "grade", assignment, "--course", str(course), "--submissions",
            str(submitted), "--workers", str(workers), "--json", "--anyway", "--out"]
    ran = processes.run([*line, str(out)], cwd=course)
    peak = processes.run([*line, f"{out}-memory"], cwd=course, memory=True).peak_megabytes if memory else 0.0
    ends = [(second, json.loads(text)) for second, text in ran.lines if text.startswith("{")]  # the rest is stderr
    each = {student: _log_times(out / "logs" / assignment / student) for student in (e["student"] for _, e in ends)}
    start = min(second - (done - ready) for second, event in ends for ready, done in [each[event["student"]]])
    cells = sum(
        float(second) for path in (out / "logs").rglob("*.log")
        for second in re.findall(r"^ +cell \d+ +\S+ +([\d.]+) s ", path.read_text(encoding="utf-8"), re.M)
    )
    with (out / "scores.csv").open(encoding="utf-8") as file:
        scores = {(row["student"], row["grade_id"]): float(row["score"]) if row["score"] else None
                  for row in csv.DictReader(file)}
    return Graded(start, ends[-1][0] - start, cells, [done - ready for ready, done in each.values()],
                  peak, scores)


def _log_times(folder: Path) -> tuple[float, float]:
    """Return from a submission's log the second when its worker had a warm parent, and the last second."""
    (path,) = folder.glob("*.log")
    text = path.read_text(encoding="utf-8")
    times = [float(second) for second in re.findall(r"^ *([\d.]+) s  ", text, re.M)]
    ready = re.search(r"^ *([\d.]+) s  kernels", text, re.M)
    return float(ready[1]), times[-1]
