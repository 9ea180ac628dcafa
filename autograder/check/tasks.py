"""Check that every task has a stub, a visible and a hidden part, points, and a bank."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbgrader.utils import is_grade, is_solution

from autograder.audit.verdict import examine
from autograder.authoring.bank import Bank
from autograder.check.finding import Finding
from autograder.names import nodes
from autograder.notebooks import grade_id, regions, tasks, without_regions

CHECKS = ("checks", "check")  # the package's checks, and an assignment's module of them


def find(bank: Bank) -> Iterator[Finding]:
    """Yield findings on what the tasks lack."""
    begin, end = bank.marks.solution
    found = tasks(bank.solution)
    cells = {grade_id(cell): cell for cell in bank.solution.cells}
    if not found:
        yield Finding("the notebook", "It has no task.", "Mark an answer cell and a test cell as nbgrader does.")
    for task in found:
        if not task.points > 0:
            yield Finding(task.test, "It gives no points.", 'Put "points" into its metadata, at least 1.')
        if not task.answer:
            yield Finding(task.test, "There is no answer cell before it.", "Put the cell with the solution above it.")
        elif not any(region.strip() for region in regions(cells[task.answer].source, (begin, end))):
            yield Finding(task.answer, "It becomes no stub.",
                          f"Put the solution between the lines {begin} and {end}.")
    for task in bank.tasks:
        yield from _test(task.test, cells[task.test].source, *bank.marks.hidden_tests)
        if task.answer:
            for sentence in examine(bank, task):
                begun = sentence.replace("the bank", "The bank", 1)
                yield Finding(task.answer, begun, f"Put it right in answers/{task.answer}/.")
    tested = {task.answer for task in found}
    for mark, cell in cells.items():
        if is_solution(cell) and not is_grade(cell) and mark not in tested:
            yield Finding(mark, "It has no test.", "Put a cell with the test below it.")


def _test(name: str, source: str, begin: str, end: str) -> Iterator[Finding]:
    if not _checks(without_regions(source, (begin, end))):
        yield Finding(name, "It has no visible part: a student learns nothing from it.",
                      f"Put checks that a student sees above the line {begin}.")
    if not any(_runs(region) for region in regions(source, (begin, end))):
        yield Finding(name, "It has no hidden part: what merely fits the visible one keeps its points.",
                      f"Put checks on other inputs between the lines {begin} and {end}.")


def _checks(source: str) -> bool:
    """Whether code has a check that can fail: a use of `checks` or `check`, an assert or a raise."""
    return any(isinstance(node, ast.Assert | ast.Raise) or isinstance(node, ast.Name) and node.id in CHECKS
               for node in nodes(source))


def _runs(source: str) -> bool:
    """Whether code has more than comments and blank lines."""
    return any(line.strip() and not line.strip().startswith("#") for line in source.splitlines())
