"""How long a notebook trains: the one place where the three budgets are chosen and set.

`grading` is what the autograder uses, on a CPU; `cpu` is for a student without a GPU; `gpu` uses
all the data for longer. A budget decides how long is trained and the accuracy that is asked for,
never which answers are correct.

The environment variable CNNLAB_BUDGET names a budget; otherwise a visible GPU decides.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

NAMES = ("grading", "cpu", "gpu")


@dataclass(frozen=True)
class Training:
    """The training of one assignment under one budget.

    Attributes
    ----------
    images : int
        how many training images the main model sees each epoch.
    epochs : int
        at most so many passes over them.
    comparison_images, comparison_epochs : int
        the same for each model of the comparison at the end; 0 leaves it out.
    accuracy : float
        the test accuracy that is asked for, 0 to 1. It lies at least four standard deviations
        below the mean of 20 seeds at this budget: see `seeds.md` in the assignment's folder.
    seconds : int
        about how long the notebook trains in all, on 2 CPU cores ("gpu": not measured on a GPU).
    """

    images: int
    epochs: int
    comparison_images: int
    comparison_epochs: int
    accuracy: float
    seconds: int


TRAININGS = {
    "02-lenet": {
        "grading": Training(8_000, 3, 0, 0, 0.92, 12),
        "cpu": Training(50_000, 7, 10_000, 2, 0.985, 60),
        "gpu": Training(55_000, 8, 55_000, 3, 0.984, 120),
    },
}


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


def training(assignment: str) -> Training:
    """The training of an assignment, such as "02-lenet", under the budget in force."""
    return TRAININGS[assignment][name()]


def line(assignment: str) -> str:
    """One line for the top of the notebook: the budget, what it trains and what it asks for."""
    chosen, plan = name(), training(assignment)
    return (
        f"Budget: {chosen} ({plan.images:,} images, up to {plan.epochs} epochs, "
        f"about {plan.seconds} s of training in all on 2 CPU cores); "
        f"asked for: {plan.accuracy:.1%} on the test set."
    )
