"""A written question's model answer stands below the student's answer for the grader, and no student sees it."""

import json

import nbformat
import pytest
from conftest import hand_in, mark, submission
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import PyFileConfigLoader

from autograder import course as courses
from autograder import records
from autograder.authoring import leaks, release
from autograder.grading import grade, intake
from autograder.notebooks import grade_id, tasks
from autograder.repair import repair
from autograder.results import feedback, report, rubric
from autograder.results.grades import NotebookResult
from autograder.results.redaction import redacted

STUB = "*Write here.*"
CONFIG = f"""
c = get_config()
c.ClearSolutions.begin_solution_delimeter = "LOESUNG ANFANG"
c.ClearSolutions.end_solution_delimeter = "LOESUNG ENDE"
c.ClearSolutions.text_stub = "{STUB}"
"""
PARTS = ("**1.** (1 point)\n\nLOESUNG ANFANG\nFirst model. *One point: a reason.*\nLOESUNG ENDE\n\n"
         "**2.** (2 points)\n\nLOESUNG ANFANG\nSecond model. *One point each.*\n\n- a list\nLOESUNG ENDE")
EMPTY = f"**1.** (1 point)\n\n{STUB}\n\n**2.** (2 points)\n\n{STUB}"
SHOWN = "**1.** (1 point)\n\nFirst model. *One point: a reason.*\n\n**2.** (2 points)\n\nSecond model. *One point each.*\n\n- a list"
SECRETS = ("For the grader", "First model", "Second model", "Third model", "Whole model", "One point")


def written(name: str, text: str):
    return new_markdown_cell(text, id=name, metadata=mark(name, points=3, solution=True))


def source(parts: str = PARTS):
    return new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}, cells=[
        new_markdown_cell("# Questions", id="text", metadata=mark("text", locked=True)),
        new_code_cell("LOESUNG = 1  # LOESUNG ANFANG\nx = 2\n# LOESUNG ENDE", id="x", metadata=mark("x", solution=True)),
        new_code_cell("assert x == 2", id="test_x", metadata=mark("test_x", points=1, locked=True)),
        written("parts", parts),
        written("region", "LOESUNG ANFANG\nThird model.\nLOESUNG ENDE"),
        written("whole", "Whole model."),
        written("nothing", STUB),
        new_code_cell("y = 3", id="by_hand", metadata=mark("by_hand", points=1, solution=True)),
        new_markdown_cell("The end", id="end", metadata=mark("end", locked=True)),
    ])


class Course:
    """A course with written questions; what a student hands in is graded without being run."""

    def __init__(self, root):
        self.root, self.out = root, root / "out"
        (root / "source" / "ps1").mkdir(parents=True)
        (root / "nbgrader_config.py").write_text(CONFIG)
        self.write(source())
        self.course = courses.load(root)
        self.version = self.versions()["questions"]

    def write(self, notebook):
        nbformat.write(notebook, self.root / "source" / "ps1" / "questions.ipynb")

    def versions(self):
        return release.grading_versions(self.course, "ps1")

    def rubrics(self):
        return rubric.read(self.course, "ps1", self.versions())

    def path(self, student="ada"):
        return self.out / "autograded" / student / "ps1" / "questions.ipynb"

    def hand_in(self, notebook, student="ada"):
        """Write the graded notebook of a student, as the workers make it."""
        made = repair(self.version, intake.read(json.dumps(notebook).encode(), "questions.ipynb").notebook)
        self.path(student).parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(redacted(made.notebook, [], made.handed_in), self.path(student))
        return made

    def show(self):
        rubric.show(self.out, "ps1", self.rubrics())
        return nbformat.read(self.path(), as_version=4)

    def page(self, student="ada"):
        result = NotebookResult(student, "ps1", "questions", "", ())
        return feedback._write("Course", self.out, result).read_text(encoding="utf-8")


@pytest.fixture
def small(tmp_path):
    made = Course(tmp_path)
    made.hand_in(submission(made.version, parts="**1.** (1 point)\n\nMy reason.\n\n**2.** (2 points)\n\nMy list."))
    return made


def test_students_get_a_stub_for_each_region(small, tmp_path):
    release.generate(small.course, "ps1", tmp_path / "release")
    path = tmp_path / "release" / "ps1" / "questions.ipynb"
    given = {grade_id(cell): cell.source for cell in nbformat.read(path, as_version=4).cells}
    assert given["parts"] == EMPTY and given["region"] == given["whole"] == STUB
    assert leaks.find(leaks.secrets(small.course), tmp_path, [path]) == []


@pytest.mark.parametrize("line", ["First model. *One point: a reason.*", "Second model. *One point each.*"])
def test_a_line_of_any_region_would_be_found_in_a_release(small, tmp_path, line):
    nbformat.write(new_notebook(cells=[new_markdown_cell(line)]), tmp_path / "leaky.ipynb")
    assert leaks.find(leaks.secrets(small.course), tmp_path, [tmp_path / "leaky.ipynb"])


def test_the_rubric_is_the_source_without_its_markers(small):
    (found,) = small.rubrics().values()
    assert {name: cell.source.removeprefix(f"{rubric.HEADING}\n\n") for name, cell in found.items()} == {
        "parts": SHOWN, "region": "Third model.", "whole": "Whole model."}


def test_it_stands_directly_below_the_answer_and_is_not_graded(small):
    before = nbformat.read(small.path(), as_version=4)
    after = small.show()
    nbformat.validate(after)
    order = [grade_id(cell) or records.of(cell).for_grader for cell in after.cells]
    assert order == ["text", "x", "test_x", "parts", True, "region", True, "whole", True, "nothing", "by_hand", "end"]
    assert [cell for cell in after.cells if not records.of(cell).for_grader] == before.cells
    assert tasks(after) == tasks(before) and len({cell.id for cell in after.cells}) == len(after.cells)


