"""Make text of unknown origin safe to show.

The names of students and files and the text of errors can contain anything. They go through here before they
become a row, a line in a log or on a terminal, or a cell of a CSV file.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 500  # characters of one sentence
NOT_SHOWN = "\ufffd"
_COLOURS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # terminal colours, as in IPython's messages; removed entirely
_KINDS = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # control and format characters, surrogates, private use, line ends
JOINERS = "\u200c\u200d"  # two invisible characters that some scripts and emoji need
_FORMULA = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20]")  # the last four are full-width forms
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def plain(text: str, longest: int = LONGEST) -> str:
    """Return the text on one line of at most `longest` characters, without anything that a terminal or page interprets.

    White space and line ends become single spaces. Characters that cannot be shown become replacement characters.
    A text that is cut ends with `...`.
    """
    text = _COLOURS.sub("", text[: 20 * longest])
    text = " ".join(text.split())
    text = visible(text)
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."


def visible(text: str, kinds: tuple[str, ...] = _KINDS) -> str:
    """Return the text with a replacement character for each character of the given Unicode categories."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(NOT_SHOWN if unicodedata.category(c) in kinds and c not in JOINERS else c for c in text)


def is_plain(text: str) -> bool:
    """Return whether `plain` leaves a name unchanged, so that it can be an id."""
    return plain(text) == text


def csv_cell(text: str) -> str:
    """Return a CSV cell that no spreadsheet program takes for a formula, by prefixing an apostrophe if necessary."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
