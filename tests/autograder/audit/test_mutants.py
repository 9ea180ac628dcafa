"""Mutants: what is changed and what is not, which are recognised as equivalent, and what the audit says of the rest."""

import ast
from dataclasses import replace

import bench
import numpy as np
import pytest
from conftest import text_course, text_task
from typer.testing import CliRunner

from autograder import audit, cli, jobs
from autograder.audit import compare_outcomes, equivalence, mutants, mutation_run, short, survivors
from autograder.errors import UserError, WorkersDied
from autograder.grading import worker
from autograder.jobs import Score


def bodies(code: str) -> dict[str, str]:
    """Return the mutants of a function's body, by the kind of change; each is the changed body."""
    found = {}
    for one in mutants.derive(f"def answer(a, b, c, self):\n    {code}"):
        found.setdefault(one.name.partition("@")[0], []).append(one.source.split("\n", 1)[1].strip())
    return {kind: sources[0] if len(sources) == 1 else sources for kind, sources in found.items()}


@pytest.mark.parametrize("code, kind, changed", [
    ("return a + b", "Add_Sub", "return a - b"),
    ("return a // b", "FloorDiv_Div", "return a / b"),
    ("return a < b", "Lt_LtE", "return a <= b"),
    ("return a < b", "Lt_GtE", "return a >= b"),
    ("return -a", "Delete_USub", "return a"),
    ("return a if b else c", "AddNot", "return a if not b else c"),
    ("return a and b", "And_Or", "return a or b"),
    ("return f(a, bias=True)", "True_False", "return f(a, bias=False)"),
    ("for a in b: c.append(a)", "NoIteration", "for a in []: c.append(a)"),
    ("return a[0]", "OneMore", "return a[ 1]"),
    ("a += b\n    return a", "augmented", "a -= b\n    return a"),
    ("return a in b", "membership", "return a not in b"),
    ("return Conv2D(6, padding='same')", "word", "return Conv2D(6, padding='valid')"),
    ("return Conv2D(6, padding=a)", "keyword", "return Conv2D(6)"),
    ("return f(key=a,)", "keyword", "return f()"),
    ("return f(a, b)", "swap", "return f(b, a)"),
    ("return a, b", "swap", "return b, a"),
    ("return np.clip(a, 0, b)", "call", "return a"),
    ("return a.astype(int)", "call", "return a"),
    ("return self.norm(a)", "call", "return a"),
    ("return Dense(9)(a)", "call", "return a"),
    ("return [Dense(9), a]", "element", ["return [a]", "return [Dense(9)]"]),
    ("a.sort()\n    return a", "statement", "pass\n    return a"),
    ("if a: return b\n    return c", "statement", "if a: pass\n    return c"),
    ('x = "größer"; return f(x, b)', "swap", 'x = "größer"; return f(b, x)'),
])
def test_a_change(code, kind, changed):
    assert bodies(code)[kind] == changed


@pytest.mark.parametrize("code, kind", [
    ("x = f(a)\n    return x", "statement"),  # without it there would be a NameError
    ("return zip(a, b, strict=True)", "keyword"),
    ("return range(a)", "call"),
    ("return Dense(a)", "call"),
    ("return f(a, a)", "swap"),
    ("return a", "statement"),
])
def test_what_any_test_would_notice_or_none_could_is_left_out(code, kind):
    assert kind not in bodies(code)


TOLD = '''\
def answer(size: int | tuple[int, int], rate: float = 0.5) -> list[int | None]:
    """At most 3 of 5, or -1: "same" + "valid"."""
    count: int | float = 2
    if size > 4:
        print("larger than", 4 + 1)
        raise ValueError(f"at most {4 + 0}, or " + "same")
    return size * count
'''


def test_what_is_told_to_people_and_type_hints_stay_as_they_are():
    found = mutants.derive(TOLD)
    assert {one.name.partition("@")[2].partition(":")[0] for one in found} == {"1", "3", "4", "6", "7"}
    for one in found:
        for text in ('"""At most 3 of 5, or -1: "same" + "valid"."""', "size: int | tuple[int, int]", "int | float",
                     "-> list[int | None]", 'print("larger than", 4 + 1)'):
            assert text in one.source, one.name
        assert "raise ValueError" not in one.source or 'ValueError(f"at most {4 + 0}, or " + "same")' in one.source


