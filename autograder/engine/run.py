"""Run one notebook in its own kernel: the only step that executes student code.

The outputs are added to the notebook in place. The record of each code cell (records.py) gets the seconds it took, a
message, and an outcome:

    ran       the kernel answered, whether or not the cell raised an error
    timeout   the cell was interrupted at its time limit, or the notebook had used up its time
    killed    the kernel died or had to be killed, or the cell printed too much

The record also gets `machine` if this machine may be the cause: the notebook must then run again, alone. Limits count
the processor time of the kernel and all processes that it started (sandbox/stopwatch.py). A cell that stands still is
interrupted, too; what it waits for may be available another time.

The process map is at the top of `autograder/engine/sandbox/__init__.py`. The caller chooses where kernels come from:
from a fork server, inside bubblewrap or not; without a fork server each kernel starts cold.
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
from autograder.engine.sandbox.server import Server
from autograder.engine.sandbox.stopwatch import Processes, Stopwatch
from autograder.jobs import Limits

TRANSPORT = "ipc" if os.name == "posix" else "tcp"  # of kernels that start cold; Windows supports only tcp
SETTLE = 1.0  # seconds that a cell has to end by itself after it printed too much
GRACE = 5.0  # seconds that an interrupted cell may compute (on every core) or stand still before its kernel is killed
STILLS = 2  # limit on standing still for all cells of a notebook together, in multiples of the limit of one cell
LARGEST_MESSAGE = 16_000_000  # bytes; a larger message from a kernel does not arrive
WAITING_MESSAGES = 64  # messages that this process queues: a kernel can send faster than they are read


@dataclass
class _Stop(Exception):
    """Raised with the reason why the rest of a notebook is not run."""

    outcome: str
    message: str
    machine: bool = False


class _Time:
    """The time that a notebook has used.

    Attributes
    ----------
    still : float
        seconds in which the cells that have ended stood still.
    hung : bool
        whether the last cell was interrupted for standing still.
    """

    def __init__(self, processes: Processes) -> None:
        self.processes = processes
        self.still, self.hung, self._start = 0.0, False, processes.seconds()

    @property
    def computed(self) -> float:
        """Seconds of processor time since this object was made."""
        return self.processes.seconds() - self._start


def run(
    notebook: NotebookNode,
    limits: Limits,
    server: Server | None = None,
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
        the notebook, as `repair.repair` made it.
    limits : Limits
        how much time, memory and output it may use.
    server : Server, optional
        the server that forks its kernel; without one the kernel starts cold, as this user, without isolation.
    variables : mapping, optional
        further environment variables of the kernel, such as `Course.variables` of a budget.
    threads : int, optional
        the number of threads that TensorFlow and OpenMP may use; by default as many as there are cores.
    files : mapping, optional
        the files next to the notebook while it runs: for each name its content, or a path to it.
    learned : frozenset of str, optional
        changes that libraries make themselves, which are not tampering; None if this run is to learn them. See
        evidence.py.
    graded : bool
        whether this run grades the notebook; False if its outputs are kept, because they must be as students see them.
    """
    within = server.folder if server is not None else None  # is removed with it even if this process is killed
    with tempfile.TemporaryDirectory(prefix="autograder-", dir=within, ignore_cleanup_errors=True) as folder:
        work = Path(folder, "work")
        work.mkdir()
        extra_files.put(files or {}, work)
        env = environment(variables, threads, graded) | {"HOME": folder}
        if server is None:  # a cold kernel must import the course's package from where this process does
            env |= policy.own_path(env.get("PYTHONPATH", ""))
        with shortcuts.times_as_text():
            asyncio.run(_run(notebook, limits, server, work, env, learned))
    return notebook


def environment(
    variables: Mapping[str, str] | None = None, threads: int | None = None, graded: bool = True
) -> dict[str, str]:
    """Return the environment variables of a kernel, except HOME; a fork server imports with the same variables.

    NBGRADER_EXECUTION is nbgrader's own variable, by which code can find out that it is being graded.
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
    notebook: NotebookNode, limits: Limits, server: Server | None, work: Path, env: dict[str, str],
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
        time = _Time(client.processes())  # begins here: a slow start of the kernel does not count
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            stop = stop or _used_up(limits, time)
            if stop is not None:
                _note(cell, stop.outcome, f"Not run. {stop.message}", 0.0, not_run=True, machine=stop.machine)
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
        with suppress(Exception):  # nbclient would first interrupt the kernel and then poll it every 0.1 s
            provisioner = client.km.provisioner
            assert provisioner is not None  # set when the kernel was started
            await provisioner.kill()
            await asyncio.wait_for(provisioner.wait(), GRACE)


def _kernel_manager(client: Client, server: Server | None, limits: Limits, work: Path) -> AsyncKernelManager:
    """Return a manager whose kernels come from the server, or start cold with sockets in the submission's folder."""
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


def _used_up(limits: Limits, time: _Time) -> _Stop | None:
    """Return the reason why no further cell is run, if the notebook has used its time; otherwise None."""
    if time.computed >= limits.notebook_seconds:
        return _Stop("timeout", f"The notebook had used its {limits.notebook_seconds} s of processor time.")
    if time.still >= STILLS * limits.still_seconds:
        return _Stop("timeout", f"The notebook had waited for {time.still:.0f} s without computing.", machine=True)
    return None


async def _run_checked(
    client: Client, evidence: Evidence, cell: NotebookNode, index: int, limits: Limits, time: _Time
) -> tuple[str, str, dict]:
    """Run one cell between the checks of what it relies on; return its outcome, a message and more record fields."""
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
    """Return the reason why the kernel has ended."""
    provisioner = getattr(client.km, "provisioner", None)  # nbclient may have released the kernel
    reason = getattr(provisioner, "reason", "")
    machine = getattr(provisioner, "by_machine", False)
    if machine and not reason:
        reason = "was ended from outside, as by a system that runs out of memory"
    return _Stop("killed", f"The kernel {reason}." if reason else "The kernel's process ended itself.", machine)


async def _run_cell(
    client: Client, cell: NotebookNode, index: int, limits: Limits, time: _Time
) -> tuple[str, str]:
    """Run one cell; return its outcome and a message, which is empty if there is nothing to report."""
    left = min(limits.cell_seconds, limits.notebook_seconds - time.computed)
    patience = min(limits.still_seconds, STILLS * limits.still_seconds - time.still)
    client.begin_cell()
    time.hung = False
    stopwatch = Stopwatch(time.processes)
    running = asyncio.ensure_future(client.async_execute_cell(cell, index))
    flooded = asyncio.ensure_future(client.flooded.wait())
    await stopwatch.wait({running, flooded}, left, patience)
    time.still += stopwatch.still
    flooded.cancel()
    if client.flooded.is_set():  # most cells have ended by now: an interrupt would hit the kernel between two cells
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
    except Exception as error:  # caused by a message from the kernel, which a student may have forged
        raise _Stop("killed", f"What the kernel sent could not be read ({type(error).__name__}).") from None
    return outcome, message


async def _interrupt(client: Client, running: asyncio.Future, time: _Time, outcome: str, message: str) -> None:
    """Interrupt the cell; if it does not end, stop the notebook, whose kernel is then killed."""
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
