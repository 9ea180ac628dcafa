"""Measure once, in a longer run, what a notebook's budget is too short to show, and store it for every reader.

    python tools/longer_run.py 03-alexnet

The notebook defines what to run, as for `autograder audit seeds`: its answer cells with the reference solution and its
cells tagged `seeds` are executed in this process, at the CPU budget. One of them defines

    longer_run() -> dict

The result must consist of names and numbers that JSON can hold. It is stored in data/runs/ASSIGNMENT.json with the
machine, the versions, the date and the minutes it took. `cnnlab.runs.load` reads it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from autograder import course as courses
from autograder.audit.seeds import definitions
from autograder.authoring import build

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a notebook's longer run and store the result.")
    parser.add_argument("assignment", help="a folder of solutions/, such as 03-alexnet")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="of the measurement")
    options = parser.parse_args()
    os.environ["CNNLAB_BUDGET"] = "cpu"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    (text,) = build.text_notebooks(courses.load(ROOT), options.assignment)
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        namespace = definitions(text)
        if "longer_run" not in namespace:
            sys.exit(f"{options.assignment} has no cell tagged `seeds` that defines longer_run().")
        start = time.monotonic()
        results = namespace["longer_run"]()
        os.chdir(ROOT)
    import tensorflow as tf

    device = "a GPU" if tf.config.list_physical_devices("GPU") else "no GPU"
    stored = {
        "made by": f"tools/longer_run.py {options.assignment}",
        "date": options.date,
        "machine": f"{os.cpu_count()} CPU cores ({platform.machine()}), {device}",
        "versions": f"Python {platform.python_version()}, TensorFlow {tf.__version__}, "
                    f"Keras {tf.keras.__version__}",
        "minutes": round((time.monotonic() - start) / 60, 1),
        "results": results,
    }
    path = ROOT / "data" / "runs" / f"{options.assignment}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
