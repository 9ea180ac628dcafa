"""What shows that a test ran as it was written: checks before and after it, and a token at its end.

Into a graded cell's `metadata.autograder` go

    finished        whether the cell's token arrived: it ran to its end
    tampered        sentences on what the test relies on and what did not hold, where there are any
    raised          of the error that ended the cell: where it came from, as sandbox/blame.py says
    own_comparison  classes of the notebook that decide themselves what they are equal to
    own_variables   how a function of the notebook can set the variables of the test while it runs
    names_taken     names that the student's functions look up, and tests have bound to something else

The kernel's side is autograder/sandbox/guard.py. A kernel that was not forked has none: what is left
then are the planted check, which must fail, and the token.
"""

from __future__ import annotations

import ast
import asyncio
import hmac
import json
import re
import secrets
from functools import lru_cache
from queue import Empty
from time import monotonic

from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.namesakes import REMEMBERED, Namesakes
from autograder.notebooks import is_partial
from autograder.sandbox.watched import COMPARISONS

ANSWER = 600.0  # seconds that an idle kernel has to answer, on the busiest machine
TOKEN = "application/x-autograder"  # the type of the message that a test's last statement sends
STATEMENT = '__import__("IPython").display.publish_display_data({{"{kind}": "{token}"}})'
# A library's object that equals everything is a comparison of the student's choice, too.
_COMPARES = re.compile(rf"\b({'|'.join(COMPARISONS)}|mock)\b")
_REACHES = re.compile(  # all variables of a notebook, whoever's they are
    r"\b(globals|__globals__|__main__|user_ns|user_global_ns)\b|(?<![.\w])(exec|eval)\s*\(")
PLANTED = (  # what must fail too, where a test uses the name
    ("checks", "checks.same(0, 1, 'planted')"),
    ("checks", "checks.close(0.0, 1.0, 'planted')"),
    ("np", "assert np.allclose(0.0, 1.0)"),
    ("np", "assert np.array_equal([0], [1])"),
)


class Unanswered(Exception):
    """An idle kernel did not answer."""


