"""A graded notebook as people see it: from the first hidden test on, nothing left by the run is shown."""

import json

import nbformat
import pytest
from conftest import AREA, mark, submission
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder import jobs, records
from autograder.grading import worker
from autograder.jobs import Score
from autograder.notebooks import RELEASED
from autograder.results.redaction import HERE, NOT_SHOWN, redacted

SECRET = "-7"


@pytest.fixture(scope="module")
def graded(version, course):
    """A function that grades answers and returns the redacted notebook, with own cells at the beginning and the end."""
    setup = jobs.Setup(versions={"sums": nbformat.writes(version)}, limits=course.settings.limits, root=str(course.root))

    def of(double: str, before: str = "", last: str = "", area: str = AREA) -> nbformat.NotebookNode:
        made = submission(version, double=double, area=area)
        made.cells.insert(0, new_code_cell(before or "pass"))
        made.cells.append(new_code_cell(last or "pass", outputs=[new_output("stream", text="as handed in")]))
        for cell in made.cells:
            if cell.cell_type == "code" and "nbgrader" in cell.metadata:
                cell.outputs = [new_output("stream", text="theirs")]
        result = worker.grade_one(setup, jobs.Submission("ada", "sums", (("sums.ipynb", json.dumps(made).encode()),)))
        notebook = nbformat.reads(result.notebook.decode(), as_version=4)
        nbformat.validate(notebook)
        return notebook

    yield of
    worker.close_server()


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def message(notebook, name="test_double") -> str:
    return records.of(cell_of(notebook, name)).message


def without_sources(notebook) -> str:
    """Return everything in a notebook except the text and ids of its cells."""
    kept = [{key: value for key, value in cell.items() if key not in ("source", "id")} for cell in notebook.cells]
    return json.dumps([kept, notebook.metadata])


HANDS_ON = {  # ways for a function to pass on its argument
    "prints": "print('called with', x)", "warns": "import warnings; warnings.warn(f'called with {x}')",
    "raises": "x < 0 and exec('raise ValueError(x)')", "asserts": "assert x > 0, f'called with {x}'",
    "names its error": "if x < 0: raise type(f'E{x}', (Exception,), {})('y')",
    "asks for a key": "{1: 1}[abs(x)]", "displays": "display(x)",
    "draws": "from IPython.display import SVG; display(SVG(f'<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{x}</text></svg>'))",
    "shows an error": "get_ipython().showtraceback((ValueError, ValueError(x), None))",
    "runs a cell": "get_ipython().run_cell(f'raise ValueError({x})')",
    "counts": "get_ipython().execution_count = x if x < 0 else 3",
    "updates": "from IPython.display import update_display; update_display(f'{x}', display_id='mine')",
    "clears": "from IPython.display import clear_output; clear_output(); print(x)",
    "publishes": "get_ipython().display_pub.publish({'text/plain': str(x)}, metadata={'x': x}, transient={'display_id': 'mine'})",
    "sends an error": "get_ipython().kernel.send_response(get_ipython().kernel.iopub_socket, 'error', "
                      "{'ename': f'E{x}', 'evalue': f'{x}', 'traceback': [f'{x}']})",
}


@pytest.mark.parametrize("how", HANDS_ON)
def test_what_a_hidden_test_calls_is_nowhere(graded, how):
    notebook = graded(
        f"seen = []\ndef double(x):\n    seen.append(x)\n    {HANDS_ON[how]}\n    return 2 * x",
        before="from IPython.display import display\ndisplay('before', display_id='mine')",
        last="print(seen, double(3))\nopen('seen', 'w').write(str(seen))\nraise ValueError(seen)",
        area="print(seen)\ndef area(r):\n    return seen[-1]\nraise ValueError(seen)")
    assert SECRET not in without_sources(notebook), how
    assert "before" in without_sources(notebook), "what ran before a hidden test is shown as it ran"


def test_outputs_behind_a_hidden_test_are_those_that_were_handed_in(graded):
    notebook = graded("def double(x):\n    return 2 * x", before="print('ran')", last="print('ran')")
    assert notebook.cells[0].outputs[0].text == "ran\n"
    assert notebook.cells[-1].outputs[0].text == "as handed in"
    assert cell_of(notebook, "double").outputs == [], "it ran, and printed nothing"
    assert cell_of(notebook, "area").outputs[0].text == "theirs"
    assert cell_of(notebook, "test_double").outputs == []


def test_a_test_has_the_text_that_students_got(graded):
    source = cell_of(graded("def double(x):\n    return 2 * x"), "test_double").source
    assert source == f"assert double(1) == 2, 'one doubled is two'\n{HERE}"


def test_before_anything_hidden_ran_errors_are_shown_as_they_were(graded):
    assert message(graded("def double(x):\n    return 3")) == "one doubled is two"
    assert message(graded("def double(x):\n    return {1: 1}[x + 4]")) == "KeyError: 5"


