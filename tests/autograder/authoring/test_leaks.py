"""Many lines looked up in a text at once: the same as each looked for by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.authoring import leaks

LINES = ["return 2 * x", "return 2 * y", "return 2 * x + 1", "return 2", "return", "", "y = x", "x" * 40, *map("line {:04}".format, range(20))]


@pytest.mark.parametrize("count", [2, leaks.FEW, leaks.FEW + 1, len(LINES)])
@pytest.mark.parametrize("text", [
    "", "nothing", "    return 2 * x", "return 2 * y\nreturn 2 * x + 1", "x" * 45, "line 0003 line 0017", "line 00", "return 2",
    "first\nreturn 2 * x\nreturn 2 * x", "the end is line 0019",
])
def test_the_lines_of_a_text_are_found_with_their_first_positions(count, text):
    origins = dict.fromkeys(LINES[:count], "somewhere")
    assert leaks._Lines(origins).find(text) == [(line, text.find(line)) for line in origins if line in text]


@given(lines=st.lists(st.text("ab", max_size=12), max_size=30), text=st.text("ab\n", max_size=60))
def test_whatever_the_lines_and_the_text_are(lines, text):
    origins = dict.fromkeys(lines, "somewhere")
    assert leaks._Lines(origins).find(text) == [(line, text.find(line)) for line in origins if line in text]