def test_a_name_says_where_and_stays_when_a_later_line_changes():
    first, second = mutants.derive(TOLD), mutants.derive(TOLD.replace("size * count", "size * count + 1"))
    assert [one.name for one in first] == [one.name for one in mutants.derive(TOLD)]
    assert [one.name for one in first if "@7:" not in one.name] == [one.name for one in second if "@7:" not in one.name]
    (one,) = [one for one in first if one.name == "Mul_Add@7:17"]
    assert one.line == "return size * count"
    assert one.about == "line 7: return size * count  →  return size + count"


def test_every_mutant_of_an_assignment_has_its_own_name_and_code():
    bank = audit.read(bench.COURSE, "01-convolution-arithmetic")
    assert len(bank.tasks) == 7
    for task in bank.tasks:
        reference = short.reference(bank, task).cells[-1]
        found = mutants.derive(reference)
        assert len(found) > 10
        assert len({one.name for one in found}) == len(found)
        assert len({ast.dump(ast.parse(text)) for text in [reference, *(one.source for one in found)]}) == len(found) + 1


@pytest.mark.parametrize("one, other, equal", [
    (3, np.int64(3), True), (3, 3.0, False), (True, 1, False), (0.1 + 0.2, 0.3, True), (0.3, 0.31, False),
    (float("nan"), float("nan"), True), ("a", "a", True), (None, None, True), (None, 0, False),
    ((1, 2), (1, 2), True), ((1, 2), [1, 2], False), ((1, 2), (1, 2, 3), False), ({"a": 1.0}, {"a": 1.0}, True),
    ({"a": 1}, {"a": 2}, False), (range(3), [0, 1, 2], True), (ValueError, ValueError, True), (ValueError, TypeError, False),
    (np.ones(3), np.ones(3), True), (np.ones(3), np.ones(3, "float32"), False), (np.ones(3), np.ones((3, 1)), False),
    (np.float32([1, 2]), np.float32([1, 2.000001]), True), (np.arange(3), np.arange(3) + 1, False),
    (object, object, True), (object(), object(), False),
])
def test_values_are_the_same(one, other, equal):
    assert compare_outcomes.same(one, other) is equal


INPUTS = "def inputs(rng):\n    while True:\n        yield (rng.integers(1, 9, 3),), {}\n"


@pytest.mark.parametrize("answer, equal", [
    ("def f(x): return sum(x)", True),
    ("def f(x): return sum(x) + (sum(x) == 20)", False),
    ("def f(x):\n    total = sum(x)\n    x[0] = 0\n    return total", False),
    ("def f(x): raise ValueError", False),
])
def test_outcomes_are_results_errors_and_what_becomes_of_the_arguments(answer, equal):
    reference = list(compare_outcomes.outcomes("def f(x): return x[0] + x[1] + x[2]", INPUTS, "f", 200, {}))
    assert len(reference) == 200
    assert compare_outcomes.all_same(reference, compare_outcomes.outcomes(answer, INPUTS, "f", 200, {})) is equal


TEXT = "# %%\nFLOOR = 0\n" + text_task("total", """\
def total(numbers, start=0):
    result = start
    for number in numbers:
        result += max(number, FLOOR)
    return result""", "assert total([1, 2], 0) == 3\nassert total([4, -1], 5) == 9",
) + text_task("count_down", """\
def count_down(number):
    steps = []
    while number:
        number -= 1
        steps.append(number)
    return steps""", "assert count_down(3) == [2, 1, 0]")
TOTAL_INPUTS = """\
def inputs(rng):
    while True:
        yield (rng.integers(FLOOR - 9, 9, 4).tolist(),), {}
"""
RECORDED = """\
[[survivor]]
task = "total"
mutant = "OneMore@1:26"
line = "def total(numbers, start=0):"
reason = "the default is not asked for"
"""


def make_course(root, inputs=TOTAL_INPUTS, recorded=RECORDED):
    return text_course(root, TEXT, {"answers/total/inputs.py": inputs, survivors.NAME: recorded})


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("mutants"))


