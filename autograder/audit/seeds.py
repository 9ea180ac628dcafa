"""Measure how the graded accuracy of an assignment varies over seeds, with the assignment's own notebook.

The notebook says what to run. The answer cells of its text notebook, with the reference solution, and all code
cells tagged `seeds` are executed in order, in a separate process. One of these cells defines

    accuracy_of_seed(seed: int) -> float

which trains one network with the images and epochs of the current budget and returns its test accuracy, 0 to 1.
Another one defines `plan`, with `images`, `epochs` and the `accuracy` asked for. With the budget `audit`, a reduced
grading budget, the cells tagged `audit` run, too. The function is called with the seeds 1, 2, 3, ... After each
seed from the second on, the accuracies at the budget are written to `seeds.toml` in the assignment's folder. The
entries for other budgets stay, and an interrupted measurement can be resumed.

A cell tagged both `seeds` and `audit` is in no notebook, and may define

    broken_accuracies(seed: int) -> dict[str, float]

which returns the accuracies of plausible but broken networks, by what is wrong with them. Each must fall short of
the accuracy asked for.
"""

from __future__ import annotations

import datetime
import linecache
import multiprocessing
import os
import platform
import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rich.table import Table

from autograder.audit import seeds_file
from autograder.authoring import build
from autograder.course import Course
from autograder.errors import UserError

ENOUGH = 4.0  # the threshold must be this many standard deviations below the mean
BROKEN = 3  # number of seeds for broken networks


@dataclass(frozen=True)
class SeedStudy:
    """One measurement.

    Attributes
    ----------
    assignment, budget : str
        what was measured.
    accuracies : tuple of float
        one per seed, 0 to 1.
    threshold : float
        the accuracy asked for, 0 to 1.
    broken : dict of list of float
        the accuracies of broken networks, by what is wrong with them.
    """

    assignment: str
    budget: str
    accuracies: tuple[float, ...]
    threshold: float
    broken: dict[str, list[float]]

    @property
    def mean(self) -> float:
        """The mean accuracy."""
        return statistics.mean(self.accuracies)

    @property
    def deviation(self) -> float:
        """The sample standard deviation of the accuracies."""
        return statistics.stdev(self.accuracies)

    @property
    def distance(self) -> float:
        """How many standard deviations the threshold is below the mean."""
        return (self.mean - self.threshold) / self.deviation if self.deviation else float("inf")

    @property
    def problems(self) -> list[str]:
        """Sentences that say whether the threshold is unfair, or too low to exclude broken networks."""
        where = f"{self.assignment} at the budget {self.budget}"
        found = [] if self.distance >= ENOUGH else [
            f"{where}: the threshold {self.threshold:.3f} lies {self.distance:.1f} standard deviations below the mean, "
            f"and should lie {ENOUGH:.0f} or more: ask for less, or train more."]
        return found + [
            f"{where}: a broken network ({kind}) reaches {max(reached):.4f}, and {self.threshold:.3f} is asked for: "
            "ask for more." for kind, reached in self.broken.items() if max(reached) >= self.threshold]


AUDIT = "audit"  # the audit's own budget, a reduced grading budget


def budgets(course: Course) -> list[str]:
    """Return the names of all budgets, the audit's own first."""
    return [AUDIT, *course.settings.course.budgets]


def trains(course: Course, assignment: str) -> bool:
    """Return whether an assignment asks for an accuracy: a cell of its text notebook is tagged `seeds`."""
    (text,) = build.text_notebooks(course, assignment)
    return any("seeds" in cell.metadata.get("tags", []) for cell in build.compose(course, text).cells)


def measure(course: Course, assignment: str, budget: str, count: int, resume: bool = False) -> SeedStudy:
    """Train with the seeds 1 to `count`, printing a line for each, and update `seeds.toml`.

    The accuracies are not written if `seeds.toml` already lists more seeds for the budget. With `resume`, the seeds
    that it lists are not trained again.

    Raises
    ------
    UserError
        if `count` is less than 2, or the notebook lacks the cells that this needs.
    """
    if count < 2:
        raise UserError(f"A spread needs two seeds or more, but --count is {count}.")
    (text,) = build.text_notebooks(course, assignment)
    variables = course.variables("grading" if budget == AUDIT else budget)
    context = multiprocessing.get_context("spawn")  # TensorFlow would hang in a forked process
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=_in_a_process, args=(text, budget, budgets(course), variables, count, resume, sender))
    process.start()
    sender.close()
    try:
        accuracies, threshold, broken = receiver.recv()
    except EOFError:
        raise UserError(
            f"{text} could not be measured (the reason is above): its cells tagged `seeds` must define "
            "accuracy_of_seed(seed) and plan."
        ) from None
    finally:
        process.join()
    return SeedStudy(assignment, budget, tuple(accuracies), threshold, broken)


