"""Make a notebook of format 4 from the bytes of a submission, which may be hostile.

Nothing in the file is trusted. What is readable in a damaged file is kept: the cells before the point where
a download broke off, text in another encoding, a notebook inside a zip. If several files were handed in, the
one with the most answers counts.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import nbformat
from nbformat import NotebookNode

from autograder.errors import Unreadable
from autograder.notebooks import is_worked
from autograder.repair import Repair, Repaired, repair
from autograder.results.outputs import Outputs, attachments

LARGEST = 300_000_000  # bytes read for one notebook; some have 200 MB of outputs, of which little is kept
UNPACKED = LARGEST  # bytes extracted from a student's own zip
KEPT = 50_000_000  # bytes of text and pasted pictures in a notebook's cells
ENTRIES = 200  # entries of a student's own zip that are read
_CONFLICT = [re.compile(rf"^{mark}(?:[ \r\n]|\Z)", re.M) for mark in ("<<<<<<<", "=======", ">>>>>>>")]
_SIDES = {"<<<<<<<": (0,), "|||||||": (), "=======": (1,), ">>>>>>>": (0, 1)}  # the sides that the next lines belong to
NOTEBOOKS = re.compile(r"\.(?:ipynb(?:\.(?:txt|json))?|json)$", re.I)  # file names under which notebooks are handed in
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Submitted(NamedTuple):
    """A notebook that was read, the name of its file, and what had to be repaired to read it."""

    notebook: NotebookNode
    name: str
    repairs: tuple[Repair, ...] = ()


def choose(
    files: Iterable[tuple[str, bytes]], release: NotebookNode, name: str
) -> tuple[Submitted, Repaired]:
    """Return the submitted notebook with the most answers to a release, and the release with these answers in it.

    Parameters
    ----------
    files : iterable of (str, bytes)
        names and contents of the student's files; zips are searched for notebooks.
    release : NotebookNode
        the notebook as it is graded.
    name : str
        the released file name. Among files with equally many answers, one with this name wins, otherwise the
        last one.

    Raises
    ------
    Unreadable
        with the message for the first file, if none of them is a notebook.
    """
    found, problem = [], None
    for file, content in files:
        try:
            for part, inside in _unpacked(file, content):
                found += _readings(inside, part)
        except Unreadable as error:
            problem = problem or error
    if not found:
        raise problem or Unreadable("Nothing was handed in.")
    best, made, rank = found[0], repair(release, found[0].notebook), (-1, False)
    for place, one in enumerate(found):
        mine = repair(release, one.notebook) if place else made
        theirs = sum(mine.answered.values()), PurePosixPath(one.name).name == name
        if theirs >= rank:
            best, made, rank = one, mine, theirs
    if len(found) > 1:
        best = best._replace(repairs=(Repair("chosen", what=best.name), *best.repairs))
    return best, made


def read(content: bytes, name: str) -> Submitted:
    """Read a submitted file as a notebook of format 4.

    Parameters
    ----------
    content : bytes
        the file's content.
    name : str
        the file's name, for error messages.

    Raises
    ------
    Unreadable
        with one sentence, if the file is empty, not JSON, not a notebook, or a published solution.
    """
    return _readings(content, name)[0]


def _readings(content: bytes, name: str) -> list[Submitted]:
    """Read a submitted file as a notebook; one with merge conflicts gives two, one for each side."""
    if not content.strip(b" \t\r\n\0"):
        raise Unreadable(f"{name} is empty: ask the student for the file again.")
    text, damage = _decoded(content)
    sides = [(side, f"it held marks of a merge; {which} of each two versions was taken")
             for side, which in zip(_sides(text), ("the first", "the second"), strict=False)]
    found: list[Submitted] = []
    problem: Unreadable | None = None
    for side, word in sides or [(text, "")]:
        try:
            document, broken = _parsed(side, name)
            what = "; ".join(one for one in (*damage, word, broken) if one)
            repairs = (Repair("damaged", what=what),) if what else ()
            notebook = _as_format_4(document, name)
            if is_worked(notebook):
                raise Unreadable(f"{name} is the solution that the course published: ask for the student's own work.")
            found.append(Submitted(notebook, name, repairs))
        except Unreadable as error:
            problem = problem or error
    if problem is not None and not found:
        raise problem
    return found


def _sides(text: str) -> list[str]:
    """Return both versions of a text that contains git's conflict markers; an empty list if it contains none."""
    if not all(mark.search(text) for mark in _CONFLICT):
        return []
    sides: tuple[list[str], list[str]] = ([], [])
    wanted: tuple[int, ...] = (0, 1)
    for line in text.splitlines(keepends=True):
        mark = line[:7]
        if mark in _SIDES and not line[7:8].strip():
            wanted = _SIDES[mark]
        else:
            for side in wanted:
                sides[side].append(line)
    return ["".join(lines) for lines in sides]


