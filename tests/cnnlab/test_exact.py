"""What counts as a number, a tuple or an array, and that no class of a student's is asked."""

import collections
import dataclasses
import fractions
import numbers
import operator
import typing
from decimal import Decimal
from unittest import mock

import numpy as np
import pytest

from cnnlab import checks, exact

ASKED = []


def asked(name):
    def method(self, *arguments, **keywords):
        ASKED.append(name)
        return True
    return method


METHODS = {f"__{name}__": asked(name) for name in (
    "eq", "ne", "lt", "le", "gt", "ge", "hash", "bool", "len", "iter", "getitem", "contains", "float", "int", "index", "complex",
    "array", "array_ufunc", "array_function", "array_interface", "array_struct", "array_priority", "array_finalize", "repr", "str",
    "format", "getattribute", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "abs", "round", "buffer")}
METHODS |= {name: property(asked(name)) for name in ("shape", "dtype", "numpy", "__class__", "ndim", "T", "_fields", "size")}
OF_CLASS = {f"__{name}__": asked(f"the class's {name}") for name in ("eq", "hash", "instancecheck", "subclasscheck", "getattribute", "repr", "len")}
OF_CLASS |= {name: property(asked(f"the class's {name}")) for name in ("__name__", "__mro__", "__dict__", "__bases__", "_fields")}
Metaclass = type("Metaclass", (type,), OF_CLASS)


def liar(base):
    """A class that says yes to everything, and notes that it was asked."""
    needed = {"__array_finalize__", "__getattribute__"} if base is np.ndarray else set()  # to make one at all
    members = {name: method for name, method in METHODS.items() if name not in needed}
    return (type if needed else Metaclass)("Liar", (base,), members)


VALUES = {object: (), int: (5,), float: (5.0,), str: ("5",), tuple: ((5,),), list: ([5],), dict: ({5: 5},), complex: (5,)}
CHECKS = {
    "whole_number": lambda value: checks.whole_number(value, "f()"),
    "whole_numbers": lambda value: checks.whole_numbers(value, 1, "f()"),
    "whole_numbers, item": lambda value: checks.whole_numbers([value], 1, "f()"),
    "number": lambda value: checks.number(value, "f()"),
    "array": lambda value: checks.array(value, (1,), "f()"),
    "same": lambda value: checks.same(value, 5, "f()", {4: "a cause"}),
    "same, in a list": lambda value: checks.same([value], [5], "f()"),
    "same, in a dict": lambda value: checks.same({"a": value}, {"a": 5}, "f()"),
    "close": lambda value: checks.close(value, 5, "f()", {"a cause": 4}),
    "close, in a list": lambda value: checks.close([value], [5], "f()"),
    "true": lambda value: checks.true(value, "Not so."),
    "raises": lambda value: checks.raises(ValueError, lambda: value, reason="It must."),
}


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("base", [*VALUES, np.ndarray], ids=lambda base: base.__name__)
def test_a_class_of_a_students_is_not_asked(base, check):
    kind = liar(base)
    value = np.ndarray.__new__(kind, (1,)) if base is np.ndarray else base.__new__(kind, *VALUES[base])
    ASKED.clear()
    with pytest.raises(checks.CheckFailed) as info:
        CHECKS[check](value)
    assert ASKED == []
    assert "Liar" in str(info.value) or check == "true"


def test_a_call_does_not_ask_what_it_hands_over_or_gets():
    value = object.__new__(liar(object))
    ASKED.clear()
    assert checks.call(lambda one, other: other, [value], value) is value
    assert checks.describe_call(abs, (value, [value]), {"x": value}) == "abs(<Liar object>, [<Liar object>], x=<Liar object>)"
    assert ASKED == []


class Close:
    __eq__ = operator.attrgetter("yes")
    yes, shape, dtype = True, (), np.dtype("float64")


REGISTERED = type("Registered", (), {"__float__": lambda self: 5.0})
numbers.Integral.register(REGISTERED)
NOT_PLAIN = [
    5 + 0j, np.complex64(5), fractions.Fraction(5), Decimal(5), Close(), mock.MagicMock(), REGISTERED(), np.ma.array([5]),
    np.matrix([[5]]), np.array([5], object), np.array(["5"]), np.array([(5,)], [("a", int)]), np.array([5 + 0j]), np.rec.array([(5,)]),
    np.datetime64("2020"), np.timedelta64(5), b"5", lambda: 5, int, (number for number in [5]), memoryview(b"5"),
    dataclasses.make_dataclass("Pair", ["a"])(5), type("Five", (float,), {})(5), type("Five", (int,), {})(5), True, None, "5", "5.0",
]


