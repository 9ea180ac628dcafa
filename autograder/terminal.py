"""What the commands share: the terminal, common options, and the handling of errors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.errors import UserError, of_the_system
from autograder.plain import plain

console = Console(width=None if sys.stdout.isatty() else 160)
error_console = Console(stderr=True)

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


def say(text: str, where: Console = console) -> None:
    """Print a text unchanged: nothing in it is taken for markup, and long lines are not broken."""
    where.print(text, markup=False, highlight=False, soft_wrap=True)


def end_with(problems: list[str]) -> None:
    """Print the problems, one per line, and end with exit code 1 if there are any."""
    for sentence in problems:
        say(sentence)
    if problems:
        raise typer.Exit(1)


@contextmanager
def one_sentence(interrupted: str = "") -> Iterator[None]:
    """Report a UserError, or a problem with a disk, in its own words and end with exit code 2; Ctrl-C ends with 130.

    Parameters
    ----------
    interrupted : str
        what to print after Ctrl-C, in addition to "Interrupted.".
    """
    try:
        yield
    except (UserError, OSError) as error:
        known = error if isinstance(error, UserError) else of_the_system(error)
        if known is None:
            raise
        said = "\n".join(plain(line, 5000) for line in str(known).split("\n"))
        error_console.print(said, style="bold", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    except KeyboardInterrupt as error:
        say(f"Interrupted. {interrupted}".rstrip(), error_console)
        raise typer.Exit(130) from error
