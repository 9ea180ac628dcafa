"""From what a student handed in and what was released to the notebook that is graded.

    text.py       what a cell's text is: its Python, the names it defines, what can be put right in it
    alignment.py  what is plain at once: copies of locked cells, answers with their marks, the places
    match.py      which of the rest is which answer, and how sure that is
    ambiguity.py      what a person should look at
    merge.py      the release with the answers in it and the student's own cells in their places
    notes.py      what was put right, in words

A pure function: nothing is read, written or run.
"""

from autograder.repair.merge import Repaired, repair
from autograder.repair.notes import Repair

__all__ = ["Repair", "Repaired", "repair"]
