"""Longer runs, measured once by the course team: what a short budget cannot show beyond the noise."""

from __future__ import annotations

import json

from cnnlab.datasets import DataError, data_folder


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
        if the file is missing or cannot be read.
    """
    path = data_folder() / "runs" / f"{assignment}.json"
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        print(
            f"Measured on {stored['date']} in {stored['minutes']:.0f} minutes: {stored['machine']}; "
            f"{stored['versions']}."
        )
        return stored["results"]
    except (OSError, ValueError, KeyError) as error:
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        raise DataError(
            f"The stored run {path} cannot be read ({reason}). Restore it with `git checkout -- data`."
        ) from None
