"""Every right answer of the banks is accepted, every wrong one rejected and told why, on the real engine.

Of a task whose test trains for long, some answers of each kind are tried here: `autograder audit` tries all.
"""

from dataclasses import replace
from functools import cache

import bench
import pytest

from autograder import audit
from autograder.audit.verdict import examine
from autograder.grading import worker

LONG = 2  # seconds of a test, when the notebook was built
FEW_RIGHT, FEW_WRONG = 2, 6  # answers to a task whose test takes long, besides the reference


@cache
def bank(assignment: str) -> audit.Bank:
    return audit.read(bench.COURSE, assignment)


@cache
def tried(assignment: str) -> audit.Bank:
    """The bank, with fewer answers where a test takes long."""
    whole = bank(assignment)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.id for cell in whole.solution.cells}
    long = {task.answer for task in whole.tasks if whole.seconds.get(cells[task.test], 0) > LONG}
    return replace(whole, answers={
        task: spread(answers) if task in long else answers for task, answers in whole.answers.items()})


def spread(answers: list[audit.Answer]) -> list[audit.Answer]:
    """A few right and wrong ones, evenly among all."""
    right = [answer for answer in answers if answer.right]
    wrong = [answer for answer in answers if not answer.right]
    return [those[number * len(those) // count]
            for those, count in ((right, FEW_RIGHT), (wrong, FEW_WRONG)) for number in range(count)]


@cache
def reports(assignment: str) -> dict[str, audit.TaskReport]:
    """What the audit says of each task: all of them at once, as tasks share kernels."""
    return {one.task: one for one in audit.report(bench.COURSE, [tried(assignment)], threads=1)}


@pytest.fixture(scope="session", autouse=True)
def server_ends():
    """The fork server of the last assignment; a test of another one starts its own."""
    yield
    worker.close_server()


@pytest.mark.parametrize("assignment, task", [
    (assignment, task.answer) for assignment in bench.ASSIGNMENTS for task in bench.coded_tasks(assignment)])
def test_the_bank_of_a_task(assignment, task):
    one = reports(assignment)[task]
    assert [verdict.problem for verdict in one.verdicts if verdict.problem] == []
    assert len(one.verdicts) == len(tried(assignment).answers[task]) + 1, "the reference is graded, too"


@pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)
def test_each_answer_says_what_it_is(assignment):
    whole = bank(assignment)
    assert [finding for task in whole.tasks for finding in examine(whole, task)] == []
