"""Files written whole or not at all, and tables for people."""

from dataclasses import dataclass

import pytest

from autograder import files


@dataclass(frozen=True)
class Row:
    student: str
    score: str
    note: str = ""


def test_a_table_holds_no_formula():
    rows = [Row("=cmd|'x'!A0", "-1.5"), Row("Zoë", "2", 'say "no", or; not'), Row("'=twice", "")]
    assert files.csv_table(Row, rows).decode() == (
        "student,score,note\n'=cmd|'x'!A0,-1.5,\nZoë,2,\"say \"\"no\"\", or; not\"\n''=twice,,\n")


def test_a_file_that_cannot_be_written_whole_stays_what_it_was(tmp_path, monkeypatch):
    path = tmp_path / "folder" / "scores.csv"
    files.write_whole(path, b"before")

    def fails(*_):
        raise OSError("the disk is full")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr(files.os, "fsync", fails)
        files.write_whole(path, b"after")
    assert path.read_bytes() == b"before" and list(path.parent.iterdir()) == [path]
    files.write_whole(path, b"after")
    assert path.read_bytes() == b"after"
