"""The system-call filter: it allows the calls listed in calls.py; all others do not exist (ENOSYS).

There are two filters (seccomp(2), classic BPF), and every kernel has both. The parent installs the first one, which
also allows what a kernel needs to set itself up: mounts and namespaces. A kernel adds the second one when it has done
so. Programs of another architecture are refused completely.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator

from autograder.engine.sandbox.calls import ALLOWED, SETTING_UP

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_FAMILIES = (1, 2, 10, 16)  # AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: not AF_VSOCK, AF_PACKET, AF_ALG ...
_NEW_NAMESPACES = 0x7E020080  # the CLONE_NEW flags
_SCHED_CORE = 62  # prctl's option to reserve a core
_SIGCHLD = 17
_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _ABOVE, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x25, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data, little-endian
_FIRST_ARGUMENT, _SECOND_ARGUMENT = 16, 24
_ALLOW, _REFUSE, _MISSING = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_SET_MODE_FILTER, _ALL_THREADS = 1, 1
Line = tuple[int, int, int, int]  # operation, lines to skip if true, lines to skip if false, operand


def install(setting_up: bool = False, forgetting: bool = True) -> None:
    """Install the filter in this process and all processes that it starts.

    Parameters
    ----------
    setting_up : bool
        whether to allow also what a kernel needs to set itself up.
    forgetting : bool
        whether a process may set its handling of SIGCHLD. If it ignores the signal, the system forgets its children
        when they end, and the time they used.

    Raises
    ------
    OSError
        if Linux has no seccomp, or the machine is neither x86_64 nor aarch64.
    """
    code = program(platform.machine(), setting_up, forgetting)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HL", len(code) // 8, ctypes.addressof(buffer))
    number = SETTING_UP["seccomp"][_ARCHITECTURES[platform.machine()][0]]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, _SET_MODE_FILTER, _ALL_THREADS, ctypes.create_string_buffer(header)) != 0:
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


def program(machine: str, setting_up: bool = False, forgetting: bool = True) -> bytes:
    """Return the filter as Linux reads it, with 8 bytes per instruction (struct sock_filter).

    Raises
    ------
    OSError
        if `machine` is neither x86_64 nor aarch64.
    """
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no system-call filter for {machine}")
    column, audit = _ARCHITECTURES[machine]
    calls = ALLOWED | (SETTING_UP if setting_up else {})
    numbers = {name: number for name, both in calls.items() if (number := both[column]) is not None}
    lines: list[Line] = [
        (_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, audit), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, _NUMBER)]
    for name, more in _looked_at(setting_up, forgetting).items():
        lines += [(_EQUAL, 0, len(more), numbers[name]), *more]
    for first, last in _ranges(sorted(numbers.values())):
        lines += [(_AT_LEAST, 1, 0, first), (_RETURN, 0, 0, _MISSING), (_ABOVE, 1, 0, last), (_RETURN, 0, 0, _ALLOW)]
    lines += [(_RETURN, 0, 0, _MISSING)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _looked_at(setting_up: bool, forgetting: bool) -> dict[str, list[Line]]:
    """Return, for each call that is allowed only in part, the lines that check its arguments."""
    first, allow, refuse = (_LOAD, 0, 0, _FIRST_ARGUMENT), (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)
    families = [(_EQUAL, len(_FAMILIES) - place, 0, family) for place, family in enumerate(_FAMILIES)]
    found = {
        "socket": [first, *families, refuse, allow],
        "prctl": [first, (_EQUAL, 0, 1, _SCHED_CORE), refuse, allow],
    }
    if not setting_up:  # glibc falls back from clone3 to clone, whose flags a filter can check
        found["clone"] = [first, (_ANY_BIT, 0, 1, _NEW_NAMESPACES), refuse, allow]
    if not forgetting:  # reading the current action, without a new one, stays allowed
        found["rt_sigaction"] = [
            first, (_EQUAL, 0, 5, _SIGCHLD), (_LOAD, 0, 0, _SECOND_ARGUMENT), (_EQUAL, 0, 2, 0),
            (_LOAD, 0, 0, _SECOND_ARGUMENT + 4), (_EQUAL, 1, 0, 0), refuse, allow]
    return found


def _ranges(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last number of each run of consecutive numbers."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
