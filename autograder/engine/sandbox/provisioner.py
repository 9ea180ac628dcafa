"""A jupyter_client provisioner for forked kernels, with which nbclient and nbgrader work unchanged.

A kernelspec selects it (`Server.kernelspec` writes one); the entry point is in pyproject.toml.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Bool, Dict, List, Unicode

from autograder.engine.sandbox import policy, resource_monitor
from autograder.engine.sandbox.handle import KernelHandle
from autograder.engine.sandbox.server import ENDING, settle
from autograder.engine.sandbox.stopwatch import Processes


class ForkProvisioner(KernelProvisionerBase):
    """Provides a kernel from the parent in `folder`, with a copy of the files in the working folder."""

    folder = Unicode(help="the fork server's folder").tag(config=True)
    sandbox = Bool(True, help="whether the parent is inside bubblewrap").tag(config=True)
    limits = Dict(help="autograder.jobs.Limits, as a dict").tag(config=True)
    variables: List[str] = List(help="names of variables that the kernel sees").tag(config=True)

    handle: KernelHandle | None = None
    monitor: resource_monitor.ResourceMonitor | None = None

    @property
    def has_process(self) -> bool:
        return self.handle is not None

    @property
    def reason(self) -> str:
        """Why the kernel was ended from outside, as the end of a sentence; empty if it was not."""
        return self.monitor.reason if self.monitor is not None else ""

    @property
    def by_machine(self) -> bool:
        """Whether the kernel was ended for a reason outside it, such as this machine's lack of memory."""
        killed = self.handle is not None and self.handle.exit == -signal.SIGKILL  # no kernel can kill itself like this
        return self.reason == resource_monitor.MACHINE or not self.reason and killed

    @property
    def processes(self) -> Processes:
        """The kernel's processes, for a stopwatch."""
        if self.monitor is None:
            raise AttributeError("no kernel was started")
        return self.monitor.processes

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the folder of the sockets, and a key."""
        kwargs = await super().pre_launch(**kwargs)
        self.name = uuid4().hex[:8]
        self.sockets = Path(self.folder, "kernels", self.name)
        manager = self.parent
        assert manager is not None  # jupyter_client makes a provisioner for its manager
        manager.transport, manager.ip = "ipc", str(self.sockets / "s")
        for number, port in enumerate(("shell", "iopub", "stdin", "control", "hb"), start=1):
            setattr(manager, f"{port}_port", number)
        self.connection_info = manager.get_connection_info()
        return kwargs | {"cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have the parent fork a kernel; return its connection information."""
        info = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in self.connection_info.items()
        }
        group = resource_monitor.make_group(f"{Path(self.folder).name}-{self.name}", self.limits)
        try:
            self.handle = await asyncio.to_thread(KernelHandle, Path(self.folder), self.name, {
                "connection": info,
                "env": policy.environment(kwargs.get("env") or os.environ, self.variables),
                "limits": self.limits,
                "grouped": group is not None,
            }, Path(kwargs["cwd"]) if kwargs.get("cwd") else None)
        except BaseException:
            if group is not None:
                group.remove()
            raise
        self.monitor = resource_monitor.ResourceMonitor(self.handle, self.limits, group, self.sandbox)
        await asyncio.to_thread(settle)  # so that the previous kernel has gone when the first cell runs
        return self.connection_info

    async def poll(self) -> int | None:
        return 0 if self.handle is None else self.handle.poll()

    async def wait(self) -> int | None:
        while self.handle is not None and self.handle.poll() is None:
            await asyncio.sleep(0.002)
        return await self.poll()

    async def send_signal(self, signum: int) -> None:
        if self.handle is not None:
            if signum == signal.SIGKILL:
                await self.kill()
            elif signum:
                self.handle.signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel without waiting for it, because it is certain to end."""
        if self.handle is not None:
            self.handle.kill()
            self.handle.exit = -signal.SIGKILL if self.handle.exit is None else self.handle.exit

    async def terminate(self, restart: bool = False) -> None:
        await self.kill(restart)  # a fork has nothing to clean up

    async def cleanup(self, restart: bool = False) -> None:
        """Remove what the kernel leaves, in a thread: freeing its memory and namespaces takes a while."""
        if self.handle is not None:
            threading.Thread(target=self._end, args=(self.handle, self.monitor, self.name), name=ENDING).start()

    def _end(self, handle: KernelHandle, monitor: resource_monitor.ResourceMonitor | None, name: str) -> None:
        """Wait for the kernel to end, then remove its folders.

        The thread gets its arguments from `cleanup`, because a restart may have replaced the attributes.
        """
        if monitor is not None:
            monitor.stop()
        handle.close()
        for folder in ("kernels", "homes"):
            shutil.rmtree(Path(self.folder, folder, name), ignore_errors=True)
