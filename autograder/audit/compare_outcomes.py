"""Compare two answers on random inputs. Sent to the kernel as text, so it imports nothing from this package."""

from __future__ import annotations

import copy
import math
import numbers
from collections.abc import Iterator
from itertools import islice, zip_longest

import numpy as np

TOLERANCE = {"float16": 1e-3, "float32": 1e-5}  # 1e-9 for other floats; the order of summation matters less


def outcomes(answer: str, inputs: str, name: str, count: int, variables: dict) -> Iterator[tuple]:
    """Yield what an answer does on each input: its result or the type of its exception, and the arguments afterwards.

    Parameters
    ----------
    answer : str
        the answer's code.
    inputs : str
        code that defines `inputs(rng)`, which yields pairs of positional and named arguments. They are passed to
        the answer's function `name`, or to `outcome`, if a function of that name is defined.
    name : str
        the name of the answer's function.
    count : int
        how many inputs to take.
    variables : dict
        the variables that the answer's code can use.
    """
    space = dict(variables)
    exec(answer, space)
    exec(inputs, space)
    function = space.get("outcome") or space[name]
    for arguments, named in islice(space["inputs"](np.random.default_rng(1)), count):
        arguments, named = copy.deepcopy((arguments, named))
        try:
            result = function(*arguments, **named)
        except Exception as error:
            result = type(error)
        yield result, arguments, named


def same(one: object, other: object) -> bool:
    """Return whether two values are equal, including kind of number, dtype, shape and order.

    Values of unknown types count as different: a person then looks at the mutant.
    """
    one, other = _plain(one), _plain(other)
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and _close(one, other)
    if isinstance(one, tuple | list) and type(one) is type(other):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    for kind in (bool | np.bool_, numbers.Integral, numbers.Real):
        if isinstance(one, kind) or isinstance(other, kind):
            return isinstance(one, kind) and isinstance(other, kind) and (
                math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12) or math.isnan(one) and math.isnan(other))
    return (one is None or isinstance(one, str | type)) and one == other


def all_same(some: list[tuple], others: Iterator[tuple]) -> bool:
    """Return whether two answers have the same outcomes on all inputs."""
    missing = object()
    return all(same(one, other) for one, other in zip_longest(some, others, fillvalue=missing))


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    if one.dtype.kind not in "fc":
        return np.array_equal(one, other)
    tolerance = TOLERANCE.get(str(one.dtype), 1e-9)
    return np.allclose(one, other, rtol=tolerance, atol=tolerance * 1e-3, equal_nan=True)


def _plain(value: object) -> object:
    """Convert a tensor to an array and a range to a list; return any other value unchanged."""
    as_array = getattr(value, "numpy", None)
    if callable(as_array):
        value = as_array()
    return list(value) if isinstance(value, range) else value
