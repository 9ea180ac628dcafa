"""Measure time as limits count it: how long processes computed, and how long they stood still.

Neither depends on what else the machine does: a process that waits for a processor does not stand still, however long
it waits.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from math import inf
from time import monotonic
from typing import Protocol

from autograder.engine.sandbox.processes import ready

PERIOD, SHORTEST = 1.0, 0.05  # seconds between two measurements, at most and at least
LONGEST = 3 * PERIOD  # seconds counted at most per interval: if this process was stopped, nothing is known of others


class Processes(Protocol):
    """Processes that can be timed: `cgroup.Cgroup`, or `processes.Tree` if there is no control group."""

    def seconds(self) -> float:
        """Return the processor time of all processes in seconds, ended ones included."""

    def threads(self) -> Iterable[str]:
        """Return the folders of all threads in /proc."""


class Stopwatch:
    """Times processes from the moment when it is made.

    Attributes
    ----------
    computed : float
        seconds of processor time of all threads together, up to the last measurement.
    still : float
        seconds in which no thread had anything to compute.
    """

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._seconds, self._at = processes.seconds(), monotonic()
        self.computed = self.still = 0.0

    def look(self) -> None:
        """Update both attributes; call this about once a second, as `wait` does."""
        seconds, now = self._processes.seconds(), monotonic()
        computed, passed = seconds - self._seconds, min(now - self._at, LONGEST)
        if computed < passed and not ready(self._processes.threads()):
            self.still += passed - computed
        self.computed += computed
        self._seconds, self._at = seconds, now

    async def wait(self, futures: Iterable[asyncio.Future], computed: float = inf, still: float = inf) -> bool:
        """Wait until one of the futures is done; return False if one of the attributes exceeds its limit before."""
        while True:
            pause = min((computed - self.computed) / (os.cpu_count() or 1), still - self.still, PERIOD)
            done, _ = await asyncio.wait(
                futures, timeout=max(pause, SHORTEST), return_when=asyncio.FIRST_COMPLETED)
            if done:
                return True
            self.look()
            if self.computed > computed or self.still > still:
                return False
