"""ipykernel's shell, without what only a person at a keyboard has use for, or what it does twice."""

from __future__ import annotations

import inspect
import re
from hashlib import blake2b

from ipykernel.compiler import XCachingCompiler, get_tmp_directory
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.inputtransformer2 import (
    EscapedCommand,
    HelpEnd,
    MagicAssign,
    SystemAssign,
    TransformerManager,
)
from traitlets import Instance


class Compiler(XCachingCompiler):
    """ipykernel's compiler, with names of cells that take less time: a traceback looks for the module of each."""

    def get_code_name(self, raw_code: str, code: str, count: int) -> str:
        number = int.from_bytes(blake2b(raw_code.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        name = f"{get_tmp_directory()}/{number}.py"  # digits, as ipykernel's own names
        inspect.modulesbyfile[name] = "__main__"
        return name


class Transformers(TransformerManager):
    """IPython's; a cell is taken apart into tokens only where it can hold a magic, a command or a question."""

    def do_token_transforms(
        self, lines: list[str], own=frozenset({MagicAssign, SystemAssign, EscapedCommand, HelpEnd}),
        begins=re.compile(r"\s*[!%?,;/]").match, assigns=re.compile(r"=\s*[!%]").search,
        asks=re.compile(r"\?[\s\\]*$").search,
    ) -> list[str]:  # constants as defaults: the guard notices where somebody replaces those
        if own == set(self.token_transformers) and not any(
            begins(line) or assigns(line) or asks(line) for line in lines
        ):
            return lines
        return super().do_token_transforms(lines)


class Shell(ZMQInteractiveShell):
    """See the top of this module."""

    compiler_class = Compiler
    input_transformer_manager = Instance(Transformers, ())
    _transformed: tuple[str, str] | None = None

    def should_run_async(self, raw_cell: str, *, transformed_cell=None, preprocessing_exc_tuple=None) -> bool:
        """As IPython's, which compiles a cell to find out; without one of these words none can be."""
        if transformed_cell is not None and "await" not in transformed_cell and "async" not in transformed_cell:
            return False
        return super().should_run_async(
            raw_cell, transformed_cell=transformed_cell, preprocessing_exc_tuple=preprocessing_exc_tuple)

    def transform_cell(self, raw_cell: str) -> str:
        """As IPython's; ipykernel asks twice in a row for each cell."""
        if self._transformed is not None and self._transformed[0] == raw_cell:
            transformed, self._transformed = self._transformed[1], None
        else:
            transformed = super().transform_cell(raw_cell)
            self._transformed = raw_cell, transformed
        return transformed

    def _format_exception_for_storage(self, exception, *arguments, **options) -> dict:
        """For a history that no kernel of ours has; its traceback is formatted once, to be shown."""
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}
