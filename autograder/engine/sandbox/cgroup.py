"""A control group for one kernel, version 1 or 2, where this user may make one."""

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
    """The groups that hold a kernel and all it starts.

    Parameters
    ----------
    name : str
        of the new groups.
    memory_bytes, processes : int
        their limits.

    Raises
    ------
    OSError
        where no such group can be made; `parents` says where it would be.
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
            with suppress(OSError):  # not every system counts it; version 1 counts both together
                swap = memory_bytes if self.version == 1 else 0
                (self.folders["memory"] / _SWAP[self.version]).write_text(str(swap))
        except OSError:
            self.remove()
            raise

    def add(self, pid: int) -> None:
        """Take a process in; what it starts follows."""
        for folder in set(self.folders.values()):
            (folder / "cgroup.procs").write_text(str(pid))

    def seconds(self) -> float:
        """Processor time of all processes that were ever in the group."""
        try:
            if self.version == 1:
                self._seconds = int((self.folders["cpuacct"] / "cpuacct.usage").read_text()) / 1e9
            else:
                self._seconds = _numbers(self.folders["memory"] / "cpu.stat")["usage_usec"] / 1e6
        except (OSError, KeyError):
            pass  # the group has gone: what was read last
        return self._seconds

    def threads(self) -> list[str]:
        """The folders of the group's threads below /proc."""
        name = "tasks" if self.version == 1 else "cgroup.threads"
        try:
            return [f"/proc/{number}" for number in (self.folders["pids"] / name).read_text().split()]
        except OSError:
            return []

    def was_out_of_memory(self) -> bool:
        """Whether the system ended a process of the group to have memory, the group's or the machine's."""
        name = "memory.oom_control" if self.version == 1 else "memory.events"
        return _numbers(self.folders["memory"] / name).get("oom_kill", 0) > 0

    def reached_its_memory(self) -> bool:
        """Whether the group wanted more memory than it may have: then it was not the machine's that ran out."""
        if self.version == 2:
            return _numbers(self.folders["memory"] / "memory.events").get("oom", 0) > 0
        used = 0
        with suppress(OSError):
            used = int((self.folders["memory"] / "memory.max_usage_in_bytes").read_text())
        return used > 0.95 * self.memory  # a large page that did not fit any more is never counted

    def remove(self) -> None:
        """Remove the groups once their processes have ended; waits for that up to a second."""
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
    """Remove the groups of a fork server that has gone; False while a process of one still ends.

    Parameters
    ----------
    name : str
        of the fork server's folder: its kernels' groups begin so.
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
    """The version, and for each kind the group of this process, where new ones can be made.

    Raises
    ------
    OSError
        where this user may not, with the reason.
    """
    own: dict[str, str] = {}
    for line in _OWN.read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        own |= {name: path for name in controllers.split(",")}
    if set(_CONTROLLERS[1]) <= own.keys():
        return 1, {what: _writable(_ROOT / what / own[what].lstrip("/"), _ROOT / what) for what in _CONTROLLERS[1]}
    return 2, dict.fromkeys(_CONTROLLERS[2], _with_controllers(_ROOT / own.get("", "/").lstrip("/")))


def _with_controllers(own: Path) -> Path:
    """In version 2 a group that holds processes bounds no groups below it: then the one above has to."""
    above = own.parent / "cgroup.subtree_control"
    if _bounds(above) and _may_write(own.parent):
        return own.parent
    folder = _writable(own, _ROOT)
    control = folder / "cgroup.subtree_control"
    if not _bounds(control):
        control.write_text("+memory +pids")
    return folder


def _bounds(control: Path) -> bool:
    """Whether memory and processes are counted in the groups below."""
    return control.is_file() and {"memory", "pids"} <= set(control.read_text().split())


def _numbers(path: Path) -> dict[str, int]:
    """A file of names and numbers; empty where it has gone."""
    try:
        return {name: int(number) for name, number in map(str.split, path.read_text().splitlines())}
    except OSError:
        return {}


def _writable(folder: Path, root: Path) -> Path:
    """The folder; in a container that does not see its own group, the root it does see."""
    folder = folder if folder.is_dir() else root
    if not _may_write(folder):
        raise PermissionError(13, f"{folder} is not writable")
    return folder


def _may_write(folder: Path) -> bool:
    """Whether groups can be made in a folder, and processes moved between those below it."""
    processes = folder / "cgroup.procs"
    return os.access(folder, os.W_OK) and (not processes.exists() or os.access(processes, os.W_OK))
