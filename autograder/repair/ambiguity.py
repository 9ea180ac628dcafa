"""Which answers a person should look at: a part of the code is left over, or fits more than one of them."""

from __future__ import annotations

from autograder.repair import text as texts
from autograder.repair.alignment import Alignment, AnswerCell, Fragment
from autograder.repair.notes import Repair

CONFIDENCE = 0.6
PUT_TOGETHER = ("answer-reassembled", "answer-extracted", "first-line-restored")  # kinds of repairs


def doubtful(seen: Alignment, repairs: list[Repair]) -> list[Repair]:
    """A repair `answer-uncertain` for each answer that is not sure, once all that could be found was found.

    Every answer is in doubt where the rest of some code is left that belongs to nothing, or where such a
    rest is all that was found of one; an answer that was put together, where another part of it is left;
    and two answers to which the same rest fits.

    Parameters
    ----------
    seen : Alignment
        the submission; its answers have their text.
    repairs : list of Repair
        what was put right to get there.
    """
    answers = [answer for answer in seen.answers.values() if answer.python]
    used = [fragment for answer in answers for fragment in answer.fragments]
    left = [fragment for fragment in seen.fragments if fragment not in used and not texts.is_python(fragment.text)]
    made = {repair.cell for repair in repairs if repair.kind in PUT_TOGETHER}
    found: dict[str, None] = {}  # a set that keeps the order
    if any(is_rest(text) for text in (*(fragment.text for fragment in left), *(one.text or "" for one in answers))):
        found |= dict.fromkeys(answer.name for answer in answers)
    for answer in answers:
        if answer.name in made and any(_is_another_part(answer, fragment) for fragment in left):
            found[answer.name] = None
        rests = [one for one in answer.fragments[1:] if not seen.is_known(one.name) and is_rest(one.text)]
        if texts.same(answer.text, answer.stub):
            continue  # nobody's work: whose stub it is costs nobody a point
        rivals = [other.name for other in answers if other is not answer and any(
            texts.plausible(f"{other.text or other.stub}\n{rest.text}", seen.known) for rest in rests)]
        found |= dict.fromkeys([answer.name, *rivals] if rivals else [])
    return [Repair("answer-uncertain", name, CONFIDENCE) for name in found]


def is_rest(text: str) -> bool:
    """Whether a text begins indented and is no Python: the rest of something."""
    return text.strip("\n")[:1] in (" ", "\t") and not texts.is_python(text)


def _is_another_part(answer: AnswerCell, fragment: Fragment) -> bool:
    """Whether a broken fragment is of this answer, and no copy of what the answer has."""
    its = fragment.name == answer.name or answer.wanted & texts.defines(fragment.text)
    return bool(its) and texts.normal(fragment.text) not in texts.normal(answer.text or "")
