"""The rule that turns a graded cell's outputs into its score, row by row."""

import pytest
from conftest import mark
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.grading.scores import nothing_to_grade, score


def ran(source="", outputs=(), outcome="ran", message="", count=1, found=None, **marks):
    cell = new_code_cell(source, outputs=list(outputs), execution_count=count, metadata=mark(**marks))
    cell.metadata["autograder"] = {
        "outcome": outcome, "message": message, "seconds": 0.1, "finished": True, **(found or {})}
    return cell


def error(ename, evalue=""):
    return new_output("error", ename=ename, evalue=evalue, traceback=[])


def value(text):
    return new_output("execute_result", data={"text/plain": text}, execution_count=1)


def test_cell(*outputs, answer=None, untouched=(), **keywords):
    cells = [] if answer is None else [answer]
    cell = ran("check()", outputs, grade_id="test_f", points=3, locked=True, **keywords)
    (row,) = score(new_notebook(cells=[*cells, cell]), untouched=untouched)
    return row.score, row.status, row.flags, row.message


test_cell.__test__ = False
STDERR = new_output("stream", name="stderr", text="a warning")


@pytest.mark.parametrize("outputs, points, status", [
    ([], 3, "ok"),
    ([STDERR], 3, "ok"),
    ([new_output("stream", text="done")], 3, "ok"),
    ([value("'text'")], 3, "ok"),
    ([value("3")], 3, "ok"),
    ([value("1.5")], 3, "ok"),
    ([value("nan")], 3, "ok"),
    ([value("-1")], 3, "ok"),
    ([value("3"), error("ValueError", "late")], 0, "error"),
    ([error("ValueError", "early"), value("3")], 0, "error"),
    ([error("AssertionError", "wrong")], 0, "failed"),
    ([error("CheckFailed", "wrong")], 0, "failed"),
    ([error("NameError", "name 'f' is not defined")], 0, "error"),
    ([error("KeyboardInterrupt")], 0, "error"),
])
def test_a_test_cell_that_ran(outputs, points, status):
    assert test_cell(*outputs)[:2] == (points, status)


@pytest.mark.parametrize("outputs, points, status", [
    ([value("3")], 3, "ok"),
    ([value("3.0")], 3, "ok"),
    ([value("1.5")], 1.5, "partial"),
    ([value("np.float64(1.5)")], 1.5, "partial"),
    ([value("np.int64(2)")], 2, "partial"),
    ([STDERR, value("2")], 2, "partial"),
    ([value("0")], 0, "partial"),
    ([value("nan")], 0, "error"),
    ([value("np.float32(nan)")], 0, "error"),
    ([value("inf")], 0, "error"),
    ([value("-1")], 0, "error"),
    ([value("4")], 0, "error"),
    ([value("'text'")], 0, "error"),
    ([value("3"), value("0")], 0, "error"),
    ([], 0, "error"),
    ([value("3"), error("ValueError", "late")], 0, "error"),
])
def test_a_test_cell_whose_metadata_say_that_it_gives_a_partial_score(outputs, points, status):
    assert test_cell(*outputs, found={"partial": True})[:2] == (points, status)


def test_a_cell_whose_token_did_not_arrive_did_not_run_to_its_end():
    assert test_cell(found={"finished": False}) == (0, "killed", (), "The test did not run to its end.")
    assert test_cell(value("3"), found={"finished": False, "partial": True})[:2] == (0, "killed")


@pytest.mark.parametrize("others", [{}, {"outcome": "timeout"}, {"count": None}])
def test_what_was_tampered_with_is_zero_and_says_what_was_found(others):
    found = {"tampered": ["`numpy.allclose` was replaced", "a tracing function is set"]}
    assert test_cell(found=found, **others) == (
        0, "failed", ("tampered",),
        "Not as released when the test ran: `numpy.allclose` was replaced; a tracing function is set.")


def test_reaching_for_the_tests_variables_keeps_its_points_and_is_flagged():
    assert test_cell(found={"writes_test_state": ["`globals`"]})[:3] == (3, "ok", ("writes-test-state",))


def test_an_own_comparison_keeps_its_points_and_is_flagged():
    assert test_cell(found={"custom_equality": ["the class `Any`"]})[:3] == (3, "ok", ("custom-equality",))


