"""What is done to one submission where its text is read: before it runs, and to what came of the run.

A worker calls these through `bounded`: a file can cost any amount of time and memory.
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
    """A submission that can run.

    Attributes
    ----------
    notebook : NotebookNode
        the release with the answers in it.
    file : str
        the one it was read from.
    repairs : tuple of Repair
        what was put right.
    flags : dict of list
        for a grade_id, the kinds of its repairs.
    untouched : frozenset of str
        the answers that are as they were released.
    handed_in : list of list
        for each cell of the notebook the outputs that it was handed in with.
    """

    notebook: NotebookNode
    file: str
    repairs: tuple[Repair, ...]
    flags: dict[str, list[str]]
    untouched: frozenset[str]
    handed_in: list[list[NotebookNode]]


class Judged(NamedTuple):
    """Of a notebook that ran the scores, and a line of the log for each cell."""

    scores: list[Score]
    lines: list[str]


def prepare(files: tuple[tuple[str, bytes], ...], version: str, name: str) -> Prepared:
    """From what was handed in to the notebook that runs.

    Parameters
    ----------
    files : tuple of (str, bytes)
        names and contents.
    version : str
        the notebook as it is graded, as JSON.
    name : str
        its name in the release, without `.ipynb`.

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
    """A notebook as students got it, with the answers of one that was handed in; both as JSON.

    Raises
    ------
    Unreadable
        with one sentence, if it is not a notebook.
    """
    made = repair(nbformat.reads(release, as_version=4), intake.read(content, file).notebook)
    return nbformat.writes(made.notebook).encode("utf-8", "replace")


def judge(notebook: NotebookNode, prepared: Prepared, name: str, flags: tuple[str, ...]) -> Judged:
    """The scores of a notebook that `prepare` made and `run.run` ran.

    Parameters
    ----------
    notebook : NotebookNode
        with its outputs.
    prepared : Prepared
        without its notebook.
    name : str
        the notebook's in the release.
    flags : tuple of str
        for every score.
    """
    renamed = () if PurePosixPath(prepared.file).name == f"{name}.ipynb" else ("renamed",)
    rows = [replace(row, flags=tuple(dict.fromkeys((*flags, *renamed, *row.flags))))
            for row in scores.score(notebook, prepared.flags, prepared.untouched)]
    return Judged(rows, list(_lines(notebook, rows)))


def show(notebook: NotebookNode, rows: list[Score], handed_in: list[list[NotebookNode]]) -> bytes:
    """The notebook that people may see, as a file's content; what goes in is as for `redaction.redacted`."""
    return nbformat.writes(redacted(notebook, rows, handed_in)).encode("utf-8", "replace")


def get_ready(version: str) -> None:
    """Treat a release as a submission once: what is learned of its cells, and loaded for it, is there for all."""
    prepared = prepare((("", version.encode("utf-8", "replace")),), version, "")
    show(prepared.notebook, judge(prepared.notebook, prepared, "", ()).scores, prepared.handed_in)


@lru_cache(maxsize=8)  # the same for every submission to an assignment, and never changed
def _release(version: str) -> NotebookNode:
    return nbformat.versions[4].reads(version)


def _lines(notebook: NotebookNode, rows: list[Score]) -> Iterator[str]:
    """For each cell that ran its seconds and what became of it."""
    by_name = {row.grade_id: row for row in rows}
    for index, cell in enumerate(notebook.cells):
        record = records.of(cell)
        if record.outcome:
            row = by_name.get(grade_id(cell))
            words = [f"cell {index}", grade_id(cell), f"{record.seconds:.2f} s", record.outcome,
                     row.status if row else "", row.message if row else record.message]
            yield "  ".join(word for word in words if word)
