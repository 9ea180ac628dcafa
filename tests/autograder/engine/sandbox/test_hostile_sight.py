"""Hostile submissions: what they can see, reach, write and ask of the system."""

import os
import socket
from pathlib import Path

import numpy
import psutil
import pytest
from conftest import REPOSITORY
from hostile import MARK, attack, server  # noqa: F401 - a fixture

from autograder.engine.sandbox import policy
from autograder.engine.sandbox.calls import ALLOWED, SETTING_UP

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
    package = Path(policy.__file__).resolve().parents[2]
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


def test_nothing_is_written_outside_its_own_folders():
    data = attack.data
    places = [str(data), str(data / "table.csv"), os.__file__, numpy.__file__, "/etc/passwd", *(
        f"{folder}/{MARK}" for folder in (
            "", "/dev", "/etc", "/mnt", "/run", "/usr", "/usr/bin", "/proc", "/sys", "/sys/devices/system/cpu", data,
            Path.home(), REPOSITORY, Path(policy.__file__).parents[2], Path(numpy.__file__).parent))]
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
    own = {path for path in cell.value() if path.startswith(("/tmp/", "/dev/shm/"))}  # in its memory, not on the host
    assert set(cell.value()) == own >= {f"/tmp/{MARK}"}
    seen = [str(data), os.path.dirname(numpy.__file__), os.path.dirname(os.__file__)]  # can be below /tmp, too
    assert not [path for path in own if path.startswith(tuple(seen))]
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


# What a notebook has no use for


def test_system_calls_that_are_not_listed_do_not_exist():
    """Those by which a kernel set itself up are gone, too."""
    column = 1 if os.uname().machine == "aarch64" else 0
    of_probes = {335, 336}  # no filter sees them on x86_64, and they end who calls them
    absent = sorted({*range(470)} - {numbers[column] for numbers in ALLOWED.values()} - of_probes)
    assert SETTING_UP["mount"][column] in absent
    (cell,) = attack(f"""
import ctypes, json
libc = ctypes.CDLL(None, use_errno=True)
found = set()
for number in {absent}:
    result = libc.syscall(number, 0, 0, 0, 0, 0, 0)
    found.add((result, ctypes.get_errno()))
print(json.dumps(sorted(found)))""")
    assert cell.value() == [[-1, 38]]


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
