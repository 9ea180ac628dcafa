"""Check whether the visible part of a test gives the answer away, by grading a stub and a look-up table.

The table holds what the reference solution returned in each call of the visible part; for all other
arguments it returns one of these results. Such an answer satisfies the visible part, so the hidden part
must reject it. No table is made if an answer is a class, returns a model, or learns.
"""

from __future__ import annotations

import ast
import copy
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import ClearSolutions

from autograder.audit import short
from autograder.authoring.bank import Answer, Bank
from autograder.check.finding import Finding
from autograder.course import Course
from autograder.engine import run
from autograder.errors import UserError
from autograder.grading import worker
from autograder.jobs import Score, Setup
from autograder.names import names
from autograder.notebooks import Task, grade_id, without_regions

LOOKUP = Path(__file__).with_name("lookup.py")
TABLE = "table.pickle"  # in the notebook's folder, only for the kernel: this process never reads it
UNSEEN = (0, 1, -1)  # the index of the result that a table returns for arguments it does not hold; one table each


def find(course: Course, bank: Bank, sandbox: bool = True) -> Iterator[Finding]:
    """Yield findings on stubs and look-up tables that are not graded as they should be, and notes on missing tables.

    Raises
    ------
    UserError
        if the markers around a solution do not match.
    """
    stubs = _stubs(course, bank.solution)
    setup = short.setup(course, sandbox=sandbox)
    setup = replace(setup, limits=setup.limits.model_copy(update={"output_kilobytes": 10_000}))  # for the printed table
    for task in bank.tasks:
        if not task.answer:
            continue
        stub = Answer(task.answer, "stub", False, "", (), "", (stubs[task.answer],))
        table = record(setup, bank, task)
        answers = [_answer(bank, task, unseen) for unseen in UNSEEN] if table else []
        of_stub, *of_tables = _grade(replace(setup, files={TABLE: b64decode(table)}), bank, task, [stub, *answers])
        yield from _of_stub(task, of_stub)
        if not table:
            yield Finding(task.test, "No look-up table satisfies its visible part: an answer is a class, or returns "
                          "more than numbers, or changes something.", "Let the bank's wrong answers try it.", note=True)
        if any(score.score for score in of_tables):
            yield Finding(task.test, f"Its visible part gives the answer away: a table of what it shows keeps "
                          f"{task.points:g} of {task.points:g} points.",
                          f"Let the hidden part call {task.answer} with other arguments that have other results.")


def record(setup: Setup, bank: Bank, task: Task) -> str:
    """Record what the reference solution returns to the visible part; returns the table in base64.

    The text is empty if no table can be made, or if the table does not satisfy the visible part.

    Parameters
    ----------
    setup : Setup
        settings of the kernel, in which all of this happens.
    bank : Bank
        the assignment.
    task : Task
        one of its tasks.
    """
    functions = _functions(bank, task)
    if not functions:
        return ""
    reference = short.reference(bank, task)
    (job,) = short.jobs(bank, task, [reference])
    visible = without_regions(job.test.source, bank.marks.hidden_tests)
    wrap = "".join(f"{name} = _calls.record({name})\n" for name in functions)
    looked_up = _answer(bank, task, UNSEEN[0]).cells[-1]
    notebook = new_notebook(cells=[new_code_cell(source) for source in [
        *job.before, reference.cells[0], _lookup("_calls = _lookup['Calls']()\n" + wrap), visible,
        looked_up, visible, "print(_calls.text())"]])
    run.run(notebook, setup.limits, worker.server_for_own(setup, list(job.modules)), setup.variables, setup.threads)
    if any(output.output_type == "error" for cell in notebook.cells for output in cell.outputs):
        return ""
    return "".join(output.get("text", "") for output in notebook.cells[-1].outputs).strip()


def _stubs(course: Course, solution: NotebookNode) -> dict[str, str]:
    try:
        cleared, _ = ClearSolutions(config=course.config).preprocess(copy.deepcopy(solution), {})
    except RuntimeError as error:
        raise UserError(f"nbgrader cannot make the stubs: {error}.") from None
    return {grade_id(cell): cell.source for cell in cleared.cells}


def _of_stub(task: Task, score: Score) -> Iterator[Finding]:
    if score.score:
        yield Finding(task.test, f"The stub keeps {score.score:g} of {task.points:g} points.",
                      f"Let the test call {task.answer}.")
    elif not score.stub:
        yield Finding(task.test, f"To the stub it does not say that the task was not attempted, but: {score.message}",
                      f"Call {task.answer} by `checks.call`, first of all.")


def _grade(setup: Setup, bank: Bank, task: Task, answers: list[Answer]) -> list[Score]:
    (job,) = short.jobs(bank, task, answers)
    return [score for _, score, _ in short.grade(setup, job)]


def _functions(bank: Bank, task: Task) -> list[str]:
    """The names of the answer's functions that its test uses; empty if the test also uses one of its classes."""
    test = names(next(cell.source for cell in bank.solution.cells if grade_id(cell) == task.test))
    used = [node for node in ast.parse(short.reference(bank, task).cells[0]).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in test.reads | test.later]
    return [] if any(isinstance(node, ast.ClassDef) for node in used) else [node.name for node in used]


def _answer(bank: Bank, task: Task, unseen: int) -> Answer:
    """An answer that looks every result up in the table."""
    functions, tree = _functions(bank, task), ast.parse(short.reference(bank, task).cells[0])
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            node.decorator_list = []
            node.body = ast.parse(f"return _calls.answer({node.name!r}, locals(), {unseen})").body
    load = (f"with open({TABLE!r}, 'rb') as _file:\n"
            "    _calls = _lookup['Calls'](_lookup['pickle'].loads(_file.read()))\n")
    return Answer(task.answer, f"table {unseen}", False, "", (), "", (_lookup(load), ast.unparse(tree)))


def _lookup(more: str) -> str:
    """Code that runs lookup.py in a dict of its own, so that the notebook's names do not change, and then `more`."""
    text = LOOKUP.read_text(encoding="utf-8")
    return f"_lookup = {{'__name__': 'lookup'}}\nexec(compile({text!r}, 'lookup', 'exec'), _lookup)\n{more}"
