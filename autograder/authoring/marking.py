"""Mark cells of the notebook as it is graded with what only the source shows.

    partial   of a test that ends with an expression: in nbgrader, if its value is a number, this is the score
    binds     of an answer cell: the names that the reference solution binds there
    shared    of a test: it replaces something that an answer calls, so it has to use the notebook's names;
              of a notebook: all its cells use them, as in nbgrader
"""

from __future__ import annotations

import ast

from nbformat import NotebookNode

from autograder import names, records
from autograder.course import Tests
from autograder.notebooks import grade_id, is_released, is_solution, is_test


def mark(version: NotebookNode, source: NotebookNode, settings: Tests) -> None:
    """Put the marks on the cells of `version`, in place.

    Parameters
    ----------
    version, source : NotebookNode
        the notebook as it is graded, and the notebook with solutions.
    settings : Tests
        [tests] of course.toml.
    """
    if settings.partial_points == "returned":
        _mark_returning(version)
    if not settings.own_names:
        records.note(version, shared=True)
    code = [cell for cell in source.cells if cell.cell_type == "code"]
    answers = {grade_id(cell): names.bound(cell.source) for cell in code if is_solution(cell)}
    replaceable = {name for theirs in answers.values() for name in theirs}
    locked = [cell for cell in code if is_released(cell) and not is_test(cell)]
    replaceable |= {name for cell in locked for name in names.defined(cell.source)}
    called = {name for cell in code if is_solution(cell) for name in names.names(cell.source).later}
    for cell in version.cells:
        if is_solution(cell) and answers.get(grade_id(cell)):
            records.note(cell, binds=answers[grade_id(cell)])
        if is_test(cell) and replaceable & called & set(names.bound(cell.source)):
            records.note(cell, shared=True)


def _mark_returning(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if is_test(cell) and _ends_with_a_value(cell.source):
            records.note(cell, partial=records.of(cell).partial or records.RETURNED)


def _ends_with_a_value(source: str) -> bool:
    tree = None if source.lstrip().startswith("%%") else names.tree(source)
    last = tree.body[-1] if tree and tree.body else None
    if not isinstance(last, ast.Expr) or source.rstrip().endswith(";"):
        return False
    return not ast.unparse(last.value).startswith(("print(", "get_ipython()"))
