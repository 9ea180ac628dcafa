"""What the grader notes of a cell, in `metadata.autograder`: read and written here and nowhere else."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any

from nbformat import NotebookNode, from_dict

KEY = "autograder"
RETURNED = "returned"  # `partial` of a test: as in nbgrader, a number that it returns is its score


@dataclass(frozen=True)
class Record:
    """What there is to know of one cell; of a notebook, `shared` alone.

    Attributes
    ----------
    partial : bool or str
        of a test: whether its value is its score; RETURNED where it need not be one.
    shared : bool
        of a test: it uses the notebook's names. Of a notebook: all its cells do, as in nbgrader.
    binds : tuple of str
        of an answer: the names that the reference solution binds there.
    released : bool
        the cell's text is as it was released.
    outcome, message : str
        of a run: `ran`, `timeout` or `killed`, and a sentence where there is something to say.
    seconds : float
        that it took.
    not_run : bool
        the notebook had ended before.
    machine : bool
        the outcome may be this machine's fault.
    finished : bool
        a test ran to its end.
    tampered : tuple of str
        sentences on what a test relies on and what did not hold.
    raised : dict
        of the error that ended the cell: where it came from, as sandbox/error_origin.py says.
    value : float or None
        a test's own value, where that is a number.
    returned : bool or None
        whether a test had a value at all; None where no guard was there to say.
    library_changes : tuple of str
        in a run that is to learn it: what libraries changed of what was loaded.
    custom_equality : tuple of str
        classes of the notebook that decide themselves what they are equal to.
    writes_test_state : tuple of str
        how a function of the notebook can set the variables of the test while it runs.
    status : str
        of a graded cell as people may see it: that of its score.
    flags : tuple of str
        those of its score.
    handed_in : bool
        the outputs are those that stood in the file that was handed in.
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
    returned: bool | None = None
    library_changes: tuple[str, ...] = ()
    custom_equality: tuple[str, ...] = ()
    writes_test_state: tuple[str, ...] = ()
    status: str = ""
    flags: tuple[str, ...] = ()
    handed_in: bool = False


OF_THE_RELEASE = ("partial", "shared", "binds", "released")
_DEFAULTS = {one.name: one.default if one.default is not MISSING else {} for one in fields(Record)}


def of(node: NotebookNode) -> Record:
    """What is noted of a cell or a notebook; what is not of the right kind counts as not there."""
    noted = node.metadata.get(KEY)
    found: dict[str, Any] = {}
    for name, default in _DEFAULTS.items() if isinstance(noted, dict) else ():
        value = noted.get(name, default)
        if isinstance(default, tuple):
            found[name] = tuple(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()
        elif name == "partial":
            found[name] = value if value in (True, RETURNED) else False
        elif name == "seconds":
            found[name] = float(value) if isinstance(value, int | float) else 0.0
        elif default is None or isinstance(value, type(default)):
            found[name] = value
    return Record(**found)


def put(node: NotebookNode, record: Record) -> None:
    """Note this of a cell or a notebook, in place of what was noted."""
    noted = {name: list(value) if isinstance(value, tuple) else value
             for name, default in _DEFAULTS.items() if (value := getattr(record, name)) != default}
    if noted:
        node.metadata[KEY] = from_dict(noted)
    else:
        node.metadata.pop(KEY, None)


def note(node: NotebookNode, **changes: Any) -> None:
    """Note this in addition to what is noted."""
    put(node, replace(of(node), **changes))


def after_run(node: NotebookNode, **found: Any) -> None:
    """Note what a run has shown; of what was noted before, only what the release says stays."""
    before = of(node)
    put(node, replace(Record(), **{name: getattr(before, name) for name in OF_THE_RELEASE}, **found))
