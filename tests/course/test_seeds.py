"""Every graded accuracy lies far below what the reference solution reaches: seeds.md says how far."""

import re
import statistics

import bench
import pytest

from cnnlab import budget


@pytest.mark.parametrize("name", budget.NAMES)
@pytest.mark.parametrize("assignment", budget.TRAININGS)
def test_a_threshold_is_four_standard_deviations_below_the_mean_of_twenty_seeds(assignment, name):
    text = (bench.COURSE.source / assignment / "seeds.md").read_text()
    plan = budget.TRAININGS[assignment][name]
    (row,) = re.findall(rf"^\| {name} \|.*$", text, re.M)
    (listed,) = re.findall(rf"^- {name}: (.*)$", text, re.M)
    accuracies = [float(one) for one in listed.split()]
    assert len(accuracies) == 20
    mean, deviation = statistics.mean(accuracies), statistics.stdev(accuracies)
    distance = (mean - plan.accuracy) / deviation
    assert distance >= 4
    assert f"| {deviation:.5f} | {min(accuracies):.4f} |" in row
    assert f"| {plan.accuracy:.3f} | {distance:.1f} |" in row
    assert f"{plan.images:,} images × {plan.epochs} epochs" in row
    assert f"| 20 | {mean:.4f} |" in row
