"""The namespaces of locked cells and tests, besides the notebook's, and what is kept away from them."""

import warnings

import pytest

from autograder.engine.sandbox import cell, leftovers
from autograder.engine.sandbox.namespaces import NamesOfRelease, NamesOfTest
from autograder.names import may_bind


@pytest.fixture
def names():
    notebook = {"get_ipython": None}
    release = NamesOfRelease(notebook)
    release.answers = frozenset({"answer"})
    exec("import math\nLIMIT = 3\nanswer = None\ndef helper():\n    return LIMIT + len([math.floor(2.5)])", release)
    return notebook, release


def test_the_notebook_has_what_locked_cells_bound(names):
    notebook, release = names
    assert notebook["LIMIT"] == 3 and notebook["math"] is release["math"]
    exec("seen = [helper(), LIMIT]", notebook)
    assert notebook["seen"] == [4, 3]


def test_a_test_sees_what_locked_cells_bound_whatever_the_student_calls_so(names):
    notebook, release = names
    exec("LIMIT, math, len, sum, helper = 99, None, None, 0, None", notebook)
    exec("assert helper() == 4 and LIMIT == 3 and len([1]) == 1 and sum([1, 2]) == 3 and math.pi > 3", NamesOfTest(release))


def test_a_test_sees_what_the_student_bound_also_while_it_runs(names):
    notebook, release = names
    exec("count = 0\ndef call():\n    global count\n    count += 1\n    return count", notebook)
    exec("for number in range(1, 4):\n    assert call() == number == count", NamesOfTest(release))
    assert notebook["count"] == 3 and "number" not in notebook


def test_what_an_answer_is_asked_to_bind_is_the_students(names):
    notebook, release = names
    exec("answer = 5", notebook)
    exec("assert answer == 5", NamesOfTest(release))


def test_a_test_binds_nothing_in_the_notebook(names):
    notebook, release = names
    before = dict(notebook)
    test = NamesOfTest(release)
    exec("from math import *\nexpected = 4\nclass Kind:\n    size = LIMIT\ndel expected", test)
    assert {name: value for name, value in notebook.items() if name != "__builtins__"} == before
    with pytest.raises(NameError, match="'expected'"):
        exec("expected", test)


@pytest.mark.parametrize("attack, error", [
    ("return expected", NameError), ("global expected\n    expected = 10", AssertionError),
    ("__import__('builtins').exec('global expected; expected = 10', globals())", AssertionError),
    ("globals()['expected'] = 10", AssertionError),
])
def test_an_answer_neither_reads_nor_sets_the_names_of_a_test(names, attack, error):
    notebook, release = names
    exec(f"def double(x):\n    {attack}\n    return 10", notebook)
    test = NamesOfTest(release)
    exec("expected = 6", test)
    with pytest.raises(error):
        exec("assert double(3) == expected", test)
    assert test["expected"] == 6


def test_own_builtins_are_the_notebooks_alone(names):
    notebook, release = names
    notebook["__builtins__"] = {"zip": lambda *lists: (), "abs": lambda number: 0}
    exec("assert abs(-1) == 1 and list(zip([1], [2]))", NamesOfTest(release))


def test_what_a_test_leaves_comes_behind_the_students_own(names):
    notebook, release = names
    first = NamesOfTest(release)
    exec("network, picture = 'of the test', 'of the test'", first)
    first.leave(["network", "picture"])
    exec("network = 'of the student'", notebook)
    exec("assert network == 'of the student' and picture == 'of the test'", release)
    assert "picture" not in notebook


def test_membership_get_and_del_know_the_notebook(names):
    notebook, release = names
    notebook["theirs"] = 1
    test = NamesOfTest(release)
    exec("assert 'theirs' in dir() and 'LIMIT' in dir() and 'theirs' in globals() and 'nothing' not in dir()", test)
    assert "theirs" in test and "theirs" in release and test.get("nothing") is None and "nothing" not in test
    exec("del LIMIT, theirs", release)
    assert "LIMIT" not in notebook and "theirs" not in notebook
    with pytest.raises(KeyError, match="LIMIT"):
        del release["LIMIT"]


@pytest.mark.parametrize("test, foreign", [
    ("expected = 4\ncall()", []),
    ("def check():\n    global seen\n    seen = 1\ncheck()\ncounts()", []),
    ("from math import *", []),
    ("globals()['expected'] = 4", []),
    ("given(call)", ["`abs` was put among the names of the test", "`math` was put among the names of the test"]),
])
def test_what_is_put_among_a_tests_names_is_told_from_what_it_binds(names, test, foreign):
    """Also where a locked function binds a name of the release, and where a built-in was looked up."""
    notebook, release = names
    exec("number = 0\ndef counts():\n    global number\n    number += 1", release)
    exec("def call():\n    return 5\n\ndef given(function):\n    function.__globals__.update(abs=call, math=call)", notebook)
    test = test if "given" not in test else f"def call():\n    return abs(-1)\n{test}"
    code = cell.compiled(test, "<test>")
    own = NamesOfTest(release)
    exec(code.body, own)
    if code.last is not None:
        eval(code.last, own)
    assert sorted(own.foreign(set(may_bind(test)))) == foreign


def test_what_a_test_leaves_is_lent_to_a_test_that_shares_the_notebooks_names(names):
    notebook, release = names
    first = NamesOfTest(release)
    exec("def throws(): return 'of the test'\ndef shown(): return 'of the test'", first)
    first.leave(["throws", "shown"])
    exec("def shown(): return 'of the student'", notebook)
    before = dict(notebook)
    with release.lent():
        exec("found = [throws(), shown()]", notebook)
    assert notebook.pop("found") == ["of the test", "of the student"]
    assert notebook == before


def test_a_test_may_give_a_name_of_a_locked_cell_another_value_for_those_behind_it(names):
    notebook, release = names
    first = NamesOfTest(release)
    exec("LIMIT = 10", first)
    first.leave(["LIMIT"])
    exec("assert LIMIT == 10 and helper() == 11", NamesOfTest(release))


def test_what_many_replace_is_put_aside_for_the_time_of_a_test(monkeypatch):
    ours, theirs = warnings.showwarning, print
    habits = leftovers.Habits()
    monkeypatch.setattr(warnings, "showwarning", theirs)
    with habits.put_aside():
        assert warnings.showwarning is ours
    assert warnings.showwarning is theirs
