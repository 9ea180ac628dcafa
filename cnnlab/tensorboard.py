"""TensorBoard in a notebook: clean log folders, what was written into them, and the view itself."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import numpy as np


def new_folder(folder: str | Path) -> str:
    """Make an empty log folder and return its path; the logs of an earlier run in it go away.

    Raises
    ------
    ValueError
        if the folder is not below `logs/` of the working folder: nothing else is ever emptied.
    """
    path, logs = Path(folder).resolve(), Path("logs").resolve()
    if logs not in path.parents:
        raise ValueError(f"The log folder should lie below logs/, but is {folder}.")
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return str(folder)


def scalars(folder: str | Path) -> dict[tuple[str, str], list[float]]:
    """Every number in the event files below a folder.

    Returns
    -------
    dict
        (run, tag), such as ("train", "epoch_loss"), and its values in the order of writing.
        The run is the folder of the event file, relative to `folder`.
    """
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader  # takes seconds
    from tensorboard.util import tensor_util

    found: dict[tuple[str, str], list[float]] = {}
    for path in sorted(Path(folder).rglob("*tfevents*")):
        run = path.parent.relative_to(folder).as_posix()
        for event in EventFileLoader(str(path)).Load():
            for value in event.summary.value:
                content = np.asarray(tensor_util.make_ndarray(value.tensor))
                if content.ndim == 0 and np.issubdtype(content.dtype, np.floating):
                    found.setdefault((run, value.tag), []).append(float(content))
    return found


def event_files(folder: str | Path) -> list[tuple[str, int]]:
    """The event files below a folder: the folder of each, relative to `folder`, and its size in bytes."""
    return [
        (path.parent.relative_to(folder).as_posix(), path.stat().st_size)
        for path in sorted(Path(folder).rglob("*tfevents*"))
    ]


def has_browser() -> bool:
    """Whether somebody looks at this notebook in a browser.

    Jupyter's server names the notebook to its kernel in JPY_SESSION_NAME, VS Code sets VSCODE_PID,
    and Colab loads its own package. A kernel that nbval, nbclient or the autograder starts has none
    of these; CNNLAB_HEADLESS says so outright.
    """
    if os.environ.get("CNNLAB_HEADLESS") or os.environ.get("CNNLAB_BUDGET") == "grading":
        return False
    return (
        "google.colab" in sys.modules
        or "JPY_SESSION_NAME" in os.environ
        or "VSCODE_PID" in os.environ
    )


def show(folder: str | Path) -> None:
    """Open TensorBoard below the cell (`%tensorboard --logdir folder`), or say why not in one line."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None or not has_browser():
        print(f"No browser here, so TensorBoard is not opened. Elsewhere: tensorboard --logdir {folder}")
        return
    shell.run_line_magic("reload_ext", "tensorboard")
    shell.run_line_magic("tensorboard", f"--logdir {folder}")
