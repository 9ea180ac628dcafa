"""A page is safe to hand out, and a notebook that cannot be shown affects only its own page."""

import nbformat
import pytest
from conftest import mark
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.results import feedback
from autograder.results.grades import NotebookResult, TaskResult
from autograder.results.redaction import redacted


def result(student="ada", status="failed", summary="In double a check failed: secret.", flags=()):
    return NotebookResult(student, "ps1", "sums", summary, (TaskResult("test_double", 0.0, 2.0, status, flags, ""),))


def page_of(folder, notebook, **about) -> str:
    """Return the feedback page for a graded notebook, or for none."""
    path = folder / "autograded" / "ada" / "ps1" / "sums.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if notebook is not None:
        path.write_text(notebook if isinstance(notebook, str) else nbformat.writes(notebook))
    return feedback._write("Course", folder, result(**about)).read_text(encoding="utf-8")


def graded(*cells) -> nbformat.NotebookNode:
    return redacted(new_notebook(cells=list(cells)), [], [cell.get("outputs", []) for cell in cells])


def test_a_notebook_that_was_not_made_for_it_is_not_shown(tmp_path):
    text = page_of(tmp_path, new_notebook(cells=[new_code_cell("secret = 4711")]))
    assert "4711" not in text and feedback.OLDER in text


@pytest.mark.parametrize("content", [None, "", "{}", "no notebook", '{"nbformat": 4, "cells": 5, "metadata": []}'])
def test_a_notebook_that_is_missing_or_broken_costs_its_own_page(tmp_path, content):
    text = page_of(tmp_path, content)
    assert feedback.NO_NOTEBOOK in text and "secret" not in text and "0 of 2 points" in text


def test_where_nothing_ran_it_says_what_happened(tmp_path):
    assert "sums.ipynb is empty" in page_of(tmp_path, None, status="missing", summary="sums.ipynb is empty.")


def test_a_notebook_that_takes_too_long_costs_its_own_page(tmp_path, monkeypatch):
    def endless(*_):
        while True:
            pass

    monkeypatch.setattr(feedback, "_notebook", endless)
    monkeypatch.setattr(feedback, "SECONDS", 0.2)
    assert feedback.NO_NOTEBOOK in page_of(tmp_path, None)


def test_names_of_students_are_escaped_and_any_name_can_be_written(tmp_path):
    name = "<b>eve</b>\udcff"
    (tmp_path / "out").mkdir()
    page = feedback._write("Course", tmp_path / "out", result(student=name)).read_text(encoding="utf-8")
    assert "<b>eve" not in page and "&lt;b&gt;eve" in page


def test_a_picture_in_a_text_is_shown_and_a_missing_one_is_words(tmp_path):
    there, gone = new_markdown_cell("![s](attachment:a.png)"), new_markdown_cell("before ![my sketch](attachment:b.png)")
    there.attachments = {"a.png": {"image/png": "iVBORw0KGgo="}}
    text = page_of(tmp_path, graded(there, gone))
    assert "data:image/png;base64,iVBORw0KGgo=" in text
    assert "[left out here: a picture: my sketch]" in text and "before" in text


def test_a_marking_scheme_is_for_the_grader_alone(tmp_path):
    task = new_markdown_cell("Explain.\nScheme: 2 points", metadata=mark("why", locked=True) | {"released": "Explain."})
    notebook = graded(task)
    assert "Scheme" in notebook.cells[0].source, "formgrader shows it"
    text = page_of(tmp_path, notebook)
    assert "Explain." in text and "Scheme" not in text


def test_what_runs_in_a_page_is_nowhere(tmp_path):
    evil = "<script>RUN</script><img src=x onerror=RUN><svg onload=RUN></svg><a href='javascript:RUN'>x</a>"
    cells = [new_markdown_cell(evil), new_code_cell("1", execution_count=1, outputs=[
        new_output("display_data", data={"text/html": f"<p>kept</p>{evil}"}),
        new_output("display_data", data={"application/javascript": "RUN"}),
        new_output("display_data", data={"text/markdown": evil}), new_output("display_data", data={"text/latex": evil})])]
    text = page_of(tmp_path, graded(*cells))
    assert "<p>kept</p>" in text
    for word in ("<script", "<svg", 'href="javascript', "<img src=x", "<img src=\"x"):
        assert word not in text, word
