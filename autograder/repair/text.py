"""The text of a cell: whether it is Python, which names it defines, and what can be put right in it."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable
from functools import lru_cache

from autograder.names import MAGIC_LINE, bound, names, tree

_MAGIC = re.compile(r"^[ \t]*[%!]", re.M)
_MACHINE_LINES = re.compile(  # lines that change a notebook's machine, which a grading kernel cannot or need not run
    r"^([ \t]*)((?:[!%]\s*(?:python3?\s+-m\s+)?(?:pip3?|conda|mamba|uv|apt|apt-get)\b"
    r"|%(?:matplotlib|tensorflow_version|load_ext|reload_ext|autoreload|cd)\b).*)$", re.M)
_AROUND = ("capture", "prun", "time", "timeit")  # cell magics that run the cell's Python
_INDENTED = re.compile(r"(?:[ \t]*\n)*[ \t]+\S")
_CELL_MAGIC = re.compile(r"\A(?:[ \t]*\n)*[ \t]*%%.*(?:\n|\Z)")
_DEFINES = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.M)
_STARTS = re.compile(r"(?:async\s+def|def|class|import|from|@)\b|@")
_BINDING = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_INVISIBLE = str.maketrans({"\ufeff": None, "\0": None, "\u200b": None, "\u2028": "\n", "\u00a0": " "})
_PYTHONS = frozenset({*dir(builtins), "get_ipython"})
_HEAD = 12  # lines above a definition that are searched for what it needs
MANY = 8192  # texts for which small results are cached: more than any notebook has cells
_TRIES = 40  # ranges of lines that are tried in a text that is not Python as a whole


@lru_cache(maxsize=512)  # the release's cells occur in every submission; not more, since texts can be long
def clean(text: str) -> str:
    """The text without what editors and transfers leave in it: byte-order marks, NULs, Windows line ends and such."""
    if not text.isascii() or "\0" in text:
        text = text.translate(_INVISIBLE)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


@lru_cache(maxsize=512)
def normal(text: str) -> str:
    """The text for comparisons: without white space at line ends and around the whole text."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def are_parts(given: list[str], stub: str) -> bool:
    """Whether texts are the parts of one written answer: the stub's lines, such as "**2.** (1 point)", are in one each.

    Copies of the whole answer have the same lines.
    """
    lines = [line for line in normal(stub).splitlines() if line]
    labels = [line for line in lines if lines.count(line) == 1]
    counts = [sum(f"\n{label}" in f"\n{normal(text)}" for text in given) for label in labels]
    return len(given) > 1 and len(labels) > 1 and max(counts) == 1


def parsed(text: str) -> ast.Module | None:
    """The syntax tree of a text; None if it is not Python or begins with an indented line.

    IPython would run an indented text, but here it is a part of some other code.
    """
    return None if _INDENTED.match(text) else tree(text)


def is_python(text: str) -> bool:
    """Whether `parsed` can read a text as Python."""
    return parsed(text) is not None


