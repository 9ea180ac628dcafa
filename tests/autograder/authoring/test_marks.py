"""A course that marks solutions, hidden tests and marking schemes with its own words, as nbgrader allows."""

import json
import re

import nbformat
import pytest
from conftest import REPOSITORY, mark
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import course as courses
from autograder.authoring import leaks, release
from autograder.grading import intake
from autograder.notebooks import released
from autograder.repair import repair
from autograder.results import feedback
from autograder.results.grades import NotebookResult
from autograder.results.redaction import redacted

CONFIG = """
c = get_config()
c.ClearSolutions.begin_solution_delimeter = "LOESUNG ANFANG"
c.ClearSolutions.end_solution_delimeter = "LOESUNG ENDE"
c.ClearHiddenTests.begin_test_delimeter = "GEHEIME TESTS ANFANG"
c.ClearHiddenTests.end_test_delimeter = "GEHEIME TESTS ENDE"
c.ClearMarkScheme.begin_mark_scheme_delimeter = "BEWERTUNG ANFANG"
c.ClearMarkScheme.end_mark_scheme_delimeter = "BEWERTUNG ENDE"
"""
SECRETS = ("secret_input", "1 point: sorted", "sorted(values)[1]")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("marks")
    task = mark("why", points=2, locked=True)
    task["nbgrader"] |= {"task": True, "grade": False}
    notebook = new_notebook(cells=[
        new_code_cell("def median(values):\n    # LOESUNG ANFANG\n    return sorted(values)[1]\n    # LOESUNG ENDE",
                      id="median", metadata=mark("median", solution=True)),
        new_code_cell("assert median([1, 2, 3]) == 2\n# GEHEIME TESTS ANFANG\nsecret_input = [7, 5, 3]\n"
                      "assert median(secret_input) == 5, 'odd'\n# GEHEIME TESTS ENDE", id="test_median",
                      metadata=mark("test_median", points=3, locked=True)),
        new_markdown_cell("Explain.\n\n=== BEWERTUNG ANFANG ===\n1 point: sorted.\n=== BEWERTUNG ENDE ===", id="why", metadata=task),
    ], metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(notebook, root / "source" / "ps1" / "medians.ipynb")
    (root / "nbgrader_config.py").write_text(CONFIG)
    return courses.load(root)


@pytest.fixture(scope="module")
def version(course):
    return release.grading_versions(course, "ps1")["medians"]


def test_the_course_knows_its_words(course):
    assert course.marks.solution == ("LOESUNG ANFANG", "LOESUNG ENDE")
    assert course.marks.hidden_tests == ("GEHEIME TESTS ANFANG", "GEHEIME TESTS ENDE")
    assert course.marks.mark_scheme == ("BEWERTUNG ANFANG", "BEWERTUNG ENDE")


def test_each_cell_knows_what_students_get(course, version, tmp_path):
    release.generate(course, "ps1", tmp_path)
    students = nbformat.read(tmp_path / "ps1" / "medians.ipynb", as_version=4)
    assert [released(cell) for cell in version.cells] == [cell.source for cell in students.cells]
    assert not any(secret in str(students) for secret in SECRETS)


def test_an_untouched_test_is_the_release_s_own(course, version):
    students = nbformat.from_dict(json.loads(json.dumps(version)))
    for cell in students.cells:
        cell.source = released(cell)
    found = repair(version, intake.read(json.dumps(students).encode(), "medians.ipynb").notebook)
    assert found.repairs == []
    assert found.notebook.cells[1].source == version.cells[1].source


def test_nothing_of_it_is_on_a_page(version, tmp_path):
    notebook = redacted(version, [], [[] for _ in version.cells])
    assert "secret_input" not in str(notebook)
    (tmp_path / "medians.ipynb").write_text(nbformat.writes(notebook))
    page = feedback._notebook(tmp_path / "medians.ipynb", NotebookResult("ada", "ps1", "medians", "", ()))["body"]
    text = re.sub(r"<[^>]*>", "", page)
    assert "median" in text and "Explain." in text
    assert not any(secret in text for secret in (*SECRETS, "GEHEIME", "BEWERTUNG", "LOESUNG"))


@pytest.mark.parametrize("text", [
    "x = 1  # LOESUNG ANFANG", "# GEHEIME TESTS ENDE", "BEWERTUNG ANFANG", "    return sorted(values)[1]",
    "secret_input = [7, 5, 3]", "1 point: sorted.",
])
def test_it_would_be_found_in_a_release(course, tmp_path, text):
    path = tmp_path / "leaky.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(text)]), path)
    assert leaks.find(leaks.secrets(course), tmp_path, [path])


def test_no_module_has_words_of_its_own():
    """Whoever needs them asks the course: a constant would be right in most courses, and wrong in some."""
    modules = sorted((REPOSITORY / "autograder").rglob("*.py"))
    assert len(modules) > 50
    for path in modules:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"### (BEGIN|END) (SOLUTION|HIDDEN|MARK)", text), path
