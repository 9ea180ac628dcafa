"""Checks that tell a student what is wrong, in the order in which it goes wrong.

A test cell calls the answer through `call`, then asks `whole_number`, `array`, `same` and
`close` for the type, the shape and the value. Each raises `CheckFailed` with one message: what
was called, what was expected, what came back, and where it is known the likely cause.

What came back is first turned into objects of exact types, see `cnnlab.exact`: no class of a student's
decides what it is equal to.
"""

from __future__ import annotations

import dis
import re
import sysconfig
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf, isfinite
from typing import Any

import numpy as np

from cnnlab import exact

ARTICLES = frozenset({"a", "all", "an", "any", "both", "each", "every", "no", "the", "this"})
LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})
LONGEST = 120  # characters of a value that `same` shows: what is asked for follows it, and must not be cut
WRAPPED = r"in user code:.*NotImplementedError: |Exception encountered when calling .*?\x1b\[1m(.*?)\x1b\[0m.*"

_ndarray, _asarray, _dtype, _where, _isfinite = np.ndarray, np.asarray, np.dtype, np.where, np.isfinite
_argmax, _unravel, _errstate = np.argmax, np.unravel_index, np.errstate


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

    The function gets copies of arrays, lists, dicts and sets, so that the check can use its own again.

    Raises
    ------
    NotAttempted
        if the function raises NotImplementedError, as a stub does.
    CheckFailed
        if it returns None, changes what it was given, or uses a name that no cell defines.
    Exception
        what the function itself raises, with a note that says how it was called.
    """
    given = [*arguments, *keywords.values()]
    variables = [_of_variable(value) for value in given]
    handed = [exact.copied(value) for value in given]
    try:
        result = function(*handed[: len(arguments)], **dict(zip(keywords, handed[len(arguments) :], strict=True)))
    except Exception as error:
        _explain(error, function, describe_call(function, arguments, keywords))
        raise
    if result is None:
        raise CheckFailed(f"{describe_call(function, arguments, keywords)} returned None." + (
            _cause(["a missing `return`"]) if _never_returns(function)
            else " Every path through it should end with `return` and its result."
        ))
    for value, copy, before in zip(given, handed, variables, strict=True):
        kind = exact.changed(value, copy)
        if before is not None and not exact.equal(before, exact.plain(value)):
            kind = "variable"
        if kind:
            raise CheckFailed(
                f"{describe_call(function, arguments, keywords)} changed the {kind} it was given. Work on a copy: the "
                "caller still needs it."
            )
    return result


def describe_call(function: Callable, arguments: Sequence = (), keywords: Mapping = {}) -> str:
    """The call as a person would write it; an array appears as its shape."""
    parts = [exact.shown(value) for value in arguments]
    parts += [f"{name}={exact.shown(value)}" for name, value in keywords.items()]
    return f"{_name(function)}({', '.join(parts)})"


def whole_number(value: Any, what: str) -> int:
    """Return `value` as an int; a Python int, a NumPy integer and an integer tensor will do."""
    wanted = "a whole number (int)"
    plain = _plain(value, what, wanted)
    if type(plain) is float and plain.is_integer():
        raise CheckFailed(
            f"{what} should be {wanted}, but is {_kind(value)}. The value is whole, the type is not: `//` divides and "
            "rounds down, int() converts."
        )
    if type(plain) is not int:
        raise _wrong_type(value, what, wanted)
    return plain


def whole_numbers(value: Any, count: int, what: str) -> tuple[int, ...]:
    """Return `value` as a tuple of `count` ints; a tuple, a list and a 1-D array will do."""
    wanted = f"a tuple of {count} whole numbers"
    plain = _plain(value, what, wanted)
    if type(plain) is _ndarray and plain.ndim == 1:
        plain = plain.tolist()
    if type(plain) not in (tuple, list):
        raise _wrong_type(value, what, wanted)
    if len(plain) != count:
        raise CheckFailed(
            f"{what} should hold {count} whole numbers, but holds {len(plain)}: {exact.shown(value)}."
        )
    return tuple(whole_number(item, f"{what}, item {i}") for i, item in enumerate(plain))


def number(value: Any, what: str) -> float:
    """Return `value` as a finite float; whole numbers will do."""
    plain = _plain(value, what, "a number")
    if type(plain) not in (int, float):
        raise _wrong_type(value, what, "a number")
    try:
        result = float(plain)
    except OverflowError:
        result = inf
    if not isfinite(result):
        raise CheckFailed(f"{what} should be a finite number, but is {exact.shown(plain)}.")
    return result


def array(
    value: Any,
    shape: Sequence[int],
    what: str,
    causes: Mapping[tuple[int, ...], str] | Iterable[tuple[tuple[int, ...], str]] = {},
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
        for a wrong shape that has a known cause, that cause; a mapping, or pairs of both.
    dtype
        the exact dtype it must have, such as "float32" or "bool"; None accepts every one of whole numbers or floats.
    """
    try:
        result = exact.array(value)
    except exact.NotPlain:
        raise _wrong_type(value, what, "an array") from None
    if result.dtype.kind not in ("b" if dtype == "bool" else "iuf"):
        wanted = "True and False" if dtype == "bool" else "whole numbers or floats"
        raise CheckFailed(f"{what} should hold {wanted}, but its dtype is {result.dtype}.")
    shape = tuple(shape)
    if result.shape != shape:
        raise CheckFailed(
            f"{what} should have shape {shape}, but has shape {result.shape}."
            + _cause(_given_for(result.shape, causes, shape))
        )
    if dtype is not None and result.dtype != _dtype(dtype):
        raise CheckFailed(f"{what} should have dtype {dtype}, but has dtype {result.dtype}.")
    if not _isfinite(result).all():
        raise CheckFailed(f"{what} holds NaN or infinity{_place(_argmax(~_isfinite(result)), result.shape)}.")
    return result


