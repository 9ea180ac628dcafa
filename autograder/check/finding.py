"""One finding, and how its cell is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.notebooks import grade_id

BUILT_NAME = re.compile(r"(code|text)-[0-9a-f]{10}(-\d+)?")  # what the build calls a cell without a name


@dataclass(frozen=True)
class Finding:
    """What is not as it should be.

    Attributes
    ----------
    cell : str
        where: a grade_id, or a cell's number and first words.
    what, remedy : str
        a sentence each.
    note : bool
        True for what may be as it should: it is shown by --verbose only.
    """

    cell: str
    what: str
    remedy: str
    note: bool = False

    def __str__(self) -> str:
        return f"{self.cell}: {self.what} {self.remedy}"


def name(notebook: NotebookNode, cell: NotebookNode) -> str:
    """A cell as a person finds it: by its grade_id, or by its number, from 1, and its first words."""
    mark = grade_id(cell)
    if mark and not BUILT_NAME.fullmatch(mark):
        return mark
    number = next(place for place, other in enumerate(notebook.cells, start=1) if other is cell)
    line = next((line for line in cell.source.splitlines() if not line.startswith("[![") and line.strip("# *")), "")
    words = " ".join(line.replace("**", "").strip("# ").split()[:5])
    return f"cell {number} ({words} …)"
