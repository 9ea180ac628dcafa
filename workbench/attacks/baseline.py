"""Attacks on what tests call, and on the names they use."""

from workbench.attacked import WRONG, Attack
from workbench.attacks.making import FAKE_CHECKS, patch, while_called

ATTACKS = {
    # what tests call
    "builtin-abs": Attack("`builtins.abs` gives 0", patch("import builtins\nbuiltins.abs = lambda x: 0")),
    "builtin-isinstance": Attack(
        "`builtins.isinstance` says that all is a number", patch(
            "import builtins\nreal = isinstance\n"
            "builtins.isinstance = lambda one, kind: kind in (int, float) or real(one, kind)")),
    "builtin-error": Attack(
        "`builtins.AssertionError` is another class", patch(
            "import builtins\nbuiltins.AssertionError = type('Nothing', (BaseException,), {})")),
    "shadowed-abs": Attack("A function of the notebook is called `abs`", patch("def abs(x):\n    return 0")),
    "allclose-replaced": Attack("`np.allclose` says yes", patch("np.allclose = lambda *a, **k: True")),
    "allclose-code": Attack(
        "The code inside `np.allclose` says yes", patch(
            "np.allclose.__wrapped__.__code__ = (\n"
            "    lambda a, b, rtol=1e-5, atol=1e-8, equal_nan=False: True).__code__")),
    "numpy-inside": Attack(
        "A function that `np.allclose` calls says yes", patch(
            "np.allclose.__wrapped__.__globals__['isclose'] = lambda *a, **k: True")),
    "checks-replaced": Attack("`checks.same` and `checks.close` do nothing", patch(
        "checks.same = checks.close = lambda *a, **k: None")),
    "checks-code": Attack(
        "The code inside `checks.same` and `checks.close` does nothing", patch(
            "checks.same.__code__ = (lambda value, expected, what, causes={}: None).__code__\n"
            "checks.close.__code__ = (lambda value, expected, what, causes={}, tolerance=0: None).__code__")),
    "checks-for-a-moment": Attack(
        "`checks.same` is replaced while the answer runs, and puts itself back", while_called(
            "import cnnlab.checks\nsame, close = cnnlab.checks.same, cnnlab.checks.close\n"
            "def nothing(*a, **k):\n    cnnlab.checks.same, cnnlab.checks.close = same, close\n"
            "cnnlab.checks.same = cnnlab.checks.close = nothing")),
    "checks-own-numpy": Attack(
        "`checks` gets a NumPy of its own", patch(
            FAKE_CHECKS + "fake_numpy = types.SimpleNamespace(**vars(np))\n"
            "fake_numpy.allclose = lambda *a, **k: True\n"
            "checks.core.np = checks.calling.np = fake_numpy")),
    "module-forged": Attack(
        "Another module is there before the notebook imports `cnnlab.checks`", WRONG, before=(
            "import sys, types\nfake = types.ModuleType('cnnlab.checks')\n"
            "fake.same = fake.close = lambda *a, **k: None\nsys.modules['cnnlab.checks'] = fake\n"
            "import cnnlab\ncnnlab.checks = fake")),
    "checks-rebound": Attack("The name `checks` means something else", patch(FAKE_CHECKS + "checks = fake")),
    "numpy-rebound": Attack(
        "The name `np` means something else", patch(
            "import types\nreal = np\nnp = types.SimpleNamespace(**{**vars(real), 'allclose': lambda *a: True})")),
    "helper-rebound": Attack(
        "The helper `table` of a locked cell gives what is asked for", patch(
            "def table(function):\n    return np.array([2, 4, 6])")),
    "helper-code": Attack(
        "The code inside the helper `table` gives what is asked for", patch(
            "table.__code__ = (lambda function: np.array([2, 4, 6])).__code__")),
    "expected-set": Attack(
        "The answer sets the test's variable `expected` to what it returns",
        "def double(x):\n    global expected\n    expected = 0.0\n    return expected\n"),
    "test-helper-replaced": Attack(
        "The answer is right once, and replaces the function that the test checks with", (
            "def double(x):\n    globals()['distance'] = lambda *a: 0\n    return 10\n")),
    "test-variables-by-module": Attack(
        "The same by way of the notebook's module", (
            "import __main__\ndef double(x):\n    __main__.distance = lambda *a: 0\n"
            "    __main__.expected = 10.0\n    return 10\n")),
    "test-variables-by-text": Attack(
        "The same by way of code that is a text", (
            "def double(x):\n    exec('global expected\\nexpected = 10.0')\n    return 10\n")),
    # names of a test, reached in other ways
    "test-variables-by-getattr": Attack(
        "The test's variables are set by way of `getattr` and a name in two parts", (
            "def double(x):\n    getattr(double, '__glo' + 'bals__').update(expected=10.0, distance=lambda *a: 0)\n"
            "    return 10\n")),
    "test-variables-by-builtins": Attack(
        "The same by way of `builtins.exec`", (
            "import builtins\ndef double(x):\n"
            "    builtins.exec('global expected, distance; expected = 10.0; distance = lambda *a: 0')\n    return 10\n")),
    "test-variables-by-push": Attack(
        "The same by way of the shell's `push`", (
            "def double(x):\n    get_ipython().push({'expected': 10.0, 'distance': lambda *a: 0})\n    return 10\n")),
    "test-variables-behind-a-magic": Attack(
        "The same by `global`, in a cell that begins with a magic", (
            "%time 1\ndef double(x):\n    global expected, distance\n    expected = 10.0\n"
            "    distance = lambda *a: 0\n    return 10\n")),
    "test-variables-after-pwd": Attack(
        "The same after `%pwd`", (
            "%pwd\ndef double(x):\n    global expected, distance\n    expected = 10.0\n"
            "    distance = lambda *a: 0\n    return 10\n")),
    "test-variables-in-an-own-cell": Attack(
        "The same in an own cell with a command", "def double(x):\n    helper()\n    return 10\n", before=(
            "!true\ndef helper():\n    global expected, distance\n    expected = 10.0; distance = lambda *a: 0")),
    "test-variable-read": Attack(
        "The answer returns the test's variable `expected`", "def double(x):\n    return expected\n"),
    "globals-of-a-helper": Attack(
        "The names of the release are reached through a helper of a locked cell", patch(
            "table.__globals__['np'] = type('Fake', (), {'allclose': lambda *a: True, 'mean': lambda *a: 1})")),
    "globals-of-a-helper-in-a-test": Attack(
        "The same while a test runs", while_called(
            "table.__globals__['np'] = type('Fake', (), {'allclose': lambda *a: True, 'mean': lambda *a: 1})")),
    "own-builtins": Attack(
        "`__builtins__` of the notebook's own", patch(
            "import builtins\nmine = dict(vars(builtins))\nmine.update(abs=lambda v: 0, isinstance=lambda *a: True)\n"
            "__builtins__ = mine")),
    # libraries and classes that tests rely on
    "random-generator-replaced": Attack(
        "`np.random.default_rng` gives zeros", patch(
            "class Zeros:\n    def __init__(self, *a): pass\n    def normal(self, *a, size=None, **k): return np.zeros(size)\n"
            "np.random.default_rng = Zeros")),
    "random-number-replaced": Attack(
        "`random.randint` gives 3", patch("import random\nrandom.randint = lambda a, b: 3")),
    "assert-allclose-replaced": Attack(
        "`np.testing.assert_allclose` does nothing", patch(
            "import numpy.testing\nnp.testing.assert_allclose = lambda *a, **k: None")),
    "test-case-replaced": Attack(
        "`unittest.TestCase.assertEqual` does nothing", patch(
            "import unittest\nunittest.TestCase.assertEqual = lambda *a, **k: None")),
    "library-made-up": Attack(
        "A module of the notebook's own has the name of a library", patch(
            "import sys, types\nsys.modules['statistics'] = types.SimpleNamespace(mean=lambda v: 5)")),
    "floats-registered": Attack(
        "Every float is registered as a whole number", patch("import numbers\nnumbers.Integral.register(float)")),
    "swapped-library-functions": Attack(
        "`np.allclose` is another function of NumPy, that says yes", patch("np.allclose = np.size")),
    "answers-of-the-release": Attack(
        "A built-in is put among the names that students are asked to bind", patch(
            "abs = lambda v: 0\nnames = table.__globals__\n"
            "if hasattr(names, 'answers'):\n    names.answers = names.answers | {'abs'}")),
    "builtins-of-the-tests": Attack(
        "The built-ins that tests see are replaced, by way of the class of their names", patch(
            "import builtins\nabs = lambda v: 0\nkinds = [dict]\nfor kind in kinds:\n"
            "    kinds += type.__subclasses__(kind)\n    if kind.__name__ == 'NamesOfTest':\n"
            "        kind.__init__.__globals__['_BUILTINS'] = dict(vars(builtins), abs=abs)")),
    "defaults-replaced": Attack(
        "`checks.close` is a copy of itself with another tolerance as its default", patch(
            "import types\nclose = checks.close\ndefaults = tuple(1e9 if type(one) is float else one for one in\n"
            "                 close.__defaults__ or ())\n"
            "other = types.FunctionType(close.__code__, close.__globals__, close.__name__, defaults, close.__closure__)\n"
            "other.__kwdefaults__ = {name: 1e9 if type(one) is float else one\n"
            "                        for name, one in (close.__kwdefaults__ or {}).items()}\nchecks.close = other")),
}
