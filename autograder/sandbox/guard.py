"""Inside the kernel: what tests rely on, recorded before the first cell and compared around each test.

`install` records, and answers the questions that autograder/evidence.py sends along with code to execute, "first"
before it and "then" after it:

    {"secret"}            before the first cell: what later answers are signed with
    {"bound"}             after a locked cell: the names that it bound, or deleted
    {"test", "names"}     before a test cell (True) and after it (False), with the names that it uses
    {"planted"}           before a test cell: the text of an error that is not to be shown

An answer, in the reply under "autograder", says what no longer holds, in sentences. While a test runs, its
text is in no place that a notebook can simply read (`In`, linecache, the kernel's last message), and
looking into its frames is noted. A student's code shares this process: who knows this module can get
around it. It catches what is known, and docs/tampering.md says what is not.
"""

from __future__ import annotations

import asyncio
import dis
import json
import linecache
import signal
import sys
import threading
from _hashlib import hmac_digest
from _signal import getsignal
from collections.abc import Iterator
from operator import is_
from types import FunctionType, ModuleType

from autograder.sandbox.blame import Blame
from autograder.sandbox.watched import COMPARISONS, Watched, contents, differing, is_notebooks

ALWAYS = {  # audit events (Python's table of them) that a notebook's own code has no reason to raise
    "gc.get_objects", "gc.get_referents", "gc.get_referrers", "sys._current_frames", "sys.settrace",
    "sys.setprofile", "ctypes.dlopen", "ctypes.addressof", "ctypes.cdata", "ctypes.call_function",
    "ctypes.string_at", "ctypes.PyObj_FromPtr",
}
IN_A_TEST = {"sys._getframe", "tb_frame", "gi_frame", "cr_frame"}  # the last three as attributes
NOTED = ("builtins", "cnnlab.checks", "numpy", "numpy.testing")  # modules whose functions nobody may set
OF_A_FUNCTION = ("__code__", "__defaults__", "__kwdefaults__")
SIGNALS = tuple(map(int, signal.valid_signals()))
TOOLS = {"ctypes", "inspect", "threading", "traceback", "unittest.mock"}  # who calls them is who it was


def install(kernel) -> None:
    """Record what this kernel is before the first cell, and answer questions from now on."""
    guard, secret, waiting = _Guard(kernel), [], []
    handler, execute = kernel.shell_handlers["execute_request"], kernel.do_execute

    async def answer(asked: dict) -> dict:
        if "secret" in asked and not secret:
            secret.append(bytes.fromhex(asked["secret"]))
        found, compared = guard.around_a_test(asked["test"], asked["names"]) if "test" in asked else ([], [])
        guard.bind(asked.get("bound", []))
        failure = await planted(asked) if "planted" in asked else ""
        raised = json.dumps(guard.raised)
        text = "\n".join([asked["nonce"], *found, "", *compared, "", failure, raised])
        return {"found": found, "compared": compared, "failure": failure, "raised": raised,
                "signature": hmac_digest(secret[0], text.encode("utf-8", "replace"), "sha256").hex()}

    async def planted(asked: dict) -> str:
        guard.planted = asked["planted"]
        reply = await execute(asked["code"], True, False, {}, False)
        guard.planted = None
        return str(reply.get("evalue")) if reply.get("status") == "error" else ""

    async def execute_request(stream, ident, message) -> None:
        waiting[:] = [message["content"].pop("autograder", {})]
        await handler(stream, ident, message)

    async def do_execute(*arguments, **named) -> dict:
        questions = waiting.pop() if waiting else {}
        guard.raised = None
        answers = {"first": await answer(questions["first"])} if "first" in questions else {}
        reply = await execute(*arguments, **named)
        if "then" in questions:
            answers["then"] = await answer(questions["then"])
        return reply | {"autograder": answers}

    kernel.shell_handlers["execute_request"], kernel.do_execute = execute_request, do_execute
    guard.record()
    sys.addaudithook(guard.audit)
    del sys.modules[__name__], sys.modules[contents.__module__], sys.modules[Blame.__module__]


