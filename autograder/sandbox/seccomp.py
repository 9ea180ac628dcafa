"""The system-call filter: what a notebook has no use for is refused with EPERM.

Two filters (seccomp(2), classic BPF). The parent installs PARENT: no debugging of other processes,
no keyrings, no io_uring, no kernel modules. A kernel adds KERNEL when it has set itself up: no
mounts, no namespaces, no unaccounted memory. Programs of another architecture are refused whole.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable

# x86_64 and aarch64 numbers (asm/unistd_64.h, asm-generic/unistd.h)
_NUMBERS = {
    "acct": (163, 89), "add_key": (248, 217), "bpf": (321, 280), "chroot": (161, 51),
    "clock_adjtime": (305, 266), "clock_settime": (227, 112), "delete_module": (176, 106),
    "fanotify_init": (300, 262), "finit_module": (313, 273), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fsopen": (430, 430), "fspick": (433, 433), "init_module": (175, 105),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "io_uring_setup": (425, 425),
    "kcmp": (312, 272), "kexec_file_load": (320, 294), "kexec_load": (246, 104), "keyctl": (250, 219),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "mount": (165, 40),
    "mount_setattr": (442, 442), "move_mount": (429, 429), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "open_tree": (428, 428), "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438), "pivot_root": (155, 41), "process_madvise": (440, 440),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "ptrace": (101, 117),
    "quotactl": (179, 60), "reboot": (169, 142), "request_key": (249, 218), "setns": (308, 268),
    "settimeofday": (164, 170), "shmget": (29, 194), "swapoff": (168, 225), "swapon": (167, 224),
    "syslog": (103, 116), "umount2": (166, 39), "unshare": (272, 97), "userfaultfd": (323, 282),
    "msgget": (68, 186), "semget": (64, 190), "clone": (56, 220), "clone3": (435, 435),
    "socket": (41, 198), "seccomp": (317, 277), "rt_sigaction": (13, 134),
}
_OF_KERNELS = {  # what the parent's forks still need while they set themselves up
    "chroot", "fsconfig", "fsmount", "fsopen", "fspick", "mount", "mount_setattr", "move_mount",
    "open_tree", "pivot_root", "setns", "umount2", "unshare", "memfd_create", "memfd_secret", "shmget",
    "msgget", "semget",
}
_SPECIAL = {"clone", "clone3", "socket", "seccomp", "rt_sigaction"}
PARENT = sorted(set(_NUMBERS) - _OF_KERNELS - _SPECIAL)
KERNEL = sorted(_OF_KERNELS)

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_FAMILIES = (1, 2, 10, 16)  # AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: not AF_VSOCK, AF_PACKET, AF_ALG ...
_NEW_NAMESPACES = 0x7E020080  # the CLONE_NEW flags
_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24  # struct seccomp_data, little-endian
_SIGCHLD = 17
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_SET_MODE_FILTER, _ALL_THREADS = 1, 1


def install(names: Iterable[str], namespaces: bool, forgetting: bool = True) -> None:
    """Refuse these system calls from now on, in this process and all that it starts.

    Parameters
    ----------
    names : iterable of str
        such as `KERNEL`.
    namespaces : bool
        whether new namespaces can still be made with clone.
    forgetting : bool
        whether a process may say what becomes of SIGCHLD. One that ignores it has its children forgotten
        by the system, and with them the time they used.

    Raises
    ------
    OSError
        if the kernel has no seccomp, or the machine is neither x86_64 nor aarch64.
    """
    code = program(names, namespaces, platform.machine(), forgetting)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HL", len(code) // 8, ctypes.addressof(buffer))
    number = _NUMBERS["seccomp"][_ARCHITECTURES[platform.machine()][0]]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, _SET_MODE_FILTER, _ALL_THREADS, ctypes.create_string_buffer(header)) != 0:
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


def program(names: Iterable[str], namespaces: bool, machine: str, forgetting: bool = True) -> bytes:
    """The filter as the kernel reads it: 8 bytes an instruction (struct sock_filter)."""
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no system-call filter for {machine}")
    column, audit = _ARCHITECTURES[machine]
    numbers = {name: both[column] for name, both in _NUMBERS.items()}
    refuse, missing = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, audit), (_RETURN, 0, 0, refuse),
        (_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, missing),  # x32
    ]
    for name in names:
        lines += [(_EQUAL, 0, 1, numbers[name]), (_RETURN, 0, 0, refuse)]
    lines += [(_EQUAL, 0, len(_FAMILIES) + 3, numbers["socket"]), (_LOAD, 0, 0, _FIRST_ARGUMENT)]
    lines += [(_EQUAL, len(_FAMILIES) - place, 0, family) for place, family in enumerate(_FAMILIES)]
    lines += [(_RETURN, 0, 0, refuse), (_RETURN, 0, 0, _ALLOW)]
    if not namespaces:  # glibc falls back to clone, whose flags can be looked at
        lines += [(_EQUAL, 0, 1, numbers["clone3"]), (_RETURN, 0, 0, missing)]
        lines += [(_EQUAL, 0, 4, numbers["clone"]), (_LOAD, 0, 0, _FIRST_ARGUMENT)]
        lines += [(_ANY_BIT, 0, 1, _NEW_NAMESPACES), (_RETURN, 0, 0, refuse), (_RETURN, 0, 0, _ALLOW)]
    if not forgetting:  # to ask what is set, with no new action, stays allowed
        lines += [(_EQUAL, 0, 8, numbers["rt_sigaction"]), (_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 0, 5, _SIGCHLD)]
        lines += [(_LOAD, 0, 0, _SECOND_ARGUMENT), (_EQUAL, 0, 2, 0), (_LOAD, 0, 0, _SECOND_ARGUMENT + 4)]
        lines += [(_EQUAL, 1, 0, 0), (_RETURN, 0, 0, refuse), (_RETURN, 0, 0, _ALLOW)]
    lines += [(_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
