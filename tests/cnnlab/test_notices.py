"""One sentence in place of a traceback, where a cell needs an answer that is not there yet."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from cnnlab import notices
from cnnlab.checks import convolution_arithmetic as check

NOT_DEFINED = "`conv2d` is not defined yet: run the cell with your answer to that task, then run this cell again."
STUB = "def conv2d(x):\n    raise NotImplementedError\n"


@pytest.fixture
def shell(monkeypatch):
    """A shell that keeps what it shows for an error."""
    monkeypatch.delenv(notices.GRADED, raising=False)
    shell = InteractiveShell.instance()
    shell.user_ns["check"] = check
    shell.shown = []
    monkeypatch.setattr(shell, "_showtraceback", lambda kind, error, lines: shell.shown.append((kind.__name__, lines)))
    notices.install()
    yield shell
    InteractiveShell.clear_instance()


def shown(shell, code: str):
    shell.run_cell(code)
    ((name, lines),) = shell.shown
    return name, " ".join(lines)


@pytest.mark.parametrize("code", ["check.conv2d(conv2d)", "print(conv2d)", "def show():\n    return conv2d(1)\nshow()"])
def test_a_cell_that_needs_an_answer_which_was_not_run_says_so(shell, code):
    assert shown(shell, code) == ("NameError", NOT_DEFINED)


@pytest.mark.parametrize("code", [STUB + "conv2d(3)", STUB + "class Two:\n    def go(self):\n        return conv2d(3)\nTwo().go()"])
def test_a_cell_that_needs_an_answer_which_was_not_attempted_says_so(shell, code):
    name, line = shown(shell, code)
    assert name == "NotImplementedError" and line.startswith("conv2d: not attempted yet. This cell uses your answer.")


@pytest.mark.parametrize("code, end", [
    ("conv2D", "name 'conv2D' is not defined"), ("np.zeros(3)", "name 'np' is not defined"),
    ("def mine(x):\n    raise NotImplementedError\nmine(3)", "NotImplementedError"),
    ("def conv2d(x):\n    raise NotImplementedError('only grey images')\nconv2d(3)", "only grey images"),
    ("int.nothing", "type object 'int' has no attribute 'nothing'"),
])
def test_every_other_error_is_shown_as_ever(shell, code, end):
    _, lines = shown(shell, code)
    assert "Traceback (most recent call last)" in lines and end in lines.splitlines()[-1]


def test_the_code_of_a_check_is_not_shown(shell):
    """An error of the answer shows the cell and the answer, and how the check called it."""
    code = "def stack_cost(kernels, channels, height, width, bias=True):\n    return kernels[9]\ncheck.stack_cost(stack_cost)"
    name, lines = shown(shell, code)
    lines = re.sub(r"\x1b\[[\d;]*m", "", lines)
    assert name == "IndexError" and "return kernels[9]" in lines and "check.stack_cost(stack_cost)" in lines
    assert "Your answer raised this when the check called stack_cost(kernels=" in lines
    assert "checks.call(" not in lines and "expected" not in lines and "handed" not in lines


def test_while_a_notebook_is_graded_nothing_changes(monkeypatch):
    monkeypatch.setenv(notices.GRADED, "autograde")
    shell = InteractiveShell.instance()
    try:
        notices.install()
        assert shell.custom_exceptions == ()
    finally:
        InteractiveShell.clear_instance()
