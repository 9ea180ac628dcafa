"""What a student must never read, wherever it turns up; and what must never run in the page."""

import nbformat
import pytest
from conftest import mark
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder import feedback

HIDDEN = "### BEGIN HIDDEN TESTS\nassert double(-7) == -14, 'negative'\n### END HIDDEN TESTS"


def graded(*outputs, extra_cells=()):
    test = new_code_cell(f"assert double(1) == 2\n{HIDDEN}", outputs=list(outputs), execution_count=4,
                         metadata=mark("test_double", points=2, locked=True))
    return new_notebook(cells=[test, *extra_cells])


def text_of(notebook) -> str:
    return str(feedback.safe(notebook))


def test_the_hidden_region_is_cut_from_the_cell():
    text = text_of(graded())
    assert "double(1) == 2" in text and "-7" not in text and "HIDDEN" not in text


def test_of_a_traceback_only_frames_in_other_cells_stay():
    error = new_output("error", ename="ValueError", evalue="no", traceback=[
        "\x1b[31mValueError\x1b[0m  Traceback (most recent call last)",
        "\x1b[36mCell\x1b[39m \x1b[36mIn[4]\x1b[39m, line 3\n----> 3 \x1b[38massert\x1b[39m double(-7) == -14",
        "Cell In[2], line 5, in double(x)\n----> 5 raise ValueError('no')",
        "File /somewhere/cnnlab/checks.py:30, in call(function)",
        "\x1b[31mValueError\x1b[39m: no",
    ])
    (cell,) = feedback.safe(graded(error)).cells
    assert cell.outputs[0].traceback == [
        "Cell In[2], line 5, in double(x)\n----> 5 raise ValueError('no')", "ValueError: no"]


@pytest.mark.parametrize("output", [
    new_output("stream", text="spied:\nassert double(-7) == -14, 'negative'\nend"),
    new_output("execute_result", data={"text/plain": "'assert double(-7) == -14, \\'negative\\''".replace("\\'", "'")}),
    new_output("display_data", data={"text/html": "<b>assert double(-7) == -14, 'negative'</b>"}),
    new_output("error", ename="E", evalue="assert double(-7) == -14, 'negative'", traceback=[
        "E: assert double(-7) == -14, 'negative'"]),
])
def test_a_hidden_line_in_any_output_of_any_cell_is_removed(output):
    spy = new_code_cell("print(In[-2])", outputs=[output])
    text = text_of(graded(extra_cells=[spy]))
    assert "-7" not in text and feedback.REMOVED in text


def test_pictures_are_left_alone():
    picture = new_output("display_data", data={"image/png": "iVBORw0KGgo="})
    assert feedback.safe(graded(picture)).cells[0].outputs == [picture]


@pytest.mark.parametrize("html", [
    "<script>alert(1)</script>", "<img src='x' onerror='alert(1)'>", "<iframe src='//evil'></iframe>",
    "<a href='javascript:alert(1)'>x</a>", "<img src='https://evil.example/pixel.png'>",
    "<svg onload=alert(1)></svg>", "<form action='//evil'><input></form>", "<style>body{}</style>",
])
def test_nothing_in_the_page_runs_or_fetches(html):
    cleaned = feedback._without_scripts(f"<p>kept</p>{html}")
    assert "<p>kept</p>" in cleaned
    for word in ("<script", "onerror", "<iframe", "javascript:", "evil.example", "onload", "<form", "<style"):
        assert word not in cleaned


def test_pictures_and_links_survive():
    html = '<img alt="a digit" src="data:image/png;base64,AAAA"><a href="https://example.org">x</a>'
    assert feedback._without_scripts(html).replace(' alt="a digit"', "").count("data:image/png") == 1
    assert 'href="https://example.org"' in feedback._without_scripts(html)


def test_a_student_reads_nothing_of_how_tampering_is_found(tmp_path):
    notebook = graded()
    notebook.cells[0].metadata["autograder"] = {
        "message": "Not as released when the test ran: `numpy.allclose` was replaced.", "flags": ["tampered"],
        "tampered": ["`numpy.allclose` was replaced"]}
    path = tmp_path / "sums.ipynb"
    nbformat.write(notebook, path)
    shown = feedback._notebook(path, None)
    assert shown["messages"] == {"test_double": feedback.LOOKED_AT}
    assert "allclose" not in shown["body"]
