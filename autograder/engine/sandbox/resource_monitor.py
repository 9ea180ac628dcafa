"""Count what a kernel and all it started use, and end it where that is too much.

A control group does it where there is one. Where there is none, a thread of the worker looks ten
times a second at the processes.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import psutil

from autograder.engine.sandbox.cgroup import Cgroup
from autograder.engine.sandbox.host import KernelHandle
from autograder.engine.sandbox.processes import Member, Tree, proportional

PERIOD = 0.1  # seconds
SLACK = 10  # seconds of processor time beyond the notebook's, in which its cell should have been interrupted
MEGABYTE = 1 << 20
LEFT = 64  # the part of the machine's memory that must be free: what sockets and pipes hold is nobody's, and counted so
MACHINE = "was ended because this machine ran out of memory"


class ResourceMonitor:
    """Watches one kernel until it ends or `stop` is called.

    Parameters
    ----------
    handle : KernelHandle
        the kernel.
    limits : dict
        autograder.course.Limits.
    group : Cgroup, optional
        made by `make_group`; without one the processes are counted one by one.
    first : bool
        whether the kernel is the first process of a PID namespace.

    Attributes
    ----------
    processes : Cgroup or Tree
        what a stopwatch can time.
    """

    def __init__(self, handle: KernelHandle, limits: dict, group: Cgroup | None, first: bool = True) -> None:
        self.handle, self.limits, self.group = handle, limits, group
        self.tree = Tree(handle.pid, first)
        if group is not None:
            _enter(group, handle)
        self.processes = group or self.tree
        self._baseline = _resident(self.tree.members())  # what a fresh fork holds is shared with the parent
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True, name="watch")
        self._thread.start()

    @property
    def reason(self) -> str:
        """Why the kernel was ended, the end of a sentence; empty where it ended by itself or runs."""
        if not self.handle.reason:
            self.handle.reason = self._out_of_memory()
        return self.handle.reason

    def stop(self) -> None:
        """Watch no longer; the group goes when its last process has."""
        self._ended.set()
        self._thread.join()
        self.handle.reason = self.reason  # asked while the group can say
        self.handle.close()
        if self.group is not None:
            self.group.remove()

    def _look(self) -> None:
        while not self._ended.wait(PERIOD) and self.handle.exit is None:
            reason = self._out_of_memory() or self._too_much()
            if reason:
                return self.handle.kill(reason)

    def _out_of_memory(self) -> str:
        """Whether the system ended a process of the group: for the group's memory, or for the machine's."""
        if self.group is None or not self.group.was_out_of_memory():
            return ""
        return self._too_much_memory() if self.group.reached_its_memory() else MACHINE

    def _too_much(self) -> str:
        seconds = self.limits["notebook_seconds"]
        if self.processes.seconds() > seconds + SLACK:
            return f"used more than {seconds} s of processor time"
        if self.group is None:
            members = self.tree.members()
            if sum(member.threads for member in members) > self.limits["processes"]:
                return f"started more than {self.limits['processes']} processes and threads"
            if self._uses_too_much_memory(members):
                return self._too_much_memory()
            machine = psutil.virtual_memory()
            if machine.available < machine.total // LEFT:
                return MACHINE
        return ""

    def _too_much_memory(self) -> str:
        return f"used more than {self.limits['memory_megabytes']} MB of memory"

    def _uses_too_much_memory(self, members: list[Member]) -> bool:
        """Whether the tree and the files in its tmpfs hold more than they may, besides the parent's imports.

        Resident memory counts a page once for each process that shares it: quick to ask, and too much.
        Only where that is over the limit are pages counted by their share.
        """
        room = memory(self.limits) + self._baseline - _files(self.handle.pid)
        return _resident(members) > room and sum(map(proportional, members)) > room


def make_group(name: str, limits: dict) -> Cgroup | None:
    """A control group for a kernel; None where this machine does not let us."""
    try:
        return Cgroup(name, memory(limits), limits["processes"])
    except OSError:
        return None


def memory(limits: dict) -> int:
    """Bytes that a kernel may use: files in its tmpfs are memory, too."""
    return (limits["memory_megabytes"] + limits["files_megabytes"]) * MEGABYTE


def _enter(group: Cgroup, handle: KernelHandle) -> None:
    """Have the group count the kernel, which was told that one does; a kernel that nothing counts is not let run."""
    try:
        group.add(handle.pid)
    except OSError:
        if handle.poll() is None:  # else it has ended already
            handle.kill("could not be put into a control group")


def _resident(members: list[Member]) -> int:
    return sum(member.resident + member.tables for member in members)


def _files(pid: int) -> int:
    """Bytes in the kernel's own /tmp and /dev/shm."""
    total = 0
    for folder in ("tmp", "dev/shm"):
        try:
            found = os.statvfs(Path(f"/proc/{pid}/root", folder))
            total += (found.f_blocks - found.f_bfree) * found.f_frsize
        except OSError:
            pass
    return total
