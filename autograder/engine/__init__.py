"""Execute student code: take one notebook and return it with outputs.

    run.py            runs the cells of one notebook within its limits
    client.py         receives what the kernel sends and limits its size
    evidence.py       collects the evidence that each test ran as written
    private_names.py  lists the private names of other libraries that we use
    sandbox/          the kernel, forked from a warm parent, and its monitoring
"""
