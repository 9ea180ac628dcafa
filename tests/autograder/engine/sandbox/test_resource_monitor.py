"""The monitor of a process tree and its limits."""

import os
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from autograder.engine.sandbox import resource_monitor

LIMITS = {"memory_megabytes": 50, "files_megabytes": 1, "processes": 10, "notebook_seconds": 1}


class FakeHandle:
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

    def poll(self) -> int | None:
        return self.process.poll()


@pytest.mark.parametrize("code, reason", [
    ("while True: pass", "used more than 1 s of processor time"),
    ("import subprocess, time\nfor _ in range(20): subprocess.Popen(['sleep', '60'])\ntime.sleep(60)",
     "started more than 10 processes and threads"),
    ("x = bytearray(b'1') * 150_000_000\nimport time; time.sleep(60)", "used more than 50 MB of memory"),
    ("import os, time\nfor _ in range(3):\n    if os.fork() == 0: x = bytearray(b'1') * 50_000_000; time.sleep(60)\n"
     "time.sleep(60)", "used more than 50 MB of memory"),
], ids=["processor", "processes", "memory", "memory of all"])
def test_a_tree_over_its_limits_is_ended_with_the_reason(monkeypatch, code, reason):
    monkeypatch.setattr(resource_monitor, "_files", lambda pid: 0)
    monkeypatch.setattr(resource_monitor, "SLACK", 0)
    handle = FakeHandle(f"import time; time.sleep(0.5)\n{code}")
    watching = resource_monitor.ResourceMonitor(handle, LIMITS, None, first=False)
    try:
        assert handle.killed.wait(60)
        assert watching.reason == handle.reason == reason
    finally:
        handle.process.kill()
        handle.process.wait()
        watching._ended.set()


class Group:
    """A control group that says what a test wants."""

    def __init__(self, **answers) -> None:
        self.answers = {"was_out_of_memory": False, "reached_its_memory": False, "seconds": 0.0, "threads": ()} | answers
        self.removed = False

    def __getattr__(self, name):
        return lambda: self.answers[name]

    def add(self, pid: int) -> None:
        if "refuses" in self.answers:
            raise PermissionError(13, "cgroup.procs")

    def remove(self) -> None:
        self.removed = True


@pytest.mark.parametrize("answers, reason", [
    ({"was_out_of_memory": True, "reached_its_memory": True}, "used more than 50 MB of memory"),
    ({"was_out_of_memory": True}, resource_monitor.MACHINE),
    ({"seconds": 12.0}, "used more than 1 s of processor time"),
    ({"refuses": True}, "could not be put into a control group"),
], ids=["its memory", "the machine's memory", "processor", "no way in"])
def test_what_a_group_says_ends_a_kernel_with_the_reason(answers, reason):
    handle, group = FakeHandle("import time; time.sleep(60)"), Group(**answers)
    watching = resource_monitor.ResourceMonitor(handle, LIMITS, group)
    assert handle.killed.wait(60)
    watching.stop()
    assert handle.reason == watching.reason == reason and group.removed


def test_without_a_group_a_kernel_ends_where_the_machine_has_no_memory_left(monkeypatch):
    monkeypatch.setattr(resource_monitor, "_files", lambda pid: 0)
    monkeypatch.setattr(resource_monitor.psutil, "virtual_memory", lambda: SimpleNamespace(available=100, total=10_000))
    handle = FakeHandle("import time; time.sleep(60)")
    watching = resource_monitor.ResourceMonitor(handle, LIMITS | {"memory_megabytes": 5000}, None, first=False)
    assert handle.killed.wait(60)
    watching.stop()
    assert handle.reason == resource_monitor.MACHINE


def test_a_machine_without_groups_has_none(monkeypatch):
    def refuses(*_):
        raise PermissionError(13, "no")

    monkeypatch.setattr(resource_monitor, "Cgroup", refuses)
    assert resource_monitor.make_group("name", LIMITS) is None
    monkeypatch.setattr(resource_monitor, "Cgroup", lambda *arguments: SimpleNamespace(made=arguments))
    assert resource_monitor.make_group("name", LIMITS).made == ("name", 51 << 20, 10)
