"""The kernel that a student's code runs in: forked from a warm parent, inside bubblewrap, alone.

The process map, and what each may do:

    worker        this user's process; host.py asks for a kernel, watch.py counts what it uses
      └ bwrap     a view of the interpreter, the packages and the data, read only; no network
          └ parent (parent.py)    has imported TensorFlow and executed nothing; no capability
              └ shell (child.py)  owns the kernel's new namespaces, and waits
                  └ kernel        process 1 of its own PID namespace; sees nothing of its siblings
                                  (kernel.py; IPython's own shell, which runs cells, is in shell.py)

A kernel reaches the worker by five Unix sockets that were bound before it lost sight of them, and
by nothing else. Where one of these processes ends, those below it end with it.
"""
