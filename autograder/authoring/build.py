"""Build the solution notebooks and the student notebooks from the text notebooks.

    solutions/NAME/*.py ──▶ solutions/NAME/*.ipynb (executed) ──▶ notebooks/NAME/*.ipynb (students')

The metadata of a solution notebook holds a fingerprint of what it was built from, so that only changed notebooks run
again, and the run times of its cells.
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
from autograder.authoring import release, shipped
from autograder.course import Course
from autograder.engine import run
from autograder.engine.sandbox.policy import package_folder
from autograder.errors import UserError
from autograder.files import write_whole
from autograder.jobs import Limits
from autograder.names import imports
from autograder.notebooks import grade_id

SETUP_CELL = Path(__file__).parents[1] / "templates" / "setup_cell.py"
NOTEWORTHY = 0.5  # seconds; the built notebook does not say how long shorter cells ran
COLAB = "https://colab.research.google.com"
LAST_STEP = "\n\nfrom {{ package }} import welcome"  # the last step of the set-up cell
ORIGIN = "course.json"  # in the course's package, but no module: a new version makes no notebook out of date
DATA = (".npz", ".json")  # the kinds of files in data/ that the package may fetch
OF_A_RUN = ("outputs", "execution_count")  # of a code cell
METADATA = "autograder_build"  # key in a built notebook's metadata: the fingerprint and the seconds of the cells


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
        whether to execute notebooks that are up to date, too.
    progress : callable
        called with what is being done.

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
        else:  # at most text, the version or the repository has changed
            for cell, before in zip(_code(notebook), _code(built), strict=True):
                cell.outputs, cell.execution_count = before.outputs, before.execution_count
            notebook.metadata[METADATA] = built.metadata[METADATA]
        write_whole(target, to_json(notebook).encode())
    write_origin(course, course.root)
    progress(f"releasing {assignment}")
    write_release(course, assignment, course.release)
    return executed


def text_notebooks(course: Course, assignment: str) -> list[Path]:
    """The py:percent files of an assignment; raises UserError if there are none."""
    course.check_assignment(assignment)
    folder = course.source / assignment
    found = [path for path in sorted(folder.glob("*.py")) if release.is_text_notebook(path)]
    if not found:
        raise UserError(f"{folder} holds no text notebook (*.py with `# %%` cells).")
    return found


def compose(course: Course, text: Path, audit: bool = False) -> NotebookNode:
    """Make the solution notebook from a text notebook, without executing it.

    The set-up cell comes from its template, every cell without nbgrader metadata is locked, and
    every cell gets an id that does not change from build to build. The repository and the version
    are filled in last, so that neither the ids nor the fingerprint depend on them. Cells tagged `folded`,
    helpers that a student need not read, hide their code where the front end can. Cells tagged `audit`
    make a notebook train less in the audit; they are left out unless `audit` is true.
    """
    notebook = jupytext.read(text)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.cells = [cell for cell in notebook.cells if audit or not for_audit(cell)]
    for cell in notebook.cells:
        cell.metadata.pop("lines_to_next_cell", None)
        if _is_setup(cell) and course.settings.course.package:
            cell.source = _without_tensorflow(SETUP_CELL.read_text(encoding="utf-8"), cell)
            _fold(cell)
        if "folded" in cell.metadata.get("tags", []):
            _fold(cell)
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
    """The text of the set-up cell, each notebook's first code cell, with the step that imports TensorFlow."""
    return _filled_in(course, SETUP_CELL.read_text(encoding="utf-8"))


def _filled_in(course: Course, template: str) -> str:
    """The template of the set-up cell, filled in for this course."""
    settings = course.settings
    return jinja2.Template(template).render(
        repository=settings.repository, version=settings.version, package=settings.course.package).rstrip()


def colab_badge(course: Course, assignment: str, name: str) -> str:
    """A Markdown badge that opens a released notebook in Colab; empty if the repository is not on GitHub."""
    place = github(course)
    if not place:
        return ""
    path = quote(f"{course.release.name}/{assignment}/{name}.ipynb")
    address = f"{COLAB}/github/{place}/blob/{course.settings.version}/{path}"
    return f"[![Open this notebook in Google Colab]({COLAB}/assets/colab-badge.svg)]({address})"


