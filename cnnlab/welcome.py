"""The line that every notebook starts with: which versions, whether there is a GPU, and where the data are."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager

import cnnlab
from cnnlab import datasets, files, notices

# What the notebooks were built with, where it shows in their numbers and messages.
BUILT_WITH = {"TensorFlow": "2.21", "Keras": "3.15", "NumPy": "2"}


def ready() -> None:
    """Import TensorFlow without its start-up notes, print one line on what was found, and prepare cnnlab.notices.

    The line begins with "Ready", unless a data set is neither on this machine nor can be fetched.
    """
    with _quiet():
        import numpy as np
        import tensorflow as tf

        gpu = "with a GPU" if tf.config.list_physical_devices("GPU") else "without a GPU"
        here = {"TensorFlow": tf.__version__, "Keras": tf.keras.__version__, "NumPy": np.__version__}
    notices.install()
    ready, more = data_sets()
    print(
        f"{'Ready' if ready else 'Not ready'}: Python {platform.python_version()}, TensorFlow {tf.__version__}, "
        f"cnnlab {cnnlab.__version__}, {gpu}.{differences(here)}{more}"
    )


def data_sets() -> tuple[bool, str]:
    """Whether every data set is on this machine or can be fetched, and the end of the line on those that are not here.

    Whether the network is there is not asked: the notebook may do without.
    """
    missing = [name for name in datasets.CHECKSUMS if files.find(name) is None]
    for name in missing:
        if not files.address(name):
            return False, f" {files.missing(name)}"
    sizes = ", ".join(f"{name} ({datasets.MEGABYTES[name]:g} MB)" for name in missing)
    return True, f" Fetched from the course's repository at first use, once: {sizes}." if missing else ""


def differences(here: dict[str, str]) -> str:
    """The end of the line: the versions that differ from those the notebooks were built with; often empty.

    Parameters
    ----------
    here
        the version of each package of `BUILT_WITH` on this machine.
    """
    other = [
        f"{name} {version} (here {here[name]})" for name, version in BUILT_WITH.items()
        if not f"{here[name]}.".startswith(f"{version}.")
    ]
    return f" Built with {' and '.join(other)}: last digits may differ." if other else ""


@contextmanager
def _quiet() -> Iterator[None]:
    """Send file descriptor 2 nowhere: TensorFlow's libraries write there before Python can ask."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
