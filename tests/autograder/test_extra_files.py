"""The files next to a notebook: the release's files win, and nothing of a student's stands in for a module of theirs."""

from dataclasses import replace
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import extra_files
from autograder.grading import cluster, submission_files
from autograder.grading.submission_files import Folder


@pytest.mark.parametrize("theirs, kept", [
    (["tools.py", "data/own.csv", "own.csv"], ["data/own.csv", "own.csv"]),
    (["tools/__init__.py", "tools.so", "tools.cpython-311-x86_64-linux-gnu.so", "toolset.py"], ["toolset.py"]),
    (["data", "tools.py/x", "pack/more.py", "pack/part.so", "pack/part/__init__.py"], ["pack/more.py"]),
    (["numpy.py", "numpy/__init__.py", "numpy.so", "mine/numpy.py", "numpy_notes.txt"], ["mine/numpy.py", "numpy_notes.txt"]),
])
def test_the_releases_files_win(theirs, kept):
    release = {name: Path("release", name) for name in ("tools.py", "data/given.csv", "pack/__init__.py", "pack/part.py")}
    found = extra_files.together(dict.fromkeys(theirs, b"theirs"), release, used=frozenset({"numpy"}))
    assert {name for name, content in found.items() if content == b"theirs"} == set(kept)
    assert {name: found[name] for name in release} == release


def test_a_file_that_students_are_to_write_is_theirs():
    release = {"answers.py": Path("a"), "tools.py": Path("b")}
    both = {"answers.py": b"1", "tools.py": b"2"}
    assert extra_files.together(both, release, ("answers.py",)) == {"answers.py": b"1", "tools.py": Path("b")}
    assert extra_files.together({}, release, ("answers.py",)) == release


def test_a_notebook_that_the_code_of_another_names():
    version = new_notebook(cells=[
        new_markdown_cell("See text.ipynb."), new_code_cell("%run tools.ipynb\nnot_mine = 'xdefs.ipynb'"),
        new_code_cell("open('sub/data.ipynb')")])
    assert extra_files.mentioned(version, ["lab", "tools", "defs", "text", "data"]) == ["tools", "data"]


def test_a_worker_elsewhere_gets_the_releases_files_once(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "given.csv").write_text("1")
    (tmp_path / "lab.ipynb").write_text("{}")
    released = extra_files.of_release(tmp_path)
    elsewhere = replace(released, folder=str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="the release's files are not in"):
        extra_files.find(elsewhere)
    with cluster.connect(1) as client:
        client.register_plugin(cluster.Carrier(released))
        found = client.submit(extra_files.find, elsewhere).result()
        assert [name for name in found] == ["data/given.csv"] and found["data/given.csv"].read_text() == "1"
    (tmp_path / "data" / "given.csv").write_text("2")
    assert extra_files.of_release(tmp_path).digest != released.digest


def test_what_a_student_hands_in_beside_the_notebooks(tmp_path, monkeypatch):
    folder = tmp_path / "ada" / "hw1"
    for name in ("sub/a.csv", "lab.ipynb", "all.zip", "__pycache__/tools.pyc", ".ipynb_checkpoints/a.csv", "b.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "link.csv").symlink_to("/etc/passwd")
    (folder / "folder").symlink_to("/etc")
    ada = Folder("ada", tmp_path / "ada")
    assert submission_files.extra(ada, "hw1") == ((("b.json", b"b.json"), ("sub/a.csv", b"sub/a.csv")), ("folder", "link.csv"))
    monkeypatch.setattr(submission_files, "LARGEST_EXTRA", 8)
    assert submission_files.extra(ada, "hw1") == ((("b.json", b"b.json"),), ("folder", "link.csv", "sub/a.csv"))
