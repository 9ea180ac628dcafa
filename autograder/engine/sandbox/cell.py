"""Run a cell of the release in its own namespace, without IPython's machinery.

A test is compiled and executed here, so that nothing a student changed in IPython (its parser, transformers, hooks,
or the display of errors and results) has an effect. The text of a test is in this process only until it is compiled.
"""

from __future__ import annotations
import __future__

import ast
import asyncio
import inspect
from collections.abc import Awaitable, Callable
from functools import reduce
from operator import or_
from types import CodeType
from typing import Any, NamedTuple

from autograder.engine.sandbox import contents

MOST_FRAMES = 40
LONGEST = 10_000  # characters of an error's text
_FUTURE = reduce(or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))


class Compiled(NamedTuple):
    """A compiled cell: its statements, its last expression if it ends with one, and whether that is shown."""

    body: CodeType
    last: CodeType | None
    shown: bool


def compiled(text: str, name: str) -> Compiled:
    """Compile a cell.

    Parameters
    ----------
    text : str
        the source of the cell, without magics.
    name : str
        the file name that tracebacks show.

    Raises
    ------
    SyntaxError
        if the text is not valid Python.
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
    """Run a cell's code in a namespace; return the value of its last expression.

    `cancelled` takes a task and returns a context manager in which an interrupt cancels the task.
    """
    value, filled = None, _fill(space, _names_in_classes(code))
    try:
        for part in (code.body, code.last):
            if part is not None:
                value = eval(part, space)  # None for statements
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
    """Copy names that are found elsewhere into the namespace itself and return them: class bodies look nowhere else."""
    found = {name: space.get(name, space) for name in names if not dict.__contains__(space, name)}
    found = {name: value for name, value in found.items() if value is not space}
    dict.update(space, found)
    return found


def _names_in_classes(code: Compiled) -> set[str]:
    """Return the names that class bodies in a cell look up."""
    names: set[str] = set()
    waiting = [part for part in (code.body, code.last) if part is not None]
    while waiting:
        inside = [one for one in waiting.pop().co_consts if isinstance(one, CodeType)]
        waiting += inside
        names.update(*(one.co_names for one in inside if not one.co_flags & inspect.CO_OPTIMIZED))
    return names


def number(value: Any) -> float | None:
    """Return a Python or NumPy number as a float; None for anything else, including instances of subclasses."""
    kind = type(value)
    if kind is int or kind is float:
        try:
            return float(value)
        except OverflowError:
            return None
    return float(kind.item(value)) if contents.is_number(kind) else None


def described(error: BaseException, cell: str) -> dict:
    """Describe an error that ended a cell.

    Parameters
    ----------
    error : BaseException
        the error.
    cell : str
        the file name of the cell; frames before the first one in this file are left out.

    Returns
    -------
    dict
        `name` and `text` of the error, and its `frames`, each a list of file, line and function.
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
    """Return a text that a student's class may decide: cut to `LONGEST`, and empty if getting it fails."""
    try:
        text = ask()
        return text[:LONGEST] if type(text) is str else ""
    except BaseException:
        return ""
