"""nbclient's client, with a limit on what one cell may print, and with the questions of `evidence` on the way."""

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

STARTUP = 60.0  # seconds that a kernel may stand still before it answers
TOKEN = "application/x-autograder"  # the type of the message that a test's last statement sends
QUIET = 4.0  # seconds that a kernel stands still after which nothing more of a cell's output will come
MOST_FULL_CELLS = 20  # that may print as much as one cell may; then the notebook has printed enough
MOST_TOKENS, LONGEST_TOKEN = 10_000, 100
_OURS = ("status", "execute_input", "clear_output")
_PRINTING = ("stream", "display_data", "execute_result", "update_display_data", "error")


class Client(NotebookClient):
    """nbclient's client, with a limit on what one cell may print."""

    limit: int
    km: AsyncKernelManager  # nbclient sets both before a cell runs, though its own types allow None
    kc: AsyncKernelClient

    async def async_start_new_kernel_client(self, **_: Any) -> AsyncKernelClient:
        """As nbclient's, without the 0.2 s it listens for messages of a kernel it has just started."""
        self.kc = self.km.client()
        self.kc.start_channels()
        self.kc.allow_stdin = False
        self.tokens: set[str] = set()
        self.prepare()
        self.kc.execute = self.send  # type: ignore[method-assign]  # for this one client
        answered = asyncio.ensure_future(self._first_answer())
        if not await Stopwatch(self.processes()).wait({answered}, still=STARTUP):
            answered.cancel()
            raise TimeoutError(f"the kernel stood still for {STARTUP:.0f} s before it answered")
        answered.result()
        return self.kc

    def processes(self) -> Processes:
        """The kernel and all it started, for a stopwatch."""
        provisioner: Any = self.km.provisioner  # ours, or jupyter_client's own of a cold kernel
        return provisioner.processes if hasattr(provisioner, "processes") else Tree(provisioner.pid)

    async def _first_answer(self) -> None:
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
        self.question: dict = {}
        self.answer: object = None

    def send(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Replace the kernel client's `execute`, which cannot carry a question; return the message's id."""
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
        """As nbclient's, which waits 4 s for the rest of a cell's output, however busy the machine is."""
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
        """nbclient's hook: keep what is in the kernel's reply alone."""
        _keep_error(cell, execute_reply)
        count = execute_reply["content"].get("execution_count")
        cell["execution_count"] = count if isinstance(count, int) else None  # a student can have made it up
        self.answer = execute_reply["content"].get("autograder")
        value = execute_reply["content"].get("user_expressions", {}).get("autograder", {})
        self._keep_token(str(value.get("data", {}).get("text/plain", ""))[:LONGEST_TOKEN].strip("'"))

    def _keep_token(self, token: object) -> None:
        """A student can send any number of tokens of any length."""
        if isinstance(token, str) and len(token) <= LONGEST_TOKEN and len(self.tokens) < MOST_TOKENS:
            self.tokens.add(token)

    def begin_cell(self) -> None:
        """Before each cell: it may print `limit`, or what is left for the notebook."""
        self._display_id_map.clear()  # what an earlier cell has shown stays what it was
        self.left = getattr(self, "left", MOST_FULL_CELLS * self.limit)
        self.room = min(self.limit, self.left)
        self.flooded = asyncio.Event()

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        if msg["msg_type"] == "display_data" and TOKEN in msg["content"]["data"]:
            self._keep_token(msg["content"]["data"][TOKEN])
            return None
        if not isinstance(msg["content"].get("execution_count", 0), int | None):
            return None  # made up by the student
        if msg["msg_type"] in _OURS:
            return super().process_message(msg, cell, cell_index)
        if msg["msg_type"] not in _PRINTING or self.flooded.is_set():
            return None
        size = len(str(msg["content"]))
        self.room, self.left = self.room - size, self.left - min(size, self.room)  # what is cut is not kept
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
        """Whether a stream's message can be kept as it is; nbclient checks it against a schema, which takes long."""
        content = msg["content"]
        return (set(content) == {"name", "text"} and all(type(value) is str for value in content.values())
                and not self.clear_before_next_output
                and not self.output_hook_stack.get(msg["parent_header"].get("msg_id")))


def join_streams(cell: NotebookNode) -> None:
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


def _keep_error(cell: NotebookNode, execute_reply: dict, **_: object) -> None:
    """Put an error that is in the kernel's reply alone into the cell.

    Its output can be missing: half a character in the message that the kernel could not send, or
    `clear_output` from a thread. Without this the cell would look as if it had passed.
    """
    reply = execute_reply["content"]
    if reply["status"] != "ok" and not any(o.output_type == "error" for o in cell.outputs):
        cell.outputs.append(NotebookNode(
            output_type="error", ename=str(reply.get("ename", "Error")),
            evalue=str(reply.get("evalue", ""))[:1000], traceback=[],
        ))
