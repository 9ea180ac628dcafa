"""What a notebook shows of an error: one sentence where an answer is not there yet, and no code of the checks."""

from __future__ import annotations

import inspect
import os
import sys
import textwrap
from types import ModuleType, TracebackType
from typing import Any

from cnnlab.checks.calling import WIDTH, is_stub
from cnnlab.checks.repeating import GRADED

CHECKS = os.path.join(os.path.dirname(__file__), "checks", "")


def install() -> None:
    """Have IPython show errors by `show`; does nothing outside IPython and while a notebook is graded."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None and GRADED not in os.environ:
        shell.set_custom_exc((Exception,), show)


def show(shell: Any, kind: type, error: BaseException, trace: TracebackType, tb_offset: int | None = None) -> None:
    """Show an error: by a sentence if an answer is missing, else by its traceback without the checks' code."""
    said = sentence(error)
    if said:  # IPython asks an error for the lines to show
        error._render_traceback_ = lambda: textwrap.wrap(said, WIDTH)  # type: ignore[attr-defined]
    shell.showtraceback((kind, error, without_checks(trace)), tb_offset=tb_offset)


def without_checks(trace: TracebackType | None) -> TracebackType | None:
    """A traceback without the frames of `cnnlab.checks`: a student's own lines are what helps to find the mistake."""
    kept = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(CHECKS):
            kept.append(trace)
        trace = trace.tb_next
    for one in reversed(kept):
        trace = TracebackType(trace, one.tb_frame, one.tb_lasti, one.tb_lineno)
    return trace


def sentence(error: BaseException) -> str:
    """What a student reads about an error that comes from an answer that is not there yet; empty for any other."""
    known = tasks()
    if isinstance(error, NameError) and error.name in known:
        return (f"`{error.name}` is not defined yet: run the cell with your answer to that task, then run this cell "
                "again.")
    if isinstance(error, NotImplementedError) and is_stub(error):
        asked = [name for name in map(_outermost, _frames(error.__traceback__)) if name in known]
        if asked:
            return (f"{asked[-1]}: not attempted yet. This cell uses your answer. Replace `raise NotImplementedError` "
                    "with it, run that cell, then run this one again.")
    return ""


def tasks() -> set[str]:
    """The names of the tasks whose visible checks the notebook has imported."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("cnnlab.checks.")]
    return {name for module in modules if isinstance(module, ModuleType) for name in getattr(module, "__all__", ())
            if inspect.isfunction(getattr(module, name, None))}


def _frames(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        found.append(trace.tb_frame.f_code.co_qualname)
        trace = trace.tb_next
    return found


def _outermost(name: str) -> str:
    return name.partition(".")[0]
