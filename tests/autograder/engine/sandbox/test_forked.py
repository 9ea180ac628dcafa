"""Parents forked from one template: each has what its own assignment imports, and they end with the template."""

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine import run
from autograder.engine.sandbox import policy
from autograder.engine.sandbox.forked import ForkedServer, Template
from autograder.engine.sandbox.host import ForkServer
from autograder.engine.sandbox.server import SharedServer
from autograder.errors import SandboxUnavailable
from autograder.jobs import Limits

ONLY_ONE = "colorsys"  # a module that nothing else imports
LOADED = f"import sys; print([name for name in ('numpy', {ONLY_ONE!r}) if name in sys.modules])"


@pytest.fixture(scope="module", params=[True, False], ids=["sandbox", "no sandbox"])
def template(request):
    with Template(["numpy"], [], run.environment(), request.param) as started:
        yield started


def printed(server, code: str) -> str:
    notebook = new_notebook(cells=[new_code_cell(code)])
    run.run(notebook, Limits(cell_seconds=20, notebook_seconds=40), server)
    return "".join(o.get("text", o.get("evalue", "")) for o in notebook.cells[0].outputs)


def test_each_parent_has_its_own_imports_and_none_of_another(template):
    with ForkedServer(template, ["numpy", ONLY_ONE]) as server:
        assert printed(server, LOADED) == f"['numpy', '{ONLY_ONE}']\n" and server.cold == ""
    assert not server.alive and not server.folder.exists()
    with ForkedServer(template, ["numpy", "no_such_module"]) as server:
        assert printed(server, LOADED) == "['numpy']\n" and list(server.missing) == ["no_such_module"]


def test_a_kernel_sees_neither_the_template_nor_another_parent(template):
    if not template.sandbox:
        pytest.skip("without a sandbox a kernel sees everything")
    with ForkedServer(template, ["numpy"]) as one, ForkedServer(template, ["numpy", ONLY_ONE]) as other:
        code = "import os; print(os.listdir('/run'), [name for name in os.listdir('/proc') if name.isdigit()])"
        assert printed(one, code) == printed(other, code) == "[] ['1']\n"


def test_parents_and_kernels_end_with_their_template():
    with Template([], [], run.environment()) as template, ForkedServer(template, [ONLY_ONE]) as server:
        family = psutil.Process(template.pid).children(recursive=True)
        (init,) = psutil.Process(template.pid).children()
        (process,) = init.children()
        process.kill()
        assert psutil.wait_procs(family, timeout=20)[1] == [] and not server.alive
        with pytest.raises(SandboxUnavailable):
            ForkedServer(template, [ONLY_ONE]).start()


def test_what_keeps_forks_from_working_is_found_in_each_parent(monkeypatch, tmp_path):
    (tmp_path / "breaks_forks.py").write_text("import os\nos.register_at_fork(after_in_child=lambda: os._exit(3))\n")
    real = policy.command

    def command(*arguments):
        line = real(*arguments)
        return [*line[:1], "--setenv", "PYTHONPATH", str(tmp_path), *line[1:]]

    monkeypatch.setattr(policy, "command", command)
    with Template([], [tmp_path], run.environment()) as template:
        with ForkedServer(template, ["breaks_forks"]) as server:
            assert server.cold == "the trial fork failed"
            assert printed(server, "import sys; print('breaks_forks' in sys.modules)") == "False\n"
        with ForkedServer(template, [ONLY_ONE]) as server:
            assert server.cold == "" and printed(server, "print(1)") == "1\n"


def test_two_processes_can_share_a_parent_and_each_has_its_own_kernelspec(monkeypatch):
    with ForkServer([], env=run.environment()) as server:
        shared = SharedServer(server.shared(), server.env, True)
        assert shared.alive and printed(shared, "print(1)") == "1\n"
        first = shared.kernelspec({"files": 1})
        monkeypatch.setattr("autograder.engine.sandbox.server.os.getpid", lambda: 1)
        assert SharedServer(server.shared(), server.env, True).kernelspec({"files": 2}) != first
        shared.close()
        assert server.alive
    assert not shared.alive
