"""The worker's side of one kernel: ask the parent for it, send it signals, and end it."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import struct
from contextlib import suppress
from pathlib import Path

from autograder import extra_files
from autograder.engine.sandbox import policy
from autograder.errors import SandboxUnavailable

FORK = 600.0  # seconds that forking a kernel may take; on an idle machine it takes 0.1 s
END = 10.0  # seconds that a kernel has to end after it was asked to


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
