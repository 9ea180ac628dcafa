"""`autograder check`: each kind of finding is found in a skeleton that was spoilt, and nothing in the skeleton itself."""

import shutil
from dataclasses import replace

import nbformat
import pytest
from conftest import REPOSITORY
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from typer.testing import CliRunner

from autograder import audit, cli
from autograder import course as courses
from autograder.authoring import build, new
from autograder.check import giveaway, messages, numbers, pictures, runner, seconds, tasks
from autograder.errors import UserError
from autograder.grading import worker
from cnnlab import checks


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    (root / "solutions").mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    (root / "course.toml").write_text('[course]\npackage = "cnnlab"\n')
    course = courses.load(root)
    new.new(course, "ps1")
    yield course
    worker.close_server()


@pytest.fixture
def spoilt(course):
    """The skeleton's bank after some texts of the notebook were replaced."""
    def spoil(*changes: tuple[str, str]) -> audit.Bank:
        path = course.source / "ps1" / "ps1.py"
        text = path.read_text()
        changed = text
        for before, after in changes:
            assert before in changed, before
            changed = changed.replace(before, after)
        try:
            path.write_text(changed)
            return audit.read(course, "ps1")
        finally:
            path.write_text(text)
    return spoil


def said(findings) -> list[str]:
    return [f"{one.cell}: {one.what}" for one in findings if not one.note]


HIDDEN = "### BEGIN HIDDEN TESTS\n", "### END HIDDEN TESTS\n"
VISIBLE = "expect_moving_average(moving_average, signal, 2"
START = "from collections.abc import Callable, Mapping, Sequence\n"  # the first line of the test


@pytest.mark.parametrize("changes, expected", [
    ([], []),
    ([('"points": 2', '"points": 0')], ["test_moving_average: It gives no points."]),
    ([("    ### BEGIN SOLUTION\n", ""), ("    ### END SOLUTION\n", "")], ["moving_average: It becomes no stub."]),
    ([(HIDDEN[0], ""), (HIDDEN[1], "")],
     ["test_moving_average: It has no hidden part: what merely fits the visible one keeps its points."]),
    ([(START, HIDDEN[0] + START), ("moving_average)\n" + HIDDEN[0], "moving_average)\n")],
     ["test_moving_average: It has no visible part: a student learns nothing from it."]),
    ([('"grade_id": "moving_average", "locked": false, "schema_version": 3, "solution": true',
       '"grade_id": "moving_average", "locked": true, "schema_version": 3, "solution": false')],
     ["test_moving_average: There is no answer cell before it."]),
    ([('"grade": true', '"grade": false')],
     ["the notebook: It has no task.", "moving_average: It has no test."]),
])
def test_what_a_task_lacks(spoilt, course, changes, expected):
    folder = course.source / "ps1" / "answers"
    bankless = any("no answer cell" in one or "no task" in one for one in expected)
    if bankless:  # a bank of no task is an error of its own
        folder = folder.rename(folder.with_name("elsewhere"))
    try:
        assert said(tasks.find(spoilt(*changes))) == expected
    finally:
        if bankless:
            folder.rename(folder.with_name("answers"))


def test_a_bank_that_is_too_small(spoilt):
    bank = spoilt()
    small = replace(bank, answers={"moving_average": bank.answers["moving_average"][:3]})
    assert said(tasks.find(small)) == [
        "moving_average: The bank should have at least 4 right answers; it has 3.",
        "moving_average: The bank should have at least 12 wrong answers; it has 0."]


@pytest.mark.parametrize("before, after, problem", [
    ("checks.close(averages", "assert len(averages)\n    checks.close(averages", "An assert has no message."),
    ("checks.close(averages", "checks.true(places, 'wrong.')\n    checks.close(averages",
     "The message 'wrong.' begins in lower case."),
    ("checks.close(averages", "checks.true(places, f'Wrong at {places} places')\n    checks.close(averages",
     "The message 'Wrong at {} places' does not end with a full stop."),
    ("has to be divided by its width\": [", "has to be divided by its width.\": [",
     "The message 'the sum of a window has to be divided by its width.' is a likely cause and ends with a full stop."),
    ("Work this signal out by hand, window by window.", "Work this signal out by hand, window by window",
     "The message 'Work this signal out by hand, window by window' does not end with a full stop."),
    ("checks.call(moving_average, values, width)",
     "checks.call_with_advice(moving_average, (values, width), advice={ValueError: 'Try this', TypeError: 'Divide.'})",
     "The message 'Try this' does not end with a full stop."),
    ("[6, 13, 10, 4, 10]", "[3, 6.5, 5, 2, 5]",
     "The likely cause 'the sum of a window has to be divided by its width' is given for the expected value itself."),
    ("\"the last window is missing; a", "\"The last window is missing; a",
     "The message 'The last window is missing; a window of w has n - w + 1 positions' is a likely cause "
     "and begins with a capital letter."),
])
def test_messages_that_are_no_sentences(spoilt, before, after, problem):
    assert said(messages.find(spoilt((before, after)))) == [f"test_moving_average: {problem}"]


