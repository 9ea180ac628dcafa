"""Every right answer of the banks is accepted, every wrong one rejected, by the task's own test."""

from functools import lru_cache

import bench
import pytest

from cnnlab import checks

BANK = bench.answers()


@pytest.fixture(scope="session")  # a module's would end where the scheduler goes to another file in between
def benches(tmp_path_factory):
    """The bench of an assignment; one is kept, as each holds its data sets and networks."""
    return lru_cache(maxsize=1)(lambda assignment: bench.Bench(assignment, tmp_path_factory.mktemp("bench")))


@pytest.mark.parametrize(
    "assignment, task, path", BANK, ids=[f"{a}-{t}-{p.stem}" for a, t, p in BANK])
def test_answer(benches, assignment, task, path):
    source = path.read_text(encoding="utf-8")
    if path.stem.startswith("right_"):
        benches(assignment).try_answer(task, source)
        return
    with pytest.raises(Exception) as info:
        benches(assignment).try_answer(task, source)
    assert not isinstance(info.value, checks.NotAttempted), "a wrong answer is not a stub"
    if isinstance(info.value, checks.CheckFailed):
        assert len(str(info.value)) > 20 and "\n" not in str(info.value)


@pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)
def test_every_task_has_its_bank(assignment):
    for task in bench.coded_tasks(assignment):
        paths = [path for a, t, path in BANK if (a, t) == (assignment, task.answer)]
        right = [path for path in paths if path.stem.startswith("right_")]
        wrong = [path for path in paths if path.stem.startswith("wrong_")]
        assert len(right) >= 3 and len(wrong) >= 6, task.answer
        assert len(right) + len(wrong) == len(paths), "a file is neither right_ nor wrong_"


@pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)
def test_no_bank_belongs_to_a_task_that_does_not_exist(assignment):
    known = {task.answer for task in bench.coded_tasks(assignment)}
    folder = bench.COURSE.source / assignment / "answers"
    assert {path.name for path in folder.iterdir() if path.is_dir()} == known


@pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)
def test_an_answer_says_in_one_comment_line_what_is_different(assignment):
    for name, task, path in BANK:
        if name == assignment:
            first = path.read_text(encoding="utf-8").splitlines()[0]
            assert first.startswith("# ") and len(first) > 15, (task, path.name)
