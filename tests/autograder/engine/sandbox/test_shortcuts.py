"""What makes a run faster must not show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.async_helpers import _should_be_async
from IPython.core.inputtransformer2 import TransformerManager

from autograder import course as courses
from autograder.authoring import release
from autograder.engine.sandbox import shortcuts
from autograder.engine.sandbox.shortcuts import Transformers
from autograder.engine.sandbox.shortcuts import _Shell as Shell
from workbench import attacked

LINES = [
    "x = 1\n", "x = %pwd\n", "x = \\\n%pwd\n", "x = !ls\n", "x = \\\n    !ls\n", "y != 3\n", "z = x % 2\n", "%time f()\n",
    "    %time f()\n", "!ls\n", "!!ls\n", "?len\n", "len?\n", "len??\n", "len? \n", "len?\\\n", "len? # so\n", "x = 'why? so'\n", "(len?\n)\n", "# why?\n", "/f 1\n", ",f a b\n", ";f a b\n",
    "def f(a,\n      b):\n    return a\n", "'''\n%no magic\n'''\n", "if x:\n    !ls\n", "x = (\n%pwd)\n", "a = b = %pwd\n",
    ">>> x\n", "\n", "\x0c%pwd\n", "x = '''\x1e%pwd\n'''\n", "%%time\nx\n", "x = !\n", "f(a=!ls)\n", "/\n", "1 \\\n/ 2\n",
]


@given(st.lists(st.sampled_from(LINES), max_size=6).map("".join))
def test_a_cell_is_transformed_as_by_ipython(source):
    assert Transformers().transform_cell(source) == TransformerManager().transform_cell(source)


def test_a_transformer_that_somebody_added_is_asked():
    class Shout(Transformers().token_transformers[0]):
        @classmethod
        def find(cls, tokens_by_line):
            raise LookupError("asked")

    own = Transformers()
    own.token_transformers.append(Shout)
    with pytest.raises(LookupError, match="asked"):
        own.transform_cell("x = 1\n")


@pytest.mark.parametrize("source", [
    "await f()", "async with f(): pass", "async for x in f(): pass", "[x async for x in f()]", "x = 'await'",
    "async def f(): await g()", "x = 1", "awaited = 3", "def f(): return 1", "x = [await f()]", "(",
])
def test_a_cell_is_asynchronous_where_it_is_for_ipython(source):
    shell = Shell.__new__(Shell)
    shell.autoawait = True
    assert shell.should_run_async(source, transformed_cell=source) == _should_be_async(source)
    assert shell.should_run_async(source, transformed_cell=source, preprocessing_exc_tuple=(None,) * 3) is False


ANSWERS = (
    "def double(x):\n    return 2 * x", "def double(x):\n    return x", "%matplotlib inline\ndef double(x):\n    return 1 / 0",
    "import sys\nprint('so', file=sys.stderr)\nasync def wait():\n    pass\nawait wait()\ndef double(x):\n    print(x)\n    return x + x",
    "def double(x) return 2", "import numpy as np\nnp.allclose = lambda *_: True\ndef double(x):\n    return 0", "import os\nos._exit(1)",
)


@pytest.mark.kernel
def test_the_scores_are_the_same_without_any(tmp_path, monkeypatch):
    course = courses.load(attacked.make_course(tmp_path))
    (version,) = release.grading_versions(course, "ps1").values()

    def scores():
        with attacked.fork_server(version, course) as server:
            return [attacked.grade(version, attacked.hand_in(version, attacked.Attack("", answer), course.root), server)
                    for answer in ANSWERS]

    fast = scores()
    assert {row.status for rows in fast for row in rows} > {"ok", "failed", "error", "killed"}
    monkeypatch.setenv(shortcuts.SWITCH, "off")
    monkeypatch.setattr(shortcuts, "ON", False)
    assert scores() == fast
