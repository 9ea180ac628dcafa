"""Which answers a person should look at: a part of the code is left over, or fits more than one of them."""

from __future__ import annotations

from autograder.repair import text as texts
from autograder.repair.notes import Repair
from autograder.repair.recognise import Answer, Piece, Recognised

CONFIDENCE = 0.6
PUT_TOGETHER = ("answer-joined", "answer-separated", "first-line-restored")  # kinds of repairs


def doubtful(seen: Recognised, repairs: list[Repair]) -> list[Repair]:
    """A repair `answer-uncertain` for each answer that is not sure, once all that could be found was found.

    Every answer is in doubt where the rest of some code is left that belongs to nothing, or where such a
    rest is all that was found of one; an answer that was put together, where another part of it is left;
    and two answers to which the same rest fits.

    Parameters
    ----------
    seen : Recognised
        the submission; its answers have their text.
    repairs : list of Repair
        what was put right to get there.
    """
    answers = [answer for answer in seen.answers.values() if answer.python]
    used = [piece for answer in answers for piece in answer.pieces]
    left = [piece for piece in seen.pieces if piece not in used and not texts.is_python(piece.text)]
    made = {repair.cell for repair in repairs if repair.kind in PUT_TOGETHER}
    found: dict[str, None] = {}  # a set that keeps the order
    if any(is_rest(text) for text in (*(piece.text for piece in left), *(one.text or "" for one in answers))):
        found |= dict.fromkeys(answer.name for answer in answers)
    for answer in answers:
        if answer.name in made and any(_is_another_part(answer, piece) for piece in left):
            found[answer.name] = None
        rests = [piece for piece in answer.pieces[1:] if not seen.is_known(piece.name) and is_rest(piece.text)]
        if texts.same(answer.text, answer.stub):
            continue  # nobody's work: whose stub it is costs nobody a point
        rivals = [other.name for other in answers if other is not answer and any(
            texts.plausible(f"{other.text or other.stub}\n{rest.text}", seen.known) for rest in rests)]
        found |= dict.fromkeys([answer.name, *rivals] if rivals else [])
    return [Repair("answer-uncertain", name, CONFIDENCE) for name in found]


def is_rest(text: str) -> bool:
    """Whether a text begins indented and is no Python: the rest of something."""
    return text.strip("\n")[:1] in (" ", "\t") and not texts.is_python(text)


def _is_another_part(answer: Answer, piece: Piece) -> bool:
    """Whether a broken piece is of this answer, and no copy of what the answer has."""
    its = piece.name == answer.name or answer.wanted & texts.defines(piece.text)
    return bool(its) and texts.normal(piece.text) not in texts.normal(answer.text or "")
