"""Measure how long a repair takes: a notebook of 100 cells, changed in the ways that the tests know.

    python -m benchmarks.repair
"""

from __future__ import annotations

import copy
import gc
import json
import statistics
import time
from pathlib import Path
from random import Random

import nbformat

from autograder import course as courses
from autograder.authoring import release
from autograder.grading import intake
from autograder.repair import repair
from workbench import operators

ROOT = Path(__file__).resolve().parents[1]

def main() -> None:
    course = courses.load(ROOT)
    (version,) = release.grading_versions(course, "02-lenet").values()
    cells = [cell for turn in range(3) for cell in copy.deepcopy(version.cells)]
    version = nbformat.from_dict(version | {"cells": cells[:100]})
    for number, cell in enumerate(version.cells):
        cell.metadata.nbgrader.grade_id += f"-{number}"
        cell.id = f"cell-{number}"
    gc.freeze()  # else garbage collection would also search all other objects of this process, at any time
    seconds = []
    for turn in range(100):
        chance = Random(turn)
        notebook = json.loads(json.dumps(version))
        for operator in chance.choices(operators.KEEPING, k=6):
            operator(notebook, chance)
        submitted = intake.read(operators.as_text(notebook).encode(), "lenet.ipynb").notebook
        began = time.perf_counter()
        repair(version, submitted)
        seconds.append(time.perf_counter() - began)
    print(f"A repair of {len(version.cells)} cells: median {1000 * statistics.median(seconds):.0f} ms, "
          f"longest of 100 {1000 * max(seconds):.0f} ms")


if __name__ == "__main__":
    main()
