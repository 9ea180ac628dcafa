"""From the files that a class handed in to a score for every graded cell.

    grade.py             leads a class through the steps
    running.py           what nbgrader_config.py says about running notebooks
    rehearsal.py         grades the reference solution and the unchanged release before the class
    submission_files.py  finds the files of each submission, which may be hostile
    pool.py              the workers of one command and the warm parent that they share
    cluster.py           the workers: local ones, or those of a Dask scheduler
    worker.py            grades one submission and returns its result
    limited_process.py   a separate process with limits, in which submissions are read
    reading.py           what runs in that process: read, repair, score, show
    intake.py            makes a sound notebook from a submitted file
    scores.py            the rule that turns the outputs of a graded cell into its score
"""
