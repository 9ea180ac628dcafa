"""Note, by Python's audit events, what student code does that only tampering needs."""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import suppress
from mmap import mmap
from types import CodeType, FrameType, ModuleType

from autograder.engine.sandbox.cell import execute
from autograder.engine.sandbox.student_code import StudentCode

# Audit events (see the table in Python's documentation) that a notebook's own code has no reason to raise. Those in
# `REACHING` end with a function's name: so a library that was passed the function can be told from one that names it.
REACHING = {
    "gc.get_objects", "gc.get_referents", "gc.get_referrers", "sys._current_frames", "sys._current_exceptions",
    "sys.addaudithook",
}
TRACING = {"sys.settrace", "sys.setprofile"}
ALWAYS = REACHING | {
    "sys.monitoring.register_callback", "ctypes.dlopen", "ctypes.addressof", "ctypes.cdata", "ctypes.call_function",
    "ctypes.string_at", "ctypes.PyObj_FromPtr",
}
WHILE_IT_RUNS = {"exec", "os.fork", "os.forkpty"}
OTHERS = {"import", "object.__setattr__", "open"}
IN_A_TEST = {"sys._getframe", "tb_frame", "gi_frame", "cr_frame", "ag_frame"}  # the last four: attributes
# CPython's own test modules, and its modules of subinterpreters
INSIDE = {"_testcapi", "_testinternalcapi", "_xxsubinterpreters", "_interpreters"}
RUNS = {"exec", "eval"}
NOTED = ("builtins", "numpy", "numpy.testing", "numpy.random", "random", "unittest.case")
OURS = "autograder.engine.sandbox."
WRITES = {  # functions of `traceback` that format frames and do not return them
    one.__code__ for one in (
        traceback.extract_stack, traceback.extract_tb, traceback.format_exc, traceback.format_exception,
        traceback.format_stack, traceback.format_tb, traceback.print_exc, traceback.print_exception,
        traceback.print_last, traceback.print_stack, traceback.print_tb, traceback.TracebackException.__init__)}
HANDS_OUT = {logging.currentframe.__code__}  # functions that return a frame, and are not in `TOOLS` (student_code.py)
OF_A_FUNCTION = ("__code__", "__defaults__", "__kwdefaults__")


