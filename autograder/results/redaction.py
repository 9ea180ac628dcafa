"""From a notebook that was run to the one that people may see, in `autograded/`.

A student's function can hand on what a hidden test called it with: by what it prints, draws, warns of or
raises, then or in a later cell. So what a run left behind is not searched for secrets. From the first hidden
test on, none of it is shown:

    cells before it          outputs as they ran
    the graded tests         one sentence, made here; no output
    all others after it      outputs as they were handed in
    the tests themselves     their text as students got it

The sentence is the check's own, where a check of the course's package raised it and no code of the student's took part;
what the visible part says in its text; else the error's type, the student's line, and nothing that the run
could choose freely.
"""

from __future__ import annotations

import ast
import builtins
import copy
import inspect
import re
from dataclasses import replace

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from autograder import records
from autograder.jobs import Score
from autograder.notebooks import RELEASED, grade_id, is_grade, is_locked, is_solution, released, title
from autograder.results.outputs import Outputs, attachments, markup, text, with_pictures

MESSAGE = 500  # characters of a check's message
NUMBER = 25  # digits of a number in it: an answer chooses what is "got"
LINE = 120  # characters of a line of code
SOURCE = 200_000  # characters of a cell
REDACTED = "redacted"  # in the metadata of a notebook that went through here
TEACHER = "Your teacher looks at it."
LOOKED_AT = f"This check did not run as it was released. {TEACHER}"
MAY_BE_HONEST = {  # findings of the guard's that students cause who mean no harm, and what these read
    "the notebook called gc.get_objects": "Your notebook calls `gc.get_objects`, which reaches what a check works with",
    "the notebook called ctypes.dlopen": "Your notebook loads a library with `ctypes`, which reaches all memory",
    "the answer asked for a frame": "Your answer asks for a frame (by `sys._getframe`, `inspect.currentframe`, "
                                    "`inspect.stack` or `tb_frame`), which leads to a check's own variables",
    "the answer called signal": "Your answer sets a signal handler while a check runs",
    "the answer called sys.set": "Your answer starts a debugger or a profiler while a check runs",
    "the answer forked": "Your answer starts another process while a check runs",
    "a tracing function is set": "A tracing function that your notebook set was still on when the check ran",
    "a thread of the notebook is still running": "A thread of your notebook was still running when the check ran",
    "a task of the notebook is still running": "A task of your notebook was still running when the check ran",
    "a function of the notebook waits": "A function of your notebook was still to be called when the check ran",
}
NOT_SHOWN = "A check that is not shown failed."
HERE = "# More checks ran here, which are not shown."
_LONG = re.compile(rf"\d{{{NUMBER},}}")
LIBRARIES = frozenset([  # names of errors that are not built-in and say nothing but their kind
    "AxisError", "CheckFailed", "InternalError", "InvalidArgumentError", "JSONDecodeError", "LinAlgError",
    "NotAttempted", "NotFoundError", "OutOfRangeError", "ResourceExhaustedError", "UFuncTypeError",
    "UnimplementedError", "_ArrayMemoryError", "_UFuncBinaryResolutionError", "_UFuncInputCastingError",
    "_UFuncNoLoopError",
])


def redacted(notebook: NotebookNode, rows: list[Score], handed_in: list[list]) -> NotebookNode:
    """The notebook that people may see.

    Parameters
    ----------
    notebook : NotebookNode
        what `run.run` returned; not changed.
    rows : list of Score
        of its graded cells. Their messages are for the teacher, and not in what is returned.
    handed_in : list of list
        for each of its cells the outputs with which the student handed it in, from `Outputs.safe`.
    """
    scores = {row.grade_id: row for row in rows}
    metadata = NotebookNode(notebook.metadata) | {REDACTED: True}
    metadata.pop("widgets", None)
    made = NotebookNode(
        nbformat=notebook.nbformat, nbformat_minor=notebook.nbformat_minor, cells=[], metadata=NotebookNode(metadata))
    outputs, page, number = Outputs(), _Page(notebook), 0
    for cell, theirs in zip(notebook.cells, handed_in, strict=True):
        page.read(cell)
        cell_shown = _without_outputs(cell)
        made.cells.append(cell_shown)
        row = scores.get(grade_id(cell))
        about = records.Record(outcome=records.of(cell).outcome)
        if row is not None:
            about = replace(about, status=row.status, flags=row.flags, message=page.sentence(cell, row))
        if cell.cell_type == "code":
            if not page.secret or page.only_visible_ran(cell):
                cell_shown.outputs = outputs.safe(_own_frames(cell))
            elif is_grade(cell) and not is_solution(cell):
                cell_shown.outputs = outputs.safe(page.error(cell, about.message))
            else:
                cell_shown.outputs = theirs
                about = replace(about, handed_in=True)
            number += isinstance(cell.get("execution_count"), int)  # the run's own can be a number it wants to hand on
            cell_shown.execution_count = number if isinstance(cell.get("execution_count"), int) else None
        records.put(cell_shown, about)
    return made


