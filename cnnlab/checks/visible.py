"""What a student reads when the visible check of a task passes, and which answers have passed."""

from __future__ import annotations

import os
from typing import Any

from cnnlab.checks.repeating import GRADED

PASSED = "{task}: the visible checks pass. More checks, on other inputs, run when this is graded."

_passed: dict[str, Any] = {}  # the answer to each task whose visible check has passed in this session


def passed(task: str, answer: Any) -> None:
    """Say that the visible checks of a task pass; its check in `cnnlab.checks` ends with this call."""
    if GRADED not in os.environ:
        _passed[task] = answer
    print(PASSED.format(task=task))


def passed_answers() -> dict[str, Any]:
    """For each task whose visible check has passed in this session, the answer that passed."""
    return dict(_passed)
