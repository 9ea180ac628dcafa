"""Grade the bank of attacks with stock nbgrader and with this grader; write the table in docs/tampering.md.

    python -m tools.attack_table            # all attacks; takes some minutes
    python -m tools.attack_table NAME ...   # only these; the other rows stay

Stock nbgrader runs on this machine as this user, without isolation, in a temporary course: attacks write there. After
an attack on the course itself, the wrong answer of an honest student is graded, too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from autograder import course as courses
from autograder.authoring import release
from workbench.attacked import NAME, WRONG, Attack, fork_server, grade, hand_in, in_words, make_course
from workbench.attacks import ATTACKS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "tampering.md"
BEGIN, END = "<!-- table: tools/attack_table.py -->\n", "<!-- end of the table -->\n"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        template = make_course(Path(folder, "template"))
        course = courses.load(template)
        version = release.grading_versions(course, "ps1")[NAME]
        _api(template).generate_assignment("ps1")
        lines = ["| attack | what it does | stock nbgrader | this grader |", "|---|---|---|---|"]
        chosen, rows = sys.argv[1:] or list(ATTACKS), _rows()
        usual = stock(version, Attack("", WRONG), template, Path(folder, "no attack"))
        with fork_server(version, course) as server:
            for name, attack in ATTACKS.items():
                if name not in chosen:
                    lines.append(rows[name])
                    continue
                ours = in_words(grade(version, hand_in(version, attack, template), server))
                theirs = stock(version, attack, template, Path(folder, name), usual)
                lines.append(f"| `{name}` | {attack.what} | {theirs} | {ours} |")
                print(lines[-1], flush=True)
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after, encoding="utf-8")


def _rows() -> dict[str, str]:
    """Return the rows that are in the table now, by the attack's name."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    return {line.split("`")[1]: line for line in lines if line.startswith("| `")}


def stock(version: nbformat.NotebookNode, attack: Attack, template: Path, root: Path, usual: str = "0") -> str:
    """Return the points that nbgrader gives, in words, and those of the next student if they are not the usual ones."""
    shutil.copytree(template, root)
    students = {"mallory": hand_in(version, attack, root)}
    if "COURSE" in attack.answer:
        students["zoe"] = hand_in(version, Attack("", WRONG), root)
    for student, notebook in students.items():
        folder = root / "submitted" / student / "ps1"
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NAME}.ipynb")
    words = []
    for student in students:
        done = _api(root).autograde("ps1", student)
        with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
            if not done["success"]:
                words.append("no grade")
            else:
                score = gradebook.find_submission_notebook(NAME, "ps1", student).score
                words.append(f"{score:g}")
    words[1:] = [f"and {word} to the next student" for word in words[1:] if word != usual]
    if (root / "left.txt").exists():
        words.append("a file in the course")
    return ", ".join(words)


def _api(root: Path) -> NbGraderAPI:
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "doubling"
    config.Execute.timeout = 20
    config.NbGraderAPI.log_level = "ERROR"
    return NbGraderAPI(courses.load(root).coursedir(), config=config)


if __name__ == "__main__":
    main()
