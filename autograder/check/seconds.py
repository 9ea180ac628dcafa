"""Check that the run times stated in the prose agree with those measured, within a factor of two.

"Running everything takes about two minutes" in the first text cell refers to the whole notebook. In any
other text cell, "about 3 seconds" refers to all the code below it, up to the next text cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.check.finding import Finding, name

FACTOR = 2.0
SLACK = 2.0  # seconds by which any two runs may differ
LONG = 4.0  # seconds; anything longer should be announced to the reader
WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
         "ten": 10, "half a": 0.5}
STATED = re.compile(
    rf"\babout\s+(\d+(?:\.\d+)?|half a|{'|'.join(WORDS)})\s+(second|minute)s?\b(\s+and\s+a\s+half)?", re.I)

AGAIN = "Write what was measured, or measure again: autograder build --force."


def find(built: NotebookNode, seconds: dict[str, float]) -> Iterator[Finding]:
    """Yield findings where stated and measured times differ.

    Parameters
    ----------
    built : NotebookNode
        the built notebook.
    seconds : dict of float
        how many seconds each cell ran, by cell id; short cells may be missing.
    """
    total = sum(seconds.values())
    opening = next((cell for cell in built.cells if cell.cell_type == "markdown"), None)
    sentences = re.split(r"(?<=[.;])\s", opening.source) if opening else []
    running = [stated(sentence) for sentence in sentences if re.search(r"\brun", sentence, re.IGNORECASE)]
    whole = [number for number in running if number]
    where = name(built, opening) if opening else "the notebook"
    if not whole:
        yield Finding(where, "It does not say how long everything runs.",
                      f'Write "The whole notebook runs in about {_rounded(total)}." into the first text.')
    elif not agree(whole[0], total):
        yield Finding(where, f"It says that everything runs in about {_rounded(whole[0])}, "
                      f"but that took {_rounded(total)}.", AGAIN)
    for text, cells in sections(built):
        if text is opening:
            continue
        took, said = sum(seconds.get(cell.id, 0.0) for cell in cells), stated(text.source)
        if said and not agree(said, took):
            yield Finding(name(built, text), f"It says about {_rounded(said)} of the code below, "
                          f"but that took {_rounded(took)}.", AGAIN)
        elif not said and took > LONG:
            yield Finding(name(built, text), f"The code below it takes {_rounded(took)}, and nothing says so.",
                          f'Write "About {_rounded(took)}." into the text.')


def stated(text: str) -> float | None:
    """The time that a text states, in seconds, the longest if there are several; None if it states none."""
    found = []
    for number, unit, half in STATED.findall(text):
        value = WORDS.get(number.lower()) or float(number)
        found.append((value + (0.5 if half else 0)) * (60 if unit.lower() == "minute" else 1))
    return max(found, default=None)


def agree(said: float, took: float) -> bool:
    """Whether two times, in seconds, are within a factor of two, or too close to tell apart."""
    return abs(said - took) <= SLACK or max(said, took) <= FACTOR * min(said, took)


def sections(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, list[NotebookNode]]]:
    """Yield each text cell with the code cells below it."""
    text, cells = None, []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells.append(cell)
            continue
        if text is not None:
            yield text, cells
        text, cells = cell, []
    if text is not None:
        yield text, cells


def _rounded(seconds: float) -> str:
    count = round(seconds) if seconds < 10 else 5 * round(seconds / 5)
    return f"{count} second{'' if count == 1 else 's'}"
