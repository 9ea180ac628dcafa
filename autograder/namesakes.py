"""Names that a notebook and a test share by chance.

A hidden test may call one of its own variables as a student called a helper. From then on the student's
functions find the test's object under that name, and a right answer fails, in cells nobody showed them.
"""

from __future__ import annotations

import re
import symtable
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

REMEMBERED = 256  # cells that were read: those of the release are in every submission
_SPECIAL, MOST_SPECIAL = re.compile(r"[!%?]"), 100
_NAMELESS = "lambda"  # a function that a variable holds: it counts as reached always


class Namesakes:
    """What the cells of one notebook, told of in the order in which they ran, have bound and taken."""

    def __init__(self) -> None:
        self._bound: set[str] = set()  # by the student, and not taken since
        self._taken: set[str] = set()
        self._read: dict[str, set[str]] = {}  # the global names inside each of the student's functions and classes

    def student(self, source: str) -> None:
        """A cell of the student's ran."""
        bound, read = _names(source)
        self._bound |= bound
        self._taken -= bound
        for name in bound:
            self._read.pop(name, None)
        for name, inside in read.items():
            self._read[name] = inside | (self._read.get(name, set()) if name == _NAMELESS else set())

    def test(self, source: str, used: tuple[str, ...]) -> list[str]:
        """A test ran, with these global names in use: the names of the student's that the answer looks up in vain."""
        bound, _ = _names(source)
        self._taken |= self._bound & bound
        self._bound -= bound
        seen: set[str] = set()
        waiting = [*used, _NAMELESS]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self._read.get(name, ())
        looked_up = set().union(*(self._read.get(name, ()) for name in seen))
        return sorted(self._taken & looked_up)


@lru_cache(maxsize=REMEMBERED)
def _names(source: str) -> tuple[set[str], dict[str, set[str]]]:
    """The global names a cell binds, and those that each function or class of it looks up; none if it is no Python."""
    if len(_SPECIAL.findall(source)) > MOST_SPECIAL:
        return set(), {}  # IPython's transformers take a time that grows with the cube of such lines
    try:
        top = symtable.symtable(TransformerManager().transform_cell(source), "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError, RuntimeError):
        return set(), {}
    bound = {one.get_name() for one in top.get_symbols() if one.is_assigned() or one.is_imported()}
    read: dict[str, set[str]] = {}
    for table in top.get_children():
        read.setdefault(table.get_name(), set()).update(_globals(table))
    return bound, read


def _globals(table: symtable.SymbolTable) -> set[str]:
    own = {one.get_name() for one in table.get_symbols() if one.is_global() and one.is_referenced()}
    return own.union(*(_globals(child) for child in table.get_children()))
