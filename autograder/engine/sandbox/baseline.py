"""The baseline: every module and class that was loaded before a kernel was forked.

`record` runs in the parent and stores the attributes of every module and class. A kernel calls `Baseline.changed`
before and after each test. If nothing changed, this is one comparison of memory (memory.py): it touches no object, so
none of the parent's pages are copied, and it takes 3 ms for the 200,000 attributes of TensorFlow. If a module or class
differs, its attributes are compared one by one, by identity.

Only the replacement of a function, a class or a module counts. Libraries replace some of their own; `_is_in_order`
decides what they may put in place. Plain values do not count, because tests of the release change some themselves.
"""

from __future__ import annotations

import abc
import builtins
import gc
import importlib.machinery
import sys
from collections.abc import Callable, Iterable, Iterator
from types import BuiltinMethodType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any

from autograder.engine.sandbox.contents import fingerprint
from autograder.engine.sandbox.leftovers import HABITS
from autograder.engine.sandbox.memory import Objects, Places

_BUILTINS = dict(vars(builtins))
_KINDS = (ModuleType, MappingProxyType, property, classmethod, staticmethod)
_ABSENT = object()
_LAZY = frozenset({"__getattr__", "__dir__"})


class _Table:
    """The recorded attributes of one module or class."""

    __slots__ = ("held", "label", "owner", "space", "values")

    def __init__(self, label: str, owner: object, space: dict) -> None:
        self.label, self.owner, self.space = label, owner, space
        self.held, self.values = tuple(space), tuple(space.values())

    def original(self) -> dict[str, object]:
        return dict(zip(self.held, self.values, strict=True))


class Baseline:
    """The modules and classes that were loaded when this object was made.

    Parameters
    ----------
    package : str
        the name of the course's own package, which the guard reads from here; empty if there is none.
    """

    def __init__(self, package: str = "") -> None:
        self.package = package
        self.modules = dict(sys.modules)
        self.tables = list(_tables(self.modules))
        self.named = {id(value): name for table in self.tables for name, value in zip(
            table.held, table.values, strict=True) if callable(value)}
        self.odd: dict[int, list[str]] = {}  # sentences about what is wrong in a table, by its index
        self.registered = abc.get_cache_token()
        spaces = [table.space for table in self.tables]
        self.compared, self.loaded = _comparing(spaces), _comparing([sys.modules])
        self.new: list[tuple[str, object]] = []  # modules that were loaded since

    def settle(self) -> None:
        """Make all differences so far part of the baseline: they come from the start of the kernel itself."""
        differing = self.compared.differing()
        for place in differing:
            table = self.tables[place]
            self.tables[place] = _Table(table.label, table.owner, table.space)
            self.odd.pop(place, None)
        self.compared.renew(differing)
        self.modules, self.new = dict(sys.modules), []
        self.loaded.renew([0])
        self.registered = abc.get_cache_token()

    def accept(self, is_students: Callable[[dict], bool]) -> None:
        """Accept what a locked cell replaced since the last call of `changed`, except replacements by student code."""
        differing = self.compared.differing()
        for place in differing:
            table = self.tables[place]
            original = table.original()
            now = {name: value for name, value in table.space.items() if value is not original.get(name, _ABSENT)
                   and not any(is_students(space) for space in _spaces_of(value))}
            table.held, table.values = tuple(original | now), tuple((original | now).values())
        self.compared.renew(differing)

    def changed(self, notebook: dict, is_students: Callable[[dict], bool]) -> list[str]:
        """Return what has changed since the baseline was recorded, one sentence each.

        Parameters
        ----------
        notebook : dict
            the namespace of the student's cells.
        is_students : callable
            tells whether a namespace is that one or an unknown one.
        """
        differing = self.compared.differing()
        for place in differing:
            self.odd[place] = list(self._compare(self.tables[place], is_students))
        if differing:
            self.compared.renew(differing)
            self.odd = {place: found for place, found in self.odd.items() if found}
        found = [sentence for place in sorted(self.odd) for sentence in self.odd[place]]
        return found + self._registrations() + self._foreign_modules(notebook)

    # what counts

    def _compare(self, table: _Table, is_students: Callable[[dict], bool]) -> Iterator[str]:
        """Yield a sentence for each difference in one table that counts."""
        space, original = table.space, table.original()
        for name, old in original.items():
            new = space.get(name, _ABSENT)
            if new is old or name in HABITS.get(table.label, ()):
                continue
            if new is _ABSENT:
                if isinstance(table.owner, type) and callable(old):
                    yield f"`{table.label}.{name}` was deleted"
            elif (callable(old) or isinstance(old, _KINDS)) and not self._is_in_order(name, old, new, is_students):
                yield f"`{table.label}.{name}` was replaced"
        for name in space.keys() - original.keys():
            if self._hides(table.owner, name, space[name], is_students):
                yield f"`{table.label}.{name}` was added"

    def _is_in_order(self, name: str, old: object, new: object, is_students: Callable[[dict], bool]) -> bool:
        """Return whether a library may have replaced `old` by `new`.

        It may if `new` is `old` loaded again, if `new` was there before the fork under the same name, if both are
        modules and `new` is a library's, or if `new` comes from a library that was loaded since.
        """
        if _alike(old, new) or self.named.get(id(new)) == name or _is_builtin_type(name, new):
            return True
        if isinstance(old, ModuleType):
            return _same_lazy(old, new) or (any(new is one for one in sys.modules.values()) and is_librarys(new))
        home = sys.modules.get(new.__module__ or "") if isinstance(new, FunctionType | type) else None
        if home is None or not is_librarys(home) or self.modules.get(home.__name__) is home:
            return False
        return not any(is_students(space) for space in _spaces_of(new))

    def _hides(self, owner: object, name: str, value: object, is_students: Callable[[dict], bool]) -> bool:
        """Return whether a new attribute hides what tests would find under its name."""
        if not callable(value) and not isinstance(value, _KINDS):
            return False
        if _is_builtin_type(name, value):
            return False
        if isinstance(owner, type):
            special = name.startswith("__") and name.endswith("__")
            return (special or any(name in vars(base) for base in owner.__mro__[1:])) and self._is_foreign(
                value, is_students)
        return (name in _BUILTINS or name in _LAZY) and self._is_foreign(value, is_students)

    def _is_foreign(self, value: object, is_students: Callable[[dict], bool]) -> bool:
        spaces = list(_spaces_of(value))
        return not spaces or any(is_students(space) for space in spaces)

    def _registrations(self) -> list[str]:
        """Return the built-in types that were registered with an abstract class of `numbers`, one sentence each."""
        if abc.get_cache_token() == self.registered:
            return []
        odd = []
        for kind, base in ((float, "Integral"), (float, "Rational"), (complex, "Real"), (str, "Number"),
                           (complex, "Integral"), (list, "Number"), (tuple, "Number"), (dict, "Number")):
            numbers = self.modules.get("numbers")
            if numbers is not None and issubclass(kind, vars(numbers)[base]):
                odd.append(f"`{kind.__name__}` was registered as numbers.{base}")
        return odd

    def _foreign_modules(self, notebook: dict) -> list[str]:
        """Return modules that were replaced, made up under a library's name, or changed since they were loaded."""
        found = []
        if differing := self.loaded.differing():
            self.new = [(name, module) for name, module in list(sys.modules.items())
                        if self.modules.get(name) is not module and name != "__main__"]
            self.loaded.renew(differing)
        for name, module in self.new:
            old = self.modules.get(name)
            if old is not None:
                if not (is_librarys(module) and _attribute(module, "__file__") == _attribute(old, "__file__")):
                    found.append(f"the module `{name}` was replaced")
            elif module is not None:
                found += self._new_module(name, module, notebook)
        return found

    def _new_module(self, name: str, module: object, notebook: dict) -> list[str]:
        if not isinstance(module, ModuleType):
            return [f"the module `{name}` was made up"] if _exists(name) else []
        if _attribute(module, "__spec__") is None:
            return [f"the module `{name}` was made up"] if _exists(name) else []
        if not is_librarys(module):
            return []
        return [f"`{name}.{attribute}` was replaced" for attribute, value in list(vars(module).items())
                if isinstance(value, FunctionType | type) and any(space is notebook for space in _spaces_of(value))]


