"""Match submitted text to the answers of the release, and say how sure each match is.

An answer is found by its grade_id. If that is missing or does not fit, it is found by its cell id, by the
functions and classes that its stub asks for, or by its place between the locked cells around it.
"""

from __future__ import annotations

from difflib import get_close_matches

from nbformat import NotebookNode

from autograder.repair import ambiguity
from autograder.repair import text as texts
from autograder.repair.alignment import Alignment, AnswerCell, Fragment
from autograder.repair.notes import SURE, Repair

PARTS = 4  # cells after the first that are searched for parts of a split answer


class Matching:
    """The answers found in a submission.

    Attributes
    ----------
    seen : Alignment
        the result of the first pass; its answers are given their text here.
    unclaimed : list of Fragment
        the student's own cells, in the submission's order.
    repairs : list of Repair
        what was put right.
    """

    def __init__(self, release: NotebookNode, submitted: NotebookNode) -> None:
        self.repairs: list[Repair] = []
        self.seen = Alignment(release, submitted)
        self.unclaimed = list(self.seen.fragments)
        answers = self.seen.answers.values()
        for answer in answers:
            self._claim_named(answer)
        for answer in answers:
            if answer.text is None:
                self._find(answer)
        for answer in answers:
            if answer.text is None:
                self._look_at_place(answer)
        if any(self._is_older(fragment) for fragment in self.unclaimed):
            self.repairs.append(Repair("older-release"))
        self.unclaimed = [fragment for fragment in self.unclaimed if not self._is_ours(fragment)]
        self.repairs += ambiguity.doubtful(self.seen, self.repairs)

    # Answers that carry their grade_id or cell id

    def _claim_named(self, answer: AnswerCell) -> None:
        named = [fragment for fragment in self.unclaimed if fragment.name == answer.name]
        if not named:
            named = [fragment for fragment in self.unclaimed
                     if answer.id and fragment.id == answer.id and not self.seen.is_known(fragment.name)]
        if not named:
            return
        if not answer.python:
            filled = [fragment for fragment in named if not texts.same(fragment.text, answer.stub)
                      and not (fragment.cut and texts.only_comments(fragment.text))]
            if not answer.code and texts.are_parts([fragment.text for fragment in filled], answer.stub):
                self._take(answer, filled, "\n\n".join(fragment.text.strip() for fragment in filled), named)
                return
            last = (filled or [fragment for fragment in named if texts.same(fragment.text, answer.stub)] or named)[-1]
            self._take(answer, [last], last.text, named)
            return
        groups = self._joined(answer, named)
        good = [group for group in groups if self._is_answer(answer, group[1])]
        elsewhere = any(answer.wanted & texts.defines(one.text) for one in self.unclaimed if one not in named)
        if not good and not elsewhere:
            restored = [(fragments, text) for fragments, given in groups if (text := self._restored(answer, given))]
            if restored:
                self._take(answer, *restored[-1], named)
                return
        other = [group for group in groups if not texts.same(group[1], answer.stub)]
        defining = [group for group in other if answer.wanted & texts.defines(group[1])]
        if not good:
            self._find(answer, complete=True)
            if answer.text is not None:
                empty = [fragment for fragment in named if texts.same(fragment.text, answer.stub)]
                self.unclaimed = [fragment for fragment in self.unclaimed if fragment not in empty]
                for fragment in named:  # a helper in one of these cells is code, whatever the cell's type now is
                    fragment.text = texts.without_machine_lines(fragment.text, answer=True)[0]
                    fragment.kind = "code" if texts.is_python(fragment.text) else fragment.kind
                    if fragment in self.unclaimed and texts.helps(fragment.text, answer.text):
                        self._take(answer, [fragment, *answer.fragments], f"{fragment.text}\n{answer.text}", [])
                return
        stubs = [group for group in groups if group not in other]
        chosen = (good or defining or stubs or other)[-1]
        longer = [group for group in good if texts.normal(group[1]).startswith(texts.normal(chosen[1]))]
        chosen = max([*longer, chosen], key=lambda group: len(group[1]))  # the other copies break off
        own = []
        if answer.wanted and (good or defining or stubs):
            own = self._own_cells(answer, [fragment for fragment in named if fragment not in chosen[0]])
            chosen = self._with_what_it_was_split_from(answer, groups, *chosen)
        self._take(answer, *chosen, [fragment for fragment in named if fragment not in own])

    def _own_cells(self, answer: AnswerCell, copies: list[Fragment]) -> list[Fragment]:
        """Return the cells that carry an answer's grade_id but hold something else, with their marks removed.

        A student makes such a cell by copying the answer cell and reusing the copy.
        """
        own = [fragment for fragment in copies if not answer.wanted & texts.defines(fragment.text)
               and (fragment.cut or texts.is_python(fragment.text))]
        for fragment in own:
            fragment.name, fragment.id = "", ""
            fragment.text = texts.without_machine_lines(fragment.text, answer=True)[0]  # the magic was the answer's
            fragment.kind = "code" if texts.is_python(fragment.text) else "markdown"
        return own

    def _with_what_it_was_split_from(
        self, answer: AnswerCell, groups: list[tuple[list[Fragment], str]], fragments: list[Fragment], text: str
    ) -> tuple[list[Fragment], str]:
        """The answer, preceded by cells with its grade_id that only bind names.

        Such a cell is added if it is right before the answer or binds a name that the answer uses.
        """
        for parts, given in reversed(groups):
            apart = parts[0].cut or answer.wanted & texts.defines(given) or not texts.only_binds(given)
            if not apart and (parts[-1].place == fragments[0].place - 1 or texts.helps(given, text)):
                fragments, text = [*parts, *fragments], f"{given}\n{text}"
        return fragments, text

    def _joined(self, answer: AnswerCell, named: list[Fragment]) -> list[tuple[list[Fragment], str]]:
        """The cells that carry an answer's grade_id, in groups: the parts of a split answer are joined."""
        groups: list[tuple[list[Fragment], str]] = []
        used: set[int] = set()
        whole = any(self._is_answer(answer, fragment.text) for fragment in named)
        for fragment in named:
            if id(fragment) in used:
                continue
            if whole and not texts.is_python(fragment.text) and answer.wanted & texts.defines(fragment.text):
                # a copy that breaks off, while another one is complete
                groups.append(([fragment], fragment.text))
                continue
            start = self.unclaimed.index(fragment)
            fragments, text = self._with_its_rest(answer, start)
            if not answer.wanted <= texts.defines(text) or not texts.is_python(text):
                fragments, text = self._with_its_beginning(answer, start, fragments, text)
            used |= {id(one) for one in fragments}
            groups.append((fragments, text))
        return groups

    def _with_its_rest(self, answer: AnswerCell, start: int) -> tuple[list[Fragment], str]:
        """A fragment joined with the fragments that continue it.

        Apart they are not Python, and together they are; or the next cell defines a name that the answer lacks.
        """
        fragment, later = self.unclaimed[start], self.unclaimed[start + 1:]
        if texts.complete(fragment.text, answer.wanted) and self._another_breaks_off(fragment):
            # A rest that does not directly follow this fragment more likely belongs to the one that breaks off.
            later = [other for number, other in enumerate(later, start=1) if other.place == fragment.place + number]
        places = (place for place, index in self.seen.places.items() if index != answer.index)
        beyond = min((place for place in places if place > fragment.place), default=1 << 30)
        after = [other for other in later if other.place < beyond or other.name == answer.name]
        foreign = [place for place, other in enumerate(after) if self.seen.of_others(answer, other)]
        after = after[:min(foreign, default=len(after))]
        unlikely: tuple[list[Fragment], str] | None = None
        for others in (
            after, [other for other in after if other.kind != "markdown" and not texts.is_python(other.text)],
            [other for other in self.unclaimed if other is not fragment and other.name == answer.name],
            [other for other in self.unclaimed
             if not texts.is_python(fragment.text) and not texts.is_python(other.text)
             and not self.seen.is_known(other.name) and self.seen.in_place(answer, other.place)],
            self._only_loose_rest(fragment),
        ):
            parts, text, whole = [fragment], fragment.text, ([fragment], fragment.text)
            for other in others[:PARTS]:
                apart = texts.is_python(text) and texts.is_python(other.text)
                if self.seen.of_others(answer, other) or apart and not (
                        other.place == parts[-1].place + 1
                        and (answer.wanted - texts.defines(text)) & texts.defines(other.text)):
                    break
                parts, text = [*parts, other], f"{text}\n{texts.without_magic(other.text)}"
                if texts.is_python(text):
                    whole = parts, text
            if len(whole[0]) > 1 and texts.plausible(whole[1], self.seen.known):
                return whole
            if len(whole[0]) > 1 and not texts.complete(fragment.text, answer.wanted):
                unlikely = unlikely or whole  # better than half an answer
        return unlikely or ([fragment], fragment.text)

    def _another_breaks_off(self, fragment: Fragment) -> bool:
        """Whether the cell of another answer breaks off: it is not Python, and not the rest of other code."""
        return any(other.name != fragment.name and self.seen.is_known(other.name) and not texts.is_python(other.text)
                   and not ambiguity.is_rest(other.text) for other in self.unclaimed)

    def _only_loose_rest(self, fragment: Fragment) -> list[Fragment]:
        """The indented rest of a fragment that breaks off, if there is exactly one candidate; otherwise []."""
        if texts.is_python(fragment.text):
            return []
        loose = [other for other in self.unclaimed if other is not fragment and not self.seen.is_known(other.name)
                 and ambiguity.is_rest(other.text)]
        return loose if len(loose) == 1 else []

    def _with_its_beginning(
        self, answer: AnswerCell, start: int, fragments: list[Fragment], text: str
    ) -> tuple[list[Fragment], str]:
        """The same fragments and text, preceded by the fragment before them if it is no answer's and completes them."""
        if start:
            other = self.unclaimed[start - 1]
            joined = f"{other.text}\n{text}"
            broken = not texts.is_python(other.text) or not texts.is_python(text)
            if broken and not self.seen.is_known(other.name) and texts.complete(joined, answer.wanted):
                return [other, *fragments], joined
        return fragments, text

    def _is_answer(self, answer: AnswerCell, text: str) -> bool:
        return texts.complete(text, answer.wanted) and not texts.same(text, answer.stub)

    def _restored(self, answer: AnswerCell, text: str) -> str | None:
        """Restore an answer that lost its first lines or that another cell was merged into; None if neither applies."""
        for name in sorted(answer.wanted):
            head = texts.signature(answer.stub, name)
            for count in range(1, len(head) + 1):
                whole = "\n".join([*head[:count], text])
                if texts.complete(whole, answer.wanted) and not texts.is_python(text):
                    self.repairs.append(Repair("first-line-restored", answer.name, 0.9))
                    return whole
        part = texts.within(text, answer.wanted) if not texts.is_python(text) else None
        if part is not None and not texts.same(part, answer.stub):
            self.repairs.append(Repair("answer-extracted", answer.name, 0.9))
            return part
        return None

    def _take(self, answer: AnswerCell, fragments: list[Fragment], text: str, gone: list[Fragment]) -> None:
        """Give an answer its text and note the repairs; `gone` are other copies of it, which are dropped."""
        answer.text, answer.fragments = text, fragments
        copies = [fragment for fragment in gone if fragment not in fragments]
        if copies:
            self.repairs.append(Repair("answer-twice", answer.name))
        if len({fragment.place for fragment in fragments}) > 1:
            self.repairs.append(Repair("answer-reassembled", answer.name, 0.9))
        elif any(fragment.cut for fragment in fragments):
            self.repairs.append(Repair("answer-extracted", answer.name, 0.9))
        if any((fragment.kind == "code") != answer.code for fragment in fragments):
            self.repairs.append(Repair("type-restored", answer.name))
        self.unclaimed = [fragment for fragment in self.unclaimed if fragment not in fragments and fragment not in gone]

    # Answers that carry neither

    def _find(self, answer: AnswerCell, complete: bool = False) -> None:
        """Look for an answer, by the names it has to define, in cells that do not carry its grade_id.

        With `complete`, only a complete answer is accepted.
        """
        if not answer.code or not answer.wanted:
            return
        found: list[tuple[list[Fragment], str]] = []
        for place, fragment in enumerate(self.unclaimed):
            if self.seen.is_known(fragment.name) or not answer.wanted & texts.defines(fragment.text):
                continue
            fragments, text = self._with_its_rest(answer, place)
            if not texts.is_python(text):
                fragments, text = self._with_its_beginning(answer, place, fragments, text)
            if not texts.is_python(text):
                text = texts.within(text, answer.wanted) or text
            elif fragment.name in self.seen.names:  # the rest of a changed test is not part of the answer
                text = texts.bindings(text)
            found.append((fragments, text))
        for fragment in self.seen.fragments:  # another answer's cell, with this answer's text merged into it
            anothers = self.seen.is_known(fragment.name) and fragment.name != answer.name or any(
                fragment is one
                for other in self.seen.answers.values() if other is not answer for one in other.fragments)
            if anothers and answer.wanted & texts.defines(fragment.text):
                inside = texts.within(fragment.text, answer.wanted) if not texts.is_python(fragment.text) else None
                if inside is not None:
                    part = Fragment(fragment.place, inside, "code", "", "", fragment.source, cut=True)
                    found.insert(0, ([part], inside))
        good = [group for group in found if self._is_answer(answer, group[1])]
        if good:
            here = [group for group in good if self.seen.in_place(answer, group[0][0].place)]
            fragments, text = (here or good)[-1]
            for fragment in self.unclaimed:  # a part of it that was turned into a text cell
                if fragment.kind != "code" and fragment.place < fragments[0].place and texts.helps(fragment.text, text):
                    fragment.kind = "code"
            where = "in its place" if here else self.seen.where(answer, fragments[0].place)
            self._take(answer, fragments, text, [])
            self.repairs.append(Repair("answer-found", answer.name, 0.95 if here else 0.85, where))
        elif found and not complete:
            self._take(answer, *found[-1], [])
            where = self.seen.where(answer, found[-1][0][0].place)
            self.repairs.append(Repair("answer-found", answer.name, 0.8, where))

    def _look_at_place(self, answer: AnswerCell) -> None:
        """Look for an answer between the cells around its place; if what is found is not sure, leave it to a person."""
        here = [fragment for fragment in self.unclaimed if self.seen.in_place(answer, fragment.place)
                and not self.seen.is_known(fragment.name) and not self._is_older(fragment)]
        if answer.code:
            for fragment in here:
                if not texts.is_python(fragment.text) and (whole := self._restored(answer, fragment.text)):
                    self._take(answer, [fragment], whole, [])
                    return
            here = [one for one in here if one.kind == "code" or answer.wanted & texts.defines(one.text)]
        else:  # an explanation of an earlier release is not an answer
            known = self.seen.locked
            here = [fragment for fragment in here if not (fragment.cut and texts.only_comments(fragment.text))]
            here = [fragment for fragment in here if fragment.kind != "code" or not texts.is_python(fragment.text)]
            here = [fragment for fragment in here if not get_close_matches(texts.normal(fragment.text), known, 1, 0.75)]
        alone = len(here) == 1 and (not answer.code or not answer.wanted)
        confidence = 0.75 if alone else 0.4
        if here and confidence >= SURE:
            self._take(answer, here, here[0].text, [])
            self.repairs.append(Repair("answer-found", answer.name, confidence, "in its place"))
        elif here or (not answer.code and self._prose()):
            self.repairs.append(Repair("answer-uncertain", answer.name, confidence))

    def _prose(self) -> bool:
        """Whether the submission has unused text that is not Python and may therefore be a written answer."""
        given = {texts.normal(answer.text) for answer in self.seen.answers.values() if answer.text is not None}
        left = (fragment.text for fragment in self.seen.fragments if texts.normal(fragment.text) not in given)
        return any(not texts.is_python(text) for text in left)

    def _is_ours(self, fragment: Fragment) -> bool:
        """Whether an unclaimed fragment is a changed copy of a locked cell of this release or an earlier one."""
        if fragment.name in self.seen.names:
            return self.seen.names[fragment.name] not in self.seen.copies
        return self._is_older(fragment)

    def _is_older(self, fragment: Fragment) -> bool:
        """Whether a fragment carries the mark of a locked cell that this release does not have."""
        mark = fragment.source.metadata.get("nbgrader")
        locked = isinstance(mark, dict) and (mark.get("locked") is True or mark.get("grade") is True)
        return bool(fragment.name and locked and not self.seen.is_known(fragment.name)
                    and mark.get("solution") is not True and fragment.name not in self.seen.names)
