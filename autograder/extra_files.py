"""The files next to a notebook while it is graded: as in nbgrader the student's, and over them the release's.

The release's files stay in their folder. A worker of this machine takes them from there; one of another
machine gets them once, for all submissions (`cluster.Carrier`).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from nbformat import NotebookNode

SKIPPED = (".ipynb_checkpoints", ".git", "__MACOSX", "__pycache__")  # a .pyc can hold other code than its module

arrived: dict[str, str] = {}  # on a worker that got them: for a digest, where the files are


@dataclass(frozen=True)
class ExtraFiles:
    """The release's files.

    Attributes
    ----------
    folder : str
        where they are on the machine that leads the class; empty if there are none.
    digest : str
        of their names and contents.
    kept : tuple of str
        names of those that a student's own replace.
    """

    folder: str = ""
    digest: str = ""
    kept: tuple[str, ...] = ()


def of_release(folder: Path, kept: tuple[str, ...] = ()) -> ExtraFiles:
    """What a released assignment has next to its notebooks."""
    files = release_files(folder)
    return ExtraFiles(str(folder.resolve()), _digest(files), kept) if files else ExtraFiles()


def modules(released: ExtraFiles) -> frozenset[str]:
    """What can be imported from the release's files, or nothing where they are not here."""
    with suppress(FileNotFoundError):
        return frozenset(name.split("/")[0].removesuffix(".py") for name in find(released))
    return frozenset()


def together(
    theirs: Mapping[str, bytes], release: Mapping[str, Path], kept: tuple[str, ...] = (),
    used: frozenset[str] = frozenset(),
) -> dict[str, bytes | Path]:
    """Both, without those of the student's that are in the way of the release's.

    That is a file of the same name, one where the release has a folder or the other way round, and what Python
    would import in place of a module of the release, or of an installed one that the release's code imports (`used`):
    a package or a compiled module of its name.
    """
    release = {name: path for name, path in release.items() if not (name in kept and name in theirs)}
    taken = {parent.as_posix() for name in release for parent in PurePosixPath(name).parents} | set(release)
    modules = tuple(name.removesuffix(".py") + end for name in release if name.endswith(".py") for end in ("/", "."))
    others = {
        name: content for name, content in theirs.items()
        if name not in taken and not name.startswith(modules) and re.split("[./]", name)[0] not in used
        and not any(parent.as_posix() in release for parent in PurePosixPath(name).parents)
    }
    return {**others, **release}


def find(released: ExtraFiles) -> dict[str, Path]:
    """On a worker: the release's files by name, notebooks left out.

    Raises
    ------
    FileNotFoundError
        if they are not on this machine, or other ones.
    """
    return _found(released, arrived.get(released.digest, released.folder)) if released.digest else {}


@lru_cache(maxsize=4)
def _found(released: ExtraFiles, folder: str) -> dict[str, Path]:
    files = release_files(Path(folder))
    if _digest(files) != released.digest:
        raise FileNotFoundError(f"the release's files are not in {folder}, or have changed since `grade` began")
    return files


def mentioned(version: NotebookNode, names: list[str]) -> list[str]:
    """Of an assignment's notebooks those that another one's code names, as `%run tools.ipynb` does."""
    code = "\n".join(cell.source for cell in version.cells if cell.cell_type == "code")
    return [name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}\.ipynb\b", code)]


def everything(folder: Path) -> dict[str, Path]:
    """All files below a folder by their names from there."""
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def put(files: Mapping[str, bytes | Path], folder: Path) -> None:
    """Write files below a folder, which is made; those that are already on this machine as links where possible."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            link(content, path)


def link(source: Path, target: Path) -> None:
    """A hard link, or a copy where that cannot be had: on another file system, or of another user's file."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def release_files(folder: Path) -> dict[str, Path]:
    """What a released assignment's folder holds except its notebooks."""
    return {name: path for name, path in _walk(folder) if path.suffix != ".ipynb" and path.is_file()}


def _walk(folder: Path) -> list[tuple[str, Path]]:
    """Every file below a folder and its name from there; what only a machine made is left out."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIPPED]
        for path in (Path(root, name) for name in names if not name.endswith(".pyc")):
            name = path.relative_to(folder).as_posix()
            if name == name.encode("utf-8", "replace").decode():  # others can be written down nowhere
                found.append((name, path))
    return sorted(found)


def _digest(files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, path in files.items():
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").digest()
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
