"""Turn one fork of the parent into one isolated kernel, step by step.

The fork becomes two processes. The shell owns the new namespaces, passes signals on and waits. The kernel is the first
process in these namespaces, so everything that it starts ends with it.
"""

from __future__ import annotations

import os
import resource
import select
import shutil
import signal
import socket
from contextlib import suppress
from pathlib import Path

from autograder.engine.sandbox import policy, seccomp, syscalls
from autograder.engine.sandbox.syscalls import MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_PRIVATE, MS_RDONLY, MS_REC

PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
HOME = "/tmp/home"  # in the kernel's own tmpfs; the notebook runs in its subfolder work
SHARED_MEMORY_MEGABYTES = 64
TERMINALS = 16  # pseudo-terminals for `!command` in a notebook; the machine has a limited number, too


def become_kernel(
    request: dict, connection: socket.socket, folder: str, isolated: bool, kept: list[str], parent: int
) -> None:
    """Turn this fork into a kernel and run it; never returns.

    Parameters
    ----------
    request : dict
        the request of `handle.KernelHandle`: connection, env, limits, home, the folder's name, the folders to hide, and
        whether a control group counts what the kernel uses.
    connection : socket.socket
        the connection to the worker that asked; the kernel identifies itself on it, and closes it.
    folder : str
        the folder in which the kernel's sockets are bound, as the parent sees it.
    isolated : bool
        whether to leave the parent's namespaces; False with --no-sandbox.
    kept : list of str
        folders below /tmp that stay visible, such as an environment or a course.
    parent : int
        the process id of the parent that forked this process.
    """
    sockets = _bind(folder)
    extra = os.open(f"{folder}/{policy.EXTRA_FILES}", os.O_RDONLY | os.O_DIRECTORY)
    _close_all_but({connection.fileno(), extra, *(bound.fileno() for bound in sockets.values())})
    if isolated:
        uid = os.getuid()
        syscalls.unshare(
            syscalls.CLONE_NEWUSER | syscalls.CLONE_NEWNS | syscalls.CLONE_NEWPID | syscalls.CLONE_NEWIPC
            | syscalls.CLONE_NEWNET | syscalls.CLONE_NEWUTS
        )
        syscalls.map_user(uid, uid)
    syscalls.die_with_parent()
    if os.getppid() != parent:
        os._exit(1)  # the parent ended before `die_with_parent` took effect
    alive, shell = os.pipe()
    kernel = os.fork()
    if kernel:
        connection.close()
        _wait_for(kernel)
    os.close(shell)
    syscalls.die_with_parent()
    if select.select([alive], [], [], 0)[0]:
        os._exit(1)  # the shell ended before `die_with_parent` took effect
    os.close(alive)
    os.setsid()
    if isolated:
        _mount(request["limits"], request["hide"], kept, extra)
        syscalls.drop_capabilities()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        seccomp.install(forgetting=request["grouped"])
        home = HOME
    else:
        home = request["home"]
    _settle(request, home, extra)
    connection.sendall(b'{"kernel": true}\n')  # the system adds the process id for the worker
    connection.close()
    _limit(request["limits"])

    from autograder.engine.sandbox import kernel as program

    program.main(request["connection"], {name: bound.detach() for name, bound in sockets.items()})


def _bind(folder: str) -> dict[str, socket.socket]:
    """Bind the five sockets of a kernel while their folder is visible; return them by the names in `PORTS`."""
    sockets = {}
    for number, name in enumerate(PORTS, start=1):
        sockets[name] = socket.socket(socket.AF_UNIX)
        sockets[name].bind(f"{folder}/s-{number}")
        sockets[name].listen(16)
    return sockets


def _close_all_but(kept: set[int]) -> None:
    for entry in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else range(3, 256):
        number = int(entry)
        if number > 2 and number not in kept:
            with suppress(OSError):  # the descriptor of the listing itself
                os.close(number)


