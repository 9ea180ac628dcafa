"""HTML feedback, one page a student and notebook: the scores, the reasons, the notebook.

A page is safe to hand out. Hidden tests are cut from the cells; of a test cell's traceback only the
frames in the student's own cells stay; and any line of a hidden test that turns up in an output is
taken out, however it came there.
"""

from __future__ import annotations

import copy
import os
import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import bleach
import jinja2
import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution
from pygments.formatters import HtmlFormatter

from autograder.course import Course
from autograder.notebooks import (
    HIDDEN_TESTS,
    MARK_SCHEME,
    grade_id,
    regions,
    telling_lines,
    without_regions,
)
from autograder.results import NotebookResult, load

TEMPLATES = Path(__file__).parent / "templates"
FEW = 4  # pages, about a second each, for which no process is started
TAGS = frozenset([
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
])
LOOKED_AT = "This check did not run as it was released. Your teacher looks at it."
REMOVED = "[a line of a hidden test was removed here]"


def write(course: Course, out: Path, db: str | None = None) -> list[Path]:
    """Write feedback/STUDENT/ASSIGNMENT/NAME.html below `out` for everything graded there; `db` as for `grade`."""
    results = load(out, db)
    several = min(os.cpu_count() or 1, len(results) // FEW)
    if several < 2:
        return [_write(course.settings.title, out, result) for result in results]
    with ProcessPoolExecutor(several, get_context("forkserver")) as processes:
        waiting = [processes.submit(_write, course.settings.title, out, result) for result in results]
        return [page.result() for page in waiting]


def _write(title: str, out: Path, result: NotebookResult) -> Path:
    """One page."""
    place = Path(result.student, result.assignment)
    graded = out / "autograded" / place / f"{result.notebook}.ipynb"
    page = out / "feedback" / place / f"{result.notebook}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    text = environment.get_template("feedback.html.j2").render(
        title=title, result=result, **_notebook(graded, result),
        colours=HtmlFormatter(style="default").get_style_defs(".highlight"),
    )
    page.write_text(text, encoding="utf-8")
    return page


def _notebook(path: Path, result: NotebookResult) -> dict:
    """The safe notebook as HTML, and each task's reason; empty where nothing was run."""
    if not path.exists():
        return {"body": "", "messages": {}}
    notebook = nbformat.read(path, as_version=4)
    hidden = hidden_lines(notebook)
    messages = {grade_id(cell): redact(_message(cell), hidden) for cell in notebook.cells if is_grade(cell)}
    exporter = HTMLExporter(template_name="basic", exclude_anchor_links=True)
    exporter.register_filter("clean_html", lambda html: html)  # the page is cleaned as a whole below
    body, _ = exporter.from_notebook_node(safe(notebook))
    return {"body": _without_scripts(body), "messages": messages}


def _message(cell: NotebookNode) -> str:
    """Why points are missing; what looks like tampering is for the teacher to say."""
    mark = cell.metadata.get("autograder", {})
    return LOOKED_AT if "tampered" in mark.get("flags", []) else mark.get("message", "")


def _without_scripts(html: str) -> str:
    """The HTML with nothing that runs or fetches: a student's output can hold any page."""
    return bleach.clean(
        html, tags=TAGS, attributes=_allowed, protocols={"http", "https", "mailto", "data"},
        strip=True,
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    if name in ("class", "alt", "title", "colspan", "rowspan", "scope"):
        return True
    if (tag, name) == ("img", "src"):
        return value.startswith(("data:image/png;", "data:image/jpeg;"))
    return (tag, name) == ("a", "href") and value.startswith(("https://", "http://", "#"))


def safe(notebook: NotebookNode) -> NotebookNode:
    """A copy of a graded notebook with nothing of a hidden test in it."""
    notebook = copy.deepcopy(notebook)
    hidden = hidden_lines(notebook)
    for cell in notebook.cells:
        cell.source = without_regions(without_regions(cell.source, HIDDEN_TESTS), MARK_SCHEME)
        for output in cell.get("outputs", []):
            _redact_output(cell, output, hidden)
    return notebook


def hidden_lines(notebook: NotebookNode) -> set[str]:
    """Every line of the hidden tests that would give something away."""
    lines = {
        line
        for cell in notebook.cells if is_grade(cell) and not is_solution(cell)
        for region in regions(cell.source, HIDDEN_TESTS)
        for line in telling_lines(region)
    }
    return lines | set(HIDDEN_TESTS) if lines else lines


def redact(text: str, hidden: set[str]) -> str:
    """The text without terminal colours, and without any line that holds one of `hidden`."""
    plain = strip_ansi(text)
    if not any(line in plain for line in hidden):
        return plain
    return "\n".join(
        REMOVED if any(line in shown for line in hidden) else shown for shown in plain.split("\n")
    )


def _redact_output(cell: NotebookNode, output: NotebookNode, hidden: set[str]) -> None:
    if output.output_type == "error":
        frames = _own_frames(cell, output.traceback) if is_grade(cell) else output.traceback
        output.traceback = [redact(frame, hidden) for frame in frames]
        output.evalue = redact(output.evalue, hidden)
    elif output.output_type == "stream":
        output.text = redact(output.text, hidden)
    else:
        for kind, content in output.get("data", {}).items():
            if isinstance(content, str) and not kind.startswith("image/"):
                output.data[kind] = redact(content, hidden)


def _own_frames(cell: NotebookNode, traceback: list[str]) -> list[str]:
    """The frames in cells other than the test itself, and the last line with the error."""
    kept = []
    for frame in traceback[:-1]:
        plain = strip_ansi(frame)
        where = re.match(r"\s*Cell In\s?\[(\d+)\]", plain)
        if where and int(where.group(1)) != cell.get("execution_count"):
            kept.append(plain)
    return [*kept, *traceback[-1:]]
