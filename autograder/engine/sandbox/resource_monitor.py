"""Count what a kernel and all its processes use, and end the kernel if that is too much.

A control group limits memory and the number of processes, if there is one; otherwise a thread of the worker counts
both ten times a second. The thread limits the processor time in either case.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import psutil

from autograder.engine.sandbox.cgroup import Cgroup
from autograder.engine.sandbox.handle import KernelHandle
from autograder.engine.sandbox.processes import Member, Tree, proportional

PERIOD = 0.1  # seconds between two checks
SLACK = 10  # seconds of processor time beyond the notebook's limit, in which its cell should have been interrupted
MEGABYTE = 1 << 20
LEFT = 64  # a 64th of the machine's memory must stay free: sockets and pipes hold memory that no process is charged for
MACHINE = "was ended because this machine ran out of memory"


class ResourceMonitor:
    """Watches one kernel until it ends or `stop` is called.

    Parameters
    ----------
    handle : KernelHandle
        the kernel.
    limits : dict
        autograder.jobs.Limits, as a dict.
    group : Cgroup, optional
        made by `make_group`; without one the processes are counted one by one.
    first : bool
        whether the kernel is the first process of a PID namespace.

    Attributes
    ----------
    processes : Cgroup or Tree
        the kernel's processes, for a stopwatch.
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
        """Why the kernel was ended, as the end of a sentence; empty if it runs or ended by itself."""
        if not self.handle.reason:
            self.handle.reason = self._out_of_memory()
        return self.handle.reason

    def stop(self) -> None:
        """Stop watching, end the kernel, and remove the group."""
        self._ended.set()
        self._thread.join()
        self.handle.reason = self.reason  # read while the group exists
        self.handle.close()
        if self.group is not None:
            self.group.remove()

    def _look(self) -> None:
        while not self._ended.wait(PERIOD) and self.handle.exit is None:
            reason = self._out_of_memory() or self._too_much()
            if reason:
                return self.handle.kill(reason)

    def _out_of_memory(self) -> str:
        """Return the reason if the system killed a process of the group for lack of memory, else an empty string."""
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
        """Return whether the processes and the files in tmpfs use more than allowed, besides the parent's imports.

        Resident memory is quick to read but counts a shared page once for each process. Only if it is over the limit
        are pages counted proportionally.
        """
        room = memory(self.limits) + self._baseline - _files(self.handle.pid)
        return _resident(members) > room and sum(map(proportional, members)) > room


def make_group(name: str, limits: dict) -> Cgroup | None:
    """Create a control group for a kernel; return None if this machine does not allow it."""
    try:
        return Cgroup(name, memory(limits), limits["processes"])
    except OSError:
        return None


def memory(limits: dict) -> int:
    """Return the bytes of memory that a kernel may use; files in its tmpfs are memory, too."""
    return (limits["memory_megabytes"] + limits["files_megabytes"]) * MEGABYTE


def _enter(group: Cgroup, handle: KernelHandle) -> None:
    """Add the kernel to the group, or end it: it was started for a group, and must not run uncounted."""
    try:
        group.add(handle.pid)
    except OSError:
        if handle.poll() is None:  # otherwise it has ended already
            handle.kill("could not be put into a control group")


def _resident(members: list[Member]) -> int:
    return sum(member.resident + member.tables for member in members)


def _files(pid: int) -> int:
    """Return the bytes used in the kernel's own /tmp and /dev/shm."""
    total = 0
    for folder in ("tmp", "dev/shm"):
        try:
            found = os.statvfs(Path(f"/proc/{pid}/root", folder))
            total += (found.f_blocks - found.f_bfree) * found.f_frsize
        except OSError:
            pass
    return total
