"""A course with a deadline, hand-ins as platforms pack them, and what was made of them."""

import csv
import io
import zipfile

import nbformat
from conftest import source_notebook

from autograder import course as courses
from autograder.collect import collect


def dated_course(tmp_path):
    """A course whose deadline is 23:59 in Berlin, which is 22:59 in UTC."""
    for name in ("ps1", "ps2"):
        (tmp_path / "course" / "source" / name).mkdir(parents=True)
    nbformat.write(source_notebook(), tmp_path / "course" / "source" / "ps1" / "sums.ipynb")
    (tmp_path / "course" / "course.toml").write_text(
        'timezone = "Europe/Berlin"\n[deadlines]\nps1 = 2026-11-30T23:59:00\n')
    return tmp_path


def zipped(path, files: dict[str, str]):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def laid(folder, files: dict[str, str]):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def take(root, source, roster=None, **others):
    """Collect ps1 into root/submitted."""
    if roster is not None:
        (root / "roster.csv").write_text(roster, encoding="utf-8")
        others["people"] = root / "roster.csv"
    return collect(courses.load(root / "course"), source, "ps1", root / "submitted", **others)


def there(root) -> dict[str, str]:
    """Every collected file and what is in it: those that count, the others, the unmatched."""
    return {
        path.relative_to(root / "submitted").as_posix(): path.read_text()
        for path in (root / "submitted").rglob("*")
        if path.is_file() and path.name != ".handin" and not path.name.startswith("collected-")
        and path.parent.name != ".collected"
    }


def table(root) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((root / "submitted" / "collected-ps1.csv").read_text(encoding="utf-8"))))


def statuses(root) -> list[tuple[str, str, str]]:
    return sorted((row["status"], row["student"], row["late"]) for row in table(root))


def attempt(root, when: str, text: str):
    """A hand-in of Ada's in nbgrader's exchange, at a time in UTC."""
    return laid(root / "in", {f"ada+ps1+{when} UTC/sums.ipynb": text})
