"""The template: imports once what several assignments import, and forks the parent of each of them.

    python -m autograder.engine.sandbox.template OPTIONS      (started by forked.py; OPTIONS as for parent.py)

It executes nothing else. Each connection to its socket is the handle of one parent (forked.py):

    coordinator sends   {"arguments": [...]}, further options for parent.py
    parent answers      what it prints otherwise; the connection is its standard input and output

Closing a connection ends its parent; closing standard input ends the template and every parent.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import socket
import sys

from autograder.engine.sandbox import parent, syscalls


def main() -> None:
    options = parent.options()
    if options.isolated:
        parent.drop_privileges()
    missing = parent.warm_up([name for name in options.modules.split(",") if name])
    gc.collect()
    gc.freeze()  # a parent's garbage collection skips these objects and copies none of their pages
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(options.socket)
    listener.listen()
    parent.tell({"serving": True, "missing": missing})
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(0, selectors.EVENT_READ)
        while not any(key.fd == 0 for key, _ in selector.select()):
            connection, _ = listener.accept()
            own = os.getpid()
            if os.fork() == 0:
                break
            connection.close()
        else:
            os._exit(0)  # the parents die with this process
    listener.close()
    become_parent(connection, own)


def become_parent(connection: socket.socket, template: int) -> None:
    """Turn this fork into the parent that the coordinator asks for on the connection; never returns."""
    syscalls.die_with_parent()
    if os.getppid() != template:
        os._exit(1)  # the template ended before `die_with_parent` took effect
    try:
        sys.argv += [*json.loads(parent.line(connection))["arguments"], "--settled"]  # the last of an option counts
    except (OSError, ValueError, KeyError):
        os._exit(1)  # the coordinator has gone
    for number in (0, 1):
        os.dup2(connection.fileno(), number)
    connection.close()
    parent.main()


if __name__ == "__main__":
    main()
