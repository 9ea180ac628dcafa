"""Find the students' folders among the submissions, and the files that may contain a notebook, without parsing them.

Students decide what their folders contain. Links are not followed, anything but a regular file is left alone,
and a file that cannot be read affects only that student's row.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.collect.archive import open_plain
from autograder.errors import NotHandedIn, Unopened, Unreadable, UserError
from autograder.grading.intake import LARGEST, NOTEBOOKS
from autograder.plain import is_plain, plain

MOST_FILES = 8  # files per student and notebook that are read
MOST_LISTED = 20_000  # files and folders per student
SPARSE = 100  # ratio of a file's size to its space on disk that no compressing file system reaches
SHOWN = 10  # names listed in one message
MOST_EXTRA = 100  # files per student that may go next to the notebook
LARGEST_EXTRA = 50_000_000  # bytes in total
NEVER_EXTRA = {"__pycache__", "__MACOSX", ".git", ".ipynb_checkpoints"}  # a .pyc can hold other code than its module
LINK = "is a symbolic link, and links are not followed: put the files themselves there"


@dataclass(frozen=True)
class Folder:
    """A student's folder.

    Attributes
    ----------
    student : str
        the id in gradebook, tables and paths: the folder's name or, if that cannot be an id, one made from it.
    path : Path
        the folder.
    named : bool
        whether the folder's name can be an id.
    """

    student: str
    path: Path
    named: bool = True


def students(submissions: Path, assignment: str) -> list[Folder]:
    """Return the students' folders, sorted by student.

    Raises
    ------
    UserError
        if the submissions folder does not exist, cannot be read, or contains no student's folder.
    """
    if not submissions.is_dir():
        raise UserError(f"The submissions folder {submissions} does not exist; see --submissions.")
    try:
        found = [_folder(submissions / entry.name) for entry in os.scandir(submissions)
                 if not entry.name.startswith(".") and _is_folder(entry)]
    except OSError as error:
        raise UserError(f"The submissions folder {submissions} cannot be read: {error.strerror}.") from None
    if not found:
        raise UserError(
            f"{submissions} holds no student's folder: expected {submissions}/STUDENT/{assignment}/."
        )
    return sorted(found, key=lambda folder: folder.student)


def handed_in(submissions: Path, assignments: list[str]) -> list[str]:
    """Return those of the assignments that at least one student has a folder for.

    Raises
    ------
    UserError
        as `students`.
    """
    folders = students(submissions, "ASSIGNMENT")
    return [name for name in assignments if any(os.path.lexists(folder.path / name) for folder in folders)]


def files(student: Folder, assignment: str, name: str, names: list[str]) -> tuple[tuple[str, bytes], ...]:
    """Return a student's files that may contain a notebook; the worker finds out which one does.

    Parameters
    ----------
    student : Folder
        a folder from `students`.
    assignment, name : str
        the names of the assignment and of the notebook, without `.ipynb`.
    names : list of str
        the names of all notebooks of the assignment.

    Returns
    -------
    tuple of (str, bytes)
        paths relative to the student's folder of the assignment, and contents.

    Raises
    ------
    NotHandedIn
        if there is no such file.
    Unreadable
        if there are only links, special files such as pipes, or files that are too large.
    Unopened
        if this machine refuses to read the files, or the folder's name cannot be an id.
    """
    if not student.named:
        raise Unopened(f"The folder's name ({student.student}) holds characters that no name can have here, or is not "
                       "in UTF-8: rename it to the student's, and grade again.")
    folder = student.path / assignment
    for path in (student.path, folder):
        if os.path.islink(path):
            raise Unreadable(f"The folder {path.name} {LINK}.")
    others = {f"{other}.ipynb" for other in names if other != name}
    wanted = [path for path in _walk(folder) if _can_be(path.name) and path.name not in others]
    wanted.sort(key=lambda path: (path.name != f"{name}.ipynb", path))
    found, problems, room = [], [], LARGEST
    for path in wanted[:MOST_FILES]:
        try:
            content = _read(path, room)
            found.append((_shown(path.relative_to(folder)), content))
            room -= len(content)
        except (Unreadable, Unopened) as problem:
            problems.append(problem)
    if problems and not found:
        raise problems[0]
    if not found:
        there = sorted(_shown(path.relative_to(folder)) for path in _walk(folder))
        listed = ", ".join(plain(one, 80) for one in there[:SHOWN]) + (", ..." if len(there) > SHOWN else "")
        raise NotHandedIn(f"Handed in {listed}, but not {name}.ipynb." if there else "Nothing was handed in.")
    return tuple(found)


def extra(student: Folder, assignment: str) -> tuple[tuple[tuple[str, bytes], ...], tuple[str, ...]]:
    """Return a student's files other than notebooks and zips, and the names of those that were left out.

    A file is left out if it is not a regular file, has an unusable name, or exceeds the limits.

    Raises
    ------
    Unreadable, Unopened
        if the folder cannot be searched.
    """
    folder = student.path / assignment
    found: list[tuple[str, bytes]] = []
    left_out: list[str] = []
    room = LARGEST_EXTRA
    for path in sorted(_walk(folder)):
        name = path.relative_to(folder)
        if path.suffix in (".ipynb", ".zip", ".pyc") or NEVER_EXTRA & set(name.parts):
            continue
        try:
            if len(found) == MOST_EXTRA or not is_plain(_shown(name).replace("/", "_")):
                raise Unreadable
            found.append((name.as_posix(), _read(path, room)))
            room -= len(found[-1][1])
        except (Unreadable, Unopened):
            left_out.append(plain(_shown(name), 80))
    return tuple(found), tuple(left_out)


def _is_folder(entry: os.DirEntry) -> bool:
    try:
        return entry.is_dir()  # also true for a link to a folder, which is refused later by name
    except OSError:
        return True  # reading it later shows what it is


def _folder(path: Path) -> Folder:
    name = path.name
    if is_plain(name):
        return Folder(name, path)
    raw = os.fsencode(name)
    mark = hashlib.sha256(raw).hexdigest()[:8]
    shown = plain(raw.decode("utf-8", "replace"), 100).replace("/", "_").lstrip(".")
    return Folder(f"{shown}-{mark}", path, named=False)


def _can_be(name: str) -> bool:
    return bool(NOTEBOOKS.search(name)) or name.lower().endswith(".zip")


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, including links and special files; none if it is missing or not a folder.

    Raises
    ------
    Unreadable
        if there are too many files.
    Unopened
        if a folder cannot be read.
    """
    def fail(error: OSError) -> None:
        raise Unopened(f"{plain(Path(error.filename).name)} cannot be read: {error.strerror}.")

    if not os.path.isdir(folder):
        try:
            folder.lstat()
        except FileNotFoundError:
            return
        except OSError as error:
            fail(error)
        return
    count = 0
    for place, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if name != ".ipynb_checkpoints")
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        count += len(folders) + len(names)
        if count > MOST_LISTED:
            raise Unreadable(f"There are more than {MOST_LISTED:,} files: ask for the notebook alone.")
        yield from (Path(place, name) for name in (*links, *names))


def _read(path: Path, room: int) -> bytes:
    """Return the bytes of a file that has at most `room` bytes."""
    name = plain(_shown(Path(path.name)), 100)
    try:
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            raise Unreadable(f"{name} {LINK}.")
        if not stat.S_ISREG(kind):
            raise Unreadable(f"{name} is not a plain file but a folder, a device, a pipe or a socket.")
        with open_plain(path) as file:
            state = os.fstat(file.fileno())
            if state.st_size > room:
                raise Unreadable(
                    f"{name} and the files next to it have more than {LARGEST // 10**6} MB: clear its outputs.")
            if state.st_size > 10**6 and state.st_blocks * 512 * SPARSE < state.st_size:
                raise Unreadable(f"{name} is a sparse file, nearly all of it holes: ask the student for it again.")
            content = file.read(room + 1)
    except OSError as error:
        raise Unopened(f"{name} cannot be read: {error.strerror}.") from None
    if len(content) > room:
        raise Unreadable(f"{name} grew while it was read.")
    return content


def _shown(path: Path) -> str:
    """Return a path as text; bytes that are not UTF-8 become replacement characters."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
