"""Worked solutions in the student repository: what is in them, when they may be there, and what may not."""

import shutil

import nbformat
import pytest
from conftest import mark, source_notebook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from typer.testing import CliRunner

from autograder import course as courses
from autograder.authoring import leaks, release, worked
from autograder.authoring.publish import publish
from autograder.cli import app
from autograder.errors import UserError

ANSWER = "return math.pi * r ** 2  # as on page 12"
HIDDEN = "assert abs(area(3.0) - 9 * math.pi) < 1e-9, 'radius three'"
OTHER = "return sorted(values)[len(values) // 2]  # the middle one"
WHY = """\
**1.** (1 point)

### BEGIN SOLUTION
A circle of twice the radius has 2 * 2 times the area.

*One point: squares the factor. Half a point: only says
that it grows.*
### END SOLUTION"""
TASK = "Draw a circle.\n\n### BEGIN MARK SCHEME\nNobody gets more than one point.\n### END MARK SCHEME"
WORKED = "solutions/ps1/sums.ipynb"


@pytest.fixture
def course(tmp_path):
    """A course with two released assignments; the deadline of the first one has passed."""
    root = tmp_path / "course"
    for name, source in {"ps1": ANSWER, "ps2": OTHER}.items():
        notebook = source_notebook()
        notebook.cells[0].source = f"# Sums of {name}\n\nA text."
        answer = next(cell for cell in notebook.cells if cell.id == "area")
        answer.source = answer.source.replace("return math.pi * r ** 2", source)
        notebook.cells[-1].source = WHY
        task = mark("draw", points=1, locked=True)
        task["nbgrader"] |= {"grade": False, "task": True}
        notebook.cells.append(new_markdown_cell(TASK, id="draw", metadata=task))
        notebook.cells[1].outputs, notebook.cells[1].execution_count = [new_output("stream", text="imported\n")], 1
        (root / "source" / name).mkdir(parents=True)
        nbformat.write(notebook, root / "source" / name / "sums.ipynb")
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    return deadlines(root, "ps1 = 2020-01-02T23:59:00")


def deadlines(root, text):
    """The course with other deadlines, and with its student notebooks written."""
    (root / "course.toml").write_text(
        f'repository = "https://github.com/school/tiny"\ntimezone = "Europe/Berlin"\n[deadlines]\n{text}\n')
    course = courses.load(root)
    for name in course.assignments():
        release.generate(course, name, course.release)
    return course


def change(course, name, change_it):
    path = course.source / name / "sums.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change_it(notebook)
    nbformat.write(notebook, path)


def test_a_worked_solution_has_answers_and_outputs_and_nothing_of_the_teachers(course, tmp_path):
    written = publish(course, tmp_path / "student", ["ps1"])
    assert [path for path in written if path.startswith("solutions/")] == [WORKED]
    text = (tmp_path / "student" / WORKED).read_text()
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source.startswith("**This is the worked solution of ps1, not the notebook to hand in.** ")
    assert "(../../release/ps1/sums.ipynb)" in notebook.cells[0].source
    assert notebook.cells[2].outputs[0].text == "imported\n" and notebook.cells[2].execution_count == 1
    by_id = {cell.id: cell.source for cell in notebook.cells}
    assert by_id["area"] == f"def area(r):\n    {ANSWER}"
    assert by_id["test_area"] == "assert abs(area(1) - math.pi) < 1e-9, 'the unit circle'"
    assert by_id["why"] == "**1.** (1 point)\n\nA circle of twice the radius has 2 * 2 times the area."
    assert by_id["draw"] == "Draw a circle."
    for word in ("radius three", "BEGIN", "END", "One point", "Half a point", "more than one point", "nbgrader", "grade_id"):
        assert word not in text, word


def test_the_badge_of_the_student_notebook_is_not_in_it(course):
    badge = worked.build.colab_badge(course, "ps1", "sums")
    change(course, "ps1", lambda notebook: notebook.cells[0].update(source=f"{badge}\n\n# Sums"))
    assert badge and worked.notebooks(course, "ps1")["sums.ipynb"].cells[1].source == "# Sums"


def test_the_readme_lists_what_is_published_and_only_that(course, tmp_path):
    for names, expected in {(): False, ("ps1",): True}.items():
        publish(course, tmp_path / "student", names)
        text = (tmp_path / "student" / "README.md").read_text()
        assert ("Worked solutions, which are not to be handed in:\n\n- [Sums of ps1](solutions/ps1/sums.ipynb)\n\n" in text) == expected
        assert ("solutions" in text) == expected and "\n\n\n" not in text


@pytest.mark.parametrize("given, sentence", [
    ("ps1 = 2100-01-02T23:59:00", "The deadline of ps1 has not passed; it is 2100-01-02 23:59 CET: publish its solution after "
                                  "that, or now with --early. Nothing was written."),
    ("ps2 = 2020-01-02T23:59:00", "ps1 has no deadline in [deadlines] of {root}/course.toml, so its students may still be at "
                                  "work: set one, or publish its solution now with --early. Nothing was written."),
])
def test_before_the_deadline_and_without_one_only_early_publishes(course, tmp_path, given, sentence):
    course = deadlines(course.root, given)
    for names in (["ps1"], ["ps2", "ps1"], ["all"]):
        with pytest.raises(UserError) as info:
            publish(course, tmp_path / "student", names)
        assert str(info.value) == sentence.format(root=course.root) or names[0] == "ps2"
        assert not (tmp_path / "student").exists()
    assert WORKED in publish(course, tmp_path / "student", ["ps1"], early=True)


