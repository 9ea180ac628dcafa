"""The workers of one command, and the warm parent that they share.

Both start when something has to run, side by side, and the workers are kept for the other assignments of the command.
The parent belongs to the coordinator: the end of a worker is the end of its own kernel only.

Each assignment has a parent of its own, because a kernel must have loaded what its assignment imports and nothing
else. What all assignments of a command import is imported once, by the template from which their parents are forked.

The workers of an existing cluster may be on other machines, and nothing there outlives them. So each of them keeps a
parent of its own (worker.py).
"""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, suppress

from dask.distributed import Client

from autograder.authoring import release
from autograder.course import Course
from autograder.engine.sandbox.forked import ForkedServer, Template
from autograder.engine.sandbox.host import Launched
from autograder.errors import UserError
from autograder.grading import cluster, worker
from autograder.jobs import Setup, WarmParent
from autograder.notebooks import imported


class Pool(AbstractContextManager):
    """The workers of a command; use as a context manager, which ends them.

    Parameters
    ----------
    workers : int, optional
        how many notebooks run at a time on this machine; one per core by default.
    scheduler : str, optional
        the address of an existing Dask cluster; a local one is started by default.
    common : tuple of str
        what all assignments of the command import; see `imported_by_all`.
    """

    def __init__(
        self, workers: int | None = None, scheduler: str | None = None, common: tuple[str, ...] = ()
    ) -> None:
        self.workers, self.scheduler, self.common = workers, scheduler, common
        self._client: Client | None = None
        self._parent: tuple[worker.Needs, Launched] | None = None
        self._template: tuple[worker.Needs, Template] | None = None
        self._stack = ExitStack()

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self._end_parent()
        self._end_template()

    def start(self, setup: Setup) -> tuple[Client, WarmParent | None]:
        """Return a client of the workers, and the parent that they share; start what is not running.

        Raises
        ------
        SandboxUnavailable
            if this machine cannot isolate a kernel.
        StopsCommand
            as `cluster.connect`.
        """
        server = self._launched(setup) if self.scheduler is None else None
        if self._client is None:
            self._client = self._stack.enter_context(cluster.connect(self.workers, self.scheduler))
        if server is None:
            if setup.release_files.digest:
                self._client.register_plugin(cluster.Carrier(setup.release_files))
            return self._client, None
        versions = tuple(setup.versions.values())
        preparing = [self._client.submit(worker.get_ready, versions, workers=[address], pure=False)
                     for address in self._client.scheduler_info(n_workers=-1)["workers"]]  # while the parent imports
        server.wait()
        del preparing  # those that have begun go on
        return self._client, server.shared()

    def _launched(self, setup: Setup) -> Launched:
        """Return the fork server for an assignment, which may still be importing."""
        needs = worker.Needs.of(setup, worker.modules_of(setup))
        if self._parent is not None and self._parent[0] == needs and self._parent[1].alive:
            return self._parent[1]
        self._end_parent()
        template = self._template_for(needs)
        server = needs.server() if template is None else ForkedServer(template, list(needs.modules))
        self._parent = needs, server
        server.launch()
        return server

    def _template_for(self, needs: worker.Needs) -> Template | None:
        """Return the template for an assignment; None if it does not import all that the template would have."""
        if not self.common or not set(self.common) <= set(needs.modules):
            return None
        if self._template is not None and not (self._template[0].allows(needs) and self._template[1].alive):
            self._end_template()
        if self._template is None:
            self._template = needs, needs.template(self.common)
            self._template[1].launch()
        return self._template[1]

    def _end_parent(self) -> None:
        parent, self._parent = self._parent, None
        if parent is not None:
            parent[1].close()

    def _end_template(self) -> None:
        template, self._template = self._template, None
        if template is not None:
            template[1].close()


def imported_by_all(course: Course, assignments: list[str]) -> tuple[str, ...]:
    """Return what every one of several assignments imports; empty for a single one, which needs no template."""
    found = []
    for name in assignments:
        with suppress(UserError):  # told when it is this assignment's turn
            versions = release.grading_versions(course, name).values()
            found.append([one for version in versions for one in imported(version)])
    if len(found) < 2:
        return ()
    return tuple(dict.fromkeys(one for one in found[0] if all(one in other for other in found[1:])))
