"""The errors that reach a person: each is a sentence that says what is wrong, where, and what to do."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable


class UserError(Exception):
    """An error that the person at the keyboard can put right. The command ends with exit code 2."""


class StopsCommand(UserError):
    """A UserError that every further assignment of the same command would meet, too."""


class NotHandedIn(Exception):
    """Raised if a student did not hand in the requested file."""


class Unreadable(Exception):
    """Raised if a submission contains no notebook. It costs that student the points and does not stop the run."""


class Unopened(Exception):
    """Raised if this machine refuses to read a submission. A person has to act before it can be graded."""


class WorkersDied(Exception):
    """The result of a submission that ended every worker it was given to; returned, not raised."""


class SandboxUnavailable(Exception):
    """Raised if this machine cannot isolate a kernel; the text is the reason, as the end of a sentence."""


FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)


def of_the_system(error: OSError) -> UserError | None:
    """Return a UserError for a file that cannot be read or written, if a person can put that right; otherwise None."""
    where = error.filename or "the folder for what is written"
    if error.errno in FULL:
        return UserError(f"The disk is full at {where}: make room; what was written until then is whole, and the same "
                         "command goes on from there.")
    if error.errno in FORBIDDEN:
        return UserError(f"{where} cannot be used ({error.strerror}): see to that, or name another folder; the same "
                         "command goes on from there.")
    return None


def unknown(kind: str, name: str, known: Iterable[str], where: str) -> UserError:
    """Return a UserError for an unknown name; it lists the known names and suggests the closest one."""
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=1)
    exist = f"there are {', '.join(known)}" if known else "there is none"
    hint = f"; did you mean {near[0]}?" if near else "."
    return UserError(f"There is no {kind} {name!r} in {where}: {exist}{hint}")
