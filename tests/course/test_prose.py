"""What each assignment's prose says of its points and its thresholds; test_prose_NAME.py has the rest."""

import re
import statistics

import bench
import pytest
from nbgrader.utils import is_grade

from autograder.audit import seeds_file

COUNTS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)
def test_points_in_the_headings_are_those_of_the_cells(assignment):
    graded = [cell.metadata.nbgrader for cell in bench.solution(assignment).cells if is_grade(cell)]
    prose = bench.prose(assignment)
    assert [int(number) for number in re.findall(r"^#.*\((\d+) points?\b", prose, re.M)] == [mark.points for mark in graded]
    ((count, total),) = re.findall(r"\b(\w+) tasks\b[^.]*?(\d+) points", prose)
    coded = [mark for mark in graded if not mark.solution]
    assert (COUNTS.index(count.lower()), int(total)) == (len(coded), sum(mark.points for mark in graded))


def rows(assignment: str, budget: str) -> list[str]:
    """Those of the table of thresholds."""
    return re.findall(rf"^\| {budget} \|.* epochs? \|.*$", bench.prose(assignment), re.M)


def measured(assignment: str) -> dict:
    return seeds_file.read(bench.COURSE.source / assignment)


@pytest.mark.parametrize("assignment, name", [
    (assignment, name) for assignment in bench.ASSIGNMENTS for name in bench.plans(assignment)
    if name in measured(assignment) or rows(assignment, name)
])
def test_the_table_of_thresholds_has_the_numbers_of_the_plans_and_of_the_seeds(assignment, name):
    (row,), plan, seeds = rows(assignment, name), bench.plans(assignment)[name], measured(assignment)
    numbers = [plan.images, plan.epochs, 100 * plan.accuracy]
    if name in seeds:
        mean, deviation = statistics.mean(seeds[name].accuracies), statistics.stdev(seeds[name].accuracies)
        numbers[2:] = 100 * mean, 100 * deviation, 100 * plan.accuracy, (mean - plan.accuracy) / deviation
    stated = [number.replace(",", "") for number in NUMBER.findall(row)]
    digits = [len(number.partition(".")[2]) for number in stated]
    assert [float(number) for number in stated] == [
        pytest.approx(number, abs=0.501 * 10**-places) for number, places in zip(numbers, digits, strict=True)]


def test_all_that_train_have_a_table():
    assert {one for one in bench.ASSIGNMENTS if rows(one, "grading") and rows(one, "cpu")} == {
        one for one in bench.ASSIGNMENTS if bench.plans(one)}
