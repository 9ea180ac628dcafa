# Run this cell first. In Colab it fetches the course; on your own machine it finds it.
import importlib.util
import subprocess
import sys
from pathlib import Path

REPOSITORY = "{{ repository }}"
VERSION = "{{ version }}"
FETCHED = Path("/content/course") / VERSION  # where Colab keeps it, for as long as the machine is yours


class CourseNotFound(Exception):
    def _render_traceback_(self):
        return [str(self)]  # one sentence says it all


if "google.colab" in sys.modules and not (FETCHED / "{{ package }}").is_dir():
    git = subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", "--branch", VERSION, REPOSITORY, str(FETCHED)],
        capture_output=True, text=True,
    )
    if git.returncode != 0:
        reason = [line for line in git.stderr.splitlines() if line.startswith("fatal: ")]
        raise CourseNotFound(
            f"Could not fetch {REPOSITORY} at version {VERSION} ({''.join(reason[:1])}): "
            "check that you are online and run this cell again; if it fails again, tell your teacher."
        )
for folder in [FETCHED, Path.cwd(), *Path.cwd().parents]:
    if (folder / "{{ package }}").is_dir():
        sys.path.insert(0, str(folder))
        break
if importlib.util.find_spec("{{ package }}") is None:
    raise CourseNotFound(
        f"There is no folder {{ package }} in {Path.cwd()} or above it: "
        f"put this notebook back into the course's folder, or get the course from {REPOSITORY}."
    )

from {{ package }} import welcome

welcome.ready()
