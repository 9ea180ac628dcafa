"""Workers, on this machine or on many: Dask distributed.

A worker has one submission at a time, so that one that takes its worker down takes nobody's else
with it. A worker that dies is replaced, and its submission run once more when all others are done,
alone: the machine can have been short of memory. One that takes a second worker down is given up.
That a submission was begun is written down on the scheduler by the worker that begins it: Dask's own
count would also blame one that only waited on a dying worker. A worker that Dask ends in the middle
of one (it was one too many, its --lifetime is over) takes that back.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import dask
from dask.distributed import Client, Future, LocalCluster, Worker, WorkerPlugin, as_completed, get_worker
from dask.typing import Key
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker
from distributed.utils import get_mp_context, sync

from autograder import extra_files
from autograder.engine.sandbox import policy
from autograder.errors import UserError, WorkersDied

SETTINGS = {
    "distributed.scheduler.allowed-failures": 100,  # counted here, see above
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.worker.multiprocessing-method": "forkserver",  # workers share one start-up
    "distributed.worker.daemon": False,  # a worker starts processes itself
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.comm.timeouts.connect": "60s",
    "distributed.worker.profile.enabled": False,  # looks at the stack 100 times a second: 10 % of a core
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.scheduler.http.routes": [],  # no pages about the class for whoever asks
    "distributed.worker.http.routes": [],
}
DIED = "it took its worker down"
PATIENCE = 60  # seconds that an existing cluster has to answer, and to have a worker
LINUX = ("Submissions are graded on Linux, which can isolate their code: on Windows, grade in WSL 2; on macOS, on a "
         "Linux machine; or let --scheduler name a Dask cluster whose workers run on Linux.")
FAREWELL = 2  # seconds in which a worker that is being ended takes its count back
J = TypeVar("J", bound=tuple)  # a job
R = TypeVar("R")  # what it returns


class Spread(Protocol):
    """`spread` for a client, or `here`."""

    def __call__(self, function: Callable[..., R], jobs: Iterable[J], /) -> Iterator[tuple[J, R | WorkersDied]]: ...


@contextmanager
def connect(workers: int | None = None, scheduler: str | None = None) -> Iterator[Client]:
    """A client of a cluster: an existing one, or a local one that ends with the block.

    Parameters
    ----------
    workers : int, optional
        of a local cluster; as many as there are cores by default.
    scheduler : str, optional
        the address of an existing cluster, such as `tcp://10.0.0.1:8786`.

    Raises
    ------
    UserError
        if nobody answers at that address, or no worker does, or one takes several tasks at a time; or if this
        machine is to do it, and does not run Linux.
    """
    need_linux(scheduler)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said in a sentence
    with dask.config.set(SETTINGS):
        if scheduler is not None:
            with _existing(scheduler) as client:
                yield client
            return
        get_mp_context().set_forkserver_preload(["distributed", "autograder.grading.worker"])
        # encrypted with keys of this run: another user of the machine cannot hand it work
        count = workers or os.cpu_count()
        with _own_path(), LocalCluster(
            n_workers=count, threads_per_worker=1, processes=True, security=True,
            dashboard_address="127.0.0.1:0", scheduler_kwargs={"dashboard": False}, silence_logs=logging.CRITICAL,
        ) as cluster, Client(cluster, set_as_default=False) as client:
            cluster.adapt(minimum=count, maximum=count)  # Dask gives up a worker that dies as it starts
            client.most_jobs = count
            yield client


def need_linux(scheduler: str | None) -> None:
    """Raise UserError where this machine is to run what students wrote, and cannot."""
    if scheduler is None and sys.platform != "linux":
        raise UserError(LINUX)


@contextmanager
def _own_path() -> Iterator[None]:
    """Let the workers' processes import the package that runs here, whatever else is installed."""
    before = os.environ.get("PYTHONPATH")
    os.environ |= policy.own_path(before or "")
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def _existing(scheduler: str) -> Client:
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError(
            f"No Dask scheduler answers at {scheduler} ({error}); start one with `dask scheduler`, "
            "or leave --scheduler out."
        ) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close()
        raise UserError(
            f"The Dask scheduler at {scheduler} has no worker; start some with "
            f"`dask worker {scheduler} --nthreads 1`."
        ) from None
    several = [address for address, threads in client.nthreads().items() if threads > 1]
    if several:
        client.close()
        raise UserError(
            f"The Dask worker at {several[0]} takes several tasks at a time, and a submission must have its "
            "worker for itself: start it with --nthreads 1, and as many of them with --nworkers."
        )
    return client


