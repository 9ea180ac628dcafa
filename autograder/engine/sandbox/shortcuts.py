"""Shortcuts: they make a run faster and change nothing else.

A shortcut is left out if the installed version of a library lacks what it relies on. All are left out if the
environment variable AUTOGRADER_SHORTCUTS is `off`; a test checks that the scores are the same either way.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from hashlib import blake2b
from typing import Any
from unittest.mock import patch

from ipykernel import ipkernel
from ipykernel.compiler import XCachingCompiler, get_tmp_directory
from ipykernel.iostream import OutStream
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core import inputtransformer2
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client import session
from traitlets import Instance

from autograder.engine.sandbox import syscalls

SWITCH = "AUTOGRADER_SHORTCUTS"
ON = os.environ.get(SWITCH, "on") != "off"

# in the worker and in a kernel


def times_as_text() -> AbstractContextManager:
    """Return a context manager that leaves the times in messages as text: they are not used here."""
    known = ON and hasattr(session, "extract_dates")
    return patch.object(session, "extract_dates", lambda header: header) if known else nullcontext()


# in the parent, before it forks


def first_traceback() -> None:
    """Format an error once as the kernels do: the first time takes 0.2 s longer, and forks keep what it prepares."""
    if not ON:
        return
    with suppress(Exception):
        from IPython.core.ultratb import FormattedTB

        try:
            raise ValueError
        except ValueError:
            FormattedTB("Context").structured_traceback(*sys.exc_info())


def run_operations_directly() -> None:
    """Make TensorFlow run eager operations directly, without wrapping each of them in a function.

    The first call of such a function passes through all graph optimisers, once in every fork, and takes longer than
    most operations of a notebook. `tf.function` is not affected. An optimiser can replace an operation, such as
    softmax, by another one; then a number can differ in its last bit. The option belongs to the context that
    TensorFlow makes with a fork's first operation, and has no public name. With a version that lacks it, everything
    is as correct, but slower.
    """
    if not ON:
        return
    context = sys.modules.get("tensorflow.python.eager.context")
    made = getattr(context, "pywrap_tfe", None)
    choose = getattr(made, "TFE_ContextOptionsSetRunEagerOpAsFunction", None)
    if made is not None and choose is not None:
        made.TFE_ContextOptionsSetRunEagerOpAsFunction = lambda options, _: choose(options, False)


def use_large_pages() -> None:
    """Move this process's memory into large pages, so that a fork has a shorter page table to copy."""
    if ON:
        syscalls.use_large_pages()


# in a kernel


_TOKENS = frozenset(getattr(inputtransformer2, name, None) for name in (
    "MagicAssign", "SystemAssign", "EscapedCommand", "HelpEnd"))


class Compiler(XCachingCompiler):
    """ipykernel's compiler, with names of cells that are found faster: a traceback looks up the module of each."""

    def get_code_name(self, raw_code: str, code: str, count: int) -> str:
        number = int.from_bytes(blake2b(raw_code.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        name = f"{get_tmp_directory()}/{number}.py"  # digits, as in ipykernel's own names
        inspect.modulesbyfile[name] = "__main__"
        return name


class Transformers(TransformerManager):
    """IPython's transformers, except that a cell is tokenized only if it can contain a magic, a command or a `?`."""

    def do_token_transforms(
        self, lines: list[str], own: frozenset = _TOKENS,
        begins: Callable[[str], object] = re.compile(r"\s*[!%?,;/]").match,
        assigns: Callable[[str], object] = re.compile(r"=\s*[!%]").search,
        asks: Callable[[str], object] = re.compile(r"\?[\s\\]*$").search,
    ) -> list[str]:  # constants as defaults: the guard notices if these are replaced
        if own == set(self.token_transformers) and not any(
            begins(line) or assigns(line) or asks(line) for line in lines
        ):
            return lines
        return super().do_token_transforms(lines)


class _Shell(ZMQInteractiveShell):
    """ipykernel's shell, without what only an interactive user needs and without what it does twice."""

    compiler_class = Compiler
    input_transformer_manager = Instance(Transformers, ())
    _transformed: tuple[str, str] | None = None

    def should_run_async(
        self, raw_cell: str, *, transformed_cell: str | None = None, preprocessing_exc_tuple: tuple | None = None,
    ) -> bool:
        """Return whether a cell must run asynchronously; IPython compiles it to find out.

        A cell with neither `await` nor `async` cannot be asynchronous, and is not compiled for this.
        """
        if transformed_cell is not None and "await" not in transformed_cell and "async" not in transformed_cell:
            return False
        return super().should_run_async(
            raw_cell, transformed_cell=transformed_cell, preprocessing_exc_tuple=preprocessing_exc_tuple)

    def transform_cell(self, raw_cell: str) -> str:
        """Transform a cell as IPython does, but only once, although ipykernel asks twice in a row for each cell."""
        if self._transformed is not None and self._transformed[0] == raw_cell:
            transformed, self._transformed = self._transformed[1], None
        else:
            transformed = super().transform_cell(raw_cell)
            self._transformed = raw_cell, transformed
        return transformed

    def _format_exception_for_storage(self, exception: BaseException, *_: Any, **__: Any) -> dict:
        """Leave out the traceback: it would be formatted again for a history that our kernels do not have."""
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}


class _Stream(OutStream):
    """ipykernel's standard output and error, except that a flush does not wait if nothing was written."""

    def flush(self) -> None:
        if self._flush_pending or self._buffers:
            super().flush()


class _NoModules:
    """Replaces `sys` while ipykernel lists the files of all modules for a debugger, which no notebook here has."""

    modules: dict = {}

    def __getattr__(self, name: str) -> object:
        return getattr(sys, name)


Shell = _Shell if ON and hasattr(TransformerManager, "do_token_transforms") else ZMQInteractiveShell
Stream = _Stream if ON and hasattr(OutStream, "_flush_pending") else OutStream


def no_list_of_modules() -> AbstractContextManager:
    """Return a context manager in which ipykernel makes its kernel without listing the files of all modules.

    Listing them would copy thousands of the parent's pages.
    """
    return patch.object(ipkernel, "sys", _NoModules()) if ON and hasattr(ipkernel, "sys") else nullcontext()
