"""Workers, on this machine or on many: Dask distributed.

A worker has one submission at a time and nothing waits on it, so that a submission that takes its
worker down takes nobody's else with it. A worker that dies is replaced and its submission run once
more; one that takes a second worker down is given up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import dask
from dask.distributed import Client, LocalCluster, as_completed
from dask.distributed.scheduler import KilledWorker

from autograder.errors import UserError, WorkersDied

SETTINGS = {
    "distributed.scheduler.allowed-failures": 1,  # two workers are taken down, not three
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.worker.daemon": False,  # a worker starts processes of its own
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.comm.timeouts.connect": "60s",
    "distributed.scheduler.http.routes": [],  # no pages about the class for whoever asks
    "distributed.worker.http.routes": [],
    "distributed.logging.distributed": "critical",
}


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
        if nobody answers at that address.
    """
    with dask.config.set(SETTINGS):
        if scheduler is not None:
            try:
                client = Client(scheduler, timeout="20s", set_as_default=False)
            except (OSError, TimeoutError, ValueError) as error:
                raise UserError(
                    f"No Dask scheduler answers at {scheduler} ({error}); start one with `dask scheduler`, "
                    "or leave --scheduler out."
                ) from None
            with client:
                yield client
            return
        # encrypted with keys of this run: another user of the machine cannot hand it work
        with LocalCluster(
            n_workers=workers or os.cpu_count(), threads_per_worker=1, processes=True, security=True,
            dashboard_address=":0", silence_logs=50,
        ) as cluster, Client(cluster, set_as_default=False) as client:
            yield client


def spread(client: Client, function: Callable, jobs: Iterable[tuple]) -> Iterator[tuple[tuple, object]]:
    """Call `function(*job)` for each job on some worker; yields (job, result) as they come.

    As many jobs are under way as there are workers: memory does not grow with their number. A job
    whose workers died yields `WorkersDied` in place of a result; another exception is raised.
    """
    pending, jobs = {}, iter(jobs)
    done = as_completed(loop=client.loop)

    def submit() -> bool:
        job = next(jobs, None)
        if job is None:
            return False
        future = client.submit(function, *job, pure=False)
        pending[future.key] = job
        done.add(future)
        return True

    for _ in range(max(1, len(client.scheduler_info(n_workers=-1)["workers"]))):
        submit()
    for future in done:
        job = pending.pop(future.key)
        try:
            result = future.result()
        except KilledWorker:
            result = WorkersDied("it took its worker down twice")
        future.release()
        submit()
        yield job, result
