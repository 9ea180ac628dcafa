"""Convert a notebook to the form that Colab's *File → Download .ipynb* writes after a student ran it."""

from __future__ import annotations

import copy
import json

from nbformat import NotebookNode

from autograder.notebooks import grade_id

BADGE = (
    '<a href="https://colab.research.google.com/github/someone/course/blob/main/notebook.ipynb" target="_parent">'
    '<img src="https://colab.research.google.com/assets/colab-badge.svg" alt="Open In Colab"/></a>'
)
FORM = '#@title A form of my own {display-mode: "form"}\nrate = 0.5 #@param {type:"slider", min:0, max:1, step:0.1}'
WIDGET = "0123456789abcdef0123456789abcdef"


def as_colab(notebook: NotebookNode) -> dict:
    """Return a copy of the notebook in Colab's format.

    It has nbformat_minor 0, cell ids in the metadata, `colab`, `accelerator` and `widgets` in the notebook's metadata,
    sources as lists of lines, execution counts, and outputs, among them a widget's. A badge cell at the top and a form
    cell at the end look as if the student had added them.
    """
    document = json.loads(json.dumps(notebook))
    cells = [_cell(cell, number) for number, cell in enumerate(document["cells"], start=1)]
    badge = {"cell_type": "markdown", "source": [BADGE], "metadata": {"id": "view-in-github", "colab_type": "text"}}
    form = _cell({"cell_type": "code", "source": FORM, "metadata": {"cellView": "form"}}, len(cells) + 1)
    return {
        "nbformat": 4,
        "nbformat_minor": 0,
        "metadata": {
            "colab": {"provenance": [], "gpuType": "T4", "toc_visible": True, "include_colab_link": True},
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
            "accelerator": "GPU",
            "widgets": {"application/vnd.jupyter.widget-state+json": {
                WIDGET: {"model_module": "@jupyter-widgets/controls", "model_name": "FloatProgressModel",
                         "model_module_version": "1.5.0", "state": {"value": 170498071}},
            }},
        },
        "cells": [badge, *cells, form],
    }


def added(notebook: NotebookNode) -> list[str]:
    """Return the texts of the cells that `as_colab` added and intake kept, in order."""
    return [cell.source for cell in notebook.cells if cell.source in (BADGE, FORM)]


def without_added(notebook: NotebookNode) -> list[dict]:
    """Return the cells of the release in the order of grading, without those that `as_colab` added.

    A cell without a name in the release loses its id, because intake makes a new one.
    """
    kept = copy.deepcopy([cell for cell in notebook.cells if cell.source not in (BADGE, FORM)])
    for cell in kept:
        if not grade_id(cell):
            cell.pop("id", None)
    return kept


def _cell(cell: dict, number: int) -> dict:
    source = cell["source"]
    metadata = {**cell["metadata"], "id": cell.get("id", f"cell{number:08d}")}
    if cell["cell_type"] != "code":
        return {"cell_type": cell["cell_type"], "source": source.splitlines(keepends=True), "metadata": metadata}
    metadata |= {
        "colab": {"base_uri": "https://localhost:8080/", "height": 35},
        "outputId": f"4f0c2f5e-0000-4000-8000-{number:012d}",
        "executionInfo": {"status": "ok", "timestamp": 1760000000000 + number, "elapsed": 3,
                          "user": {"displayName": "A Student", "userId": "0123"}, "user_tz": -60},
    }
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["Epoch 1/1\n"]},
        {"output_type": "display_data", "metadata": {}, "data": {
            "text/plain": ["0%|          | 0/170498071 [00:00<?, ?it/s]"],
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2, "version_minor": 0, "model_id": WIDGET}}},
        {"output_type": "execute_result", "metadata": {}, "execution_count": number, "data": {
            "text/plain": ["'text'"],
            "application/vnd.google.colaboratory.intrinsic+json": {"type": "string"}}},
    ]
    return {"cell_type": "code", "source": source.splitlines(keepends=True), "metadata": metadata,
            "execution_count": number, "outputs": outputs}
