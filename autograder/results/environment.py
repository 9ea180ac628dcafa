"""A fingerprint of the libraries, the grader and the course's own modules.

These also decide a score, in addition to submission, release and settings.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path

from autograder.engine.sandbox import policy

WHOLE = 1_000_000  # bytes; of a larger file, probably a data set, only the name and size count
MOST_FILES = 20_000


@lru_cache(maxsize=8)
def digest(modules: tuple[str, ...], visible: tuple[str, ...], root: str) -> str:
    """Return a fingerprint of Python, every installed package, this grader, and the course's files for a notebook.

    Parameters
    ----------
    modules : tuple of str
        the modules that the notebook imports.
    visible : tuple of str
        `visible` from course.toml.
    root : str
        the course directory.
    """
    packages = sorted({(one.metadata["Name"] or "", one.version or "") for one in distributions()})
    names = [name.partition(":")[0] for name in modules]
    own = [Path(__file__).resolve().parents[1], *policy.visible_paths(names, list(visible), Path(root))]
    installed = Path(sys.prefix).resolve()
    own = sorted({path for path in own if not path.resolve().is_relative_to(installed)})
    parts = [sys.version, packages, [list(_contents(path)) for path in own]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _contents(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and a digest of each file that can decide a score: no byte code and no hidden files."""
    if path.is_file():
        yield _mark(path.name, path)
        return
    count = 0
    for place, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        for name in sorted(names):
            count += 1
            if count > MOST_FILES:
                return
            if not name.startswith("."):
                file = Path(place, name)
                yield _mark(file.relative_to(path).as_posix(), file)


def _mark(name: str, path: Path) -> tuple[str, str]:
    try:
        size = path.stat().st_size
        return name, hashlib.sha256(path.read_bytes()).hexdigest() if size <= WHOLE else str(size)
    except OSError:
        return name, ""
