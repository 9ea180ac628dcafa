"""Attacks that read a test: its text, its names, its frames, or the memory of its process."""

from workbench.attacked import Attack
from workbench.attacks.making import looks, reads

ATTACKS = {
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
    "tests-of-python-itself-by-another-name": Attack(
        "The same, loaded from its file under another name", (
            "import importlib, sys, sysconfig\nfrom importlib.machinery import ExtensionFileLoader, ModuleSpec\n"
            "from importlib.util import find_spec, module_from_spec\nfile = find_spec('_testcapi').origin\n"
            "spec = ModuleSpec('x._testcapi', ExtensionFileLoader('x._testcapi', file), origin=file)\n"
            "calls = module_from_spec(spec)\nspace = vars(sys.modules['cnnlab.exact'])\nwas = space['equal']\n"
            "def later():\n    def yes(one, other):\n        space['equal'] = was\n        return True\n"
            "    space['equal'] = yes\ndef double(x):\n    if x == 4:\n        calls._pending_threadfunc(later)\n"
            "    return 0\n")),
    "equal-by-pytest": Attack(
        "`pytest.approx` with an infinite tolerance is equal to every number", (
            "import pytest\ndef double(x):\n    return pytest.approx(0, abs=float('inf'))\n")),
    # frames, reached in other ways
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
    # frames, from code that does not name them
    "reads-frames-by-a-library": Attack(
        "A library calls `sys._current_frames` for the answer, by an object that calls what it was given", looks(
            "import sys, contextlib, collections, threading\nfound = collections.defaultdict(sys._current_frames)\n"
            "with contextlib.ExitStack() as stack:\n    stack.callback(found.__getitem__, 'all')\n"
            "frame = found['all'][threading.get_ident()]")),
    "reads-frames-by-a-signal": Attack(
        "A signal handler, set while the test runs, is handed the frame", "import signal\nFOUND = []\n" + looks(
            "before = signal.signal(signal.SIGUSR1, lambda number, frame: FOUND.append(frame))\n"
            "signal.raise_signal(signal.SIGUSR1)\nsignal.signal(signal.SIGUSR1, before)\nframe = FOUND.pop()")),
    "reads-frames-under-a-tools-name": Attack(
        "The answer walks up the frames in a namespace that calls itself `inspect`", looks(
            "frame = sys._getframe()") + "import sys, types\n"
        "double = types.FunctionType(double.__code__, {'__name__': 'inspect', 'sys': sys})\n"),
    "reads-frames-in-a-module": Attack(
        "The same in a module that a cell wrote", "open('helping.py', 'w').write(" + repr("import sys\n" + looks(
            "frame = sys._getframe()")) + ")\nfrom helping import double\n"),
    "reads-frames-while-a-finding-is-written": Attack(
        "A name with a format of its own runs code while the grader writes down what it saw",
        "import json, sys, types\nFOUND = []\nclass Name:\n    def __format__(self, how):\n"
        "        FOUND.append(sys._getframe())\n        raise ValueError\n"
        "other = types.FunctionType((lambda: 0).__code__, vars(json))\nother.__module__ = Name()\n" + looks(
            "try:\n    other.__code__ = (lambda: 1).__code__\nexcept ValueError:\n    pass\n"
            "frame = FOUND.pop() if FOUND else None")),
    "reads-frames-in-the-garbage": Attack(
        "What the garbage collector keeps holds frames", looks(
            "import gc\ndef fails():\n    try:\n        1 / 0\n    except ZeroDivisionError as error:\n"
            "        kept = error\n        kept.itself = kept\n"
            "gc.set_debug(gc.DEBUG_SAVEALL)\nfails()\ngc.collect()\ngc.set_debug(0)\n"
            "frames = [one for one in gc.garbage if type(one).__name__ == 'frame']\n"
            "frame = frames[0] if frames else None")),
    "reads-frames-by-what-prints": Attack(
        "What prints a traceback calls `sys._getframe`, in the place of a file's `write`", looks(
            "import collections, sys, traceback, types\nfound = collections.defaultdict(sys._getframe)\n"
            "file = types.SimpleNamespace(write=found.__getitem__)\ntry:\n    1 / 0\n"
            "except ZeroDivisionError:\n    traceback.print_exc(file=file)\nframe = list(found.values())[0]")),
    "reads-frames-by-a-profiler": Attack(
        "A profiler of Python's calls `sys.setprofile` for the answer, which is handed frames", (
            "import cProfile, sys\nFOUND = []\ndef seen(frame, *event):\n    FOUND.append(frame)\n") + looks(
            "cProfile.Profile().runcall(sys.setprofile, seen)\nlen('x')\nsys.setprofile(None)\n"
            "frame = FOUND[0] if FOUND else None")),
    "asks-in-a-fork": Attack(
        "A forked process hands the test an object that sends back what it is compared with",
        "import ast, os\ndef spy(end):\n    def told(self, other):\n        os.write(end, repr(other).encode())\n"
        "        os._exit(0)\n    return type('A', (), {'__e' + 'q__': told, '__su' + 'b__': told, '__hash__': None})()\n"
        "def double(x):\n    read, write = os.pipe()\n    if os.fork() == 0:\n"
        "        import signal\n        signal.alarm(1)\n        return spy(write)\n    os.close(write)\n"
        "    said = os.read(read, 1000).decode()\n    os.close(read)\n    os.wait()\n"
        "    return ast.literal_eval(said or '0')\n"),
}
