"""Lead one assignment through all kinds of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import nbformat

from autograder.authoring import bank as banks
from autograder.authoring import build
from autograder.authoring.bank import Bank
from autograder.check import giveaway, messages, numbers, pictures, seconds, tasks
from autograder.check.finding import Finding
from autograder.course import Course
from autograder.grading import worker


def check(
    course: Course,
    assignment: str,
    sandbox: bool = True,
    progress: Callable[[str], None] = lambda message: None,
) -> Iterator[Finding]:
    """What must be put right in an assignment, and notes on what may have to be.

    Parameters
    ----------
    course : Course
        the course directory.
    assignment : str
        its name.
    sandbox : bool
        False runs its code as this user.
    progress : callable
        called with what is being done.

    Raises
    ------
    UserError
        if there is no such assignment, or its text notebook, its bank or its list of numbers cannot be read.
    """
    progress("reading")
    bank = banks.read(course, assignment)
    listed = numbers.read(course.source / assignment / numbers.LISTED)
    yield from tasks.find(bank)
    yield from messages.find(bank)
    yield from _built(course, bank, listed, progress)
    progress("grading stubs and look-up tables")
    try:
        yield from giveaway.find(course, bank, sandbox)
    finally:
        worker.close_server()


def _built(course: Course, bank: Bank, listed: dict[str, str], progress: Callable[[str], None]) -> Iterator[Finding]:
    """What the built notebook shows; nothing of that where there is none."""
    (text,) = build.text_notebooks(course, bank.assignment)
    path = text.with_suffix(".ipynb")
    if not build.is_fresh(path, bank.solution):
        yield Finding(path.name, "It is missing, or older than its text notebook: pictures, run times and numbers "
                      "were not looked at.", f"Run `autograder build {bank.assignment}`.")
        return
    notebook = nbformat.read(path, as_version=4)
    yield from pictures.find(notebook)
    yield from numbers.find(notebook, listed)
    took = notebook.metadata[build.METADATA].get("seconds")
    if took is None:  # built before the build kept them
        progress("running the notebook, to see how long it takes")
        took = build.measure(course, bank.assignment)
    yield from seconds.find(notebook, took)
