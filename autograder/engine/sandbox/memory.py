"""Where dictionaries keep their values, so that thousands can be compared together without touching an object.

CPython keeps the entries of a dictionary in one block: its size, a header, an index, and for each entry the name and
the value, by their places in memory (Objects/dictobject.c, 3.11 to 3.14). `Places` gathers those words for many
dictionaries with one NumPy call. What it relies on is tried out when it is made, on the very dictionaries: where a
single word is not what it must be, OSError is raised, and the caller compares objects one by one.
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
_USED, _BLOCK = 16, dict.__basicsize__ - 16  # where a dictionary keeps its length, and the place of its block
_KIND, _ENTRIES, _INDEX = 10, 24, 32  # within the block: the form of its entries, how many there are, the index


class Places:
    """The words that hold what some dictionaries are.

    Parameters
    ----------
    spaces : sequence of dict
        whose values are compared; they must live as long as this.

    Raises
    ------
    OSError
        if this Python keeps dictionaries in another way.
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
        """The numbers of the dictionaries that are not as they were when this was made, or last `renewed`."""
        heads = self._memory.take(self._heads)
        moved = []
        values, now = self._values, self._now_values
        if not (heads == self._now_heads).all():
            moved = sorted({int(place) // 2 for place in self._numpy.flatnonzero(heads != self._now_heads)})
            stays = now == now
            for number in moved:  # they are not read where they were
                stays[self._begins[number]:self._begins[number + 1]] = False
            places = self._numpy.flatnonzero(stays)
            values, now = values[places], now[places]
        found = self._memory.take(values) != now
        if not found.any():
            return moved
        places = self._numpy.flatnonzero(found) if not moved else places[self._numpy.flatnonzero(found)]
        return sorted({*moved, *(int(number) - 1 for number in self._begins.searchsorted(places, "right"))})

    def renew(self, numbers: Sequence[int]) -> None:
        """Take these dictionaries, in ascending order, as they are now."""
        begins = self._begins.tolist()
        lengths = self._numpy.diff(self._begins)
        values, now, kept = [], [], 0  # in pieces: what is kept, one dictionary's, what is kept, ...
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
        """The numbers of the words that hold a dictionary's values, in order."""
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
    """The number of the word at a place of memory."""
    return (place - 0x1000) // _WORD


class Objects:
    """The same for a Python that keeps dictionaries in another way, object by object; see `Places`."""

    def __init__(self, spaces: Sequence[dict]) -> None:
        self.spaces = list(spaces)
        self._values = [tuple(space.values()) for space in self.spaces]

    def differing(self) -> list[int]:
        return [number for number, (space, values) in enumerate(zip(self.spaces, self._values, strict=True))
                if len(space) != len(values) or not all(map(is_, space.values(), values))]

    def renew(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._values[number] = tuple(self.spaces[number].values())
