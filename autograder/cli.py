"""The command `autograder`: what a teacher types."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from autograder.errors import UserError, of_the_system, unknown
from autograder.plain import plain

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Build, release and grade a course of nbgrader notebooks.",
)
console = Console(width=None if sys.stdout.isatty() else 160)
error_console = Console(stderr=True)
GOES_ON = "What was graded until then is written; the same command goes on from there."

def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        console.print(f"autograder {version('cnnlab')}", highlight=False)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option(
        "--version", callback=_show_version, is_eager=True, help="Say which version this is.")] = False,
) -> None:
    """Build, release and grade a course of nbgrader notebooks."""


CourseOption = Annotated[
    Path, typer.Option("--course", help="The course directory: nbgrader's, with its config.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--db", help="The gradebook's URL, such as postgresql://host/name; SQLite in --out by default."),
]
NoSandboxOption = Annotated[
    bool, typer.Option("--no-sandbox", help="Run students' code as this user; flags every score.")
]
WorkersOption = Annotated[
    int | None, typer.Option(min=1, help="Notebooks at a time; as many as there are cores by default.")
]
AssignmentsArgument = Annotated[list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...")]
OutOption = Annotated[Path, typer.Option("--out", help="The folder for everything written.")]


@app.command()
def build(
    assignments: AssignmentsArgument = None,
    course: CourseOption = Path("."),
    force: Annotated[bool, typer.Option(help="Execute what is up to date, too.")] = False,
) -> None:
    """Turn text notebooks into executed solution notebooks and student notebooks."""
    from autograder import course as courses
    from autograder.authoring import build as steps

    with _one_sentence():
        loaded = courses.load(course)
        names = assignments or loaded.assignments()
        for name in names:
            loaded.check_assignment(name)
        for name in names:
            with console.status(f"{name} …") as status:
                executed = steps.build(
                    loaded, name, force, lambda text: status.update(f"{text} …")
                )
            state = "executed and released" if executed else "up to date; released"
            console.print(f"{name}: {state}")


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The student repository: empty, or written before.")],
    course: CourseOption = Path("."),
) -> None:
    """Write the student repository, without anything that gives an answer away; refuses if it would."""
    from autograder import course as courses
    from autograder.authoring import publish as steps

    with _one_sentence():
        loaded = courses.load(course)
        with console.status("looking for what students must not see …"):
            written = steps.publish(loaded, folder)
        console.print(
            f"Wrote {len(written)} files to {folder}. Commit them there, tag the commit {loaded.settings.version}, "
            f"and push both to {loaded.settings.repository or 'where students find it'}.",
            markup=False, highlight=False, soft_wrap=True,
        )


@app.command()
def collect(
    source: Annotated[Path, typer.Argument(help="A platform's zip, a folder, or one notebook.")],
    assignment: Annotated[str, typer.Option(help="The assignment's name.")],
    submissions: Annotated[
        Path, typer.Option(help="The folder to collect into, as STUDENT/ASSIGNMENT/.")
    ] = Path("submitted"),
    roster: Annotated[
        Path | None, typer.Option(help="The course's people: a CSV with id, name, email, moodle, canvas.")
    ] = None,
    pattern: Annotated[str | None, typer.Option(
        help="A regular expression for paths in SOURCE, with (?P<student_id>...), (?P<timestamp>...), "
             "(?P<file_id>...); in place of the platforms' own.",
    )] = None,
    course: CourseOption = Path("."),
) -> None:
    """Sort what students handed in, from Moodle, Canvas, Google Classroom or nbgrader, into folders to grade."""
    from autograder import collect as steps
    from autograder import course as courses

    with _one_sentence():
        done = steps.collect(courses.load(course), source, assignment, submissions, roster, pattern)
        for sentence in done.sentences():
            console.print(sentence, markup=False, highlight=False, soft_wrap=True)


@app.command()
def grade(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    submissions: Annotated[
        Path, typer.Option(help="The folder with STUDENT/ASSIGNMENT/*.ipynb in it.")
    ],
    out: OutOption,
    course: CourseOption = Path("."),
    workers: WorkersOption = None,
    scheduler: Annotated[str | None, typer.Option(help="The address of a Dask cluster to grade on.")] = None,
    regrade: Annotated[bool, typer.Option("--regrade", help="Run again what is graded already.")] = False,
    anyway: Annotated[bool, typer.Option(
        "--anyway", help="Also where the source's own solution loses points, or the stub gets some.")] = False,
    no_sandbox: NoSandboxOption = False,
    db: DatabaseOption = None,
    limit: Annotated[list[str] | None, typer.Option(
        help="Another limit than course.toml's, as in --limit cell_seconds=120; several times for several.",
    )] = None,
    json: Annotated[bool, typer.Option("--json", help="Progress as one JSON object a line.")] = False,
) -> None:
    """Grade every student's submission; writes the gradebook and scores.csv. Run again, it goes on."""
    from autograder import course as courses
    from autograder import progress
    from autograder.grading import grade as steps
    from autograder.grading import running

    with _one_sentence(GOES_ON):
        loaded = courses.load(course)
        loaded.check_assignment(assignment)
        limits = courses.override(running.limits(loaded), limit or [])
        said: list[str] = []
        with progress.Lines(console) if json else progress.Bar(console, assignment) as show:
            rows = steps.grade(
                loaded, assignment, submissions, out, limits, workers=workers, progress=show,
                scheduler=scheduler, sandbox=not no_sandbox, regrade=regrade, anyway=anyway, db=db, say=said.append,
            )
        for sentence in said:
            error_console.print(sentence, markup=False, highlight=False, soft_wrap=True)
        if not json:
            for row in rows:
                console.print(
                    f"{row.student}  {row.score}/{row.max_score}  {row.summary}",
                    markup=False, highlight=False,
                )
            where = "the gradebook" if db else out / "gradebook.db"
            console.print(f"Wrote {out / 'scores.csv'} and {where}.", markup=False)
        failed = list(dict.fromkeys(row.student for row in rows if not row.graded))
        if failed:
            error_console.print(
                f"Not everybody has a grade: the grader failed at {', '.join(failed[:10])}"
                f"{', ...' if len(failed) > 10 else ''}, for the reason in submissions.csv. Everybody else has; the "
                "same command tries these again.", markup=False, highlight=False, soft_wrap=True)
            raise typer.Exit(1)