def github(course: Course) -> str:
    """OWNER/REPOSITORY of the students' repository; empty if it is not on GitHub."""
    found = re.fullmatch(r"https://github\.com/([^/]+/[^/]+?)(\.git)?/?", course.settings.repository)
    return found[1] if found else ""


def origin(course: Course) -> dict:
    """What the course's package needs to fetch its data: repository, version and the SHA-256 of each file."""
    data = course.root / "data"
    paths = sorted(path for path in data.rglob("*") if path.suffix in DATA and path.is_file())
    return {
        "repository": course.settings.repository, "version": course.settings.version,
        "files": {path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
    }


def write_origin(course: Course, folder: Path) -> None:
    """Write `origin` as course.json into the package below `folder`, if the package is there."""
    package = course.settings.course.package
    if package and (folder / package).is_dir():
        text = json.dumps(origin(course), indent=1) + "\n"
        write_whole(folder / package / ORIGIN, text.encode())


def is_fresh(target: Path, composed: NotebookNode) -> bool:
    """Whether the built notebook was made from exactly this text and this code of the course's package."""
    def cells(notebook: NotebookNode) -> list[dict]:
        return [{key: part for key, part in cell.items() if key not in OF_A_RUN} for cell in notebook.cells]

    built = _built(target)
    return built is not None and _ran_already(built, composed) and cells(built) == cells(composed)


def measure(course: Course, assignment: str) -> dict[str, float]:
    """Run a notebook to measure it; returns the seconds of the longer cells, by cell id. Nothing is written.

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
    """The seconds that the longer cells took when the notebook was built, by cell id; {} if it was not built."""
    built = _built(text.with_suffix(".ipynb"))
    return {} if built is None else dict(built.metadata.get(METADATA, {}).get("seconds", {}))


def write_release(course: Course, assignment: str, folder: Path) -> None:
    """Write the student version into `folder`, in the form that is committed, with the outputs that it ships with."""
    release.generate(course, assignment, folder)
    for path in sorted((folder / assignment).glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata.pop(METADATA, None)
        if solution := _built(course.source / assignment / path.name):
            shipped.put_in(notebook, solution)
        write_whole(path, to_json(notebook).encode())


def to_json(notebook: NotebookNode) -> str:
    """A notebook as JSON with sorted keys, indented by one space, so that a diff shows what changed."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _built(target: Path) -> NotebookNode | None:
    """The solution notebook of the last build; None if there is none or it cannot be read."""
    try:
        return nbformat.read(target, as_version=4)
    except (OSError, ValueError):
        return None


def _ran_already(built: NotebookNode, composed: NotebookNode) -> bool:
    """Whether the built notebook ran the same cells with the same code of the package.

    Text, the repository and the version may differ.
    """

    def code(notebook: NotebookNode) -> list[tuple[str, str]]:
        return [(cell.id, "" if _is_setup(cell) else cell.source) for cell in _code(notebook)]

    mark = built.metadata.get(METADATA, {}).get("fingerprint")
    return mark == composed.metadata[METADATA].fingerprint and code(built) == code(composed)


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def for_audit(cell: NotebookNode) -> bool:
    """Whether a cell of a text notebook is run only by the audit."""
    return "audit" in cell.metadata.get("tags", [])


def _is_setup(cell: NotebookNode) -> bool:
    return "setup" in cell.metadata.get("tags", [])


def _without_tensorflow(source: str, cell: NotebookNode) -> str:
    """The template of the set-up cell, without its last step, which imports TensorFlow, if the cell's tags say so."""
    needed = "without-tensorflow" not in cell.metadata.tags
    return source if needed else source.partition(LAST_STEP)[0]


def _fold(cell: NotebookNode) -> None:
    """Hide a cell's code: Colab shows its title alone (`#@title`, a form), JupyterLab its first line."""
    cell.metadata["cellView"] = "form"
    cell.metadata["jupyter"] = {"source_hidden": True}


def _lock(cell: NotebookNode) -> None:
    """Lock a cell: give it nbgrader's metadata for text and code that students do not change."""
    kind = "code" if cell.cell_type == "code" else "text"
    digest = hashlib.sha256(cell.source.encode()).hexdigest()[:10]
    cell.metadata["nbgrader"] = {
        "grade": False, "grade_id": f"{kind}-{digest}", "locked": True,
        "schema_version": 3, "solution": False, "task": False,
    }


def _name_cells(notebook: NotebookNode) -> None:
    """Make cell ids from the grade_ids; a repeated grade_id gets a number appended."""
    used: dict[str, int] = {}
    for cell in notebook.cells:
        name = grade_id(cell)
        used[name] = used.get(name, 0) + 1
        if used[name] > 1:
            name = cell.metadata.nbgrader["grade_id"] = f"{name}-{used[name]}"
        cell.id = re.sub(r"[^A-Za-z0-9_-]", "-", name)[:64]


def _fingerprint(course: Course, notebook: NotebookNode) -> str:
    """A digest of what decides the outputs.

    That is the code cells, the modules of the course's package that they import, and the stored runs and answers to
    predictions that they show.
    """
    digest = hashlib.sha256()
    for cell in _code(notebook):
        digest.update(json.dumps([cell.source, cell.metadata], sort_keys=True).encode())
    for path in sorted(_used_by(course, notebook)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _used_by(course: Course, notebook: NotebookNode) -> set[Path]:
    """The files of the package that a notebook imports, directly or indirectly, and the files that it shows.

    Those are stored runs, and the text file of its guide. Everything in `checks` is left out: it says something only
    when an answer is wrong, so never in a solution notebook.
    """
    code = [cell.source for cell in _code(notebook)]
    found: set[Path] = set()
    waiting = [path for source in code for path in _modules_in(course, source)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _modules_in(course, path.read_text(encoding="utf-8"))
    stored = [course.root / "data" / "runs" / f"{name}.json"
              for source in code for name in re.findall(r"runs\.load\(\"([^\"]+)\"\)", source)]
    guides = [path.parents[1] / "guide" / f"{path.stem}.toml"
              for source in code for path in _modules_in(course, source, checks=True)]
    return found | {path for path in (*stored, *guides) if path.is_file()}


def visible_checks(course: Course, notebook: NotebookNode) -> dict[str, str]:
    """The modules of the package's `checks` that a notebook imports: for each file's name its text."""
    paths = {path for cell in _code(notebook) for path in _modules_in(course, cell.source, checks=True)}
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(paths)}


def _modules_in(course: Course, source: str, checks: bool = False) -> list[Path]:
    """The files of the course's package that some code imports: those of its `checks`, or all others."""
    package = course.settings.course.package
    folder = course.root / package if (course.root / package).is_dir() else package_folder(package)
    if not package or folder is None:
        return []
    found = {one for module, name in imports(source) for one in (module, f"{module}.{name}")}
    paths = [folder.joinpath(*name.split(".")[1:]).with_suffix(".py")
             for name in sorted(found) if name.startswith(f"{package}.") and (name.split(".")[1] == "checks") == checks]
    return [path for path in paths if path.is_file()]


def _execute(course: Course, notebook: NotebookNode, target: Path) -> None:
    """Run every cell at the CPU budget, in an empty folder; puts outputs and run times into the notebook."""
    limits = Limits(cell_seconds=600, notebook_seconds=1800, output_kilobytes=10_000)
    run.run(notebook, limits, variables=course.variables("cpu"), graded=False)
    seconds = {}
    for cell in notebook.cells:
        record = records.of(cell)
        records.put(cell, records.Record())
        if record.seconds >= NOTEWORTHY:
            seconds[cell.id] = round(record.seconds, 1)
        cell.metadata.pop("execution", None)  # times of day, which would differ in every build
        errors = [o for o in cell.get("outputs", []) if o.output_type == "error"]
        if errors or record.outcome not in ("", "ran"):
            reason = f"It raised {errors[0].ename}: {errors[0].evalue.rstrip('. ')}." if errors else record.message
            raise UserError(
                f"The cell {grade_id(cell)!r} of {target.with_suffix('.py')} did not run to its end. {reason} "
                "Nothing was written."
            )
    notebook.metadata.language_info = nbformat.from_dict({"name": "python"})
    notebook.metadata[METADATA].seconds = nbformat.from_dict(seconds)
