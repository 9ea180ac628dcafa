"""Make what students get from a text notebook.

    new.py       creates an assignment to start from: a text notebook, its checks, its hints and its answer bank
    build.py     builds the solution notebook from the text notebook
    release.py   makes the student notebook and the notebook as it is graded from the solution notebook
    marking.py   marks cells of the notebook as it is graded
    publish.py   writes a public repository for students
    worked.py    makes the worked solution for students from the solution notebook
    shipped.py   puts the outputs that depend on no answer into the student notebook
    leaks.py     finds what such a repository must not contain
    bank.py      reads the answer banks: which answers are right, what the others must lose, what students must read
    sample.py    makes up a class of students from the banks
"""
