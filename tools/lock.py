"""Write the lock files and what is derived from them: one set of versions for students, teachers and CI.

    python tools/lock.py              resolve pyproject.toml again, keeping the versions that still fit
    python tools/lock.py --upgrade    the same with the newest versions
    python tools/lock.py --derived    only write what is derived from the locks as they are
    python tools/lock.py --lowest F   write to F the lowest versions that pyproject.toml allows, for this Python
    python tools/lock.py --newest F   write to F the newest ones, for this Python

| file | what it is |
|---|---|
| requirements.lock | everything, with hashes: what a teacher needs and what the tests need |
| requirements-student.lock | the part of it that a student needs, with hashes |
| environment.yml | requirements.lock for conda |
| autograder/templates/requirements-student.txt | a student's `name==version`, for what `autograder publish` writes |

Both locks are valid on Linux, macOS on Apple's processors and Windows, with every supported Python.
This needs uv, which is in requirements.lock; if that is not installed, run `pip install uv`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
STUDENT_LOCK = ROOT / "requirements-student.lock"
ENVIRONMENT = ROOT / "environment.yml"
STUDENT_PINS = ROOT / "autograder" / "templates" / "requirements-student.txt"

EVERYTHING = ("--group", "dev", "--no-emit-package", "cnnlab")  # the group names the extras
UNIVERSAL = ("--universal", "--python-version", "3.11")

HEADER = """\
# Written by `python tools/lock.py` from requirements.lock: the same versions, for conda.
#   conda env create -f environment.yml && conda activate cnn-course
name: cnn-course
channels:
  - conda-forge
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def compile_lock(output: Path, *options: str) -> None:
    """Have uv resolve pyproject.toml into one file, with hashes and without addresses.

    Raises
    ------
    subprocess.CalledProcessError
        if no set of versions fits, or no registry answers; uv prints the reason.
    """
    from uv import find_uv_bin

    output.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [find_uv_bin(), "pip", "compile", "pyproject.toml", "--generate-hashes", "--no-annotate", "--quiet",
         "--no-python-downloads", "--custom-compile-command", "python tools/lock.py",
         "--output-file", str(output), *options],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
    )


def locked(lock: Path = LOCK) -> list[str]:
    """Return a lock's requirements, `name==version ; marker`, without their hashes."""
    return [re.sub(r"\s*\\$", "", line) for line in lock.read_text(encoding="utf-8").splitlines()
            if re.match(r"[A-Za-z0-9]", line)]


def environment() -> str:
    """Return the text of environment.yml."""
    lines = [f'      - "{requirement}"' for requirement in locked()]
    return HEADER + "\n".join([*lines, '      - "--editable=."', ""])


def student_pins() -> str:
    """Return the text of the students' list: one `name==version ; marker` per line, without hashes, also for conda."""
    return "\n".join([*locked(STUDENT_LOCK), ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--upgrade", action="store_true", help="take the newest versions")
    one.add_argument("--derived", action="store_true", help="do not resolve")
    one.add_argument("--lowest", type=Path, metavar="F", help="the lowest direct dependencies, to another file")
    one.add_argument("--newest", type=Path, metavar="F", help="the newest versions, to another file")
    asked = parser.parse_args()
    if asked.lowest:
        compile_lock(asked.lowest.resolve(), *EVERYTHING, "--upgrade", "--resolution", "lowest-direct")
    elif asked.newest:
        compile_lock(asked.newest.resolve(), *EVERYTHING, "--upgrade")
    else:
        if not asked.derived:
            upgrade = ("--upgrade",) if asked.upgrade else ()
            compile_lock(LOCK, *EVERYTHING, *UNIVERSAL, *upgrade)
            compile_lock(STUDENT_LOCK, *UNIVERSAL, "--upgrade", "--constraints", str(LOCK))
        ENVIRONMENT.write_text(environment(), encoding="utf-8")
        STUDENT_PINS.write_text(student_pins(), encoding="utf-8")


if __name__ == "__main__":
    main()
