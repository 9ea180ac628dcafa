"""The audit finds what is wrong with a test or a bank: a small course with mistakes of every kind, on the real engine."""

from dataclasses import replace

import pytest
from conftest import text_course, text_task
from typer.testing import CliRunner

from autograder import audit, cli
from autograder.audit import full, short
from autograder.authoring import bank as banks
from autograder.authoring import build, release
from autograder.errors import UserError, WorkersDied
from autograder.grading import worker
from autograder.jobs import Score

TEXT = """# %%
import numpy as np

from cnnlab import checks

SCALE = 2
SIZES = np.array([2, 3])
""" + text_task("double", """\
def double(number):
    ### BEGIN SOLUTION
    return SCALE * number
    ### END SOLUTION""", """\
result = checks.call(double, 4)
assert result == 8, f"double(4) is {result}, and should be 8."
### BEGIN HIDDEN TESTS
assert double(7) == 14, "double(7) should be 14."
### END HIDDEN TESTS""", 2) + text_task("add", """\
def add(number):
    ### BEGIN SOLUTION
    return number + SCALE
    ### END SOLUTION""", """\
assert checks.call(add, 1) == 3, "add(1) should be 3."
""", 2)
HEAD = "# {about}\n# Loses: {loses}\n# Told: {told}\n"


def wrong(about, told, code, loses="test_double"):
    return HEAD.format(about=about, loses=loses, told=told) + code


DOUBLE = {
    "right_added_cell": "# A helper in a cell of its own.\n# %%\ndef twice(number):\n    return number + number\n# %%\n"
                        "# This is the answer.\ndef double(number):\n    return twice(number)\n",
    "right_sum": "# Adds the number to itself.\ndef double(number):\n    return number + number\n",
    "right_but_is_wrong": "# Said to be right, and is not.\ndef double(number):\n    return 9\n",
    "right_but_tampers": "# Said to be right, and changes the checks.\nchecks.close = print\n"
                         "def double(number):\n    return 2 * number\n",
    "wrong_a_global": wrong("Changes a number of the notebook.", "is 12", "def double(number):\n    global SCALE\n"
                            "    SCALE = 3\n    return SCALE * number\n"),
    "wrong_b_array": wrong("Changes an array of the notebook.", "is 36", "SIZES[0] = 9\ndef double(number):\n"
                           "    return SIZES[0] * number\n"),
    "wrong_c_ends_the_kernel": wrong("Ends the kernel in which it runs.", "ended", "import os\n\ndef double(number):\n"
                                     "    os._exit(3)\n"),
    "wrong_d_after_them": wrong("Would read what those before it changed.", "is 8.5", "def double(number):\n"
                                "    return SCALE * number + SIZES[0] / 4\n"),
    "wrong_e_leftover": wrong("Calls what another answer defined.", "uses the name 'twice'", "def double(number):\n"
                              "    return twice(number)\n"),
    "wrong_keeps": wrong("Is wrong for large numbers.", "is", "def double(number):\n"
                         "    return 2 * number if number < 100 else 0\n"),
    "wrong_other_words": wrong("The message has other words.", "likely cause: a square", "def double(number):\n"
                               "    return number ** 2\n"),
    "wrong_stub": wrong("Nobody has written anything yet.", "not attempted", "def double(number):\n"
                        "    raise NotImplementedError\n"),
}
ADD = {
    "right_twice": "# Changes a number that a later test uses.\nSCALE = 1 + 1\ndef add(number):\n    return number + 2\n",
    "wrong_constant": wrong("The same for every number.", "should be 3", "def add(number):\n    return 4\n", "test_add"),
}


def make_course(root, double=DOUBLE, add=ADD):
    return text_course(root, TEXT, {
        f"answers/{task}/{name}.py": text
        for task, answers in (("double", double), ("add", add)) for name, text in answers.items()})


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("audit"))


@pytest.fixture(scope="module")
def reports(tiny):
    yield {one.task: one for one in audit.report(tiny, [audit.read(tiny, "ps1")], threads=1)}
    worker.close_server()


@pytest.fixture(scope="module")
def problems(reports):
    """The audit's problem with each answer to `double`, by name."""
    return {one.answer.name: one.problem for one in reports["double"].verdicts}


