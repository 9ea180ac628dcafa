"""The command `autograder` with its subcommands for teachers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli_audit import audits
from autograder.terminal import (
    AssignmentsArgument,
    CourseOption,
    DatabaseOption,
    NoSandboxOption,
    OutOption,
    WorkersOption,
    console,
    one_sentence,
    say,
)

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Build, release and grade a course of nbgrader notebooks.",
)
app.add_typer(audits, name="audit")
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


@app.command()
def build(
    assignments: AssignmentsArgument = None,
    course: CourseOption = Path("."),
    force: Annotated[bool, typer.Option(help="Execute what is up to date, too.")] = False,
) -> None:
    """Turn text notebooks into executed solution notebooks and student notebooks."""
    from autograder import course as courses
    from autograder.authoring import build as steps

    with one_sentence():
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
            say(f"{name}: {state}")


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The student repository: empty, or written before.")],
    solutions: Annotated[list[str] | None, typer.Option(
        metavar="ASSIGNMENT",
        help="Also this assignment's worked solution, once its deadline has passed; several times for several, `all` "
             "for all. What was published before stays.",
    )] = None,
    early: Annotated[bool, typer.Option("--early", help="Publish the named solutions before the deadline.")] = False,
    course: CourseOption = Path("."),
) -> None:
    """Write the student repository; refuses if anything in it would give an answer away."""
    from autograder import course as courses
    from autograder.authoring import publish as steps
    from autograder.authoring import worked

    with one_sentence():
        loaded = courses.load(course)
        with console.status("looking for what students must not see …"):
            written = steps.publish(loaded, folder, solutions or [], early)
        if solved := worked.names_in(loaded, written):
            say(f"Worked solutions that students can read: {', '.join(solved)}.")
        say(
            f"Wrote {len(written)} files to {folder}. Commit them there, tag the commit {loaded.settings.version}, "
            f"and push both to {loaded.settings.repository or 'where students find it'}.")


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

    with one_sentence():
        done = steps.collect(courses.load(course), source, assignment, submissions, roster, pattern)
        for sentence in done.sentences():
            say(sentence)


@app.command()
def grade(
    submissions: Annotated[
        Path, typer.Option(help="The folder with STUDENT/ASSIGNMENT/*.ipynb in it.")
    ],
    out: OutOption,
    assignments: AssignmentsArgument = None,
    everything: Annotated[bool, typer.Option("--all", help="Every assignment that anybody handed in.")] = False,
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
    """Grade every student's submission; writes the gradebook and scores.csv. Run again, it goes on where it stopped.

    Several assignments are graded one after the other, by the same workers. One
    that cannot be graded is named, and the others are graded all the same.
    Exit code 2 then; 1 if the grader failed at somebody; 0 if all have a grade.
    """
    from autograder import cli_grade as steps
    from autograder import course as courses
    from autograder.grading import running
    from autograder.grading.pool import Pool, imported_by_all

    with one_sentence(GOES_ON):
        loaded = courses.load(course)
        names = steps.names(loaded, assignments or [], everything, submissions)
        limits = courses.override(running.limits(loaded), limit or [])
        with Pool(workers, scheduler, imported_by_all(loaded, names)) as pool:
            code = steps.run(loaded, names, submissions, out, json, pool, limits=limits, sandbox=not no_sandbox,
                             regrade=regrade, anyway=anyway, db=db)
    if code:
        raise typer.Exit(code)


@app.command()
def feedback(out: OutOption, course: CourseOption = Path("."), db: DatabaseOption = None) -> None:
    """Write one HTML page for each student from what `grade` wrote to --out."""
    from autograder import course as courses
    from autograder.results import feedback as steps

    with one_sentence():
        pages = steps.write(courses.load(course), out, db)
        say(f"Wrote {len(pages)} pages below {out / 'feedback'}.")


@app.command()
def report(out: OutOption, course: CourseOption = Path("."), db: DatabaseOption = None) -> None:
    """Write one HTML page for the whole class from what `grade` wrote to --out."""
    from autograder import course as courses
    from autograder.results import report as steps

    with one_sentence():
        say(f"Wrote {steps.write(courses.load(course), out, db)}.")


@app.command()
def demo(
    out: OutOption = Path("build/demo"),
    course: CourseOption = Path("."),
    no_sandbox: NoSandboxOption = False,
) -> None:
    """Grade a sample class made of the answer banks, from the release to the report."""
    from autograder import course as courses
    from autograder import demo as steps

    with one_sentence(GOES_ON):
        steps.run(courses.load(course), out, console, sandbox=not no_sandbox)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The new assignment's folder, such as 08-audio.")],
    course: CourseOption = Path("."),
) -> None:
    """Write a working assignment to start from: a text notebook with one task, its checks, hints and answer bank."""
    from autograder import course as courses
    from autograder.authoring import new as steps

    with one_sentence():
        loaded = courses.load(course)
        files, answers = steps.new(loaded, name)
        say(
            f"Wrote {', '.join(map(str, files))} and {len(answers)} answers. Edit them; `autograder build {name}`, "
            f"`autograder check {name}` and `autograder audit {name}` say how far it is.")
        if steps.is_package_elsewhere(loaded):
            say(
                f"Python does not import {loaded.settings.course.package} from {loaded.root}, so these commands would "
                f"not find the new module: first install what is there, with `pip install --editable {loaded.root}`.")
        if teachers := steps.released_by_nbgrader(loaded, name):
            say(
                f"`autograder build` does not release {' and '.join(teachers)}, but `nbgrader generate_assignment` "
                "does: add them to c.CourseDirectory.ignore in nbgrader_config.py.")


@app.command()
def check(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    course: CourseOption = Path("."),
    verbose: Annotated[bool, typer.Option("--verbose", help="Also what may be as it should.")] = False,
    no_sandbox: NoSandboxOption = False,
) -> None:
    """Say what an assignment still lacks, one line each with cell and remedy; exit code 1 if it lacks anything.

    Tasks have a stub, a visible and a hidden part, points and a bank. A table of
    what the visible part shows loses its points; the stub is "not attempted".
    Messages are sentences. Pictures have alternative text. Stated run times are
    within a factor of two of those that the build measured.

    Calculations in the prose are done again. Its numbers of four digits or more
    occur in the code or an output, are a calculation's result or the size of a
    shape such as 7×7×512, or are listed in the assignment's numbers.toml, as
    "60,000" = "where it comes from". Years and the further reading do not count.
    --verbose also lists smaller numbers, and tasks that no table can answer.
    """
    from autograder import check as steps
    from autograder import course as courses

    findings = 0
    with one_sentence():
        loaded = courses.load(course)
        with console.status(f"{assignment} …") as status:
            for finding in steps.check(
                    loaded, assignment, not no_sandbox, lambda text: status.update(f"{assignment}: {text} …")):
                findings += not finding.note
                if verbose or not finding.note:
                    say(str(finding))
        if not findings:
            say(f"{assignment}: nothing to put right.")
    if findings:
        raise typer.Exit(1)


@app.command()
def doctor(course: CourseOption = Path(".")) -> None:
    """Say what this machine offers for grading; exit code 1 if grading would be refused."""
    from autograder import course as courses
    from autograder import doctor as steps

    with one_sentence():
        refused = 0
        for finding in steps.examine(courses.settings(course).limits):
            refused += finding.refused
            say(str(finding))
    if refused:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
