"""What our shell leaves out of IPython's work on a cell: it must not show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.async_helpers import _should_be_async
from IPython.core.inputtransformer2 import TransformerManager

from autograder.engine.sandbox.shell import Shell, Transformers

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
