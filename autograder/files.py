"""Write files whole or not at all, make tables for people, and let only one run at a time write to a folder."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import IO

from autograder.errors import StopsCommand
from autograder.plain import csv_cell

LOCK = ".lock"
FAR = 1 << 30  # position of the byte that is locked on Windows, where a locked byte cannot be read


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """Yield a temporary path for a file's new content, which then replaces the old content in a single rename.

    A reader sees either the old content or the new content.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.unlink(missing_ok=True)
        yield temporary
        with temporary.open("r+b") as file:  # Windows flushes only files that are open for writing
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file's content, whole or not at all."""
    with made_whole(path) as place:
        place.write_bytes(content)


def csv_table(kind: type, rows: Iterable) -> bytes:
    """A CSV table in UTF-8 that is safe to open in a spreadsheet program. It is for people: nothing reads it back.

    Parameters
    ----------
    kind : type
        the dataclass of the rows; its fields, which are all strings, are the columns.
    rows : iterable of kind
        the rows; they are iterated over once.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [field.name for field in fields(kind)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: csv_cell(value) for name, value in asdict(row).items()} for row in rows)
    return text.getvalue().encode("utf-8", "replace")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Make sure that no other run writes to a folder, which is created if necessary.

    Raises
    ------
    StopsCommand
        if another run writes to it. If the file system has no locks, no run is kept out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+", encoding="utf-8") as file:
        try:
            _lock(file)
        except BlockingIOError:
            file.seek(0)
            raise StopsCommand(
                f"Another run writes to {folder} (process {file.read(20).strip() or 'unknown'}): wait until it has "
                "ended, or name another folder with --out.") from None
        except OSError:
            pass
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _lock(file: IO[str]) -> None:
    """Lock an open file until it is closed.

    Raises
    ------
    BlockingIOError
        if another process holds the lock.
    OSError
        if the file system has no locks.
    """
    try:
        import fcntl
    except ImportError:
        _lock_on_windows(file)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock_on_windows(file: IO[str]) -> None:
    """The same as `_lock`, with one byte far beyond the end of the file."""
    import msvcrt

    file.seek(FAR)
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # exists only on Windows
    except OSError:
        raise BlockingIOError from None
