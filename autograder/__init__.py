"""From a submission to a grade.

    text notebook ──build──▶ solution notebook ──release──▶ student notebook
                                                                │
    gradebook ◀──record── scores ◀──run── merged notebook ◀──intake── submission
        └──▶ feedback · report

From the ground floor up; no module imports from a floor above its own:

    errors plain notebooks files extra_files course ...   what all others use
    engine/     where a student's code executes; engine/sandbox/ is the kernel
    repair/     a student's answers into the release
    collect/    from a platform's zip or folder to submitted/STUDENT/ASSIGNMENT/
    authoring/  from a text notebook to what students get
    results/    what came of it, and how people see it
    grading/    leads a class through the steps
    audit/      the tests are tested
    check/      what an assignment lacks
    cli cli_audit terminal entry demo doctor progress    the command
"""

import sys

# nbformat's validator would build a grammar of web addresses, 1.5 s a process, for a check that no notebook needs.
# None makes the import fail, as Python documents; its type stubs allow only modules.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
