"""The warm parent: imports once, executes nothing else, and forks kernels on request.

    python -m autograder.engine.sandbox.parent OPTIONS      (started by host.py, or forked by template.py)

It gives up its privileges, imports, tries one fork, moves its memory into large pages, prints `{"ready": ...}` to
stdout, and serves one Unix socket. Each connection is the handle of one kernel:

    worker sends    {"folder", "connection", "env", "limits", ...}, then {"signal": n} or nothing
    kernel answers  {"kernel": true}, once
    parent answers  {"exit": code}, when the kernel has ended

Closing a connection ends its kernel; closing standard input ends the parent. If a process has executed a TensorFlow
operation, its forks lack some of its threads, and hang. So one fork is tried first with a real operation. If it does
not finish, the parent starts again without the notebook's imports.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.engine.sandbox import baseline, child, policy, seccomp, shortcuts, syscalls
from autograder.engine.sandbox.processes import Tree
from autograder.engine.sandbox.stopwatch import Stopwatch

KERNELS_OWN = (  # modules that every kernel needs, whatever the notebook imports
    "IPython", "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect",
    "IPython.extensions.storemagic", "ipykernel.debugger", "ipykernel.ipkernel", "ipykernel.zmqshell",
    "tornado.platform.asyncio", "autograder.engine.sandbox.kernel",
)
ALSO = {  # modules that these packages import only when they are first used
    "numpy": ("numpy.random", "numpy.testing"),
    "tensorflow": ("keras", "keras.src.backend.tensorflow.trainer"),
    "matplotlib": ("matplotlib.pyplot", "matplotlib.backends.backend_agg"),
}
TRIAL = 30.0  # seconds that the trial fork may stand still before its operation is done
REQUEST = 300.0  # seconds that a worker has to send the next piece of its request
LARGEST_REQUEST = 1_000_000  # bytes
UID = 1000  # inside the sandbox; the user outside stays the same


def main() -> None:
    given = options()
    if given.isolated and not given.settled:
        drop_privileges()
    missing = warm_up([name for name in given.modules.split(",") if name])
    choose_a_pager()
    prepare_for_figures()
    shortcuts.first_traceback()
    if os.environ.get(policy.GRADED[0]) == policy.GRADED[1]:  # else outputs are kept, and must be as students see them
        shortcuts.run_operations_directly()
    reason = "" if given.cold else try_a_fork(given.modules.split(","))
    if reason:
        begin_anew(reason)
    baseline.record(given.package)
    gc.collect()
    gc.freeze()  # garbage collection in a fork skips these objects and copies none of their pages
    shortcuts.use_large_pages()
    tell({"ready": True, "cold": given.cold, "missing": missing})
    serve(given)


def options() -> argparse.Namespace:
    """Read the command line of a parent, or of a template (template.py)."""
    parser = argparse.ArgumentParser(prog="autograder.engine.sandbox.parent")
    parser.add_argument("--socket", required=True)
    parser.add_argument("--kernels", required=True, help="the folder of the kernels' own folders")
    parser.add_argument("--modules", default="", help="comma-separated")
    parser.add_argument("--package", default="", help="the course's own, whose code is protected")
    parser.add_argument("--keep", action="append", default=[], help="a folder below /tmp that kernels see")
    parser.add_argument("--isolated", action="store_true")
    parser.add_argument("--settled", action="store_true", help="the rights are given up already")
    parser.add_argument("--cold", default="", help="why nothing is imported")
    return parser.parse_args()


def drop_privileges() -> None:
    """Leave bubblewrap's user namespace for one without capabilities, and install the system-call filter.

    A fork needs its own /proc, which shows only its own processes. Linux lets it mount one only if the existing /proc
    is fully visible, but bubblewrap covers parts of it. So these covers are unmounted first.
    """
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for target in reversed(mounts):
        if target.startswith("/proc/"):
            syscalls.unmount(target)
    inside = os.getuid()
    syscalls.unshare(syscalls.CLONE_NEWUSER)
    syscalls.map_user(UID, inside)
    syscalls.drop_capabilities()
    seccomp.install(setting_up=True)


def warm_up(modules: list[str]) -> dict[str, str]:
    """Import modules; return those that could not be imported, with the reason.

    A missing module is no error here: the notebook's own import will fail. A name is a module, or `module:name` for
    `from module import name` in a notebook.
    """
    missing = {}
    roots = {name.split(".")[0] for name in modules}
    also = [name for root, names in ALSO.items() if root in roots for name in names]
    for name in [*modules, *also, *KERNELS_OWN, *_magics()]:
        module, _, attribute = name.partition(":")
        try:
            found = importlib.import_module(module)
            if attribute and not hasattr(found, attribute):
                importlib.import_module(f"{module}.{attribute}")
        except Exception as error:  # an import runs code, which can raise anything
            missing[name] = f"{type(error).__name__}: {error}"
    return missing


def _magics() -> list[str]:
    """Return the names of the modules of IPython's magics, which newer versions load at first use."""
    from IPython.core import magics

    return [f"{magics.__name__}.{module.name}" for module in pkgutil.iter_modules(magics.__path__)]