@pytest.mark.parametrize("message", [
    "'The sum is {}.'.format(places)", "f'{places} are too many.'", "'moving_average(x) is wrong.'",
    "'values should be an array.'", "'the array is wrong.'", "'It is.' if places else 'It is not.'",
])
def test_messages_that_are_sentences(spoilt, message):
    assert said(messages.find(spoilt(
        ("checks.close(averages", f"checks.true(places, {message})\n    checks.close(averages")))) == []


def test_the_module_of_the_visible_checks_is_read_as_well(spoilt):
    module = "def moving_average(answer):\n    checks.true(answer, 'No full stop')\n    checks.true(answer, 'answer is wrong.')\n"
    assert said(messages.find(replace(spoilt(), checks={"ps1.py": module}))) == [
        "ps1.py: The message 'No full stop' does not end with a full stop."]


def test_an_article_at_the_start_of_a_message_gets_a_capital_letter():
    with pytest.raises(checks.CheckFailed, match=r"^The mean: expected 1, got 2\.$"):
        checks.same(2, 1, "the mean")
    with pytest.raises(checks.CheckFailed, match=r"^mean\(3\): expected 1, got 2\.$"):
        checks.same(2, 1, "mean(3)")


def picture(alt: str | None) -> nbformat.NotebookNode:
    metadata = {} if alt is None else {"image/png": {"alt": alt}}
    return new_code_cell("draw()", outputs=[new_output("display_data", {"image/png": "aGk="}, metadata=metadata)])


@pytest.mark.parametrize("cell, expected", [
    (picture("A blue line that rises from left to right."), []),
    (picture("a line"), ["cell 1 (draw() …): A picture has only the alternative text 'a line'."]),
    (picture(None), ["cell 1 (draw() …): A picture has no alternative text."]),
    (new_markdown_cell("See ![a kernel](kernel.png)"), []),
    (new_markdown_cell("See ![](kernel.png)"), [
        "cell 1 (See ![](kernel.png) …): The picture kernel.png has no alternative text."]),
])
def test_pictures(cell, expected):
    assert said(pictures.find(new_notebook(cells=[cell]))) == expected


@pytest.mark.parametrize("text, stated", [
    ("The whole notebook runs in about 15 seconds.", 15), ("**About three seconds** at the budget.", 3),
    ("about a minute and a half, of which about 50 seconds are training", 90), ("About half a second.", 0.5),
    ("the second of two", None), ("in 1998", None),
])
def test_a_stated_time(text, stated):
    assert seconds.stated(text) == stated


@pytest.mark.parametrize("opening, section, took, expected", [
    ("It runs in about 30 seconds.", "About 10 seconds.", {"a": 18.0, "b": 12.0}, []),
    ("It runs in about 30 seconds.", "About 10 seconds.", {"a": 2.0, "b": 12.0}, [
        "It says that everything runs in about 30 seconds, but that took 15 seconds."]),
    ("It runs in about 30 seconds.", "About 10 seconds.", {"a": 5.0, "b": 25.0}, [
        "It says about 10 seconds of the code below, but that took 25 seconds."]),
    ("It runs in about 30 seconds.", "Look.", {"a": 5.0, "b": 25.0}, [
        "The code below it takes 25 seconds, and nothing says so."]),
    ("About 75 minutes to read.", "Look.", {"a": 1.0}, ["It does not say how long everything runs."]),
    ("It runs in about 2 seconds.", "Look.", {}, []),
])
def test_stated_and_measured_times(opening, section, took, expected):
    first, second = new_code_cell("1", id="a"), new_code_cell("2", id="b")
    notebook = new_notebook(cells=[new_markdown_cell(opening), first, new_markdown_cell(section), second])
    assert [one.what for one in seconds.find(notebook, took)] == expected


@pytest.mark.parametrize("text, found", [
    ("so 5·5·6·16 + 16 = 2,416 weights", [("5·5·6·16 + 16", "=", "2,416", 2416)]),
    ("together **16 − 6 = 11**.", [("16 − 6", "=", "11", 10)]),
    ("n = 5 − 3 + 1 = 3", [("5 − 3 + 1", "=", "3", 3)]), ("about 255² = 65,000", [("255²", "≈", "65,000", 65025)]),
    ("(9 + 1) · 2 = 20", [("(9 + 1) · 2", "=", "20", 20)]), ("w² + 36,992 = 64,992", []), ("√2 · 2 = 2.83", []),
    ("1 + 1 = 4 / 2", []), ("x₁ = 5", []),
])
def test_calculations_in_prose(text, found):
    assert list(numbers.calculations(text)) == found


@pytest.mark.parametrize("value, right, sign, holds", [
    (2416, "2,416", "=", True), (2416, "2,417", "=", False), (1 / 3, "0.333", "=", True), (1 / 3, "0.34", "=", True),
    (1 / 3, "0.35", "=", False), (3969, "4,000", "≈", True), (3969, "4,000", "=", False), (3400, "4,000", "≈", False),
])
def test_equal_to_the_digits_that_are_written(value, right, sign, holds):
    assert numbers.equal(value, right, sign) is holds


