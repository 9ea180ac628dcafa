"""Find what must never reach students: lines of solutions, hidden tests, marking schemes and answer banks.

A notebook must not contain a telling line of a solution or a hidden test, nor two consecutive lines of an answer
bank's file; a single line may be an idiom. A line of a hidden test may be an idiom, too, and is allowed if students
see it in a test cell or in the module of the visible checks, such as `checks.close(` above its arguments, or in
other code, where it must be short or only open a block. Any other text, such as a module that students import, may
share short idioms with a solution, but no long line. No file at all may contain the markers around solutions,
hidden tests and marking schemes.

A file that is to show some of it, such as a published solution, is searched for everything else: `without`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import nbformat
from nbgrader.utils import is_grade, is_solution

from autograder.authoring import build
from autograder.course import Course
from autograder.notebooks import grade_id, regions, telling_lines, without_regions

LONG = 25  # characters; a line of this length in two places is unlikely to be an idiom
BEGINNING = 8  # characters by which a line is looked up
FEW = 10  # lines that are looked for one by one
IDIOM = ("def __init__(self):", "super().__init__()")  # every Keras layer and model begins with these


@dataclass(frozen=True)
class Leak:
    """A text that gives something away: the file, the place in it, the text, and where it comes from."""

    path: Path
    place: str
    text: str
    origin: str

    def __str__(self) -> str:
        return f"{self.path}, {self.place}: {self.text!r} is {self.origin}"


@dataclass
class Secrets:
    """What a course keeps from students. Each dict maps a text to a description of where it comes from.

    Attributes
    ----------
    marks : dict
        the markers around solutions, hidden tests and marking schemes.
    lines : dict
        the telling lines of solutions, hidden tests and marking schemes.
    openings : dict
        the first lines of the answer banks' files, which are comments on what is different about each answer.
    pairs : dict
        the pairs of consecutive lines in the answer banks' files, without those that are also in a stub.
    """

    marks: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    openings: dict[str, str] = field(default_factory=dict)
    pairs: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Part:
    """A text in a file, with its place and its kind."""

    place: str
    text: str
    kind: str = "text"  # or "notebook", or "binary"


def secrets(course: Course) -> Secrets:
    """Collect what must be kept from students in the solution notebooks and answer banks of all assignments."""
    marks = course.marks
    found = Secrets()
    solved: dict[str, str] = {}
    hidden: dict[str, str] = {}
    shown: list[str] = []
    stubs: set[tuple[str, str]] = set()
    for words in (marks.solution, marks.hidden_tests, marks.mark_scheme):
        found.marks |= dict.fromkeys(words, "a marker of what students must not see")
    for assignment in course.assignments():
        for path in sorted((course.source / assignment).glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            shown += build.visible_checks(course, notebook).values()
            for cell in notebook.cells:
                cell_name = f"cell {grade_id(cell)!r} of {assignment}"
                for region in regions(cell.source, marks.solution):
                    solved |= dict.fromkeys(telling_lines(region), f"a line of the solution in {cell_name}")
                for region in regions(cell.source, marks.mark_scheme):
                    solved |= dict.fromkeys(telling_lines(region), f"a line of the marking scheme in {cell_name}")
                for region in regions(cell.source, marks.hidden_tests):
                    hidden |= dict.fromkeys(telling_lines(region), f"a line of a hidden test in {cell_name}")
                visible = cell.source
                for words in (marks.solution, marks.mark_scheme, marks.hidden_tests):
                    visible = without_regions(visible, words)
                if is_grade(cell) and not is_solution(cell):
                    shown.append(visible)
                elif cell.cell_type == "code":
                    shown += [line for line in visible.splitlines() if len(line) < LONG or line.endswith(":")]
                if is_solution(cell):
                    stubs |= {pair for _, pair in _pairs(without_regions(cell.source, marks.solution))}
        for path in sorted((course.source / assignment / "answers").rglob("*.py")):
            text, name = path.read_text(encoding="utf-8"), path.relative_to(course.source)
            found.openings |= dict.fromkeys(text.splitlines()[:1], f"the first line of {name}")
            found.pairs |= {pair: f"in {name}" for _, pair in _pairs(text)}
    text = "\n".join(shown)
    found.lines = {line: origin for line, origin in hidden.items() if line not in text} | solved
    for pair in [IDIOM, *stubs]:
        found.pairs.pop(pair, None)
    return found


def without(secret: Secrets, text: str) -> Secrets:
    """The same secrets but for the lines, and the pairs of lines, that are in a text which students may see."""
    known = {pair for _, pair in _pairs(text)}
    return Secrets(
        secret.marks, {line: origin for line, origin in secret.lines.items() if line not in text},
        secret.openings, {pair: origin for pair, origin in secret.pairs.items() if pair not in known})


def find(secret: Secrets, root: Path, paths: Iterable[Path]) -> list[Leak]:
    """Find everything in some files below `root` that gives something away.

    Parameters
    ----------
    secret : Secrets
        what the course keeps from students.
    root : Path
        the folder whose files go to students.
    paths : iterable of Path
        the files to search. The members of a zip archive, such as NumPy's, are searched one by
        one; binary files are searched only for the markers.
    """
    in_notebooks = _Lines(secret.marks | secret.openings | secret.lines)
    long_enough = {line: origin for line, origin in secret.lines.items() if len(line) >= LONG}
    lines = {"notebook": in_notebooks, "text": _Lines(secret.marks | secret.openings | long_enough),
             "binary": _Lines(secret.marks)}
    return [
        Leak(path.relative_to(root), f"{part.place}line {number}", text, origin)
        for path in paths
        for part in _parts(path.name, path.read_bytes())
        for number, text, origin in _look_into(part, lines[part.kind], secret.pairs)
    ]


class _Lines:
    """Finds which of many lines a text contains, in a time that hardly grows with the number of lines.

    Parameters
    ----------
    origins : dict of str
        for each line where it comes from.
    """

    def __init__(self, origins: dict[str, str]) -> None:
        self.origins = origins
        shortest = BEGINNING if len(origins) > FEW else 1 << 30  # a few lines are looked for one by one
        self.alone = [line for line in origins if len(line) < shortest]
        self.by_beginning: dict[str, list[str]] = {}
        for line in origins:
            if len(line) >= shortest:
                self.by_beginning.setdefault(line[:BEGINNING], []).append(line)

    def find(self, text: str) -> list[tuple[str, int]]:
        """Return the lines that are in a text, each with the position where it first begins."""
        found = {line: at for line in self.alone if (at := text.find(line)) >= 0}
        if self.by_beginning:
            for at in range(len(text) - BEGINNING + 1):
                for line in self.by_beginning.get(text[at:at + BEGINNING], ()):
                    if line not in found and text.startswith(line, at):
                        found[line] = at
        return [(line, found[line]) for line in self.origins if line in found]


def _parts(name: str, content: bytes) -> Iterator[_Part]:
    """Yield the texts in a file: an archive's members, a notebook's cells and the rest of it, or the whole file."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                for part in _parts(member, archive.read(member)):
                    yield _Part(f"{member}, {part.place}", part.text, part.kind)
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        yield _Part("", content.decode("latin-1"), "binary")
        return
    if not name.endswith(".ipynb"):
        yield _Part("", text)
        return
    try:
        notebook = nbformat.reads(text, as_version=4)
    except ValueError:
        yield _Part("", text, "notebook")
        return
    for index, cell in enumerate(notebook.cells, start=1):
        yield _Part(f"cell {index} ({grade_id(cell) or 'no name'}), ", cell.pop("source"), "notebook")
    yield _Part("outputs and metadata, ", "\n".join(_strings(notebook)), "notebook")


def _strings(value: object) -> Iterator[str]:
    """Yield every string in a JSON value."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


def _look_into(part: _Part, lines: _Lines, pairs: dict[tuple[str, str], str]) -> Iterator[tuple[int, str, str]]:
    """Yield the line number, text and origin of each leak in a text."""
    for line, at in lines.find(part.text):
        yield part.text.count("\n", 0, at) + 1, line, lines.origins[line]
    if part.kind == "notebook":
        for number, pair in _pairs(part.text):
            if pair in pairs:
                yield number, " / ".join(pair), pairs[pair]


def _pairs(text: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the number of each line with the pair of this line and the next, both stripped.

    Blank lines are skipped, and so are pairs in which a line has fewer than 8 characters.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for (number, first), (_, second) in pairwise(lines):
        if min(len(first), len(second)) >= 8:
            yield number, (first, second)
