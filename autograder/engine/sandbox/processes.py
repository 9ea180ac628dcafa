"""Count a kernel's processes one by one in /proc, if no control group counts them.

Inside the sandbox no process escapes this count. The kernel is the first process of its own namespace, so a process
that loses its parent becomes the kernel's child. A process that has ended stays visible until its parent waits for it
and takes over its time: the filter (seccomp.py) prevents a kernel that is counted in this way from ignoring SIGCHLD,
which would make the system forget its children.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

import psutil

_PROC = sys.platform == "linux"  # elsewhere psutil reports processor times
_TICK = os.sysconf("SC_CLK_TCK") if _PROC else 0
_VAST = 8 << 30  # bytes of address space
_PAGE = os.sysconf("SC_PAGE_SIZE") if _PROC else 0


class Member(NamedTuple):
    """One process.

    Attributes
    ----------
    folder : str
        its folder in some /proc.
    seconds : float
        its processor time, including that of the children it has waited for.
    threads : int
        the number of its threads.
    resident : int
        bytes of resident memory, including shared pages.
    tables : int
        bytes of its page tables.
    """

    folder: str
    seconds: float
    threads: int
    resident: int
    tables: int


class Tree:
    """A process and all processes that it started.

    Parameters
    ----------
    pid : int
        the process id.
    first : bool
        whether it is the first process of a PID namespace, and its /proc shows only that namespace.
    """

    def __init__(self, pid: int, first: bool = False) -> None:
        self.pid, self.first = pid, first
        self._seconds = 0.0

    def members(self) -> list[Member]:
        """Return the processes that run or have ended and were not waited for; empty if there are none."""
        return [member for folder in self._folders() if (member := _read(folder)) is not None]

    def seconds(self) -> float:
        """Return the processor time of all processes in seconds, ended ones included."""
        now = sum(member.seconds for member in self.members()) if _PROC else sum(map(_seconds, _family(self.pid)))
        self._seconds = max(self._seconds, now)
        return self._seconds

    def threads(self) -> Iterator[str]:
        """Yield the folders of all threads in /proc."""
        for folder in self._folders():
            with suppress(OSError):
                yield from (f"{folder}/task/{name}" for name in os.listdir(f"{folder}/task"))

    def _folders(self) -> list[str]:
        if self.first:
            own = os.path.join("/proc", str(self.pid), "root", "proc")  # as the kernel itself sees it
            with suppress(OSError):
                return [f"{own}/{name}" for name in os.listdir(own) if name.isdigit()]
        return [f"/proc/{one.pid}" for one in _family(self.pid)]


def _family(pid: int) -> list[psutil.Process]:
    """Return a process and its descendants; empty if it does not exist."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    return []


def _seconds(process: psutil.Process) -> float:
    """Return the processor time in seconds, which psutil knows on any system; 0 if the process has gone."""
    with suppress(psutil.Error):
        times = process.cpu_times()
        return times.user + times.system
    return 0.0


def _read(folder: str) -> Member | None:
    """Read /proc/PID/stat (see proc(5)); return None if the process has gone."""
    try:
        with open(f"{folder}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        seconds = sum(map(int, fields[11:15])) / _TICK
        if fields[0] == b"Z":  # there can be hundreds of zombies, each with less than a tick
            with open(f"{folder}/schedstat", "rb") as file:
                seconds = max(seconds, int(file.read().split()[0]) / 1e9)
        return Member(folder, seconds, int(fields[17]), int(fields[21]) * _PAGE, _tables(folder, int(fields[20])))
    except (OSError, IndexError):
        return None


def _tables(folder: str, size: int) -> int:
    """Return the bytes of page tables: at most a 512th of the address space, read exactly only if that is much."""
    if size < _VAST:
        return size // 512
    with open(f"{folder}/status", "rb") as file:
        return next((int(line.split()[1]) << 10 for line in file if line.startswith(b"VmPTE:")), 0)


def ready(threads: Iterable[str]) -> bool:
    """Return whether one of the threads runs or waits for a processor."""
    for folder in threads:
        with suppress(OSError), open(f"{folder}/stat", "rb") as file:
            if file.read().rpartition(b") ")[2][:1] == b"R":
                return True
    return False


def proportional(member: Member) -> int:
    """Return the bytes of memory of a process, with its proportion of shared pages; 0 if it has gone."""
    with suppress(OSError), open(f"{member.folder}/smaps_rollup", "rb") as file:
        for line in file:
            if line.startswith(b"Pss:"):
                return (int(line.split()[1]) << 10) + member.tables
    return 0
