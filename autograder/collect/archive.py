"""Read the files of a zip, a folder or a single path, which are treated as hostile.

Every entry is either a file that can be copied or a refusal with its reason. Sizes are counted while
unpacking: what a zip says about itself affects only the order.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from autograder.errors import UserError
from autograder.plain import visible

LARGEST_FILE = 500_000_000  # bytes; a notebook with 200 MB of outputs must still be graded
LARGEST_TOTAL = 50_000_000_000  # bytes; a large class, with all pictures of a long course in each notebook
ALWAYS_ALLOWED = 1_000_000_000  # bytes that any zip may unpack to, however small it is
LARGEST_RATIO = 100  # beyond that, times the size of the zip: JSON full of pictures has 2, repeated text 20
MOST_FILES = 1_000_000
LARGEST_DIRECTORY = 32_000_000  # bytes of a zip's list of entries, which zipfile reads as a whole
LONGEST_PATH = 1000
CHUNK = 1 << 20
# Flags to open a file: follow no link, do not wait for a pipe, pass no descriptor on, leave the bytes as they are.
# Windows has only the last one.
OPENED = os.O_RDONLY
for _name_of_flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    OPENED |= getattr(os, _name_of_flag, 0)
JUNK = {"__macosx", ".ds_store", ".ipynb_checkpoints", "thumbs.db", "desktop.ini"}

# All that zipfile raises on damaged data.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError)


class Refused(Exception):
    """An entry cannot be copied. The message is the reason: the end of a sentence that starts with its name."""


@dataclass(frozen=True)
class ArchivedFile:
    """A file that may be copied.

    Attributes
    ----------
    path : str
        the path below the source, with forward slashes.
    size : int
        the size in bytes that the source states; it is used only for the order of copying.
    """

    path: str
    size: int
    _open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Refusal:
    """A file that is not collected. `reason` is the end of a sentence that starts with its path."""

    path: str
    reason: str


@dataclass
class Source:
    """The contents of a zip or a folder.

    Attributes
    ----------
    entries : list of ArchivedFile
        the files that may be copied, in the source's order.
    refusals : list of Refusal
        the files that were refused because of their path or kind.
    """

    allowed: int
    entries: list[ArchivedFile] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    _taken: int = 0
    _seen: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, size: int, opens: Callable[[], IO[bytes]], reason: str = "") -> None:
        """Add an entry: a refusal if `reason` is given or its path must be refused. Junk is ignored."""
        if is_junk(path):
            return
        reason = reason or refuse_path(path)
        # make it printable: no surrogates, and nothing that a terminal interprets
        path = visible(path, ("Cc", "Cs", "Zl", "Zp"))
        if not reason:
            path = str(PurePosixPath(path))
            folded = unicodedata.normalize("NFC", path).casefold()
            if folded in self._seen:
                same = self._seen[folded]
                reason = ("is there twice; the first one is taken" if same == path else
                          f"has the name of {same} but for upper and lower case; that one is taken")
        if reason:
            self.refusals.append(Refusal(path, reason))
            return
        self._seen[folded] = path
        self.entries.append(ArchivedFile(path, size, opens))
        if len(self.entries) > MOST_FILES:
            raise UserError(f"The source has more than {MOST_FILES:,} files: name the folder or zip of one "
                            "assignment's submissions.")

    def chunks(self, entry: ArchivedFile) -> Iterator[bytes]:
        """Yield the content of an entry in pieces.

        Raises
        ------
        Refused
            if it is too large, damaged or encrypted, or is no longer a plain file.
        """
        size = 0
        try:
            with entry._open() as file:
                while piece := file.read(CHUNK):
                    size += len(piece)
                    self._taken += len(piece)
                    if size > LARGEST_FILE:
                        raise Refused(f"has more than {LARGEST_FILE // 10**6} MB")
                    if self._taken > self.allowed:
                        raise Refused(f"would take what is unpacked beyond {self.allowed // 10**6:,} MB, which is "
                                      "too much for a zip of this size")
                    yield piece
        except DAMAGED as error:
            raise Refused(f"cannot be read: {_why(error)}") from None

    def copy(self, entry: ArchivedFile, target: Path) -> str:
        """Write an entry to a new file; returns the SHA-256 of its content, in hexadecimal.

        Raises
        ------
        Refused
            as in `chunks`, or if the file cannot be written. No part of the file is left then.
        UserError
            if the disk is full.
        """
        content = hashlib.sha256()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                try:
                    for piece in self.chunks(entry):
                        content.update(piece)
                        file.write(piece)
                except (Refused, OSError):
                    target.unlink()
                    raise
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise UserError(f"The disk of {target.parent} is full: make room, and collect again.") from None
            raise Refused(f"cannot be written: {error.strerror}") from None
        return content.hexdigest()


@contextmanager
def opened(path: Path, skip: Path | None = None) -> Iterator[Source]:
    """Open the source at `path`: a folder, a zip, or one file of any other kind.

    Parameters
    ----------
    path : Path
        what to read.
    skip : Path, optional
        a folder below it to leave out.

    Raises
    ------
    UserError
        if nothing is there, a zip is damaged as a whole, or there are far too many files.
    """
    if path.is_dir():
        source = Source(LARGEST_TOTAL)
        _walk(path, source, skip.resolve() if skip else None)
        yield source
    elif not path.exists():
        raise UserError(f"There is nothing at {path}: name a zip, a folder or a notebook.")
    elif not path.is_file():
        raise UserError(f"{path} is neither a folder nor a plain file.")
    elif path.suffix.lower() != ".zip" and not _starts_as_zip(path):
        source = Source(LARGEST_TOTAL)
        source.add(path.name, path.stat().st_size, lambda: open_plain(path.resolve()))
        yield source
    else:
        with ExitStack() as stack:
            size = path.stat().st_size
            source = Source(min(LARGEST_TOTAL, max(ALWAYS_ALLOWED, LARGEST_RATIO * size)))
            try:
                archive = stack.enter_context(zipfile.ZipFile(stack.enter_context(_Bounded(path))))
            except _TooLong:
                raise UserError(f"{path} lists far too many files for a class's submissions.") from None
            except DAMAGED as error:
                raise UserError(f"{path} is not a whole zip ({_why(error)}): download it again.") from None
            _list(archive, source)
            yield source


def digest(path: Path) -> str:
    """The SHA-256 of a file, as `copy` returns it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_path(path: str) -> str:
    """The reason to refuse a path; empty if it stays below the folder that it is copied to."""
    if "\\" in path:
        return "has a backslash in its path"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "has an absolute path"
    if ".." in path.split("/"):
        return "climbs out of the folder"
    if "\0" in path or len(path) > LONGEST_PATH:
        return "has a path that no file can have"
    return ""


