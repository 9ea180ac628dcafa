"""Turn scores into what the audit says of an answer, of a task and of an assignment."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.authoring.bank import FEWEST_RIGHT, FEWEST_WRONG, Answer, Bank
from autograder.jobs import Score
from autograder.notebooks import Task, tasks


@dataclass(frozen=True)
class Verdict:
    """The audit's judgement of one answer.

    Attributes
    ----------
    answer : Answer
        the answer.
    points : float
        the points that its test gave.
    lost : bool
        whether it lost points.
    message : str
        the message that the student gets.
    seconds : float
        the time that the answer and its test took.
    problem : str
        one sentence if something is wrong with the test or the answer; otherwise empty.
    told : bool
        whether the message contains the words that the bank asks for.
    """

    answer: Answer
    points: float
    lost: bool
    message: str
    seconds: float
    problem: str
    told: bool


@dataclass
class TaskReport:
    """One line of the audit's table.

    Attributes
    ----------
    assignment, task : str
        the names of assignment and task.
    verdicts : list of Verdict
        one for each answer.
    findings : list of str
        sentences about the bank itself.
    """

    assignment: str
    task: str
    verdicts: list[Verdict] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def right(self) -> tuple[int, int]:
        """The number of right answers that keep their points, and of all right answers."""
        return _count([not one.problem for one in self.verdicts if one.answer.right])

    @property
    def wrong(self) -> tuple[int, int]:
        """The number of wrong answers that lose their points, and of all wrong answers."""
        return _count([one.lost for one in self.verdicts if not one.answer.right])

    @property
    def told(self) -> tuple[int, int]:
        """The number of wrong answers that get the right message, and of all wrong answers."""
        return _count([one.told for one in self.verdicts if not one.answer.right])

    @property
    def seconds(self) -> float:
        """The time that all answers took, in seconds."""
        return sum(one.seconds for one in self.verdicts)

    def problems(self) -> list[str]:
        """Return a sentence for each thing that is not as it should be."""
        where = f"{self.assignment} {self.task}"
        return [f"{where}: {text}" for text in self.findings] + [
            f"{where}/{one.answer.name}: {one.problem}" for one in self.verdicts if one.problem]


def _count(holds: list[bool]) -> tuple[int, int]:
    return sum(holds), len(holds)


def judge(answer: Answer, test: str, score: Score, seconds: float) -> Verdict:
    """Return the audit's verdict on an answer, given the score of the task's test."""
    points, message = score.score or 0.0, score.message
    lost = points < score.max_score
    told = bool(answer.told) and answer.told.casefold() in message.casefold()
    problem = ""
    if answer.right and (points != score.max_score or score.flags):
        why = message or f"flagged {', '.join(score.flags)}"
        problem = f"a right answer, but gets {points:g} of {score.max_score:g} points: {why}"
    elif not answer.right and test in answer.loses and not lost:
        problem = f"a wrong answer ({answer.about.rstrip('.')}), but gets all {score.max_score:g} points."
    elif not answer.right and score.stub:
        problem = "a stub, not a wrong answer."
    elif not answer.right and not told:
        problem = f"the student should be told {answer.told!r}, but reads: {message}"
    return Verdict(answer, points, lost, message, seconds, problem, told)


def examine(bank: Bank, task: Task) -> list[str]:
    """Return a sentence for each thing that is missing in a task's bank."""
    answers, found = bank.answers[task.answer], []
    tests = [one.test for one in tasks(bank.solution)]
    for right, fewest, kind in ((True, FEWEST_RIGHT, "right"), (False, FEWEST_WRONG, "wrong")):
        count = sum(answer.right == right for answer in answers)
        if count < fewest:
            found.append(f"the bank should have at least {fewest} {kind} answers; it has {count}.")
    for answer in answers:
        if len(answer.about) < 15:
            found.append(f"{answer.name}.py does not say in its first line, a comment, what is different.")
        if answer.right:
            continue
        if task.test not in answer.loses:
            found.append(f"{answer.name}.py does not say `# Loses: {task.test}`.")
        found += [f"{answer.name}.py loses {name}, which is no test of {bank.assignment}."
                  for name in answer.loses if name not in tests]
        if not answer.told:
            found.append(f"{answer.name}.py does not say with `# Told: ...` what the student must read.")
    sources: dict[str, str] = {}
    for answer in answers:
        same = sources.setdefault(_code(answer), answer.name)
        if same != answer.name:
            found.append(f"{answer.name}.py is the same answer as {same}.py.")
    return found


def _code(answer: Answer) -> str:
    """Return an answer's code without the lines that begin with `#`."""
    return "\n".join(line for cell in answer.cells for line in cell.splitlines() if not line.startswith("#"))
