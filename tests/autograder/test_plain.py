"""Text of unknown origin on one printable line, and in a CSV that no spreadsheet program takes for formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.plain import NOT_SHOWN, csv_cell, is_plain, plain


@pytest.mark.parametrize("text, shown", [
    ("Zoë Ångström", "Zoë Ångström"),
    ("a\r\n b\t\x0bc", "a b c"),
    ("\x1b[31mred\x1b[0m", "red"),
    ("\x1b]0;title\x07", f"{NOT_SHOWN}]0;title{NOT_SHOWN}"),
    ("\x9b2J", f"{NOT_SHOWN}2J"),
    ("half \ud83d", f"half {NOT_SHOWN}"),
    ("right\u202eleft", f"right{NOT_SHOWN}left"),
    ("line\u2028end", "line end"),
    ("x" * 600, "x" * 497 + "..."),
])
def test_plain(text, shown):
    assert plain(text) == shown


@given(st.text(st.characters(), max_size=1000))
def test_any_text_is_one_line_that_can_be_printed_and_written(text):
    shown = plain(text)
    shown.encode("utf-8")
    assert len(shown) <= 500 and len(shown.splitlines()) <= 1
    assert not any(c in shown for c in "\x00\x07\x1b\x7f\x9b\u202e")
    assert plain(shown) == shown


@pytest.mark.parametrize("name, sound", [
    ("ada", True), ("Zoë Ångström", True), ("=1+1", True), ("eve\nalice", False), ("ren\udce9e", False), (" ada", False),
    ("a" * 501, False),
])
def test_names_that_can_be_ids(name, sound):
    assert is_plain(name) == sound


@pytest.mark.parametrize("text, cell", [
    ("ada", "ada"), ("2.5", "2.5"), ("-1", "-1"), ("-1e-05", "-1e-05"), ("", ""),
    ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+cmd", "'+cmd"), ("-2+3", "'-2+3"), ("@SUM(1)", "'@SUM(1)"),
    ("'=1", "''=1"), ("it's", "it's"), ("'quoted'", "'quoted'"),
])
def test_a_formula_is_a_text_in_a_csv(text, cell):
    assert csv_cell(text) == cell
