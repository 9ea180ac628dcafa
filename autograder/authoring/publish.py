"""Write the student repository: the released notebooks and what they need, but nothing that gives an answer away.

It is put together in a temporary folder and searched for leaks there. Only then is the target changed, and only
files that an earlier `publish` wrote or that GitHub put there are replaced. Solutions that a teacher once published
stay in it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import jinja2
import nbformat

from autograder.authoring import build, leaks, worked
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import write_whole

TEMPLATES = Path(__file__).parents[1] / "templates"
FILES = ("LICENSE", "LICENSE-TEXT")
HINTS = ("guide", "hints")  # the folder of the hints, in the course's package
WRITTEN = ".published"  # lists what was written, one path a line: the next `publish` may replace these files
FROM_GITHUB = ("README.md", "LICENSE", ".gitignore")  # what GitHub puts into a new repository
REQUIREMENTS = TEMPLATES / "requirements-student.txt"
PYTHONS = ("3.11", "3.12", "3.13")  # the versions for which pyproject.toml resolves
PYTHON = "3.12"  # version in the conda environment and in the README's instructions
ATTRIBUTES = "data/** -text\n"  # without it, git on Windows changes line ends, and with them the checksums
BINDER, KAGGLE = "https://mybinder.org", "https://kaggle.com"


def publish(course: Course, folder: Path, solutions: Iterable[str] = (), early: bool = False) -> list[str]:
    """Write the student repository; returns the paths in it.

    Parameters
    ----------
    course : Course
        the course; its release folder determines which assignments are published.
    folder : Path
        an empty folder, a repository without files, a clone with no more than the README, licence and .gitignore
        that GitHub creates, or a folder that `publish` wrote. The README and licence are replaced by the course's
        own; a .gitignore is kept.
    solutions : iterable of str
        the assignments whose worked solutions are published, too; "all" for all of them. Those that are in the
        folder already are published again in any case.
    early : bool
        whether the named solutions may be published before the deadline.

    Raises
    ------
    UserError
        if the folder holds something else, nothing is released, a notebook is out of date, a solution
        may not be published yet, or a file would give something away; nothing is written then. Also if the folder
        cannot be written to.
    """
    names = _released(course)
    replaced = _replaceable(folder)
    solved = worked.chosen(course, names, solutions, early, replaced)
    with tempfile.TemporaryDirectory() as temporary:
        staging = Path(temporary)
        _put_together(course, names, solved, staging)
        written = _files(staging)
        _refuse_leaks(_leaks(course, solved, staging, written))
        try:
            _replace(folder, replaced, staging, written)
        except OSError as error:
            raise UserError(
                f"{folder} could not be written to the end ({error.strerror or error}): "
                "put that right, and run the same command again."
            ) from None
    return written


def _released(course: Course) -> list[str]:
    """The names of the released assignments; raises UserError unless each has a source and is up to date."""
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
    """The files in the target that an earlier `publish` wrote.

    Raises UserError if there are others, except those of git and those that GitHub creates.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file: name a folder for the student repository.")
    there = _files(folder)
    try:
        ours = {WRITTEN, *(folder / WRITTEN).read_text(encoding="utf-8").splitlines()}
    except (OSError, UnicodeDecodeError):
        ours = set()
    welcome = FROM_GITHUB if (folder / ".git").exists() else ()
    others = [name for name in there if name not in ours and name not in welcome]
    if others:
        raise UserError(
            f"{folder} holds what `autograder publish` did not write ({others[0]}): "
            "move that away, or name an empty folder."
        )
    return [name for name in there if name in ours and name != WRITTEN]


