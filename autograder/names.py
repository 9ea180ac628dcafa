"""The one reader of code: what a cell binds, reads and imports.

Magics and shell lines are taken out in one way, by IPython's own transformer: `python` is what a cell runs, `tree` is
what can be read of it. Where a magic takes code, as `%%time` and `%time` do, that code is read as well.
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

LONG = 100_000  # characters of a cell that is not read as a tree: that would take a thousand times the memory
MOST_MAGICS = 60  # lines of a cell; IPython reads the whole cell again for each
REMEMBERED = 4096  # cells of which small things are kept: more than any notebook has
NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError, TokenError, RuntimeError)
MAGIC_LINE = re.compile(r"^([ \t]*)[%!].*$", re.M)
_TAKES_CODE = frozenset({"capture", "prun", "time", "timeit"})  # line magics that run what follows them
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
        names that a function of it declares global and binds.
    fixed : set of str
        those of `binds` that are a function, a class or a module: they are not changed later.
    settled : set of str
        those of `binds` that it gives a value in any case.
    reads, later : set of str
        names that it looks up when it runs, before it has bound them itself, and when a function of it is called.
    touches : set of str
        names whose objects it may change: arguments of calls, what a method is called on, what is
        assigned into.
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
    """A cell as Python with the same lines: magics and shell lines are calls.

    Raises
    ------
    RuntimeError
        if there are more magics than IPython reads, 500.
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
    """Transformed lines, with blank ones where a magic of several lines became one."""
    missing = len(before) - len(after)
    if missing <= 0:
        return after
    place = next((place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), 0)
    return [*after[:place + 1], *["\n"] * missing, *after[place + 1:]]


@lru_cache(maxsize=512)  # trees are large, and Python's garbage collection goes through all of them
def tree(source: str) -> ast.Module | None:
    """The Python of a cell, with the code that its magics take; None where it is none. Lines are the cell's."""
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
    """Replaces the call that runs a magic by the code that the magic takes."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """One statement; a cell magic's code begins on the next line."""
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
    """Whether a cell is Python, its magics taken out."""
    return tree(source) is not None


def nodes(source: str) -> list[ast.AST]:
    """All nodes of a cell's tree; none where it is not Python."""
    found = tree(source)
    return list(ast.walk(found)) if found is not None else []


@lru_cache(maxsize=REMEMBERED)
def names(source: str) -> Names:
    """What a cell does with names; nothing where it is not Python."""
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
    """A cell's text without magics."""
    try:
        ast.parse(source)
        return source
    except NOT_PYTHON:
        return ast.unparse(body)


@lru_cache(maxsize=REMEMBERED)
def bound(source: str) -> tuple[str, ...]:
    """The global names that a cell binds or deletes, itself or by a function that declares them global."""
    found = names(source)
    return tuple(sorted(found.binds | found.declares))


def may_bind(source: str) -> tuple[str, ...]:
    """The same; `*` where it can bind any, by `import *`, or by `exec` and its like."""
    return ("*",) if _binds_any(source) else bound(source)


@lru_cache(maxsize=REMEMBERED)
def used(source: str) -> tuple[str, ...]:
    """The global names that a cell reads, itself or in its functions, and has not bound before."""
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
    """Whether a cell puts something into a module, a class or an object."""
    return any(
        (isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load))
        or (isinstance(node, ast.Name) and node.id in ("setattr", "delattr")) for node in nodes(source))


def declared(source: str) -> set[str]:
    """The names that a cell declares as global, also where it is too long to be read as a tree."""
    if "global" not in source:
        return set()
    if len(source) > LONG:
        return {name for found in _GLOBAL.findall(source) for name in re.findall(r"\w+", found)}
    return {name for node in nodes(source) if isinstance(node, ast.Global) for name in node.names}


def imports(source: str) -> list[tuple[str, str]]:
    """What a cell imports, wherever in it: a module each, and the name that is taken from it, empty for all of it."""
    found: dict[tuple[str, str], None] = {}
    for node in nodes(source):
        if isinstance(node, ast.Import):
            found |= dict.fromkeys((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= dict.fromkeys((node.module, alias.name) for alias in node.names)
    return list(found)


def defined(source: str) -> set[str]:
    """The functions and classes that a cell defines at its top level."""
    body = tree(source)
    return {node.name for node in body.body if isinstance(node, _DEFINITIONS)} if body is not None else set()


def _block(body: list[ast.stmt], found: Names, own: set[str]) -> set[str]:
    """Note what statements do, where the names `own` are bound already; returns those bound after them."""
    own = set(own)
    for node in body:
        own |= _statement(node, found, own)
    return own


def _statement(node: ast.stmt, found: Names, own: set[str]) -> set[str]:
    """Note what a statement does; returns the names it binds in any case."""
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
    """Note what expressions, or statements without others in them, do; returns the names they bind."""
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
