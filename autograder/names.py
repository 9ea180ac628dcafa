"""Read the code of cells: which names a cell binds, reads and imports.

Magics and shell lines are handled in one way, by IPython's own transformer: `python` gives the code that a cell runs,
and `tree` gives its syntax tree. If a magic takes code, as `%%time` and `%time` do, the tree includes that code.
"""

from __future__ import annotations

import ast
import copy
import re
import symtable
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from tokenize import TokenError
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager, leading_empty_lines

LONG = 100_000  # characters; `declared` does not parse a longer cell: a tree takes a thousand times the memory
MOST_MAGICS = 60  # lines of a cell; IPython reads the whole cell again for each of them
REMEMBERED = 4096  # cells for which small results are cached: more than any notebook has
NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError, TokenError, RuntimeError)
MAGIC_LINE = re.compile(r"^([ \t]*)[%!].*$", re.M)
_TAKES_CODE = frozenset({"capture", "prun", "time", "timeit"})  # line magics that run the code after them
_ANY_NAME = frozenset({"exec", "eval", "globals", "vars", "locals", "setattr", "__dict__", "__main__", "get_ipython"})
_GLOBAL = re.compile(r"\bglobal\b((?:[\s\\]*\w+[\s\\]*,)*[\s\\]*\w+)")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMPREHENSION_TABLES = frozenset({"listcomp", "setcomp", "dictcomp", "genexpr"})
_BOUND_ONCE = (*_DEFINITIONS, ast.Import, ast.ImportFrom)


@dataclass
class Names:
    """What a cell does with names.

    Attributes
    ----------
    binds : set of str
        names that it gives a value, or deletes, at its top level.
    declares : set of str
        names that one of its functions declares global and binds.
    fixed : set of str
        those of `binds` that it defines or imports: these objects are taken not to be changed later.
    settled : set of str
        those of `binds` that it gives a value in any case, whichever branches run.
    reads, later : set of str
        names that it looks up when it runs, before it binds them itself, and those that its functions look up when
        they are called.
    touches : set of str
        names whose objects it may change: arguments of calls, objects whose methods are called, and objects
        with an attribute or item that is assigned.
    """

    binds: set[str] = field(default_factory=set)
    declares: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)


@lru_cache(maxsize=512)
def python(source: str) -> str:
    """A cell as Python with the same line numbers: magics and shell lines become calls.

    Raises
    ------
    RuntimeError
        if there are more than 500 magics, the limit of IPython.
    """
    try:
        ast.parse(source)
        return source
    except NOT_PYTHON:
        pass
    manager = TransformerManager()
    text = source if source.endswith("\n") else source + "\n"
    lines = text.splitlines(keepends=True)
    blank = len(lines) - len(leading_empty_lines(lines))
    head, lines = lines[:blank], lines[blank:]
    transforms: tuple[Any, ...] = (*manager.cleanup_transforms, *manager.line_transforms)  # untyped in IPython
    for transform in transforms:
        lines = _as_long(lines, transform(lines))
    for _ in range(500):
        changed, after = manager.do_one_token_transform(lines)
        if not changed:
            return "".join([*head, *lines])
        lines = _as_long(lines, after)
    raise RuntimeError("The cell has more than 500 magics.")


def _as_long(before: list[str], after: list[str]) -> list[str]:
    """The transformed lines, with blank lines added where a magic of several lines became one."""
    missing = len(before) - len(after)
    if missing <= 0:
        return after
    place = next((place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), 0)
    return [*after[:place + 1], *["\n"] * missing, *after[place + 1:]]


@lru_cache(maxsize=512)  # trees are large, and Python's garbage collector goes through all of them
def tree(source: str) -> ast.Module | None:
    """The syntax tree of a cell, with the code that its magics take and the cell's line numbers; None if not Python."""
    try:
        return ast.parse(source)
    except NOT_PYTHON:
        pass
    many = len(MAGIC_LINE.findall(source)) > MOST_MAGICS
    try:
        return _Opened().visit(ast.parse(MAGIC_LINE.sub(r"\1pass", source) if many else python(source)))
    except NOT_PYTHON:
        return None


class _Opened(ast.NodeTransformer):
    """Replaces each call that runs a magic by the code that the magic takes."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """Replace one statement; the code of a cell magic begins on the line after it."""
        match node.value:
            case ast.Call(ast.Attribute(attr="run_cell_magic"), [_, _, ast.Constant(str() as code)]):
                inner, lines = tree(code), node.lineno
            case ast.Call(ast.Attribute(attr="run_line_magic"), [ast.Constant(name), ast.Constant(str() as code)]):
                inner, lines = tree(code) if name in _TAKES_CODE else None, node.lineno - 1
            case _:
                return node
        body = copy.deepcopy(inner.body) if inner is not None else []
        return [ast.increment_lineno(one, lines) for one in body] or node


def is_python(source: str) -> bool:
    """Whether a cell is Python, apart from its magics."""
    return tree(source) is not None


def nodes(source: str) -> list[ast.AST]:
    """All nodes of a cell's syntax tree; none if it is not Python."""
    found = tree(source)
    return list(ast.walk(found)) if found is not None else []


