"""An nbclient client that limits the output of each cell and carries the questions of `evidence` to the kernel."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from queue import Empty
from typing import Any

from jupyter_client import AsyncKernelClient, AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from autograder.engine.sandbox.processes import Tree
from autograder.engine.sandbox.stopwatch import Processes, Stopwatch

STARTUP = 60.0  # seconds that a kernel may stand still before it first answers
TOKEN = "application/x-autograder"  # MIME type of the message that a test's last statement sends
QUIET = 4.0  # seconds of standing still after which no more output of a cell is expected
MOST_FULL_CELLS = 20  # output limit of a notebook, in multiples of the limit of one cell
MOST_TOKENS, LONGEST_TOKEN = 10_000, 100
_OURS = ("status", "execute_input", "clear_output")
_PRINTING = ("stream", "display_data", "execute_result", "update_display_data", "error")


class Client(NotebookClient):
    """An nbclient client that limits the output of each cell."""

    limit: int  # characters that one cell may print
    km: AsyncKernelManager  # nbclient sets both before a cell runs, though its own types allow None
    kc: AsyncKernelClient

    async def async_start_new_kernel_client(self, **_: Any) -> AsyncKernelClient:
        """Start the client as nbclient does, but without waiting 0.2 s for messages of the new kernel.

        Raises
        ------
        TimeoutError
            if the kernel stands still for `STARTUP` seconds before it answers.
        DeadKernelError
            if it ends before it answers.
        """
        self.kc = self.km.client()
        self.kc.start_channels()
        self.kc.allow_stdin = False
        self.tokens: set[str] = set()
        self.prepare()
        self.kc.execute = self.send  # type: ignore[method-assign]  # only for this client
        answered = asyncio.ensure_future(self._first_answer())
        if not await Stopwatch(self.processes()).wait({answered}, still=STARTUP):
            answered.cancel()
            raise TimeoutError(f"the kernel stood still for {STARTUP:.0f} s before it answered")
        answered.result()
        return self.kc

    def processes(self) -> Processes:
        """Return the kernel and all processes that it started, for a stopwatch."""
        provisioner: Any = self.km.provisioner  # our own, or jupyter_client's for a cold kernel
        return provisioner.processes if hasattr(provisioner, "processes") else Tree(provisioner.pid)

    async def _first_answer(self) -> None:
        """Wait until the kernel has replied and all its earlier messages have arrived."""
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
        """Clear the question and the answer before a cell runs."""
        self.expressions: dict[str, str] = {}
        self.question: dict = {}
        self.answer: object = None

    def send(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Send an execute request that carries the question; return its message id.

        This replaces the kernel client's `execute`, which cannot carry a question.
        """
        content = {"code": code, "silent": False, "store_history": store_history, "allow_stdin": False,
                   "user_expressions": self.expressions, "stop_on_error": stop_on_error,
                   "autograder": self.question}
        message = self.kc.session.msg("execute_request", content)
        self.kc.shell_channel.send(message)
        return message["header"]["msg_id"]

    async def _async_poll_for_reply(
        self, msg_id: str, cell: NotebookNode, timeout: int | None, task_poll_output_msg: asyncio.Future[Any],
        task_poll_kernel_alive: asyncio.Future[Any],
    ) -> dict[str, Any]:
        """Wait for the reply to a request and for the rest of the cell's output; return the reply.

        nbclient's own version waits at most 4 s for the output, even on a busy machine.
        """
        while True:
            message = await self.kc.shell_channel.get_msg(timeout=None)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            await asyncio.wait({task_poll_output_msg}, timeout=QUIET)
            if not task_poll_output_msg.done():
                await Stopwatch(self.processes()).wait({task_poll_output_msg}, still=QUIET)
            if task_poll_output_msg.done():
                task_poll_output_msg.result()
            task_poll_output_msg.cancel()
            task_poll_kernel_alive.cancel()
            return message

    def executed(self, cell: NotebookNode, execute_reply: dict, **_: object) -> None:
        """Keep what only the kernel's reply contains; nbclient calls this hook after each cell."""
        _keep_error(cell, execute_reply)
        count = execute_reply["content"].get("execution_count")
        cell["execution_count"] = count if isinstance(count, int) else None  # a student may have forged it
        self.answer = execute_reply["content"].get("autograder")
        value = execute_reply["content"].get("user_expressions", {}).get("autograder", {})
        self._keep_token(str(value.get("data", {}).get("text/plain", ""))[:LONGEST_TOKEN].strip("'"))

    def _keep_token(self, token: object) -> None:
        """Keep a token, within limits: a student can send any number of tokens of any length."""
        if isinstance(token, str) and len(token) <= LONGEST_TOKEN and len(self.tokens) < MOST_TOKENS:
            self.tokens.add(token)

    def begin_cell(self) -> None:
        """Set the output limit of the next cell: `limit`, or what is left for the notebook."""
        self._display_id_map.clear()  # later cells must not change what an earlier cell has displayed
        self.left = getattr(self, "left", MOST_FULL_CELLS * self.limit)
        self.room = min(self.limit, self.left)
        self.flooded = asyncio.Event()

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        if msg["msg_type"] == "display_data" and TOKEN in msg["content"]["data"]:
            self._keep_token(msg["content"]["data"][TOKEN])
            return None
        if not isinstance(msg["content"].get("execution_count", 0), int | None):
            return None  # forged by the student
        if msg["msg_type"] in _OURS:
            return super().process_message(msg, cell, cell_index)
        if msg["msg_type"] not in _PRINTING or self.flooded.is_set():
            return None
        size = len(str(msg["content"]))
        self.room, self.left = self.room - size, self.left - min(size, self.room)  # cut-off output does not count
        if self.room < 0:
            self.flooded.set()
            text = str(msg["content"].get("text", ""))[: self.room]
            text += f"\n[cut here: more than {self.limit // 1000} kB]\n"
            cell.outputs.append(NotebookNode(output_type="stream", name="stdout", text=text))
            return None
        if msg["msg_type"] == "stream" and self._is_plain(msg):
            cell.outputs.append(NotebookNode(output_type="stream", **msg["content"]))
            return None
        return super().process_message(msg, cell, cell_index)

    def _is_plain(self, msg: dict) -> bool:
        """Return whether a stream message can be kept as it is, without nbclient's slow check against a schema."""
        content = msg["content"]
        return (set(content) == {"name", "text"} and all(type(value) is str for value in content.values())
                and not self.clear_before_next_output
                and not self.output_hook_stack.get(msg["parent_header"].get("msg_id")))


def join_streams(cell: NotebookNode) -> None:
    """Join adjacent outputs of the same stream in place; nbclient's own method takes quadratic time on a long line."""
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


def _keep_error(cell: NotebookNode, execute_reply: dict, **_: object) -> None:
    """Add an error to the outputs of a cell if only the kernel's reply contains it.

    The error's own output is missing if the kernel could not send it because of a lone surrogate in the message, or
    if a thread called `clear_output`. Without this the cell would look as if it had passed.
    """
    reply = execute_reply["content"]
    if reply["status"] != "ok" and not any(o.output_type == "error" for o in cell.outputs):
        cell.outputs.append(NotebookNode(
            output_type="error", ename=str(reply.get("ename", "Error")),
            evalue=str(reply.get("evalue", ""))[:1000], traceback=[],
        ))
