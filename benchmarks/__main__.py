"""Measure the engine on this machine and print one table: `make bench`.

    python -m benchmarks [ASSIGNMENT]... [--submissions N] [--stock N] [--synthetic N]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.table import Table

from autograder import course as courses
from autograder.terminal import console
from benchmarks import batch, coordinator, engine, stock

SHORT = 60  # seconds; a batch that takes less is graded several times
BUSY = "total = 0\nfor number in range(20_000_000):\n    total += number % 7"  # about two seconds of one core


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="*", default=["01-convolution-arithmetic", "02-lenet"])
    parser.add_argument("--submissions", type=int, default=20, help="of each assignment")
    parser.add_argument("--stock", type=int, help="how many of them stock nbgrader grades; all by default")
    parser.add_argument("--synthetic", type=int, default=10_000, help="for the coordinator's memory; 0 leaves it out")
    parser.add_argument("--busy", type=int, default=12, help="for 2 workers against 1; 0 leaves it out")
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"))
    options = parser.parse_args()
    found = {"machine": machine(), "assignments": {}}
    course = courses.load(Path("."))
    table = Table("batch", "with", "start s", "batch s", "s a submission", "× stock", "cells s", "overhead s",
                  "peak MB", title=found["machine"], title_justify="left")
    for assignment in options.assignments:
        with console.status(f"{assignment} …"), tempfile.TemporaryDirectory() as folder:
            rows = compare(course, assignment, Path(folder), options.submissions, options.stock or options.submissions)
        found["assignments"][assignment] = rows
        for name in ("stock", "1", "2"):
            add(table, assignment, name, rows[name])
        console.print(f"{assignment}: {rows['compared']} scores compared with stock nbgrader's, "
                      f"{len(rows['differ'])} differ {rows['differ'] or ''}; left out, where its rule is not right: "
                      f"{rows['left_out'] or 'none'}")
    console.print(table)
    if options.busy:
        with console.status("two workers against one …"):
            found["efficiency"] = efficiency(options.busy)
        console.print(f"Efficiency of 2 workers against 1: {found['efficiency']['efficiency']:.2f}")
    if options.synthetic:
        with console.status(f"{options.synthetic} synthetic submissions …"):
            found["coordinator"] = coordinator.measure(options.synthetic)
        console.print("Coordinator over {submissions} submissions: {growth_megabytes:.0f} MB more, "
                      "{first_milliseconds:.1f} ms a submission at first, {last_milliseconds:.1f} ms at last"
                      .format(**found["coordinator"]))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(found, indent=1) + "\n")
    console.print(f"Wrote {options.json}")


def machine() -> str:
    """Return a description of this machine, with the date."""
    memory = psutil.virtual_memory().total / 2**30
    return (f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}")


def compare(course: courses.Course, assignment: str, root: Path, count: int, stock_count: int) -> dict:
    """Grade one batch by this engine with 1 and 2 workers, and by stock nbgrader; return the rows of the table.

    The speed of a machine varies from minute to minute. So a batch that takes less than a minute is graded five times,
    before and after stock nbgrader, and the median counts.
    """
    batch.compose(course, assignment, root / "submitted", count)
    runs: dict[int, list[engine.Graded]] = {1: [], 2: []}

    def ours(number: int) -> None:
        for workers, graded in runs.items():
            graded.append(engine.grade(course.root, assignment, root / "submitted", root / f"out{workers}-{number}",
                                       workers, memory=number == 0))

    ours(0)
    if short := runs[1][0].batch < SHORT:
        ours(1)
    theirs = stock.grade(course.source, assignment, root / "submitted", root / "stock", stock_count)
    for number in (2, 3, 4) if short else ():
        ours(number)
    rows: dict = {}
    for workers, graded in runs.items():
        median = sorted(graded, key=lambda one: one.batch)[len(graded) // 2]
        rows[str(workers)] = {
            "start": median.start, "batch": median.batch, "each": median.batch / count, "cells": median.cells / count,
            "overhead": sum(median.each) / count - median.cells / count, "peak_megabytes": graded[0].peak_megabytes,
            "all_of_each": [one.batch / count for one in graded],
        }
    rows["stock"] = {"batch": theirs.seconds, "each": theirs.seconds / stock_count, "count": stock_count,
                     "peak_megabytes": theirs.peak_megabytes}
    for name in ("1", "2"):
        rows[name]["ratio"] = rows["stock"]["each"] / rows[name]["each"]
    compared = {key: score for key, score in theirs.scores.items() if key not in theirs.left_out}
    rows["compared"] = len(compared)
    ours_of_all = [one.scores for graded in runs.values() for one in graded]
    rows["differ"] = {"/".join(key): [score, *wrong] for key, score in compared.items()
                      if (wrong := sorted({scores[key] for scores in ours_of_all} - {score}, key=str))}
    rows["left_out"] = {"/".join(key): reason for key, reason in theirs.left_out.items()}
    return rows


def efficiency(count: int) -> dict:
    """Compare 1 worker with 2 in turn, on submissions that each keep one core busy; the median of three runs counts."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for workers, found in seconds.items():
            with tempfile.TemporaryDirectory() as folder:
                batch.synthetic(Path(folder), BUSY, count)
                found.append(engine.grade(
                    Path(folder), "ps", Path(folder, "submitted"), Path(folder, "out"), workers).batch)
    one, two = (statistics.median(found) for found in seconds.values())
    return {"1": seconds[1], "2": seconds[2], "efficiency": one / (2 * two)}


def add(table: Table, assignment: str, name: str, row: dict) -> None:
    """Add a line to the table; stock nbgrader's time is not split into parts."""
    who = {"stock": f"nbgrader autograde, {row.get('count')} submissions", "1": "1 worker", "2": "2 workers"}[name]
    table.add_row(assignment, who, *(
        f"{row[key]:.{digits}f}" if key in row else "–"
        for key, digits in (("start", 1), ("batch", 1), ("each", 2), ("ratio", 1), ("cells", 2), ("overhead", 2),
                            ("peak_megabytes", 0))
    ))


if __name__ == "__main__":
    main()
