"""Hints, predictions and progress, as a student asks for them."""

import json
import sys

import pytest

from cnnlab import guide
from cnnlab.checks import convolution_arithmetic as check
from cnnlab.checks import repeating, visible
from cnnlab.guide import hints, overview, texts

STUB = overview.STUB


@pytest.fixture(autouse=True)
def session(monkeypatch, tmp_path):
    """A session that has opened assignment 1, in an empty folder."""
    for name in [name for name in sys.modules if name.startswith(texts.CHECKS)]:
        if name != check.__name__ and (texts.FOLDER / f"{name.removeprefix(texts.CHECKS)}.toml").is_file():
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.delenv(repeating.GRADED, raising=False)
    monkeypatch.setattr(hints, "_given", {})
    monkeypatch.setattr(visible, "_passed", {})
    monkeypatch.chdir(tmp_path)


def said(capsys, function, *arguments) -> str:
    function(*arguments)
    return capsys.readouterr().out


def test_the_notebook_is_the_one_whose_checks_are_imported(monkeypatch):
    assert texts.notebook() == "convolution_arithmetic"
    monkeypatch.delitem(sys.modules, check.__name__)
    with pytest.raises(texts.NothingThere, match="Run the notebook's first cells first"):
        texts.notebook()


def test_three_hints_come_one_at_a_time_and_then_again(capsys):
    def conv2d():
        pass

    first, second, third, again = (said(capsys, guide.hint, conv2d) for _ in range(4))
    assert first.startswith("**conv2d, hint 1 of 3.** Read the table of shapes")
    assert "hint 2 of 3" in second and "\n    for row in range(...):\n" in third, "code keeps its lines"
    assert again == first
    assert "hint 1 of 3" in said(capsys, guide.hint, "pool2d"), "each task counts for itself"


def test_a_class_and_an_object_of_it_name_their_task(capsys):
    kind = type("pool2d", (), {})
    assert "hint 1 of 3" in said(capsys, guide.hint, kind) and "hint 2 of 3" in said(capsys, guide.hint, kind())


def test_a_task_that_is_not_there_is_one_sentence():
    with pytest.raises(texts.NothingThere) as info:
        guide.hint("conv")
    assert str(info.value) == "This notebook has no task called conv. Did you mean conv2d?"
    assert info.value._render_traceback_() == [str(info.value)]


def test_a_course_without_hints_says_so(capsys, monkeypatch):
    monkeypatch.setattr(texts, "hints", lambda notebook: {})
    assert said(capsys, guide.hint, "conv2d") == (
        "There are no hints in this course: your teacher has turned them off.\n")


def test_a_prediction_is_answered(capsys):
    assert said(capsys, guide.reveal, "05-image").startswith("The convolution's parameter count stays the same")
    with pytest.raises(texts.NothingThere, match="no question called 05-images. Did you mean 05-image?"):
        guide.reveal("05-images")


def pass_check(monkeypatch, name: str, answer) -> None:
    """Run a task's visible check on an answer that passes it, with the answer bound in the notebook."""
    monkeypatch.setattr(sys.modules["__main__"], name, answer, raising=False)
    getattr(check, name)(answer)


def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(kernel**2 for kernel in kernels) * channels**2
    return weights + bias * channels * len(kernels), weights * height * width


def test_progress_counts_what_has_passed_in_this_session(capsys, monkeypatch):
    assert "for 0 of 7 tasks: 0 of 20 points so far" in said(capsys, guide.progress)
    pass_check(monkeypatch, "stack_cost", stack_cost)
    capsys.readouterr()
    lines = said(capsys, guide.progress).splitlines()
    assert lines[6] == "  7. stack_cost        ★☆☆  2 points  visible checks pass"
    assert lines[0].endswith("not passed yet") and "for 1 of 7 tasks: 2 of 20 points so far" in lines[7]


def test_an_answer_that_was_changed_since_counts_no_more(capsys, monkeypatch):
    pass_check(monkeypatch, "stack_cost", stack_cost)
    monkeypatch.setattr(sys.modules["__main__"], "stack_cost", lambda: None)
    assert "for 0 of 7 tasks" in said(capsys, guide.progress)


def written(text: str, name: str = "convolution_arithmetic.ipynb") -> None:
    cells = [{"source": text, "metadata": {"nbgrader": {"grade_id": "written_question"}}}]
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"cells": cells}, file)


@pytest.mark.parametrize("text, said_of_it", [
    (f"**1.** (1 point)\n\n{STUB}\n\n**2.** (2 points)\n\n{STUB}\n", "parts 1 and 2 are still empty."),
    (f"**1.** (1 point)\n\nBecause.\n\n**2.** (2 points)\n\n{STUB}\n", "part 2 is still empty."),
    ("**1.** (1 point)\n\nBecause.\n\n**2.** (2 points)\n\nTherefore.\n", "nothing is empty in the notebook as it was last saved."),
    (STUB, "still empty."), ("  ", "still empty."), ("Because.", "nothing is empty in the notebook as it was last saved."),
])
@pytest.mark.parametrize("by", ["name", "Jupyter"])
def test_progress_reads_the_written_questions_from_the_file(capsys, monkeypatch, text, said_of_it, by):
    whole = texts.texts("convolution_arithmetic")
    monkeypatch.setattr(texts, "texts", lambda notebook: whole | {"written": {"written_question": {"points": 3}}})
    if by == "Jupyter":
        monkeypatch.setenv("JPY_SESSION_NAME", "/elsewhere/my copy.ipynb")
    written(text, "my copy.ipynb" if by == "Jupyter" else "convolution_arithmetic.ipynb")
    assert said(capsys, guide.progress).splitlines()[-1] == f"Written question (3 points, graded by hand): {said_of_it}"


@pytest.mark.parametrize("content", [None, "{", '{"cells": 3}', '{"cells": []}'])
def test_a_notebook_that_cannot_be_read_is_no_error(capsys, monkeypatch, tmp_path, content):
    whole = texts.texts("convolution_arithmetic")
    monkeypatch.setattr(texts, "texts", lambda notebook: whole | {"written": {"written_question": {"points": 1}}})
    if content is not None:
        (tmp_path / "convolution_arithmetic.ipynb").write_text(content)
    assert said(capsys, guide.progress).splitlines()[-1].startswith(
        "Written question (1 point, graded by hand): the saved notebook cannot be read from here")


def test_nothing_is_kept_while_a_notebook_is_graded(monkeypatch):
    monkeypatch.setenv(repeating.GRADED, "autograde")
    pass_check(monkeypatch, "stack_cost", stack_cost)
    assert not visible.passed_answers()
