"""Every attack of the bank, graded by real kernels of one fork server: no points without a flag."""

import hashlib

import pytest
from conftest import REPOSITORY

from autograder import course as courses
from autograder.authoring import release
from autograder.engine.evidence import is_test
from workbench.attacked import (
    NAME,
    POINTS,
    RIGHT,
    WRONG,
    Attack,
    assignment,
    fork_server,
    grade,
    hand_in,
    in_words,
    make_course,
)
from workbench.attacks import ATTACKS

DOCUMENT = REPOSITORY / "docs" / "tampering.md"


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    """The scores of every attack; before and after them those of a right and of a wrong answer."""
    root = make_course(tmp_path_factory.mktemp("attacked"))
    course = courses.load(root)
    version = release.grading_versions(course, "ps1")[NAME]
    (root / "gradebook.db").write_bytes(b"not to be touched")
    before = fingerprints(root)
    with fork_server(version, course) as server:
        def scores(attack):
            return grade(version, hand_in(version, attack, root), server)

        found = {name: scores(attack) for name, attack in ATTACKS.items()}
        after = {name: scores(Attack("", answer)) for name, answer in (("right", RIGHT), ("wrong", WRONG))}
    return found, after, before == fingerprints(root)


@pytest.fixture(scope="module")
def innocent(tmp_path_factory):
    """Grades an answer that means no harm."""
    root = make_course(tmp_path_factory.mktemp("innocent"))
    course = courses.load(root)
    version = release.grading_versions(course, "ps1")[NAME]
    with fork_server(version, course, "matplotlib.pyplot") as server:
        yield lambda attack: grade(version, hand_in(version, attack, root), server)


def fingerprints(root) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*")) if path.is_file()}


def test_there_are_attacks_enough_and_points_to_win():
    assert len(ATTACKS) >= 25
    assert sum(cell.metadata.nbgrader.points for cell in assignment().cells if is_test(cell)) == POINTS


@pytest.mark.parametrize("name", ATTACKS)
def test_no_points_without_a_flag(bank, name):
    rows = bank[0][name]
    assert len(rows) == 6
    for row in rows:
        assert row.score == 0 or row.flags, row


def test_nobody_else_is_touched(bank):
    _, after, unchanged = bank
    assert unchanged, "a file of the course was written"
    assert [(row.score, row.status, row.flags) for row in after["right"]] == [(2, "ok", ())] * 6
    assert [(row.score, row.flags) for row in after["wrong"]] == [(0, ())] * 6


def test_the_table_in_the_documentation_is_of_this_bank(bank):
    lines = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    table = [[column.strip() for column in line.strip("|").split("|")] for line in lines]
    assert {row[0]: (row[1], row[-1]) for row in table} == {
        f"`{name}`": (attack.what, in_words(bank[0][name])) for name, attack in ATTACKS.items()}


