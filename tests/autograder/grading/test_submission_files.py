"""Whatever the folder of submissions contains becomes files, or one sentence about one student."""

import os
import socket
from pathlib import Path

import pytest
from conftest import hand_in

from autograder.errors import NotHandedIn, Unopened, Unreadable, UserError
from autograder.grading import submission_files


def folders(root: Path) -> dict[str, submission_files.Folder]:
    return {folder.student: folder for folder in submission_files.students(root, "ps1")}


def files(root: Path, student: str) -> list[str]:
    return [name for name, _ in submission_files.files(folders(root)[student], "ps1", "sums", ["sums", "other"])]


def test_files_that_a_notebook_can_be_in(tmp_path):
    for name in ("b.ipynb", "sums.ipynb", "other.ipynb", "work/deep.ipynb", "all.ZIP", "notes.txt",
                 ".ipynb_checkpoints/sums.ipynb"):
        hand_in(tmp_path, "ada", b"x", name=name)
    assert files(tmp_path, "ada") == ["sums.ipynb", "all.ZIP", "b.ipynb", "work/deep.ipynb"]


def test_without_one_the_others_are_named(tmp_path):
    (tmp_path / "bob").mkdir()
    with pytest.raises(NotHandedIn, match="Nothing was handed in"):
        files(tmp_path, "bob")
    for number in range(12):
        hand_in(tmp_path, "ada", b"x", name=f"a\x1b[2J{number:02}.txt")
    with pytest.raises(NotHandedIn) as info:
        files(tmp_path, "ada")
    assert "a00.txt, a01.txt" in str(info.value) and str(info.value).endswith("..., but not sums.ipynb.")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)


def link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize("make, said", [
    (pipe, "sums.ipynb is not a plain file"), (listening, "sums.ipynb is not a plain file"),
    (sparse, "sums.ipynb is a sparse file"), (link, "sums.ipynb is a symbolic link"),
    (lambda path: path.mkdir() or link(path / "sums.ipynb"), "sums.ipynb is a symbolic link"),
])
def test_what_is_no_plain_file_is_not_opened(tmp_path, monkeypatch, make, said):
    (tmp_path / "ada/ps1").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "ada/ps1")  # the path of a socket has to be short
    make(Path("sums.ipynb"))
    with pytest.raises(Unreadable, match=said):
        files(tmp_path, "ada")
    hand_in(tmp_path, "ada", b"x", name="mine.ipynb")
    assert files(tmp_path, "ada") == ["mine.ipynb"]


def test_links_to_folders_are_refused_where_they_are_the_students_or_the_assignments(tmp_path):
    hand_in(tmp_path, "alice", b"x")
    (tmp_path / "mallory").symlink_to("alice")
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve/ps1").symlink_to("../alice/ps1")
    hand_in(tmp_path, "bob", b"x", name="notes.txt")
    (tmp_path / "bob/ps1/more").symlink_to("../../alice/ps1")
    assert list(folders(tmp_path)) == ["alice", "bob", "eve", "mallory"]
    for student, name in (("mallory", "mallory"), ("eve", "ps1")):
        with pytest.raises(Unreadable, match=f"The folder {name} is a symbolic link"):
            files(tmp_path, student)
    with pytest.raises(NotHandedIn, match="Handed in more, notes.txt, but not"):
        files(tmp_path, "bob")


def test_too_much_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(submission_files, "LARGEST", 10)
    hand_in(tmp_path, "ada", b"x" * 11)
    with pytest.raises(Unreadable, match="clear its outputs"):
        files(tmp_path, "ada")
    hand_in(tmp_path, "ada", b"x" * 6)
    hand_in(tmp_path, "ada", b"x" * 6, name="again.ipynb")
    assert files(tmp_path, "ada") == ["sums.ipynb"]
    monkeypatch.setattr(submission_files, "MOST_LISTED", 1)
    with pytest.raises(Unreadable, match="There are more than 1 files"):
        files(tmp_path, "ada")


@pytest.mark.parametrize("name", [b"ren\xe9e", b"eve\nalice  0/2", b"\x1b[2J", "a\u202eb".encode()])
def test_a_folder_whose_name_can_be_no_id_is_told_of_under_one_that_can(tmp_path, name):
    os.makedirs(os.path.join(os.fsencode(tmp_path), name, b"ps1"))
    hand_in(tmp_path, "alice", b"x")
    (odd,) = [folder for folder in folders(tmp_path).values() if not folder.named]
    assert odd.student.isprintable() and odd.student.encode() and len(odd.student.splitlines()) == 1
    with pytest.raises(Unopened, match="rename it"):
        files(tmp_path, odd.student)


def test_a_files_name_that_is_no_utf_8_is_read(tmp_path):
    (tmp_path / "bob/ps1").mkdir(parents=True)
    with open(os.path.join(os.fsencode(tmp_path), b"bob/ps1/caf\xe9.ipynb"), "wb") as file:
        file.write(b"x")
    assert files(tmp_path, "bob") == ["caf\ufffd.ipynb"]


def test_a_folder_that_cannot_be_read_is_the_machines_fault(tmp_path, monkeypatch):
    hand_in(tmp_path, "ada", b"x")

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UserError, match="cannot be read: Permission denied"):
        folders(tmp_path)
    with pytest.raises(Unopened, match="ps1 cannot be read: Permission denied"):
        submission_files.files(submission_files.Folder("ada", tmp_path / "ada"), "ps1", "sums", ["sums"])
