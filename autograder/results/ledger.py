"""The record of what is graded, from which an interrupted run continues.

There is one file per notebook, results/ASSIGNMENT/STUDENT/NOTEBOOK.json, written completely or not at all. It
holds the scores and a fingerprint of everything that decided them: submission, release, settings and environment.
The gradebook and the tables are made from these files and can be made again at any time.

Next to the students' folders, RELEASE lists the notebooks of the assignment with a fingerprint of each, as they
were when it was last graded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from autograder.files import write_whole
from autograder.jobs import Result, Score, Setup, Submission
from autograder.notebooks import modules
from autograder.results import environment

RELEASE = ".release.json"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def fingerprint(setup: Setup, submission: Submission) -> str:
    """Return a fingerprint of everything that decides a notebook's scores.

    The number of threads is not part of it: tests hold with any number, and an interrupted run may continue
    with more or fewer workers.
    """
    parts = {
        "environment": environment.digest(tuple(modules(setup.versions[submission.name])), setup.visible, setup.root),
        "release": setup.versions[submission.name], "limits": setup.limits.model_dump(),
        "extra_files": (setup.release_files.digest, setup.release_files.kept),
        "others": setup.others.get(submission.name),
        "sandbox": setup.sandbox, "variables": setup.variables, "package": setup.package, "flags": submission.flags,
        "handed_in": [*((name, _sha256(content)) for name, content in (*submission.files, *submission.extra_files)),
                      *((name, file, _sha256(content)) for name, file, content in submission.others)],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


class LedgerEntry(NamedTuple):
    """A recorded result: the scores, a sentence for each repair, and a fingerprint of the notebook's release."""

    scores: list[Score]
    repairs: tuple[str, ...]
    release: str = ""

    @property
    def graded(self) -> bool:
        """Whether the notebook was graded; False if the grader itself failed, and the next run tries again."""
        return not any("grader-error" in score.flags for score in self.scores)


class Ledger:
    """The results of one assignment below `out`."""

    def __init__(self, out: Path, assignment: str) -> None:
        self.folder = out / "results" / assignment

    def begin(self, versions: dict[str, str]) -> None:
        """Record the assignment's notebooks and which release each is; `versions` has them as JSON, by name."""
        releases = {name: _digest(version) for name, version in versions.items()}
        write_whole(self.folder / RELEASE, json.dumps(releases, indent=1).encode())

    def releases(self) -> dict[str, str]:
        """Return the fingerprint of each notebook's release, by name; empty if nothing was graded."""
        try:
            found = json.loads((self.folder / RELEASE).read_text(encoding="utf-8"))
            return {str(name): str(mark) for name, mark in found.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def students(self) -> list[str]:
        """Return the students with results, sorted."""
        return sorted(path.name for path in self.folder.iterdir() if path.is_dir()) if self.folder.is_dir() else []

    def entries(self) -> Iterator[tuple[str, str, LedgerEntry]]:
        """Yield student, notebook name and result, for all notebooks that are still in the assignment."""
        names = list(self.releases())
        for student in self.students():
            for name in names:
                if (entry := self.find(student, name)) is not None:
                    yield student, name, entry

    def find(self, student: str, name: str, mark: str | None = None) -> LedgerEntry | None:
        """Return a recorded result; None if there is none, or its fingerprint is not `mark`."""
        try:
            entry = json.loads(self._path(student, name).read_text(encoding="utf-8"))
            if mark is not None and entry["fingerprint"] != mark:
                return None
            scores = [Score(**score | {"flags": tuple(score["flags"])}) for score in entry["scores"]]
            return LedgerEntry(scores, tuple(entry["repairs"]), entry.get("release", ""))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, result: Result, mark: str, version: str = "") -> None:
        """Write a result to disk; `mark` is its fingerprint, and `version` the graded notebook as JSON."""
        entry = {"fingerprint": mark, "release": _digest(version),
                 "scores": [asdict(score) for score in result.scores], "repairs": result.repairs}
        write_whole(self._path(result.student, result.name), json.dumps(entry, indent=1).encode("utf-8"))

    def forget(self, student: str, name: str) -> None:
        """Delete a result, because its submission is to be graded again."""
        self._path(student, name).unlink(missing_ok=True)

    def _path(self, student: str, name: str) -> Path:
        return self.folder / student / f"{name}.json"


def assignments(out: Path) -> list[str]:
    """Return the names of the assignments that have results below `out`, sorted."""
    folder = out / "results"
    return sorted(path.parent.name for path in folder.glob(f"*/{RELEASE}")) if folder.is_dir() else []


def _digest(version: str) -> str:
    return hashlib.sha256(version.encode("utf-8", "replace")).hexdigest()
