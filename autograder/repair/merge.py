"""The last pass of a repair: put the answers and the student's own cells into the release."""

from __future__ import annotations

from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import records
from autograder.notebooks import grade_id, is_grade, is_solution
from autograder.repair import text as texts
from autograder.repair.alignment import Alignment, AnswerCell, Fragment
from autograder.repair.match import Matching
from autograder.repair.notes import Repair


@dataclass
class Repaired:
    """The notebook to run, and what was put right.

    Attributes
    ----------
    notebook : NotebookNode
        the release with the student's answers and own cells; no cell has outputs.
    repairs : list of Repair
        in the release's order, those that concern the whole notebook first.
    answered : dict of bool
        for each answer's grade_id, whether it was found and differs from the stub.
    handed_in : list of list
        for each cell of `notebook`, the outputs that were submitted with it.
    """

    notebook: NotebookNode
    repairs: list[Repair] = field(default_factory=list)
    answered: dict[str, bool] = field(default_factory=dict)
    handed_in: list[list[NotebookNode]] = field(default_factory=list)

    @property
    def untouched(self) -> frozenset[str]:
        """The grade_ids of answers that are missing or equal to the stub, so that the released stub runs."""
        return frozenset(name for name, answered in self.answered.items() if not answered)

    @property
    def flags(self) -> dict[str, list[str]]:
        """The kinds of repair of each cell, by grade_id."""
        found: dict[str, list[str]] = {}
        for repair in self.repairs:
            if repair.cell:
                words = found.setdefault(repair.cell, [])
                words += [repair.kind] if repair.kind not in words else []
        return found


def repair(release: NotebookNode, submitted: NotebookNode) -> Repaired:
    """Put a student's answers into the release.

    Parameters
    ----------
    release : NotebookNode
        the assignment as it is graded: stubs in the answer cells, hidden tests in the tests.
    submitted : NotebookNode
        the student's notebook, as read by `intake.read`. Neither notebook is changed.
    """
    matching = Matching(release, submitted)
    repairs = list(matching.repairs)
    added: dict[int, list[tuple[NotebookNode, list]]] = {}
    for fragment in matching.unclaimed:
        theirs = [] if fragment.cut else [fragment.source]
        added.setdefault(matching.seen.anchor(fragment.place), []).extend((cell, theirs) for cell in _own(fragment))
    pairs = added.get(-1, [])
    for index, released in enumerate(release.cells):
        cell = _copy(released)
        if index in matching.seen.answers:
            repairs += _fill(cell, matching.seen.answers[index], matching.repairs)
        elif index in matching.seen.plain:
            cell.source = matching.seen.plain[index].text
            if texts.normal(cell.source) == texts.normal(released.source):
                records.put(cell, records.Record(released=True))
        elif is_grade(released) and not is_solution(released) and index not in matching.seen.copies:
            repairs.append(Repair("test-restored", grade_id(released)))
        pairs += [(cell, _sources(matching.seen, index)), *added.get(index, [])]
    order = {grade_id(cell): index for index, cell in enumerate(release.cells)}
    repairs = sorted(dict.fromkeys(repairs), key=lambda one: order[one.cell] if one.cell else -1)
    notebook = NotebookNode(
        cells=[cell for cell, _ in pairs], metadata=nbformat.from_dict(release.metadata), nbformat=release.nbformat,
        nbformat_minor=release.nbformat_minor)
    answered = {
        answer.name: answer.text is not None and texts.normal(answer.text) != texts.normal(answer.stub)
        for answer in matching.seen.answers.values()
    }
    handed_in = [[output for source in theirs for output in source.get("outputs", [])] for _, theirs in pairs]
    return Repaired(notebook, repairs, answered, handed_in)


def _sources(seen: Alignment, index: int) -> list[NotebookNode]:
    """The submitted cells that correspond to a cell of the release."""
    if index in seen.answers:
        return list({fragment.place: fragment.source for fragment in seen.answers[index].fragments}.values())
    if index in seen.plain:
        return [seen.plain[index].source]
    return [seen.copied[index]] if index in seen.copied else []


def _fill(cell: NotebookNode, answer: AnswerCell, known: list[Repair]) -> list[Repair]:
    """Put an answer into its cell; returns the repairs that this needed."""
    if answer.text is None:
        uncertain = any(one.cell == answer.name and one.kind == "answer-uncertain" for one in known)
        return [] if uncertain else [Repair("answer-deleted", answer.name)]
    left_out: list[str] = []
    cell.source = answer.text
    if answer.python:
        cell.source, left_out = texts.without_machine_lines(answer.text, answer=True, stub=answer.stub)
    elif not answer.code:
        pictures = [fragment.source.attachments for fragment in answer.fragments if "attachments" in fragment.source]
        if pictures:
            cell.attachments = NotebookNode({name: kinds for theirs in pictures for name, kinds in theirs.items()})
    return [Repair("magic-left-out", answer.name, what=", ".join(left_out))] if left_out else []


def _own(fragment: Fragment) -> list[NotebookNode]:
    """A student's own cell without tags, metadata and outputs; an empty list if it is neither code nor Markdown."""
    if fragment.kind == "code":
        return [new_code_cell(source=texts.without_machine_lines(fragment.text, answer=False)[0])]
    pictures = {"attachments": fragment.source.attachments} if "attachments" in fragment.source else {}
    return [new_markdown_cell(source=fragment.text, **pictures)] if fragment.kind == "markdown" else []


def _copy(cell: NotebookNode) -> NotebookNode:
    """A copy of a released cell without outputs, which shares no objects with the release."""
    kept = {key: value for key, value in cell.items() if key not in ("outputs", "execution_count")}
    made = nbformat.from_dict(kept)
    if cell.cell_type == "code":
        made.outputs, made.execution_count = [], None
    return made
