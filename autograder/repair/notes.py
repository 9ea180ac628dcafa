"""Descriptions of what was put right: a flag for the tables and a sentence for the student."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.notebooks import title
from autograder.plain import plain

SURE = 0.7  # minimum confidence; a less certain repair is left to a person
SENTENCES = {  # what a student reads; {cell} is the cell's title
    "answer-deleted": "The cell '{cell}' is missing from your notebook.",
    "answer-found": "The cell '{cell}' had lost its mark; your answer was found {where}.",
    "answer-twice": "The cell '{cell}' stands in your notebook more than once; the last complete one counts.",
    "answer-reassembled": "The cell '{cell}' had been split; its parts were put together.",
    "answer-extracted": "The cell '{cell}' had been merged with another one; your answer was taken out of it.",
    "answer-uncertain": "Your answer to '{cell}', or a part of it, may be elsewhere: your teacher looks at it.",
    "type-restored": "The cell '{cell}' had become another type of cell; it counts as it was released.",
    "first-line-restored": "The first line of the cell '{cell}' was missing; it was put back.",
    "magic-left-out": "In the cell '{cell}', lines that install packages or change the machine were left out ({what}).",
    "test-restored": "The check '{cell}' had been changed or deleted; it ran as it was released.",
    "older-release": "Your notebook comes from an earlier release of this assignment; your answers were moved over.",
    "damaged": "Your file was damaged ({what}); what could be read was graded.",
    "chosen": "You handed in several files; {what} was graded.",
}


@dataclass(frozen=True)
class Repair:
    """One thing that was put right, or was left to a person.

    Attributes
    ----------
    kind : str
        a key of SENTENCES, which is also the cell's flag.
    cell : str
        the cell's grade_id in the release; empty if the repair concerns the whole notebook.
    confidence : float
        0 to 1; below SURE nothing was done, and a person is asked to look.
    where, what : str
        words that are inserted into the sentence.
    """

    kind: str
    cell: str = ""
    confidence: float = 1.0
    where: str = ""
    what: str = ""

    @property
    def sentence(self) -> str:
        """The sentence that the student reads."""
        return SENTENCES[self.kind].format(cell=title(self.cell), where=self.where, what=plain(self.what, 200))
