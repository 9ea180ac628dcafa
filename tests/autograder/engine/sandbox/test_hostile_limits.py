"""Hostile submissions: those that use too much of something."""

import json
import os
import shutil

import psutil
import pytest
from hostile import LIMITS, PATIENT, attack, hasty, limited, processor_time, server  # noqa: F401 - fixtures
from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine import run

FORKS = """
import os, time
children = []
try:
    while len(children) < 300:
        child = os.fork()
        if child == 0:
            time.sleep(30)
            os._exit(0)
        children.append(child)
except OSError:
    print(len(children), 'and no more')
else:
    time.sleep(10)
"""


@pytest.mark.usefixtures("limited")
def test_a_fork_bomb_ends_at_the_limit():
    cell, after = attack(FORKS, "print('after')")
    if cell.outcome == "ran":
        assert int(cell.text.split()[0]) < LIMITS.processes
    else:
        assert (cell.outcome, after.outcome) == ("killed", "killed")
        assert "started more than 60 processes and threads" in cell.message


@pytest.mark.usefixtures("limited")
def test_a_fork_bomb_of_threads_ends_at_the_limit():
    (cell,) = attack(
        "import threading, time\nfor _ in range(300): threading.Thread(target=time.sleep, args=(20,)).start()\n"
        "time.sleep(10)")
    assert "can't start new thread" in cell.text or cell.outcome == "killed"


HEAP = "x = []\nfor _ in range(100): x.append(bytearray(b'1') * 10_000_000)\nimport time; time.sleep(10)"
SHARED = """
import mmap, time
m = mmap.mmap(-1, 1_000_000_000)
for start in range(0, len(m), 4096):
    m[start] = 1
time.sleep(10)"""
BY_CHILDREN = """
import os, time
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(b'1') * 130_000_000
        time.sleep(20)
        os._exit(0)
time.sleep(10)"""
BY_PROGRAMS = BY_CHILDREN.replace("held = bytearray(b'1') * 130_000_000\n        time.sleep(20)", (
    "os.execlp('python3', 'python3', '-c', 'x = bytearray(130_000_000); import time; time.sleep(20)')"))


@pytest.mark.parametrize("code", [HEAP, SHARED, BY_CHILDREN, BY_PROGRAMS], ids=["heap", "shared", "children", "programs"])
@pytest.mark.usefixtures("limited")
def test_a_memory_bomb_ends_at_the_limit(code):
    (cell,) = attack(code)
    assert "MemoryError" in cell.text or cell.message == "The kernel used more than 300 MB of memory."


FILL = """
import json, os
def fill(folder):
    total, part = 0, bytes(1 << 20)
    with open(folder + '/full', 'wb', buffering=0) as file:
        try:
            while total < 400 << 20:
                total += file.write(part)
        except OSError:
            pass
    return total >> 20
"""


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm"])
@pytest.mark.usefixtures("limited")
def test_a_memory_bomb_of_files_ends_at_the_limit(folder):
    limits = LIMITS.model_copy(update={"files_megabytes": 60})
    (cell,) = attack(FILL + f"print(json.dumps(fill({folder!r})))", limits=limits)
    assert cell.message == "" and 0 < cell.value() <= 64, "its own limit in /tmp, 64 MB in /dev/shm"


@pytest.mark.usefixtures("limited")
def test_memory_that_a_child_shares_is_not_counted_twice():
    """A notebook may hold its data and start a few processes on it."""
    (cell,) = attack(
        "import os, time\nheld = bytearray(b'1') * 150_000_000\n"
        "children = [os.fork() or (time.sleep(1), os._exit(0)) for _ in range(4)]\n"
        "for child in children: os.waitpid(child, 0)\nprint('done')")
    assert (cell.outcome, cell.text) == ("ran", "done\n")


