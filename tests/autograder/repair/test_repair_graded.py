"""Thirty mixtures, graded by real kernels: the same scores as the untouched submission."""

from random import Random

import nbformat
import pytest
from test_repair_properties import ANSWERS, RELEASE, changed

from autograder import jobs
from autograder.grading import worker
from autograder.jobs import Limits
from workbench import operators

SAMPLES = range(30)


@pytest.fixture(scope="module")
def scored():
    """The scores of a file and those that a person is asked about, from a worker and its one fork server."""
    setup = jobs.Setup({"sums": nbformat.writes(RELEASE)}, Limits(cell_seconds=20, notebook_seconds=40))

    def grade(content):
        result = worker.grade_one(setup, jobs.Submission("ada", "sums", (("sums.ipynb", content),)))
        asked = {score.grade_id for score in result.scores if "answer-uncertain" in score.flags}
        return {score.grade_id: (score.score, score.status) for score in result.scores}, asked

    yield grade
    worker.close_server()


@pytest.fixture(scope="module")
def untouched(scored):
    return [scored(changed(which, []).encode())[0] for which in range(len(ANSWERS))]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_mixture_is_graded_as_the_untouched_one(scored, untouched, sample):
    chance = Random(sample)
    which = chance.randrange(len(ANSWERS))
    steps = [(chance.choice(operators.KEEPING), chance.randrange(10**6)) for _ in range(6)]
    found, asked = scored(chance.choice(operators.FILES)(changed(which, steps), chance))
    asked |= {"test_mean"} if "test_total" in asked else set()  # the one calls the other
    assert {name: found[name] for name in untouched[which] if name not in asked} == {
        name: untouched[which][name] for name in untouched[which] if name not in asked}
    assert len(asked) < 3


def test_each_kind_of_answers_has_its_points(untouched):
    totals = [sum(score or 0 for score, _ in found.values()) for found in untouched]
    assert totals == [4, 0, 0, 1, 2, 1]
