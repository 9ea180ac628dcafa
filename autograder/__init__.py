"""From a submission to a grade, one module a step.

    text notebook ──build──▶ solution notebook ──release──▶ student notebook
                                                                │
    gradebook ◀──record── scores ◀──run── merged notebook ◀──intake── submission
        └──▶ feedback · report

`course` reads what a teacher set, `grade` leads a class through the steps, `cli` is the command.
Only `run` executes a student's code, and only `gradebook` writes to the gradebook.
"""

import sys

# nbformat's validator would build a grammar of web addresses, 1.5 s a process, for a check no notebook needs
sys.modules.setdefault("rfc3987_syntax", None)
