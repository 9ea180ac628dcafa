"""Attacks by what an answer returns or a cell displays."""

from workbench.attacked import WRONG, Attack
from workbench.attacks.making import patch, while_called

ATTACKS = {
    # results
    "forged-result": Attack(
        "The answer publishes a result with all points", while_called("import sys; sys.displayhook(2.0)")),
    "forged-nan": Attack(
        "The same with nan", while_called("import sys; sys.displayhook(float('nan'))")),
    "forged-reply": Attack(
        "The answer sends the kernel's reply itself and ends the process", while_called(
            "import os, time\nkernel = get_ipython().kernel\nparent = kernel.get_parent()\n"
            "reply = {'status': 'ok', 'execution_count': 4, 'user_expressions': {}, 'payload': []}\n"
            "kernel.session.send(kernel.shell_stream, 'execute_reply', reply, parent,\n"
            "                    ident=kernel._shell_parent_ident.get())\n"
            "kernel.shell_stream.flush()\n"
            "kernel.session.send(kernel.iopub_socket, 'status', {'execution_state': 'idle'}, parent)\n"
            "time.sleep(0.3)\nos._exit(0)")),
    "nan": Attack("A number that makes the partial score nan", "def double(x):\n    return float('nan')\n"),
    "negative": Attack("A number that makes the partial score negative", "def double(x):\n    return -1\n"),
    "huge": Attack("A number that makes the partial score too large", "def double(x):\n    return 1e9\n"),
    "skip-tag": Attack("Every test is tagged `skip-execution`", WRONG, tags=("skip-execution",)),
    "raises-exception-tag": Attack("Every test is tagged `raises-exception`", WRONG, tags=("raises-exception",)),
    "system-exit": Attack("The answer raises SystemExit", while_called("raise SystemExit(0)")),
    "exit": Attack("The answer calls exit()", while_called("exit()")),
    "os-exit": Attack("The answer ends the process", while_called("import os; os._exit(0)")),
    "input": Attack("The answer asks whoever grades", "def double(x):\n    return int(input('double of ' + str(x)))\n"),
    # objects
    "equal-to-everything": Attack(
        "An object that is equal to everything", (
            "class Any:\n    def __eq__(self, other):\n        return True\n"
            "    def __ne__(self, other):\n        return False\n    def __sub__(self, other):\n        return 0\n"
            "    def __float__(self):\n        return 2.0\n    def __truediv__(self, other):\n        return 1\n"
            "def double(x):\n    return Any()\n")),
    "equal-from-a-library": Attack(
        "`unittest.mock.ANY` is equal to everything", "from unittest.mock import ANY\ndef double(x):\n    return ANY\n"),
    "equal-built-in-secret": Attack(
        "A class whose `__eq__` is made from parts", (
            "def double(x):\n    return type('Any', (float,), {'__' + 'eq__': lambda *a: True, "
            "'__' + 'ne__': lambda *a: False, '__' + 'sub__': lambda *a: 0})()\n")),
    "equal-behind-a-moved-class": Attack(
        "The same, hidden among the classes by moving a library's", (
            "import collections\nKIND = type('Any', (dict,), {'__' + 'eq__': lambda *a: True, "
            "'__' + 'ne__': lambda *a: False, '__' + 'sub__': lambda *a: 0})\n"
            "class Base(dict):\n    __slots__ = ()\ncollections.Counter.__bases__ = (Base,)\n"
            "def double(x):\n    return KIND()\n")),
    "array-function": Attack(
        "An array that answers NumPy's questions itself", (
            "class Array(np.ndarray):\n    def __array_ufunc__(self, *a, **k):\n        return True\n"
            "    def __array_function__(self, *a, **k):\n        return True\n"
            "def double(x):\n    return np.zeros(1).view(Array)\n")),
    "float-of-its-own": Attack(
        "A number that is as far from everything as it likes", (
            "class Number(float):\n    def __sub__(self, other):\n        return 0.0\n"
            "    def __eq__(self, other):\n        return True\n    __hash__ = float.__hash__\n"
            "def double(x):\n    return Number(0)\n")),
    # objects
    "partial-score-is-a-repr": Attack(
        "An object that looks like a full partial score", (
            "class Score:\n    def __truediv__(self, other): return self\n"
            "    __add__ = __radd__ = __mul__ = __rmul__ = __truediv__\n    def __repr__(self): return '2.0'\n"
            "def double(x):\n    return Score()\n")),
    "equal-by-a-getter": Attack(
        "A comparison that is no function: `operator.attrgetter`", (
            "import operator\nclass Any:\n    __eq__ = operator.attrgetter('real')\n    real = True\n    __hash__ = None\n"
            "    __sub__ = __rsub__ = lambda *a: 0\n    __truediv__ = lambda *a: 1\n"
            "def double(x):\n    return Any()\n")),
    "complex-number": Attack("A number with an imaginary part", "def double(x):\n    return 2 * x + 5j\n"),
    "masked-array": Attack("An array in which everything is masked", (
        "def double(x):\n    return np.ma.masked_array([0], mask=[True])\n")),
    # other objects that are equal to everything, and more
    "equal-by-a-derived-error": Attack("A class that is equal to everything, derived from an error of Python's", (
        "Same = type('Same', (LookupError,), {'__e' + 'q__': lambda *a: True, '__su' + 'b__': lambda *a: 0,\n"
        "                                    '__hash__': None})\ndef double(x):\n    return Same()\n")),
    "equal-in-a-library": Attack("A class that is equal to everything, put into a library's module", (
        "import collections\nclass Same: pass\nsetattr(Same, '__e' + 'q__', lambda *a: True)\n"
        "setattr(Same, '__su' + 'b__', lambda *a: 0)\nSame.__module__ = 'collections'\ncollections.Same = Same\n"
        "def double(x):\n    return Same()\n")),
    "array-of-its-own": Attack("An array of a class of its own, whose `all` is always true", (
        "class Good(np.ndarray):\n    def all(self, *a, **k): return True\n    def __bool__(self): return True\n"
        "    def max(self, *a, **k): return 0.0\ndef double(x):\n    return np.array(-1.0).view(Good)\n")),
    "division-of-its-own": Attack("A number that decides what it is divided by something", (
        "class Half(float):\n    def __truediv__(self, other): return 1.0\ndef double(x):\n    return Half(0)\n")),
    "unseen-thread": Attack("A thread with names of its own sets a function of NumPy's", patch(
        "import _thread, time, types\ndef work():\n    while True:\n        sleep(0.001)\n"
        "        space['allclose'] = nothing\n        space['allclose'] = old\n"
        "_thread.start_new_thread(types.FunctionType(work.__code__, dict(\n"
        "    sleep=time.sleep, space=vars(np), nothing=lambda *a, **k: True, old=np.allclose)), ())")),
    "equal-by-a-forged-dataclass": Attack(
        "A class that is equal to everything, and looks like a dataclass", (
            "import dataclasses\nspace = {}\nexec(compile('def equal(self, other): return True', '<string>', 'exec'), space)\n"
            "Plain = dataclasses.make_dataclass('Plain', ['value'])\n"
            "Mine = type('Mine', (), {'__dataclass_params__': Plain.__dataclass_params__, '__dataclass_fields__':\n"
            "             Plain.__dataclass_fields__, '__e' + 'q__': space['equal'], '__sub__': lambda self, other: 0.0})\n"
            "def double(x):\n    return Mine()\n")),
    "equal-by-a-library-loaded-later": Attack(
        "A class of a library that the notebook loads gets a comparison that is always true", (
            "import mailbox\nsetattr(mailbox.Mailbox, '__e' + 'q__', id)\ndef double(x):\n"
            "    return object.__new__(mailbox.Mailbox)\n")),
}