@pytest.mark.parametrize("text, listed, expected", [
    ("There are 60,000 digits and 61,706 weights.", {}, []),  # one in the code, one in an output
    ("In 1998 it was new: 50·100 = 5,000, and 7×7×512 makes 25,088.", {}, []),
    ("**There are** 60,001 digits.", {}, ["cell 1 (There are 60,001 digits. …): 60,001 stands in no code and no output."]),
    ("There are 60,001 digits.", {"60,001": "a miscount, see the errata"}, []),
    ("No number.", {"60,001": "a miscount, see the errata"}, ["numbers.toml: 60,001 is listed and needs not be."]),
    ("It is 2 + 2 = 5.", {}, ["cell 1 (It is 2 + 2 …): 2 + 2 = 5 is wrong: it is 4."]),
    ("See https://example.org/12345 and arXiv:1603.07285.\n\n## Further reading\n\n12,345 pages.", {}, []),
])
def test_numbers_in_prose(text, listed, expected):
    code = new_code_cell("load(60_000)", outputs=[new_output("stream", text="61,706 weights\n")])
    assert said(numbers.find(new_notebook(cells=[new_markdown_cell(text), code]), listed)) == expected


def test_small_numbers_are_notes():
    (one,) = numbers.find(new_notebook(cells=[new_markdown_cell("There are 17 of them.")]), {})
    assert one.note and one.what == "17 stands in no code and no output."


@pytest.mark.parametrize("text, problem", [
    ("60,000 = 'x'", "is not valid TOML"), ('"60,000" = "MNIST"', "should say in a few words where 60,000 comes from")])
def test_a_list_of_numbers_that_cannot_be_read(tmp_path, text, problem):
    path = tmp_path / numbers.LISTED
    path.write_text(text)
    with pytest.raises(UserError, match=problem):
        numbers.read(path)


EQUAL = "equal = checks.call(moving_average, np.full(6, 4.0), 3)"
HIDDEN_CALL = "    expect_moving_average(moving_average, unseen, wide, sums / wide, {"


@pytest.mark.parametrize("changes, expected", [
    ([], []),
    # The hidden part calls what the visible one did: a table of that has it all.
    ([(HIDDEN_CALL, "    expect_moving_average(moving_average, signal, 2, [3, 6.5, 5, 2, 5], {"),
      (EQUAL, "equal = np.full(4, 4.0)")],
     ["test_moving_average: Its visible part gives the answer away: a table of what it shows keeps 2 of 2 points."]),
    ([("checks.array(checks.call(moving_average, values, width)", "checks.array(values[:positions]"),
      (EQUAL, "equal = np.full(4, 4.0)"),
      ("checks.close(averages, expected, what, causes, rule=rule)", "pass")],
     ["test_moving_average: The stub keeps 2 of 2 points."]),
    ([("checks.call(moving_average, values, width)", "values if True else 0")],
     ["test_moving_average: To the stub it does not say that the task was not attempted, but: "]),
])
def test_what_stubs_and_tables_get(course, spoilt, changes, expected):
    found = said(giveaway.find(course, spoilt(*changes)))
    assert [one[:len(start)] for one, start in zip(found, expected, strict=True)] == expected


def test_a_class_has_no_table(course, spoilt):
    bank = spoilt(("def moving_average(", "class Averager: pass\n\n\ndef moving_average("),
                  (START, "Averager()\n" + START))
    assert [one.note for one in giveaway.find(course, bank)] == [True]


def test_a_notebook_that_was_not_built(course, spoilt):
    (one,) = runner._built(course, spoilt(), {}, lambda text: None)
    assert str(one) == ("ps1.ipynb: It is missing, or older than its text notebook: pictures, run times and numbers "
                        "were not looked at. Run `autograder build ps1`.")


def test_the_build_keeps_the_seconds_that_cells_took(course, tmp_path):
    text = course.source / "slow" / "slow.py"
    text.parent.mkdir()
    text.write_text("# %%\nimport time\ntime.sleep(0.6)\n\n# %%\nprint(1)\n")
    try:
        build.build(course, "slow")
        notebook = nbformat.read(text.with_suffix(".ipynb"), 4)
        assert list(notebook.metadata.autograder_build.seconds) == [notebook.cells[0].id]
        assert notebook.metadata.autograder_build.seconds[notebook.cells[0].id] >= 0.6
        assert list(build.measure(course, "slow")) == [notebook.cells[0].id]
    finally:
        shutil.rmtree(text.parent)


@pytest.mark.parametrize("command, goes_on", [
    (["check", "ps1"], False), (["grade", "ps1", "--submissions", "s", "--out", "o"], True)])
def test_what_is_said_after_an_interruption(course, monkeypatch, command, goes_on):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(courses, "load", interrupted)
    done = CliRunner().invoke(cli.app, command)
    assert done.exit_code == 130
    assert " ".join(done.output.split()) == f"Interrupted.{' ' + cli.GOES_ON if goes_on else ''}"