def test_all_means_every_released_assignment(course, tmp_path):
    written = publish(course, tmp_path / "student", ["all"], early=True)
    assert [path for path in written if path.startswith("solutions/")] == [WORKED, "solutions/ps2/sums.ipynb"]


def test_what_cannot_be_meant_is_one_sentence(course, tmp_path):
    with pytest.raises(UserError, match="There is no released assignment 'ps3' in .*: there are ps1, ps2"):
        publish(course, tmp_path / "student", ["ps3"], early=True)
    with pytest.raises(UserError, match="--early is for solutions: name them as well, with --solutions ASSIGNMENT"):
        publish(course, tmp_path / "student", early=True)
    (course.root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.release_directory = 'solutions'\n")
    other = deadlines(course.root, "ps1 = 2020-01-02T23:59:00")
    with pytest.raises(UserError, match="The student notebooks are in a folder solutions/"):
        publish(other, tmp_path / "student", ["ps1"])
    for _ in range(2):  # its student notebooks are not taken for published solutions
        publish(other, tmp_path / "student")
        assert "page 12" not in (tmp_path / "student" / WORKED).read_text()


def test_a_plain_publish_repeats_what_was_published_whatever_the_deadline_is_by_now(course, tmp_path):
    target = tmp_path / "student"
    publish(course, target, ["ps1"])
    course = deadlines(course.root, "ps1 = 2100-01-02T23:59:00")
    change(course, "ps1", lambda notebook: notebook.cells[0].update(source="# Sums, second edition"))
    assert WORKED in publish(course, target)
    assert "second edition" in (target / WORKED).read_text()
    assert {WORKED, "solutions/ps2/sums.ipynb"} <= {*publish(course, target, ["ps2"], early=True)}
    shutil.rmtree(target / "solutions" / "ps1")  # this is how it is taken back
    assert WORKED not in publish(course, target) and (target / "solutions" / "ps2" / "sums.ipynb").exists()
    shutil.rmtree(course.release / "ps2")
    assert "solutions/ps2/sums.ipynb" not in publish(course, target)


@pytest.mark.parametrize("place", ["README.md", WORKED])
def test_an_interruption_loses_no_published_solution(course, tmp_path, monkeypatch, place):
    target, copy = tmp_path / "student", shutil.copyfile

    def until_the_disk_is_full(source, path):
        if path == target / place:
            raise OSError(28, "No space left on device")
        return copy(source, path)

    publish(course, target, ["ps1"])
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", until_the_disk_is_full)
        with pytest.raises(UserError, match="could not be written to the end"):
            publish(course, target)
    assert WORKED in publish(course, target)


def test_what_a_link_in_the_repository_points_at_is_left_alone(course, tmp_path):
    target = tmp_path / "student"
    publish(course, target)
    (tmp_path / "elsewhere.md").write_text("mine")
    (target / "README.md").unlink()
    (target / "README.md").symlink_to(tmp_path / "elsewhere.md")
    publish(course, target)
    assert (tmp_path / "elsewhere.md").read_text() == "mine" and not (target / "README.md").is_symlink()


@pytest.mark.parametrize("text, words", [
    (HIDDEN, "is a line of a hidden test in cell 'test_area' of ps"),
    (OTHER, "is a line of the solution in cell 'area' of ps2"),
    ("Nobody gets more than one point.", "is a line of the marking scheme in cell 'draw' of ps"),
    ("### BEGIN HIDDEN TESTS", "is a marker"),
])
def test_a_published_solution_may_show_its_own_answers_and_nothing_else(course, tmp_path, text, words):
    change(course, "ps1", lambda notebook: notebook.cells.insert(
        2, new_code_cell("look()", id="look", outputs=[new_output("stream", text=f"{text}\n")])))
    with pytest.raises(UserError) as info:
        publish(deadlines(course.root, "ps1 = 2020-01-02T23:59:00"), tmp_path / "student", ["ps1"])
    assert str(info.value).startswith(f"{WORKED}, outputs and metadata, line") and words in str(info.value)
    assert not (tmp_path / "student").exists()


def test_the_published_answers_are_a_leak_in_every_other_file(course, tmp_path):
    (course.root / "data").mkdir()
    (course.root / "data" / "notes.md").write_text(ANSWER)
    with pytest.raises(UserError, match=r"^data/notes.md, line 1: .* is a line of the solution in cell 'area' of ps1"):
        publish(course, tmp_path / "student", ["ps1"])


def test_an_answer_of_the_bank_that_shares_lines_with_the_solution_is_none_of_its_leaks(course, tmp_path):
    bank = course.source / "ps1" / "answers" / "area"
    bank.mkdir(parents=True)
    (bank / "wrong_twice.py").write_text(f"# Twice.\ndef area(r):\n    {ANSWER}\n    return twice(twice)\n")
    assert WORKED in publish(course, tmp_path / "student", ["ps1"])
    secret = leaks.without(leaks.secrets(course), worked.answers(course, "ps1"))
    assert list(secret.pairs) == [("# Twice.", "def area(r):"), (ANSWER, "return twice(twice)")]


def test_the_command_names_the_solutions_that_students_can_read(course, tmp_path):
    arguments = ["publish", str(tmp_path / "student"), "--course", str(course.root)]
    done = CliRunner().invoke(app, [*arguments, "--solutions", "ps2"])
    assert done.exit_code == 2 and done.output.startswith("ps2 has no deadline in [deadlines] of ")
    done = CliRunner().invoke(app, [*arguments, "--solutions", "ps2", "--solutions", "ps1", "--early"])
    assert done.exit_code == 0 and done.output.startswith("Worked solutions that students can read: ps1, ps2.\nWrote ")
    assert "Worked solutions that students can read: ps1, ps2." in CliRunner().invoke(app, arguments).output
