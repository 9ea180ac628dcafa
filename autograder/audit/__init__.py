"""The tests are tested: every answer of the banks against the task's own test, on the real engine.

    slicing.py   which cells of a notebook a task depends on
    short.py     answers one after the other in one kernel, with only those cells
    one_trace.py what lets Keras trace a training step once there; runs in the kernel
    full.py      all answers in whole notebooks, as real submissions, compared with the short way
    verdict.py   from a score to what the audit says of an answer and of a task
    table.py     the reports as a person reads them
    runner.py   through the workers, and a report for each task

And with wrong answers that are derived from the solution, with `autograder audit mutants`:

    changes.py      changes to a solution that no mutation library makes
    mutants.py      those and the library's: every changed solution, with a name
    compare_outcomes.py        whether two answers do the same; runs in the kernel
    equivalence.py  the mutants that do what the reference does, on random inputs
    survivors.py    the mutants that keep their points, recorded with the reason
    mutation_run.py         through the workers, and a table

And its thresholds, with `autograder audit seeds`:

    seeds.py        an assignment's own notebook trains from many seeds
    seeds_file.py   what was measured, in seeds.toml
"""

from autograder.audit.runner import audit, report
from autograder.audit.table import table
from autograder.audit.verdict import TaskReport, Verdict
from autograder.authoring.bank import Answer, Bank, read

__all__ = ["Answer", "Bank", "TaskReport", "Verdict", "audit", "read", "report", "table"]
