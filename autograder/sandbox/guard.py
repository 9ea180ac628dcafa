"""Inside the kernel: runs the cells of the release, and says what no longer holds of what tests rely on.

`install` takes the place of the kernel's `do_execute`. A student's cell goes to IPython; a cell of the release runs
here (cell.py), in a namespace of its own (space.py). The questions of autograder/evidence.py come along with a cell:

    {"secret", "answers", "course"}   before the first cell: what later answers are signed with, and the names that
                                      students are asked to bind; with `course` all cells share the notebook's names
    {"bound"}                         after a cell: the names that it bound, or deleted, where it is locked
    {"cell", "test", "names", ...}    in place of a cell: run this one, sealed where it is a test

An answer says what no longer holds, in sentences. While a test runs its text is nowhere in this process, and looking
into its frames is noted. A student's code shares this process: who knows this module can get around it. It catches
what is known, and docs/tampering.md says what is not.
"""

from __future__ import annotations

import asyncio
import dis
import signal
import sys
import threading
from _signal import getsignal
from collections.abc import Iterator
from functools import partial
from operator import is_
from types import CodeType, FunctionType, ModuleType

from autograder.sandbox import cell as cells
from autograder.sandbox import seal
from autograder.sandbox.blame import Blame
from autograder.sandbox.contents import fingerprint
from autograder.sandbox.ground import function_of, recorded
from autograder.sandbox.known import CHECKS, COMPARISONS
from autograder.sandbox.memory import Places
from autograder.sandbox.shell import Transformers
from autograder.sandbox.space import NamesOfRelease, NamesOfTest

ALWAYS = {  # audit events (Python's table of them) that a notebook's own code has no reason to raise
    "gc.get_objects", "gc.get_referents", "gc.get_referrers", "sys._current_frames", "sys.settrace",
    "sys._current_exceptions", "sys.setprofile", "sys.monitoring.register_callback", "ctypes.dlopen",
    "ctypes.addressof", "ctypes.cdata", "ctypes.call_function", "ctypes.string_at", "ctypes.PyObj_FromPtr",
}
FRAMES = {"tb_frame", "gi_frame", "cr_frame", "ag_frame"}  # attributes; reading one is an event
IN_A_TEST = {"sys._getframe", *FRAMES}
NOTED = ("builtins", "cnnlab.checks", "numpy", "numpy.testing", "numpy.random", "random", "unittest.case")
OF_A_FUNCTION = ("__code__", "__defaults__", "__kwdefaults__")
SIGNALS = tuple(map(int, signal.valid_signals()))
MEMORY = ("/proc/self/mem", "/proc/thread-self/mem")
TOOLS = {  # who calls them is who it was
    "ctypes", "inspect", "threading", "traceback", "unittest.mock", "stack_data", "stack_data.core", "executing",
    "executing.executing", "IPython.utils.frame", "bdb", "pdb", "IPython.core.debugger", "IPython.core.ultratb",
    "IPython.core.magic", "decorator",
}
_ABSENT = object()


def install(kernel) -> None:
    """Record what this kernel is before the first cell, and run the release's cells from now on."""
    guard, waiting, secret = _Guard(kernel), [], []
    handler, execute = kernel.shell_handlers["execute_request"], kernel.do_execute

    async def execute_request(stream, ident, message) -> None:
        waiting[:] = [message["content"].pop("autograder", {})]
        await handler(stream, ident, message)

    async def do_execute(*arguments, **named) -> dict:
        asked = waiting.pop() if waiting else {}
        if "secret" in asked and not secret:
            secret.append(bytes.fromhex(asked["secret"]))
            guard.release.answers, guard.shared = frozenset(asked["answers"]), bool(asked["course"])
        guard.raised = None
        if "cell" in asked:
            text, nonce = asked.pop("cell"), asked["nonce"]
            try:
                answer, reply = await guard.run(cells_text(text, nonce, asked["test"]), asked)
            except Exception as error:  # ours, or of an object of the student's: without a reply all would wait
                answer, reply = guard.failed(error)
        else:
            reply = await execute(*arguments, **named)
            guard.bind(asked.get("bound", []), "bound" in asked)
            answer = {}
        if "nonce" not in asked or not secret:
            return reply
        return reply | {"autograder": seal.signed(secret[0], asked["nonce"], answer | {"raised": guard.raised})}

    def cells_text(text: str, nonce: str, test: bool) -> str:
        return seal.opened(secret[0], nonce, text) if test else text

    kernel.shell_handlers["execute_request"], kernel.do_execute = execute_request, do_execute
    guard.record()
    sys.addaudithook(guard.audit)
    for one in (install, cells.compiled, seal.signed, fingerprint, recorded, Blame, NamesOfRelease, Places):
        sys.modules.pop(one.__module__, None)


