"""The kernel in which student code runs: forked from a warm parent inside bubblewrap, and isolated.

The process map, and what each process may do:

    worker        runs as this user; handle.py requests a kernel, resource_monitor.py counts what it uses
      └ bwrap     read-only view of the interpreter, the packages and the data; no network
          └ parent (parent.py)    has imported TensorFlow and executed nothing; no capabilities
              └ shell (child.py)  owns the kernel's new namespaces, and waits
                  └ kernel        process 1 of its own PID namespace; cannot see its siblings
                                  (kernel.py)

The coordinator starts the parent for all workers of its machine (host.py); where there is none, a worker starts one
(server.py has what is common to both). A command that grades several assignments starts a template, which has imported
what they share, and forks the parents from it (template.py, forked.py).

Inside the kernel, for the cells of the release:

    guard.py            runs them, and answers the worker's questions with a signature (seal.py)
      cell.py           compiles and executes one cell
      namespaces.py     provides the namespaces of locked cells and tests
      baseline.py       records what was loaded before the fork, and finds what was replaced (memory.py, contents.py)
      findings.py       finds other changes to what tests rely on
      audit_events.py   notes what student code does that only tampering needs
      student_code.py   tells student code from other code
      error_origin.py   finds where an error came from

A kernel can reach the worker only through five Unix sockets, which were bound while their folder was still visible
to it. When one of these processes ends, those below it end, too.
"""
