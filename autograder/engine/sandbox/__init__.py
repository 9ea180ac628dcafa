"""The kernel that a student's code runs in: forked from a warm parent, inside bubblewrap, alone.

The process map, and what each may do:

    worker        this user's process; host.py asks for a kernel, resource_monitor.py counts what it uses
      └ bwrap     a view of the interpreter, the packages and the data, read only; no network
          └ parent (parent.py)    has imported TensorFlow and executed nothing; no capability
              └ shell (child.py)  owns the kernel's new namespaces, and waits
                  └ kernel        process 1 of its own PID namespace; sees nothing of its siblings
                                  (kernel.py)

Inside the kernel, for the cells of the release:

    guard.py      runs them, and answers the worker's questions, signed (seal.py)
      cell.py     compiles and executes one cell
      namespaces.py  those of locked cells and tests, besides the notebook's
      baseline.py   what was loaded before the fork, and which parts were replaced (memory.py, contents.py)
      findings.py what else no longer holds of what tests rely on
      audit_events.py  what a student's code does that only tampering needs
      student_code.py  whose code something is
      error_origin.py  where an error came from

A kernel reaches the worker by five Unix sockets that were bound before it lost sight of them, and
by nothing else. Where one of these processes ends, those below it end with it.
"""
