"""The rule that turns the outputs of a graded cell into its score.

The first row that applies decides; `max` is the cell's points.

| the cell                                                     | score   | status    |
|--------------------------------------------------------------|---------|-----------|
| is a written answer and as released                          | 0       | `missing` |
| is any other written answer                                  | (none)  | `manual`  |
| relies on something that was changed: flag `tampered`        | 0       | `failed`  |
| ran out of time, or its kernel ended                         | 0       | `timeout` or `killed` |
| contains an error, and the answer before it did not finish   | 0       | `timeout` or `killed` |
| contains an AssertionError, or a package's `CheckFailed`     | 0       | `failed`  |
| contains any other error                                     | 0       | `error`   |
| did not run, for example because of a tag: no execution count | 0      | `killed`  |
| did not run to its end: its token did not arrive             | 0       | `killed`  |
| gives a partial score, but did not return one finite number from 0 to max | 0 | `error` |
| gives a partial score                                        | number  | `partial`, at max `ok` |
| anything else, whatever it returned                          | max     | `ok`      |

An error anywhere in the cell counts, whatever came before it. Printing costs nothing, not even on stderr. A test that
failed gets the flag `not-attempted` if its answer is, word for word, the released stub; if the answer cell was
deleted, the status is `missing` instead. A partial score of several parts, as `checks.Parts` gives it, says which
parts are right, and why the others are not. A cell gives a partial score only if the released cell says so in its
metadata, next to nbgrader's: `"autograder": {"partial": true}`. NumPy scalars count as numbers. With `partial_points
= "returned"` in [tests] of course.toml, the default, a test whose last line is a value is scored as in nbgrader: a
number is the score, and any other value gives max.

`evidence.py` finds the token and what was changed. Two flags leave the points as they are but ask a person to
check whether they were earned. `custom-equality`: a class of the notebook decides itself what it is equal to.
`writes-test-state`: a function of the notebook can set the variables of a test that has no namespace of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from nbformat import NotebookNode

from autograder import records
from autograder.jobs import Score
from autograder.notebooks import grade_id, in_parts, is_grade, is_partial, is_solution, is_task
from autograder.plain import plain

STUBS = ("NotImplementedError", "NotAttempted")  # raised by an unfilled stub
CHECKS = ("AssertionError", "CheckFailed", "NotAttempted")
LONGEST_NAME = 100  # characters of an error's name


def score(
    notebook: NotebookNode, flags: dict[str, list[str]] | None = None, untouched: Collection[str] = ()
) -> list[Score]:
    """Return the score of every graded cell of a notebook that was run.

    Parameters
    ----------
    notebook : NotebookNode
        what `run.run` returned.
    flags : dict, optional
        for each grade_id, its flags from `repair.Repaired.flags`; those of an answer go to its test.
    untouched : collection of str
        the grade_ids of answers that are as released, from `repair.Repaired.untouched`.
    """
    flags = flags or {}
    found, answer = [], None
    for cell in notebook.cells:
        if is_solution(cell):
            answer = cell
        if is_grade(cell) or is_task(cell):
            words = list(flags.get(grade_id(cell), []))
            if answer is not None and answer is not cell:
                words += flags.get(grade_id(answer), [])
            found.append(_score_cell(cell, answer, words, untouched))
    return found


def nothing_to_grade(release: NotebookNode, message: str, flags: tuple[str, ...]) -> list[Score]:
    """Return a score with the status `missing` for every graded cell of a release, if no notebook could be read."""
    return [
        Score(grade_id(cell), 0.0, _points(cell), "missing", flags, message,
              is_task(cell) or is_solution(cell))
        for cell in release.cells
        if is_grade(cell) or is_task(cell)
    ]


def _score_cell(
    cell: NotebookNode, answer: NotebookNode | None, flags: list[str], untouched: Collection[str]
) -> Score:
    points = _points(cell)
    if is_task(cell) or is_solution(cell):
        if not is_task(cell) and grade_id(cell) in untouched:
            return Score(grade_id(cell), 0.0, points, "missing", tuple(flags), "No answer written.",
                         True)
        return Score(grade_id(cell), None, points, "manual", tuple(flags), "Waits for a person.", True)
    status, message = _what_happened(cell, answer)
    record = records.of(cell)
    stub = (status in ("failed", "error") and not record.tampered
            and answer is not None and grade_id(answer) in untouched)
    if stub and "answer-deleted" in flags:
        status, message = "missing", "The answer cell is missing from the notebook."
    elif stub:
        flags = [*flags, "not-attempted"]
    given = points if status == "ok" else 0.0
    if status == "ok" and is_partial(cell):
        status, given, message = _partial(cell, points)
    flags = [*flags, *("tampered" for _ in record.tampered[:1]),
             *("custom-equality" for _ in record.custom_equality[:1]),
             *("writes-test-state" for _ in record.writes_test_state[:1])]
    error = _error(cell)
    raised_as_stub = status in ("failed", "error") and error is not None and error.ename in STUBS
    return Score(grade_id(cell), given, points, status, tuple(dict.fromkeys(flags)), message, stub=raised_as_stub)


def _what_happened(cell: NotebookNode, answer: NotebookNode | None) -> tuple[str, str]:
    """Return the status of a test cell, and one sentence; also for a cell that did not run."""
    record = records.of(cell)
    if record.tampered:
        return "failed", f"Not as released when the test ran: {'; '.join(record.tampered)}."
    if record.outcome in ("timeout", "killed"):
        return record.outcome, record.message
    error = _error(cell)
    if error is not None:
        of_answer = records.of(answer) if answer is not None else records.Record()
        if of_answer.outcome in ("timeout", "killed"):
            return of_answer.outcome, f"The answer cell did not end. {of_answer.message}"
        cause = _error(answer) if answer is not None else None
        if cause is not None and error.ename == "NameError":
            return "error", f"The answer cell raised {_sentence(cause)}"
        if error.ename in CHECKS:
            return "failed", _plain(error.evalue) or "The check gives no reason."
        return "error", _sentence(error)
    if record.outcome != "ran" or cell.execution_count is None:
        return "killed", "The test did not run."
    if not record.finished:
        return "killed", "The test did not run to its end."
    return "ok", ""


def _partial(cell: NotebookNode, points: float) -> tuple[str, float, str]:
    """Return status, score and sentence for a cell whose value is its score."""
    record = records.of(cell)
    several = record.returned is None and sum(output.output_type == "execute_result" for output in cell.outputs) > 1
    number = record.value if record.returned is not None else _returned_number(cell)
    if record.partial == records.RETURNED and (number is None or several):
        return "ok", points, ""
    if several:
        return "error", 0.0, "The test returned more than one value."
    if number is None:
        return "error", 0.0, "The test returned no number."
    if not 0 <= number <= points:  # false for nan, too
        return "error", 0.0, f"The test returned {number}, which is no score from 0 to {points:g}."
    return ("ok" if number == points else "partial"), number, _of_parts(record.parts)


def _of_parts(parts: dict) -> str:
    """Return the sentences on the parts of a test, with what each lost part raised; empty if it has no parts."""
    lost = []
    for name, points, error in parts.get("lost", ()):
        said = _plain(error["text"]) if error["name"] in CHECKS else _sentence(NotebookNode(
            ename=error["name"], evalue=error["text"]))
        lost.append((name, points, said))
    return in_parts(parts.get("held", ()), lost)


def _returned_number(cell: NotebookNode) -> float | None:
    """Return the cell's value as a number, NumPy scalars included; None if it is not a number."""
    for output in cell.outputs:
        if output.output_type == "execute_result":
            text = str(output.data.get("text/plain", ""))
            text = re.sub(r"^(?:np|numpy)\.\w+\((.*)\)$", r"\1", text)
            try:
                return float(text)
            except ValueError:
                return None
    return None


def _error(cell: NotebookNode) -> NotebookNode | None:
    outputs = cell.get("outputs", [])
    return next((output for output in outputs if output.output_type == "error"), None)


def _sentence(error: NotebookNode) -> str:
    """Return an error's name and message as one sentence."""
    text = _plain(error.evalue)
    name = plain(error.ename, LONGEST_NAME)
    return plain(f"{name}: {text}") if text else f"{name}."


def _plain(text: str) -> str:
    """Return an error message on one line, without IPython's cell names and TensorFlow's list of files."""
    return re.sub(r"\(\d+\.py, line (\d+)\)", r"(line \1 of the cell)", plain(_IN_A_TRACE.sub("", str(text))))


# The prefix that AutoGraph adds to an error message: the frames, and the error's name again.
_IN_A_TRACE = re.compile(r'\Ain user code:\n\n(?: {4}File ".*\n(?: {8}.*\n)*)+\n {4}(?:[\w.]+: )?')


def _points(cell: NotebookNode) -> float:
    return float(cell.metadata.nbgrader.get("points", 0))
