"""What a student reads when the visible check of a task passes."""

from __future__ import annotations

PASSED = "{task}: the visible checks pass. More checks, on other inputs, run when this is graded."


def passed(task: str) -> None:
    """Say that the visible checks of a task pass; its check in `cnnlab.checks` ends with this call."""
    print(PASSED.format(task=task))
