"""Time as limits count it: how long processes computed, and how long they stood still.

Neither depends on what else the machine does. A process that waits for a processor does not stand
still, however long it waits.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from math import inf
from time import monotonic
from typing import Protocol

from autograder.engine.sandbox.processes import ready

PERIOD, SHORTEST = 1.0, 0.05  # seconds between two looks, at most and at least
LONGEST = 3 * PERIOD  # that count as one: where this process itself was stopped, nothing is known of others


class Processes(Protocol):
    """What can be timed: `cgroup.Cgroup`, or `processes.Tree` where there is none."""

    def seconds(self) -> float:
        """Processor time of all, ended ones included."""

    def threads(self) -> Iterable[str]:
        """The folders of all threads below /proc."""


class Stopwatch:
    """Times processes from the moment when it is made.

    Attributes
    ----------
    computed : float
        seconds of processor time until the last look, of all threads together.
    still : float
        seconds in which none of them had anything to compute.
    """

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._seconds, self._at = processes.seconds(), monotonic()
        self.computed = self.still = 0.0

    def look(self) -> None:
        """Bring both numbers up to date; to be called every second or so, as `wait` does."""
        seconds, now = self._processes.seconds(), monotonic()
        computed, passed = seconds - self._seconds, min(now - self._at, LONGEST)
        if computed < passed and not ready(self._processes.threads()):
            self.still += passed - computed
        self.computed += computed
        self._seconds, self._at = seconds, now

    async def wait(self, futures: Iterable[asyncio.Future], computed: float = inf, still: float = inf) -> bool:
        """Wait until one of the futures is done; False where one of the two numbers passed its limit before."""
        while True:
            pause = min((computed - self.computed) / (os.cpu_count() or 1), still - self.still, PERIOD)
            done, _ = await asyncio.wait(
                futures, timeout=max(pause, SHORTEST), return_when=asyncio.FIRST_COMPLETED)
            if done:
                return True
            self.look()
            if self.computed > computed or self.still > still:
                return False