@lru_cache(maxsize=REMEMBERED)
def names(source: str) -> Names:
    """What a cell does with names; all sets are empty if it is not Python."""
    found, body = Names(), tree(source)
    if body is None:
        return found
    try:
        found.settled = _block(body.body, found, set())
        tables = [(symtable.symtable(_plain(source, body), "cell", "exec"), True)]
    except NOT_PYTHON:
        return Names()
    while tables:
        table, top = tables.pop()
        tables += [(one, top and one.get_name() in _COMPREHENSION_TABLES) for one in table.get_children()]
        for symbol in table.get_symbols():
            if (symbol.is_assigned() or symbol.is_imported()) and (
                    table.get_type() == "module" or symbol.is_global()):
                (found.binds if top else found.declares).add(symbol.get_name())
    return found


def _plain(source: str, body: ast.Module) -> str:
    """The text of a cell without magics, made from its tree if it has any."""
    try:
        ast.parse(source)
        return source
    except NOT_PYTHON:
        return ast.unparse(body)


@lru_cache(maxsize=REMEMBERED)
def bound(source: str) -> tuple[str, ...]:
    """The global names that a cell binds or deletes, at its top level or in a function that declares them global."""
    found = names(source)
    return tuple(sorted(found.binds | found.declares))


def may_bind(source: str) -> tuple[str, ...]:
    """The same as `bound`; only `*` if the cell can bind any name, by `import *`, `exec` or the like."""
    return ("*",) if _binds_any(source) else bound(source)


@lru_cache(maxsize=REMEMBERED)
def used(source: str) -> tuple[str, ...]:
    """The global names that a cell reads before it binds them, in its functions too; and always `__import__`."""
    found = names(source)
    return tuple(sorted(found.reads | (found.later - found.settled) | {"__import__"}))


@lru_cache(maxsize=REMEMBERED)
def _binds_any(source: str) -> bool:
    return any(
        (isinstance(node, ast.ImportFrom) and node.names[0].name == "*")
        or (isinstance(node, ast.Name) and node.id in _ANY_NAME)
        or (isinstance(node, ast.Attribute) and node.attr in _ANY_NAME) for node in nodes(source))


@lru_cache(maxsize=REMEMBERED)
def sets_attributes(source: str) -> bool:
    """Whether a cell sets or deletes an attribute of a module, a class or another object."""
    return any(
        (isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load))
        or (isinstance(node, ast.Name) and node.id in ("setattr", "delattr")) for node in nodes(source))


def declared(source: str) -> set[str]:
    """The names that a cell declares global, even if it is too long to be parsed."""
    if "global" not in source:
        return set()
    if len(source) > LONG:
        return {name for found in _GLOBAL.findall(source) for name in re.findall(r"\w+", found)}
    return {name for node in nodes(source) if isinstance(node, ast.Global) for name in node.names}


@lru_cache(maxsize=REMEMBERED)
def imports(source: str) -> tuple[tuple[str, str], ...]:
    """All imports in a cell: for each the module, and the name taken from it, which is empty for a whole module."""
    found: dict[tuple[str, str], None] = {}
    for node in nodes(source):
        if isinstance(node, ast.Import):
            found |= dict.fromkeys((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= dict.fromkeys((node.module, alias.name) for alias in node.names)
    return tuple(found)


def defined(source: str) -> set[str]:
    """The names of the functions and classes that a cell defines at its top level."""
    body = tree(source)
    return {node.name for node in body.body if isinstance(node, _DEFINITIONS)} if body is not None else set()


def _block(body: list[ast.stmt], found: Names, own: set[str]) -> set[str]:
    """Note in `found` what statements do after the names `own` were bound; returns the names bound after them."""
    own = set(own)
    for node in body:
        own |= _statement(node, found, own)
    return own


def _statement(node: ast.stmt, found: Names, own: set[str]) -> set[str]:
    """Note in `found` what a statement does; returns the names that it binds in any case."""
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
                named = {handler.name} if handler.name else set()
                after = _block(handler.body, found, own | bound | named)
                if not isinstance(handler.body[-1], ast.Raise | ast.Return):
                    ways.append(after - named)
            return set.intersection(*ways) | _block(node.finalbody, found, own)
        case ast.ClassDef():
            bound = _simple([*node.decorator_list, *node.bases, *(one.value for one in node.keywords)], found, own)
            inside = Names()
            _block(node.body, inside, own | bound)
            found.reads |= inside.reads
            found.later |= inside.later
            found.touches |= inside.touches
    return _simple([node], found, own)


def _simple(nodes: Sequence[ast.AST], found: Names, own: set[str]) -> set[str]:
    """Note in `found` what expressions or simple statements do; returns the names that they bind."""
    bound: set[str] = set()
    waiting = list(nodes)
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
    """The names that a function, a class body or a comprehension looks up outside itself."""
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
