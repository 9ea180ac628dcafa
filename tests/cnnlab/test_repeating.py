"""A message writes the call as a person would, and says how a student repeats it."""

import numpy as np
import pytest

from cnnlab import checks
from cnnlab.checks import repeating


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    """No call is remembered yet, and nothing is graded."""
    monkeypatch.delenv(repeating.GRADED, raising=False)
    monkeypatch.setattr(repeating, "_last", {})


def conv2d(image, kernels, stride=(1, 1), padding=(0, 0)):
    return image * 2


class Block:
    def __init__(self, filters, sizes=(3,)):
        self.filters = filters

    def call(self, maps, training=False):
        return maps


IMAGE, KERNELS = np.arange(6).reshape(2, 3), np.ones((3, 3, 1, 2), "float32")


def test_arrays_appear_as_their_parameter_and_what_follows_them_is_named():
    assert checks.describe_call(conv2d, (IMAGE, KERNELS, (2, 2)), {"padding": (1, 1)}) == (
        "conv2d(image, kernels, stride=(2, 2), padding=(1, 1))")
    assert checks.describe_call(conv2d, (3, KERNELS, 2)) == "conv2d(3, kernels, stride=2)", "it can be pasted"


def test_numbers_texts_lists_and_dicts_are_written_out():
    assert checks.describe_call(conv2d, (7, [1, 2.5], "same", {"a": None})) == (
        "conv2d(image=7, kernels=[1, 2.5], stride='same', padding={'a': None})")
    assert checks.describe_call(conv2d, ((5,), [list(range(40))])) == "conv2d((5,), kernels)", "a long list is an object"


def test_classes_and_methods():
    assert checks.describe_call(Block, (5, (3, 3))) == "Block(filters=5, sizes=(3, 3))"
    assert checks.describe_call(Block(1).call, (IMAGE,), {"training": True}) == "call(maps, training=True)"


def test_without_names_an_array_is_its_shape():
    assert checks.describe_call(abs, ((np.eye(3), np.zeros(2)), 1)) == (
        "abs(tuple of array of shape (3, 3), array of shape (2,), 1)")
    assert checks.describe_call(abs, ([np.float64(1), np.zeros((1, 2))],)) == "abs(list of 1.0, array of shape (1, 2))"
    assert checks.describe_call(abs, (number for number in [1])) == "abs(1)"
    assert checks.describe_call(abs, (iter(""), "two\nlines")) == "abs(<str_ascii_iterator object>, 'two\\nlines')"


def test_a_class_of_a_students_decides_nothing():
    class Kind(type):
        def __eq__(cls, other):
            raise RuntimeError("asked")

        __hash__ = type.__hash__

    class Value(metaclass=Kind):
        def __repr__(self):
            raise RuntimeError("asked")

    assert checks.describe_call(conv2d, (Value(), IMAGE)) == "conv2d(image, kernels)"


def shown(function, *arguments):
    """What a notebook shows of a check that this call does not pass."""
    with pytest.raises(checks.CheckFailed) as info:
        returned = checks.call(function, *arguments)
        checks.close(returned, np.asarray(arguments[0]), checks.describe_call(function, arguments))
    return "\n".join(info.value._render_traceback_()), str(info.value)


def test_small_arrays_stand_side_by_side_and_the_call_can_be_repeated():
    text, message = shown(conv2d, IMAGE, KERNELS)
    assert text == (
        "conv2d(image, kernels): 5 of 6 values are wrong; at [1, 2] expected 5, got 10.\n"
        "    expected     returned\n"
        "    [[0 1 2]     [[ 0  2  4]\n"
        "     [3 4 5]]     [ 6  8 10]]\n"
        "    image: array of shape (2, 3), dtype int64\n"
        "    kernels: array of shape (3, 3, 1, 2), dtype float32\n"
        "To repeat this call: from cnnlab.checks import given; conv2d(**given())")
    assert message == text.partition("\n")[0], "the message itself is one sentence"
    space = {"conv2d": conv2d}
    exec("from cnnlab.checks import given; result = conv2d(**given())", space)
    assert (space["result"] == IMAGE * 2).all()


def test_a_call_without_arrays_is_its_own_line():
    text, _ = shown(conv2d, 3, 4)
    assert text.endswith("\nTo repeat this call: conv2d(image=3, kernels=4)")


def test_what_is_given_can_be_changed_without_harm():
    shown(conv2d, IMAGE, KERNELS)
    checks.given()["image"][:] = 0
    assert (checks.given()["image"] == IMAGE).all() and IMAGE.any()


def test_large_arrays_are_not_printed():
    text, _ = shown(conv2d, np.ones((9, 9)), KERNELS)
    assert "expected 1, got 2" in text and "returned\n" not in text


def test_an_error_of_the_answer_says_how_to_repeat_the_call():
    def breaks(x, y=0):
        return 1 // y

    with pytest.raises(ZeroDivisionError) as info:
        checks.call(breaks, 1, y=0)
    assert info.value.__notes__ == ["Your answer raised this when the check called breaks(x=1, y=0).\n"
                                    "To repeat this call: breaks(x=1, y=0)"]


def test_a_message_on_something_else_says_nothing_of_the_last_call():
    shown(conv2d, IMAGE, KERNELS)
    assert checks.CheckFailed("VGG has no layer.")._render_traceback_() == ["VGG has no layer."]


def test_while_a_notebook_is_graded_nothing_is_kept_or_added(monkeypatch):
    monkeypatch.setenv(repeating.GRADED, "autograde")
    text, message = shown(conv2d, IMAGE, KERNELS)
    assert text == message and not checks.given()