INNOCENT = {
    "a figure": "import matplotlib.pyplot as plt\n%matplotlib inline\nplt.plot([1, 2])\nplt.show()",
    "a figure without a magic": "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 2])",
    "pictures one after the other": "import matplotlib.pyplot as plt\nplt.ion()\nplt.show = lambda *a, **k: None\nplt.plot([1])",
    "another way to draw": "import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\nplt.plot([1])",
    "print with a time": "import builtins, time\nold = builtins.print\n"
                         "builtins.print = lambda *a, **k: old(time.strftime('%X'), *a, **k)\nprint('x')",
    "warnings in one line": "import warnings\nwarnings.formatwarning = lambda message, *a, **k: f'{message}\\n'\n"
                            "warnings.showwarning = lambda message, *a, **k: print(message)\nwarnings.warn('x')",
    "warnings silenced for good": "import warnings\nwarnings.warn = lambda *a, **k: None",
    "warnings in the log": "import logging\nlogging.captureWarnings(True)\nlogging.basicConfig(level=logging.INFO)",
    "certificates that nobody looks at": "import ssl\nssl._create_default_https_context = ssl._create_unverified_context",
    "names that NumPy no longer has": "np.float = float\nnp.int = int\nnp.bool = bool\nnp.object = object",
    "a profile": "import cProfile, profile, trace\ncProfile.run('sum(range(10))')\nprofile.run('sum(range(10))')\n"
                 "%prun sum(range(10))\ntrace.Trace(count=1, trace=0).runfunc(sum, [1, 2])",
    "a profile, left on": "import cProfile\nprofile = cProfile.Profile()\nprofile.enable()",
    "a profile, on and off": "import cProfile, pstats\nprofile = cProfile.Profile()\nprofile.enable()\nsum([1])\n"
                             "profile.disable()\npstats.Stats(profile).print_stats(3)",
    "a debugger, left in": "import pdb\npdb.set_trace()\nprint('x')",
    "no breakpoints": "import sys\nsys.breakpointhook = lambda *a, **k: None\nbreakpoint()",
    "errors in a line": "import sys\nsys.excepthook = lambda *a: print(a[1])",
    "a module of one's own": "%%writefile tools_of_mine.py\ndef twice(x):\n    return 2 * x",
    "dataclasses compared": (
        "from dataclasses import dataclass, field\n@dataclass(order=True, frozen=True)\nclass Layer:\n    size: int\n"
        "    name: str = field(compare=False, default='')\n    kernel: tuple = (3, 3)\n"
        "@dataclass\nclass Empty:\n    pass\n@dataclass(eq=True, slots=True)\nclass Slots:\n    a: int = 0\n"
        "Layer(1) < Layer(2), Layer(1, 'a') == Layer(1, 'b'), Empty() == Empty(), Slots() == Slots()"),
    "captured output": "%%capture\nprint('x')\n1",
    "a timed line": "%timeit -n 2 -r 1 sum(range(3))",
    "a dataclass": "import dataclasses\n@dataclasses.dataclass(order=True)\nclass Point:\n    x: int = 0\nPoint() == Point()",
    "a named tuple": "import collections\nPair = collections.namedtuple('Pair', 'a b')\nPair(1, 2)",
    "a thread that ended": "import threading\nthread = threading.Thread(target=print)\nthread.start()\nthread.join()",
    "a timer that is still to come": "import threading\nthreading.Timer(30, lambda: print('done')).start()",
    "a signal handler": "import signal\ndef stop(*_):\n    raise TimeoutError\n"
                        "signal.signal(signal.SIGALRM, stop)\nsignal.alarm(0)",
    "help": "len?\nhelp(len)\nnp.sum??",
    "a pool of threads": "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)\nlist(pool.map(str, 'ab'))",
    "awaiting": "import asyncio\nawait asyncio.sleep(0)",
    "imports again": "import numpy as np\nimport numpy\nfrom cnnlab import checks\nfrom cnnlab.checks import same",
    "a caught error": "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()",
    "an error": "1 / 0",
    "looking at a frame": "import inspect\nlen(inspect.stack())",
    "warnings": "import warnings\nwarnings.simplefilter('ignore')\nnp.seterr(all='ignore')\nnp.set_printoptions(precision=2)",
    "names of built-ins that no test uses": "max, list, input, id = 1, 2, 3, 4",
    "a global that no test uses": "calls = 0\ndef count():\n    global calls\n    calls += 1\ncount()",
    "classes of the usual kinds": (
        "import abc, enum, typing\nclass Colour(enum.Enum):\n    RED = 1\nclass Size(enum.IntEnum):\n    BIG = 1\n"
        "class Way(enum.Flag):\n    UP = 1\n    DOWN = 2\nclass Pair(typing.NamedTuple):\n    a: int = 0\n"
        "class Asked(typing.TypedDict):\n    a: int\nclass Mine(ValueError):\n    pass\n"
        "class Base(abc.ABC):\n    @abc.abstractmethod\n    def f(self): ...\nclass Rows(list):\n    pass\n"
        "class Sized(typing.Protocol):\n    def size(self) -> int: ..."),
    "a generator": "def numbers():\n    yield 1\nsum(numbers())",
    "names like those of libraries' objects": "approx, masked, mock, ma = 1, 2, 3, 4",
    "the time and chance": "import random, time\nrandom.seed(1)\nnp.random.seed(1)\ntime.perf_counter()",
}
NOISY = (
    "import functools, logging, sys, warnings\n@functools.lru_cache\ndef double(x):\n"
    "    warnings.warn('a warning')\n    logging.getLogger('mine').warning('a line')\n"
    "    print('noise', file=sys.stderr)\n    return x + x\n"
)
EVALUATING = (
    "import collections, dataclasses\ndef double(x):\n    import colorsys, timeit\n"
    "    Pair = collections.namedtuple('Pair', 'a b')\n"
    "    One = dataclasses.make_dataclass('One', ['value'])\n"
    "    timeit.timeit('pass', number=1)\n    exec('y = 1', {})\n"
    "    return eval('one.value + pair.a', {'one': One(x), 'pair': Pair(x, x)})\n"
)
IN_A_MODULE = (
    "open('mine.py', 'w').write('from dataclasses import dataclass\\n@dataclass\\nclass One:\\n    value: float\\n"
    "def double(x):\\n    return 2 * One(x).value\\n')\nfrom mine import double\n"
)
CATCHING = (
    "import functools, logging, traceback\ndef told(function):\n    @functools.wraps(function)\n"
    "    def call(*arguments):\n        try:\n            return function(*arguments)\n"
    "        except Exception as error:\n            traceback.print_exc()\n            logging.exception('x')\n"
    "            traceback.format_exception(error)\n            raise\n    return call\n"
    "@told\ndef half(x):\n    return x / 0\n"
    "def double(x):\n    try:\n        half(x)\n    except ZeroDivisionError:\n        traceback.print_stack()\n"
    "    return x + x\n"
)
ANSWERS = {"an answer that prints its errors": CATCHING, "a noisy answer": NOISY, "an answer that runs code of its own": EVALUATING, "an answer in a module": IN_A_MODULE}


@pytest.mark.parametrize("name", [*INNOCENT, *ANSWERS])
def test_nobody_innocent_is_flagged(innocent, name):
    rows = innocent(Attack("", ANSWERS.get(name, RIGHT), before=INNOCENT.get(name, "")))
    assert [(row.score, row.flags) for row in rows] == [(2, ())] * 6, rows
