"""Whose code something is: the student's, the release's, or a library's."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from types import CodeType, FrameType, FunctionType, ModuleType

from autograder.sandbox.ground import function_of
from autograder.sandbox.space import NamesOfRelease, NamesOfTest

TOOLS = {  # who calls them is who it was
    "ctypes", "inspect", "threading", "traceback", "unittest.mock", "stack_data", "stack_data.core", "executing",
    "executing.executing", "IPython.utils.frame", "bdb", "pdb", "IPython.core.debugger", "IPython.core.ultratb",
    "IPython.core.magic", "decorator",
}

ATTRIBUTES = type.__dict__["__dict__"].__get__  # of a class, whatever its own class makes of that


class Whose:
    """Tells the student's code from all other.

    Parameters
    ----------
    names : dict
        the notebook's namespace.

    Attributes
    ----------
    files : set of str
        the file names of the release's cells, as their code has them.
    sharing : bool
        whether the release's code runs in the notebook's namespace.
    """

    def __init__(self, names: dict) -> None:
        self.names = names
        self.files: set[str] = set()
        self.sharing = False
        self._libraries: set[int] = set()

    def record(self, modules: Iterable[object]) -> None:
        """Take these modules, loaded before the fork, for libraries."""
        self._libraries = {id(vars(module)) for module in modules if isinstance(module, ModuleType)} - {id(self.names)}

    def frame(self, frame: FrameType | None) -> bool:
        """Whether a frame, the tools it called aside, is of the student's code."""
        while frame is not None and type(name := dict.get(frame.f_globals, "__name__")) is str and name in TOOLS:
            frame = frame.f_back
        return frame is not None and self.code(frame.f_code, frame.f_globals)

    def function(self, thing: object) -> bool:
        """Whether something is a function of the student's."""
        return isinstance(thing, FunctionType) and self.code(thing.__code__, thing.__globals__)

    def callable(self, thing: object) -> bool:
        """Whether a callable, or an object's class, was written in a cell of the student's."""
        thing = function_of(thing.func if isinstance(thing, partial) else thing)
        if isinstance(thing, FunctionType):
            return self.function(thing)
        methods = ATTRIBUTES(thing if isinstance(thing, type) else type(thing)).values()
        return any(self.function(function_of(one)) for one in methods)

    def space(self, space: object) -> bool:
        """Whether a namespace is one that a student's code runs in: the notebook's, or one that it made."""
        if space is self.names:
            return True
        if id(space) in self._libraries or isinstance(space, NamesOfRelease | NamesOfTest):
            return False
        name = dict.get(space, "__name__", "")
        module = sys.modules.get(name) if type(name) is str else None
        return not isinstance(module, ModuleType) or vars(module) is not space

    def code(self, code: CodeType, space: dict) -> bool:
        """Whether code that runs with these globals is the student's.

        In the notebook's namespace no code of the release runs, but where they share it: a student can give code
        any file name."""
        of_release = code.co_filename in self.files and (self.sharing or space is not self.names)
        return not of_release and self.space(space)

    def is_in_its_module(self, kind: type) -> bool:
        """Whether a class is found where it says that it is from, in a module that the notebook did not make."""
        module = sys.modules.get(text_of(kind, "__module__"))
        return (isinstance(module, ModuleType) and vars(module) is not self.names
                and vars(module).get(text_of(kind, "__name__")) is kind)


def text_of(kind: type, name: str) -> str:
    """`__module__`, `__name__` or `__qualname__` of a class, whatever its own class makes of that."""
    text = type.__dict__[name].__get__(kind)
    return text if type(text) is str else ""
