"""One notebook in a kernel of its own: its limits, its folder, its environment."""

import asyncio
import re
import threading
from time import monotonic

import nbformat
import psutil
import pytest
from jupyter_client.provisioning import LocalProvisioner
from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine import run as running
from autograder.engine.run import environment, run
from autograder.engine.sandbox.host import ForkServer
from autograder.engine.sandbox.provisioner import ForkProvisioner
from autograder.jobs import Limits


@pytest.fixture(scope="module", params=["sandbox", "no sandbox", "cold"], autouse=True)
def server(request):
    """All of this holds for a forked kernel inside the sandbox and outside of it, and for a cold one."""
    if request.param == "cold":
        outcomes.server = None
        yield None
        return
    with ForkServer([], env=environment({"COURSE_BUDGET": "of the parent"}), sandbox=request.param == "sandbox") as outcomes.server:
        yield outcomes.server


def executed(*sources: str, limits: Limits | None = None, **options):
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    run(notebook, limits or Limits(cell_seconds=20, notebook_seconds=60), outcomes.server, **options)
    nbformat.validate(notebook)
    return notebook


def outcomes(*sources: str, **options):
    notebook = executed(*sources, **options)
    return [
        (cell.metadata.autograder["outcome"], "".join(o.get("text", "") for o in cell.outputs))
        for cell in notebook.cells
    ]


def test_an_error_does_not_stop_the_notebook():
    first, second = outcomes("1 / 0", "print('still here')")
    assert first[0] == "ran" and second == ("ran", "still here\n")


def test_the_notebooks_own_limit_ends_it():
    limits = Limits(cell_seconds=20, notebook_seconds=2)
    results = outcomes("while True: pass", "print('late')", "print('later')", limits=limits)
    assert [outcome for outcome, _ in results] == ["timeout"] * 3
    assert results[1][1] == ""


def test_a_cell_that_stands_still_is_ended_which_may_be_the_machines_fault():
    limits = Limits(cell_seconds=20, notebook_seconds=60, still_seconds=1)
    wait = "import time\nwhile True: time.sleep(0.2)"
    cells = executed(wait, "print('next')", wait, "print('last')", limits=limits).cells
    marks = [cell.metadata.autograder for cell in cells]
    assert [mark.outcome for mark in marks] == ["timeout", "ran", "timeout", "timeout"]
    assert marks[0].message == "The cell waited for 1 s without computing." and cells[1].outputs[0].text == "next\n"
    assert marks[3].message == "Not run. The notebook had waited for 2 s without computing."
    assert [mark.get("machine", False) for mark in marks] == [True, False, True, True]


def test_a_kernel_whose_end_nobody_tells_of_does_not_hold_the_grader(monkeypatch, server):
    waited = []

    async def wait(self):
        began = monotonic()
        try:
            await asyncio.sleep(100)
        finally:
            waited.append(monotonic() - began)

    monkeypatch.setattr(running, "GRACE", 0.5)
    monkeypatch.setattr(LocalProvisioner if server is None else ForkProvisioner, "wait", wait)
    assert outcomes("print('one')") == [("ran", "one\n")]
    assert waited and sum(waited) < 10, "each wait ends with GRACE"


def test_a_kernel_that_the_system_killed_may_be_the_machines_fault(server):
    """Its own exit is not, whatever the code."""
    if server is None:
        pytest.skip("nobody asks how a cold kernel ended")
    own, _ = executed("import os; os._exit(137)", "1").cells
    assert own.metadata.autograder.message == "The kernel's process ended itself." and "machine" not in own.metadata.autograder
    started = threading.Thread(target=kill_the_kernel, args=(server,))
    started.start()
    killed, after = executed("import time; time.sleep(60)", "1", limits=Limits(still_seconds=60)).cells
    started.join()
    assert killed.metadata.autograder.machine
    assert killed.metadata.autograder.message == "The kernel was ended from outside, as by a system that runs out of memory."
    assert after.metadata.autograder.outcome == "killed"


def kill_the_kernel(server):
    """Kill the last process that began: in a kernel all of whose processes are asleep, the kernel."""
    before = set(psutil.Process(server._process.pid).children(recursive=True))
    while True:
        found = set(psutil.Process(server._process.pid).children(recursive=True)) - before
        kernels = [process for process in found if process.parent() in found]
        if kernels:
            break
    event = threading.Event()
    event.wait(2)
    kernels[0].kill()


def test_output_that_is_cleared_before_the_next_is_gone():
    code = "from IPython.display import clear_output\nprint('a', flush=True)\nclear_output(wait=True)\nprint('b')"
    assert outcomes(code) == [("ran", "b\n")]


def test_a_slow_cell_is_interrupted_and_the_next_one_runs():
    limits = Limits(cell_seconds=2, notebook_seconds=60)
    assert outcomes("while True: pass", "print('next')", limits=limits) == [
        ("timeout", ""), ("ran", "next\n")]


