"""Tell student code from the code of the release and of libraries."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import partial
from types import CodeType, FrameType, FunctionType, ModuleType

from autograder.engine.sandbox.baseline import function_of, is_librarys
from autograder.engine.sandbox.namespaces import NamesOfRelease, NamesOfTest

MODULES = sys.modules
TOOLS = {  # modules whose actions count as their caller's
    "ctypes", "inspect", "threading", "traceback", "unittest.mock", "stack_data", "stack_data.core", "executing",
    "executing.executing", "IPython.utils.frame", "bdb", "pdb", "IPython.core.debugger", "IPython.core.ultratb",
    "IPython.core.magic", "decorator", "tensorflow.python.util.tf_inspect",
}

ATTRIBUTES = type.__dict__["__dict__"].__get__  # returns the attributes of a class, whatever its metaclass defines


class StudentCode:
    """Tells student code from other code; a module that is not a library's counts as student code, too.

    Parameters
    ----------
    names : dict
        the notebook's namespace.

    Attributes
    ----------
    files : set of str
        the file names of the release's cells, as in their code objects.
    sharing : bool
        whether the release's code runs in the notebook's namespace.
    """

    def __init__(self, names: dict) -> None:
        self.names = names
        self.files: set[str] = set()
        self.sharing = False
        self._libraries: set[int] = set()
        self._roots: tuple[str, ...] = ()  # the folders of packages that were loaded before the fork

    def record(self, modules: Iterable[object]) -> None:
        """Treat these modules, loaded before the fork, as libraries, and all that their packages' folders contain."""
        loaded = [module for module in modules if isinstance(module, ModuleType)]
        self._roots = tuple(f"{folder}/" for module in loaded for folder in _folders(module))
        self.add(loaded)

    def add(self, modules: Iterable[object]) -> None:
        """Treat these modules, loaded by a locked cell, as libraries, too; a notebook may have written others."""
        self._libraries |= {id(vars(module)) for module in modules if isinstance(module, ModuleType)} - {id(self.names)}

    def has_frame(self, frame: FrameType | None) -> bool:
        """Return whether a frame belongs to student code; the frames of tools count as their caller's."""
        while frame is not None and self._is_tool(frame.f_globals):
            frame = frame.f_back
        return frame is not None and self.has_code(frame.f_code, frame.f_globals)

    def has_function(self, thing: object) -> bool:
        """Return whether an object is a function of the student."""
        return isinstance(thing, FunctionType) and self.has_code(thing.__code__, thing.__globals__)

    def has_callable(self, thing: object) -> bool:
        """Return whether a callable, or an object's class, is student code."""
        thing = function_of(thing.func if isinstance(thing, partial) else thing)
        if isinstance(thing, FunctionType):
            return self.has_function(thing)
        methods = ATTRIBUTES(thing if isinstance(thing, type) else type(thing)).values()
        return any(self.has_function(function_of(one)) for one in methods)

    def has_namespace(self, space: dict) -> bool:
        """Return whether a namespace is the notebook's, or belongs neither to a library nor to the release."""
        if space is self.names:
            return True
        if id(space) in self._libraries or isinstance(space, NamesOfRelease | NamesOfTest):
            return False
        name = dict.get(space, "__name__", "")
        module = dict.get(MODULES, name) if type(name) is str else None
        return not isinstance(module, ModuleType) or vars(module) is not space or not is_librarys(module, self._roots)

    def _is_tool(self, space: dict) -> bool:
        """Return whether a namespace is that of a tool, and does not only have the name of one."""
        name = dict.get(space, "__name__")
        return type(name) is str and name in TOOLS and not self.has_namespace(space)

    def has_code(self, code: CodeType, space: dict) -> bool:
        """Return whether code that runs with these globals is the student's.

        Unless `sharing` is set, all code in the notebook's namespace is, whatever its file name: a student can give
        code any file name.
        """
        of_release = code.co_filename in self.files and (self.sharing or space is not self.names)
        return not of_release and self.has_namespace(space)

    def is_in_its_module(self, kind: type) -> bool:
        """Return whether a class is found in the module that it names, and the notebook did not make that module."""
        module = dict.get(MODULES, text_of(kind, "__module__"))
        return (isinstance(module, ModuleType) and not self.has_namespace(vars(module))
                and vars(module).get(text_of(kind, "__name__")) is kind)


def _folders(module: ModuleType) -> list[str]:
    """Return the folder of a package in a list; empty for a namespace package or a single module."""
    file = vars(module).get("__file__")
    return [os.path.dirname(file)] if type(file) is str and os.path.basename(file) == "__init__.py" else []


def text_of(kind: type, name: str) -> str:
    """Return `__module__`, `__name__` or `__qualname__` of a class, whatever its metaclass defines.

    The text is empty if the attribute is not exactly a str.
    """
    text = type.__dict__[name].__get__(kind)
    return text if type(text) is str else ""
