"""Our tables, after a spreadsheet program has had them."""

from dataclasses import dataclass

import pytest

from autograder import table


@dataclass(frozen=True)
class Row:
    student: str
    score: str
    note: str = ""


ROWS = [Row("=cmd|'x'!A0", "-1.5"), Row("Zoë", "2", 'say "no", or; not'), Row("'=twice", "")]


def test_a_table_comes_back_and_holds_no_formula(tmp_path):
    content = table.as_bytes(Row, ROWS)
    assert b"\n'=cmd" in content and b",-1.5," in content
    (tmp_path / "t.csv").write_bytes(content)
    assert table.read(tmp_path / "t.csv", Row) == ROWS


@pytest.mark.parametrize("content", [
    "\ufeffstudent;score;note\r\nada;2;\r\n", "student\tscore\tnote\nada\t2\t\n", "score,mine,student\n2,x,ada\n",
    "student,score,note,,\nada,2,,,\n,,,,\n", '"student","score"\r"ada","2"\r'.replace("\r", "\n"),
])
def test_it_is_read_as_a_spreadsheet_program_saves_it(tmp_path, content):
    (tmp_path / "t.csv").write_text(content, encoding="utf-8", newline="")
    assert table.read(tmp_path / "t.csv", Row) == [Row("ada", "2")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\xff", b"a,b\n1,2\n", b'student\n"' + b"x" * 200_000])
def test_what_is_no_such_table_has_no_rows(tmp_path, content):
    (tmp_path / "t.csv").write_bytes(content)
    assert table.read(tmp_path / "t.csv", Row) == []
