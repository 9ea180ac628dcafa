"""Call a student's function, and say in one sentence what is wrong if the call itself goes wrong."""

from __future__ import annotations

import dis
import os
import re
import sysconfig
import textwrap
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cnnlab import exact
from cnnlab.checks.repeating import GRADED, describe_call, how_to_repeat, remember

ARTICLES = frozenset({"a", "all", "an", "any", "both", "each", "every", "no", "the", "this"})
WIDTH = 88  # characters of a line of a message
LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})
WRAPPED = r"in user code:.*NotImplementedError: |Exception encountered when calling .*?\x1b\[1m(.*?)\x1b\[0m.*"


class CheckFailed(AssertionError):
    """An answer is wrong.

    Its text is the message for the student; an article at its start gets a capital letter. `picture` holds lines
    that stand below it in the notebook, such as two arrays side by side; they are not part of the text.
    """

    def __init__(self, message: str, picture: Sequence[str] = ()) -> None:
        first, space, rest = str(message).partition(" ")
        super().__init__((first.capitalize() if first in ARTICLES else first) + space + rest)
        self.picture = list(picture)

    def _render_traceback_(self) -> list[str]:
        """IPython shows these lines in place of a traceback: the message, and what helps to find the mistake.

        The message is wrapped at words, because JupyterLab breaks a long line inside a word.
        """
        message = [part for line in str(self).splitlines() for part in textwrap.wrap(line, WIDTH) or [""]]
        if GRADED in os.environ:
            return message
        return [*message, *self.picture, *how_to_repeat(str(self))]


class NotAttempted(CheckFailed):
    """The answer is still the stub."""


def call(function: Callable, *arguments: Any, **keywords: Any) -> Any:
    """Call a student's function as a check does, and return what it returns.

    The function gets copies of arrays, lists, dicts and sets, so that the check can use its own again.

    Raises
    ------
    NotAttempted
        if the function raises NotImplementedError, as a stub does.
    CheckFailed
        if it returns None, changes what it was given, or uses a name that no cell defines.
    Exception
        what the function itself raises, with a note that says how it was called.
    """
    given = [*arguments, *keywords.values()]
    variables = [_of_variable(value) for value in given]
    handed = [exact.copied(value) for value in given]
    remember(function, arguments, keywords)
    try:
        result = function(*handed[: len(arguments)], **dict(zip(keywords, handed[len(arguments) :], strict=True)))
    except Exception as error:
        _explain(error, function, describe_call(function, arguments, keywords))
        raise
    if result is None:
        raise CheckFailed(f"{describe_call(function, arguments, keywords)} returned None." + (
            " Likely cause: a missing `return`." if _never_returns(function)
            else " Every path through it should end with `return` and its result."
        ))
    for value, copy, before in zip(given, handed, variables, strict=True):
        kind = exact.changed(value, copy)
        if before is not None and not exact.equal(before, exact.plain(value)):
            kind = "variable"
        if kind:
            raise CheckFailed(
                f"{describe_call(function, arguments, keywords)} changed the {kind} it was given. Work on a copy: the "
                "caller still needs it."
            )
    return result


def call_with_advice(function: Callable, arguments: Sequence, *, advice: Mapping[type[Exception], str]) -> Any:
    """Call a student's function as `call` does; for an error of a kind that `advice` has, say what to do.

    Raises
    ------
    CheckFailed
        with the call, the error and its sentence. Any other error is raised as it is.
    """
    try:
        return call(function, *arguments)
    except Exception as error:
        for kind, sentence in advice.items():
            if type(error) is kind:
                what = describe_call(function, arguments)
                raise CheckFailed(f"{what} raised {kind.__name__} ({error}). {sentence}") from error
        raise


def raises(error: type[Exception], function: Callable, *arguments: Any, reason: str) -> None:
    """Check that a call raises `error`; `reason` is the sentence that says why it must."""
    what = describe_call(function, arguments)
    remember(function, arguments, {})
    try:
        result = function(*[exact.copied(value) for value in arguments])
    except error:
        return
    except Exception as other:
        if is_stub(other):
            raise _not_attempted(function) from other
        raised = f"raised {exact.named(type(other))}"
    else:
        raised = f"returned {exact.shown(result)}"
    raise CheckFailed(f"{what} should raise {error.__name__}, but {raised}. {reason}")


def _explain(error: Exception, function: Callable, what: str) -> None:
    """Raise what says more than an error of the answer's own, or add to it how the answer was called."""
    if is_stub(error):
        raise _not_attempted(function) from error
    if isinstance(error, NameError) and type(error.name) is str and not _of_library(error):
        raise CheckFailed(
            f"{what} uses the name {exact.shown(error.name)}, which the notebook does not define. Check its "
            "spelling. If that is right, it is a name that exists only in your session: restart the kernel and run all "
            "cells to see it."
        ) from error
    BaseException.add_note(error, "\n".join([f"Your answer raised this when the check called {what}.",
                                             *how_to_repeat(what)]))


def is_stub(error: Exception) -> bool:
    """Whether the answer raised NotImplementedError without a word, also inside Keras's or TensorFlow's wrapping."""
    if type(error) is not NotImplementedError or _of_library(error):
        return False
    text = "".join(part for part in error.args if type(part) is str)
    return not re.sub(WRAPPED, r"\1", text, flags=re.DOTALL).strip()


def _of_library(error: Exception) -> bool:
    """Whether an error comes from code that is installed, not from a notebook."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_filename.startswith(LIBRARIES)


def _not_attempted(function: Callable) -> NotAttempted:
    return NotAttempted(
        f"{exact.called(function) or 'This task'}: not attempted yet. Replace `raise NotImplementedError` with your "
        "answer, run that cell, then run this one again."
    )


def _never_returns(function: Callable) -> bool:
    """Whether a function has no `return` with a value."""
    if type(function) is not types.FunctionType or function.__code__.co_flags & 0x20:  # a generator
        return False
    steps = list(dis.get_instructions(function.__code__))
    ends = [place for place, step in enumerate(steps) if step.opname.startswith("RETURN_")]
    return all(step.argval is None and step.opname in ("LOAD_CONST", "RETURN_CONST")
               for step in (steps[place - (steps[place].opname == "RETURN_VALUE")] for place in ends))


def _of_variable(value: Any) -> Any:
    """What a variable that is handed to a function holds now; None for all else."""
    if exact.named(type(value)) not in ("ResourceVariable", "Variable"):
        return None
    try:
        return exact.copied(exact.plain(value))
    except exact.NotPlain:
        return None
