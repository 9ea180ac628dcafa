"""Lead the answers of some assignments through the workers; a report for each task."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import nbformat

from autograder import build, cluster, release
from autograder.audit import bank as banks
from autograder.audit import full, short, verdict
from autograder.audit.bank import Answer, Bank
from autograder.audit.verdict import TaskReport
from autograder.course import Course
from autograder.errors import UserError, WorkersDied
from autograder.grade import threads_each
from autograder.notebooks import Task
from autograder.scores import Score
from autograder.worker import Setup

Spread = Callable[[Callable, Iterator[tuple]], Iterator[tuple[tuple, object]]]


def here(function: Callable, jobs: Iterator[tuple]) -> Iterator[tuple[tuple, object]]:
    """Do the jobs one after the other in this process."""
    for job in jobs:
        yield job, function(*job)


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
        told of the assignment, how many answers are done, and how many there are.

    Raises
    ------
    UserError
        if a name or a bank is wrong, before anything is run.
    """
    found = [banks.read(course, name) for name in assignments]
    with cluster.connect(workers) as client:
        def spread(function: Callable, jobs: Iterator[tuple]) -> Iterator[tuple[tuple, object]]:
            return cluster.spread(client, function, jobs)

        reports = report(course, found, spread, sandbox, threads_each(workers), progress)
        if whole:
            compare(course, found, reports, spread, sandbox, threads_each(workers), progress)
    return reports


def report(
    course: Course,
    found: list[Bank],
    spread: Spread = here,
    sandbox: bool = True,
    threads: int | None = None,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> list[TaskReport]:
    """The short way: only the cells that a task depends on. The reference is graded first in each task.

    An answer that is not judged as it should be is graded once more, alone: in its kernel others were before it.
    """
    reports = {
        (bank.assignment, task.answer): TaskReport(bank.assignment, task.answer, [], verdict.examine(bank, task))
        for bank in found for task in bank.tasks}
    tasks = {(bank.assignment, task.answer): (bank, task) for bank in found for task in bank.tasks}
    setup = short.setup(course, sandbox=sandbox, threads=threads)
    groups = [(bank, group) for bank in found for group in short.together(bank, {
        task.answer: [short.reference(bank, task), *bank.answers[task.answer]] for task in bank.tasks})]
    groups.sort(key=lambda one: -short.seconds(*one))  # the longest first: no worker waits long for the last one
    modules = tuple(sorted({name for _, group in groups for name in group[0].modules}))  # one fork server for all
    jobs = [(setup, *(replace(job, modules=modules) for job in group)) for _, group in groups]
    total = sum(len(job.answers) for _, *group in jobs for job in group)

    def graded(jobs: list[tuple]) -> Iterator[tuple[TaskReport, Task, Answer, Score, float]]:
        for (_, *group), results in spread(short.grade, iter(jobs)):
            answers = [(job, answer) for job in group for answer in job.answers]
            if isinstance(results, WorkersDied):
                for job in group:
                    names = ", ".join(one.name for one in job.answers)
                    reports[job.assignment, job.task].findings.append(f"a worker died twice of {names}.")
                continue
            for (job, answer), (_, score, seconds) in zip(answers, results, strict=True):
                where = job.assignment, job.task
                yield reports[where], tasks[where][1], answer, score, seconds

    again = []
    for done, (one, task, answer, score, seconds) in enumerate(graded(jobs), start=1):
        judged = verdict.judge(answer, task.test, score, seconds)
        if judged.problem:
            bank, _ = tasks[one.assignment, one.task]
            again += [(setup, job) for job in short.jobs(bank, task, [answer])]
        one.verdicts.append(judged)
        progress(one.assignment, done, total)
    for one, task, answer, score, seconds in graded(again):
        (place,) = [number for number, known in enumerate(one.verdicts) if known.answer == answer]
        one.verdicts[place] = verdict.judge(answer, task.test, score, seconds)
    return list(reports.values())


def compare(
    course: Course,
    found: list[Bank],
    reports: list[TaskReport],
    spread: Spread = here,
    sandbox: bool = True,
    threads: int | None = None,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> None:
    """Grade each answer in its whole notebook; what the short way said otherwise becomes a finding.

    Raises
    ------
    UserError
        if a built notebook is missing, or is not the text notebook's any more.
    """
    by_task = {(one.assignment, one.task): one for one in reports}
    for bank in found:
        (text,) = build.text_notebooks(course, bank.assignment)
        if not build.is_fresh(text.with_suffix(".ipynb"), bank.solution):
            raise UserError(f"{text.with_suffix('.ipynb')} is missing, or is not what its text notebook says: "
                            f"run `autograder build {bank.assignment}` first.")
        ((name, version),) = release.grading_versions(course, bank.assignment).items()
        setup = Setup({name: nbformat.writes(version)}, course.settings.limits, sandbox=sandbox, threads=threads,
                      visible=tuple(course.settings.sandbox.visible), root=str(course.root))
        answers = [answer for task in bank.tasks for answer in bank.answers[task.answer]]
        jobs = ((setup, name, answer, nbformat.writes(full.submission(bank, version, answer)).encode())
                for answer in answers)
        tests = {task.answer: task.test for task in bank.tasks}
        for done, (job, graded) in enumerate(spread(full.grade, jobs), start=1):
            progress(bank.assignment, done, len(answers))
            answer = job[2]
            report = by_task[bank.assignment, answer.task]
            if isinstance(graded, WorkersDied):
                report.findings.append(f"{answer.name}.py took two workers down in the whole notebook.")
            else:
                report.findings += _differences(report, answer, tests, graded[1])


def _differences(report: TaskReport, answer: Answer, tests: dict[str, str], scores: list[Score]) -> Iterator[str]:
    by_name = {score.grade_id: score for score in scores}
    (before,) = [one for one in report.verdicts if one.answer == answer] or [None]
    after = verdict.judge(answer, tests[answer.task], by_name[tests[answer.task]], 0.0)
    if before is not None and (before.points, before.told) != (after.points, after.told):
        said = [f"{one.points:g} points ({one.message or 'no message'})" for one in (after, before)]
        yield f"{answer.name}.py gets {said[0]} in the whole notebook, and {said[1]} with the cells it needs."
    for name in answer.loses:
        if by_name[name].score:
            yield f"{answer.name}.py should lose {name} in the whole notebook, but keeps it."
    earlier = list(tests.values())[:list(tests).index(answer.task)]
    for name in earlier if not answer.right else tests.values():
        if not by_name[name].score:
            yield f"{answer.name}.py costs the points of {name} in the whole notebook: {by_name[name].message}"
