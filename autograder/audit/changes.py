"""Changes to a solution that no mutation library makes: typical mistakes with layers and arrays.

    keyword      an argument given by name is left out: Conv2D(6, 5, padding="same") to Conv2D(6, 5)
    swap         two neighbours change places: conv2d(image, kernels) to conv2d(kernels, image)
    call         a call is left out: np.clip(x, 0, 1) to x, x.astype(int) to x
    element      an element of a list is left out: a layer, a callback
    statement    a statement is left out
    word         another word of the same kind: "same" to "valid"
    augmented    += to -=, and so on
    membership   in to not in
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WORDS = {
    "same": "valid", "valid": "same", "SAME": "VALID", "VALID": "SAME", "relu": "tanh", "softmax": "sigmoid",
    "he_normal": "glorot_uniform", "ones": "zeros", "zeros": "ones", "reflect": "edge", "float32": "float64",
}
AUGMENTED = {"+=": "-=", "-=": "+=", "*=": "+=", "/=": "*=", "//=": "/=", "**=": "*=", "|=": "&=", "&=": "|="}
# They inform a reader, or guard against a wrong call; no result depends on them.
WITHOUT_EFFECT = ("name", "strict", "verbose")
# Their results are of another type than their arguments: without the call nothing runs.
OF_ANOTHER_KIND = ("enumerate", "isinstance", "len", "range", "super", "zip")
Placed = ast.stmt | ast.expr | ast.arg | ast.keyword  # the nodes with a position in the text
_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.Return, ast.Delete, ast.Break, ast.Continue)


@dataclass(frozen=True)
class Change:
    """One replacement in a text.

    Attributes
    ----------
    kind : str
        the kind of change, from the list above.
    place : tuple of int
        line and column, both from 1, which are part of the change's name.
    start, end : int
        the replaced range, in bytes of the text as UTF-8.
    text : str
        the replacement.
    """

    kind: str
    place: tuple[int, int]
    start: int
    end: int
    text: str

    def apply(self, source: str) -> str:
        """Return the changed text."""
        code = source.encode()
        return (code[:self.start] + self.text.encode() + code[self.end:]).decode()


def changes(source: str) -> Iterator[Change]:
    """Yield all changes to a cell's code, including those that are not valid Python."""
    return _Changes(source).all()


