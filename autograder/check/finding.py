"""One finding, and the name by which a person finds its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.notebooks import grade_id

BUILT_NAME = re.compile(r"(code|text)-[0-9a-f]{10}(-\d+)?")  # the name that the build gives to a cell without one


@dataclass(frozen=True)
class Finding:
    """Something in an assignment that is not as it should be.

    Attributes
    ----------
    cell : str
        where it is: a grade_id, or the number and first words of a cell.
    what, remedy : str
        a sentence each.
    note : bool
        True if it may be right as it is; such a finding is shown only with --verbose.
    """

    cell: str
    what: str
    remedy: str
    note: bool = False

    def __str__(self) -> str:
        return f"{self.cell}: {self.what} {self.remedy}"


def name(notebook: NotebookNode, cell: NotebookNode) -> str:
    """The name by which a person finds a cell: its grade_id, or its number, from 1, and its first words."""
    mark = grade_id(cell)
    if mark and not BUILT_NAME.fullmatch(mark):
        return mark
    number = next(place for place, other in enumerate(notebook.cells, start=1) if other is cell)
    line = next((line for line in cell.source.splitlines() if not line.startswith("[![") and line.strip("# *")), "")
    words = " ".join(line.replace("**", "").strip("# ").split()[:5])
    return f"cell {number} ({words} …)"
