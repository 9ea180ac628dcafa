"""The one reader of code."""

import ast

import pytest

from autograder import names

MANY = "\n".join(f"name{number} = {number}" for number in range(700))


@pytest.mark.parametrize("source, binds", [
    ("import os.path\nimport math as maths\nfrom numpy import mean as average", "average maths os"),
    ("def f():\n    inside = 1\nclass Kind:\n    size = 1\nasync def g(): pass", "Kind f g"),
    ("a = b = 1\nc, (d, *e) = x\nf: int = 1\ng += 1\nfor h in i: pass\nwith j as k: pass\ndel l", "a b c d e f g h k l"),
    ("if (m := 1):\n    pass\n[n for o in p if (q := o)]", "m q"),
    ("match x:\n    case [r, *s]: pass\n    case {**t}: pass\ntry: pass\nexcept E as u: pass", "r s t u"),
    ("def f():\n    global far, further\n    far = near = 1\n    def g():\n        global further\n        further = 1", "f far further"),
    ("class Kind:\n    global named\n    named = 1", "Kind named"),
    ("%pwd\nx = 1", "x"),
    ("y = !ls\nz = %pwd", "y z"),
    ("%%time\nx = 1", "x"),
    ("%%capture out\n%%time\nimport math", "math"),
    ("%time x = slow()\n%timeit -n 5 y = 1", "x"),
    ("np.array?\nx = 1", "x"),
    ("!pip install a \\\n  b\nx = 1", "x"),
    ("%%bash\nls -l", ""),
    ("this is no Python\nx = 1", ""),
    ("await coming\nx = 1", "x"),
])
def test_what_a_cell_binds(source, binds):
    assert names.bound(source) == tuple(binds.split())


def test_what_a_cell_binds_is_told_however_many_names_it_has():
    assert set(names.bound(MANY)) == {f"name{number}" for number in range(700)}


@pytest.mark.parametrize("source", ["from math import *", "exec('x = 1')", "globals()['x'] = 1", "vars(m)", "%run other.ipynb"])
def test_a_cell_that_can_bind_any_name(source):
    assert names.may_bind(source) == ("*",)


@pytest.mark.parametrize("source, used", [
    ("x = a + len(b)", "a b len"),
    ("x = 1\nprint(x)", "print"),
    ("x = x + 1", "x"),
    ("def f(a):\n    b = a\n    return b + c", "c"),
    ("def f():\n    return x\nx = 1", ""),
    ("def f():\n    return x\nif y:\n    x = 1", "x y"),
    ("expected = 2\ndef f():\n    expected = 3", ""),
    ("def f():\n    answer = 3\nassert answer == 2", "answer"),
    ("%time x = answer(3)", "answer"),
])
def test_what_a_cell_reads(source, used):
    assert names.used(source) == tuple(sorted(["__import__", *used.split()]))


def test_what_a_cell_imports_is_found_wherever_it_is_and_behind_a_magic():
    source = "%pwd\nimport a.b, c\ndef f():\n    from d import e as g\n    from . import h"
    assert names.imports(source) == (("a.b", ""), ("c", ""), ("d", "e"))
    assert names.imports("%%time\nimport tensorflow") == (("tensorflow", ""),)


@pytest.mark.parametrize("source", [
    "\n\n%pip install \\\n  a \\\n  b\nx = 1\n!ls \\\n -l\nraise ValueError", "%%time\n\nx = 1\nraise ValueError",
    "  x = 1\n  raise ValueError", "x = 1\nnp?\nraise ValueError", ">>> x = 1\n>>> raise ValueError",
])
def test_lines_stay_where_they_are(source):
    (place,) = [node.lineno for node in names.nodes(source) if isinstance(node, ast.Raise)]
    assert "raise" in source.splitlines()[place - 1]


def test_python_that_is_read_is_python_that_runs():
    source = "%pwd\nx = !ls"
    assert names.python(source) == "get_ipython().run_line_magic('pwd', '')\nx = get_ipython().getoutput('ls')\n"
    assert names.python("x = 1") == "x = 1"


def test_a_cell_full_of_magics_is_read_in_a_moment():
    assert names.bound("!ls\n" * 5000 + "x = 1") == ("x",)


def test_a_tree_is_not_changed_by_reading_it_again():
    source = "%%time\nx = 1\nraise ValueError"
    assert [node.lineno for _ in range(3) for node in names.nodes(source) if isinstance(node, ast.Raise)] == [3, 3, 3]
    assert [node.lineno for node in names.nodes("x = 1\nraise ValueError") if isinstance(node, ast.Raise)] == [2]


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("magic", ["", "%pwd\n"])
def test_names_that_are_declared_as_global_are_known_also_in_an_endless_cell(long, magic):
    source = f"{magic}def count():\n    global calls, \\\n        seen\n    calls = 1\n" + "# x\n" * (names.LONG if long else 1)
    assert names.declared(source) == {"calls", "seen"}
