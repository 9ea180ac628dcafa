"""The summary that a run of `collect` gives to the person who started it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.collect import table

SHOWN = 20  # lines of each kind in the terminal; the table has all
LINES = {
    "refused": "{row.where} in {row.source}: refused: it {row.note}.",
    "unmatched": "{row.where}: unmatched: {row.note}.",
    "missing": "{row.name} ({row.student}): {row.note}.",
}


@dataclass(frozen=True)
class Summary:
    """The result of a run of `collect`.

    Attributes
    ----------
    path : Path
        the table.
    rows : list of Row
        the rows of the table.
    students, new : int
        the number of students with hand-ins in the source, and of hand-ins that were not there before.
    elsewhere : int
        the number of files of other assignments, which were left alone.
    """

    path: Path
    rows: list[table.Row]
    students: int
    new: int
    elsewhere: int

    def sentences(self) -> Iterator[str]:
        """Yield what a person has to know: what was collected, and each file that was not."""
        yield f"Collected {_count(self.students, 'student')}, {_count(self.new, 'new hand-in')}."
        if self.elsewhere:
            yield f"{_count(self.elsewhere, 'file')} of other assignments were left alone."
        for status, line in LINES.items():
            rows = [row for row in self.rows if row.status == status]
            for row in rows[:SHOWN]:
                yield line.format(row=row)
            if len(rows) > SHOWN:
                yield f"... and {len(rows) - SHOWN:,} more that are {status}."
        late = [row.student for row in self.rows if row.status == "counts" and row.late]
        if late:
            yield f"Late, and nothing in time: {', '.join(late)}."
        if any(row.status == "unmatched" for row in self.rows):
            yield "Unmatched files are kept: give --roster or --pattern, or put the student's name into theirs."
        yield f"Wrote {self.path}."


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
