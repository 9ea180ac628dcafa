"""Whether two answers do the same on random inputs. Sent to the kernel as text: it imports nothing of ours."""

from __future__ import annotations

import copy
import math
import numbers
from collections.abc import Iterator
from itertools import islice, zip_longest

import numpy as np

TOLERANCE = {"float16": 1e-3, "float32": 1e-5}  # of other floats 1e-9: sums in another order differ by less


def outcomes(answer: str, inputs: str, name: str, count: int, variables: dict) -> Iterator[tuple]:
    """What an answer does: for each input its result or its exception's type, and the arguments afterwards.

    Parameters
    ----------
    answer : str
        its code.
    inputs : str
        code with `inputs(rng)`, which yields pairs of arguments and named arguments. What it calls with
        them is the function `name` of the answer, or `outcome`, if it has a function of that name.
    name : str
        the answer's function.
    count : int
        how many inputs to take.
    variables : dict
        what the answer's own code finds.
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
    """Whether two values are equal, kind of number, dtype, shape and order included.

    Of what it does not know it says no: then a mutant counts as different, and a person looks.
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
    """Whether all outcomes are."""
    missing = object()
    return all(same(one, other) for one, other in zip_longest(some, others, fillvalue=missing))


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    if one.dtype.kind not in "fc":
        return np.array_equal(one, other)
    tolerance = TOLERANCE.get(str(one.dtype), 1e-9)
    return np.allclose(one, other, rtol=tolerance, atol=tolerance * 1e-3, equal_nan=True)


def _plain(value: object) -> object:
    """A tensor as an array, a range as a list; all else as it is."""
    as_array = getattr(value, "numpy", None)
    if callable(as_array):
        value = as_array()
    return list(value) if isinstance(value, range) else value
