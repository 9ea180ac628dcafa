"""A checkout that only the current folder puts on the path grades with its own code, whatever else is installed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

SCRIPT = """
import json
from pathlib import Path
from nbformat.v4 import new_code_cell, new_notebook
from autograder.engine import run
from autograder.engine.sandbox import policy
from autograder.engine.sandbox.host import ForkServer
from autograder.grading import limited_process, cluster
from autograder.jobs import Limits

HERE = "__import__('autograder').__file__"

def text(server):
    notebook = new_notebook(cells=[new_code_cell("import cnnlab, os; print(cnnlab.__file__, sorted(os.listdir(os.path.dirname(os.path.dirname(cnnlab.__file__)))))")])
    run.run(notebook, Limits(cell_seconds=60, notebook_seconds=60), server)
    return notebook.cells[0].outputs[0].get("text", notebook.cells[0].outputs[0].get("evalue"))

if __name__ == "__main__":
    found = {"limited process": limited_process.LimitedProcess([]).call(eval, HERE), "cold": text(None)}
    with cluster.connect(1) as client:
        found["worker"] = client.submit(eval, HERE).result()
        found["limited process of a worker"] = client.submit(
            eval, f"__import__('autograder.grading.limited_process').grading.limited_process.LimitedProcess([]).call(eval, {HERE!r})").result()
    visible = policy.visible_paths(["cnnlab"], [], Path.cwd())
    with ForkServer(["cnnlab"], visible, run.environment()) as server:
        found["fork"], found["missing"] = text(server), server.missing
    with ForkServer(["cnnlab"], visible, run.environment(), sandbox=False) as server:
        found["fork without a sandbox"] = text(server)
    print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> tuple[Path, dict]:
    """Where the code was that each kind of process ran, in a second checkout."""
    folder = tmp_path_factory.mktemp("second")
    shutil.copytree(REPOSITORY / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "cnnlab").mkdir()
    (folder / "cnnlab" / "__init__.py").touch()
    (folder / "secret.txt").write_text("what a student must not see")
    (folder / "script.py").write_text(SCRIPT)
    done = subprocess.run([sys.executable, "-m", "script"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout.splitlines()[-1])


def test_every_process_imports_the_package_that_runs(found):
    folder, seen = found
    for process in ("limited process", "worker", "limited process of a worker"):
        assert seen[process] == str(folder / "autograder" / "__init__.py"), process
    for process in ("cold", "fork", "fork without a sandbox"):
        assert seen[process].split()[0] == str(folder / "cnnlab" / "__init__.py"), process
    assert seen["missing"] == {}


def test_a_kernel_sees_no_more_of_it_than_the_packages(found):
    assert "['autograder', 'cnnlab']" in found[1]["fork"]
