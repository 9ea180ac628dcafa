"""How far the graded accuracy of an assignment spreads over seeds, measured with its own notebook.

The notebook says what to run. Of its text notebook the answer cells with the reference solution and
every code cell tagged `seeds` are executed, in order, in a process of its own. One of these cells defines

    accuracy_of_seed(seed: int) -> float

which trains one network with the images and epochs of the budget in force and returns its test
accuracy, 0 to 1; another one leaves `plan`, what cnnlab.budget.choose returned. The function is called
with the seeds 1, 2, 3, ... After each of them the budget's row of `seeds.md` in the assignment's folder
is rewritten; the rows of other budgets stay, and an interrupted measurement can go on from there.
"""

from __future__ import annotations

import datetime
import linecache
import multiprocessing
import os
import platform
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from autograder import build
from autograder.course import Course
from autograder.errors import UserError
from cnnlab import budget as budgets

ENOUGH = 4.0  # standard deviations that a threshold lies below the mean
HEAD = """# Test accuracy over seeds

Written by `autograder audit --seeds 20`: the notebook's reference solution, trained once from each of
the seeds 1, 2, 3, ... at each budget. The standard deviation is the sample's (n - 1). The distance
is how many standard deviations the threshold lies below the mean; 4 or more is asked for.

"""
COLUMNS = (
    "budget", "training", "seeds", "mean", "standard deviation", "minimum", "threshold", "distance",
    "machine", "date", "TensorFlow",
)


@dataclass(frozen=True)
class Spread:
    """One measurement.

    Attributes
    ----------
    assignment, budget : str
        of what.
    accuracies : tuple of float
        one a seed, 0 to 1.
    threshold : float
        the accuracy that is asked for.
    """

    assignment: str
    budget: str
    accuracies: tuple[float, ...]
    threshold: float

    @property
    def mean(self) -> float:
        """Of the accuracies."""
        return statistics.mean(self.accuracies)

    @property
    def deviation(self) -> float:
        """The sample's standard deviation."""
        return statistics.stdev(self.accuracies)

    @property
    def distance(self) -> float:
        """How many standard deviations the threshold lies below the mean."""
        return (self.mean - self.threshold) / self.deviation if self.deviation else float("inf")


def trains(course: Course, assignment: str) -> bool:
    """Whether an assignment asks for an accuracy: some cell of its text notebook is tagged `seeds`."""
    (text,) = build.text_notebooks(course, assignment)
    return any("seeds" in cell.metadata.get("tags", []) for cell in build.compose(course, text).cells)


def measure(course: Course, assignment: str, budget: str, count: int, resume: bool = False) -> Spread:
    """Train with the seeds 1 to `count`; prints a line each and writes `seeds.md`, unless that lists more seeds.

    Raises
    ------
    UserError
        if `count` is no spread, or the notebook has not the cells it takes.
    """
    if count < 2:
        raise UserError(f"A spread needs two seeds or more, but --seeds is {count}.")
    (text,) = build.text_notebooks(course, assignment)
    context = multiprocessing.get_context("spawn")  # TensorFlow in a process that forks would hang
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_in_a_process, args=(text, budget, count, resume, sender))
    process.start()
    sender.close()
    try:
        accuracies, threshold = receiver.recv()
    except EOFError:
        raise UserError(
            f"{text} could not be measured (the reason is above): its cells tagged `seeds` must define "
            "accuracy_of_seed(seed) and plan."
        ) from None
    finally:
        process.join()
    return Spread(assignment, budget, tuple(accuracies), threshold)


def table(spreads: list[Spread]) -> Table:
    """A line an assignment."""
    made = Table("assignment", "budget", title="Accuracies over seeds", title_justify="left")
    for name in ("seeds", "mean", "standard deviation", "threshold", "distance in deviations"):
        made.add_column(name, justify="right")
    for one in spreads:
        made.add_row(one.assignment, one.budget, str(len(one.accuracies)), f"{one.mean:.4f}", f"{one.deviation:.5f}",
                     f"{one.threshold:.3f}", f"{one.distance:.1f}" + ("" if one.distance >= ENOUGH else ", too near"))
    return made


