"""Run the cells of the release inside the kernel, and report changes to what tests rely on.

`install` replaces the kernel's `do_execute`. A student's cell goes to IPython. A cell of the release runs here
(cell.py), in its own namespace (namespaces.py). The questions of engine/evidence.py arrive with a cell; all but the
first are signed:

    {"secret", "answers", "course"}   before the first cell: the key that signs later messages, and the names that
                                      students are asked to bind; with `course` all cells share the notebook's names
    {"bound"}                         after a locked cell: the names that it bound or deleted
    {"cell", "test", "names", ...}    instead of a cell: run this one, which is sealed if it is a test; it is plain
                                      Python, because a student can change what turns magics into calls here;
                                      `names` are those that a test reads, `binds` those that it binds, `*` for any

An answer contains the findings as sentences. While a test runs, its text is nowhere in this process, and access to its
frames is noted. Student code shares this process, so anyone who knows this module can get around it. It catches the
known ways; docs/tampering.md says what it does not catch.
"""

from __future__ import annotations

import _signal
import builtins
import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

from IPython.core.builtin_trap import HideBuiltin

from autograder.engine.sandbox import (
    audit_events,
    baseline,
    contents,
    findings,
    leftovers,
    memory,
    namespaces,
    seal,
    student_code,
)
from autograder.engine.sandbox import cell as cells
from autograder.engine.sandbox.error_origin import ErrorOrigin
from autograder.engine.sandbox.known import CHECKS
from autograder.engine.sandbox.parts import Parts
from autograder.engine.sandbox.student_code import MODULES

if TYPE_CHECKING:
    from ipykernel.ipkernel import IPythonKernel
    from zmq.eventloop.zmqstream import ZMQStream

LONGEST = 300  # characters of a finding
PACKAGE = "autograder.engine.sandbox"
TRIES = 3  # attempts to answer a question
_ABSENT = object()


def install(kernel: IPythonKernel) -> None:
    """Record the state of the kernel before the first cell, and run the release's cells in the guard from now on.

    What the kernel is given refers neither to the guard nor to the secret, only to `ask`, which calls a generator's
    `send`. From there both can be reached only through the generator's frame, and access to that frame is noted
    (audit_events.py).
    """
    handler, execute = kernel.shell_handlers["execute_request"], kernel.do_execute
    guarding = _guarding(kernel)
    guard = guarding.send(None)
    ask = partial(_ask, guarding.send)

    async def execute_request(stream: ZMQStream | None, ident: list[bytes], message: dict[str, Any]) -> None:
        ask(("asked", message["content"].pop("autograder", {})))
        await handler(stream, ident, message)

    async def do_execute(*arguments: Any, **named: Any) -> dict:
        ours = ask(("begins", None))
        return ask(("ran", await execute(*arguments, **named))) if ours is None else await ours

    kernel.shell_handlers["execute_request"] = execute_request
    kernel.do_execute = do_execute  # type: ignore[method-assign]  # only for this kernel
    guard.audit_events.watch(ask, guarding, _guarding.__code__)
    guard.note_origins(ask)
    _signal.signal = _through(ask, "signal", 2)
    gc.set_debug = _through(ask, "set_debug", 1)
    guard.baseline.settle()  # after these two replacements, which belong to the baseline
    baseline.forget()
    for module in (cells, audit_events, contents, findings, baseline, leftovers, memory, namespaces, seal,
                   student_code, sys.modules[ErrorOrigin.__module__], sys.modules[__name__]):
        sys.modules.pop(module.__name__, None)
        vars(sys.modules[PACKAGE]).pop(module.__name__.rpartition(".")[2], None)


def _ask(send: Callable[[tuple], Any], question: tuple) -> Any:
    """Send a question to the guard and return its answer; end the process if student code has ended the guard."""
    try:
        return send(question)
    except StopIteration:
        os._exit(1)


