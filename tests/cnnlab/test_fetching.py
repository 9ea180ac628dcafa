"""Data files are found wherever a notebook stands, or fetched once, whole; every mishap is one sentence."""

import functools
import hashlib
import http.server
import json
import os
import re
import subprocess
import sys
import threading

import pytest
from conftest import REPOSITORY

from autograder import course as courses
from autograder.authoring import build
from cnnlab import datasets, files, runs, welcome

CONTENT = bytes(range(256)) * 4000
SUM = hashlib.sha256(CONTENT).hexdigest()
NAME, RUN = "mnist.npz", "runs/x.json"
STORED = json.dumps({"date": "2026-01-02", "minutes": 3, "machine": "M", "versions": "V", "results": {"a": 1}}).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    """A server that sends files, and can be told to do it badly."""

    def do_GET(self):
        self.server.asked.append(self.path)
        content = self.server.files.get(self.path)
        if content is None:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: self.server.breaks_off_after])

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked, server.breaks_off_after = [], None
        server.files = {f"/school/course/raw/v1/data/{NAME}": CONTENT, f"/school/course/raw/v1/data/{RUN}": STORED}
        server.repository = f"http://127.0.0.1:{server.server_port}/school/course"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def installed(tmp_path, monkeypatch, server):
    """As where only the package is installed: no `data/` beside it, and an empty cache; returns the cache."""
    for name in ("CNNLAB_DATA", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CNNLAB_BUDGET", "cpu")
    monkeypatch.setattr(files, "BESIDE", tmp_path / "site-packages" / "data")
    monkeypatch.setattr(files, "COURSE", tmp_path / "course.json")
    monkeypatch.setattr(files, "cache", lambda: tmp_path / "cache")
    know(tmp_path, server.repository)
    return tmp_path / "cache"


def know(folder, repository):
    sums = {NAME: SUM, RUN: hashlib.sha256(STORED).hexdigest()}
    (folder / "course.json").write_text(json.dumps({"repository": repository, "version": "v1", "files": sums}))


def test_a_file_is_fetched_once_and_kept_and_how_far_it_is_is_shown(installed, server, capsys):
    assert files.find(NAME) is None
    assert files.read(NAME, SUM) == CONTENT
    shown = capsys.readouterr().out
    assert shown.count("\n") == 1 and shown.endswith(f"\rFetching {NAME}, once: [####################] 1.0 of 1.0 MB\n")
    assert files.find(NAME) == installed / NAME and os.listdir(installed) == [NAME]
    assert files.read(NAME, SUM) == CONTENT and capsys.readouterr().out == ""
    assert server.asked == [f"/school/course/raw/v1/data/{NAME}"]


def test_a_stored_run_is_fetched_with_the_checksum_that_the_course_states(installed, server, capsys):
    assert runs.load("x") == {"a": 1} == runs.load("x")
    assert "Measured on 2026-01-02 in 3 minutes" in capsys.readouterr().out and len(server.asked) == 1
    server.files[server.asked[0]] = STORED.replace(b"1", b"2")
    (installed / RUN).write_bytes(b"{}")  # of an earlier version, or damaged: fetched again, and not taken
    with pytest.raises(files.DataError, match=r"what came is another file: \d+ bytes"):
        runs.load("x")
    with pytest.raises(files.DataError, match="the course has no such file"):
        runs.load("y")


@pytest.mark.parametrize("repository", ["", ".git", "/"])
def test_the_address_is_that_of_the_raw_file_at_the_tag(installed, tmp_path, repository):
    know(tmp_path, f"https://github.com/school/course{repository}")
    assert files.address(NAME) == f"https://github.com/school/course/raw/v1/data/{NAME}"


def test_the_folder_that_a_variable_names_comes_first_and_is_the_only_one(installed, tmp_path, monkeypatch, server):
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("CNNLAB_DATA", str(own))
    with pytest.raises(files.DataError, match=f"not in {own}, the folder that CNNLAB_DATA names: put it there, or unset"):
        files.read(NAME, SUM)
    (own / NAME).write_bytes(CONTENT)
    assert files.read(NAME, SUM) == CONTENT and files.find(NAME) == own / NAME
    assert server.asked == [] and not installed.exists()


def test_what_lies_beside_the_package_comes_before_the_cache(installed, server):
    files.BESIDE.mkdir(parents=True)
    (files.BESIDE / NAME).write_bytes(CONTENT)
    assert files.read(NAME, SUM) == CONTENT and files.find(NAME) == files.BESIDE / NAME and server.asked == []
    (files.BESIDE / NAME).write_bytes(b"cut")
    with pytest.raises(files.DataError, match="is damaged.*git checkout"):
        files.read(NAME, SUM)


def test_a_wrong_checksum_is_not_kept(installed, server):
    server.files[f"/school/course/raw/v1/data/{NAME}"] = b"<html>Log in, please.</html>"
    with pytest.raises(files.DataError, match=f"another file: 28 bytes .*{SUM}.*log in.*go online") as info:
        files.read(NAME, SUM)
    assert "\n" not in str(info.value) and not installed.exists()


def test_a_connection_that_breaks_off_leaves_nothing_and_the_next_try_succeeds(installed, server):
    server.breaks_off_after = 600_000
    with pytest.raises(files.DataError, match=r"the connection broke off after [\d,]+ bytes\): go online and run") as info:
        files.read(NAME, SUM)
    assert "\n" not in str(info.value) and not installed.exists()
    server.breaks_off_after = None
    assert files.read(NAME, SUM) == CONTENT


def test_without_a_server_one_sentence_says_what_is_missing_and_where_it_was_looked_for(installed, server, tmp_path):
    know(tmp_path, "http://127.0.0.1:9/school/course")  # the port of no service
    with pytest.raises(files.DataError) as info:
        files.read(NAME, SUM)
    said = str(info.value)
    for part in (NAME, str(files.BESIDE), str(installed), "http://127.0.0.1:9/school/course/raw/v1/data/mnist.npz",
                 "(no connection): go online and run this cell again", "tell your teacher."):
        assert part in said
    assert "\n" not in said and not installed.exists()


def test_what_the_server_does_not_have_is_one_sentence(installed, server):
    server.files.clear()
    with pytest.raises(files.DataError, match=r"the server answers 404 Not Found\)"):
        files.read(NAME, SUM)


@pytest.mark.parametrize("repository", ["", "git@github.com:school/course"])
def test_a_repository_that_nothing_can_be_fetched_from_is_one_sentence(installed, tmp_path, repository):
    know(tmp_path, repository)
    with pytest.raises(files.DataError, match="does not know where to fetch it|No connection adapters|Invalid URL") as info:
        files.read(NAME, SUM)
    assert "\n" not in str(info.value)


def test_a_package_that_knows_no_course_is_one_sentence(installed, tmp_path):
    (tmp_path / "course.json").unlink()
    with pytest.raises(files.DataError, match="does not know where to fetch it: ask your teacher.*CNNLAB_DATA"):
        files.read(NAME, SUM)


def test_nothing_is_fetched_while_notebooks_are_graded(installed, server, monkeypatch):
    monkeypatch.setenv("CNNLAB_BUDGET", "grading")
    with pytest.raises(files.DataError, match="nothing is fetched while notebooks are graded"):
        files.read(NAME, SUM)
    assert server.asked == []


def test_a_cache_that_cannot_be_written_costs_another_fetch_and_no_more(installed, server, capsys, monkeypatch):
    installed.mkdir()
    with monkeypatch.context() as patch:  # a person can be root, for whom nothing is read-only
        patch.setattr(files.tempfile, "mkstemp", functools.partial(_refuse, 30, "Read-only file system"))
        assert files.read(NAME, SUM) == CONTENT
    assert f"{NAME} cannot be kept in {installed} (Read-only file system): it is fetched again" in capsys.readouterr().out
    with monkeypatch.context() as patch:
        patch.setattr(files.os, "replace", functools.partial(_refuse, 28, "No space left on device"))
        assert files.read(NAME, SUM) == CONTENT
    assert os.listdir(installed) == [] and len(server.asked) == 2
    installed.rmdir()
    installed.write_text("a file, where the folder should be")
    assert files.read(NAME, SUM) == CONTENT


def _refuse(number, text, *_, **__):
    raise OSError(number, text)


def test_of_two_threads_one_fetches_and_both_have_it(installed, server):
    found = []
    threads = [threading.Thread(target=lambda: found.append(files.read(NAME, SUM))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [CONTENT, CONTENT] and len(server.asked) == 1 and os.listdir(installed) == [NAME]


def test_two_notebooks_at_once_both_have_it(installed, server, tmp_path):
    code = (
        "import pathlib, sys; from cnnlab import files; folder = pathlib.Path(sys.argv[1])\n"
        "files.BESIDE, files.COURSE = folder / 'none', folder / 'course.json'\n"
        "files.cache = lambda: folder / 'cache'\n"
        f"assert len(files.read({NAME!r}, {SUM!r})) == {len(CONTENT)}")
    notebooks = [subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=REPOSITORY, stdout=subprocess.DEVNULL)
                 for _ in range(3)]
    assert [notebook.wait(60) for notebook in notebooks] == [0, 0, 0]
    assert (installed / NAME).read_bytes() == CONTENT and os.listdir(installed) == [NAME]


def test_the_cache_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert files.cache() == tmp_path / "cnnlab"
    assert files.cache().is_absolute()


def test_course_json_is_what_the_build_writes_and_has_the_known_checksums():
    stated = json.loads((REPOSITORY / "cnnlab" / build.ORIGIN).read_text(encoding="utf-8"))
    assert stated == build.origin(courses.load(REPOSITORY))
    assert {name: stated["files"][name] for name in datasets.CHECKSUMS} == datasets.CHECKSUMS
    assert {name for name in stated["files"] if name.startswith("runs/")} == {
        f"runs/{path.name}" for path in (REPOSITORY / "data" / "runs").glob("*.json")}


def test_the_stated_sizes_are_those_of_the_files():
    for name, size in datasets.MEGABYTES.items():
        assert abs((REPOSITORY / "data" / name).stat().st_size / 1e6 / size - 1) < 0.05
        assert re.search(rf"`{name}`.* {(REPOSITORY / 'data' / name).stat().st_size} ", (REPOSITORY / "data" / "README.md").read_text())


def test_ready_says_what_will_be_fetched_and_not_ready_where_nothing_can_be(installed, tmp_path):
    installed.mkdir()
    (installed / "photographs.npz").touch()
    assert welcome.data_sets() == (
        True, " Fetched from the course's repository at first use, once: mnist.npz (11 MB), cifar10.npz (34 MB).")
    know(tmp_path, "")
    ready, more = welcome.data_sets()
    assert not ready and more.startswith(" The data file mnist.npz is neither in ") and "\n" not in more


def test_where_everything_is_there_ready_says_no_more():
    assert welcome.data_sets() == (True, "")
