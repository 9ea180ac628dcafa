"""Which submitted text is which answer of the release, and how sure that is.

An answer is found by its grade_id; where that is missing or does not fit, by its cell id, by the
functions and classes that its stub asks for, and by its place between the locked cells around it.
"""

from __future__ import annotations

from difflib import get_close_matches

from nbformat import NotebookNode

from autograder.repair import doubt
from autograder.repair import text as texts
from autograder.repair.notes import SURE, Repair
from autograder.repair.recognise import Answer, Piece, Recognised

PARTS = 4  # that a split answer is looked for in, beside the first


class Matching:
    """A submission whose answers are found.

    Attributes
    ----------
    seen : Recognised
        what was recognised at once; its answers get their text here.
    unclaimed : list of Piece
        the student's own cells, in the submission's order.
    repairs : list of Repair
    """

    def __init__(self, release: NotebookNode, submitted: NotebookNode) -> None:
        self.repairs: list[Repair] = []
        self.seen = Recognised(release, submitted)
        self.unclaimed = list(self.seen.pieces)
        answers = self.seen.answers.values()
        for answer in answers:
            self._claim_named(answer)
        for answer in answers:
            if answer.text is None:
                self._find(answer)
        for answer in answers:
            if answer.text is None:
                self._look_at_place(answer)
        if any(self._is_older(piece) for piece in self.unclaimed):
            self.repairs.append(Repair("older-release"))
        self.unclaimed = [piece for piece in self.unclaimed if not self._is_ours(piece)]
        self.repairs += doubt.doubtful(self.seen, self.repairs)

    # Answers that say who they are

    def _claim_named(self, answer: Answer) -> None:
        named = [piece for piece in self.unclaimed if piece.name == answer.name]
        if not named:
            named = [piece for piece in self.unclaimed
                     if answer.id and piece.id == answer.id and not self.seen.is_known(piece.name)]
        if not named:
            return
        if not answer.python:
            filled = [piece for piece in named if not texts.same(piece.text, answer.stub)
                      and not (piece.cut and texts.only_comments(piece.text))]
            chosen = (filled or [piece for piece in named if texts.same(piece.text, answer.stub)] or named)[-1]
            self._take(answer, [chosen], chosen.text, named)
            return
        groups = self._joined(answer, named)
        good = [group for group in groups if self._is_answer(answer, group[1])]
        elsewhere = any(answer.wanted & texts.defines(piece.text) for piece in self.unclaimed if piece not in named)
        if not good and not elsewhere:
            restored = [(pieces, text) for pieces, given in groups if (text := self._restored(answer, given))]
            if restored:
                self._take(answer, *restored[-1], named)
                return
        other = [group for group in groups if not texts.same(group[1], answer.stub)]
        defining = [group for group in other if answer.wanted & texts.defines(group[1])]
        if not good:
            self._find(answer, complete=True)
            if answer.text is not None:
                stubs = [piece for piece in named if texts.same(piece.text, answer.stub)]
                self.unclaimed = [piece for piece in self.unclaimed if piece not in stubs]
                for piece in named:  # what it has besides, a helper perhaps, is code whatever its type became
                    piece.text = texts.without_surroundings(piece.text, answer=True)[0]
                    piece.kind = "code" if texts.is_python(piece.text) else piece.kind
                    if piece in self.unclaimed and texts.helps(piece.text, answer.text):
                        self._take(answer, [piece, *answer.pieces], f"{piece.text}\n{answer.text}", [])
                return
        stubs = [group for group in groups if group not in other]
        chosen = (good or defining or stubs or other)[-1]
        longer = [group for group in good if texts.normal(group[1]).startswith(texts.normal(chosen[1]))]
        chosen = max([*longer, chosen], key=lambda group: len(group[1]))  # not a copy that breaks off
        own = []
        if answer.wanted and (good or defining or stubs):
            own = self._own_cells(answer, [piece for piece in named if piece not in chosen[0]])
            chosen = self._with_what_it_was_split_from(answer, groups, *chosen)
        self._take(answer, *chosen, [piece for piece in named if piece not in own])

    def _own_cells(self, answer: Answer, copies: list[Piece]) -> list[Piece]:
        """Of the cells that bear an answer's name those that were made from a copy of it, for something else."""
        own = [piece for piece in copies if not answer.wanted & texts.defines(piece.text)
               and (piece.cut or texts.is_python(piece.text))]
        for piece in own:
            piece.name, piece.id = "", ""
            piece.text = texts.without_surroundings(piece.text, answer=True)[0]  # it was the answer's magic
            piece.kind = "code" if texts.is_python(piece.text) else "markdown"
        return own

    def _with_what_it_was_split_from(
        self, answer: Answer, groups: list[tuple[list[Piece], str]], pieces: list[Piece], text: str
    ) -> tuple[list[Piece], str]:
        """An answer and what bears its name and only defines what it needs: right before it, or elsewhere."""
        for parts, given in reversed(groups):
            apart = parts[0].cut or answer.wanted & texts.defines(given) or not texts.only_binds(given)
            if not apart and (parts[-1].place == pieces[0].place - 1 or texts.helps(given, text)):
                pieces, text = [*parts, *pieces], f"{given}\n{text}"
        return pieces, text

    def _joined(self, answer: Answer, named: list[Piece]) -> list[tuple[list[Piece], str]]:
        """The cells that bear an answer's name, the parts of a split one put together."""
        groups: list[tuple[list[Piece], str]] = []
        used: set[int] = set()
        whole = any(self._is_answer(answer, piece.text) for piece in named)
        for piece in named:
            if id(piece) in used:
                continue
            if whole and not texts.is_python(piece.text) and answer.wanted & texts.defines(piece.text):
                # a copy that breaks off, beside a whole one
                groups.append(([piece], piece.text))
                continue
            start = self.unclaimed.index(piece)
            pieces, text = self._with_its_rest(answer, start)
            if not answer.wanted <= texts.defines(text) or not texts.is_python(text):
                pieces, text = self._with_its_beginning(answer, start, pieces, text)
            used |= {id(one) for one in pieces}
            groups.append((pieces, text))
        return groups

    def _with_its_rest(self, answer: Answer, start: int) -> tuple[list[Piece], str]:
        """A piece and those after it that are the rest of it: alone they are no Python, together they are."""
        piece, later = self.unclaimed[start], self.unclaimed[start + 1:]
        if texts.complete(piece.text, answer.wanted) and self._another_breaks_off(piece):
            # A rest that does not stand right behind this one is more likely that one's.
            later = [other for number, other in enumerate(later, start=1) if other.place == piece.place + number]
        others = (place for place, index in self.seen.places.items() if index != answer.index)
        beyond = min((place for place in others if place > piece.place), default=1 << 30)
        after = [other for other in later if other.place < beyond or other.name == answer.name]
        foreign = [place for place, other in enumerate(after) if self.seen.of_others(answer, other)]
        after = after[:min(foreign, default=len(after))]
        unlikely: tuple[list[Piece], str] | None = None
        for others in (
            after, [other for other in after if other.kind != "markdown" and not texts.is_python(other.text)],
            [other for other in self.unclaimed if other is not piece and other.name == answer.name],
            [other for other in self.unclaimed
             if not texts.is_python(piece.text) and not texts.is_python(other.text)
             and not self.seen.is_known(other.name) and self.seen.in_place(answer, other.place)],
            self._only_loose_rest(piece),
        ):
            parts, text, whole = [piece], piece.text, ([piece], piece.text)
            for other in others[:PARTS]:
                if self.seen.of_others(answer, other) or (texts.is_python(text) and texts.is_python(other.text)):
                    break
                parts, text = [*parts, other], f"{text}\n{texts.without_magic(other.text)}"
                if texts.is_python(text):
                    whole = parts, text
            if len(whole[0]) > 1 and texts.plausible(whole[1], self.seen.known):
                return whole
            if len(whole[0]) > 1 and not texts.complete(piece.text, answer.wanted):
                unlikely = unlikely or whole  # better than half an answer
        return unlikely or ([piece], piece.text)

    def _another_breaks_off(self, piece: Piece) -> bool:
        """Whether another cell that bears an answer's name is the beginning of something, and no Python alone."""
        return any(other.name != piece.name and self.seen.is_known(other.name) and not texts.is_python(other.text)
                   and not doubt.is_rest(other.text) for other in self.unclaimed)

    def _only_loose_rest(self, piece: Piece) -> list[Piece]:
        """The one indented rest that a piece which breaks off can have; [] where there are several."""
        if texts.is_python(piece.text):
            return []
        loose = [other for other in self.unclaimed if other is not piece and not self.seen.is_known(other.name)
                 and doubt.is_rest(other.text)]
        return loose if len(loose) == 1 else []

    def _with_its_beginning(
        self, answer: Answer, start: int, pieces: list[Piece], text: str
    ) -> tuple[list[Piece], str]:
        """The same with the piece before it, where that one bears another name or none and makes it whole."""
        if start:
            other = self.unclaimed[start - 1]
            joined = f"{other.text}\n{text}"
            broken = not texts.is_python(other.text) or not texts.is_python(text)
            if broken and not self.seen.is_known(other.name) and texts.complete(joined, answer.wanted):
                return [other, *pieces], joined
        return pieces, text

    def _is_answer(self, answer: Answer, text: str) -> bool:
        return texts.complete(text, answer.wanted) and not texts.same(text, answer.stub)

    def _restored(self, answer: Answer, text: str) -> str | None:
        """An answer whose first line was deleted, or that another cell's text was merged into."""
        for name in sorted(answer.wanted):
            head = texts.signature(answer.stub, name)
            for count in range(1, len(head) + 1):
                whole = "\n".join([*head[:count], text])
                if texts.complete(whole, answer.wanted) and not texts.is_python(text):
                    self.repairs.append(Repair("first-line-restored", answer.name, 0.9))
                    return whole
        part = texts.within(text, answer.wanted) if not texts.is_python(text) else None
        if part is not None and not texts.same(part, answer.stub):
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
            if self.seen.is_known(piece.name) or not answer.wanted & texts.defines(piece.text):
                continue
            pieces, text = self._with_its_rest(answer, place)
            if not texts.is_python(text):
                pieces, text = self._with_its_beginning(answer, place, pieces, text)
            if not texts.is_python(text):
                text = texts.within(text, answer.wanted) or text
            elif piece.name in self.seen.names:  # what else a changed test does is not the answer's
                text = texts.bindings(text)
            found.append((pieces, text))
        for piece in self.seen.pieces:  # a cell that is another answer's, and has this one's text merged into it
            anothers = self.seen.is_known(piece.name) and piece.name != answer.name or any(
                piece is one for other in self.seen.answers.values() if other is not answer for one in other.pieces)
            if anothers and answer.wanted & texts.defines(piece.text):
                inside = texts.within(piece.text, answer.wanted) if not texts.is_python(piece.text) else None
                if inside is not None:
                    found.insert(0, ([Piece(piece.place, inside, "code", "", "", piece.source, cut=True)], inside))
        good = [group for group in found if self._is_answer(answer, group[1])]
        if good:
            here = [group for group in good if self.seen.in_place(answer, group[0][0].place)]
            pieces, text = (here or good)[-1]
            for piece in self.unclaimed:  # a part of it that became text
                if piece.kind != "code" and piece.place < pieces[0].place and texts.helps(piece.text, text):
                    piece.kind = "code"
            where = "in its place" if here else self.seen.where(answer, pieces[0].place)
            self._take(answer, pieces, text, [])
            self.repairs.append(Repair("answer-found", answer.name, 0.95 if here else 0.85, where))
        elif found and not complete:
            self._take(answer, *found[-1], [])
            where = self.seen.where(answer, found[-1][0][0].place)
            self.repairs.append(Repair("answer-found", answer.name, 0.8, where))

    def _look_at_place(self, answer: Answer) -> None:
        """Look between the cells around an answer's place; where that is not sure, leave it to a person."""
        here = [piece for piece in self.unclaimed if self.seen.in_place(answer, piece.place)
                and not self.seen.is_known(piece.name) and not self._is_older(piece)]
        if answer.code:
            for piece in here:
                if not texts.is_python(piece.text) and (whole := self._restored(answer, piece.text)):
                    self._take(answer, [piece], whole, [])
                    return
            here = [piece for piece in here if piece.kind == "code" or answer.wanted & texts.defines(piece.text)]
        else:  # an explanation of an earlier release is not an answer
            known = self.seen.locked
            here = [piece for piece in here if not (piece.cut and texts.only_comments(piece.text))]
            here = [piece for piece in here if piece.kind != "code" or not texts.is_python(piece.text)]
            here = [piece for piece in here if not get_close_matches(texts.normal(piece.text), known, 1, 0.75)]
        alone = len(here) == 1 and (not answer.code or not answer.wanted)
        confidence = 0.75 if alone else 0.4
        if here and confidence >= SURE:
            self._take(answer, here, here[0].text, [])
            self.repairs.append(Repair("answer-found", answer.name, confidence, "in its place"))
        elif here or (not answer.code and self._prose()):
            self.repairs.append(Repair("answer-uncertain", answer.name, confidence))

    def _prose(self) -> bool:
        """Whether there is text that can be a written answer: a submitted cell that is no Python, or was not all."""
        given = {texts.normal(answer.text) for answer in self.seen.answers.values() if answer.text is not None}
        left = (piece.text for piece in self.seen.pieces if texts.normal(piece.text) not in given)
        return any(not texts.is_python(text) for text in left)

    def _is_ours(self, piece: Piece) -> bool:
        """Whether an unclaimed piece is a changed copy of a locked cell, of this release or an earlier one."""
        if piece.name in self.seen.names:
            return self.seen.names[piece.name] not in self.seen.copies
        return self._is_older(piece)

    def _is_older(self, piece: Piece) -> bool:
        """Whether a piece bears the mark of a locked cell that this release does not have."""
        mark = piece.source.metadata.get("nbgrader")
        locked = isinstance(mark, dict) and (mark.get("locked") is True or mark.get("grade") is True)
        return bool(piece.name and locked and not self.seen.is_known(piece.name) and mark.get("solution") is not True
                    and piece.name not in self.seen.names)
