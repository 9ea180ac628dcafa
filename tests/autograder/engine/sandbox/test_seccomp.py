"""The system-call filter: run by hand for both machines, and really installed in a child."""

import json
import os
import signal
import struct
import subprocess
import sys

import pytest

from autograder.engine.sandbox import seccomp
from autograder.engine.sandbox.calls import ALLOWED, SETTING_UP

# What must not be there, by its number on x86_64 and on aarch64
LEFT_OUT = {
    "inotify_init1": (294, 26), "inotify_add_watch": (254, 27), "io_setup": (206, 0), "io_submit": (209, 2),
    "io_uring_setup": (425, 425), "mq_open": (240, 180), "semget": (64, 190), "shmget": (29, 194),
    "msgget": (68, 186), "memfd_create": (319, 279), "add_key": (248, 217), "keyctl": (250, 219),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "pidfd_getfd": (438, 438), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "setns": (308, 268), "chroot": (161, 51),
    "pivot_root": (155, 41), "clone3": (435, 435), "fanotify_init": (300, 262), "sched_setattr": (314, 274),
    "sync": (162, 81), "vmsplice": (278, 75), "mlockall": (151, 230),
    "setxattr": (188, 5), "personality": (135, 92), "kexec_load": (246, 104), "init_module": (175, 105),
}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
ALLOW, EPERM, ENOSYS = 0x7FFF0000, 0x50001, 0x50026
both = pytest.mark.parametrize("machine", MACHINES)


def decided(code: bytes, audit: int, number: int, *arguments: int) -> int:
    """What a filter returns, by the rules of bpf(2)."""
    data = struct.pack("<IIQ6Q", number, audit, 0, *arguments, *[0] * (6 - len(arguments)))
    place, held = 0, 0
    while True:
        operation, holds, not_, operand = struct.unpack_from("HBBI", code, 8 * place)
        place += 1
        if operation == 0x06:
            return operand
        if operation == 0x20:
            held = struct.unpack_from("<I", data, operand)[0]
        else:
            truth = {0x15: held == operand, 0x25: held > operand, 0x35: held >= operand, 0x45: held & operand != 0}
            place += holds if truth[operation] else not_


@both
@pytest.mark.parametrize("setting_up", [True, False])
def test_what_is_listed_is_allowed_and_no_other_number(machine, setting_up):
    column, audit = MACHINES[machine]
    code = seccomp.program(machine, setting_up)
    listed = {number[column] for number in (ALLOWED | (SETTING_UP if setting_up else {})).values()}
    special = {ALLOWED["socket"][column]: 1}  # AF_UNIX
    for number in [*range(1000), 0x40000000, 0x40000001, 0xFFFFFFFF]:
        wanted = ALLOW if number in listed else ENOSYS
        assert decided(code, audit, number, special.get(number, 0)) == wanted, number
    assert {decided(code, audit, numbers[column]) for numbers in LEFT_OUT.values()} == {ENOSYS}
    assert decided(code, 0x40000003, ALLOWED["read"][column]) == EPERM  # i386


@both
def test_arguments_decide(machine):
    column, audit = MACHINES[machine]

    def asked(name: str, *arguments: int, **options) -> int:
        return decided(seccomp.program(machine, **options), audit, ALLOWED[name][column], *arguments)

    assert [asked("socket", family) for family in (1, 2, 10, 16)] == [ALLOW] * 4
    assert [asked("socket", family) for family in (0, 17, 31, 38, 40, 44)] == [EPERM] * 6
    new = [1 << bit for bit in (7, 17, 25, 26, 27, 28, 29, 30)]  # CLONE_NEWTIME, NEWNS, NEWCGROUP ...
    assert [asked("clone", flag | signal.SIGCHLD) for flag in new] == [EPERM] * 8
    assert [asked("clone", flag, setting_up=True) for flag in new] == [ALLOW] * 8
    assert asked("clone", 0x3D0F00) == ALLOW  # a thread
    assert [asked("prctl", option) for option in (15, 62)] == [ALLOW, EPERM]
    for arguments, wanted in [((17, 1), EPERM), ((17, 1 << 32), EPERM), ((17, 0), ALLOW), ((2, 1), ALLOW)]:
        assert asked("rt_sigaction", *arguments, forgetting=False) == wanted
        assert asked("rt_sigaction", *arguments) == ALLOW


def test_another_machine_has_no_filter():
    with pytest.raises(OSError, match="no system-call filter for riscv64"):
        seccomp.program("riscv64")


FILTERED = """
import ctypes, json, os, socket, sys
from autograder.engine.sandbox import seccomp, syscalls
options, calls = json.loads(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(38, 1, 0, 0, 0)
seccomp.install(**options)
found = []
for call in calls:
    ctypes.set_errno(0)
    result = libc.syscall(*[ctypes.c_long(number) for number in call])
    found.append(ctypes.get_errno() if result == -1 else 0)
print(json.dumps(found))
"""


def filtered(code: str, *calls: tuple[int, ...], **options) -> str:
    """What code prints in a child behind the filter, after the error numbers of raw system calls."""
    done = subprocess.run([sys.executable, "-c", FILTERED + code, json.dumps([options, calls])],
                          capture_output=True, text=True, check=True)
    return done.stdout


def number(name: str) -> int:
    return (ALLOWED | SETTING_UP | LEFT_OUT)[name][1 if os.uname().machine == "aarch64" else 0]


def test_the_system_keeps_to_it():
    calls = [(number(name), 0, 0, 0, 0, 0) for name in LEFT_OUT]
    assert json.loads(filtered("", *calls, (number("getpid"),))) == [38] * len(LEFT_OUT) + [0]
    assert json.loads(filtered("", (number("clone"), 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0),
                               (number("socket"), 40, 2, 0), (number("socket"), 1, 2, 0))) == [1, 1, 0]
    assert json.loads(filtered("", (number("seccomp"), 9, 0, 0), (number("unshare"), 0))) == [38, 38]
    assert json.loads(filtered("", (number("unshare"), 0), setting_up=True)) == [0]


def test_threads_and_programs_start():
    code = ("import subprocess, threading\nthread = threading.Thread(target=lambda: print('thread', flush=True))\n"
            "thread.start(); thread.join()\nsubprocess.run(['bash', '-c', 'echo program; sleep 0 & wait'], check=True)")
    assert filtered(code).endswith("thread\nprogram\n")
    assert filtered(code, forgetting=False).endswith("thread\nprogram\n")


def test_children_are_not_forgotten_where_their_time_would_be():
    code = ("import signal\nfor action in (signal.SIG_IGN, signal.SIG_DFL, print):\n"
            "    try: signal.signal(signal.SIGCHLD, action)\n    except OSError as error: print(error.errno)\n"
            "    else: print('set')\nprint(signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL)")
    assert filtered(code, forgetting=False).split("\n", 1)[1] == "1\n1\n1\nTrue\n"
    assert filtered(code).split("\n", 1)[1].startswith("set\nset\nset\n")


@both
def test_a_jump_of_the_filter_stays_inside_it(machine):
    code = seccomp.program(machine, forgetting=False)
    lines = [code[start:start + 8] for start in range(0, len(code), 8)]
    for place, line in enumerate(lines):
        if int.from_bytes(line[:2], "little") & 7 == 5:  # BPF_JMP
            assert place + 1 + max(line[2], line[3]) < len(lines)
    assert len(lines) < 4096
