"""A bank of hostile submissions, run for real: what each of them did to the host.

The limits are small and every attack ends by itself, should a wall not hold.
"""

import json
import os
import shutil
import socket
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy
import psutil
import pytest
from conftest import REPOSITORY
from nbformat.v4 import new_code_cell, new_notebook

from autograder import run
from autograder.course import Limits
from autograder.sandbox import cgroup, policy, seccomp, watch
from autograder.sandbox.host import ForkServer

LIMITS = Limits(
    cell_seconds=20, notebook_seconds=60, cpu_seconds=30, memory_megabytes=300, processes=60,
    files_megabytes=20, files=300, output_kilobytes=100,
)
PATIENT = LIMITS.model_copy(update={"cell_seconds": 2, "notebook_seconds": 10})
MARK = "autograder-hostile-mark"  # in what an attack leaves behind


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder that kernels see, as they see a course's data sets."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "table.csv").write_text("1,2\n")
    return folder


@pytest.fixture(scope="module", autouse=True)
def server(data):
    with ForkServer(["numpy"], [data], run.environment()) as started:
        attack.server = started
        attack.own = set(_descendants(started))
        yield started


@pytest.fixture(params=["control group", "counted"])
def limited(request, monkeypatch):
    """Limits hold by the system's control groups, and where there are none."""
    if request.param == "counted":
        monkeypatch.setattr(watch, "make_group", lambda *_: None)
        return
    try:
        cgroup.parents()
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")


@dataclass
class Cell:
    """What came of one cell: how it ended, and all that it printed or raised."""

    outcome: str
    message: str
    text: str

    def value(self):
        """The JSON that the cell printed."""
        assert self.outcome == "ran", self
        return json.loads(self.text)


def attack(*sources: str, limits: Limits = LIMITS, **options) -> list[Cell]:
    """Run cells in one kernel; whatever they did, no process and no file is left on the host."""
    before = _files(attack.server.folder)
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    run.run(notebook, limits, attack.server, **options)
    assert psutil.wait_procs(set(_descendants(attack.server)) - attack.own, timeout=5)[1] == []
    assert _files(attack.server.folder) | {"jupyter"} == before | {"jupyter"}
    assert attack.server.alive
    return [
        Cell(cell.metadata.autograder["outcome"], cell.metadata.autograder["message"],
             "".join(o.get("text") or f"{o.get('ename')}: {o.get('evalue')}" for o in cell.outputs))
        for cell in notebook.cells
    ]


def _descendants(started: ForkServer) -> list[psutil.Process]:
    return psutil.Process(started._process.pid).children(recursive=True)


def _files(folder: Path) -> set[str]:
    """Names of the files in a fork server's folder; its log may not grow either."""
    assert (folder / "parent.log").stat().st_size < 10_000
    return {
        str(path.relative_to(folder)) for path in folder.rglob("*")
        if not path.is_relative_to(folder / "jupyter")
    } | {"jupyter"}


def _running(words: str) -> bool:
    """Whether any process of this machine has such a command line."""
    for process in psutil.process_iter():
        try:
            if words in " ".join(process.cmdline()):
                return True
        except psutil.Error:
            continue
    return False


# What a submission can see


def test_the_hosts_passwd_is_not_seen():
    (cell,) = attack("print(open('/etc/passwd').read(), end='')")
    assert cell.text == policy.PASSWD != Path("/etc/passwd").read_text()


def test_home_course_source_and_temporary_files_are_not_seen(tmp_path):
    source = tmp_path / "source.ipynb"
    source.write_text("### BEGIN HIDDEN TESTS")
    own = [str(path) for path in Path.home().iterdir() if path.is_file()]
    paths = [str(source), str(tmp_path), str(attack.server.folder), *own, *(
        str(REPOSITORY / name) for name in ("solutions", "notebooks", "course.toml", ".git", "tests")
    ), "/etc/shadow", "/etc/hostname", "/var", "/home", "/boot", "/sys/fs", "/sys/class", "/proc/sysrq-trigger"]
    (cell,) = attack(f"import json, os\nprint(json.dumps([p for p in {paths} if os.path.exists(p)]))")
    assert cell.value() == []
    assert all(os.path.exists(path) for path in paths[:3])


