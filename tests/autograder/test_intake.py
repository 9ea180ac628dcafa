"""The bytes of a submission become a notebook, or one sentence; what can be read of a damaged one is."""

import io
import json
import zipfile

import nbformat
import pytest
from conftest import DOUBLE, submission

from autograder import intake
from autograder.errors import Unreadable


@pytest.mark.parametrize("content, sentence", [
    (b"", "sums.ipynb is empty"),
    (b"  \n", "sums.ipynb is empty"),
    (b"{'cells': []}", "is not JSON, so not a notebook"),
    (b'{"cells": [', "is not JSON, so not a notebook"),
    (b"[1, 2]", "is JSON but not a notebook: it has no nbformat number"),
    (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "it has no list of cells"),
    (b'{"nbformat": 4, "cells": 3}', "it has no list of cells"),
    (b'{"nbformat": 7, "cells": []}', "has notebook format 7, but 4 is the newest known here"),
    (b'{"nbformat": 3, "worksheets": "none"}', "has notebook format 3 and cannot be converted"),
    (b"\xff\xfe\x00bad", "is not JSON"),
    (b"[" * 100_000, "is not JSON"),
])
def test_what_holds_no_notebook_is_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "sums.ipynb"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as info:
        intake.read(path.read_bytes(), path.name)
    assert sentence in str(info.value) and "\n" not in str(info.value)


def test_notebook_format_3_and_a_byte_order_mark_are_read(tmp_path, version):
    old = nbformat.convert(submission(version, double=DOUBLE), 3)
    path = tmp_path / "sums.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(old).encode())
    notebook = intake.read(path.read_bytes(), path.name).notebook
    assert notebook.nbformat == 4
    assert DOUBLE in [cell.source for cell in notebook.cells]




def as_bytes(notebook) -> bytes:
    return json.dumps(notebook).encode()


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


STUB, ANSWERED = {}, {"double": DOUBLE}


@pytest.mark.parametrize("files, chosen", [
    ([("sums.ipynb", STUB), ("sums (1).ipynb", ANSWERED)], "sums (1).ipynb"),
    ([("sums.ipynb", ANSWERED), ("sums (1).ipynb", ANSWERED)], "sums.ipynb"),
    ([("first.ipynb", ANSWERED), ("second.ipynb", ANSWERED)], "second.ipynb"),
    ([("work/deep/sums.ipynb", ANSWERED)], "work/deep/sums.ipynb"),
    ([("sums.ipynb.txt", ANSWERED)], "sums.ipynb.txt"),
    ([("sums.json", ANSWERED), ("notes.json", b"{}")], "sums.json"),
    ([("work.zip", zipped(**{"inner/sums.ipynb": b"@", "readme.txt": b"x"}))], None),
])
def test_of_several_files_the_one_with_the_most_answers_counts(version, files, chosen):
    contents = [(name, content if isinstance(content, bytes) else as_bytes(submission(version, **content)))
                for name, content in files]
    if chosen is None:
        with pytest.raises(Unreadable, match="inner/sums.ipynb is not JSON"):
            intake.choose(contents, version, "sums.ipynb")
        return
    found = intake.choose(contents, version, "sums.ipynb")
    assert found.name == chosen
    assert bool(found.repairs) == (len([name for name, content in files if content != b"{}"]) > 1)


def test_a_notebook_that_was_zipped_again(version):
    content = zipped(**{"__MACOSX/sums.ipynb": b"junk", "sums.ipynb": as_bytes(submission(version, double=DOUBLE))})
    found = intake.choose([("sums.ipynb", content)], version, "sums.ipynb")
    assert found.name == "sums.ipynb" and DOUBLE in [cell.source for cell in found.notebook.cells]


def test_a_zip_that_grows_too_large_is_one_sentence(version, monkeypatch):
    monkeypatch.setattr(intake, "UNPACKED", 1000)
    with pytest.raises(Unreadable, match="ask for the notebook alone"):
        intake.choose([("work.zip", zipped(**{"sums.ipynb": bytes(2000)}))], version, "sums.ipynb")


def test_a_damaged_zip_is_one_sentence(version):
    content = zipped(**{"sums.ipynb": b"x" * 500})[:100]
    with pytest.raises(Unreadable, match="work.zip is a zip that cannot be read"):
        intake.choose([("work.zip", content)], version, "sums.ipynb")


@pytest.mark.parametrize("damage, said", [
    (lambda text: text.encode("utf-8-sig"), None),
    (lambda text: text.encode("utf-16"), None),
    (lambda text: text.replace("\n", "\r\n").encode(), None),
    (lambda text: text.encode().replace(b"return", b"ret\0urn"), "it held NUL bytes"),
    (lambda text: text.replace("Because.", "Weil schön.").encode("cp1252"), "it is not in UTF-8"),
])
def test_other_encodings_are_read(version, damage, said):
    text = json.dumps(submission(version, double=DOUBLE, why="Because."), indent=1, ensure_ascii=False)
    found = intake.read(damage(text), "sums.ipynb")
    assert DOUBLE in [cell.source for cell in found.notebook.cells]
    assert [repair.what for repair in found.repairs] == ([said] if said else [])


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(version):
    text = json.dumps(submission(version, double=DOUBLE, area="def area(r):\n    return 3"), indent=1)
    whole = text.index("return 3") + 10
    for end in range(text.index('"double"'), len(text), 37):
        try:
            found = intake.read(text[:end].encode(), "sums.ipynb")
        except Unreadable as problem:
            assert "\n" not in str(problem)
            continue
        assert found.repairs[0].kind == "damaged" and "it is whole up to" in found.repairs[0].sentence
        assert json.dumps(found.notebook.cells[-1].source)[1:-1] in text
        assert end < whole or "def area(r):\n    return 3" in [cell.source for cell in found.notebook.cells]


def test_two_hundred_megabytes_of_outputs_are_not_kept(version):
    notebook = json.loads(json.dumps(submission(version, double=DOUBLE)))
    notebook["cells"][2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 200_000_000}]
    found = intake.read(json.dumps(notebook).encode(), "sums.ipynb")
    assert len(json.dumps(found.notebook)) < 10_000
