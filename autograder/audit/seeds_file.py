"""`seeds.md` in an assignment's folder: how far its accuracy spreads over seeds, as it was measured."""

from __future__ import annotations

import os
import platform
import re
import statistics
from pathlib import Path

from cnnlab import budget as budgets

BUDGETS = ("audit", *budgets.NAMES)
HEAD = """# Test accuracy over seeds

Written by `autograder audit --seeds 20`: the notebook's reference solution, trained once from each of
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


def record(path: Path, plan: budgets.Training, accuracies: list[float], date: str) -> None:
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
    rows, values, broken = existing(path)
    rows[plan.budget] = f"| {' | '.join(map(str, cells))} |"
    values[plan.budget] = f"- {plan.budget}: {_numbers(accuracies)}"
    _write(path, rows, values, broken)


def record_broken(path: Path, budget: str, reached: dict[str, list[float]]) -> None:
    """Put what broken networks reach at a budget into seeds.md."""
    rows, values, broken = existing(path)
    broken[budget] = "\n".join(f"- {budget}, {kind}: {_numbers(some)}" for kind, some in reached.items())
    _write(path, rows, values, broken)


def listed(path: Path, budget: str) -> list[float]:
    """The accuracies that seeds.md lists for a budget, from seed 1 on; [] where there are none."""
    return [float(one) for one in existing(path)[1].get(budget, "").split(":")[-1].split()]


def broken_ones(path: Path, budget: str) -> dict[str, list[float]]:
    """What seeds.md lists of broken networks at a budget: for what is wrong with them, their accuracies."""
    lines = existing(path)[2].get(budget, "").splitlines()
    pairs = [line.removeprefix(f"- {budget}, ").partition(": ") for line in lines]
    return {kind: [float(one) for one in numbers.split()] for kind, _, numbers in pairs}


def existing(path: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The rows, the lists of accuracies and those of broken networks that seeds.md already holds, by budget."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    names = "|".join(BUDGETS)
    rows = {m[1]: m[0] for m in re.finditer(rf"^\| ({names}) \|.*$", text, re.MULTILINE)}
    values = {m[1]: m[0] for m in re.finditer(rf"^- ({names}): .*$", text, re.MULTILINE)}
    broken: dict[str, str] = {}
    for match in re.finditer(rf"^- ({names}), .*$", text, re.MULTILINE):
        broken[match[1]] = "\n".join(filter(None, [broken.get(match[1]), match[0]]))
    return rows, values, broken


def _write(path: Path, *parts: dict[str, str]) -> None:
    """The file from its rows, its accuracies and its broken networks, by budget."""
    rows, values, broken = ("".join(f"{part[name]}\n" for name in BUDGETS if name in part) for part in parts)
    table = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
    path.write_text(HEAD + table + rows + FROM_ONE + values + (BELOW + broken if broken else ""), encoding="utf-8")


def _numbers(accuracies: list[float]) -> str:
    return " ".join(f"{one:.4f}" for one in accuracies)
