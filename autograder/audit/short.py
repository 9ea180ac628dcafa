"""A task's answers one after the other in one kernel, with only the cells that the task depends on.

Before each answer a cell puts the variables back. What runs, isolates and scores is the engine that
grades submissions. An answer that takes the kernel down or tampers with it gets its row, and the rest a
new kernel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import is_grade, is_solution

from autograder import run, scores, worker
from autograder.audit.bank import Answer, Bank
from autograder.audit.slicing import names, needed, statements
from autograder.course import Course
from autograder.notebooks import Task, grade_id
from autograder.scores import Score
from autograder.worker import Setup

AT_ONCE = 40  # answers in one kernel: more than a task has, as the cells before them may train for long
SMALL = 100_000  # numbers in an array that is copied for each answer
NOT_OURS = ("In", "Out", "exit", "quit", "get_ipython", "open")  # IPython's own variables
KEEP = f'''_kept = {{name: value for name, value in globals().items() if name[:1] != "_" and name not in {NOT_OURS}}}'''


@dataclass(frozen=True)
class Job:
    """Some answers to one task.

    Attributes
    ----------
    assignment, task : str
        which.
    modules : tuple of str
        what the whole notebook imports: one fork server serves all tasks.
    before : tuple of str
        the cells that the task depends on.
    test : NotebookNode
        the task's test cell.
    answers : tuple of Answer
    """

    assignment: str
    task: str
    modules: tuple[str, ...]
    before: tuple[str, ...]
    test: NotebookNode
    answers: tuple[Answer, ...]


def setup(course: Course, at_once: int = AT_ONCE, sandbox: bool = True, threads: int | None = None) -> Setup:
    """The limits of one submission, for a kernel that has several answers in turn, on a machine that is busy."""
    limits = course.settings.limits
    limits = limits.model_copy(update={
        "cell_seconds": 2 * limits.cell_seconds, "notebook_seconds": limits.notebook_seconds * at_once,
        "cpu_seconds": limits.cpu_seconds * at_once})
    return Setup({}, limits, visible=tuple(course.settings.sandbox.visible), root=str(course.root),
                 sandbox=sandbox, threads=threads)


def reference(bank: Bank, task: Task) -> Answer:
    """The reference solution's answer to a task."""
    (cell,) = [cell for cell in bank.solution.cells if grade_id(cell) == task.answer]
    return Answer(task.answer, "reference", True, "The reference solution.", (), "", (cell.source,))


def jobs(bank: Bank, task: Task, answers: list[Answer], at_once: int = AT_ONCE) -> Iterator[Job]:
    """The answers to one task, divided; the cells they depend on are found for all of them together."""
    code: list[str] = []
    for cell in bank.solution.cells:
        if grade_id(cell) == task.answer:
            break
        if is_grade(cell) and not is_solution(cell):
            code += statements(cell.source)  # later tasks use what it defines; that its checks hold is its own affair
        elif cell.cell_type == "code":
            code.append(cell.source)
    test = next(cell for cell in bank.solution.cells if grade_id(cell) == task.test)
    modules = tuple(worker.imported_modules(bank.solution))
    sources = [test.source, *(source for answer in answers for source in answer.cells)]
    before = needed(code, len(code), sources)
    for start in range(0, len(answers), at_once):
        yield Job(bank.assignment, task.answer, modules, tuple(code[place] for place in before), test,
                  tuple(answers[start:start + at_once]))


def grade(setup: Setup, job: Job) -> list[tuple[Answer, Score, float]]:
    """Grade the answers of a job; returns each one's score and seconds."""
    found: list[tuple[Answer, Score, float]] = []
    while len(found) < len(job.answers):
        waiting = job.answers[len(found):]
        notebook = _notebook(job, waiting)
        server = worker.server_for(setup, list(job.modules))
        run.run(notebook, setup.limits, server, setup.budget, setup.threads, setup.files)
        found += _read(notebook, waiting)
    return found


def _put_back(test: str) -> str:
    """The code that makes the variables what they were. It deletes by name what the test binds: the guard sees that."""
    bound = sorted(names(test).binds)
    forget = f"{' = '.join(bound)} = None\ndel {', '.join(bound)}\n" if bound else ""
    return forget + (
        f'for _name in [name for name in globals() if name[:1] != "_" and name not in (*_kept, *{NOT_OURS})]:\n'
        "    del globals()[_name]\n"
        "globals().update({name: value.copy() if type(value).__name__ == 'ndarray' "
        f"and value.size < {SMALL} else value for name, value in _kept.items()}})\n"
        '__import__("gc").collect()  # the networks of the answer before')


def _notebook(job: Job, answers: tuple[Answer, ...]) -> NotebookNode:
    cells = [locked(source, f"before-{number}") for number, source in enumerate(job.before)]
    cells.append(locked(KEEP, "keep"))
    put_back = _put_back(job.test.source)
    for number, answer in enumerate(answers):
        cells.append(locked(put_back, f"put-back-{number}"))
        cells += [new_code_cell(source) for source in answer.cells[:-1]]
        mark = {"grade": False, "solution": True, "locked": False, "grade_id": f"answer-{number}"}
        cells.append(new_code_cell(answer.cells[-1], metadata={"nbgrader": mark}))
        test = nbformat.from_dict(job.test)
        test.pop("id", None)
        test.metadata.nbgrader.grade_id = f"test-{number}"
        cells.append(test)
    return of_cells(cells)


def of_cells(cells: list[NotebookNode]) -> NotebookNode:
    """A notebook that the engine runs."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


def locked(source: str, name: str) -> NotebookNode:
    """A code cell of ours."""
    mark = {"grade": False, "solution": False, "locked": True, "grade_id": name}
    return new_code_cell(source, metadata={"nbgrader": mark})


def _read(notebook: NotebookNode, answers: tuple[Answer, ...]) -> Iterator[tuple[Answer, Score, float]]:
    """Each answer's score and seconds, up to the first one that took the kernel down or spoilt it."""
    seconds = {}
    for cell in notebook.cells:
        if is_solution(cell) or is_grade(cell):
            number = int(grade_id(cell).rpartition("-")[2])
            seconds[number] = seconds.get(number, 0.0) + cell.metadata.autograder.seconds
    for number, (answer, score) in enumerate(zip(answers, scores.score(notebook), strict=True)):
        if number and score.status in ("killed", "timeout") and score.message.startswith("Not run"):
            return
        yield answer, score, seconds[number]
        if "tampered" in score.flags:  # what it changed is still so for the next one
            return
