"""The results of grading, and the forms in which people see them.

    ledger.py       a file for each graded notebook, from which all other results are made
    environment.py  the part of a result's fingerprint that covers libraries, grader and course modules
    gradebook.py    writes to nbgrader's gradebook; no other module does
    grades.py       a class's results, including points that a person gave by hand
    tables.py       scores.csv and submissions.csv
    feedback.py     a page for each student and notebook
    report.py       a page about the class
    redaction.py    a graded notebook as people may see it, without anything from hidden tests
    rubric.py       the model answer and the rubric below each written answer, for the grader
    outputs.py      makes a cell's outputs safe to show
    shared.py       what all students of a class have in common, which is probably the assignment's fault
    summary.py      a graded notebook in one sentence
"""
