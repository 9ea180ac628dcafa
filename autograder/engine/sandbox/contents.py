"""Fingerprints of what plain values hold, to detect later whether they were changed in place."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from functools import lru_cache
from hashlib import blake2b
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

MOST = 10_000  # items of a container that marshal cannot write as a whole
LANE = 4099  # length of a row, in numbers of 8 bytes, when an array is weighted
_PLAIN = frozenset({int, float, complex, bool, str, bytes, bytearray, type(None)})
_ORDERED = frozenset({list, tuple, dict})
_WITHOUT_REFERENCES = 2  # marshal's version: from 3 on it writes references, and equal contents can look different
_CONTAINERS = frozenset({list, tuple, set, frozenset, dict})


def fingerprint(value: Any) -> object:
    """Return an object that compares equal as long as the value holds the same; None if the value is not plain.

    Plain values are numbers and strings, NumPy's included, NumPy arrays of them, and lists, tuples, sets and
    dictionaries of plain values.
    """
    try:
        if type(value) in _ORDERED and _is_of_marshals_kinds(value):
            return type(value).__name__, blake2b(marshal.dumps(value, _WITHOUT_REFERENCES)).digest()
        return _fingerprint(value, [MOST])
    except (ValueError, RecursionError):
        return None


def _is_of_marshals_kinds(value: Any) -> bool:
    """Whether all that a container holds is written by marshal as what it is: an array is written as mere bytes."""
    parts = (value.keys(), value.values()) if type(value) is dict else (value,)
    for part in parts:
        kinds = set(map(type, part)) - _PLAIN
        if not kinds <= _ORDERED or kinds and not all(
                _is_of_marshals_kinds(one) for one in part if type(one) in _ORDERED):
            return False
    return True


def _fingerprint(value: Any, room: list[int]) -> object:  # Any: the code checks the type
    kind = type(value)
    room[0] -= 1
    if room[0] < 0:
        raise ValueError
    if kind in _PLAIN:
        return marshal.dumps(value)
    if kind in (set, frozenset):
        return kind.__name__, frozenset(_fingerprint(one, room) for one in value)
    if kind is dict:
        return "dict", tuple((_fingerprint(key, room), _fingerprint(one, room)) for key, one in value.items())
    if kind in _CONTAINERS:
        return kind.__name__, tuple(_fingerprint(one, room) for one in value)
    library = sys.modules.get("numpy")
    if library is not None and kind is library.ndarray and value.dtype.kind in "biufcUSmM":
        return value.shape, str(value.dtype), _of_array(library, value)
    if library is not None and kind in _scalars(library) and value.dtype.kind in "biufcUSmM":
        return str(value.dtype), value.tobytes()
    raise ValueError


def _of_array(library: ModuleType, array: numpy.ndarray) -> tuple[int, ...]:
    """Return a checksum of an array's bytes, computed at the speed of memory: the data sets have 50 MB."""
    if not array.flags.c_contiguous or array.nbytes < 1 << 16:
        return (zlib.crc32(array.tobytes()),)
    octets = array.reshape(-1).view("uint8")
    whole = len(octets) // (8 * LANE) * 8 * LANE
    lanes = octets[:whole].view("uint64").reshape(-1, LANE)
    across = lanes @ _weights(library, LANE)
    return int(across @ _weights(library, len(across))), zlib.crc32(octets[whole:].tobytes())


@lru_cache(maxsize=1)
def _scalars(library: ModuleType) -> frozenset[type]:
    """Return NumPy's own types of single numbers and strings."""
    return frozenset(library.sctypeDict.values())


@lru_cache(maxsize=64)
def _weights(library: ModuleType, count: int) -> numpy.ndarray:
    """Return random odd weights (uint64), unpredictable so that different arrays do not get the same checksum."""
    return library.frombuffer(os.urandom(8 * count), "uint64") | library.uint64(1)
