"""Check that the messages of tests are sentences, by reading the code of the test cells and of the visible checks.

Whole messages begin with a capital letter, a name from the code or a value, and end with a full stop. An
article at the start may be in lower case, because `checks.CheckFailed` capitalises it. Likely causes have
neither, because `checks` puts them after "Likely cause: ". A `rule` and an `advice` are sentences.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.authoring.bank import Bank
from autograder.check.finding import Finding
from autograder.names import names, nodes
from autograder.notebooks import grade_id, is_test

WHOLE = {"true": (1, "message"), "raises": (None, "reason"), "CheckFailed": (0, "message"), "AssertionError": (0, None)}
RULES = ("rule", "advice")  # arguments of functions of `checks`: a sentence, or a dict from which one is chosen
FIELD = "{}"  # stands for a formatted value
ARTICLES = frozenset({"a", "all", "an", "any", "both", "each", "every", "no", "the", "this"})  # may be in lower case
STARTS = ("A", "An", "The", "This", "That", "These", "Each", "Every", "It", "There", "You", "Your")


def find(bank: Bank) -> Iterator[Finding]:
    """Yield findings on messages that are not sentences, and on likely causes of the expected value itself."""
    cells = [cell for cell in bank.solution.cells if cell.cell_type == "code"]
    known = set().union(*(_names(source) for source in (*(cell.source for cell in cells), *bank.checks.values())))
    tests = {grade_id(cell): cell.source for cell in cells if is_test(cell)}
    for name, source in (tests | bank.checks).items():
        tree = ast.parse(source)
        texts = {node.targets[0].id: node.value for node in ast.walk(tree)
                 if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)}
        for text in _vain_causes(tree):
            yield Finding(name, f"The likely cause {_short(text)!r} is given for the expected value itself.",
                          "Choose an example in which the mistake gives another value.")
        for node, whole in _messages(tree):
            if node is None:
                yield Finding(name, "An assert has no message.", "After a comma, say what is wrong.")
                continue
            for text in _read(node, texts):
                problem, remedy = (_of_sentence(text, known) if whole else _of_cause(text))
                if problem:
                    yield Finding(name, f"The message {_short(text)!r} {problem}.", remedy)


def _names(source: str) -> set[str]:
    """The names with which a message may begin in lower case: variables, parameters, methods."""
    found = nodes(source)
    return names(source).binds | {node.arg for node in found if isinstance(node, ast.arg)} | {
        node.func.attr for node in found if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}


def _messages(tree: ast.AST) -> Iterator[tuple[ast.expr | None, bool]]:
    """Yield each text in a cell, and whether it is a whole message; None for an assert without one."""
    rules = {id(part) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in RULES
             for part in ast.walk(node.value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield node.msg, True
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place, keyword = WHOLE.get(called, (None, None))
            if place is not None and place < len(node.args):
                yield node.args[place], True
            for given in node.keywords:
                if given.arg in RULES or (given.arg == keyword and keyword is not None):
                    yield given.value, True
        elif isinstance(node, ast.Dict):
            for looked, value in zip(node.keys, node.values, strict=True):
                text = value if _is_text(value) else looked
                if text is not None and _is_text(text):
                    yield text, id(text) in rules


def _vain_causes(tree: ast.AST) -> Iterator[str]:
    """Yield the likely causes that are given for the expected value itself, if one call has both as literals."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        expected = [value for value in map(_literal, node.args[1:]) if value is not None]  # all but the answer's value
        for given in (*node.args[2:], *(one.value for one in node.keywords if one.arg == "causes")):
            if isinstance(given, ast.Dict):
                for key, value in zip(given.keys, given.values, strict=True):
                    wrong, text = (key, value) if key is not None and not _is_text(key) else (value, key)
                    if wrong is not None and text is not None and _literal(wrong) in expected:
                        yield "".join(_read(text, {}))


def _literal(node: ast.expr) -> object:
    """The value of a literal expression; None for any other."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        return None


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is a text of several words."""
    return any(" " in text for text in _read(node, {})) and not isinstance(node, ast.Name)


def _read(node: ast.expr, texts: dict[str, ast.expr]) -> list[str]:
    """The texts that an expression can be; formatted values appear as `{}`, and what cannot be read is left out."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else FIELD for part in node.values)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [first + second for first in _read(node.left, texts) or [FIELD]
                for second in _read(node.right, texts) or [FIELD]]
    if isinstance(node, ast.IfExp):
        return [*_read(node.body, texts), *_read(node.orelse, texts)]
    if isinstance(node, ast.Name) and node.id in texts:
        return _read(texts[node.id], {})
    return []


def _of_sentence(text: str, known: set[str]) -> tuple[str, str]:
    """What is wrong with a whole message, and the remedy; both are empty if nothing is."""
    first = re.match(r"[A-Za-z]\w*", text)
    of_code = first is not None and (first[0] in known or re.match(r"\w*([_(=\d]|\.\w)", text))
    begins_well = first is None or text[0].isupper() or first[0] in ARTICLES or of_code
    if not text.strip():
        return "is empty", "Say what is wrong."
    if not begins_well:
        return "begins in lower case", "Begin with a capital letter, or with a name or value of the code."
    if not re.search(r"([.!?]['\"`)]*|\{\})$", text):
        return "does not end with a full stop", "End it with one."
    return "", ""


def _of_cause(text: str) -> tuple[str, str]:
    """What is wrong with a likely cause, and the remedy; both are empty if nothing is."""
    if text.endswith(".") and not text.endswith("..."):
        return "is a likely cause and ends with a full stop", "Leave it out: `checks` adds one."
    if text.split()[:1] and text.split()[0] in STARTS:
        return "is a likely cause and begins with a capital letter", "It goes on after `Likely cause: `."
    return "", ""


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:34]} ... {text[-31:]}"
