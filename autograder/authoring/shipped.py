"""The outputs that a student notebook ships with, so that it can be read before anything has run.

They are those of the author's run, for locked cells that depend on no answer. A cell that nbval compares, by its tag
`nbval-check-output`, ships all it printed, because that is the same on every machine. Any other cell ships its pictures
alone: what it prints may name a time, a path or a version.
"""

from __future__ import annotations

from nbformat import NotebookNode

from autograder.notebooks import grade_id, is_grade, is_locked, is_solution
from autograder.slicing import needed

COMPARED = "nbval-check-output"
SETUP = "setup"  # the tag of the first cell, which names the versions of the machine


def put_in(student: NotebookNode, solution: NotebookNode) -> None:
    """Put into a student notebook, which has no outputs, those of the solution notebook that it ships with."""
    code = [cell.source if cell.cell_type == "code" else "" for cell in solution.cells]
    answers = {place for place, cell in enumerate(solution.cells) if is_solution(cell)}
    outputs = {
        grade_id(cell): _shipped(cell) for place, cell in enumerate(solution.cells)
        if _may_ship(cell) and answers.isdisjoint(needed(code, place, [cell.source]))
    }
    for cell in student.cells:
        if _may_ship(cell):
            cell.outputs = outputs.get(grade_id(cell), [])


def _may_ship(cell: NotebookNode) -> bool:
    """Whether a cell is locked code, but neither a test nor the set-up cell."""
    return cell.cell_type == "code" and is_locked(cell) and not is_grade(cell) and SETUP not in _tags(cell)


def _shipped(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs of a cell that are the same on every machine, and its pictures."""
    compared = COMPARED in _tags(cell)
    kept = [output for output in cell.outputs if _is_picture(output) or (compared and _is_result(output))]
    for output in kept:
        if "execution_count" in output:
            output.execution_count = None
    return kept


def _tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def _is_picture(output: NotebookNode) -> bool:
    return any(kind.startswith("image/") for kind in output.get("data", {}))


def _is_result(output: NotebookNode) -> bool:
    """Whether an output is neither an error nor a warning."""
    return output.output_type != "error" and output.get("name") != "stderr"
