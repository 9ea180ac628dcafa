"""Print the audit's reports."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from autograder.audit.verdict import TaskReport


def table(reports: list[TaskReport]) -> Table:
    """Return a table with a row for each task and, if there are several, one for all of them."""
    made = Table("assignment", "task", title="The answer banks", title_justify="left")
    for name in ("right accepted", "wrong caught", "messages right", "seconds"):
        made.add_column(name, justify="right")
    for one in reports:
        made.add_row(one.assignment, one.task, *_counts([one]), f"{one.seconds:.1f}")
    if len(reports) > 1:
        made.add_section()
        made.add_row("all", f"{len(reports)} tasks", *_counts(reports), f"{sum(one.seconds for one in reports):.1f}")
    return made


def _counts(reports: list[TaskReport]) -> Iterator[str]:
    for kind in ("right", "wrong", "told"):
        pairs = [getattr(one, kind) for one in reports]
        yield f"{sum(good for good, _ in pairs)}/{sum(total for _, total in pairs)}"
