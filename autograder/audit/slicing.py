"""Which cells of a notebook a task depends on: those that bind the names it uses, or change what they are.

Found by reading the code, without running it. A name that a function uses is looked up when the
function is called, so it may be bound after the function is defined.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from IPython.core.inputtransformer2 import TransformerManager

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_BOUND_ONCE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


@dataclass
class Names:
    """What a cell does with names.

    Attributes
    ----------
    binds : set of str
        names that it gives a value at its top level.
    fixed : set of str
        those of `binds` that are a function, a class or a module: nobody changes them later.
    reads, later : set of str
        names that it uses when it runs, and when a function of it is called.
    touches : set of str
        names whose objects it may change: arguments of calls, what a method is called on, what is
        assigned into.
    """

    binds: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)


def names(source: str) -> Names:
    """What a cell does with names; nothing where it is not Python."""
    found = Names()
    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:
        return found
    _Reader(found).visit(tree)
    return found


class _Reader(ast.NodeVisitor):
    def __init__(self, found: Names) -> None:
        self.found, self.depth = found, 0

    def visit(self, node: ast.AST) -> None:
        inside = isinstance(node, _FUNCTIONS)
        if self.depth == 0:
            self._bind(node)
            self._touch(node)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            (self.found.later if self.depth else self.found.reads).add(node.id)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            self.found.reads.add(node.target.id)
        self.depth += inside
        self.generic_visit(node)
        self.depth -= inside

    def _bind(self, node: ast.AST) -> None:
        if isinstance(node, _BOUND_ONCE):
            bound = [node.name] if hasattr(node, "name") else [
                name.asname or name.name.partition(".")[0] for name in node.names]
            self.found.binds.update(bound)
            self.found.fixed.update(bound)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            self.found.binds.add(node.id)

    def _touch(self, node: ast.AST) -> None:
        changed: list[ast.AST] = []
        if isinstance(node, ast.Call):
            changed = [node.func, *node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            changed = [node]
        for one in changed:
            self.found.touches.update(name.id for name in ast.walk(one) if isinstance(name, ast.Name))


def statements(source: str) -> list[str]:
    """The statements of a cell at its top level; the whole cell where it is not Python."""
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
        end = node.end_lineno
    return found


def needed(cells: list[str], position: int, sources: list[str]) -> list[int]:
    """The indices of the cells that code at `position` depends on, in order.

    Parameters
    ----------
    cells : list of str
        the code of all cells; what is no code is empty.
    position : int
        the place of the code; only cells before it count.
    sources : list of str
        the code: answers and a test.
    """
    read = [names(source) for source in cells[:position]]
    own = [names(source) for source in sources]
    found: set[int] = set()
    seen: set[tuple[str, int]] = set()
    wanted = [(name, position) for one in own for name in one.reads | one.later]
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
