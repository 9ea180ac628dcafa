"""`autograder new`: the skeleton passes check, build and audit as it stands, with the commands a teacher types."""

import json
import shutil

import pytest
from conftest import REPOSITORY
from typer.testing import CliRunner

from autograder.cli import app

NAME = "08-audio"


def autograder(root, *arguments: str):
    return CliRunner().invoke(app, [*arguments, "--course", str(root)])


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A course directory set up as this one, with no assignment but the skeleton, built."""
    root = tmp_path_factory.mktemp("course")
    (root / "solutions").mkdir()
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(REPOSITORY / name, root)
    done = autograder(root, "new", NAME)
    assert done.exit_code == 0 and "20 answers" in done.output, done.output
    done = autograder(root, "build", NAME)
    assert done.exit_code == 0, done.output
    return root


def test_what_is_written(root):
    folder = root / "solutions" / NAME
    assert (folder / "audio.py").read_text().count("# # Audio\n") == 1
    assert len(list((folder / "answers" / "moving_average").glob("right_*.py"))) == 4
    assert len(list((folder / "answers" / "moving_average").glob("wrong_*.py"))) == 16


def test_the_students_get_the_stub_alone(root):
    (path,) = (root / "notebooks" / NAME).iterdir()
    text = path.read_text()
    assert path.name == "audio.ipynb" and "raise NotImplementedError" in text
    assert "values[place:place + width].mean()" not in text and "HIDDEN" not in text


def test_it_needs_no_tensorflow(root):
    notebook = json.loads((root / "solutions" / NAME / "audio.ipynb").read_text())
    code = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert "CourseNotFound" in code and "welcome" not in code and "tensorflow" not in code


def test_check_finds_nothing(root):
    path = root / "solutions" / NAME / "audio.ipynb"
    notebook = json.loads(path.read_text())
    notebook["metadata"]["autograder_build"]["seconds"] = {notebook["cells"][1]["id"]: 2.0}  # this machine's load is not tested
    path.write_text(json.dumps(notebook))
    done = autograder(root, "check", NAME, "--verbose")
    assert (done.exit_code, done.output) == (0, f"{NAME}: nothing to put right.\n")


def test_audit_finds_nothing(root):
    done = autograder(root, "audit", NAME, "--workers", "1")
    assert done.exit_code == 0, done.output
    assert [part.strip() for part in done.output.splitlines()[-2].split("│")[3:6]] == ["5/5", "16/16", "16/16"]


def test_check_exits_with_1_where_it_finds_something(root):
    path = root / "solutions" / NAME / "answers" / "moving_average" / "wrong_sum.py"
    text = path.read_text()
    try:
        path.write_text(text.replace("# Told:", "# Tells:"))
        done = autograder(root, "check", NAME)
    finally:
        path.write_text(text)
    assert done.exit_code == 1
    assert done.output == ("moving_average: wrong_sum.py does not say with `# Told: ...` what the student must read. "
                           "Put it right in answers/moving_average/.\n")


@pytest.mark.parametrize("name, said", [
    (NAME, "is there already: choose another name, or edit what it holds."),
    ("../outside", "is no name for an assignment: write letters, digits, - and _, such as 08-audio."),
    (".hidden", "is no name for an assignment"), ("", "is no name for an assignment"),
    ("eight nine", "is no name for an assignment"),
])
def test_a_name_that_cannot_be(root, name, said):
    before = sorted(root.rglob("*"))
    done = autograder(root, "new", name)
    assert done.exit_code == 2 and said in done.output and done.output.count("\n") == 1
    assert sorted(root.rglob("*")) == before