@app.command()
def feedback(out: OutOption, course: CourseOption = Path("."), db: DatabaseOption = None) -> None:
    """Write an HTML page a student from what `grade` wrote to --out."""
    from autograder import course as courses
    from autograder.results import feedback as steps

    with _one_sentence():
        pages = steps.write(courses.load(course), out, db)
        console.print(f"Wrote {len(pages)} pages below {out / 'feedback'}.", markup=False)


@app.command()
def report(out: OutOption, course: CourseOption = Path("."), db: DatabaseOption = None) -> None:
    """Write one HTML page for the whole class from what `grade` wrote to --out."""
    from autograder import course as courses
    from autograder.results import report as steps

    with _one_sentence():
        console.print(f"Wrote {steps.write(courses.load(course), out, db)}.", markup=False)


@app.command()
def demo(
    out: OutOption = Path("build/demo"),
    course: CourseOption = Path("."),
    no_sandbox: NoSandboxOption = False,
) -> None:
    """Grade a sample class made of the answer banks, from the release to the report."""
    from autograder import course as courses
    from autograder import demo as steps

    with _one_sentence(GOES_ON):
        steps.run(courses.load(course), out, console, sandbox=not no_sandbox)


class _WithAnswers(TyperGroup):
    """`autograder audit [ASSIGNMENT]...` tries the answers; `mutants` and `seeds` are commands of their own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command in that is meant where none is named."""
        return super().parse_args(ctx, args if args and args[0] in {*self.commands, "--help"} else ["answers", *args])


audits = typer.Typer(cls=_WithAnswers, no_args_is_help=False, help="Test the tests. Without a command: the answers.")
app.add_typer(audits, name="audit")


@audits.command("answers")
def audit_answers(
    assignments: AssignmentsArgument = None,
    course: CourseOption = Path("."),
    workers: WorkersOption = None,
    full: Annotated[bool, typer.Option("--full", help="Each answer in its whole notebook, too; takes hours.")] = False,
    no_sandbox: NoSandboxOption = False,
) -> None:
    """Grade every answer of the banks; exit code 1 where a test is wrong."""
    from autograder import audit as steps
    from autograder import course as courses

    with _one_sentence():
        loaded = courses.load(course)
        with console.status("grading the answers …") as status:
            reports = steps.audit(
                loaded, assignments or loaded.assignments(), workers, full, not no_sandbox,
                lambda name, done, total: status.update(f"{name}: {done} of {total} answers …"))
        console.print(steps.table(reports))
        _end_with([sentence for report in reports for sentence in report.problems()])


