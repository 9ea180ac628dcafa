"""Mutants: copies of the reference solution, each changed in one place.

The operators for code of any kind (arithmetic, comparisons, numbers, booleans, loops) are cosmic-ray's, with one or
two sensible replacements for each; those for layers and arrays are in `changes.py`. A mutant is named after the
change and its place: `Add_Sub@12:8` is at line 12, column 8 of the answer cell.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.audit.changes import Placed, changes, silent
from autograder.authoring.bank import Answer
from autograder.errors import UserError
from autograder.notebooks import Task

# cosmic-ray's operators, with shorter names for the mutants. An operator with several replacements at one
# place has a name for each.
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
        the change and its place.
    line : str
        the changed line, as it was before.
    about : str
        one line that describes the change.
    source : str
        the answer cell.
    """

    name: str
    line: str
    about: str
    source: str

    def answer(self, task: Task) -> Answer:
        """Return the mutant as an answer that the audit can grade."""
        return Answer(task.answer, self.name, False, self.about, (task.test,), "", (self.source,))


def derive(source: str) -> list[Mutant]:
    """Return all mutants of an answer cell, ordered by place.

    Mutants are left out if they are not valid Python, have the same code as another one, or change only what no
    result depends on: docstrings, type hints, and the text of errors and of `print`.

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
    """Return where a node begins and ends: lines from 1, columns in characters from 0, as cosmic-ray counts them."""
    lines = source.splitlines()

    def characters(line: int, column: int) -> tuple[int, int]:
        return line, len(lines[line - 1].encode()[:column].decode())

    assert node.end_lineno is not None and node.end_col_offset is not None  # always set in parsed code
    return characters(node.lineno, node.col_offset), characters(node.end_lineno, node.end_col_offset)


def _about(lines: list[str], text: str) -> str:
    """Return the first line that differs, before and after the change."""
    after = text.splitlines()
    number = next((i for i, (old, new) in enumerate(zip(lines, after, strict=False)) if old != new),
                  min(len(lines), len(after)) - 1)
    return f"line {number + 1}: {lines[number].strip()}  →  {after[number].strip()}"
