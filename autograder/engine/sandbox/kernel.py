"""IPython's kernel on sockets that are already bound, without a connection file and without history."""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

import zmq
from ipykernel.heartbeat import Heartbeat
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.history import HistoryManager
from jupyter_client import jsonutil
from jupyter_client.connect import KernelConnectionInfo

from autograder.engine.sandbox import guard, shortcuts


def main(connection: KernelConnectionInfo, sockets: dict[str, int]) -> NoReturn:
    """Serve until the worker requests a shutdown or ends; never returns.

    Parameters
    ----------
    connection : dict
        Jupyter's connection information; the key and the signature scheme are used, the addresses are not.
    sockets : dict of int
        the descriptor of a bound Unix socket for the name of each port.
    """
    HistoryManager.enabled = False  # type: ignore[assignment]  # the trait's default, for every instance
    shortcuts.times_as_text().__enter__()  # for the whole life of this process
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # else all forks draw the same; Python's own `random` is reseeded in forks
    code = 1
    try:
        app = _App.instance(sockets=sockets)
        app.load_connection_info(connection)
        app.initialize([])
        app.log.setLevel(app.log_level)  # else each log message is built and then discarded
        app.session.pack = _with_half_characters(app.session.pack)
        guard.install(app.kernel)
        app.start()
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        sys.stdout.flush()
        os._exit(code)  # without exit handlers: those are the parent's


def _with_half_characters(pack: Callable[[object], bytes]) -> Callable[[object], bytes]:
    """Return a packer of messages that replaces lone surrogates by question marks, so that every reply is sent."""
    def packed(message: object) -> bytes:
        try:
            return pack(message)
        except UnicodeEncodeError:
            clean = jsonutil.json_clean(message)
            return json.dumps(clean, default=jsonutil.json_default, ensure_ascii=False).encode("utf-8", "replace")

    return packed


def _bind(kind: zmq.Socket, descriptor: int, number: int) -> None:
    kind.setsockopt(zmq.USE_FD, descriptor)
    kind.bind(f"ipc:///s-{number}")  # a name only: the descriptor is bound already


class _NoThread:
    """Replaces ipykernel's thread that passes messages to subshells: a notebook has no subshells."""

    parent_thread = property(lambda self: threading.main_thread())

    def __bool__(self) -> bool:
        return False


class _Kernel(IPythonKernel):
    """ipykernel's kernel, except that a cell cannot look up the message that is being processed."""

    shell_class = shortcuts.Shell
    _execute_sleep = 0
    _supports_kernel_subshells = False
    _brief = False  # whether the worker sent the request: it needs neither an echo of it nor the status `busy`

    def __init__(self, **options: Any) -> None:
        with shortcuts.no_list_of_modules():
            super().__init__(**options)

    def set_parent(self, ident: list[bytes], parent: dict[str, Any], channel: str = "shell") -> None:
        self._brief = "autograder" in parent["content"]
        super().set_parent(ident, parent | {"content": {}}, channel)

    def _publish_status(self, status: str, channel: str, parent: dict[str, Any] | None = None) -> None:
        if status != "busy" or not self._brief:
            super()._publish_status(status, channel, parent)

    def _publish_execute_input(self, code: str, parent: dict[str, Any], execution_count: int) -> None:
        if not self._brief:
            super()._publish_execute_input(code, parent, execution_count)


class _App(IPKernelApp):
    """ipykernel's application, without connection, configuration and start-up files."""

    kernel_class = _Kernel
    outstream_class = f"{shortcuts.__name__}.Stream"

    def __init__(self, sockets: dict[str, int], **options: Any) -> None:
        super().__init__(**options)
        self.sockets = sockets
        self.numbers = list(sockets)

    def _try_bind_socket(self, s: zmq.Socket, port: int) -> int:
        name = self.numbers[port - 1]
        _bind(s, self.sockets[name], port)
        return port

    def load_connection_info(self, info: KernelConnectionInfo) -> None:
        """Load the session's key; the port numbers are the positions in `sockets`, from 1."""
        ports = {name: place for place, name in enumerate(self.sockets, start=1)}
        located: Any = {**info, **ports, "transport": "ipc", "ip": "/s"}  # a TypedDict cannot tell that `ports` fits
        super().load_connection_info(located)

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        pass

    def load_config_file(self, *_: Any, **__: Any) -> None:
        pass

    def init_connection_file(self) -> None:
        self.connection_file = os.path.abspath("kernel.json")

    def init_path(self) -> None:
        """Make modules next to the notebook importable, as in every kernel; the parent starts without this entry."""
        if "" not in sys.path:
            packages = (at for at, path in enumerate(sys.path) if path.endswith(("site-packages", "dist-packages")))
            sys.path.insert(next(packages, len(sys.path)), "")

    def write_connection_file(self, **_: object) -> None:
        pass

    def log_connection_info(self) -> None:
        pass

    def init_code(self) -> None:
        """Run no start-up files: the home folder of a fork is empty."""
        assert self.shell is not None  # init_shell ran before
        self.shell.user_ns_hidden.update(self.shell.user_ns)

    def init_control(self, context: zmq.Context) -> None:
        super().init_control(context)
        self.shell_channel_thread = _NoThread()
        self.debug_shell_socket.disconnect(self.shell_socket.getsockopt(zmq.LAST_ENDPOINT))

    def init_heartbeat(self) -> None:
        place = self.numbers.index("hb_port")
        self.heartbeat = _Heartbeat(zmq.Context(), self.sockets["hb_port"], place + 1)
        self.heartbeat.start()


class _Heartbeat(Heartbeat):
    def __init__(self, context: zmq.Context, descriptor: int, number: int) -> None:
        super().__init__(context, ("ipc", "/s", number))
        self.descriptor = descriptor

    def _try_bind_socket(self) -> None:
        _bind(self.socket, self.descriptor, self.port)