def _through(ask: Callable[[tuple], Any], name: str, count: int) -> Callable:
    """Return a replacement for a Python function without an audit event; it makes the call through the guard."""
    def call(*arguments: object) -> object:
        if len(arguments) != count:
            raise TypeError(f"{name} takes {count} arguments ({len(arguments)} given)")
        value, error = ask((name, arguments))
        if error is not None:
            raise error
        return value

    call.__name__ = call.__qualname__ = name
    return call


def _guarding(kernel: IPythonKernel) -> Generator[Any, Any, None]:
    """Yield the answer to each question that `ask` sends: a word and its argument. The first yield is the guard."""
    asked: dict[str, Any] = {}
    guard, secret = _Guard(kernel), b""
    native = {"signal": leftovers.handle, "set_debug": leftovers.set_debug}

    def answered(answer: dict, reply: dict) -> dict:
        if "nonce" not in asked or not secret:
            return reply
        return reply | {"autograder": seal.signed(secret, asked["nonce"], answer | {"raised": guard.raised})}

    def cells_text(text: str, nonce: str, test: bool) -> str:
        return seal.opened(secret, nonce, text) if test else text

    async def ours() -> dict:
        text, nonce = asked.pop("cell"), asked["nonce"]
        try:
            return answered(*await guard.run(partial(cells_text, text, nonce, asked["test"]), asked))
        except Exception as error:  # our own, or of a student's object: without a reply the worker would wait
            return answered(*guard.failed(error))

    def respond(word: str, what: Any) -> object:  # Any: depends on the word
        nonlocal asked, secret
        if word == "asked":
            nonce = str(what.get("nonce")) if type(what) is dict else ""
            asked = (seal.genuine(secret, seal.asks(nonce), what) or {}) if secret else what
        elif word == "begins":
            if "secret" in asked and not secret:
                secret = bytes.fromhex(asked["secret"])
                guard.begin(asked["answers"], asked["course"])
            guard.raised = None
            return ours() if "cell" in asked else None
        elif word == "ran":
            if "bound" in asked:
                guard.findings.bind(asked["bound"])
            return answered({}, what)
        elif word == "raised":
            guard.raised = guard.error_origin(what, guard.shell.compile._filename_map)
        elif word == "sets":
            guard.audit_events.replaced(*what)
        elif word in native:
            guard.audit_events.handles(word, what[-1] if word == "signal" else None)
            return _outcome(native[word], what)
        return None

    answer: object = guard
    while True:
        question, answer = (yield answer), None
        for _ in range(TRIES):
            try:
                answer = respond(*question)
                break
            except BaseException:  # perhaps raised by a signal handler; it would end the generator
                continue


def _outcome(function: Callable, arguments: tuple) -> tuple[object, Exception | None]:
    """Call a function; return its result and the exception that it raised, one of which is None."""
    try:
        return function(*arguments), None
    except Exception as error:
        return None, error