def same(
    value: Any,
    expected: Any,
    what: str,
    causes: Mapping[Any, str] | Iterable[tuple[Any, str]] = {},
    rule: str = "",
) -> None:
    """Check that a number, a text, or a tuple, a list or a dict of them is exactly the expected one.

    Parameters
    ----------
    value, expected
        what came back, and what should have.
    what
        how the message names it.
    causes
        the likely causes of wrong values: a mapping from value to cause, or pairs of both. One is named where
        the value is that one, and no other cause is given for it.
    rule
        a sentence that says what is asked for, shown where no cause is named; true whatever the answer did.
    """
    wanted = exact.plain(expected)
    plain = _plain(value, what, exact.shown(wanted, LONGEST))
    if exact.equal(plain, wanted):
        return
    reason = _cause(_given_for(plain, causes, wanted), rule)
    place = _first_difference(plain, wanted)
    if place is not None:
        raise CheckFailed(
            f"{what}: item {place} should be {_bare(wanted[place])}, but is {_bare(plain[place])}.{reason}")
    raise CheckFailed(f"{what}: expected {_bare(wanted)}, got {_bare(plain)}.{reason}")


def close(
    value: Any,
    expected: Any,
    what: str,
    causes: Mapping[str, Any] = {},
    tolerance: float = 1e-4,
    rule: str = "",
) -> None:
    """Check that every number is within `tolerance` of the expected one, absolute or relative.

    Parameters
    ----------
    value, expected
        numbers or arrays of one shape (check the shape first, with `array`). True and False are numbers where an
        array of those is expected, and nowhere else.
    causes
        a likely cause, and the value that an answer with that mistake would give. It is named where the value
        is that one, and no other cause's.
    rule
        a sentence that says what is asked for, shown where no cause is named; true whatever the answer did.
    """
    bools = _asarray(exact.plain(expected)).dtype.kind == "b"
    value, expected = _floats(value, what, "b" if bools else "iuf"), _floats(expected, what, "biuf")
    if value.shape != expected.shape:
        raise CheckFailed(
            f"{what} should have shape {expected.shape}, but has shape {value.shape}."
        )
    error = _distance(value, expected)
    wrong = error > tolerance
    if not wrong.any():
        return
    mistakes = {text: _floats(mistaken, what, "biuf") for text, mistaken in causes.items()}
    reason = _cause([text for text, mistaken in mistakes.items()
                     if _is_close(value, mistaken, tolerance) and not _is_close(expected, mistaken, tolerance)], rule)
    if value.ndim == 0:
        raise CheckFailed(f"{what}: expected {expected:.6g}, got {value:.6g}.{reason}")
    where = _unravel(int(_argmax(_distance(value, expected, relative=False))), error.shape)
    raise CheckFailed(
        f"{what}: {int(wrong.sum())} of {value.size} values are wrong; at [{', '.join(str(int(i)) for i in where)}] "
        f"expected {expected[where]:.6g}, got {value[where]:.6g}.{reason}"
    )


