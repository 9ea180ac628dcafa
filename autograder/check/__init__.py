"""Find what the author of an assignment has overlooked; each finding comes with a remedy.

    finding.py    one finding, and the name of its cell
    tasks.py      every task has a stub, a visible and a hidden part, points and a bank
    giveaway.py   a table of what the visible part shows must lose points; a stub must count as not attempted
    lookup.py     this table; its text runs in the kernel, never here
    messages.py   the messages of tests are sentences
    pictures.py   every picture has alternative text
    seconds.py    the stated run times agree with the measured ones
    numbers.py    the numbers in the prose agree with the code
    runner.py     runs all of these on one assignment
"""

from autograder.check.finding import Finding
from autograder.check.runner import check

__all__ = ["Finding", "check"]