def test_the_grader_itself_is_not_seen():
    package = Path(policy.__file__).resolve().parents[1]
    (cell,) = attack(f"import json, os\nprint(json.dumps([os.listdir({str(package)!r}), os.listdir('/run')]))")
    assert cell.value() == [[], []]


@pytest.mark.parametrize("root", ["/proc/1/root", "/proc/self/cwd/../../..", "/tmp/link", "/proc/self/fd/0/.."])
def test_no_way_round_leads_to_the_hosts_root(root):
    (cell,) = attack(
        "import os\nos.symlink('/proc/1/root/', '/tmp/link')\n"
        f"try: print(open({root!r} + '/etc/passwd').read(), end='')\nexcept OSError: print('no')")
    assert cell.text in (policy.PASSWD, "no\n")


def test_only_its_own_processes_are_seen():
    (cell,) = attack("import json, os\nprint(json.dumps([n for n in os.listdir('/proc') if n.isdigit()]))")
    assert cell.value() == ["1"]
    assert len(psutil.pids()) > 1


def test_no_open_file_leads_out():
    (cell,) = attack(
        "import json, os\nprint(json.dumps([os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')"
        " if os.path.lexists(f'/proc/self/fd/{n}')]))")
    found = {name for name in cell.value() if not name.startswith(("pipe:", "socket:", "anon_inode:"))}
    assert found <= {"/dev/null"}


def test_the_environment_of_the_grader_is_nowhere(monkeypatch):
    monkeypatch.setenv("A_SECRET_OF_THE_TEACHER", MARK)
    cell, other = attack(
        "import os; print(open('/proc/self/environ').read(), dict(os.environ))",
        "import subprocess; print(subprocess.run('env', capture_output=True, text=True).stdout)")
    assert MARK not in cell.text + other.text and "PATH" in cell.text


# The network


CONNECT = """
import json, socket
def reach(family, kind, address):
    try:
        with socket.socket(family, kind) as s:
            s.settimeout(2)
            s.connect(address)
            s.send(b'x')
        return 'sent'
    except OSError as error:
        return type(error).__name__
"""


def test_the_hosts_loopback_is_not_reached():
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, \
            socket.socket(socket.AF_UNIX) as abstract:
        udp.bind(("127.0.0.1", 0))
        abstract.bind(f"\0{MARK}")
        abstract.listen()
        for listener in (tcp, udp, abstract):
            listener.setblocking(False)
        socket.create_connection(tcp.getsockname()).close()
        tcp.accept()[0].close()  # from here it can be reached
        (cell,) = attack(CONNECT + f"print(json.dumps([reach(2, 1, {tcp.getsockname()}), reach(2, 2, "
                         f"{udp.getsockname()}), reach(1, 1, '\\0{MARK}')]))")
        assert "sent" not in cell.value()
        for arrived in (tcp.accept, lambda: udp.recv(1), abstract.accept):
            with pytest.raises(BlockingIOError):
                arrived()


def test_the_network_is_not_reached():
    (cell,) = attack(
        CONNECT + "print(json.dumps([reach(2, 1, ('1.1.1.1', 53)), reach(2, 2, ('8.8.8.8', 53)), "
        "reach(10, 1, ('2606:4700::1111', 53)), [name for _, name in socket.if_nameindex()]]))")
    *reached, interfaces = cell.value()
    assert "sent" not in reached and interfaces == ["lo"]


def test_the_sockets_of_the_fork_server_are_not_reached():
    (cell,) = attack(
        CONNECT + f"print(json.dumps([reach(1, 1, p) for p in ('/run/control/s', '{attack.server.folder}/control/s',"
        " '/proc/1/root/run/control/s')]))")
    assert set(cell.value()) <= {"FileNotFoundError", "PermissionError"}