class _Guard:
    def __init__(self, kernel) -> None:
        self.kernel, self.shell = kernel, kernel.shell
        self.names = self.shell.user_ns
        self.release = NamesOfRelease(self.names)
        self.sharing = False  # whether the test that runs does
        self.shared = False  # whether the release's cells use the notebook's names, as nbgrader has it
        self.transformers = Transformers()
        self.streams = sys.stdout, sys.stderr
        self.testing = self.looking = False
        self.raised: dict | None = None  # of the error that ended the cell, if one did
        self.always: dict[str, None] = {}  # what was done once, and counts from then on
        self.during: dict[str, None] = {}  # what was done within the test that runs
        self.test_files: set[str] = set()  # the file names of the release's cells, as code has them
        self.bound: dict[str, tuple] = {}  # of locked cells: name, object, a class's contents, a plain value's
        self.held: dict[str, object] = {}  # the release's own namespace, as it was after its last cell
        self.counted = 0
        self._blame_errors()

    def _blame_errors(self) -> None:
        """Before an error of a student's cell is shown, note where it came from."""
        shell, show = self.shell, self.shell.showtraceback

        def showtraceback(*arguments, **keywords):
            error = sys.exc_info()[1]
            self.raised = self.blame(error, shell.compile._filename_map) if error is not None else None
            return show(*arguments, **keywords)

        shell.showtraceback = showtraceback

    def record(self) -> None:
        """Everything that is compared later."""
        self.blame = Blame()
        self.ground = recorded()
        self.ground.settle()
        self.librarys = {id(vars(module)) for module in self.ground.modules.values() if isinstance(module, ModuleType)}
        self.librarys -= {id(self.names)}
        self.finders = tuple(sys.meta_path), tuple(sys.path_hooks)
        self.flush = tuple(self.shell.events.callbacks["post_execute"])
        numpy = sys.modules.get("numpy")
        roots = [object, int, float, complex, str, bytes, list, tuple, dict, set, type]
        roots += [numpy.ndarray, numpy.generic, numpy.float64] if numpy else []
        self.kinds = [(root, type.__subclasses__(root)) for root in roots]
        for name in NOTED:
            module = sys.modules.get(name)
            if type(module) is ModuleType:
                module.__class__ = self._noting(module)

    def _noting(self, module: ModuleType) -> type:
        """A module's class that notes who sets one of its functions, also where they are set back."""
        guarded, guard = {name for name, value in vars(module).items() if callable(value)}, self

        class Module(ModuleType):
            def __setattr__(self, name, value):
                if (guard.testing and name in guarded and value is not vars(self).get(name)
                        and guard.is_students(sys._getframe(1))):
                    guard.during[f"`{self.__name__}.{name}` was replaced"] = None
                super().__setattr__(name, value)

        return Module

    # cells of the release

    async def run(self, text: str, asked: dict) -> tuple[dict, dict]:
        """Run a cell of the release; returns the answer to its question, and the kernel's reply."""
        if not asked["test"]:
            await self._run_locked(text, asked)
            return self._ran(), self._reply()
        self.sharing = asked["shared"] or self.shared
        self.begin(asked["names"])
        failure = self._plant(asked["names"])
        space = self.names if self.sharing else NamesOfTest(self.release)
        value = await self._run_test(text, space)
        answer = self.end(asked["names"]) | self._ran() | {"failure": failure, "value": cells.number(value),
                                                               "returned": value is not None}
        if isinstance(space, NamesOfTest):
            space.leave(asked["keep"])
        return answer, self._reply()

    def failed(self, error: Exception) -> tuple[dict, dict]:
        """The same where the guard itself fails."""
        self.testing = False
        self.error = cells.described(error, "")
        return {"finished": False, "error": self.error, "found": [
            f"the kernel could not be compared with what it was ({self.error['name']}: {self.error['text'][:100]})"
        ]}, self._reply()

    def _ran(self) -> dict:
        return {"error": self.error, "finished": self.error is None}

    def _reply(self) -> dict:
        """What the kernel answers, whatever a student made of its counter."""
        count = self.shell.execution_count
        self.shell.execution_count = count + 1 if type(count) is int else 1
        status = {"status": "ok"} if self.error is None else {
            "status": "error", "ename": self.error["name"], "evalue": self.error["text"], "traceback": []}
        return status | {"execution_count": count if type(count) is int else 0, "payload": [], "user_expressions": {}}

    async def _run_locked(self, text: str, asked: dict) -> None:
        """A locked cell: in the release's own namespace, its text and its result as usual in a notebook."""
        shell = self.shell
        before = dict(self.names) if asked["magic"] else None
        if asked["sets"]:
            self.ground.changed(self.names, self.is_students_space)
        shell.events.trigger("pre_execute")
        shell.history_manager.store_inputs(shell.execution_count, text, text)
        name = shell.compile.cache(text, shell.execution_count, raw_code=text)
        self.test_files.add(name)
        self.error = None
        try:
            with shell.builtin_trap, shell.display_trap:
                code = cells.compiled(text, name, self.transformers)
                self.blame.trust(code.body, code.last)
                value = await cells.execute(code, self.release, self.kernel._cancel_on_sigint)
                if value is not None and code.shown:
                    shell.displayhook(value)
        except BaseException as error:
            self.error = cells.described(error, name)
            shell.showtraceback()
        shell.events.trigger("post_execute")
        if before is not None:  # what its magics bound, they bound in the notebook
            self.release.take(name for name, value in self.names.items() if before.get(name, _ABSENT) is not value)
        self.flush = tuple(shell.events.callbacks["post_execute"])
        if asked["sets"]:
            self.ground.accept(self.is_students_space)
        self.bind(asked["bound"], True)

    async def _run_test(self, text: str, space: dict) -> object:
        """A test; returns the value of its last expression, and shows it where it is one to be shown."""
        shell = self.shell
        self.counted += 1
        name = f"<test {self.counted}>"
        self.test_files.add(name)
        value, self.error = None, None
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self.streams
        self.testing = True
        try:
            code = cells.compiled(text, name, self.transformers)
            self.blame.trust(code.body, code.last)
            del text
            with shell.builtin_trap:
                value = await cells.execute(code, space, self.kernel._cancel_on_sigint)
        except BaseException as error:
            self.testing = False
            self.error = cells.described(error, name)
            files = shell.compile._filename_map | {name: shell.execution_count}
            self.raised = self.blame(error, files)
        self.testing = False
        if value is not None and code.shown:
            self._show(value)
        for callback in self.flush:  # pictures that were drawn and not shown
            callback()
        sys.stdout, sys.stderr = streams
        return value

    def _show(self, value: object) -> None:
        """As a notebook shows a cell's value, but for the names `_` and `Out`, by which a student could have it."""
        try:
            data, metadata = self.shell.display_formatter.format(value)
            if data:
                self.kernel.session.send(
                    self.kernel.iopub_socket, "execute_result",
                    {"execution_count": self.shell.execution_count, "data": data, "metadata": metadata},
                    self.shell.displayhook.parent_header)
        except Exception:  # of a class of the student's
            pass

    def _plant(self, names: list[str]) -> str:
        """Run checks that must fail; returns the first that did not."""
        space = NamesOfTest(self.release)
        for name, check in CHECKS:
            if name in names and space.get(name) is not None:
                try:
                    exec(check, space)
                except Exception:
                    continue
                return check
        return ""

    # what tests rely on

    def begin(self, names: list[str]) -> None:
        """Before a test."""
        self.ground_before = self.ground.changed(self.names, self.is_students_space)
        self.before = list(self._not_in_order(names))
        self.during.clear()

    def end(self, names: list[str]) -> dict:
        """After a test: what did not hold, and which classes decide on their own comparisons."""
        ground = [*self.ground_before, *self.ground.changed(self.names, self.is_students_space)]
        found = [*self.before, *self.always, *self.during, *self._not_in_order(names)]
        self.during.clear()
        return {"found": list(dict.fromkeys(one[:300] for one in found)),
                "ground": list(dict.fromkeys(one[:300] for one in ground)),
                "compared": sorted({one[:100] for one in self._own_comparisons()})}

    def _not_in_order(self, names: list[str]) -> Iterator[str]:
        yield from self._traced()
        yield from self._waiting()
        yield from self._rebound(names) if self.shared else self._data_changed(names)

    def bind(self, names: list[str], locked: bool) -> None:
        """After a cell: record what a locked one bound; forget what was deleted."""
        for name in names if locked else ():
            value = self.release.get(name, _ABSENT)
            if value is _ABSENT:
                self.bound.pop(name, None)
                continue
            if isinstance(value, FunctionType):
                self.test_files.add(value.__code__.co_filename)  # what it does is not the student's doing
            held = dict(vars(value)) if isinstance(value, type) else None
            self.bound[name] = value, held, fingerprint(value)
        if locked:
            self.held = dict(self.release)

    def audit(self, event: str, arguments: tuple) -> None:
        """Python's audit hook: note what a student's code does that only tampering needs."""
        if event == "object.__getattr__" and self.testing:
            event = arguments[1]
        if event in ALWAYS or (event in IN_A_TEST and self.testing) or event in ("object.__setattr__", "open"):
            if self.looking:
                return
            self.looking = True
            try:
                self._note(event, arguments, sys._getframe(1))
            finally:
                self.looking = False

    def _note(self, event: str, arguments: tuple, frame) -> None:
        if event == "open":
            if type(arguments[0]) is str and arguments[0].startswith("/proc/") and arguments[0].endswith("/mem"):
                self.always["the notebook opened its own memory"] = None
            return
        if event in IN_A_TEST:
            while frame is not None and event.rpartition(".")[2] not in frame.f_code.co_names:
                frame = frame.f_back  # it was handed the function, or the name: who wrote it is who it was
            if self.is_students(frame):
                self.during[f"the answer looked into the frames of the test ({event})"] = None
            return
        if not self.is_students(frame):
            return
        if event == "object.__setattr__":
            thing, name = arguments[0], arguments[1]
            if name in OF_A_FUNCTION and not (getattr(thing, "__globals__", None) is self.names and all(
                    thing is not value for value, *_ in self.bound.values())):
                self.always[f"the {name} of `{thing.__module__}.{thing.__qualname__}` was replaced"] = None
        else:
            self.always[f"the notebook called {event}"] = None

    def is_students(self, frame) -> bool:
        """Whether a frame, the tools it called aside, is a notebook's own and no cell's of the release."""
        while frame is not None and frame.f_globals.get("__name__") in TOOLS:
            frame = frame.f_back
        if frame is None or self._is_of_the_release(frame.f_code, frame.f_globals):
            return False
        return self.is_students_space(frame.f_globals)

    def _is_of_the_release(self, code: CodeType, space: dict) -> bool:
        """Whether code is a locked cell's or a test's. In the notebook's namespace no code of theirs runs, but where
        they share it: a student can give code any file name."""
        return code.co_filename in self.test_files and (self.sharing or space is not self.names)

    def is_students_space(self, space: object) -> bool:
        """Whether a namespace is one that a notebook's own code runs in: the notebook's, or one that it made."""
        if space is self.names:
            return True
        if id(space) in self.librarys or isinstance(space, NamesOfRelease | NamesOfTest):
            return False
        module = sys.modules.get(dict.get(space, "__name__", ""))
        return not isinstance(module, ModuleType) or vars(module) is not space

    def _traced(self) -> Iterator[str]:
        """Python's tracing and its importers."""
        if sys.gettrace() or sys.getprofile() or threading.gettrace() or threading.getprofile():
            yield "a tracing function is set"
        monitoring = getattr(sys, "monitoring", None)
        if monitoring and any(monitoring.get_tool(number) for number in range(6)):
            yield "a monitoring tool is set"
        for now, recorded_ones in zip((sys.meta_path, sys.path_hooks), self.finders, strict=True):
            new = [one for one in now if not any(one is other for other in recorded_ones)]
            if any(self._is_notebooks(finder) for finder in new):
                yield "the way modules are imported was changed"

    def _is_notebooks(self, thing: object) -> bool:
        """Whether a callable, or an object's class, was written in a cell of the student's."""
        thing = function_of(thing.func if isinstance(thing, partial) else thing)
        if isinstance(thing, FunctionType):
            return self._is_students_function(thing)
        methods = vars(thing if isinstance(thing, type) else type(thing)).values()
        return any(self._is_students_function(function_of(one)) for one in methods)

    def _is_students_function(self, thing: object) -> bool:
        return (isinstance(thing, FunctionType) and not self._is_of_the_release(thing.__code__, thing.__globals__)
                and self.is_students_space(thing.__globals__))

    def _waiting(self) -> Iterator[str]:
        """Code of the notebook that runs, or will, while a test does."""
        main = threading.main_thread().ident
        self.looking = True
        frames = sys._current_frames()
        self.looking = False
        for number, frame in frames.items():
            while number != main and frame is not None:
                if frame.f_globals is self.names:
                    yield "a thread of the notebook is still running"
                frame = frame.f_back
        for thread in threading.enumerate():
            waits = getattr(thread, "_target", None), getattr(thread, "function", None)
            if any(function is not None and self._is_notebooks(function) for function in waits):
                yield "a thread of the notebook is still running"
        loop = asyncio.get_event_loop()
        planned = [handle._callback for handle in (*loop._scheduled, *loop._ready) if not handle.cancelled()]
        if any(self._is_notebooks(function) for function in planned):
            yield "a function of the notebook waits to be called"
        for task in asyncio.all_tasks(loop):
            frame = getattr(task.get_coro(), "cr_frame", None)
            if frame is not None and frame.f_globals is self.names:
                yield "a task of the notebook is still running"
        handlers = [handler for handler in map(getsignal, SIGNALS) if callable(handler)]
        if any(self._is_notebooks(handler) for handler in handlers):
            yield "a function of the notebook waits for a signal"

    def _data_changed(self, names: list[str]) -> Iterator[str]:
        """Names of the release that a test uses, and that hold something else by now."""
        for name, value in self.held.items():
            if dict.get(self.release, name, _ABSENT) is not value:
                dict.__setitem__(self.release, name, value)
                yield f"`{name}` was replaced among the names of the release"
        for name in self._used(names):
            value, held, print_ = self.bound[name]
            if dict.get(self.release, name, _ABSENT) is value and _is_changed(value, held, print_):
                yield f"`{name}`, which the test uses, was changed in place"

    def _used(self, names: list[str]) -> list[str]:
        """Those of locked cells that a test uses, itself or through a function of theirs."""
        seen, open_names = set(), list(names)
        while open_names:
            name = open_names.pop()
            if name not in seen and name in self.bound:
                seen.add(name)
                value = self.bound[name][0]
                if isinstance(value, FunctionType) and (
                        value.__globals__ is self.names or value.__globals__ is self.release):
                    open_names += _globals_of(value)
        return sorted(seen)

    def _rebound(self, names: list[str]) -> Iterator[str]:
        """In a namespace that all share: names that a test uses, and that mean something else by now."""
        for name in self._used(names):
            value, held, print_ = self.bound[name]
            callable_ = isinstance(value, ModuleType | type) or callable(value)
            if (callable_ and self.names.get(name) is not value) or _is_changed(value, held, print_):
                yield f"`{name}`, which the test uses, was replaced"
        builtin = vars(sys.modules["builtins"])
        for name in names:
            if name in builtin and name not in self.bound and self._is_students_function(
                    self.names.get(name)):
                yield f"the built-in `{name}`, which the test uses, is another object in the notebook"

    def _own_comparisons(self) -> Iterator[str]:
        """The names of the notebook's classes with a comparison of their own, a dataclass's aside."""
        locked = [value for value, *_ in self.bound.values()]
        for kind in self._new_kinds():
            generated = "__dataclass_params__" in kind.__dict__
            own = [kind.__dict__[name] for name in COMPARISONS if name in kind.__dict__]
            if (any(self._is_own(one, generated) for one in own) and not self._is_librarys(kind)
                    and not any(kind is other for other in locked)):
                yield kind.__qualname__

    def _is_librarys(self, kind: type) -> bool:
        """Whether a class is found where it says that it is from, in a module that the notebook did not make."""
        module = sys.modules.get(kind.__module__)
        return (isinstance(module, ModuleType) and vars(module) is not self.names
                and vars(module).get(kind.__name__) is kind)

    def _is_own(self, method: object, generated: bool) -> bool:
        code = getattr(method, "__code__", None)
        if code is None:  # no function: an object of a library that was put there
            return type(method).__module__ in ("operator", "functools", "unittest.mock", "builtins") and (
                type(method).__name__ not in ("wrapper_descriptor", "method_descriptor", "NoneType"))
        if generated and code.co_filename == "<string>":
            return False
        return not self._is_of_the_release(code, method.__globals__) and self.is_students_space(method.__globals__)

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


def _is_changed(value: object, held: dict | None, print_: object) -> bool:
    """Whether a class of the release has other functions, or a plain value other contents."""
    if held is not None:
        space = vars(value)
        return any(space.get(name, _ABSENT) is not one for name, one in held.items() if callable(one))
    return print_ is not None and fingerprint(value) != print_


def _globals_of(function: FunctionType) -> list[str]:
    return [step.argval for step in dis.get_instructions(function) if step.opname == "LOAD_GLOBAL"]
