"""Measure whether the coordinator stays small and fast with many submissions; its workers only pretend to grade."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import psutil

from autograder import course as courses
from autograder import jobs
from autograder.grading import grade, worker
from autograder.jobs import Score
from benchmarks import batch, processes

STRETCH = 1000  # submissions at the start and at the end whose times are compared


def pretend(setup: jobs.Setup, task: jobs.Submission) -> jobs.Result:
    """Replace `worker.grade_one`: return full points at once, and the notebook as it was handed in."""
    return jobs.Result(task.student, task.name, [Score("test", 1.0, 1.0, "ok")], task.files[0][1], "pretended\n")


def measure(count: int) -> dict:
    """Grade `count` synthetic submissions in a separate process; return what it measured."""
    ran = processes.run([sys.executable, "-m", "benchmarks.coordinator", str(count)], Path.cwd())
    return json.loads(ran.lines[-1][1])


def main(count: int) -> None:
    """Grade `count` synthetic submissions, and print memory and times as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        batch.synthetic(root, "1 + 1", count)
        course, this = courses.load(root), psutil.Process()
        times, processor, memory = [], [], []

        def look(event: grade.Event) -> None:
            times.append(time.monotonic())
            processor.append(time.process_time())
            if event.done % 100 == 0:
                memory.append(this.memory_info().rss / 2**20)

        worker.grade_one = pretend
        grade.grade(course, "ps", root / "submitted", root / "out", workers=1, progress=look, anyway=True)
        stretch = min(STRETCH, count // 2)
        first, last = _both(times, stretch)
        first_processor, last_processor = _both(processor, stretch)
        memory.append(this.memory_info().rss / 2**20)  # after the tables are written
    print(json.dumps({
        "submissions": count, "first_megabytes": memory[0], "growth_megabytes": max(memory) - memory[0],
        "first_milliseconds": 1000 * first, "last_milliseconds": 1000 * last, "ratio": last / first,
        "ratio_of_processor_time": last_processor / first_processor,  # in case others use the machine, too
    }))


def _both(clock: list[float], stretch: int) -> tuple[float, float]:
    """Return the seconds per submission in the first and in the last stretch."""
    return (clock[stretch] - clock[0]) / stretch, (clock[-1] - clock[-1 - stretch]) / stretch


if __name__ == "__main__":
    main(int(sys.argv[1]))
