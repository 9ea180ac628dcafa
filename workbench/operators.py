"""Operators: changes that can happen to a notebook between its release and its submission.

An operator takes a notebook in JSON form, which it changes in place, and a source of random numbers. Those in `KEEPING`
leave the text of every answer somewhere in the notebook, those in `LOSING` may not. Those in `FILES` take the text of
the notebook's file, and return its bytes.
"""

from __future__ import annotations

import codecs
import copy
import json
from collections.abc import Callable
from random import Random

import nbformat

from workbench.colab_format import as_colab


def _mark(cell: dict) -> dict:
    mark = cell["metadata"].get("nbgrader")
    return mark if isinstance(mark, dict) else {}


def _is_answer(cell: dict) -> bool:
    return _mark(cell).get("solution") is True or cell.get("was") == "answer"


def _is_test(cell: dict) -> bool:
    return _mark(cell).get("grade") is True and not _is_answer(cell)


def _is_own(cell: dict) -> bool:
    return cell.get("was") == "own"


def _pick(notebook: dict, chance: Random, test: Callable[[dict], bool]) -> int | None:
    places = [place for place, cell in enumerate(notebook["cells"]) if test(cell)]
    return chance.choice(places) if places else None


# What platforms do


def strip_all_marks(notebook: dict, chance: Random) -> None:
    for cell in notebook["cells"]:
        cell["metadata"].pop("nbgrader", None)


def colab(notebook: dict, chance: Random) -> None:
    was = [None, *(cell.pop("was", None) for cell in notebook["cells"]), None]  # a badge on top, a form at the end
    made = as_colab(nbformat.from_dict(notebook))
    notebook.clear()
    notebook.update(made)
    for cell, word in zip(notebook["cells"], was, strict=True):
        cell["source"] = "".join(cell["source"])
        cell["was"] = word


def vs_code(notebook: dict, chance: Random) -> None:
    notebook["metadata"]["vscode"] = {"interpreter": {"hash": "0" * 64}}
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}


def kaggle(notebook: dict, chance: Random) -> None:
    notebook["metadata"]["kaggle"] = {"accelerator": "gpu", "isGpuEnabled": True}
    notebook["metadata"]["papermill"] = {"duration": 1.0}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"_uuid": "8f2839f25d086af7", "_cell_guid": "b1076dfc", "trusted": True,
                             "execution": {"iopub.status.busy": "2026-01-01T00:00:00Z"}}


def form_cell(notebook: dict, chance: Random) -> None:
    form = '#@title A form { display-mode: "form" }\nsetting = 3 #@param {type:"integer"}'
    notebook["cells"].insert(0, own("code", form))


def other_kernel(notebook: dict, chance: Random) -> None:
    notebook["metadata"]["kernelspec"] = chance.choice([
        {"name": "no-such-kernel", "display_name": "?", "language": "python"}, {"name": "ir", "language": "R"}, 3])


def outputs(notebook: dict, chance: Random) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            widget = {"application/vnd.jupyter.widget-view+json": {}}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 10_000},
                               {"output_type": "display_data", "data": widget}]


def attachments(notebook: dict, chance: Random) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}}


# Cell ids


def no_ids(notebook: dict, chance: Random) -> None:
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        cell.pop("id", None)


def same_ids(notebook: dict, chance: Random) -> None:
    for cell in notebook["cells"]:
        cell["id"] = "same"


def invalid_ids(notebook: dict, chance: Random) -> None:
    for cell in notebook["cells"]:
        cell["id"] = chance.choice(["", "with space", "ü", "x" * 200, 7, None, {}])


# Answers


def own(kind: str, source: str) -> dict:
    """Return an own cell, as if the student had added it."""
    cell = {"cell_type": kind, "metadata": {}, "source": source, "was": "own"}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def duplicate_answer(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_answer)
    if place is not None:
        again = chance.choice([place + 1, len(notebook["cells"])])
        notebook["cells"].insert(again, copy.deepcopy(notebook["cells"][place]))


