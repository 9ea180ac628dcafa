"""Run all checks on one assignment."""

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
    """Yield what must be put right in an assignment, and notes on what may have to be.

    Parameters
    ----------
    course : Course
        the course directory.
    assignment : str
        its name.
    sandbox : bool
        if False, the assignment's code runs as this user, without isolation.
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
    """Yield findings on the built notebook; if it is missing or out of date, only one that says so."""
    (text,) = build.text_notebooks(course, bank.assignment)
    path = text.with_suffix(".ipynb")
    if not build.is_fresh(path, build.compose(course, text)):
        yield Finding(path.name, "It is missing, or older than its text notebook: pictures, run times and numbers "
                      "were not looked at.", f"Run `autograder build {bank.assignment}`.")
        return
    notebook = nbformat.read(path, as_version=4)
    yield from pictures.find(notebook)
    yield from numbers.find(notebook, listed)
    took = notebook.metadata[build.METADATA].get("seconds")
    if took is None:  # from an earlier version of the build
        progress("running the notebook, to see how long it takes")
        took = build.measure(course, bank.assignment)
    yield from seconds.find(notebook, took)