BURN = """
import os, signal, threading, time
def burn(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end: pass
def child(seconds, then=None):
    try: number = os.fork()
    except OSError: return 0
    if number == 0:
        then() if then else burn(seconds)
        os._exit(0)
    return number
"""
ENDLESS = {
    "one": "while True: pass",
    "threads": "while True:\n    one = threading.Thread(target=burn, args=(0.005,))\n    one.start(); one.join()",
    "many short ones": "while True: os.waitpid(child(0.04), 0)",
    "children that nobody waits for": (
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\nwhile True: child(0.005)"),
    "children that libc is told to forget": (
        "import ctypes\nctypes.CDLL(None).signal(signal.SIGCHLD, ctypes.c_void_p(1))\nwhile True: child(0.005)"),
    "grandchildren": (
        "while True:\n    number = child(0, lambda: child(0.005))\n"
        "    if not number:\n        while os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG): pass\n"
        "    else: os.waitpid(number, 0)"),
    "programs": "import subprocess\nwhile True: subprocess.run(['sh', '-c', 'for i in 1 2 3 4 5 6 7 8 9; do :; done'])",
}


@pytest.mark.parametrize("code", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.usefixtures("limited", "hasty")
def test_processor_time_ends_at_the_limit(code):
    with processor_time() as spent:
        (cell,) = attack(BURN + code, limits=LIMITS.model_copy(update={"cell_seconds": 2}))
    if "SIGCHLD" not in code or cell.outcome != "ran":  # without a control group that is refused
        assert cell.outcome in ("timeout", "killed")
        assert cell.message.startswith(("The cell used more than 2 s of processor time", "The kernel started more than"))
    else:
        assert "Operation not permitted" in cell.text
    assert spent.seconds < 6


@pytest.mark.usefixtures("hasty")
def test_all_cells_together_have_a_limit_of_processor_time():
    cells = attack(*[BURN + "while time.process_time() < float('inf'): pass"] * 3, "print('after')",
                   limits=LIMITS.model_copy(update={"cell_seconds": 2, "notebook_seconds": 3}))
    assert [cell.outcome for cell in cells] == ["timeout"] * 4
    assert cells[2].message == cells[3].message == "Not run. The notebook had used its 3 s of processor time."


FORGE = """
import json
from ipykernel.kernelapp import IPKernelApp
kernel = IPKernelApp.instance().kernel
def forge(kind, content):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())
"""


@pytest.mark.parametrize("code", [
    "while True: print('x' * 10_000)",
    "import sys\nwhile True: print('x' * 10_000, file=sys.stderr)",
    "import os\nwhile True: os.write(1, b'x' * 10_000); os.write(2, b'x' * 10_000)",
    "from IPython.display import display, HTML\nwhile True: display(HTML('x' * 10_000))",
    "raise ValueError('x' * 1_000_000)",
    "print('x' * 200_000_000)",
    FORGE + "for _ in range(300): forge('comm_open', {'comm_id': str(_), 'target_name': 'jupyter.widget',"
    " 'data': {'state': {'x': 'x' * 100_000}}})",
    FORGE + "forge('execute_input', {'execution_count': 'x' * 1_000_000})",
    FORGE + "forge('stream', 'no dict')",
    FORGE + "forge('status', {})",
    FORGE + "kernel.iopub_socket.send_multipart([b'no', b'message'])",
    FORGE + "for _ in range(200): kernel.iopub_socket.send(bytes(10_000_000))",
], ids=["stdout", "stderr", "descriptors", "pictures", "error", "200 MB", "widgets", "count", "no dict", "no state",
        "no message", "raw flood"])
def test_output_is_cut_before_it_reaches_the_coordinator(code):
    before = psutil.Process().memory_info().rss
    notebook = new_notebook(cells=[new_code_cell(code), new_code_cell("print('after')")])
    run.run(notebook, PATIENT, attack.server)
    assert len(json.dumps(notebook)) < 2 * LIMITS.output_kilobytes * 1000
    assert psutil.Process().memory_info().rss - before < 1_500_000_000


@pytest.mark.parametrize("limit", [3000, 10**9])
def test_endless_recursion_ends(limit):
    (cell,) = attack(f"import sys; sys.setrecursionlimit({limit})\ndef f(): return f()\nf()", limits=PATIENT)
    assert "RecursionError" in cell.text or "MemoryError" in cell.text or cell.outcome in ("killed", "timeout")


def test_endless_recursion_of_the_interpreter_itself_ends():
    deep = "x = []\nfor _ in range(10**6): x = [x]\n" "import sys; sys.setrecursionlimit(10**9); repr(x)"
    (cell,) = attack(deep, limits=PATIENT)
    assert "RecursionError" in cell.text or "MemoryError" in cell.text or cell.outcome in ("killed", "timeout")


@pytest.mark.usefixtures("limited")
def test_the_disk_is_not_filled():
    temporary = shutil.disk_usage(attack.server.folder)
    (cell,) = attack(FILL + "print(json.dumps([fill('/tmp'), fill('/dev/shm')]))")
    assert cell.value()[0] <= LIMITS.files_megabytes and cell.value()[1] <= 64
    assert temporary.used - shutil.disk_usage(attack.server.folder).used < 100 << 20


def test_a_million_small_files_end_at_the_limit():
    (cell,) = attack("""
import json
made = {}
for folder in ('/tmp', '/dev/shm'):
    made[folder] = 0
    try:
        while made[folder] < 1_000_000:
            open(f'{folder}/{made[folder]}', 'w').close()
            made[folder] += 1
    except OSError:
        pass
print(json.dumps(made))""")
    assert 0 < cell.value()["/tmp"] <= LIMITS.files and 0 < cell.value()["/dev/shm"] <= 100


def test_terminals_run_out_for_itself_alone():
    cell, after = attack(
        "import os, json\nopen_, made = [], 0\ntry:\n    while made < 500: open_ += os.openpty(); made += 1\n"
        "except OSError: pass\nprint(json.dumps([made, os.ttyname(open_[1])]))",
        "for number in open_: os.close(number)\n!echo hello")
    assert cell.value()[0] <= 16 and cell.value()[1] == "/dev/pts/0"
    assert "hello" in after.text
    for number in os.openpty():
        os.close(number)