@audits.command("seeds")
def audit_seeds(
    assignments: AssignmentsArgument = None,
    course: CourseOption = Path("."),
    count: Annotated[int, typer.Option(help="Seeds to train with.")] = 20,
    budget: Annotated[str, typer.Option(help="A budget that course.toml names, or audit.")] = "grading",
    resume: Annotated[bool, typer.Option("--resume", help="Go on after the seeds that are listed.")] = False,
) -> None:
    """Train each reference solution from many seeds, into seeds.toml; minutes to hours. Exit code 1 where a threshold
    is unfair."""
    from autograder import course as courses
    from autograder.audit import seeds

    with _one_sentence():
        loaded = courses.load(course)
        if budget not in seeds.budgets(loaded):
            raise unknown("budget", budget, seeds.budgets(loaded), "[course.budgets] of course.toml")
        names = assignments or loaded.assignments()
        spreads = [seeds.measure(loaded, name, budget, count, resume) for name in names if seeds.trains(loaded, name)]
        console.print(seeds.table(spreads))
        _end_with([sentence for spread in spreads for sentence in spread.problems])


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

    with _one_sentence():
        loaded = courses.load(course)
        every: list[steps.MutationRun] = []
        problems: list[str] = []
        with console.status("deriving mutants …") as status:
            for runs in steps.mutation_run(
                    loaded, assignments or loaded.assignments(), workers, not no_sandbox,
                    lambda name, done, total: status.update(f"{name}: {done} of {total} mutants …")):
                console.print(steps.table(runs))
                every, problems = every + runs, problems + steps.problems(runs)
        console.print(steps.summary(every), markup=False, highlight=False, soft_wrap=True)
        _end_with(problems)


def _end_with(problems: list[str]) -> None:
    """Print what is wrong, and end with exit code 1 where anything is."""
    for sentence in problems:
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)
    if problems:
        raise typer.Exit(1)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The new assignment's folder, such as 08-audio.")],
    course: CourseOption = Path("."),
) -> None:
    """Make a working assignment to start from: one task, its tests and its answer bank."""
    from autograder import course as courses
    from autograder.authoring import new as steps

    with _one_sentence():
        loaded = courses.load(course)
        text, *answers = steps.new(loaded, name)
        console.print(
            f"Wrote {text} and {len(answers)} answers. Edit them; `autograder build {name}`, `autograder check {name}` "
            f"and `autograder audit {name}` say how far it is.", markup=False, highlight=False, soft_wrap=True)
        if teachers := steps.released_by_nbgrader(loaded, name):
            console.print(
                f"`autograder build` does not release {' and '.join(teachers)}, but `nbgrader generate_assignment` "
                "does: add them to c.CourseDirectory.ignore in nbgrader_config.py.",
                markup=False, highlight=False, soft_wrap=True)


@app.command()
def check(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    course: CourseOption = Path("."),
    verbose: Annotated[bool, typer.Option("--verbose", help="Also what may be as it should.")] = False,
    no_sandbox: NoSandboxOption = False,
) -> None:
    """Say what an assignment still lacks, a line each with cell and remedy; exit code 1 where it lacks anything.

    Tasks have a stub, a visible and a hidden part, points and a bank. A table of
    what the visible part shows loses its points; the stub is "not attempted".
    Messages are sentences. Pictures have alternative text. Stated run times are
    within a factor of two of those that the build measured.

    Calculations in the prose are done again. Its numbers of four digits or more
    stand in the code or an output, are a calculation's result or the size of a
    shape such as 7×7×512, or are listed in the assignment's numbers.toml, as
    "60,000" = "where it comes from". Years and the further reading do not count.
    --verbose lists smaller numbers, too, and tasks that no table can answer.
    """
    from autograder import check as steps
    from autograder import course as courses

    findings = 0
    with _one_sentence():
        loaded = courses.load(course)
        with console.status(f"{assignment} …") as status:
            for finding in steps.check(
                    loaded, assignment, not no_sandbox, lambda text: status.update(f"{assignment}: {text} …")):
                findings += not finding.note
                if verbose or not finding.note:
                    console.print(str(finding), markup=False, highlight=False, soft_wrap=True)
        if not findings:
            console.print(f"{assignment}: nothing to put right.", markup=False, highlight=False)
    if findings:
        raise typer.Exit(1)


@app.command()
def doctor(course: CourseOption = Path(".")) -> None:
    """Say what this machine offers for grading; exit code 1 where grading would be refused."""
    from autograder import course as courses
    from autograder import doctor as steps

    with _one_sentence():
        refused = 0
        for finding in steps.examine(courses.settings(course).limits):
            refused += finding.refused
            console.print(str(finding), markup=False, highlight=False, soft_wrap=True)
    if refused:
        raise typer.Exit(1)


class _one_sentence:
    """Print a UserError, or what is wrong with a disk, as its sentence and end with exit code 2; Ctrl-C ends with 130.

    Parameters
    ----------
    interrupted : str
        what is said after Ctrl-C beyond that it was interrupted.
    """

    def __init__(self, interrupted: str = "") -> None:
        self.interrupted = interrupted

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, OSError):
            error = of_the_system(error) or error
        if isinstance(error, UserError):
            said = "\n".join(plain(line, 5000) for line in str(error).split("\n"))
            error_console.print(said, style="bold", markup=False, highlight=False, soft_wrap=True)
            raise typer.Exit(2)
        if isinstance(error, KeyboardInterrupt):
            error_console.print(f"Interrupted. {self.interrupted}".rstrip())
            raise typer.Exit(130)


if __name__ == "__main__":
    app()
