"""Control groups: on a machine's files made up, and a real one where it can be had."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.engine.sandbox import cgroup


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine's files, with this process in the groups that the argument names."""
    def make(own: str, **files: str) -> Path:
        (tmp_path / "own").write_text(own)
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return tmp_path

    monkeypatch.setattr(cgroup, "_ROOT", tmp_path)
    monkeypatch.setattr(cgroup, "_OWN", tmp_path / "own")
    return make


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_version_1_has_a_group_a_kind(machine):
    root = machine("4:memory:/a/b\n8:pids:/\n5:cpu,cpuacct:/c\n0::/\n",
                   **{"memory/a/b/tasks": "", "pids/tasks": "", "cpuacct/c/tasks": ""})
    group = cgroup.Cgroup("k", 1000, 7)
    assert group.version == 1
    assert contents(root / "memory/a/b/k") == {"memory.limit_in_bytes": "1000", "memory.memsw.limit_in_bytes": "1000"}
    assert contents(root / "pids/k") == {"pids.max": "7"}
    group.add(42)
    for folder in ("memory/a/b/k", "pids/k", "cpuacct/c/k"):
        assert (root / folder / "cgroup.procs").read_text() == "42"


@pytest.mark.parametrize("version", [1, 2])
def test_processor_time_and_threads_are_the_groups(machine, version):
    root, group = made(machine, version)
    assert group.seconds() == 0.0 and group.threads() == []
    if version == 1:
        (root / "cpuacct/k/cpuacct.usage").write_text("2500000000\n")
        (root / "pids/k/tasks").write_text("7\n8\n")
    else:
        (root / "k/cpu.stat").write_text("usage_usec 2500000\nuser_usec 1\nsystem_usec 2\n")
        (root / "k/cgroup.threads").write_text("7\n8\n")
    assert group.seconds() == 2.5 and group.threads() == ["/proc/7", "/proc/8"]
    (root / ("cpuacct/k/cpuacct.usage" if version == 1 else "k/cpu.stat")).unlink()
    assert group.seconds() == 2.5  # what was read last


def made(machine, version: int):
    """A machine's files and a group on it."""
    files = {"memory/tasks": "", "pids/tasks": "", "cpuacct/tasks": "", "cgroup.subtree_control": "memory pids"}
    root = machine("4:memory:/\n8:pids:/\n9:cpuacct:/\n" if version == 1 else "0::/\n", **files)
    return root, cgroup.Cgroup("k", 1000, 7)


def test_version_1_in_a_container_that_does_not_see_its_own_group(machine):
    root = machine("4:memory:/docker/1\n8:pids:/docker/1\n9:cpuacct:/docker/1\n",
                   **{"memory/tasks": "", "pids/tasks": "", "cpuacct/tasks": ""})
    assert cgroup.parents() == (1, {what: root / what for what in ("memory", "pids", "cpuacct")})


@pytest.mark.parametrize("files, expected", [
    ({"app/cgroup.subtree_control": "memory pids", "app/own.scope/cgroup.subtree_control": ""}, "app"),
    ({"app/cgroup.subtree_control": "cpu", "app/own.scope/cgroup.subtree_control": ""}, "app/own.scope"),
    ({"cgroup.subtree_control": "memory pids"}, "."),
])
def test_version_2_has_one_group_below_one_that_bounds(machine, files, expected):
    root = machine("0::/app/own.scope\n", **files)
    group = cgroup.Cgroup("k", 1000, 7)
    assert group.version == 2 and set(group.folders.values()) == {root / expected / "k"}
    assert contents(root / expected / "k") == {"memory.max": "1000", "pids.max": "7", "memory.swap.max": "0"}
    assert {"memory", "pids"} <= set((root / expected / "cgroup.subtree_control").read_text().replace("+", "").split())


@pytest.mark.parametrize("version, name, text, expected", [
    (1, "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n", True),
    (1, "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n", False),
    (2, "memory.events", "low 0\noom 1\noom_kill 2\n", True),
    (2, "memory.events", "oom 1\noom_kill 0\noom_group_kill 0\n", False),
    (2, "other", "", False),
])
def test_out_of_memory_is_read_from_the_group(machine, version, name, text, expected):
    root, group = made(machine, version)
    (root / ("memory/k" if version == 1 else "k") / name).write_text(text)
    assert group.was_out_of_memory() is expected


@pytest.mark.parametrize("version, name, text, expected", [
    (1, "memory.max_usage_in_bytes", "960\n", True),
    (1, "memory.max_usage_in_bytes", "900\n", False),
    (1, "other", "", False),
    (2, "memory.events", "low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\n", True),
    (2, "memory.events", "max 9\noom 0\noom_kill 1\n", False),
])
def test_whose_memory_ran_out_is_read_from_the_group(machine, version, name, text, expected):
    root, group = made(machine, version)
    (root / ("memory/k" if version == 1 else "k") / name).write_text(text)
    assert group.reached_its_memory() is expected


def test_a_machine_without_groups_says_so(machine):
    machine("0::/\n", **{"cgroup.subtree_control/cannot": "be written"})
    with pytest.raises(OSError):
        cgroup.Cgroup("k", 1000, 7)


def test_a_group_that_may_not_be_written_says_which(machine, monkeypatch):
    root = machine("4:memory:/\n8:pids:/\n9:cpuacct:/\n", **{"memory/tasks": "", "pids/tasks": ""})
    monkeypatch.setattr(cgroup.os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match=f"{root}/memory is not writable"):
        cgroup.parents()


def test_a_real_group_bounds_processes():
    try:
        group = cgroup.Cgroup(f"ag-test-{os.getpid()}", 500 << 20, 5)
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")
    code = ("import subprocess, sys\nsys.stdin.readline()\nmade = []\ntry:\n"
            "    for _ in range(20): made.append(subprocess.Popen(['sleep', '60']))\n"
            "except OSError: pass\nprint(len(made))\nfor child in made: child.kill(); child.wait()")
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as child:
        group.add(child.pid)
        assert int(child.communicate("go\n")[0]) < 5
    assert group.seconds() > 0 and group.threads() == []
    group.remove()
    assert not any(folder.exists() for folder in group.folders.values())