def choose_a_pager() -> None:
    """Choose the pager of `help`, which would otherwise replace a function of its own module at the first call."""
    import pydoc

    names = ("plainpager", "plain_pager")  # the second: Python 3.13 and later
    pydoc.pager = next(getattr(pydoc, name) for name in names if hasattr(pydoc, name))


def prepare_for_figures() -> None:
    """Change pyplot as IPython does at a notebook's first figure, so that this does not look like tampering."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    with suppress(ImportError):
        from IPython.utils.decorators import flag_calls

        pyplot.draw_if_interactive = flag_calls(pyplot.draw_if_interactive)


def try_a_fork(modules: list[str]) -> str:
    """Fork once and execute one operation; return why that failed, or an empty string."""
    pid = os.fork()
    if pid == 0:
        try:
            syscalls.die_with_parent()
            _operation(modules)
        except BaseException:
            os._exit(1)
        os._exit(0)
    stopwatch = Stopwatch(Tree(pid))
    while stopwatch.still < TRIAL:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return "" if status == 0 else "the trial fork failed"
        time.sleep(0.01)
        stopwatch.look()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return f"the trial fork hung for {TRIAL:.0f} s"


def _operation(modules: list[str]) -> None:
    roots = {name.split(".")[0] for name in modules}
    if roots & {"tensorflow", "keras"}:
        import tensorflow as tf

        assert float(tf.reduce_sum(tf.linalg.matmul(tf.ones((64, 64)), tf.ones((64, 64))))) == 64**3
    elif "numpy" in roots:
        import numpy

        assert numpy.ones((64, 64)).dot(numpy.ones((64, 64))).sum() == 64**3


def begin_anew(reason: str) -> None:
    """Start the same program again, without the notebook's imports."""
    kept = [word for word in sys.argv[1:] if not word.startswith("--modules")]
    os.execv(sys.executable, [
        sys.executable, "-P", "-s", "-m", "autograder.engine.sandbox.parent", *kept, "--settled", f"--cold={reason}",
    ])


def tell(message: dict) -> None:
    """Print one line of JSON for the worker that started this parent."""
    print(json.dumps(message), flush=True)


def serve(options: argparse.Namespace) -> None:
    """Fork kernels on request, and end this process when standard input closes."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(options.socket)
    listener.listen(64)
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ, ("new", None))
    selector.register(0, selectors.EVENT_READ, ("end", None))
    tell({"serving": True})
    while True:
        for key, _ in selector.select():
            kind, kernel = key.data
            if kind == "end":
                os._exit(0)  # the kernels die with this process
            elif kind == "new":
                connection, _ = listener.accept()
                _ForkedKernel.start(connection, options, selector)
            elif kind == "handle":
                kernel.obey(selector)
            else:
                kernel.reap(selector)


class _ForkedKernel:
    """A running fork: its connection and its process."""

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.connection, self.pid = connection, pid
        self.process = os.pidfd_open(pid)
        self.text = b""

    @classmethod
    def start(cls, connection: socket.socket, options: argparse.Namespace, selector: selectors.BaseSelector) -> None:
        connection.settimeout(REQUEST)
        try:
            request = json.loads(line(connection))
            folder = str(Path(options.kernels, Path(request["folder"]).name))
        except (OSError, ValueError, KeyError):
            connection.close()
            return
        connection.settimeout(None)
        own = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                child.become_kernel(request, connection, folder, options.isolated, options.keep, own)
            except BaseException as error:
                _complain(connection, error)
            finally:
                os._exit(1)
        kernel = cls(connection, pid)
        selector.register(connection, selectors.EVENT_READ, ("handle", kernel))
        selector.register(kernel.process, selectors.EVENT_READ, ("ended", kernel))

    def obey(self, selector: selectors.BaseSelector) -> None:
        """Send the kernel the signals that the worker asks for, or kill it if its connection has closed."""
        try:
            data = self.connection.recv(1000)
        except OSError:
            data = b""
        if not data:
            selector.unregister(self.connection)
            self.connection.close()
            os.kill(self.pid, signal.SIGKILL)
            return
        *lines, self.text = (self.text + data).split(b"\n")
        for line in lines:
            os.kill(self.pid, int(json.loads(line)["signal"]))

    def reap(self, selector: selectors.BaseSelector) -> None:
        """Pass on the exit code of the kernel, which has ended."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        selector.unregister(self.process)
        os.close(self.process)
        if self.connection.fileno() >= 0:
            selector.unregister(self.connection)
            with suppress(OSError):  # the worker has gone
                self.connection.sendall(json.dumps({"exit": code}).encode() + b"\n")
            self.connection.close()


def _complain(connection: socket.socket, error: BaseException) -> None:
    """Tell the worker, if it still listens, why this fork did not become a kernel."""
    with suppress(OSError):
        connection.sendall(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode() + b"\n")


def line(connection: socket.socket) -> bytes:
    """Return the request: all bytes up to the first line end."""
    text = bytearray()
    while not text.endswith(b"\n"):
        part = connection.recv(1 << 20)
        if not part or len(text) > LARGEST_REQUEST:
            raise OSError("no whole request")
        text += part
    return bytes(text)


if __name__ == "__main__":
    main()
