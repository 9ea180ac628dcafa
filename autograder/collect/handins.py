"""Hand-ins on disk: the one that counts is where nbgrader expects it, and the others are kept elsewhere.

    ROOT/STUDENT/ASSIGNMENT/...                 the one that counts
    ROOT/.others/STUDENT/ASSIGNMENT/WHEN/...    earlier and late ones

Each folder has a JSON file `.handin` that says where the hand-in came from. A student cannot hand in such a file,
since no collected name starts with a dot. Only whole folders are moved, so an interruption leaves each hand-in in one
of the two places, and the next run chooses again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

RECORD = ".handin"
OTHERS = ".others"


class Receipt(BaseModel):
    """Where a hand-in came from.

    Attributes
    ----------
    collected : datetime
        when it was collected.
    time : datetime, optional
        when it was handed in, if the source says so.
    marked_late : bool
        whether the platform says that it was late.
    source, platform, name : str
        the zip or folder, the platform whose pattern was used, and the student's name as given there.
    """

    collected: datetime
    time: datetime | None = None
    marked_late: bool = False
    source: str = ""
    platform: str = ""
    name: str = ""

    def late(self, deadline: datetime | None) -> bool:
        """Whether it came after the deadline; what the platform says if the time or the deadline is unknown."""
        if self.time is None or deadline is None:
            return self.marked_late
        return self.time > deadline


@dataclass(frozen=True)
class HandIn:
    """A hand-in on disk."""

    folder: Path
    record: Receipt


def write(folder: Path, record: Receipt) -> None:
    """Write the receipt into a hand-in's folder."""
    (folder / RECORD).write_text(record.model_dump_json(), encoding="utf-8")


def counting(root: Path, student: str, assignment: str) -> HandIn | None:
    """The hand-in that counts; None if there is none."""
    return _read(root / student / assignment)


def others(root: Path, student: str, assignment: str) -> list[HandIn]:
    """A student's hand-ins that do not count."""
    folder = root / OTHERS / student / assignment
    found = [_read(path) for path in sorted(folder.iterdir())] if folder.is_dir() else []
    return [handin for handin in found if handin]


def students(root: Path, assignment: str) -> list[str]:
    """The students who have handed something in, sorted."""
    if not root.is_dir():
        return []
    return sorted({
        path.name for place in (root, root / OTHERS) if place.is_dir() for path in place.iterdir()
        if not path.name.startswith(".") and (path / assignment).is_dir()
    })


def settle(root: Path, student: str, assignment: str, fresh: list[HandIn], deadline: datetime | None) -> int:
    """Choose among all hand-ins of a student, and move each to its place.

    The last hand-in before the deadline counts, or the last one of all if each is late. The last is the one handed in
    last; if that time is unknown, the time of collection is used.

    Returns
    -------
    int
        how many of the fresh hand-ins are new; one that is there already is removed.
    """
    here = counting(root, student, assignment)
    known = others(root, student, assignment) + ([here] if here else [])
    there = {(_digest(handin.folder), handin.record.time): handin for handin in known} if fresh else {}
    new = 0
    for handin in fresh:
        content, time = _digest(handin.folder), handin.record.time
        if (content, time) in there or (time is None and content in {digest for digest, _ in there}):
            shutil.rmtree(handin.folder)
            continue
        if same := there.pop((content, None), None):  # collected earlier, without its time
            write(same.folder, handin.record)
            known.remove(same)
            shutil.rmtree(handin.folder)
            handin = HandIn(same.folder, handin.record)
        else:
            new += 1
        known.append(handin)
        there[content, time] = handin
    best = max(known, key=lambda handin: _rank(handin.record, deadline), default=None)
    for handin in known:
        if handin is not best and root / OTHERS not in handin.folder.parents:
            _move(handin.folder, _place(root / OTHERS / student / assignment, handin.record))
    if best and best.folder != root / student / assignment:
        _move(best.folder, root / student / assignment)
    return new


def _rank(record: Receipt, deadline: datetime | None) -> tuple[bool, datetime]:
    return not record.late(deadline), record.time or record.collected


def _read(folder: Path) -> HandIn | None:
    """Read a hand-in, or None if there is none; if `collect` did not put it there, it is as old as its folder."""
    if not folder.is_dir():
        return None
    try:
        record = Receipt.model_validate_json((folder / RECORD).read_bytes())
    except (OSError, ValidationError):
        record = Receipt(collected=datetime.fromtimestamp(folder.stat().st_mtime, UTC), source="not from collect")
    return HandIn(folder, record)


def _digest(folder: Path) -> str:
    """The SHA-256 of the names and contents of a hand-in's files, in hexadecimal."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / RECORD):
        with path.open("rb") as file:
            whole.update(f"{path.relative_to(folder)}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\0".encode())
    return whole.hexdigest()


def _place(folder: Path, record: Receipt) -> Path:
    """A free path for a hand-in's folder, named after its time."""
    when = (record.time or record.collected).astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    place, number = folder / when, 1
    while place.exists():
        number += 1
        place = folder / f"{when}-{number}"
    return place


def _move(folder: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    os.rename(folder, place)