def raises(error: type[Exception], function: Callable, *arguments: Any, reason: str) -> None:
    """Check that a call raises `error`; `reason` is the sentence that says why it must."""
    what = describe_call(function, arguments)
    try:
        result = function(*[exact.copied(value) for value in arguments])
    except error:
        return
    except Exception as other:
        if _is_stub(other):
            raise _not_attempted(function) from other
        raised = f"raised {exact.named(type(other))}"
    else:
        raised = f"returned {exact.shown(result)}"
    raise CheckFailed(f"{what} should raise {error.__name__}, but {raised}. {reason}")


def true(condition: Any, message: str) -> None:
    """Raise `CheckFailed(message)` unless the condition holds, or where only a student's class could say."""
    kind = type(condition)
    if any(kind is one for one in (list, tuple, dict, set, re.Match)):
        holds = bool(condition)
    else:
        try:
            holds = bool(exact.plain(condition))
        except exact.NotPlain:
            holds = False
    if not holds:
        raise CheckFailed(message)


def _explain(error: Exception, function: Callable, what: str) -> None:
    """Raise what says more than an error of the answer's own, or add to it how the answer was called."""
    if _is_stub(error):
        raise _not_attempted(function) from error
    if isinstance(error, NameError) and type(error.name) is str and not _of_library(error):
        raise CheckFailed(
            f"{what} uses the name {exact.shown(error.name)}, which the notebook does not define. It may be a typing "
            "error, or a name that exists only in your session; restart the kernel and run all cells to see it."
        ) from error
    BaseException.add_note(error, f"Your answer raised this when the check called {what}.")


def _is_stub(error: Exception) -> bool:
    """Whether the answer raised NotImplementedError without a word, also inside Keras's or TensorFlow's wrapping."""
    if type(error) is not NotImplementedError or _of_library(error):
        return False
    text = "".join(part for part in error.args if type(part) is str)
    return not re.sub(WRAPPED, r"\1", text, flags=re.DOTALL).strip()


