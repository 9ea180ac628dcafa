"""Checks that tell a student what is wrong, in the order in which it goes wrong.

A test cell calls the answer through `call`, then asks `whole_number`, `array`, `same` and
`close` for the type, the shape and the value. Each raises `CheckFailed` with one message: what
was called, what was expected, what came back, and where it is known the likely cause.
"""

from __future__ import annotations

import numbers
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

ARTICLES = frozenset({"a", "all", "an", "any", "both", "each", "every", "no", "the", "this"})


class CheckFailed(AssertionError):
    """An answer is wrong. Its text is the message for the student; an article at its start gets a capital letter."""

    def __init__(self, message: str) -> None:
        first, space, rest = str(message).partition(" ")
        super().__init__((first.capitalize() if first in ARTICLES else first) + space + rest)

    def _render_traceback_(self) -> list[str]:
        """IPython shows these lines in place of a traceback: the message is all that helps."""
        return [str(self)]


class NotAttempted(CheckFailed):
    """The answer is still the stub."""


def call(function: Callable, *arguments: Any, **keywords: Any) -> Any:
    """Call a student's function as a check does, and return what it returns.

    Raises
    ------
    NotAttempted
        if the function raises NotImplementedError, as a stub does.
    CheckFailed
        if it returns None, changes an array it was given, or uses a name that no cell defines.
    Exception
        what the function itself raises, with a note that says how it was called.
    """
    what = describe_call(function, arguments, keywords)
    before = [value.copy() if isinstance(value, np.ndarray) else None for value in arguments]
    try:
        result = function(*arguments, **keywords)
    except NotImplementedError as error:
        raise _not_attempted(function) from error
    except Exception as error:
        if isinstance(error, NameError) and error.name:
            raise CheckFailed(
                f"{what} uses the name {error.name!r}, which the notebook does not define. Likely cause: a typing "
                "error, or a name that exists only in your session; restart the kernel and run all cells to see it."
            ) from error
        error.add_note(f"Your answer raised this when the check called {what}.")
        raise
    if result is None:
        raise CheckFailed(f"{what} returned None. Likely cause: a missing `return`.")
    for copy, argument in zip(before, arguments, strict=True):
        if copy is not None and not np.array_equal(copy, argument, equal_nan=True):
            raise CheckFailed(
                f"{what} changed the array it was given. Work on a copy: the caller still needs it."
            )
    return result


def describe_call(function: Callable, arguments: Sequence = (), keywords: Mapping = {}) -> str:
    """The call as a person would write it; an array appears as its shape."""
    parts = [_short(value) for value in arguments]
    parts += [f"{name}={_short(value)}" for name, value in keywords.items()]
    return f"{getattr(function, '__name__', 'your answer')}({', '.join(parts)})"


def whole_number(value: Any, what: str) -> int:
    """Return `value` as an int; a Python int, a NumPy integer and an integer tensor will do."""
    plain = _plain(value)
    if isinstance(plain, bool | np.bool_) or not isinstance(plain, numbers.Integral):
        hint = ""
        if isinstance(plain, numbers.Real) and not isinstance(plain, bool | np.bool_):
            hint = " Likely cause: `/` always gives a float; `//` divides and rounds down."
        raise CheckFailed(f"{what} should be a whole number (int), but is {_kind(value)}.{hint}")
    return int(plain)


def whole_numbers(value: Any, count: int, what: str) -> tuple[int, ...]:
    """Return `value` as a tuple of `count` ints; a tuple, a list and a 1-D array will do."""
    plain = _plain(value)
    if isinstance(plain, np.ndarray) and plain.ndim == 1:
        plain = tuple(plain)
    if not isinstance(plain, tuple | list):
        raise CheckFailed(
            f"{what} should be a tuple of {count} whole numbers, but is {_kind(value)}."
        )
    if len(plain) != count:
        raise CheckFailed(
            f"{what} should hold {count} whole numbers, but holds {len(plain)}: {_short(value)}."
        )
    return tuple(whole_number(item, f"{what}, item {i}") for i, item in enumerate(plain))


def number(value: Any, what: str) -> float:
    """Return `value` as a finite float; whole numbers will do."""
    plain = _plain(value)
    if isinstance(plain, bool | np.bool_) or not isinstance(plain, numbers.Real):
        raise CheckFailed(f"{what} should be a number, but is {_kind(value)}.")
    if not np.isfinite(plain):
        raise CheckFailed(f"{what} should be a finite number, but is {plain}.")
    return float(plain)