def of_the_dead(job: J, result: object) -> J | None:
    """A job whose worker died runs again, unchanged."""
    return job if isinstance(result, WorkersDied) else None


def spread(
    client: Client, function: Callable[..., R], jobs: Iterable[J],
    again: Callable[[J, R | WorkersDied], J | None] = of_the_dead,
) -> Iterator[tuple[J, R | WorkersDied]]:
    """Call `function(*job)` for each job on some worker; yields (job, result) as they come.

    As many jobs are under way as there are workers: memory does not grow with their number, and a
    worker that joins later gets its share. Jobs that `again` asks for come last, one at a time, and their
    results count. A job whose workers died yields `WorkersDied` in place of a result; another exception
    is raised.

    Raises
    ------
    UserError
        if the cluster has gone.
    """
    client.register_plugin(_GracefulShutdown())
    alone: list[J] = []
    try:
        for job, result in _together(client, function, jobs):
            other = again(job, result)
            if other is None:
                yield job, result
            else:
                alone.append(other)
        for job in alone:
            for _, result in _together(client, function, [job]):
                died = isinstance(result, WorkersDied)
                yield job, WorkersDied(f"{result} when it ran alone, too") if died else result
    except (CancelledError, CommClosedError):
        raise UserError(
            "The Dask scheduler does not answer any more. What was graded until then is written; the same "
            "command goes on from there."
        ) from None


def _together(client: Client, function: Callable[..., R], jobs: Iterable[J]) -> Iterator[tuple[J, R | WorkersDied]]:
    """The same, each job once."""
    pending: dict[Key, J] = {}
    jobs = iter(jobs)
    done = as_completed(loop=client.loop)

    def fill() -> None:
        # For a worker that died Dask may start two, and ends one of them again: it should be one with nothing to do.
        width = max(1, min(len(client.nthreads()), getattr(client, "most_jobs", 1 << 30)))
        while len(pending) < width and (job := next(jobs, None)) is not None:
            future = client.submit(_attempt, function, job, pure=False)
            pending[future.key] = job
            done.add(future)

    fill()
    for future in done:
        result = _result(future)
        job = pending.pop(future.key)
        future.release()
        fill()
        yield job, result


def here(function: Callable[..., R], jobs: Iterable[J]) -> Iterator[tuple[J, R]]:
    """The same one after the other in this process, without a cluster."""
    for job in jobs:
        yield job, function(*job)


def _result(future: Future) -> Any:  # what the job returned
    try:
        return future.result()
    except KilledWorker:
        return WorkersDied(DIED)


class Carrier(WorkerPlugin):
    """Bring what the release has next to its notebooks to every worker, also to those that join later."""

    idempotent = True

    def __init__(self, released: extra_files.ExtraFiles) -> None:
        self.name, self.digest = f"extra-files-{released.digest}", released.digest
        files = extra_files.release_files(Path(released.folder))
        self.files = {name: path.read_bytes() for name, path in files.items()}

    def setup(self, worker: Worker) -> None:
        """Write the files into a folder of the worker's."""
        self.folder = tempfile.mkdtemp(prefix="extra-files-", dir=worker.local_directory)
        extra_files.put(self.files, Path(self.folder))
        self.files = {}
        extra_files.arrived[self.digest] = self.folder

    def teardown(self, worker: Worker) -> None:
        """Remove them."""
        extra_files.arrived.pop(self.digest, None)
        shutil.rmtree(self.folder, ignore_errors=True)


class _GracefulShutdown(WorkerPlugin):
    """A worker that is shut down properly has not died: what it was doing starts again, and does not count."""

    name = "farewell"
    idempotent = True

    async def teardown(self, worker: Worker) -> None:
        for task in list(worker.state.executing):
            await _count(worker, task.key, -1)


async def _count(worker: Worker, key: Key, step: int) -> int:
    """How often the job was begun, `step` more than before; kept on the scheduler, which outlives the worker."""
    begun = await worker.scheduler.get_metadata(keys=[key], default=0) + step
    await worker.scheduler.set_metadata(keys=[key], value=begun)  # goes when the key is forgotten
    return begun


def _attempt(function: Callable[..., R], job: tuple) -> R | WorkersDied:
    """On the worker: count the attempt, then do the job, where it is the first one."""
    worker = get_worker()
    key = worker.get_current_task()
    if sync(worker.loop, _count, worker, key, 1) > 1:
        time.sleep(FAREWELL)  # the worker before this one may be about to say that it was only ended
        if sync(worker.loop, _count, worker, key, 0) > 1:
            return WorkersDied(DIED)
    return function(*job)