def _of_library(error: Exception) -> bool:
    """Whether an error comes from code that is installed, not from a notebook."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_filename.startswith(LIBRARIES)


def _not_attempted(function: Callable) -> NotAttempted:
    return NotAttempted(
        f"{exact.called(function) or 'This task'}: not attempted yet. Replace `raise NotImplementedError` with your "
        "answer, run that cell, then run this one again."
    )


def _never_returns(function: Callable) -> bool:
    """Whether a function has no `return` with a value."""
    if type(function) is not types.FunctionType or function.__code__.co_flags & 0x20:  # a generator
        return False
    steps = list(dis.get_instructions(function.__code__))
    ends = [place for place, step in enumerate(steps) if step.opname.startswith("RETURN_")]
    return all(step.argval is None and step.opname in ("LOAD_CONST", "RETURN_CONST")
               for step in (steps[place - (steps[place].opname == "RETURN_VALUE")] for place in ends))


def _of_variable(value: Any) -> Any:
    """What a variable that is handed to a function holds now; None for all else."""
    if exact.named(type(value)) not in ("ResourceVariable", "Variable"):
        return None
    try:
        return exact.copied(exact.plain(value))
    except exact.NotPlain:
        return None


def _name(function: Callable) -> str:
    return exact.called(function) or exact.named(type(function))


def _plain(value: Any, what: str, wanted: str) -> Any:
    """A value as objects of exact types, or a message that it should be what is wanted."""
    try:
        return exact.plain(value)
    except exact.NotPlain:
        raise _wrong_type(value, what, wanted) from None


def _wrong_type(value: Any, what: str, wanted: str) -> CheckFailed:
    return CheckFailed(f"{what} should be {wanted}, but is {_kind(value)}.")


def _kind(value: Any) -> str:
    kind, text = exact.named(type(value)), exact.shown(value)
    return f"of type {kind}" if text in (f"<{kind} object>", "<object>") else f"of type {kind} ({text})"


def _first_difference(plain: Any, wanted: Any) -> int | None:
    """Where two tuples or lists of one length differ first, if they are too long to be shown; else None."""
    if type(plain) is not type(wanted) or type(wanted) not in (tuple, list) or len(plain) != len(wanted):
        return None
    if len(exact.shown(wanted, LONGEST + 1)) <= LONGEST:
        return None
    return next(place for place, pair in enumerate(zip(plain, wanted, strict=True)) if not exact.equal(*pair))


def _bare(value: Any) -> str:
    """A plain value as `same` shows it: a text without quotation marks."""
    return value if type(value) is str and value.isprintable() and len(value) < LONGEST else exact.shown(value, LONGEST)


def _floats(value: Any, what: str, kinds: str = "iuf") -> np.ndarray:
    """Numbers, in lists or not, as an array of floats; of the tests' own also bools."""
    plain = _plain(value, what, "a number, or an array of numbers")
    try:
        numbers = plain if type(plain) is _ndarray else _asarray(plain)
    except ValueError:  # rows that differ in length
        raise _wrong_type(value, what, "an array of numbers") from None
    if numbers.dtype.kind not in kinds:
        raise _wrong_type(value, what, "a number, or an array of numbers")
    return numbers.astype("float64")


def _distance(value: np.ndarray, expected: np.ndarray, relative: bool = True) -> np.ndarray:
    """How far numbers are from the expected ones, absolute, or relative where those are large; infinite for NaN."""
    with _errstate(all="ignore"):
        error = abs(value - expected) / (1 + abs(expected) if relative else 1)
    return _where(_isfinite(error), error, _where(value == expected, 0.0, inf))


def _is_close(value: np.ndarray, other: np.ndarray, tolerance: float) -> bool:
    return other.shape == value.shape and not (_distance(value, other) > tolerance).any()


def _given_for(value: Any, causes: Mapping[Any, str] | Iterable[tuple[Any, str]], expected: Any) -> list[str]:
    """The causes that are given for a wrong value."""
    pairs = causes.items() if isinstance(causes, Mapping) else causes
    wrong = [(exact.plain(one), text) for one, text in pairs]
    return [text for one, text in wrong if exact.equal(one, value) and not exact.equal(one, expected)]


def _cause(texts: Sequence[str], rule: str = "") -> str:
    """The likely cause, where there is just one; else the rule, where there is one."""
    return f" Likely cause: {texts[0]}." if len({*texts}) == 1 else f" {rule}" if rule else ""


def _place(index: Any, shape: tuple[int, ...]) -> str:
    return f" at [{', '.join(str(int(i)) for i in _unravel(int(index), shape))}]" if shape else ""
