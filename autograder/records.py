"""What the grader notes about a cell, in `metadata.autograder`. Only this module reads and writes it."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any

from nbformat import NotebookNode, from_dict

KEY = "autograder"
RETURNED = "returned"  # a value of `partial`: as in nbgrader, a number that the test returns is its score


@dataclass(frozen=True)
class Record:
    """What is noted about one cell; about a notebook, only `shared`.

    Attributes
    ----------
    partial : bool or str
        of a test: whether its value is its score; RETURNED if the value need not be a score.
    shared : bool
        of a test: it uses the notebook's names. Of a notebook: all its cells do, as in nbgrader.
    binds : tuple of str
        of an answer: the names that the reference solution binds there.
    released : bool
        the cell's text is as it was released.
    outcome, message : str
        of a run: `ran`, `timeout` or `killed`, and a sentence if there is something to say.
    seconds : float
        how long the cell ran.
    not_run : bool
        the cell was not run, because the notebook had ended before.
    machine : bool
        the outcome may be this machine's fault.
    finished : bool
        the test ran to its end.
    tampered : tuple of str
        sentences about what the test relies on and what did not hold.
    raised : dict
        where the error that ended the cell came from, as given by sandbox/error_origin.py.
    value : float or None
        the value of a test, if it is a number.
    parts : dict
        what became of the parts of a test that has several, as given by sandbox/parts.py.
    returned : bool or None
        whether a test had a value at all; None if there was no guard to say so.
    library_changes : tuple of str
        what libraries changed in what was loaded before; only in a run that learns this.
    custom_equality : tuple of str
        classes of the notebook that define themselves what they are equal to.
    writes_test_state : tuple of str
        how a function of the notebook can set variables of the test while the test runs.
    status : str
        the status of the score, in a graded cell as people may see it.
    flags : tuple of str
        the flags of that score.
    handed_in : bool
        the outputs are those in the file that was handed in.
    for_grader : bool
        the cell is a rubric, which no student sees.
    """

    partial: bool | str = False
    shared: bool = False
    binds: tuple[str, ...] = ()
    released: bool = False
    outcome: str = ""
    message: str = ""
    seconds: float = 0.0
    not_run: bool = False
    machine: bool = False
    finished: bool = False
    tampered: tuple[str, ...] = ()
    raised: dict = field(default_factory=dict)
    value: float | None = None
    parts: dict = field(default_factory=dict)
    returned: bool | None = None
    library_changes: tuple[str, ...] = ()
    custom_equality: tuple[str, ...] = ()
    writes_test_state: tuple[str, ...] = ()
    status: str = ""
    flags: tuple[str, ...] = ()
    handed_in: bool = False
    for_grader: bool = False


OF_THE_RELEASE = ("partial", "shared", "binds", "released")
OF_A_SCORE = ("status", "flags", "message")  # written together, also if empty: docs/grading.md promises them
_DEFAULTS = {one.name: one.default if one.default is not MISSING else {} for one in fields(Record)}
_TYPES = {name: (type(default),) for name, default in _DEFAULTS.items()} | {
    "partial": (bool, str), "value": (float,), "returned": (bool,), "raised": (dict, NotebookNode),
    "parts": (dict, NotebookNode)}


def of(node: NotebookNode) -> Record:
    """Return the record of a cell or a notebook; values of the wrong type count as missing."""
    noted = node.metadata.get(KEY)
    found: dict[str, Any] = {}
    for name, default in _DEFAULTS.items() if isinstance(noted, dict) else ():
        value = noted.get(name, default)
        if isinstance(default, tuple):
            found[name] = tuple(one for one in value if type(one) is str) if isinstance(value, list | tuple) else ()
        else:
            found[name] = value if type(value) in _TYPES[name] else default
    if found.get("partial") not in (False, True, RETURNED):
        found.pop("partial", None)
    return Record(**found)


def put(node: NotebookNode, record: Record) -> None:
    """Write the record of a cell or a notebook in place of the old one."""
    noted = {name: list(value) if isinstance(value, tuple) else value
             for name, default in _DEFAULTS.items()
             if (value := getattr(record, name)) != default or record.status and name in OF_A_SCORE}
    if noted:
        node.metadata[KEY] = from_dict(noted)
    else:
        node.metadata.pop(KEY, None)


def note(node: NotebookNode, **changes: Any) -> None:
    """Change some fields of a record and keep the others."""
    put(node, replace(of(node), **changes))


def after_run(node: NotebookNode, **found: Any) -> None:
    """Write what a run has shown into a record; of the old fields, only those set by the release are kept."""
    before = of(node)
    put(node, replace(Record(), **{name: getattr(before, name) for name in OF_THE_RELEASE}, **found))
