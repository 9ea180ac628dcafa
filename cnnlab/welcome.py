"""The line that every notebook starts with: which versions, and whether there is a GPU."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager

import cnnlab


def ready() -> None:
    """Import TensorFlow without its start-up notes, and print one line on what was found."""
    with _quiet():
        import tensorflow as tf

        found = tf.config.list_physical_devices("GPU")
    gpu = "with a GPU" if found else "without a GPU"
    print(
        f"Ready: Python {platform.python_version()}, TensorFlow {tf.__version__}, "
        f"cnnlab {cnnlab.__version__}, {gpu}."
    )


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
