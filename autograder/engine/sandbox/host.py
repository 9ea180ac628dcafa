"""The worker's side of the sandbox: start the parent, ask it for kernels, and end them."""

from __future__ import annotations

import json
import os
import select
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

import psutil

from autograder import extra_files
from autograder.engine.sandbox import cgroup, policy
from autograder.engine.sandbox.processes import Tree
from autograder.engine.sandbox.stopwatch import Stopwatch
from autograder.errors import SandboxUnavailable

PREFIX = "ag-"
START = 180.0  # seconds that the parent may stand still before it serves
FORK = 600.0  # seconds that forking a kernel may take; on an idle machine it takes 0.1 s
END = 10.0  # seconds that a process has to end after it was asked to
ENDING = "ending a kernel"  # the name of the threads that wait until a kernel has gone


class ForkServer:
    """A warm parent and its folder; use as a context manager.

    Parameters
    ----------
    modules : list of str
        what the parent imports, such as "tensorflow" and "matplotlib.pyplot".
    visible : list of Path
        what a kernel sees besides the interpreter, read only.
    env : dict of str
        the environment variables of the parent; by default those that `policy.environment` selects.
    sandbox : bool
        False: the parent runs outside any sandbox, as this user, with access to everything.
    package : str
        the name of the course's own package, whose code is protected; empty if there is none.

    Attributes
    ----------
    folder : Path
        the folder in which the provisioner finds the parent; the kernelspec names it.
    cold : str
        why kernels start without the imports; empty if they have them.
    missing : dict of str
        the modules that could not be imported, with the reason.
    """

    def __init__(
        self, modules: list[str], visible: list[Path] | None = None, env: dict[str, str] | None = None,
        sandbox: bool = True, package: str = "",
    ) -> None:
        self.modules, self.visible, self.sandbox, self.package = modules, visible or [], sandbox, package
        self.env = dict(env) if env is not None else policy.environment(os.environ)
        self.cold = ""
        self.missing: dict[str, str] = {}
        sweep()
        self._lock: int | None
        self.folder, self._lock = _own_folder()
        self._process: subprocess.Popen | None = None
        self._limits: dict | None = None  # the limits in the kernelspec

    def __enter__(self) -> ForkServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the parent and wait until it serves.

        Raises
        ------
        SandboxUnavailable
            with the reason, if the parent does not start, for example because bubblewrap or the system's namespaces
            are not available.
        """
        for name in ("control", "kernels", "etc", "homes"):
            (self.folder / name).mkdir(mode=0o700)
        (self.folder / "etc" / "passwd").write_text(policy.PASSWD)
        (self.folder / "etc" / "group").write_text(policy.GROUP)
        modules = [f"--modules={','.join(self.modules)}", f"--package={self.package}"]
        if self.sandbox:
            line = policy.command(self.folder, self.visible, [
                "--socket", f"{policy.CONTROL}/s", "--kernels", policy.KERNELS, *modules])
        else:
            line = [sys.executable, "-P", "-s", "-m", "autograder.engine.sandbox.parent",
                    "--socket", str(self.folder / "control" / "s"),
                    "--kernels", str(self.folder / "kernels"), *modules]
        with (self.folder / "parent.log").open("wb") as log:
            try:
                self._process = subprocess.Popen(
                    line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                    env=self.env | policy.own_path(), cwd="/",
                )
            except OSError as error:
                self.close()
                raise SandboxUnavailable(f"{line[0]} cannot be started: {error.strerror}") from None
        self._listen(self._process)

    def _listen(self, process: subprocess.Popen) -> None:
        """Read the parent's messages until it serves."""
        assert process.stdout is not None  # a pipe, as `start` asked for
        text, stopwatch = b"", Stopwatch(Tree(process.pid))
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while b'"serving"' not in text:
                if not selector.select(min(START, 1.0)):
                    stopwatch.look()
                    if stopwatch.still > START:
                        self._fail(f"it stood still for {START:.0f} s before it began")
                    continue
                part = os.read(process.stdout.fileno(), 10_000)
                if not part:
                    self._fail("it ended")
                text += part
        for line in text.splitlines():
            message = json.loads(line)
            self.cold = message.get("cold", self.cold)
            self.missing = message.get("missing", self.missing)

    def _fail(self, what: str) -> None:
        log = (self.folder / "parent.log").read_text(errors="replace").strip().splitlines()
        self.close()
        raise SandboxUnavailable(f"{what}: {log[-1]}" if log else what)

    @property
    def alive(self) -> bool:
        """Whether the parent is running, so that it can be asked for kernels."""
        return self._process is not None and self._process.poll() is None

    def kernelspec(self, limits: dict) -> Path:
        """Write a kernelspec named python3 that selects this parent; return the folder for JUPYTER_PATH."""
        folder = self.folder / "jupyter"
        if self._limits == limits:
            return folder
        spec = folder / "kernels" / "python3"
        spec.mkdir(parents=True, exist_ok=True)
        (spec / "kernel.json").write_text(json.dumps({
            "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": "Python 3, forked", "language": "python",
            "metadata": {"kernel_provisioner": {
                "provisioner_name": "autograder-fork",
                "config": {"folder": str(self.folder), "sandbox": self.sandbox, "limits": limits,
                           "variables": sorted(self.env)},
            }},
        }))
        self._limits = limits
        return folder

    def close(self) -> None:
        """End the parent and every kernel, and remove the folder."""
        settle()
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None and process.stdout is not None  # pipes, as `start` asked for
            process.stdin.close()  # this ends the parent and its kernels
            try:
                process.wait(END)
            except subprocess.TimeoutExpired:  # it hangs, perhaps in an import
                for started in psutil.Process(process.pid).children(recursive=True):
                    started.kill()
                process.kill()
                process.wait()
            process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def settle() -> None:
    """Wait until all kernels that are being ended have gone."""
    for thread in [one for one in threading.enumerate() if one.name == ENDING]:
        thread.join()