@pytest.mark.parametrize("outcome", ["timeout", "killed"])
def test_a_cell_that_did_not_run_to_its_end_is_zero_whatever_it_shows(outcome):
    assert test_cell(value("3"), outcome=outcome, message="why.")[:2] == (0, outcome)


def test_a_cell_without_an_execution_count_did_not_run():
    assert test_cell(count=None)[:2] == (0, "killed")


def test_the_answer_cell_explains_a_missing_name():
    answer = ran("def f(:", [error("SyntaxError", "invalid syntax (1234.py, line 1)")],
                 grade_id="f", solution=True)
    assert test_cell(error("NameError", "name 'f' is not defined"), answer=answer) == (
        0, "error", (), "The answer cell raised SyntaxError: invalid syntax (line 1 of the cell)")


def test_an_answer_cell_that_ran_too_long_is_a_timeout():
    answer = ran("while True: pass", [error("KeyboardInterrupt")], outcome="timeout",
                 message="it ran longer than 3 s.", grade_id="f", solution=True)
    points, status, _, message = test_cell(error("NameError"), answer=answer)
    assert (points, status) == (0, "timeout") and "longer than 3 s" in message


@pytest.mark.parametrize("raised, status", [
    (error("NotAttempted", "f: not attempted yet. Replace `raise NotImplementedError` with your answer."), "failed"),
    (error("NotImplementedError"), "error"),
    (error("NameError", "name 'f' is not defined"), "error"),
    (error("AssertionError", "wrong"), "failed"),
])
def test_not_attempted_is_the_stub_and_nothing_else(raised, status):
    answer = ran("...", grade_id="f", solution=True)
    assert test_cell(raised, answer=answer, untouched={"f"})[1:3] == (status, ("not-attempted",))
    assert test_cell(raised, answer=answer)[1:3] == (status, ())
    assert test_cell(raised, answer=answer, untouched={"f"}, found={"tampered": ["x"]})[2] == ("tampered",)


def test_a_stub_that_is_right_has_its_points_and_no_flag():
    assert test_cell(answer=ran("...", grade_id="f", solution=True), untouched={"f"})[:3] == (3, "ok", ())


def test_terminal_colours_are_taken_out_of_a_message():
    assert test_cell(error("ValueError", "\x1b[31mred\x1b[0m"))[3] == "ValueError: red"


def test_tensorflows_list_of_files_is_taken_out_of_a_message():
    traced = ("in user code:\n\n    File \"/tmp/ipykernel_1/25.py\", line 3, in loss  *\n        return np.mean(y)\n"
              "    File \"/opt/numpy/fromnumeric.py\", line 38, in mean  **\n        return _mean(a,\n\n"
              "    NotImplementedError: Cannot convert a tensor.\n\n    Arguments were y.\n")
    assert test_cell(error("NotImplementedError", traced))[3] == (
        "NotImplementedError: Cannot convert a tensor. Arguments were y.")


def test_a_written_answer_waits_and_a_missing_one_is_zero():
    notebook = new_notebook(cells=[new_markdown_cell("Because.", metadata=mark("why", points=2, solution=True))])
    (waits,) = score(notebook)
    (missing,) = score(notebook, untouched={"why"})
    assert (waits.score, waits.status) == (None, "manual")
    assert (missing.score, missing.status) == (0, "missing")


def test_what_an_error_says_is_a_line_of_bounded_length():
    points, status, _, message = test_cell(error("E\x1b]0;t\x07\nadmin 2/2" + "x" * 200_000, "a\r\n\x9b31mb" * 100_000))
    assert (points, status) == (0, "error") and len(message) <= 500 and message.isprintable()


def test_flags_of_the_answer_reach_its_test():
    answer = ran("f = 1", grade_id="f", solution=True)
    test = ran("check()", grade_id="test_f", points=3, locked=True)
    (row,) = score(new_notebook(cells=[answer, test]),
                   {"f": ["answer-twice"], "test_f": ["test-restored"]})
    assert row.flags == ("test-restored", "answer-twice")


def test_every_graded_cell_has_a_row_where_nothing_was_handed_in(version):
    rows = nothing_to_grade(version, "Nothing was handed in.", ())
    assert [(r.grade_id, r.score, r.max_score, r.status) for r in rows] == [
        ("test_double", 0, 2, "missing"), ("test_area", 0, 3, "missing"), ("why", 0, 1, "missing")]
