"""What the repair reads in the text of a cell: whether it is whole, and what it defines and needs."""

import pytest

from autograder.repair import text as texts

KNOWN = frozenset({"np", "helper"})


@pytest.mark.parametrize("text", [
    "def double(x):\n    return 2 * x",
    "def double(x):\n    return helper(np.abs(x))",
    "def sign(x):\n    if x < 0:\n        return -1\n    return 1",
    "def total(n):\n    try:\n        return sum(n)\n    except TypeError:\n        raise\n    finally:\n        print(n)",
    "class Circle:\n    SIDES = 0\n    def area(self):\n        return 3 * self.r",
    "%time\nnumber = len('abc')",
])
def test_what_is_likely_to_have_been_written_as_a_whole(text):
    assert texts.plausible(text, KNOWN)


@pytest.mark.parametrize("text", [
    "def double(x):\n    return 2 * x\n    return total / count",  # two names that nobody knows
    "def double(x):\n    return 2 * x\n    x += 1",  # would never run
    "def sign(x):\n    if x < 0:\n        return -1\n        x = 3\n    return 1",
    "def sign(x):\n    for one in x:\n        pass\n    else:\n        raise ValueError\n        x = 3",
    "def double(x):\n    x = 2 * x\nreturn x",  # outside of a function
    "def double(x):\n    return 2 *",
    "def double(x):\n    return unknown(x)",
])
def test_what_is_not(text):
    assert not texts.plausible(text, KNOWN)


def test_an_argument_and_a_builtin_are_no_unknown_names():
    assert texts.plausible("def f(*given, other=1, **named):\n    return [one for one in given], len(named), other", frozenset())


@pytest.mark.parametrize("text, other, does", [
    ("SQUARE = 2", "def area(r):\n    return 3 * r ** SQUARE", True),
    ("import math", "def area(r):\n    return math.pi * r * r", True),
    ("def half(x):\n    return x / 2", "def area(d):\n    return 3 * half(d) ** 2", True),
    ("SQUARE = 2", "def area(r):\n    return 3 * r * r", False),  # nothing of it is used
    ("SQUARE = 2", "SQUARE = 3\ndef area(r):\n    return r ** SQUARE", False),  # it has its own
    ("SQUARE = 2\nprint(SQUARE)", "def area(r):\n    return r ** SQUARE", False),  # does more than binding
    ("SQUARE = 2", "def area(r):\n    return r **", False),  # no Python
])
def test_a_text_helps_another_that_uses_what_it_binds(text, other, does):
    assert texts.helps(text, other) is does


@pytest.mark.parametrize("text, names", [
    ("import math, os.path\nfrom cnnlab import checks as c", {"math", "os", "c"}),
    ("number, (other, *rest) = 1, (2, 3)\nlist_[0] = 4", {"number", "other", "rest"}),
    ("for one in range(3):\n    last = one", {"one", "last"}),
    ("def outer():\n    inner = 1\n    global shared\n    shared = 2", {"outer", "shared"}),
    ("%time\nfound = 3", {"found"}),
    ("def broken(x):\n    return (\nclass Other:", {"broken", "Other"}),
    ("", set()),
])
def test_the_names_that_a_text_binds(text, names):
    found = texts.binds(text)
    assert found == names


def test_of_a_test_that_was_changed_only_what_binds_is_an_answers():
    text = "import math\nassert area(1) > 3\ndef area(r):\n    return math.pi * r * r\nprint(area(2))\nSIDE = 4"
    assert texts.bindings(text) == "import math\ndef area(r):\n    return math.pi * r * r\nSIDE = 4"
    assert texts.bindings("def area(r:") == "def area(r:", "no Python is left as it is"