def _in_a_process(text: Path, budget: str, count: int, resume: bool, sender) -> None:
    os.environ["CNNLAB_BUDGET"] = budget
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    table = text.parent / "seeds.md"
    before = listed(table, budget)
    accuracies = before[:count] if resume else []
    date = datetime.date.today().isoformat()
    with tempfile.TemporaryDirectory() as scratch:  # the notebook writes its logs below the working folder
        os.chdir(scratch)
        namespace = definitions(text)
        train, plan = namespace["accuracy_of_seed"], namespace["plan"]
        for seed in range(len(accuracies) + 1, count + 1):
            start = time.monotonic()
            accuracies.append(train(seed))
            took = time.monotonic() - start
            print(f"{text.parent.name}, seed {seed:2}: {accuracies[-1]:.4f} ({took:.0f} s)", flush=True)
            if seed > 1 and len(before) <= count:
                record(table, plan, accuracies, date)
        os.chdir(text.parent)
    sender.send((accuracies, plan.accuracy))


def definitions(path: Path) -> dict:
    """The namespace after the answer cells and the cells tagged `seeds` ran, in order."""
    import jupytext

    namespace: dict = {"__name__": "__main__"}
    for number, cell in enumerate(jupytext.read(path).cells):
        answer = cell.metadata.get("nbgrader", {}).get("solution", False)
        if cell.cell_type == "code" and (answer or "seeds" in cell.metadata.get("tags", [])):
            name = f"<{path.name}, cell {number}>"
            # tf.function reads the source of what it compiles, as it can in a notebook
            linecache.cache[name] = (len(cell.source), None, cell.source.splitlines(keepends=True), name)
            exec(compile(cell.source, name, "exec"), namespace)
    return namespace


def record(path: Path, plan, accuracies: list[float], date: str) -> None:
    """Put this budget's row into seeds.md, and its accuracies below the table."""
    import tensorflow as tf

    mean, deviation = statistics.mean(accuracies), statistics.stdev(accuracies)
    device = "GPU" if tf.config.list_physical_devices("GPU") else "no GPU"
    cells = (
        plan.budget, f"{plan.images:,} images × {plan.epochs} epochs", len(accuracies),
        f"{mean:.4f}", f"{deviation:.5f}", f"{min(accuracies):.4f}", f"{plan.accuracy:.3f}",
        f"{(mean - plan.accuracy) / deviation:.1f}",
        f"{os.cpu_count()} CPU cores ({platform.machine()}), {device}", date, tf.__version__,
    )
    rows, values = existing(path)
    rows[plan.budget] = f"| {' | '.join(map(str, cells))} |"
    values[plan.budget] = f"- {plan.budget}: {' '.join(f'{one:.4f}' for one in accuracies)}"
    order = [name for name in budgets.NAMES if name in rows]
    path.write_text(
        HEAD
        + f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
        + "\n".join(rows[name] for name in order)
        + "\n\nThe accuracies, from seed 1 on:\n\n" + "\n".join(values[name] for name in order) + "\n"
    )


def listed(path: Path, budget: str) -> list[float]:
    """The accuracies that seeds.md lists for a budget, from seed 1 on; [] where there are none."""
    values = existing(path)[1].get(budget, "")
    return [float(one) for one in values.split(":")[-1].split()]


def existing(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The rows and the lists of accuracies that seeds.md already holds, by budget."""
    text = path.read_text() if path.exists() else ""
    rows = {m[1]: m[0] for m in re.finditer(rf"^\| ({'|'.join(budgets.NAMES)}) \|.*$", text, re.MULTILINE)}
    values = {m[1]: m[0] for m in re.finditer(rf"^- ({'|'.join(budgets.NAMES)}): .*$", text, re.MULTILINE)}
    return rows, values
