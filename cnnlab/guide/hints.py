"""Hints for a task, one at a time: where to read, a first step, a skeleton."""

from __future__ import annotations

from typing import Any

from cnnlab import exact
from cnnlab.guide import texts

_given: dict[tuple[str, str], int] = {}  # how many hints of a notebook's task have been shown in this session


def hint(task: Any) -> None:
    """Print the next hint for a task, given as its function or class, or by its name.

    The first says where to read, the second is a first step, the third a skeleton of the answer. After the
    third they begin again. They cost no points.

    Raises
    ------
    NothingThere
        if the notebook has no such task.
    """
    notebook = texts.notebook()
    tasks = list(texts.texts(notebook)["tasks"])
    name = texts.choose(task if type(task) is str else exact.called(task) or exact.named(type(task)), tasks, "task")
    hints = texts.hints(notebook)
    if name not in hints:
        print("There are no hints in this course: your teacher has turned them off.")
        return
    number = _given.get((notebook, name), 0) % len(hints[name])
    _given[notebook, name] = number + 1
    texts.show(f"**{name}, hint {number + 1} of {len(hints[name])}.** {hints[name][number]}")
