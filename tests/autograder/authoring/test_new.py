"""`autograder new`: the skeleton passes check, build and audit as it stands, with the commands a teacher types.

The course's package is a folder of the course directory, with `checks` and `guide` in it, or it is installed.
"""

import ast
import errno
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jupytext
import pytest
from conftest import REPOSITORY
from typer.testing import CliRunner

from autograder.cli import app
from cnnlab.guide import overview

NAME = "08-audio"
LONGEST = 100  # characters of a line of code
WRITTEN = ("cnnlab/checks/audio.py", "cnnlab/guide/audio.toml", "cnnlab/guide/hints/audio.toml")


def autograder(root, *arguments: str) -> tuple[int, str]:
    """The exit code and the output of a command; with the code that is in the course directory, if some is there."""
    if not (root / "autograder").is_dir():
        done = CliRunner().invoke(app, [*arguments, "--course", str(root)])
        return done.exit_code, done.output
    process = subprocess.run([sys.executable, "-m", "autograder", *arguments], cwd=root, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return process.returncode, process.stdout


def bare_course(root: Path) -> Path:
    """A course directory set up as this one, without assignments and without the package."""
    (root / "solutions").mkdir(parents=True)
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(REPOSITORY / name, root)
    return root


def built(root: Path) -> Path:
    code, output = autograder(root, "new", NAME)
    assert code == 0 and "20 answers" in output, output
    code, output = autograder(root, "build", NAME)
    assert code == 0, output
    return root


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A course directory with the package as a folder, and the skeleton, built."""
    root = bare_course(tmp_path_factory.mktemp("course") / "folder")
    for name in ("autograder", "cnnlab"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return built(root)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A course directory whose package is installed, and the skeleton, built."""
    return built(bare_course(tmp_path_factory.mktemp("course") / "installed"))


@pytest.fixture(params=["folder", "installed"])
def root(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def unbuilt(tmp_path):
    """A course directory whose package is a folder with little in it; nothing is run."""
    root = bare_course(tmp_path / "course")
    for name in ("checks", "guide"):
        (root / "cnnlab" / name).mkdir(parents=True)
        shutil.copy(REPOSITORY / "cnnlab" / name / "__init__.py", root / "cnnlab" / name)
    (root / "cnnlab" / "__init__.py").touch()
    return root


def text_cells(root, kind: str) -> list:
    return [cell for cell in jupytext.read(root / "solutions" / NAME / "audio.py").cells if cell.cell_type == kind]


def prose(root) -> str:
    return "\n".join(cell.source for cell in text_cells(root, "markdown"))


def test_cell(root) -> str:
    (cell,) = [cell.source for cell in text_cells(root, "code")
               if cell.metadata.get("nbgrader", {}).get("grade_id") == "test_moving_average"]
    return cell


test_cell.__test__ = False


def visible(root) -> str:
    """The visible part of the test."""
    return test_cell(root).partition("### BEGIN HIDDEN TESTS")[0].strip()


def guide(root, name: str = "audio.toml") -> dict:
    return tomllib.loads((root / "cnnlab" / "guide" / name).read_text(encoding="utf-8"))


def outputs(root) -> str:
    notebook = json.loads((root / "solutions" / NAME / "audio.ipynb").read_text())
    return json.dumps([cell.get("outputs") for cell in notebook["cells"]], ensure_ascii=False)


def test_what_is_written(root):
    assignment = root / "solutions" / NAME
    assert (assignment / "audio.py").read_text().count("# # Audio\n") == 1
    assert len(list((assignment / "answers" / "moving_average").glob("right_*.py"))) == 4
    assert len(list((assignment / "answers" / "moving_average").glob("wrong_*.py"))) == 16


def test_the_students_get_the_stub_alone(root):
    (path,) = (root / "notebooks" / NAME).iterdir()
    text = path.read_text()
    assert path.name == "audio.ipynb" and "raise NotImplementedError" in text
    assert "values[position:position + width].mean()" not in text and "HIDDEN" not in text


def test_it_needs_no_tensorflow(root):
    notebook = json.loads((root / "solutions" / NAME / "audio.ipynb").read_text())
    code = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert "CourseNotFound" in code and "welcome" not in code and "tensorflow" not in code


def test_check_finds_nothing(root):
    path = root / "solutions" / NAME / "audio.ipynb"
    notebook = json.loads(path.read_text())
    notebook["metadata"]["autograder_build"]["seconds"] = {notebook["cells"][1]["id"]: 2.0}  # this machine's load is not tested
    path.write_text(json.dumps(notebook))
    assert autograder(root, "check", NAME, "--verbose") == (0, f"{NAME}: nothing to put right.\n")


def test_audit_finds_nothing(root):
    code, output = autograder(root, "audit", NAME, "--workers", "1")
    assert code == 0, output
    assert [part.strip() for part in output.splitlines()[-2].split("│")[3:6]] == ["5/5", "16/16", "16/16"]


def test_publish_finds_nothing_that_students_must_not_see(folder, tmp_path):
    code, output = autograder(folder, "publish", str(tmp_path / "public"))
    assert code == 0, output
    assert all((tmp_path / "public" / name).is_file() for name in WRITTEN)


def test_check_exits_with_1_where_it_finds_something(root):
    path = root / "solutions" / NAME / "answers" / "moving_average" / "wrong_sum.py"
    text = path.read_text()
    try:
        path.write_text(text.replace("# Told:", "# Tells:"))
        done = autograder(root, "check", NAME)
    finally:
        path.write_text(text)
    assert done == (1, "moving_average: wrong_sum.py does not say with `# Told: ...` what the student must read. "
                       "Put it right in answers/moving_average/.\n")


def test_no_line_of_code_is_longer_than_the_page(root):
    cells = [cell.source for cell in text_cells(root, "code")]
    modules = [path.read_text() for path in [root / WRITTEN[0]] if path.is_file()]
    lines = [line for source in cells + modules for line in source.splitlines()]
    assert [line for line in lines if len(line) > LONGEST and "autograder build" not in line] == []


def test_the_heading_says_points_and_difficulty(root):
    assert re.findall(r"^### .*$", prose(root), re.M) == ["### Task 1: the moving average (2 points, ★☆☆)"]


def test_in_a_folder_the_check_is_a_module(folder):
    assert visible(folder) == "check.moving_average(moving_average)"
    hidden = test_cell(folder)
    assert "\nfrom cnnlab import checks\n" in hidden and "check.expect_moving_average(moving_average, " in hidden
    assert "from cnnlab import checks" not in "\n".join(cell.source for cell in text_cells(folder, "code")).replace(hidden, "")
    module = ast.parse((folder / WRITTEN[0]).read_text())
    functions = {node.name: ast.get_docstring(node) for node in module.body if isinstance(node, ast.FunctionDef)}
    assert list(functions) == ["moving_average", "expect_moving_average"] and all(functions.values())
    assert '\n__all__ = ["moving_average"]\n' in (folder / WRITTEN[0]).read_text()
    assert "moving_average: the visible checks pass." in outputs(folder)


def test_the_module_is_in_the_course_s_style(folder):
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "--config", REPOSITORY / "pyproject.toml", folder / WRITTEN[0]],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_without_a_folder_the_check_is_in_the_test_cell(installed):
    assert "def expect_moving_average(" in visible(installed)
    assert visible(installed).endswith('checks.passed("moving_average", moving_average)')
    assert not (installed / "cnnlab").exists() and "reveal" not in (installed / "solutions" / NAME / "audio.py").read_text()
    assert not re.search(r"hint|progress\(\)", prose(installed))


def test_both_checks_are_the_same_functions(folder, installed):
    def expects(source: str) -> str:
        (found,) = [node for node in ast.parse(source).body
                    if isinstance(node, ast.FunctionDef) and node.name == "expect_moving_average"]
        return ast.dump(found)

    module = ast.parse((folder / WRITTEN[0]).read_text())
    (check,) = [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == "moving_average"]
    in_cell = ast.parse(visible(installed)).body
    assert expects((folder / WRITTEN[0]).read_text()) == expects(visible(installed))
    assert [ast.dump(node) for node in check.body[1:]] == [ast.dump(node) for node in in_cell[-len(check.body) + 1:]]


def test_the_guide_agrees_with_the_text(folder):
    ((task, about),) = guide(folder)["tasks"].items()
    assert f"({about['points']} points, {overview.stars(about['difficulty'])})" in prose(folder) and task == "moving_average"
    assert "`hint(moving_average)`" in prose(folder) and "`progress()`" in prose(folder)
    code = "\n".join(cell.source for cell in text_cells(folder, "code"))
    asked = re.findall(r'^reveal\("([\w-]+)"\)$', code, re.M)
    assert asked == list(guide(folder)["predictions"]) and [name[:3] for name in asked] == ["01-", "01-"]
    assert prose(folder).count("**Predict before you run the next cell.**") == 2
    assert re.search(r"^progress\(\)$", code, re.M) and "1 of 1 tasks: 2 of 2 points so far" in outputs(folder)


def test_there_are_three_hints_none_of_them_the_solution(folder):
    ((task, hints),) = guide(folder, "hints/audio.toml").items()
    assert task == "moving_average" and len(hints) == 3 and all(30 < len(hint) < 1200 for hint in hints)
    assert "mean()" not in "".join(hints) and "len(values)" not in "".join(hints)


@pytest.mark.parametrize("name, said", [
    (NAME, "is there already: choose another name, or edit what it holds."),
    ("../outside", "is no name for an assignment: write letters, digits, - and _, such as 08-audio."),
    (".hidden", "is no name for an assignment"), ("", "is no name for an assignment"),
    ("eight nine", "is no name for an assignment"),
])
def test_a_name_that_cannot_be(installed, name, said):
    refused(installed, name, said)


@pytest.mark.parametrize("name, said", [
    ("08-3d", "checks/3d.py, which Python cannot import: choose a topic that can be the name of a module, such as audio"),
    ("08-class", "checks/class.py, which Python cannot import"),
    ("08-array", "checks/__init__.py has a use for the name array, and 08-array would need it for its module: choose"),
])
def test_a_name_that_no_module_can_have(unbuilt, name, said):
    refused(unbuilt, name, said)


@pytest.mark.parametrize("path", WRITTEN)
def test_what_is_there_already_stays(unbuilt, path):
    (unbuilt / path).parent.mkdir(exist_ok=True)
    (unbuilt / path).write_text("an author's own")
    refused(unbuilt, NAME, f"{path} is there already, and {NAME} would need it: choose another name.")
    assert (unbuilt / path).read_text() == "an author's own"


def refused(root, name, said):
    before = sorted(root.rglob("*"))
    code, output = autograder(root, "new", name)
    assert code == 2 and said in output and output.count("\n") == 1
    assert sorted(root.rglob("*")) == before


def test_every_file_is_named(unbuilt):
    code, output = autograder(unbuilt, "new", NAME)
    assert code == 0 and all(str(unbuilt / path) in output for path in (f"solutions/{NAME}/audio.py", *WRITTEN))


def test_a_package_that_is_imported_from_elsewhere_is_named(unbuilt):
    _, output = autograder(unbuilt, "new", NAME)
    assert (f"Python does not import cnnlab from {unbuilt}, so these commands would not find the new module: first "
            f"install what is there, with `pip install --editable {unbuilt}`.") in output


def test_without_a_guide_there_are_no_hints(unbuilt):
    shutil.rmtree(unbuilt / "cnnlab" / "guide")
    assert autograder(unbuilt, "new", NAME)[0] == 0
    assert (unbuilt / WRITTEN[0]).is_file() and not (unbuilt / "cnnlab" / "guide").exists()
    assert visible(unbuilt) == "check.moving_average(moving_average)" and "hint" not in prose(unbuilt)


def files(root) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_nothing_is_left_of_what_could_not_be_written(unbuilt, monkeypatch):
    before, write = files(unbuilt), Path.write_text

    def full(path, *arguments, **options):
        if path.name == "wrong_sum.py":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", full)
    code, output = autograder(unbuilt, "new", NAME)
    assert code == 2 and output.startswith("The disk is full at ")
    assert files(unbuilt) == before and not (unbuilt / "solutions" / NAME).exists()


def test_a_message_holds_a_call_that_can_be_copied(folder):
    script = ("import numpy as np\nfrom cnnlab.checks import CheckFailed, audio\n"
              "def moving_average(values, width): return np.zeros(5)\n"
              "try: audio.moving_average(moving_average)\n"
              "except CheckFailed as error: print(str(error).partition(': ')[0])")
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True)
    assert done.stdout == "moving_average(np.array([2.0, 4.0, 9.0, 1.0, 3.0, 7.0]), 2)\n", done.stderr
