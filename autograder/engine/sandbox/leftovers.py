"""Put aside what a student's cells left by honest habit and a test must not meet.

Timers, profilers and debuggers are ended. Signal handlers are put aside until the test is over; so are functions that
many notebooks replace to show less or more. Anything else that still runs or was replaced is a finding (findings.py,
baseline.py).
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from _signal import SIG_IGN, getsignal
from _signal import signal as handle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gc import set_debug

HABITS = {
    "builtins": ("input", "print"),
    "matplotlib.pyplot": ("show",),
    "ssl": ("_create_default_https_context",),
    "sys": ("breakpointhook", "displayhook", "excepthook"),
    "warnings": ("formatwarning", "showwarning", "warn"),
}
SIGNALS = tuple(map(int, signal.valid_signals()))
SECONDS = 1  # that a timer has to end if its function is running
_KIND, _CANCEL, _JOIN = threading.Timer, threading.Timer.cancel, threading.Thread.join


class Habits:
    """The functions in `HABITS` as they are when this object is made."""

    def __init__(self) -> None:
        spaces = [(vars(sys.modules[module]), names) for module, names in HABITS.items() if module in sys.modules]
        self._held = [(space, name, space[name]) for space, names in spaces for name in names if name in space]

    @contextmanager
    def put_aside(self) -> Iterator[None]:
        """Restore these functions while the block runs."""
        theirs = [(space, name, space.get(name, value)) for space, name, value in self._held]
        for space, name, value in self._held:
            space[name] = value
        try:
            yield
        finally:
            for space, name, value in theirs:
                space[name] = value


@contextmanager
def put_aside(is_students: Callable[[object], bool]) -> Iterator[None]:
    """Put everything aside, except the functions that `Habits` handles, while the block runs.

    Parameters
    ----------
    is_students : callable
        tells whether a callable is the student's.
    """
    for thread in threading.enumerate():
        if type(thread) is _KIND and is_students(getattr(thread, "function", None)):
            _CANCEL(thread)
            _JOIN(thread, SECONDS)
    if (profiler := sys.getprofile()) is not None and not is_students(profiler):
        sys.setprofile(None)
    if (tracer := sys.gettrace()) is not None and not is_students(tracer):
        sys.settrace(None)
    set_debug(0)
    gc.garbage.clear()
    handlers = {number: handler for number in SIGNALS
                if callable(handler := getsignal(number)) and is_students(handler)}
    for number in handlers:
        handle(number, SIG_IGN)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            if getsignal(number) == SIG_IGN:
                handle(number, handler)
