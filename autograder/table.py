"""Our tables, as CSV: written whole, safe to open in a spreadsheet program, and read after one has saved them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from autograder.plain import csv_cell, from_csv_cell

SEPARATORS = ",;\t"


def as_bytes(kind: type, rows: Iterable) -> bytes:
    """A table in UTF-8.

    Parameters
    ----------
    kind : type
        the dataclass of its rows, all texts: its fields are the columns.
    rows : iterable of kind
        gone through once.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [field.name for field in fields(kind)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: csv_cell(value) for name, value in asdict(row).items()} for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def read(path: Path, kind: type) -> list:
    """The rows of a table; none where there is no such file, or it was made something else.

    Other separators and line ends, a byte-order mark, and columns that were added, moved or taken out do
    not matter, as long as the first column is there.
    """
    names = [field.name for field in fields(kind)]
    try:
        text = path.read_bytes().decode("utf-8-sig")
        separator = max(SEPARATORS, key=text.partition("\n")[0].count)
        lines = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
        return [kind(**{name: from_csv_cell(line.get(name) or "") for name in names})
                for line in lines if line.get(names[0])]
    except (OSError, ValueError, csv.Error):
        return []
