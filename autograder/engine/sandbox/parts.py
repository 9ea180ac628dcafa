"""Read the points of a test with several parts, inside the kernel.

The class `Points` of the course's package, a kind of float, says which parts of a task are right and what the other
parts raised. Only that class itself counts, as it was before the first cell.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

LONGEST = 100  # characters of a part's name


class Parts:
    """Knows the class `Points` of the course's package.

    Parameters
    ----------
    package : str
        the name of the package; empty if there is none.
    """

    def __init__(self, package: str) -> None:
        checks = sys.modules.get(f"{package}.checks")
        self.kind = vars(checks).get("Points") if checks is not None else None

    def number(self, value: Any) -> float | None:
        """Return the points as a float; None if the value is anything else."""
        return float.__float__(value) if self.kind is not None and type(value) is self.kind else None

    def read(self, value: Any, describe: Callable[[Exception], dict]) -> dict:
        """Return what became of the parts; empty if the value is anything else.

        Parameters
        ----------
        value : object
            the value of a test.
        describe : callable
            describes an error as plain values.

        Returns
        -------
        dict
            `held`: the names of the parts that are right; `lost`: for each other part its name, its points and its
            error, described.
        """
        if self.number(value) is None:
            return {}
        about = vars(value)
        return {"held": [name[:LONGEST] for name in about["held"]],
                "lost": [[name[:LONGEST], float(points), describe(error)] for name, points, error in about["lost"]]}
