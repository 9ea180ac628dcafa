"""The sandbox's parts, each by itself: the filter, the view, control groups, the watch, the fork server."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import run
from autograder.course import Limits
from autograder.errors import SandboxUnavailable
from autograder.sandbox import cgroup, host, parent, policy, seccomp, watch
from autograder.sandbox.host import ForkServer, Lease

LIMITS = Limits(cell_seconds=20, notebook_seconds=40)


def printed(server: ForkServer, code: str) -> str:
    notebook = new_notebook(cells=[new_code_cell(code)])
    run.run(notebook, LIMITS, server)
    return "".join(o.get("text", o.get("evalue", "")) for o in notebook.cells[0].outputs)


# The system-call filter

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


# What is shown


def test_of_the_environment_a_short_list_is_handed_on():
    variables = {"PATH": "/bin", "CNNLAB_BUDGET": "cpu", "TF_X": "1", "AWS_SECRET": "x", "HOME": "/home/ada",
                 "SSH_AUTH_SOCK": "/s", "PYTHONPATH": "/p", "LD_PRELOAD": "/l.so", "PYTHONSTARTUP": "/s.py"}
    assert policy.environment(variables) == {"PATH": "/bin", "CNNLAB_BUDGET": "cpu", "TF_X": "1"}


def test_the_command_line_shows_the_short_list_and_nothing_else(tmp_path):
    (tmp_path / "data" / "inner").mkdir(parents=True)
    line = policy.command(tmp_path, [tmp_path / "data", tmp_path / "data" / "inner"], ["--socket", "s"])
    bound = [line[place + 1] for place, word in enumerate(line) if word in ("--ro-bind", "--bind")]
    own = [str(tmp_path / name) for name in ("etc/passwd", "etc/group", "control", "kernels", "data")]
    allowed = {*policy.SYSTEM, *own, *map(str, policy.interpreter())}
    assert set(bound) <= allowed and str(tmp_path / "data" / "inner") not in bound
    writable = [line[place + 1] for place, word in enumerate(line) if word == "--bind"]
    assert writable == [str(tmp_path / "control"), str(tmp_path / "kernels")]
    assert "--unshare-all" in line and line.index("--remount-ro") > line.index("--bind")
    assert f"--keep={tmp_path / 'data'}" in line or not tmp_path.is_relative_to("/tmp")


def test_visible_paths_are_packages_and_what_the_course_says(tmp_path):
    (tmp_path / "data").mkdir()
    entries = ["data", "missing", "{nbformat}/v4", "{no_such_package}/x", "/usr/share"]
    found = policy.visible_paths(["nbformat", "json", "sys", "no_such_module"], entries, tmp_path)
    package = policy.package_folder("nbformat")
    assert {package, package / "v4", tmp_path / "data"} <= set(found)
    assert all(path.exists() for path in found) and Path("/usr/share") not in found


def test_a_package_is_found_and_a_builtin_is_not():
    assert policy.package_folder("nbformat").name == "nbformat"
    assert policy.package_folder("sys") is policy.package_folder("no_such.module") is None


# Control groups


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
    root = machine("4:memory:/a/b\n8:pids:/\n0::/\n", **{"memory/a/b/tasks": "", "pids/tasks": ""})
    group = cgroup.Cgroup("k", 1000, 7)
    assert group.version == 1
    assert contents(root / "memory/a/b/k") == {"memory.limit_in_bytes": "1000", "memory.memsw.limit_in_bytes": "1000"}
    assert contents(root / "pids/k") == {"pids.max": "7"}
    group.add(42)
    assert (root / "memory/a/b/k/cgroup.procs").read_text() == (root / "pids/k/cgroup.procs").read_text() == "42"


def test_version_1_in_a_container_that_does_not_see_its_own_group(machine):
    root = machine("4:memory:/docker/1\n8:pids:/docker/1\n", **{"memory/tasks": "", "pids/tasks": ""})
    assert cgroup.parents() == (1, {"memory": root / "memory", "pids": root / "pids"})


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
    root = machine("4:memory:/\n8:pids:/\n" if version == 1 else "0::/\n",
                   **{"memory/tasks": "", "pids/tasks": "", "cgroup.subtree_control": "memory pids"})
    group = cgroup.Cgroup("k", 1000, 7)
    (root / ("memory/k" if version == 1 else "k") / name).write_text(text)
    assert group.was_out_of_memory() is expected


def test_a_machine_without_groups_says_so(machine):
    machine("0::/\n", **{"cgroup.subtree_control/cannot": "be written"})
    with pytest.raises(OSError):
        cgroup.Cgroup("k", 1000, 7)


def test_a_group_that_may_not_be_written_says_which(machine, monkeypatch):
    root = machine("4:memory:/\n8:pids:/\n", **{"memory/tasks": "", "pids/tasks": ""})
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
    group.remove()
    assert not any(folder.exists() for folder in group.folders.values())


# The watch


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
    group = SimpleNamespace(was_out_of_memory=lambda: True, remove=lambda: None)
    monkeypatch.setattr(watch, "make_group", lambda *_: group)
    lease = FakeLease("import time; time.sleep(60)")
    watching = watch.Watch(lease, {"memory_megabytes": 50, "files_megabytes": 1, "processes": 10, "cpu_seconds": 9})
    watching.stop()
    lease.process.wait()
    assert lease.reason == "used more than 50 MB of memory"


# The fork server, from outside


def test_without_bubblewrap_nothing_starts(monkeypatch):
    monkeypatch.setattr(policy, "bubblewrap", lambda: "/no/such/bwrap")
    with pytest.raises(SandboxUnavailable, match="^/no/such/bwrap cannot be started: No such file or directory$"):
        ForkServer([]).start()


def test_a_bubblewrap_that_fails_is_quoted(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(policy, "bubblewrap", lambda: str(program))
    server = ForkServer([])
    with pytest.raises(SandboxUnavailable, match="^it ended: bwrap: No permissions to create new namespace$"):
        server.start()
    assert not server.folder.exists()


def test_a_parent_that_does_not_begin_is_given_up(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\nsleep 600; true\n")
    program.chmod(0o755)
    monkeypatch.setattr(policy, "bubblewrap", lambda: str(program))
    monkeypatch.setattr(host, "START", 0.2)
    monkeypatch.setattr(host, "END", 0.2)
    server = ForkServer([])
    with pytest.raises(SandboxUnavailable, match="^it did not begin within 0 s$"):
        server.start()
    assert not [child for child in psutil.Process().children(recursive=True) if "600" in child.cmdline()]


def test_a_killed_parent_is_named_and_takes_its_kernels_along():
    with ForkServer([], env=run.environment()) as server:
        lease = _lease(server, "first")
        kernel = psutil.Process(lease.pid)
        (init,) = psutil.Process(server._process.pid).children()
        (warm,) = init.children()
        warm.kill()
        server._process.wait(20)
        psutil.wait_procs([kernel], timeout=20)
        assert not psutil.pid_exists(kernel.pid) and not server.alive
        with pytest.raises(SandboxUnavailable, match="^the process that kernels are forked from has ended$"):
            _lease(server, "second")
        lease.close()


def test_a_killed_worker_takes_its_parent_and_kernels_along():
    code = ("import sys, time\nsys.path[:0] = sys.argv[1:]\nfrom test_sandbox import _lease, ForkServer, psutil\n"
            "server = ForkServer([])\nserver.start()\nlease = _lease(server, 'first')\n"
            "print(server._process.pid, lease.pid, flush=True)\ntime.sleep(600)")
    here = Path(__file__).parent
    with subprocess.Popen([sys.executable, "-c", code, str(here), str(here.parent)], stdout=-1, text=True) as worker:
        server, kernel = map(int, worker.stdout.readline().split())
        processes = [psutil.Process(server), psutil.Process(kernel)]
        worker.kill()
    assert psutil.wait_procs(processes, timeout=20)[1] == []
    host.sweep()


def test_a_kernel_that_cannot_be_set_up_says_why():
    with ForkServer([], env=run.environment()) as server:
        with pytest.raises(SandboxUnavailable, match="^no kernel could be forked: KeyError: 'files_megabytes'$"):
            _lease(server, "first", limits={})
        assert server.alive and printed(server, "print(1)") == "1\n"


def test_a_lease_ends_with_its_last_process():
    with ForkServer([], env=run.environment()) as server:
        lease = _lease(server, "first")
        kernel = psutil.Process(lease.pid)
        assert kernel.status() != psutil.STATUS_ZOMBIE and lease.poll() is None
        lease.close()
        assert not kernel.is_running() or kernel.status() == psutil.STATUS_ZOMBIE
        assert lease.poll() == -signal.SIGKILL
        lease.close()  # once more does no harm


def _lease(server: ForkServer, name: str, limits: dict | None = None) -> Lease:
    connection = {"key": "k", "signature_scheme": "hmac-sha256", "transport": "ipc", "ip": "s"}
    return Lease(server.folder, name, {
        "connection": connection, "env": {}, "files": {},
        "limits": LIMITS.model_dump() if limits is None else limits})


def test_what_a_killed_worker_left_is_swept_and_the_living_are_not(monkeypatch, tmp_path):
    with tempfile.TemporaryDirectory(prefix="t") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        code = ("import os, tempfile, sys\ntempfile.tempdir = sys.argv[1]\n"
                "from autograder.sandbox.host import ForkServer\nserver = ForkServer([], sandbox=False)\n"
                "print(server.folder, flush=True)\nsys.stdin.readline()\nos._exit(9)")
        with subprocess.Popen([sys.executable, "-c", code, short], stdin=-1, stdout=-1, text=True) as other:
            left = Path(other.stdout.readline().strip())
            living = ForkServer([], sandbox=False)
            assert left.is_dir() and living.folder.is_dir()
            other.communicate("end\n")
        last = ForkServer([], sandbox=False)
        assert not left.exists() and living.folder.is_dir()
        living.close()
        last.close()
        assert os.listdir(short) == []


# A parent whose forks do not work


def test_where_the_trial_fork_fails_kernels_start_cold(monkeypatch, tmp_path):
    (tmp_path / "breaks_forks.py").write_text("import os\nos.register_at_fork(after_in_child=lambda: os._exit(3))\n")
    real = policy.command

    def command(*arguments):
        line = real(*arguments)
        return [*line[:1], "--setenv", "PYTHONPATH", str(tmp_path), *line[1:]]

    monkeypatch.setattr(policy, "command", command)
    with ForkServer(["breaks_forks"], [tmp_path], run.environment()) as server:
        assert server.cold == "the trial fork failed"
        assert printed(server, "import sys; print('breaks_forks' in sys.modules)") == "False\n"


def test_a_trial_fork_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(parent, "TRIAL", 0.3)
    monkeypatch.setattr(parent, "_operation", lambda modules: signal.pause())
    assert parent.try_a_fork([]) == "the trial fork hung for 0 s"
    assert psutil.Process().children() == []


def test_what_cannot_be_imported_is_missing_and_the_rest_is_there():
    with ForkServer(["no_such_module", "json"], env=run.environment()) as server:
        assert server.cold == "" and list(server.missing) == ["no_such_module"]
        assert "ModuleNotFoundError" in server.missing["no_such_module"]
        assert printed(server, "import sys; print('json' in sys.modules)") == "True\n"
