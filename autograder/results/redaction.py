"""From a notebook that was run, make the one that people may see, for `autograded/`.

A student's function can pass on what a hidden test called it with: in what it prints, draws, warns of or
raises, at once or in a later cell. The results of a run are therefore not searched for secrets; from the first
hidden test on, none of them is shown:

    cells before it          outputs of the run
    the graded tests         one sentence, made here; no output
    all others after it      outputs as they were handed in
    the tests themselves     their text as students got it

The sentence is the check's own message if a check of the course's package raised the error and none of the
student's code was involved; otherwise the message in the visible part of the test; otherwise the type of the
error, the student's line, and nothing that the run could choose freely.
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
from autograder.notebooks import RELEASED, grade_id, in_parts, is_grade, is_locked, is_solution, released, title
from autograder.results.outputs import Outputs, attachments, markup, text, with_pictures

MESSAGE = 500  # characters of a check's message
NUMBER = 25  # digits of a number in it: an answer chooses the value after "got"
LINE = 120  # characters of a line of code
SOURCE = 200_000  # characters of a cell
REDACTED = "redacted"  # in the metadata of a redacted notebook
TEACHER = "Your teacher looks at it."
LOOKED_AT = f"This check did not run as it was released. {TEACHER}"
MAY_BE_HONEST = {  # findings of the guard that honest students can cause, and what they are told
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
LIBRARIES = frozenset([  # names of errors that are not built in and reveal nothing but their kind
    "AxisError", "CheckFailed", "InternalError", "InvalidArgumentError", "JSONDecodeError", "LinAlgError",
    "NotAttempted", "NotFoundError", "OutOfRangeError", "ResourceExhaustedError", "UFuncTypeError",
    "UnimplementedError", "_ArrayMemoryError", "_UFuncBinaryResolutionError", "_UFuncInputCastingError",
    "_UFuncNoLoopError",
])


def redacted(notebook: NotebookNode, rows: list[Score], handed_in: list[list]) -> NotebookNode:
    """Return the notebook that people may see.

    Parameters
    ----------
    notebook : NotebookNode
        what `run.run` returned; it is not changed.
    rows : list of Score
        the scores of its graded cells. Their messages are for the teacher and are not part of the result.
    handed_in : list of list
        for each of its cells, the outputs in the submitted file, from `Outputs.safe`.
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
            number += isinstance(cell.get("execution_count"), int)  # the run could hide a message in its own count
            cell_shown.execution_count = number if isinstance(cell.get("execution_count"), int) else None
        records.put(cell_shown, about)
    return made


