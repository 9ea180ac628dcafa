"""The student repository: the released notebooks and what they need, and nothing that gives an answer away.

It is put together in a temporary folder and looked through for leaks there. Only then is the target
touched, and of what stands there only what an earlier `publish` wrote.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import jinja2
import nbformat

from autograder.authoring import build, leaks
from autograder.course import Course
from autograder.errors import UserError

TEMPLATES = Path(__file__).parents[1] / "templates"
FILES = ("LICENSE", "LICENSE-TEXT")
WRITTEN = ".published"  # names what was written, a path a line: the next `publish` may replace that


def publish(course: Course, folder: Path) -> list[str]:
    """Write the student repository; returns the paths in it.

    Parameters
    ----------
    course : Course
        the course; its release folder says which assignments are published.
    folder : Path
        an empty folder, a repository without files, or one that `publish` wrote.

    Raises
    ------
    UserError
        if the folder holds something else, nothing is released, a notebook is out of date, or any
        file would give something away: nothing is written then. Or if the folder cannot be written to.
    """
    names = _released(course)
    replaced = _replaceable(folder)
    with tempfile.TemporaryDirectory() as temporary:
        staging = Path(temporary)
        _put_together(course, names, staging)
        written = _files(staging)
        _refuse_leaks(leaks.find(leaks.secrets(course), staging, (staging / name for name in written)))
        try:
            _replace(folder, replaced, staging, written)
        except OSError as error:
            raise UserError(
                f"{folder} could not be written to the end ({error.strerror or error}): "
                "put that right, and run the same command again."
            ) from None
    return written


def _released(course: Course) -> list[str]:
    """The names of the released assignments; each must be among the sources."""
    names = sorted(path.name for path in course.release.glob("[!.]*") if path.is_dir())
    if not names:
        raise UserError(f"{course.release} holds no released assignment: run `autograder build` first.")
    for name in names:
        course.check_assignment(name)
        for text in build.text_notebooks(course, name) if any((course.source / name).glob("*.py")) else []:
            if not build.is_fresh(text.with_suffix(".ipynb"), build.compose(course, text)):
                raise UserError(
                    f"{text.with_suffix('.ipynb')} is older than its text notebook, the package or course.toml: "
                    f"run `autograder build {name}` first."
                )
    return names


def _replaceable(folder: Path) -> list[str]:
    """The files in the target, all of which an earlier `publish` wrote; git's own are left alone."""
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file: name a folder for the student repository.")
    there = _files(folder)
    try:
        ours = {WRITTEN, *(folder / WRITTEN).read_text(encoding="utf-8").splitlines()}
    except (OSError, UnicodeDecodeError):
        ours = set()
    others = [name for name in there if name not in ours]
    if others:
        raise UserError(
            f"{folder} holds what `autograder publish` did not write ({others[0]}): "
            "move that away, or name an empty folder."
        )
    return [name for name in there if name != WRITTEN]


def _files(folder: Path) -> list[str]:
    """All files below a folder, sorted, without those of git."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    return sorted(path.as_posix() for path in found if path.parts[0] != ".git")


def _replace(folder: Path, replaced: list[str], staging: Path, written: list[str]) -> None:
    """Take out of a folder what an earlier `publish` wrote, and put in what this one does."""
    folder.mkdir(parents=True, exist_ok=True)
    # The list goes first: after an interruption the same command can still replace what is there.
    (folder / WRITTEN).write_text("\n".join(sorted({*written, *replaced})) + "\n", encoding="utf-8")
    for name in replaced:
        (folder / name).unlink()
    for name in written:
        _copy(staging / name, folder / name)
    (folder / WRITTEN).write_text("\n".join(written) + "\n", encoding="utf-8")
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and ".git" not in path.relative_to(folder).parts and not any(path.iterdir()):
            path.rmdir()


def _put_together(course: Course, names: Iterable[str], staging: Path) -> None:
    """Everything that students get, in an empty folder. The notebooks are released anew: none is out of date."""
    release = staging / course.release.name
    for name in names:
        build.write_release(course, name, release)
    for top in _folders(course):
        for path in sorted((course.root / top).rglob("*")):
            parts = path.relative_to(course.root).parts
            if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in parts):
                _copy(path, staging.joinpath(*parts))
    for name in FILES:
        if (course.root / name).is_file():
            _copy(course.root / name, staging / name)
    environment = course.root / "environment.yml"
    if environment.is_file():
        lines = environment.read_text(encoding="utf-8").splitlines(keepends=True)
        # The course itself cannot be installed there, and need not be: notebooks find its package beside them.
        kept = [line for line in lines if "--editable" not in line]
        (staging / environment.name).write_text("".join(kept), encoding="utf-8")
    (staging / "README.md").write_text(_readme(course, release, staging), encoding="utf-8")


def _folders(course: Course) -> tuple[str, ...]:
    """What notebooks import, and the data they read."""
    return tuple(name for name in (course.settings.course.package, "data") if name)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def _readme(course: Course, release: Path, staging: Path) -> str:
    notebooks = [
        {
            "path": path.relative_to(staging).as_posix(),
            "title": _title(path),
            "badge": build.colab_badge(course, path.parent.name, path.stem),
        }
        for path in sorted(release.rglob("*.ipynb"))
    ]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), trim_blocks=True, keep_trailing_newline=True)
    there = {name for name in (*_folders(course), *FILES, "environment.yml") if (staging / name).exists()}
    return environment.get_template("student_readme.md.j2").render(
        settings=course.settings, notebooks=notebooks, there=there, release=release.name)


def _title(path: Path) -> str:
    """The first heading of a notebook, else its name."""
    for cell in nbformat.read(path, as_version=4).cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else []:
            if line.startswith("# "):
                return line.removeprefix("# ").strip()
    return path.stem


def _refuse_leaks(found: list[leaks.Leak]) -> None:
    if found:
        more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
        raise UserError(f"{found[0]}{more}: students would see it. Take it out; nothing was written.")
