"""Grade the answers of some assignments on the workers, and report on each task."""

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

Group = tuple[Setup, *tuple[Job, ...]]  # a setup, and jobs for one kernel


def audit(
    course: Course,
    assignments: list[str],
    workers: int | None = None,
    whole: bool = False,
    sandbox: bool = True,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> list[TaskReport]:
    """Grade every answer of the banks and return a report for each task.

    Parameters
    ----------
    course : Course
        the course directory.
    assignments : list of str
        the names of the assignments.
    workers : int, optional
        how many kernels run at a time; one per core by default.
    whole : bool
        also grade each answer in its whole notebook, as a real submission, and compare.
    sandbox : bool
        if False, the answers run as the current user.
    progress : callable
        called with the assignment, the number of answers done, and the number of all.

    Raises
    ------
    UserError
        if a name or a bank is wrong, before anything is run; with `whole`, also if a notebook has not been built.
    """
    found = [banks.read(course, name) for name in assignments]
    with ThreadPoolExecutor(1) as aside:
        groups = aside.submit(divide, found)  # takes seconds, as does starting the workers
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
    """Grade the answers the short way, with only the cells that a task depends on; each task's reference comes first.

    An answer that is not judged as it should be is graded again alone, because the answers before it in its kernel
    may have affected it. `groups` is what `divide` returns for the banks, if it was called before.
    """
    reports = {
        (bank.assignment, task.answer): TaskReport(bank.assignment, task.answer, [], verdict.examine(bank, task))
        for bank in found for task in bank.tasks}
    tasks = {(bank.assignment, task.answer): (bank, task) for bank in found for task in bank.tasks}
    setup = short.setup(course, sandbox=sandbox, threads=threads)
    groups = divide(found) if groups is None else groups
    modules = tuple(sorted({name for _, group in groups for name in group[0].modules}))  # one server for all
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
        if judged.problem and (answer.right or not judged.lost or answer.told):  # otherwise its file is incomplete
            bank, _ = tasks[one.assignment, one.task]
            again += [(setup, job) for job in short.jobs(bank, task, [answer])]
        one.verdicts.append(judged)
        progress(one.assignment, done, total)
    for one, task, answer, score, seconds in graded(again):
        (place,) = [number for number, known in enumerate(one.verdicts) if known.answer == answer]
        one.verdicts[place] = verdict.judge(answer, task.test, score, seconds)
    return list(reports.values())


def divide(found: list[Bank]) -> list[tuple[Bank, tuple[Job, ...]]]:
    """Divide the banks' answers among kernels; the reference comes first in each task.

    The groups that take longest come first, so that no worker has to wait long for the last one.
    """
    groups = [(bank, group) for bank in found for group in short.together(bank, {
        task.answer: [short.reference(bank, task), *bank.answers[task.answer]] for task in bank.tasks})]
    return sorted(groups, key=lambda one: -short.seconds(*one))
