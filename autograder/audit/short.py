"""Grade a task's answers one after another in one kernel, with only the cells that the task depends on.

Consecutive tasks share a kernel, so that the cells before them, which may train for long, run only once. If a task
trains, the cells of the text notebook tagged `audit` reduce the training and lower the accuracy asked for; how
far that is below what the reference reaches is also in `seeds.md`.

Before each answer, a cell restores the variables. The engine that grades submissions runs, isolates and scores the
answers. An answer that takes the kernel down or tampers with it gets its score, and the remaining ones get a new
kernel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import is_grade, is_solution

from autograder import records
from autograder.authoring.bank import Answer, Bank
from autograder.course import Course
from autograder.engine import evidence, run
from autograder.grading import scores, worker
from autograder.jobs import Score, Setup
from autograder.notebooks import Task, grade_id, imported
from autograder.slicing import needed, statements

AT_ONCE = 40  # answers to one task per kernel: more than a bank has
TOGETHER = 160  # answers per kernel, to several tasks
SMALL = 100_000  # smaller arrays are copied for each answer
NOT_OURS = ("In", "Out", "exit", "quit", "get_ipython", "open")  # IPython's own variables
NAMES = "get_ipython().user_ns"  # the notebook's variables; locked cells have a namespace of their own
KEEP = f"""_kept = {{name: value for name, value in {NAMES}.items() if name[:1] != "_" and name not in {NOT_OURS}}}
__import__("gc").freeze()  # what is there stays: the collections below look at what an answer made only"""


@dataclass(frozen=True)
class Job:
    """Some answers to one task.

    Attributes
    ----------
    assignment, task : str
        the names of assignment and task.
    modules : tuple of str
        what the whole notebook imports: one fork server serves all tasks.
    before : tuple of str
        the code of the cells that the task depends on.
    test : NotebookNode
        the task's test cell.
    answers : tuple of Answer
        the answers to grade, in order.
    asked : tuple of str
        `Bank.asked`: an answer to this task may bind the names of an earlier one again.
    """

    assignment: str
    task: str
    modules: tuple[str, ...]
    before: tuple[str, ...]
    test: NotebookNode
    answers: tuple[Answer, ...]
    asked: tuple[str, ...]


def setup(course: Course, at_once: int = TOGETHER, sandbox: bool = True, threads: int | None = None) -> Setup:
    """Return a setup with limits for a kernel that runs up to `at_once` answers in turn."""
    limits = course.settings.limits
    limits = limits.model_copy(update={
        "cell_seconds": 2 * limits.cell_seconds, "notebook_seconds": limits.notebook_seconds * at_once})
    return Setup({}, limits, visible=tuple(course.settings.sandbox.visible), root=str(course.root),
                 sandbox=sandbox, threads=threads, variables=course.variables("grading"),
                 package=course.settings.course.package)


def reference(bank: Bank, task: Task) -> Answer:
    """Return the reference solution's answer to a task."""
    (cell,) = [cell for cell in bank.solution.cells if grade_id(cell) == task.answer]
    return Answer(task.answer, "reference", True, "The reference solution.", (), "", (cell.source,))


def jobs(bank: Bank, task: Task, answers: list[Answer], at_once: int = AT_ONCE) -> Iterator[Job]:
    """Yield jobs with at most `at_once` answers to one task; all of them share the cells that any answer depends on."""
    code = _code_before(bank, task)
    before = _needed(bank, task, code, answers)
    for start in range(0, len(answers), at_once):
        yield _job(bank, task, code, before, answers[start:start + at_once])


def together(bank: Bank, answers: dict[str, list[Answer]]) -> list[tuple[Job, ...]]:
    """Return jobs for the answers to all tasks of a bank, one tuple per kernel, with the jobs in order.

    The cells before a job begin with the cells before the previous job. An answer of which the engine remembers
    something for later tests gets a kernel to itself.
    """
    groups: list[list[Task]] = []
    shared: dict[str, list[Answer]] = {}
    found: list[tuple[Job, ...]] = []
    for task in bank.tasks:
        alone = [one for one in answers[task.answer] if any(any(evidence.remembered(cell)) for cell in one.cells)]
        found += [(job,) for one in alone for job in jobs(bank, task, [one])]
        shared[task.answer] = [one for one in answers[task.answer] if one not in alone]
        if not groups or sum(len(shared[one.answer]) for one in (*groups[-1], task)) > TOGETHER:
            groups.append([])
        groups[-1].append(task)
    for group in groups:
        codes = [_code_before(bank, task) for task in group]
        before = sorted({place for task, code in zip(group, codes, strict=True)
                         for place in _needed(bank, task, code, shared[task.answer])})
        found.append(tuple(
            _job(bank, task, code, [place for place in before if place < len(code)], shared[task.answer])
            for task, code in zip(group, codes, strict=True)))
    return found


