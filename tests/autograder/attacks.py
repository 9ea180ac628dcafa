"""The bank of attacks: answers that are wrong, and want points.

Each stands in the answer cell of `attacked.assignment()`. COURSE in an attack is the course's folder.
tools/attack_table.py grades all of them with stock nbgrader, too.
"""

from attacked import WRONG, Attack


def patch(lines: str) -> str:
    """A wrong answer, and lines that run with it."""
    return WRONG + lines


def while_called(lines: str) -> str:
    """A wrong answer that runs lines whenever a test calls it."""
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    return f"def double(x):\n{body}    return 0\n"


def reads(lines: str) -> str:
    """An answer that finds the text of the test that calls it, and answers by it; `texts` is from `lines`."""
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    return (f"import re\ndef double(x):\n{body}"
            "    found = re.search(rf'double\\({x}\\) == (-?\\d+)', '\\n'.join(map(str, texts)))\n"
            "    return int(found.group(1)) if found else 0\n")


SHELL = "shell = get_ipython()\n"
DROPS = (
    "import ast\nclass Drop(ast.NodeTransformer):\n"
    "    def visit_Assert(self, node):\n        return ast.copy_location(ast.Pass(), node)\n"
    "    def visit_Expr(self, node):\n        return ast.copy_location(ast.Pass(), node) "
    "if 'checks' in ast.dump(node) else node\n"
)
FAKE_CHECKS = "import types\nfake = types.SimpleNamespace(same=lambda *a: None, close=lambda *a: None)\n"
PATCH_ALL = "np.allclose = lambda *a, **k: True\nchecks.same = checks.close = lambda *a, **k: None\n"

TAKES_THE_GUARD = (  # for a function `take` that the guard would have to call
    "import sys\ndef take():\n    frame = sys._getframe()\n    while frame is not None:\n"
    "        guard = frame.f_locals.get('self')\n        if type(guard).__name__ == '_Guard':\n"
    "            guard.error = None\n            guard._ran = lambda *a: {'error': None, 'finished': True}\n"
    "        frame = frame.f_back\n")

