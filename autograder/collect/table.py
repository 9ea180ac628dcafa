"""The table collected-ASSIGNMENT.csv: what became of every hand-in and every other file.

The table is for people and is never read back. What a later run needs of it is in .collected/ASSIGNMENT.json.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime, tzinfo
from pathlib import Path

from autograder.collect import handins
from autograder.files import csv_table, write_whole
from autograder.plain import plain

NOTES = ".collected"
LONGEST = 1000  # characters of a path


@dataclass(frozen=True)
class Row:
    """One row of the table.

    Attributes
    ----------
    status : str
        `counts`, `kept` (a hand-in that does not count), `unmatched`, `refused`, or `missing` (a student
        of the roster without a hand-in).
    late : str
        `late` or empty.
    where : str
        the path of the hand-in or unmatched file below the submissions; of a refused file, the path in the source.
    note : str
        the reason, for a person.
    """

    status: str
    student: str = ""
    name: str = ""
    late: str = ""
    time: str = ""
    collected: str = ""
    platform: str = ""
    source: str = ""
    where: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, plain(getattr(self, field.name), LONGEST))


def of_handins(root: Path, assignment: str, deadline: datetime | None, zone: tzinfo | None) -> list[Row]:
    """A row for each hand-in on disk, sorted by student."""
    rows = []
    for student in handins.students(root, assignment):
        here = handins.counting(root, student, assignment)
        others = handins.others(root, student, assignment)
        for status, found in (("counts", [here] if here else []), ("kept", others)):
            for handin in found:
                record = handin.record
                late = record.late(deadline)
                rows.append(Row(
                    status, student, record.name, "late" if late else "", _shown(record.time, zone),
                    _shown(record.collected, zone), record.platform, record.source,
                    handin.folder.relative_to(root).as_posix(),
                    "nothing came in time" if late and status == "counts" else "",
                ))
    return rows


def noted(root: Path, assignment: str) -> list[Row]:
    """The rows of earlier runs for files that are not hand-ins; none if they cannot be read."""
    try:
        return [Row(**row) for row in json.loads((root / NOTES / f"{assignment}.json").read_bytes())]
    except (OSError, ValueError, TypeError):
        return []


def write(root: Path, assignment: str, rows: list[Row]) -> Path:
    """Write the table, whole or not at all, and what the next run needs of it; returns the table's path."""
    path = root / f"collected-{assignment}.csv"
    write_whole(path, csv_table(Row, rows))
    others = [asdict(row) for row in rows if row.status in ("unmatched", "refused")]
    write_whole(root / NOTES / f"{assignment}.json", json.dumps(others, indent=1).encode("utf-8", "replace"))
    return path


def _shown(time: datetime | None, zone: tzinfo | None) -> str:
    return time.astimezone(zone).isoformat(sep=" ", timespec="seconds") if time else ""
