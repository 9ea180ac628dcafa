"""What a student's cells left that would run by itself during a test: timers are ended, signal handlers put aside.

Both are honest habits, and a test must not meet them. What else still runs then is a finding (findings.py).
"""

from __future__ import annotations

import signal
import threading
from _signal import SIG_IGN, getsignal
from _signal import signal as handle
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SIGNALS = tuple(map(int, signal.valid_signals()))
SECONDS = 1  # that a timer has to end, where it is in the middle of its call
_KIND, _CANCEL, _JOIN = threading.Timer, threading.Timer.cancel, threading.Thread.join


@contextmanager
def put_aside(is_students: Callable[[object], bool]) -> Iterator[None]:
    """For the time of the block; signal handlers are back afterwards.

    Parameters
    ----------
    is_students : callable
        whether a callable is the student's.
    """
    for thread in threading.enumerate():
        if type(thread) is _KIND and is_students(getattr(thread, "function", None)):
            _CANCEL(thread)
            _JOIN(thread, SECONDS)
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