def _wait_for(kernel: int) -> None:
    """Run the shell: pass signals on to the kernel, and end as the kernel ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: os.kill(kernel, received))
    code = os.waitstatus_to_exitcode(os.waitpid(kernel, 0)[1])
    if code == -signal.SIGKILL:  # the same signal: no exit code that a kernel can choose looks like it
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(code if code >= 0 else 128 - code)


def _mount(limits: dict, hide: list[str], kept: list[str], extra: int) -> None:
    """Mount what only this kernel sees: empty folders of limited size and its own processes; hide the rest."""
    safe = MS_NOSUID | MS_NODEV
    syscalls.mount("", "/", MS_REC | MS_PRIVATE)
    files, size = _measure(extra)  # the extra files do not count against the student's limits
    bounds = f"size={(limits['files_megabytes'] << 20) + size},nr_inodes={limits['files'] + files},mode=0700"
    syscalls.mount("tmpfs", "/mnt", safe, bounds)
    for path in kept:
        place = Path("/mnt", Path(path).relative_to("/tmp"))
        place.mkdir(parents=True)
        syscalls.bind(path, str(place))
    syscalls.move("/mnt", "/tmp")
    syscalls.mount("tmpfs", "/dev/shm", safe, f"size={SHARED_MEMORY_MEGABYTES}m,nr_inodes=100,mode=0700")
    syscalls.mount("devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, f"ptmxmode=0666,mode=0600,max={TERMINALS}")
    for folder in hide:
        syscalls.mount("tmpfs", folder, safe | MS_NOEXEC | MS_RDONLY, "size=4k,nr_inodes=2,mode=0500")
    Path("/proc/self/oom_score_adj").write_text("1000")  # if memory runs out, this process is killed first
    # read only: if the worker is root, it owns the settings of the whole machine below /proc/sys
    syscalls.mount("proc", "/proc", safe | MS_NOEXEC | MS_RDONLY)


def _measure(folder: int) -> tuple[int, int]:
    """Return how many files and folders are below an open folder, and an upper bound of their bytes in whole pages."""
    count = size = 0
    for _, folders, names, at in os.fwalk(dir_fd=folder):
        count += len(folders) + len(names)
        size += sum(os.stat(name, dir_fd=at).st_size + 4096 for name in names)
    return count, size


def _copy(folder: int, target: Path) -> None:
    """Copy everything below an open folder to `target`, and close the folder."""
    for root, _, names, at in os.fwalk(dir_fd=folder):
        place = target / root
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            with open(os.open(name, os.O_RDONLY, dir_fd=at), "rb") as source, (place / name).open("wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
    os.close(folder)


def _settle(request: dict, home: str, extra: int) -> None:
    """Prepare the working folder with the extra files, set the environment variables, and detach the terminal."""
    work = Path(home, "work")
    work.mkdir(parents=True, exist_ok=True)
    _copy(extra, work)
    os.chdir(work)
    os.environ.clear()
    os.environ.update(request["env"] | {"HOME": home})
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):  # standard error is the parent's log, a file that all kernels would share
        os.dup2(nothing, number)
    os.close(nothing)


def _limit(limits: dict) -> None:
    """Set limits that the system enforces for each process; resource_monitor.py limits all together, and acts first."""
    megabyte = 1 << 20
    _rlimit(resource.RLIMIT_CORE, 0)
    _rlimit(resource.RLIMIT_FSIZE, limits["files_megabytes"] * megabyte)
    _rlimit(resource.RLIMIT_CPU, limits["notebook_seconds"] + 20)
    _rlimit(resource.RLIMIT_NOFILE, 1024)
    _rlimit(resource.RLIMIT_SIGPENDING, 1000)  # counted for the worker's user, who has some ten thousand
    for which in (resource.RLIMIT_MSGQUEUE, resource.RLIMIT_RTPRIO, resource.RLIMIT_NICE):
        _rlimit(which, 0)
    _rlimit(resource.RLIMIT_MEMLOCK, megabyte)
    in_use = _data_megabytes()  # by the parent's imports, and shared with the parent
    _rlimit(resource.RLIMIT_DATA, (in_use + limits["memory_megabytes"]) * megabyte)
    _rlimit(resource.RLIMIT_NPROC, limits["processes"])


def _rlimit(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))


def _data_megabytes() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) // 1024
    return 0
