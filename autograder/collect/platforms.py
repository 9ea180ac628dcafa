r"""Tell from a file's path who handed it in, by the patterns of the platforms or the teacher's own.

Every pattern has the form of nbgrader's zip collector: a regular expression with named groups, matched to
the start of the path below the source. What comes deeper in a path, or later in a name, is the
student's own choice. So the patterns rely on the first part, and a source as a whole is taken to be
from one platform.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath

from nbgrader.plugins.zipcollect import FileNameCollectorPlugin

from autograder.collect.times import instant
from autograder.errors import UserError

GROUPS = ("student_id", "first_name", "last_name", "name", "email")  # each identifies a student
MOODLE = r"(?s)(?P<name>[^/]+?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_/|/|_)(?P<file_id>.+)\Z"
CANVAS = (r"(?s)(?P<name>[^/]+?)_(?:(?P<late>LATE)_)?(?P<number>\d+)_"
          r"(?:\d{2,}_(?P<file_id>[^/]+)|text\.html)\Z")
EXCHANGE = (r"(?s)(?P<student_id>[^/]+)\+(?P<assignment>[^/+]+)\+(?P<timestamp>\d[^/+]*)"
            r"(?:\+[^/+]*)?/(?P<file_id>.+)\Z")
PLATFORMS = {"moodle": MOODLE, "exchange": EXCHANGE, "canvas": CANVAS}
ENDINGS = re.compile(r"(?i)(\.ipynb|\.json|\.txt|\.zip)+\Z")
NOTEBOOK = re.compile(r"(?i).*\.(ipynb|json|zip)(\.txt)?\Z", re.S)  # names under which notebooks are handed in


@dataclass(frozen=True)
class Found:
    """What a path says about its file.

    Attributes
    ----------
    platform : str
        `moodle`, `canvas`, `exchange`, `pattern` or `plain`.
    names : tuple of str
        names of the student, as a platform, a teacher or a student wrote them; empty if the path has none.
    number : str
        the platform's number for the student.
    file : str
        the path in the student's folder.
    time : datetime, optional
        when it was handed in, with a time zone.
    late : bool
        whether the platform says that it was late.
    elsewhere : bool
        whether it belongs to another assignment.
    """

    platform: str
    names: tuple[str, ...]
    file: str
    number: str = ""
    time: datetime | None = None
    late: bool = False
    elsewhere: bool = False

    @property
    def student(self) -> str:
        """The student's name if there is no roster."""
        return f"{self.names[0]}_{self.number}" if self.platform == "canvas" else " ".join(self.names[:1])


class _Pattern(FileNameCollectorPlugin):
    """nbgrader's collector for files of any name: a file without a notebook's ending may be a notebook."""

    def collect(self, submitted_file: str) -> dict | None:
        return self._match(submitted_file)


PATTERNS = {name: _Pattern(named_regexp=text) for name, text in PLATFORMS.items()}


class Reader:
    """Reads paths by the patterns of the platforms, for one assignment."""

    def __init__(
        self, assignment: str, notebooks: Iterable[str], others: Iterable[str], zone: tzinfo | None = None,
        pattern: str | None = None, roster: bool = False,
    ) -> None:
        """Raises UserError if the teacher's pattern cannot be used.

        With a roster, any file may be named after its student; without one, only what may be a notebook.
        """
        self.assignment, self.others, self.zone = assignment, set(others) - {assignment}, zone
        self.roster = roster
        known = sorted({assignment, *notebooks}, key=len, reverse=True)
        self.known = "|".join(re.escape(name) for name in known)
        if pattern is not None:
            _check(pattern)
        self.own = _Pattern(named_regexp=pattern) if pattern is not None else None
        self.platform = "plain" if pattern is None else "pattern"

    def choose(self, paths: Iterable[str]) -> str:
        """Choose the platform whose pattern fits most paths, unless the teacher gave a pattern; returns its name."""
        if self.own is None:
            fitting = Counter(dict.fromkeys(PATTERNS, 0))  # listed before `plain`, so that a platform wins a tie
            for path in paths:
                name = next((name for name, pattern in PATTERNS.items() if pattern.collect(path)), "plain")
                fitting[name] += 1
            self.platform = fitting.most_common(1)[0][0]
        return self.platform

    def read(self, path: str) -> Found:
        """Read a path below the source."""
        if self.platform == "plain":
            return self._plain(path)
        groups = (self.own or PATTERNS[self.platform]).collect(path)
        return self._found(self.platform, path, groups) if groups else Found(self.platform, (), path)

    def _found(self, platform: str, path: str, groups: dict) -> Found:
        groups = {name: text for name, text in groups.items() if text}
        full = " ".join(groups[name] for name in ("first_name", "last_name") if name in groups)
        names = [groups.get("student_id"), groups.get("name"), full, groups.get("email")]
        file = groups.get("file_id") or PurePosixPath(path).name
        if platform == "pattern":  # nbgrader's collector takes the ending from the file, too
            ending = PurePosixPath(path).suffix
            file = file if file.endswith(ending) else file + ending
        time = instant(groups.get("timestamp", ""), UTC if platform == "exchange" else self.zone)
        assignment = groups.get("assignment", self.assignment)
        return Found(platform, _written(*names), file, groups.get("number", ""), time,
                     "late" in groups, assignment != self.assignment)

    def _plain(self, path: str) -> Found:
        """Read a path of a source that comes from no platform.

        It is below a folder per student, with or without the assignment's folder, or is a file named after a student.
        """
        parts = path.split("/")
        if len(parts) > 2 and parts[1] in (self.assignment, *self.others):
            return Found("plain", _written(parts[0]), "/".join(parts[2:]), elsewhere=parts[1] in self.others)
        if len(parts) > 1:
            return Found("plain", _written(parts[0]), "/".join(parts[1:]))
        stem = re.sub(r"(?i)\Acopy of | \(\d+\)\Z", "", ENDINGS.sub("", path)).strip()
        if re.fullmatch(rf"(?i)(?:{self.known})", stem) or not (self.roster or NOTEBOOK.match(path)):
            return Found("plain", (), path)
        match = re.fullmatch(rf"(?is)(?:{self.known})[ _-]+(.+)|(.+?)[ _-]+(?:{self.known})", stem)
        name = (match[1] or match[2]) if match else stem.split(" - ")[0]
        return Found("plain", _written(name), path)


def _check(pattern: str) -> None:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as error:
        raise UserError(f"--pattern {pattern} is not a regular expression: {error}.") from None
    if not set(groups) & set(GROUPS):
        raise UserError(f"--pattern {pattern} does not say who a file is from: it needs one of the groups "
                        f"{', '.join(f'(?P<{name}>...)' for name in GROUPS)}.")


def _written(*names: str | None) -> tuple[str, ...]:
    """The names that are not empty, with composed characters and single spaces."""
    clean = (" ".join(unicodedata.normalize("NFC", name).split()) for name in names if name)
    return tuple(name for name in clean if name)
