"""How far the graded accuracy of an assignment spreads over seeds, measured with its own notebook.

    python tools/measure_seeds.py 02-lenet --budget grading --seeds 20

The notebook says what to run. Of its text notebook (the one .py file in solutions/ASSIGNMENT)
the answer cells with the reference solution and every code cell tagged `seeds` are executed, in
order, in this process. One of these cells defines

    accuracy_of_seed(seed: int) -> float

which trains one network with the images and epochs of the budget in force and returns its test
accuracy, 0 to 1; another one leaves `plan`, what cnnlab.budget.choose returned. The function is called
with the seeds 1, 2, 3, ... After each of them the budget's row of solutions/ASSIGNMENT/seeds.md is
rewritten; the rows of other budgets stay. A measurement that was interrupted goes on with --resume.

A threshold (`accuracy` of the plan) is sound where the last column is 4 or more.
"""

from __future__ import annotations

import argparse
import datetime
import linecache
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Test accuracy over seeds

Written by `tools/measure_seeds.py`: the notebook's reference solution, trained once from each of
the seeds 1, 2, 3, ... at each budget. The standard deviation is the sample's (n - 1). The distance
is how many standard deviations the threshold lies below the mean; 4 or more is asked for.

"""
COLUMNS = (
    "budget", "training", "seeds", "mean", "standard deviation", "minimum", "threshold", "distance",
    "machine", "date", "TensorFlow",
)


def main(arguments: list[str] | None = None) -> None:
    options = parse(arguments)
    os.environ["CNNLAB_BUDGET"] = options.budget
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    sys.path.insert(0, str(ROOT))
    folder = ROOT / "solutions" / options.assignment
    accuracies = listed(folder / "seeds.md", options.budget) if options.resume else []
    with tempfile.TemporaryDirectory() as scratch:  # the notebook writes its logs below the working folder
        os.chdir(scratch)
        namespace = definitions(notebook(folder))
        if not {"accuracy_of_seed", "plan"} <= set(namespace):
            sys.exit(f"{folder} needs cells tagged `seeds` that define accuracy_of_seed(seed) and plan.")
        for seed in range(len(accuracies) + 1, options.seeds + 1):
            start = time.monotonic()
            accuracies.append(namespace["accuracy_of_seed"](seed))
            print(f"seed {seed:2}: {accuracies[-1]:.4f} ({time.monotonic() - start:.0f} s)", flush=True)
            if seed > 1:
                record(folder / "seeds.md", namespace["plan"], accuracies, options.date)
        os.chdir(ROOT)
    print((folder / "seeds.md").read_text())


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure the spread of the graded accuracy over seeds.")
    parser.add_argument("assignment", help="a folder of solutions/, such as 02-lenet")
    parser.add_argument("--budget", default="grading", choices=("grading", "cpu", "gpu"))
    parser.add_argument("--seeds", type=int, default=20, help="how many, 2 or more (20)")
    parser.add_argument("--resume", action="store_true", help="go on behind the seeds listed already")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="of the measurement")
    options = parser.parse_args(arguments)
    if options.seeds < 2:
        parser.error("a spread needs 2 seeds or more")
    return options


def notebook(folder: Path) -> Path:
    """The text notebook of an assignment: the one .py file in its folder."""
    found = sorted(folder.glob("*.py"))
    if len(found) != 1:
        raise SystemExit(f"{folder} should hold one text notebook (.py), but holds {len(found)}.")
    return found[0]


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

    from cnnlab import budget

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
    order = [name for name in budget.NAMES if name in rows]
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
    rows = {m[1]: m[0] for m in re.finditer(r"^\| (grading|cpu|gpu) \|.*$", text, re.MULTILINE)}
    values = {m[1]: m[0] for m in re.finditer(r"^- (grading|cpu|gpu): .*$", text, re.MULTILINE)}
    return rows, values


if __name__ == "__main__":
    main()
