"""`autograder collect`: which hand-in counts, and that nothing is lost."""

import shutil

import pytest
from collecting import attempt, dated_course, laid, statuses, table, take, there, zipped


@pytest.fixture
def root(tmp_path):
    return dated_course(tmp_path)


def test_only_late_ones_the_last_counts_and_is_flagged(root):
    attempt(root, "2026-12-01 10:00:00", "late")
    summary = take(root, attempt(root, "2026-12-02 10:00:00", "later"))
    assert there(root) == {"ada/ps1/sums.ipynb": "later", ".others/ada/ps1/2026-12-01T10-00-00Z/sums.ipynb": "late"}
    assert statuses(root) == [("counts", "ada", "late"), ("kept", "ada", "late")]
    assert "Late, and nothing in time: ada." in list(summary.sentences())


def test_exactly_at_the_deadline_is_in_time(root):
    take(root, attempt(root, "2026-11-30 22:59:00", "x"))
    assert statuses(root) == [("counts", "ada", "")]


def test_without_a_deadline_the_last_counts(root):
    (root / "course" / "course.toml").write_text("")
    attempt(root, "2026-12-02 10:00:00", "last")
    take(root, attempt(root, "2026-12-01 10:00:00", "first"))
    assert there(root)["ada/ps1/sums.ipynb"] == "last"
    assert statuses(root) == [("counts", "ada", ""), ("kept", "ada", "")]


def test_a_time_of_the_exchange_without_a_zone_is_utc(root):
    take(root, laid(root / "in", {"ada+ps1+2026-11-30 23:30:00/sums.ipynb": "x"}))
    assert statuses(root) == [("counts", "ada", "late")]


def test_a_deadline_with_its_own_zone(root):
    (root / "course" / "course.toml").write_text("[deadlines]\nps1 = 2026-11-30T23:59:00-08:00\n")
    take(root, attempt(root, "2026-12-01 07:58:00", "x"))
    assert statuses(root) == [("counts", "ada", "")]


def test_a_moved_deadline_lets_another_one_count(root):
    attempt(root, "2026-11-30 10:00:00", "first")
    source = attempt(root, "2026-12-01 10:00:00", "second")
    take(root, source)
    assert there(root)["ada/ps1/sums.ipynb"] == "first"
    (root / "course" / "course.toml").write_text("[deadlines]\nps1 = 2026-12-02T00:00:00Z\n")
    take(root, source)
    assert there(root) == {"ada/ps1/sums.ipynb": "second", ".others/ada/ps1/2026-11-30T10-00-00Z/sums.ipynb": "first"}


def test_collecting_again_changes_nothing(root):
    for day in (28, 29, 30):
        attempt(root, f"2026-11-{day} 10:00:00", "the same" if day < 30 else "other")
    source = root / "in"
    assert take(root, source).new == 3
    before, rows = there(root), table(root)
    assert take(root, source).new == 0
    assert there(root) == before and table(root) == rows


def test_a_time_that_is_learned_later_is_that_of_the_same_hand_in(root):
    source = zipped(root / "m.zip", {"Ada_1_assignsubmission_file/sums.ipynb": "x"})
    take(root, source, roster="id,name\nada,Ada\n")
    assert take(root, source, roster="id,name,submitted\nada,Ada,2026-12-01 10:00\n").new == 0
    assert statuses(root) == [("counts", "ada", "late")]
    assert take(root, source, roster="id,name\nada,Ada\n").new == 0
    assert statuses(root) == [("counts", "ada", "late")]


def test_a_second_zip_without_times_counts_and_the_first_is_kept(root):
    for text in ("first", "second", "first"):
        take(root, zipped(root / "m.zip", {"Ada_1_assignsubmission_file/sums.ipynb": text}))
    files = there(root)
    assert files.pop("Ada/ps1/sums.ipynb") == "second"
    assert list(files.values()) == ["first"]


def test_a_folder_that_was_there_before_is_kept(root):
    laid(root / "submitted", {"Ada/ps1/sums.ipynb": "by hand", "Ada/ps2/other.ipynb": "other"})
    take(root, zipped(root / "m.zip", {"Ada_1_assignsubmission_file/sums.ipynb": "new"}))
    files = there(root)
    assert files.pop("Ada/ps1/sums.ipynb") == "new" and files.pop("Ada/ps2/other.ipynb") == "other"
    assert list(files.values()) == ["by hand"]


def test_an_interruption_between_two_moves_loses_nothing(root):
    attempt(root, "2026-11-29 10:00:00", "first")
    source = attempt(root, "2026-11-30 10:00:00", "second")
    take(root, source)
    shutil.move(root / "submitted" / "ada" / "ps1", root / "submitted" / ".others" / "ada" / "ps1" / "moved")
    assert take(root, source).new == 0
    assert there(root) == {"ada/ps1/sums.ipynb": "second", ".others/ada/ps1/2026-11-29T10-00-00Z/sums.ipynb": "first"}
