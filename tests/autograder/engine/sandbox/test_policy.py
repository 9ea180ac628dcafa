"""What a kernel is shown: variables, paths, packages."""

import tempfile
from pathlib import Path

from autograder.engine.sandbox import policy


def test_of_the_environment_a_short_list_is_handed_on():
    variables = {"PATH": "/bin", "COURSE_BUDGET": "cpu", "TF_X": "1", "AWS_SECRET": "x", "HOME": "/home/ada",
                 "SSH_AUTH_SOCK": "/s", "PYTHONPATH": "/p", "LD_PRELOAD": "/l.so", "PYTHONSTARTUP": "/s.py"}
    assert policy.environment(variables, ["COURSE_BUDGET"]) == {"PATH": "/bin", "COURSE_BUDGET": "cpu", "TF_X": "1"}


def test_the_command_line_shows_the_short_list_and_nothing_else(tmp_path):
    (tmp_path / "data" / "inner").mkdir(parents=True)
    line = policy.command(tmp_path, [tmp_path / "data", tmp_path / "data" / "inner"], ["--socket", "s"])
    bound = [line[place + 1] for place, word in enumerate(line) if word in ("--ro-bind", "--bind")]
    own = [str(tmp_path / name) for name in ("etc/passwd", "etc/group", "control", "kernels", "data")]
    allowed = {*policy.SYSTEM, *own, *map(str, policy.interpreter())}
    assert set(own) <= set(bound) <= allowed and str(tmp_path / "data" / "inner") not in bound
    writable = [line[place + 1] for place, word in enumerate(line) if word == "--bind"]
    assert writable == [str(tmp_path / "control"), str(tmp_path / "kernels")]
    assert "--unshare-all" in line and line.index("--remount-ro") > line.index("--bind")


def test_of_what_is_visible_the_folders_in_tmp_are_kept(tmp_path):
    """A kernel has a /tmp of its own."""
    with tempfile.TemporaryDirectory(dir="/tmp") as inside:
        line = policy.command(tmp_path, [Path(inside), Path("/usr/share")], ["--socket", "s"])
        assert f"--keep={inside}" in line and "--keep=/usr/share" not in line


def test_visible_paths_are_packages_and_what_the_course_says(tmp_path):
    (tmp_path / "data").mkdir()
    entries = ["data", "missing", "{nbformat}/v4", "{no_such_package}/x", "/usr/share"]
    found = policy.visible_paths(["nbformat", "json", "sys", "no_such_module"], entries, tmp_path)
    package = policy.package_folder("nbformat")
    assert {package, package / "v4", tmp_path / "data"} <= set(found)
    assert all(path.exists() for path in found) and Path("/usr/share") not in found


def test_a_package_is_found_and_a_builtin_is_not():
    assert policy.package_folder("nbformat").name == "nbformat"
    assert policy.package_folder("sys") is policy.package_folder("no_such.module") is None
