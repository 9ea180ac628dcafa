"""What a plain value holds, as a fingerprint: to see later whether it was changed in place."""

from __future__ import annotations

import marshal
import sys
import zlib

MOST = 10_000  # items of a container that is looked at
LANE = 4099  # numbers: two rows of a data set that change places do not fall on each other
_PLAIN = frozenset({int, float, complex, bool, str, bytes, bytearray, type(None)})
_CONTAINERS = frozenset({list, tuple, set, frozenset, dict})


def fingerprint(value: object) -> object:
    """Something that is equal as long as the value holds the same; None for what is no plain value.

    Plain are numbers, texts, NumPy arrays of numbers, and lists, tuples, sets and dictionaries of them.
    """
    try:
        return _fingerprint(value, [MOST])
    except (ValueError, RecursionError):
        return None


def _fingerprint(value: object, room: list[int]) -> object:
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
    numpy = sys.modules.get("numpy")
    if numpy is not None and kind is numpy.ndarray and value.dtype.kind in "biufcUSmM":
        return value.shape, str(value.dtype), _of_array(numpy, value)
    raise ValueError


def _of_array(numpy, array) -> tuple:
    """Of an array's bytes, at the speed of memory: the data sets have 50 MB."""
    if not array.flags.c_contiguous or array.nbytes < 1 << 16:
        return (zlib.crc32(array.tobytes()),)
    octets = array.reshape(-1).view("uint8")
    whole = len(octets) // (8 * LANE) * 8 * LANE
    lanes = octets[:whole].view("uint64").reshape(-1, LANE)
    folded = numpy.bitwise_xor.reduce(lanes, axis=0)
    return zlib.crc32(folded.tobytes()), int(lanes.sum(dtype="uint64")), zlib.crc32(octets[whole:].tobytes())
