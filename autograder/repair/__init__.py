"""Put a student's answers into the release, which gives the notebook that is graded.

    text.py       the text of a cell: whether it is Python, which names it defines, what can be put right in it
    alignment.py  the first pass: recognises copies of locked cells, answers with their marks, and their positions
    match.py      decides which of the remaining text is which answer, and how sure that is
    ambiguity.py  finds the answers that a person should check
    merge.py      builds the release with the answers and the student's own cells in their places
    notes.py      describes what was put right, in words

`repair` is a pure function: it reads and writes no files and runs no code.
"""

from autograder.repair.merge import Repaired, repair
from autograder.repair.notes import Repair

__all__ = ["Repair", "Repaired", "repair"]
