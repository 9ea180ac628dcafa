"""The rehearsal grades the reference solution and the unchanged release first, whatever is wrong with them."""

import contextlib
import csv
from pathlib import Path
from unittest.mock import MagicMock

import nbformat
import pytest
from conftest import mark
from nbformat.v4 import new_code_cell, new_notebook

from autograder import course as courses
from autograder.errors import UserError
from autograder.grading import cluster, grade, worker

ANSWER = "def f(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"
RIGHT, TEST = "def f(x):\n    return x ** 2", "assert f(3) == 9"


@pytest.fixture(scope="module", autouse=True)
def here():
    """Replace the cluster: workers' tasks run in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "connect", lambda *_: contextlib.nullcontext(MagicMock()))
        patch.setattr(cluster, "spread", lambda client, work, jobs, again: ((job, work(*job)) for job in jobs))
        patch.setattr(worker, "_current", None)
        yield
        worker.close_server()


def answer(name: str, source: str):
    return new_code_cell(source, metadata=mark(name, solution=True))


def check(name: str, points: float, source: str):
    return new_code_cell(source, metadata=mark(name, points=points, locked=True))


def locked(name: str, source: str):
    return new_code_cell(source, metadata=mark(name, locked=True))


class Teacher:
    """A course with one assignment and its students."""

    def __init__(self, root: Path, *cells, config: str = "", files: dict[str, str] | None = None, **more) -> None:
        self.root, self.out = root, root / "out"
        self.notebooks = {"lab": new_notebook(cells=list(cells))} | more
        self.source = root / "source" / "hw1"
        self.source.mkdir(parents=True)
        for name, notebook in self.notebooks.items():
            notebook.metadata.setdefault("kernelspec", {"name": "python3", "display_name": "P", "language": "python"})
            nbformat.write(notebook, self.source / f"{name}.ipynb")
        for name, content in (files or {}).items():
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            (self.source / name).write_text(content)
        (root / "nbgrader_config.py").write_text(f"c = get_config()\n{config}\n")
        self.course = courses.load(root)

    def hand_in(self, student: str, files: dict[str, str] | None = None, **answers: str) -> None:
        folder = self.root / "submitted" / student / "hw1"
        folder.mkdir(parents=True)
        for name, notebook in self.notebooks.items():
            theirs = nbformat.from_dict(nbformat.reads(nbformat.writes(notebook), 4))
            for cell in theirs.cells:
                cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
            nbformat.write(theirs, folder / f"{name}.ipynb")
        for name, content in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content)

    def grade(self, **options) -> dict[str, str]:
        """Return each student's scores of all cells in one string; keep the messages in `said`."""
        self.said = []
        self.rows = grade.grade(self.course, "hw1", self.root / "submitted", self.out, workers=1, say=self.said.append, **options)
        found = {}
        with (self.out / "scores.csv").open() as file:
            for row in csv.DictReader(file):
                found.setdefault(row["student"], []).append(row["score"] or "-")
        return {student: " ".join(scores) for student, scores in found.items()}


def refused(teacher: Teacher, **options) -> list[str]:
    """Return the sentences with which `grade` refuses the assignment."""
    with pytest.raises(UserError) as error:
        teacher.grade(**options)
    *sentences, last = str(error.value).splitlines()
    assert last == "So nobody was graded: put this right, or grade all the same with --anyway."
    return sentences


def test_what_passes_is_run_once(tmp_path, monkeypatch):
    teacher = Teacher(tmp_path, answer("f", ANSWER), check("test_f", 2, TEST))
    ran = []
    one = worker.grade_one
    monkeypatch.setattr(worker, "grade_one", lambda setup, task: ran.append(task.student) or one(setup, task))
    teacher.hand_in("ada", f=RIGHT)
    assert teacher.grade() == {"ada": "2"} and teacher.said == []
    assert ran == ["solution", "release", "ada"]
    teacher.hand_in("solution", f=ANSWER.replace("x * x", "x"))  # a student may have this name
    assert teacher.grade() == {"ada": "2", "solution": "0"}
    assert ran[3:] == ["solution"]
    teacher.hand_in("cy", f=RIGHT)
    teacher.grade(limits=courses.Limits(cell_seconds=50))
    assert ran[4:] == ["solution", "release", "ada", "cy", "solution"]  # other settings need another rehearsal


