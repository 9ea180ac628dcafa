"""From a text notebook to what students get.

    new.py       a first assignment to start from
    build.py     the solution notebook, from the text notebook
    release.py   the student notebook, and the notebook as it is graded, from the solution notebook
    marking.py   marks on the notebook as it is graded, for the cells that run
    publish.py   a public repository for students
    leaks.py     what such a repository must not hold
    bank.py      what the answer banks say: right or wrong, what it must lose, what the student must read
    sample.py    a made-up class of students, from the banks
"""