def _parsed(text: str, name: str, **numbers: Any) -> tuple[object, str]:
    """Return a file's parsed JSON, and a description of the damage if only its beginning could be read."""
    try:
        return json.loads(text, strict=False, **numbers), ""
    except RecursionError:
        raise Unreadable(f"{name} is not JSON, so not a notebook (it is nested too deeply).") from None
    except json.JSONDecodeError as error:
        document = _as_far_as_it_goes(text)
        if document is None:
            raise Unreadable(f"{name} is not JSON, so not a notebook ({error}).") from None
        return document, f"it is whole up to its character {error.pos} only"
    except ValueError:  # Python refuses a number with thousands of digits, and no notebook needs one
        return _parsed(text, name, parse_int=lambda digits: int(digits[:20]))


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the file itself or, if it is a zip, the notebooks inside it, within the limits.

    Raises
    ------
    Unreadable
        if the zip is damaged, holds too much, or holds no notebook.
    """
    if not content.startswith(b"PK\x03\x04"):
        yield name, content
        return
    room, count = UNPACKED, 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist()[:ENTRIES]:
                file = entry.filename.replace("\\", "/")  # PowerShell writes backslashes
                if not NOTEBOOKS.search(file) or "__MACOSX/" in file:
                    continue
                with archive.open(entry) as opened:
                    part = opened.read(room + 1)  # the size in its header may be false
                room -= len(part)
                if room < 0:
                    raise Unreadable(f"{name} holds more than {UNPACKED // 10**6} MB: ask for the notebook alone.")
                count += 1
                yield file, part
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # a zip can be unreadable in many ways: encrypted, truncated, unusually compressed
        raise Unreadable(f"{name} is a zip that cannot be read ({error}): ask for the notebook alone.") from None
    if not count:
        raise Unreadable(f"{name} is a zip without a notebook in it: ask for the notebook alone.")


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a file, and a description of what was wrong with its encoding."""
    damage = []
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252" if encoding.startswith("utf-8") else encoding, "replace")
        damage.append("it is not in UTF-8")
    if "\0" in text:
        text = text.replace("\0", "")
        damage.append("it held NUL bytes")
    return text, damage


def _as_far_as_it_goes(text: str) -> dict | None:
    """Return the notebook at the beginning of a truncated file, or None; its last cell may be incomplete."""
    begin = re.search(r'"cells"\s*:\s*\[', text)
    if begin is None or not text.lstrip().startswith("{"):
        return None
    cells, place = [], begin.end()
    for cell, end in _values(text, place):
        cells.append(cell)
        place = end
    cells += _broken_cell(text[place:].lstrip(", \t\r\n"))
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells} if cells else None


def _values(text: str, place: int) -> Iterator[tuple[object, int]]:
    """Yield consecutive JSON values from a position on, each with its end position, up to the first incomplete one."""
    decoder = json.JSONDecoder(strict=False)
    while True:
        try:
            between = re.compile(r"[\s,]*").match(text, place)
            value, place = decoder.raw_decode(text, between.end() if between else place)
        except (ValueError, RecursionError):  # ValueError also for a number with too many digits
            return
        yield value, place


def _broken_cell(text: str) -> list[dict]:
    """Return a list of the truncated cell, with the readable part of its source; empty if there is none."""
    kind = re.search(r'"cell_type"\s*:\s*"(\w+)"', text)
    begin = re.search(r'"source"\s*:\s*(\[|")', text)
    if begin is None or not text.lstrip().startswith("{"):
        return []
    source, place = [], begin.end() - (begin[1] == '"')
    for line, _ in _values(text, place):
        if not isinstance(line, str):
            break
        source.append(line)
        if begin[1] == '"':
            break
    named = re.search(r'"grade_id"\s*:\s*(?=")', text)
    name = next((value for value, _ in _values(text, named.end())), None) if named else None
    metadata = {"nbgrader": {"grade_id": name}} if isinstance(name, str) else {}
    return [{"cell_type": kind[1] if kind else "code", "metadata": metadata, "source": source}]


def _as_format_4(document: object, name: str) -> NotebookNode:
    if not isinstance(document, dict) or not isinstance(document.get("nbformat"), int):
        raise Unreadable(f"{name} is JSON but not a notebook: it has no nbformat number.")
    version = document["nbformat"]
    if version > 4:
        raise Unreadable(f"{name} has notebook format {version}, but 4 is the newest known here.")
    if version == 4:
        cells = document.get("cells")
    else:
        try:
            known = nbformat.versions[version]  # its reader joins lists of lines, as found in files of that format
            cells = nbformat.convert(known.to_notebook_json(document), 4).get("cells")
        except Exception as error:  # malformed parts make the converters fail in many ways
            raise Unreadable(
                f"{name} has notebook format {version} and cannot be converted to 4 ({error})."
            ) from None
    if not isinstance(cells, list):
        raise Unreadable(f"{name} is JSON but not a notebook: it has no list of cells.")
    outputs = Outputs()
    sound = [cell for cell in (_sound_cell(cell, outputs) for cell in cells) if cell is not None]
    if sum(len(cell.source) + _size(cell.get("attachments", {})) for cell in sound) > KEPT:
        raise Unreadable(f"{name} has more than {KEPT // 10**6} MB of text and pasted pictures in its cells.")
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=sound)


def _sound_cell(cell: object, outputs: Outputs) -> NotebookNode | None:
    """Return a cell with a type, a text and nbgrader's metadata, each of the right type; None if there is no text.

    Only outputs that are safe to show are kept.
    """
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    kind = cell.get("cell_type")
    kind = kind if isinstance(kind, str) else "raw"
    sound = NotebookNode(cell_type=kind, source=_whole(source), metadata=NotebookNode())
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    mark = metadata.get("nbgrader")
    if isinstance(mark, dict):
        sound.metadata.nbgrader = NotebookNode({
            name: _whole(value) if isinstance(value, str) else value
            for name, value in mark.items() if isinstance(value, str | bool)})
    for identity in (metadata.get("id"), cell.get("id")):  # Colab stores the id in the metadata
        if isinstance(identity, str) and identity:
            sound.id = _whole(identity)
    if isinstance(cell.get("attachments"), dict):
        sound.attachments = attachments(cell["attachments"])
    if "outputs" in cell:
        sound.outputs = outputs.safe(cell["outputs"])
    return sound


def _size(attachments: dict) -> int:
    return sum(len(data) for kinds in attachments.values() for data in kinds.values())


def _whole(text: str) -> str:
    """Replace unpaired surrogates, which JSON may contain but no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
