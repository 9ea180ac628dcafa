"""The class report, a self-contained HTML page: the distribution, each task, and what happened to each student."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import jinja2
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.course import Course
from autograder.files import write_whole
from autograder.results.grades import NotebookResult, TaskResult, load
from autograder.results.shared import Shared

TEMPLATES = Path(__file__).parents[1] / "templates"
BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#BBBBBB"  # distinguishable in greyscale and with colour blindness


@dataclass(frozen=True)
class Picture:
    """A picture on the page: an SVG as a data URI, and its alternative text."""

    uri: str
    alt: str


@dataclass(frozen=True)
class TaskRate:
    """The results of a class in one task.

    `full` and `part` are the shares, from 0 to 1, of the graded students with full and with partial points;
    `waiting` is the number of students still to be graded.
    """

    title: str
    full: float
    part: float
    waiting: int


def write(course: Course, out: Path, db: str | None = None) -> Path:
    """Write report.html below `out` from everything graded there, and return its path."""
    results = load(out, db)
    notebooks = [
        (name, list(group))
        for name, group in groupby(
            sorted(results, key=lambda r: (r.assignment, r.notebook, r.student)),
            key=lambda r: (r.assignment, r.notebook),
        )
    ]
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    page = out / "report.html"
    text = environment.get_template("report.html.j2").render(
        title=course.settings.title,
        students=len({result.student for result in results}),
        sections=[_section(assignment, group) for (assignment, _), group in notebooks],
        feedback=(out / "feedback").is_dir(),
    )
    write_whole(page, text.encode())
    return page


def task_rates(results: list[NotebookResult]) -> list[TaskRate]:
    """Return for each task the shares of students with full and with partial points."""
    by_name: dict[str, list[TaskResult]] = {}  # by name, because an earlier release may have had other tasks
    for result in results:
        for task in result.tasks:
            by_name.setdefault(task.grade_id, []).append(task)
    rates = []
    for tasks in by_name.values():
        graded = [(task.score, task.max_score) for task in tasks if task.score is not None]
        full = sum(score >= most for score, most in graded)
        part = sum(0 < score < most for score, most in graded)
        among = max(len(graded), 1)
        rates.append(TaskRate(tasks[0].title, full / among, part / among, sum(task.waits for task in tasks)))
    return rates


def _section(assignment: str, results: list[NotebookResult]) -> dict:
    return {
        "assignment": assignment,
        "notebook": results[0].notebook,
        "results": results,
        "mean": sum(result.score for result in results) / len(results),
        "max_score": results[0].max_score,
        "waits": sum(result.waits for result in results),
        "shared": _shared(results),
        "pictures": [_distribution(results), _success(task_rates(results))] if results[0].max_score else [],
    }


def _shared(results: list[NotebookResult]) -> list[str]:
    """Return a sentence for each thing that all of them have in common."""
    shared = Shared()
    for result in results:
        shared.add(result.notebook, result.tasks)
    return shared.sentences()


def _distribution(results: list[NotebookResult]) -> Picture:
    """Draw a histogram of the points."""
    scores, most = [r.score for r in results], results[0].max_score
    figure = Figure(figsize=(6.4, 2.8), layout="constrained")
    axes = figure.subplots()
    axes.hist(scores, bins=10, range=(0, most), color=BLUE, edgecolor="white", linewidth=1.5)
    axes.axvline(sum(scores) / len(scores), color="black", linestyle="--")
    axes.set(title="Points in the class (dashed: the mean)", xlabel=f"points of {most:g}",
             ylabel="students", xlim=(0, most))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    listed = ", ".join(f"{score:g}" for score in sorted(scores)) if len(scores) <= 30 else ""
    alt = (
        f"Histogram of the points of {len(scores)} students, mean {sum(scores) / len(scores):.1f} "
        f"of {most:g}" + (f": {listed}." if listed else ".")
    )
    return _picture(figure, alt)


def _success(rates: Iterable[TaskRate]) -> Picture:
    """Draw the share of students with full and with partial points, a bar per task."""
    rates = list(rates)
    figure = Figure(figsize=(6.4, 1.2 + 0.32 * len(rates)), layout="constrained")
    axes = figure.subplots()
    names = [rate.title for rate in rates]
    full = [100 * rate.full for rate in rates]
    part = [100 * rate.part for rate in rates]
    axes.barh(names, [100] * len(rates), color="#EEEEEE")
    axes.barh(names, full, color=BLUE, label="full points")
    if any(part):
        axes.barh(names, part, left=full, color=ORANGE, hatch="//", label="partial points")
    for place, rate in enumerate(rates):
        waits = f", {rate.waiting} to grade" if rate.waiting else ""
        axes.text(102, place, f"{100 * rate.full:.0f} %{waits}", va="center")
    axes.set(title="Success in each task", xlabel="fraction of the students graded [%]",
             xlim=(0, 145 if any(rate.waiting for rate in rates) else 116))
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.invert_yaxis()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    if any(part):
        figure.legend(loc="outside lower right", frameon=False, ncols=2)
    alt = "Bars, the share of students with full points: " + ", ".join(
        f"{rate.title} {100 * rate.full:.0f} %" for rate in rates
    ) + "."
    return _picture(figure, alt)


def _picture(figure: Figure, alt: str) -> Picture:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg")
    return Picture(
        "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode(), alt
    )