@pytest.mark.parametrize("name", [
    "reference", "right_added_cell", "right_sum", "wrong_a_global", "wrong_b_array", "wrong_c_ends_the_kernel",
    "wrong_d_after_them", "wrong_e_leftover",
])
def test_an_answer_is_judged_as_if_it_were_alone(problems, name):
    assert problems[name] == ""


@pytest.mark.parametrize("name, said", [
    ("right_but_is_wrong", "a right answer, but gets 0 of 2 points: double(4) is 9, and should be 8."),
    ("right_but_tampers", "a right answer, but gets 0 of 2 points: "),
    ("wrong_keeps", "a wrong answer (Is wrong for large numbers), but gets all 2 points."),
    ("wrong_other_words", "the student should be told 'likely cause: a square', but reads: double(4) is 16, and should be 8."),
    ("wrong_stub", "a stub, not a wrong answer."),
])
def test_a_test_that_is_wrong_is_said(problems, name, said):
    assert problems[name].startswith(said) and "\n" not in problems[name]


def test_the_counts_of_a_task(reports):
    one = reports["double"]
    assert (one.right, one.wrong, one.told) == ((3, 5), (7, 8), (6, 8))
    assert one.seconds == sum(verdict.seconds for verdict in one.verdicts) > 0
    assert (reports["add"].right, reports["add"].wrong, reports["add"].told) == ((2, 2), (1, 1), (1, 1))
    assert [verdict.problem for verdict in reports["add"].verdicts] == ["", "", ""]


def test_a_bank_that_is_too_small_is_said(reports):
    assert "ps1 add: the bank should have at least 4 right answers; it has 1." in reports["add"].problems()
    assert "ps1 add: the bank should have at least 12 wrong answers; it has 1." in reports["add"].problems()
    assert "ps1 double: the bank should have at least 12 wrong answers; it has 8." in reports["double"].problems()


@pytest.mark.parametrize("code, said", [
    ("def double(number):\n    return 1\n", "bad.py does not say in its first line, a comment, what is different."),
    ("# Loses and tells nothing.\ndef double(number):\n    return 1\n", "bad.py does not say `# Loses: test_double`."),
    ("# Loses and tells nothing.\ndef double(number):\n    return 1\n",
     "bad.py does not say with `# Told: ...` what the student must read."),
    (wrong("Loses a test that is not there.", "x", "double = abs\n", "test_double, test_half"),
     "bad.py loses test_half, which is no test of ps1."),
    (DOUBLE["wrong_keeps"].replace("large", "big") + "# the same once more\n", "wrong_keeps.py is the same answer as wrong_bad.py."),
])
def test_what_an_answer_lacks(tiny, tmp_path, code, said):
    course = make_course(tmp_path, DOUBLE | {"wrong_bad": code})
    bank = audit.read(course, "ps1")
    (one, _) = audit.report(course, [bank], spread=lambda function, jobs: iter(()))
    assert any(sentence.endswith(said) for sentence in one.problems()), one.problems()


@pytest.mark.parametrize("path, said", [
    ("double/maybe_right.py", "maybe_right.py is no answer: its name should begin with right_ or wrong_."),
    ("halve/right_one.py", "halve belongs to no task of ps1; there are add, double."),
])
def test_a_file_that_belongs_to_nothing_is_one_sentence(tmp_path, path, said):
    course = make_course(tmp_path)
    (course.source / "ps1" / "answers" / path).parent.mkdir(exist_ok=True)
    (course.source / "ps1" / "answers" / path).write_text("# An answer.\n")
    with pytest.raises(UserError) as info:
        audit.read(course, "ps1")
    assert str(info.value).endswith(said)


def test_a_file_of_a_bank_is_read_line_by_line(tmp_path):
    path = tmp_path / "wrong_one.py"
    path.write_text("# What is different: this.\n# Loses: test_a, test_b\n# Told: by 2: halve it\n# its own comment\n"
                    "# %% a helper\nx = 1\n\n\n# %%\n# above the answer\ny = 2\n")
    answer = banks.parse(path, "a")
    assert (answer.about, answer.loses, answer.told) == ("What is different: this.", ("test_a", "test_b"), "by 2: halve it")
    assert answer.cells == ("# its own comment", "x = 1", "# above the answer\ny = 2")


