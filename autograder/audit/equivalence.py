"""Find mutants that no test can catch, because they do what the reference does on random inputs.

A task's folder `answers/TASK/` may contain `inputs.py`, which defines `inputs(rng)`, a generator of pairs of
positional and named arguments for the task's function:

    def inputs(rng):
        while True:
            yield (int(rng.integers(1, 9)),), {}

If the task asks for a class or a model instead of a function, inputs.py also defines `outcome(...)`. It takes these
arguments and returns numbers, arrays, texts, or tuples, lists and dicts of them. All of this runs where students'
code does, in a sandboxed kernel.
"""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder import records
from autograder.audit import compare_outcomes, short
from autograder.audit.short import Job
from autograder.engine import run
from autograder.grading import worker
from autograder.jobs import Setup

COUNT = 200  # inputs per task


@dataclass(frozen=True)
class Compared:
    """The result of a comparison.

    Attributes
    ----------
    same : tuple of str
        the names of the mutants that did the same as the reference on all inputs.
    problem : str
        why `inputs.py` could not be used, as the end of a sentence; empty if it could.
    """

    same: tuple[str, ...] = ()
    problem: str = ""


def compare(setup: Setup, job: Job, reference: str, inputs: str) -> Compared:
    """Run the reference and the mutants of a job on random inputs.

    Parameters
    ----------
    setup : Setup
        limits and isolation.
    job : Job
        the mutants, and the cells that the task depends on.
    reference, inputs : str
        the code of the reference's answer cell and of inputs.py.
    """
    name = _function(reference, job.task)
    cells = [short.locked(source, f"before-{number}") for number, source in enumerate(job.before)]
    cells.append(short.locked(f"""\
_compare = {{"__name__": "compare"}}
exec({inspect.getsource(compare_outcomes)!r}, _compare)
_inputs, _name = {inputs!r}, {name!r}
_expected = list(_compare["outcomes"]({reference!r}, _inputs, _name, {COUNT}, {short.NAMES}))
print(len(_expected), sum(not isinstance(result, type) for result, *_ in _expected))""", "expected"))
    for number, mutant in enumerate(job.answers):
        cells.append(short.locked(
            f"print(_compare['all_same'](_expected, _compare['outcomes']({mutant.cells[-1]!r}, _inputs, _name, "
            f"{COUNT}, {short.NAMES})))", f"mutant-{number}"))
    notebook = short.of_cells(cells)
    server = worker.server_for(setup, list(job.modules))
    run.run(notebook, setup.limits, server, setup.variables, setup.threads, setup.files)
    said = [_printed(cell) for cell in notebook.cells[len(job.before):]]
    problem = _problem(notebook.cells[len(job.before)], said[0])
    if problem:
        return Compared(problem=problem)
    return Compared(tuple(
        mutant.name for mutant, text in zip(job.answers, said[1:], strict=True) if text == "True"))


def _problem(cell: NotebookNode, said: str) -> str:
    error = next((output for output in cell.outputs if output.output_type == "error"), None)
    if error is not None:
        return f"raised {error.ename}: {error.evalue.strip().splitlines()[0] if error.evalue.strip() else ''}"
    try:
        count, returned = map(int, said.split()[-2:])
    except ValueError:
        return f"did not end. {records.of(cell).message.rstrip('.')}"
    if count < COUNT:
        return f"yields {count} inputs, and should yield at least {COUNT}"
    if returned < COUNT / 2:
        return f"yields inputs of which {count - returned} raise an error; most should be ones that students meet"
    return ""


def _printed(cell: NotebookNode) -> str:
    return "".join(output.text for output in cell.outputs if output.get("name") == "stdout").strip()


def _function(reference: str, task: str) -> str:
    """Return the function or class that a task asks for: the one with the task's name, else the last in its cell."""
    names = [node.name for node in ast.parse(reference).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return task if task in names or not names else names[-1]