def test_a_dead_kernel_leaves_the_rest_not_run():
    results = outcomes("print('one')", "import os; os._exit(1)", "print('three')")
    assert [outcome for outcome, _ in results] == ["ran", "killed", "killed"]
    assert results[0][1] == "one\n"


def test_output_is_cut_with_a_note():
    limits = Limits(cell_seconds=20, notebook_seconds=60, output_kilobytes=10)
    ((outcome, text), after) = outcomes("print('x' * 10**7)", "print('next')", limits=limits)
    assert outcome == "killed" and len(text) < 12_000
    assert text.endswith("[cut here: more than 10 kB]\n")
    assert after == ("ran", "next\n")


def test_pieces_of_one_stream_are_one_output():
    """Also those of a line that is written piece by piece: nbclient's own joining would take hours for a long one."""
    notebook = executed(
        "import sys\nfor number in range(3):\n    print(number, end=' ', flush=True)\n"
        "print('oh', file=sys.stderr, flush=True)\nprint('x' * 900_000)")
    assert [(output.name, output.text) for output in notebook.cells[0].outputs] == [
        ("stdout", "0 1 2 "), ("stderr", "oh\n"), ("stdout", "x" * 900_000 + "\n")]


def test_the_environment_is_the_short_list_and_nothing_else(monkeypatch):
    monkeypatch.setenv("A_SECRET_OF_THE_TEACHER", "hunter2")
    code = "import os; print(os.environ.get('A_SECRET_OF_THE_TEACHER'), os.environ['NBGRADER_EXECUTION'])"
    assert outcomes(code) == [("ran", "None autograde\n")]


def test_the_working_folder_is_empty_and_home_is_not_the_teachers(monkeypatch):
    code = "import os, pathlib; print(os.listdir(), pathlib.Path.home() == pathlib.Path.cwd().parent)"
    assert outcomes(code) == [("ran", "[] True\n")]


def test_nothing_of_one_submission_is_there_for_the_next():
    write = "open('left.txt', 'w').write('x'); import math; math.pi = 3"
    read = "import os, math; print(os.path.exists('left.txt'), math.pi > 3.1)"
    outcomes(write)
    assert outcomes(read) == [("ran", "False True\n")]


def test_support_files_stand_beside_the_notebook():
    code = "import os; print(sorted(os.listdir()), open('data/table.csv').read(), end='')"
    files = {"data/table.csv": b"1,2\n"}
    assert outcomes(code, files=files) == [("ran", "['data'] 1,2\n")]


@pytest.mark.parametrize("budget", ["grading", "cpu"])
def test_the_courses_variables_are_handed_to_the_kernel(budget):
    assert outcomes("import os; print(os.environ['COURSE_BUDGET'])", variables={"COURSE_BUDGET": budget}) == [
        ("ran", f"{budget}\n")]


@pytest.mark.parametrize("hide", [
    "raise ValueError(chr(0xd800))",
    "from IPython.display import clear_output\n"
    "get_ipython().events.register('post_run_cell', lambda result: clear_output())\nassert False",
])
def test_an_error_whose_output_is_hidden_is_still_an_error(hide):
    notebook = new_notebook(cells=[new_code_cell(hide)])
    run(notebook, Limits(cell_seconds=20, notebook_seconds=60), outcomes.server)
    assert [o.output_type for o in notebook.cells[0].outputs] == ["error"]


def test_a_cell_may_await():
    assert outcomes("import asyncio\nawait asyncio.sleep(0.01)\nprint('waited')", "print('next')") == [
        ("ran", "waited\n"), ("ran", "next\n")]


def test_what_is_written_in_any_way_arrives_with_its_own_cell():
    results = outcomes(
        "import os, sys\nprint('printed', end=' ')\nsys.stdout.flush()\nprint('again')", "pass",
        "import threading\nthread = threading.Thread(target=print, args=('from a thread',))\nthread.start()\nthread.join()",
        "print('error', file=sys.stderr)")
    assert [text for _, text in results] == ["printed again\n", "", "from a thread\n", "error\n"]


def test_a_traceback_shows_the_lines_of_the_cells_it_went_through():
    *_, cell = executed("def divided(number):\n    return number / 0", "1 + 1", "divided(7)").cells
    (error,) = cell.outputs
    text = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(error.traceback))
    assert (error.ename, error.evalue) == ("ZeroDivisionError", "division by zero")
    assert "return number / 0" in text and "divided(7)" in text


def test_the_same_cell_twice_is_read_twice():
    """By a transformer that the first one adds, the second one is another cell."""
    adds = ("manager = get_ipython().input_transformer_manager\n"
            "manager.cleanup_transforms.append(lambda lines: [line.replace('plain', 'changed') for line in lines])\n"
            "print('plain')")
    assert [text for _, text in outcomes(adds, adds)] == ["plain\n", "changed\n"]
