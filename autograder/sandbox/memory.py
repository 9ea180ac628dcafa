"""Where dictionaries keep their values, to compare thousands of them at once without touching an object.

CPython keeps the entries of a dictionary in one block: its size, a header, an index, and for each entry the name and
the value, by their places in memory (Objects/dictobject.c, 3.11 to 3.14). `Places` gathers those words for many
dictionaries with one NumPy call. What it relies on is tried out when it is made, on the very dictionaries: where a
single word is not what it must be, OSError is raised, and the caller compares objects one by one.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from itertools import accumulate
from operator import is_

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
        self._array, self._nonzero, self._concatenate = numpy.array, numpy.flatnonzero, numpy.concatenate
        self._memory = numpy.frombuffer((ctypes.c_uint64 * (1 << 44)).from_address(0x1000), "uint64")
        self.spaces = list(spaces)
        self._heads = self._array([place for space in self.spaces for place in (
            _number(id(space) + _USED), _number(id(space) + _BLOCK))], "int64")
        self._now_heads = self._memory.take(self._heads)
        self.words, self._held = [self._heads[:0]] * len(self.spaces), [self._now_heads[:0]] * len(self.spaces)
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
            moved = sorted({int(place) // 2 for place in self._nonzero(heads != self._now_heads)})
            stays = now == now
            for number in moved:  # they are not read where they were
                stays[self._begins[number]:self._begins[number + 1]] = False
            places = self._nonzero(stays)
            values, now = values[places], now[places]
        found = self._memory.take(values) != now
        if not found.any():
            return moved
        places = self._nonzero(found) if not moved else places[self._nonzero(found)]
        return sorted({*moved, *(int(number) - 1 for number in self._begins.searchsorted(places, "right"))})

    def renew(self, numbers: Sequence[int]) -> None:
        """Take these dictionaries as they are now."""
        for number in numbers:
            self._take(number)
        self._join()

    def _take(self, number: int) -> None:
        words = self._array(_words(self.spaces[number]), "int64")
        self.words[number], self._held[number] = words, self._memory.take(words)
        self._now_heads[2 * number:2 * number + 2] = self._memory.take(self._heads[2 * number:2 * number + 2])

    def _join(self) -> None:
        self._values, self._now_values = self._concatenate(self.words), self._concatenate(self._held)
        self._begins = self._array([0, *accumulate(map(len, self.words))], "int64")


def _number(place: int) -> int:
    """The number of the word at a place of memory."""
    return (place - 0x1000) // _WORD


def _words(space: dict) -> list[int]:
    """The numbers of the words that hold a dictionary's values, in order."""
    block = _read(id(space) + _BLOCK)
    header = ctypes.string_at(block, _INDEX)
    size = 1 << header[9]  # of the index, in bytes
    entries = int.from_bytes(header[_ENTRIES:_ENTRIES + _WORD], sys.byteorder)
    step, value = (24, 16) if header[_KIND] == 0 else (16, 8)
    if not 0 <= entries <= 1 << 24 or block % _WORD:
        raise OSError("no such header")
    first = block + _INDEX + size + value
    content = ctypes.string_at(block + _INDEX + size, entries * step)
    return [_number(first + step * number) for number in range(entries)
            if any(content[step * number + value:step * (number + 1)])]  # a deleted entry holds no value


def _read(place: int) -> int:
    return ctypes.c_uint64.from_address(place).value


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
