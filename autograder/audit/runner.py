"""Lead the answers of some assignments through the workers; a report for each task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from autograder.audit import full, short, verdict
from autograder.audit.short import Job
from autograder.audit.verdict import TaskReport
from autograder.authoring import bank as banks
from autograder.authoring.bank import Answer, Bank
from autograder.course import Course
from autograder.errors import WorkersDied
from autograder.grading import cluster
from autograder.grading.cluster import J, R, Spread, here
from autograder.grading.grade import threads_per_worker
from autograder.jobs import Score, Setup
from autograder.notebooks import Task

Group = tuple[Setup, *tuple[Job, ...]]  # jobs for one kernel, with the settings of the run


def audit(
    course: Course,
    assignments: list[str],
    workers: int | None = None,
    whole: bool = False,
    sandbox: bool = True,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> list[TaskReport]:
    """Grade every answer of the banks.

    Parameters
    ----------
    course : Course
        the course directory.
    assignments : list of str
        their names.
    workers : int, optional
        how many kernels at a time; as many as there are cores by default.
    whole : bool
        also grade each answer in its whole notebook, as a real submission, and compare.
    sandbox : bool
        False runs the answers as this user.
    progress : callable
        called with the assignment, how many answers are done, and how many there are.

    Raises
    ------
    UserError
        if a name or a bank is wrong, before anything is run.
    """
    found = [banks.read(course, name) for name in assignments]
    with ThreadPoolExecutor(1) as aside:
        groups = aside.submit(divide, found)  # takes some seconds, and so does the start of the workers
        with cluster.connect(workers) as client:
            def spread(function: Callable[..., R], jobs: Iterable[J]) -> Iterator[tuple[J, R | WorkersDied]]:
                return cluster.spread(client, function, jobs)

            reports = report(course, found, spread, sandbox, threads_per_worker(workers), progress, groups.result())
            if whole:
                full.compare(course, found, reports, spread, sandbox, threads_per_worker(workers), progress)
    return reports


def report(
    course: Course,
    found: list[Bank],
    spread: Spread = here,
    sandbox: bool = True,
    threads: int | None = None,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
    groups: list[tuple[Bank, tuple[Job, ...]]] | None = None,
) -> list[TaskReport]:
    """The short way: only the cells that a task depends on. The reference is graded first in each task.

    An answer that is not judged as it should be is graded again, alone: other answers ran before it in its kernel.
    `groups` is what `divide` returns of the banks, where that was asked before.
    """
    reports = {
        (bank.assignment, task.answer): TaskReport(bank.assignment, task.answer, [], verdict.examine(bank, task))
        for bank in found for task in bank.tasks}
    tasks = {(bank.assignment, task.answer): (bank, task) for bank in found for task in bank.tasks}
    setup = short.setup(course, sandbox=sandbox, threads=threads)
    groups = divide(found) if groups is None else groups
    modules = tuple(sorted({name for _, group in groups for name in group[0].modules}))  # one fork server for all
    jobs: list[Group] = [(setup, *(replace(job, modules=modules) for job in group)) for _, group in groups]
    total = sum(len(job.answers) for _, *group in jobs for job in group)

    def graded(jobs: list[Group]) -> Iterator[tuple[TaskReport, Task, Answer, Score, float]]:
        for (_, *group), results in spread(short.grade, jobs):
            answers = [(job, answer) for job in group for answer in job.answers]
            if isinstance(results, WorkersDied):
                for job in group:
                    names = ", ".join(one.name for one in job.answers)
                    reports[job.assignment, job.task].findings.append(f"a worker died twice of {names}.")
                continue
            for (job, answer), (_, score, seconds) in zip(answers, results, strict=True):
                where = job.assignment, job.task
                yield reports[where], tasks[where][1], answer, score, seconds

    again: list[Group] = []
    for done, (one, task, answer, score, seconds) in enumerate(graded(jobs), start=1):
        judged = verdict.judge(answer, task.test, score, seconds)
        if judged.problem and (answer.right or judged.points or answer.told):  # else the file lacks something
            bank, _ = tasks[one.assignment, one.task]
            again += [(setup, job) for job in short.jobs(bank, task, [answer])]
        one.verdicts.append(judged)
        progress(one.assignment, done, total)
    for one, task, answer, score, seconds in graded(again):
        (place,) = [number for number, known in enumerate(one.verdicts) if known.answer == answer]
        one.verdicts[place] = verdict.judge(answer, task.test, score, seconds)
    return list(reports.values())


def divide(found: list[Bank]) -> list[tuple[Bank, tuple[Job, ...]]]:
    """The banks' answers, the reference first in each task, by the kernels they share.

    The longest first: no worker waits long for the last one.
    """
    groups = [(bank, group) for bank in found for group in short.together(bank, {
        task.answer: [short.reference(bank, task), *bank.answers[task.answer]] for task in bank.tasks})]
    return sorted(groups, key=lambda one: -short.seconds(*one))
