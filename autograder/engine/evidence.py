"""The evidence that a test ran as written and that nothing it relies on was changed.

It is stored in fields of each cell's record (records.py): `finished`, `tampered`, `raised`, `value`, `returned`,
`parts`, `library_changes`, `custom_equality`, `writes_test_state`.

The counterpart in the kernel is sandbox/guard.py, which runs the cells of the release. A kernel that was not forked
has no guard. There a test is sent like any other cell, and the only evidence is that some checks fail before it, as
they must, and that its last statement sends a token.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from queue import Empty
from time import monotonic

from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from autograder import names, records
from autograder.engine.client import TOKEN, Client
from autograder.engine.sandbox.known import CHECKS, COMPARISONS
from autograder.engine.sandbox.seal import asks, genuine, sealed, signed
from autograder.notebooks import asked, is_partial, is_released, is_solution, is_test, shares

ANSWER = 600.0  # seconds that an idle kernel has to answer, enough for a very busy machine
STATEMENT = '__import__("IPython").display.publish_display_data({{"{kind}": "{token}"}})'
# Library objects that compare equal to everything count as a student's own comparison, too.
_COMPARES = re.compile(
    rf"\b({'|'.join(COMPARISONS)}|unittest\b.{{1,40}}?\bmock|(?:import|from)\s+pytest|ALWAYS_EQ|ma\b.{{1,40}}?\bmasked|masked_array|MaskedArray)\b")
_REACHES = re.compile(  # ways to reach all variables of a notebook, including those of the release
    r"\b(globals|__globals__|__main__|user_ns|user_global_ns|push)\b|(?<![\w])(exec|eval)\s*\(")


class Unanswered(Exception):
    """An idle kernel did not answer."""


class Evidence:
    """Collects the evidence of one notebook's run.

    Parameters
    ----------
    client : Client
        the client of the kernel. It collects the tokens that arrive in its set `tokens`, sends `question` with the
        next cell, and stores the guard's answer to it in `answer`.
    notebook : NotebookNode
        the notebook that runs.
    guarded : bool
        whether the kernel was forked by a fork server, and so has a guard.
    learned : frozenset of str or None
        sentences of the guard about changes that libraries make themselves, which are not findings; None if this run
        is to learn them.
    """

    def __init__(self, client: Client, notebook: NotebookNode, guarded: bool, learned: frozenset[str] | None) -> None:
        self.client, self.guarded, self.notebook = client, guarded, notebook
        self.learned = learned
        self.secret = secrets.token_bytes(32)
        self.shared = records.of(notebook).shared
        self.found: list[str] = []
        self.compared: list[str] = []
        self.reaching: list[str] = []
        self.declared: set[str] = set()  # names that functions of the student declare as global
        self.token = ""
        self.told: dict = {}

    async def begin(self) -> None:
        """Send the guard the secret and the names of the answers, before the first cell runs."""
        if self.guarded:
            answers = sorted({name for cell in self.notebook.cells if is_solution(cell) for name in asked(cell)})
            question = self._question(secret=self.secret.hex(), answers=answers, course=self.shared)
            reply = await self._request(_content("pass") | {"autograder": question})
            self._note(question, reply.get("autograder"))

    async def before(self, cell: NotebookNode) -> str:
        """Prepare a cell and check what a test relies on; return the code to run.

        Raises
        ------
        Unanswered, DeadKernelError
            if the kernel does not answer or has ended.
        """
        self.found, self.token, self.told = [], "", {}
        self.client.prepare()
        if self.guarded:
            return self._asked_of_the_guard(cell)
        if not is_test(cell):
            return cell.source
        await self._plant(names.used(cell.source))
        self.token = secrets.token_hex(16)
        if is_partial(cell) or cell.source.lstrip().startswith("%%"):
            self.client.expressions = {"autograder": repr(self.token)}
            return cell.source
        return f"{cell.source}\n{STATEMENT.format(kind=TOKEN, token=self.token)}"

    def _asked_of_the_guard(self, cell: NotebookNode) -> str:
        """Set the question for the guard; return the code to run.

        A cell of the release is sent as part of the question, and the code is then only `pass`.
        """
        source = cell.source
        if is_test(cell):
            question = self._question(test=True, names=names.used(source), binds=names.may_bind(source),
                                      keep=self._kept(cell), shared=shares(cell) or source.lstrip().startswith("%%"))
            question["cell"] = sealed(self.secret, question["nonce"], names.python(source))
        elif is_released(cell) and not self.shared and not source.lstrip().startswith("%%"):
            python = names.python(source)
            question = self._question(cell=python, test=False, bound=names.bound(source),
                                      sets=names.sets_attributes(source), magic="get_ipython" in python)
        else:
            more = {"bound": names.bound(source)} if is_released(cell) else {}
            self.client.question = self._signed(self._question(**more))
            return source
        self.client.question = self._signed(question)
        return "pass"

    def _kept(self, cell: NotebookNode) -> list[str]:
        """Return the names bound by a test that a later cell of the release reads."""
        bound, kept, after = set(names.bound(cell.source)), set(), False
        for one in self.notebook.cells:
            if after and one.cell_type == "code" and is_released(one):
                kept |= bound & set(names.used(one.source))
                bound -= set(names.bound(one.source))
            after = after or one is cell
        return sorted(kept)

    def after(self, cell: NotebookNode) -> dict:
        """Return the record fields of a cell that has run."""
        if self.guarded:
            self._note(self.client.question, self.client.answer)
        if not is_test(cell):
            if not is_released(cell):
                self._look_at(cell.source)
            return {"raised": self.told["raised"]} if self.told.get("raised") else {}
        if self.guarded:
            self._put_error(cell)
        else:
            self._hide_token(cell)
        return self.about(cell)

    def about(self, cell: NotebookNode) -> dict:
        """Return the record fields of a test, which may have ended its kernel; empty for any other cell."""
        if not is_test(cell):
            return {}
        finished = self.told.get("finished") is True if self.guarded else self.token in self.client.tokens
        mark: dict[str, object] = {"finished": finished}
        if self.found:
            mark["tampered"] = tuple(dict.fromkeys(self.found))
        if self.told.get("raised"):
            mark["raised"] = self.told["raised"]
        if self.guarded:
            mark |= {"value": self.told.get("value"), "returned": self.told.get("returned", False),
                     "parts": self.told.get("parts", {})}
        if self.learned is None and self.told.get("baseline"):
            mark["library_changes"] = tuple(self.told["baseline"])
        if self.compared:
            mark["custom_equality"] = tuple(dict.fromkeys(self.compared))
        if self.shared or shares(cell) or not self.guarded:
            theirs = self.declared & {*names.bound(cell.source), *names.used(cell.source)}
            if self.reaching or theirs:
                declared = [f"`global {name}`" for name in sorted(theirs)]
                mark["writes_test_state"] = (*dict.fromkeys(self.reaching), *declared)
        return mark

    def _look_at(self, source: str) -> None:
        """Note comparisons and variable accesses in a student's cell: inside functions they cannot be seen later."""
        compared, reaching, declared = remembered(source)
        self.compared += compared
        self.reaching += reaching
        self.declared |= declared

    def _put_error(self, cell: NotebookNode) -> None:
        """Replace the error outputs of a test by the error that the guard reports; any other did not end the test."""
        cell.outputs = [one for one in cell.get("outputs", []) if one.output_type != "error"]
        error = self.told.get("error")
        if error is None:
            return
        frames = [self._frame(cell, *frame) for frame in error["frames"]]
        last = f"{error['name']}: {error['text']}" if error["text"] else error["name"]
        cell.outputs.append(NotebookNode(
            output_type="error", ename=error["name"], evalue=error["text"], traceback=[*frames, last]))

    def _frame(self, cell: NotebookNode, file: str, line: int, function: str) -> str:
        """Format one frame of a traceback; a frame of the test itself includes its source line."""
        if not file.startswith("<test "):
            return f"File {file}:{line}, in {function}"
        lines = cell.source.split("\n")
        return f"Test, line {line}\n    {lines[line - 1].strip() if 0 < line <= len(lines) else ''}"

    def _hide_token(self, cell: NotebookNode) -> None:
        """Remove the statement that sends the token from tracebacks, which show the lines around an error."""
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [
                    "\n".join(line for line in frame.split("\n") if self.token not in line)
                    for frame in output.traceback
                ]

    def _question(self, **more: object) -> dict:
        return {"nonce": secrets.token_hex(16)} | more

    def _signed(self, question: dict) -> dict:
        """Sign a question for sending: once the guard has the secret, it accepts only signed questions."""
        return {"nonce": question["nonce"]} | signed(self.secret, asks(question["nonce"]), question)

    def _note(self, question: dict, message: object) -> None:
        """Store the guard's answer; an answer without a valid signature is a finding."""
        answer = genuine(self.secret, question.get("nonce", ""), message)
        if answer is None:
            self.found.append("the kernel's answer to a check was made up")
            return
        self.told = answer
        self.found += answer.get("found", [])
        if self.learned is not None:
            self.found += [one for one in answer.get("baseline", []) if one not in self.learned]
        self.compared += [f"the class `{name}`" for name in answer.get("compared", [])]
        if answer.get("failure"):
            self.found.append(f"a check that must fail did not: {answer['failure']}")

    async def _plant(self, used: tuple[str, ...]) -> None:
        """Run checks that must fail, in a kernel without a guard; the error of the last one must come back."""
        lines = []
        for name, check in CHECKS:
            if name in used:
                lines += ["try:", f"    {check}", "except Exception:", "    pass", "else:",
                          f"    raise RuntimeError({check!r})"]
        token = secrets.token_hex(16)
        content = await self._request(_content("\n".join([*lines, f"assert False, {token!r}"])))
        failure = str(content.get("evalue")) if content.get("status") == "error" else ""
        if not failure:
            self.found.append("an assert that must fail did not")
        elif failure != token:
            self.found.append(f"a check that must fail did not: {failure[:100]!r}")

    async def _request(self, content: dict) -> dict:
        """Send an execute request on the shell channel; return the content of its reply."""
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
    """Return the content of a silent request to run our own code."""
    return {"code": code, "silent": True, "store_history": False, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": False}


def remembered(source: str) -> tuple[list[str], list[str], set[str]]:
    """Return what a student's cell mentions: comparisons, ways to reach all variables, and names declared as global.

    This is kept until the end of the run.
    """
    return ([f"`{word}`" for word in _COMPARES.findall(source)],
            [f"`{first or second}`" for first, second in _REACHES.findall(source)], names.declared(source))
