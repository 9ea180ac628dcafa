"""The namespaces of the release: the locked cells have their own, and each test has one on top of it.

    notebook   names that the student's cells bind; this is IPython's `user_ns`
    release    names that locked cells bind; the notebook gets them, too, and may bind them to something else
    test       names that one test binds; nothing else sees them, except later cells of the release that read them

A cell of the release looks up a name in its own namespace first, then in the notebook. So a test sees what the student
made, but nothing of the student's hides something of the release that has the same name: another `layers`, a variable
`sum`, a helper. The names that an answer is asked to bind always mean the student's objects.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import MappingProxyType

_BUILTINS = MappingProxyType(dict(vars(builtins)))
_ABSENT = object()
_get, _set, _delete, _contains = dict.get, dict.__setitem__, dict.__delitem__, dict.__contains__


class _Names(dict):
    """Globals in which a name counts as there where `__missing__` finds it."""

    def __contains__(self, name: object) -> bool:
        return self.get(name, _ABSENT) is not _ABSENT

    def get(self, name: object, default: object = None) -> object:
        try:
            return self[name]
        except KeyError:
            return default


class NamesOfRelease(_Names):
    """The globals of locked cells.

    Parameters
    ----------
    notebook : dict
        the namespace of the student's cells.
    """

    def __init__(self, notebook: dict) -> None:
        super().__init__(
            __name__="__main__", __doc__=None, __builtins__=builtins, get_ipython=notebook.get("get_ipython"))
        self.notebook = notebook
        self.answers: frozenset[str] = frozenset()  # names that the student is asked to bind
        self.left: dict[str, object] = {}  # what tests left for later cells; names of the student come first

    def __missing__(self, name: str) -> object:
        builtin = _BUILTINS.get(name, _ABSENT)
        if builtin is _ABSENT or name in self.answers:
            value = _get(self.notebook, name, _ABSENT)
            if value is not _ABSENT:
                return value
            value = _get(self.left, name, _ABSENT)
            if value is not _ABSENT:
                return value
        if builtin is _ABSENT:
            raise KeyError(name)
        return builtin

    def __setitem__(self, name: str, value: object) -> None:
        if name not in self.answers:
            _set(self, name, value)
        _set(self.notebook, name, value)

    def __delitem__(self, name: str) -> None:
        if not _contains(self, name) and name not in self.notebook:
            raise KeyError(name)
        self.pop(name, None)
        self.notebook.pop(name, None)

    def keys(self) -> set[str]:  # type: ignore[override]  # `dir` sorts it; nothing asks for a live view
        """Return all names that can be looked up, for `dir()` in a cell."""
        theirs = {name for name in self.notebook if name not in _BUILTINS or name in self.answers}
        return {*dict.keys(self), *theirs, *self.left}

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Add what tests left to the notebook while the block runs, for a test that shares the notebook's names."""
        lent = {name: value for name, value in self.left.items() if name not in self.notebook}
        self.notebook.update(lent)
        try:
            yield
        finally:
            for name, value in lent.items():
                if self.notebook.get(name) is value:
                    del self.notebook[name]

    def take(self, names: Iterable[str]) -> None:
        """Treat names of the notebook as bound by a locked cell, whose magics bound them there."""
        for name in names:
            if name in self.notebook and name not in self.answers:
                _set(self, name, self.notebook[name])


class NamesOfTest(_Names):
    """The globals of one test, on top of those of the locked cells."""

    def __init__(self, release: NamesOfRelease) -> None:
        super().__init__(release)
        self.release, self.began = release, dict(release)

    def __missing__(self, name: str) -> object:
        value = self.release.__missing__(name)
        if value is _BUILTINS.get(name, _ABSENT):
            _set(self, name, value)  # only built-ins are kept: the notebook may change while the test runs
        return value

    def keys(self) -> set[str]:  # type: ignore[override]  # `dir` sorts it; nothing asks for a live view
        """Return all names that can be looked up, for `dir()` in a test."""
        return {*dict.keys(self), *self.release.keys()}

    def foreign(self, binds: set[str]) -> list[str]:
        """Return a sentence for each name that was bound here, but not by the test.

        `binds` are the names that the test binds, with `*` for any name.
        """
        if "*" in binds:
            return []
        new = [name for name, value in dict.items(self) if type(name) is not str or (
            not name.startswith("__") and name not in binds and value is not _get(self.began, name, _ABSENT)
            and value is not _BUILTINS.get(name, _ABSENT))]
        return [f"`{name if type(name) is str else '?'}` was put among the names of the test" for name in new]

    def leave(self, names: Iterable[str]) -> None:
        """Keep what the test bound to these names for later cells of the release."""
        for name in names:
            value = _get(self, name, _ABSENT)
            if value is _ABSENT or value is _get(self.release, name, _ABSENT):
                continue
            if _contains(self.release, name):  # a locked cell bound it before
                _set(self.release, name, value)
            else:
                self.release.left[name] = value
