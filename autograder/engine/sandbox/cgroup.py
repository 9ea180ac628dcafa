"""Control groups, version 1 or 2, for one kernel, if this user may create them."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")
_SWAP = {1: "memory.memsw.limit_in_bytes", 2: "memory.swap.max"}
_CONTROLLERS = {1: ("memory", "pids", "cpuacct"), 2: ("memory", "pids")}  # version 2 always counts processor time
_LIMITS = {1: {"memory": "memory.limit_in_bytes", "pids": "pids.max"},
           2: {"memory": "memory.max", "pids": "pids.max"}}


class Cgroup:
    """The control groups of a kernel and of all processes that it starts.

    Parameters
    ----------
    name : str
        the name of the new groups.
    memory_bytes, processes : int
        their limits.

    Raises
    ------
    OSError
        if the groups cannot be created in the folders that `parents` returns.
    """

    def __init__(self, name: str, memory_bytes: int, processes: int) -> None:
        self.version, folders = parents()
        self.memory, self._seconds = memory_bytes, 0.0
        limits = {"memory": memory_bytes, "pids": processes}
        self.folders = {what: folder / name for what, folder in folders.items()}
        try:
            for what, folder in self.folders.items():
                folder.mkdir(exist_ok=True)
                if what in limits:
                    (folder / _LIMITS[self.version][what]).write_text(str(limits[what]))
            with suppress(OSError):  # not every system limits swap; version 1 limits memory and swap together
                swap = memory_bytes if self.version == 1 else 0
                (self.folders["memory"] / _SWAP[self.version]).write_text(str(swap))
        except OSError:
            self.remove()
            raise

    def add(self, pid: int) -> None:
        """Add a process; the processes that it starts then belong to the groups, too."""
        for folder in set(self.folders.values()):
            (folder / "cgroup.procs").write_text(str(pid))

    def seconds(self) -> float:
        """Return the processor time in seconds of all processes that were ever in the group."""
        try:
            if self.version == 1:
                self._seconds = int((self.folders["cpuacct"] / "cpuacct.usage").read_text()) / 1e9
            else:
                self._seconds = _numbers(self.folders["memory"] / "cpu.stat")["usage_usec"] / 1e6
        except (OSError, KeyError):
            pass  # the group has gone: return the last value
        return self._seconds

    def threads(self) -> list[str]:
        """Return the folders of the group's threads in /proc."""
        name = "tasks" if self.version == 1 else "cgroup.threads"
        try:
            return [f"/proc/{number}" for number in (self.folders["pids"] / name).read_text().split()]
        except OSError:
            return []

    def was_out_of_memory(self) -> bool:
        """Return whether the system killed a process of the group because the group or the machine lacked memory."""
        name = "memory.oom_control" if self.version == 1 else "memory.events"
        return _numbers(self.folders["memory"] / name).get("oom_kill", 0) > 0

    def reached_its_memory(self) -> bool:
        """Return whether the group reached its own memory limit; then it was not the machine that ran out of memory."""
        if self.version == 2:
            return _numbers(self.folders["memory"] / "memory.events").get("oom", 0) > 0
        used = 0
        with suppress(OSError):
            used = int((self.folders["memory"] / "memory.max_usage_in_bytes").read_text())
        return used > 0.95 * self.memory  # a large page that no longer fitted is not counted

    def remove(self) -> None:
        """Remove the groups; wait up to a second for each until its processes have ended."""
        for folder in set(self.folders.values()):
            for _ in range(100):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.01)


def remove_all(name: str) -> bool:
    """Remove the groups of a fork server that has gone; return False while a process in one of them is still ending.

    Parameters
    ----------
    name : str
        the name of the fork server's folder, with which the names of its kernels' groups begin.
    """
    try:
        folders = set(parents()[1].values())
    except OSError:
        return True
    for group in [group for folder in folders for group in folder.glob(f"{name}-*")]:
        try:
            group.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return False
    return True


def parents() -> tuple[int, dict[str, Path]]:
    """Return the version of control groups, and for each controller the folder in which new groups can be created.

    Raises
    ------
    OSError
        if this user may not create groups, with the reason.
    """
    own: dict[str, str] = {}
    for line in _OWN.read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        own |= {name: path for name in controllers.split(",")}
    if set(_CONTROLLERS[1]) <= own.keys():
        return 1, {what: _writable(_ROOT / what / own[what].lstrip("/"), _ROOT / what) for what in _CONTROLLERS[1]}
    return 2, dict.fromkeys(_CONTROLLERS[2], _with_controllers(_ROOT / own.get("", "/").lstrip("/")))


def _with_controllers(own: Path) -> Path:
    """Return the folder for new groups in version 2: where possible the one above this process's own group.

    A group that holds processes cannot limit groups below it.
    """
    above = own.parent / "cgroup.subtree_control"
    if _bounds(above) and _may_write(own.parent):
        return own.parent
    folder = _writable(own, _ROOT)
    control = folder / "cgroup.subtree_control"
    if not _bounds(control):
        control.write_text("+memory +pids")
    return folder


def _bounds(control: Path) -> bool:
    """Return whether a `cgroup.subtree_control` file limits memory and processes in the groups below."""
    return control.is_file() and {"memory", "pids"} <= set(control.read_text().split())


def _numbers(path: Path) -> dict[str, int]:
    """Read a file of names and integers; return an empty dict if it no longer exists."""
    try:
        return {name: int(number) for name, number in map(str.split, path.read_text().splitlines())}
    except OSError:
        return {}


def _writable(folder: Path, root: Path) -> Path:
    """Return the folder, or the root if the folder is not visible, as in some containers.

    Raises
    ------
    PermissionError
        if groups cannot be created there.
    """
    folder = folder if folder.is_dir() else root
    if not _may_write(folder):
        raise PermissionError(13, f"{folder} is not writable")
    return folder


def _may_write(folder: Path) -> bool:
    """Return whether groups can be created in a folder, and processes moved between the groups below it."""
    processes = folder / "cgroup.procs"
    return os.access(folder, os.W_OK) and (not processes.exists() or os.access(processes, os.W_OK))
