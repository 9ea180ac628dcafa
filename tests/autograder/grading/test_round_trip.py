"""A notebook that goes from the release through Colab and back is graded like one handed in directly."""

import json

import bench
import nbformat
import pytest
from conftest import AREA, DOUBLE, hand_in, submission

from autograder import audit
from autograder.grading import grade, intake
from autograder.notebooks import grade_id
from autograder.repair import repair
from workbench.colab_format import BADGE, FORM, added, as_colab, without_added


def merged(version, content: bytes):
    return repair(version, intake.read(content, "homework.ipynb").notebook)


def test_the_format_is_one_that_nbformat_accepts(version):
    document = as_colab(submission(version, double=DOUBLE))
    nbformat.validate(nbformat.from_dict(document))
    assert document["nbformat_minor"] == 0 and all("id" not in cell for cell in document["cells"])
    assert all("id" in cell["metadata"] for cell in document["cells"])


@pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)
def test_every_assignment_comes_back_with_every_answer(assignment):
    version = bench.grading_version(assignment)
    (path,) = (bench.COURSE.release / assignment).glob("*.ipynb")
    answers = {task: answer.cells[-1] for task, bank in audit.read(bench.COURSE, assignment).answers.items()
               for answer in bank if answer.right}
    submitted = nbformat.read(path, as_version=4)
    for cell in submitted.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    direct = merged(version, nbformat.writes(submitted).encode())
    from_colab = merged(version, json.dumps(as_colab(submitted)).encode())
    assert without_added(from_colab.notebook) == without_added(direct.notebook)
    assert added(from_colab.notebook) == [BADGE, FORM]
    assert from_colab.flags == direct.flags == {} and from_colab.repairs == direct.repairs == []
    graded = {grade_id(cell): cell.source for cell in from_colab.notebook.cells}
    assert len(answers) >= 7 and graded | answers == graded


def test_the_grade_is_the_direct_one(course, version, tmp_path):
    wrong = "def area(r):\n    return 3 * r * r"
    for student, answers in {"all": {"double": DOUBLE, "area": AREA}, "some": {"double": DOUBLE, "area": wrong},
                             "none": {}}.items():
        notebook = submission(version, **answers)
        hand_in(tmp_path / "submitted", f"{student}-direct", notebook)
        hand_in(tmp_path / "submitted", f"{student}-colab", as_colab(notebook))
    rows = grade.grade(course, "ps1", tmp_path / "submitted", tmp_path / "out", workers=1)
    found = {row.student: (row.score, row.summary) for row in rows}
    assert {found[f"{student}-direct"][0] for student in ("all", "some", "none")} == {"5", "2", "0"}
    for student in ("all", "some", "none"):
        assert found[f"{student}-colab"] == found[f"{student}-direct"]
