"""Longer runs, measured once by the course team: what a short budget cannot show beyond the noise."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cnnlab import files
from cnnlab.files import DataError


def load(assignment: str) -> dict:
    """The stored results of an assignment's longer run; prints where they come from.

    Parameters
    ----------
    assignment
        such as "03-alexnet": the file is data/runs/03-alexnet.json, written by tools/longer_run.py.

    Returns
    -------
    dict
        what the notebook's function `longer_run()` returned, as JSON keeps it: keys are strings.

    Raises
    ------
    DataError
        if the file can be neither found nor fetched, or cannot be read.
    """
    content = files.read(f"runs/{assignment}.json")
    try:
        stored = json.loads(content)
        print(
            f"Measured on {stored['date']} in {stored['minutes']:.0f} minutes: {stored['machine']}; "
            f"{stored['versions']}."
        )
        return stored["results"]
    except (ValueError, KeyError) as error:
        raise DataError(
            f"The stored run {files.find(f'runs/{assignment}.json')} cannot be read ({type(error).__name__}: {error}). "
            "Restore it with `git checkout -- data`."
        ) from None


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this process on one core, for times that can be compared.

    On several cores the same training took 6.5 or 11 seconds here, as the system happened to place
    its threads. Does nothing where the system cannot do it (macOS, Windows).
    """
    threads = Path("/proc/self/task")
    if not threads.is_dir():
        yield
        return
    before = os.sched_getaffinity(0)
    try:
        _place({min(before)}, threads)
        yield
    finally:
        _place(before, threads)


def _place(cores: set[int], threads: Path) -> None:
    """Every thread that exists already; new ones follow the thread that starts them."""
    for thread in threads.iterdir():
        os.sched_setaffinity(int(thread.name), cores)
