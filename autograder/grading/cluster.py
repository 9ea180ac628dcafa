"""Workers on this machine or on many, with Dask distributed.

A worker grades one submission at a time, so one that kills its worker affects no other. A dead worker is
replaced. Its submission runs once more, alone, when all the others are done: the machine may have been
short of memory. A submission that kills a second worker is given up.

The worker that starts a submission records this on the scheduler. Dask's own count would also blame a
submission that was only waiting on a worker that died. A worker that Dask shuts down in the middle of a
submission (there was one worker too many, or its --lifetime is over) takes its count back.
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
from autograder.errors import StopsCommand, WorkersDied

SETTINGS = {
    "distributed.scheduler.allowed-failures": 100,  # counted here instead, see above
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.worker.multiprocessing-method": "forkserver",  # workers share one start-up
    "distributed.worker.daemon": False,  # daemons cannot start processes, and a worker has to
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.comm.timeouts.connect": "60s",
    "distributed.worker.profile.enabled": False,  # samples the stack 100 times a second, which takes 10 % of a core
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.scheduler.http.routes": [],  # no web pages about the class, open to anyone
    "distributed.worker.http.routes": [],
}
DIED = "it took its worker down"
PATIENCE = 60  # seconds to wait for an existing cluster to answer, and again for it to have a worker
LINUX = ("Submissions are graded on Linux, which can isolate their code: on Windows, grade in WSL 2; on macOS, on a "
         "Linux machine; or let --scheduler name a Dask cluster whose workers run on Linux.")
FAREWELL = 2  # seconds for a worker that is being shut down to take its count back
J = TypeVar("J", bound=tuple)  # a job: the function's arguments
R = TypeVar("R")  # the type of a job's result


class Spread(Protocol):
    """The type of `here`, and of `spread` once a client is bound to it."""

    def __call__(self, function: Callable[..., R], jobs: Iterable[J], /) -> Iterator[tuple[J, R | WorkersDied]]: ...


@contextmanager
def connect(workers: int | None = None, scheduler: str | None = None) -> Iterator[Client]:
    """Yield a client of a cluster: an existing one, or a local one that is shut down at the end of the block.

    Parameters
    ----------
    workers : int, optional
        the size of a local cluster; one worker per core by default.
    scheduler : str, optional
        the address of an existing cluster, such as `tcp://10.0.0.1:8786`.

    Raises
    ------
    StopsCommand
        if no scheduler answers at that address, it has no workers, or one of them takes several tasks at a time;
        for a local cluster, if this machine does not run Linux.
    """
    need_linux(scheduler)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is reported in one sentence
    with dask.config.set(SETTINGS):
        if scheduler is not None:
            with _existing(scheduler) as client:
                yield client
            return
        get_mp_context().set_forkserver_preload(["distributed", "autograder.grading.worker"])
        # Encrypted with keys made for this run: no other user of the machine can submit work.
        count = workers or os.cpu_count()
        with _own_path(), LocalCluster(
            n_workers=count, threads_per_worker=1, processes=True, security=True,
            dashboard_address="127.0.0.1:0", scheduler_kwargs={"dashboard": False}, silence_logs=logging.CRITICAL,
        ) as cluster, Client(cluster, set_as_default=False) as client:
            cluster.adapt(minimum=count, maximum=count)  # Dask gives up a worker that dies while it starts
            client.most_jobs = count
            yield client


def need_linux(scheduler: str | None) -> None:
    """Raise StopsCommand if this machine would have to run students' code but does not run Linux."""
    if scheduler is None and sys.platform != "linux":
        raise StopsCommand(LINUX)


@contextmanager
def _own_path() -> Iterator[None]:
    """Make the workers' processes import this copy of the package, whatever else is installed."""
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
        raise StopsCommand(
            f"No Dask scheduler answers at {scheduler} ({error}); start one with `dask scheduler`, "
            "or leave --scheduler out."
        ) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close()
        raise StopsCommand(
            f"The Dask scheduler at {scheduler} has no worker; start some with "
            f"`dask worker {scheduler} --nthreads 1`."
        ) from None
    several = [address for address, threads in client.nthreads().items() if threads > 1]
    if several:
        client.close()
        raise StopsCommand(
            f"The Dask worker at {several[0]} takes several tasks at a time, and a submission must have its "
            "worker for itself: start it with --nthreads 1, and as many of them with --nworkers."
        )
    return client


