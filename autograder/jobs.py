"""What travels between the coordinator and its workers: what to grade, how to grade it, and the results."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, PositiveInt

from autograder.extra_files import ReleaseFiles
from autograder.plain import plain

LONGEST_MESSAGE = 2500  # characters: a test of several parts says of each why it is lost
LONGEST_NAME = 100  # characters of a flag


class Limits(BaseModel):
    """What one submission may use while it runs. Seconds are processor time, except `still_seconds`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    cell_seconds: PositiveInt = 60
    notebook_seconds: PositiveInt = 240
    still_seconds: PositiveInt = 180
    memory_megabytes: PositiveInt = 4000
    processes: PositiveInt = 512
    files_megabytes: PositiveInt = 200
    files: PositiveInt = 5000
    output_kilobytes: PositiveInt = 1000


@dataclass(frozen=True)
class Score:
    """The score of one graded cell of one student.

    Attributes
    ----------
    grade_id : str
        the cell's grade_id.
    score : float or None
        its points; None while it waits for a person.
    max_score : float
        the most points that it can get.
    status : str
        one of ok, partial, failed, error, timeout, killed, missing, manual.
    flags : tuple of str
        words for the teacher, such as `not-attempted` or `answer-deleted`.
    message : str
        one sentence on what happened; empty for full points.
    written : bool
        whether a person grades the cell.
    stub : bool
        whether the test failed with the error that an unfilled stub raises.
    """

    grade_id: str
    score: float | None
    max_score: float
    status: str
    flags: tuple[str, ...] = ()
    message: str = ""
    written: bool = False
    stub: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", plain(self.message, LONGEST_MESSAGE))
        object.__setattr__(self, "flags", tuple(plain(flag, LONGEST_NAME) for flag in self.flags))


@dataclass(frozen=True)
class WarmParent:
    """A running warm parent that the workers of one machine share; see engine/sandbox/server.py.

    Attributes
    ----------
    folder : str
        the folder of its fork server.
    cold : str
        why its kernels start without the imports; empty if they have them.
    missing : tuple of (str, str)
        the modules that could not be imported, with the reason.
    """

    folder: str
    cold: str = ""
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Setup:
    """What all submissions to an assignment have in common.

    Attributes
    ----------
    versions : dict of str
        the notebooks as they are graded, as JSON, by name.
    limits : Limits
        the limits for one submission.
    files : dict of bytes
        the contents of small files next to the notebook, by name.
    release_files : ReleaseFiles
        the release's files next to its notebooks.
    others : dict of dict
        for each notebook's name, the other notebooks of the assignment that its code names: the students' versions,
        as JSON, by name.
    visible : tuple of str
        `visible` of course.toml.
    root : str
        the course directory; a worker that does not have it uses its own working folder.
    sandbox : bool
        False for --no-sandbox.
    variables : dict of str
        variables of the kernel's environment.
    package : str
        the name of the course's own package.
    threads : int or None
        how many threads one TensorFlow operation may use.
    learned : frozenset of str or None
        what libraries change themselves in a run of the solution; None in that run.
    parent : WarmParent, optional
        the parent that this machine's workers share; without one, each worker starts its own.
    """

    versions: dict[str, str]
    limits: Limits
    files: dict[str, bytes] = field(default_factory=dict)
    release_files: ReleaseFiles = ReleaseFiles()
    others: dict[str, dict[str, str]] = field(default_factory=dict)
    visible: tuple[str, ...] = ()
    root: str = "."
    sandbox: bool = True
    variables: dict[str, str] = field(default_factory=dict)
    package: str = ""
    threads: int | None = None
    learned: frozenset[str] | None = frozenset()
    parent: WarmParent | None = None


@dataclass(frozen=True)
class Submission:
    """One submitted notebook: the student, the files it can be in, and what is known about it already.

    Attributes
    ----------
    student, name : str
        the student, and the notebook's name in the release.
    files : tuple of (str, bytes)
        what was handed in: names and contents.
    flags : tuple of str
        flags for each of its scores.
    extra_files : tuple of (str, bytes)
        what was handed in next to the notebooks: names and contents.
    others : tuple of (str, str, bytes)
        the submitted notebooks that this one's code names: name in the release, file name and content.
    left_out : tuple of str
        names of files that are too many or too large to be put next to the notebook.
    before : str
        the log of the first run, if this is the second.
    fingerprint : str
        a digest of everything that decides its scores; see `ledger.fingerprint`.
    """

    student: str
    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    flags: tuple[str, ...] = ()
    extra_files: tuple[tuple[str, bytes], ...] = ()
    others: tuple[tuple[str, str, bytes], ...] = ()
    left_out: tuple[str, ...] = ()
    before: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class Result:
    """The result of grading one student's notebook.

    Attributes
    ----------
    student, name : str
        the student, and the notebook's name in the release.
    scores : list of Score
        one for each graded cell.
    notebook : bytes or None
        the notebook as people may see it, from `redaction.py`; None if none was run.
    log : str
        the log of the run.
    repairs : tuple of str
        what was put right before the run: a sentence each, for teacher and student.
    machine : bool
        whether what went wrong may be this machine's fault, so that the notebook should be run once more.
    """

    student: str
    name: str
    scores: list[Score]
    notebook: bytes | None = None
    log: str = ""
    repairs: tuple[str, ...] = ()
    machine: bool = False