def silent(tree: ast.AST) -> Iterator[Placed]:
    """Yield the nodes that no result depends on: docstrings, type hints, messages, and arguments without effect."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            yield node.body[0]
        if isinstance(node, ast.FunctionDef) and node.returns:
            yield node.returns
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from node.exc.args
        if isinstance(node, ast.Assert) and node.msg:
            yield node.msg
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _last_name(node.value.func) == "print":
            yield node
        if isinstance(node, ast.keyword) and node.arg in WITHOUT_EFFECT:
            yield node


class _Changes:
    def __init__(self, source: str) -> None:
        self.code = source.encode()
        self.lines = [0]
        for line in self.code.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.tree = ast.parse(source)
        self.bound = Counter(
            node.id if isinstance(node, ast.Name) else node.arg for node in ast.walk(self.tree)
            if isinstance(node, ast.arg) or isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
        self.silent = set(silent(self.tree))

    def all(self) -> Iterator[Change]:
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            if node in self.silent:
                continue
            yield from self._of(node)
            if not isinstance(node, ast.JoinedStr):  # before Python 3.12 its parts have no usable position
                waiting += ast.iter_child_nodes(node)

    def _of(self, node: ast.AST) -> Iterator[Change]:
        for body in ("body", "orelse", "finalbody"):
            statements = getattr(node, body, None)
            if isinstance(statements, list):
                yield from self._statements(node, statements)
        match node:
            case ast.Call():
                given: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
                given.sort(key=self._start)
                yield from self._keywords(node, given)
                yield from self._swapped(node.args)
                yield from self._dropped(node)
            case ast.Tuple(ctx=ast.Load()):
                yield from self._swapped(node.elts)
            case ast.List(ctx=ast.Load()) if len(node.elts) > 1:
                for place, element in enumerate(node.elts):
                    if isinstance(element, ast.Call | ast.Name | ast.Starred):
                        yield self._without("element", node.elts, place)
            case ast.Constant(value=str(word)) if word in WORDS:
                yield self._change("word", node, self._text(node).replace(word, WORDS[word]))
            case ast.AugAssign():
                start, end = self._end(node.target), self._start(node.value)
                between = self.code[start:end].decode()
                if between.strip() in AUGMENTED:
                    yield Change("augmented", self._place(start), start, end, f" {AUGMENTED[between.strip()]} ")
            case ast.Compare(ops=[ast.In() | ast.NotIn()]):
                start, end = self._end(node.left), self._start(node.comparators[0])
                other = " not in " if isinstance(node.ops[0], ast.In) else " in "
                yield Change("membership", self._place(start), start, end, other)

    def _keywords(self, call: ast.Call, given: Sequence[ast.expr | ast.keyword]) -> Iterator[Change]:
        for place, one in enumerate(given):
            if not isinstance(one, ast.keyword) or one.arg is None or one in self.silent:
                continue
            if len(given) == 1:  # including a trailing comma
                yield Change("keyword", self._place(self._start(one)), self._start(one), self._end(call) - 1, "")
            else:
                yield self._without("keyword", given, place)

    def _swapped(self, nodes: list[ast.expr]) -> Iterator[Change]:
        for left, right in pairwise(nodes):
            starred = isinstance(left, ast.Starred) or isinstance(right, ast.Starred)
            if not starred and ast.dump(left) != ast.dump(right):
                between = self.code[self._end(left):self._start(right)].decode()
                yield self._change("swap", left, self._text(right) + between + self._text(left), self._end(right))

    def _dropped(self, call: ast.Call) -> Iterator[Change]:
        name = _last_name(call.func)
        if name[:1].isupper() or name in OF_ANOTHER_KIND:
            return
        root, chain = call.func, isinstance(call.func, ast.Attribute)
        while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
            root = root.func if isinstance(root, ast.Call) else root.value
        of_object = chain and not (isinstance(root, ast.Name) and (root.id == "self" or not self.bound[root.id]))
        kept = call.args[0] if call.args else None
        if of_object and isinstance(call.func, ast.Attribute):
            kept = call.func.value
        if kept is not None and not isinstance(kept, ast.Starred):
            place = self._place(self._end(call.func))  # the calls of a chain all begin at the same place
            yield Change("call", place, self._start(call), self._end(call), self._text(kept))

    def _statements(self, owner: ast.AST, statements: list[ast.stmt]) -> Iterator[Change]:
        for statement in statements:
            if not isinstance(statement, _SIMPLE) or statement in self.silent or self._fails_at_once(owner, statement):
                continue
            yield self._change("statement", statement, "pass")

    def _fails_at_once(self, owner: ast.AST, statement: ast.stmt) -> bool:
        """Return whether any test notices that a statement is missing: a name is unbound, a function returns None."""
        if isinstance(statement, ast.Return):
            return isinstance(owner, ast.FunctionDef) and statement is owner.body[-1]
        if not isinstance(statement, ast.Assign):
            return False
        named = [node for target in statement.targets for node in ast.walk(target)
                 if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store)]
        return any(isinstance(node, ast.Name) and self.bound[node.id] == 1 for node in named)

    def _without(self, kind: str, nodes: Sequence[Placed], place: int) -> Change:
        start, end = self._start(nodes[place]), self._end(nodes[place])
        if place + 1 < len(nodes):
            return Change(kind, self._place(start), start, self._start(nodes[place + 1]), "")
        return Change(kind, self._place(start), self._end(nodes[place - 1]), end, "")

    def _change(self, kind: str, node: Placed, text: str, end: int | None = None) -> Change:
        start = self._start(node)
        return Change(kind, self._place(start), start, end or self._end(node), text)

    def _start(self, node: Placed) -> int:
        return self.lines[node.lineno - 1] + node.col_offset

    def _end(self, node: Placed) -> int:
        assert node.end_lineno is not None and node.end_col_offset is not None  # always set in parsed code
        return self.lines[node.end_lineno - 1] + node.end_col_offset

    def _text(self, node: Placed) -> str:
        return self.code[self._start(node):self._end(node)].decode()

    def _place(self, offset: int) -> tuple[int, int]:
        before = self.code[:offset].decode()
        return before.count("\n") + 1, len(before) - before.rfind("\n")


def _last_name(function: ast.expr) -> str:
    """Return the last part of a function's name: `Conv2D` of `tf.keras.layers.Conv2D`; empty for an expression."""
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
