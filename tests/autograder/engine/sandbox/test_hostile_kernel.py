"""Hostile submissions: those that use up what the system has once for the whole machine. And honest ones, which may."""

import os

import pytest
from hostile import LIMITS, attack, hasty, limited, server  # noqa: F401 - fixtures

# Each counts in `made` what it got, and stops by itself.
UNTIL_REFUSED = """
import ctypes, errno, json, os
libc = ctypes.CDLL(None, use_errno=True)
def until_refused(make, most):
    \"\"\"How many it got, and the error that ended it.\"\"\"
    for made in range(most):
        if make() < 0:
            return made, errno.errorcode[ctypes.get_errno()]
    return most, ''
"""
ABSENT = {  # what does not exist in a kernel
    "inotify": "libc.inotify_init1(0)",
    "asynchronous input and output": "libc.syscall(206 if os.uname().machine == 'x86_64' else 0, 16, ctypes.byref(ctypes.c_long(0)))",
    "message queues": "libc.syscall(240 if os.uname().machine == 'x86_64' else 180, b'q', 0o100, 0o600, None)",
    "memory that is no file": "libc.memfd_create(b'm', 0)",
    "semaphores of System V": "libc.semget(0, 1, 0o1600)",
    "keys": "libc.syscall(248 if os.uname().machine == 'x86_64' else 217, b'user', b'k', b'v', 1, -3)",
    "counters of performance": "libc.syscall(298 if os.uname().machine == 'x86_64' else 241, None, 0, -1, -1, 0)",
    "faults in user space": "libc.syscall(323 if os.uname().machine == 'x86_64' else 282, 1)",
    "watches of whole file systems": "libc.fanotify_init(0, 0)",
}


@pytest.mark.parametrize("call", ABSENT.values(), ids=ABSENT)
def test_what_all_users_of_a_machine_share_does_not_exist(call):
    (cell,) = attack(UNTIL_REFUSED + f"print(json.dumps(until_refused(lambda: {call}, 10)))")
    assert cell.value() == [0, "ENOSYS"]


BOUNDED = {  # what has a bound: how one is made, and how many there can be
    "queued signals": (
        "import signal, threading\nsignal.pthread_sigmask(signal.SIG_BLOCK, {34})\ndef make():\n"
        "    error = libc.pthread_sigqueue(ctypes.c_ulong(threading.get_ident()), 34, None)\n"
        "    ctypes.set_errno(error)\n    return -error", 1000),
    "timers": (
        "timer = ctypes.c_void_p()\ndef make(): return libc.timer_create(1, None, ctypes.byref(timer))", 1000),
    "locked memory": (
        "import mmap\nheld = []\ndef make():\n    held.append(mmap.mmap(-1, 1 << 16))\n"
        "    place = ctypes.addressof(ctypes.c_char.from_buffer(held[-1]))\n"
        "    return libc.mlock(ctypes.c_void_p(place), ctypes.c_size_t(1 << 16))", 16),
    "open files": (
        "held = []\ndef make():\n    held.append(libc.open(b'/dev/null', 0))\n"
        "    if held[-1] < 0:\n        number = ctypes.get_errno()\n        for one in held[:-1]: os.close(one)\n"
        "        ctypes.set_errno(number)\n    return held[-1]", 1024),
}


@pytest.mark.parametrize("code, most", BOUNDED.values(), ids=BOUNDED)
def test_what_the_system_counts_for_each_user_is_bounded(code, most):
    (cell,) = attack(f"{UNTIL_REFUSED}{code}\nprint(json.dumps(until_refused(make, 20_000)))")
    made, error = cell.value()
    assert 0 < made <= most and error in ("EAGAIN", "ENOMEM", "EMFILE")


PAGE_TABLES = """
import mmap, time
size = 512 << 30
view = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, mmap.PROT_READ)
view.madvise(mmap.MADV_NOHUGEPAGE)
for start in range(0, size, 2 << 20):
    view[start]  # a page of zeros, which all share, and 4 kB to say where it is
time.sleep(20)"""
SOCKETS = """
import os, socket, time
held, sent = [], 0
try:
    while sent < 1200 << 20:
        if len(held) > 900 and os.fork(): break
        one, other = socket.socketpair()
        held += [one, other]
        one.setblocking(False)
        try:
            while True: sent += one.send(bytes(1 << 16))
        except BlockingIOError: pass
except OSError: pass
time.sleep(20)"""
PIPES = """
import fcntl, os, time
held = []
try:
    while len(held) < 1000:
        held += os.pipe()
        os.set_blocking(held[-1], False)
        try:
            while True: os.write(held[-1], bytes(1 << 16))
        except BlockingIOError: pass
except OSError: pass
print(len(held))"""
LOCKS = """
import fcntl, time
file = open('locked', 'w')
made = 0
try:
    while made < 2_000_000:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, 2 * made)
        made += 1
except OSError: pass
"""