# Writing


def test_nothing_is_written_outside_its_own_folders(data):
    places = [str(data), str(data / "table.csv"), os.__file__, numpy.__file__, "/etc/passwd", *(
        f"{folder}/{MARK}" for folder in (
            "", "/dev", "/etc", "/mnt", "/run", "/usr", "/usr/bin", "/proc", "/sys", "/sys/devices/system/cpu", data,
            Path.home(), REPOSITORY, Path(policy.__file__).parents[1], Path(numpy.__file__).parent))]
    (cell,) = attack(f"""
import json, os
wrote = []
for line in open('/proc/self/mountinfo'):
    {places}.append(line.split()[4] + '/{MARK}')
for path in {places}:
    for call in (lambda: open(path, 'a').write('x'), lambda: os.mkdir(path), lambda: os.symlink('/', path),
                 lambda: os.unlink(path), lambda: os.utime(path), lambda: os.chmod(path, 0o777)):
        try:
            call()
            wrote.append(path)
        except OSError:
            pass
print(json.dumps(wrote))""".replace(f"{places}.append", "places.append").replace(
        f"in {places}:", "in places:").replace("wrote = []", f"wrote, places = [], {places}"))
    assert set(cell.value()) <= {f"/tmp/{MARK}", f"/dev/shm/{MARK}"}
    assert (data / "table.csv").read_text() == "1,2\n" and os.listdir(data) == ["table.csv"]
    assert not [path for path in places if MARK in path and os.path.lexists(path)]


def test_no_setting_of_the_machine_is_written():
    (cell,) = attack("""
import json, os
opened = []
for folder, _, names in os.walk('/proc/sys'):
    for name in names:
        try:
            os.close(os.open(os.path.join(folder, name), os.O_WRONLY))
            opened.append(name)
        except OSError:
            pass
for path in ('/proc/self/oom_score_adj', '/proc/self/uid_map', '/proc/sysrq-trigger', '/proc/kcore'):
    try:
        os.close(os.open(path, os.O_WRONLY))
        opened.append(path)
    except OSError:
        pass
print(json.dumps(opened))""")
    assert cell.value() == []


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


def test_the_disk_is_not_filled(limited):
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


# Too much of something


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


def test_a_fork_bomb_ends_at_the_limit(limited):
    cell, after = attack(FORKS, "print('after')")
    if cell.outcome == "ran":
        assert int(cell.text.split()[0]) < LIMITS.processes
    else:
        assert (cell.outcome, after.outcome) == ("killed", "killed")
        assert "started more than 60 processes and threads" in cell.message


def test_a_fork_bomb_of_threads_ends_at_the_limit(limited):
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
def test_a_memory_bomb_ends_at_the_limit(limited, code):
    (cell,) = attack(code)
    assert "MemoryError" in cell.text or cell.message == "it used more than 300 MB of memory."


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm"])
def test_a_memory_bomb_of_files_ends_at_the_limit(limited, folder):
    limits = LIMITS.model_copy(update={"files_megabytes": 500, "memory_megabytes": 100})
    (cell,) = attack(FILL + f"print(json.dumps(fill({folder!r})))", limits=limits)
    assert cell.message or cell.value() <= 400


def test_memory_that_a_child_shares_is_not_counted_twice(limited):
    """A notebook may hold its data and start a few processes on it."""
    (cell,) = attack(
        "import os, time\nheld = bytearray(b'1') * 150_000_000\n"
        "children = [os.fork() or (time.sleep(1), os._exit(0)) for _ in range(4)]\n"
        "for child in children: os.waitpid(child, 0)\nprint('done')")
    assert (cell.outcome, cell.text) == ("ran", "done\n")


