"""Which cells of a notebook a task depends on: those that bind the names it uses, or change what they are.

Found by reading the code, without running it. A name that a function uses is looked up when the
function is called, so it may be bound after the function is defined.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
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
    settled : set of str
        those of `binds` that have a value from it whatever happens.
    reads, later : set of str
        names that it looks up when it runs, before it has bound them itself, and when a function of it is called.
    touches : set of str
        names whose objects it may change: arguments of calls, what a method is called on, what is
        assigned into.
    """

    binds: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)


@lru_cache(maxsize=8192)  # the cells of a notebook are looked at once for each task behind them
def names(source: str) -> Names:
    """What a cell does with names; nothing where it is not Python."""
    found = Names()
    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:
        return found
    found.settled = _block(tree.body, found, set())
    return found


def _block(body: list[ast.stmt], found: Names, own: set[str]) -> set[str]:
    """Note what statements do, where the names `own` are bound already; returns those bound behind them."""
    own = set(own)
    for node in body:
        own |= _statement(node, found, own)
    return own


def _statement(node: ast.stmt, found: Names, own: set[str]) -> set[str]:
    """Note what a statement does; returns the names it binds whatever happens."""
    match node:
        case ast.If() | ast.While():
            bound = _simple([node.test], found, own)
            ways = [_block(node.body, found, own | bound), _block(node.orelse, found, own | bound)]
            return bound | (ways[0] & ways[1] if isinstance(node, ast.If) else set())
        case ast.For() | ast.AsyncFor():
            bound = _simple([node.iter], found, own)
            target = _simple([node.target], found, own | bound)
            _block(node.body, found, own | bound | target)
            _block(node.orelse, found, own | bound)
            return bound
        case ast.With() | ast.AsyncWith():
            bound = _simple(node.items, found, own)
            return bound | _block(node.body, found, own | bound)
        case ast.Try() | ast.TryStar():
            ways = [_block([*node.body, *node.orelse], found, own)]
            for handler in node.handlers:
                bound = _simple([handler.type] if handler.type else [], found, own)
                after = _block(handler.body, found, own | bound | {handler.name})
                if not isinstance(handler.body[-1], ast.Raise | ast.Return):
                    ways.append(after - {handler.name})
            return set.intersection(*ways) | _block(node.finalbody, found, own)
        case ast.ClassDef():
            bound = _simple([*node.decorator_list, *node.bases, *(one.value for one in node.keywords)], found, own)
            inside = Names()
            _block(node.body, inside, own | bound)
            found.reads |= inside.reads
            found.later |= inside.later
            found.touches |= inside.touches
    return _simple([node], found, own)


def _simple(nodes: list[ast.AST], found: Names, own: set[str]) -> set[str]:
    """Note what expressions, or statements without others in them, do; returns the names they bind."""
    bound, waiting = set(), list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, _BOUND_ONCE):
            names = [node.name] if hasattr(node, "name") else [
                name.asname or name.name.partition(".")[0] for name in node.names]
            bound.update(names)
            found.fixed.update(names)
        if isinstance(node, _FUNCTIONS):
            found.later |= outside(node)
            defaults = [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]
            waiting += [*getattr(node, "decorator_list", []), *defaults]
        elif isinstance(node, _COMPREHENSIONS):
            found.reads |= outside(node) - own
            _touch(node, found)
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                found.reads |= {node.id} - own
            else:
                bound.add(node.id)
        elif not isinstance(node, ast.ClassDef):
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                found.reads |= {node.target.id} - own
            _touch(node, found)
            waiting += ast.iter_child_nodes(node)
    found.binds |= bound
    return bound


def outside(node: ast.AST) -> set[str]:
    """The names that a function, a class's body or a comprehension looks up outside itself."""
    looked_up, local, declared = set(), set(), set()
    waiting = list(ast.iter_child_nodes(node))
    while waiting:
        one = waiting.pop()
        if isinstance(one, (*_FUNCTIONS, *_COMPREHENSIONS, ast.ClassDef)):
            looked_up |= outside(one)
            local |= {one.name} if hasattr(one, "name") else set()
        elif isinstance(one, ast.Name):
            (looked_up if isinstance(one.ctx, ast.Load) else local).add(one.id)
        elif isinstance(one, ast.Global):
            declared.update(one.names)
        else:
            if isinstance(one, ast.arg):
                local.add(one.arg)
            elif isinstance(one, ast.Import | ast.ImportFrom):
                local.update(name.asname or name.name.partition(".")[0] for name in one.names)
            waiting += ast.iter_child_nodes(one)
    return looked_up - (local - declared)


def _touch(node: ast.AST, found: Names) -> None:
    for part in ast.walk(node) if isinstance(node, _COMPREHENSIONS) else [node]:
        changed: list[ast.AST] = []
        if isinstance(part, ast.Call):
            changed = [part.func, *part.args, *(keyword.value for keyword in part.keywords)]
        elif isinstance(part, ast.Attribute | ast.Subscript) and not isinstance(part.ctx, ast.Load):
            changed = [part]
        for one in changed:
            found.touches.update(name.id for name in ast.walk(one) if isinstance(name, ast.Name))


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