@pytest.mark.usefixtures("limited", "hasty")
def test_page_tables_are_memory():
    (cell,) = attack(PAGE_TABLES)
    assert cell.message == "The kernel used more than 300 MB of memory." or "MemoryError" in cell.text


@pytest.mark.usefixtures("limited", "hasty")
@pytest.mark.parametrize("code", [SOCKETS, PIPES, LOCKS], ids=["sockets", "pipes", "locks"])
def test_what_buffers_and_locks_hold_is_bounded_and_gone_afterwards(code):
    """By the group's memory, by the number of open files, or by the processor time it takes."""
    import psutil

    before = psutil.virtual_memory().available
    attack(code, limits=LIMITS.model_copy(update={"cell_seconds": 3, "still_seconds": 3}))
    assert before - psutil.virtual_memory().available < 2_000_000_000


HONEST = {
    "a shell": ("!echo hello\n!ls / > /dev/null && echo listed", "hello\r\nlisted\r\n"),
    "bash": ("%%bash\nfor i in 1 2; do (sleep 0; echo $i) & wait; done; echo a b | tr ' ' '-' | sort", "1\n2\na-b\n"),
    "programs": ("import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'print(6 * 7)'], text=True, "
                 "capture_output=True).stdout, subprocess.check_output('tail -n 1 | cat', shell=True, input=b'x'))",
                 "42\n b'x'\n"),
    "processes": ("import multiprocessing\ndef square(x): return x * x\n"
                  "with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(square, range(4)))",
                  "[0, 1, 4, 9]\n"),
    "executors": ("from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor\n"
                  "for kind in (ThreadPoolExecutor, ProcessPoolExecutor):\n"
                  "    with kind(2) as pool: print(sum(pool.map(abs, [-1, 2])))", "3\n3\n"),
    "shared memory": ("from multiprocessing import shared_memory\nheld = shared_memory.SharedMemory(create=True, size=10)\n"
                      "held.buf[0] = 7; print(held.buf[0]); held.close(); held.unlink()", "7\n"),
    "a database": ("import sqlite3\nwith sqlite3.connect('one.db') as db:\n    db.execute('create table t (x)')\n"
                   "    db.execute('insert into t values (7)')\nprint(db.execute('select x from t').fetchall())", "[(7,)]\n"),
    "temporary files": ("import os, shutil, tempfile\nwith tempfile.TemporaryDirectory() as folder:\n"
                        "    open(folder + '/a', 'w').write('text'); shutil.copy2(folder + '/a', folder + '/b')\n"
                        "    os.link(folder + '/a', folder + '/c'); os.symlink('a', folder + '/d'); os.truncate(folder + '/a', 2)\n"
                        "    os.mkfifo(folder + '/f'); print(sorted(os.listdir(folder)), os.stat(folder + '/c').st_nlink)",
                        "['a', 'b', 'c', 'd', 'f'] 2\n"),
    "sockets": ("import socket, threading\none = socket.socket(socket.AF_UNIX); one.bind('here'); one.listen()\n"
                "def answer():\n    other, _ = one.accept(); other.sendall(other.recv(9)[::-1])\n"
                "thread = threading.Thread(target=answer); thread.start()\n"
                "asking = socket.socket(socket.AF_UNIX); asking.connect('here'); asking.sendall(b'abc'); print(asking.recv(9))\n"
                "socket.socket(socket.AF_INET).bind(('127.0.0.1', 0))", "b'cba'\n"),
    "asyncio": ("import asyncio, sys\nprocess = await asyncio.create_subprocess_exec('echo', 'hi', stdout=-1)\n"
                "print(await process.communicate())", "(b'hi\\n', None)\n"),
    "timers and signals": ("import signal, threading\nsignal.signal(signal.SIGALRM, lambda *_: print('alarm'))\n"
                           "signal.setitimer(signal.ITIMER_REAL, 0.01); signal.pause()", "alarm\n"),
    "big files": ("import mmap, numpy\nnumpy.save('a.npy', numpy.arange(9)); print(numpy.load('a.npy', mmap_mode='r')[8])\n"
                  "import zipfile, gzip\nwith zipfile.ZipFile('a.zip', 'w') as file: file.write('a.npy')\n"
                  "print(zipfile.ZipFile('a.zip').namelist())", "8\n['a.npy']\n"),
}


@pytest.mark.parametrize("code, printed", HONEST.values(), ids=HONEST)
def test_what_notebooks_do_works(code, printed):
    (cell,) = attack(code)
    assert (cell.outcome, cell.text) == ("ran", printed)


@pytest.mark.skipif(os.uname().machine not in ("x86_64", "aarch64"), reason="no filter for this machine")
def test_a_core_for_oneself_is_refused():
    (cell,) = attack(UNTIL_REFUSED + "print(json.dumps(until_refused(lambda: libc.prctl(62, 1, 0, 0, 0), 3)))")
    assert cell.value() == [0, "EPERM"]
