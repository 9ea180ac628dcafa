"""The command `autograder audit`, which tests the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from autograder.errors import unknown
from autograder.terminal import (
    AssignmentsArgument,
    CourseOption,
    NoSandboxOption,
    WorkersOption,
    console,
    end_with,
    one_sentence,
    say,
)


class _WithAnswers(TyperGroup):
    """`autograder audit [ASSIGNMENT]...` grades the answers; `mutants` and `seeds` are commands of their own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert the command `answers` if no command is named."""
        return super().parse_args(ctx, args if args and args[0] in {*self.commands, "--help"} else ["answers", *args])


audits = typer.Typer(cls=_WithAnswers, no_args_is_help=False, help="Test the tests. Without a command: the answers.")


@audits.command("answers")
def audit_answers(
    assignments: AssignmentsArgument = None,
    course: CourseOption = Path("."),
    workers: WorkersOption = None,
    full: Annotated[bool, typer.Option("--full", help="Each answer in its whole notebook, too; takes hours.")] = False,
    no_sandbox: NoSandboxOption = False,
) -> None:
    """Grade every answer of the banks; exit code 1 if a test is wrong."""
    from autograder import audit as steps
    from autograder import course as courses

    with one_sentence():
        loaded = courses.load(course)
        with console.status("grading the answers …") as status:
            reports = steps.audit(
                loaded, assignments or loaded.assignments(), workers, full, not no_sandbox,
                lambda name, done, total: status.update(f"{name}: {done} of {total} answers …"))
        console.print(steps.table(reports))
        end_with([sentence for report in reports for sentence in report.problems()])


@audits.command("seeds")
def audit_seeds(
    assignments: AssignmentsArgument = None,
    course: CourseOption = Path("."),
    count: Annotated[int, typer.Option(help="Seeds to train with.")] = 20,
    budget: Annotated[str, typer.Option(help="A budget that course.toml names, or audit.")] = "grading",
    resume: Annotated[bool, typer.Option("--resume", help="Go on after the seeds that are listed.")] = False,
) -> None:
    """Train each reference solution from many seeds and write seeds.toml; takes minutes to hours. Exit code 1 if a
    threshold is unfair."""
    from autograder import course as courses
    from autograder.audit import seeds

    with one_sentence():
        loaded = courses.load(course)
        if budget not in seeds.budgets(loaded):
            raise unknown("budget", budget, seeds.budgets(loaded), "[course.budgets] of course.toml")
        names = assignments or loaded.assignments()
        spreads = [seeds.measure(loaded, name, budget, count, resume) for name in names if seeds.trains(loaded, name)]
        console.print(seeds.table(spreads))
        end_with([sentence for spread in spreads for sentence in spread.problems])


@audits.command("mutants")
def audit_mutants(
    assignments: AssignmentsArgument = None,
    course: CourseOption = Path("."),
    workers: WorkersOption = None,
    no_sandbox: NoSandboxOption = False,
) -> None:
    """Change each reference solution in every place where a mistake could be, and list the changes that no test
    catches. Minutes for a short assignment; more than an hour for seven."""
    from autograder import course as courses
    from autograder.audit import mutation_run as steps

    with one_sentence():
        loaded = courses.load(course)
        every: list[steps.MutationRun] = []
        problems: list[str] = []
        with console.status("deriving mutants …") as status:
            for runs in steps.mutation_run(
                    loaded, assignments or loaded.assignments(), workers, not no_sandbox,
                    lambda name, done, total: status.update(f"{name}: {done} of {total} mutants …")):
                console.print(steps.table(runs))
                every, problems = every + runs, problems + steps.problems(runs)
        say(steps.summary(every))
        end_with(problems)
