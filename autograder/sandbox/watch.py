"""Count what a kernel and all it started use, and end it where that is too much.

A control group does it where there is one. Where there is none, and for processor time always, a
thread of the worker looks ten times a second at the process tree.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from uuid import uuid4

import psutil

from autograder.sandbox.cgroup import Cgroup
from autograder.sandbox.host import Lease

PERIOD = 0.1  # seconds
MEGABYTE = 1 << 20


class Watch:
    """Watches one kernel until it ends or `stop` is called."""

    def __init__(self, lease: Lease, limits: dict) -> None:
        self.lease, self.limits = lease, limits
        self.group: Cgroup | None = None
        if limits.get("cgroup", True):
            try:
                self.group = Cgroup(
                    f"autograder-{uuid4().hex[:8]}", self._memory() * MEGABYTE, limits["processes"]
                )
                self.group.add(lease.pid)
            except OSError:
                self.group = None  # not every machine lets us: the thread counts then
        self._baseline = _shared_megabytes(lease.pid)
        self._spent: dict[int, float] = {}  # processor seconds, also of those that have ended
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True, name="watch")
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer; the group goes when its last process has."""
        self._ended.set()
        self._thread.join()
        if self.group is not None:
            if self.group.was_out_of_memory():
                self.lease.reason = self.lease.reason or self._too_much_memory()
            self.lease.kill()
            self.group.remove()

    def _memory(self) -> int:
        """Megabytes: files in the kernel's tmpfs are memory, too."""
        return self.limits["memory_megabytes"] + self.limits["files_megabytes"]

    def _look(self) -> None:
        while not self._ended.wait(PERIOD) and self.lease.exit is None:
            tree = self._tree()
            if self.group is not None and self.group.was_out_of_memory():
                return self.lease.kill(self._too_much_memory())
            self._spent |= {process.pid: _seconds(process) for process in tree}
            if sum(self._spent.values()) > self.limits["cpu_seconds"]:
                return self.lease.kill(f"used more than {self.limits['cpu_seconds']} s of processor time")
            if self.group is None:
                if sum(_threads(process) for process in tree) > self.limits["processes"]:
                    return self.lease.kill(f"started more than {self.limits['processes']} processes and threads")
                if self._megabytes(tree) > self._memory():
                    return self.lease.kill(self._too_much_memory())

    def _too_much_memory(self) -> str:
        return f"used more than {self.limits['memory_megabytes']} MB of memory"

    def _tree(self) -> list[psutil.Process]:
        try:
            kernel = psutil.Process(self.lease.pid)
            return [kernel, *kernel.children(recursive=True)]
        except psutil.Error:
            return []

    def _megabytes(self, tree: list[psutil.Process]) -> float:
        """Memory of the tree, and of the files in its tmpfs, without what it shares with the parent."""
        used = sum(_resident(process) - self._baseline for process in tree)
        return used + _files_megabytes(self.lease.pid)


def _resident(process: psutil.Process) -> float:
    try:
        return process.memory_info().rss / MEGABYTE
    except psutil.Error:
        return 0.0


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
        return times.user + times.system
    except psutil.Error:
        return 0.0


def _threads(process: psutil.Process) -> int:
    try:
        return process.num_threads()
    except psutil.Error:
        return 0


def _shared_megabytes(pid: int) -> float:
    """What a fresh fork holds: all of it shared with the parent."""
    try:
        return psutil.Process(pid).memory_info().rss / MEGABYTE
    except psutil.Error:
        return 0.0


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
