"""Create an assignment to start from: a text notebook with one task, its checks, its hints, and its answer bank."""

from __future__ import annotations

import keyword
import re
import shutil
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

import jinja2

from autograder.authoring.release import teachers_own
from autograder.course import Course
from autograder.engine.sandbox.policy import package_folder
from autograder.errors import UserError
from autograder.names import bound

TEMPLATE = Path(__file__).parents[1] / "templates" / "assignment"
TASK = "moving_average"


def released_by_nbgrader(course: Course, name: str) -> list[str]:
    """The files of an assignment that nbgrader's own `generate_assignment` would release but `build` does not."""
    folder, ignore = course.source / name, course.coursedir().ignore
    return [one for one in teachers_own(course, name) if (folder / one).exists()
            and not any(fnmatch(one, glob) for glob in ignore)]


def is_package_elsewhere(course: Course) -> bool:
    """Whether the course directory holds its package as a folder, but Python does not import it from there."""
    here = course.root / course.settings.course.package
    return _has_checks(here) and package_folder(here.name) != here.resolve()


def new(course: Course, name: str) -> tuple[list[Path], list[Path]]:
    """Write the skeleton of an assignment; returns the paths of the files to edit, and those of the answers.

    The first file is the text notebook. If the course directory holds its package as a folder, with the package
    `checks` in it, the task's visible check is a module there; otherwise it is in the notebook's test cell. If that
    package has a folder `guide` too, hints, predictions, points and difficulty are written there.

    Parameters
    ----------
    course : Course
        the course directory.
    name : str
        the folder's name, such as 08-audio: a number to sort by, and the topic.

    Raises
    ------
    UserError
        if the name cannot be a folder's or, where there is one, a module's; if one of its files is there already;
        or if the course names no package.
    OSError
        if a file cannot be written. In either case no file is left behind.
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
    stem = re.sub(r"^[0-9]+[-_]+(?=.)", "", name).replace("-", "_")
    checks, guide = course.root / package / "checks", course.root / package / "guide"
    has_module = _has_checks(course.root / package)
    has_guide = has_module and guide.is_dir()  # the guide finds its notebook by the module of the checks
    words = {"name": name, "title": stem.replace("_", " ").strip().capitalize(), "package": package,
             "module": stem if has_module else "", "guide": has_guide}
    texts = {folder / f"{stem}.py": _text("notebook.py.j2", words)}
    if has_module:
        _refuse_module(checks, stem, name)
        texts[checks / f"{stem}.py"] = _text("checks.py.j2", words)
    if has_guide:
        texts[guide / f"{stem}.toml"] = _text("guide.toml", words)
        texts[guide / "hints" / f"{stem}.toml"] = _text("hints.toml", words)
    if taken := [path for path in texts if path.exists()]:
        raise UserError(f"{taken[0]} is there already, and {name} would need it: choose another name.")
    answers = {folder / "answers" / TASK / path.name: path.read_text(encoding="utf-8")
               for path in sorted((TEMPLATE / "answers").glob("*.py"))}
    try:
        for path, text in (texts | answers).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError:  # the same command has to work once that is put right
        shutil.rmtree(folder, ignore_errors=True)
        for path in texts:
            path.unlink(missing_ok=True)
        raise
    return [*texts], [*answers]


def _has_checks(package: Path) -> bool:
    return (package / "checks" / "__init__.py").is_file()


def _text(template: str, words: Mapping[str, object]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE), trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    return environment.get_template(template).render(words)


def _refuse_module(checks: Path, stem: str, name: str) -> None:
    """Raise UserError if the package `checks` can have no module of this name."""
    if not stem.isidentifier() or keyword.iskeyword(stem):
        raise UserError(f"{name} would need {checks / stem}.py, which Python cannot import: choose a topic that can be "
                        "the name of a module, such as audio in 08-audio.")
    if stem in bound((checks / "__init__.py").read_text(encoding="utf-8")):  # the module would replace it
        raise UserError(f"{checks / '__init__.py'} has a use for the name {stem}, and {name} would need it for its "
                        "module: choose another name.")
