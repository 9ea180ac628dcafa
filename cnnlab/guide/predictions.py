"""Predict before you run: the answer to a question that the text asks."""

from __future__ import annotations

from cnnlab.guide import texts


def reveal(name: str) -> None:
    """Print the answer to one of the notebook's questions, such as "02-stride". Nothing of it is graded.

    Raises
    ------
    NothingThere
        if the notebook has no question of that name.
    """
    answers = texts.texts(texts.notebook()).get("predictions", {})
    texts.show(answers[texts.choose(name, list(answers), "question")])
