"""`make demo`: grade a sample class, from the release to the report."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.table import Table

from autograder.authoring import build, sample
from autograder.course import Course
from autograder.grading import grade
from autograder.grading.pool import Pool, imported_by_all
from autograder.progress import Bar
from autograder.results import feedback, report
from autograder.results import grades as results
from autograder.terminal import say

CELL_SECONDS = 60  # below the course's limit, because each sample class has an answer that never ends
WRITTEN = ("submitted", "release", "autograded", "feedback", "results", "logs", "rehearsal")


def run(course: Course, out: Path, console: Console, sandbox: bool = True) -> None:
    """Build the assignments, grade the sample class, write feedback and report below `out`, and print the results.

    Parameters
    ----------
    course : Course
        the course directory.
    out : Path
        the output folder; the results of an earlier demo are replaced.
    console : Console
        the console for the output.
    sandbox : bool
        as for `grade.grade`.
    """
    started = monotonic()
    _clear(out)
    assignments = [name for name in course.assignments() if sample.students(course, name)]
    for name in assignments:
        say(f"Building {name}", console)
        build.build(course, name, progress=lambda text: say(f"  {text}", console))
        sample.hand_in(course, name, out / "submitted")
    limits = course.settings.limits.model_copy(update={"cell_seconds": CELL_SECONDS})
    with Pool(common=imported_by_all(course, assignments)) as pool:
        for name in assignments:
            say(f"Grading {name}", console)
            with Bar(console, name) as progress:
                grade.grade(
                    course, name, out / "submitted", out, limits, progress=progress, pool=pool, sandbox=sandbox)
    say("Writing feedback and report", console)
    feedback.write(course, out)
    page = report.write(course, out)
    for name in assignments:
        console.print(_table(name, [r for r in results.load(out) if r.assignment == name]))
    say(f"\nDone in {monotonic() - started:.0f} s. Open:", console)
    for what, path in (
        ("class report", page), ("feedback", out / "feedback"), ("scores", out / "scores.csv"),
        ("gradebook", out / "gradebook.db"), ("student notebooks", course.release),
    ):
        say(f"  {what:18} {path}", console)


def _clear(out: Path) -> None:
    """Remove what an earlier demo wrote, and nothing else."""
    for name in WRITTEN:
        shutil.rmtree(out / name, ignore_errors=True)
    for name in ("gradebook.db", "scores.csv", "submissions.csv", "report.html"):
        (out / name).unlink(missing_ok=True)


def _table(name: str, group: list[results.NotebookResult]) -> Table:
    """Return a table of the class: a row per student, a column per task."""
    table = Table(title=name, title_justify="left", padding=(0, 1))
    table.add_column("student", no_wrap=True)
    for task in group[0].tasks:
        heading = task.title.replace(" ", "\n")
        table.add_column(f"{heading}\n/{task.max_score:g}", justify="right", no_wrap=True)
    table.add_column(f"total\n/{group[0].max_score:g}", justify="right", no_wrap=True)
    table.add_column("what happened", ratio=1)
    for result in group:
        scores = ["–" if t.score is None else f"{t.score:g}" for t in result.tasks]
        table.add_row(result.student, *scores, f"{result.score:g}", result.summary)
    return table