@pytest.fixture(scope="module")
def runs(tiny):
    """A complete mutation run on the real engine, by task; endless loops are given up early."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mutation_run, "SECONDS", 0)
        yield {one.task: one for one in mutation_run.report(tiny, audit.read(tiny, "ps1"), threads=1)}
    worker.close_server()


def test_inputs_are_no_answer(tiny):
    assert audit.read(tiny, "ps1").answers == {"total": [], "count_down": []}


def test_survivors_are_recognised_recorded_or_reported(runs):
    one = runs["total"]
    assert one.survived == {"OneMore@1:26", "OneLess@1:26", "swap@4:23"}
    assert one.same == {"swap@4:23"}
    assert one.listed == {"OneMore@1:26"}
    assert [mutant.name for mutant in one.unlisted] == ["OneLess@1:26"]
    assert one.problems() == [
        "ps1 total: OneLess@1:26 keeps its points (line 1: def total(numbers, start=0):  →  "
        "def total(numbers, start= -1):): catch it with a hidden test, or record it in survivors.toml with the reason."]


@pytest.mark.kernel
def test_an_endless_loop_is_caught(runs):
    one = runs["count_down"]
    assert {"OneLess@4:19", "augmented@4:15", "statement@4:9"} <= {mutant.name for mutant in one.mutants}
    assert one.survived == set() and one.findings == []


@pytest.mark.kernel
def test_only_what_is_not_equivalent_counts(runs):
    one = runs["total"]
    assert one.others == len(one.mutants) - 1
    assert mutation_run.rate([one]) == (len(one.mutants) - 3) / (len(one.mutants) - 1) < mutation_run.ENOUGH
    assert mutation_run.rate([runs["count_down"]]) == 1
    assert "ps1: its tests catch" in mutation_run.problems([one])[-1]


@pytest.mark.kernel
def test_the_command_fails_where_something_is_wrong(runs, tiny, monkeypatch):
    def run(some):
        monkeypatch.setattr(mutation_run, "mutation_run", lambda *arguments: iter([some]))
        return CliRunner().invoke(cli.app, ["audit", "mutants", "ps1", "--course", str(tiny.root)])

    result = run([runs["count_down"]])
    assert result.exit_code == 0, result.output
    assert "0 of them equivalent" in result.output and "or 100.0%." in result.output
    result = run(list(runs.values()))
    assert result.exit_code == 1
    assert "OneLess@1:26 keeps its points" in result.output
    assert "1 of them equivalent" in result.output


@pytest.mark.parametrize("inputs, problem", [
    ("def inputs(rng):\n    yield ([1],), {}\n", "answers/total/inputs.py yields 1 inputs, and should yield at least 200."),
    ("def inputs(rng):\n    while True:\n        yield (1,), {}\n", "200 raise an error; most should be ones"),
    ("def inputs(rng):\n    raise KeyError('no')\n", "answers/total/inputs.py raised KeyError: 'no'."),
    ("import os\ndef inputs(rng):\n    os._exit(1)\n", "inputs.py did not end. The kernel's process ended itself."),
])
@pytest.mark.kernel
def test_inputs_that_show_nothing_are_reported(runs, tmp_path, inputs, problem):
    course = make_course(tmp_path)
    bank = audit.read(course, "ps1")
    setup = jobs.Setup({}, course.settings.limits, root=str(course.root), threads=1)
    left = [one.answer(bank.tasks[0]) for one in runs["total"].mutants if one.name == "swap@4:23"]
    (job,) = short.jobs(bank, bank.tasks[0], left)
    compared = equivalence.compare(setup, job, short.reference(bank, bank.tasks[0]).cells[-1], inputs)
    assert compared.same == ()
    assert problem in f"answers/total/inputs.py {compared.problem}."


def test_a_group_that_harms_its_kernel_is_graded_again_one_by_one(tiny):
    """If a mutant changes more than its variables, the other mutants must not count as caught."""
    groups = []

    def spread(function, jobs):
        for setup, job in jobs:
            if function is mutation_run.timed:
                yield (setup, job), (True, 1.0, "")
                continue
            alone = len(job.answers) == 1
            groups.append(len(job.answers))
            points = 1.0 if alone else 0.0  # in a group even the reference loses its points
            yield (setup, job), [(one, Score("t", points, 1.0, "ok"), 0.1) for one in job.answers]

    bank = audit.read(tiny, "ps1")
    without = replace(bank, tasks=bank.tasks[1:])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mutation_run, "_recorded", lambda course, bank: [])
        (one,) = mutation_run.report(tiny, without, spread)
    assert len(one.mutants) + 1 in groups and groups.count(1) == len(one.mutants)
    assert one.survived == {mutant.name for mutant in one.mutants}


def test_mutants_that_take_their_worker_down_are_not_counted_as_caught(tiny):
    def spread(function, jobs):
        for job in jobs:
            yield job, (True, 1.0, "") if function is mutation_run.timed else WorkersDied()

    found = mutation_run.report(tiny, audit.read(tiny, "ps1"), spread)
    assert [one.caught for one in found] == [0, 0]
    assert "a worker died twice of " in found[0].problems()[0]


def test_a_reference_that_fails_is_said_and_nothing_else_graded(tiny):
    asked = []

    def spread(function, jobs):
        for job in jobs:
            asked.append(function)
            yield job, (False, 1.0, "wrong")

    found = mutation_run.report(tiny, audit.read(tiny, "ps1"), spread)
    assert set(asked) == {mutation_run.timed}
    assert found[0].problems() == [
        "ps1 total: the reference itself gets no points (wrong); no mutant was graded.",
    ], "the entries of survivors.toml are not judged then"
    assert mutation_run.rate(found) == 0


MUTANT = mutants.Mutant("swap@4:1", "f(a, b)", "line 4: f(a, b)  →  f(b, a)", "")
ENTRY = survivors.Survivor(task="t", mutant="swap@4:1", line="f(a, b)", reason="addition is commutative here")


@pytest.mark.parametrize("change, survived, same, said", [
    ({}, {"swap@4:1"}, set(), ""),
    ({"mutant": "swap@9:9"}, {"swap@4:1"}, set(), "no mutant of the solution"),
    ({"line": "f(x, y)"}, {"swap@4:1"}, set(), "of the line 'f(x, y)', which is now 'f(a, b)'"),
    ({}, set(), set(), "the test catches"),
    ({}, {"swap@4:1"}, {"swap@4:1"}, "random inputs recognise"),
    ({"reason": "because"}, {"swap@4:1"}, set(), "gives no reason"),
])
def test_an_entry_that_is_not_true_any_more_is_said(change, survived, same, said):
    found = survivors.stale([ENTRY.model_copy(update=change)], [MUTANT], survived, same)
    assert [said in sentence for sentence in found] == ([True] if said else [])


@pytest.mark.parametrize("text, said", [
    ("[[survivor]\n", "is not valid TOML"),
    (RECORDED + "excuse = 'none'\n", "survivor.0.excuse"),
    (RECORDED.replace('reason = "the default is not asked for"', ""), "survivor.0.reason: Field required"),
    (RECORDED + RECORDED, "two entries for OneMore@1:26 of total"),
    (RECORDED.replace('"total"', '"totals"'), "which is no task; there are total"),
])
def test_a_mistake_in_the_file_of_survivors_is_one_sentence(tmp_path, text, said):
    (tmp_path / survivors.NAME).write_text(text)
    with pytest.raises(UserError) as error:
        survivors.read(tmp_path, ["total"])
    assert said in str(error.value) and survivors.NAME in str(error.value)


def test_no_file_of_survivors_is_no_entry(tmp_path):
    assert survivors.read(tmp_path, ["total"]) == []


def test_listed_as_equivalent_is_no_mutant_that_a_test_has_to_catch():
    one = mutation_run.MutationRun("ps1", "t", [MUTANT], [ENTRY], {"swap@4:1"})
    assert (one.others, mutation_run.rate([one])) == (1, 0.0)
    one.recorded = [ENTRY.model_copy(update={"equivalent": True})]
    assert (one.others, mutation_run.rate([one]), mutation_run.problems([one])) == (0, 1.0, [])
