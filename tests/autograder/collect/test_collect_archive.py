"""Zips and folders made to do harm: each file is refused with a sentence, and the rest is collected."""

import os
import socket
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.collect import archive, names
from autograder.errors import UserError


def unpack(path: Path, target: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """What came out, and why each of the others did not."""
    with archive.opened(path) as source:
        refused = [(refusal.path, refusal.reason) for refusal in source.refusals]
        for number, entry in enumerate(sorted(source.entries, key=lambda entry: entry.size)):
            try:
                source.copy(entry, target / str(number))
                (target / str(number)).rename(target / f"{number} {names.safe(entry.path)}")
            except archive.Refused as error:
                refused.append((entry.path, str(error)))
    files = {path.name.split(" ", 1)[1]: path.read_bytes() for path in target.iterdir()} if target.exists() else {}
    assert len(dict(refused)) == len({path for path, _ in refused})
    return files, dict(refused)


def made(path: Path, *entries, compression=zipfile.ZIP_DEFLATED) -> Path:
    """A zip of names or ZipInfo, each with its content."""
    with zipfile.ZipFile(path, "w", compression) as whole:
        for name, content in entries:
            whole.writestr(name, content)
    return path


def info(name: str, mode: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    entry.create_system = 3
    return entry


@pytest.mark.parametrize("name, reason", [
    ("../ada.ipynb", "climbs out of the folder"),
    ("ada/../../bo/sums.ipynb", "climbs out of the folder"),
    ("ada/..", "climbs out of the folder"),
    ("/etc/passwd", "has an absolute path"),
    ("//server/share/x", "has an absolute path"),
    ("C:/x.ipynb", "has an absolute path"),
    ("c:x.ipynb", "has an absolute path"),
    ("a/" * 600 + "x", "has a path that no file can have"),
])
def test_a_path_that_leads_elsewhere(tmp_path, name, reason):
    files, refused = unpack(made(tmp_path / "x.zip", (name, "bad"), ("good", "good")), tmp_path / "out")
    assert files == {"good": b"good"} and refused == {name: reason}


def test_backslashes_of_a_zip_are_slashes_and_those_of_a_folder_are_refused(tmp_path):
    source = made(tmp_path / "x.zip", ("ada\\work\\sums.ipynb", "x"), ("ada\\empty\\", ""), ("bo\\..\\..\\y", "bad"))
    files, refused = unpack(source, tmp_path / "out")
    assert files == {"ada_work_sums.ipynb": b"x"} and refused == {"bo/../../y": "climbs out of the folder"}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a\\b.ipynb").write_text("x")
    assert unpack(tmp_path / "in", tmp_path / "other") == ({}, {"a\\b.ipynb": "has a backslash in its path"})


@pytest.mark.parametrize("kind, reason", [
    (stat.S_IFLNK, "is a symbolic link"),
    (stat.S_IFIFO, "is not a plain file but a device, a pipe or a socket"),
    (stat.S_IFCHR, "is not a plain file but a device, a pipe or a socket"),
])
def test_what_is_no_plain_file_in_a_zip(tmp_path, kind, reason):
    path = made(tmp_path / "x.zip", (info("bad", kind | 0o777), "/etc/passwd"),
                (info("good", stat.S_IFREG | 0o600), "good"), (info("plain"), "plain"))
    files, refused = unpack(path, tmp_path / "out")
    assert files == {"good": b"good", "plain": b"plain"} and refused == {"bad": reason}


def test_an_encrypted_entry(tmp_path):
    path = made(tmp_path / "x.zip", ("bad", "secret"), ("good", "good"))
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag in front of the entry, and the one in the list
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert unpack(path, tmp_path / "out") == ({"good": b"good"}, {"bad": "is encrypted"})


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_are_there_twice(tmp_path):
    path = made(tmp_path / "x.zip", ("ada/a", "first"), ("ada/a", "second"), ("ada/./b", "b"), ("ADA/A", "third"),
                ("Zoë", "composed"), ("Zoe\u0308", "not composed"))
    with archive.opened(path) as source:
        assert [entry.path for entry in source.entries] == ["ada/a", "ada/b", "Zoë"]
        assert [(refusal.path, refusal.reason) for refusal in source.refusals] == [
            ("ada/a", "is there twice; the first one is taken"),
            ("ADA/A", "has the name of ada/a but for upper and lower case; that one is taken"),
            ("Zoe\u0308", "has the name of Zoë but for upper and lower case; that one is taken")]
        source.copy(source.entries[0], tmp_path / "a")
    assert (tmp_path / "a").read_text() == "first"


def test_a_zip_bomb_comes_after_everybody_else(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "ALWAYS_ALLOWED", 5_000_000)
    path = made(tmp_path / "x.zip", *((f"bomb{i}", bytes(3_000_000)) for i in range(3)), ("good", "x" * 1000))
    files, refused = unpack(path, tmp_path / "out")
    assert sorted(files) == ["bomb0", "good"] and sorted(refused) == ["bomb1", "bomb2"]
    assert refused["bomb1"] == ("would take what is unpacked beyond 5 MB, which is too much for a zip of this size")
    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) == 3_001_000


def test_what_compresses_a_little_may_be_large(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "ALWAYS_ALLOWED", 1000)
    files, refused = unpack(made(tmp_path / "x.zip", ("good", os.urandom(50_000))), tmp_path / "out")
    assert list(files) == ["good"] and not refused


def test_a_huge_file(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_FILE", 1_000_000)
    laid = tmp_path / "folder"
    laid.mkdir()
    (laid / "bad").write_bytes(bytes(1_000_001))
    (laid / "good").write_bytes(bytes(1_000_000))
    for path in (made(tmp_path / "x.zip", *((file.name, file.read_bytes()) for file in laid.iterdir())), laid):
        files, refused = unpack(path, tmp_path / f"out of {path.name}")
        assert list(files) == ["good"] and refused == {"bad": "has more than 1 MB"}


@pytest.mark.parametrize("says", [0, 1, 4999])
def test_a_size_that_is_too_small_is_a_damaged_entry(tmp_path, says):
    files, refused = unpack(lying(tmp_path / "x.zip", says), tmp_path / "out")
    assert files == {"good": b"good"} and refused == {"bad": "cannot be read: Bad CRC-32 for file 'bad'"}


@pytest.mark.parametrize("says", [5001, 2**31, 2**32 - 1])
def test_a_size_that_is_too_large_costs_nothing(tmp_path, says):
    """Neither the file nor room on the disk: what counts is what comes out."""
    files, refused = unpack(lying(tmp_path / "x.zip", says), tmp_path / "out")
    assert files == {"good": b"good", "bad": b"b" * 5000} and refused == {}


def lying(path, says):
    """An archive whose directory says another size of an entry of 5,000 bytes."""
    made(path, ("bad", "b" * 5000), ("good", "good"))
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.index(b"PK\x01\x02") + 24, says)
    path.write_bytes(content)
    return path


def test_a_damaged_entry(tmp_path):
    path = made(tmp_path / "x.zip", ("bad", "b" * 5000), ("good", "good"), compression=zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[content.index(b"bbb") + 9] ^= 1
    path.write_bytes(content)
    files, refused = unpack(path, tmp_path / "out")
    assert files == {"good": b"good"} and refused == {"bad": "cannot be read: Bad CRC-32 for file 'bad'"}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 77])
