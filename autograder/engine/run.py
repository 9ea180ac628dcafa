"""Run one notebook in a kernel of its own: the only step in which a student's code executes.

One notebook in, the same notebook with outputs out. In each code cell's record (records.py) are its seconds, a message,
and its outcome:

    ran       the kernel answered, with or without an error of the cell
    timeout   the cell was interrupted at its time limit, or the notebook's time was used up
    killed    the kernel died or had to be killed, or the cell printed too much

`machine` is noted where that may be this machine's fault: then the notebook must run again,
alone. Limits count the processor time of the kernel and all it started (sandbox/stopwatch.py). A cell
that stands still is ended, too; what it waits for may be there another time.

The process map is at the top of `autograder/engine/sandbox/__init__.py`. Where kernels come from is the
caller's choice: a fork server, inside bubblewrap or not, or none, and then each starts cold.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from time import monotonic

import zmq.asyncio
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from autograder import extra_files, records
from autograder.engine.client import Client, join_streams
from autograder.engine.evidence import Evidence, Unanswered
from autograder.engine.sandbox import policy, shortcuts
from autograder.engine.sandbox.host import ForkServer
from autograder.engine.sandbox.stopwatch import Processes, Stopwatch
from autograder.jobs import Limits

TRANSPORT = "ipc" if os.name == "posix" else "tcp"  # of kernels that start cold: Windows has no other
SETTLE = 1.0  # seconds that a cell which printed too much has to end by itself
GRACE = 5.0  # seconds that an interrupted cell may still compute, or stand still, before its kernel is killed
STILLS = 2  # times the limit of a cell that all cells of a notebook may stand still together
LARGEST_MESSAGE = 16_000_000  # bytes; a kernel that sends a larger one loses it
WAITING_MESSAGES = 64  # that this process holds unread: a kernel can send faster than anyone reads


@dataclass
class _Stop(Exception):
    """Why the rest of a notebook is not run."""

    outcome: str
    message: str
    machine: bool = False


class _Time:
    """What a notebook has used of its time.

    Attributes
    ----------
    still : float
        seconds in which its cells stood still, of those that have ended.
    hung : bool
        whether the last cell was interrupted for that.
    """

    def __init__(self, processes: Processes) -> None:
        self.processes = processes
        self.still, self.hung, self._start = 0.0, False, processes.seconds()

    @property
    def computed(self) -> float:
        """Seconds of processor time."""
        return self.processes.seconds() - self._start


def run(
    notebook: NotebookNode,
    limits: Limits,
    server: ForkServer | None = None,
    variables: Mapping[str, str] | None = None,
    threads: int | None = None,
    files: Mapping[str, bytes | Path] | None = None,
    learned: frozenset[str] | None = frozenset(),
    graded: bool = True,
) -> NotebookNode:
    """Execute every code cell, in place, and return the notebook.

    Parameters
    ----------
    notebook : NotebookNode
        what `repair.repair` returned.
    limits : Limits
        what it may use.
    server : ForkServer, optional
        where its kernel comes from; without one it starts cold, as this user, with no isolation.
    variables : mapping, optional
        of the kernel's environment: `Course.variables` of a budget.
    threads : int, optional
        how many threads one TensorFlow operation may use; as many as there are cores by default.
    files : mapping, optional
        the files next to the notebook while it runs: for each name the content, or its path.
    learned : frozenset of str, optional
        what libraries change themselves, which is not tampering; None where this run is to find out. See evidence.py.
    graded : bool
        whether the run is to grade the notebook: False where its outputs are kept, to be as students see them.
    """
    within = server.folder if server is not None else None  # goes with it, also where this process is killed
    with tempfile.TemporaryDirectory(prefix="autograder-", dir=within, ignore_cleanup_errors=True) as folder:
        work = Path(folder, "work")
        work.mkdir()
        extra_files.put(files or {}, work)
        env = environment(variables, threads, graded) | {"HOME": folder}
        if server is None:  # a kernel that starts cold imports the course's package from where this process does
            env |= policy.own_path(env.get("PYTHONPATH", ""))
        with shortcuts.times_as_text():
            asyncio.run(_run(notebook, limits, server, work, env, learned))
    return notebook


def environment(
    variables: Mapping[str, str] | None = None, threads: int | None = None, graded: bool = True
) -> dict[str, str]:
    """The variables a kernel sees, its HOME aside; a fork server imports with the same ones.

    NBGRADER_EXECUTION is nbgrader's own, for code that is to know that it is graded.
    """
    limited = {} if threads is None else {
        name: str(threads)
        for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS")
    }
    passed = {name: os.environ[name] for name in policy.PASSED_ON if name in os.environ}
    return passed | limited | ({policy.GRADED[0]: policy.GRADED[1]} if graded else {}) | {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONHASHSEED": "0",
    } | dict(variables or {})


async def _run(
    notebook: NotebookNode, limits: Limits, server: ForkServer | None, work: Path, env: dict[str, str],
    learned: frozenset[str] | None,
) -> None:
    name = "python3" if server is not None else _kernel_name(notebook)
    client = Client(notebook, kernel_name=name, allow_errors=True, timeout=None, coalesce_streams=False,
                     shutdown_kernel="immediate", store_widget_state=False, record_timing=False)
    client.limit = limits.output_kilobytes * 1000
    client.on_cell_executed = client.executed
    stop = None
    client.km = _kernel_manager(client, server, limits, work)
    async with client.async_setup_kernel(cwd=str(work), env=env, stdout=DEVNULL, stderr=DEVNULL):
        evidence = Evidence(client, notebook, server is not None, learned)
        await evidence.begin()
        time = _Time(client.processes())  # a slow start is not the student's
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            if stop is not None:
                _note(cell, stop.outcome, f"Not run. {stop.message}", 0.0, not_run=True)
                continue
            started = monotonic()
            try:
                outcome, message, found = await _run_checked(client, evidence, cell, index, limits, time)
                found |= {"machine": True} if time.hung else {}
            except _Stop as reason:
                stop = reason
                outcome, message, found = reason.outcome, reason.message, evidence.about(cell)
                found |= {"machine": True} if reason.machine else {}
            join_streams(cell)
            _note(cell, outcome, message, monotonic() - started, **found)
        with suppress(Exception):  # nbclient would interrupt it first, and look every 0.1 s whether it has gone
            provisioner = client.km.provisioner
            assert provisioner is not None  # there is one since the kernel was started
            await provisioner.kill()
            await asyncio.wait_for(provisioner.wait(), GRACE)


def _kernel_manager(client: Client, server: ForkServer | None, limits: Limits, work: Path) -> AsyncKernelManager:
    """Whose kernels: the server's, or cold ones with sockets in the submission's own folder."""
    manager = client.create_kernel_manager()
    assert isinstance(manager, AsyncKernelManager)  # nbclient's default
    manager.context = zmq.asyncio.Context()
    manager.context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
    manager.context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
    if server is not None:
        specs = server.kernelspec(limits.model_dump()) / "kernels"
        manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[str(specs)])
    else:
        manager.transport = TRANSPORT
        manager.connection_file = str(work.parent / "kernel.json")
    return manager


async def _run_checked(
    client: Client, evidence: Evidence, cell: NotebookNode, index: int, limits: Limits, time: _Time
) -> tuple[str, str, dict]:
    """Run one cell between the checks of what it relies on; returns what `_note` takes."""
    released = cell.source
    try:
        cell.source = await evidence.before(cell)
        outcome, message = await _run_cell(client, cell, index, limits, time)
        cell.source = released
        return outcome, message, evidence.after(cell)
    except Unanswered:
        raise _Stop("killed", "The kernel no longer answered.", machine=True) from None
    except DeadKernelError:
        raise _dead(client) from None
    finally:
        cell.source = released


def _dead(client: Client) -> _Stop:
    """Why the kernel has ended."""
    provisioner = getattr(client.km, "provisioner", None)  # nbclient may have let go of the kernel
    reason = getattr(provisioner, "reason", "")
    machine = getattr(provisioner, "by_machine", False)
    if machine and not reason:
        reason = "was ended from outside, as by a system that runs out of memory"
    return _Stop("killed", f"The kernel {reason}." if reason else "The kernel's process ended itself.", machine)


async def _run_cell(
    client: Client, cell: NotebookNode, index: int, limits: Limits, time: _Time
) -> tuple[str, str]:
    """Run one cell; returns its outcome and a sentence where there is something to say."""
    left = min(limits.cell_seconds, limits.notebook_seconds - time.computed)
    if left <= 0:
        raise _Stop("timeout", f"The notebook had used its {limits.notebook_seconds} s of processor time.")
    patience = min(limits.still_seconds, STILLS * limits.still_seconds - time.still)
    if patience <= 0:
        raise _Stop("timeout", f"The notebook had waited for {time.still:.0f} s without computing.", machine=True)
    client.begin_cell()
    time.hung = False
    stopwatch = Stopwatch(time.processes)
    running = asyncio.ensure_future(client.async_execute_cell(cell, index))
    flooded = asyncio.ensure_future(client.flooded.wait())
    await stopwatch.wait({running, flooded}, left, patience)
    time.still += stopwatch.still
    flooded.cancel()
    if client.flooded.is_set():  # most have ended by now, and an interrupt would hit the kernel between two cells
        await Stopwatch(time.processes).wait({running}, SETTLE, SETTLE)
    outcome, message = "ran", ""
    if client.flooded.is_set():
        outcome, message = "killed", f"The cell printed more than {limits.output_kilobytes} kB."
    elif not running.done() and stopwatch.computed > left:
        outcome, message = "timeout", f"The cell used more than {left:.0f} s of processor time."
    elif not running.done():
        outcome, message, time.hung = "timeout", f"The cell waited for {patience:.0f} s without computing.", True
    if not running.done():
        await _interrupt(client, running, time, outcome, message)
    try:
        running.result()
    except DeadKernelError:
        raise _dead(client) from None
    except Exception as error:  # of what the kernel sent, which a student can have made up
        raise _Stop("killed", f"What the kernel sent could not be read ({type(error).__name__}).") from None
    return outcome, message


async def _interrupt(client: Client, running: asyncio.Future, time: _Time, outcome: str, message: str) -> None:
    """Interrupt the cell; if it does not end, kill its kernel and stop the notebook."""
    await client.km.interrupt_kernel()
    if not await Stopwatch(time.processes).wait({running}, GRACE * (os.cpu_count() or 1), GRACE):
        running.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await running
        raise _Stop(outcome, message.removesuffix(".") + " and ignored the interrupt.", time.hung)


def _kernel_name(notebook: NotebookNode) -> str:
    return notebook.metadata.get("kernelspec", {}).get("name", "python3")


def _note(cell: NotebookNode, outcome: str, message: str, seconds: float, **found: object) -> None:
    records.after_run(cell, outcome=outcome, message=message, seconds=round(seconds, 3), **found)