def duplicate_half_an_answer(notebook: dict, chance: Random) -> None:
    """Append a second copy of an answer that breaks off after its first line."""
    place = _pick(notebook, chance, lambda cell: _is_answer(cell) and cell["cell_type"] == "code"
                  and cell["source"].startswith("def") and "\n" in cell["source"] and _mark(cell))
    if place is not None:
        again = copy.deepcopy(notebook["cells"][place])
        again["source"] = again["source"].splitlines()[0]
        notebook["cells"].append(again)


def split_answer(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, lambda cell: _is_answer(cell) and cell["cell_type"] == "code"
                  and "\n" in cell["source"].strip())
    if place is None:
        return
    first = notebook["cells"][place]
    lines = first["source"].split("\n")
    at = chance.randint(1, len(lines) - 1)
    second = copy.deepcopy(first)
    first["source"], second["source"] = "\n".join(lines[:at]), "\n".join(lines[at:])
    if chance.random() < 0.5:
        second["metadata"] = {}
        second.pop("id", None)
        second["was"] = "rest"  # nothing tells which answer it belongs to: it stays where it was split off
    notebook["cells"].insert(place + 1, second)


def merge_with_next(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_answer)
    if place is not None:
        _merge(notebook, place)


def merge_with_the_one_before(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_answer)
    if place:
        _merge(notebook, place - 1)


def _merge(notebook: dict, place: int) -> None:
    if place + 1 < len(notebook["cells"]):
        second = notebook["cells"].pop(place + 1)
        first = notebook["cells"][place]
        first["source"] += "\n\n" + second["source"]
        if _is_answer(second):
            first["was"] = "answer"


def move_answer(notebook: dict, chance: Random) -> None:
    _move(notebook, chance, _is_answer)


def _move(notebook: dict, chance: Random, test: Callable[[dict], bool]) -> None:
    place = _pick(notebook, chance, test)
    if place is not None:
        cell = notebook["cells"].pop(place)
        notebook["cells"].insert(chance.randint(0, len(notebook["cells"])), cell)


def change_type(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_answer)
    if place is not None:
        cell = notebook["cells"][place]
        cell["was"] = "answer"
        cell["cell_type"] = chance.choice([kind for kind in ("code", "markdown", "raw") if kind != cell["cell_type"]])
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}


def add_magic(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, lambda cell: _is_answer(cell) and cell["cell_type"] == "code")
    if place is not None:
        line = chance.choice(["%%time", "%%timeit", "%%capture", "!pip install numpy", "%matplotlib inline",
                              "%pip install -q torch", "!apt-get install x", "%load_ext google.colab.data_table"])
        notebook["cells"][place]["source"] = line + "\n" + notebook["cells"][place]["source"]


def delete_the_first_line(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_answer)
    if place is not None:
        cell = notebook["cells"][place]
        cell["source"] = cell["source"].partition("\n")[2]


def delete_answer(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_answer)
    if place is not None:
        del notebook["cells"][place]


# Tests and other locked cells


def delete_test(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_test)
    if place is not None:
        del notebook["cells"][place]


def edit_test(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_test)
    if place is not None:
        notebook["cells"][place]["source"] = chance.choice(["assert True", "pass", "", "1 / 0", "print('mine')"])


def duplicate_test(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_test)
    if place is not None:
        notebook["cells"].append(copy.deepcopy(notebook["cells"][place]))


def move_test(notebook: dict, chance: Random) -> None:
    _move(notebook, chance, _is_test)


def retag_test(notebook: dict, chance: Random) -> None:
    place = _pick(notebook, chance, _is_test)
    if place is not None:
        notebook["cells"][place]["metadata"]["tags"] = ["skip-execution", "raises-exception", "hide_input"]


def _some_mark(notebook: dict, chance: Random) -> dict:
    """Return the mark of a random cell, or an empty dict if no cell has one; note on the cell if it was an answer."""
    place = _pick(notebook, chance, lambda cell: bool(_mark(cell)))
    if place is None:
        return {}
    cell = notebook["cells"][place]
    if _is_answer(cell):
        cell["was"] = "answer"
    return _mark(cell)


