"""Find the answers that a person should check: some code is left over, or fits more than one answer."""

from __future__ import annotations

from autograder.repair import text as texts
from autograder.repair.alignment import Alignment, AnswerCell, Fragment
from autograder.repair.notes import Repair

CONFIDENCE = 0.6
PUT_TOGETHER = ("answer-reassembled", "answer-extracted", "first-line-restored")  # kinds of repairs


def doubtful(seen: Alignment, repairs: list[Repair]) -> list[Repair]:
    """Return a repair `answer-uncertain` for each answer that is in doubt when the matching is complete.

    All answers are in doubt if an indented rest of some code belongs to no answer, or if such a rest is all that was
    found of an answer. An answer that was put together is in doubt if another part of it is left over. If the same
    rest fits several answers, all of these are in doubt.

    Parameters
    ----------
    seen : Alignment
        the submission, in which the answers have their text.
    repairs : list of Repair
        the repairs made so far.
    """
    answers = [answer for answer in seen.answers.values() if answer.python]
    used = [fragment for answer in answers for fragment in answer.fragments]
    left = [fragment for fragment in seen.fragments if fragment not in used and not texts.is_python(fragment.text)]
    made = {repair.cell for repair in repairs if repair.kind in PUT_TOGETHER}
    found: dict[str, None] = {}  # an ordered set
    if any(is_rest(text) for text in (*(fragment.text for fragment in left), *(one.text or "" for one in answers))):
        found |= dict.fromkeys(answer.name for answer in answers)
    for answer in answers:
        if answer.name in made and any(_is_another_part(answer, fragment) for fragment in left):
            found[answer.name] = None
        rests = [one for one in answer.fragments[_last_marked(answer) + 1:]
                 if not seen.is_known(one.name) and is_rest(one.text)]
        if texts.same(answer.text, answer.stub):
            continue  # an untouched stub holds no work of the student, so a wrong match costs no points
        rivals = [other.name for other in answers if other is not answer and any(
            texts.plausible(f"{other.text or other.stub}\n{rest.text}", seen.known) for rest in rests)]
        found |= dict.fromkeys([answer.name, *rivals] if rivals else [])
    return [Repair("answer-uncertain", name, CONFIDENCE) for name in found]


def _last_marked(answer: AnswerCell) -> int:
    """The index of the last fragment that carries the answer's mark: what is between two of these is its own."""
    return max((number for number, one in enumerate(answer.fragments) if one.name == answer.name), default=0)


def is_rest(text: str) -> bool:
    """Whether a text begins with an indented line and is not Python, so that it is the rest of some other code."""
    return text.strip("\n")[:1] in (" ", "\t") and not texts.is_python(text)


def _is_another_part(answer: AnswerCell, fragment: Fragment) -> bool:
    """Whether a broken fragment belongs to this answer and is not a copy of text that the answer already has."""
    its = fragment.name == answer.name or answer.wanted & texts.defines(fragment.text)
    return bool(its) and texts.normal(fragment.text) not in texts.normal(answer.text or "")
