"""Hostile submissions: those that do not want to end, and those that hurt others."""

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest
from hostile import LIMITS, MARK, PATIENT, attack, running, server, wait_until  # noqa: F401 - a fixture
from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine import run

# A kernel that does not want to end


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(run, "GRACE", 0.5)


STUBBORN = """
import signal, time
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
while True:
    try: time.sleep(60)
    except BaseException: pass
"""
NO_ANSWER = """
import ctypes, signal
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
ctypes.PyDLL(None).sleep(60)  # holds the interpreter: no other thread of it runs
"""


@pytest.mark.parametrize("code", [STUBBORN, NO_ANSWER], ids=["ignores signals", "never answers"])
def test_a_kernel_that_ignores_everything_is_ended(impatient, code):
    cell, after = attack(code, "print('after')", limits=PATIENT)
    assert cell.message == "The cell waited for 2 s without computing and ignored the interrupt." and after.outcome == "timeout"


DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execlp('sleep', 'sleep', '{seconds}')
    os._exit(0)
time.sleep(2)
"""


def test_a_daemon_does_not_outlive_its_kernel():
    name, seen = "sleep 98761", threading.Event()
    waiting = threading.Thread(target=lambda: wait_until(lambda: running(name), seen))
    waiting.start()
    attack(DAEMON.format(seconds=98761))
    waiting.join()
    assert seen.is_set()  # it ran, and could be seen from here
    assert not running(name)


# Hurting others


@pytest.mark.parametrize("code", [
    "os.kill(1, signal.SIGKILL)", "os.kill(-1, signal.SIGKILL)", "os.kill(os.getppid(), signal.SIGKILL)",
    "os.killpg(0, signal.SIGKILL)", "os.kill(victim, signal.SIGKILL)",
    "[kill(number) for number in range(2, 40_000)]",
])
def test_no_signal_reaches_another_process(code):
    victim = subprocess.Popen(["sleep", "600"])
    try:
        attack(f"import os, signal\nvictim = {victim.pid}\ndef kill(number):\n    try: os.kill(number, 9)\n"
               f"    except ProcessLookupError: pass\n{code}")
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()
    (cell,) = attack("print('next')")
    assert cell.text == "next\n"


LEAVE = f"""
import os, subprocess, sys, numpy, builtins, math
for folder in ('/tmp', '/dev/shm', '/dev', '/', '/run', '/etc', '/var/tmp', os.getcwd(), os.path.expanduser('~')):
    try: open(folder + '/{MARK}', 'w').write('x')
    except OSError: pass
subprocess.Popen(['sleep', '98762'], start_new_session=True)
numpy.add = builtins.divmod = math.sqrt = lambda *_: 42
os.environ['{MARK}'] = sys.argv[0] = '{MARK}'
sys.modules['{MARK}'] = math
os.umask(0)
"""
LOOK = f"""
import json, os, sys, numpy, math
found = [os.path.join(folder, name) for top in ('/tmp', '/dev', '/run', '/etc', '/mnt')
         for folder, _, names in os.walk(top) for name in names if '{MARK}' in name]
found += [name for name in os.listdir('/') if '{MARK}' in name]
print(json.dumps([found, [n for n in os.listdir('/proc') if n.isdigit()], int(numpy.add(1, 2)), divmod(7, 4),
                  math.sqrt(4), '{MARK}' in os.environ, '{MARK}' in sys.modules, os.umask(0o22)]))
"""


def test_nothing_of_one_submission_is_there_for_the_next():
    attack(LEAVE)
    (cell,) = attack(LOOK)
    assert cell.value() == [[], ["1"], 3, [1, 3], 2.0, False, False, 0o22]
    assert not running("sleep 98762")


def test_nothing_of_one_submission_is_there_for_another_at_the_same_time():
    """The one looks while the other still runs."""
    found, looked = [], threading.Event()

    def look():
        wait_until(lambda: running("sleep 98763"), threading.Event())
        notebook = new_notebook(cells=[new_code_cell(LOOK)])
        run.run(notebook, LIMITS, attack.server)
        found.extend(json.loads(notebook.cells[0].outputs[0].text))
        looked.set()

    thread = threading.Thread(target=look)
    thread.start()
    notebook = new_notebook(cells=[new_code_cell(LEAVE.replace("98762", "98763")), new_code_cell("import time; time.sleep(5)")])
    run.run(notebook, LIMITS, attack.server)
    thread.join()
    assert looked.is_set() and found == [[], ["1"], 3, [1, 3], 2.0, False, False, 0o22]


FALSE_MODULE = f"""
try: open('/{MARK}', 'w')
except OSError: pass
for folder in ('{Path.home()}', '/tmp', '/run/control'):
    try: open(folder + '/{MARK}', 'w')
    except OSError: pass
add = dot = lambda *_: 42
"""


@pytest.mark.parametrize("name", ["numpy", "ipykernel_launcher", "IPython", "json", "sitecustomize"])
def test_a_module_that_a_student_writes_beside_the_notebook(name):
    attack(f"open('{name}.py', 'w').write({FALSE_MODULE!r})",
           f"import sys\nsys.modules.pop('{name}', None)\nimport {name}",
           f"!{{sys.executable}} -m {name}")
    assert not [path for path in (f"/{MARK}", f"/tmp/{MARK}", Path.home() / MARK) if os.path.lexists(path)]
    (cell,) = attack("import numpy, json; print(json.dumps(int(numpy.add(1, 2))))")
    assert cell.value() == 3


def test_modules_that_stand_beside_the_notebook_do_not_reach_the_grader():
    files = {f"{name}.py": FALSE_MODULE.encode() for name in ("numpy", "ipykernel_launcher", "json")}
    (cell,) = attack("import numpy; print(numpy.dot([1], [2]))", files=files)
    assert cell.text == "2\n"  # imported before the file was there
    assert not [path for path in (f"/{MARK}", f"/tmp/{MARK}", Path.home() / MARK) if os.path.lexists(path)]


def test_no_two_kernels_draw_the_same_numbers():
    """Also where nobody sets a seed: what a fork inherits would be known beforehand."""
    draw = "import random, numpy, json; print(json.dumps([random.random(), numpy.random.rand()]))"
    first, second = (attack(draw)[0].value() for _ in range(2))
    assert first[0] != second[0] and first[1] != second[1]
