"""The release checks: what is built is fresh, gives nothing away, and grades as it should."""

import re
from collections import Counter

import bench
import nbformat
import pytest
from nbgrader.utils import is_grade, is_locked, is_solution

from autograder import jobs
from autograder.authoring import bank, build, leaks, sample
from autograder.check import messages, numbers, pictures, tasks
from autograder.grading import worker
from autograder.jobs import Limits
from autograder.notebooks import grade_id, regions, without_regions

MARKS = bench.COURSE.marks
LIMITS = Limits(cell_seconds=180, notebook_seconds=600)
each_assignment = pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)


def built(assignment):
    (path,) = bench.COURSE.source_notebooks(assignment)
    return path, nbformat.read(path, as_version=4)


def released(assignment):
    (path,) = (bench.COURSE.release / assignment).glob("*.ipynb")
    return path, nbformat.read(path, as_version=4)


def said(findings) -> list[str]:
    """The findings of `autograder check` that are more than notes."""
    return [str(finding) for finding in findings if not finding.note]


@pytest.fixture(scope="module")
def secret():
    return leaks.secrets(bench.COURSE)


@each_assignment
def test_the_solution_notebook_is_fresh(assignment):
    path, _ = built(assignment)
    assert build.is_fresh(path, bench.solution(assignment)), (
        f"{path} is stale: run `autograder build {assignment}` and commit what it writes."
    )


@each_assignment
def test_the_student_notebook_is_fresh(assignment, tmp_path):
    path, _ = released(assignment)
    build.write_release(bench.COURSE, assignment, tmp_path)
    again = tmp_path / assignment / path.name
    assert again.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), (
        f"{path} is stale: run `autograder build {assignment}` and commit what it writes."
    )
    assert [p.name for p in (tmp_path / assignment).iterdir()] == [path.name]