def _files(folder: Path) -> list[str]:
    """The paths of all files below a folder, relative to it and sorted, without those of git."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    return sorted(path.as_posix() for path in found if path.parts[0] != ".git")


def _replace(folder: Path, replaced: list[str], staging: Path, written: list[str]) -> None:
    """Replace the files that an earlier `publish` wrote by the new ones."""
    folder.mkdir(parents=True, exist_ok=True)
    # The list is written first, so that after an interruption the same command can still replace what is there.
    (folder / WRITTEN).write_text("\n".join(sorted({*written, *replaced})) + "\n", encoding="utf-8")
    for name in sorted({*replaced} - {*written}):
        (folder / name).unlink()
    for name in written:  # what stays is never missing, so that an interruption loses no published solution
        if (folder / name).is_symlink():
            (folder / name).unlink()
        _copy(staging / name, folder / name)
    (folder / WRITTEN).write_text("\n".join(written) + "\n", encoding="utf-8")
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and ".git" not in path.relative_to(folder).parts and not any(path.iterdir()):
            path.rmdir()


def _put_together(course: Course, names: Iterable[str], solved: Iterable[str], staging: Path) -> None:
    """Put everything that students get into an empty folder. The notebooks are released anew to be up to date."""
    release = staging / course.release.name
    for name in names:
        build.write_release(course, name, release)
    for name in solved:
        for file, notebook in worked.notebooks(course, name).items():
            write_whole(staging / worked.FOLDER / name / file, build.to_json(notebook).encode())
    for top in _folders(course):
        for path in sorted((course.root / top).rglob("*")):
            parts = path.relative_to(course.root).parts
            left_out = any(part.startswith((".", "__pycache__")) for part in parts) or (
                not course.settings.course.hints and parts[1:3] == HINTS)
            if path.is_file() and not left_out:
                _copy(path, staging.joinpath(*parts))
    for name in FILES:
        if (course.root / name).is_file():
            _copy(course.root / name, staging / name)
    build.write_origin(course, staging)
    pins = REQUIREMENTS.read_text(encoding="utf-8")
    for name, text in {
        ".gitattributes": ATTRIBUTES,
        "requirements.txt": pins,
        "environment.yml": _environment(_name(course), pins),
        "README.md": _readme(course, release, staging),
    }.items():
        (staging / name).write_text(text, encoding="utf-8", newline="\n")


def _name(course: Course) -> str:
    """The repository's name, which is also that of the environment and of a clone's folder."""
    return course.settings.repository.rstrip("/").rpartition("/")[2].removesuffix(".git") or "course"


def _environment(name: str, pins: str) -> str:
    """The text of environment.yml: the versions of requirements.txt, for conda."""
    lines = [line.strip() for line in pins.splitlines()]
    return "\n".join([
        "# The versions of requirements.txt, for conda:",
        f"#   conda env create -f environment.yml && conda activate {name}",
        f"name: {name}", "channels:", "  - conda-forge", "dependencies:", f"  - python={PYTHON}", "  - pip", "  - pip:",
        *(f'      - "{line}"' for line in lines if line and not line.startswith("#")), ""])


def _folders(course: Course) -> tuple[str, ...]:
    """The names of the folders that notebooks need: the course's package and the data."""
    return tuple(name for name in (course.settings.course.package, "data") if name)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def _readme(course: Course, release: Path, staging: Path) -> str:
    """The text of README.md, with a table of the notebooks and a list of the worked solutions."""
    notebooks = [
        {
            "path": path.relative_to(staging).as_posix(),
            "title": _title(path),
            "badges": " ".join(_badges(course, path.parent.name, path.stem)),
        }
        for path in sorted(release.rglob("*.ipynb"))
    ]
    solutions = [{"path": path.relative_to(staging).as_posix(), "title": _title(path)}
                 for name in worked.names_in(course, _files(staging))
                 for path in sorted((staging / worked.FOLDER / name).glob("*.ipynb"))]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), trim_blocks=True, keep_trailing_newline=True)
    there = {name for name in (*_folders(course), *FILES) if (staging / name).exists()}
    settings, name = course.settings, _name(course)
    get = f"git clone --branch {settings.version} {settings.repository}\ncd {name}"
    return environment.get_template("student_readme.md.j2").render(
        settings=settings, notebooks=notebooks, solutions=solutions, there=there, release=release.name, name=name,
        python=PYTHON, others=" and ".join(one for one in PYTHONS if one != PYTHON),
        get=get if settings.repository else "cd FOLDER_OF_THIS_FILE", colab=bool(build.github(course)))


def _badges(course: Course, assignment: str, name: str) -> list[str]:
    """Markdown badges that open a notebook in Colab, Kaggle and Binder; none if the course is not on GitHub."""
    place, version = build.github(course), course.settings.version
    if not place:
        return []
    path = f"{course.release.name}/{assignment}/{name}.ipynb"
    source = quote(f"https://github.com/{place}/blob/{version}/{quote(path)}", safe="")
    return [
        build.colab_badge(course, assignment, name),
        f"[![Open this notebook in Kaggle]({KAGGLE}/static/images/open-in-kaggle.svg)]"
        f"({KAGGLE}/kernels/welcome?src={source})",
        f"[![Open this notebook in Binder]({BINDER}/badge_logo.svg)]"
        f"({BINDER}/v2/gh/{place}/{quote(version, safe='')}?labpath={quote(path, safe='')})",
    ]


def _title(path: Path) -> str:
    """The first heading of a notebook, or its file name if it has none."""
    for cell in nbformat.read(path, as_version=4).cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else []:
            if line.startswith("# "):
                return line.removeprefix("# ").strip()
    return path.stem


def _leaks(course: Course, solved: Iterable[str], staging: Path, written: Iterable[str]) -> list[leaks.Leak]:
    """What gives something away; in the folder of a published solution its own answers do not."""
    secret, paths = leaks.secrets(course), [staging / name for name in written]
    found: list[leaks.Leak] = []
    for name in solved:
        own = [path for path in paths if path.is_relative_to(staging / worked.FOLDER / name)]
        found += leaks.find(leaks.without(secret, worked.answers(course, name)), staging, own)
        paths = [path for path in paths if path not in own]
    return leaks.find(secret, staging, paths) + found


def _refuse_leaks(found: list[leaks.Leak]) -> None:
    if found:
        more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
        raise UserError(f"{found[0]}{more}: students would see it. Take it out; nothing was written.")