def is_junk(path: str) -> bool:
    """Whether a file comes from an operating system or Jupyter, not from a student."""
    parts = path.casefold().split("/")
    return not JUNK.isdisjoint(parts) or parts[-1].startswith("._")


def open_plain(path: Path) -> BinaryIO:
    """Open a file for reading; raises OSError if it has become a link, a device or a pipe."""
    descriptor = os.open(path, OPENED)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a plain file")
    return open(descriptor, "rb")


def _walk(root: Path, source: Source, skip: Path | None) -> None:
    def unreadable(error: OSError) -> None:
        source.refusals.append(Refusal(_below(root, Path(error.filename)), f"cannot be read: {error.strerror}"))

    for folder, folders, files in os.walk(root, onerror=unreadable):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if (here / name).resolve() != skip or (here / name).is_symlink())
        for name in sorted(folders + files):
            path = here / name
            try:
                state = path.lstat()
            except OSError as error:
                unreadable(error)
                continue
            kind = stat.S_IFMT(state.st_mode)
            if kind != stat.S_IFDIR:
                source.add(_below(root, path), state.st_size, partial(open_plain, path), _refuse_kind(kind))


def _below(root: Path, path: Path) -> str:
    """The path below the root; bytes that are not UTF-8 become replacement characters."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")


def _list(archive: zipfile.ZipFile, source: Source) -> None:
    for info in archive.infolist():
        if info.filename and (info.is_dir() or _name(info).endswith("/")):
            continue
        kind = stat.S_IFMT(info.external_attr >> 16) or stat.S_IFREG  # not every zip records the kind
        reason = _refuse_kind(kind)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            reason = "is compressed as no platform does it"  # zipfile would unpack too much at once
        if info.flag_bits & 0x1:
            reason = "is encrypted"
        if "\0" in info.orig_filename:  # zipfile cuts the name off there
            reason = "has a path that no file can have"
        source.add(_name(info), info.file_size, partial(archive.open, info), reason)


def _refuse_kind(kind: int) -> str:
    if kind == stat.S_IFLNK:
        return "is a symbolic link"
    return "" if kind == stat.S_IFREG else "is not a plain file but a device, a pipe or a socket"


def _name(info: zipfile.ZipInfo) -> str:
    """The entry's name, with forward slashes.

    Some systems write UTF-8 without the flag that says so, and zipfile then decodes code page 437. PowerShell writes
    backslashes.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


class _TooLong(Exception):
    """The list of a zip's entries is so long that it would fill the memory."""


class _Bounded(io.FileIO):
    """A file that limits each read, since zipfile reads a zip's whole list of entries at once."""

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            size = os.fstat(self.fileno()).st_size - self.tell()
        if size > LARGEST_DIRECTORY:
            raise _TooLong
        return super().read(size)


def _starts_as_zip(path: Path) -> bool:
    try:
        with open_plain(path.resolve()) as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None


def _why(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).rstrip(".")