@pytest.mark.kernel
def test_an_answer_brings_those_to_other_tasks_that_work_on_it(tmp_path):
    add = "def add(number):\n    return twice(number) - number + 2\n"
    brings = f"# With a name of its own.\n# %% answer to add\n{add}# %%\ndef double(number):\n    return twice(number)\n"
    course = make_course(tmp_path, DOUBLE | {"right_brings": brings})
    build.build(course, "ps1")
    bank = audit.read(course, "ps1")
    (answer,) = [one for one in bank.answers["double"] if one.name == "right_brings"]
    assert answer.other_answers == (("add", add.strip()),) and len(answer.cells) == 1
    packs = full.packs(bank, full.dependencies(bank))
    assert [pack for pack in packs if answer in pack] == [(answer,)], "no other answer to add is handed in with it"
    ((_, version),) = release.grading_versions(course, "ps1").items()
    cells = [cell.source for cell in full.submission(bank, version, (answer,)).cells]
    assert answer.cells[0] in cells and add.strip() in cells and "return number + SCALE" not in "".join(cells)
    other = brings.replace("answer to add", "answer to halve")
    with pytest.raises(UserError, match="right_brings.py has an answer to halve, which is no other task of ps1; there are add.$"):
        audit.read(make_course(tmp_path / "other", DOUBLE | {"right_brings": other}), "ps1")


def test_more_answers_than_one_kernel_takes(tiny):
    bank = audit.read(tiny, "ps1")
    answers = [replace(bank.answers["double"][1], name=str(number)) for number in range(2 * short.AT_ONCE + 1)]
    jobs = list(short.jobs(bank, bank.tasks[0], answers))
    assert [len(job.answers) for job in jobs] == [short.AT_ONCE, short.AT_ONCE, 1]
    assert [answer for job in jobs for answer in job.answers] == answers


def all_answers(bank):
    return {task.answer: [short.reference(bank, task), *bank.answers[task.answer]] for task in bank.tasks}


def test_tasks_that_follow_each_other_share_a_kernel(tmp_path, monkeypatch):
    bank = audit.read(with_a_helper(tmp_path), "ps1")
    one_group, *alone = short.together(bank, all_answers(bank))[::-1]
    assert [job.task for job in one_group] == ["double", "add"]
    first, second = (job.before for job in one_group)
    assert second[:len(first)] == first and len(second) > len(first), "what was run is not run again"
    assert [[answer.name for answer in job.answers] for group in alone for job in group] == [["wrong_a_global"]], (
        "the engine remembers `global` for the tests behind it")
    together = [answer for group in (one_group, *alone) for job in group for answer in job.answers]
    every = [answer for answers in all_answers(bank).values() for answer in answers]
    assert sorted(one.name for one in together) == sorted(one.name for one in every)
    monkeypatch.setattr(short, "TOGETHER", 4)
    assert [[job.task for job in group] for group in short.together(bank, all_answers(bank))] == [
        ["double"], ["double"], ["add"]]


def test_the_longest_jobs_come_first(tmp_path):
    bank = audit.read(make_course(tmp_path), "ps1")
    (shared,) = [group for group in short.together(bank, all_answers(bank)) if len(group) == 2]
    count, add = sum(len(job.answers) for job in shared), len(shared[1].answers)
    assert short.seconds(bank, shared) == pytest.approx(0.1 * count)
    assert short.seconds(replace(bank, seconds={"test_add": 2.0}), shared) == pytest.approx(0.1 * count + 2 * add)


def points_alone_only(sizes):
    """Return a `spread` that gives points only to an answer alone in its kernel; collect kernel sizes in `sizes`."""
    def spread(function, jobs):
        for setup, *group in jobs:
            answers = [answer for job in group for answer in job.answers]
            sizes.append(len(answers))
            points = 2.0 if len(answers) == 1 else 0.0
            yield (setup, *group), [(one, Score("t", points, 2.0, "ok"), 0.1) for one in answers]
    return spread


