"""The system-call filter, in a child behind it."""

import json
import os
import signal
import subprocess
import sys

import pytest

from autograder.sandbox import seccomp

FILTERED = """
import ctypes, json, os, socket, sys
from autograder.sandbox import seccomp, syscalls
names, namespaces, calls = json.loads(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(38, 1, 0, 0, 0)
seccomp.install(names, namespaces=namespaces)
found = []
for call in calls:
    ctypes.set_errno(0)
    result = libc.syscall(*[ctypes.c_long(number) for number in call])
    found.append(ctypes.get_errno() if result == -1 else 0)
print(json.dumps(found))
"""


def filtered(names: list[str], namespaces: bool, *calls: tuple[int, ...]) -> list[int]:
    """The error numbers that raw system calls give in a child behind the filter."""
    done = subprocess.run([sys.executable, "-c", FILTERED, json.dumps([names, namespaces, calls])],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def number(name: str) -> int:
    return seccomp._NUMBERS[name][1 if os.uname().machine == "aarch64" else 0]


def test_a_refused_call_gives_eperm_and_another_one_runs():
    getpid = 172 if os.uname().machine == "aarch64" else 39
    calls = [(number("ptrace"), 0), (number("keyctl"), 0), (getpid,)]
    assert filtered(["ptrace", "keyctl"], True, *calls) == [1, 1, 0]
    assert filtered(["ptrace"], True, (number("keyctl"), 9999))[0] != 1


def test_every_name_of_both_lists_is_refused():
    assert set(seccomp.PARENT) & set(seccomp.KERNEL) == set()
    calls = [(number(name), 0, 0, 0, 0, 0) for name in (*seccomp.PARENT, *seccomp.KERNEL)]
    assert filtered([*seccomp.PARENT, *seccomp.KERNEL], False, *calls) == [1] * len(calls)


def test_socket_families_are_a_short_list():
    families = [1, 2, 10, 16, 17, 31, 38, 40]
    assert filtered([], True, *[(number("socket"), family, 2, 0) for family in families[:4]]) == [0] * 4
    assert filtered([], True, *[(number("socket"), family, 2, 0) for family in families[4:]]) == [1] * 4


def test_namespaces_are_refused_and_threads_are_not():
    flag = 0x10000000 | signal.SIGCHLD
    assert filtered([], False, (number("clone"), flag, 0, 0, 0, 0), (number("clone3"), 0, 0)) == [1, 38]
    code = FILTERED + "import threading; t = threading.Thread(target=lambda: print('thread')); t.start(); t.join()"
    done = subprocess.run([sys.executable, "-c", code, json.dumps([[], False, []])], capture_output=True, text=True)
    assert done.stdout.endswith("thread\n")


def test_another_machine_has_no_filter():
    with pytest.raises(OSError, match="no system-call filter for riscv64"):
        seccomp.program([], True, "riscv64")


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_jump_of_the_filter_stays_inside_it(machine):
    code = seccomp.program(seccomp.PARENT + seccomp.KERNEL, False, machine)
    lines = [code[start:start + 8] for start in range(0, len(code), 8)]
    for place, line in enumerate(lines):
        if int.from_bytes(line[:2], "little") & 7 == 5:  # BPF_JMP
            assert place + 1 + max(line[2], line[3]) < len(lines)
    assert len(lines) < 4096
