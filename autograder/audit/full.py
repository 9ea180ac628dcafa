"""Each answer in its whole notebook, handed in as a student would: the audit's slow way, and the sure one."""

from __future__ import annotations

from time import monotonic

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder import sample, worker
from autograder.audit.bank import Answer, Bank
from autograder.notebooks import grade_id
from autograder.scores import Score
from autograder.worker import Setup


def submission(bank: Bank, version: NotebookNode, answer: Answer) -> NotebookNode:
    """The release with the reference's answers in it, and one other answer in place of one of them."""
    reference = sample.Student(name=answer.name, about="", base="solution")
    notebook, cells = sample.compose(reference, version, bank.solution), []
    for cell in notebook.cells:
        if grade_id(cell) == answer.task:
            cells += [new_code_cell(source) for source in answer.cells[:-1]]
            cell.source = answer.cells[-1]
        cells.append(cell)
    notebook.cells = cells
    return notebook


def grade(setup: Setup, name: str, answer: Answer, notebook: bytes) -> tuple[Answer, list[Score], float]:
    """Grade one submission; returns the scores of all its cells and its seconds, the kernel's start among them."""
    started = monotonic()
    result = worker.grade_one(setup, worker.Task(answer.name, name, ((f"{name}.ipynb", notebook),)))
    return answer, result.scores, monotonic() - started
