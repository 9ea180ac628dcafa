"""Check that every picture has alternative text, whether a cell draws it or it is in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.check.finding import Finding, name

SHORTEST = 30  # characters; an alternative text must be longer


def find(built: NotebookNode) -> Iterator[Finding]:
    """Yield findings on pictures of a built notebook without alternative text, or with too short a one."""
    for cell in built.cells:
        for alt in alternatives(cell):
            if len(alt) <= SHORTEST:
                said = f"only the alternative text {alt!r}" if alt else "no alternative text"
                yield Finding(name(built, cell), f"A picture has {said}.",
                              "Draw it with `style.show(figure, alt)` and say in `alt` what is to be seen.")
        if cell.cell_type == "markdown":
            for alt, address in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", cell.source):
                if not alt.strip():
                    yield Finding(name(built, cell), f"The picture {address[:40]} has no alternative text.",
                                  "Write it between the square brackets.")


def alternatives(cell: NotebookNode) -> list[str]:
    """The alternative text of each picture that a cell drew, or an empty text if it has none."""
    return [output.get("metadata", {}).get(kind, {}).get("alt", "")
            for output in cell.get("outputs", [])
            for kind in output.get("data", {}) if kind.startswith("image/")]
