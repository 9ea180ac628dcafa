"""What the audit says of an answer, from its score."""

import pytest

from autograder.audit.verdict import judge
from autograder.authoring.bank import Answer
from autograder.jobs import Score


@pytest.mark.parametrize("right, points, problem", [
    (True, 3.0, ""),
    (True, 2.0, "a right answer, but gets 2 of 3 points: Not right: zeros (1 point). It is 4."),
    (False, 0.0, ""),
    (False, 2.0, ""),
    (False, 3.0, "a wrong answer (Forgets zeros), but gets all 3 points."),
])
def test_a_wrong_answer_has_to_lose_points_and_a_right_one_none(right, points, problem):
    answer = Answer("task", "name", right, "Forgets zeros.", () if right else ("test_task",), "" if right else "it is 4", ("pass",))
    message = "" if right and points == 3 else "Not right: zeros (1 point). It is 4."
    verdict = judge(answer, "test_task", Score("test_task", points, 3.0, "partial", (), message), 0.0)
    assert (verdict.problem, verdict.lost) == (problem, points < 3)
