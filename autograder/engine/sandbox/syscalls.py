"""The few system calls that Python's os module lacks, through ctypes: namespaces, mounts, capabilities."""

from __future__ import annotations

import ctypes
import os
from functools import cache

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x4000, 0x40000
_MS_BIND, _MS_MOVE, _MNT_DETACH = 0x1000, 0x2000, 2
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_CAPBSET_DROP = 1, 38, 24
_LARGE_PAGE, _MADV_COLLAPSE = 1 << 21, 25
_CAPABILITY_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 63  # the last one that capset can hold; Linux has fewer


@cache
def _libc() -> ctypes.CDLL:
    """Return the C library; it is loaded at the first call, so that this module can be imported on every system."""
    return ctypes.CDLL(None, use_errno=True)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilityData(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


def unshare(flags: int) -> None:
    """Leave the namespaces that the CLONE_ flags name, and enter new ones.

    Raises
    ------
    OSError
        if the system does not allow it, as all functions of this module do.
    """
    _check(_libc().unshare(flags), "unshare")


def map_user(inside: int, outside: int) -> None:
    """Map the one user and group that exist in a new user namespace to those outside (user_namespaces(7))."""
    for name, text in (
        ("uid_map", f"{inside} {outside} 1"), ("setgroups", "deny"), ("gid_map", f"{inside} {outside} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def mount(kind: str, target: str, flags: int = 0, options: str = "") -> None:
    """Mount a new file system of a kind (tmpfs, proc); an empty kind changes the flags of `target`."""
    _check(
        _libc().mount(kind.encode() or None, target.encode(), kind.encode() or None,
                      ctypes.c_ulong(flags), options.encode() or None),
        f"mount {kind} on {target}",
    )


def bind(source: str, target: str) -> None:
    """Bind-mount a folder, with all mounts in it, to a second place."""
    _check(_libc().mount(source.encode(), target.encode(), None, ctypes.c_ulong(_MS_BIND | MS_REC), None),
           f"bind {source} to {target}")


def move(source: str, target: str) -> None:
    """Move a mount."""
    _check(_libc().mount(source.encode(), target.encode(), None, ctypes.c_ulong(_MS_MOVE), None),
           f"move {source} to {target}")


def unmount(target: str) -> None:
    """Detach a mount."""
    _check(_libc().umount2(target.encode(), _MNT_DETACH), f"unmount {target}")


def drop_capabilities() -> None:
    """Give up every capability for good, including those that an executed program could add."""
    _check(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")
    for capability in range(_LAST_CAPABILITY + 1):
        _libc().prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)  # fails after the last one that exists
    header, nothing = _CapabilityHeader(_CAPABILITY_VERSION_3, 0), (_CapabilityData * 2)()
    _check(_libc().capset(ctypes.byref(header), nothing), "drop capabilities")


def die_with_parent() -> None:
    """Have the system kill this process when its parent ends."""
    _check(_libc().prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0), "die with the parent")


def use_large_pages() -> None:
    """Move this process's own memory into pages of 2 MB where possible, so that a fork copies a shorter page table."""
    with open("/proc/self/maps") as maps:
        lines = [line.split() for line in maps]
    for place, rights, *_, name in (line if len(line) > 5 else [*line, ""] for line in lines):
        if rights == "rw-p" and name in ("", "[heap]"):
            begin, end = (int(number, 16) for number in place.split("-"))
            for page in range(-(-begin // _LARGE_PAGE) * _LARGE_PAGE, end - _LARGE_PAGE + 1, _LARGE_PAGE):
                _libc().madvise(ctypes.c_void_p(page), ctypes.c_size_t(_LARGE_PAGE), _MADV_COLLAPSE)


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
