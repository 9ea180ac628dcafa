"""How far the work has come: the tasks whose visible checks pass, and the parts of written questions still empty."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from cnnlab.checks import visible
from cnnlab.guide import texts

STUB = "*TODO: replace this line with your answer.*"  # what stands in an answer cell for text until it is written
STARS = 3  # of the hardest task
PART = re.compile(r"^\*\*(\d+)\.\*\*", re.M)  # how a part of a written question begins


def progress() -> None:
    """Print the tasks whose visible checks pass, the points in reach, and the written questions still empty.

    A task counts if its visible check has passed in this session, and its answer has not been defined anew since.
    Written questions are read from the notebook's file, as it was last saved.
    """
    notebook = texts.notebook()
    tasks = texts.texts(notebook)["tasks"]
    passed = [name for name in tasks if _passes(name)]
    width = max(map(len, tasks))
    for number, (name, task) in enumerate(tasks.items(), start=1):
        state = "visible checks pass" if name in passed else "not passed yet"
        print(f"{number:3}. {name:{width}}  {stars(task['difficulty'])}  {points(task['points']):8}  {state}")
    reached, all_points = (sum(tasks[name]["points"] for name in names) for names in (passed, tasks))
    print(f"The visible checks pass for {len(passed)} of {len(tasks)} tasks: {reached} of {points(all_points)} so "
          "far. More checks run when this is graded.")
    written = texts.texts(notebook).get("written", {})
    if written:
        _print_written(notebook, written)


def stars(difficulty: int) -> str:
    """A task's difficulty, 1 to 3, as the headings show it: ★☆☆, ★★☆ or ★★★."""
    return "★" * difficulty + "☆" * (STARS - difficulty)


def points(number: int) -> str:
    """A number of points in words, such as "1 point"."""
    return f"{number} point{'' if number == 1 else 's'}"


def _passes(task: str) -> bool:
    """Whether the answer that the notebook holds now is the one that passed."""
    answers = visible.passed_answers()
    return task in answers and _namespace().get(task) is answers[task]


def _print_written(notebook: str, written: dict[str, Any]) -> None:
    saved = _saved(notebook)
    for name, question in written.items():
        cell = next((cell for cell in saved if _grade_id(cell) == name), None)
        title = f"Written question ({points(question['points'])}, graded by hand)"
        if cell is None:
            print(f"{title}: the saved notebook cannot be read from here; look whether a line there begins with TODO.")
            continue
        empty = empty_parts("".join(cell["source"]))
        print(f"{title}: {empty}" if empty else f"{title}: nothing is empty in the notebook as it was last saved.")


def empty_parts(text: str) -> str:
    """Which parts of a written answer are still empty, as a sentence; "" if none is."""
    begins = [match.start() for match in PART.finditer(text)]
    if not begins:
        return "still empty." if not text.replace(STUB, "").strip() else ""
    parts = [text[start:end] for start, end in zip(begins, [*begins[1:], len(text)], strict=True)]
    empty = [PART.match(part)[1] for part in parts if not _answer(part)]  # type: ignore[index]  # each begins so
    if not empty:
        return ""
    return f"part {empty[0]} is still empty." if len(empty) == 1 else (
        f"parts {', '.join(empty[:-1])} and {empty[-1]} are still empty.")


def _answer(part: str) -> str:
    """What a student has written in a part: all but its first line, which says the number and the points."""
    return part.partition("\n")[2].replace(STUB, "").strip()


def _saved(notebook: str) -> list[dict]:
    """The cells of the notebook's file; [] where it is not found."""
    in_jupyter, in_vscode = os.environ.get("JPY_SESSION_NAME", ""), str(_namespace().get("__vsc_ipynb_file__", ""))
    names = [Path(path).name for path in (in_jupyter, in_vscode) if path.endswith(".ipynb")]
    for path in (Path.cwd() / name for name in [*names, f"{notebook}.ipynb"]):
        try:
            return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if "source" in cell]
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return []


def _grade_id(cell: dict) -> str:
    return cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")


def _namespace() -> dict[str, Any]:
    """The notebook's names."""
    return vars(sys.modules["__main__"])