def test_a_method_of_compression_that_no_platform_uses(tmp_path, method):
    path = made(tmp_path / "x.zip", ("bad", "b"), ("good", "good"))
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, content.index(b"PK\x01\x02") + 10, method)
    path.write_bytes(content)
    assert unpack(path, tmp_path / "out") == ({"good": b"good"}, {"bad": "is compressed as no platform does it"})


def test_a_list_of_entries_that_would_fill_the_memory(tmp_path, monkeypatch):
    path = made(tmp_path / "x.zip", *((f"{number:0200}", "") for number in range(1000)))
    monkeypatch.setattr(archive, "LARGEST_DIRECTORY", 100_000)
    with pytest.raises(UserError, match="lists far too many files"):
        unpack(path, tmp_path / "out")


def test_more_files_than_a_class_can_have(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    with pytest.raises(UserError, match="has more than 3 files: name the folder or zip of one assignment"):
        unpack(made(tmp_path / "x.zip", *((str(number), "") for number in range(5))), tmp_path / "out")


def test_what_is_no_plain_file_in_a_folder(tmp_path):
    folder = tmp_path / "in"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "good").write_text("good")
    (tmp_path / "secret").write_text("secret")
    (folder / "ada" / "link").symlink_to(tmp_path / "secret")
    (folder / "bo").symlink_to(tmp_path)
    (folder / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe")
    here = Path.cwd()
    try:
        os.chdir(folder)  # a socket's path may have no more than 100 characters
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket")
            files, refused = unpack(folder, tmp_path / "out")
    finally:
        os.chdir(here)
    assert files == {"ada_good": b"good"}
    assert refused == {
        "ada/link": "is a symbolic link", "bo": "is a symbolic link", "gone": "is a symbolic link",
        "pipe": "is not a plain file but a device, a pipe or a socket",
        "socket": "is not a plain file but a device, a pipe or a socket"}


def test_a_file_that_becomes_a_link_before_it_is_copied(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "sums").write_text("good")
    with archive.opened(folder) as source:
        (folder / "sums").unlink()
        (folder / "sums").symlink_to("/etc/passwd")
        with pytest.raises(archive.Refused, match="cannot be read"):
            source.copy(source.entries[0], tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_file_that_may_not_be_read(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "sums").write_text("secret")
    with archive.opened(folder) as source:
        (folder / "sums").unlink()
        with pytest.raises(archive.Refused, match="cannot be read: No such file or directory"):
            source.copy(source.entries[0], tmp_path / "copy")


def test_the_folder_that_is_collected_into_is_no_source(tmp_path):
    for name in ("in/ada/a", "in/submitted/bo/ps1/b"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("x")
    with archive.opened(tmp_path / "in", skip=tmp_path / "in" / "submitted") as source:
        assert [entry.path for entry in source.entries] == ["ada/a"]


def test_names_of_files_in_utf_8_whether_the_zip_says_so_or_not(tmp_path):
    path = made(tmp_path / "x.zip", ("Zoë Ångström/a", "x"))
    content = bytearray(path.read_bytes())
    content[7] &= ~8
    content[content.index(b"PK\x01\x02") + 9] &= ~8
    (tmp_path / "y.zip").write_bytes(content)
    for zipped in (path, tmp_path / "y.zip"):
        with archive.opened(zipped) as source:
            assert [entry.path for entry in source.entries] == ["Zoë Ångström/a"]


def test_a_name_in_a_folder_that_is_not_utf_8(tmp_path):
    (tmp_path / "in").mkdir()
    with open(os.fsencode(tmp_path / "in") + b"/Zo\xeb.ipynb", "wb") as file:
        file.write(b"x")
    assert unpack(tmp_path / "in", tmp_path / "out") == ({"Zo\ufffd.ipynb": b"x"}, {})


def test_a_zip_without_its_ending_is_a_zip_and_a_notebook_is_not(tmp_path):
    made(tmp_path / "download", ("a", "x"))
    (tmp_path / "ada.ipynb").write_text("{}")
    with archive.opened(tmp_path / "download") as zipped, archive.opened(tmp_path / "ada.ipynb") as single:
        assert [entry.path for entry in zipped.entries] == ["a"]
        assert [entry.path for entry in single.entries] == ["ada.ipynb"]


@given(st.binary(max_size=400), st.integers(0, 400), st.binary(min_size=1, max_size=30))
def test_no_bytes_raise_anything_but_a_sentence(tmp_path_factory, noise, place, change):
    """Noise, and a good zip with a stretch of it overwritten."""
    folder = tmp_path_factory.mktemp("noise")
    content = bytearray(made(folder / "x.zip", ("ada/a", "x" * 99), ("bo/b", "y" * 99)).read_bytes())
    content[place:place + len(change)] = change
    for number, data in enumerate((noise, bytes(content))):
        path = folder / f"{number}.zip"
        path.write_bytes(data)
        try:
            files, refused = unpack(path, folder / f"out{number}")
        except UserError as error:
            assert "\n" not in str(error)
        else:
            assert all("\n" not in reason for reason in refused.values())


@given(st.text(max_size=300))
def test_a_safe_name_is_one_part_of_a_path_and_stays_as_it_is(name):
    safe = names.safe(name)
    assert safe not in ("", ".", "..") and not set(safe) & set('/\\:*?"<>|\0\n') and not safe.startswith(".")
    assert len(safe.encode("utf-8")) <= 200 and safe == safe.strip()
    assert names.safe(safe) == safe == names.safe(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize("name, safe", [
    ("Zoë  Ångström ", "Zoë Ångström"), ("李 小龍", "李 小龍"), ("../x", "_._x"), (".hidden", "_hidden"), ("", "_"),
    ("a/b:c", "a_b_c"), ("CON", "_CON"), ("nul.ipynb", "_nul.ipynb"), ("O'Brien, Conan", "O'Brien, Conan"),
    ("líne\nbreak\x07", "líne break_"), ("\u200fأحمد\u202e", "أحمد"), ("J. R.", "J. R_"),
])
def test_safe_names(name, safe):
    assert names.safe(name) == safe


def test_long_names_that_differ_at_the_end_stay_different():
    first, second = names.safe("é" * 300 + "1"), names.safe("é" * 300 + "2")
    assert first != second and first[:90] == second[:90]


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=8), min_size=2, max_size=4), st.integers(1, 3))
def test_a_name_is_found_with_its_last_words_first(words, start):
    turned = words[start % len(words):] + words[: start % len(words)]
    assert names.key(" ".join(turned).upper()) in {names.key(name.upper()) for name in names.orders(" ".join(words))}