def _comparing(spaces: list[dict]) -> Places | Objects:
    try:
        return Places(spaces)
    except (OSError, MemoryError, ValueError):
        return Objects(spaces)


def _tables(modules: dict[str, ModuleType]) -> Iterator[_Table]:
    """Yield a table for each module and each class."""
    seen: set[int] = set()
    for name, module in list(modules.items()):
        if name != "__main__" and isinstance(module, ModuleType) and id(vars(module)) not in seen:
            seen.add(id(vars(module)))
            yield _Table(name, module, vars(module))
    waiting, known = [object], {object}
    while waiting:
        kind = waiting.pop()
        space = next((one for one in gc.get_referents(kind.__dict__) if type(one) is dict), None)
        if space is not None:
            yield _Table(f"{kind.__module__}.{kind.__qualname__}", kind, space)
        for one in type.__subclasses__(kind):
            if one not in known:
                known.add(one)
                waiting.append(one)


def _is_builtin_type(name: str, value: object) -> bool:
    """Return whether a built-in type is set under its own name, as in `np.float = float` for older code."""
    return isinstance(value, type) and value is _BUILTINS.get(name)


def _alike(old: Any, new: Any) -> bool:
    """Return whether `new` is `old`, loaded again."""
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        return (_same_globals(old.__globals__, new.__globals__) and new.__code__ == old.__code__
                and new.__code__.co_filename == old.__code__.co_filename
                and _same_values([cell.cell_contents for cell in old.__closure__ or ()],
                                 [cell.cell_contents for cell in new.__closure__ or ()])
                and _same_values(old.__defaults__ or (), new.__defaults__ or ())
                and (old.__kwdefaults__ or {}).keys() == (new.__kwdefaults__ or {}).keys()
                and _same_values((old.__kwdefaults__ or {}).values(), (new.__kwdefaults__ or {}).values()))
    if type(old) is type(new) and type(old) in (MethodType, BuiltinMethodType):
        ours, theirs = type(old.__self__), type(new.__self__)
        return old.__name__ == new.__name__ and _named_alike(ours, theirs) and (
            type(old) is BuiltinMethodType or _alike(old.__func__, new.__func__))
    if isinstance(old, staticmethod | classmethod) and type(old) is type(new):
        return _alike(old.__func__, new.__func__)
    if type(old) is type(new) is type:
        return _named_alike(old, new) and all(
            _alike(value, vars(new).get(name)) for name, value in vars(old).items() if isinstance(value, FunctionType))
    if type(old) is type(new) and type(old).__module__ not in ("builtins", "functools") and hasattr(old, "__dict__"):
        return fingerprint(vars(old)) is not None and fingerprint(vars(old)) == fingerprint(vars(new))
    return False


