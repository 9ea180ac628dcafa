"""The first pass of a repair: recognise locked cells by their text and answers by their mark.

What is not recognised becomes fragments: submitted cells, or parts of them, without the release's own text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cached_property

from nbformat import NotebookNode

from autograder.notebooks import grade_id, is_solution, released
from autograder.repair import text as texts

SHORTEST = 12  # characters; shorter locked texts are not searched for inside other cells


@dataclass(eq=False)
class Fragment:
    """A submitted cell, or what is left of one when the release's own text is removed.

    Attributes
    ----------
    place : int
        the position of the cell in the submission, not counting empty cells.
    text, kind : str
        the text and the cell type, as submitted unless the repair changes them.
    name, id : str
        the grade_id and the cell id, as submitted unless the repair changes them.
    source : NotebookNode
        the submitted cell.
    cut : bool
        whether the fragment is only a part of the cell.
    """

    place: int
    text: str
    kind: str
    name: str
    id: str
    source: NotebookNode
    cut: bool = False


@dataclass
class AnswerCell:
    """An answer cell of the release, and the answer that was found for it.

    `python` is False for written answers and for stubs that begin with a cell magic such as `%%bash`.
    """

    index: int
    name: str
    id: str
    stub: str
    code: bool
    python: bool
    wanted: frozenset[str]
    text: str | None = None
    fragments: list[Fragment] = field(default_factory=list)


class Alignment:
    """A submission compared with its release.

    Attributes
    ----------
    answers : dict of AnswerCell
        the answer cells, by their index in the release.
    by_name : dict of AnswerCell
        the same, by grade_id.
    owners : dict of str
        for each name that an answer has to define, that answer's grade_id.
    locked : dict of list
        for the text of each cell that is not an answer, as students see it, its indices in the release.
    names : dict of int
        for the grade_id of each such cell, its index.
    copies : set of int
        the indices of locked cells that the submission contains unchanged.
    copied : dict of NotebookNode
        for the index of such a copy, the submitted cell; missing if the text was found inside another cell.
    plain : dict of Fragment
        for the index of a release cell without nbgrader's mark, the student's version of it.
    places : dict of int
        for the position of a recognised cell in the submission, its index in the release.
    in_order : list of (int, int)
        the pairs of `places` that are in the release's order; the other cells were moved.
    fragments : list of Fragment
        everything that is neither a copy of a locked cell nor in `plain`.
    """

    def __init__(self, release: NotebookNode, submitted: NotebookNode) -> None:
        self.copies: set[int] = set()
        self.copied: dict[int, NotebookNode] = {}
        self.plain: dict[int, Fragment] = {}
        self.places: dict[int, int] = {}
        self.answers = {
            index: _answer(index, cell) for index, cell in enumerate(release.cells) if is_solution(cell)}
        self.by_name = {answer.name: answer for answer in self.answers.values()}
        self.owners = {
            name: answer.name for answer in self.answers.values() for name in answer.wanted}
        self._read_release(release)
        cells = [cell for cell in submitted.cells if cell.source.strip()]  # the others are empty
        self.fragments = self._divide(
            [fragment for place, cell in enumerate(cells) for fragment in self._recognise(place, cell)])
        for fragment in self.fragments:
            if fragment.name in self.by_name:
                self.places.setdefault(fragment.place, self.by_name[fragment.name].index)
        self.in_order = _longest_increasing(sorted(self.places.items()))

    @cached_property
    def known(self) -> frozenset[str]:
        """The names that the release or the submission binds, which an answer may therefore use."""
        return frozenset(name for text in (*self.locked, *(fragment.text for fragment in self.fragments))
                         for name in texts.binds(text))

    def anchor(self, place: int) -> int:
        """The index in the release after which a student's own cell at `place` belongs; -1 if before all cells."""
        return max((index for other, index in self.in_order if other < place), default=-1)

    def in_place(self, answer: AnswerCell, place: int) -> bool:
        """Whether `place` lies between the recognised cells around an answer."""
        before = max((other for other, index in self.in_order if index < answer.index), default=-1)
        after = min((other for other, index in self.in_order if index > answer.index), default=1 << 30)
        return before <= place <= after

    def where(self, answer: AnswerCell, place: int) -> str:
        """The direction from an answer's own position to `place`, in words."""
        before = max((other for other, index in self.in_order if index < answer.index), default=-1)
        return "further down" if place > before else "further up"

    def is_known(self, name: str) -> bool:
        """Whether a grade_id belongs to an answer of this release."""
        return name in self.by_name

    def of_others(self, answer: AnswerCell, fragment: Fragment) -> bool:
        """Whether a fragment defines a name that another answer has to define."""
        return any(self.owners.get(name, answer.name) != answer.name for name in texts.defined(fragment.text))

    def _read_release(self, release: NotebookNode) -> None:
        self.locked: dict[str, list[int]] = {}
        self.names: dict[str, int] = {}
        self._plain_ids: dict[str, int] = {}
        for index, cell in enumerate(release.cells):
            if index in self.answers:
                continue
            shown = texts.normal(released(cell))
            self.locked.setdefault(shown, []).append(index)
            if grade_id(cell):
                self.names[grade_id(cell)] = index
            elif cell.get("id"):
                self._plain_ids[cell["id"]] = index
        self._inside = sorted((t for t in self.locked if len(t) >= SHORTEST), key=len, reverse=True)

    def _recognise(self, place: int, cell: NotebookNode) -> list[Fragment]:
        """Recognise a submitted cell as a copy of a release cell, or return what is left of it as fragments."""
        text = texts.clean(cell.source)
        shown = texts.normal(text)
        if not shown:
            return []
        if shown in self.locked:
            self._copy(place, shown, cell)
            return []
        name, identity = grade_id(cell), cell.get("id", "")
        fragment = Fragment(place, text, cell.cell_type, name, identity, cell)
        if name not in self.names and name not in self.by_name and identity in self._plain_ids:
            self.plain[self._plain_ids[identity]] = fragment
            self.places[place] = self._plain_ids[identity]
            return []
        named = self.by_name.get(name)
        tidy = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
        if named and not named.python:
            self.places[place] = named.index
            return [fragment]
        if named and texts.complete(text, named.wanted):
            self.places[place] = named.index
            rest = self._cut(replace(fragment), tidy)
            return rest if len(rest) == 1 and texts.complete(rest[0].text, named.wanted) else [fragment]
        return self._cut(fragment, tidy)

    def _copy(self, place: int, shown: str, cell: NotebookNode) -> None:
        indices = self.locked[shown]
        index = next((index for index in indices if index not in self.copies), indices[-1])
        self.copies.add(index)
        self.copied[index] = cell
        self.places[place] = index

    def _cut(self, fragment: Fragment, shown: str) -> list[Fragment]:
        """Remove the release's own text from a cell that was merged with others."""
        lines, rest = set(shown.splitlines()), [shown]
        for locked in self._inside:
            if locked.partition("\n")[0] in lines and f"\n{locked}\n" in f"\n{shown}\n":
                rest = [part.strip("\n") for one in rest for part in f"\n{one}\n".split(f"\n{locked}\n")]
                self.copies.update(self.locked[locked][:1])
                fragment.cut = True
        stubs = []
        for answer in self.answers.values():
            stub = texts.normal(answer.stub)
            alike = [other for other in self.answers.values() if other.stub == answer.stub]
            if len(alike) == 1 and f"\n{stub}\n" in f"\n{shown}\n" and not texts.is_python(shown):
                rest = [part.strip("\n") for one in rest for part in f"\n{one}\n".split(f"\n{stub}\n")]
                kind = "code" if answer.code else "markdown"
                stubs.append(Fragment(fragment.place, stub, kind, answer.name, "", fragment.source, cut=True))
                fragment.name, fragment.cut = "", True
        if not fragment.cut:
            return [fragment]
        return stubs + [
            Fragment(fragment.place, part, fragment.kind, fragment.name, fragment.id, fragment.source, cut=True)
            for part in rest if part.strip()
        ]

    def _divide(self, fragments: list[Fragment]) -> list[Fragment]:
        """Divide fragments that hold several answers, if one of these answers is nowhere else."""
        holders: dict[str, set[int]] = {}
        for fragment in fragments:
            for owner in {self.owners[name] for name in texts.defined(fragment.text) if name in self.owners}:
                holders.setdefault(owner, set()).add(id(fragment))
        several = [one for where in holders.values() for one in where]
        single = {one for one in several if several.count(one) == 1}  # fragments that hold only one answer
        found = []
        for fragment in fragments:
            mine = {owner for owner, where in holders.items() if id(fragment) in where}
            alone = any(holders[owner].isdisjoint(single) for owner in mine - {fragment.name})
            parts = {}
            if len(mine) > 1 and alone:
                whole: str | None = fragment.text
                if not texts.is_python(fragment.text):
                    asked = frozenset(name for name in self.owners if self.owners[name] in mine)
                    whole = texts.within(fragment.text, asked)
                parts = texts.divided(whole, self.owners) if whole else {}
            if not parts:
                found.append(fragment)
            for owner, part in parts.items():
                part = part.strip("\n")
                found += self._cut(Fragment(fragment.place, part, "code", owner, "", fragment.source, cut=True), part)
        return found


def _answer(index: int, cell: NotebookNode) -> AnswerCell:
    code, stub = cell.cell_type == "code", texts.clean(cell.source)
    python = code and texts.asks_for_python(stub)
    wanted = texts.wanted(stub) if python else frozenset()
    return AnswerCell(index, grade_id(cell), cell.get("id", ""), stub, code, python, wanted)


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of (place, index) pairs, which are sorted by place, in which the indices increase."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, index) in enumerate(pairs):
        at = bisect_left(tails, index)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(index)
            ends.append(number)
        else:
            tails[at], ends[at] = index, number
    found, number = [], ends[-1] if ends else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
