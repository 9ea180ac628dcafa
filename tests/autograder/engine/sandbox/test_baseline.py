"""Whether a change of what was loaded is noticed, and what is none."""

import importlib
import operator
import random
import sys
import types
import unittest

import numpy as np
import pytest

from autograder.engine.sandbox import contents
from autograder.engine.sandbox.baseline import Baseline
from autograder.engine.sandbox.contents import fingerprint
from autograder.engine.sandbox.memory import Objects, Places

NOTEBOOK: dict = {"__name__": "__main__"}


@pytest.fixture(scope="module")
def baseline():
    import numpy.random  # noqa: F401


    return Baseline()


@pytest.fixture
def found(baseline):
    """What a text, run as a cell, leads to; it is taken back by a second one."""
    def run(text: str, back: str) -> list[str]:
        exec(text, NOTEBOOK)
        try:
            return baseline.changed(NOTEBOOK, lambda space: space is NOTEBOOK)
        finally:
            exec(back, NOTEBOOK)

    baseline.settle()
    yield run
    assert baseline.changed(NOTEBOOK, lambda space: space is NOTEBOOK) == []


@pytest.mark.parametrize("text, back, said", [
    ("import random\nkept = random.randint\nrandom.randint = lambda a, b: 3", "random.randint = kept",
     "`random.randint` was replaced"),
    ("import numpy as np\nkept = np.random.default_rng\nnp.random.default_rng = type('Z', (), {})",
     "np.random.default_rng = kept", "`numpy.random.default_rng` was replaced"),
    ("import numpy as np\nkept = np.allclose\nnp.allclose = np.any", "np.allclose = kept",
     "`numpy.allclose` was replaced"),
    ("import unittest\nkept = unittest.TestCase.assertEqual\nunittest.TestCase.assertEqual = lambda *a: None",
     "unittest.TestCase.assertEqual = kept", "`unittest.case.TestCase.assertEqual` was replaced"),
    ("import sys, types\nkept = sys.modules['random']\nsys.modules['random'] = types.SimpleNamespace()",
     "sys.modules['random'] = kept", "the module `random` was replaced"),
    ("import sys, types\nsys.modules.pop('pyclbr', None)\nsys.modules['pyclbr'] = types.SimpleNamespace()",
     "del sys.modules['pyclbr']", "the module `pyclbr` was made up"),
    ("import autograder.errors as one\none.len = lambda _: 1", "del one.len", "`autograder.errors.len` was added"),
    ("import unittest\nunittest.TestCase.__eq__ = lambda *a: True", "del unittest.TestCase.__eq__",
     "`unittest.case.TestCase.__eq__` was replaced"),
])
def test_what_was_replaced_is_named(found, text, back, said):
    kept = unittest.TestCase.__dict__.get("__eq__")
    assert said in found(text, back)
    if kept is not None:
        unittest.TestCase.__eq__ = kept


@pytest.mark.parametrize("text, back", [
    ("import random\nrandom.seed(3)\nrandom.random()", ""),
    ("import numpy as np\nnp.seterr(all='ignore')\nnp.set_printoptions(precision=2)", "np.seterr(all='warn')"),
    ("import warnings\nwarnings.simplefilter('ignore')", "warnings.resetwarnings()"),
    ("import sys\nsys.setrecursionlimit(2000)", "sys.setrecursionlimit(1000)"),
    ("import random\nrandom.of_my_own = lambda: 3", "del random.of_my_own"),
    ("class Mine(list):\n    def __eq__(self, other):\n        return True", ""),
    ("import wave, colorsys", ""),
])
def test_what_is_no_tampering_is_not(found, text, back):
    assert found(text, back) == []


def test_a_module_that_was_loaded_again_is_in_order(baseline):
    baseline.settle()
    importlib.reload(random)
    assert baseline.changed(NOTEBOOK, lambda space: space is NOTEBOOK) == []


