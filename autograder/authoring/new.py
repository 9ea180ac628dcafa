"""Create an assignment to start from: a text notebook with one task, and its answer bank."""

from __future__ import annotations

import re
import shutil
from fnmatch import fnmatch
from pathlib import Path

import jinja2

from autograder.authoring.release import teachers_own
from autograder.course import Course
from autograder.errors import UserError

TEMPLATE = Path(__file__).parents[1] / "templates" / "assignment"
TASK = "moving_average"


def released_by_nbgrader(course: Course, name: str) -> list[str]:
    """The files of an assignment that nbgrader's own `generate_assignment` would release but `build` does not."""
    folder, ignore = course.source / name, course.coursedir().ignore
    return [one for one in teachers_own(course, name) if (folder / one).exists()
            and not any(fnmatch(one, glob) for glob in ignore)]


def new(course: Course, name: str) -> list[Path]:
    """Write the skeleton of an assignment; returns the paths of its files.

    Parameters
    ----------
    course : Course
        the course directory.
    name : str
        the folder's name, such as 08-audio: a number to sort by, and the topic.

    Raises
    ------
    UserError
        if the name cannot be a folder's or is taken, or the course names no package.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
        raise UserError(f"{name!r} is no name for an assignment: write letters, digits, - and _, such as 08-audio.")
    folder = course.source / name
    if folder.exists():
        raise UserError(f"{folder} is there already: choose another name, or edit what it holds.")
    package = course.settings.course.package
    if not package:
        raise UserError(
            "The tests of a new assignment call a package's `checks`: name one as `package` in [course] of "
            f"{course.root / 'course.toml'}.")
    words = re.sub(r"^[0-9]+[-_]+(?=.)", "", name).replace("-", "_")
    template = jinja2.Template((TEMPLATE / "notebook.py.j2").read_text(encoding="utf-8"), keep_trailing_newline=True)
    answers = folder / "answers" / TASK
    answers.mkdir(parents=True)
    text = folder / f"{words}.py"
    title = words.replace("_", " ").strip().capitalize()
    text.write_text(template.render(title=title, package=package), encoding="utf-8")
    return [text, *(Path(shutil.copy(path, answers)) for path in sorted((TEMPLATE / "answers").glob("*.py")))]
