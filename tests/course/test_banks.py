"""Every right answer of the banks is accepted, every wrong one rejected and told why, on the real engine."""

from functools import cache

import bench
import pytest

from autograder import audit, worker


@cache
def reports(assignment: str) -> dict[str, audit.TaskReport]:
    """What the audit says of each task: all of them at once, as tasks share kernels."""
    return {one.task: one for one in audit.report(bench.COURSE, [audit.read(bench.COURSE, assignment)], threads=1)}


@pytest.fixture(scope="session", autouse=True)
def server_ends():
    """The fork server of the last assignment; a test of another one starts its own."""
    yield
    worker.close_server()


@pytest.mark.parametrize("assignment, task", [
    (assignment, task.answer) for assignment in bench.ASSIGNMENTS for task in bench.coded_tasks(assignment)])
def test_the_bank_of_a_task(assignment, task):
    one = reports(assignment)[task]
    assert one.problems() == []
    assert len(one.verdicts) == len(audit.read(bench.COURSE, assignment).answers[task]) + 1, "the reference is graded, too"
