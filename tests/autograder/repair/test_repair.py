"""Locked cells come from the release, answers from the student, and nothing raises."""

import copy
import json

import nbformat
import pytest
from conftest import AREA, DOUBLE, mark, submission
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.grading import intake
from autograder.notebooks import grade_id
from autograder.repair import repair


def sources(notebook) -> dict[str, str]:
    return {grade_id(cell): cell.source for cell in notebook.cells}


def merge(version, submitted):
    before = copy.deepcopy(version)
    merged = repair(version, submitted)
    assert version == before, "the release was changed"
    return merged


def test_answers_are_taken_and_tests_come_from_the_release(version):
    merged = merge(version, submission(version, double=DOUBLE, area=AREA))
    texts = sources(merged.notebook)
    assert texts["double"] == DOUBLE and texts["area"] == AREA
    assert "double(-7)" in texts["test_double"]
    assert merged.flags == {}


def test_a_changed_test_is_restored_and_flagged(version):
    submitted = submission(version, double=DOUBLE)
    for cell in submitted.cells:
        if grade_id(cell) == "test_double":
            cell.source = "assert True"
            cell.metadata.nbgrader.update(points=100, grade=False)
            cell.metadata.tags = ["skip-execution"]
    merged = merge(version, submitted)
    assert merged.flags == {"test_double": ["test-restored"]}
    (cell,) = [c for c in merged.notebook.cells if grade_id(c) == "test_double"]
    assert "double(-7)" in cell.source and cell.metadata.nbgrader.points == 2
    assert "tags" not in cell.metadata


def test_deleted_cells_come_back(version):
    submitted = submission(version, double=DOUBLE, area=AREA)
    submitted.cells = [c for c in submitted.cells if grade_id(c) not in ("double", "test_area")]
    merged = merge(version, submitted)
    assert [grade_id(c) for c in merged.notebook.cells] == [grade_id(c) for c in version.cells]
    assert merged.flags == {"double": ["answer-deleted"], "test_area": ["test-restored"]}
    assert "NotImplementedError" in sources(merged.notebook)["double"]


def test_of_an_answer_that_stands_twice_the_last_counts(version):
    submitted = submission(version, double="def double(x):\n    return 0")
    again = copy.deepcopy(next(c for c in submitted.cells if grade_id(c) == "double"))
    again.source = DOUBLE
    submitted.cells.append(again)
    merged = merge(version, submitted)
    assert sources(merged.notebook)["double"] == DOUBLE
    assert merged.flags["double"] == ["answer-twice"]


def test_cells_that_a_student_added_stay_in_their_place(version):
    submitted = submission(version, double="def double(x):\n    return helper(x)")
    submitted.cells.insert(2, new_code_cell("def helper(x):\n    return 2 * x"))
    submitted.cells.insert(0, new_markdown_cell("My notes"))
    submitted.cells[3].metadata.tags = ["skip-execution"]
    merged = merge(version, submitted)
    texts = [cell.source for cell in merged.notebook.cells]
    assert texts[0] == "My notes"
    assert texts.index("def helper(x):\n    return 2 * x") == texts.index("import math") + 1
    assert all("tags" not in cell.metadata for cell in merged.notebook.cells)


def test_an_unmarked_cell_of_the_release_runs_as_the_student_left_it(version):
    submitted = submission(version)
    next(c for c in submitted.cells if c.source == "import math").source = "import math, cmath"
    texts = [cell.source for cell in merge(version, submitted).notebook.cells]
    assert texts.count("import math, cmath") == 1 and "import math" not in texts


def test_an_unmarked_cell_that_was_deleted_comes_back(version):
    submitted = submission(version)
    submitted.cells = [c for c in submitted.cells if c.source != "import math"]
    assert "import math" in [cell.source for cell in merge(version, submitted).notebook.cells]


def test_nothing_of_a_students_metadata_or_outputs_survives(version):
    submitted = submission(version, double=DOUBLE)
    for cell in submitted.cells:
        cell.metadata["autograder"] = {"outcome": "ran", "status": "ok"}
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="forged")]
            cell.execution_count = 9
    submitted.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash"}
    text = json.dumps(merge(version, submitted).notebook)
    assert "forged" not in text and "outcome" not in text and "bash" not in text


