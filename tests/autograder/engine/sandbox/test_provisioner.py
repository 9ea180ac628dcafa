"""nbclient and nbgrader's own Execute preprocessor, unchanged, on kernels that were forked."""

import os
import threading
from pathlib import Path

import pytest
from conftest import submission
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute

from autograder.engine import run
from autograder.engine.sandbox.handle import KernelHandle
from autograder.engine.sandbox.host import ForkServer
from autograder.engine.sandbox.provisioner import ForkProvisioner
from autograder.jobs import Limits

WHERE = "import os; print(os.getpid(), os.path.exists('/etc/shadow'), os.getcwd())"
FORKED = "1 False /tmp/home/work\n"  # process 1 of its own namespace


@pytest.fixture(scope="module")
def kernels():
    """JUPYTER_PATH for the forked kernel."""
    with ForkServer([], env=run.environment()) as server:
        yield server.kernelspec(Limits().model_dump())


def client(notebook, kernels: Path, **options) -> NotebookClient:
    made = NotebookClient(notebook, kernel_name="python3", **options)
    made.create_kernel_manager()
    made.km.kernel_spec_manager = KernelSpecManager(kernel_dirs=[str(kernels / "kernels")])
    return made


def test_nbclient_runs_a_notebook(kernels):
    notebook = new_notebook(cells=[new_code_cell(WHERE), new_code_cell("x = 1"), new_code_cell("x + 1")])
    made = client(notebook, kernels)
    made.execute()
    assert notebook.cells[0].outputs[0].text == FORKED
    assert notebook.cells[2].outputs[0].data["text/plain"] == "2"
    assert [cell.execution_count for cell in notebook.cells] == [1, 2, 3]


def test_nbclient_uses_this_provisioner(kernels):
    made = client(new_notebook(), kernels)
    with made.setup_kernel():
        assert isinstance(made.km.provisioner, ForkProvisioner) and made.km.provisioner.has_process


def test_nbclient_interrupts_and_goes_on(kernels):
    notebook = new_notebook(cells=[new_code_cell("while True: pass"), new_code_cell("print('after')")])
    client(notebook, kernels, timeout=1, interrupt_on_timeout=True, allow_errors=True).execute()
    assert notebook.cells[0].outputs[0].ename == "KeyboardInterrupt"
    assert notebook.cells[1].outputs[0].text == "after\n"


def test_nbclient_gives_up_on_its_own_terms(kernels):
    with pytest.raises(CellTimeoutError):
        client(new_notebook(cells=[new_code_cell("while True: pass")]), kernels, timeout=1).execute()
    with pytest.raises(DeadKernelError):
        client(new_notebook(cells=[new_code_cell("import os; os._exit(3)")]), kernels).execute()


def test_a_kernel_is_restarted(kernels):
    manager = KernelManager(
        kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(kernels / "kernels")]))
    manager.start_kernel()
    try:
        assert ask(manager, "x = 1") == "ok"
        manager.restart_kernel(now=True)
        assert ask(manager, "x") == "error"
    finally:
        manager.shutdown_kernel(now=True)


def ask(manager: KernelManager, code: str) -> str:
    """The status of one cell."""
    asking = manager.client()
    asking.start_channels()
    try:
        asking.wait_for_ready(timeout=20)
        return asking.execute_interactive(code, timeout=20, output_hook=lambda message: None)["content"]["status"]
    finally:
        asking.stop_channels()


def test_what_stands_in_the_working_folder_is_there(kernels, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "table.csv").write_text("1,2\n")
    (tmp_path / "other.ipynb").write_text("{}")
    notebook = new_notebook(cells=[new_code_cell("import os; print(sorted(os.listdir()), open('data/table.csv').read())")])
    client(notebook, kernels, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert notebook.cells[0].outputs[0].text == "['data', 'other.ipynb'] 1,2\n\n"


def test_nbgraders_execute_preprocessor_runs_a_submission(kernels, version, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", os.pathsep.join([str(kernels), os.environ.get("JUPYTER_PATH", "")]))
    notebook = submission(version, double="def double(x):\n    return 3 * x", area=WHERE)
    graded, _ = Execute().preprocess(notebook, {"metadata": {}})
    outputs = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.outputs for cell in graded.cells
               if cell.cell_type == "code"}
    assert outputs["area"][0].text == FORKED
    assert outputs["test_double"][0].ename == "AssertionError"


def test_of_a_kernel_nothing_is_left_when_the_next_ones_first_cell_runs(monkeypatch):
    gone, close, run_checked, order = threading.Event(), KernelHandle.close, run._run_checked, []

    def slow(handle):
        gone.wait(0.5)
        close(handle)
        order.append("gone")

    def noted(*arguments):
        order.append("cell")
        return run_checked(*arguments)

    monkeypatch.setattr(KernelHandle, "close", slow)
    monkeypatch.setattr(run, "_run_checked", noted)
    with ForkServer([], env=run.environment()) as server:
        for _ in range(2):
            run.run(new_notebook(cells=[new_code_cell("1")]), Limits(), server)
        assert order == ["cell", "gone", "gone", "cell"]  # closed twice: by its monitor, too
    assert order[4:] == ["gone", "gone"] and not server.folder.exists()