def flip_flags(notebook: dict, chance: Random) -> None:
    if mark := _some_mark(notebook, chance):
        for key in ("grade", "solution", "locked"):
            mark[key] = chance.random() < 0.5
        mark["points"] = 1000


def odd_grade_id(notebook: dict, chance: Random) -> None:
    if mark := _some_mark(notebook, chance):
        mark["grade_id"] = chance.choice(["unknown", "", None, 7, {}])
        if chance.random() < 0.3:
            del mark["grade_id"]


def older_release(notebook: dict, chance: Random) -> None:
    """Change texts and names of locked cells, as if they came from an older release."""
    for cell in notebook["cells"]:
        mark = _mark(cell)
        if mark.get("locked") and not _is_answer(cell) and chance.random() < 0.5:
            cell["source"] = cell["source"].replace(" the ", " this ") + "\n# as it was"
            if not _is_test(cell):
                mark["grade_id"] = f"text-{chance.randint(0, 10**6)}"
                cell["id"] = mark["grade_id"]


# The student's own cells


def note(notebook: dict, chance: Random) -> None:
    notebook["cells"].insert(chance.randint(0, len(notebook["cells"])), own("markdown", "A note of my own: think."))


def scratch(notebook: dict, chance: Random) -> None:
    notebook["cells"].insert(chance.randint(0, len(notebook["cells"])), own("code", "print(1 + 1)"))


KEEPING = (
    strip_all_marks, colab, vs_code, kaggle, form_cell, other_kernel, outputs, attachments, no_ids, same_ids,
    invalid_ids, duplicate_answer, duplicate_half_an_answer, split_answer, merge_with_next,
    merge_with_the_one_before, move_answer, change_type, add_magic, delete_test, edit_test, duplicate_test,
    move_test, retag_test, flip_flags, odd_grade_id, older_release, note, scratch,
)
AROUND = (  # those of `KEEPING` that leave the text and the place of each answer cell unchanged
    strip_all_marks, colab, vs_code, kaggle, other_kernel, outputs, attachments, no_ids, same_ids, invalid_ids,
    delete_test, edit_test, duplicate_test, retag_test, flip_flags, odd_grade_id, older_release,
)
LOSING = (delete_the_first_line, delete_answer)


# The file


def plain(text: str, chance: Random) -> bytes:
    return text.encode()


def byte_order_mark(text: str, chance: Random) -> bytes:
    return codecs.BOM_UTF8 + text.encode()


def utf_16(text: str, chance: Random) -> bytes:
    return text.encode("utf-16")


def latin(text: str, chance: Random) -> bytes:
    return json.dumps(json.loads(text), ensure_ascii=False).encode("cp1252", "replace")


def windows_lines(text: str, chance: Random) -> bytes:
    return text.replace("\\n", "\\r\\n").replace("\n", "\r\n").encode()


def nul_bytes(text: str, chance: Random) -> bytes:
    at = chance.randint(0, len(text))
    return text[:at].encode() + b"\0\0" + text[at:].encode()


def format_3(text: str, chance: Random) -> bytes:
    notebook = nbformat.from_dict(json.loads(text))
    notebook.metadata.pop("kernelspec", None)
    for cell in notebook.cells:
        cell.pop("id", None)
        if "outputs" in cell:
            cell.outputs = []
    return json.dumps(nbformat.convert(notebook, 3)).encode()


def truncated(text: str, chance: Random) -> bytes:
    return text[:chance.randint(len(text) // 4, len(text))].encode()


FILES = (plain, byte_order_mark, utf_16, latin, windows_lines, nul_bytes, format_3)


def as_text(notebook: dict) -> str:
    """Return the text of the notebook's file, without the operators' own notes."""
    cleaned = copy.deepcopy(notebook)
    for cell in cleaned["cells"]:
        cell.pop("was", None)
    return json.dumps(cleaned, indent=1)
