"""The files next to a notebook while it is graded: as in nbgrader, the student's and, over them, the release's.

The release's files stay in their folder. A worker on this machine takes them from there; a worker on another
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

SKIPPED = (".ipynb_checkpoints", ".git", "__MACOSX", "__pycache__")  # a .pyc can contain code other than its module's

arrived: dict[str, str] = {}  # on a worker that got files: their folder, by digest


@dataclass(frozen=True)
class ReleaseFiles:
    """The release's files next to its notebooks.

    Attributes
    ----------
    folder : str
        their folder on the coordinator's machine; empty if there are none.
    digest : str
        the SHA-256 of their names and contents, in hexadecimal.
    kept : tuple of str
        names of files for which a student's own file is kept.
    """

    folder: str = ""
    digest: str = ""
    kept: tuple[str, ...] = ()


def of_release(folder: Path, kept: tuple[str, ...] = ()) -> ReleaseFiles:
    """The files that a released assignment has next to its notebooks."""
    files = release_files(folder)
    return ReleaseFiles(str(folder.resolve()), _digest(files), kept) if files else ReleaseFiles()


def modules(released: ReleaseFiles) -> frozenset[str]:
    """The names that can be imported from the release's files; none if the files are not on this machine."""
    with suppress(FileNotFoundError):
        return frozenset(name.split("/")[0].removesuffix(".py") for name in find(released))
    return frozenset()


def together(
    theirs: Mapping[str, bytes], release: Mapping[str, Path], kept: tuple[str, ...] = (),
    used: frozenset[str] = frozenset(),
) -> dict[str, bytes | Path]:
    """The student's files and the release's, without those of the student that are in the way of the release's.

    In the way is a file of the same name, unless it is in `kept`; a file where the release has a folder, or the other
    way round; and what Python would import in place of one of the release's modules, or of an installed module that
    the release's code imports (`used`): a package or a compiled module of that name.
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


def find(released: ReleaseFiles) -> dict[str, Path]:
    """The release's files on a worker, by name, without the notebooks.

    Raises
    ------
    FileNotFoundError
        if the files are not on this machine or have changed.
    """
    return _found(released, arrived.get(released.digest, released.folder)) if released.digest else {}


@lru_cache(maxsize=4)
def _found(released: ReleaseFiles, folder: str) -> dict[str, Path]:
    files = release_files(Path(folder))
    if _digest(files) != released.digest:
        raise FileNotFoundError(f"the release's files are not in {folder}, or have changed since `grade` began")
    return files


def mentioned(version: NotebookNode, names: list[str]) -> list[str]:
    """Those of the notebooks `names` that the code of `version` mentions, as `%run tools.ipynb` does."""
    code = "\n".join(cell.source for cell in version.cells if cell.cell_type == "code")
    return [name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}\.ipynb\b", code)]


def everything(folder: Path) -> dict[str, Path]:
    """All files below a folder, by their paths relative to it."""
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def put(files: Mapping[str, bytes | Path], folder: Path) -> None:
    """Write files below a folder, which is created; files that are already on this machine are linked if possible."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            link(content, path)


def link(source: Path, target: Path) -> None:
    """Make a hard link, or a copy if that is not possible: on another file system, or of another user's file."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def release_files(folder: Path) -> dict[str, Path]:
    """All files in a released assignment's folder except the notebooks, by name."""
    return {name: path for name, path in _walk(folder) if path.suffix != ".ipynb" and path.is_file()}


def _walk(folder: Path) -> list[tuple[str, Path]]:
    """The relative path and the path of each file below a folder, sorted; generated files are left out."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIPPED]
        for path in (Path(root, name) for name in names if not name.endswith(".pyc")):
            name = path.relative_to(folder).as_posix()
            if name == name.encode("utf-8", "replace").decode():  # other names cannot be encoded
                found.append((name, path))
    return sorted(found)


def _digest(files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, path in files.items():
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").digest()
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
