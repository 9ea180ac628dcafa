"""How a hostile submission is run for real, and what it must not have left on the host.

The limits are small and every attack ends by itself, should a wall not hold.
"""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import records
from autograder.engine import run
from autograder.engine.sandbox import cgroup, host, resource_monitor
from autograder.engine.sandbox.host import ForkServer
from autograder.jobs import Limits

LIMITS = Limits(
    cell_seconds=20, notebook_seconds=60, still_seconds=20, memory_megabytes=300, processes=60,
    files_megabytes=20, files=300, output_kilobytes=100,
)
PATIENT = LIMITS.model_copy(update={"cell_seconds": 2, "notebook_seconds": 10, "still_seconds": 2})
MARK = "autograder-hostile-mark"  # in what an attack leaves behind


@pytest.fixture(scope="module", autouse=True)
def server(tmp_path_factory):
    """A fork server for the attacks of one file, and a folder that kernels see as they see a course's data."""
    data = tmp_path_factory.mktemp("data")
    (data / "table.csv").write_text("1,2\n")
    with ForkServer(["numpy"], [data], run.environment()) as started:
        attack.server, attack.data = started, data
        attack.own = set(_descendants(started))
        yield started


@pytest.fixture(params=["control group", "counted"])
def limited(request, monkeypatch):
    """Limits hold by the system's control groups, and where there are none."""
    if request.param == "counted":
        monkeypatch.setattr(resource_monitor, "make_group", lambda *_: None)
        return
    try:
        cgroup.parents()
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")


@pytest.fixture
def hasty(monkeypatch):
    """An interrupted cell has no time to end: then its kernel is killed."""
    monkeypatch.setattr(run, "GRACE", 0.5)


@contextmanager
def processor_time():
    """Yields an object whose `seconds`, afterwards, are all that the fork server's processes used meanwhile.

    0 where this machine lets nobody count that, or where each kernel has a control group of its own.
    """
    spent = SimpleNamespace(seconds=0.0)
    try:
        group = cgroup.Cgroup(f"{attack.server.folder.name}-test", 8 << 30, 1000)
    except OSError:
        yield spent
        return
    processes = [process.pid for process in _descendants(attack.server)]
    homes = {what: folder.parent for what, folder in group.folders.items()}
    try:
        for pid in processes:
            group.add(pid)
        before = group.seconds()
        yield spent
        spent.seconds = group.seconds() - before
    finally:
        for folder in homes.values():
            for pid in processes:
                (folder / "cgroup.procs").write_text(str(pid))
        group.remove()


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
    host.settle()  # of a kernel that a test asked for by itself
    before = _files(attack.server.folder)
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    run.run(notebook, limits, attack.server, **options)
    host.settle()  # as the next kernel does before its first cell
    assert psutil.wait_procs(set(_descendants(attack.server)) - attack.own, timeout=5)[1] == []
    assert _files(attack.server.folder) == before
    assert attack.server.alive
    return [
        Cell(records.of(cell).outcome, records.of(cell).message,
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
    }


def running(words: str) -> bool:
    """Whether any process of this machine has such a command line."""
    for process in psutil.process_iter():
        try:
            if words in " ".join(process.cmdline()):
                return True
        except psutil.Error:
            continue
    return False


def wait_until(condition, event: threading.Event) -> None:
    pause = threading.Event()
    for _ in range(600):
        if condition():
            event.set()
            return
        pause.wait(0.05)
