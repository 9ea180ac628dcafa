"""Run one notebook in a kernel of its own: the only step in which a student's code executes.

One notebook in, the same notebook with outputs out. Each code cell gets
`metadata.autograder = {"outcome": ..., "seconds": ..., "message": ...}` with the outcome

    ran       the kernel answered, with or without an error of the cell
    timeout   the cell was interrupted at its time limit, or the notebook's time was used up
    killed    the kernel died or had to be killed, or the cell printed too much

The process map: this process ── ZeroMQ ── kernel, in its own session and empty working folder.
The kernel inherits no environment but the few variables below. It is not yet a sandbox: it runs as
this user, with this user's files and network in reach.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns
from subprocess import DEVNULL
from time import monotonic

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from autograder.course import Limits

GRACE = 5.0  # seconds that an interrupted cell has to end before its kernel is killed
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "LD_LIBRARY_PATH")


@dataclass
class _Stop(Exception):
    """Why the rest of a notebook is not run."""

    outcome: str
    message: str


def run(
    notebook: NotebookNode,
    limits: Limits,
    budget: str = "grading",
    support_files: Path | None = None,
) -> NotebookNode:
    """Execute every code cell, in place, and return the notebook.

    Parameters
    ----------
    notebook : NotebookNode
        what `intake.merge` returned.
    limits : Limits
        seconds a cell and a notebook, kilobytes of output a cell.
    budget : str
        the value of CNNLAB_BUDGET in the kernel.
    support_files : Path, optional
        a folder whose files stand beside the notebook while it runs.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as folder:
        work = Path(folder, "work")
        if support_files is not None and support_files.is_dir():
            copytree(support_files, work, ignore=ignore_patterns("*.ipynb"))
        work.mkdir(exist_ok=True)
        asyncio.run(_run(notebook, limits, work, _environment(Path(folder), budget)))
    return notebook


def _environment(home: Path, budget: str) -> dict[str, str]:
    """The kernel's whole environment."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed | {
        "HOME": str(home),
        "CNNLAB_BUDGET": budget,
        "CNNLAB_HEADLESS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONHASHSEED": "0",
    }


async def _run(notebook: NotebookNode, limits: Limits, work: Path, env: dict[str, str]) -> None:
    client = _Client(notebook, kernel_name=_kernel_name(notebook), allow_errors=True, timeout=None,
                     coalesce_streams=True)
    client.limit = limits.output_kilobytes * 1000
    client.on_cell_executed = _keep_error
    stop = None
    # Sockets in the submission's own folder: no port that another user's process could reach.
    client.km = client.create_kernel_manager()
    client.km.transport = "ipc"
    client.km.connection_file = str(work.parent / "kernel.json")
    async with client.async_setup_kernel(cwd=str(work), env=env, stdout=DEVNULL, stderr=DEVNULL):
        deadline = monotonic() + limits.notebook_seconds  # a slow start is not the student's
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            if stop is not None:
                _note(cell, stop.outcome, f"Not run: {stop.message}", 0.0)
                continue
            started = monotonic()
            try:
                outcome, message = await _run_cell(client, cell, index, limits, deadline)
            except _Stop as reason:
                stop = reason
                outcome, message = reason.outcome, reason.message
            _note(cell, outcome, message, monotonic() - started)
        if stop is not None:
            with suppress(Exception):
                await client.km.shutdown_kernel(now=True)


async def _run_cell(client, cell, index: int, limits: Limits, deadline: float) -> tuple[str, str]:
    """Run one cell; returns its outcome and a sentence where there is something to say."""
    seconds = min(limits.cell_seconds, deadline - monotonic())
    if seconds <= 0:
        raise _Stop("timeout", f"the notebook had used its {limits.notebook_seconds} s.")
    client.begin_cell()
    running = asyncio.ensure_future(client.async_execute_cell(cell, index))
    flooded = asyncio.ensure_future(client.flooded.wait())
    await asyncio.wait({running, flooded}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    flooded.cancel()
    outcome, message = "ran", ""
    if client.flooded.is_set():
        outcome, message = "killed", f"it printed more than {limits.output_kilobytes} kB."
    elif not running.done():
        outcome, message = "timeout", f"it ran longer than {seconds:.0f} s."
    if not running.done():
        await _interrupt(client, running, outcome, message)
    try:
        running.result()
    except DeadKernelError:
        raise _Stop("killed", "the process ended itself or ran out of memory.") from None
    return outcome, message


async def _interrupt(client, running: asyncio.Future, outcome: str, message: str) -> None:
    """Interrupt the cell; where it does not end by that, kill its kernel and stop the notebook."""
    await client.km.interrupt_kernel()
    await asyncio.wait({running}, timeout=GRACE)
    if not running.done():
        running.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await running
        raise _Stop(outcome, message.removesuffix(".") + " and ignored the interrupt.")


def _keep_error(cell: NotebookNode, execute_reply: dict, **_: object) -> None:
    """Put an error that only the kernel's reply tells of into the cell.

    Its output can be missing: half a character in the message that the kernel could not send, or
    `clear_output` from a thread. Without this the cell would look as if it had passed.
    """
    reply = execute_reply["content"]
    if reply["status"] != "ok" and not any(o.output_type == "error" for o in cell.outputs):
        cell.outputs.append(NotebookNode(
            output_type="error", ename=str(reply.get("ename", "Error")),
            evalue=str(reply.get("evalue", "")), traceback=[],
        ))


def _kernel_name(notebook: NotebookNode) -> str:
    return notebook.metadata.get("kernelspec", {}).get("name", "python3")


def _note(cell: NotebookNode, outcome: str, message: str, seconds: float) -> None:
    cell.metadata["autograder"] = {
        "outcome": outcome, "message": message, "seconds": round(seconds, 3),
    }


class _Client(NotebookClient):
    """nbclient's client, with a limit on what one cell may print."""

    limit: int

    def begin_cell(self) -> None:
        self.room = self.limit
        self.flooded = asyncio.Event()

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] not in _PRINTING:
            return super().process_message(msg, cell, cell_index)
        if self.flooded.is_set():
            return None
        self.room -= len(str(msg["content"]))
        if self.room < 0:
            self.flooded.set()
            text = str(msg["content"].get("text", ""))[: self.room]
            text += f"\n[cut here: more than {self.limit // 1000} kB]\n"
            cell.outputs.append(NotebookNode(output_type="stream", name="stdout", text=text))
            return None
        return super().process_message(msg, cell, cell_index)


_PRINTING = ("stream", "display_data", "execute_result", "update_display_data")
