"""The cells of a notebook that a piece of code depends on."""

import pytest

from autograder import slicing


@pytest.mark.parametrize("cells, code, expected", [
    (["a = 1", "b = 2"], "a", [0]),
    (["a = 1", "b = a", "c = 3"], "b", [0, 1]),
    (["a = 1", "a = 2"], "a", [1]),
    (["a = []", "a.append(1)", "b = len(a)"], "b", [0, 1, 2]),
    (["a = {}", "a['x'] = 1"], "a", [0, 1]),
    (["def f(): return g()", "def g(): return 1"], "f()", [0, 1]),
    (["def f(): return 1", "f()", "print(f())"], "f", [0]),
    (["import math", "math.pi", "x = 1"], "math.pi", [0]),
    (["a = 1", "a += 1"], "a", [0, 1]),
    (["from x import y as z", "z = 2"], "z", [1]),
    (["for i in range(3): last = i"], "last", [0]),
    (["with open('x') as file: text = file.read()"], "text", [0]),
    (["a, (b, *c) = 1, (2, 3)"], "c", [0]),
    (["def f(): inner = 1", "inner = 2"], "inner", [1]),
    (["%matplotlib inline\na = 1"], "a", [0]),
    (["this is no Python", "a = 1"], "a", [1]),
    (["a = 1"], "b", []),
    (["a = 1", "b = 2"], "a = 3\nprint(a)", []),  # bound before it is used
    (["a = 1"], "print(a)\na = 3", [0]),
    (["a = 1"], "if b:\n    a = 2\nprint(a)", [0]),
    (["a = 1"], "if b:\n    a = 2\nelse:\n    a = 3\nprint(a)", []),
    (["a = 1"], "for a in b:\n    print(a)", []),
    (["a = 1"], "for a in b:\n    pass\nprint(a)", [0]),  # b may be empty
    (["a = 1"], "while b:\n    a = 2\nprint(a)", [0]),
    (["a = 1"], "with b as a:\n    print(a)", []),
    (["a = 1"], "try:\n    a = b()\nexcept ValueError:\n    raise\nprint(a)", []),
    (["a = 1"], "try:\n    a = b()\nexcept ValueError:\n    pass\nprint(a)", [0]),
    (["error = 1"], "try:\n    b()\nexcept ValueError as error:\n    print(error)", []),
    (["a = 1"], "[a for a in b]", []),
    (["a = 1"], "[b for b in a]", [0]),
    (["a = 1"], "def f(a):\n    return a", []),
    (["a = 1"], "def f():\n    a = 2\n    return a", []),
    (["a = 1"], "def f():\n    return lambda b: a + b", [0]),
    (["a = 1"], "def f():\n    global a\n    a = a + 1", [0]),
    (["a = 1"], "def f():\n    return a\na = 2", []),  # looked up when f is called
    (["a = 1"], "def f(b=a): pass", [0]),
    (["a = 1"], "class C:\n    b = a", [0]),
    (["a = 1"], "class C:\n    def f(self): return a", [0]),
    (["def a(): return 1", "def b(): return a()", "def a(): return 2"], "b()", [1, 2]),  # the last definition is called
])
def test_the_cells_that_code_depends_on(cells, code, expected):
    assert slicing.needed(cells, len(cells), [code]) == expected


@pytest.mark.parametrize("source, parts", [
    ("a = 1\n\n# so\nb = (a +\n     2)\n", ["a = 1", "b = (a +\n     2)"]),
    ("@one\n@two\ndef f():\n    return 1\nf()", ["@one\n@two\ndef f():\n    return 1", "f()"]),
    ("a = 1; b = 2\nc = 3", ["a = 1; b = 2", "c = 3"]),
    ("for i in x:\n    i\nelse:\n    y", ["for i in x:\n    i\nelse:\n    y"]),
    ("%time f()\nx", ["%time f()\nx"]),
    ("", []),
])
def test_the_statements_of_a_cell(source, parts):
    assert slicing.statements(source) == parts


def test_a_cell_behind_the_answer_is_not_needed():
    assert slicing.needed(["a = 1", "", "a = 2"], 1, ["a"]) == [0]
