"""Where a student's code executes: one notebook in, the same notebook with outputs out.

    run.py       runs one notebook's cells within its limits
    client.py    what the kernel sends, bounded
    evidence.py  what shows that a test ran as it was written
    sandbox/     the kernel, forked from a warm parent, and what watches it
"""