@lru_cache(maxsize=MANY)
def defined(text: str) -> frozenset[str]:
    """The names of the functions and classes that a text defines, even if it is not Python as a whole."""
    if "def " not in text and "class " not in text:
        return frozenset()  # saves parsing the text
    module = parsed(text)
    if module is None:
        return frozenset(_DEFINES.findall(text))
    return frozenset(
        node.name for node in _top_level(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    )


def wanted(stub: str) -> frozenset[str]:
    """The names that a stub asks for: its functions and classes or, if it has none, the names it assigns."""
    found = defined(stub)
    return found or assigned(stub)


@lru_cache(maxsize=MANY)
def assigned(text: str) -> frozenset[str]:
    """The names that a text assigns at its top level."""
    module = parsed(text)
    return frozenset(
        name.id
        for node in (_top_level(module) if module else [])
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for name in ast.walk(target) if isinstance(name, ast.Name)
    )


def defines(text: str) -> frozenset[str]:
    """The names that a text defines or assigns at its top level; imports are not included."""
    return defined(text) | assigned(text)


def only_binds(text: str) -> bool:
    """Whether a text is Python with only imports, definitions and assignments at its top level."""
    module = parsed(text)
    return module is not None and all(isinstance(node, _BINDING) for node in module.body)


def binds(text: str) -> frozenset[str]:
    """The global names that a text binds; if it is not Python, those that it defines at line starts."""
    return frozenset(bound(text)) if is_python(text) else frozenset(_DEFINES.findall(text))


def plausible(text: str, known: frozenset[str]) -> bool:
    """Whether a text is Python that was probably written as one piece.

    Every name that it uses is bound in it, is in `known` or is a builtin. No statement follows a `return` or
    `raise` in the same block, where it would never run, and no `return` is outside a function.
    """
    module = parsed(text)
    if module is None or not _looked_up(text) <= known | _PYTHONS | {*bound(text)}:
        return False
    try:
        compile(module, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return False
    for node in ast.walk(module):
        for block in (getattr(node, field, None) for field in ("body", "orelse", "finalbody")):
            if isinstance(block, list) and any(isinstance(one, ast.Return | ast.Raise) for one in block[:-1]):
                return False
    return True


def helps(text: str, other: str) -> bool:
    """Whether `text` only binds names, and `other` uses one of them without binding it itself."""
    return is_python(other) and only_binds(text) and bool(binds(text) & _looked_up(other) - {*bound(other)})


def _looked_up(text: str) -> set[str]:
    """The global names that a text reads, at its top level or in its functions."""
    found = names(text)
    return found.reads | found.later


def bindings(text: str) -> str:
    """A text without its top-level statements that bind no name; unchanged if it is not Python."""
    module = parsed(text)
    if module is None:
        return text
    lines = text.splitlines()
    for node in reversed(module.body):
        if not isinstance(node, _BINDING):
            del lines[node.lineno - 1:node.end_lineno]
    return "\n".join(lines)


def same(text: str | None, other: str) -> bool:
    """Whether two texts are equal, apart from white space at line ends and around them."""
    return normal(text or "") == normal(other)


def only_comments(text: str) -> bool:
    """Whether a text is Python without any statement."""
    module = parsed(text)
    return module is not None and not module.body


def complete(text: str, asked: Iterable[str]) -> bool:
    """Whether a text is Python and defines or assigns all the names in `asked`."""
    return is_python(text) and set(asked) <= defines(text)


def signature(stub: str, name: str) -> list[str]:
    """The lines of a stub that are the head of the definition of `name`, with its decorators; [] if there is none."""
    tree, lines = parsed(stub), stub.splitlines()
    for node in tree.body if tree else []:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            return lines[first - 1: node.body[0].lineno - 1] or lines[first - 1: first]
    return []


def within(text: str, asked: frozenset[str]) -> str | None:
    """The part of a text that is Python and defines all the names in `asked`; None if there is none.

    The rest of the text is taken to be another cell's.
    """
    lines = text.splitlines()
    starts = [0, *(place for place, line in enumerate(lines) if place and _STARTS.match(line))]
    tries = 0
    for start in starts:
        end = len(lines)
        while end > start and tries < _TRIES:
            tries += 1
            part = "\n".join(lines[start:end])
            if not asked <= frozenset(_DEFINES.findall(part)) | assigned(part):
                break
            if complete(part, asked):
                return "\n".join(lines[_head(lines, start):end])
            end = min(end - 1, start + max(1, _error_line(part)) - 1)
    return None


def _head(lines: list[str], start: int) -> int:
    """The index at which the imports, definitions and assignments right above `start` begin; `start` if none do."""
    begin = start
    for place in range(start - 1, max(-1, start - _HEAD - 1), -1):
        if lines[place].strip() and only_binds("\n".join(lines[place:start])):
            begin = place
    return begin


def _error_line(text: str) -> int:
    try:
        ast.parse(MAGIC_LINE.sub(r"\1pass", text))
    except SyntaxError as error:
        return error.lineno or 1
    except (ValueError, RecursionError, MemoryError):
        return 1
    return len(text.splitlines())


def divided(text: str, owners: dict[str, str]) -> dict[str, str]:
    """Divide a text that holds several answers, after the definitions of each answer.

    `owners` maps a name to the grade_id of its answer. Text before a definition goes with that definition. Returns
    the parts by grade_id: none if the text is not Python or holds fewer than two answers.
    """
    module = parsed(text)
    if module is None:
        return {}
    lines = text.splitlines()
    cuts: list[tuple[int, str]] = []
    for node in module.body:
        end = node.end_lineno or node.lineno
        owner = owners.get(getattr(node, "name", ""))
        if owner and cuts and cuts[-1][1] == owner:
            cuts[-1] = end, owner
        elif owner and owner not in [known for _, known in cuts]:
            cuts.append((end, owner))
    if len(cuts) < 2:
        return {}
    begins = [0, *(end for end, _ in cuts[:-1]), len(lines)]
    return {owner: "\n".join(lines[begins[place]: begins[place + 1]]) for place, (_, owner) in enumerate(cuts)}


def without_magic(text: str) -> str:
    """The text without a first line such as `%%time`, and without lines such as `%matplotlib inline`."""
    return re.sub(r"^[%!].*\n?", "", _CELL_MAGIC.sub("", text), flags=re.M) if _MAGIC.search(text) else text


def cell_magic(text: str) -> str:
    """The name of the cell magic with which a text begins, such as `bash`; empty if there is none."""
    found = re.match(r"\s*%%(\w+)", text)
    return found[1] if found else ""


def asks_for_python(stub: str) -> bool:
    """Whether an answer to a stub is Python that the notebook runs; below `%%bash` or `%%writefile` it is not."""
    return cell_magic(stub) in ("", *_AROUND)


def without_machine_lines(text: str, answer: bool, stub: str = "") -> tuple[str, list[str]]:
    """Remove installations and other lines that change the machine; returns the text and the removed lines.

    Cell magics in an answer are removed, too, because some keep it from being defined. The magic with which its stub
    begins is kept.
    """
    left_out = []
    if answer and "%%" in text:
        kept = _CELL_MAGIC.match(text) if cell_magic(text) and cell_magic(text) == cell_magic(stub) else None
        head, rest = text[:kept.end() if kept else 0], text[kept.end() if kept else 0:]
        magics = re.compile(r"^[ \t]*%%.*(?:\n|\Z)", re.M)
        left_out += [line.strip() for line in magics.findall(rest)]
        text = head + magics.sub("", rest)
    elif text.lstrip().startswith("%%"):
        return text, []

    def leave_out(match: re.Match) -> str:
        left_out.append(match.group(2).strip())
        return f"{match.group(1)}pass  # left out while grading: {match.group(2).strip()}"

    return (_MACHINE_LINES.sub(leave_out, text) if _MAGIC.search(text) else text), left_out


def _top_level(tree: ast.Module) -> list[ast.stmt]:
    """The top-level statements of a module, including those inside `if`, `try` and `with`."""
    found, waiting = [], list(tree.body)
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        if isinstance(node, ast.If | ast.Try | ast.With):
            waiting += [inner for field in ("body", "orelse", "finalbody") for inner in getattr(node, field, [])]
    return found