def test_a_solution_that_loses_points_and_a_stub_that_gets_some_stop_it(tmp_path):
    teacher = Teacher(
        tmp_path, answer("f", ANSWER), check("test_f", 2, "assert f(3) == 10, 'three squared'"),
        check("test_g", 1, "assert 1 + 1 == 2"), check("test_h", 0, "assert f(3) == 10"))
    teacher.hand_in("ada", f=RIGHT)
    sentences = refused(teacher)
    assert sentences == [
        "lab.ipynb, cell test_f: the source's own solution gets 0 of 2 points. three squared. Correct the solution or the test.",
        "lab.ipynb, cell test_g: the release, as students get it, gets 1 of 1 points, because this test passes on the stub. "
        "Let it ask for what the stub does not have, or give it 0 points."]
    assert not (teacher.out / "results" / "hw1" / "ada").exists()
    assert teacher.grade(anyway=True) == {"ada": "0 1 0"} and teacher.said == sentences


def test_a_cell_of_the_release_that_needs_the_network_is_named(tmp_path):
    fetch = "import urllib.request\nrows = urllib.request.urlopen('https://example.org/rows.csv', timeout=10).read()"
    teacher = Teacher(tmp_path, locked("data", fetch), answer("f", ANSWER), check("test_f", 2, "assert f(len(rows)) > 0"),
                      check("test_rows", 1, "assert len(rows) > 0"))
    teacher.hand_in("ada", f=RIGHT)
    (sentence,) = refused(teacher)
    assert sentence.startswith(
        "lab.ipynb, cell data: this cell of the release itself fails, and with it the source's own solution loses the points "
        "of test_f, test_rows. URLError: ")
    assert sentence.endswith(
        "A notebook has no network while it is graded: put what it fetches next to it, in source/hw1/.")


def test_points_that_a_test_returns_are_nbgraders(tmp_path):
    counted = "score = 0\nfor x in (1, 2, 3):\n    score += f(x) == x * x\nscore"
    teacher = Teacher(tmp_path, answer("f", ANSWER), check("test_f", 3, counted), check("test_g", 1, "f(2)\nstr(f(1))[:0] or 'fine'"))
    teacher.hand_in("all", f=RIGHT)
    teacher.hand_in("one", f="def f(x):\n    return x")
    teacher.hand_in("none", f="def f(x):\n    return -1")
    teacher.hand_in("quiet", f="get_ipython().ast_node_interactivity = 'none'\ndef f(x):\n    return -1")
    found = teacher.grade()
    assert {name: scores for name, scores in found.items() if name != "quiet"} == {"all": "3 1", "one": "1 1", "none": "0 1"}
    assert found["quiet"].startswith("0")


def test_a_course_can_leave_returned_numbers_alone(tmp_path):
    (tmp_path / "course.toml").write_text('[tests]\npartial_points = "marked"\n')
    teacher = Teacher(tmp_path, answer("f", ANSWER), check("test_f", 3, "assert f(3) == 9\nf(1)"))
    teacher.hand_in("ada", f=RIGHT)
    assert teacher.grade() == {"ada": "3"}


def test_a_returned_number_that_is_no_score_is_said(tmp_path):
    teacher = Teacher(tmp_path, answer("f", ANSWER), check("test_f", 3, "f(3)"))
    teacher.hand_in("ada", f=RIGHT)
    (sentence,) = refused(teacher)
    assert "The test returned 9.0, which is no score from 0 to 3. A test whose last line is a value returns" in sentence


def test_what_stands_beside_the_notebook(tmp_path):
    teacher = Teacher(
        tmp_path, locked("setup", "import os\nfrom pathlib import Path\nfrom tools import mean\n%run defs.ipynb"),
        answer("f", ANSWER), check("test_f", 1, "assert f(float(Path('data/sub/given.csv').read_text())) == 9"),
        answer("g", "### BEGIN SOLUTION\nhelped = 4\n### END SOLUTION"),
        check("test_g", 1, "assert helped == 4 and mean([1, 3]) == 2 * (helped == 4) and CONSTANT == 42 and theirs == 5"),
        check("test_h", 1, "assert helped and os.environ['NBGRADER_EXECUTION'] == 'autograde' and sorted(set(os.listdir()) - {'__pycache__'}) == [\n"
                          "    *['big.bin', 'data', 'defs.ipynb'], *['helpers.py'] * os.path.exists('helpers.py'), 'tools.py']"),
        files={"tools.py": "def mean(v):\n    return sum(v) / len(v)\n", "data/sub/given.csv": "3", "big.bin": "x" * 60_000_000},
        defs=new_notebook(cells=[
            locked("constant", "CONSTANT = 42"), answer("theirs", "### BEGIN SOLUTION\ntheirs = 5\n### END SOLUTION"),
            check("test_theirs", 1, "assert theirs == 5\n### BEGIN HIDDEN TESTS\nassert theirs == 2 + 3\n### END HIDDEN TESTS")]))
    teacher.hand_in("ada", {
        "helpers.py": "def square(x):\n    return x * x\n", "tools.py": "def mean(v):\n    return 2\n",
        "tools/__init__.py": "def mean(v):\n    return 2\n", "data/sub/given.csv": "4"},
        f=RIGHT, g="from helpers import square\nhelped = square(2)", theirs="theirs = 4 + 1", constant="CONSTANT = 43")
    teacher.hand_in("bob", f=RIGHT, g="helped = len(open('defs.ipynb').read().split('2 + 3')) + 3", theirs="theirs = 6")
    assert teacher.grade() == {"ada": "1 1 1 1", "bob": "0 1 0 1"}