class AuditEvents:
    """Notes suspicious actions, one sentence each.

    Attributes
    ----------
    testing : bool
        whether a test is under way, from the checks before it to those after it.
    running : bool
        whether the code of the test itself is running.
    always, during : dict of str
        actions that count from then on, and actions during the current test; used as ordered sets.
    """

    def __init__(self, student_code: StudentCode, package: str) -> None:
        checks = f"{package}.checks"
        parts = [name for name in sys.modules if name == checks or name.startswith(f"{checks}.")]
        self.student_code, self.noted_modules = student_code, (*NOTED, *parts)
        self.testing = self.running = False
        self.always: dict[str, None] = {}
        self.during: dict[str, None] = {}
        self._looking = False
        self._ours = [vars(module) for name, module in list(sys.modules.items()) if name.startswith(OURS)]
        self._process, self._child = os.getpid(), mmap(-1, 1)  # a byte shared with the kernel's forks

    def watch(self, ask: Callable[[tuple], object], guarding: Generator, code: CodeType) -> None:
        """Start watching. The modules' classes refer to `ask`, not to this object, as a student can inspect them."""
        self._guarding, self._code = guarding, code
        for name in self.noted_modules:
            module = sys.modules.get(name)
            if type(module) is ModuleType:
                module.__class__ = _noting(module, ask)
        sys.addaudithook(self._audit)

    def noted(self) -> list[str]:
        """Return all notes as sentences, with one more if a forked process did something of the kind."""
        child = ["a process that the notebook started did what only tampering needs"] if self._child[0] else []
        return [*self.always, *self.during, *child]

    def _note(self, where: dict[str, None], sentence: str) -> None:
        where[sentence] = None
        if os.getpid() != self._process:
            self._child[0] = 1

    def frames(self) -> dict[int, FrameType]:
        """Return the current frame of each thread, by thread id, without noting the event that this raises."""
        self._looking = True
        try:
            return sys._current_frames()
        finally:
            self._looking = False

    def replaced(self, module: str, name: str) -> None:
        """Note that a function of a module was replaced, if student code did it during a test."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and self._is_ours(frame):
            frame = frame.f_back
        if self.testing and self.student_code.has_frame(frame):
            self._note(self.during, f"`{module}.{name}` was replaced")

    def handles(self, what: str, function: object) -> None:
        """Note that a signal handler of the student was set, or `gc.set_debug` called, during a test.

        The handler is passed a frame, and `gc.set_debug` can keep collected objects. `function` is the handler, or None
        for `gc.set_debug`.
        """
        if self.testing and (function is None or self.student_code.has_callable(function)):
            self._note(self.during, f"the answer called {what} while the test ran")

    def _audit(self, event: str, arguments: tuple) -> None:
        """Handle an audit event: this is Python's audit hook."""
        if event == "object.__getattr__":
            if arguments[1] == "gi_frame" and arguments[0] is self._guarding:
                self._note(self.always, "the notebook looked for the grader in its own kernel")
            event = arguments[1] if arguments[1] in IN_A_TEST else event
        if self._looking or not (event in ALWAYS or event in IN_A_TEST or event in OTHERS or event in TRACING
                                 or (self.running and event in WHILE_IT_RUNS)):
            return
        self._looking = True
        try:
            if event == "open":
                self._opened(*arguments[:2])
            elif event == "import":
                self._imported(*arguments[:2])
            elif event == "exec":
                self._ran(sys._getframe(1))
            elif event in WHILE_IT_RUNS:
                self._note(self.during, "the answer forked the process in which its test ran")
            elif event in IN_A_TEST:
                frame = sys._getframe(1)
                if self._is_secret(frame):
                    self._looked(event, frame)
            elif event in TRACING:
                self._traced(event, sys._getframe(1))
            elif self.student_code.has_frame(self._doer(event, sys._getframe(1))):
                self._done(event, arguments)
        finally:
            self._looking = False

    def _opened(self, path: object, mode: str | None) -> None:
        """Handle the opening of a file; `mode` is None for `os.open`, whose path can be relative to a descriptor."""
        real = ""
        if type(path) is str or type(path) is bytes:
            with suppress(OSError, ValueError):
                real = os.path.realpath(os.fsdecode(path))
        if real.endswith("/mem") and (real.startswith("/proc/") or (mode is None and not os.path.exists(real))):
            self._note(self.always, "the notebook opened the memory of a process")

    def _imported(self, name: object, file: object) -> None:
        """Handle an import; a compiled module can have another name than its file."""
        for one in (name, file):
            if isinstance(one, str):  # perhaps of a student's subclass
                for word in INSIDE.intersection(re.split("[./]", str.__str__(one))):
                    self._note(self.always, f"the notebook imported `{word}`")

    def _looked(self, event: str, frame: FrameType) -> None:
        """Handle a request for a frame."""
        if self.student_code.has_frame(self._asking(event, frame)):
            where = self.during if self.testing else self.always
            self._note(where, f"the answer asked for a frame ({event}), and frames lead to the test's own variables")

    def _doer(self, event: str, caller: FrameType) -> FrameType | None:
        return self._asking(event, caller) if event in REACHING else caller

    def _traced(self, event: str, frame: FrameType) -> None:
        """Handle the setting of a tracing function, which is noted only during a test.

        Outside tests debuggers and profilers set them. One that is still set when a test begins is put aside or becomes
        a finding.
        """
        if self.testing and self.student_code.has_frame(self._asking(event, frame)):
            self._note(self.during, f"the answer called {event} while the test ran")

    def _asking(self, event: str, caller: FrameType) -> FrameType | None:
        """Return the frame that is responsible for a call of the function at the end of `event`, or None.

        Code that does not name the function was passed it: the nearest frame whose code names it is responsible, or the
        caller of that frame if its function only returns the frame it got. If no frame names the function, student code
        hid the name, unless a library calls the function under another name.
        """
        module, _, name = event.rpartition(".")
        frame: FrameType | None = caller
        while name in caller.f_code.co_names and frame is not None and frame.f_globals is vars(traceback):
            if frame.f_code in WRITES:
                return None
            frame = frame.f_back
        frame = caller
        while frame is not None and name not in frame.f_code.co_names:
            frame = frame.f_back
        if frame is not None:
            return frame.f_back if frame.f_code in HANDS_OUT else frame
        function = vars(sys.modules[module]).get(name) if module else None
        if function is not None and not self.student_code.has_frame(caller) and any(
                # a library may have it under another name
                dict.get(caller.f_globals, one) is function for one in caller.f_code.co_names):
            return None
        doer: FrameType | None = caller
        while doer is not None and not (self._is_ours(doer) or self.student_code.has_frame(doer)):
            doer = doer.f_back
        return None if self._is_ours(doer) else doer

    def _is_secret(self, frame: FrameType | None) -> bool:
        """Return whether frames lead to what a student must not see.

        They do during a test, and below the guard's own frame, where garbage collection can call student code at any
        time.
        """
        while not self.testing and frame is not None and frame.f_code is not self._code:
            frame = frame.f_back
        return self.testing or frame is not None

    def _is_ours(self, frame: FrameType | None) -> bool:
        """Return whether a frame belongs to this package, or is None: then the whole stack has been searched."""
        return frame is None or any(frame.f_globals is one for one in self._ours)

    def _ran(self, frame: FrameType | None) -> None:
        """Handle the execution of code by `exec` or `eval`, called from this frame.

        If no frame up to the test names one of the two, the answer itself is one of them, hidden in a library's object.
        """
        if frame is not None and frame.f_code is execute.__code__:
            return  # the test itself
        while frame is not None and frame.f_code is not execute.__code__:
            if RUNS.intersection(frame.f_code.co_names):
                return
            frame = frame.f_back
        self._note(self.during, "the answer executes code in the place of its test")

    def _done(self, event: str, arguments: tuple) -> None:
        if event != "object.__setattr__":
            self._note(self.always, f"the notebook called {event}")
        elif arguments[1] in OF_A_FUNCTION and not self.student_code.has_function(arguments[0]):
            thing = arguments[0]
            names = ".".join(one for one in (thing.__module__, thing.__qualname__) if type(one) is str)
            self._note(self.always, f"the {arguments[1]} of `{names}` was replaced")


def _noting(module: ModuleType, ask: Callable[[tuple], object]) -> type:
    """Return a class for the module that reports each replacement or restoration of one of its functions."""
    guarded = frozenset(name for name, value in vars(module).items() if callable(value))

    class Module(ModuleType):
        def __setattr__(self, name: str, value: object) -> None:
            if name in guarded and value is not vars(self).get(name):
                ask(("sets", (module.__name__, name)))
            super().__setattr__(name, value)

    return Module
