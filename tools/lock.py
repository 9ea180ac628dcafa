"""Write requirements.lock (every version, with hashes) and environment.yml (the same for conda).

    python tools/lock.py            resolve again with uv, then write both
    python tools/lock.py --conda    only write environment.yml from the lock as it is

Needs uv (`pip install uv`) on the path; nothing else of the course does.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / "environment.yml"

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


def resolve() -> None:
    """Ask uv for one set of versions that holds on every supported Python."""
    subprocess.run(
        ["uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal",
         "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--quiet",
         "--custom-compile-command", "python tools/lock.py", "--output-file", str(LOCK)],
        cwd=ROOT, check=True,
    )


def locked() -> list[str]:
    """The lock's requirements, `name==version ; marker`, without their hashes."""
    lines = LOCK.read_text().splitlines()
    return [
        re.sub(r"\s*\\$", "", line) for line in lines if re.match(r"[A-Za-z0-9]", line)
    ]


def environment() -> str:
    """The text of environment.yml."""
    lines = [f'      - "{requirement}"' for requirement in locked()]
    return HEADER + "\n".join([*lines, '      - "--editable=."', ""])


if __name__ == "__main__":
    if "--conda" not in sys.argv[1:]:
        resolve()
    ENVIRONMENT.write_text(environment())
