"""Compare what an answer returned: its type, its shape and its values, with one message for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import inf, isfinite
from typing import Any

import numpy as np

from cnnlab import exact
from cnnlab.checks.calling import CheckFailed
from cnnlab.checks.repeating import beside

LONGEST = 120  # characters of a value that `same` shows: what is asked for follows it, and must not be cut

_ndarray, _asarray, _dtype, _where, _isfinite = np.ndarray, np.asarray, np.dtype, np.where, np.isfinite
_argmax, _unravel, _errstate = np.argmax, np.unravel_index, np.errstate


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
        f"expected {expected[where]:.6g}, got {value[where]:.6g}.{reason}",
        beside(expected, value),
    )


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