def _named_alike(old: type, new: type) -> bool:
    return old is new or (old.__module__ == new.__module__ != "__main__" and old.__qualname__ == new.__qualname__)


def _same_lazy(old: ModuleType, new: object) -> bool:
    """Return whether both are the same lazy module: TensorFlow makes some again, for another parent module."""
    if type(new) is not type(old) or type(old) is ModuleType:
        return False
    ours, theirs = (ModuleType.__getattribute__(one, "__dict__") for one in (old, new))
    return ours.keys() == theirs.keys() and all(
        value is theirs[name] or (type(value) is type(theirs[name]) is str and value == theirs[name])
        or (_is_a_librarys_space(value) and _is_a_librarys_space(theirs[name])) for name, value in ours.items())


def _is_a_librarys_space(value: object) -> bool:
    """Return whether a value is the namespace of a library's module, which may be wrapped in another module."""
    module = sys.modules.get(value.get("__name__", "")) if type(value) is dict else None
    if not is_librarys(module):
        return False
    outer = ModuleType.__getattribute__(module, "__dict__")
    return value is outer or any(type(one) is ModuleType and vars(one) is value for one in list(outer.values()))


def _same_globals(old: dict, new: dict) -> bool:
    """Return whether two functions look names up in the same namespace; each named tuple class has its own."""
    return old is new or (str(old.get("__name__")).startswith("namedtuple_") and old.keys() == new.keys()
                          and _same_values(old.values(), new.values()))


def _same_values(old: Iterable[object], new: Iterable[object]) -> bool:
    """Return whether closures or defaults hold the same values: identical, loaded again, or plain and equal."""
    one, other = list(old), list(new)
    return len(one) == len(other) and all(
        a is b or (isinstance(a, type) and isinstance(b, type) and _named_alike(a, b)) or _alike(a, b)
        or (fingerprint(a) is not None and fingerprint(a) == fingerprint(b)) for a, b in zip(one, other, strict=True))


def _spaces_of(value: object) -> Iterator[dict]:
    """Yield the namespaces in which a function, or the methods of a class, look names up."""
    for one in map(function_of, list(vars(value).values()) if isinstance(value, type) else [value]):
        if isinstance(one, FunctionType):
            yield one.__globals__


def function_of(value: object) -> object:
    """Return the function of a method or property; return anything else as it is, without running its code."""
    if isinstance(value, staticmethod | classmethod | MethodType):
        return value.__func__
    return value.fget if isinstance(value, property) else value


def _attribute(module: object, name: str) -> object:
    """Return an attribute of a module, or None, without calling `__getattr__`: a lazy module would import something."""
    if not isinstance(module, ModuleType):
        return None
    return ModuleType.__getattribute__(module, "__dict__").get(name)


def is_librarys(module: object, more: tuple[str, ...] = ()) -> bool:
    """Return whether a module is part of Python, or was loaded from a file that a notebook cannot write.

    `more` gives the folders of such files, in addition to Python's own.
    """
    spec = _attribute(module, "__spec__")
    if not isinstance(spec, importlib.machinery.ModuleSpec):
        return False
    if spec.origin in ("built-in", "frozen") or spec.loader is importlib.machinery.BuiltinImporter:
        return True
    return spec.origin is not None and spec.origin.startswith((sys.prefix, sys.base_prefix, *more)) and _attribute(
        module, "__file__") == spec.origin


def _exists(name: str) -> bool:
    """Return whether an installed library has this name."""
    try:
        return importlib.machinery.PathFinder.find_spec(name.partition(".")[0]) is not None
    except (ImportError, ValueError, AttributeError):
        return False


_recorded: list[Baseline] = []


def record(package: str = "") -> None:
    """Record the baseline, in the parent after all imports."""
    _recorded[:] = [Baseline(package)]


def forget() -> None:
    """Drop the recorded baseline once a kernel has it, so that student code cannot find it here."""
    _recorded.clear()


def recorded() -> Baseline:
    """Return, in a kernel, the baseline that the parent recorded; record it now if the parent did not."""
    if not _recorded:
        record()
    return _recorded[0]
