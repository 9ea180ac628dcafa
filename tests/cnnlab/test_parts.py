"""Points for the parts of a task that are right."""

import pytest

from cnnlab import checks


def test_every_part_that_holds_gives_its_points():
    parts = checks.Parts(4)
    with parts("small numbers", 1):
        pass
    with parts("large numbers", 2):
        raise checks.CheckFailed("double(900) is wrong.")
    with parts("fractions", 1):
        checks.same(4, 4, "double(2)")
    points = parts.points()
    assert points == 2 and repr(points) == "2.0" and points.held == ("small numbers", "fractions")
    ((name, lost, error),) = points.lost
    assert (name, lost, str(error)) == ("large numbers", 2, "double(900) is wrong.")


def test_all_parts_together_give_all_points():
    parts = checks.Parts(1.5)
    for name in ("one", "two", "three"):
        with parts(name, 0.5):
            pass
    assert parts.points() == 1.5 and parts.points().lost == ()


def test_without_any_part_the_first_error_ends_the_test():
    parts = checks.Parts(2)
    for reason in ("first", "second"):
        with parts(reason, 1):
            raise KeyError(reason)
    with pytest.raises(KeyError, match="first"):
        parts.points()


def test_parts_that_do_not_share_out_the_points_are_the_tests_fault():
    parts = checks.Parts(3)
    with parts("one", 1):
        pass
    with pytest.raises(ValueError, match="have 1 points together, not 3"):
        parts.points()


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_what_ends_a_program_ends_the_test(end):
    with pytest.raises(end), checks.Parts(1)("one", 1):
        raise end
