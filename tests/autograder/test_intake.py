"""The bytes of a submission become a notebook, or one sentence; what can be read of a damaged one is."""

import json

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
        intake.read(intake.fetch(path), path.name)
    assert sentence in str(info.value) and "\n" not in str(info.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "LARGEST", 10)
    path = tmp_path / "sums.ipynb"
    path.write_bytes(b"x" * 11)
    with pytest.raises(Unreadable, match="clear its outputs"):
        intake.read(intake.fetch(path), path.name)


def test_notebook_format_3_and_a_byte_order_mark_are_read(tmp_path, version):
    old = nbformat.convert(submission(version, double=DOUBLE), 3)
    path = tmp_path / "sums.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(old).encode())
    notebook = intake.read(intake.fetch(path), path.name).notebook
    assert notebook.nbformat == 4
    assert DOUBLE in [cell.source for cell in notebook.cells]


