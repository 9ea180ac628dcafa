"""From the text notebooks to everything that is built of them.

    solutions/NAME/*.py ──▶ solutions/NAME/*.ipynb (executed) ──▶ notebooks/NAME/*.ipynb (students')

A solution notebook carries a fingerprint of what went into it, so that only changed ones run again, and
the seconds that its cells took.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import jinja2
import jupytext
import nbformat
from nbformat import NotebookNode

from autograder import records
from autograder.authoring import release
from autograder.course import Course
from autograder.engine import run
from autograder.engine.sandbox.policy import package_folder
from autograder.errors import UserError
from autograder.files import write_whole
from autograder.jobs import Limits
from autograder.names import imports
from autograder.notebooks import grade_id

SETUP_CELL = Path(__file__).parents[1] / "templates" / "setup_cell.py"
NOTEWORTHY = 0.5  # seconds that a cell must run for the built notebook to say so
COLAB = "https://colab.research.google.com"
LAST_STEP = "\n\nfrom {{ package }} import welcome"  # of the set-up cell
ORIGIN = "course.json"  # in the course's package; no module of it, so no notebook is older for another version
DATA = (".npz", ".json")  # the files of data/ that a package may fetch
METADATA = "autograder_build"  # of a built notebook: its fingerprint and the seconds of its cells


def build(
    course: Course,
    assignment: str,
    force: bool = False,
    progress: Callable[[str], None] = lambda message: None,
) -> list[Path]:
    """Build one assignment; returns the solution notebooks that were executed.

    Parameters
    ----------
    course : Course
        the course directory.
    assignment : str
        its name.
    force : bool
        execute also what is up to date.
    progress : callable
        told what is being done.

    Raises
    ------
    UserError
        if there is no such assignment, it has no text notebook, or a cell of it fails.
    """
    executed = []
    for text in text_notebooks(course, assignment):
        target = text.with_suffix(".ipynb")
        notebook = compose(course, text)
        built = _built(target)
        if force or built is None or not _ran_already(built, notebook):
            progress(f"running {target.relative_to(course.root)}")
            _execute(course, notebook, target)
            executed.append(target)
        else:  # at most another version or repository
            for cell, before in zip(notebook.cells, built.cells, strict=True):
                if cell.cell_type == "code":
                    cell.outputs, cell.execution_count = before.outputs, before.execution_count
            notebook.metadata[METADATA] = built.metadata[METADATA]
        write_whole(target, to_json(notebook).encode())
    write_origin(course, course.root)
    progress(f"releasing {assignment}")
    write_release(course, assignment, course.release)
    return executed


def text_notebooks(course: Course, assignment: str) -> list[Path]:
    """The py:percent files of an assignment."""
    course.check_assignment(assignment)
    folder = course.source / assignment
    found = [path for path in sorted(folder.glob("*.py")) if release.is_text_notebook(path)]
    if not found:
        raise UserError(f"{folder} holds no text notebook (*.py with `# %%` cells).")
    return found


def compose(course: Course, text: Path, audit: bool = False) -> NotebookNode:
    """The solution notebook of a text notebook, not yet executed.

    The set-up cell comes from its template, every cell without nbgrader metadata is locked, and
    every cell has an id that does not change from build to build. The repository and the version
    are filled in last: neither an id nor the fingerprint depends on them. A cell tagged `audit` is
    for the audit, which trains less: it is in no notebook unless `audit` asks for it.
    """
    notebook = jupytext.read(text)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.cells = [cell for cell in notebook.cells if audit or not for_audit(cell)]
    for cell in notebook.cells:
        cell.metadata.pop("lines_to_next_cell", None)
        if _is_setup(cell) and course.settings.course.package:
            cell.source = _without_tensorflow(SETUP_CELL.read_text(encoding="utf-8"), cell)
        if "nbgrader" not in cell.metadata:
            _lock(cell)
    _name_cells(notebook)
    fingerprint = _fingerprint(course, notebook)
    for cell in notebook.cells:
        if _is_setup(cell) and course.settings.course.package:
            cell.source = _filled_in(course, cell.source)
    if badge := colab_badge(course, text.parent.name, text.stem) if notebook.cells[0].cell_type == "markdown" else "":
        notebook.cells[0].source = f"{badge}\n\n{notebook.cells[0].source}"
    notebook.metadata = nbformat.from_dict({
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        METADATA: {"fingerprint": fingerprint},
    })
    return notebook


def setup_cell(course: Course) -> str:
    """The first code cell of every notebook, with the step that imports TensorFlow."""
    return _filled_in(course, SETUP_CELL.read_text(encoding="utf-8"))


def _filled_in(course: Course, template: str) -> str:
    """The set-up cell's text for this course."""
    settings = course.settings
    return jinja2.Template(template).render(
        repository=settings.repository, version=settings.version, package=settings.course.package).rstrip()


