"""How long a notebook trains: each one states its three budgets at the top, and this module chooses.

`grading` is what the autograder uses, on a CPU; `cpu` is for a student without a GPU; `gpu` uses
all the data for longer. A budget decides how long is trained and the accuracy that is asked for,
never which answers are correct.

The environment variable CNNLAB_BUDGET names a budget; otherwise a visible GPU decides.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

NAMES = ("grading", "cpu", "gpu")


@dataclass(frozen=True, kw_only=True)
class Training:
    """The training of one assignment under one budget.

    Attributes
    ----------
    images : int
        how many training images the main model sees each epoch.
    epochs : int
        at most so many passes over them.
    accuracy : float
        what is asked for, 0 to 1. It is at least four standard deviations below the mean of 20
        seeds at this budget: see `seeds.md` in the assignment's folder.
    seconds : int
        about how long the notebook trains in all, on 2 CPU cores ("gpu": not measured on a GPU).
    comparison_images, comparison_epochs, comparison_seeds : int
        the same for each model of the notebook's comparison; 0 leaves it out.
    of : str
        what `accuracy` is a number of.
    budget : str
        the budget's name; `choose` fills it in.
    """

    images: int
    epochs: int
    accuracy: float
    seconds: int
    comparison_images: int = 0
    comparison_epochs: int = 0
    comparison_seeds: int = 1
    of: str = "the test set"
    budget: str = ""

    def __str__(self) -> str:
        """One sentence for the top of the notebook: how long it trains, and what the network should reach."""
        how_long = (
            f"With a GPU the network trains on {self.images:,} images, for at most {self.epochs} epochs"
            if self.budget == "gpu" else f"Training takes about {self.seconds} seconds in all on 2 CPU cores"
        )
        return f"{how_long}; your network should reach {self.accuracy:.1%} on {self.of}."


def name() -> str:
    """The budget in force: "grading", "cpu" or "gpu".

    Raises
    ------
    ValueError
        if CNNLAB_BUDGET names none of them.
    """
    chosen = os.environ.get("CNNLAB_BUDGET", "")
    if chosen and chosen not in NAMES:
        raise ValueError(f"CNNLAB_BUDGET is {chosen!r}, but should be one of {', '.join(NAMES)}.")
    if chosen:
        return chosen
    import tensorflow as tf  # takes seconds: only where the answer depends on it

    return "gpu" if tf.config.list_physical_devices("GPU") else "cpu"


def choose(*, grading: Training, cpu: Training, gpu: Training) -> Training:
    """The training under the budget in force, out of a notebook's three."""
    chosen = name()
    return replace({"grading": grading, "cpu": cpu, "gpu": gpu}[chosen], budget=chosen)


class OutOfMemory(Exception):
    """The training did not fit into memory. Its text is one sentence: what, and what to do."""


@contextmanager
def within_memory() -> Iterator[None]:
    """Around a training: a GPU (or a machine) without enough memory gets one sentence, not a traceback.

    Raises
    ------
    OutOfMemory
        in place of TensorFlow's ResourceExhaustedError and of Python's MemoryError.
    """
    import tensorflow as tf  # takes seconds: only where something is trained

    try:
        yield
    except (tf.errors.ResourceExhaustedError, MemoryError):
        raise OutOfMemory(
            f"This training needs more memory than there is at the budget {name()!r}: restart the kernel, "
            "so that the memory is free again, and train at the CPU budget: put `import os; "
            'os.environ["CNNLAB_BUDGET"] = "cpu"` into a cell before the first one.'
        ) from None
