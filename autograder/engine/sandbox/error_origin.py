"""Find where an error came from, inside the kernel, to decide what of it a student may read.

The message of a check may be shown, even if a hidden test raised it. A message from a student's function may not: it
can contain the arguments of the call. The frames of an error tell the two apart.
"""

from __future__ import annotations

import sys
from types import CodeType, FunctionType

KINDS = ("CheckFailed", "NotAttempted")  # classes of the package's module `checks`
TRACEBACK = BaseException.__dict__["__traceback__"].__get__
LONGEST = 2000  # characters of a message


class ErrorOrigin:
    """Knows the code of the course's package, as it was before the first cell, and the code of the release.

    Code is recognised by identity, not by its file name: a student can give any file name to code.
    """

    def __init__(self, package: str) -> None:
        checks = sys.modules.get(f"{package}.checks")
        names = vars(checks) if checks is not None else {}
        self.package = package
        self.kinds = tuple(names[name] for name in KINDS if name in names)
        ours = [module for name, module in list(sys.modules.items()) if self._is_ours(name)]
        self.kept = [code for module in ours for value in list(vars(module).values()) for code in self._codes(value)]
        self.codes = set(map(id, self.kept))  # `kept` holds the objects, so that no id is reused

    def _is_ours(self, module: object) -> bool:
        return isinstance(module, str) and bool(self.package) and module.partition(".")[0] == self.package

    def _codes(self, value: object) -> list[CodeType]:
        """Return the code of a function or class of the package, with all nested code; empty for anything else."""
        if not self._is_ours(getattr(value, "__module__", None)):
            return []
        if isinstance(value, type):
            return [code for one in list(vars(value).values()) for code in self._codes(one)]
        if not isinstance(value, FunctionType):
            return []
        return _inside(value.__code__)

    def trust(self, *codes: CodeType | None) -> None:
        """Also trust the code of a cell of the release."""
        found = [code for one in codes if one is not None for code in _inside(one)]
        self.kept += found
        self.codes.update(map(id, found))

    def __call__(self, error: BaseException, cells: dict[str, int]) -> dict:
        """Describe where an error came from.

        Parameters
        ----------
        error : BaseException
            the error.
        cells : dict of int
            the execution count of each cell, by the cell's file name.

        Returns
        -------
        dict
            `check`: the message if a check raised the error, else empty; `line`: the line in the cell of the release,
            or 0; `frames`: the execution count and the line of each frame in a cell.
        """
        chain, step = [], TRACEBACK(error)  # a student's class can define its own `__traceback__`
        while step is not None:
            chain.append((step.tb_frame.f_code, step.tb_lineno))
            step = step.tb_next
        while chain and chain[0][0].co_filename not in cells:
            chain.pop(0)  # a frame of IPython
        of_test = bool(chain) and id(chain[0][0]) in self.codes
        own = of_test and any(type(error) is kind for kind in self.kinds) and all(
            id(code) in self.codes for code, _ in chain)
        message = error.args[0] if own and len(error.args) == 1 and type(error.args[0]) is str else ""
        return {"check": message[:LONGEST], "line": chain[0][1] if of_test else 0,
                "frames": [[cells[code.co_filename], line] for code, line in chain if code.co_filename in cells][-20:]}


def _inside(code: CodeType) -> list[CodeType]:
    """Return a code object and all code nested in it."""
    found = [code]
    for code in found:
        found += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return found
