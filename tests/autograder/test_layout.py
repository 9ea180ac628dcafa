"""The house: nothing is imported from a floor above, and nothing in a circle."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter

import pytest
from conftest import REPOSITORY

FLOORS = (  # from the ground up
    {"errors", "plain", "names", "slicing", "records", "notebooks", "files", "extra_files", "course", "jobs"},
    {"engine"},
    {"repair"},
    {"collect"},
    {"authoring"},
    {"results"},
    {"grading"},
    {"audit"},
    {"check"},
    {"__main__", "cli", "cli_audit", "cli_grade", "demo", "doctor", "entry", "progress", "terminal"},
)
PACKAGE = REPOSITORY / "autograder"
MODULES = {
    ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py")) if "templates" not in path.parts
}


@cache
def imported(module: str) -> set[str]:
    """The modules of this package that one imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in inner}
    return {name for name in found if name in MODULES} - {"autograder", module}


def floor(module: str) -> int:
    name = module.split(".")[1]
    found = [number for number, names in enumerate(FLOORS) if name in names]
    assert found, f"{module} is on no floor: put {name} into FLOORS"
    return found[0]


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"autograder"}))
def test_nothing_is_imported_from_a_floor_above(module):
    assert [one for one in sorted(imported(module)) if floor(one) > floor(module)] == []


def test_nothing_is_imported_in_a_circle():
    packages = {name for name in MODULES if MODULES[name].name == "__init__.py"}
    try:  # a package's own modules are not imported by it in a circle: it only shows them
        list(TopologicalSorter({
            module: imported(module) - packages for module in MODULES if module not in packages}).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_the_grader_names_no_course():
    """But for its distribution's name, and the table of what the course's package uses of other libraries."""
    named = {module for module, path in MODULES.items() if "cnnlab" in path.read_text(encoding="utf-8")}
    assert named == {"autograder.cli", "autograder.entry", "autograder.engine.private_names"}
