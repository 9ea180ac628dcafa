"""What somebody who writes an assignment has overlooked: a line for each finding, with the remedy.

    finding.py    one finding, and how a cell is called
    tasks.py      stub, visible and hidden part, points, bank
    giveaway.py   a table of what the visible part shows must lose; a stub must read as not attempted
    lookup.py     that table: its text is run in the kernel, never here
    messages.py   what a test says is a sentence
    pictures.py   every picture has alternative text
    seconds.py    the stated run times are those that were measured
    numbers.py    the prose's numbers are the code's
    runner.py    one assignment through all of them
"""

from autograder.check.finding import Finding
from autograder.check.runner import check

__all__ = ["Finding", "check"]