class Evidence:
    """The checks of one notebook's run.

    Parameters
    ----------
    client : Client of client.py
        whose kernel runs; it puts the tokens that arrive into its set `tokens`, sends `questions` along with the next
        cell, and has the `answers` of its reply.
    guarded : bool
        whether the kernel is one of ours and has a guard.
    """

    def __init__(self, client, guarded: bool) -> None:
        self.client, self.guarded = client, guarded
        self.secret = secrets.token_bytes(32)
        self.found: list[str] = []
        self.compared: list[str] = []
        self.reaching: list[str] = []
        self.declared: set[str] = set()  # as global, in functions of the notebook
        self.namesakes = Namesakes()
        self.token = ""
        self.raised: dict | None = None

    async def begin(self) -> None:
        """Before the first cell."""
        if self.guarded:
            question = {"secret": self.secret.hex(), "nonce": secrets.token_hex(16)}
            reply = await self._request(_content("pass") | {"autograder": {"first": question}})
            answers = reply.get("autograder")
            self._note(question, answers.get("first") if isinstance(answers, dict) else None)

    async def before(self, cell: NotebookNode) -> str:
        """Check what a test relies on; returns the code to run, with a token at its end.

        Raises
        ------
        Unanswered, DeadKernelError
            if the kernel does not answer, or is no more.
        """
        self.found, self.token, self.raised = [], "", None
        self.client.prepare()
        if not is_test(cell):
            self._ask("then", {"bound": bound_names(cell.source) if is_locked(cell) else ()})
            return cell.source
        names = used_names(cell.source)
        await self._plant(names)
        self._ask("then", {"test": False, "names": names, "bound": bound_names(cell.source)})
        self.token = secrets.token_hex(16)
        if is_partial(cell) or cell.source.lstrip().startswith("%%"):
            self.client.expressions = {"autograder": repr(self.token)}
            return cell.source
        return f"{cell.source}\n{STATEMENT.format(kind=TOKEN, token=self.token)}"

    def after(self, cell: NotebookNode) -> dict:
        """What there is to say about a cell that ran, for its metadata."""
        if self.client.answers is not None:
            for when, question in self.client.questions.items():
                self._note(question, self.client.answers.get(when))
        if not is_test(cell):
            if not is_locked(cell):
                self._look_at(cell.source)
            return {"raised": self.raised} if self.raised else {}
        self._hide_token(cell)
        return self.about(cell)

    def about(self, cell: NotebookNode) -> dict:
        """The same for a cell that may have ended its kernel."""
        if not is_test(cell):
            return {}
        mark = {"finished": self.token in self.client.tokens}
        if self.found:
            mark["tampered"] = list(dict.fromkeys(self.found))
        if self.raised:
            mark["raised"] = self.raised
        if self.compared:
            mark["own_comparison"] = list(dict.fromkeys(self.compared))
        theirs = self.declared & {*bound_names(cell.source), *used_names(cell.source)}
        if self.reaching or theirs:
            mark["own_variables"] = [*dict.fromkeys(self.reaching), *(f"`global {name}`" for name in sorted(theirs))]
        if taken := self.namesakes.test(cell.source, used_names(cell.source)):
            mark["names_taken"] = taken
        return mark

    def _look_at(self, source: str) -> None:
        """Note what a student's cell says of comparisons and variables: in a function nobody sees it later."""
        compared, reaching, declared = remembered(source)
        self.compared += compared
        self.reaching += reaching
        self.declared |= declared
        self.namesakes.student(source)

    def _hide_token(self, cell: NotebookNode) -> None:
        """A traceback shows the lines behind an error: not ours."""
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [
                    "\n".join(line for line in frame.split("\n") if self.token not in line)
                    for frame in output.traceback
                ]

    def _ask(self, when: str, question: dict) -> None:
        """Have the guard asked with the next cell, in the same message: `first`, before the cell, or `then`."""
        if self.guarded:
            self.client.questions[when] = question | {"nonce": secrets.token_hex(16)}

    def _note(self, question: dict, answer: object) -> None:
        """Keep what the guard finds; an answer that is not its own is a finding."""
        try:
            found, compared, failure = answer["found"], answer["compared"], answer["failure"]
            text = "\n".join([question["nonce"], *found, "", *compared, "", failure, answer["raised"]])
            expected = hmac.digest(self.secret, text.encode("utf-8", "replace"), "sha256").hex()
            genuine = hmac.compare_digest(expected, answer["signature"])
        except (KeyError, TypeError):
            genuine = False
        if not genuine:
            self.found.append("the kernel's answer to a check was made up")
            return
        self.found += found
        self.compared += [f"the class `{name}`" for name in compared]
        self.raised = json.loads(answer["raised"])
        if "planted" in question:
            self._expect(question["planted"], failure)

    async def _plant(self, names: tuple[str, ...]) -> None:
        """Before a test, have the guard asked, and checks run that must fail; the last one's error must come back."""
        lines = []
        for name, check in PLANTED:
            if name in names:
                lines += ["try:", f"    {check}", "except Exception:", "    pass", "else:",
                          f"    raise RuntimeError({check!r})"]
        token = secrets.token_hex(16)
        code = "\n".join([*lines, f"assert False, {token!r}"])
        self._ask("first", {"test": True, "names": names, "planted": token, "code": code})
        if not self.guarded:
            content = await self._request(_content(code))
            self._expect(token, str(content.get("evalue")) if content.get("status") == "error" else "")

    def _expect(self, token: str, failure: str) -> None:
        """See that what had to fail failed."""
        if not failure:
            self.found.append("an assert that must fail did not")
        elif failure != token:
            self.found.append(f"a check that must fail did not: {failure[:100]!r}")

    async def _request(self, content: dict) -> dict:
        """Send a message on the shell channel, and wait for the reply to it."""
        client = self.client.kc
        message = client.session.msg("execute_request", content)
        client.shell_channel.send(message)
        deadline = monotonic() + ANSWER
        while monotonic() < deadline:
            try:
                reply = await client.shell_channel.get_msg(timeout=1)
            except Empty:
                if not await self.client.km.is_alive():
                    raise DeadKernelError("the kernel ended") from None
                continue
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply["content"]
            await asyncio.sleep(0)
        raise Unanswered


def _content(code: str) -> dict:
    """Of a request to run code of ours, of which nobody sees anything but the reply."""
    return {"code": code, "silent": True, "store_history": False, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": False}


def remembered(source: str) -> tuple[list[str], list[str], set[str]]:
    """What is kept of a student's cell to the end of the run: comparisons, ways to all variables, `global` names."""
    return ([f"`{word}`" for word in _COMPARES.findall(source)],
            [f"`{first or second}`" for first, second in _REACHES.findall(source)],
            {name for node in (_nodes(source) if "global" in source else [])
             if isinstance(node, ast.Global) for name in node.names})


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell gives points by running."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


@lru_cache(maxsize=REMEMBERED)
def used_names(source: str) -> tuple[str, ...]:
    """The global names that a cell reads and does not bind itself."""
    nodes = _nodes(source)
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return tuple(sorted((read | {"__import__"}) - bound))


@lru_cache(maxsize=REMEMBERED)
def bound_names(source: str) -> tuple[str, ...]:
    """The global names that a cell binds or unbinds: by import, def, class, assignment and `del`."""
    found = set()
    for node in _nodes(source):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            found.add(node.id)
    return tuple(sorted(found))


def _nodes(source: str) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # magics, or no Python at all

