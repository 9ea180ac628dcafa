"""A control group for one kernel, version 1 or 2, where this user may make one."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import psutil

_ROOT = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")
_SWAP = {1: "memory.memsw.limit_in_bytes", 2: "memory.swap.max"}
# What is bounded, in the words of each version: (file, unit)
_FILES = {1: {"memory": "memory.limit_in_bytes", "pids": "pids.max"},
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
        limits = {"memory": memory_bytes, "pids": processes}
        self.folders = {what: folder / name for what, folder in folders.items()}
        try:
            for what, folder in self.folders.items():
                folder.mkdir(exist_ok=True)
                (folder / _FILES[self.version][what]).write_text(str(limits[what]))
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

    def members(self) -> list[psutil.Process]:
        """The processes of the group, of those that have not ended."""
        found = []
        with suppress(OSError):
            for pid in (self.folders["pids"] / "cgroup.procs").read_text().split():
                with suppress(psutil.Error):
                    found.append(psutil.Process(int(pid)))
        return found

    def was_out_of_memory(self) -> bool:
        """Whether the system ended a process of the group for its memory."""
        name = "memory.oom_control" if self.version == 1 else "memory.events"
        try:
            lines = (self.folders["memory"] / name).read_text().splitlines()
        except OSError:
            return False
        return any(line.startswith("oom_kill ") and line.split()[1] != "0" for line in lines)

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
    """The version, and for memory and pids the group of this process, where new ones can be made.

    Raises
    ------
    OSError
        where this user may not, with the reason.
    """
    own = {}
    for line in _OWN.read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        own |= {name: path for name in controllers.split(",")}
    if "memory" in own and "pids" in own:
        return 1, {what: _writable(_ROOT / what / own[what].lstrip("/"), _ROOT / what)
                   for what in ("memory", "pids")}
    return 2, dict.fromkeys(("memory", "pids"), _with_controllers(_ROOT / own.get("", "/").lstrip("/")))


def _with_controllers(own: Path) -> Path:
    """In version 2 a group that holds processes bounds no groups below it: then the one above has to."""
    above = own.parent / "cgroup.subtree_control"
    if _bounds(above) and os.access(own.parent, os.W_OK):
        return own.parent
    folder = _writable(own, _ROOT)
    control = folder / "cgroup.subtree_control"
    if not _bounds(control):
        control.write_text("+memory +pids")
    return folder


def _bounds(control: Path) -> bool:
    """Whether memory and processes are counted in the groups below."""
    return control.is_file() and {"memory", "pids"} <= set(control.read_text().split())


def _writable(folder: Path, root: Path) -> Path:
    """The folder; in a container that does not see its own group, the root it does see."""
    folder = folder if folder.is_dir() else root
    if not os.access(folder, os.W_OK):
        raise PermissionError(13, f"{folder} is not writable")
    return folder
