"""From what a class handed in to a score for every graded cell.

    grade.py             leads a class through the steps
    running.py           what nbgrader_config.py says of how notebooks run
    rehearsal.py         the source's own solution and the release as it is, before a class is graded
    submission_files.py  the files of each submission, taken for hostile
    cluster.py           the workers: on this machine, or a Dask scheduler's
    worker.py            one submission in, its result out
    limited_process.py   a process of its own, with limits, for what reads a submission
    reading.py           what happens there: read, repair, score, show
    intake.py            a sound notebook from a submitted file
    scores.py            the rule: from the outputs of a graded cell to its score
"""
