"""Read `survivors.toml` in an assignment's folder: the mutants that keep their points, each with the reason.

    [[survivor]]
    task = "conv2d"
    mutant = "OneMore@12:8"
    line = "padded = np.pad(image, 1)"
    equivalent = true
    reason = "why no test can see it, or should"

`equivalent` says that the mutant is not wrong: it does what the reference does, or differs only in what the task
leaves open. Otherwise it is a wrong answer that the test accepts. `line` is the reference's own line, so that a
later change of it is noticed.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.audit.mutants import Mutant
from autograder.errors import UserError

NAME = "survivors.toml"


class Survivor(BaseModel):
    """An entry in survivors.toml."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    task: str
    mutant: str
    line: str
    reason: str
    equivalent: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    survivor: list[Survivor] = []


def read(folder: Path, tasks: list[str]) -> list[Survivor]:
    """Return the entries of an assignment; an empty list if it has no survivors.toml.

    Raises
    ------
    UserError
        if the file is invalid, or has an entry for an unknown task or two entries for one mutant.
    """
    path = folder / NAME
    if not path.exists():
        return []
    try:
        entries = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).survivor
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path} is not valid TOML: {error}.") from None
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(str(part) for part in problem["loc"])
        raise UserError(f"{path}: {key}: {problem['msg']}; an entry has {', '.join(Survivor.model_fields)}.") from None
    seen = set()
    for entry in entries:
        if entry.task not in tasks:
            raise UserError(f"{path} has an entry for {entry.task}, which is no task; there are {', '.join(tasks)}.")
        if (entry.task, entry.mutant) in seen:
            raise UserError(f"{path} has two entries for {entry.mutant} of {entry.task}; keep one.")
        seen.add((entry.task, entry.mutant))
    return entries


def stale(entries: list[Survivor], mutants: list[Mutant], survived: set[str], same: set[str]) -> list[str]:
    """Return a sentence for each problem with the entries of a task.

    Parameters
    ----------
    entries : list of Survivor
        the task's entries.
    mutants : list of Mutant
        all mutants of the task.
    survived, same : set of str
        the names of the mutants that kept their points, and of those among them that do the same as the reference
        on random inputs.
    """
    lines, found = {one.name: one.line for one in mutants}, []
    for entry in entries:
        if entry.mutant not in lines:
            found.append(f"{NAME} records {entry.mutant}, which is no mutant of the solution; remove the entry.")
        elif entry.line != lines[entry.mutant]:
            found.append(f"{NAME} records {entry.mutant} of the line {entry.line!r}, which is now "
                         f"{lines[entry.mutant]!r}; look whether the reason still holds.")
        elif entry.mutant not in survived:
            found.append(f"{NAME} records {entry.mutant}, which the test catches; remove the entry.")
        elif entry.mutant in same:
            found.append(f"{NAME} records {entry.mutant}, which random inputs recognise; remove the entry.")
        if len(entry.reason.split()) < 3:
            found.append(f"{NAME} gives no reason for {entry.mutant}; write one.")
    return found