def _without_outputs(cell: NotebookNode) -> NotebookNode:
    """Return a copy of a cell as it may be seen; a marking scheme stays, for the person who grades by it."""
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
    """What is known of a notebook, from its first cell to the one read last.

    Attributes
    ----------
    secret : bool
        whether a hidden test has run, or may have run.
    """

    def __init__(self, notebook: NotebookNode) -> None:
        self.secret = self.secret_before = False
        self.answer: tuple[NotebookNode, bool] | None = None
        self.by_count: dict[int, NotebookNode] = {}
        self.words = frozenset(re.findall(r"\w+", " ".join(
            released(cell) for cell in notebook.cells if cell.cell_type == "code")))

    def read(self, cell: NotebookNode) -> None:
        """Move on to the next cell."""
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
        """Return whether a test ended before its hidden part, with no hidden test before it: nothing secret had run."""
        line = _raised(cell).get("line", 0)
        return not self.secret_before and RELEASED in cell.metadata and 0 < line <= _visible_lines(cell, whole=True)

    def sentence(self, cell: NotebookNode, row: Score) -> str:
        """Return what a student reads about a cell's score; empty if there is nothing to say."""
        if "tampered" in row.flags:
            causes = [cause for finding, cause in MAY_BE_HONEST.items() if finding in row.message]
            return f"{causes[0]}. So the check did not count: take that out. {TEACHER}" if causes else LOOKED_AT
        if row.written or not self.secret or self.only_visible_ran(cell):
            return row.message
        if row.status == "partial":
            return self._of_parts(records.of(cell).parts)
        if row.status not in ("failed", "error"):
            return row.message
        error, raised = _error(cell), _raised(cell)
        if error is None:
            return "The check returned no score."
        if raised.get("check"):
            return _checks_own(raised)
        if self.answer is not None and error.ename == "NameError" and (cause := _error(self.answer[0])) is not None:
            return self._of_answer(*self.answer, cause)
        own = self._own_line(raised.get("frames", []))
        if own:
            return f"{own} raised {self._kind(error)}."
        visible = 0 < raised.get("line", 0) <= _visible_lines(cell)
        if error.ename == "AssertionError":
            return (_of_assert(released(cell), raised["line"]) if visible else "") or NOT_SHOWN
        return f"A check ended with {self._kind(error)}."

    def _of_parts(self, parts: dict) -> str:
        """Return what a student reads about a test with several parts: no more of an error than if it ended it."""
        lost = []
        for name, points, error in parts.get("lost", ()):
            raised, of_kind = error["raised"], self._kind(NotebookNode(ename=error["name"]))
            own = self._own_line(raised.get("frames", []))
            said = f"{own or 'Your code'} raised {of_kind}."
            if error["name"] == "AssertionError" and not own:
                said = NOT_SHOWN
            lost.append((name, points, _checks_own(raised) if raised.get("check") else said))
        return in_parts(parts.get("held", ()), lost)

    def error(self, cell: NotebookNode, sentence: str) -> list[NotebookNode]:
        """Return the output of a test that raised an error: the sentence."""
        error = _error(cell)
        if error is None:
            return []
        return [NotebookNode(output_type="error", ename=self._name(error), evalue=sentence, traceback=[sentence])]

    def _of_answer(self, answer: NotebookNode, secret: bool, cause: NotebookNode) -> str:
        """Return the sentence for a missing name, if the answer cell itself raised an error."""
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
        """Describe the innermost line of the student's code in an error's traceback; empty if there is none."""
        for count, number in reversed(frames):
            cell = self.by_count.get(count)
            lines = cell.source.splitlines() if cell is not None else []
            if cell is not None and 0 < number <= len(lines):
                where = f"the cell '{title(grade_id(cell))}'" if grade_id(cell) else "a cell of your own"
                code = text(lines[number - 1].strip(), LINE).replace("\n", " ")
                return f"Line {number} of {where}, `{code}`,"
        return ""

    def _kind(self, error: NotebookNode) -> str:
        """Return an error's type, with Python's short description of it."""
        name = self._name(error)
        about = _about(name)
        return f"{name} ({about})" if about else name

    def _name(self, error: NotebookNode) -> str:
        """Return the name of an error's type if it is known or occurs in the code; a run can invent other names."""
        name = str(error.ename)
        return name if name in self.words or name in LIBRARIES or _about(name) else "an error"


def _checks_own(raised: dict) -> str:
    """Return the message of a check of the course's package, on one line, with long numbers cut."""
    said = _LONG.sub(lambda found: f"{found[0][:NUMBER]}…", " ".join(raised["check"].split()))
    return text(said, MESSAGE).replace("\n", " ")


def _about(name: str) -> str:
    """Return Python's description of a built-in error as the beginning of a sentence; empty for other names."""
    kind = getattr(builtins, name, None)
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        return ""
    first = (inspect.getdoc(kind) or name).splitlines()[0].rstrip(".")
    return first[:1].lower() + first[1:]


def _of_assert(source: str, line: int) -> str:
    """Return the message of the assert at a visible line, without values; without a message, the line itself."""
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
    """Return how many lines of a test come before its hidden part.

    With `whole`, a statement that continues into the hidden part does not count.
    """
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
    """Return where the error that ended a cell came from, as reported by the guard in the kernel."""
    return records.of(cell).raised


def _error(cell: NotebookNode) -> NotebookNode | None:
    return next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)


def _own_frames(cell: NotebookNode) -> list[NotebookNode]:
    """Return a cell's outputs; of a test's traceback, only frames in other cells and the last line with the error."""
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
