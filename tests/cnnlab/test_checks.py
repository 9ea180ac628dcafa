"""What a student reads, in the order in which an answer goes wrong."""

import numbers

import numpy as np
import pytest

from cnnlab import checks


def message(function, *arguments, **keywords) -> str:
    with pytest.raises(checks.CheckFailed) as info:
        function(*arguments, **keywords)
    return str(info.value)


def stub(x):
    raise NotImplementedError


def test_a_stub_is_not_attempted():
    assert message(checks.call, stub, 3).startswith("stub: not attempted yet. Replace `raise Not")
    with pytest.raises(checks.NotAttempted):
        checks.call(stub, 3)


def test_a_missing_return_is_named():
    def forgets(x):
        pass

    assert message(checks.call, forgets, 3) == (
        "forgets(x=3) returned None. Likely cause: a missing `return`."
    )


def test_a_function_that_has_a_return_does_not_miss_one():
    def forgets_a_path(x):
        if x > 5:
            return x

    def sorts(x):
        return [x].sort()

    def within(x):
        with np.errstate():
            return [x].sort()

    for function in (forgets_a_path, sorts, within, dict(a=1).get):
        text = message(checks.call, function, 3)
        assert text.endswith("returned None. Every path through it should end with `return` and its result."), text


def test_only_the_stub_is_not_attempted():
    def refuses(x):
        raise NotImplementedError("only for lists")

    class Mine(NotImplementedError):
        pass

    def derived(x):
        raise Mine

    for function in (refuses, derived, numbers.Complex.conjugate):
        with pytest.raises(NotImplementedError) as info:
            checks.call(function, 3)
        assert "Your answer raised this when the check called" in info.value.__notes__[0]


@pytest.mark.parametrize("wrapped", [
    "in user code:\n\n    File \"<cell>\", line 15, in f  *\n        def f(x): raise NotImplementedError\n\n    NotImplementedError: \n",
    "Exception encountered when calling M.call().\n\n\x1b[1m\x1b[0m\n\nArguments received by M.call():\n  • x=3",
])
def test_a_stub_that_keras_or_tensorflow_wrapped_is_one(wrapped):
    def wraps(x, text=wrapped):
        raise NotImplementedError(text)

    with pytest.raises(checks.NotAttempted):
        checks.call(wraps, 3)
    with pytest.raises(NotImplementedError, match="only lists"):
        checks.call(wraps, 3, wrapped.replace("Error: \n", "Error: only lists\n").replace("[1m", "[1monly lists"))


def test_a_changed_argument_is_named():
    def spoils(x):
        x[0] = 9
        return x

    assert "changed the array it was given" in message(checks.call, spoils, np.zeros(3))


def test_an_error_of_the_answer_says_how_it_was_called():
    def breaks(x, y=0):
        return 1 // y

    with pytest.raises(ZeroDivisionError) as info:
        checks.call(breaks, np.zeros((2, 5)), y=0)
    assert "breaks(x, y=0)" in info.value.__notes__[0]


def test_a_name_that_only_the_students_session_has_is_named():
    def borrows(x):
        return x + from_another_session  # noqa: F821

    assert "borrows(x=3) uses the name 'from_another_session', which the notebook does not define. Check its spelling." in (
        message(checks.call, borrows, 3))


@pytest.mark.parametrize("value", [5, np.int64(5), np.array(5), np.uint8(5)])
def test_every_kind_of_whole_number_will_do(value):
    assert checks.whole_number(value, "f(2)") == 5


@pytest.mark.parametrize("value, part", [
    (5.0, "float (5.0). The value is whole, the type is not: `//` divides and rounds down"), (5.5, "float (5.5)."),
    (np.float32(5), "float32"), ("5", "str"), (True, "bool"), ([5], "list"),
])
def test_what_is_no_whole_number(value, part):
    assert part in message(checks.whole_number, value, "f(2)")


def test_pairs_of_whole_numbers():
    for value in ((1, 2), [1, 2], np.array([1, 2])):
        assert checks.whole_numbers(value, 2, "f") == (1, 2)
    assert "holds 3" in message(checks.whole_numbers, (1, 2, 3), 2, "f")
    assert "tuple of 2" in message(checks.whole_numbers, 7, 2, "f")
    assert "item 1" in message(checks.whole_numbers, (1, 2.5), 2, "f")


def test_numbers():
    assert checks.number(np.float32(0.5), "f") == 0.5
    assert "finite" in message(checks.number, float("nan"), "f")
    assert "bool" in message(checks.number, True, "f")


def test_arrays_go_type_shape_dtype_finite():
    good = checks.array(np.ones((2, 3)), (2, 3), "f")
    assert good.shape == (2, 3)
    assert "of type list" in message(checks.array, [[1, 2]], (1, 2), "f")
    text = message(checks.array, np.ones((3, 2)), (2, 3), "f", {(3, 2): "rows and columns swapped"})
    assert text == (
        "f should have shape (2, 3), but has shape (3, 2). Likely cause: rows and columns swapped."
    )
    assert "dtype float32" in message(checks.array, np.ones(2), (2,), "f", dtype="float32")
    assert "NaN" in message(checks.array, np.array([1, np.nan]), (2,), "f")
    assert "hold whole numbers or floats" in message(checks.array, np.array(["a"]), (1,), "f")


