"""Sort what a learning platform hands out into nbgrader's submitted layout; see docs/collect.md.

`archive` reads the source, which is treated as hostile. `platforms` tells from a file's path who handed it in, and
`roster` finds this student in the course. `handins` keeps every hand-in and chooses the one that counts. `batch`
runs these steps, `table` records what became of each file, and `summary` reports it.
"""

from autograder.collect.batch import collect
from autograder.collect.summary import Summary

__all__ = ["Summary", "collect"]