class _Guard:
    def __init__(self, kernel) -> None:
        self.kernel, self.shell = kernel, kernel.shell
        self.names = self.shell.user_ns
        self.testing = self.looking = False
        self.planted: str | None = None
        self.raised: dict | None = None  # of the error that ended the cell, if one did
        self.always: dict[str, None] = {}  # what was done once, and counts from then on
        self.during: dict[str, None] = {}  # what was done within the test that runs
        self.tests: set[str] = set()  # the file names of test cells, as code has them
        self.hidden: dict[str, tuple] = {}
        self.bound: dict[str, tuple] = {}  # of locked cells: name, object, a class's contents
        self.allowed: set[str] = set()  # names of built-in functions that locked cells bound
        self._hide_tests()

    def _hide_tests(self) -> None:
        """Keep a test's text out of `In` and linecache; a traceback puts it back."""
        history, compiler, shell = self.shell.history_manager, self.shell.compile, self.shell
        store, cache, show = history.store_inputs, compiler.cache, shell.showtraceback

        def store_inputs(line_num, source, source_raw=None):
            return store(line_num, "" if self.testing else source, "" if self.testing else source_raw)

        def cache_one(*arguments, **keywords):
            name = cache(*arguments, **keywords)
            if self.testing:
                self.tests.add(name)
                self.hidden[name] = linecache.cache.pop(name)
            return name

        def showtraceback(*arguments, **keywords):
            error = sys.exc_info()[1]
            if type(error) is AssertionError and error.args == (self.planted,):
                shell._last_traceback = []  # nobody reads it, and it takes longer than the check
                return None
            self.raised = self.blame(error, self.tests, compiler._filename_map) if error is not None else None
            linecache.cache.update(self.hidden)
            return show(*arguments, **keywords)

        history.store_inputs, compiler.cache, shell.showtraceback = store_inputs, cache_one, showtraceback

    def record(self) -> None:
        """Everything that is compared later."""
        self.watched = Watched(self.kernel)
        self.blame = Blame()
        numpy = sys.modules.get("numpy")
        roots = [object, int, float, complex, str, bytes, list, tuple, dict, set, type]
        roots += [numpy.ndarray, numpy.generic, numpy.float64] if numpy else []
        self.kinds = [(root, type.__subclasses__(root)) for root in roots]
        for name in NOTED:
            if name in self.watched.modules:
                module = self.watched.modules[name]
                module.__class__ = self._noting(module)

    def _noting(self, module: ModuleType) -> type:
        """A module's class that notes who sets one of its functions, also where they are set back."""
        guarded, guard = set(contents(vars(module))), self

        class Module(ModuleType):
            def __setattr__(self, name, value):
                if name in guarded and value is not vars(self).get(name) and guard.is_students(sys._getframe(1)):
                    guard.always[f"`{self.__name__}.{name}` was replaced"] = None
                super().__setattr__(name, value)

        return Module

    def audit(self, event: str, arguments: tuple) -> None:
        """Python's audit hook: note what a student's code does that only tampering needs."""
        if event == "object.__getattr__" and self.testing:
            event = arguments[1]
        if event in ALWAYS or (event in IN_A_TEST and self.testing) or event == "object.__setattr__":
            if self.looking:
                return
            self.looking = True
            try:
                self._note(event, arguments, sys._getframe(1))
            finally:
                self.looking = False

    def _note(self, event: str, arguments: tuple, frame) -> None:
        if not self.is_students(frame):
            return
        if event == "object.__setattr__":
            thing, name = arguments[0], arguments[1]
            own = getattr(thing, "__globals__", None) is self.names
            if name in OF_A_FUNCTION and not (own and all(thing is not value for value, _ in self.bound.values())):
                self.always[f"the {name} of `{thing.__module__}.{thing.__qualname__}` was replaced"] = None
        elif event in IN_A_TEST:
            self.during[f"the answer looked into the frames of the test ({event})"] = None
        else:
            self.always[f"the notebook called {event}"] = None

    def is_students(self, frame) -> bool:
        """Whether a frame, the tools it called aside, is a notebook's own and no test's."""
        while frame is not None and frame.f_globals.get("__name__") in TOOLS:
            frame = frame.f_back
        if frame is None or frame.f_code.co_filename in self.tests:
            return False
        return frame.f_globals is self.names or "__name__" not in frame.f_globals

    def bind(self, names: list[str]) -> None:
        """Record the functions, classes and modules among the names that a locked cell bound; forget the deleted."""
        self.allowed |= set(names)
        for name in names:
            if name not in self.names:
                self.bound.pop(name, None)
                continue
            value = self.names[name]
            if isinstance(value, FunctionType):
                self.tests.add(value.__code__.co_filename)  # what it does is not the student's doing
            if isinstance(value, ModuleType | type) or callable(value):
                held = contents(vars(value)) if isinstance(value, type) else {}
                self.bound[name] = value, held

    def around_a_test(self, begins: bool, names: list[str]) -> tuple[list[str], list[str]]:
        """What does not hold now, and which classes decide on their own comparisons."""
        self.testing = False
        found = [*self.always, *self.during, *self.watched.changed(), *self._waiting()]
        found += self._rebound(names)
        compared = [] if begins else sorted(self._own_comparisons())
        self.during.clear()
        self.hidden.clear()
        self.testing = begins
        return list(dict.fromkeys(found)), compared

    def _waiting(self) -> Iterator[str]:
        """Code of the notebook that runs, or will, while a test does."""
        main = threading.main_thread().ident
        self.looking = True
        frames = sys._current_frames()
        self.looking = False
        for number, frame in frames.items():
            while number != main and frame is not None:
                if frame.f_globals is self.names or "__name__" not in frame.f_globals:
                    yield "a thread of the notebook is still running"
                frame = frame.f_back
        for thread in threading.enumerate():
            waits = getattr(thread, "_target", None), getattr(thread, "function", None)
            if any(is_notebooks(self.names, function) for function in waits):
                yield "a thread of the notebook is still running"
        loop = asyncio.get_event_loop()
        planned = [handle._callback for handle in (*loop._scheduled, *loop._ready) if not handle.cancelled()]
        if any(is_notebooks(self.names, function) for function in planned):
            yield "a function of the notebook waits to be called"
        for task in asyncio.all_tasks(loop):
            frame = getattr(task.get_coro(), "cr_frame", None)
            if frame is not None and frame.f_globals is self.names:
                yield "a task of the notebook is still running"
        handlers = map(getsignal, SIGNALS)  # without the enumerations that `signal` makes of each
        if any(is_notebooks(self.names, handler) for handler in handlers if callable(handler)):
            yield "a function of the notebook waits for a signal"

    def _rebound(self, names: list[str]) -> Iterator[str]:
        """Names that a test uses, itself or through a helper, and that mean something else by now."""
        seen, open_names = set(), list(names)
        while open_names:
            name = open_names.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.bound:
                value, held = self.bound[name]
                if self.names.get(name) is not value or (held and differing(vars(value), held)):
                    yield f"`{name}`, which the test uses, was replaced"
                if isinstance(value, FunctionType) and value.__globals__ is self.names:
                    open_names += _globals_of(value)
            elif self._is_shadowed(name):
                yield f"the built-in `{name}`, which the test uses, is another object in the notebook"

    def _is_shadowed(self, name: str) -> bool:
        builtin = vars(self.watched.modules["builtins"])
        return name in builtin and name not in self.allowed and self.names.get(name, builtin[name]) is not builtin[name]

    def _own_comparisons(self) -> Iterator[str]:
        """The names of the notebook's classes with a comparison of their own, a dataclass's aside."""
        locked = [value for value, _ in self.bound.values()]
        for kind in self._new_kinds():
            own = [getattr(kind.__dict__.get(name), "__code__", None) for name in COMPARISONS
                   if getattr(kind.__dict__.get(name), "__globals__", None) is self.names]
            generated = "__dataclass_params__" in kind.__dict__
            written = any(code and code.co_filename not in self.tests
                          and not (generated and code.co_filename == "<string>") for code in own)
            if written and not any(kind is other for other in locked):
                yield kind.__qualname__

    def _new_kinds(self) -> Iterator[type]:
        """The classes made since `record`, of those that a notebook's classes can be derived from."""
        for root, before in self.kinds:
            kinds = type.__subclasses__(root)
            if all(map(is_, kinds, before)):  # new ones come last, and what is recorded stays
                new = kinds[len(before):]
            else:
                known = set(map(id, before))
                new = [kind for kind in kinds if id(kind) not in known]
            while new:
                kind = new.pop()
                yield kind
                new += type.__subclasses__(kind)


def _globals_of(function: FunctionType) -> list[str]:
    return [step.argval for step in dis.get_instructions(function) if step.opname == "LOAD_GLOBAL"]