ATTACKS = {
    # the notebook's machinery
    "transformer-drops-asserts": Attack(
        "An AST transformer takes every check out", patch(DROPS + "get_ipython().ast_transformers.append(Drop())")),
    "input-transformer": Attack(
        "An input transformer takes every check out", patch(
            "get_ipython().input_transformers_cleanup.append(\n"
            "    lambda lines: [line for line in lines if not line.startswith(('assert', 'checks'))])")),
    "ast-parse-replaced": Attack(
        "The parser of cells takes every check out", patch(
            DROPS + SHELL + "parse = shell.compile.ast_parse\n"
            "shell.compile.ast_parse = lambda *a, **k: Drop().visit(parse(*a, **k))")),
    "parser-class-changed": Attack(
        "The same, in the parser's class", patch(
            DROPS + "from IPython.core.compilerop import CachingCompiler\nparse = CachingCompiler.ast_parse\n"
            "CachingCompiler.ast_parse = lambda *a, **k: Drop().visit(parse(*a, **k))")),
    "run-cell-replaced": Attack(
        "`run_cell` does nothing and says that all went well", patch(
            SHELL + "from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult\n"
            "def run_cell(raw_cell, **options):\n"
            "    shell.execution_count += 1\n"
            "    return ExecutionResult(ExecutionInfo(raw_cell, True, False, False, None))\n"
            "shell.run_cell = run_cell\nshell.should_run_async = lambda *a, **k: False")),
    "run-code-replaced": Attack(
        "`run_code` runs nothing", patch(
            SHELL + "async def run_code(*a, **k):\n    return False\nshell.run_code = run_code")),
    "do-execute-replaced": Attack(
        "The kernel's `do_execute` runs nothing", patch(
            "async def do_execute(code, silent, store_history=True, user_expressions=None, allow_stdin=False, *,\n"
            "                     cell_meta=None, cell_id=None):\n"
            "    return {'status': 'ok', 'execution_count': 9, 'payload': [], 'user_expressions': {}}\n"
            "get_ipython().kernel.do_execute = do_execute")),
    "handler-replaced": Attack(
        "The guard's own answer is replaced by one that finds nothing", patch(
            PATCH_ALL + "kernel = get_ipython().kernel\n"
            "async def do_execute(*arguments, **named):\n"
            "    reply = await type(kernel).do_execute(kernel, *arguments, **named)\n"
            "    answer = {'found': [], 'compared': [], 'failure': '', 'signature': ''}\n"
            "    return reply | {'autograder': {'first': answer, 'then': answer}}\n"
            "kernel.do_execute = do_execute")),
    "traceback-silenced": Attack(
        "Errors are not shown", patch(SHELL + "shell.showtraceback = shell._showtraceback = lambda *a, **k: None")),
    "custom-exception-handler": Attack(
        "IPython's own handler swallows AssertionError", patch(
            "get_ipython().set_custom_exc((AssertionError,), lambda *a, **k: None)")),
    "session-drops-errors": Attack(
        "The session sends no error, and `ok` in every reply", patch(
            "session = get_ipython().kernel.session\nsend = session.send\n"
            "def gentle(stream, kind, content=None, *a, **k):\n"
            "    if kind == 'error':\n        return {'content': {}}\n"
            "    if isinstance(content, dict) and 'status' in content:\n        content['status'] = 'ok'\n"
            "    return send(stream, kind, content, *a, **k)\nsession.send = gentle\nget_ipython().display_pub.session = session")),
    "post-run-hook": Attack(
        "A callback after each cell clears its output", patch(
            "from IPython.display import clear_output\n"
            "get_ipython().events.register('post_run_cell', lambda result: clear_output())")),
    "library-hook": Attack(
        "The same without a function of the notebook", patch(
            "import functools\nfrom IPython.display import clear_output\n"
            "get_ipython().events.register('post_execute', clear_output)")),
    "pre-run-hook": Attack(
        "A callback before each cell changes the comparisons", patch(
            "def change(info):\n    np.allclose = lambda *a, **k: True\n    checks.same = checks.close = lambda *a: None\n"
            "    globals().update(abs=lambda x: 0)\n"
            "get_ipython().events.register('pre_run_cell', change)")),
    "magic": Attack(
        "A magic turns the debugger on", patch("get_ipython().run_line_magic('pdb', 'on')")),
    "cell-magic": Attack(
        "A cell magic catches what the answer cell does", "%%capture --no-stdout\n" + patch(PATCH_ALL)),
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
            "fake_numpy.allclose = lambda *a, **k: True\nchecks.np = fake_numpy")),
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
    # the test's own text
    "reads-history": Attack("The answer reads the test in `In`", reads("texts = In[-2:]")),
    "reads-linecache": Attack("The answer reads the test in linecache", reads(
        "import linecache\ntexts = [''.join(entry[2]) for entry in linecache.cache.values() if len(entry) == 4 and 'ipykernel' in entry[3]]")),
    "reads-message": Attack("The answer reads the message that holds the test", reads(
        "texts = [get_ipython().kernel.get_parent()['content'].get('code')]")),
    "reads-by-the-compiler": Attack(
        "What names a cell after its text hands the text on", (
            "import sys\nSEEN = []\nof_kernel = sys.modules[type(get_ipython().compile).get_code_name.__module__]\n"
            "def noting(function):\n    def note(text, *rest, **named):\n"
            "        SEEN.append(text if isinstance(text, str) else text.decode())\n"
            "        return function(text, *rest, **named)\n    return note\n"
            "for name in ('blake2b', 'murmur2_x86'):\n    if hasattr(of_kernel, name):\n"
            "        setattr(of_kernel, name, noting(getattr(of_kernel, name)))\n") + reads("texts = SEEN")),
    "reads-frames": Attack("The answer walks up the frames to the test's text", reads(
        "import sys\ntexts, frame = [], sys._getframe(1)\n"
        "while frame is not None:\n"
        "    texts += [value for value in frame.f_locals.values() if isinstance(value, str)]\n"
        "    frame = frame.f_back")),
    "reads-traceback": Attack("The same by way of a traceback", reads(
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    frame = error.__traceback__.tb_frame.f_back\n"
        "texts = []\nwhile frame is not None:\n"
        "    texts += [value for value in frame.f_locals.values() if isinstance(value, str)]\n"
        "    frame = frame.f_back")),
    "reads-heap": Attack("The answer looks for the test's text among all objects", reads(
        "import gc\ntexts = [text for one in gc.get_objects() if type(one) is dict\n"
        "         for text in list(one.values()) if type(text) is str and 'assert double' in text]")),
    # later, and elsewhere
    "thread": Attack(
        "A thread waits for the test", patch(
            "import threading, time\ndef wait():\n    while True:\n        time.sleep(0.001)\n"
            "        np.allclose = lambda *a, **k: True\nthreading.Thread(target=wait, daemon=True).start()")),
    "timer": Attack(
        "A timer waits for the test", patch(
            "import threading\nclass Again(threading.Timer):\n    def run(self):\n"
            "        while not self.finished.wait(0.001):\n            np.allclose = lambda *a, **k: True\n"
            "timer = Again(0.02, None)\ntimer.daemon = True\ntimer.start()")),
    "event-loop": Attack(
        "A function waits in the kernel's event loop", patch(
            "import asyncio\ndef change():\n    np.allclose = lambda *a, **k: True\n"
            "    asyncio.get_event_loop().call_later(0.001, change)\nasyncio.get_event_loop().call_later(0.001, change)")),
    "signal": Attack(
        "A signal handler waits for the test", patch(
            "import signal\ndef change(*a):\n    np.allclose = lambda *a, **k: True\n"
            "signal.signal(signal.SIGALRM, change)\nsignal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\n"
            "import time\ntime.sleep(0.05)")),
    "settrace": Attack(
        "A tracing function jumps over the asserts", patch(
            "import sys\ndef trace(frame, event, argument):\n"
            "    if frame.f_code.co_name == '<module>' and event == 'line' and 'double' in frame.f_globals:\n"
            "        try:\n            frame.f_lineno += 1\n        except ValueError:\n            pass\n"
            "    return trace\nsys.settrace(trace)\n"
            "get_ipython().events.register('pre_run_cell', lambda info: sys.settrace(trace))")),
    "profile": Attack(
        "A profiling function changes the comparisons", patch(
            "import sys\ndef profile(frame, event, argument):\n    if frame.f_code.co_name == 'table':\n"
            "        np.allclose = lambda *a, **k: True\nsys.setprofile(profile)")),
    "importer": Attack(
        "An importer of the notebook's own comes first", patch(
            "import sys\nclass Finder:\n    def find_spec(self, name, path=None, target=None):\n"
            "        np.allclose = lambda *a, **k: True\nsys.meta_path.insert(0, Finder())")),
    "at-exit": Attack(
        "What runs when the kernel ends writes into the course", patch(
            "import atexit\natexit.register(lambda: open('COURSE/left.txt', 'w').write('x'))")),
    "reads-source": Attack(
        "The answer is read from the source notebook on disk", (
            "import json\ncells = json.load(open('COURSE/source/ps1/doubling.ipynb'))['cells']\n"
            "exec(''.join(next(c for c in cells if 'BEGIN SOLUTION' in ''.join(c['source']))['source']))\n")),
    "writes-gradebook": Attack(
        "A trigger in gradebook.db gives everybody all points", patch(
            "import sqlite3\nbook = sqlite3.connect('COURSE/gradebook.db', timeout=2)\n"
            "book.execute('CREATE TRIGGER gift AFTER UPDATE OF auto_score ON grade BEGIN UPDATE grade '\n"
            "             'SET manual_score = 2 WHERE id = NEW.id; END')\nbook.commit()")),
    "writes-source": Attack(
        "The source notebook on disk loses its tests", patch(
            "text = open('COURSE/source/ps1/doubling.ipynb').read()\n"
            "open('COURSE/source/ps1/doubling.ipynb', 'w').write(text.replace('assert', '# assert'))")),
    # names of a test, by other words
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
    # the ground
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
    # frames, and memory
    "reads-frames-by-numpy": Attack("The answer walks up the frames, by way of `np.vectorize`", reads(
        "import sys\ntexts, frame = [], np.vectorize(sys._getframe, otypes=[object])(0).item()\n"
        "while frame is not None:\n    texts += [value for value in frame.f_locals.values() if isinstance(value, str)]\n"
        "    frame = frame.f_back")),
    "reads-frames-by-ipython": Attack("The same by way of IPython's own tools", reads(
        "from IPython.utils import frame as tools\ntexts = []\nfor depth in range(2, 40):\n"
        "    try:\n        texts += map(str, tools.extract_module_locals(depth)[1].values())\n"
        "    except Exception:\n        break")),
    "reads-frames-by-a-generator": Attack("The same by way of an asynchronous generator's frame", reads(
        "texts = []\nasync def numbers():\n    yield 1\none = numbers()\nframe = one.ag_frame\n"
        "while frame is not None:\n    texts += map(str, frame.f_locals.values())\n    frame = frame.f_back")),
    "reads-memory": Attack("The answer opens the memory of its process", reads(
        "texts = []\ntry:\n    texts = [open('/proc/self/mem', 'rb').read(10)]\nexcept (OSError, ValueError):\n    pass")),
    "reads-last-result": Attack("The answer asks the shell for the cell that ran last", reads(
        "texts = [get_ipython().last_execution_result.info.raw_cell]")),
    "reads-frames-in-a-fork": Attack(
        "A forked process walks up the frames, and sends what it found", (
            "import json, os, sys\ndef double(x):\n    reads, writes = os.pipe()\n    if os.fork() == 0:\n"
            "        frame, found = sys._getframe(), 0\n        while frame is not None and not found:\n"
            "            names = frame.f_locals\n            found = names.get('wanted', names.get('expected', 0))\n"
            "            frame = frame.f_back\n        os.write(writes, json.dumps(found).encode())\n        os._exit(0)\n"
            "    os.wait()\n    return json.loads(os.read(reads, 100))\n")),
    "reads-heap-in-a-fork": Attack(
        "A forked process looks through all objects for the names of the test, and sends what it found", (
            "import gc, json, os\ndef double(x):\n    reads, writes = os.pipe()\n    if os.fork() == 0:\n"
            "        found = [one for one in gc.get_objects() if type(one) is dict and 'expected' in one]\n"
            "        os.write(writes, json.dumps(found[0]['expected'] if found else 0).encode())\n        os._exit(0)\n"
            "    os.wait()\n    return json.loads(os.read(reads, 100))\n")),
    "audit-hook": Attack(
        "An audit hook of the notebook's own is handed the test's code", (
            "import sys\ncodes = []\nsys.addaudithook(lambda event, values: codes.append(values[0]) if event == 'exec' "
            "else None)\ndef double(x):\n    for code in codes[::-1]:\n        found = getattr(code, 'co_consts', ())\n"
            "        if x in found[:-1] and type(found[found.index(x) + 1]) in (int, float):\n"
            "            return found[found.index(x) + 1]\n    return 0\n")),
    "eval-as-the-answer": Attack(
        "The answer is `eval`, hidden in a dictionary, and runs where the test calls it", (
            "from collections import defaultdict\nfrom functools import partial\n"
            "text = \"wanted if 'wanted' in locals() else globals().get('expected', 0)\"\n"
            "double = defaultdict(partial(eval, text)).__getitem__\n")),
    "tests-of-python-itself": Attack(
        "A pending call of CPython's tests of itself runs between two steps of the test", (
            "import sys\nimport _testcapi\nspace = vars(sys.modules['cnnlab.exact'])\nwas = space['equal']\n"
            "def later():\n    def yes(one, other):\n        space['equal'] = was\n        return True\n"
            "    space['equal'] = yes\ndef double(x):\n    if x == 4:\n        _testcapi._pending_threadfunc(later)\n"
            "    return 0\n")),
    "equal-by-pytest": Attack(
        "`pytest.approx` with an infinite tolerance is equal to every number", (
            "import pytest\ndef double(x):\n    return pytest.approx(0, abs=float('inf'))\n")),
    # code of the student's that the guard itself would run
    "flush-clears-the-error": Attack(
        "A callback of the notebook's, run where pictures are shown, takes the test's error away", patch(
            TAKES_THE_GUARD + "get_ipython().events.register('post_execute', take)")),
    "trap-swallows-the-error": Attack("The shell's `builtin_trap` swallows the test's error", patch(
        "from IPython.core.builtin_trap import BuiltinTrap\nclass Quiet(BuiltinTrap):\n"
        "    def __exit__(self, *error):\n        super().__exit__(*error)\n        return True\n"
        "get_ipython().builtin_trap = Quiet(shell=get_ipython())")),
    "text-of-an-error": Attack("The text of the answer's error is asked for where the error is noted", (
        TAKES_THE_GUARD + "class Oops(Exception):\n    def __str__(self):\n        take()\n        return 'oops'\n"
        "def double(x):\n    raise Oops()\n")),
    "name-of-a-class": Attack("A class of the notebook is asked for its name, and walks up the frames", patch(
        TAKES_THE_GUARD + "class Meta(type):\n    def __getattribute__(cls, name):\n"
        "        if name in ('__module__', '__qualname__', '__dict__'):\n            take()\n"
        "        return type.__getattribute__(cls, name)\nOdd = Meta('Odd', (), {})")),
    "garbage-collector": Attack("A function waits for the garbage collector, and finds the guard at work", patch(
        TAKES_THE_GUARD + "import gc\ngc.callbacks.append(lambda *a: take())\ngc.set_threshold(2, 2, 2)")),
    "guard-in-a-closure": Attack("The guard is looked for in what the kernel's functions hold", patch(
        "import inspect\ndef within(function):\n    held = [cell.cell_contents for cell in function.__closure__ or ()]\n"
        "    return held + [one.__self__ for one in held if hasattr(one, '__self__')]\nfound = []\n"
        "kernel, shell = get_ipython().kernel, get_ipython()\n"
        "for function in (kernel.do_execute, kernel.shell_handlers['execute_request'], shell.showtraceback,\n"
        "                 type(np).__setattr__):\n    found += within(function)\n"
        "for one in found:\n    if inspect.isgenerator(one):\n        found += inspect.getgeneratorlocals(one).values()\n"
        "    if type(one).__name__ == '_Guard':\n"
        "        type(one)._ran = lambda *a: {'error': None, 'finished': True}\n")),
    "own-question": Attack("A question to the guard that nobody sent, to bind a name of the release", (
        WRONG + "import asyncio\nask = [cell.cell_contents for cell in get_ipython().kernel.do_execute.__closure__\n"
        "       if getattr(cell.cell_contents, '__name__', '') == 'send'][0]\n"
        "ask(('asked', {'nonce': '1', 'test': False, 'bound': [], 'sets': False, 'magic': False,\n"
        "               'cell': 'np.allclose = lambda *a, **k: True\\nnp = type(\"N\", (), {\"allclose\": print})'}))\n"
        "work = ask(('begins', None))\nif work is not None:\n    await work\n")),
    "question-as-answer": Attack("The question to the guard is sent back as its answer", patch(
        "kernel = get_ipython().kernel\nhandle, do, asked = kernel.shell_handlers['execute_request'], kernel.do_execute, []\n"
        "async def execute_request(stream, ident, message):\n    asked[:] = [message['content'].get('autograder', {})]\n"
        "    await handle(stream, ident, message)\nasync def do_execute(*arguments, **named):\n"
        "    return await do(*arguments, **named) | {'autograder': asked[0]}\n"
        "kernel.shell_handlers['execute_request'], kernel.do_execute = execute_request, do_execute")),
    "ground-imported": Attack("What was recorded before the fork is imported, and replaced", patch(
        "import autograder.sandbox as package\nground = getattr(package, 'ground', None)\n"
        "if ground is not None and ground._recorded:\n    ground._recorded[0].compared = type('C', (), {\n"
        "        'differing': lambda self: [], 'renew': lambda self, places: None})()\nnp.allclose = lambda *a, **k: True\n"
        "checks.same = checks.close = lambda *a, **k: None")),
    "destructor-in-the-guard": Attack("An object that is collected while the guard reads a question walks up the frames", patch(
        "import gc, sys\nclass Node:\n    def __del__(self):\n        frame = sys._getframe()\n"
        "        while frame is not None:\n            guard = frame.f_locals.get('guard')\n"
        "            if type(guard).__name__ == '_Guard' and frame.f_code.co_name == '_guarding':\n"
        "                took.append(guard)\n"
        "                type(guard)._ran = lambda *a: {'error': None, 'finished': True}\n            frame = frame.f_back\n"
        "        len(took) or make()\ndef make():\n    node = Node()\n    node.me = node\ntook = []\n"
        "gc.set_threshold(1, 1, 1)\nmake()")),
    # frames, by other words
    "reads-frames-by-parts-of-a-name": Attack("The answer walks up the frames, by a name put together from two parts", (
        "import sys\npeek = getattr(sys, '_get' + 'frame')\ndef double(x):\n    frame = peek()\n"
        "    while frame is not None:\n        found = dict.get(dict(frame.f_locals), 'wanted', None)\n"
        "        found = dict.get(dict(frame.f_globals), 'expected') if found is None else found\n"
        "        if found is not None:\n            return found\n        frame = frame.f_back\n    return 0\n")),
    "reads-frames-by-logging": Attack("`logging` hands the answer a frame, and a name is put among the test's", (
        "import logging\ndef double(x):\n    frame = logging.currentframe()\n    while frame is not None:\n"
        "        if frame.f_code.co_filename.startswith('<test'):\n"
        "            frame.f_globals['abs'] = lambda value: 0.0\n"
        "            frame.f_globals['checks'] = type('C', (), {'same': print, 'close': print})\n"
        "        frame = frame.f_back\n    return 0.0\n")),
    "name-with-a-hash-of-its-own": Attack("The notebook's `__name__` runs code where the grader looks whose code it is", (
        "import sys\nseen, asking = [], False\nclass Name(str):\n    def __hash__(self):\n"
        "        frame = sys._getframe() if asking else None\n        while frame is not None:\n"
        "            seen.append(frame)\n            frame = frame.f_back\n        return str.__hash__(self)\n"
        "def other(): pass\ndef double(x):\n    global asking, __name__\n    kept, __name__ = __name__, Name('x')\n"
        "    asking = True\n    other.__defaults__ = (1,)\n    asking, __name__ = False, kept\n"
        "    for frame in seen:\n        found = dict(frame.f_locals) | dict(frame.f_globals)\n"
        "        if 'wanted' in found or 'expected' in found:\n"
        "            return found.get('wanted', found.get('expected'))\n    return 0\n")),
    "reads-memory-by-bytes": Attack("The answer opens the memory of its process, by a path of bytes", reads(
        "texts = []\ntry:\n    texts = [open(b'/proc/self/mem', 'rb').read(10)]\nexcept (OSError, ValueError):\n    pass")),
    "reads-memory-by-a-link": Attack("The same, by a path from the process's own folder", reads(
        "import os\ntexts, here = [], os.getcwd()\ntry:\n    os.chdir('/proc/self')\n"
        "    texts = [open('mem', 'rb').read(10)]\nexcept (OSError, ValueError):\n    pass\nos.chdir(here)")),
    # equal to everything, in other clothes
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
}
