"""The side of the sandbox that starts the parent, and ends it with all its kernels."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, Self

import psutil

from autograder.engine.sandbox import cgroup, policy
from autograder.engine.sandbox.processes import Tree
from autograder.engine.sandbox.server import Server, settle
from autograder.engine.sandbox.stopwatch import Stopwatch
from autograder.errors import SandboxUnavailable
from autograder.jobs import WarmParent

PREFIX = "ag-"
START = 180.0  # seconds that the parent may stand still before it serves
END = 10.0  # seconds that a process has to end after it was asked to


class Launched(Server):
    """A fork server whose parent this process starts and ends; use as a context manager."""

    def __enter__(self) -> Self:
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
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start what can be started without waiting for it; `wait` comes after it."""

    def wait(self) -> None:
        """Wait until the parent serves."""
        raise NotImplementedError

    def shared(self) -> WarmParent:
        """Return what other processes of this machine need to know to ask this parent for kernels, too."""
        return WarmParent(str(self.folder), self.cold, tuple(self.missing.items()))

    def _make_folders(self) -> None:
        for path in (self.folder, *(self.folder / name for name in ("control", "kernels", "homes"))):
            path.mkdir(mode=0o700, exist_ok=True)

    def _keep(self, said: list[dict]) -> None:
        """Keep what the parent said about its imports."""
        for message in said:
            self.cold = message.get("cold", self.cold)
            self.missing = message.get("missing", self.missing)


class ForkServer(Launched):
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
    """

    program = "autograder.engine.sandbox.parent"

    def __init__(
        self, modules: list[str], visible: list[Path] | None = None, env: dict[str, str] | None = None,
        sandbox: bool = True, package: str = "",
    ) -> None:
        sweep()
        self._lock: int | None
        folder, self._lock = _own_folder()
        super().__init__(folder, env if env is not None else policy.environment(os.environ), sandbox)
        self.modules, self.visible, self.package = modules, visible or [], package
        self._process: subprocess.Popen | None = None
        self._serving = False

    def launch(self) -> None:
        """Start the parent, which then imports while this process does something else; `wait` comes after it.

        Raises
        ------
        SandboxUnavailable
            if bubblewrap cannot be started.
        """
        self._make_folders()
        (self.folder / "etc").mkdir(mode=0o700)
        (self.folder / "etc" / "passwd").write_text(policy.PASSWD)
        (self.folder / "etc" / "group").write_text(policy.GROUP)
        modules = [f"--modules={','.join(self.modules)}", f"--package={self.package}"]
        if self.sandbox:
            line = policy.command(self.folder, self.visible, [
                "--socket", f"{policy.CONTROL}/s", "--kernels", policy.KERNELS, *modules], self.program)
        else:
            line = [sys.executable, "-P", "-s", "-m", self.program,
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

    def wait(self) -> None:
        """Wait until the parent that was launched serves.

        Raises
        ------
        SandboxUnavailable
            with the reason, if it ends or stands still before that.
        """
        process = self._process
        if self._serving or process is None:
            return
        assert process.stdout is not None  # a pipe, as `launch` asked for
        try:
            said = messages(process.stdout.fileno(), process.pid)
        except SandboxUnavailable as error:
            self._fail(str(error))
        self._keep(said)
        self._serving = True

    @property
    def pid(self) -> int:
        """The process that was launched: bubblewrap, or without a sandbox the parent."""
        assert self._process is not None  # launched
        return self._process.pid

    def _fail(self, what: str) -> NoReturn:
        log = (self.folder / "parent.log").read_text(errors="replace").strip().splitlines()
        self.close()
        raise SandboxUnavailable(f"{what}: {log[-1]}" if log else what)

    @property
    def alive(self) -> bool:
        """Whether the parent is running, so that it can be asked for kernels."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """End the parent and every kernel, and remove the folder."""
        settle()
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None and process.stdout is not None  # pipes, as `launch` asked for
            process.stdin.close()  # this ends the parent and its kernels
            try:
                process.wait(END if self._serving else 0)
            except subprocess.TimeoutExpired:  # it imports, or hangs
                for started in psutil.Process(process.pid).children(recursive=True):
                    with suppress(psutil.NoSuchProcess):
                        started.kill()
                process.kill()
                process.wait()
            process.stdout.close()
        if cgroup.remove_all(self.folder.name):  # of kernels whose worker was killed; otherwise `sweep` tries again
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def messages(descriptor: int, pid: int) -> list[dict]:
    """Read what a parent says until it serves, which may take long as long as its process, `pid`, computes.

    Raises
    ------
    SandboxUnavailable
        if it ends or stands still.
    """
    text, stopwatch = b"", Stopwatch(Tree(pid))
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while b'"serving"' not in text:
            if not selector.select(min(START, 1.0)):
                stopwatch.look()
                if stopwatch.still > START:
                    raise SandboxUnavailable(f"it stood still for {START:.0f} s before it began")
                continue
            part = os.read(descriptor, 10_000)
            if not part:
                raise SandboxUnavailable("it ended")
            text += part
    return [json.loads(line) for line in text.splitlines()]


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
