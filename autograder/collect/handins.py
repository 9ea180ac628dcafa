"""Every hand-in on disk: the one that counts where nbgrader has it, the others out of the way.

    ROOT/STUDENT/ASSIGNMENT/...                 the one that counts
    ROOT/.others/STUDENT/ASSIGNMENT/WHEN/...    earlier and late ones

Each folder has a `.handin`, JSON, that says where it came from; a student cannot hand one in, since no
collected name starts with a dot. Only whole folders are moved, so an interruption leaves each
hand-in in one of the two places, and the next run chooses again.
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
        when it was handed in, where the source says it.
    marked_late : bool
        whether the platform says that it was late.
    source, platform, name : str
        the zip or folder, what its pattern is, and how it calls the student.
    """

    collected: datetime
    time: datetime | None = None
    marked_late: bool = False
    source: str = ""
    platform: str = ""
    name: str = ""

    def late(self, deadline: datetime | None) -> bool:
        """Whether it came after the deadline; the platform's word where no time is known."""
        if self.time is None or deadline is None:
            return self.marked_late
        return self.time > deadline


@dataclass(frozen=True)
class HandIn:
    """A hand-in on disk."""

    folder: Path
    record: Receipt


def write(folder: Path, record: Receipt) -> None:
    """Put the record into a hand-in's folder."""
    (folder / RECORD).write_text(record.model_dump_json(), encoding="utf-8")


def counting(root: Path, student: str, assignment: str) -> HandIn | None:
    """The hand-in that counts, if there is one."""
    return _read(root / student / assignment)


def others(root: Path, student: str, assignment: str) -> list[HandIn]:
    """The hand-ins that do not count."""
    folder = root / OTHERS / student / assignment
    found = [_read(path) for path in sorted(folder.iterdir())] if folder.is_dir() else []
    return [handin for handin in found if handin]


def students(root: Path, assignment: str) -> list[str]:
    """Who has handed something in."""
    if not root.is_dir():
        return []
    return sorted({
        path.name for place in (root, root / OTHERS) if place.is_dir() for path in place.iterdir()
        if not path.name.startswith(".") and (path / assignment).is_dir()
    })


def settle(root: Path, student: str, assignment: str, fresh: list[HandIn], deadline: datetime | None) -> int:
    """Choose among all hand-ins of a student, and put each in its place.

    The last one in time counts; where there is none, the last one. The last is the one handed in
    last, or collected last where no time is known.

    Returns
    -------
    int
        how many of the fresh ones are new; one that is there already is removed.
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
        if same := there.pop((content, None), None):  # collected before, without its time
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
    """A hand-in; one that was not put there by `collect` is as old as its folder."""
    if not folder.is_dir():
        return None
    try:
        record = Receipt.model_validate_json((folder / RECORD).read_bytes())
    except (OSError, ValidationError):
        record = Receipt(collected=datetime.fromtimestamp(folder.stat().st_mtime, UTC), source="not from collect")
    return HandIn(folder, record)


def _digest(folder: Path) -> str:
    """Of the names and contents of a hand-in's files."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / RECORD):
        with path.open("rb") as file:
            whole.update(f"{path.relative_to(folder)}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\0".encode())
    return whole.hexdigest()


def _place(folder: Path, record: Receipt) -> Path:
    """A free folder named by the time."""
    when = (record.time or record.collected).astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    place, number = folder / when, 1
    while place.exists():
        number += 1
        place = folder / f"{when}-{number}"
    return place


def _move(folder: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    os.rename(folder, place)
