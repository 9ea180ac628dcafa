"""The steps that read a submission's text: preparing it before the run, scoring and showing it afterwards.

A worker calls these functions in a `LimitedProcess`, because a file can cost any amount of time and memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from autograder import records
from autograder.grading import intake, scores
from autograder.jobs import Score
from autograder.notebooks import grade_id
from autograder.repair import Repair, repair
from autograder.results.redaction import redacted


class Prepared(NamedTuple):
    """A submission that is ready to run.

    Attributes
    ----------
    notebook : NotebookNode
        the release with the student's answers in it.
    file : str
        the name of the file that it was read from.
    repairs : tuple of Repair
        what was repaired.
    flags : dict of list
        for each grade_id, the kinds of repairs made to the cell.
    untouched : frozenset of str
        the grade_ids of answers that are as released.
    handed_in : list of list
        for each cell of the notebook, the outputs in the submitted file.
    """

    notebook: NotebookNode
    file: str
    repairs: tuple[Repair, ...]
    flags: dict[str, list[str]]
    untouched: frozenset[str]
    handed_in: list[list[NotebookNode]]


class Judged(NamedTuple):
    """The scores of a notebook that was run, and one log line for each cell that ran."""

    scores: list[Score]
    lines: list[str]


def prepare(files: tuple[tuple[str, bytes], ...], version: str, name: str) -> Prepared:
    """Make the notebook to run from the files that were handed in.

    Parameters
    ----------
    files : tuple of (str, bytes)
        the names and contents of the files.
    version : str
        the notebook as it is graded, as JSON.
    name : str
        the notebook's name in the release, without `.ipynb`.

    Raises
    ------
    Unreadable
        with one sentence, if none of the files is a notebook.
    """
    release = _release(version)
    submitted, made = intake.choose(files, release, f"{name}.ipynb")
    return Prepared(made.notebook, submitted.name, (*submitted.repairs, *made.repairs), made.flags, made.untouched,
                    made.handed_in)


def answered(release: str, file: str, content: bytes) -> bytes:
    """Return a released notebook with the answers of a submitted one in it; both are JSON.

    Raises
    ------
    Unreadable
        with one sentence, if the submitted file is not a notebook.
    """
    made = repair(nbformat.reads(release, as_version=4), intake.read(content, file).notebook)
    return nbformat.writes(made.notebook).encode("utf-8", "replace")


def judge(notebook: NotebookNode, prepared: Prepared, name: str, flags: tuple[str, ...]) -> Judged:
    """Score a notebook that `prepare` made and `run.run` ran.

    Parameters
    ----------
    notebook : NotebookNode
        the notebook with its outputs.
    prepared : Prepared
        what `prepare` returned; its notebook is not used and may be empty.
    name : str
        the notebook's name in the release, without `.ipynb`.
    flags : tuple of str
        flags that every score gets.
    """
    renamed = () if PurePosixPath(prepared.file).name == f"{name}.ipynb" else ("renamed",)
    rows = [replace(row, flags=tuple(dict.fromkeys((*flags, *renamed, *row.flags))))
            for row in scores.score(notebook, prepared.flags, prepared.untouched)]
    return Judged(rows, list(_lines(notebook, rows)))


def show(notebook: NotebookNode, rows: list[Score], handed_in: list[list[NotebookNode]]) -> bytes:
    """Return the content of the notebook file that people may see; the parameters are those of `redaction.redacted`."""
    return nbformat.writes(redacted(notebook, rows, handed_in)).encode("utf-8", "replace")


def get_ready(version: str) -> None:
    """Process a release once like a submission, so that its modules are loaded and caches filled for later calls."""
    prepared = prepare((("", version.encode("utf-8", "replace")),), version, "")
    show(prepared.notebook, judge(prepared.notebook, prepared, "", ()).scores, prepared.handed_in)


@lru_cache(maxsize=8)  # the same for every submission to an assignment, and never modified
def _release(version: str) -> NotebookNode:
    return nbformat.versions[4].reads(version)


def _lines(notebook: NotebookNode, rows: list[Score]) -> Iterator[str]:
    """Yield a log line for each cell that ran: how many seconds it took and what happened."""
    by_name = {row.grade_id: row for row in rows}
    for index, cell in enumerate(notebook.cells):
        record = records.of(cell)
        if record.outcome:
            row = by_name.get(grade_id(cell))
            words = [f"cell {index}", grade_id(cell), f"{record.seconds:.2f} s", record.outcome,
                     row.status if row else "", row.message if row else record.message]
            yield "  ".join(word for word in words if word)
