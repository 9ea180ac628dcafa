"""Check that the numbers in the prose agree with the code.

A calculation that the prose writes out, such as 3·3·64 + 64 = 640, is done again. A number with four
digits or more, or with a thousands separator, must occur in the code or an output, be the result of a
calculation or the size of a shape that the text names (7×7×512), or be listed with its source in the
assignment's `numbers.toml`. Years, addresses and the further reading do not count.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from autograder.check.finding import Finding, name
from autograder.errors import UserError

LISTED = "numbers.toml"
NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
CALCULATION = re.compile(
    rf"(?<![0-9.,·×*+−\-/²³() ])(?P<left>[0-9.,·×*+−\-/²³() ]+?)(?P<sign>=|≈)(?=\s*(?P<right>{NUMBER})(?P<after>.?.?))")
OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
              ast.Pow: operator.pow}
SIGNS = {"·": "*", "×": "*", "−": "-", "²": "**2", "³": "**3"}


def find(built: NotebookNode, listed: dict[str, str]) -> Iterator[Finding]:
    """Yield findings on wrong calculations and on numbers of unknown origin.

    Parameters
    ----------
    built : NotebookNode
        the built notebook.
    listed : dict of str
        for each number that a person has listed, where it comes from.
    """
    prose = [(cell, _prose(cell.source)) for cell in built.cells if cell.cell_type == "markdown"]
    known, needed = set().union(*(in_text(text) for text in _shown(built))), set()
    for cell, text in prose:
        known |= _sizes(text)
        for left, sign, right, value in calculations(text):
            known |= in_text(right)
            if not equal(value, right, sign):
                yield Finding(name(built, cell), f"{left} {sign} {right} is wrong: it is {value:,.10g}.",
                              "Put the text or the calculation right.")
    for cell, text in prose:
        for number in dict.fromkeys(_in_prose(text)):
            digits = number.replace(",", "")
            if digits in known:
                continue
            needed.add(digits)
            large = "," in number or len(digits) >= 4
            if not large or digits not in {one.replace(",", "") for one in listed}:
                yield Finding(name(built, cell), f"{number} stands in no code and no output.",
                              "Print it, write its calculation out, or say in numbers.toml where it comes from.",
                              note=not large)
    for number in listed:
        if number.replace(",", "") not in needed:
            yield Finding(LISTED, f"{number} is listed and needs not be.", "Take it out.")


def read(path: Path) -> dict[str, str]:
    """Read an assignment's list of numbers and where they come from; empty if there is none.

    Raises
    ------
    UserError
        if the list is not valid TOML, or a number has no description.
    """
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path} is not valid TOML: {error}.") from None
    for number, source in listed.items():
        if not isinstance(source, str) or len(source) < 10:
            raise UserError(f'{path} should say in a few words where {number} comes from: "{number}" = "...".')
    return listed


def calculations(text: str) -> Iterator[tuple[str, str, str, float]]:
    """Yield each calculation: the text left of the sign, the sign, the number right of it, and the text's value."""
    text = text.replace("**", "")  # bold
    for match in CALCULATION.finditer(text):
        left = re.split(r", |\.\s|\(\s*(?=[^()]*$)(?![^(]*\))", match["left"])[-1].strip(" ,.")
        if not re.search(r"\d\s*[·×*+−/²³-]", left) or left[0] in "·×*+/-−":
            continue
        if text[:match.start()].endswith(("√", "^", "_", "}")) or re.match(r"\s*[·×*+/−^%-]|[\w^]", match["after"]):
            continue  # one of the sides goes on
        value, about = evaluate(left), re.search(r"\b(about|nearly|almost)$", text[:match.start("left")].rstrip(" *"))
        if value is not None:
            yield left, "≈" if about else match["sign"], match["right"], value


def evaluate(text: str) -> float | None:
    """The value of a calculation as it is written in prose; None if the text is not a calculation."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    for sign, meant in SIGNS.items():
        text = text.replace(sign, meant)
    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError):
        return None


def equal(value: float, right: str, sign: str) -> bool:
    """Whether a value is the number on the right, to its last digit, or after ≈ to its last non-zero digit."""
    _, _, decimals = right.partition(".")
    unit = 10.0 ** -len(decimals)
    if sign == "≈" and not decimals:
        digits = right.replace(",", "")
        unit = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    return abs(value - float(right.replace(",", ""))) <= unit * (1 if decimals else 0.5) + 1e-9


def in_text(text: str) -> set[str]:
    """The numbers in a text: those with separators as one number, and every run of digits on its own."""
    joined = {re.sub("[,_]", "", number) for number in re.findall(r"\d{1,3}(?:[,_]\d{3})+(?!\d)", text)}
    return joined | set(re.findall(r"\d+", text))


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return OPERATIONS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError(node)


def _shown(built: NotebookNode) -> Iterator[str]:
    """Yield the code and its outputs as text."""
    for cell in built.cells:
        if cell.cell_type == "code":
            yield cell.source
            for output in cell.get("outputs", []):
                yield output.get("text", "")
                yield from (str(value) for kind, value in output.get("data", {}).items() if kind.startswith("text/"))


def _prose(source: str) -> str:
    """A text without addresses and without the further reading."""
    source = re.split(r"^#+ further reading", source, flags=re.M | re.I)[0]
    return re.sub(r"\]\([^)]*\)|\S*://\S+|(?:arXiv|doi):\S+", " ", source)


def _in_prose(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?!\w|\.\d)", text):
        number = match.group()
        if not ("," not in number and 1900 <= int(number) <= 2030):  # a year
            yield number


def _sizes(text: str) -> set[str]:
    """The numbers of elements of the shapes that a text names, such as 7×7×512 or (n, 8, 8, 128)."""
    shapes = re.findall(r"\d+(?:\s?×\s?\d+)+", text) + re.findall(r"\((?:[a-z], )?\d+(?:, \d+)+\)", text)
    return {str(math.prod(int(side) for side in re.findall(r"\d+", shape))) for shape in shapes}