def test_an_answer_that_others_spoilt_is_graded_again_alone(tiny):
    """In a kernel with others, a right answer loses its points; alone, it keeps them."""
    sizes = []
    bank = audit.read(tiny, "ps1")
    bank = replace(bank, answers={"double": [bank.answers["double"][2]], "add": []})
    reports = audit.report(tiny, [bank], points_alone_only(sizes))
    assert [verdict.problem for one in reports for verdict in one.verdicts] == [""] * 3
    assert sizes == [3, 1, 1, 1]


def test_an_answer_whose_file_lacks_a_line_is_not_graded_again(tiny):
    """If the file does not say what the student must read, the kernel is not to blame."""
    sizes = []
    bank = audit.read(tiny, "ps1")
    (stub,) = [answer for answer in bank.answers["double"] if answer.name == "wrong_stub"]
    reports = audit.report(tiny, [replace(bank, answers={"double": [replace(stub, told="")], "add": []})],
                           points_alone_only(sizes))
    assert sizes == [3, 1, 1], "the two references only"
    assert [bool(verdict.problem) for one in reports for verdict in one.verdicts] == [False, True, False]


def test_answers_that_take_their_worker_down_are_said(tiny):
    reports = audit.report(tiny, [audit.read(tiny, "ps1")], lambda function, jobs: ((job, WorkersDied()) for job in jobs))
    assert any("a worker died twice of reference, right_twice, wrong_constant." in one for one in reports[1].problems())


def test_the_command_exits_with_1_where_something_is_wrong_and_names_it(tiny, reports, monkeypatch):
    monkeypatch.setattr(audit, "audit", lambda *arguments: list(reports.values()))
    done = CliRunner().invoke(cli.app, ["audit", "ps1", "--course", str(tiny.root)])
    assert done.exit_code == 1
    assert "ps1 double/right_but_is_wrong: a right answer, but gets 0 of 2 points" in done.output
    monkeypatch.setattr(audit, "audit", lambda *arguments: [replace(reports["add"], findings=[])])
    done = CliRunner().invoke(cli.app, ["audit", "ps1", "--course", str(tiny.root)])
    assert done.exit_code == 0, done.output


@pytest.mark.kernel
def test_the_whole_notebook_is_compared_with_the_short_way(tiny):
    bank = audit.read(tiny, "ps1")
    with pytest.raises(UserError, match="small.ipynb is missing, or is not what its text notebook says: run `autograder build ps1` first"):
        full.compare(tiny, [bank], [])
    build.build(tiny, "ps1")
    keeps = replace(bank.answers["add"][1], name="wrong_two", loses=("test_add", "test_double"))
    costs = replace(bank.answers["double"][1], name="right_costs", cells=("SCALE = 3", "def double(number):\n    return 2 * number"))
    some = {"double": [bank.answers["double"][0], costs, bank.answers["double"][-3]], "add": [keeps]}
    bank = replace(bank, answers=some)
    short_way = audit.report(tiny, [bank], threads=1)
    for one in short_way:
        one.findings.clear()
    verdict = next(one for one in short_way[0].verdicts if one.answer.name == "wrong_keeps")
    short_way[0].verdicts[short_way[0].verdicts.index(verdict)] = replace(verdict, points=0.0, message="Wrong.")
    full.compare(tiny, [bank], short_way, threads=1)
    assert short_way[0].findings == [
        "right_costs.py costs the points of test_add in the whole notebook: add(1) should be 3.",
        "wrong_keeps.py gets 2 points (no message) in the whole notebook, and 0 points (Wrong.) with the cells it needs.",
        "wrong_keeps.py should lose test_double in the whole notebook, but keeps it.",
    ]
    assert short_way[1].findings == ["wrong_two.py should lose test_double in the whole notebook, but keeps it."]
    worker.close_server()


def test_a_submission_holds_answers_that_do_not_see_each_other(tmp_path):
    """Only the second course tests `add` with `double`; a wrong answer there would hide what a right one costs."""
    bank = audit.read(make_course(tmp_path / "apart"), "ps1")
    assert full.dependencies(bank) == {"double": set(), "add": set()}
    packs = full.packs(bank, full.dependencies(bank))
    assert sorted(one.name for pack in packs for one in pack) == sorted([*DOUBLE, *ADD])
    assert [[one.name for one in pack] for pack in packs if len(pack) == 2] == [
        ["right_added_cell", "right_twice"], ["wrong_a_global", "wrong_constant"]]
    course = make_course(tmp_path / "dependent")
    (course.source / "ps1" / "small.py").write_text(TEXT.replace("checks.call(add, 1) == 3", "checks.call(add, double(1)) == 4"))
    bank = audit.read(course, "ps1")
    assert full.dependencies(bank) == {"double": set(), "add": {"double"}}
    packs = full.packs(bank, full.dependencies(bank))
    assert sorted(one.name for pack in packs for one in pack) == sorted([*DOUBLE, *ADD])
    assert [[one.name for one in pack] for pack in packs if len(pack) == 2] == [["right_added_cell", "right_twice"]]


