"""From a submission to a grade, one module a step.

    text notebook ──build──▶ solution notebook ──release──▶ student notebook
                                                                │
    gradebook ◀──record── scores ◀──run── merged notebook ◀──intake── submission
        └──▶ feedback · report

`course` reads what a teacher set, `grade` leads a class through the steps, `cli` is the command.
Only `run` executes a student's code, and only `record` writes to the gradebook.
"""