def test_an_answer_keeps_the_magic_of_its_stub(tmp_path):
    teacher = Teacher(
        tmp_path, answer("module", "%%writefile shapes.py\n### BEGIN SOLUTION\ndef area(w, h):\n    return w * h\n### END SOLUTION"),
        check("test_module", 2, "import shapes\nassert shapes.area(2, 3) == 6"),
        answer("shell", "%%bash\n### BEGIN SOLUTION\nseq 1 5 | sort -r > out.txt\n### END SOLUTION"),
        check("test_shell", 2, "from pathlib import Path\nassert Path('out.txt').read_text().split() == ['5', '4', '3', '2', '1']"),
        answer("captured", "%%capture printed\n### BEGIN SOLUTION\nprint('hello')\n### END SOLUTION"),
        check("test_captured", 1, "assert printed.stdout.strip() == 'hello'"))
    teacher.hand_in("ada", module="%%writefile shapes.py\ndef area(w, h):\n    return w * h",
                    shell="%%bash\nseq 1 5 | sort -r > out.txt", captured="%%capture printed\nprint('hello')")
    assert teacher.grade() == {"ada": "2 2 1"}
    assert teacher.rows[0].repaired == ""


def test_another_language_is_refused_and_another_name_for_python_is_not(tmp_path):
    teacher = Teacher(tmp_path / "r", answer("f", "### BEGIN SOLUTION\nf <- function(x) x^2\n### END SOLUTION"))
    teacher.notebooks["lab"].metadata.kernelspec = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(teacher.notebooks["lab"], teacher.source / "lab.ipynb")
    teacher.hand_in("ada")
    with pytest.raises(UserError, match=r"hw1/lab.ipynb is a notebook in R \(kernel ir\), and this grader runs Python alone"):
        teacher.grade()
    other = new_notebook(cells=[answer("f", ANSWER), check("test_f", 2, TEST)], metadata={
        "kernelspec": {"name": "conda-env-ml-py", "display_name": "Python [conda env:ml]", "language": "python"}})
    teacher = Teacher(tmp_path / "conda", answer("f", ANSWER), check("test_f", 2, TEST), other=other)
    teacher.hand_in("ada", f=RIGHT)
    assert teacher.grade() == {"ada": "2 2"}


def test_a_notebook_without_graded_cells_stops_nothing(tmp_path):
    teacher = Teacher(tmp_path, answer("f", ANSWER), check("test_f", 2, TEST), intro=new_notebook(cells=[new_code_cell("1")]))
    teacher.hand_in("ada", f=RIGHT)
    assert teacher.grade() == {"ada": "2"}
    assert [row.summary for row in teacher.rows] == ["Has no graded cell.", "The one task right."]


def test_what_all_students_share_is_said_to_be_the_assignments(tmp_path):
    teacher = Teacher(tmp_path, answer("f", ANSWER), check("test_f", 2, "assert f(3) == 9 and 'solved' in dir()"))
    teacher.notebooks["lab"].cells[0].source += "\n### BEGIN SOLUTION\nsolved = True\n### END SOLUTION"
    nbformat.write(teacher.notebooks["lab"], teacher.source / "lab.ipynb")
    for student in ("ada", "bob", "cy"):
        teacher.hand_in(student, f=RIGHT)
    teacher.grade()
    assert teacher.said == [
        "lab.ipynb, cell test_f: every submission with an answer (3) has a failed test there. This is likely the "
        "assignment's, not theirs: look at one of them before the scores are given out."]
