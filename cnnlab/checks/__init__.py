"""Checks that tell a student what is wrong, in the order in which it goes wrong.

A test cell calls the answer through `call`, then asks `whole_number`, `array`, `same` and
`close` for the type, the shape and the value. Each raises `CheckFailed` with one message: what
was called, what was expected, what came back and, if it is known, the likely cause.

What came back is first turned into objects of exact types, see `cnnlab.exact`: no class of a student's
decides what it is equal to.

    calling.py    calls the answer, and explains an error that it raises
    core.py       compares what it returned
    repeating.py  writes the call, and says how a student repeats it
    parts.py      points for the parts of a task that are right
    visible.py    what a student reads when the visible check of a task passes

The other modules are the assignments': the visible check of each task, a function with the task's name.
"""

from cnnlab.checks.calling import CheckFailed, NotAttempted, call, call_with_advice, raises
from cnnlab.checks.core import array, close, number, same, true, whole_number, whole_numbers
from cnnlab.checks.parts import Parts, Points
from cnnlab.checks.repeating import describe_call, given
from cnnlab.checks.visible import passed

__all__ = [
    "CheckFailed", "NotAttempted", "Parts", "Points", "array", "call", "call_with_advice", "close", "describe_call",
    "given", "number", "passed", "raises", "same", "true", "whole_number", "whole_numbers",
]