def test_a_number_that_is_no_whole_one_cannot_be_made_one():
    import subprocess

    program = ("from autograder.engine.sandbox.baseline import Baseline\nimport numbers\nbaseline = Baseline()\n"
               "numbers.Integral.register(float)\nprint(baseline.changed({}, lambda space: False))")
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "`float` was registered as numbers.Integral" in said


@pytest.mark.parametrize("compared", [Places, Objects])
def test_dictionaries_that_differ_are_found(compared):
    modules = [types.ModuleType(f"tried_{number}") for number in range(50)]
    for module in modules:
        for number in range(30):
            setattr(module, f"name_{number}", object())
    places = compared([vars(module) for module in modules])
    assert places.differing() == []
    kept = modules[3].name_7
    modules[3].name_7 = 1
    modules[20].more = 2
    del modules[31].name_0
    for number in range(100):
        setattr(modules[44], f"more_{number}", number)
    assert places.differing() == [3, 20, 31, 44]
    places.renew([20, 31, 44])
    modules[3].name_7 = kept
    assert places.differing() == []


def test_plain_values_are_known_by_what_they_hold():
    labels = np.arange(200_000) % 10
    images = np.zeros((300, 784), "uint8")
    images[7] = 3
    before = fingerprint(labels), fingerprint(images), fingerprint({"plan": [1, (2.0, "x")], "arrays": [images]})
    assert before == (fingerprint(labels.copy()), fingerprint(images.copy()),
                      fingerprint({"plan": [1, (2.0, "x")], "arrays": [images.copy()]}))
    images[[7, 8]] = images[[8, 7]]
    labels[5] += 1
    after = fingerprint(labels), fingerprint(images), fingerprint({"plan": [1, (2.0, "x")], "arrays": [images]})
    assert all(map(operator.ne, before, after))
    assert fingerprint(object()) is None and fingerprint([1, object()]) is None


@pytest.mark.parametrize("holds", [lambda one: [one], lambda one: {"a": (1, one)}, lambda one: [[1, 2], [3, one]]])
@pytest.mark.parametrize("before, after", [
    (np.arange(4), np.arange(4).reshape(2, 2)), (np.zeros(2, "float32"), np.zeros(2, "int32")), (np.zeros(1), np.zeros(8, "uint8")),
    (np.float32(1), np.float64(1)), (np.float32(1), np.float32(2)), (np.int8(1), True), (np.str_("a"), np.str_("b")),
    (np.zeros(2, "uint8"), bytes(2)),
])
def test_a_value_in_a_container_counts_with_its_type_and_shape(holds, before, after):
    assert fingerprint(holds(before)) == fingerprint(holds(before)) is not None
    assert fingerprint(holds(before)) != fingerprint(holds(after))


@pytest.mark.parametrize("holds", [str, lambda key: [key], lambda key: {key}, lambda key: {key: np.ones(3)}, lambda key: [(key,), np.float32(1)]])
def test_a_text_that_python_interns_is_the_same(holds):
    """As `setattr(object, text, ...)` in an honest answer does."""
    text = "".join(["known to nobody", str(id(holds))])
    value = holds(text)
    before = fingerprint(value)
    assert sys.intern(text) is text, "it was not interned before"
    assert fingerprint(value) == before is not None


@pytest.mark.parametrize("value, change", [
    ({"image": np.ones(2), "labels": list(range(20_000))}, lambda value: value["labels"].append(1)),
    ([np.float32(1)] * 20_000, lambda value: value.append(np.float32(2))),
    ([np.zeros(2) for _ in range(11_000)], lambda value: value[-1].fill(1)),
    ({"chosen": {1, 2}, "labels": list(range(20_000))}, lambda value: value["labels"].pop()),
    ([[1], [2, 3]], lambda value: value[0].append(value[1].pop(0))),
    ({"a": 1, "b": 2}, lambda value: value.update(a=2, b=1)),
    ([bytearray(b"a")], lambda value: value.__setitem__(0, b"a")),
    ([1], lambda value: value.__setitem__(0, True)),
    ([...], None), ([3, object()], None), ([np.array([object()])], None), ([np.longdouble(1)], None),
])
def test_a_large_or_mixed_value_is_known_by_all_that_it_holds(value, change):
    before = fingerprint(value)
    if change is None:
        assert before is None
        return
    assert before is not None and fingerprint(value) == before
    change(value)
    assert fingerprint(value) != before