def table(spreads: list[SeedStudy]) -> Table:
    """Return a table with a row per assignment and budget."""
    made = Table("assignment", "budget", title="Accuracies over seeds", title_justify="left")
    for name in ("seeds", "mean", "standard deviation", "threshold", "distance in deviations", "best broken one"):
        made.add_column(name, justify="right")
    for one in spreads:
        best = max((reached for values in one.broken.values() for reached in values), default=None)
        made.add_row(one.assignment, one.budget, str(len(one.accuracies)), f"{one.mean:.4f}", f"{one.deviation:.5f}",
                     f"{one.threshold:.3f}", f"{one.distance:.1f}", "" if best is None else f"{best:.4f}")
    return made


def _in_a_process(
    text: Path, budget: str, budgets: list[str], variables: dict[str, str], count: int, resume: bool, sender: Connection
) -> None:
    os.environ.update(variables)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    folder = text.parent
    known = seeds_file.read(folder)
    before = known[budget].accuracies if budget in known else []
    accuracies = before[:count] if resume else []
    broken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as scratch:  # the notebook writes logs to the working folder
        os.chdir(scratch)
        namespace = definitions(text, audit=budget == AUDIT)
        train, plan = namespace["accuracy_of_seed"], namespace["plan"]
        for seed in range(len(accuracies) + 1, count + 1):
            start = time.monotonic()
            accuracies.append(train(seed))
            took = time.monotonic() - start
            print(f"{folder.name}, seed {seed:2}: {accuracies[-1]:.4f} ({took:.0f} s)", flush=True)
            if seed > 1 and len(before) <= count:
                known[budget] = _measured(plan, accuracies, known.get(budget))
                seeds_file.write(folder, known, budgets)
        for seed in range(1, BROKEN + 1) if "broken_accuracies" in namespace else ():
            for kind, reached in namespace["broken_accuracies"](seed).items():
                print(f"{folder.name}, {kind}, seed {seed}: {reached:.4f}", flush=True)
                broken.setdefault(kind, []).append(reached)
        if broken:
            known[budget] = replace(known.get(budget) or _measured(plan, accuracies, None), broken=broken)
            seeds_file.write(folder, known, budgets)
        os.chdir(folder)
    sender.send((accuracies, plan.accuracy, broken))


def _measured(plan: Any, accuracies: list[float], before: seeds_file.Measured | None) -> seeds_file.Measured:
    """Return the measurement to write down; the results of broken networks stay until they are measured again."""
    import tensorflow as tf

    device = "GPU" if tf.config.list_physical_devices("GPU") else "no GPU"
    return seeds_file.Measured(
        f"{plan.images:,} images × {plan.epochs} epochs", plan.accuracy,
        f"{os.cpu_count()} CPU cores ({platform.machine()}), {device}", datetime.date.today().isoformat(),
        tf.__version__, list(accuracies), before.broken if before else {})


def definitions(path: Path, audit: bool = False) -> dict:
    """Run the answer cells and those tagged `seeds`, and with `audit` also those so tagged; return the namespace."""
    import jupytext

    namespace: dict = {"__name__": "__main__"}
    for number, cell in enumerate(jupytext.read(path).cells):
        answer = cell.metadata.get("nbgrader", {}).get("solution", False)
        wanted = answer or "seeds" in cell.metadata.get("tags", []) or (audit and build.for_audit(cell))
        if cell.cell_type == "code" and wanted:
            name = f"<{path.name}, cell {number}>"
            # tf.function needs the source of what it compiles, which is available in a notebook
            linecache.cache[name] = (len(cell.source), None, cell.source.splitlines(keepends=True), name)
            exec(compile(cell.source, name, "exec"), namespace)
    return namespace
