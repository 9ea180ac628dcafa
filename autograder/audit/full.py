"""Grade each answer in its whole notebook, handed in like a student's: slower than the short way, but certain.

A submission holds answers to several tasks, as a student's does, but none that could affect another one's test.
An answer that the short way judged differently is handed in again, alone among the reference's answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder import jobs, slicing
from autograder.audit import verdict
from autograder.audit.verdict import TaskReport
from autograder.authoring import build, release, sample
from autograder.authoring.bank import Answer, Bank
from autograder.course import Course
from autograder.errors import UserError, WorkersDied
from autograder.grading import worker
from autograder.grading.cluster import Spread, here
from autograder.jobs import Score, Setup
from autograder.notebooks import grade_id


def compare(
    course: Course,
    found: list[Bank],
    reports: list[TaskReport],
    spread: Spread = here,
    sandbox: bool = True,
    threads: int | None = None,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> None:
    """Grade each answer in its whole notebook; every difference from the short way becomes a finding.

    Raises
    ------
    UserError
        if a built notebook is missing, or no longer matches its text notebook.
    """
    for bank in found:
        whole = _Whole.of(course, bank, reports, sandbox, threads)
        total, done = sum(map(len, bank.answers.values())), 0
        alone: list[tuple[Answer, ...]] = []
        for answer, pack, scores in whole.graded(packs(bank, whole.uses), spread):
            if isinstance(scores, WorkersDied) or [*whole.differences(answer, pack, scores)]:
                alone.append((answer,))
            else:
                done += 1
                progress(bank.assignment, done, total)
        for answer, pack, scores in whole.graded(alone, spread):
            done += 1
            progress(bank.assignment, done, total)
            if isinstance(scores, WorkersDied):
                whole.reports[answer.task].findings.append(
                    f"{answer.name}.py took two workers down in the whole notebook.")
            else:
                whole.reports[answer.task].findings += whole.differences(answer, pack, scores)


@dataclass(frozen=True)
class _Whole:
    """An assignment whose answers are compared.

    Attributes
    ----------
    bank : Bank
        the assignment's answers.
    name, version : str, NotebookNode
        the assignment's notebook as it is graded.
    setup : Setup
        the setup of all its submissions.
    uses : dict of set
        the tasks that each task may use, from `dependencies`.
    reports : dict of TaskReport
        the short way's report on each task.
    """

    bank: Bank
    name: str
    version: NotebookNode
    setup: Setup
    uses: dict[str, set[str]]
    reports: dict[str, TaskReport]

    @classmethod
    def of(cls, course: Course, bank: Bank, reports: list[TaskReport], sandbox: bool, threads: int | None) -> _Whole:
        (text,) = build.text_notebooks(course, bank.assignment)
        if not build.is_fresh(text.with_suffix(".ipynb"), build.compose(course, text)):
            raise UserError(f"{text.with_suffix('.ipynb')} is missing, or is not what its text notebook says: "
                            f"run `autograder build {bank.assignment}` first.")
        ((name, version),) = release.grading_versions(course, bank.assignment).items()
        setup = Setup({name: nbformat.writes(version)}, course.settings.limits, sandbox=sandbox, threads=threads,
                      visible=tuple(course.settings.sandbox.visible), root=str(course.root),
                      variables=course.variables("grading"), package=course.settings.course.package)
        return cls(bank, name, version, setup, dependencies(bank),
                   {one.task: one for one in reports if one.assignment == bank.assignment})

    def graded(
        self, divided: list[tuple[Answer, ...]], spread: Spread
    ) -> Iterator[tuple[Answer, tuple[Answer, ...], list[Score] | WorkersDied]]:
        """Hand in the packs; yield each answer with its pack and the scores of the submission."""
        jobs = ((self.setup, self.name, pack, nbformat.writes(submission(self.bank, self.version, pack)).encode())
                for pack in divided)
        for (_, _, pack, _), scores in spread(grade, jobs):
            for answer in pack:
                yield answer, pack, scores

    def differences(self, answer: Answer, pack: tuple[Answer, ...], scores: list[Score]) -> Iterator[str]:
        """Yield a sentence for each score in the whole notebook that an answer should not have caused."""
        by_name = {score.grade_id: score for score in scores}
        tests = {task.answer: task.test for task in self.bank.tasks}
        before = next((one for one in self.reports[answer.task].verdicts if one.answer == answer), None)
        after = verdict.judge(answer, tests[answer.task], by_name[tests[answer.task]], 0.0)
        if before is not None and (before.points, before.told) != (after.points, after.told):
            said = [f"{one.points:g} points ({one.message or 'no message'})" for one in (after, before)]
            yield f"{answer.name}.py gets {said[0]} in the whole notebook, and {said[1]} with the cells it needs."
        for name in answer.loses:
            if by_name[name].score == by_name[name].max_score:
                yield f"{answer.name}.py should lose {name} in the whole notebook, but keeps it."
        others = {one.task for one in pack if one != answer and not one.right}
        spared = [tests[task] for task in tests if not others & {task, *self.uses[task]}]
        earlier = [*tests.values()][:[*tests].index(answer.task)]
        for name in spared if answer.right else [name for name in earlier if name in spared]:
            if by_name[name].score != by_name[name].max_score:
                yield f"{answer.name}.py costs the points of {name} in the whole notebook: {by_name[name].message}"


def dependencies(bank: Bank) -> dict[str, set[str]]:
    """Return for each task the other tasks whose answers its test or its answers may use, even indirectly."""
    cells = bank.solution.cells
    code = [cell.source if cell.cell_type == "code" else "" for cell in cells]
    names = [task.answer for task in bank.tasks]
    found = {}
    for task in bank.tasks:
        (test,) = [place for place, cell in enumerate(cells) if grade_id(cell) == task.test]
        sources = [code[test], *(cell for answer in bank.answers[task.answer] for cell in answer.cells)]
        used = {grade_id(cells[place]) for place in slicing.needed(code, test, sources)}
        found[task.answer] = used.intersection(names) - {task.answer}
    return found


def packs(bank: Bank, uses: dict[str, set[str]]) -> list[tuple[Answer, ...]]:
    """Divide a bank's answers into submissions with at most one answer per task.

    A submission holds either right answers, or wrong ones that do not affect each other's tests.
    """
    found: list[list[Answer]] = []
    for task in bank.tasks:
        for answer in bank.answers[task.answer]:
            place = next((pack for pack in found if all(_apart(answer, other, uses) for other in pack)), None)
            if place is None:
                found.append([answer])
            else:
                place.append(answer)
    return [tuple(pack) for pack in found]


def _apart(one: Answer, other: Answer, uses: dict[str, set[str]]) -> bool:
    """Return whether neither answer can change or hide what the other one gets or costs."""
    meet = one.task in uses[other.task] or other.task in uses[one.task]
    both = {one.task, *dict(one.other_answers)} & {other.task, *dict(other.other_answers)}
    return not both and one.right == other.right and (one.right or not meet)


def submission(bank: Bank, version: NotebookNode, answers: tuple[Answer, ...]) -> NotebookNode:
    """Return the release with the reference's answers, and with other answers in place of some of them."""
    reference = sample.SampleStudent(name="whole", about="", base="solution")
    theirs = {answer.task: answer.cells for answer in answers}
    theirs |= {name: (source,) for answer in answers for name, source in answer.other_answers}
    notebook = sample.compose(reference, version, bank.solution, bank.marks)
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        *added, cell.source = theirs.get(grade_id(cell), (cell.source,))
        cells += map(new_code_cell, added)
        cells.append(cell)
    notebook.cells = cells
    return notebook


def grade(setup: Setup, name: str, answers: tuple[Answer, ...], notebook: bytes) -> list[Score]:
    """Grade one submission and return the scores of all its cells."""
    student = "+".join(answer.name for answer in answers)
    return worker.grade_one(setup, jobs.Submission(student, name, ((f"{name}.ipynb", notebook),))).scores
