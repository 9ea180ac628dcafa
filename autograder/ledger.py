"""What is graded already, so that a run that was interrupted goes on where it stopped.

One file a notebook, results/ASSIGNMENT/STUDENT/NOTEBOOK.json, written whole or not at all. It holds
the scores and a fingerprint of all they came from: submission, release and settings. The gradebook
and the tables are made from these files, so each can be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from autograder.scores import Score
from autograder.worker import Result, Setup, Task

ENGINE = "2"  # raised where the same submission could get another score


def fingerprint(setup: Setup, task: Task) -> str:
    """Of everything that decides a notebook's scores."""
    parts = {
        "engine": ENGINE, "release": setup.versions[task.name], "limits": setup.limits.model_dump(),
        "files": setup.files, "sandbox": setup.sandbox, "budget": setup.budget, "flags": task.flags,
        "handed_in": [(name, hashlib.sha256(content).hexdigest()) for name, content in task.files],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


class Entry(NamedTuple):
    """A result as it is written down: the scores, and what was repaired, in sentences."""

    scores: list[Score]
    repairs: tuple[str, ...]


class Ledger:
    """The results of one assignment below `out`."""

    def __init__(self, out: Path, assignment: str) -> None:
        self.folder = out / "results" / assignment

    def find(self, student: str, name: str, mark: str | None = None) -> Entry | None:
        """What is written down; None where there is nothing, or something with another mark."""
        try:
            entry = json.loads(self._path(student, name).read_text(encoding="utf-8"))
            if mark is not None and entry["fingerprint"] != mark:
                return None
            scores = [Score(**score | {"flags": tuple(score["flags"])}) for score in entry["scores"]]
            return Entry(scores, tuple(entry["repairs"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, result: Result, mark: str) -> None:
        """Write a result down, so that it survives the loss of this process."""
        entry = {"fingerprint": mark, "scores": [asdict(score) for score in result.scores], "repairs": result.repairs}
        write_whole(self._path(result.student, result.name), json.dumps(entry, indent=1).encode("utf-8"))

    def forget(self, student: str, name: str) -> None:
        """Take a result out, where its submission is to be graded again."""
        self._path(student, name).unlink(missing_ok=True)

    def _path(self, student: str, name: str) -> Path:
        return self.folder / student / f"{name}.json"


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file by one rename: whoever reads it sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
