"""From a submission, taken for hostile, to the notebook that is run.

Locked cells, their order, metadata and tags come from the release. From the student come the text
of the answer cells, found by grade_id, and the cells that the student added.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import is_grade, is_solution

from autograder.errors import Unreadable
from autograder.notebooks import HIDDEN_TESTS, grade_id, without_regions

LARGEST = 100_000_000  # bytes; a notebook with every picture of a long course has a tenth of it


@dataclass
class Merged:
    """The notebook to run, and what was found on the way.

    Attributes
    ----------
    notebook : NotebookNode
        the release with the student's answers in it; cells carry no outputs.
    flags : dict
        for the grade_id of a cell, words on what had to be put right:
        `answer-deleted`, `answer-twice`, `test-restored`.
    """

    notebook: NotebookNode
    flags: dict[str, list[str]] = field(default_factory=dict)

    def flag(self, name: str, word: str) -> None:
        self.flags.setdefault(name, [])
        if word not in self.flags[name]:
            self.flags[name].append(word)


def fetch(path: Path) -> bytes:
    """The bytes of a submitted file; nothing in them is looked at.

    Raises
    ------
    Unreadable
        with one sentence, if it is too large or cannot be read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{path.name} has more than {LARGEST // 10**6} MB: clear its outputs.")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}.") from None


def read(content: bytes, name: str) -> NotebookNode:
    """A submitted file as a notebook of format 4.

    Parameters
    ----------
    content : bytes
        what `fetch` returned.
    name : str
        the file's, for the sentences.

    Raises
    ------
    Unreadable
        with one sentence, if it is empty, not JSON, or not a notebook.
    """
    if not content.strip():
        raise Unreadable(f"{name} is empty: ask the student for the file again.")
    try:
        document = json.loads(content.decode("utf-8-sig"))
        if b"\\ud" in content.lower():  # half a character, as JSON may write it: no file can hold it
            whole = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
            document = json.loads(whole)
    except UnicodeDecodeError:
        raise Unreadable(f"{name} is not text in UTF-8, so not a notebook.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise Unreadable(f"{name} is not JSON, so not a notebook ({error}).") from None
    return _as_format_4(document, name)


def merge(release: NotebookNode, submitted: NotebookNode) -> Merged:
    """Put a student's answers into the release.

    Parameters
    ----------
    release : NotebookNode
        the assignment as it is graded: stubs in the answer cells, hidden tests in the tests.
    submitted : NotebookNode
        what the student handed in, as `read` returned it.
    """
    taken, added = _sort_out(release, submitted)
    merged = Merged(copy.deepcopy(release))
    cells = _fresh(added.get("", []))
    for index, cell in enumerate(merged.notebook.cells):
        key = _key(index, cell)
        theirs = taken.get(key, [])
        if "nbgrader" not in cell.metadata:
            cell.source = theirs[-1].source if theirs else cell.source
        elif is_solution(cell):
            _take_answer(cell, theirs, merged)
        elif is_grade(cell) and not any(_same_test(cell, other) for other in theirs):
            merged.flag(key, "test-restored")
        _clear(cell)
        cells += [cell, *_fresh(added.get(key, []))]
    merged.notebook.cells = cells
    return merged


def _as_format_4(document: object, name: str) -> NotebookNode:
    if not isinstance(document, dict) or not isinstance(document.get("nbformat"), int):
        raise Unreadable(f"{name} is JSON but not a notebook: it has no nbformat number.")
    version = document["nbformat"]
    if version > 4:
        raise Unreadable(f"{name} has notebook format {version}, but 4 is the newest known here.")
    try:
        notebook = nbformat.convert(nbformat.from_dict(document), 4)
    except Exception as error:  # the converters trip over malformed parts in many ways
        raise Unreadable(
            f"{name} has notebook format {version} and cannot be converted to 4 ({error})."
        ) from None
    if not isinstance(notebook.get("cells"), list):
        raise Unreadable(f"{name} is JSON but not a notebook: it has no list of cells.")
    notebook.cells = [cell for cell in map(_sound_cell, notebook.cells) if cell is not None]
    return notebook


def _sound_cell(cell: object) -> NotebookNode | None:
    """A cell with a type, a text and metadata of the right kinds, or None."""
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    sound = NotebookNode(cell_type=str(cell.get("cell_type")), source=source)
    metadata = cell.get("metadata")
    sound.metadata = metadata if isinstance(metadata, dict) else NotebookNode()
    if isinstance(cell.get("id"), str):
        sound.id = cell["id"]
    if isinstance(cell.get("attachments"), dict):
        sound.attachments = cell["attachments"]
    return sound


def _key(index: int, cell: NotebookNode) -> str:
    """What a release cell is found by: its grade_id, or its place where it has none."""
    return grade_id(cell) or f"#{index}"


def _sort_out(release: NotebookNode, submitted: NotebookNode):
    """The student's cells by the key of the release cell they are; the others by the key before them.

    A cell is recognised by its grade_id; where the release has given it none, by cell id or text.
    """
    names = {grade_id(cell) for cell in release.cells} - {""}
    plain = [(_key(i, cell), cell) for i, cell in enumerate(release.cells) if not grade_id(cell)]
    by_id = {cell.get("id"): key for key, cell in plain}
    by_text = {cell.source.strip(): key for key, cell in plain}
    taken: dict[str, list[NotebookNode]] = {}
    added: dict[str, list[NotebookNode]] = {}
    before = ""
    for cell in submitted.cells:
        key = grade_id(cell) if grade_id(cell) in names else None
        key = key or by_id.get(cell.get("id", "")) or by_text.get(cell.source.strip())
        if key:
            taken.setdefault(key, []).append(cell)
            before = key
        else:
            added.setdefault(before, []).append(cell)
    return taken, added


def _take_answer(cell: NotebookNode, theirs: list[NotebookNode], merged: Merged) -> None:
    """Fill an answer cell with the student's text: the last one, if it stands there twice."""
    if not theirs:
        merged.flag(grade_id(cell), "answer-deleted")
        return
    if len(theirs) > 1:
        merged.flag(grade_id(cell), "answer-twice")
    cell.source = theirs[-1].source
    if cell.cell_type == "markdown" and "attachments" in theirs[-1]:
        cell.attachments = theirs[-1].attachments


def _same_test(cell: NotebookNode, submitted: NotebookNode) -> bool:
    """Whether a submitted test is the one that was released, white space aside."""
    released = without_regions(cell.source, HIDDEN_TESTS)
    return released.split() == submitted.source.split()


def _fresh(cells: list[NotebookNode]) -> list[NotebookNode]:
    """A student's own cells with nothing but their text: no tag, no metadata, no output."""
    new = {"code": new_code_cell, "markdown": new_markdown_cell}
    return [
        new[cell.cell_type](source=cell.source)
        for cell in cells
        if cell.cell_type in new and cell.source.strip()
    ]


def _clear(cell: NotebookNode) -> None:
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
