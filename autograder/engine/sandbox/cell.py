"""Run a cell of the release in a namespace of its own, without the notebook's machinery.

A test is compiled and executed here: what a student did to IPython (its parser, transformers, hooks, ways to show
errors and results) plays no part. Its text is in this process only until it is compiled.
"""

from __future__ import annotations
import __future__

import ast
import asyncio
import inspect
import sys
from collections.abc import Awaitable, Callable
from functools import reduce
from operator import or_
from types import CodeType
from typing import Any, NamedTuple

MOST_FRAMES = 40
LONGEST = 10_000  # characters of an error's text
_FUTURE = reduce(or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))
_NUMBERS = frozenset({"float16", "float32", "float64", "int8", "int16", "int32", "int64",
                      "uint8", "uint16", "uint32", "uint64"})


class Compiled(NamedTuple):
    """A cell: its statements, its last expression where it ends with one, and whether that is shown."""

    body: CodeType
    last: CodeType | None
    shown: bool


def compiled(text: str, name: str) -> Compiled:
    """A cell's code.

    Parameters
    ----------
    text : str
        the cell, without magics.
    name : str
        the file name that tracebacks show.

    Raises
    ------
    SyntaxError
        if it is not Python.
    """
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    tree = compile(text, name, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    body = compile(tree, name, "exec", flags, dont_inherit=True)
    if last is None:
        return Compiled(body, None, False)
    flags |= body.co_flags & _FUTURE
    shown = not text.rstrip().endswith(";")
    return Compiled(body, compile(ast.Expression(last.value), name, "eval", flags, dont_inherit=True), shown)


async def execute(code: Compiled, space: dict, cancelled: Callable) -> object:
    """Run a cell's code in a namespace; returns the value of its last expression.

    `cancelled` is given a task, and is a context in which an interrupt cancels it.
    """
    value, filled = None, _fill(space, _names_in_classes(code))
    try:
        for part in (code.body, code.last):
            if part is not None:
                value = eval(part, space)  # a module's code gives None
                if part.co_flags & inspect.CO_COROUTINE and isinstance(value, Awaitable):
                    task = asyncio.ensure_future(value)
                    with cancelled(task):
                        value = await task
    finally:
        for name, kept in filled.items():
            if dict.get(space, name) is kept:
                dict.pop(space, name)
    return value


def _fill(space: dict, names: set[str]) -> dict[str, object]:
    """Put names that are found elsewhere into the namespace itself: the body of a class looks nowhere else."""
    found = {name: space.get(name, space) for name in names if not dict.__contains__(space, name)}
    found = {name: value for name, value in found.items() if value is not space}
    dict.update(space, found)
    return found


def _names_in_classes(code: Compiled) -> set[str]:
    """The names that the bodies of classes in a cell look up."""
    names: set[str] = set()
    waiting = [part for part in (code.body, code.last) if part is not None]
    while waiting:
        inside = [one for one in waiting.pop().co_consts if isinstance(one, CodeType)]
        waiting += inside
        names.update(*(one.co_names for one in inside if not one.co_flags & inspect.CO_OPTIMIZED))
    return names


def number(value: Any) -> float | None:
    """A plain number or one of NumPy's, as a float; None for anything else, whatever it claims to be."""
    kind = type(value)
    if kind is int or kind is float:
        try:
            return float(value)
        except OverflowError:
            return None
    generic = getattr(sys.modules.get("numpy"), "generic", None)
    if generic is not None and kind.__module__ == "numpy" and kind.__name__ in _NUMBERS and generic in kind.__mro__:
        return float(kind.item(value))
    return None


def described(error: BaseException, cell: str) -> dict:
    """What there is to say of an error that ended a cell.

    Parameters
    ----------
    error : BaseException
        the error.
    cell : str
        the file name of the cell: the frames before it are not the notebook's.

    Returns
    -------
    dict
        `name` and `text` of the error, and its `frames`: a file, a line and a function each.
    """
    frames: list[list[str | int]] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if frames or code.co_filename == cell:
            frames.append([code.co_filename, trace.tb_lineno, code.co_name[:100]])
        trace = trace.tb_next
    if len(frames) > MOST_FRAMES:
        frames = [*frames[:MOST_FRAMES // 4], *frames[-MOST_FRAMES * 3 // 4:]]
    return {"name": _text(lambda: type(error).__name__)[:200], "text": _text(lambda: str(error)), "frames": frames}


def _text(ask: Callable[[], object]) -> str:
    """A text that a class of the student's may have a say in."""
    try:
        text = ask()
        return text[:LONGEST] if type(text) is str else ""
    except BaseException:
        return ""