def test_a_value_that_contains_itself_is_not_plain():
    value = [1]
    value.append(value)
    assert fingerprint(value) is None


def test_no_code_of_a_class_runs_and_no_name_of_numpys_is_trusted(monkeypatch):
    class Kind(type):
        def __hash__(cls):
            raise AssertionError("its hash was asked for")

        def __eq__(cls, other):
            raise AssertionError("it was compared")

    class Own(metaclass=Kind):
        dtype = property(lambda self: 1 / 0)

    monkeypatch.setitem(np.sctypeDict, "own", Own)
    Own.__module__, Own.__name__ = "numpy", "float32"
    for value in (Own(), [1, Own()], {"a": (Own(),)}):
        assert fingerprint(value) is None


@pytest.mark.parametrize("far", [1, contents.LANE, 3 * contents.LANE])
def test_two_numbers_that_change_places_are_seen_however_large_the_data_is(far):
    squares = np.arange(20_000) ** 2
    before = fingerprint(squares)
    squares[[5, 5 + far]] = squares[[5 + far, 5]]
    assert fingerprint(squares) != before


def test_a_large_table_is_known_by_what_it_holds():
    table = {number: [str(number), number / 2] for number in range(50_000)}
    before = fingerprint(table)
    assert fingerprint({number: [str(number), number / 2] for number in range(50_000)}) == before
    table[40_000][1] = -1.0
    assert fingerprint(table) != before


def test_what_a_locked_cell_replaced_is_accepted_and_what_the_student_put_there_is_not(baseline):
    baseline.settle()
    baseline.changed(NOTEBOOK, lambda space: space is NOTEBOOK)
    kept = random.shuffle, random.choice
    exec("import random\nrandom.shuffle = lambda items: None", NOTEBOOK)
    random.choice = lambda items: items[0]
    baseline.accept(lambda space: space is NOTEBOOK)
    exec("import random\nrandom.shuffle = lambda items: 3", NOTEBOOK)
    found = baseline.changed(NOTEBOOK, lambda space: space is NOTEBOOK)
    random.shuffle, random.choice = kept
    baseline.settle()
    assert found == ["`random.shuffle` was replaced"]


def test_a_lazy_module_is_not_asked_for_anything(baseline):
    class Lazy(types.ModuleType):
        def __getattr__(self, name):
            raise ModuleNotFoundError("what it stands for is not there")

    baseline.settle()
    sys.modules["lazy_one"] = Lazy("lazy_one")
    sys.modules["lazy_one"].inside = Lazy("inside")
    sys.modules["lazy_one"].kind = type("Kind", (), {"inside": Lazy("inside")})
    try:
        assert baseline.changed(NOTEBOOK, lambda space: space is NOTEBOOK) == []
    finally:
        del sys.modules["lazy_one"]


def test_a_module_not_loaded_yet_may_be_made_anew():
    class Lazy(types.ModuleType):
        def __init__(self, name: str, parent: dict, **more: object) -> None:
            super().__init__(name)
            vars(self).update(parent=parent, **more)

    def found(lazy: Lazy) -> list[str]:
        errors.lazy = lazy
        return baseline.changed(NOTEBOOK, lambda space: space is NOTEBOOK)

    errors = importlib.import_module("autograder.errors")
    space, other = vars(random), vars(operator)
    errors.lazy = Lazy("statistics", space)
    try:
        baseline, replaced = Baseline(), ["`autograder.errors.lazy` was replaced"]
        assert found(Lazy("statistics", space)) == found(Lazy("statistics", other)) == []
        assert found(Lazy("random", space)) == replaced
        assert found(Lazy("statistics", {})) == replaced
        assert found(Lazy("statistics", space, mean=lambda values: 5)) == replaced
        assert found(types.ModuleType("statistics")) == replaced
    finally:
        del errors.lazy