class _Guard:
    def __init__(self, kernel: IPythonKernel) -> None:
        assert kernel.shell is not None  # ipykernel makes it with the kernel
        self.kernel, self.shell = kernel, kernel.shell
        self.names = self.shell.user_ns
        self.release = namespaces.NamesOfRelease(self.names)
        self.shared = False  # whether all cells of the release use the notebook's names, as with nbgrader
        self.streams = sys.stdout, sys.stderr
        self.builtins = dict(self.shell.builtin_trap.auto_builtins)
        self.flush = tuple(self.shell.events.callbacks["post_execute"])
        self.raised: dict | None = None  # the origin of the error that ended the cell, if one did
        self.counted = 0
        self.habits = leftovers.Habits()
        self.baseline = baseline.recorded()
        self.error_origin = ErrorOrigin(self.baseline.package)
        self.parts = Parts(self.baseline.package)
        self.baseline.settle()
        self.student_code = student_code.StudentCode(self.names)
        self.student_code.record(self.baseline.modules.values())
        self.audit_events = audit_events.AuditEvents(self.student_code, self.baseline.package)
        self.findings = findings.Findings(self.student_code, self.release, self.audit_events.frames)

    def note_origins(self, ask: Callable[[tuple], object]) -> None:
        """Have the shell note where an error of a student's cell came from, before it shows the error."""
        show = self.shell.showtraceback

        def showtraceback(*arguments: Any, **keywords: Any) -> None:
            error = sys.exc_info()[1]
            if error is not None:
                ask(("raised", error))
            show(*arguments, **keywords)

        self.shell.showtraceback = showtraceback

    def begin(self, answers: list[str], shared: bool) -> None:
        """Set, before the first cell, the names that students are asked to bind and whether cells share names."""
        self.release.answers = self.findings.answers = frozenset(answers)
        self.shared = bool(shared)
        self.student_code.sharing = self.shared

    async def run(self, text: Callable[[], str], asked: dict) -> tuple[dict, dict]:
        """Run a cell of the release; return the answer to its question, and the kernel's reply.

        `text` returns the cell's text, so that nothing here holds the text while the cell runs.
        """
        if not asked["test"]:
            error = await self._run_locked(text(), asked)
            return self._ran(error), self._reply(error)
        self.student_code.sharing = asked["shared"] or self.shared
        names, own = asked["names"], None if self.student_code.sharing else namespaces.NamesOfTest(self.release)
        self.audit_events.during.clear()
        self.audit_events.testing = True  # until the end: the checks below can call student code
        try:
            with leftovers.put_aside(self.student_code.has_callable), self.habits.put_aside(), self._lent(own is None):
                changed, found = self._changed(), self.findings.now(names, self.shared)
                failure = self._plant(names)
                value, error = await self._run_test(text, self.names if own is None else own)
                found += self.findings.now(names, self.shared)
                changed += self._changed()
            found += own.foreign(set(asked["binds"])) if own is not None else []
            compared = self.findings.compared()
            number = cells.number(value) if self.parts.number(value) is None else self.parts.number(value)
            parts = self.parts.read(value, self._described)
            found += self.audit_events.noted()
        finally:
            self.audit_events.testing = False
        if own is not None:
            own.leave(asked["keep"])
            self.findings.keep()
        self.student_code.sharing = self.shared
        return self._ran(error) | {
            "found": _once(found), "baseline": _once(changed), "compared": compared, "failure": failure,
            "value": number, "returned": value is not None, "parts": parts}, self._reply(error)

    def _described(self, error: BaseException) -> dict:
        """Describe an error that a test has caught, with where it came from."""
        name = f"<test {self.counted}>"
        files = self.shell.compile._filename_map | {name: self.shell.execution_count}
        return cells.described(error, name) | {"raised": self.error_origin(error, files)}

    def _lent(self, shared: bool) -> AbstractContextManager:
        return self.release.lent() if shared else nullcontext()

    def _changed(self) -> list[str]:
        return self.baseline.changed(self.names, self.student_code.has_namespace)

    def failed(self, error: Exception) -> tuple[dict, dict]:
        """Return the answer and the reply if the guard itself fails."""
        self.audit_events.testing = self.audit_events.running = False
        said = cells.described(error, "")
        return {"finished": False, "error": said, "found": [
            f"the kernel could not be compared with what it was ({said['name']}: {said['text'][:100]})"
        ]}, self._reply(said)

    def _ran(self, error: dict | None) -> dict:
        return {"error": error, "finished": error is None}

    def _reply(self, error: dict | None) -> dict:
        """Return the kernel's reply; it is valid even if a student has changed the execution counter."""
        count = self.shell.execution_count
        self.shell.execution_count = count + 1 if type(count) is int else 1
        status = {"status": "ok"} if error is None else {
            "status": "error", "ename": error["name"], "evalue": error["text"], "traceback": []}
        return status | {"execution_count": count if type(count) is int else 0, "payload": [], "user_expressions": {}}

    async def _run_locked(self, text: str, asked: dict) -> dict | None:
        """Run a locked cell in the release's own namespace; return the error that ended it, described, or None.

        Its text is recorded and its result is shown as usual in a notebook.
        """
        shell = self.shell
        before, loaded = dict(self.names) if asked["magic"] else None, set(MODULES)
        if asked["sets"]:
            self._changed()
        shell.events.trigger("pre_execute")
        shell.history_manager.store_inputs(shell.execution_count, text, text)
        name = shell.compile.cache(text, shell.execution_count, raw_code=text)
        self.student_code.files.add(name)
        error = None
        try:
            with shell.builtin_trap, shell.display_trap:
                code = cells.compiled(text, name)
                self.error_origin.trust(code.body, code.last)
                value = await cells.execute(code, self.release, self.kernel._cancel_on_sigint)
                if value is not None and code.shown:
                    shell.displayhook(value)
        except BaseException as raised:
            error = cells.described(raised, name)
            shell.showtraceback()
        shell.events.trigger("post_execute")
        self.student_code.add(module for name, module in list(MODULES.items()) if name not in loaded)
        if before is not None:  # its magics bind names in the notebook's namespace
            self.release.take(name for name, value in self.names.items() if before.get(name, _ABSENT) is not value)
        self.flush = tuple(one for one in shell.events.callbacks["post_execute"]
                           if not self.student_code.has_callable(one))
        if asked["sets"]:
            self.baseline.accept(self.student_code.has_namespace)
        self.findings.bind(asked["bound"])
        return error

    async def _run_test(self, text: Callable[[], str], names: dict) -> tuple[object, dict | None]:
        """Run a test; return the value of its last expression and the error that ended it, described, or None.

        The value is shown as usual in a notebook.
        """
        shell = self.shell
        self.counted += 1
        name = f"<test {self.counted}>"
        self.student_code.files.add(name)
        value, error = None, None
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self.streams
        try:
            code = cells.compiled(text(), name)
            self.error_origin.trust(code.body, code.last)
            with self._builtins():
                self.audit_events.running = True
                value = await cells.execute(code, names, self.kernel._cancel_on_sigint)
        except BaseException as raised:
            self.audit_events.running = False
            error = cells.described(raised, name)
            files = shell.compile._filename_map | {name: shell.execution_count}
            self.raised = self.error_origin(raised, files)
        self.audit_events.running = False
        if value is not None and code.shown:
            self._show(value)
        for callback in self.flush:  # show pictures that were drawn and not yet shown
            callback()
        sys.stdout, sys.stderr = streams
        return value, error

    @contextmanager
    def _builtins(self) -> Iterator[None]:
        """Add IPython's own names to the built-ins, as its `builtin_trap` does, which a student can replace.

        Names that the trap hides stay: if they were removed and restored, their place in the dictionary would change,
        and everything that was loaded would have to be recorded again (20 ms).
        """
        names = vars(builtins)
        before = {name: names.get(name, _ABSENT) for name in self.builtins}
        names.update({name: value for name, value in self.builtins.items() if value is not HideBuiltin})
        try:
            yield
        finally:
            for name, value in before.items():
                if value is not _ABSENT:
                    names[name] = value
                else:
                    names.pop(name, None)

    def _show(self, value: object) -> None:
        """Show a value as a notebook does, but do not store it in `_` and `Out`, where a student could read it."""
        try:
            data, metadata = self.shell.display_formatter.format(value)
            if data and self.kernel.session is not None:
                self.kernel.session.send(
                    self.kernel.iopub_socket, "execute_result",
                    {"execution_count": self.shell.execution_count, "data": data, "metadata": metadata},
                    self.shell.displayhook.parent_header)
        except Exception:  # raised by a student's class
            pass

    def _plant(self, names: list[str]) -> str:
        """Run checks that must fail; return the first one that does not, or an empty string."""
        own = namespaces.NamesOfTest(self.release)
        for name, check in CHECKS:
            if name in names and own.get(name) is not None:
                try:
                    exec(check, own)
                except Exception:
                    continue
                return check
        return ""


def _once(sentences: list[str]) -> list[str]:
    """Return each sentence once, cut to `LONGEST`: a student may have chosen the names in it."""
    return list(dict.fromkeys(sentence[:LONGEST] for sentence in sentences))