@pytest.mark.parametrize("cell", [
    None, 3, "text", {}, {"cell_type": "code"}, {"cell_type": "code", "source": 7},
    {"cell_type": "code", "source": ["a", 3]}, {"cell_type": 9, "source": "x"},
    {"cell_type": "code", "source": "x", "metadata": []},
    {"cell_type": "code", "source": "x", "metadata": {"nbgrader": 3}},
    {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": {}}}},
    {"cell_type": "code", "source": "x", "metadata": {}, "id": {}},
])
def test_a_malformed_cell_costs_nothing_else(tmp_path, version, cell):
    document = json.loads(json.dumps(submission(version, double=DOUBLE)))
    document["cells"].insert(3, cell)
    path = tmp_path / "sums.ipynb"
    path.write_text(json.dumps(document))
    merged = repair(version, intake.read(path.read_bytes(), path.name).notebook)
    assert sources(merged.notebook)["double"] == DOUBLE
    nbformat.validate(merged.notebook)


def other_stub(stub: str) -> nbformat.NotebookNode:
    """A release whose one answer asks for no function."""
    return nbformat.v4.new_notebook(cells=[
        new_markdown_cell("Find the number that is asked for.", id="text", metadata=mark("text", locked=True)),
        new_code_cell(stub, id="number", metadata=mark("number", solution=True)),
        new_code_cell("assert number == 42", id="test", metadata=mark("test", points=1, locked=True)),
        new_markdown_cell("That was all there is to find.", id="end", metadata=mark("end", locked=True)),
    ])


@pytest.mark.parametrize("stub", ["number = None", "# YOUR CODE HERE\nraise NotImplementedError()"])
@pytest.mark.parametrize("place", [1, 3])
def test_a_value_that_is_asked_for_is_found_without_its_mark(stub, place):
    release = other_stub(stub)
    submitted = copy.deepcopy(release)
    del submitted.cells[1]
    submitted.cells.insert(place, new_code_cell("number = 6 * 7", id="new"))
    for cell in submitted.cells:
        cell.metadata.pop("nbgrader", None)
    merged = merge(release, submitted)
    if place == 1 or stub.startswith("number"):
        assert sources(merged.notebook)["number"] == "number = 6 * 7"
        assert merged.flags["number"] == ["answer-found"]
    else:  # nothing says what it is
        assert merged.flags["number"] == ["answer-deleted"] and "number = 6 * 7" in [c.source for c in merged.notebook.cells]


@pytest.mark.parametrize("stub", ["number = None", "# YOUR CODE HERE\nraise NotImplementedError()"])
def test_of_two_values_the_last_counts(stub):
    release = other_stub(stub)
    submitted = copy.deepcopy(release)
    submitted.cells[1].source = "number = 1"
    again = copy.deepcopy(submitted.cells[1])
    again.source = "number = 6 * 7"
    submitted.cells.insert(2, again)
    merged = merge(release, submitted)
    assert [cell.source for cell in merged.notebook.cells].count("number = 1") == 0
    assert sources(merged.notebook)["number"] == "number = 6 * 7" and merged.flags == {"number": ["answer-twice"]}


def unnamed(text: str, kind: str = "code", **more) -> nbformat.NotebookNode:
    """A cell that a student has, without a mark."""
    return (new_code_cell if kind == "code" else new_markdown_cell)(text, **more)


def without(submitted: nbformat.NotebookNode, *names: str) -> nbformat.NotebookNode:
    """The submission without the cells of these grade_ids."""
    submitted.cells = [cell for cell in submitted.cells if grade_id(cell) not in names]
    return submitted


def after(submitted: nbformat.NotebookNode, name: str, *cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The submission with these cells behind the one of a grade_id."""
    (place,) = [place for place, cell in enumerate(submitted.cells) if grade_id(cell) == name]
    submitted.cells[place + 1:place + 1] = cells
    return submitted


def uncertain(merged) -> set[str]:
    return {name for name, flags in merged.flags.items() if "answer-uncertain" in flags}


LONG_DOUBLE = "def double(x):\n    result = x\n    result = result + x\n    return result"


def test_a_rest_that_belongs_to_nothing_makes_all_code_answers_uncertain(version):
    submitted = after(submission(version, double=DOUBLE, area=AREA), "test_area", unnamed("    other = 3\n    return other"))
    merged = merge(version, submitted)
    assert uncertain(merged) == {"double", "area"}
    assert sources(merged.notebook)["double"] == DOUBLE and sources(merged.notebook)["area"] == AREA


def test_a_rest_that_fits_two_answers_makes_both_uncertain(version):
    submitted = submission(version, double="def double(x):\n    result = x", area="def area(r):\n    result = r")
    submitted = after(submitted, "double", unnamed("    return result * 2"))
    merged = merge(version, submitted)
    assert sources(merged.notebook)["double"].endswith("return result * 2"), "it stands right behind this one"
    assert uncertain(merged) == {"double", "area"}


def test_a_rest_that_fits_one_answer_makes_nothing_uncertain(version):
    head, tail = LONG_DOUBLE.rsplit("\n", 1)
    submitted = after(submission(version, double=head, area=AREA), "double", unnamed(tail))
    merged = merge(version, submitted)
    assert sources(merged.notebook)["double"] == LONG_DOUBLE
    assert merged.flags["double"] == ["answer-reassembled"] and uncertain(merged) == set()


def test_another_part_of_an_answer_that_was_put_together_makes_it_uncertain(version):
    head, tail = LONG_DOUBLE.rsplit("\n", 1)
    submitted = after(submission(version, double=head, area=AREA), "double", unnamed(tail))
    submitted.cells.append(unnamed("def double(x):\n    if x <", metadata=mark("double", solution=True)))
    merged = merge(version, submitted)
    assert sources(merged.notebook)["double"] == LONG_DOUBLE and uncertain(merged) == {"double"}


def test_a_copy_of_a_part_that_was_used_does_not(version):
    head, tail = "def double(x):\n    result = (x +", "              x)\n    return result"
    submitted = after(submission(version, double=head, area=AREA), "double", unnamed(tail))
    submitted.cells.append(unnamed(head, metadata=mark("double", solution=True)))
    merged = merge(version, submitted)
    assert sources(merged.notebook)["double"] == f"{head}\n{tail}" and uncertain(merged) == set()


def test_a_part_that_bears_the_name_and_is_needed_goes_with_the_answer(version):
    area = "def area(r):\n    return math.pi * r ** SQUARE"
    submitted = without(submission(version, double=DOUBLE, area="SQUARE = 2"), "test_double")
    submitted.cells.insert(1, unnamed(area))  # far above what it needs
    merged = merge(version, submitted)
    assert sources(merged.notebook)["area"] == f"SQUARE = 2\n{area}"


def test_the_first_line_is_not_restored_where_the_answer_stands_elsewhere(version):
    submitted = submission(version, double=DOUBLE, area="    return 3 * r")
    submitted.cells.append(unnamed(AREA))
    merged = merge(version, submitted)
    assert sources(merged.notebook)["area"] == AREA
    assert "first-line-restored" not in merged.flags["area"] and "answer-found" in merged.flags["area"]


def test_where_it_stands_nowhere_else_it_is(version):
    merged = merge(version, submission(version, double=DOUBLE, area="    return math.pi * r * r"))
    assert sources(merged.notebook)["area"] == AREA and merged.flags["area"] == ["first-line-restored"]


def test_empty_cells_are_no_places(version):
    head, tail = LONG_DOUBLE.rsplit("\n", 1)
    submitted = after(submission(version, double=head, area=AREA), "double", unnamed("\n \n"), unnamed(""), unnamed(tail))
    merged = merge(version, submitted)
    assert sources(merged.notebook)["double"] == LONG_DOUBLE and uncertain(merged) == set()


TODO = "*TODO: replace this line with your answer.*"
QUESTION = f"**1.** (1 point)\n\n{TODO}\n\n**2.** (1 point)\n\n{TODO}"


def in_cells(*parts: str) -> tuple[nbformat.NotebookNode, nbformat.NotebookNode]:
    """A release with a question in two parts, and a submission whose answer cell was divided into these."""
    release = nbformat.v4.new_notebook(cells=[
        new_markdown_cell("Answer both parts of this.", id="text", metadata=mark("text", locked=True)),
        new_markdown_cell(QUESTION, id="why", metadata=mark("why", points=2, solution=True)),
        new_markdown_cell("That was the last question.", id="end", metadata=mark("end", locked=True)),
    ])
    submitted = copy.deepcopy(release)
    submitted.cells[1:2] = [new_markdown_cell(part, metadata=mark("why", points=2, solution=True)) for part in parts]
    return release, submitted


@pytest.mark.parametrize("parts", [
    ("**1.** (1 point)\n\nSince.", "**2.** (1 point)\n\nNo."),
    ("**1.** (1 point)\n\nSince.\n\n**2.** (1 point)", "No."),
    ("**1.** (1 point)", "Since.", "**2.** (1 point)\n\nNo."),
    ("**1.** (1 point) Since.", "My second part: no."),
])
def test_a_written_answer_that_was_split_at_its_parts_is_whole_again(parts):
    merged = merge(*in_cells(*parts))
    assert sources(merged.notebook)["why"] == "\n\n".join(parts)
    assert merged.flags == {"why": ["answer-reassembled"]} and not merged.untouched


def test_a_written_answer_that_was_split_and_left_empty_is_untouched():
    merged = merge(*in_cells(f"**1.** (1 point)\n\n{TODO}", f"**2.** (1 point)\n\n{TODO}"))
    assert merged.untouched == {"why"}


@pytest.mark.parametrize("copies", [
    (QUESTION.replace(TODO, "First."), QUESTION.replace(TODO, "Last.")), ("First.", "Last."), (QUESTION, "Last.")])
def test_of_two_copies_of_a_written_answer_the_last_counts(copies):
    merged = merge(*in_cells(*copies))
    assert sources(merged.notebook)["why"] == copies[1] and merged.flags == {"why": ["answer-twice"]}


def test_the_pictures_of_all_parts_are_kept():
    release, submitted = in_cells("**1.** (1 point)\n\n![a](attachment:a.png)", "**2.** (1 point)\n\n![b](attachment:b.png)")
    for cell, name in zip(submitted.cells[1:3], "ab", strict=True):
        cell.attachments = {f"{name}.png": {"image/png": "iVBORw0KGgo="}}
    (answer,) = [cell for cell in merge(release, submitted).notebook.cells if grade_id(cell) == "why"]
    assert set(answer.attachments) == {"a.png", "b.png"}
