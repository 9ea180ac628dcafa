"""Mutants: the reference solution, changed in one place.

The operators that any code has (arithmetic, comparisons, numbers, booleans, loops) are cosmic-ray's,
one or two sensible replacements for each; those of layers and arrays are in `changes.py`. A mutant is
named after what changed it and where: `Add_Sub@12:8` is line 12, column 8 of the answer cell.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.audit.changes import Placed, changes, silent
from autograder.authoring.bank import Answer
from autograder.errors import UserError
from autograder.notebooks import Task

# cosmic-ray's operators, without `Replace` and the family's name where that says enough. Where one has
# several replacements at a place, the names of all.
OPERATORS = {
    **{f"ReplaceBinaryOperator_{change}": (change,) for change in (
        "Add_Sub", "Sub_Add", "Mul_Add", "Mul_FloorDiv", "Div_Mul", "Div_FloorDiv", "FloorDiv_Div", "FloorDiv_Mul",
        "Mod_FloorDiv", "Pow_Mul", "BitOr_BitAnd", "BitAnd_BitOr")},
    **{f"ReplaceComparisonOperator_{change}": (change,) for change in (
        "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt",
        "Is_IsNot", "IsNot_Is")},
    **{f"ReplaceUnaryOperator_{change}": (change,) for change in ("Delete_USub", "Delete_Not", "Delete_Invert")},
    "NumberReplacer": ("OneMore", "OneLess"),
    "ReplaceTrueWithFalse": ("True_False",),
    "ReplaceFalseWithTrue": ("False_True",),
    "ReplaceAndWithOr": ("And_Or",),
    "ReplaceOrWithAnd": ("Or_And",),
    "ReplaceBreakWithContinue": ("Break_Continue",),
    "ReplaceContinueWithBreak": ("Continue_Break",),
    "AddNot": ("AddNot",),
    "ExceptionReplacer": ("OtherException",),
    "RemoveDecorator": ("NoDecorator",),
    "ZeroIterationForLoop": ("NoIteration",),
}


@dataclass(frozen=True)
class Mutant:
    """A changed reference solution.

    Attributes
    ----------
    name : str
        what changed it, and where.
    line : str
        the line that was changed, as it was.
    about : str
        one line that says what changed.
    source : str
        the answer cell.
    """

    name: str
    line: str
    about: str
    source: str

    def answer(self, task: Task) -> Answer:
        """As the audit grades it."""
        return Answer(task.answer, self.name, False, self.about, (task.test,), "", (self.source,))


def derive(source: str) -> list[Mutant]:
    """All mutants of an answer cell, in the order of their places.

    Left out are mutants that are not Python, that have the same code as another one, or that change only what no
    result depends on: docstrings, type hints, the text of errors and of `print`.

    Raises
    ------
    UserError
        if the mutation library is not installed.
    """
    seen, found = {ast.dump(ast.parse(source))}, []
    lines = source.splitlines()
    for kind, (line, column), text in sorted([*_by_library(source), *_ours(source)], key=lambda one: (one[1], one[0])):
        try:
            code = ast.dump(ast.parse(text))
            compile(text, "<mutant>", "exec")
        except SyntaxError:
            continue
        if code not in seen:
            seen.add(code)
            found.append(Mutant(f"{kind}@{line}:{column}", lines[line - 1].strip(), _about(lines, text), text))
    return found


def _ours(source: str) -> Iterator[tuple[str, tuple[int, int], str]]:
    for change in changes(source):
        yield change.kind, change.place, change.apply(source)


def _by_library(source: str) -> Iterator[tuple[str, tuple[int, int], str]]:
    try:
        from cosmic_ray.ast import ast_nodes, get_ast
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.operators.provider import OperatorProvider
    except ImportError as error:
        raise UserError(
            f"Mutants need the package cosmic-ray, which cannot be imported ({error}); `make setup` installs it."
        ) from None
    provider, kept_out = OperatorProvider(), [_extent(source, node) for node in silent(ast.parse(source))]
    for name, kinds in OPERATORS.items():
        operator = provider[name]()
        occurrence = 0
        for node in ast_nodes(get_ast(source)):
            for number, ((line, column), _) in enumerate(operator.mutation_positions(node)):
                text = None
                if not any(start <= (line, column) < end for start, end in kept_out):
                    text = mutate_code(source, operator, occurrence)
                if text is not None:
                    yield kinds[number % len(kinds)], (line, column + 1), text
                occurrence += 1


def _extent(source: str, node: Placed) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a node begins and ends: lines from 1, columns in characters from 0, as the library counts them."""
    lines = source.splitlines()

    def characters(line: int, column: int) -> tuple[int, int]:
        return line, len(lines[line - 1].encode()[:column].decode())

    assert node.end_lineno is not None and node.end_col_offset is not None  # of code that was parsed
    return characters(node.lineno, node.col_offset), characters(node.end_lineno, node.end_col_offset)


def _about(lines: list[str], text: str) -> str:
    """The first line that differs, before and after."""
    after = text.splitlines()
    number = next((i for i, (old, new) in enumerate(zip(lines, after, strict=False)) if old != new),
                  min(len(lines), len(after)) - 1)
    return f"line {number + 1}: {lines[number].strip()}  →  {after[number].strip()}"
