"""What a run needs of a fork server, whoever started it; and a fork server that another process started."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from autograder.jobs import WarmParent

ENDING = "ending a kernel"  # the name of the threads that wait until a kernel has gone


class Server:
    """A warm parent, as the process that asks it for kernels sees it.

    Parameters
    ----------
    folder : Path
        the folder in which the provisioner finds the parent; the kernelspec names it.
    env : mapping of str
        the environment variables with which the parent imported.
    sandbox : bool
        whether the parent is inside bubblewrap.

    Attributes
    ----------
    cold : str
        why kernels start without the imports; empty if they have them.
    missing : dict of str
        the modules that could not be imported, with the reason.
    """

    def __init__(self, folder: Path, env: Mapping[str, str], sandbox: bool) -> None:
        self.folder, self.env, self.sandbox = folder, dict(env), sandbox
        self.cold = ""
        self.missing: dict[str, str] = {}
        self._limits: dict | None = None  # the limits in the kernelspec

    @property
    def alive(self) -> bool:
        """Whether the parent can be asked for kernels."""
        raise NotImplementedError

    def close(self) -> None:
        """Wait for the kernels that are being ended, and let go of the parent."""
        raise NotImplementedError

    def kernelspec(self, limits: dict) -> Path:
        """Write a kernelspec named python3 that selects this parent; return the folder for JUPYTER_PATH."""
        folder = self.folder / "jupyter" / str(os.getpid())  # each process that shares the parent has its own
        if self._limits == limits:
            return folder
        spec = folder / "kernels" / "python3"
        spec.mkdir(parents=True, exist_ok=True)
        (spec / "kernel.json").write_text(json.dumps({
            "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": "Python 3, forked", "language": "python",
            "metadata": {"kernel_provisioner": {
                "provisioner_name": "autograder-fork",
                "config": {"folder": str(self.folder), "sandbox": self.sandbox, "limits": limits,
                           "variables": sorted(self.env)},
            }},
        }))
        self._limits = limits
        return folder


class SharedServer(Server):
    """A warm parent that another process of this machine started, and will end."""

    def __init__(self, parent: WarmParent, env: Mapping[str, str], sandbox: bool) -> None:
        super().__init__(Path(parent.folder), env, sandbox)
        self.cold, self.missing = parent.cold, dict(parent.missing)

    @property
    def alive(self) -> bool:
        return answers(self.folder)

    def close(self) -> None:
        settle()


def answers(folder: Path) -> bool:
    """Return whether the parent in a fork server's folder takes connections."""
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(folder / "control" / "s"))
        except OSError:
            return False
    return True


def settle() -> None:
    """Wait until all kernels that are being ended have gone."""
    for thread in [one for one in threading.enumerate() if one.name == ENDING]:
        thread.join()
