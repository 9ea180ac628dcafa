"""Text of unknown origin, as a person may see it.

Names of students and files, and what an error says, can hold anything. Before one of them becomes a row,
a line of a log or of a terminal, or a cell of a CSV, it goes through here.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 500  # characters of one sentence
NOT_SHOWN = "\ufffd"
_COLOURS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # what IPython writes around words; taken out whole
_KINDS = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # controls, invisible marks, halves of characters, line ends
JOINERS = "\u200c\u200d"  # two invisible marks that some scripts and emoji need
_FORMULA = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20]")  # also as wide as a Chinese character
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def plain(text: str, longest: int = LONGEST) -> str:
    """The text on one line of at most so many characters, with nothing that a terminal or a page obeys.

    White space and line ends become single spaces; what cannot be shown becomes a mark of replacement; a
    text that is cut ends with `...`.
    """
    text = _COLOURS.sub("", text[: 20 * longest])
    text = " ".join(text.split())
    text = visible(text)
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."


def visible(text: str, kinds: tuple[str, ...] = _KINDS) -> str:
    """The text with a mark of replacement for each character of certain kinds (Unicode's categories)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(NOT_SHOWN if unicodedata.category(c) in kinds and c not in JOINERS else c for c in text)


def is_plain(text: str) -> bool:
    """Whether a name is as `plain` would have it, so that it can be an id."""
    return plain(text) == text


def csv_cell(text: str) -> str:
    """A cell of a CSV that no spreadsheet program takes for a formula: an apostrophe goes before one."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
