"""From the outputs of a graded cell to its score, by one stated rule.

The first line that holds decides; `max` is the cell's points.

| the cell                                                     | score   | status    |
|--------------------------------------------------------------|---------|-----------|
| is a written answer that was left as released                | 0       | `missing` |
| is a written answer                                          | (none)  | `manual`  |
| relies on something that was changed: flag `tampered`        | 0       | `failed`  |
| was not run to its end: its time or its kernel ended         | 0       | `timeout` or `killed` |
| holds an error, and the answer before it did not run to its end | 0    | `timeout` or `killed` |
| holds an AssertionError, or the `CheckFailed` of a package    | 0       | `failed`  |
| holds any other error                                        | 0       | `error`   |
| did not run, as one that a tag skips: no execution count     | 0       | `killed`  |
| did not run to its end: its token did not arrive             | 0       | `killed`  |
| gives a partial score, and did not return one number that is finite and from 0 to max | 0 | `error` |
| gives a partial score                                        | number  | `partial`, at max `ok` |
| anything else, whatever it returned                          | max     | `ok`      |

An error anywhere in the cell counts, whatever came before it. What a cell prints, on stderr too,
costs nothing. The flag `not-attempted` goes to a test that failed where its answer is, word for word,
the released stub. A cell gives a partial score only where the released cell says so in its metadata,
next to nbgrader's: `"autograder": {"partial": true}`; NumPy's scalars are numbers, too. With
`partial_points = "returned"` in [tests] of course.toml, as by default, a test whose last line is a value is as in
nbgrader: a number is its score, and anything else is max.

The token and what was changed are found by `evidence.py`. Where the notebook has a class that decides itself what
it is equal to, the points stay and the flag is `custom-equality`; where a function of it can set the variables of a
test that has no names of its own, `writes-test-state`: a person looks whether it earned them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from nbformat import NotebookNode

from autograder import records
from autograder.jobs import Score
from autograder.notebooks import grade_id, is_grade, is_partial, is_solution, is_task
from autograder.plain import plain

STUBS = ("NotImplementedError", "NotAttempted")  # what an unfilled stub raises
CHECKS = ("AssertionError", "CheckFailed", "NotAttempted")
LONGEST_NAME = 100  # characters of an error's


def score(
    notebook: NotebookNode, flags: dict[str, list[str]] | None = None, untouched: Collection[str] = ()
) -> list[Score]:
    """The score of every graded cell of a notebook that was run.

    Parameters
    ----------
    notebook : NotebookNode
        what `run.run` returned.
    flags : dict, optional
        words for a grade_id, from `repair.repair`; those of an answer go to its test.
    untouched : collection of str
        the answers that are what was released: `repair.Repaired.untouched`.
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
    """A row `missing` for every graded cell, where no notebook could be read."""
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
    """The status of a test cell that ran, or did not, and one sentence."""
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
    """Status, score and sentence of a cell whose value is its score."""
    record = records.of(cell)
    several = record.returned is None and sum(output.output_type == "execute_result" for output in cell.outputs) > 1
    number = record.value if record.returned is not None else _returned_number(cell)
    if record.partial == records.RETURNED and (number is None or several):
        return "ok", points, ""
    if several:
        return "error", 0.0, "The test returned more than one value."
    if number is None:
        return "error", 0.0, "The test returned no number."
    if not 0 <= number <= points:  # neither is nan
        return "error", 0.0, f"The test returned {number}, which is no score from 0 to {points:g}."
    return ("ok" if number == points else "partial"), number, ""


def _returned_number(cell: NotebookNode) -> float | None:
    """The number that is the cell's value (NumPy's scalars too), None where it is none."""
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
    """An error as a person reads it."""
    text = _plain(error.evalue)
    name = plain(error.ename, LONGEST_NAME)
    return f"{name}: {text}" if text else f"{name}."


def _plain(text: str) -> str:
    """An error's text on one line, without IPython's names of cells and TensorFlow's list of files."""
    return re.sub(r"\(\d+\.py, line (\d+)\)", r"(line \1 of the cell)", plain(_IN_A_TRACE.sub("", str(text))))


# What AutoGraph puts before the text of an error: the frames, and the error's name once more.
_IN_A_TRACE = re.compile(r'\Ain user code:\n\n(?: {4}File ".*\n(?: {8}.*\n)*)+\n {4}(?:[\w.]+: )?')


def _points(cell: NotebookNode) -> float:
    return float(cell.metadata.nbgrader.get("points", 0))
