"""Test the tests: grade the answers of the banks with the tasks' own tests, on the engine that grades submissions.

    short.py        grades many answers in one kernel, with only those cells
    full.py         grades all answers in whole notebooks, as real submissions, and compares with the short way
    verdict.py      what the audit says of an answer and of a task
    table.py        prints the reports
    runner.py       leads the answers through the workers, and makes a report for each task

`autograder audit mutants` does the same with wrong answers that are derived from the solution:

    changes.py           changes to a solution that no mutation library makes
    mutants.py           every changed solution, by these changes and by the library's, with a name
    compare_outcomes.py  whether two answers do the same; runs in the kernel
    equivalence.py       the mutants that do what the reference does, on random inputs
    survivors.py         the mutants that keep their points, recorded with the reason
    mutation_run.py      leads the mutants through the workers, and makes a table

`autograder audit seeds` tests the thresholds:

    seeds.py       trains an assignment's own notebook from many seeds
    seeds_file.py  what was measured, in seeds.toml
"""

from autograder.audit.runner import audit, report
from autograder.audit.table import table
from autograder.audit.verdict import TaskReport, Verdict
from autograder.authoring.bank import Answer, Bank, read

__all__ = ["Answer", "Bank", "TaskReport", "Verdict", "audit", "read", "report", "table"]
