"""Grade the mutants of some assignments on the workers, to find those that no test catches.

The reference is graded first. Its time determines how long a mutant may run, so that an endless loop costs
little. The reference is graded again after each group of mutants, in the same kernel. If it fails there, a mutant
has changed more than its variables, and the mutants of the group are graded again one by one. A mutant whose
kernel ended is also graded again: the others may have used up the memory.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic

from rich.table import Table

from autograder.audit import equivalence, mutants, short, survivors
from autograder.audit.mutants import Mutant
from autograder.audit.short import Job
from autograder.audit.survivors import Survivor
from autograder.authoring import bank as banks
from autograder.authoring.bank import INPUTS, Bank
from autograder.course import Course
from autograder.errors import WorkersDied
from autograder.grading import cluster, worker
from autograder.grading.cluster import J, R, Spread, here
from autograder.grading.grade import threads_per_worker
from autograder.jobs import Setup
from autograder.notebooks import Task

ENOUGH = 0.97  # share of the non-equivalent mutants that the tests should catch
GROUP = 24  # answers per kernel, including the reference: the cells before them may train for long
SECONDS = 10  # allowed per cell, in addition to twice the time of the reference's whole run
Progress = Callable[[str, int, int], None]


@dataclass
class MutationRun:
    """What became of a task's mutants.

    Attributes
    ----------
    assignment, task : str
        the names of assignment and task.
    mutants : list of Mutant
        all mutants of the task.
    recorded : list of Survivor
        the entries in survivors.toml for this task.
    survived, same, lost : set of str
        the names of the mutants that kept their points; of those among them that do the same as the reference on
        random inputs; and of those that could not be graded.
    findings : list of str
        sentences about the reference, the kernel or inputs.py.
    seconds : float
        the time that the mutants took.
    """

    assignment: str
    task: str
    mutants: list[Mutant]
    recorded: list[Survivor]
    survived: set[str] = field(default_factory=set)
    same: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def caught(self) -> int:
        """The number of mutants that lose points."""
        return len(self.mutants) - len(self.survived) - len(self.lost)

    @property
    def listed(self) -> set[str]:
        """The survivors that are recorded, and that random inputs do not recognise as equivalent."""
        return {entry.mutant for entry in self.recorded} & self.survived - self.same

    @property
    def others(self) -> int:
        """The number of mutants that are not known to be equivalent to the reference."""
        equivalent = {entry.mutant for entry in self.recorded if entry.equivalent}
        return len(self.mutants) - len(self.same) - len(self.listed & equivalent)

    @property
    def unlisted(self) -> list[Mutant]:
        """The survivors that are neither recognised as equivalent nor recorded."""
        return [one for one in self.mutants if one.name in self.survived - self.same - self.listed]

    def problems(self) -> list[str]:
        """Return a sentence for each thing that is not as it should be."""
        entries = [entry for entry in self.recorded if entry.mutant not in self.lost]
        found = [*self.findings, *survivors.stale(entries, self.mutants, self.survived, self.same)]
        found += [f"{one.name} keeps its points ({one.about}): catch it with a hidden test, or record it in "
                  f"{survivors.NAME} with the reason." for one in self.unlisted]
        return [f"{self.assignment} {self.task}: {sentence}" for sentence in found]


def mutation_run(
    course: Course,
    assignments: list[str],
    workers: int | None = None,
    sandbox: bool = True,
    progress: Progress = lambda name, done, total: None,
) -> Iterator[list[MutationRun]]:
    """Grade every mutant of the reference solutions; yield the results assignment by assignment, one per task.

    Parameters
    ----------
    course : Course
        the course directory.
    assignments : list of str
        the names of the assignments.
    workers : int, optional
        how many kernels run at a time; one per core by default.
    sandbox : bool
        if False, the mutants run as the current user.
    progress : callable
        called with the assignment, the number of mutants done, and the number of all.

    Raises
    ------
    UserError
        if a name, a bank or a survivors.toml is wrong, before anything is run.
    """
    found = [banks.read(course, name) for name in assignments]
    for bank in found:  # report mistakes in any survivors.toml before the long run
        _recorded(course, bank)
    with cluster.connect(workers) as client:
        def spread(function: Callable[..., R], jobs: Iterable[J]) -> Iterator[tuple[J, R | WorkersDied]]:
            return cluster.spread(client, function, jobs)

        for bank in found:
            yield report(course, bank, spread, sandbox, threads_per_worker(workers), progress)


def report(
    course: Course,
    bank: Bank,
    spread: Spread = here,
    sandbox: bool = True,
    threads: int | None = None,
    progress: Progress = lambda name, done, total: None,
) -> list[MutationRun]:
    """Grade the mutants of one assignment and return the result for each task."""
    recorded = _recorded(course, bank)
    tasks = {task.answer: task for task in bank.tasks}
    runs = {name: MutationRun(bank.assignment, name, mutants.derive(_reference(bank, task)),
                        [entry for entry in recorded if entry.task == name]) for name, task in tasks.items()}
    setup = short.setup(course, GROUP, sandbox, threads)
    setups = {name: replace(setup, limits=setup.limits.model_copy(update={"cell_seconds": seconds}))
              for name, seconds in _times(bank, setup, spread, runs)}
    total, done = sum(len(runs[name].mutants) for name in setups), 0
    jobs = [(setups[name], job) for name in setups for job in _jobs(bank, tasks[name], runs[name].mutants)]
    doubtful = []
    for (used, job), graded in spread(short.grade, iter(jobs)):
        done += len(job.answers) - 1
        progress(bank.assignment, done, total)
        again = _note(runs[job.task], job, graded)
        doubtful += [(used, alone) for one in runs[job.task].mutants if one.name in again
                     for alone in short.jobs(bank, tasks[job.task], [one.answer(tasks[job.task])])]
    for (_, job), graded in spread(short.grade, iter(doubtful)):
        _note(runs[job.task], job, graded)
    _recognise(course, bank, setup, spread, runs)
    return list(runs.values())


def timed(setup: Setup, job: Job) -> tuple[bool, float, str]:
    """Return whether the reference gets its points, the seconds of its whole run, and its message."""
    worker.server_for(setup, list(job.modules))  # started first: its start must not count towards the time
    started = monotonic()
    ((_, score, _),) = short.grade(setup, job)
    return score.score == score.max_score, monotonic() - started, score.message


def table(runs: list[MutationRun]) -> Table:
    """Return a table with a row for each task of an assignment, and one for all of them."""
    made = Table("task", title=f"{runs[0].assignment}: mutants of the reference solutions", title_justify="left")
    for name in ("mutants", "caught", "equivalent:\nrandom inputs", "recorded", "not recorded", "caught of\nthe others",
                 "seconds"):
        made.add_column(name, justify="right")
    for one in runs:
        made.add_row(one.task, *_counts([one]))
    made.add_section()
    made.add_row("all", *_counts(runs))
    return made


def problems(runs: list[MutationRun]) -> list[str]:
    """Return a sentence for each problem in an assignment; the last one, if its tests catch too few mutants."""
    found = [sentence for one in runs for sentence in one.problems()]
    if rate(runs) < ENOUGH:
        found.append(f"{runs[0].assignment}: its tests catch {rate(runs):.1%} of the mutants that are not "
                     f"equivalent, and should catch {ENOUGH:.0%}.")
    return found


def summary(runs: list[MutationRun]) -> str:
    """Return the results of all assignments in one sentence."""
    mutants, others = sum(len(one.mutants) for one in runs), sum(one.others for one in runs)
    return (f"Together: {mutants} mutants, {mutants - others} of them equivalent; of the other {others} the tests "
            f"catch {sum(one.caught for one in runs)}, or {rate(runs):.1%}.")


def rate(runs: list[MutationRun]) -> float:
    """Return the share of mutants that lose points among those not known to be equivalent, from 0 to 1."""
    others = sum(one.others for one in runs)
    return sum(one.caught for one in runs) / others if others else 1.0


def _counts(runs: list[MutationRun]) -> Iterator[str]:
    for count in (lambda one: len(one.mutants), lambda one: one.caught, lambda one: len(one.same),
                  lambda one: len(one.listed), lambda one: len(one.unlisted)):
        yield str(sum(map(count, runs)))
    yield f"{rate(runs):.1%}"
    yield f"{sum(one.seconds for one in runs):.1f}"


def _recorded(course: Course, bank: Bank) -> list[Survivor]:
    return survivors.read(course.source / bank.assignment, [task.answer for task in bank.tasks])


def _reference(bank: Bank, task: Task) -> str:
    return short.reference(bank, task).cells[-1]


def _times(bank: Bank, setup: Setup, spread: Spread, runs: dict[str, MutationRun]) -> Iterator[tuple[str, int]]:
    """Yield each task and the seconds that a cell of its mutants may take, except tasks whose reference fails."""
    jobs = [(setup, job) for task in bank.tasks for job in short.jobs(bank, task, [short.reference(bank, task)])]
    for (_, job), result in spread(timed, iter(jobs)):
        passes, seconds, message = (False, 0.0, "a worker died") if isinstance(result, WorkersDied) else result
        if passes:
            yield job.task, min(setup.limits.cell_seconds, math.ceil(SECONDS + 2 * seconds))
        else:
            runs[job.task].findings.append(f"the reference itself gets no points ({message}); no mutant was graded.")
            runs[job.task].lost = {one.name for one in runs[job.task].mutants}


def _jobs(bank: Bank, task: Task, changed: list[Mutant]) -> Iterator[Job]:
    """Yield the mutants in groups, each with the reference at the end."""
    control = short.reference(bank, task)
    for start in range(0, len(changed), GROUP - 1):
        group = [one.answer(task) for one in changed[start:start + GROUP - 1]]
        yield from short.jobs(bank, task, [*group, control], GROUP)


def _note(one: MutationRun, job: Job, graded: list | WorkersDied) -> set[str]:
    """Record the result of a job; return the names of the mutants that have to be graded again, alone."""
    if isinstance(graded, WorkersDied):
        one.findings.append(f"a worker died twice of {', '.join(answer.name for answer in job.answers)}.")
        one.lost |= {answer.name for answer in job.answers if not answer.right}
        return set()
    harmed = any(answer.right and score.score != score.max_score for answer, score, _ in graded)
    again = {answer.name for answer, score, _ in graded
             if not answer.right and len(graded) > 1 and (harmed or score.status == "killed")}
    one.survived |= {answer.name for answer, score, _ in graded
                     if not answer.right and score.score == score.max_score} - again
    one.seconds += sum(seconds for _, _, seconds in graded)
    return again


def _recognise(course: Course, bank: Bank, setup: Setup, spread: Spread, runs: dict[str, MutationRun]) -> None:
    """Compare the survivors with the reference in each task that has inputs.py."""
    jobs = []
    for task in bank.tasks:
        path = course.source / bank.assignment / "answers" / task.answer / INPUTS
        left = [one for one in runs[task.answer].mutants if one.name in runs[task.answer].survived]
        if path.exists() and left:
            inputs = path.read_text(encoding="utf-8")
            # The inputs come first, so that the cells that they use are also included.
            answers = [replace(one.answer(task), cells=(inputs, one.source)) for one in left]
            jobs += [(setup, job, _reference(bank, task), inputs) for job in short.jobs(bank, task, answers)]
    for (_, job, _, _), compared in spread(equivalence.compare, iter(jobs)):
        one = runs[job.task]
        if isinstance(compared, WorkersDied):
            one.findings.append("a worker died twice of the comparison on random inputs.")
        elif compared.problem:
            one.findings.append(f"answers/{job.task}/{INPUTS} {compared.problem}.")
        else:
            one.same |= set(compared.same)
