"""Every graded accuracy lies far below what the reference solution reaches: seeds.toml says how far."""

import re
import statistics

import bench
import pytest

from autograder.audit import seeds_file
from cnnlab import budget, runs

TRAINED = [assignment for assignment in bench.ASSIGNMENTS if bench.plans(assignment)]


def measured(assignment, name):
    """The accuracies listed for a budget; [] where it was not measured."""
    found = seeds_file.read(bench.COURSE.source / assignment)
    return found[name].accuracies if name in found else []


@pytest.mark.parametrize("assignment, name", [
    (assignment, name) for assignment in TRAINED for name in ("audit", *budget.NAMES)
    if name != "gpu" or measured(assignment, name)
])
def test_a_threshold_is_four_standard_deviations_below_the_mean_of_twenty_seeds(assignment, name):
    plan = bench.audit_plan(assignment) if name == "audit" else bench.plans(assignment)[name]
    listed = seeds_file.read(bench.COURSE.source / assignment)[name]
    mean, deviation = statistics.mean(listed.accuracies), statistics.stdev(listed.accuracies)
    distance = (mean - plan.accuracy) / deviation
    assert len(listed.accuracies) == 20 and distance >= 4
    assert listed.threshold == plan.accuracy and listed.training == f"{plan.images:,} images × {plan.epochs} epochs"
    (row,) = re.findall(rf"^\| {name} \|.*$", (bench.COURSE.source / assignment / "seeds.md").read_text(), re.M)
    assert f"| 20 | {mean:.4f} | {deviation:.5f} | {min(listed.accuracies):.4f} |" in row
    assert f"| {plan.accuracy:.3f} | {distance:.1f} |" in row


@pytest.mark.parametrize("assignment", TRAINED)
@pytest.mark.parametrize("name", ["audit", "grading"])
def test_a_broken_network_falls_short_of_the_threshold(assignment, name):
    plan = bench.audit_plan(assignment) if name == "audit" else bench.plans(assignment)[name]
    broken = seeds_file.read(bench.COURSE.source / assignment)[name].broken
    assert set(broken) == {"not trained", "labels shuffled", "one class", "normalisation forgotten"}
    assert all(len(reached) == 3 and max(reached) < plan.accuracy for reached in broken.values()), broken


@pytest.mark.parametrize("assignment", [one for one in TRAINED if not measured(one, "gpu")])
def test_a_budget_that_was_not_measured_asks_for_no_more_than_one_that_was(assignment):
    """Or for what a stored run with its images and epochs reached, by four deviations of the cpu budget."""
    plans = bench.plans(assignment)
    if plans["gpu"].accuracy > plans["cpu"].accuracy:
        full = runs.load(assignment)["full"]["test_accuracy"]
        assert len(full) == plans["gpu"].epochs
        assert full[-1] - 4 * statistics.stdev(measured(assignment, "cpu")) >= plans["gpu"].accuracy


@pytest.mark.parametrize("assignment", TRAINED)
def test_a_larger_budget_never_trains_less(assignment):
    grading, cpu, gpu = bench.plans(assignment).values()
    for small, large in ((grading, cpu), (cpu, gpu)):
        assert small.images * small.epochs < large.images * large.epochs
        assert small.comparison_images * small.comparison_epochs <= (
            large.comparison_images * large.comparison_epochs)
    assert grading.seconds <= 20 and cpu.seconds <= 130
