"""Nothing of the teacher's next to a released notebook, also where nbgrader_config.py does not say so."""

import pytest
from conftest import text_course, text_task

from autograder.authoring import release

TEXT = "# # Small\n" + text_task("double", "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
                                 "assert double(1) == 2")


def extra_files(course, tmp_path) -> set[str]:
    release.generate(course, "ps1", tmp_path)
    folder = tmp_path / "ps1"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"small.ipynb"}


@pytest.fixture
def built(tmp_path):
    import jupytext

    def make(**files):
        files = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
        course = text_course(tmp_path / "course", TEXT, files)
        folder = course.source / "ps1"
        notebook = jupytext.read(folder / "small.py")
        jupytext.write(notebook, folder / "small.ipynb")
        return course
    return make


def test_text_notebooks_and_banks_stay_with_the_teacher(built, tmp_path):
    course = built(**{
        "answers__double__right_sum_dot_py": "def double(x):\n    return x + x", "answers__double__inputs_dot_py": "1",
        "class_dot_toml": "", "numbers_dot_toml": "", "seeds_dot_md": "seeds", "tools_dot_py": "def helper(): pass",
        "data__table_dot_csv": "1,2", "older__small_dot_py": TEXT})
    assert extra_files(course, tmp_path / "release") == {"tools.py", "data/table.csv"}


def test_a_bank_of_another_name_stays_too(built, tmp_path):
    course = built(**{"bank__double__wrong_one_dot_py": "def double(x):\n    return 1", "tools_dot_py": "x = 1"})
    assert extra_files(course, tmp_path / "release") == {"tools.py"}


def test_what_the_course_ignores_stays_ignored(built, tmp_path):
    course = built(**{"notes_dot_txt": "mine", "tools_dot_py": "x = 1"})
    (course.root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.ignore = ['*.txt']\n")
    from autograder import course as courses
    assert extra_files(courses.load(course.root), tmp_path / "release") == {"tools.py"}


def test_where_nothing_was_made_by_new_everything_is_released(built, tmp_path):
    course = built(**{"answers__key_dot_csv": "1", "numbers_dot_toml": "x = 1"})
    (course.source / "ps1" / "small.py").unlink()
    assert extra_files(course, tmp_path / "release") == {"answers/key.csv", "numbers.toml"}