@pytest.mark.parametrize("before, after", [
    ("# %% [markdown]\n# ", "# %% [markdown]\n# Another word. "),
    ("# %% [markdown]\n# ", '# %% [markdown] tags=["another"]\n# '),
    ("# %% [markdown]\n# #", "# %% [raw]\n# #"),
    ("\nimport numpy as np\n", "\nimport numpy as np  # another comment\n"),
    ('"points": 2,', '"points": 3,'),
])
def test_a_change_anywhere_makes_a_built_notebook_stale(tmp_path, before, after):
    assignment = bench.ASSIGNMENTS[0]
    path, _ = built(assignment)
    (text,) = build.text_notebooks(bench.COURSE, assignment)
    changed = tmp_path / assignment / text.name
    changed.parent.mkdir()
    changed.write_text(text.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    assert before in text.read_text(encoding="utf-8")
    assert not build.is_fresh(path, build.compose(bench.COURSE, changed))


@each_assignment
def test_the_solution_notebook_ran_without_an_error_or_a_warning(assignment):
    for cell in built(assignment)[1].cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", (cell.id, output.get("text"))


def test_nothing_that_gives_an_answer_away_is_released(secret):
    assert len(secret.lines) > 1000 and len(secret.pairs) > 1000 and len(secret.openings) > 500
    root, release = bench.COURSE.root, bench.COURSE.release
    files = [path for path in release.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".ipynb"}
    assert list(map(str, leaks.find(secret, root, [*files, *(root / "cnnlab").rglob("*.py")]))) == []


@each_assignment
def test_every_solution_hidden_test_and_answer_would_be_found(assignment, secret, tmp_path):
    """Put into the notebook that students get, each of them is a leak."""
    texts = [region for cell in bench.solution(assignment).cells
             for marks in (MARKS.solution, MARKS.hidden_tests) for region in regions(cell.source, marks)]
    texts += ["\n".join(answer.cells) for answers in bank.read(bench.COURSE, assignment).answers.values()
              for answer in answers]
    notebook = released(assignment)[1]
    notebook.cells = [nbformat.v4.new_code_cell(text) for text in texts]
    path = tmp_path / "leaky.ipynb"
    nbformat.write(notebook, path)
    found = {leak.place.split(" (")[0] for leak in leaks.find(secret, tmp_path, [path])}
    short = [text for number, text in enumerate(texts, start=1) if f"cell {number}" not in found]
    assert all(len(text) < 40 for text in short), short


@each_assignment
def test_released_outputs_are_no_answers_and_name_no_machine(assignment):
    path, notebook = released(assignment)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        assert cell.execution_count is None
        tags = cell.metadata.get("tags", [])
        if is_solution(cell) or is_grade(cell) or "setup" in tags:
            assert cell.outputs == [], cell.id
        for output in cell.outputs:
            assert "nbval-check-output" in tags or "image/png" in output.data, cell.id
        words = " ".join([*(str(output.get("text", "")) for output in cell.outputs), *pictures.alternatives(cell)])
        assert not re.search(r"/(home|tmp|usr|root|work)/|\b0x[0-9a-f]{6}|\d ms\b|CPU cores", words), (cell.id, words)
    assert said(pictures.find(notebook)) == []
    assert path.stat().st_size < 1_500_000, path


@each_assignment
def test_a_stub_differs_from_the_solution_only_where_a_student_writes(assignment):
    student = {grade_id(cell): cell for cell in released(assignment)[1].cells}
    for cell in bench.solution(assignment).cells:
        stub = student.pop(grade_id(cell))
        assert stub.cell_type == cell.cell_type
        expected = without_regions(cell.source, MARKS.hidden_tests).rstrip("\n")
        if not is_solution(cell):
            assert stub.source == expected
            continue
        assert any(regions(cell.source, MARKS.solution)), grade_id(cell)
        kept = without_regions(cell.source, MARKS.solution).splitlines()
        added = Counter(stub.source.splitlines()) - Counter(kept)
        assert not Counter(kept) - Counter(stub.source.splitlines())
        assert {line.strip() for line in added} <= {
            "# TODO: replace the next line with your answer.", "raise NotImplementedError",
            "*TODO: replace this line with your answer.*",
        }
        if cell.cell_type == "code":
            compile(stub.source, grade_id(cell), "exec")
            assert "raise NotImplementedError" in stub.source and "TODO" in stub.source
    assert student == {}


@each_assignment
def test_everything_but_the_answers_is_locked(assignment):
    for cell in released(assignment)[1].cells:
        assert is_solution(cell) or is_locked(cell), cell.id


@each_assignment
def test_each_test_has_points_a_visible_and_a_hidden_part(assignment):
    assert len(bench.coded_tasks(assignment)) >= 6
    assert said(tasks.find(bank.read(bench.COURSE, assignment))) == []


@each_assignment
def test_messages_are_sentences_and_numbers_are_the_codes(assignment):
    assert said(messages.find(bank.read(bench.COURSE, assignment))) == []
    listed = numbers.read(bench.COURSE.source / assignment / numbers.LISTED)
    assert said(numbers.find(built(assignment)[1], listed)) == []


@pytest.fixture(scope="module")
def graded():
    """Grades a notebook as the engine does: in the sandbox, with the guard."""
    def grade(assignment, notebook):
        (path,) = bench.COURSE.source_notebooks(assignment)
        setup = jobs.Setup(
            versions={path.stem: nbformat.writes(bench.grading_version(assignment))}, limits=LIMITS,
            visible=tuple(bench.COURSE.settings.sandbox.visible), root=str(bench.COURSE.root),
            variables=bench.COURSE.variables("grading"), package=bench.COURSE.settings.course.package)
        content = nbformat.writes(notebook).encode()
        return worker.grade_one(setup, jobs.Submission("student", path.stem, ((path.name, content),)))

    yield grade
    worker.close_server()


@each_assignment
def test_the_solution_scores_full_points_in_every_graded_task_and_no_flag(assignment, graded):
    student = sample.SampleStudent(name="reference", about="", base="solution")
    result = graded(assignment, sample.compose(
        student, bench.grading_version(assignment), bench.solution(assignment), MARKS, bench.COURSE.source))
    coded = [row for row in result.scores if not row.written]
    assert [(row.grade_id, row.message, row.flags) for row in coded if row.status != "ok" or row.flags] == []
    assert all(row.status == "missing" for row in result.scores if row.written), "nothing was written"
    assert "kernels are forked" in result.log


@each_assignment
def test_the_released_notebook_scores_zero_and_every_check_says_not_attempted(assignment, graded):
    result = graded(assignment, released(assignment)[1])
    for cell in nbformat.reads(result.notebook.decode(), as_version=4).cells:
        mark = cell.metadata.get("autograder", {})
        assert mark.get("outcome", "ran") == "ran", cell.id
        if is_grade(cell) and not is_solution(cell):
            (error,) = [output for output in cell.outputs if output.output_type == "error"]
            assert error.ename == "NotAttempted" and "not attempted yet" in error.evalue
            assert [line.removeprefix("NotAttempted: ") for line in error.traceback] == [error.evalue]
    for row in result.scores:
        assert row.score == 0
        assert row.status == "missing" if row.written else row.flags == ("not-attempted",)


@each_assignment
def test_every_picture_has_alternative_text(assignment):
    notebook = built(assignment)[1]
    assert sum(len(pictures.alternatives(cell)) for cell in notebook.cells) >= 3
    assert said(pictures.find(notebook)) == []


@each_assignment
def test_deterministic_outputs_are_marked_for_nbval(assignment):
    marked = [
        cell for cell in built(assignment)[1].cells
        if "nbval-check-output" in cell.metadata.get("tags", [])
    ]
    assert len(marked) >= 4 and all(cell.outputs for cell in marked)


@each_assignment
def test_goals_times_and_further_reading_are_there(assignment):
    texts = [cell.source for cell in bench.solution(assignment).cells if cell.cell_type == "markdown"]
    opening, text = texts[0].lower(), "\n".join(texts).lower()
    assert "after this" in opening or "you will" in opening
    assert "minutes" in opening or "hours" in opening
    assert "what you have learned" in text and "further reading" in text