def test_afterwards_the_kind_and_the_students_line(graded):
    assert message(graded("def double(x):\n    y = 2 * x\n    return y if y > 0 else [][y]")) == (
        "Line 3 of the cell 'double', `return y if y > 0 else [][y]`, raised IndexError (sequence index out of range).")
    assert message(graded("def double(x):\n    return 2")) == NOT_SHOWN
    broken = graded("def double(x):\n    return 2 * x", area="def area(r:\n    return r")
    assert message(broken, "test_area") == "The answer cell raised SyntaxError: '(' was never closed (line 1 of the cell)."
    visible = graded("def double(x):\n    return 2 * x", area="def area(r):\n    return 0")
    assert message(visible, "test_area") == "the unit circle"


def made(test: str, released: str, raised: dict, ename="AssertionError", evalue="4711") -> str:
    """Return the message that a student gets for a failed test that follows a hidden one."""
    first = new_code_cell("1", execution_count=1, metadata={RELEASED: ""})
    cell = new_code_cell(test, execution_count=2, metadata=mark("test_x", points=1, locked=True) | {RELEASED: released})
    cell.metadata["autograder"] = {"outcome": "ran", "raised": raised}
    cell.outputs = [new_output("error", ename=ename, evalue=evalue, traceback=[evalue])]
    notebook = redacted(new_notebook(cells=[first, cell]), [Score("test_x", 0.0, 1.0, "failed", (), "4711")], [[], []])
    assert "4711" not in json.dumps(notebook)
    return records.of(notebook.cells[1]).message


@pytest.mark.parametrize("line, said", [
    ("assert f(1) == 2, 'two'", "two"), ("assert f(1) == 2, f'not {f(1)}!'", "not …!"),
    ("assert f(1) == 2", "This does not hold: `assert f(1) == 2`."),
    ("assert f(1) == 2, str(f(1))", "This does not hold: `assert f(1) == 2, str(f(1))`."),
])
def test_of_the_visible_part_its_text_is_shown_without_values(line, said):
    assert made(f"{line}\nassert f(5) == 4711", line, {"line": 1}) == said


def test_a_visible_line_that_runs_in_a_loop_around_hidden_ones_is_not_before_them():
    test, released = "for k in (1, 2):\n    assert f(k)\n    assert f(4711)", "for k in (1, 2):\n    assert f(k)"
    cell = new_code_cell(test, execution_count=1, metadata=mark("test_x", points=1, locked=True) | {RELEASED: released})
    cell.metadata["autograder"] = {"outcome": "ran", "raised": {"line": 2}}
    cell.outputs = [new_output("error", ename="AssertionError", evalue="4711", traceback=["4711"])]
    notebook = redacted(new_notebook(cells=[cell]), [Score("test_x", 0.0, 1.0, "failed", (), "4711")], [[]])
    assert "4711" not in json.dumps(notebook)


def test_a_checks_own_message_is_shown_and_cut():
    assert made("check()", "", {"check": "double(3): expected 6, got 5.", "line": 1}) == "double(3): expected 6, got 5."
    assert len(made("check()", "", {"check": "x" * 2000, "line": 1})) < 600
    assert made("check()", "", {"check": f"expected 6, got {'8' * 90}.", "line": 1}) == f"expected 6, got {'8' * 25}…."


@pytest.mark.parametrize("name, said", [
    ("ValueError", "A check ended with ValueError (inappropriate argument value (of correct type))."),
    ("LinAlgError", "A check ended with LinAlgError."), ("E4711", "A check ended with an error."),
    ("print", "A check ended with an error."),
])
def test_an_errors_name_is_one_that_is_known(name, said):
    assert made("check()", "", {"line": 1}, ename=name) == said


def shown_of_a_finding(finding: str) -> str:
    cell = new_code_cell("1", metadata=mark("test_x", points=1, locked=True) | {RELEASED: ""}, execution_count=1)
    cell.metadata["autograder"] = {"outcome": "ran", "tampered": [finding]}
    return json.dumps(redacted(new_notebook(cells=[cell]), [Score("test_x", 0.0, 1.0, "failed", ("tampered",), finding)], [[]]))


def test_tampering_is_not_explained():
    text = shown_of_a_finding("`numpy.allclose` was replaced")
    assert "allclose" not in text and "Your teacher looks at it." in text


@pytest.mark.parametrize("finding, said", [
    ("the notebook called gc.get_objects", "Your notebook calls `gc.get_objects`"),
    ("the answer asked for a frame (tb_frame), and frames lead to the test's own variables", "`tb_frame`"),
    ("the answer forked the process in which its test ran", "Your answer starts another process"),
    ("a thread of the notebook is still running", "A thread of your notebook"),
])
def test_what_can_be_honest_is_named(finding, said):
    text = shown_of_a_finding(f"Not as released when the test ran: {finding}.")
    assert said in text and "take that out" in text


def test_texts_and_their_pictures_are_made_harmless():
    own = new_markdown_cell("<script>x</script> ![a](attachment:a.png) ![b](attachment:b.png)")
    own.attachments = {"a.png": {"image/png": "iVBORw0KGgo=", "text/html": "<script>"}}
    locked = new_markdown_cell("<b class='x'>ours</b>", metadata=mark("text", locked=True))
    first, second = redacted(new_notebook(cells=[own, locked]), [], [[], []]).cells
    assert "<script" not in first.source and first.source.endswith("![a](attachment:picture-1) ![b](left-out:b.png)")
    assert first.attachments == {"picture-1": {"image/png": "iVBORw0KGgo="}}
    assert second.source == locked.source
