"""Find the cells of a notebook that a task depends on: those that bind the names it uses, or change their objects.

The cells are found by reading the code, without running it. A name used in a function is looked up when the
function is called, so it may be bound after the function is defined.
"""

from __future__ import annotations

import ast

from autograder.names import names


def statements(source: str) -> list[str]:
    """Return a cell's top-level statements; the whole cell if it is not valid Python."""
    try:
        nodes = ast.parse(source).body
    except SyntaxError:
        return [source]
    lines, found, end = source.splitlines(), [], 0
    for node in nodes:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
        part = "\n".join(lines[max(first - 1, end):node.end_lineno])
        if part:
            found.append(part)
        end = node.end_lineno or end
    return found


def needed(cells: list[str], position: int, sources: list[str]) -> list[int]:
    """Return the indices of the cells that code at `position` depends on, in order.

    Parameters
    ----------
    cells : list of str
        the code of all cells; empty for text cells.
    position : int
        the index at which the code stands; only cells before it count.
    sources : list of str
        the code: answers and a test.
    """
    read = [names(source) for source in cells[:position]]
    own = [names(source) for source in sources]
    found: set[int] = set()
    seen: set[tuple[str, int]] = set()
    wanted = [(name, position) for one in own for name in one.reads | (one.later - one.settled)]
    while wanted:
        name, before = wanted.pop()
        if (name, before) in seen:
            continue
        seen.add((name, before))
        binder = next((place for place in range(before - 1, -1, -1) if name in read[place].binds), None)
        if binder is None:
            continue
        added = {binder}
        if name not in read[binder].fixed:
            added |= {place for place in range(binder + 1, before) if name in read[place].touches}
        for place in added - found:
            wanted += [(one, place) for one in read[place].reads]
            wanted += [(one, position) for one in read[place].later]
        found |= added
    return sorted(found)