@pytest.mark.parametrize("check", [name for name in CHECKS if name != "true"])
@pytest.mark.parametrize("value", NOT_PLAIN, ids=lambda value: type(value).__name__)
def test_what_is_no_number(value, check):
    with pytest.raises(checks.CheckFailed):
        CHECKS[check](value)


def test_a_list_that_holds_itself_and_one_that_is_deep():
    endless = [5]
    endless.append(endless)
    deep = 5
    for _ in range(10_000):
        deep = [deep]
    for value in (endless, deep):
        for check in CHECKS.values():
            if check is not CHECKS["true"]:
                with pytest.raises(checks.CheckFailed):
                    check(value)


def test_a_number_too_large_to_print():
    with pytest.raises(checks.CheckFailed, match="got a whole number of about 5001 digits"):
        checks.same(10**5000, 5, "f()")
    with pytest.raises(checks.CheckFailed, match="finite"):
        checks.number(10**5000, "f()")
    with pytest.raises(checks.CheckFailed):
        checks.close(10**5000, 5, "f()")
    assert checks.whole_number(10**5000, "f()") == 10**5000


Size = collections.namedtuple("Size", "height width")


class Pair(typing.NamedTuple):
    height: int
    width: int

    def __eq__(self, other):
        return True


class Child(Size):
    def __iter__(self):
        return iter((0, 0))


@pytest.mark.parametrize("value", [(3, 4), Size(3, 4), Pair(3, 4), Child(3, 4), (np.int64(3), np.uint8(4)), (np.array(3), 4), (3.0, 4)])
def test_tuples_and_namedtuples_are_read_as_tuples(value):
    checks.same(value, (3, 4), "f()")
    with pytest.raises(checks.CheckFailed):
        checks.same(value, (0, 0), "f()")


def test_dicts_of_the_library_are_dicts():
    for value in ({"a": 1}, collections.OrderedDict(a=1), collections.Counter("a"), collections.defaultdict(int, a=1)):
        checks.same(value, {"a": 1}, "f()")
        assert type(exact.plain(value)) is dict


def test_a_bool_is_no_number_and_a_list_no_tuple():
    for value, expected in [(True, 1), (1, True), ([3], (3,)), ((3,), [3]), ("3", 3), ([True], [1]), (np.array([3]), [3])]:
        with pytest.raises(checks.CheckFailed):
            checks.same(value, expected, "f()")
    checks.same(np.bool_(True), True, "f()")
    checks.same(np.str_("middle"), "middle", "f()")


@pytest.mark.parametrize("value", [5, 5.0, np.float32(5), np.float16(5), np.longdouble(5), np.int64(5), np.array(5), np.array(5.0)])
def test_every_kind_of_number_will_do(value):
    checks.same(value, 5, "f()")
    checks.close(value, 5, "f()")
    assert checks.number(value, "f()") == 5.0


def test_arrays_of_true_and_false():
    wins = np.array([True, False])
    checks.close(wins, np.array([5, 0]) > 0, "f()")
    checks.close(wins, [True, False], "f()")
    assert checks.array(wins, (2,), "f()", dtype="bool") is wins
    for check in (lambda: checks.close(wins, np.array([1, 0]), "f()"), lambda: checks.array(wins, (2,), "f()"),
                  lambda: checks.close(np.array([1, 0]), wins, "f()"),
                  lambda: checks.array(np.array([1, 0]), (2,), "f()", dtype="bool")):
        with pytest.raises(checks.CheckFailed, match="of type ndarray|should hold"):
            check()


def test_lists_of_numbers_are_close():
    checks.close([1, np.float32(2), np.array(3)], [1, 2, 3], "f()")
    checks.close(([1, 2], (3, 4)), np.array([[1, 2], [3, 4]]), "f()")
    with pytest.raises(checks.CheckFailed, match="an array of numbers"):
        checks.close([[1, 2], [3]], [[1, 2], [3, 4]], "f()")


@pytest.mark.parametrize("given", [
    np.zeros(3), [1, 2], {"a": 1}, {1, 2}, [np.zeros(3)], ([1, 2], 3), {"a": [1, 2]}, [{"a": np.zeros(3)}, 2], [[1], [2]]])
