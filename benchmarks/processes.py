"""Run a command and measure its time, or the memory of all its processes: measuring memory takes time itself."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PERIOD = 0.25  # seconds between two measurements of memory


@dataclass
class Ran:
    """A command that has ended: its total time, its peak memory, and its lines with the second each was written."""

    seconds: float = 0.0
    peak_megabytes: float = 0.0
    lines: list[tuple[float, str]] = field(default_factory=list)


def run(line: list[str], cwd: Path, env: dict[str, str] | None = None, memory: bool = False) -> Ran:
    """Run a command to its end; with `memory`, the measured time means little.

    Raises
    ------
    RuntimeError
        if it fails, with the end of its output.
    """
    ran, started, ended = Ran(), time.monotonic(), threading.Event()
    process = subprocess.Popen(
        line, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    watch = threading.Thread(target=_watch, args=(process.pid, ran, ended))
    if memory:
        watch.start()
    for text in process.stdout:
        ran.lines.append((time.monotonic() - started, text.rstrip("\n")))
    code = process.wait()
    ran.seconds = time.monotonic() - started
    ended.set()
    if memory:
        watch.join()
    if code:
        said = "\n".join(text for _, text in ran.lines[-20:])
        raise RuntimeError(f"{' '.join(line)} ended with {code}:\n{said}")
    return ran


def _watch(pid: int, ran: Ran, ended: threading.Event) -> None:
    while not ended.wait(PERIOD):
        ran.peak_megabytes = max(ran.peak_megabytes, megabytes(pid))


def megabytes(pid: int) -> float:
    """Return the megabytes of a process and its descendants; shared memory counts once if the system reports it."""
    try:
        process = psutil.Process(pid)
        tree = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0.0
    return sum(_own(process) for process in tree) / 2**20


def _own(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss
    except (psutil.Error, AttributeError, OSError):
        try:
            return process.memory_info().rss
        except psutil.Error:
            return 0
