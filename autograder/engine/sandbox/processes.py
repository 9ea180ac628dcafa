"""A kernel's processes where no control group counts them: read one by one below /proc.

Inside the sandbox nothing escapes this count. The kernel is the first process of its own namespace:
whatever loses its parent becomes its child. A process that has ended is seen until its parent
waits for it and takes over its time, since the filter (seccomp.py) does not let a kernel that is
counted in this way have its children forgotten.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

import psutil

_PROC = sys.platform == "linux"  # elsewhere psutil says how long a process computed
_TICK = os.sysconf("SC_CLK_TCK") if _PROC else 0
_VAST = 8 << 30  # bytes of address space
_PAGE = os.sysconf("SC_PAGE_SIZE") if _PROC else 0


class Member(NamedTuple):
    """One process.

    Attributes
    ----------
    folder : str
        its own below some /proc.
    seconds : float
        of processor time, with that of the children it has waited for.
    threads : int
    resident : int
        bytes in memory, whoever shares them.
    tables : int
        bytes of the tables that list its pages.
    """

    folder: str
    seconds: float
    threads: int
    resident: int
    tables: int


class Tree:
    """A process and all that it started.

    Parameters
    ----------
    pid : int
        the process.
    first : bool
        whether it is the first one of a PID namespace, and has a /proc that shows no other.
    """

    def __init__(self, pid: int, first: bool = False) -> None:
        self.pid, self.first = pid, first
        self._seconds = 0.0

    def members(self) -> list[Member]:
        """Those that run, and those that have ended and were not waited for; empty where there is none."""
        return [member for folder in self._folders() if (member := _read(folder)) is not None]

    def seconds(self) -> float:
        """Processor time of all, ended ones included."""
        now = sum(member.seconds for member in self.members()) if _PROC else sum(map(_seconds, _family(self.pid)))
        self._seconds = max(self._seconds, now)
        return self._seconds

    def threads(self) -> Iterator[str]:
        """The folders of all threads below /proc."""
        for folder in self._folders():
            with suppress(OSError):
                yield from (f"{folder}/task/{name}" for name in os.listdir(f"{folder}/task"))

    def _folders(self) -> list[str]:
        if self.first:
            own = f"/proc/{self.pid}/root/proc"
            with suppress(OSError):
                return [f"{own}/{name}" for name in os.listdir(own) if name.isdigit()]
        return [f"/proc/{one.pid}" for one in _family(self.pid)]


def _family(pid: int) -> list[psutil.Process]:
    """A process and those below it; empty where there is none."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    return []


def _seconds(process: psutil.Process) -> float:
    """Processor time, as psutil knows it on any system; 0 where the process has gone."""
    with suppress(psutil.Error):
        times = process.cpu_times()
        return times.user + times.system
    return 0.0


def _read(folder: str) -> Member | None:
    """What /proc/PID/stat says (proc(5)); None where the process has gone."""
    try:
        with open(f"{folder}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        seconds = sum(map(int, fields[11:15])) / _TICK
        if fields[0] == b"Z":  # of these there can be hundreds, each with less than a tick
            with open(f"{folder}/schedstat", "rb") as file:
                seconds = max(seconds, int(file.read().split()[0]) / 1e9)
        return Member(folder, seconds, int(fields[17]), int(fields[21]) * _PAGE, _tables(folder, int(fields[20])))
    except (OSError, IndexError):
        return None


def _tables(folder: str, size: int) -> int:
    """Bytes of page tables: at most a 512th of the address space, and asked for where that is much."""
    if size < _VAST:
        return size // 512
    with open(f"{folder}/status", "rb") as file:
        return next((int(line.split()[1]) << 10 for line in file if line.startswith(b"VmPTE:")), 0)


def ready(threads: Iterable[str]) -> bool:
    """Whether one of the threads runs or waits for a processor."""
    for folder in threads:
        with suppress(OSError), open(f"{folder}/stat", "rb") as file:
            if file.read().rpartition(b") ")[2][:1] == b"R":
                return True
    return False


def proportional(member: Member) -> int:
    """Bytes of a process, those that several share counted by its share; 0 where it has gone."""
    with suppress(OSError), open(f"{member.folder}/smaps_rollup", "rb") as file:
        for line in file:
            if line.startswith(b"Pss:"):
                return (int(line.split()[1]) << 10) + member.tables
    return 0