def test_what_is_handed_over_is_a_copy(given):
    before = exact.copied(given)

    def empties(value):
        if isinstance(value, np.ndarray):
            value[0] = 9
        elif isinstance(value, tuple) or (isinstance(value, list) and not isinstance(value[0], int)):
            empties(value[0])
        elif isinstance(value, dict) and isinstance(value["a"], list | np.ndarray):
            empties(value["a"])
        else:
            value.clear()
        return 5

    with pytest.raises(checks.CheckFailed, match=r"changed the (array|list|dict|set) it was given"):
        checks.call(empties, given)
    with pytest.raises(checks.CheckFailed, match=r"changed the (array|list|dict|set) it was given"):
        checks.call(lambda *, given: empties(given), given=given)
    assert exact.changed(before, given) == ""
    assert checks.call(lambda value: 5, given) == 5


def test_what_was_put_into_an_argument_is_not_asked():
    value = object.__new__(liar(object))
    ASKED.clear()
    for given, change in [([5], lambda one: one.__setitem__(0, value)), ({5: 5}, lambda one: one.__setitem__(5, value)),
                          ([5], lambda one: one.append(value)), ({5}, lambda one: (one.clear(), one.add(value)))]:
        with pytest.raises(checks.CheckFailed, match="changed the"):
            checks.call(lambda one, change=change: change(one) or 5, given)
    assert set(ASKED) <= {"hash"}  # by the student's own set


def test_arrays_with_nan_and_unusual_layouts_count_as_unchanged():
    for given in (np.array([np.nan, 1]), np.arange(6).reshape(2, 3).T, np.broadcast_to(1.0, (2, 2)), np.array(["a"]), np.array([None])):
        assert checks.call(lambda value: 5, given) == 5


def test_a_message_shows_only_what_is_exact():
    assert exact.shown((1, "a", None, [2.5], {"b": np.float32(1)})) == "(1, 'a', None, [2.5], {'b': 1.0})"
    assert exact.shown(Close()) == "<Close object>"
    assert exact.shown(type("a\nb", (), {})()) == "<object>"
    assert exact.shown(list(range(99))).endswith("11, ...]")
    assert exact.shown((1,)) == "(1,)"
    assert exact.shown("x" * 10**6) == "'" + 56 * "x" + "..."
    assert exact.shown([[[[[1]]]]]) == "[[[[...]]]]"


def test_tensorflows_values():
    tf = pytest.importorskip("tensorflow")
    import keras

    for value in (tf.constant(5), tf.constant(5.0), tf.Variable(5), keras.Variable(5.0), keras.ops.convert_to_tensor(5)):
        checks.same(value, 5, "f()")
        checks.close(value, 5, "f()")
        assert checks.array(value, (), "f()") == 5
    for value in (tf.ones((2, 3)), tf.Variable(tf.ones((2, 3))), keras.Variable(np.ones((2, 3)), dtype="float32"), keras.ops.ones((2, 3))):
        assert checks.array(value, (2, 3), "f()", dtype="float32").sum() == 6
        assert exact.shown(value) == "array of shape (2, 3)"
    checks.same(tf.TensorShape([2, None]), (2, None), "f()")
    assert checks.whole_numbers(tf.constant([2, 3]), 2, "f()") == (2, 3)
    for value in (tf.constant("5"), keras.KerasTensor((1,)), tf.TensorShape(None), tf.ragged.constant([[5]]), tf.constant(5 + 0j)):
        for check in CHECKS:
            if check != "true":
                with pytest.raises(checks.CheckFailed):
                    CHECKS[check](value)


def test_a_tensor_that_was_given_methods_of_its_own():
    tf = pytest.importorskip("tensorflow")
    tensor, variable = tf.constant([4.0]), tf.Variable([4.0])
    for value in (tensor, variable):
        for name in ("numpy", "_numpy", "__array__", "read_value", "value"):
            setattr(value, name, lambda *_: np.array([5.0]))
        with pytest.raises(checks.CheckFailed, match="got 4"):
            checks.close(value, [5.0], "f()")
    variable._handle = type("Handle", (), {"_handle_data": None})()
    with pytest.raises(checks.CheckFailed):
        checks.close(variable, [5.0], "f()")


def test_a_variable_that_is_changed_is_named():
    tf = pytest.importorskip("tensorflow")
    variable = tf.Variable([1.0, 2.0])
    with pytest.raises(checks.CheckFailed, match="changed the variable it was given"):
        checks.call(lambda value: value.assign([3.0, 4.0]), variable)
    assert checks.call(lambda value: value + 1, variable) is not None
