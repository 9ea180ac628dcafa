"""Files that are written whole or not at all, and a folder that one run at a time writes to."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.errors import UserError

LOCK = ".lock"


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file by one rename: whoever reads it sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only run that writes to a folder, which is made where there is none.

    Raises
    ------
    UserError
        if another one is at it. Where the file system knows no locks, nobody is kept out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise UserError(
                f"Another run writes to {folder} (process {file.read(20).strip() or 'unknown'}): wait until it has "
                "ended, or name another folder with --out.") from None
        except OSError:
            pass
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
