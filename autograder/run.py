"""Run one notebook in a kernel of its own: the only step in which a student's code executes.

One notebook in, the same notebook with outputs out. Each code cell gets
`metadata.autograder = {"outcome": ..., "seconds": ..., "message": ...}` with the outcome

    ran       the kernel answered, with or without an error of the cell
    timeout   the cell was interrupted at its time limit, or the notebook's time was used up
    killed    the kernel died or had to be killed, or the cell printed too much

The process map is at the top of `autograder/sandbox/__init__.py`. Where kernels come from is the
caller's choice: a fork server, inside bubblewrap or not, or none, and then each starts cold.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from subprocess import DEVNULL
from time import monotonic

import zmq.asyncio
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from autograder.course import Limits
from autograder.evidence import TOKEN, Evidence, Unanswered, is_partial
from autograder.sandbox import policy
from autograder.sandbox.host import ForkServer

SETTLE = 1.0  # seconds that a cell which printed too much has to end by itself
GRACE = 5.0  # seconds that an interrupted cell has to end before its kernel is killed
LARGEST_MESSAGE = 16_000_000  # bytes; a kernel that sends a larger one loses it
WAITING_MESSAGES = 64  # that this process holds unread: a kernel can send faster than anyone reads


@dataclass
class _Stop(Exception):
    """Why the rest of a notebook is not run."""

    outcome: str
    message: str


def run(
    notebook: NotebookNode,
    limits: Limits,
    server: ForkServer | None = None,
    budget: str = "grading",
    threads: int | None = None,
    files: dict[str, str] | None = None,
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
    budget : str
        the value of CNNLAB_BUDGET in the kernel.
    threads : int, optional
        how many threads one TensorFlow operation may use; as many as there are cores by default.
    files : dict of str, optional
        what stands beside the notebook while it runs: name and content in base64.
    """
    beside = server.folder if server is not None else None  # goes with it, also where this process is killed
    with tempfile.TemporaryDirectory(prefix="autograder-", dir=beside, ignore_cleanup_errors=True) as folder:
        work = Path(folder, "work")
        work.mkdir()
        for name, content in (files or {}).items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b64decode(content))
        env = environment(budget, threads) | {"HOME": folder}
        asyncio.run(_run(notebook, limits, server, work, env))
    return notebook


def environment(budget: str = "grading", threads: int | None = None) -> dict[str, str]:
    """The variables a kernel sees, its HOME aside; a fork server imports with the same ones.

    At the grading budget no picture is drawn: that takes longer than most tests.
    """
    limited = {} if threads is None else {
        name: str(threads)
        for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS")
    }
    passed = {name: os.environ[name] for name in policy.PASSED_ON if name in os.environ}
    return passed | limited | {
        "CNNLAB_BUDGET": budget,
        "CNNLAB_HEADLESS": "1",
        "CNNLAB_PICTURES": "0" if budget == "grading" else "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONHASHSEED": "0",
    }


async def _run(
    notebook: NotebookNode, limits: Limits, server: ForkServer | None, work: Path, env: dict[str, str],
) -> None:
    name = "python3" if server is not None else _kernel_name(notebook)
    client = _Client(notebook, kernel_name=name, allow_errors=True, timeout=None, coalesce_streams=False,
                     shutdown_kernel="immediate", store_widget_state=False, record_timing=False)
    client.limit = limits.output_kilobytes * 1000
    client.on_cell_executed = client.executed
    stop = None
    client.km = _kernel_manager(client, server, limits, work)
    async with client.async_setup_kernel(cwd=str(work), env=env, stdout=DEVNULL, stderr=DEVNULL):
        evidence = Evidence(client, guarded=server is not None)
        await evidence.begin()
        deadline = monotonic() + limits.notebook_seconds  # a slow start is not the student's
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            if stop is not None:
                _note(cell, stop.outcome, f"Not run: {stop.message}", 0.0)
                continue
            started = monotonic()
            try:
                outcome, message, found = await _run_checked(client, evidence, cell, index, limits, deadline)
            except _Stop as reason:
                stop = reason
                outcome, message, found = reason.outcome, reason.message, evidence.about(cell)
            _join_streams(cell)
            _note(cell, outcome, message, monotonic() - started, **found)
        if stop is not None:
            with suppress(Exception):
                await client.km.shutdown_kernel(now=True)


def _kernel_manager(client: _Client, server: ForkServer | None, limits: Limits, work: Path):
    """Whose kernels: the server's, or cold ones with sockets in the submission's own folder."""
    manager = client.create_kernel_manager()
    manager.context = zmq.asyncio.Context()
    manager.context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
    manager.context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
    if server is not None:
        specs = server.kernelspec(limits.model_dump()) / "kernels"
        manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[str(specs)])
    else:
        manager.transport = "ipc"
        manager.connection_file = str(work.parent / "kernel.json")
    return manager


async def _run_checked(
    client, evidence: Evidence, cell: NotebookNode, index: int, limits: Limits, deadline: float
) -> tuple[str, str, dict]:
    """Run one cell between the checks of what it relies on; returns what `_note` takes."""
    released = cell.source
    try:
        cell.source = await evidence.before(cell)
        outcome, message = await _run_cell(client, cell, index, limits, deadline)
        cell.source = released
        return outcome, message, evidence.after(cell)
    except Unanswered:
        raise _Stop("killed", "the kernel no longer answered.") from None
    except DeadKernelError:
        raise _Stop("killed", _why_dead(client)) from None
    finally:
        cell.source = released


