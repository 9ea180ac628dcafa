"""What the grader notes about a cell: read with exact types, written briefly, whole where others read it."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import records
from autograder.records import Record


def noted(record: Record) -> dict | None:
    cell = new_code_cell("x = 1")
    records.put(cell, record)
    return cell.metadata.get("autograder")


@pytest.mark.parametrize("record", [
    Record(), Record(partial=True, binds=("f", "g")), Record(partial=records.RETURNED, shared=True, released=True),
    Record(outcome="timeout", message="The cell used more than 2 s of processor time.", seconds=2.5, machine=True),
    Record(tampered=("a sentence",), raised={"check": "", "line": 3, "frames": [[1, 2]]}, value=0.5, returned=True),
    Record(status="ok", flags=("renamed",), handed_in=True, finished=True),
    Record(for_grader=True),
])
def test_what_is_written_is_read_back_from_a_file(record):
    notebook = nbformat.v4.new_notebook(cells=[new_code_cell("x = 1")])
    records.put(notebook.cells[0], record)
    assert records.of(nbformat.reads(nbformat.writes(notebook), 4).cells[0]) == record


def test_what_says_nothing_is_not_written():
    assert noted(Record()) is None and noted(Record(finished=True)) == {"finished": True}
    cell = new_markdown_cell("text")
    records.put(cell, Record(handed_in=True))
    records.note(cell, handed_in=False)
    assert "autograder" not in cell.metadata


def test_of_a_graded_cell_the_score_is_written_whole():
    """As other programs read it: also without a flag and without a message."""
    assert noted(Record(status="ok")) == {"status": "ok", "flags": [], "message": ""}


@pytest.mark.parametrize("given", [
    None, 3, "ran", ["outcome"], {"outcome": 3, "message": ["x"], "seconds": "2", "tampered": "all", "raised": [1]},
    {"partial": 1, "seconds": 10**400, "value": 10**400, "raised": None}, {"seconds": True, "value": True, "returned": None},
    {"partial": "yes", "shared": "no", "binds": {"f": 1}, "value": {}, "returned": 1, "unknown": 1, "released": 1},
])
def test_values_of_the_wrong_type_count_as_missing(given):
    cell = new_code_cell("x = 1")
    cell.metadata["autograder"] = given
    assert records.of(cell) == Record()


def test_of_a_list_only_the_texts_count():
    cell = new_code_cell("x = 1")
    cell.metadata["autograder"] = {"flags": ["renamed", 3, None, {}], "seconds": 2.0}
    assert records.of(cell) == Record(flags=("renamed",), seconds=2.0)


def test_after_a_run_what_the_release_says_stays_and_all_else_is_new():
    cell = new_code_cell("x = 1")
    records.put(cell, Record(partial=True, binds=("f",), released=True, shared=True, outcome="killed", machine=True))
    records.after_run(cell, outcome="ran", finished=True)
    assert records.of(cell) == Record(
        partial=True, binds=("f",), released=True, shared=True, outcome="ran", finished=True)
