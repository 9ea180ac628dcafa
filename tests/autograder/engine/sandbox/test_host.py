"""The fork server, from outside: what fails, what ends with what, what is left."""

import os
import platform
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine import run
from autograder.engine.sandbox import host, parent, policy
from autograder.engine.sandbox.handle import KernelHandle
from autograder.engine.sandbox.host import ForkServer
from autograder.errors import SandboxUnavailable
from autograder.jobs import Limits

LIMITS = Limits(cell_seconds=20, notebook_seconds=40)


def printed(server: ForkServer, code: str) -> str:
    notebook = new_notebook(cells=[new_code_cell(code)])
    run.run(notebook, LIMITS, server)
    return "".join(o.get("text", o.get("evalue", "")) for o in notebook.cells[0].outputs)


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
    with pytest.raises(SandboxUnavailable, match="^it stood still for 0 s before it began$"):
        server.start()
    assert not [child for child in psutil.Process().children(recursive=True) if "600" in child.cmdline()]


def test_a_killed_parent_is_named_and_takes_its_kernels_along():
    with ForkServer([], env=run.environment()) as server:
        handle = _handle(server, "first")
        kernel = psutil.Process(handle.pid)
        (init,) = psutil.Process(server._process.pid).children()
        (warm,) = init.children()
        warm.kill()
        server._process.wait(20)
        psutil.wait_procs([kernel], timeout=20)
        assert not psutil.pid_exists(kernel.pid) and not server.alive
        with pytest.raises(SandboxUnavailable, match="^the process that kernels are forked from has ended$"):
            _handle(server, "second")
        handle.close()


def test_a_killed_worker_takes_its_parent_and_kernels_along():
    code = ("import sys, time\nsys.path[:0] = sys.argv[1:]\nfrom test_host import _handle, ForkServer, psutil\n"
            "server = ForkServer([])\nserver.start()\nhandle = _handle(server, 'first')\n"
            "print(server._process.pid, handle.pid, flush=True)\ntime.sleep(600)")
    here = str(Path(__file__).parent)
    with subprocess.Popen([sys.executable, "-c", code, here], stdout=-1, text=True) as worker:
        server, kernel = map(int, worker.stdout.readline().split())
        processes = [psutil.Process(server), psutil.Process(kernel)]
        worker.kill()
    assert psutil.wait_procs(processes, timeout=20)[1] == []
    host.sweep()


def test_a_kernel_that_cannot_be_set_up_says_why():
    with ForkServer([], env=run.environment()) as server:
        with pytest.raises(SandboxUnavailable, match="^no kernel could be forked: KeyError: 'files_megabytes'$"):
            _handle(server, "first", limits={})
        assert server.alive and printed(server, "print(1)") == "1\n"


def test_a_handle_ends_with_its_last_process():
    with ForkServer([], env=run.environment()) as server:
        handle = _handle(server, "first")
        kernel = psutil.Process(handle.pid)
        assert kernel.status() != psutil.STATUS_ZOMBIE and handle.poll() is None
        handle.close()
        assert not kernel.is_running() or kernel.status() == psutil.STATUS_ZOMBIE
        assert handle.poll() == -signal.SIGKILL
        handle.close()  # once more does no harm


def _handle(server: ForkServer, name: str, limits: dict | None = None) -> KernelHandle:
    connection = {"key": "k", "signature_scheme": "hmac-sha256", "transport": "ipc", "ip": "s"}
    return KernelHandle(server.folder, name, {
        "connection": connection, "env": {}, "files": {}, "grouped": True,
        "limits": LIMITS.model_dump() if limits is None else limits})


def test_what_a_killed_worker_left_is_swept_and_the_living_are_not(monkeypatch, tmp_path):
    with tempfile.TemporaryDirectory(prefix="t") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        code = ("import os, tempfile, sys\ntempfile.tempdir = sys.argv[1]\n"
                "from autograder.engine.sandbox.host import ForkServer\nserver = ForkServer([], sandbox=False)\n"
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
    before = set(psutil.Process().children())
    assert parent.try_a_fork([]) == "the trial fork hung for 0 s"
    assert set(psutil.Process().children()) <= before


def test_what_cannot_be_imported_is_missing_and_the_rest_is_there():
    with ForkServer(["no_such_module", "json"], env=run.environment()) as server:
        assert server.cold == "" and list(server.missing) == ["no_such_module"]
        assert "ModuleNotFoundError" in server.missing["no_such_module"]
        assert printed(server, "import sys; print('json' in sys.modules)") == "True\n"


LARGE = """
from autograder.engine.sandbox import syscalls
content = bytes(range(256)) * (1 << 16)  # 16 MB
before = open("/proc/self/smaps_rollup").read().split("AnonHugePages:")[1].split()[0]
syscalls.use_large_pages()
after = open("/proc/self/smaps_rollup").read().split("AnonHugePages:")[1].split()[0]
assert content == bytes(range(256)) * (1 << 16)
print(before, after)
"""


def test_memory_is_put_into_large_pages_and_stays_what_it_was():
    if not Path("/sys/kernel/mm/transparent_hugepage").is_dir():
        pytest.skip("this system has no large pages")
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    if after == before and tuple(map(int, platform.release().split(".")[:2])) < (6, 1):
        pytest.skip("this system is older than the call for it")
    assert after >= before + 8 * 1024  # kB


@pytest.mark.parametrize("graded", [True, False])
def test_operations_run_without_a_function_where_a_notebook_is_graded_and_give_its_numbers(graded):
    code = """
import tensorflow as tf
images, kernels, features, weights = (
    tf.random.stateless_normal(shape, (1, 2)) for shape in ((2, 9, 8, 3), (3, 2, 3, 4), (2, 5, 4, 4), (16, 5)))
same = dict(strides=[1, 2, 2, 1], padding="SAME")
for operation in (
    lambda: tf.raw_ops.Conv2D(input=images, filter=kernels, **same),
    lambda: tf.raw_ops.Conv2DBackpropInput(input_sizes=[2, 9, 8, 3], filter=kernels, out_backprop=features, **same),
    lambda: tf.raw_ops.Conv2DBackpropFilter(input=images, filter_sizes=[3, 2, 3, 4], out_backprop=features, **same),
    lambda: tf.raw_ops.MaxPool(input=images, ksize=[1, 3, 3, 1], **same),
    lambda: tf.raw_ops.MatMul(a=weights, b=weights, transpose_a=True),
):
    print((operation().numpy() == tf.function(operation)().numpy()).all())
try:
    tf.ones((2, 3)) @ tf.ones((2, 3))
except tf.errors.InvalidArgumentError as error:
    print(error)
"""
    with ForkServer(["tensorflow"], env=run.environment(graded=graded)) as server:
        text = printed(server, code)
    assert text.startswith("True\n" * 5) and "Matrix size-incompatible" in text, text
    assert ("{{function_node __wrapped__" in text) == (not graded), text