def seconds(bank: Bank, jobs: tuple[Job, ...]) -> float:
    """Estimate how long jobs take, in seconds, from the times of their tests when the notebook was built."""
    return sum(len(job.answers) * (bank.seconds.get(job.test.id, 0.0) + 0.1) for job in jobs)


def grade(setup: Setup, *jobs: Job) -> list[tuple[Answer, Score, float]]:
    """Grade the answers of jobs for one kernel; return each answer with its score and seconds, in order."""
    answers = [(job, answer) for job in jobs for answer in job.answers]
    found: list[tuple[Answer, Score, float]] = []
    while waiting := answers[len(found):]:
        left = [replace(job, answers=tuple(answer for its, answer in waiting if its is job)) for job in jobs]
        notebook = _notebook([job for job in left if job.answers])
        server = worker.server_for_own(setup, list(jobs[0].modules))
        run.run(notebook, setup.limits, server, setup.variables, setup.threads, setup.files)
        found += _read(notebook, [answer for _, answer in waiting])
    return found


def _code_before(bank: Bank, task: Task) -> list[str]:
    """Return the code before a task's answer: whole cells, but other tasks' tests as single statements."""
    code: list[str] = []
    for cell in bank.reduced.cells:
        if grade_id(cell) == task.answer:
            break
        if is_grade(cell) and not is_solution(cell):
            code += statements(cell.source)  # later tasks may use what it defines, but not its checks
        elif cell.cell_type == "code":
            code.append(cell.source)
    return code


def _needed(bank: Bank, task: Task, code: list[str], answers: list[Answer]) -> list[int]:
    return needed(code, len(code), [_test(bank, task).source, *(one for answer in answers for one in answer.cells)])


def _test(bank: Bank, task: Task) -> NotebookNode:
    return next(cell for cell in bank.solution.cells if grade_id(cell) == task.test)


def _job(bank: Bank, task: Task, code: list[str], before: list[int], answers: list[Answer]) -> Job:
    return Job(bank.assignment, task.answer, modules=tuple(imported(bank.solution)),
               before=tuple(code[place] for place in before), test=_test(bank, task), answers=tuple(answers),
               asked=bank.asked)


def _put_back() -> str:
    """Return the code that restores the variables."""
    return (
        f'for _name in [name for name in {NAMES} if name[:1] != "_" and name not in (*_kept, *{NOT_OURS})]:\n'
        f"    del {NAMES}[_name]\n"
        f"{NAMES}.update({{name: value.copy() if type(value).__name__ == 'ndarray' "
        f"and value.size < {SMALL} else value for name, value in _kept.items()}})\n"
        '__import__("gc").collect()  # the networks of the answer before')


def _notebook(jobs: list[Job]) -> NotebookNode:
    cells: list[NotebookNode] = []
    answers, before, put_back = 0, 0, ""
    for job in jobs:
        if put_back:
            cells.append(locked(put_back, f"put-back-before-{job.task}"))
        cells += [locked(source, f"before-{before + number}") for number, source in enumerate(job.before[before:])]
        cells.append(locked(KEEP, f"keep-{job.task}"))
        put_back, before = _put_back(), len(job.before)
        for answer in job.answers:
            cells.append(locked(put_back, f"put-back-{answers}"))
            cells += [new_code_cell(source) for source in answer.cells[:-1]]
            mark = {"grade": False, "solution": True, "locked": False, "grade_id": f"answer-{answers}"}
            cells.append(new_code_cell(answer.cells[-1], metadata={"nbgrader": mark}))
            records.put(cells[-1], records.Record(binds=job.asked))
            test = nbformat.from_dict(job.test)
            test.pop("id", None)
            test.metadata.nbgrader.grade_id = f"test-{answers}"
            cells.append(test)
            answers += 1
    return of_cells(cells)


def of_cells(cells: list[NotebookNode]) -> NotebookNode:
    """Return a notebook with these cells that the engine can run."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


def locked(source: str, name: str) -> NotebookNode:
    """Return a locked code cell, for code added by the audit."""
    mark = {"grade": False, "solution": False, "locked": True, "grade_id": name}
    return new_code_cell(source, metadata={"nbgrader": mark})


def _read(notebook: NotebookNode, answers: list[Answer]) -> Iterator[tuple[Answer, Score, float]]:
    """Yield each answer with its score and seconds, up to the first that took the kernel down or tampered with it."""
    seconds: dict[int, float] = {}
    not_run = set()
    for cell in notebook.cells:
        if is_solution(cell) or is_grade(cell):
            number = int(grade_id(cell).rpartition("-")[2])
            not_run |= {number} if records.of(cell).not_run else set()
            seconds[number] = seconds.get(number, 0.0) + records.of(cell).seconds
    for number, (answer, score) in enumerate(zip(answers, scores.score(notebook), strict=True)):
        if number and number in not_run:
            return
        yield answer, score, seconds[number]
        if "tampered" in score.flags:  # its changes would affect the next answer
            return
