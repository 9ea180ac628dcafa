"""Find changes to what tests rely on, before and after each test; each finding is a sentence."""

from __future__ import annotations

import asyncio
import dataclasses
import dis
import gc
import sys
import threading
from _signal import getsignal
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import is_
from types import FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

from autograder.engine.sandbox.contents import fingerprint
from autograder.engine.sandbox.known import COMPARISONS, REDUCTIONS
from autograder.engine.sandbox.leftovers import SIGNALS
from autograder.engine.sandbox.namespaces import NamesOfRelease
from autograder.engine.sandbox.student_code import ATTRIBUTES, StudentCode, text_of

SET_LATER = ("builtin_function_or_method", "type", "partial", "attrgetter", "itemgetter", "methodcaller")  # not methods
_ABSENT = object()
_PARAMETERS = dataclasses._DataclassParams  # type: ignore[attr-defined]  # has no public name
BASES = (  # modules whose classes a notebook derives its own from, if these are to be compared
    "builtins", "numpy", "numbers", "decimal", "fractions", "collections", "collections.abc", "enum", "datetime",
    "types", "typing", "string", "array", "ctypes", "pathlib", "numpy.ma", "unittest.mock")


class Findings:
    """Compares the kernel with its state before the first cell, and with what locked cells bound.

    Parameters
    ----------
    student_code : StudentCode
        tells student code from other code.
    release : NamesOfRelease
        the namespace of the locked cells.
    frames : callable
        returns the current frame of each thread, by thread id.
    """

    def __init__(
        self, student_code: StudentCode, release: NamesOfRelease, frames: Callable[[], dict[int, FrameType]]
    ) -> None:
        self.student_code, self.release, self.frames = student_code, release, frames
        self.bound: dict[str, _Bound] = {}
        self.held: dict[str, object] = {}  # the release's own namespace, as it was after its last cell
        self.left: dict[str, object] = {}  # what tests left in it for later cells
        self.answers: frozenset[str] = frozenset()  # the names that students are asked to bind
        self.regenerated: dict[tuple, type] = {}  # dataclasses made here, to compare others with
        self.finders: tuple[tuple[object, ...], ...] = tuple(sys.meta_path), tuple(sys.path_hooks)
        modules = [vars(sys.modules[name]) for name in BASES if name in sys.modules]
        roots = {id(kind): kind for space in modules for kind in space.values() if isinstance(kind, type)}.values()
        self.kinds: list[tuple[type, list[type]]] = [(root, type.__subclasses__(root)) for root in roots]

    def bind(self, names: Iterable[str]) -> None:
        """Record what a locked cell bound to these names, and forget those that it deleted."""
        for name in names:
            value = self.release.get(name, _ABSENT)
            if value is _ABSENT:
                self.bound.pop(name, None)
                continue
            if isinstance(value, FunctionType):
                self.student_code.files.add(value.__code__.co_filename)  # its code is not the student's
            self.bound[name] = _Bound(value, dict(vars(value)) if isinstance(value, type) else None, fingerprint(value))
        self.keep()

    def keep(self) -> None:
        """Record the contents of the release's own namespace."""
        self.held, self.left = dict(self.release), dict(self.release.left)

    def now(self, names: list[str], shared: bool) -> list[str]:
        """Return the findings for a test that uses these names.

        `shared` says whether locked cells use the notebook's namespace.
        """
        changed = self._rebound if shared else self._changed
        return [*self._traced(), *self._waiting(), *changed(names)]

    def _traced(self) -> Iterator[str]:
        """Find tracing functions that are set, and importers of the student."""
        if sys.gettrace() or sys.getprofile() or threading.gettrace() or threading.getprofile():
            yield "a tracing function is set"
        monitoring = getattr(sys, "monitoring", None)
        if monitoring and any(monitoring.get_tool(number) for number in range(6)):
            yield "a monitoring tool is set"
        current: tuple[list, ...] = sys.meta_path, sys.path_hooks
        for now, recorded in zip(current, self.finders, strict=True):
            new = [one for one in now if not any(one is other for other in recorded)]
            if any(self.student_code.has_callable(finder) for finder in new):
                yield "the way modules are imported was changed"

    def _waiting(self) -> Iterator[str]:
        """Find code of the notebook that runs, or can be called, while a test runs."""
        main = threading.main_thread().ident
        frame: FrameType | None
        for number, frame in self.frames().items():
            while number != main and frame is not None:
                if self.student_code.has_code(frame.f_code, frame.f_globals):
                    yield "a thread of the notebook is still running"
                frame = frame.f_back
        for thread in threading.enumerate():
            waits = getattr(thread, "_target", None), getattr(thread, "function", None)
            if any(function is not None and self.student_code.has_callable(function) for function in waits):
                yield "a thread of the notebook is still running"
        loop: Any = asyncio.get_event_loop()  # its planned calls have no public name
        planned = [handle._callback for handle in (*loop._scheduled, *loop._ready) if not handle.cancelled()]
        if any(self.student_code.has_callable(function) for function in planned):
            yield "a function of the notebook waits to be called"
        for task in asyncio.all_tasks(loop):
            stopped = getattr(task.get_coro(), "cr_frame", None)
            if stopped is not None and self.student_code.has_code(stopped.f_code, stopped.f_globals):
                yield "a task of the notebook is still running"
        handlers = [handler for handler in map(getsignal, SIGNALS) if callable(handler)]
        if any(self.student_code.has_callable(handler) for handler in handlers):
            yield "a function of the notebook waits for a signal"
        if any(self.student_code.has_callable(function) for function in gc.callbacks):
            yield "a function of the notebook waits for the garbage collector"

    def _changed(self, names: list[str]) -> Iterator[str]:
        """Find names of the release that were changed, and restore those that were replaced."""
        for name, value in self.held.items():
            if dict.get(self.release, name, _ABSENT) is not value:
                dict.__setitem__(self.release, name, value)
                yield f"`{name}` was replaced among the names of the release"
        if self.release.answers != self.answers:
            self.release.answers = self.answers
            yield "the names that students are asked to bind were changed"
        if any(self.release.left.get(name, _ABSENT) is not value for name, value in self.left.items()):
            self.release.left = dict(self.left)
            yield "what a test left for later ones was changed"
        for name in self._used(names):
            if dict.get(self.release, name, _ABSENT) is self.bound[name].value and self.bound[name].is_changed():
                yield f"`{name}`, which the test uses, was changed in place"

    def _rebound(self, names: list[str]) -> Iterator[str]:
        """Find names used by a test that were replaced or changed, if all cells share the notebook's namespace."""
        for name in self._used(names):
            value = self.bound[name].value
            replaced = callable(value) or isinstance(value, ModuleType)
            if (replaced and self.student_code.names.get(name) is not value) or self.bound[name].is_changed():
                yield f"`{name}`, which the test uses, was replaced"
        builtin = vars(sys.modules["builtins"])
        for name in names:
            theirs = self.student_code.names.get(name)
            if name in builtin and name not in self.bound and self.student_code.has_function(theirs):
                yield f"the built-in `{name}`, which the test uses, is another object in the notebook"

    def _used(self, names: list[str]) -> list[str]:
        """Return the names bound by locked cells that a test uses, directly or through a function of a locked cell."""
        seen, waiting = set(), list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen and name in self.bound:
                seen.add(name)
                value = self.bound[name].value
                if isinstance(value, FunctionType) and (
                        value.__globals__ is self.student_code.names or value.__globals__ is self.release):
                    waiting += [step.argval for step in dis.get_instructions(value) if step.opname == "LOAD_GLOBAL"]
        return sorted(seen)

    def compared(self) -> list[str]:
        """Return the names of new classes that define their own comparison, other than a dataclass's generated one."""
        return sorted({text_of(kind, "__qualname__")[:100] for kind in self._new_kinds() if self._compares(kind)})

    def _compares(self, kind: type) -> bool:
        if any(kind is one.value for one in self.bound.values()):
            return False
        space, numpy = ATTRIBUTES(kind), sys.modules.get("numpy")
        librarys = self.student_code.is_in_its_module(kind)
        names: tuple[str, ...] = COMPARISONS
        if numpy is not None and any(one in type.mro(kind) for one in (numpy.ndarray, numpy.generic)):
            names = (*names, *REDUCTIONS)
        if any(kind is one for one in self.regenerated.values()):
            return False
        own = [space[name] for name in names if name in space]
        if librarys:
            return any(self.student_code.has_function(one) or type(one).__name__ in SET_LATER for one in own)
        return any(self._is_own(one) and not self._is_generated(one, space) for one in own)

    def _is_generated(self, method: object, space: Mapping) -> bool:
        """Return whether a method has the code that `dataclasses` generates for a class with these fields."""
        if not isinstance(method, FunctionType) or type(space.get("__dataclass_params__")) is not _PARAMETERS:
            return False
        fields = tuple((name, one.compare is True) for name, one in dict.items(space["__dataclass_fields__"])
                       if type(name) is str and type(one) is dataclasses.Field)
        try:
            if fields not in self.regenerated:
                self.regenerated[fields] = dataclasses.make_dataclass(
                    "Regenerated", [(name, object, dataclasses.field(compare=compare, default=None))
                                    for name, compare in fields], order=True)
            other = vars(self.regenerated[fields])[method.__name__].__code__
        except (TypeError, ValueError, KeyError):
            return False
        code = method.__code__
        return all(getattr(code, one) == getattr(other, one) for one in (
            "co_code", "co_consts", "co_names", "co_varnames", "co_freevars")) and not method.__defaults__

    def _is_own(self, method: object) -> bool:
        if isinstance(method, FunctionType):
            return self.student_code.has_function(method)
        return type(method).__module__ in ("operator", "functools", "unittest.mock", "builtins") and (
            type(method).__name__ not in ("wrapper_descriptor", "method_descriptor", "NoneType"))

    def _new_kinds(self) -> Iterator[type]:
        """Yield the classes derived from those in `BASES` since this object was made."""
        for root, before in self.kinds:
            kinds: list[type] = type.__subclasses__(root)
            if all(map(is_, kinds, before)):  # new classes come last, and recorded ones stay
                new = kinds[len(before):]
            else:
                known = set(map(id, before))
                new = [kind for kind in kinds if id(kind) not in known]
            while new:
                kind = new.pop()
                yield kind
                new += type.__subclasses__(kind)


class _Bound(NamedTuple):
    """What a locked cell bound to a name: the object, the attributes of a class, and a plain value's fingerprint."""

    value: object
    attributes: dict | None
    fingerprint: object

    def is_changed(self) -> bool:
        """Return whether a class now has other functions, or a plain value other contents."""
        if self.attributes is not None:
            space = vars(self.value)
            return any(space.get(name, _ABSENT) is not one for name, one in self.attributes.items() if callable(one))
        return self.fingerprint is not None and fingerprint(self.value) != self.fingerprint
