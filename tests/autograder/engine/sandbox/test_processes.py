"""Processes counted one by one."""

import os
import subprocess
import sys
from contextlib import contextmanager

from autograder.engine.sandbox.processes import Tree, proportional, ready

SPENT = "import time\nwhile time.process_time() < 0.33: pass\n"
SAY = "print('ready', flush=True); sys.stdin.readline()"


@contextmanager
def process(code: str):
    """A Python process that has run the code, and waits."""
    code = f"import os, subprocess, sys\n{code}\n{SAY}"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as one:
        while one.stdout.readline() != "ready\n":
            pass
        yield Tree(one.pid)
        one.communicate("end\n")


def test_time_of_children_counts_while_they_live_when_they_were_waited_for_and_in_between():
    with process(SPENT) as tree:
        assert 0.3 <= tree.seconds() < 10
    with process(f"subprocess.run([sys.executable, '-c', {SPENT!r}])") as tree:
        assert tree.seconds() >= 0.3
    unwaited = ("child = os.fork()\nif child == 0:\n    import time\n    while time.process_time() < 0.33: pass\n"
                "    os._exit(0)\nos.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)")
    with process(unwaited) as tree:
        assert len(tree.members()) == 2 and tree.seconds() >= 0.3
    assert tree.members() == [] and tree.seconds() >= 0.3  # what was seen is not forgotten


def test_time_of_many_children_that_ran_for_less_than_the_clocks_tick_counts():
    children = ("import time\nfor _ in range(60):\n    child = os.fork()\n    if child == 0:\n"
                "        end = time.process_time() + 0.006\n        while time.process_time() < end: pass\n"
                "        os._exit(0)\n    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)")
    with process(children) as tree:
        assert tree.seconds() > 60 * 0.0055


def test_threads_and_memory_are_those_of_all_its_processes():
    code = ("import threading\nheld = bytearray(b'1') * 30_000_000\ngo = threading.Event()\n"
            "for _ in range(3): threading.Thread(target=go.wait, daemon=True).start()\n"
            "child = subprocess.Popen(['sleep', '60'])\nimport atexit; atexit.register(child.kill)")
    with process(code) as tree:
        own, child = tree.members()
        assert (own.threads, child.threads, len(list(tree.threads()))) == (4, 1, 5)
        assert own.resident > 30_000_000 and proportional(own) > 30_000_000 and 0 < own.tables < 50_000_000
        assert not ready(tree.threads())


def test_page_tables_are_memory():
    code = ("import mmap\nsize = 16 << 30\nview = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)\n"
            "view.madvise(mmap.MADV_NOHUGEPAGE)\nfor start in range(0, size, 2 << 20): view[start]")
    with process(code) as tree:
        (one,) = tree.members()
        assert one.tables >= 8192 * 4096 > one.resident - 30_000_000
        assert proportional(one) >= one.tables


def test_a_thread_that_computes_or_waits_for_a_processor_is_ready():
    assert ready([f"/proc/{os.getpid()}"])
    assert not ready(["/proc/0", "/proc/no"])


def test_what_has_gone_has_nothing():
    with process("") as tree:
        (member,) = tree.members()
    assert tree.members() == [] and list(tree.threads()) == [] and proportional(member) == 0
    assert Tree(tree.pid, first=True).members() == []
