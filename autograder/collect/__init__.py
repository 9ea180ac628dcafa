"""From what a learning platform hands out to nbgrader's submitted layout: see docs/collect.md.

`archive` reads the source, taken for hostile; `platforms` says whose a file is by its name, `roster`
who that is in the course; `handins` keeps every hand-in and chooses the one that counts; `batch`
leads, `table` writes down what became of each file, and `summary` says it.
"""

from autograder.collect.batch import collect
from autograder.collect.summary import Summary

__all__ = ["Summary", "collect"]
