"""Fingerprints of what plain values hold, to detect later whether they were changed in place.

No code of a student's runs: types are told apart by their addresses, because the metaclass of a class decides what
the class is equal to and what its hash is. A value is read level by level, so that large lists are read by C code.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Set
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, compress
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

MOST = 1_000_000  # items in all containers of a value together
DEEPEST = 500  # levels of containers; one that contains itself has no end
LANE = 4099  # length of a row, in numbers of 8 bytes, when an array is weighted
_MARSHAL = 2  # marshal's version: later ones also write whether a text is interned, and references
_PLAIN = frozenset(map(id, (int, float, complex, bool, str, bytes, bytearray, type(None))))
_SETS, _BYTEARRAY = frozenset(map(id, (set, frozenset))), id(bytearray)
_DICT, _ORDERED = id(dict), frozenset(map(id, (list, tuple, dict)))
_NUMBERS = frozenset({"float16", "float32", "float64", "int8", "int16", "int32", "int64",
                      "uint8", "uint16", "uint32", "uint64"})
_ARRAY = frozenset({"ndarray"})
_SCALARS = _NUMBERS | {"bool", "bool_", "complex64", "complex128", "str_", "bytes_"}
_HEAP = 1 << 9  # the flag of a class that Python code made
_flags, _module, _name = (type.__dict__[name].__get__ for name in ("__flags__", "__module__", "__name__"))


def fingerprint(value: Any) -> bytes | None:
    """Return a digest that stays equal as long as the value holds the same; None if the value is not plain.

    Plain values are numbers and strings, NumPy's included, NumPy arrays of them, and lists, tuples, sets and
    dictionaries of plain values.
    """
    try:
        return _digest([value])
    except ValueError:
        return None


def is_number(kind: type) -> bool:
    """Return whether a class is that of one of NumPy's whole or floating-point numbers."""
    return _is_numpys(kind, _NUMBERS)


def _is_numpys(kind: type, names: frozenset[str]) -> bool:
    """Return whether a class is one of these of NumPy's; no class that Python code made is."""
    return not _flags(kind) & _HEAP and _module(kind) == "numpy" and _name(kind) in names


def _digest(level: list) -> bytes:
    """Return a digest of values and of what is in them; raises ValueError if a part is not plain."""
    digest, items = blake2b(), 0
    for _ in range(DEEPEST):
        items += len(level)
        if items > MOST:
            raise ValueError
        kinds = list(map(id, map(type, level)))
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
        others = numbers.keys() - _PLAIN - _ORDERED - _SETS
        scalars = {kind for kind in others if _is_numpys(type(level[kinds.index(kind)]), _SCALARS)}
        arrays = {kind for kind in others if _is_numpys(type(level[kinds.index(kind)]), _ARRAY)}
        if others - scalars - arrays:
            raise ValueError
        if numbers.keys() <= _PLAIN and _BYTEARRAY not in numbers:
            digest.update(marshal.dumps(level, _MARSHAL))
            return digest.digest()
        digest.update(marshal.dumps((list(numbers), bytes(map(numbers.__getitem__, kinds))), _MARSHAL))
        # Of scalars and bytearrays marshal writes the bytes alone: the line above tells them apart.
        digest.update(marshal.dumps(_chosen(level, kinds, _PLAIN | scalars), _MARSHAL))
        for one in _chosen(level, kinds, arrays):
            digest.update(_of_array(one))
        for one in _chosen(level, kinds, _SETS):
            digest.update(_of_set(one))
        containers = _chosen(level, kinds, _ORDERED)
        if _DICT in numbers:
            containers = [[*one, *one.values()] if type(one) is dict else one for one in containers]
        if not containers:
            return digest.digest()
        digest.update(marshal.dumps(list(map(len, containers)), _MARSHAL))
        level = list(chain.from_iterable(containers))
    raise ValueError


def _chosen(level: list, kinds: list[int], wanted: Set[int]) -> list:
    """Return the values whose types are at these addresses."""
    return list(compress(level, map(wanted.__contains__, kinds)))


def _of_set(items: set | frozenset) -> bytes:
    """Return a digest of a set, whatever the order of its items."""
    if _PLAIN.issuperset(map(id, map(type, items))):
        return marshal.dumps(items, _MARSHAL)  # sorted by marshal
    return marshal.dumps(sorted(_digest([one]) for one in items), _MARSHAL)


def _of_array(array: numpy.ndarray) -> bytes:
    """Return shape, dtype and a checksum of an array's bytes, computed at the speed of memory: data sets have 50 MB."""
    if array.dtype.kind not in "biufcUSmM":
        raise ValueError
    head = array.shape, array.dtype.str
    if not array.flags.c_contiguous or array.nbytes < 1 << 16:
        return marshal.dumps((*head, zlib.crc32(array.tobytes())), _MARSHAL)
    library = sys.modules["numpy"]
    octets = array.reshape(-1).view("uint8")
    whole = len(octets) // (8 * LANE) * 8 * LANE
    lanes = octets[:whole].view("uint64").reshape(-1, LANE)
    across = lanes @ _weights(library, LANE)
    checksums = int(across @ _weights(library, len(across))), zlib.crc32(octets[whole:].tobytes())
    return marshal.dumps((*head, *checksums), _MARSHAL)


@lru_cache(maxsize=64)
def _weights(library: ModuleType, count: int) -> numpy.ndarray:
    """Return random odd weights (uint64), unpredictable so that different arrays do not get the same checksum."""
    return library.frombuffer(os.urandom(8 * count), "uint64") | library.uint64(1)
