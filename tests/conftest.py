"""Shared by all tests: the environment, a small course without TensorFlow, and marks for slow tests.

`pytest -m "not kernel and not tensorflow and not bank" -n 2 tests` leaves out the tests that start kernels, import
TensorFlow or grade answer banks. A test that does any of this without its mark fails. `make quick` does the same with
a tenth of the examples.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CNNLAB_BUDGET", "grading")
os.environ.setdefault("CNNLAB_HEADLESS", "1")
os.environ.setdefault("MPLBACKEND", "agg")

from unittest.mock import MagicMock

import hypothesis
import nbformat
import pytest

from autograder import course as courses
from workbench.tiny_course import AREA, DOUBLE, hand_in, mark, source_notebook, submission, text_course, text_task

__all__ = [
    "AREA", "DOUBLE", "REPOSITORY", "hand_in", "in_this_process", "mark", "source_notebook", "submission", "text_course",
    "text_task", "within",
]
REPOSITORY = Path(__file__).resolve().parent.parent
QUICK = bool(os.environ.get("QUICK"))  # make quick sets it
TESTS = REPOSITORY / "tests"

hypothesis.settings.register_profile("course", deadline=None)  # no deadline: other tests run at the same time
hypothesis.settings.load_profile("course")

MODULES = {  # for each mark, the modules in which all tests have it
    "tensorflow": {"cnnlab/test_operations.py", "cnnlab/test_weights.py"},
    "kernel": {
        "autograder/audit/test_seeds_measured.py", "autograder/authoring/test_new.py",
        "autograder/engine/test_run.py", "autograder/engine/test_second_checkout.py",
        "autograder/results/test_postgres.py", "autograder/grading/test_survives.py",
        "autograder/engine/sandbox/test_error_origin.py", "autograder/engine/sandbox/test_forked.py",
        "autograder/engine/sandbox/test_host.py", "autograder/engine/sandbox/test_hostile_kernel.py",
        "autograder/engine/sandbox/test_hostile_limits.py", "autograder/engine/sandbox/test_hostile_others.py",
        "autograder/engine/sandbox/test_hostile_sight.py", "autograder/engine/sandbox/test_isolation_refused.py",
        "autograder/engine/sandbox/test_provisioner.py", "autograder/engine/sandbox/test_tampering.py",
        "autograder/engine/sandbox/test_tampering_tensorflow.py", "autograder/grading/test_cluster.py",
        "autograder/grading/test_grade.py", "autograder/grading/test_load.py", "autograder/grading/test_points_of_parts.py",
        "autograder/grading/test_pool.py",
        "autograder/grading/test_rehearsal.py",
        "autograder/grading/test_resume.py", "autograder/grading/test_round_trip.py",
        "autograder/repair/test_repair_graded.py", "course/test_banks.py", "course/test_demo.py",
    },
    "bank": {"course/test_banks.py"},
}
SOME = {  # for each mark, single tests with their module, by name or by a fixture that they use
    "tensorflow": {
        ("cnnlab/test_exact.py", "test_a_tensor_that_was_given_methods_of_its_own"),
        ("cnnlab/test_exact.py", "test_a_variable_that_is_changed_is_named"),
        ("cnnlab/test_exact.py", "test_tensorflows_values"),
        ("cnnlab/test_datasets.py", "test_the_whole_of_cifar10_is_kerass_copy"),
        ("cnnlab/test_datasets.py", "test_without_a_network_the_whole_of_cifar10_is_one_sentence"),
        ("course/test_colab.py", "colab"), ("course/test_colab.py", "test_in_kaggle_and_on_a_hub_it_fetches_the_same"),
        ("cnnlab/test_welcome.py", "test_ready_says_in_one_line_what_there_is"),
        ("cnnlab/test_tensorboard.py", "test_scalars_are_read_back_in_their_order"),
        ("cnnlab/test_budget.py", "test_without_the_variable_a_gpu_decides"),
        ("cnnlab/test_budget.py", "test_a_training_that_does_not_fit_is_one_sentence_with_the_remedy"),
        ("cnnlab/test_budget.py", "test_other_errors_of_a_training_stay_what_they_are"),
    },
    "kernel": {
        ("autograder/audit/test_audit.py", "reports"), ("autograder/audit/test_mutants.py", "runs"),
        ("autograder/check/test_check.py", "course"), ("autograder/results/test_redaction.py", "graded"),
        ("autograder/test_extra_files.py", "test_a_worker_elsewhere_gets_the_releases_files_once"),
        ("course/test_release.py", "graded"),
        ("autograder/results/test_record.py", "test_a_release_with_other_cells_does_not_mix_with_what_was_graded"),
        ("autograder/test_other_systems.py", "test_a_kernel_that_starts_cold_is_timed_by_psutil_and_reached_by_tcp"),
        ("autograder/test_other_systems.py", "test_check_grades_stubs_and_tables_with_kernels_that_start_cold"),
        ("autograder/results/test_record.py", "test_half_a_character_anywhere_stops_nobody"),
    },
}
STARTED = ("autograder.engine.sandbox.parent", "ipykernel_launcher")  # in the command lines of processes that run cells


class _Missing:
    """The missing mark of the running test. Reported after the test, which may catch the error raised in it."""

    running: pytest.Item | None = None
    said = ""


def _audit(event: str, arguments: tuple) -> None:
    """Fail a test without the mark `kernel` that starts a kernel or a kernel's parent, forks, or starts a cluster."""
    if event == "subprocess.Popen":
        what = next((word for word in STARTED for part in arguments[1] if word in os.fsdecode(part)), "")
    elif event == "socket.bind":
        what = "a cluster" if isinstance(arguments[1], tuple) and _is_dasks() else ""
    else:
        what = "os.fork" if event == "os.fork" else ""
    if what and _Missing.running is not None and not _Missing.running.get_closest_marker("kernel"):
        _Missing.said = f"mark this test `kernel`: it started {what}"
        raise AssertionError(_Missing.said)


