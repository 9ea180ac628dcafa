"""The roster of a course: a CSV with each student's id, name, email and names on the platforms."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from autograder.collect.names import folded, key, orders, plain_key, safe
from autograder.collect.times import instant
from autograder.errors import UserError

# Names that a column may have, compared without case, spaces and _. They are those of nbgrader's own list of
# students, Moodle's grading worksheet and list of participants, and Canvas's gradebook.
COLUMNS = {
    "id": ("student_id", "id", "ID number", "username", "SIS Login ID"),
    "name": ("name", "full name", "student"),
    "first_name": ("first_name",),
    "last_name": ("last_name", "surname"),
    "email": ("email", "email address"),
    "moodle": ("moodle", "identifier"),
    "canvas": ("canvas", "lms_user_id"),
    "classroom": ("classroom", "google"),
    "submitted": ("submitted", "Last modified (submission)"),
}


@dataclass(frozen=True)
class Student:
    """One row of the roster; `submitted` is when the platform received the student's last hand-in."""

    id: str
    name: str = ""
    submitted: datetime | None = None


@dataclass
class Roster:
    """All students, with indexes by which to find them."""

    students: list[Student] = field(default_factory=list)
    _numbers: dict[tuple[str, str], set[Student]] = field(default_factory=lambda: defaultdict(set))
    _certain: dict[str, set[Student]] = field(default_factory=lambda: defaultdict(set))
    _names: dict[str, set[Student]] = field(default_factory=lambda: defaultdict(set))
    _plain: dict[str, set[Student]] = field(default_factory=lambda: defaultdict(set))

    def find(self, names: Iterable[str], platform: str = "", number: str = "") -> list[Student]:
        """The students who may have handed in a file: one if it is clear, none if no student fits.

        The first of these that fits decides: the platform's number; an id, an email address or a platform's name;
        the name, beginning with any of its words; the same without accents.
        """
        found = self._numbers.get((platform, number), set())
        names = [*names]
        for index, made in ((self._certain, folded), (self._names, key), (self._plain, plain_key)):
            for name in names:
                found = found or (index.get(made(name).strip(), set()) if made(name).strip() else set())
        return sorted(found, key=lambda student: student.id)

    def add(self, student: Student, row: dict[str, str]) -> None:
        """Add a student, who can then be found by the values of `row`."""
        self.students.append(student)
        for column in ("moodle", "canvas"):
            if number := re.search(r"\d+\Z", row.get(column, "")):
                self._numbers[column, number[0]].add(student)
        for column in ("id", "email", "moodle", "canvas", "classroom"):
            if text := folded(row.get(column, "")).strip():
                self._certain[text].add(student)
        for column in ("name", "moodle", "canvas", "classroom"):
            for name in orders(row.get(column, "")):
                if key(name):
                    self._names[key(name)].add(student)
                    self._plain[plain_key(name)].add(student)


def read(path: Path, zone: tzinfo | None = None) -> Roster:
    """Read a roster.

    Parameters
    ----------
    path : Path
        a CSV in UTF-8, separated by commas, semicolons or tabs, with a line of column names.
    zone : tzinfo, optional
        the time zone of times without one; this machine's by default.

    Raises
    ------
    UserError
        if it cannot be read, has no column with ids, or has an id twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"The roster {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError(f"The roster {path} is not in UTF-8: save it as \"CSV UTF-8\".") from None
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    except csv.Error as error:
        raise UserError(f"The roster {path} is not a CSV: {error}.") from None
    header = lines[0] if lines else []
    places = _places(header)
    if "id" not in places:
        has = ", ".join(header) or "none"
        raise UserError(f"The roster {path} has neither a column id nor one called email: it has {has}.")
    roster, seen = Roster(), set()
    for line in lines[1:]:
        row = {column: line[place].strip() for column, place in places.items() if place < len(line)}
        if not row.get("id"):
            continue  # Canvas has a row for the points; files of a student without an id end up unmatched
        row["name"] = row.get("name") or f"{row.get('first_name', '')} {row.get('last_name', '')}".strip()
        if key(safe(row["id"])) in seen:
            raise UserError(f"The roster {path} has the id {row['id']} twice.")
        seen.add(key(safe(row["id"])))
        roster.add(Student(safe(row["id"]), row["name"], instant(row.get("submitted", ""), zone)), row)
    return roster


def _places(header: list[str]) -> dict[str, int]:
    """The position of each of our columns in the header."""
    plain = [key(title) for title in header]
    found = {}
    for column, titles in COLUMNS.items():
        for title in titles:
            if column not in found and key(title) in plain:
                found[column] = plain.index(key(title))
    if "canvas" not in found and "student" in plain and "id" in plain:
        found["canvas"] = plain.index("id")  # Canvas's gradebook: its ID is the number in file names
    if "id" not in found and "email" in found:
        found["id"] = found["email"]  # Moodle's grading worksheet may have nothing else
    return found
