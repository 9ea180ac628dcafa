"""Marks on the notebook as it is graded, for the cells that run: what the source says and the release does not.

    binds     of an answer cell: the names that the reference solution binds there
    shared    of a test: it puts something of its own in the place of what an answer calls, so it uses the notebook's
              names; of a notebook: all its cells do, as in nbgrader
"""

from __future__ import annotations

import ast

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from autograder.engine.evidence import bound_names, is_released, is_test, transformed
from autograder.notebooks import grade_id


def mark(version: NotebookNode, source: NotebookNode, own_names: bool) -> None:
    """Put the marks on the cells of `version`, in place.

    Parameters
    ----------
    version, source : NotebookNode
        the notebook as it is graded, and with its solutions.
    own_names : bool
        whether tests have names of their own.
    """
    if not own_names:
        version.metadata.setdefault("autograder", NotebookNode())["shared"] = True
    code = [cell for cell in source.cells if cell.cell_type == "code"]
    answers = {grade_id(cell): list(bound_names(cell.source)) for cell in code if is_solution(cell)}
    replaceable = {name for names in answers.values() for name in names}
    replaceable |= {name for cell in code if is_released(cell) and not is_test(cell) for name in _defined(cell.source)}
    called = {name for cell in code if is_solution(cell) for name in _read_inside(cell.source)}
    for cell in version.cells:
        if is_solution(cell) and answers.get(grade_id(cell)):
            _marks(cell)["binds"] = answers[grade_id(cell)]
        if is_test(cell) and replaceable & called & set(bound_names(cell.source)):
            _marks(cell)["shared"] = True


def _marks(cell: NotebookNode) -> dict:
    return cell.metadata.setdefault("autograder", NotebookNode())


def _defined(source: str) -> set[str]:
    """The functions and classes that a cell defines."""
    return {node.name for node in _tree(source).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}


def _read_inside(source: str) -> set[str]:
    """The names that the functions of a cell look up when they are called."""
    found, waiting = set(), [_tree(source)]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
        else:  # a function inside it finds its names there
            inside = list(ast.walk(node))
            own = {one.arg for one in inside if isinstance(one, ast.arg)}
            own |= {one.id for one in inside if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
            found |= {one.id for one in inside if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)} - own
    return found


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(transformed(source))
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])