def _is_dasks() -> bool:
    """Return whether the current call comes from Dask."""
    frame = sys._getframe()
    while frame is not None and f"{os.sep}distributed{os.sep}" not in frame.f_code.co_filename:
        frame = frame.f_back
    return frame is not None


class _NoTensorFlow:
    """An import hook that refuses TensorFlow in runs that leave out the tests marked `tensorflow`."""

    @staticmethod
    def find_spec(name: str, path=None, target=None) -> None:
        if name in ("tensorflow", "keras"):
            _Missing.said = f"mark this test, or its module in tests/conftest.py, `tensorflow`: it imports {name}"
            raise AssertionError(_Missing.said)


def pytest_configure(config):
    named = {module for modules in MODULES.values() for module in modules}
    named |= {module for those in SOME.values() for module, _ in those}
    if gone := sorted(module for module in named if not (TESTS / module).is_file()):
        raise pytest.UsageError(f"tests/conftest.py has marks for modules that do not exist: {', '.join(gone)}")
    sys.addaudithook(_audit)
    if "not tensorflow" in config.getoption("markexpr"):
        sys.meta_path.insert(0, _NoTensorFlow)


def _module(path: Path) -> str:
    return str(path.relative_to(TESTS)) if path.is_relative_to(TESTS) else ""


def _marks(item: pytest.Item) -> set[str]:
    """Return the marks that a test has because of its module, its name and its fixtures."""
    module, names = _module(item.path), {getattr(item, "originalname", item.name), *getattr(item, "fixturenames", ())}
    found = {mark for mark, modules in MODULES.items() if module in modules}
    found |= {mark for mark, those in SOME.items() if any((module, name) in those for name in names)}
    return found | ({"tensorflow"} if "tf" in names else set())


def pytest_ignore_collect(collection_path, config):
    """Skip modules that import TensorFlow themselves in runs that leave it out."""
    if "not tensorflow" in config.getoption("markexpr") and _module(collection_path) in MODULES["tensorflow"]:
        return True
    return None


def pytest_collection_modifyitems(items):
    for item in items:
        for name in _marks(item):
            item.add_marker(name)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    _Missing.running, _Missing.said = item, ""


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    _Missing.running, said = None, _Missing.said
    if said:
        pytest.fail(said, pytrace=False)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Run tests that share a kernel or a fixture in one process, in order.

    Such a group is a notebook (nbval's cells), an assignment (its release checks and its banks), or a file. xdist's own
    `--dist loadgroup` silently has no effect with pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    assignments = [folder.name for folder in (REPOSITORY / "solutions").iterdir()]

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            if file.endswith(("test_banks.py", "test_release.py")):
                return next((name for name in assignments if f"[{name}" in test), file)
            return file

    return Together(config, log)


def fewer(count: int) -> int:
    """Return a tenth of `count` in `make quick`, for the number of examples or the size of an input."""
    return count // 10 if QUICK else count


@pytest.fixture(scope="session")
def tf():
    """TensorFlow, which takes seconds to import; tests that use it get the mark `tensorflow`."""
    import tensorflow

    return tensorflow


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory) -> Path:
    """A course directory in nbgrader's default layout, made once per session."""
    root = tmp_path_factory.mktemp("course")
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(source_notebook(), root / "source" / "ps1" / "sums.ipynb")
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'tiny'\n")
    return root


@pytest.fixture(scope="session")
def course(course_folder):
    return courses.load(course_folder)


@pytest.fixture(scope="session")
def version(course):
    """The grading version of the tiny assignment."""
    from autograder.authoring import release

    return release.grading_versions(course, "ps1")["sums"]


@contextlib.contextmanager
def within(seconds: float):
    """Fail at once if the block uses more processor time than `seconds`; other load on the machine does not count."""
    def ended(*_):
        raise TimeoutError(f"it computed for more than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, ended)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def in_this_process(monkeypatch):
    """Replace the cluster: workers' tasks run in this process, where a test can make them fail."""
    from autograder.grading import cluster, worker

    monkeypatch.setattr(cluster, "connect", lambda *_: contextlib.nullcontext(MagicMock()))
    monkeypatch.setattr(cluster, "spread", lambda client, work, jobs, *_: ((job, work(*job)) for job in jobs))
    monkeypatch.setattr(worker, "_current", None)
