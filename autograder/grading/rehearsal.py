"""Check before a class is graded that the reference solution gets all automatic points and the release gets none.

Both are graded like submissions: by the same workers, in the same sandbox and with the same settings. The
results are kept in OUT/rehearsal, where they cannot clash with a student's name, so the rehearsal runs once for a
release and its settings. If a result is not as it should be, the assignment is at fault and not the class. A
sentence per cell then says which cell it is, why it failed and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution, is_task

from autograder import records
from autograder.course import Course
from autograder.files import write_whole
from autograder.jobs import Result, Score, Setup, Submission
from autograder.notebooks import grade_id
from autograder.results.ledger import Ledger, LedgerEntry, fingerprint

SOLUTION, RELEASE = "solution", "release"
LONGEST = 300  # characters of an error message
REMEDIES = (  # patterns for error messages, each with what to do about it; the first match counts
    (r"URLError|gaierror|ConnectionError|NewConnectionError|Max retries exceeded|URL fetch failure|name resolution"
     r"|Network is unreachable|Name or service not known",
     "A notebook has no network while it is graded: put what it fetches next to it, in {source}."),
    (r"FileNotFoundError|No such file",
     "Next to a notebook is what {source} holds, except what c.CourseDirectory.ignore names; a data folder of the "
     "course can be read if `visible` in course.toml names it."),
    (r"ModuleNotFoundError|ImportError",
     "Install the package where the class is graded, or put the module next to the notebook, in {source}."),
    (r"of processor time|without computing",
     "Give it more time: cell_seconds, notebook_seconds or still_seconds in [limits] of course.toml, or --limit."),
    (r"memory|printed more|processes|files",
     "If it needs that much, raise the limit in [limits] of course.toml, or with --limit."),
    (r"Not as released", "The assignment itself does what would be tampering: docs/tampering.md says what that is."),
    (r"which is no score|returned no number|returned more than one",
     "A test whose last line is a value returns its score, as in nbgrader; where it is none, let the last line be a "
     "statement, or set partial_points = \"marked\" in [tests] of course.toml."),
)
OTHERWISE = "Correct the solution or the test."


class Rehearsal:
    """The two runs of each notebook of an assignment that has automatic points.

    Parameters
    ----------
    course : Course
        the course directory.
    assignment : str
        the assignment's name.
    out : Path
        the folder that the class is graded into; it already contains the release.
    setup : Setup
        the class's setup.
    """

    def __init__(self, course: Course, assignment: str, out: Path, setup: Setup) -> None:
        self.setup = setup
        self.source = course.source / assignment
        self.where = self.source.relative_to(course.root) if self.source.is_relative_to(course.root) else self.source
        self.folders = {SOLUTION: self.source, RELEASE: out / "release" / assignment}
        self.ledger = Ledger(out / "rehearsal", assignment)
        self.kept = out / "rehearsal" / "autograded"
        self.assignment = assignment

    @cached_property
    def submissions(self) -> list[Submission]:
        """All runs of the rehearsal, those of the solution first."""
        names = [name for name, version in self.setup.versions.items() if _has_automatic_points(version)]
        flags = () if self.setup.sandbox else ("unsandboxed",)
        found = [
            Submission(which, name, ((f"{name}.ipynb", self._read(which, name)),), flags, others=tuple(
                (other, f"{other}.ipynb", self._read(which, other)) for other in self.setup.others.get(name, {})))
            for which in (SOLUTION, RELEASE) for name in names
        ]
        return [replace(submission, fingerprint=fingerprint(self.setup, submission)) for submission in found]

    def waiting(self, again: bool, anyway: bool) -> Iterator[Submission]:
        """Yield the runs still to be done: those without a result and, unless `anyway` is set, those that failed.

        With `again`, yield all of them.
        """
        for submission in self.submissions:
            known = self._known(submission)
            if again or known is None or (not anyway and self._problems(submission, known)):
                yield submission

    def keep(self, result: Result) -> None:
        """Record the result of one run."""
        (submission,) = [one for one in self.submissions if (one.student, one.name) == (result.student, result.name)]
        write_whole(self._path(submission), result.notebook or b"")
        write_whole(self._path(submission).with_suffix(".log"), result.log.encode("utf-8", "replace"))
        self.ledger.keep(result, submission.fingerprint)

    def setup_of(self, submission: Submission) -> Setup:
        """Return the setup for a run; the run of the solution also has to learn what libraries change themselves."""
        return replace(self.setup, learned=None) if submission.student == SOLUTION else self.setup

    def learned(self) -> frozenset[str]:
        """Return the changes that libraries made during the run of the solution: they are not tampering."""
        return frozenset(
            sentence for submission in self.submissions if submission.student == SOLUTION and self._known(submission)
            for cell in self._notebook(submission).cells
            for sentence in records.of(cell).library_changes)

    def problems(self) -> list[str]:
        """Return a sentence for each cell that is not as it should be; empty if all is well or nothing was run."""
        return [
            sentence for submission in self.submissions
            if (known := self._known(submission)) is not None for sentence in self._problems(submission, known)
        ]

    def _read(self, which: str, name: str) -> bytes:
        return (self.folders[which] / f"{name}.ipynb").read_bytes()

    def _path(self, submission: Submission) -> Path:
        return self.kept / submission.student / self.assignment / f"{submission.name}.ipynb"

    def _known(self, submission: Submission) -> LedgerEntry | None:
        known = self.ledger.find(submission.student, submission.name, submission.fingerprint)
        return known if self._path(submission).exists() else None

    def _notebook(self, submission: Submission) -> NotebookNode:
        """Return the notebook as it was run; an empty one if it was not."""
        try:
            return nbformat.reads(self._path(submission).read_text(encoding="utf-8"), as_version=4)
        except (OSError, ValueError):
            return nbformat.v4.new_notebook()

    def _problems(self, submission: Submission, known: LedgerEntry) -> list[str]:
        automatic = [score for score in known.scores if not score.written and score.max_score > 0]
        if submission.student == RELEASE:
            return [
                f"{submission.name}.ipynb, cell {score.grade_id}: the release, as students get it, gets "
                f"{score.score:g} of {score.max_score:g} points, because this test passes on the stub. Let it ask for "
                "what the stub does not have, or give it 0 points." for score in automatic if score.score
            ]
        lost = [score for score in automatic if (score.score or 0) < score.max_score]
        if not lost:
            return []
        notebook = self._notebook(submission)
        place = {grade_id(cell): index for index, cell in enumerate(notebook.cells)}
        failing = (index for index, cell in enumerate(notebook.cells) if _fails_itself(cell))
        broken = next(failing, len(notebook.cells))
        behind = [score for score in lost if place.get(score.grade_id, -1) > broken]
        found = [self._of_test(submission, score) for score in lost if score not in behind]
        return [*found, self._of_cell(submission, notebook, broken, behind)] if behind else found

    def _of_test(self, submission: Submission, score: Score) -> str:
        return (f"{submission.name}.ipynb, cell {score.grade_id}: the source's own solution gets {score.score or 0:g} "
                f"of {score.max_score:g} points. {_sentence(score.message)} {self._remedy(score.message)}")

    def _of_cell(self, submission: Submission, notebook: NotebookNode, index: int, lost: list[Score]) -> str:
        cell = notebook.cells[index]
        (error, *_) = [output for output in cell.outputs if output.output_type == "error"]
        which = grade_id(cell) or f"number {index + 1} ({cell.source.strip().splitlines()[0][:60]})"
        names = ", ".join(score.grade_id for score in lost)
        text = f"{error.ename}: {error.evalue}"
        return (f"{submission.name}.ipynb, cell {which}: this cell of the release itself fails, and with it the "
                f"source's own solution loses the points of {names}. {_sentence(text)} {self._remedy(text)}")

    def _remedy(self, text: str) -> str:
        found = next((remedy for pattern, remedy in REMEDIES if re.search(pattern, text)), OTHERWISE)
        return found.format(source=f"{self.where}/")


def _has_automatic_points(version: str) -> bool:
    cells = nbformat.reads(version, as_version=4).cells
    return any(is_grade(cell) and not is_solution(cell) and cell.metadata.nbgrader.get("points") for cell in cells)


def _fails_itself(cell: NotebookNode) -> bool:
    """Return whether a cell that is neither an answer nor a test raised an error."""
    theirs = is_solution(cell) or is_grade(cell) or is_task(cell)
    return not theirs and any(output.output_type == "error" for output in cell.get("outputs", []))


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    text = text if len(text) <= LONGEST else text[:LONGEST] + " …"
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
