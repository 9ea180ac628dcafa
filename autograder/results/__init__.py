"""What came of it, and how people see it.

    ledger.py       a file for each graded notebook: the truth about results
    environment.py  the part of its fingerprint that says what else decides a score
    gradebook.py    nbgrader's gradebook; nothing else writes to it
    grades.py       what a class got, with what a person graded by hand since
    tables.py       scores.csv and submissions.csv
    feedback.py     a page for each student
    report.py       a page on the class
    redaction.py    a graded notebook as people may see it: nothing of a hidden test
    outputs.py      a cell's outputs, made safe
    shared.py       what all students of a class share, which is likely the assignment's
"""