def _without_outputs(cell: NotebookNode) -> NotebookNode:
    """A copy of a cell as it may be seen; a marking scheme stays, for the person who grades by it."""
    kept = copy.deepcopy({key: cell[key] for key in ("id", "cell_type", "source", "metadata") if key in cell})
    made = NotebookNode(kept, metadata=NotebookNode(kept["metadata"]))
    records.put(made, records.Record())
    ours = is_locked(cell)
    if cell.cell_type == "code":
        if made.metadata.pop(RELEASED, None) is not None:
            made.source = f"{released(cell).rstrip()}\n{HERE}"
        made.source = made.source if ours else text(made.source, SOURCE)
        made.outputs, made.execution_count = [], None
    else:
        pictures = cell.get("attachments", {})
        if not ours:
            made.source, pictures = with_pictures(markup(made.source), attachments(pictures))
        if pictures:
            made.attachments = copy.deepcopy(pictures)
    return made


class _Page:
    """What is known of a notebook from its first cell to the one that was read last.

    Attributes
    ----------
    secret : bool
        whether a hidden test has run, or may have.
    """

    def __init__(self, notebook: NotebookNode) -> None:
        self.secret = self.secret_before = False
        self.answer: tuple[NotebookNode, bool] | None = None
        self.by_count: dict[int, NotebookNode] = {}
        self.words = frozenset(re.findall(r"\w+", " ".join(
            released(cell) for cell in notebook.cells if cell.cell_type == "code")))

    def read(self, cell: NotebookNode) -> None:
        """Go on to the next cell."""
        self.secret_before = self.secret
        if cell.cell_type != "code":
            return
        self.secret = self.secret or RELEASED in cell.metadata
        if is_solution(cell):
            self.answer = cell, self.secret
        count = cell.get("execution_count")
        if isinstance(count, int) and not is_locked(cell):
            self.by_count[count] = cell

    def only_visible_ran(self, cell: NotebookNode) -> bool:
        """Whether a test ended above its hidden part, with no hidden test before it: nothing secret was there."""
        line = _raised(cell).get("line", 0)
        return not self.secret_before and RELEASED in cell.metadata and 0 < line <= _visible_lines(cell, whole=True)

    def sentence(self, cell: NotebookNode, row: Score) -> str:
        """What a student reads of a cell's score; "" where there is nothing to say."""
        if "tampered" in row.flags:
            causes = [cause for finding, cause in MAY_BE_HONEST.items() if finding in row.message]
            return f"{causes[0]}. So the check did not count: take that out. {TEACHER}" if causes else LOOKED_AT
        if row.status not in ("failed", "error") or row.written or not self.secret or self.only_visible_ran(cell):
            return row.message
        error, raised = _error(cell), _raised(cell)
        if error is None:
            return "The check returned no score."
        if raised.get("check"):
            said = _LONG.sub(lambda found: f"{found[0][:NUMBER]}…", " ".join(raised["check"].split()))
            return text(said, MESSAGE).replace("\n", " ")
        if self.answer is not None and error.ename == "NameError" and (cause := _error(self.answer[0])) is not None:
            return self._of_answer(*self.answer, cause)
        own = self._own_line(raised.get("frames", []))
        if own:
            return f"{own} raised {self._kind(error)}."
        visible = 0 < raised.get("line", 0) <= _visible_lines(cell)
        if error.ename == "AssertionError":
            return (_of_assert(released(cell), raised["line"]) if visible else "") or NOT_SHOWN
        return f"A check ended with {self._kind(error)}."

    def error(self, cell: NotebookNode, sentence: str) -> list[NotebookNode]:
        """The output of a test that raised something: the sentence."""
        error = _error(cell)
        if error is None:
            return []
        return [NotebookNode(output_type="error", ename=self._name(error), evalue=sentence, traceback=[sentence])]

    def _of_answer(self, answer: NotebookNode, secret: bool, cause: NotebookNode) -> str:
        """The sentence where the answer's own cell raised an error, so that a name is missing."""
        try:
            compile(answer.source, "answer", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            return f"The answer cell raised SyntaxError: {error.msg} (line {error.lineno} of the cell)."
        except (ValueError, RecursionError, MemoryError):
            pass
        if not secret:
            value = " ".join(text(cause.evalue, MESSAGE).split())
            return f"The answer cell raised {text(cause.ename, 100)}{f': {value}' if value else ''}."
        own = self._own_line(_raised(answer).get("frames", []))
        return f"{own or 'The answer cell'} raised {self._kind(cause)}."

    def _own_line(self, frames: list[list[int]]) -> str:
        """The innermost line of the student's code that an error went through, in words."""
        for count, number in reversed(frames):
            cell = self.by_count.get(count)
            lines = cell.source.splitlines() if cell is not None else []
            if cell is not None and 0 < number <= len(lines):
                where = f"the cell '{title(grade_id(cell))}'" if grade_id(cell) else "a cell of your own"
                code = text(lines[number - 1].strip(), LINE).replace("\n", " ")
                return f"Line {number} of {where}, `{code}`,"
        return ""

    def _kind(self, error: NotebookNode) -> str:
        """An error's type, with what Python says of it."""
        name = self._name(error)
        about = _about(name)
        return f"{name} ({about})" if about else name

    def _name(self, error: NotebookNode) -> str:
        """The name of an error's type, where it is in the code or known: a run can make up others."""
        name = str(error.ename)
        return name if name in self.words or name in LIBRARIES or _about(name) else "an error"


def _about(name: str) -> str:
    """What Python says of one of its own errors: the beginning of a sentence."""
    kind = getattr(builtins, name, None)
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        return ""
    first = (inspect.getdoc(kind) or name).splitlines()[0].rstrip(".")
    return first[:1].lower() + first[1:]


def _of_assert(source: str, line: int) -> str:
    """What the assert at a line of the visible part says: its text, without values; else the line itself."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        statements = []
    for node in (node for statement in statements for node in ast.walk(statement)):
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno):
            if isinstance(node.msg, ast.Constant) and isinstance(node.msg.value, str):
                return node.msg.value
            if isinstance(node.msg, ast.JoinedStr):
                return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.msg.values)
    lines = source.splitlines()
    return f"This does not hold: `{lines[line - 1].strip()[:LINE]}`." if 0 < line <= len(lines) else ""


def _visible_lines(cell: NotebookNode, whole: bool = False) -> int:
    """How many lines of a test are above its hidden part, in whole statements, so that none of them runs later."""
    count = 0
    for mine, theirs in zip(cell.source.split("\n"), released(cell).split("\n"), strict=False):
        if mine != theirs:
            break
        count += 1
    if whole:
        try:
            statements = ast.parse(cell.source).body
        except (SyntaxError, ValueError, RecursionError):
            return 0
        begun = [node.lineno - 1 for node in statements if node.lineno <= count < (node.end_lineno or 0)]
        count = min(begun, default=count)
    return count


def _raised(cell: NotebookNode) -> dict:
    """Where the error came from that ended a cell, as the kernel's guard says."""
    return records.of(cell).raised


def _error(cell: NotebookNode) -> NotebookNode | None:
    return next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)


def _own_frames(cell: NotebookNode) -> list[NotebookNode]:
    """A cell's outputs; of a test's traceback the frames in other cells, and the last line with the error."""
    if not is_grade(cell):
        return cell.outputs
    found = []
    for output in cell.outputs:
        if output.output_type == "error":
            frames = map(strip_ansi, output.traceback)
            places = [(re.match(r"\s*Cell In\s?\[(\d+)\]", frame), frame) for frame in frames]
            kept = [frame for place, frame in places[:-1] if place and int(place[1]) != cell.get("execution_count")]
            output = NotebookNode(output, traceback=[*kept, *output.traceback[-1:]])
        found.append(output)
    return found