def test_same_names_the_cause_of_a_known_wrong_value():
    checks.same(5, 5, "f(7)")
    assert message(checks.same, 4, 5, "f(7)", {4: "off by one"}) == (
        "f(7): expected 5, got 4. Likely cause: off by one."
    )
    assert message(checks.same, [4], 5, "f(7)") == "f(7): expected 5, got [4]."


def test_a_wrong_value_that_nobody_foresaw_gets_the_rule():
    rule = "Count by hand."
    for check, causes in ((checks.same, {5: "one too many"}), (checks.close, {"one too many": 5})):
        assert message(check, 4, 3, "f(6)", causes, rule=rule) == "f(6): expected 3, got 4. Count by hand."
        assert message(check, 5, 3, "f(6)", causes, rule=rule) == "f(6): expected 3, got 5. Likely cause: one too many."
        assert message(check, 4, 3, "f(6)", causes) == "f(6): expected 3, got 4."
    assert message(checks.same, [4], 3, "f(6)", {5: "one too many"}, rule=rule) == "f(6): expected 3, got [4]. Count by hand."


def test_a_cause_is_named_only_where_no_other_gives_the_same_value():
    for pairs in ([(5, "too many"), (5, "the sum")], [(5, "too many"), (np.int64(5), "the sum"), (4, "too few")]):
        assert message(checks.same, 5, 3, "f(6)", pairs, rule="Count.") == "f(6): expected 3, got 5. Count."
        assert message(checks.array, np.ones(5), (3,), "f(6)", [((wrong,), text) for wrong, text in pairs]) == (
            "f(6) should have shape (3,), but has shape (5,).")
    assert message(checks.same, 5, 3, "f(6)", [(5, "too many"), (5, "too many")]).endswith("Likely cause: too many.")
    for other in (5, 5.00001):
        assert message(checks.close, 5, 3, "f(6)", {"too many": 5, "the sum": other}, rule="Count.").endswith("got 5. Count.")
    assert message(checks.close, 5, 3, "f(6)", {"too many": 5, "the sum": 5.1}).endswith("Likely cause: too many.")


def test_a_cause_that_leads_to_the_expected_value_is_not_named():
    for expected in (2.0, [2.0, 2.0]):
        value = np.add(expected, 1.5e-4 * 3)
        assert "Likely" not in message(checks.close, value, expected, "f(6)", {"nothing": np.add(expected, 1e-4)})


def test_close_says_where_and_why():
    expected = np.arange(6.0).reshape(2, 3)
    checks.close(expected + 1e-6, expected, "f")
    text = message(checks.close, -expected, expected, "f", {"the sign is turned": -expected})
    assert text == (
        "f: 5 of 6 values are wrong; at [1, 2] expected 5, got -5. Likely cause: the sign is turned."
    )
    assert message(checks.close, 2.0, 3.0, "f") == "f: expected 3, got 2."
    assert "shape" in message(checks.close, np.ones(3), np.ones(4), "f")


def test_ipython_shows_the_message_without_a_traceback():
    assert checks.CheckFailed("one sentence")._render_traceback_() == ["one sentence"]
    long = "A message of many words, " * 12
    lines = checks.CheckFailed(long)._render_traceback_()
    assert " ".join(lines) == long.strip() and max(map(len, lines)) <= 88, "it is wrapped at words"


def test_raises_wants_that_error():
    def refuses(x):
        raise ValueError("no")

    checks.raises(ValueError, refuses, 3, reason="There is no place.")
    with pytest.raises(checks.CheckFailed, match="There is no place"):
        checks.raises(ValueError, lambda x: x, 3, reason="There is no place.")
    with pytest.raises(checks.NotAttempted):
        checks.raises(ValueError, stub, 3, reason="There is no place.")


def test_of_long_sequences_the_first_item_that_differs_is_shown_and_the_rule_behind_it():
    wanted = [(1, 32, 32, number) for number in range(20)]
    got = [*wanted[:7], (1, 16, 16, 7), *wanted[8:]]
    with pytest.raises(checks.CheckFailed) as failed:
        checks.same(got, wanted, "the shapes", rule="ReLU comes before the pooling.")
    assert str(failed.value) == (
        "The shapes: item 7 should be (1, 32, 32, 7), but is (1, 16, 16, 7). ReLU comes before the pooling.")


def test_advice_is_for_the_kind_of_error_it_names():
    def halves(x):
        if x is None:
            raise OverflowError("too much")
        return x / 2 if type(x) is int else int("half")

    advice = {ValueError: "Write a number.", TypeError: "Divide a number."}
    assert checks.call_with_advice(halves, (4,), advice=advice) == 2
    with pytest.raises(checks.CheckFailed) as info:
        checks.call_with_advice(halves, ("a",), advice=advice)
    assert str(info.value) == (
        "halves(x='a') raised ValueError (invalid literal for int() with base 10: 'half'). Write a number.")
    with pytest.raises(OverflowError):
        checks.call_with_advice(halves, (None,), advice=advice)
    with pytest.raises(checks.NotAttempted):
        checks.call_with_advice(stub, (3,), advice={NotImplementedError: "never"})