def _why_dead(client) -> str:
    reason = getattr(client.km.provisioner, "reason", "")
    return f"it {reason}." if reason else "the process ended itself."


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
    if client.flooded.is_set():  # most have ended by now, and an interrupt would hit the kernel between two cells
        await asyncio.wait({running}, timeout=SETTLE)
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
        raise _Stop("killed", _why_dead(client)) from None
    except Exception as error:  # of what the kernel sent, which a student can have made up
        raise _Stop("killed", f"what it sent could not be read ({type(error).__name__}).") from None
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
            evalue=str(reply.get("evalue", ""))[:1000], traceback=[],
        ))


def _kernel_name(notebook: NotebookNode) -> str:
    return notebook.metadata.get("kernelspec", {}).get("name", "python3")


def _join_streams(cell: NotebookNode) -> None:
    """Put neighbouring pieces of one stream together; nbclient's own way takes quadratic time on a long line."""
    joined: list[NotebookNode] = []
    for output in cell.get("outputs", []):
        stream = output.output_type == "stream"
        if stream and joined and joined[-1].output_type == "stream" and joined[-1].name == output.name:
            joined[-1].parts.append(output.text)
        else:
            joined.append(NotebookNode(output, parts=[output.text]) if stream else output)
    for output in joined:
        if output.output_type == "stream":
            output.text = "".join(output.pop("parts"))
    cell.outputs = joined


def _note(cell: NotebookNode, outcome: str, message: str, seconds: float, **found: object) -> None:
    kept = {"partial": True} if is_partial(cell) else {}
    cell.metadata["autograder"] = {
        "outcome": outcome, "message": message, "seconds": round(seconds, 3), **kept, **found,
    }


class _Client(NotebookClient):
    """nbclient's client, with a limit on what one cell may print."""

    limit: int

    async def async_start_new_kernel_client(self):
        """As nbclient's, without the 0.2 s it listens for messages of a kernel it has just started."""
        self.kc = self.km.client()
        self.kc.start_channels()
        self.kc.allow_stdin = False
        self.tokens: set[str] = set()
        self.prepare()
        self.kc.execute = self.send
        await asyncio.wait_for(self._answers(), self.startup_timeout)
        return self.kc

    async def _answers(self) -> None:
        """Return when the kernel has replied, and what it sent before has arrived."""
        while True:
            asked = self.kc.kernel_info()
            with suppress(Empty):
                while True:
                    message = await self.kc.iopub_channel.get_msg(timeout=1)
                    ours = message["parent_header"].get("msg_id") == asked
                    if ours and message["content"].get("execution_state") == "idle":
                        await self.kc.shell_channel.get_msg(timeout=1)
                        return
            if not await self.km.is_alive():
                raise DeadKernelError("the kernel ended before it answered")

    def prepare(self) -> None:
        """Before each cell: nothing is asked, nothing answered."""
        self.expressions: dict[str, str] = {}
        self.question: dict | None = None
        self.answers: dict | None = None

    def send(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """In place of the kernel client's `execute`, which knows of no question; returns the message's id."""
        content = {"code": code, "silent": False, "store_history": store_history, "allow_stdin": False,
                   "user_expressions": self.expressions, "stop_on_error": stop_on_error}
        if self.question is not None:
            content["autograder"] = {"then": self.question}
        message = self.kc.session.msg("execute_request", content)
        self.kc.shell_channel.send(message)
        return message["header"]["msg_id"]

    def executed(self, cell: NotebookNode, execute_reply: dict, **_: object) -> None:
        """nbclient's hook: what only the kernel's reply tells of."""
        _keep_error(cell, execute_reply)
        answers = execute_reply["content"].get("autograder")
        self.answers = answers if isinstance(answers, dict) else {}
        value = execute_reply["content"].get("user_expressions", {}).get("autograder", {})
        self.tokens.add(str(value.get("data", {}).get("text/plain", "")).strip("'"))

    def begin_cell(self) -> None:
        self.room = self.limit
        self.flooded = asyncio.Event()

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] == "display_data" and TOKEN in msg["content"]["data"]:
            self.tokens.add(msg["content"]["data"][TOKEN])
            return None
        if not isinstance(msg["content"].get("execution_count", 0), int | None):
            return None  # made up by the student
        if msg["msg_type"] in _OURS:
            return super().process_message(msg, cell, cell_index)
        if msg["msg_type"] not in _PRINTING or self.flooded.is_set():
            return None
        self.room -= len(str(msg["content"]))
        if self.room < 0:
            self.flooded.set()
            text = str(msg["content"].get("text", ""))[: self.room]
            text += f"\n[cut here: more than {self.limit // 1000} kB]\n"
            cell.outputs.append(NotebookNode(output_type="stream", name="stdout", text=text))
            return None
        return super().process_message(msg, cell, cell_index)


_OURS = ("status", "execute_input", "clear_output")
_PRINTING = ("stream", "display_data", "execute_result", "update_display_data", "error")
