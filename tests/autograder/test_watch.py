"""The watch over a process tree and its limits."""

import os
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from autograder.sandbox import watch


class FakeLease:
    """A process of this machine in the place of a kernel."""

    def __init__(self, code: str) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        self.pid, self.exit, self.reason, self.name = self.process.pid, None, "", "ag-fake-1"
        self.killed = threading.Event()

    def kill(self, reason: str = "") -> None:
        self.reason = self.reason or reason
        os.killpg(self.pid, signal.SIGKILL)
        self.killed.set()

    def close(self) -> None:
        self.kill()
        self.process.wait()


@pytest.mark.parametrize("code, reason", [
    ("while True: pass", "used more than 1 s of processor time"),
    ("import subprocess, time\nfor _ in range(20): subprocess.Popen(['sleep', '60'])\ntime.sleep(60)",
     "started more than 10 processes and threads"),
    ("x = bytearray(b'1') * 150_000_000\nimport time; time.sleep(60)", "used more than 50 MB of memory"),
    ("import os, time\nfor _ in range(3):\n    if os.fork() == 0: x = bytearray(b'1') * 50_000_000; time.sleep(60)\n"
     "time.sleep(60)", "used more than 50 MB of memory"),
], ids=["processor", "processes", "memory", "memory of all"])
def test_a_tree_over_its_limits_is_ended_with_the_reason(monkeypatch, code, reason):
    monkeypatch.setattr(watch, "make_group", lambda *_: None)
    monkeypatch.setattr(watch, "_files_megabytes", lambda pid: 0.0)
    lease = FakeLease(f"import time; time.sleep(0.5)\n{code}")
    limits = {"memory_megabytes": 50, "files_megabytes": 1, "processes": 10, "cpu_seconds": 1}
    watching = watch.Watch(lease, limits)
    try:
        assert lease.killed.wait(30)
        assert watching.reason == lease.reason == reason
    finally:
        lease.process.kill()
        lease.process.wait()
        watching._ended.set()


def test_a_kernel_that_the_system_ended_for_its_memory_has_that_reason(monkeypatch):
    group = SimpleNamespace(members=list, was_out_of_memory=lambda: True, remove=lambda: None)
    monkeypatch.setattr(watch, "make_group", lambda *_: group)
    lease = FakeLease("import time; time.sleep(60)")
    watching = watch.Watch(lease, {"memory_megabytes": 50, "files_megabytes": 1, "processes": 10, "cpu_seconds": 9})
    watching.stop()
    assert lease.reason == "used more than 50 MB of memory"
