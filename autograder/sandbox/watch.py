"""Count what a kernel and all it started use, and end it where that is too much.

A control group does it where there is one. Where there is none, and for processor time always, a
thread of the worker looks ten times a second at the process tree.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import SimpleNamespace

import psutil

from autograder.sandbox.cgroup import Cgroup
from autograder.sandbox.host import Lease

PERIOD = 0.1  # seconds
MEGABYTE = 1 << 20
NOTHING = SimpleNamespace(user=0.0, system=0.0, children_user=0.0, children_system=0.0)


class Watch:
    """Watches one kernel until it ends or `stop` is called."""

    def __init__(self, lease: Lease, limits: dict) -> None:
        self.lease, self.limits = lease, limits
        self.group = make_group(lease, self._memory() * MEGABYTE, limits["processes"])
        self._baseline = sum(map(_resident, self._tree()))  # what a fresh fork holds is shared with the parent
        self._spent: dict[int, float] = {}  # processor seconds, also of those that have ended
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True, name="watch")
        self._thread.start()

    @property
    def reason(self) -> str:
        """Why the kernel was ended, the end of a sentence; empty where it ended by itself or runs."""
        if not self.lease.reason and self.group is not None and self.group.was_out_of_memory():
            self.lease.reason = self._too_much_memory()
        return self.lease.reason

    def stop(self) -> None:
        """Watch no longer; the group goes when its last process has."""
        self._ended.set()
        self._thread.join()
        self.lease.reason = self.reason  # asked while the group can say
        self.lease.close()
        if self.group is not None:
            self.group.remove()

    def _memory(self) -> int:
        """Megabytes: files in the kernel's tmpfs are memory, too."""
        return self.limits["memory_megabytes"] + self.limits["files_megabytes"]

    def _look(self) -> None:
        while not self._ended.wait(PERIOD) and self.lease.exit is None:
            tree = self._tree()
            if self.group is not None and self.group.was_out_of_memory():
                return self.lease.kill(self._too_much_memory())
            if self._seconds(tree) > self.limits["cpu_seconds"]:
                return self.lease.kill(f"used more than {self.limits['cpu_seconds']} s of processor time")
            if self.group is None:
                if sum(_threads(process) for process in tree) > self.limits["processes"]:
                    return self.lease.kill(f"started more than {self.limits['processes']} processes and threads")
                if self._uses_too_much_memory(tree):
                    return self.lease.kill(self._too_much_memory())

    def _too_much_memory(self) -> str:
        return f"used more than {self.limits['memory_megabytes']} MB of memory"

    def _tree(self) -> list[psutil.Process]:
        if self.group is not None:
            return self.group.members()
        try:
            kernel = psutil.Process(self.lease.pid)
            return [kernel, *kernel.children(recursive=True)]
        except psutil.Error:
            return []

    def _seconds(self, tree: list[psutil.Process]) -> float:
        """Processor time, by two counts of which neither has all: of the processes that were seen, and of
        those that run with the children they waited for, however short those lived."""
        own, children = {}, 0.0
        for process in tree:
            times = _times(process)
            own[process.pid] = times.user + times.system
            children += times.children_user + times.children_system
        self._spent |= own
        return max(sum(self._spent.values()), sum(own.values()) + children)

    def _uses_too_much_memory(self, tree: list[psutil.Process]) -> bool:
        """Whether the tree and the files in its tmpfs hold more than they may, beside the parent's imports.

        Resident memory counts a page once for each process that shares it: quick to ask, and too much.
        Only where that is over the limit are pages counted by their share.
        """
        room = self._memory() + self._baseline - _files_megabytes(self.lease.pid)
        return sum(map(_resident, tree)) > room and sum(map(_proportional, tree)) > room


def make_group(lease: Lease, memory_bytes: int, processes: int) -> Cgroup | None:
    """A control group with the kernel in it; None where this machine does not let us: the thread counts then."""
    try:
        group = Cgroup(lease.name, memory_bytes, processes)
    except OSError:
        return None
    try:
        group.add(lease.pid)
    except OSError:  # it has ended already
        group.remove()
        return None
    return group


def _resident(process: psutil.Process) -> float:
    try:
        return process.memory_info().rss / MEGABYTE
    except psutil.Error:
        return 0.0


def _proportional(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().pss / MEGABYTE
    except psutil.Error:
        return 0.0


def _times(process: psutil.Process):
    try:
        return process.cpu_times()
    except psutil.Error:
        return NOTHING


def _threads(process: psutil.Process) -> int:
    try:
        return process.num_threads()
    except psutil.Error:
        return 0


def _files_megabytes(pid: int) -> float:
    """What lies in the kernel's own /tmp and /dev/shm."""
    total = 0.0
    for folder in ("tmp", "dev/shm"):
        try:
            found = os.statvfs(Path(f"/proc/{pid}/root", folder))
            total += (found.f_blocks - found.f_bfree) * found.f_frsize / MEGABYTE
        except OSError:
            pass
    return total
