"""Sort the files of a source into their students' folders.

Whatever its name and content, a file is collected, kept as unmatched, or refused with a sentence.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from autograder.collect import archive, handins, roster, table
from autograder.collect.names import folded, safe
from autograder.collect.platforms import Found, Reader
from autograder.collect.summary import Summary
from autograder.course import Course
from autograder.errors import UserError

UNMATCHED = ".unmatched"
MOST_FILES = 2000  # in one hand-in
UNNAMED = {
    "plain": "it names no student",
    "pattern": "the pattern does not fit it",
    "platform": "it is not named as {} names what a student hands in",
}


@dataclass(frozen=True)
class _HandIn:
    """The key that groups files of a source into one hand-in."""

    student: str
    time: datetime | None
    late: bool


def collect(
    course: Course, source: Path, assignment: str, submissions: Path, people: Path | None = None,
    pattern: str | None = None,
) -> Summary:
    """Collect one assignment's hand-ins from `source` into nbgrader's submitted layout.

    Parameters
    ----------
    course : Course
        the course, which has the assignment, its deadline and the time zone.
    source : Path
        a zip, a folder or a notebook.
    assignment : str
        the name of the assignment.
    submissions : Path
        the folder to write to: STUDENT/ASSIGNMENT/, .others/, .unmatched/ and collected-ASSIGNMENT.csv.
    people : Path, optional
        the roster, a CSV; if given, only hand-ins of its students are collected.
    pattern : str, optional
        a regular expression to use in place of the platforms' own.

    Raises
    ------
    UserError
        if the assignment is unknown, the roster, the pattern or the source as a whole cannot be used, or
        `submissions` cannot be written to.
    """
    course.check_assignment(assignment)
    deadline, zone = course.deadline(assignment), course.zone
    notebooks = [path.stem for path in (course.source / assignment).glob("*.ipynb")]
    known = roster.read(people, zone) if people else None
    reader = Reader(assignment, notebooks, course.assignments(), zone, pattern, known is not None)
    if (source / "inbound").is_dir():  # a course's folder in nbgrader's exchange
        source = source / "inbound"
    if source.resolve() == submissions.resolve() or submissions.resolve() in source.resolve().parents:
        raise UserError(f"{source} is, or lies in, the folder that is collected into: name another SOURCE.")
    with archive.opened(source, skip=submissions) as files:
        try:
            submissions.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=".incoming-", dir=submissions))
        except OSError as error:
            raise UserError(f"Nothing can be written to {submissions}: {error.strerror}.") from None
        try:
            run = _Collection(files, source.resolve().name, assignment, submissions, staging)
            run.sort_out(reader, known)
            run.copy()
            run.settle(deadline)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return run.finish(known, deadline, zone)


class _Collection:
    """One run of `collect` over a source."""

    def __init__(self, files: archive.Source, source: str, assignment: str, root: Path, staging: Path) -> None:
        self.files, self.source, self.assignment, self.root, self.staging = files, source, assignment, root, staging
        self.rows = [self._row("refused", refusal.path, refusal.reason) for refusal in files.refusals]
        self.groups: dict[_HandIn, list[tuple[archive.ArchivedFile, Found]]] = defaultdict(list)
        self.unmatched: list[tuple[archive.ArchivedFile, str]] = []
        self.fresh: dict[str, list[handins.HandIn]] = defaultdict(list)
        self.elsewhere = self.new = 0
        self.now = datetime.now(UTC)

    def sort_out(self, reader: Reader, known: roster.Roster | None) -> None:
        """Find the student of each file."""
        wrapper = self._wrapper(reader)
        found = [(entry, reader.read(entry.path.removeprefix(wrapper))) for entry in self.files.entries]
        self.elsewhere = sum(what.elsewhere for _, what in found)
        found = [(entry, what) for entry, what in found if not what.elsewhere]
        called = _called(what for _, what in found) if known is None else {}
        for entry, what in found:
            time = what.time
            if not what.names:
                self.unmatched.append((entry, UNNAMED.get(what.platform, UNNAMED["platform"]).format(what.platform)))
                continue
            if known is None:
                student = called.get((what.student, what.number), "")
                if not student:
                    self.rows.append(self._row(
                        "refused", entry.path, f"is from {what.student}, which differs from another student's name "
                        "only in case or in characters that no folder may have"))
                    continue
            else:
                fitting = known.find(what.names, what.platform, what.number)
                if len(fitting) != 1:
                    names = ", ".join(student.id for student in fitting)
                    self.unmatched.append((entry, f"'{what.names[0]}' fits several students of the roster, {names}"
                                           if names else f"'{what.names[0]}' is not in the roster"))
                    continue
                student, time = fitting[0].id, time or fitting[0].submitted
            self.groups[_HandIn(student, time, what.late)].append((entry, what))

    def _wrapper(self, reader: Reader) -> str:
        """Choose the platform; returns the folder around all files, as `NAME/`, or an empty text if there is none.

        A zip that was made from a single folder has it. It must not be taken for a student's folder.
        """
        tops = {entry.path.split("/", 1)[0] for entry in self.files.entries}
        paths = [entry.path for entry in self.files.entries]
        if reader.choose(paths) != "plain" or len(tops) != 1 or "/" not in paths[0]:
            return ""
        (top,) = tops
        name = folded(Path(self.source).stem)
        # Google Drive appends a time, and a browser " (1)" if there is a file of that name already
        name = re.sub(rf"(?<={re.escape(folded(top))})(-\d{{8}}t\d{{6}}z.*| \(\d+\))\Z", "", name)
        if folded(top) not in (folded(self.assignment), name):
            return ""
        reader.choose(path.removeprefix(f"{top}/") for path in paths)
        return f"{top}/"

    def copy(self) -> None:
        """Unpack into the staging folder, the smallest files first, so that a zip bomb comes last."""
        todo: list[tuple[archive.ArchivedFile, Path | None, str, str]] = [
            (entry, None, "", reason) for entry, reason in self.unmatched]
        records = {}
        for number, (group, members) in enumerate(self.groups.items()):
            folder, first = self.staging / str(number), members[0][1]
            records[folder] = group.student, handins.Receipt(
                collected=self.now, time=group.time, marked_late=group.late, source=self.source,
                platform=first.platform, name=first.names[0])
            todo += [(entry, folder, group.student, what.file) for entry, what in members[:MOST_FILES]]
            if len(members) > MOST_FILES:
                self.rows.append(self._row(
                    "refused", members[MOST_FILES][0].path, f"is beyond {MOST_FILES:,} files of one student, as are "
                    f"{len(members) - MOST_FILES - 1:,} more", group.student))
        for entry, target, student, text in sorted(todo, key=lambda one: one[0].size):
            try:
                if target is None:
                    self._keep_unmatched(entry, text)
                else:
                    digest = self.files.copy(entry, _free(target, text))
                    self._forget_unmatched(entry, digest)
            except (archive.Refused, OSError) as refused:
                self.rows.append(self._row("refused", entry.path, str(refused), student))
        for folder, (student, record) in records.items():
            if folder.is_dir() and any(path.is_file() for path in folder.rglob("*")):
                handins.write(folder, record)
                self.fresh[student].append(handins.HandIn(folder, record))

    def _keep_unmatched(self, entry: archive.ArchivedFile, reason: str) -> None:
        """Keep a file that matches no student, unless the same file is kept already."""
        kept = self.staging / "unmatched"
        digest = self.files.copy(entry, kept)
        place = self._kept(entry, digest)
        if place:
            kept.unlink()
        else:
            place = _free(self.root / UNMATCHED / self.assignment, entry.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.rename(kept, place)
        self.rows.append(self._row("unmatched", place.relative_to(self.root).as_posix(), reason))

    def _forget_unmatched(self, entry: archive.ArchivedFile, digest: str) -> None:
        """Remove the unmatched copy of a file whose student has now been found."""
        place = self._kept(entry, digest)
        if place:
            place.unlink()
            for folder in place.parents:
                if folder == self.root or any(folder.iterdir()):
                    break
                folder.rmdir()

    def _kept(self, entry: archive.ArchivedFile, digest: str) -> Path | None:
        """Where an unmatched file with this path and content is kept already; None if it is not."""
        for place in _places(self.root / UNMATCHED / self.assignment, entry.path):
            if not place.exists():
                return None
            if place.is_file() and archive.digest(place) == digest:
                return place
        return None

    def settle(self, deadline: datetime | None) -> None:
        """Choose the hand-in that counts, for all students: the deadline may have changed since the last run."""
        for student in sorted({*self.fresh, *handins.students(self.root, self.assignment)}):
            try:
                self.new += handins.settle(
                    self.root, student, self.assignment, self.fresh.get(student, []), deadline)
            except OSError as error:
                self.rows.append(self._row(
                    "refused", self.assignment, f"cannot be put in place: {error.strerror}", student))

    def finish(self, known: roster.Roster | None, deadline: datetime | None, zone: tzinfo | None) -> Summary:
        """Write the table; returns the summary."""
        name = safe(self.assignment)
        before = [row for row in table.noted(self.root, name) if self._still(row)]
        there = table.of_handins(self.root, self.assignment, deadline, zone)
        have = {row.student for row in there}
        missing = [table.Row("missing", student.id, student.name, note="nothing was collected")
                   for student in (known.students if known else []) if student.id not in have]
        rows = [*there, *before, *self.rows, *missing]
        return Summary(table.write(self.root, name, rows), rows, len(self.fresh), self.new, self.elsewhere)

    def _still(self, row: table.Row) -> bool:
        """Whether a row of an earlier run, about a file that is not a hand-in, still holds."""
        if row.status == "unmatched":
            return (self.root / row.where).is_file() and row.where not in {new.where for new in self.rows}
        return row.status == "refused" and row.source != self.source

    def _row(self, status: str, where: str, note: str, student: str = "") -> table.Row:
        return table.Row(status, student, source=self.source, where=where, note=note)


def _called(found: Iterable[Found]) -> dict[tuple[str, str], str]:
    """A folder name for each student, by name and number, if there is no roster.

    Students with the same name get the platform's number appended; without numbers, only the first gets a folder.
    """
    same: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for what in found:
        if what.names:
            same[folded(safe(what.student))][what.student, what.number] = None
    called = {}
    for people in same.values():
        for index, (student, number) in enumerate(people):
            if len(people) == 1 or (not number and index == 0):
                called[student, number] = safe(student)
            elif number:
                called[student, number] = safe(f"{student} {number}")
    return called


def _free(folder: Path, file: str) -> Path:
    """A free path for a file below a folder, with a number appended if the path is taken."""
    return next(place for place in _places(folder, file) if not place.exists())


def _places(folder: Path, file: str) -> Iterator[Path]:
    path = folder.joinpath(*(safe(part) for part in file.split("/") if part))
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")
