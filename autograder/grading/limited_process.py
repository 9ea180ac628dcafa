"""Call a function on untrusted data in a separate process with limits on time and memory.

The process is small and started afresh, because a caller with threads must not fork. It imports the modules
that the calls need and makes one call after another, each with its own limit of processor time; a call costs
a few milliseconds. A call that loops, exhausts the memory or crashes the interpreter ends the process: the
caller gets a sentence, and the next call starts a new process. No untrusted code is run in it.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import TypeVar

from autograder.engine.sandbox import policy

SECONDS = 20  # of processor time per call
MEMORY = 1_000_000_000  # bytes, on top of the loaded modules
KEPT = MEMORY // 4  # bytes by which a process may have grown and still be used for the next call
PATIENCE = 900  # seconds of wall-clock time, which only a hanging call exceeds
NO_MEMORY = 3  # exit code for running out of memory

R = TypeVar("R")


class Exceeded(Exception):
    """Raised if a call did not finish; the text is the reason, as the end of a sentence."""


class LimitedProcess:
    """A process that makes calls within limits; started at the first call, and again whenever it has ended.

    Parameters
    ----------
    modules : list of str
        the modules that the calls need, imported once.
    """

    def __init__(self, modules: list[str]) -> None:
        self.modules = modules
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._line: socket.socket | None = None
        Finalize(None, self.close, exitpriority=1)  # a forked worker does not run atexit handlers

    def call(self, function: Callable[..., R], *arguments: object) -> R:
        """Return what the function returns, or raise what it raises; the function must be importable from a module.

        Raises
        ------
        Exceeded
            if the call took too much time or memory, or crashed.
        """
        question = pickle.dumps((function, arguments), protocol=5)
        with self._lock:
            process, own = self._start()
            try:
                with own.makefile("rwb") as line:
                    line.write(question)
                    line.flush()
                    outcome, value, last = pickle.load(line)
            except TimeoutError:
                self.close()
                raise Exceeded(f"did not end within {PATIENCE} s") from None
            except (OSError, EOFError, pickle.UnpicklingError):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE)
                code = process.poll()
                self.close()
                raise Exceeded(_reason(code)) from None
            except BaseException:  # otherwise the next call would read this one's answer
                self.close()
                raise
            if last:
                self.close()
        if outcome == "raised":
            raise value
        return value

    def close(self) -> None:
        """End the process; the next call starts a new one."""
        process, self._process = self._process, None
        if self._line is not None:
            self._line.close()
        if process is not None:
            process.kill()
            process.wait()

    def _start(self) -> tuple[subprocess.Popen, socket.socket]:
        """Return the process for the next call and the socket to it, starting the process if necessary."""
        if self._process is not None and self._line is not None and self._process.poll() is None:
            return self._process, self._line
        self.close()
        self._line, theirs = socket.socketpair()
        self._line.settimeout(PATIENCE)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "autograder.grading.limited_process", str(theirs.fileno()), *self.modules],
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, env=os.environ | policy.own_path(os.environ.get("PYTHONPATH", "")))
        return self._process, self._line


def _reason(code: int | None) -> str:
    """Describe why a process with this exit code ended in the middle of a call."""
    if code == NO_MEMORY:
        return f"needed more than {MEMORY // 10**6:,} MB of memory"
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"took more than {SECONDS} s of processor time, or more memory than this machine has"
    return f"crashed Python ({signal.Signals(-code).name if code and code < 0 else code})"


def serve(line: socket.socket) -> None:
    """Make the calls that arrive until the caller closes the line.

    The process also ends, and announces it, after a call that has left too much in memory.
    """
    import resource  # not at the top: Windows imports this module but has no `resource`

    loaded = _size()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (loaded + MEMORY, loaded + MEMORY))
    last = False
    while not last:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = math.ceil(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        with line.makefile("rwb") as file:
            try:
                function, arguments = pickle.load(file)
            except EOFError:
                return
            try:
                answer = "returned", function(*arguments)
            except MemoryError:
                raise
            except Exception as error:
                answer = "raised", _portable(error)
            del arguments
            last = _size() > loaded + KEPT
            file.write(pickle.dumps((*answer, last), protocol=5))
        del answer


def _size() -> int:
    """Return the size of this process's address space in bytes."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _portable(error: Exception) -> Exception:
    """Return the error if it can be pickled, otherwise a RuntimeError with the same text."""
    try:
        return pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the caller, which ends this process
    for name in sys.argv[2:]:
        importlib.import_module(name)
    try:
        serve(socket.socket(fileno=int(sys.argv[1])))
    except MemoryError:
        os._exit(NO_MEMORY)
