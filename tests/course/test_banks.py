"""Every right answer of the banks is accepted, every wrong one rejected and told why, on the real engine."""

from dataclasses import replace
from functools import cache

import bench
import pytest

from autograder import audit, worker


@cache
def bank(assignment: str) -> audit.Bank:
    return audit.read(bench.COURSE, assignment)


@pytest.fixture(scope="session", autouse=True)
def server_ends():
    """The fork server of the last assignment; a test of another one starts its own."""
    yield
    worker.close_server()


@pytest.mark.parametrize("assignment, task", [
    (assignment, task.answer) for assignment in bench.ASSIGNMENTS for task in bench.coded_tasks(assignment)])
def test_the_bank_of_a_task(assignment, task):
    whole = bank(assignment)
    (one,) = audit.report(bench.COURSE, [replace(whole, tasks=tuple(t for t in whole.tasks if t.answer == task))], threads=1)
    assert one.problems() == []
    assert len(one.verdicts) == len(whole.answers[task]) + 1, "the reference is graded, too"