def array(
    value: Any,
    shape: Sequence[int],
    what: str,
    causes: Mapping[tuple[int, ...], str] = {},
    dtype: str | None = None,
) -> np.ndarray:
    """Return `value` as a NumPy array after checking type, shape, dtype and that it is finite.

    Parameters
    ----------
    value
        a NumPy array or a TensorFlow tensor.
    shape
        the shape it must have.
    what
        how the message names it.
    causes
        for a wrong shape that has a known cause, that cause.
    dtype
        the exact dtype it must have, such as "float32"; None accepts every numeric one.
    """
    if isinstance(value, list | tuple) or not hasattr(value, "shape"):
        raise CheckFailed(f"{what} should be an array, but is {_kind(value)}.")
    result = np.asarray(value)
    if not np.issubdtype(result.dtype, np.number):
        raise CheckFailed(f"{what} should hold numbers, but its dtype is {result.dtype}.")
    shape = tuple(shape)
    if result.shape != shape:
        raise CheckFailed(
            f"{what} should have shape {shape}, but has shape {result.shape}."
            + _cause(causes.get(result.shape))
        )
    if dtype is not None and result.dtype != np.dtype(dtype):
        raise CheckFailed(f"{what} should have dtype {dtype}, but has dtype {result.dtype}.")
    if not np.all(np.isfinite(result)):
        raise CheckFailed(f"{what} holds NaN or infinity. Likely cause: a division by zero.")
    return result


def same(
    value: Any, expected: Any, what: str, causes: Mapping[Any, str] = {}, otherwise: str = ""
) -> None:
    """Check that a number, a tuple or a text is exactly the expected one.

    `causes` maps a wrong value to its likely cause; `otherwise` is the likely cause of all others.
    """
    if value != expected:
        cause = causes.get(value, otherwise) if value.__hash__ else otherwise
        raise CheckFailed(f"{what}: expected {expected}, got {value}.{_cause(cause)}")


def close(
    value: Any,
    expected: Any,
    what: str,
    causes: Mapping[str, Any] = {},
    tolerance: float = 1e-4,
    otherwise: str = "",
) -> None:
    """Check that every number is within `tolerance` of the expected one, absolute or relative.

    Parameters
    ----------
    value, expected
        numbers or arrays of one shape (check the shape first, with `array`).
    causes
        a likely cause, and the value that an answer with that mistake would give.
    otherwise
        the likely cause of every other wrong value.
    """
    value, expected = np.asarray(value, "float64"), np.asarray(expected, "float64")
    if value.shape != expected.shape:
        raise CheckFailed(
            f"{what} should have shape {expected.shape}, but has shape {value.shape}."
        )
    if np.allclose(value, expected, rtol=tolerance, atol=tolerance):
        return
    cause = otherwise
    for text, wrong in causes.items():
        wrong = np.asarray(wrong, "float64")
        if wrong.shape == value.shape and np.allclose(value, wrong, tolerance, tolerance):
            cause = text
            break
    if value.ndim == 0:
        raise CheckFailed(f"{what}: expected {expected:.6g}, got {value:.6g}.{_cause(cause)}")
    error = np.where(np.isfinite(value), np.abs(value - expected), np.inf)
    where = np.unravel_index(int(np.argmax(error)), error.shape)
    place = ", ".join(str(int(i)) for i in where)
    raise CheckFailed(
        f"{what}: {int(np.sum(error > tolerance * (1 + np.abs(expected))))} of {value.size} values "
        f"are wrong; at [{place}] expected {expected[where]:.6g}, got {value[where]:.6g}."
        + _cause(cause)
    )


def raises(error: type[Exception], function: Callable, *arguments: Any, reason: str) -> None:
    """Check that a call raises `error`; `reason` is the sentence that says why it must."""
    what = describe_call(function, arguments)
    try:
        result = function(*arguments)
    except error:
        return
    except NotImplementedError as stub:
        raise _not_attempted(function) from stub
    except Exception as other:
        raised = f"raised {type(other).__name__}"
    else:
        raised = f"returned {_short(result)}"
    raise CheckFailed(f"{what} should raise {error.__name__}, but {raised}. {reason}")


def true(condition: Any, message: str) -> None:
    """Raise `CheckFailed(message)` unless the condition holds."""
    if not condition:
        raise CheckFailed(message)


def _not_attempted(function: Callable) -> NotAttempted:
    name = getattr(function, "__name__", "This task")
    return NotAttempted(
        f"{name}: not attempted yet. Replace `raise NotImplementedError` with your answer, "
        "run that cell, then run this one again."
    )


def _plain(value: Any) -> Any:
    """A tensor as its NumPy array, a 0-D array as its scalar, all else unchanged."""
    if hasattr(value, "numpy") and callable(value.numpy):
        value = value.numpy()
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    return value


def _kind(value: Any) -> str:
    return f"of type {type(value).__name__} ({_short(value)})"


def _short(value: Any) -> str:
    """A value on one line; arrays, also those in a tuple or a list, by their shape."""
    shape = getattr(value, "shape", None)
    if shape is not None and len(shape) > 0:
        return f"array of shape {tuple(shape)}"
    if isinstance(value, tuple | list) and any(getattr(item, "shape", ()) for item in value):
        text = f"{type(value).__name__} of {', '.join(_short(item) for item in value)}"
    else:
        text = repr(_plain(value)) if not isinstance(value, np.generic) else str(value)
    text = re.sub(r" at 0x[0-9a-f]+", "", " ".join(text.split()))
    return text if len(text) <= 60 else text[:57] + "..."


def _cause(text: str | None) -> str:
    return f" Likely cause: {text}." if text else ""
