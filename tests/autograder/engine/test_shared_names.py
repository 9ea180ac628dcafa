"""Where tests share the notebook's names, as in nbgrader: whoever can set a test's variables is flagged."""

import dataclasses

import pytest

from autograder import course as courses
from autograder.authoring import release
from autograder.notebooks import imported, is_locked
from workbench.attacked import NAME, Attack, fork_server, grade, hand_in, make_course
from workbench.attacks import ATTACKS

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = courses.load(make_course(tmp_path_factory.mktemp("shared")))
    tests = course.settings.tests.model_copy(update={"own_names": False})
    course = dataclasses.replace(course, settings=course.settings.model_copy(update={"tests": tests}))
    version = release.grading_versions(course, "ps1")[NAME]
    with fork_server(version, course) as server:
        yield lambda attack: grade(version, hand_in(version, attack, course.root), server)


@pytest.mark.parametrize("name", ["test-variables-behind-a-magic", "test-variables-after-pwd", "test-variables-in-an-own-cell"])
def test_a_global_after_a_magic_is_seen(graded, name):
    rows = {row.grade_id: row for row in graded(ATTACKS[name])}
    assert [row for row in rows.values() if row.score and not {"writes-test-state", "tampered"} & {*row.flags}] == []
    assert "writes-test-state" in rows["test_close"].flags


def test_an_honest_answer_has_all_points_and_no_flag(graded):
    rows = graded(Attack("", "%pwd\ndef double(x):\n    return 2 * x\n"))
    assert all(row.score == row.max_score and not row.flags for row in rows)


def test_what_a_locked_cell_imports_after_a_magic_is_imported_before_the_fork(tmp_path):
    course = courses.load(make_course(tmp_path))
    version = release.grading_versions(course, "ps1")[NAME]
    first = next(cell for cell in version.cells if is_locked(cell))
    assert first.source.startswith("%pwd\n") and {"numpy", "cnnlab:checks"} <= {*imported(version)}
