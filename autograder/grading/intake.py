"""From the bytes of a submission, taken for hostile, to a notebook of format 4.

Nothing in the file is believed, and what can be read of a damaged one is: the cells before the place
where a download broke off, text in another encoding, a notebook inside a zip. Where several files
were handed in, the one with the most answers counts.
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
from autograder.repair import Repair, Repaired, repair
from autograder.results.outputs import Outputs, attachments

LARGEST = 300_000_000  # bytes of what is read for one notebook; some have 200 MB of outputs, and little of that is kept
UNPACKED = LARGEST  # bytes that come out of a student's own zip
KEPT = 50_000_000  # bytes of text and pasted pictures in a notebook's cells
ENTRIES = 200  # of a student's own zip that are looked at
_CONFLICT = [re.compile(rf"^{mark}(?:[ \r\n]|\Z)", re.M) for mark in ("<<<<<<<", "=======", ">>>>>>>")]
_SIDES = {"<<<<<<<": (0,), "|||||||": (), "=======": (1,), ">>>>>>>": (0, 1)}  # whose the lines after a mark are
NOTEBOOKS = re.compile(r"\.(?:ipynb(?:\.(?:txt|json))?|json)$", re.I)  # names that a notebook is handed in under
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Submitted(NamedTuple):
    """A notebook that was read, the name of its file, and what had to be put right on the way."""

    notebook: NotebookNode
    name: str
    repairs: tuple[Repair, ...] = ()


def choose(
    files: Iterable[tuple[str, bytes]], release: NotebookNode, name: str
) -> tuple[Submitted, Repaired]:
    """The notebook among a student's files that holds the most answers to this release, and the release with them in.

    Parameters
    ----------
    files : iterable of (str, bytes)
        names and contents; zips are looked into.
    release : NotebookNode
        the notebook as it is graded.
    name : str
        the file's name as it was released: of two with as many answers, this one counts, else the last.

    Raises
    ------
    Unreadable
        with the first file's sentence, if none is a notebook.
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
    return _readings(content, name)[0]


def _readings(content: bytes, name: str) -> list[Submitted]:
    """A submitted file as a notebook; one that holds merge conflicts as two, one for each side."""
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
            found.append(Submitted(_as_format_4(document, name), name, repairs))
        except Unreadable as error:
            problem = problem or error
    if problem is not None and not found:
        raise problem
    return found


def _sides(text: str) -> list[str]:
    """Both versions of a text in which git left its marks between lines; none where there are no such marks."""
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
    """The JSON of a file, and what was wrong with it where only its beginning could be read."""
    try:
        return json.loads(text, strict=False, **numbers), ""
    except RecursionError:
        raise Unreadable(f"{name} is not JSON, so not a notebook (it is nested too deeply).") from None
    except json.JSONDecodeError as error:
        document = _as_far_as_it_goes(text)
        if document is None:
            raise Unreadable(f"{name} is not JSON, so not a notebook ({error}).") from None
        return document, f"it is whole up to its character {error.pos} only"
    except ValueError:  # a number with thousands of digits, which Python refuses, and no notebook needs
        return _parsed(text, name, parse_int=lambda digits: int(digits[:20]))


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, or the notebooks inside one that is a zip, within their limits.

    Raises
    ------
    Unreadable
        if it is a damaged zip, holds too much, or no notebook.
    """
    if not content.startswith(b"PK\x03\x04"):
        yield name, content
        return
    room, count = UNPACKED, 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist()[:ENTRIES]:
                file = entry.filename.replace("\\", "/")  # as PowerShell writes them
                if not NOTEBOOKS.search(file) or "__MACOSX/" in file:
                    continue
                with archive.open(entry) as opened:
                    part = opened.read(room + 1)  # what its header says of its size may be false
                room -= len(part)
                if room < 0:
                    raise Unreadable(f"{name} holds more than {UNPACKED // 10**6} MB: ask for the notebook alone.")
                count += 1
                yield file, part
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # a zip can be wrong in many ways: encrypted, cut off, packed in an unusual way
        raise Unreadable(f"{name} is a zip that cannot be read ({error}): ask for the notebook alone.") from None
    if not count:
        raise Unreadable(f"{name} is a zip without a notebook in it: ask for the notebook alone.")


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what was wrong with its encoding."""
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
    """The notebook that a broken file begins with: its whole cells, and the text of the one it breaks off in."""
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
    """The JSON values that follow each other from a place on, each with where it ends; up to one that breaks off."""
    decoder = json.JSONDecoder(strict=False)
    while True:
        try:
            between = re.compile(r"[\s,]*").match(text, place)
            value, place = decoder.raw_decode(text, between.end() if between else place)
        except (ValueError, RecursionError):  # the first also for a number of too many digits
            return
        yield value, place


def _broken_cell(text: str) -> list[dict]:
    """A cell without its end: where its source is still whole, or some lines of it, these."""
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
            known = nbformat.versions[version]  # which joins lines to texts, as its files have them
            cells = nbformat.convert(known.to_notebook_json(document), 4).get("cells")
        except Exception as error:  # the converters trip over malformed parts in many ways
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
    """A cell with a type, a text and nbgrader's mark, each of the right kind, or None.

    Its outputs are those that may be shown.
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
    for identity in (metadata.get("id"), cell.get("id")):  # Colab keeps it in the metadata
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
    """The text without halves of characters, which JSON may write and no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
