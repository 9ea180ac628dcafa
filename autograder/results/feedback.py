"""HTML feedback: one page per student and notebook, with the scores, the reasons and the notebook.

A page is safe to hand out because it is made from a notebook that went through `redaction.py`, which contains
nothing that only a hidden test knows. This module makes the page and removes everything from it that could run.
If the notebook cannot be shown, the page has a sentence in its place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from html import escape
from pathlib import Path

import jinja2
import nbformat
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from pygments.formatters import HtmlFormatter

from autograder import records
from autograder.course import Course
from autograder.files import write_whole
from autograder.notebooks import grade_id, released
from autograder.results.grades import NotebookResult, load
from autograder.results.outputs import clean
from autograder.results.redaction import REDACTED

TEMPLATES = Path(__file__).parents[1] / "templates"
FEW = 4  # pages per process; a page takes about a second
SECONDS = 60  # of processor time per page
LARGEST = 60_000_000  # bytes of a graded notebook
NO_NOTEBOOK = "Your notebook cannot be shown here; ask your teacher for it."
OLDER = "Your notebook was graded by an earlier version of the grader, and is not shown."
FROM_HERE = ("*From here on the outputs are those in the file that you handed in: "
             "what your code prints after a hidden check is not shown either.*")


def write(course: Course, out: Path, db: str | None = None) -> list[Path]:
    """Write feedback/STUDENT/ASSIGNMENT/NAME.html below `out` for every graded notebook; return the paths.

    `db` is the gradebook's URL, as for `grade`.
    """
    results, title = load(out, db), course.settings.title
    several = min(os.cpu_count() or 1, len(results) // FEW)
    if several < 2:
        return [_write(title, out, result) for result in results]
    known = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in known else "spawn")  # Windows has only spawn
    with ProcessPoolExecutor(several, context) as processes:
        waiting = [(result, processes.submit(_write, title, out, result)) for result in results]
        return [_page_of(page, title, out, result) for result, page in waiting]


def _page_of(page: Future[Path], title: str, out: Path, result: NotebookResult) -> Path:
    """Return a page made by another process; if that process died, make the page here without the notebook."""
    try:
        return page.result()
    except BrokenProcessPool:
        return _write(title, out, result, notebook=False)


def _write(title: str, out: Path, result: NotebookResult, notebook: bool = True) -> Path:
    """Write one page and return its path."""
    place = Path(result.student, result.assignment)
    page = out / "feedback" / place / f"{result.notebook}.html"
    parts = {"body": "", "messages": {}, "instead": NO_NOTEBOOK}
    if notebook:
        try:
            with _within(SECONDS):
                parts = _notebook(out / "autograded" / place / f"{result.notebook}.ipynb", result)
        except (Exception, _OutOfTime):  # whatever one notebook does, the others get their pages
            pass
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    text = environment.get_template("feedback.html.j2").render(
        title=title, result=result, **parts, colours=HtmlFormatter(style="default").get_style_defs(".highlight"))
    write_whole(page, text.encode("utf-8", "replace"))
    return page


class _OutOfTime(BaseException):
    """The time for a page is up. Not an Exception, so that no handler for ordinary errors catches it."""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise `_OutOfTime` if the block takes more processor time than `seconds`.

    There is no limit in threads, or on Windows, which has no such timers.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _notebook(path: Path, result: NotebookResult) -> dict:
    """Return the notebook as HTML and the message for each task; if nothing was run, what happened instead."""
    if not path.exists():
        return {"body": "", "messages": {}, "instead": result.summary if result.nothing_ran else NO_NOTEBOOK}
    if path.stat().st_size > LARGEST:
        return {"body": "", "messages": {}, "instead": NO_NOTEBOOK}
    notebook = nbformat.read(path, as_version=4)
    if not notebook.metadata.get(REDACTED):
        return {"body": "", "messages": {}, "instead": OLDER}
    messages = {grade_id(cell): records.of(cell).message for cell in notebook.cells}
    exporter = _Exporter(template_name="basic", exclude_anchor_links=True)
    exporter.register_filter("clean_html", lambda html: html)  # the page is cleaned as a whole below
    body, _ = exporter.from_notebook_node(_for_students(notebook))
    return {"body": clean(body, page=True), "messages": messages, "instead": ""}


def _for_students(notebook: NotebookNode) -> NotebookNode:
    """Remove rubrics and marking schemes, and mark the place from which outputs are not of the run but handed in."""
    cells: list[NotebookNode] = []
    told = False
    for cell in notebook.cells:
        if records.of(cell).for_grader:
            continue
        cell.source = released(cell)
        if not told and records.of(cell).handed_in:
            cells, told = [*cells, new_markdown_cell(FROM_HERE)], True
        cells.append(cell)
    notebook.cells = cells
    return notebook


class _Exporter(HTMLExporter):
    """nbconvert's HTML exporter; a text cell that it cannot render is shown as typed."""

    @jinja2.pass_context
    def markdown2html(self, context: jinja2.runtime.Context, source: str) -> str:
        try:
            return super().markdown2html(context, source)
        except Exception:
            return f"<pre>{escape(source)}</pre>"
