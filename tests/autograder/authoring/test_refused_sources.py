"""Sources that nbgrader refuses are refused in one sentence, with its reason and the cell."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import course as courses
from autograder.authoring import release
from autograder.errors import UserError


def marked(source="1", kind=new_code_cell, **mark):
    whole = {"grade": False, "solution": False, "locked": True, "task": False, "schema_version": 3} | mark
    return kind(source, metadata={"nbgrader": {key: value for key, value in whole.items() if value is not None}})


TEST = {"grade": True, "points": 1, "grade_id": "test_f"}
ANSWER = {"solution": True, "locked": False, "grade_id": "f"}


@pytest.mark.parametrize("cells, reason", [
    ([marked(**TEST), marked(**TEST)], "Duplicate grade id: test_f"),
    ([marked(**TEST | {"points": None})], "nbgrader cell 'test_f' does not have points"),
    ([marked(**TEST | {"grade_id": None})], "cell 1: nbgrader cell does not have a grade_id: 1"),
    ([marked(**TEST | {"grade_id": ""})], "cell 1: grade_id is empty"),
    ([marked(**TEST | {"grade_id": "test f"})], r"cell 1 \(test f\): 'test f' does not match|'test f' does not match"),
    ([marked(**TEST | {"points": -1})], r"cell 1 \(test_f\): -1(\.0)? is less than the minimum of 0"),
    ([marked(**TEST | {"points": "two"})], r"cell 1 \(test_f\): 'two' is not of type 'number'"),
    ([marked("Why?", new_markdown_cell, **TEST)], "Markdown grade cell 'test_f' is not marked as a solution cell"),
    ([marked("Why?", new_markdown_cell, **ANSWER)], r"cell 1 \(f\): Markdown solution cell is not marked as a grade cell"),
    ([marked(**TEST | {"grade": False, "task": True})], r"cell 1 \(test_f\): Task cells have to be markdown: 1"),
    ([marked(**TEST | {"schema_version": 2})], r"Outdated schema version: 2 \(expected 3\)"),
    ([marked(**TEST | {"schema_version": 4})], r"Schema version is too new: 4 \(expected 3\)"),
    ([marked("### BEGIN SOLUTION\nx = 1", **ANSWER)], "no end solution statement found"),
    ([marked("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", **ANSWER)],
     "encountered nested begin solution statements"),
    ([marked("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", **TEST)],
     "Solution region detected in a non-solution cell; please make sure all solution regions are within solution cells"),
    ([marked("### BEGIN HIDDEN TESTS\nassert True", **TEST)], "[Nn]o end hidden tests statement found"),
    ([marked("### BEGIN HIDDEN TESTS\nassert True\n### END HIDDEN TESTS", grade_id="g")],
     "Hidden test region detected in a non-grade cell; please make sure all solution regions are within "
     "'Autograder tests' cells"),
])
def test_nbgraders_reason_is_said(tmp_path, cells, reason):
    folder = tmp_path / "source" / "hw1"
    folder.mkdir(parents=True)
    notebook = new_notebook(cells=cells, metadata={"kernelspec": {
        "name": "python3", "display_name": "Python 3", "language": "python"}})
    (folder / "lab.ipynb").write_text(nbformat.v4.writes(notebook))
    loaded = courses.load(tmp_path)
    said = []
    for step in (lambda: release.grading_versions(loaded, "hw1"), lambda: release.generate(loaded, "hw1", tmp_path / "out")):
        try:
            step()
        except UserError as error:
            said.append(str(error))
    assert said and re.match(rf"nbgrader (refuses hw1/lab.ipynb|cannot release hw1): ({reason})", said[0]), said
    assert all("\n" not in one for one in said)


def test_what_is_no_notebook_and_what_an_option_of_the_course_needs(tmp_path):
    folder = tmp_path / "source" / "hw1"
    folder.mkdir(parents=True)
    (folder / "lab.ipynb").write_text("{")
    with pytest.raises(UserError, match="nbgrader refuses hw1/lab.ipynb: Notebook does not appear to be JSON"):
        release.grading_versions(courses.load(tmp_path), "hw1")


def test_paths_of_the_configuration_are_relative_to_the_course(tmp_path, monkeypatch):
    folder = tmp_path / "source" / "hw1"
    folder.mkdir(parents=True)
    header = new_notebook(cells=[new_markdown_cell("# The header")])
    nbformat.write(header, tmp_path / "source" / "header.ipynb")
    nbformat.write(new_notebook(cells=[new_code_cell("1")]), folder / "lab.ipynb")
    (tmp_path / "name.txt").write_text("sums")
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.IncludeHeaderFooter.header = 'source/header.ipynb'\n"
        "c.CourseDirectory.course_id = open('name.txt').read()\n")
    monkeypatch.chdir("/")
    loaded = courses.load(tmp_path)
    assert loaded.config.CourseDirectory.course_id == "sums"
    (version,) = release.grading_versions(loaded, "hw1").values()
    assert version.cells[0].source == "# The header"