def retry_of_dead_worker(job: J, result: object) -> J | None:
    """Return the job, unchanged, if its worker died; otherwise None. The default for `again` in `spread`."""
    return job if isinstance(result, WorkersDied) else None


def spread(
    client: Client, function: Callable[..., R], jobs: Iterable[J],
    again: Callable[[J, R | WorkersDied], J | None] = retry_of_dead_worker,
) -> Iterator[tuple[J, R | WorkersDied]]:
    """Call `function(*job)` for each job on some worker, and yield (job, result) as results arrive.

    At most one job per worker is submitted at a time, so memory does not grow with the number of jobs and a
    worker that joins later gets its share. A job that `again` returns runs after all the others, one at a
    time, and its second result is the one that counts. A job that killed its workers yields `WorkersDied` as
    its result; any other exception is raised.

    Raises
    ------
    StopsCommand
        if the scheduler no longer answers.
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
        raise StopsCommand(
            "The Dask scheduler does not answer any more. What was graded until then is written; the same "
            "command goes on from there."
        ) from None


def _together(client: Client, function: Callable[..., R], jobs: Iterable[J]) -> Iterator[tuple[J, R | WorkersDied]]:
    """Run each job once, as many at a time as there are workers; yield (job, result) as results arrive."""
    pending: dict[Key, J] = {}
    jobs = iter(jobs)
    done = as_completed(loop=client.loop)

    def fill() -> None:
        # Dask may replace a dead worker with two and then shut one of them down: it should be an idle one.
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
    """Run the jobs one after another in this process, without a cluster; yield (job, result) for each."""
    for job in jobs:
        yield job, function(*job)


def _result(future: Future) -> Any:  # the job's result
    try:
        return future.result()
    except KilledWorker:
        return WorkersDied(DIED)


class Carrier(WorkerPlugin):
    """Send the release's files to every worker, including workers that join later."""

    idempotent = True

    def __init__(self, released: extra_files.ReleaseFiles) -> None:
        self.name, self.digest = f"extra-files-{released.digest}", released.digest
        files = extra_files.release_files(Path(released.folder))
        self.files = {name: path.read_bytes() for name, path in files.items()}

    def setup(self, worker: Worker) -> None:
        """Write the files to a temporary folder of the worker."""
        self.folder = tempfile.mkdtemp(prefix="extra-files-", dir=worker.local_directory)
        extra_files.put(self.files, Path(self.folder))
        self.files = {}
        extra_files.arrived[self.digest] = self.folder

    def teardown(self, worker: Worker) -> None:
        """Remove the worker's copy of the files."""
        extra_files.arrived.pop(self.digest, None)
        shutil.rmtree(self.folder, ignore_errors=True)


class _GracefulShutdown(WorkerPlugin):
    """Take back the counts of a worker's jobs when it shuts down properly: it did not die, and they start again."""

    name = "farewell"
    idempotent = True

    async def teardown(self, worker: Worker) -> None:
        for task in list(worker.state.executing):
            await _count(worker, task.key, -1)


async def _count(worker: Worker, key: Key, step: int) -> int:
    """Add `step` to the number of times the job was started and return it; the scheduler outlives the worker."""
    begun = await worker.scheduler.get_metadata(keys=[key], default=0) + step
    await worker.scheduler.set_metadata(keys=[key], value=begun)  # removed when the scheduler forgets the key
    return begun


def _attempt(function: Callable[..., R], job: tuple) -> R | WorkersDied:
    """Count the attempt and, if it is the first, do the job. Runs on the worker."""
    worker = get_worker()
    key = worker.get_current_task()
    if sync(worker.loop, _count, worker, key, 1) > 1:
        time.sleep(FAREWELL)  # the previous worker may be about to report that it was only shut down
        if sync(worker.loop, _count, worker, key, 0) > 1:
            return WorkersDied(DIED)
    return function(*job)