@pytest.mark.kernel
def test_what_another_answer_of_the_submission_spoilt_is_handed_in_alone(tiny, monkeypatch):
    build.build(tiny, "ps1")
    bank = audit.read(tiny, "ps1")
    spoils = replace(bank.answers["double"][0], name="right_spoils", cells=("SCALE = 3", "def double(number):\n    return 2 * number"))
    spoilt = replace(bank.answers["add"][0], name="right_spoilt", cells=("def add(number):\n    return number + SCALE",))
    bank = replace(bank, answers={"double": [spoils], "add": [spoilt]})
    short_way = audit.report(tiny, [bank], threads=1)
    for one in short_way:
        one.findings.clear()
    handed_in, submission = [], full.submission
    monkeypatch.setattr(full, "submission", lambda bank, version, pack: handed_in.append(pack) or submission(bank, version, pack))
    full.compare(tiny, [bank], short_way, threads=1)
    assert [[one.name for one in pack] for pack in handed_in] == [["right_spoils", "right_spoilt"], ["right_spoils"], ["right_spoilt"]]
    assert [one.findings for one in short_way] == [
        ["right_spoils.py costs the points of test_add in the whole notebook: add(1) should be 3."], []]
    worker.close_server()


def with_a_helper(root):
    """Return the course with a function defined in one test and also used in the other."""
    text = TEXT.replace("result = checks.call(double, 4)", "def four():\n    return 4\n\n\nresult = checks.call(double, four())")
    course = make_course(root)
    (course.source / "ps1" / "small.py").write_text(text.replace("checks.call(add, 1) == 3", "checks.call(add, four()) == 6"))
    return course


def test_of_another_tasks_test_only_what_is_used_is_run(tmp_path):
    """The other test's checks take time, and are audited with their own task."""
    bank = audit.read(with_a_helper(tmp_path), "ps1")
    (job,) = short.jobs(bank, bank.tasks[1], bank.answers["add"])
    assert "def four():\n    return 4" in job.before
    assert not any("assert" in source or "double" in source for source in job.before)


@pytest.mark.kernel
def test_an_answer_may_bind_the_name_of_an_earlier_one_wherever_its_kernel_begins(tmp_path):
    """As in a whole notebook, the names of all answers refer to the student's definitions."""
    course = make_course(tmp_path, add={"right_on_its_own_double": (
        "# Works on another double.\ndef double(number):\n    return 2 + number\n\n# %%\ndef add(number):\n    return double(number)\n")})
    text = TEXT.replace("checks.call(add, 1) == 3", "checks.call(add, 1) == double(1) == 3")
    (course.source / "ps1" / "small.py").write_text(text)
    bank = audit.read(course, "ps1")
    (job,) = short.jobs(bank, bank.tasks[1], bank.answers["add"])  # without the answers to the previous task
    ((_, score, _),) = short.grade(short.setup(course, sandbox=False), job)
    assert (score.status, score.score, list(score.flags)) == ("ok", 2.0, [])
    worker.close_server()


def test_the_cells_for_the_audit_are_run_by_the_short_way_only(tmp_path):
    course = make_course(tmp_path)
    text = TEXT.replace("SIZES = np", '# %% tags=["audit"]\nSCALE = SCALE + 0\n\n# %%\nSIZES = np')
    (course.source / "ps1" / "small.py").write_text(text)
    bank = audit.read(course, "ps1")
    (job,) = short.jobs(bank, bank.tasks[0], bank.answers["double"])
    assert "SCALE = SCALE + 0" in job.before
    assert not any("SCALE + 0" in cell.source for cell in bank.solution.cells)
