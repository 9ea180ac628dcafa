"""Other libraries still have the names that we use although they are private, and no such name is used unlisted."""

import ast
import inspect
import re
from importlib import import_module

import pytest
from conftest import REPOSITORY

from autograder.engine.private_names import PRIVATE_NAMES, PrivateName

OF_TENSORFLOW = ("tensorflow", "keras", "tensorboard")
SOURCES = [path for package in ("autograder", "cnnlab") for path in sorted((REPOSITORY / package).rglob("*.py"))
           if "templates" not in path.parts]


def is_set_by_a_method(kind: object, name: str) -> bool:
    """Whether a method of the class, or of one it inherits from, sets the attribute."""
    assigned = re.compile(rf"\bself\.{name}\b(?:\s*:[^=\n]+)?\s*=[^=]")
    for base in kind.__mro__ if isinstance(kind, type) else ():
        try:
            if assigned.search(inspect.getsource(base)):
                return True
        except (OSError, TypeError):  # not written in Python
            continue
    return False


def has(entry: PrivateName) -> bool:
    found = import_module(entry.module)
    *path, last = entry.name.split(".")
    for name in path:
        found = getattr(found, name)
    return not last or hasattr(found, last) or is_set_by_a_method(found, last)


def lost(entry: PrivateName) -> str:
    """A sentence where an installed version no longer has the name."""
    try:
        if has(entry):
            return ""
    except (ImportError, AttributeError):
        pass
    return f"{entry} is gone, on which {entry.used_in} relies: {entry.why}."


@pytest.mark.parametrize("entry", [
    pytest.param(entry, id=str(entry), marks=[pytest.mark.tensorflow] * entry.module.startswith(OF_TENSORFLOW))
    for entry in PRIVATE_NAMES])
def test_the_installed_version_has_the_name(entry):
    assert not lost(entry), lost(entry)


@pytest.mark.parametrize("module, name", [
    ("asyncio.base_events", "BaseEventLoop._reedy"), ("asyncio.base_events", "EventLoop._ready"), ("asyncio.nothing", "")])
def test_a_name_that_is_gone_is_named(module, name):
    entry = PrivateName(module, name, "autograder/a.py", "it was useful")
    assert lost(entry) == f"{entry} is gone, on which autograder/a.py relies: it was useful."


@pytest.mark.parametrize("entry", PRIVATE_NAMES, ids=str)
def test_the_name_is_used_where_the_table_says(entry):
    place = REPOSITORY / entry.used_in
    texts = [path.read_text(encoding="utf-8") for path in ([place] if place.is_file() else place.rglob("*.py"))]
    last = entry.name.rpartition(".")[2] or entry.module
    assert any(re.search(rf"\b{re.escape(last)}\b", text) for text in texts)


def defined(tree: ast.AST) -> set[str]:
    """The names that some code of ours binds: functions, classes, variables, attributes."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.id if isinstance(node, ast.Name) else node.attr)
    return found


def private(tree: ast.AST, ours: set[str]) -> set[str]:
    """The private attributes that are read, and are not ours; what `super()` is asked for is never ours alone."""
    return {
        node.attr for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and re.match("_[^_]", node.attr)
        and (node.attr not in ours or ast.unparse(node.value) == "super()")}


def test_private_names_are_found():
    tree = ast.parse("""
class Ours(Theirs):
    _limit = 3

    def _begin(self):
        self._left = self._limit + self._more
        return super()._begin(self.__dict__, self._left, other.thing._inner())
""")
    assert private(tree, defined(tree)) == {"_more", "_begin", "_inner"}


def test_every_private_name_that_is_used_is_in_the_table():
    trees = {path.relative_to(REPOSITORY).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
    ours = set().union(*map(defined, trees.values()))
    known = {part for entry in PRIVATE_NAMES for part in entry.name.split(".")}
    assert [f"{path}: {name}" for path, tree in trees.items() for name in sorted(private(tree, ours) - known)] == []
