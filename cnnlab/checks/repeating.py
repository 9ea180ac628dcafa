"""How a message writes a call, and what a student needs to repeat the call that a check has just made."""

from __future__ import annotations

import os
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from cnnlab import exact

GRADED = "NBGRADER_EXECUTION"  # in the environment while a notebook is graded
LONGEST = 60  # characters of an argument that is written out
MOST_NUMBERS = 40  # of an array that is printed whole

_array2string, _ndarray = np.array2string, np.ndarray
_last: dict[str, Any] = {}  # the last call of a check: its text, how to repeat it, and its arguments by name


def describe_call(function: Callable, arguments: Sequence = (), keywords: Mapping = {}) -> str:
    """The call as a person would write it; an array or an object appears as the name of its parameter.

    Arguments behind the last array are named: ``conv2d(image, kernels, stride=(2, 2))``.
    """
    names, arguments = _parameters(function), list(arguments)
    texts = [_literal(value) for value in arguments]
    bare = max((i for i, text in enumerate(texts) if not text), default=-1)
    parts = []
    for i, (value, text) in enumerate(zip(arguments, texts, strict=True)):
        name = names[i] if i < len(names) else ""
        if not text:
            parts.append(name or exact.shown(value))
        else:
            parts.append(f"{name}={text}" if name and i > bare else text)
    parts += [f"{name}={_literal(value) or exact.shown(value)}" for name, value in keywords.items()]
    return f"{name_of(function)}({', '.join(parts)})"


def name_of(function: Callable) -> str:
    """What a message calls a function or an object that is called."""
    return exact.called(function) or exact.named(type(function))


def remember(function: Callable, arguments: Sequence, keywords: Mapping) -> None:
    """Keep a call, so that a message about it can say how to repeat it; does nothing while a notebook is graded."""
    if GRADED in os.environ:
        return
    _last.clear()
    names = _parameters(function)
    if len(names) < len(arguments):
        return
    given = {**dict(zip(names, arguments, strict=False)), **keywords}
    text = describe_call(function, arguments, keywords)
    written_out = all(_literal(value) for value in given.values())
    line = text if written_out else f"from cnnlab.checks import given; {name_of(function)}(**given())"
    _last.update(text=text, line=line, arguments={name: exact.copied(value) for name, value in given.items()})


def given() -> dict[str, Any]:
    """The arguments of the last call that a check made, by name; arrays, lists, dicts and sets are copies."""
    return {name: exact.copied(value) for name, value in _last.get("arguments", {}).items()}


def how_to_repeat(message: str) -> list[str]:
    """The lines below a message on the last call: the shapes of its arrays, and a line that repeats it."""
    if not _last or _last["text"] not in message:
        return []
    arrays = {name: value for name, value in _last["arguments"].items() if type(value) is _ndarray}
    return [
        *(f"    {name}: array of shape {value.shape}, dtype {value.dtype}" for name, value in arrays.items()),
        f"To repeat this call: {_last['line']}",
    ]


def beside(expected: np.ndarray, returned: np.ndarray) -> list[str]:
    """Two small arrays of one shape, printed side by side; no line if they are too large for that."""
    if not 1 < expected.size <= MOST_NUMBERS or expected.ndim > 4:
        return []
    left, right = ([title, *_rows(values)] for title, values in (("expected", expected), ("returned", returned)))
    width = max(map(len, left))
    return [f"    {one:{width}}    {other}".rstrip() for one, other in zip(left, right, strict=True)]


def _rows(values: np.ndarray) -> list[str]:
    """An array as lines of text; whole numbers without a decimal point."""
    if (abs(values) < 1e9).all() and (values == values.round()).all():
        values = values.astype("int64")
    return _array2string(values, precision=4, suppress_small=True, max_line_width=10_000).splitlines()


def _parameters(function: Callable) -> list[str]:
    """The names of the positional parameters of a function, of a method, or of what makes an object of a class."""
    bound = 0
    if type(function) is types.MethodType:
        function, bound = function.__func__, 1
    elif type(function) is not types.FunctionType:
        function, bound = exact.maker(function), 1
    if type(function) is not types.FunctionType:
        return []
    code = function.__code__
    return list(code.co_varnames[bound : code.co_argcount])


def _literal(value: Any) -> str:
    """A value as it is typed into a cell; empty if that is long, or if it is an array or an object."""
    text = _written(value, 0)
    return text if len(text) <= LONGEST else ""


def _written(value: Any, depth: int) -> str:
    kind = type(value)
    if any(kind is one for one in (int, float, bool, str, types.NoneType)):
        return repr(value)
    if not any(kind is one for one in (tuple, list, dict)) or depth > 4:
        return ""
    if kind is dict:
        pairs = [(_written(key, depth + 1), _written(item, depth + 1)) for key, item in value.items()]
        return f"{{{', '.join(f'{key}: {item}' for key, item in pairs)}}}" if all(map(all, pairs)) else ""
    items = [_written(item, depth + 1) for item in value]
    if not all(items):
        return ""
    inner = ", ".join(items)
    return f"[{inner}]" if kind is list else f"({inner},)" if len(items) == 1 else f"({inner})"
