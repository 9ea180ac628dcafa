"""What a teacher can get wrong in course.toml, in nbgrader_config.py and on the command line."""

import re
import sys

import pytest
from conftest import REPOSITORY, hand_in, submission
from typer.testing import CliRunner

from autograder import course as courses
from autograder.cli import app
from autograder.errors import UserError
from autograder.grading import grade

run = CliRunner().invoke


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "source" / "ps1").mkdir(parents=True)
    return tmp_path


def problem(folder) -> str:
    with pytest.raises(UserError) as info:
        courses.load(folder)
    assert "\n" not in str(info.value)
    return str(info.value)


def test_a_directory_without_course_toml_gets_defaults(course_folder):
    course = courses.load(course_folder)
    assert course.settings.limits.cell_seconds == 60
    assert course.source == course_folder / "source"


def test_this_course_follows_its_nbgrader_config():
    course = courses.load(REPOSITORY)
    assert course.source == REPOSITORY / "solutions" and course.release == REPOSITORY / "notebooks"
    assert course.settings.title.startswith("Convolutional networks")


@pytest.mark.parametrize("text, sentence", [
    ("titel = 'x'", "There is no key 'titel' in the top level: there are course, deadlines, limits, repository, sandbox, tests, timezone, title, version; "
                    "did you mean title?"),
    ("[limits]\ncell_second = 3", "did you mean cell_seconds?"),
    ("[limits]\ncell_seconds = 0", "limits.cell_seconds should be greater than 0, but is 0."),
    ("[limits]\ncell_seconds = 'long'", "limits.cell_seconds should be a valid integer, but is 'long'."),
    ("title = 3", "title should be a valid string, but is 3."),
    ("version = '-v1'", "version String should match pattern"),
    ("repository = 'https://example.org/\"x'", "repository String should match pattern"),
    ("title = ", "is not valid TOML: Invalid value (at"),
])
def test_a_mistake_in_course_toml_is_one_sentence(folder, text, sentence):
    (folder / "course.toml").write_text(text)
    assert sentence in problem(folder) and "course.toml" in problem(folder)


def test_a_broken_nbgrader_config_is_one_sentence(folder):
    (folder / "nbgrader_config.py").write_text("c = get_config(")
    assert "nbgrader_config.py cannot be read: SyntaxError" in problem(folder)


def test_a_directory_that_is_no_course(tmp_path):
    assert "has no folder source/" in problem(tmp_path)
    assert "does not exist" in problem(tmp_path / "nowhere")


def test_names_that_do_not_exist(course):
    with pytest.raises(UserError, match=r"There is no assignment 'ps2' in .*: there are ps1; did you mean ps1\?"):
        course.check_assignment("ps2")


def test_scripts_of_the_environment_are_found_where_it_is_not_activated(course_folder, monkeypatch):
    import os

    monkeypatch.setenv("PATH", "/nowhere")
    courses.load(course_folder)
    assert os.environ["PATH"].split(os.pathsep)[0] == os.path.dirname(sys.executable)


@pytest.mark.parametrize("arguments, sentence", [
    (["grade", "ps2", "--submissions", "{sub}"], "There is no assignment 'ps2'"),
    (["grade", "ps1", "--submissions", "{nowhere}"], "The submissions folder"),
    (["grade", "ps1", "--submissions", "{empty}"], "holds no student's folder"),
    (["grade", "ps1", "--submissions", "{sub}", "--course", "{nowhere}"], "does not exist"),
    (["feedback"], "holds no scores"),
    (["report"], "holds no scores"),
])
def test_a_wrong_name_ends_with_2_and_writes_nothing(course_folder, version, tmp_path, arguments, sentence):
    places = {"sub": tmp_path / "sub", "empty": tmp_path / "empty", "nowhere": tmp_path / "nowhere"}
    places["empty"].mkdir()
    hand_in(places["sub"], "ada", submission(version))
    out = tmp_path / "out"
    arguments = [word.format(**places) for word in arguments] + ["--out", str(out)]
    if "--course" not in arguments:
        arguments += ["--course", str(course_folder)]
    result = run(app, arguments)
    assert result.exit_code == 2
    assert sentence in result.output.replace("\n", " ")
    assert "Traceback" not in result.output
    assert not out.exists()


def test_a_typo_in_course_toml_ends_with_2_and_writes_nothing(folder, tmp_path):
    (folder / "course.toml").write_text("titel = 'x'")
    result = run(app, ["grade", "ps1", "--submissions", ".", "--out", str(tmp_path / "out"),
                       "--course", str(folder)])
    assert result.exit_code == 2 and "did you mean title?" in result.output.replace("\n", " ")
    assert not (tmp_path / "out").exists()


@pytest.mark.kernel
def test_grade_feedback_report_end_with_0_however_bad_the_submissions(course_folder, version, tmp_path):
    hand_in(tmp_path / "sub", "gus", b"not a notebook")
    (tmp_path / "sub" / "hal").mkdir()
    common = ["--out", str(tmp_path / "out"), "--course", str(course_folder)]
    graded = run(app, ["grade", "ps1", "--submissions", str(tmp_path / "sub"), *common])
    assert graded.exit_code == 0, graded.output
    assert "gus" in graded.output and "is not JSON" in graded.output
    assert run(app, ["feedback", *common]).exit_code == 0
    assert run(app, ["report", *common]).exit_code == 0
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize("entries, sentence", [
    (["cell_second=3"], "There is no limit 'cell_second' in --limit"),
    (["cell_seconds=soon"], "--limit cell_seconds=soon: write each as NAME=NUMBER, such as cell_seconds=120."),
    (["cell_seconds"], "--limit cell_seconds: write each as NAME=NUMBER, such as cell_seconds=120."),
    (["files=5", "cell_seconds=0"], "--limit: cell_seconds should be greater than 0, but is 0."),
])
def test_a_limit_that_makes_no_sense(entries, sentence):
    with pytest.raises(UserError, match=re.escape(sentence)):
        courses.override(courses.Limits(), entries)


def test_limits_of_the_command_line_come_before_those_of_the_course(folder, monkeypatch, tmp_path):
    (folder / "course.toml").write_text("[limits]\nfiles = 7\ncell_seconds = 8\n")
    given = []
    monkeypatch.setattr(grade, "grade", lambda *_, **options: given.append(options["limits"]) or [])
    result = run(app, ["grade", "ps1", "--submissions", ".", "--out", str(tmp_path / "out"), "--course", str(folder),
                       "--limit", "cell_seconds=9", "--limit", "processes=10"])
    assert result.exit_code == 0, result.output
    assert given == [courses.Limits(files=7, cell_seconds=9, processes=10)]


def test_help_names_every_command():
    text = run(app, ["--help"]).output
    names = [one.name or one.callback.__name__ for one in app.registered_commands]
    names += [one.name for one in app.registered_groups]
    assert len(names) > 8
    assert [name for name in names if not re.search(rf"^\W*{name} ", text, re.M)] == []


def test_options_given_for_one_step_do_not_reach_the_next(course_folder):
    course = courses.load(course_folder)
    course.coursedir(release_directory="/elsewhere", db_url="sqlite:///elsewhere.db")
    assert course.release == course_folder / "release"
    assert "elsewhere" not in course.coursedir().db_url
