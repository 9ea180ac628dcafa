"""The texts that belong to the notebook that is open: the one whose visible checks it has imported."""

from __future__ import annotations

import difflib
import sys
import textwrap
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from cnnlab.checks.calling import WIDTH

FOLDER = Path(__file__).parent
CHECKS = "cnnlab.checks."


class NothingThere(Exception):
    """A name that the notebook does not have; its text is one sentence, shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return textwrap.wrap(str(self), WIDTH)


def notebook() -> str:
    """The name of the notebook that is open, such as "resnet"; of several in one session the last one.

    Raises
    ------
    NothingThere
        if the session has imported no notebook's checks.
    """
    names = [name.removeprefix(CHECKS) for name in list(sys.modules) if name.startswith(CHECKS)]
    known = [name for name in names if (FOLDER / f"{name}.toml").is_file()]
    if not known:
        raise NothingThere("Run the notebook's first cells first: they say which assignment this is.")
    return known[-1]


def texts(name: str) -> dict[str, Any]:
    """The texts of a notebook: [tasks.NAME] with points and difficulty, and [predictions] with the answers."""
    return _read(FOLDER / f"{name}.toml")


def hints(name: str) -> dict[str, list[str]]:
    """The hints of a notebook, for each task a list; {} where the teacher has taken them out."""
    path = FOLDER / "hints" / f"{name}.toml"
    return _read(path) if path.is_file() else {}


def choose(name: str, known: list[str], kind: str) -> str:
    """Return `name` if it is known; raises NothingThere, with the closest name, if it is not."""
    if name in known:
        return name
    close = difflib.get_close_matches(name, known, 1, 0.5)
    meant = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}."
    raise NothingThere(f"This notebook has no {kind} called {name}. {meant}")


def show(text: str) -> None:
    """Show a text in Markdown: as such in a notebook, and wrapped at words where there is none."""
    if get_ipython() is not None:
        display({"text/markdown": text.strip(), "text/plain": _wrapped(text)}, raw=True)
    else:
        print(_wrapped(text))


def _wrapped(text: str) -> str:
    """A text wrapped at words, paragraph by paragraph; indented ones, such as code, stay as they are."""
    paragraphs = [paragraph.strip("\n") for paragraph in text.strip("\n").split("\n\n")]
    return "\n\n".join(one if one.startswith("    ") else "\n".join(textwrap.wrap(" ".join(one.split()), WIDTH))
                       for one in paragraphs)


@cache
def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
