"""Which submitted text is which cell of the release, and how sure that is.

A locked cell is recognised by its text, an answer by its grade_id; where that is missing or does not
fit, by its cell id, by the functions and classes that its stub asks for, and by its place between
the locked cells around it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from difflib import get_close_matches

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from autograder.notebooks import HIDDEN_TESTS, grade_id, without_regions
from autograder.repair import text as texts
from autograder.repair.notes import SURE, Repair

PARTS = 4  # that a split answer is looked for in, beside the first
SHORTEST = 12  # characters of a locked text that is looked for inside other cells


@dataclass(eq=False)
class Piece:
    """A submitted cell, or the part of one that is left when the release's own text is taken out.

    Attributes
    ----------
    place : int
        of the cell in the submission.
    text, kind : str
        its text, and its type as submitted.
    name, id : str
        the grade_id and cell id that it was submitted with.
    source : NotebookNode
        the cell.
    cut : bool
        whether something was taken out.
    """

    place: int
    text: str
    kind: str
    name: str
    id: str
    source: NotebookNode
    cut: bool = False


@dataclass
class Answer:
    """An answer cell of the release, and what was found for it."""

    index: int
    name: str
    id: str
    stub: str
    code: bool
    wanted: frozenset[str]
    text: str | None = None
    pieces: list[Piece] = field(default_factory=list)


class Matching:
    """The result: `answers` by release index, `unclaimed` pieces, the places of what was recognised.

    Attributes
    ----------
    answers : dict of Answer
        for the index of each answer cell in the release.
    plain : dict of Piece
        for the index of a release cell without any mark, what the student has in its place.
    copies : set of int
        the indices of locked cells that the submission has unchanged.
    unclaimed : list of Piece
        the student's own cells, in the submission's order.
    repairs : list of Repair
    """

    def __init__(self, release: NotebookNode, submitted: NotebookNode) -> None:
        self.repairs: list[Repair] = []
        self.copies: set[int] = set()
        self.plain: dict[int, Piece] = {}
        self.places: dict[int, int] = {}  # of a submitted cell: the release cell it is
        self.answers = {
            index: _answer(index, cell) for index, cell in enumerate(release.cells) if is_solution(cell)}
        self._by_name = {answer.name: answer for answer in self.answers.values()}
        self._by_id = {answer.id: answer for answer in self.answers.values() if answer.id}
        self._owners = {
            name: answer.name for answer in self.answers.values() if answer.code for name in answer.wanted}
        self._read_release(release)
        pieces = [piece for place, cell in enumerate(submitted.cells) for piece in self._recognise(place, cell)]
        self.unclaimed = self._divide(pieces)
        self._pieces = tuple(self.unclaimed)
        self._anchors()
        for answer in self.answers.values():
            self._claim_named(answer)
        for answer in self.answers.values():
            if answer.text is None:
                self._find(answer)
        for answer in self.answers.values():
            if answer.text is None:
                self._look_at_place(answer)
        self.unclaimed = [piece for piece in self.unclaimed if not self._is_ours(piece)]
        self._doubt()

    def anchor(self, place: int) -> int:
        """The release index after which a student's own cell at `place` stands; -1 for before all."""
        return max((index for other, index in self.in_order if other < place), default=-1)

    # What the release says

    def _read_release(self, release: NotebookNode) -> None:
        self._locked: dict[str, list[int]] = {}
        self._names: dict[str, int] = {}
        self._plain_ids: dict[str, int] = {}
        for index, cell in enumerate(release.cells):
            if index in self.answers:
                continue
            shown = texts.normal(without_regions(cell.source, HIDDEN_TESTS))
            self._locked.setdefault(shown, []).append(index)
            if grade_id(cell):
                self._names[grade_id(cell)] = index
            elif cell.get("id"):
                self._plain_ids[cell["id"]] = index
        self._inside = sorted((t for t in self._locked if len(t) >= SHORTEST), key=len, reverse=True)

    def _recognise(self, place: int, cell: NotebookNode) -> list[Piece]:
        """Take a submitted cell for the locked cell it is; what is left of it are pieces."""
        text = texts.clean(cell.source)
        shown = texts.normal(text)
        if not shown:
            return []
        if shown in self._locked:
            self._copy(place, shown)
            return []
        name, identity = grade_id(cell), cell.get("id", "")
        piece = Piece(place, text, cell.cell_type, name, identity, cell)
        if name not in self._names and name not in self._by_name and identity in self._plain_ids:
            self.plain[self._plain_ids[identity]] = piece
            self.places[place] = self._plain_ids[identity]
            return []
        named = self._by_name.get(name)
        if named and (not named.code or texts.complete(text, named.wanted)):
            self.places[place] = named.index
            return [piece]
        return self._cut(piece, "\n".join(line.rstrip() for line in text.splitlines()).strip("\n"))

    def _copy(self, place: int, shown: str) -> None:
        indices = self._locked[shown]
        index = next((index for index in indices if index not in self.copies), indices[-1])
        self.copies.add(index)
        self.places[place] = index

    def _cut(self, piece: Piece, shown: str) -> list[Piece]:
        """Take the release's own text out of a cell that was merged with others."""
        lines, rest = set(shown.splitlines()), [shown]
        for locked in self._inside:
            if locked.partition("\n")[0] in lines and f"\n{locked}\n" in f"\n{shown}\n":
                rest = [part.strip("\n") for one in rest for part in f"\n{one}\n".split(f"\n{locked}\n")]
                self.copies.update(self._locked[locked][:1])
                piece.cut = True
        stubs = []
        for answer in self.answers.values():
            stub = texts.normal(answer.stub)
            if answer.code and f"\n{stub}\n" in f"\n{shown}\n" and texts.parsed(shown) is None:
                rest = [part.strip("\n") for one in rest for part in f"\n{one}\n".split(f"\n{stub}\n")]
                stubs.append(Piece(piece.place, stub, "code", answer.name, "", piece.source, cut=True))
                piece.name, piece.cut = "", True
        if not piece.cut:
            return [piece]
        return stubs + [
            Piece(piece.place, part, piece.kind, piece.name, piece.id, piece.source, cut=True)
            for part in rest if part.strip()
        ]

    def _divide(self, pieces: list[Piece]) -> list[Piece]:
        """Cut pieces that hold several answers, where one of these is nowhere else."""
        holders: dict[str, set[int]] = {}
        for piece in pieces:
            for owner in {self._owners[name] for name in texts.names(piece.text) if name in self._owners}:
                holders.setdefault(owner, set()).add(id(piece))
        several = [one for where in holders.values() for one in where]
        single = {one for one in several if several.count(one) == 1}  # pieces that hold one answer only
        found = []
        for piece in pieces:
            mine = {owner for owner, where in holders.items() if id(piece) in where}
            alone = any(holders[owner].isdisjoint(single) for owner in mine - {piece.name})
            parts = {}
            if len(mine) > 1 and alone:
                whole = piece.text
                if texts.parsed(whole) is None:
                    whole = texts.within(whole, frozenset(name for name in self._owners if self._owners[name] in mine))
                parts = texts.divided(whole, self._owners) if whole else {}
            if not parts:
                found.append(piece)
            for owner, part in parts.items():
                part = part.strip("\n")
                found += self._cut(Piece(piece.place, part, "code", owner, "", piece.source, cut=True), part)
        return found

    def _anchors(self) -> None:
        """The recognised cells that stand in the release's order: the others were moved."""
        for piece in self.unclaimed:
            if piece.name in self._by_name:
                self.places.setdefault(piece.place, self._by_name[piece.name].index)
        self.in_order = _longest_increasing(sorted(self.places.items()))

    # Answers that say who they are

    def _claim_named(self, answer: Answer) -> None:
        named = [piece for piece in self.unclaimed if piece.name == answer.name]
        if not named:
            named = [piece for piece in self.unclaimed
                     if answer.id and piece.id == answer.id and not self._is_known(piece.name)]
        if not named:
            return
        if not answer.code:
            filled = [piece for piece in named if texts.normal(piece.text) != texts.normal(answer.stub)]
            self._take(answer, (filled or named)[-1:], (filled or named)[-1].text, named)
            return
        groups = self._joined(answer, named)
        good = [group for group in groups if self._is_answer(answer, group[1])]
        if not good:
            restored = [(pieces, text) for pieces, given in groups if (text := self._restored(answer, given))]
            if restored:
                self._take(answer, *restored[-1], named)
                return
        other = [group for group in groups if texts.normal(group[1]) != texts.normal(answer.stub)]
        defining = [group for group in other if answer.wanted & texts.names(group[1])]
        if not good:
            self._find(answer, complete=True)
            if answer.text is not None:
                stubs = [piece for piece in named if texts.normal(piece.text) == texts.normal(answer.stub)]
                self.unclaimed = [piece for piece in self.unclaimed if piece not in stubs]
                for piece in named:  # what it has besides, a helper perhaps, is code whatever its type became
                    piece.kind = "code" if texts.parsed(piece.text) else piece.kind
                return
        stubs = [group for group in groups if group not in other]
        chosen = (good or defining or stubs or other)[-1]
        longer = [group for group in good if texts.normal(group[1]).startswith(texts.normal(chosen[1]))]
        chosen = max([*longer, chosen], key=lambda group: len(group[1]))  # not a copy that breaks off
        keep = [piece for piece in named if piece not in chosen[0] and not answer.wanted & texts.names(piece.text)
                and (piece.cut or texts.parsed(piece.text) is not None)] if good or defining or stubs else []
        for piece in keep:  # a cell of the student's own that was made from a copy, or what was merged into one
            piece.name, piece.id = "", ""
            piece.kind = "code" if texts.parsed(piece.text) else "markdown"
        pieces, text = chosen
        for parts, given in reversed(groups):  # what an answer was split from, with no need to be one cell
            if parts[-1].place == pieces[0].place - 1 and not parts[0].cut and not (
                    answer.wanted & texts.names(given)) and texts.only_binds(given):
                pieces, text = [*parts, *pieces], f"{given}\n{text}"
        self._take(answer, pieces, text, [piece for piece in named if piece not in keep])

    def _joined(self, answer: Answer, named: list[Piece]) -> list[tuple[list[Piece], str]]:
        """The cells that bear an answer's name, the parts of a split one put together."""
        groups: list[tuple[list[Piece], str]] = []
        used: set[int] = set()
        whole = any(self._is_answer(answer, piece.text) for piece in named)
        for piece in named:
            if id(piece) in used:
                continue
            if whole and texts.parsed(piece.text) is None and answer.wanted & texts.names(piece.text):
                # a copy that breaks off, beside a whole one
                groups.append(([piece], piece.text))
                continue
            start = self.unclaimed.index(piece)
            pieces, text = self._with_its_rest(answer, start)
            if not answer.wanted <= texts.names(text) or texts.parsed(text) is None:
                pieces, text = self._with_its_beginning(answer, start, pieces, text)
            used |= {id(one) for one in pieces}
            groups.append((pieces, text))
        return groups

    def _with_its_rest(self, answer: Answer, start: int) -> tuple[list[Piece], str]:
        """A piece and those after it that are the rest of it: alone they are no Python, together they are."""
        piece, later = self.unclaimed[start], self.unclaimed[start + 1:]
        beyond = min((place for place, index in self.places.items() if place > piece.place and index != answer.index),
                     default=1 << 30)
        after = [other for other in later if other.place < beyond or other.name == answer.name]
        foreign = [place for place, other in enumerate(after) if self._of_others(answer, other)]
        after = after[:min(foreign, default=len(after))]
        for others in (
            after, [other for other in after if other.kind != "markdown" and texts.parsed(other.text) is None],
            [other for other in self.unclaimed if other is not piece and other.name == answer.name],
            [other for other in self.unclaimed if texts.parsed(piece.text) is None and not self._is_known(other.name)
             and texts.parsed(other.text) is None and self._in_place(answer, other.place)],
        ):
            parts, text, whole = [piece], piece.text, ([piece], piece.text)
            for other in others[:PARTS]:
                if self._of_others(answer, other) or (texts.parsed(text) and texts.parsed(other.text)):
                    break
                parts, text = [*parts, other], f"{text}\n{texts.without_magic(other.text)}"
                if texts.parsed(text) is not None:
                    whole = parts, text
            if len(whole[0]) > 1:
                return whole
        return [piece], piece.text

    def _of_others(self, answer: Answer, piece: Piece) -> bool:
        """Whether a piece defines what another answer has to."""
        return any(self._owners.get(name, answer.name) != answer.name for name in texts.names(piece.text))

    def _with_its_beginning(
        self, answer: Answer, start: int, pieces: list[Piece], text: str
    ) -> tuple[list[Piece], str]:
        """The same with the piece before it, where that one bears another name or none and makes it whole."""
        if start:
            other = self.unclaimed[start - 1]
            joined = f"{other.text}\n{text}"
            broken = texts.parsed(other.text) is None or texts.parsed(text) is None
            if broken and not self._is_known(other.name) and texts.complete(joined, answer.wanted):
                return [other, *pieces], joined
        return pieces, text

    def _is_answer(self, answer: Answer, text: str) -> bool:
        return texts.complete(text, answer.wanted) and texts.normal(text) != texts.normal(answer.stub)

    def _restored(self, answer: Answer, text: str) -> str | None:
        """An answer whose first line was deleted, or that another cell's text was merged into."""
        for name in sorted(answer.wanted):
            head = texts.signature(answer.stub, name)
            for count in range(1, len(head) + 1):
                whole = "\n".join([*head[:count], text])
                if texts.complete(whole, answer.wanted) and texts.parsed(text) is None:
                    self.repairs.append(Repair("first-line-restored", answer.name, 0.9))
                    return whole
        part = texts.within(text, answer.wanted) if texts.parsed(text) is None else None
        if part is not None and texts.normal(part) != texts.normal(answer.stub):
            self.repairs.append(Repair("answer-separated", answer.name, 0.9))
            return part
        return None

    def _take(self, answer: Answer, pieces: list[Piece], text: str, gone: list[Piece]) -> None:
        """Give an answer its text; `gone` are other copies of it."""
        answer.text, answer.pieces = text, pieces
        copies = [piece for piece in gone if piece not in pieces]
        if copies:
            self.repairs.append(Repair("answer-twice", answer.name))
        if len({piece.place for piece in pieces}) > 1:
            self.repairs.append(Repair("answer-joined", answer.name, 0.9))
        elif any(piece.cut for piece in pieces):
            self.repairs.append(Repair("answer-separated", answer.name, 0.9))
        if any((piece.kind == "code") != answer.code for piece in pieces):
            self.repairs.append(Repair("type-restored", answer.name))
        self.unclaimed = [piece for piece in self.unclaimed if piece not in pieces and piece not in gone]

    # Answers that do not

    def _find(self, answer: Answer, complete: bool = False) -> None:
        """Look for an answer among the cells that bear no name, by what it has to define."""
        if not answer.code or not answer.wanted:
            return
        found: list[tuple[list[Piece], str]] = []
        for place, piece in enumerate(self.unclaimed):
            if self._is_known(piece.name) or not answer.wanted & texts.names(piece.text):
                continue
            pieces, text = self._with_its_rest(answer, place)
            if texts.parsed(text) is None:
                pieces, text = self._with_its_beginning(answer, place, pieces, text)
            if texts.parsed(text) is None:
                text = texts.within(text, answer.wanted) or text
            found.append((pieces, text))
        for piece in self._pieces:  # a cell that is another answer's, and has this one's text merged into it
            if self._is_known(piece.name) and piece.name != answer.name and answer.wanted & texts.names(piece.text):
                inside = texts.within(piece.text, answer.wanted) if texts.parsed(piece.text) is None else None
                if inside is not None:
                    found.insert(0, ([Piece(piece.place, inside, "code", "", "", piece.source, cut=True)], inside))
        good = [group for group in found if self._is_answer(answer, group[1])]
        if good:
            here = [group for group in good if self._in_place(answer, group[0][0].place)]
            pieces, text = (here or good)[-1]
            where = "in its place" if here else self._where(answer, pieces[0].place)
            self._take(answer, pieces, text, [])
            self.repairs.append(Repair("answer-found", answer.name, 0.95 if here else 0.85, where))
        elif found and not complete:
            self._take(answer, *found[-1], [])
            self.repairs.append(Repair("answer-found", answer.name, 0.8, self._where(answer, found[-1][0][0].place)))

    def _look_at_place(self, answer: Answer) -> None:
        """Look between the cells around an answer's place; where that is not sure, leave it to a person."""
        here = [piece for piece in self.unclaimed
                if self._in_place(answer, piece.place) and not self._is_known(piece.name)]
        if answer.code:
            for piece in here:
                if texts.parsed(piece.text) is None and (whole := self._restored(answer, piece.text)):
                    self._take(answer, [piece], whole, [])
                    return
            here = [piece for piece in here if piece.kind == "code" or answer.wanted & texts.names(piece.text)]
        else:  # an explanation of an earlier release is not an answer
            here = [piece for piece in here if not get_close_matches(texts.normal(piece.text), self._locked, 1, 0.75)]
        alone = len(here) == 1 and (not answer.code or not answer.wanted)
        confidence = 0.75 if alone else 0.4
        if here and confidence >= SURE:
            self._take(answer, here, here[0].text, [])
            self.repairs.append(Repair("answer-found", answer.name, confidence, "in its place"))
        elif here or (not answer.code and self._prose()):
            self.repairs.append(Repair("answer-uncertain", answer.name, confidence))

    def _prose(self) -> bool:
        """Whether there is text that can be a written answer: a submitted cell that is no Python, or was not all."""
        given = {texts.normal(answer.text) for answer in self.answers.values() if answer.text is not None}
        return any(texts.parsed(piece.text) is None and texts.normal(piece.text) not in given for piece in self._pieces)

    def _doubt(self) -> None:
        """Where the rest of some code is left that belongs to nothing, what was found without a mark is not sure."""
        if any(piece.text.strip("\n")[0] in " \t" and texts.parsed(piece.text) is None for piece in self.unclaimed):
            found = [repair.cell for repair in self.repairs if repair.kind == "answer-found"]
            self.repairs += [Repair("answer-uncertain", name, 0.6) for name in found]

    def _in_place(self, answer: Answer, place: int) -> bool:
        before = max((other for other, index in self.in_order if index < answer.index), default=-1)
        after = min((other for other, index in self.in_order if index > answer.index), default=1 << 30)
        return before <= place <= after

    def _where(self, answer: Answer, place: int) -> str:
        before = max((other for other, index in self.in_order if index < answer.index), default=-1)
        return "further down" if place > before else "further up"

    def _is_known(self, name: str) -> bool:
        """Whether a grade_id is an answer's of this release."""
        return name in self._by_name

    def _is_ours(self, piece: Piece) -> bool:
        """Whether an unclaimed piece is a changed copy of a locked cell, of this release or an earlier one."""
        mark = piece.source.metadata.get("nbgrader")
        locked = isinstance(mark, dict) and (mark.get("locked") is True or mark.get("grade") is True)
        if piece.name in self._names:
            return self._names[piece.name] not in self.copies
        if piece.name and locked and not self._is_known(piece.name) and mark.get("solution") is not True:
            if not any(repair.kind == "older-release" for repair in self.repairs):
                self.repairs.append(Repair("older-release"))
            return True
        return False


def _answer(index: int, cell: NotebookNode) -> Answer:
    code, stub = cell.cell_type == "code", texts.clean(cell.source)
    return Answer(index, grade_id(cell), cell.get("id", ""), stub, code, texts.wanted(stub) if code else frozenset())


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of (place, index) pairs, by place, whose indices increase."""
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
