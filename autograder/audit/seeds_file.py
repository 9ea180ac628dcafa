"""The measured accuracies over seeds of an assignment: `seeds.toml` in its folder.

The page `seeds.md` next to it is generated for people and never read back.
"""

from __future__ import annotations

import json
import statistics
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from autograder.files import write_whole

DATA, PAGE = "seeds.toml", "seeds.md"
HEAD = """# Test accuracy over seeds

Written by `autograder audit seeds` from seeds.toml: the notebook's reference solution, trained once from each of
the seeds 1, 2, 3, ... at each budget. The standard deviation is the sample's (n - 1). The distance
is how many standard deviations the threshold lies below the mean; 4 or more is asked for.

"""
FROM_ONE = "\nThe accuracies, from seed 1 on:\n\n"
BELOW = """
Networks that are plausible but broken, trained in the same way from the seeds 1, 2, ...; each must fall
short of the threshold:

"""
COLUMNS = (
    "budget", "training", "seeds", "mean", "standard deviation", "minimum", "threshold", "distance",
    "machine", "date", "TensorFlow",
)


@dataclass
class Measured:
    """The measurement at one budget.

    Attributes
    ----------
    training : str
        what is trained, in words.
    threshold : float
        the accuracy asked for, 0 to 1.
    machine, date, tensorflow : str
        where, when and with which version it was measured.
    accuracies : list of float
        one per seed, from seed 1 on.
    broken : dict of list of float
        the accuracies of broken networks from seed 1 on, by what is wrong with them.
    """

    training: str
    threshold: float
    machine: str
    date: str
    tensorflow: str
    accuracies: list[float]
    broken: dict[str, list[float]] = field(default_factory=dict)


def read(folder: Path) -> dict[str, Measured]:
    """Return the measurements in an assignment's folder, by budget; empty if there is no seeds.toml."""
    path = folder / DATA
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {budget: Measured(**values) for budget, values in found.items()}


def write(folder: Path, measured: dict[str, Measured], budgets: list[str]) -> None:
    """Write seeds.toml and seeds.md, with the budgets in the given order."""
    ordered = {budget: measured[budget] for budget in budgets if budget in measured}
    write_whole(folder / DATA, "\n".join(_data(budget, one) for budget, one in ordered.items()).encode())
    rows = "".join(_row(budget, one) for budget, one in ordered.items())
    values = "".join(f"- {budget}: {_numbers(one.accuracies)}\n" for budget, one in ordered.items())
    broken = "".join(f"- {budget}, {kind}: {_numbers(reached)}\n"
                     for budget, one in ordered.items() for kind, reached in one.broken.items())
    table = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
    write_whole(folder / PAGE, (HEAD + table + rows + FROM_ONE + values + (BELOW + broken if broken else "")).encode())


def _data(budget: str, one: Measured) -> str:
    """Return a budget's TOML table; its strings are written as JSON, which TOML accepts."""
    lines = [f"[{budget}]"]
    lines += [f"{name} = {json.dumps(getattr(one, name), ensure_ascii=False)}"
              for name in ("training", "threshold", "machine", "date", "tensorflow")]
    lines.append(f"accuracies = [{', '.join(f'{value:.4f}' for value in one.accuracies)}]")
    if one.broken:
        lines += ["", f"[{budget}.broken]"]
        lines += [f"{json.dumps(kind, ensure_ascii=False)} = [{', '.join(f'{value:.4f}' for value in reached)}]"
                  for kind, reached in one.broken.items()]
    return "\n".join(lines) + "\n"


def _row(budget: str, one: Measured) -> str:
    mean = statistics.mean(one.accuracies)
    deviation = statistics.stdev(one.accuracies) if len(one.accuracies) > 1 else 0.0
    distance = f"{(mean - one.threshold) / deviation:.1f}" if deviation else "-"
    cells = (budget, one.training, len(one.accuracies), f"{mean:.4f}", f"{deviation:.5f}", f"{min(one.accuracies):.4f}",
             f"{one.threshold:.3f}", distance, one.machine, one.date, one.tensorflow)
    return f"| {' | '.join(map(str, cells))} |\n"


def _numbers(accuracies: list[float]) -> str:
    return " ".join(f"{one:.4f}" for one in accuracies)