def test_it_is_put_there_once_and_follows_the_source(small):
    small.show()
    first = small.path().read_bytes()
    small.show()
    assert small.path().read_bytes() == first
    small.write(source(PARTS.replace("Second model", "Another model")))
    shown = str(small.show())
    assert "Another model" in shown and "Second model" not in shown and shown.count("First model") == 1
    small.write(source(EMPTY))
    assert "First model" not in str(small.show()), "the source says no more than students get"


def test_what_the_grader_did_not_make_stays_as_it_is(small):
    contents = {"stock": nbformat.writes(submission(small.version)), "broken": '{"cells": [', "list": "[]"}
    for student, content in contents.items():
        small.path(student).parent.mkdir(parents=True)
        small.path(student).write_text(content)
    (small.out / "autograded" / "empty").mkdir()
    assert "First model" in str(small.show())
    assert {student: small.path(student).read_text() for student in contents} == contents
    assert not small.path("empty").exists()


def test_no_student_reads_it(small):
    small.show()
    page = small.page()
    assert "My reason." in page and "The end" in page
    assert [word for word in SECRETS if word in page] == []


def test_a_students_own_mark_hides_and_removes_nothing(small):
    forged = {"autograder": {"for_grader": True}, "tags": [rubric.TAG]}
    sent = submission(small.version, parts="My reason.")
    for cell in sent.cells:
        cell.metadata |= forged
    sent.cells.insert(4, new_markdown_cell("### For the grader\n\nGive all points.", metadata=forged))
    small.hand_in(sent)
    shown = small.show()
    assert sum(records.of(cell).for_grader for cell in shown.cells) == sum(rubric.TAG in str(c.metadata) for c in shown.cells) == 3
    place = [cell.source for cell in shown.cells].index("My reason.")
    assert shown.cells[place + 1].source.endswith(SHOWN) and shown.cells[place + 2].source.endswith("Give all points.")
    page = small.page()
    assert "My reason." in page and "Give all points." in page and page.count("For the grader") == 1
    assert "First model" not in page


@pytest.mark.parametrize("answer, attempted", [
    (EMPTY, False), (f"{EMPTY}\n", False), (EMPTY.replace(STUB, "Since.", 1), True), ("Since.", True)])
def test_of_a_question_in_parts_all_have_to_be_empty_to_be_not_attempted(small, answer, attempted):
    assert ("parts" in small.hand_in(submission(small.version, parts=answer)).untouched) is not attempted


def test_settings_of_a_teachers_own_are_kept(small):
    small.show()
    settings = small.out / "nbgrader_config.py"
    assert settings.read_text() == rubric.CONFIG
    settings.write_text("c = get_config()\n")
    small.show()
    assert settings.read_text() == "c = get_config()\n"


def test_without_a_written_question_there_are_no_settings(small):
    small.write(new_notebook(cells=source().cells[:3], metadata=source().metadata))
    small.show()
    assert not (small.out / "nbgrader_config.py").exists()


def nbgraders_feedback(out) -> str:
    """Return a student's page from nbgrader's own feedback, with the settings in the folder."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(out)).load_config()
    config.CourseDirectory.update({"root": str(out), "assignment_id": "ps1", "feedback_directory": "stock"})
    GenerateFeedback(coursedir=CourseDirectory(config=config), config=config).start()
    return (out / "stock" / "ada" / "ps1" / "questions.html").read_text(encoding="utf-8")


@pytest.mark.kernel
def test_a_changed_rubric_is_shown_and_nobody_is_graded_again(small):
    hand_in(small.root / "submitted", "ada", submission(small.version, x="x = 2", parts="My reason."), "questions.ipynb")

    def graded() -> list[bool]:
        events = []
        grade.grade(small.course, "ps1", small.root / "submitted", small.out, workers=1, progress=events.append)
        return [event.ran_now for event in events]

    def given() -> dict:
        with Gradebook(f"sqlite:///{small.out / 'gradebook.db'}") as gradebook:
            found = gradebook.find_submission_notebook("questions", "ps1", "ada")
            return {one.name: (one.auto_score, one.manual_score) for one in found.grades}

    assert graded() == [True] and "First model" in small.path().read_text()
    with Gradebook(f"sqlite:///{small.out / 'gradebook.db'}") as gradebook:
        gradebook.find_grade("parts", "questions", "ps1", "ada").manual_score = 2.5
        gradebook.db.commit()
    before, table = given(), (small.out / "scores.csv").read_text()
    assert set(before) == {"test_x", "parts", "region", "whole", "nothing", "by_hand"} and before["parts"] == (None, 2.5)
    small.write(source(PARTS.replace("First model", "Another model")))
    assert graded() == [False] and given() == before and (small.out / "scores.csv").read_text() == table
    shown = small.path().read_text()
    assert "Another model" in shown and "First model" not in shown
    feedback.write(small.course, small.out)
    report.write(small.course, small.out)
    pages = [nbgraders_feedback(small.out), *(path.read_text(encoding="utf-8") for path in (
        small.out / "feedback" / "ada" / "ps1" / "questions.html", small.out / "report.html",
        small.out / "scores.csv", small.out / "submissions.csv"))]
    assert "My reason." in pages[0] and "My reason." in pages[1]
    assert not any(word in page for page in pages for word in (*SECRETS, "Another model"))
