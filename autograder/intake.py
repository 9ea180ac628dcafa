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
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from autograder.errors import Unreadable
from autograder.repair import Repair, repair

LARGEST = 300_000_000  # bytes of one file; some have 200 MB of outputs, which are not kept
UNPACKED = 400_000_000  # bytes that come out of a student's own zip
ENTRIES = 200  # of a student's own zip that are looked at
NOTEBOOKS = re.compile(r"\.(?:ipynb(?:\.(?:txt|json))?|json)$", re.I)  # names that a notebook is handed in under
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Submitted(NamedTuple):
    """A notebook that was read, the name of its file, and what had to be put right on the way."""

    notebook: NotebookNode
    name: str
    repairs: tuple[Repair, ...] = ()


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


def choose(files: list[tuple[str, bytes]], release: NotebookNode, name: str) -> Submitted:
    """The notebook among a student's files that holds the most answers to this release.

    Parameters
    ----------
    files : list of (str, bytes)
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
    for file, content in _unpacked(files):
        try:
            found.append(read(content, file))
        except Unreadable as error:
            problem = problem or error
    if not found:
        raise problem or Unreadable(f"No notebook was found in {', '.join(file for file, _ in files)}.")
    if len(found) == 1:
        return found[0]

    def rank(place: int) -> tuple[int, bool, int]:
        answered = sum(repair(release, found[place].notebook).answered.values())
        return answered, PurePosixPath(found[place].name).name == name, place

    best = found[max(range(len(found)), key=rank)]
    return best._replace(repairs=(Repair("chosen", what=best.name), *best.repairs))


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
    if not content.strip(b" \t\r\n\0"):
        raise Unreadable(f"{name} is empty: ask the student for the file again.")
    text, damage = _decoded(content)
    try:
        document = json.loads(text, strict=False)
    except RecursionError:
        raise Unreadable(f"{name} is not JSON, so not a notebook (it is nested too deeply).") from None
    except json.JSONDecodeError as error:
        document = _as_far_as_it_goes(text)
        if document is None:
            raise Unreadable(f"{name} is not JSON, so not a notebook ({error}).") from None
        damage.append(f"it is whole up to its character {error.pos} only")
    if "\\ud" in text.lower():  # half a character, as JSON may write it: no file can hold it
        whole = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
        document = json.loads(whole)
    repairs = (Repair("damaged", what="; ".join(damage)),) if damage else ()
    return Submitted(_as_format_4(document, name), name, repairs)


def _unpacked(files: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files, and the notebooks inside those that are zips, as far as they keep to their bounds."""
    found, room = [], UNPACKED
    for name, content in files:
        if not content.startswith(b"PK\x03\x04"):
            found.append((name, content))
            continue
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for entry in archive.infolist()[:ENTRIES]:
                    if not NOTEBOOKS.search(entry.filename) or "__MACOSX/" in entry.filename:
                        continue
                    with archive.open(entry) as file:
                        part = file.read(room + 1)  # what its header says of its size may be false
                    room -= len(part)
                    if room < 0:
                        raise Unreadable(f"{name} holds more than {UNPACKED // 10**6} MB: ask for the notebook alone.")
                    found.append((entry.filename, part))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
            found.append((name, f"a damaged zip: {error}".encode()))
    return found


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
    decoder, cells, place = json.JSONDecoder(strict=False), [], begin.end()
    while True:
        place = re.compile(r"[\s,]*").match(text, place).end()
        try:
            cell, place = decoder.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError):
            break
        cells.append(cell)
    cells += _broken_cell(text[place:])
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells} if cells else None


def _broken_cell(text: str) -> list[dict]:
    """A cell without its end: where its source is still whole, or some lines of it, these."""
    kind = re.search(r'"cell_type"\s*:\s*"(\w+)"', text)
    begin = re.search(r'"source"\s*:\s*(\[|")', text)
    if begin is None or not text.lstrip().startswith("{"):
        return []
    place = begin.end(1) - 1
    lines = re.match(r'\[?((?:\s*,?\s*"(?:[^"\\]|\\.)*")*)', text[place:])[1]
    source = json.loads(f"[{lines.strip().lstrip(',')}]", strict=False) if lines.strip() else []
    name = re.search(r'"grade_id"\s*:\s*("(?:[^"\\]|\\.)*")', text)
    metadata = {"nbgrader": {"grade_id": json.loads(name[1])}} if name else {}
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
            cells = nbformat.convert(nbformat.from_dict(document), 4).get("cells")
        except Exception as error:  # the converters trip over malformed parts in many ways
            raise Unreadable(
                f"{name} has notebook format {version} and cannot be converted to 4 ({error})."
            ) from None
    if not isinstance(cells, list):
        raise Unreadable(f"{name} is JSON but not a notebook: it has no list of cells.")
    sound = [cell for cell in map(_sound_cell, cells) if cell is not None]
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=sound)


def _sound_cell(cell: object) -> NotebookNode | None:
    """A cell with a type, a text and metadata of the right kinds, or None; outputs are not kept."""
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    sound = NotebookNode(cell_type=str(cell.get("cell_type")), source=source)
    metadata = cell.get("metadata")
    sound.metadata = nbformat.from_dict(metadata) if isinstance(metadata, dict) else NotebookNode()
    identity = cell.get("id") or sound.metadata.get("id")  # Colab keeps it in the metadata
    if isinstance(identity, str):
        sound.id = identity
    if isinstance(cell.get("attachments"), dict):
        sound.attachments = nbformat.from_dict(cell["attachments"])
    return sound