def sweep() -> None:
    """Remove the folders and control groups of fork servers whose worker was killed.

    A running fork server holds a lock on its folder.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            lock = _lock(folder)
        except OSError:
            continue  # another user's, or gone by now
        if lock is not None:
            if cgroup.remove_all(folder.name):
                shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _own_folder() -> tuple[Path, int]:
    """Create a folder and lock it; try again if another worker's sweep has removed the folder."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))  # short: a Unix socket's path has at most 107 bytes
        with suppress(OSError):
            lock = _lock(folder)
            if lock is not None and folder.exists():
                return folder, lock


def _lock(folder: Path) -> int | None:
    """Lock a folder until the returned descriptor is closed or this process ends; return None if it is locked."""
    import fcntl  # Windows lacks it, and imports this module, too

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


class KernelHandle:
    """The connection to one kernel, which lives as long as the connection is open."""

    def __init__(self, folder: Path, name: str, request: dict, work: Path | None = None) -> None:
        """Ask the parent in `folder` for a kernel with sockets in kernels/NAME and a copy of the files in `work`.

        Raises
        ------
        SandboxUnavailable
            if the parent has gone or cannot fork.
        """
        self.name = f"{folder.name}-{name}"
        self.exit: int | None = None
        self.reason = ""  # why the worker ended it, as the end of a sentence
        self._text = b""
        sockets = folder / "kernels" / name
        sockets.mkdir(mode=0o700)
        extra_files.put(extra_files.everything(work) if work is not None else {}, sockets / policy.EXTRA_FILES)
        hide = ["/run", str(Path(policy.__file__).resolve().parents[2])]
        request = {"folder": name, "hide": hide, "home": str(folder / "homes" / name)} | request
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._socket.settimeout(FORK)
        try:
            self._socket.connect(str(folder / "control" / "s"))
            self._socket.sendall(json.dumps(request).encode() + b"\n")
            self.pid = self._first_answer()
            self._process: int | None = os.pidfd_open(self.pid)
        except (ConnectionError, FileNotFoundError):
            self._socket.close()
            raise SandboxUnavailable("the process that kernels are forked from has ended") from None
        except OSError as error:
            self._socket.close()
            raise SandboxUnavailable(f"no kernel could be forked: {error}") from None
        self._socket.settimeout(0)

    def _first_answer(self) -> int:
        """Return the kernel's process id as this process sees it: the system attaches it to the message."""
        data, stamps, _, _ = self._socket.recvmsg(10_000, socket.CMSG_SPACE(12))
        if not data.startswith(b'{"kernel"'):
            if not data:
                raise ConnectionError
            raise OSError(_message(data))
        (pid, _, _), = (
            struct.unpack("3i", content[:12]) for level, kind, content in stamps
            if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS
        )
        self._text += data.partition(b"\n")[2]
        return pid

    def poll(self) -> int | None:
        """Return the exit code, or None while the kernel runs."""
        while self.exit is None:
            try:
                data = self._socket.recv(1000)
            except BlockingIOError:
                break
            except OSError:
                data = b""
            self._text += data
            if b"\n" in self._text:
                self.exit = json.loads(self._text.splitlines()[0]).get("exit", 1)
            elif not data:
                self.exit = -signal.SIGKILL
        return self.exit

    def signal(self, number: int) -> None:
        """Send a signal to the kernel; do nothing if it has ended."""
        try:
            self._socket.sendall(json.dumps({"signal": number}).encode() + b"\n")
        except OSError:
            self.poll()

    def kill(self, reason: str = "") -> None:
        """End the kernel and all processes that it started, even if they ignore signals."""
        self.reason = self.reason or reason
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """End the kernel, and wait for it: the first process of a namespace is the last one to end."""
        self.kill()
        self._socket.close()
        process, self._process = self._process, None
        if process is not None:
            ended = select.poll()
            ended.register(process, select.POLLIN)
            ended.poll(END * 1000)
            os.close(process)
        if self.exit is None:
            self.exit = -signal.SIGKILL


def _message(data: bytes) -> str:
    """Return the error message of a fork that did not become a kernel."""
    try:
        return str(json.loads(data)["error"])
    except (ValueError, KeyError, TypeError):
        return data.decode(errors="replace").strip()
