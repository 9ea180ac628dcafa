"""Compare the values of thousands of dictionaries at once, by their addresses and without touching an object.

CPython stores the entries of a dictionary in one block: a header, an index, and for each entry the addresses of the
name and of the value (Objects/dictobject.c, 3.11 to 3.14). `Places` reads those words of many dictionaries with one
NumPy call. When it is made, it verifies this layout on the very dictionaries: if a single word is not as expected, it
raises OSError, and the caller compares objects one by one.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from operator import is_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

_WORD = 8
_USED, _BLOCK = 16, dict.__basicsize__ - 16  # offsets in a dictionary: its length, the address of its block
_KIND, _ENTRIES, _INDEX = 10, 24, 32  # offsets in the block: kind of the entries, their number, the index


class Places:
    """The words of memory that hold the values of some dictionaries.

    Parameters
    ----------
    spaces : sequence of dict
        the dictionaries whose values are compared; they must live as long as this object.

    Raises
    ------
    OSError
        if this Python stores dictionaries differently, or NumPy is not loaded.
    """

    def __init__(self, spaces: Sequence[dict]) -> None:
        numpy = sys.modules.get("numpy")
        if numpy is None or sys.implementation.name != "cpython" or ctypes.sizeof(ctypes.c_void_p) != _WORD:
            raise OSError("no NumPy, or no CPython of 64 bits")
        self._numpy = numpy
        self._memory = numpy.frombuffer((ctypes.c_uint64 * (1 << 44)).from_address(0x1000), "uint64")
        self.spaces = list(spaces)
        self._heads = numpy.array([place for space in self.spaces for place in (
            _number(id(space) + _USED), _number(id(space) + _BLOCK))], "int64")
        self._now_heads = self._memory.take(self._heads)
        self._values, self._now_values = self._heads[:0], self._now_heads[:0]
        self._begins = numpy.zeros(len(self.spaces) + 1, "int64")  # where each dictionary's words begin
        self.renew(range(len(self.spaces)))
        if [int(value) for value in self._now_values] != [
                id(value) for space in self.spaces for value in space.values()]:
            raise OSError("values are not where they should be")

    def differing(self) -> list[int]:
        """Return the indices of the dictionaries that differ from their recorded state, in ascending order."""
        heads = self._memory.take(self._heads)
        moved = []
        values, now = self._values, self._now_values
        if not (heads == self._now_heads).all():
            moved = sorted({int(place) // 2 for place in self._numpy.flatnonzero(heads != self._now_heads)})
            stays = now == now
            for number in moved:  # the old addresses are not read
                stays[self._begins[number]:self._begins[number + 1]] = False
            places = self._numpy.flatnonzero(stays)
            values, now = values[places], now[places]
        found = self._memory.take(values) != now
        if not found.any():
            return moved
        places = self._numpy.flatnonzero(found) if not moved else places[self._numpy.flatnonzero(found)]
        return sorted({*moved, *(int(number) - 1 for number in self._begins.searchsorted(places, "right"))})

    def renew(self, numbers: Sequence[int]) -> None:
        """Record the current state of the dictionaries with these indices, which must be in ascending order."""
        begins = self._begins.tolist()
        lengths = self._numpy.diff(self._begins)
        values, now, kept = [], [], 0  # pieces: kept words, words of one dictionary, kept words, ...
        for number in numbers:
            words = self._words(self.spaces[number])
            values += [self._values[kept:begins[number]], words]
            now += [self._now_values[kept:begins[number]], self._memory.take(words)]
            lengths[number], kept = len(words), begins[number + 1]
            heads = slice(2 * number, 2 * number + 2)
            self._now_heads[heads] = self._memory.take(self._heads[heads])
        self._values = self._numpy.concatenate([*values, self._values[kept:]])
        self._now_values = self._numpy.concatenate([*now, self._now_values[kept:]])
        self._begins[1:] = lengths.cumsum()

    def _words(self, space: dict) -> numpy.ndarray:
        """Return the indices of the words that hold a dictionary's values, in order, as an int64 array."""
        block = self._memory[_number(id(space) + _BLOCK)].item()
        header = ctypes.string_at(block, _INDEX)
        entries = int.from_bytes(header[_ENTRIES:_ENTRIES + _WORD], sys.byteorder)
        if not 0 <= entries <= 1 << 24 or block % _WORD:
            raise OSError("no such header")
        size = 1 << header[9]  # of the index, in bytes
        step, value = (3, 2) if header[_KIND] == 0 else (2, 1)  # in words
        first = _number(block + _INDEX + size) + value
        words = self._numpy.arange(first, first + step * entries, step)
        return words[self._memory.take(words) != 0]  # a deleted entry holds no value


def _number(place: int) -> int:
    """Return the index of the word at an address."""
    return (place - 0x1000) // _WORD


class Objects:
    """Like `Places`, but compares object by object, for a Python that stores dictionaries differently."""

    def __init__(self, spaces: Sequence[dict]) -> None:
        self.spaces = list(spaces)
        self._values = [tuple(space.values()) for space in self.spaces]

    def differing(self) -> list[int]:
        return [number for number, (space, values) in enumerate(zip(self.spaces, self._values, strict=True))
                if len(space) != len(values) or not all(map(is_, space.values(), values))]

    def renew(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._values[number] = tuple(self.spaces[number].values())
