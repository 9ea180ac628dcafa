"""Every error that reaches a person: one sentence that says what, where and what to do."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable


class UserError(Exception):
    """Something the person at the keyboard can put right. The command ends with exit code 2."""


class NotHandedIn(Exception):
    """A student without the file that was asked for."""


class Unreadable(Exception):
    """A submission that holds no notebook. Costs that student the grade, never the batch."""


class Unopened(Exception):
    """A submission that this machine does not give out. A person has to do something before it can be graded."""


class WorkersDied(Exception):
    """A submission that ended every worker it was given to."""


class SandboxUnavailable(Exception):
    """This machine cannot isolate a kernel, with the reason: the end of a sentence."""


FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)


def of_the_system(error: OSError) -> UserError | None:
    """What a person can do where a file cannot be written or read; None where it is something else."""
    where = error.filename or "the folder for what is written"
    if error.errno in FULL:
        return UserError(f"The disk is full at {where}: make room; what was written until then is whole, and the same "
                         "command goes on from there.")
    if error.errno in FORBIDDEN:
        return UserError(f"{where} cannot be used ({error.strerror}): see to that, or name another folder; the same "
                         "command goes on from there.")
    return None


def unknown(kind: str, name: str, known: Iterable[str], where: str) -> UserError:
    """A name that does not exist, with those that do and the nearest of them."""
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=1)
    exist = f"there are {', '.join(known)}" if known else "there is none"
    hint = f"; did you mean {near[0]}?" if near else "."
    return UserError(f"There is no {kind} {name!r} in {where}: {exist}{hint}")
