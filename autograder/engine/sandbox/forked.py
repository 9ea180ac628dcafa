"""The coordinator's side of a template: a fork server whose parent was forked from one."""

from __future__ import annotations

import json
import shutil
import socket
from contextlib import suppress
from pathlib import Path

from autograder.engine.sandbox import policy
from autograder.engine.sandbox.host import END, ForkServer, Launched, messages
from autograder.engine.sandbox.server import answers, settle
from autograder.errors import SandboxUnavailable


class Template(ForkServer):
    """A process that has imported what several assignments share (template.py), and its folder.

    Its parents are in the same bubblewrap: they see the same paths and have the same variables.
    """

    program = "autograder.engine.sandbox.template"
    parents = 0  # how many parents were forked from it


class ForkedServer(Launched):
    """A fork server whose parent was forked from a template, in a folder below the template's.

    Parameters
    ----------
    template : Template
        the template; `wait` waits for it, too.
    modules : list of str
        what the parent imports: all that the template has imported, and more.
    """

    def __init__(self, template: Template, modules: list[str]) -> None:
        template.parents += 1
        name = f"{template.folder.name}-{template.parents}"  # `sweep` finds its kernels' control groups by this name
        super().__init__(template.folder / "kernels" / name, template.env, template.sandbox)
        self.template, self.modules = template, modules
        self._line: socket.socket | None = None

    def wait(self) -> None:
        """Wait until the parent serves.

        Raises
        ------
        SandboxUnavailable
            with the reason, if it or the template ends or stands still before that.
        """
        if self._line is not None:
            return
        self.template.wait()
        self._make_folders()
        inside = Path(policy.KERNELS, self.folder.name) if self.sandbox else self.folder
        arguments = [f"--socket={inside / 'control' / 's'}", f"--kernels={inside / 'kernels'}",
                     f"--modules={','.join(self.modules)}"]
        self._line = socket.socket(socket.AF_UNIX)
        try:
            self._line.connect(str(self.template.folder / "control" / "s"))
            self._line.sendall(json.dumps({"arguments": arguments}).encode() + b"\n")
            found = messages(self._line.fileno(), self.template.pid)
        except (OSError, SandboxUnavailable) as error:
            self.close()
            raise SandboxUnavailable(str(error)) from None
        self._keep(found)

    @property
    def alive(self) -> bool:
        return answers(self.folder)

    def close(self) -> None:
        """End the parent and every kernel of it, and remove the folder; the template stays."""
        settle()
        line, self._line = self._line, None
        if line is not None:
            with line, suppress(OSError):
                line.settimeout(END)
                line.shutdown(socket.SHUT_WR)  # this ends the parent and its kernels
                while line.recv(1000):
                    pass
        shutil.rmtree(self.folder, ignore_errors=True)