SHORT_LIVED = """
import os, time
for _ in range(400):
    child = os.fork()
    if child == 0:
        end = time.perf_counter() + 0.04
        while time.perf_counter() < end: pass
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.mark.parametrize("code", ["while True: pass", SHORT_LIVED], ids=["one", "many short ones"])
def test_processor_time_ends_at_the_limit(limited, code):
    (cell,) = attack(code, limits=LIMITS.model_copy(update={"cpu_seconds": 3}))
    assert (cell.outcome, cell.message) == ("killed", "it used more than 3 s of processor time.")


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
    assert cell.message == "it ran longer than 2 s and ignored the interrupt." and after.outcome == "timeout"


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
    waiting = threading.Thread(target=lambda: _wait_until(lambda: _running(name), seen))
    waiting.start()
    attack(DAEMON.format(seconds=98761))
    waiting.join()
    assert seen.is_set()  # it ran, and could be seen from here
    assert not _running(name)


def _wait_until(condition, event: threading.Event) -> None:
    pause = threading.Event()
    for _ in range(600):
        if condition():
            event.set()
            return
        pause.wait(0.05)


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
    assert not _running("sleep 98762")


def test_nothing_of_one_submission_is_there_for_another_at_the_same_time():
    """The one looks while the other still runs."""
    found, looked = [], threading.Event()

    def look():
        _wait_until(lambda: _running("sleep 98763"), threading.Event())
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
    from base64 import b64encode

    files = {f"{name}.py": b64encode(FALSE_MODULE.encode()).decode() for name in ("numpy", "ipykernel_launcher", "json")}
    (cell,) = attack("import numpy; print(numpy.dot([1], [2]))", files=files)
    assert cell.text == "2\n"  # imported before the file was there
    assert not [path for path in (f"/{MARK}", f"/tmp/{MARK}", Path.home() / MARK) if os.path.lexists(path)]


# What a notebook has no use for


def test_system_calls_are_refused():
    names = ["ptrace", "process_vm_readv", "io_uring_setup", "keyctl", "add_key", "request_key", "userfaultfd", "bpf",
             "perf_event_open", "memfd_create", "shmget", "msgget", "semget", "unshare", "setns", "mount", "umount2",
             "move_mount", "open_tree", "fsopen", "pivot_root", "chroot", "open_by_handle_at", "kexec_load", "reboot",
             "swapon", "init_module", "syslog", "pidfd_getfd", "acct", "quotactl", "clone3"]
    column = 1 if os.uname().machine == "aarch64" else 0
    numbers = {name: seccomp._NUMBERS[name][column] for name in names}
    (cell,) = attack(f"""
import ctypes, json
libc = ctypes.CDLL(None, use_errno=True)
found = {{}}
for name, number in {numbers}.items():
    result = libc.syscall(number, 0, 0, 0, 0, 0, 0)
    found[name] = ctypes.get_errno() if result == -1 else 'allowed'
print(json.dumps(found))""")
    assert cell.value() == dict.fromkeys(names, 1) | {"clone3": 38}


def test_new_namespaces_and_odd_sockets_are_refused():
    number = 220 if os.uname().machine == "aarch64" else 56
    (cell,) = attack(f"""
import ctypes, json, socket
libc = ctypes.CDLL(None, use_errno=True)
found = []
for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000, 0x80):
    found.append(libc.syscall({number}, flag | 17, 0, 0, 0, 0))
for family in (17, 31, 38, 40, 44, 15, 9):
    try: socket.socket(family, socket.SOCK_DGRAM).close(); found.append(family)
    except OSError as error: found.append(-error.errno)
print(json.dumps(found))""")
    assert cell.value() == [-1] * 15


def test_no_right_is_held_and_none_can_be_had():
    (cell,) = attack("""
import json
lines = dict(line.split(':\\t', 1) for line in open('/proc/self/status').read().splitlines() if ':\\t' in line)
print(json.dumps([lines[name].strip() for name in ('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb', 'NoNewPrivs',
                                                   'Seccomp', 'NStgid')]))""")
    assert cell.value() == ["0" * 16] * 5 + ["1", "2", "1"]