def colab_badge(course: Course, assignment: str, name: str) -> str:
    """The line of markdown that opens a released notebook in Colab; empty where that cannot: off GitHub."""
    place = github(course)
    if not place:
        return ""
    path = quote(f"{course.release.name}/{assignment}/{name}.ipynb")
    address = f"{COLAB}/github/{place}/blob/{course.settings.version}/{path}"
    return f"[![Open this notebook in Google Colab]({COLAB}/assets/colab-badge.svg)]({address})"


def github(course: Course) -> str:
    """OWNER/REPOSITORY, where the students' repository is on GitHub; else empty."""
    found = re.fullmatch(r"https://github\.com/([^/]+/[^/]+?)(\.git)?/?", course.settings.repository)
    return found[1] if found else ""


def origin(course: Course) -> dict:
    """What the course's package has to know to fetch its data: repository, version, each file's SHA-256."""
    data = course.root / "data"
    paths = sorted(path for path in data.rglob("*") if path.suffix in DATA and path.is_file())
    return {
        "repository": course.settings.repository, "version": course.settings.version,
        "files": {path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
    }


def write_origin(course: Course, folder: Path) -> None:
    """Write `origin` as course.json into the package below `folder`, where it stands there."""
    package = course.settings.course.package
    if package and (folder / package).is_dir():
        text = json.dumps(origin(course), indent=1) + "\n"
        write_whole(folder / package / ORIGIN, text.encode())


def is_fresh(target: Path, composed: NotebookNode) -> bool:
    """Whether the built notebook came from exactly this text and this code of the course's package."""
    built = _built(target)
    return built is not None and _ran_already(built, composed) and (
        [cell.source for cell in built.cells] == [cell.source for cell in composed.cells])


def measure(course: Course, assignment: str) -> dict[str, float]:
    """The seconds of the cells, by their ids, in one run of their own; nothing is written.

    Raises
    ------
    UserError
        if a cell fails.
    """
    (text,) = text_notebooks(course, assignment)
    notebook = compose(course, text)
    _execute(course, notebook, text.with_suffix(".ipynb"))
    return notebook.metadata[METADATA].seconds


def measured(text: Path) -> dict[str, float]:
    """The seconds of the longer cells, by their ids, when the notebook was built; {} where it was not."""
    built = _built(text.with_suffix(".ipynb"))
    return {} if built is None else dict(built.metadata.get(METADATA, {}).get("seconds", {}))


def write_release(course: Course, assignment: str, folder: Path) -> None:
    """Write the student version into `folder`, in the form that is committed."""
    release.generate(course, assignment, folder)
    for path in sorted((folder / assignment).glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata.pop(METADATA, None)
        write_whole(path, to_json(notebook).encode())


def to_json(notebook: NotebookNode) -> str:
    """A notebook as text: sorted keys, one space a level, so that a diff shows what changed."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _built(target: Path) -> NotebookNode | None:
    """The solution notebook as it was built last, None where there is none that can be read."""
    try:
        return nbformat.read(target, as_version=4)
    except (OSError, ValueError):
        return None


def _ran_already(built: NotebookNode, composed: NotebookNode) -> bool:
    """Whether what would be executed was: the same text and code of the package, whatever repository and version."""
    def code(notebook: NotebookNode) -> list[tuple[str, str]]:
        return [(cell.id, "" if cell.cell_type == "markdown" or _is_setup(cell) else cell.source)
                for cell in notebook.cells]

    mark = built.metadata.get(METADATA, {}).get("fingerprint")
    return mark == composed.metadata[METADATA].fingerprint and code(built) == code(composed)


def for_audit(cell: NotebookNode) -> bool:
    """Whether a cell of a text notebook is run by the audit alone."""
    return "audit" in cell.metadata.get("tags", [])


def _is_setup(cell: NotebookNode) -> bool:
    return "setup" in cell.metadata.get("tags", [])


def _without_tensorflow(source: str, cell: NotebookNode) -> str:
    """The set-up cell's template; without its last step, which imports TensorFlow, where the cell's tags say so."""
    needed = "without-tensorflow" not in cell.metadata.tags
    return source if needed else source.partition(LAST_STEP)[0]


def _lock(cell: NotebookNode) -> None:
    """Give a cell nbgrader's mark for text and code that students do not change."""
    kind = "code" if cell.cell_type == "code" else "text"
    digest = hashlib.sha256(cell.source.encode()).hexdigest()[:10]
    cell.metadata["nbgrader"] = {
        "grade": False, "grade_id": f"{kind}-{digest}", "locked": True,
        "schema_version": 3, "solution": False, "task": False,
    }


def _name_cells(notebook: NotebookNode) -> None:
    """Cell ids from the grade_ids; a text that stands there twice gets a number."""
    used: dict[str, int] = {}
    for cell in notebook.cells:
        name = grade_id(cell)
        used[name] = used.get(name, 0) + 1
        if used[name] > 1:
            name = cell.metadata.nbgrader["grade_id"] = f"{name}-{used[name]}"
        cell.id = re.sub(r"[^A-Za-z0-9_-]", "-", name)[:64]


def _fingerprint(course: Course, notebook: NotebookNode) -> str:
    """A digest of the cells, of the modules of the course's package that they import and of the stored runs they
    show."""
    digest = hashlib.sha256()
    for cell in notebook.cells:
        digest.update(json.dumps([cell.cell_type, cell.source, cell.metadata], sort_keys=True).encode())
    for path in sorted(_used_by(course, notebook)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _used_by(course: Course, notebook: NotebookNode) -> set[Path]:
    """The files of the package that a notebook imports, directly or through one another, and its stored runs.

    `checks` is left out: it speaks only when an answer is wrong, so never in a solution notebook.
    """
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    found: set[Path] = set()
    waiting = [path for source in code for path in _modules_in(course, source)]
    while waiting:
        path = waiting.pop()
        if path not in found and path.stem != "checks":
            found.add(path)
            waiting += _modules_in(course, path.read_text(encoding="utf-8"))
    stored = [course.root / "data" / "runs" / f"{name}.json"
              for source in code for name in re.findall(r"runs\.load\(\"([^\"]+)\"\)", source)]
    return found | {path for path in stored if path.is_file()}


def _modules_in(course: Course, source: str) -> list[Path]:
    """The files behind the imports of the course's own package."""
    package = course.settings.course.package
    folder = course.root / package if (course.root / package).is_dir() else package_folder(package)
    if not package or folder is None:
        return []
    found = {one for module, name in imports(source) for one in (module, f"{module}.{name}")}
    paths = [folder.joinpath(*name.split(".")[1:]).with_suffix(".py")
             for name in sorted(found) if name.startswith(f"{package}.")]
    return [path for path in paths if path.is_file()]


def _execute(course: Course, notebook: NotebookNode, target: Path) -> None:
    """Run every cell at the CPU budget, in an empty folder; outputs stay in the notebook, seconds in its metadata."""
    limits = Limits(cell_seconds=600, notebook_seconds=1800, output_kilobytes=10_000)
    run.run(notebook, limits, variables=course.variables("cpu"), graded=False)
    seconds = {}
    for cell in notebook.cells:
        record = records.of(cell)
        records.put(cell, records.Record())
        if record.seconds >= NOTEWORTHY:
            seconds[cell.id] = round(record.seconds, 1)
        cell.metadata.pop("execution", None)  # the times of day: a new build would differ in each cell
        errors = [o for o in cell.get("outputs", []) if o.output_type == "error"]
        if errors or record.outcome not in ("", "ran"):
            reason = f"{errors[0].ename}: {errors[0].evalue}" if errors else record.message
            raise UserError(
                f"The cell {grade_id(cell)!r} of {target.with_suffix('.py')} fails with {reason.rstrip('. ')}. "
                "Nothing was written."
            )
    notebook.metadata.language_info = nbformat.from_dict({"name": "python"})
    notebook.metadata[METADATA].seconds = nbformat.from_dict(seconds)
