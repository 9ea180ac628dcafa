"""Inside the kernel: where an error came from, for what a student may read of it.

A check's message may be shown, also where a hidden test raised it. A message that a student's function made
up may not: it can hold what the function was called with. Which of the two an error is, its frames say.
"""

from __future__ import annotations

import sys
from types import CodeType, FunctionType

KINDS = ("CheckFailed", "NotAttempted")  # of the package's module `checks`
TRACEBACK = BaseException.__dict__["__traceback__"].__get__
LONGEST = 2000  # characters of a message


class ErrorOrigin:
    """Knows the code of the course's package, with its checks, as it was before the first cell, and the release's.

    Code is known by itself, not by the name of its file: a student can give any name to code.
    """

    def __init__(self, package: str) -> None:
        checks = sys.modules.get(f"{package}.checks")
        names = vars(checks) if checks is not None else {}
        self.package = package
        self.kinds = tuple(names[name] for name in KINDS if name in names)
        ours = [module for name, module in list(sys.modules.items()) if self._is_ours(name)]
        self.kept = [code for module in ours for value in list(vars(module).values()) for code in self._codes(value)]
        self.codes = set(map(id, self.kept))  # kept, so that no id is used again

    def _is_ours(self, module: object) -> bool:
        return isinstance(module, str) and bool(self.package) and module.partition(".")[0] == self.package

    def _codes(self, value: object) -> list[CodeType]:
        """The code of a function of the package, of a class's methods, and of what they define inside."""
        if not self._is_ours(getattr(value, "__module__", None)):
            return []
        if isinstance(value, type):
            return [code for one in list(vars(value).values()) for code in self._codes(one)]
        if not isinstance(value, FunctionType):
            return []
        return _inside(value.__code__)

    def trust(self, *codes: CodeType | None) -> None:
        """Trust the code of a cell of the release, too."""
        found = [code for one in codes if one is not None for code in _inside(one)]
        self.kept += found
        self.codes.update(map(id, found))

    def __call__(self, error: BaseException, cells: dict[str, int]) -> dict:
        """What is said of an error: `check`, its message where it is a check's own; `line` of the test; `frames`.

        Parameters
        ----------
        error : BaseException
            the error.
        cells : dict of int
            for the file name of each cell its execution count.
        """
        chain, step = [], TRACEBACK(error)  # a class of the student's can have another one
        while step is not None:
            chain.append((step.tb_frame.f_code, step.tb_lineno))
            step = step.tb_next
        while chain and chain[0][0].co_filename not in cells:
            chain.pop(0)  # IPython's
        of_test = bool(chain) and id(chain[0][0]) in self.codes
        own = of_test and any(type(error) is kind for kind in self.kinds) and all(
            id(code) in self.codes for code, _ in chain)
        message = error.args[0] if own and len(error.args) == 1 and type(error.args[0]) is str else ""
        return {"check": message[:LONGEST], "line": chain[0][1] if of_test else 0,
                "frames": [[cells[code.co_filename], line] for code, line in chain if code.co_filename in cells][-20:]}


def _inside(code: CodeType) -> list[CodeType]:
    """Some code, and what it defines inside."""
    found = [code]
    for code in found:
        found += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return found
