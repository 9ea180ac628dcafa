"""The release checks: what is built is fresh, gives nothing away, and grades as it should."""

import json
from collections import Counter
from itertools import pairwise

import bench
import nbformat
import pytest
from nbgrader.utils import is_grade, is_locked, is_solution

from autograder import build, sample, worker
from autograder.course import Limits
from autograder.notebooks import (
    HIDDEN_TESTS,
    SOLUTION,
    grade_id,
    regions,
    telling_lines,
    without_regions,
)

LIMITS = Limits(cell_seconds=180, notebook_seconds=600, cpu_seconds=1200)
each_assignment = pytest.mark.parametrize("assignment", bench.ASSIGNMENTS)


def built(assignment):
    (path,) = bench.COURSE.source_notebooks(assignment)
    return path, nbformat.read(path, as_version=4)


def released(assignment):
    (path,) = (bench.COURSE.release / assignment).glob("*.ipynb")
    return path, nbformat.read(path, as_version=4)


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


def test_a_change_anywhere_makes_a_built_notebook_stale(tmp_path):
    assignment = bench.ASSIGNMENTS[0]
    path, _ = built(assignment)
    for change in ("source", "metadata"):
        composed = json.loads(json.dumps(bench.solution(assignment)))
        cell = composed["cells"][4]
        cell["source" if change == "source" else "metadata"] = "x" if change == "source" else {"tags": ["y"]}
        notebook = nbformat.from_dict(composed)
        notebook.metadata.cnnlab.fingerprint = build._fingerprint(notebook)
        assert not build.is_fresh(path, notebook)


@each_assignment
def test_the_solution_notebook_ran_without_an_error_or_a_warning(assignment):
    for cell in built(assignment)[1].cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", (cell.id, output.get("text"))


@each_assignment
def test_nothing_of_a_solution_a_hidden_test_or_an_answer_is_released(assignment):
    secret = set()
    for cell in bench.solution(assignment).cells:
        for marks in (SOLUTION, HIDDEN_TESTS):
            for region in regions(cell.source, marks):
                secret |= telling_lines(region)
    assert len(secret) > 50
    for folder in bench.COURSE.release.iterdir():
        for path in folder.rglob("*"):
            assert path.suffix == ".ipynb", f"{path} should not be released"
            text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
            assert "BEGIN SOLUTION" not in text and "HIDDEN TESTS" not in text
            assert [line for line in secret if line in text] == []


def pairs(text: str) -> set[tuple[str, str]]:
    """Each line with the next, stripped, blank lines left out: one line alone may be an idiom."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return {pair for pair in pairwise(lines) if min(map(len, pair)) >= 8}


@each_assignment
def test_nothing_of_an_answer_bank_is_released(assignment):
    cells = released(assignment)[1].cells
    text = "\n".join(cell.source for cell in cells)
    stubs = pairs("\n".join(cell.source for cell in cells if is_solution(cell)))
    for name, task, path in bench.answers():
        if name == assignment:
            answer = path.read_text(encoding="utf-8")
            assert not (pairs(answer) - stubs) & pairs(text), (task, path.name)
            assert answer.splitlines()[0] not in text


@each_assignment
def test_no_answer_is_in_what_students_import(assignment):
    package = "\n".join(
        path.read_text(encoding="utf-8") for path in (bench.COURSE.root / "cnnlab").rglob("*.py"))
    for cell in bench.solution(assignment).cells:
        for region in regions(cell.source, SOLUTION):
            assert [line for line in telling_lines(region, 25) if line in package] == []


@each_assignment
def test_released_outputs_are_empty(assignment):
    for cell in released(assignment)[1].cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


@each_assignment
def test_a_stub_differs_from_the_solution_only_where_a_student_writes(assignment):
    student = {grade_id(cell): cell for cell in released(assignment)[1].cells}
    for cell in bench.solution(assignment).cells:
        stub = student.pop(grade_id(cell))
        assert stub.cell_type == cell.cell_type
        expected = without_regions(cell.source, HIDDEN_TESTS).rstrip("\n")
        if not is_solution(cell):
            assert stub.source == expected
            continue
        assert any(regions(cell.source, SOLUTION)), grade_id(cell)
        kept = without_regions(cell.source, SOLUTION).splitlines()
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
    cells = [c for c in bench.solution(assignment).cells if is_grade(c) and not is_solution(c)]
    assert len(cells) >= 6
    for cell in cells:
        assert cell.metadata.nbgrader.points > 0
        visible = without_regions(cell.source, HIDDEN_TESTS)
        assert "checks." in visible and any(regions(cell.source, HIDDEN_TESTS)), grade_id(cell)


@pytest.fixture(scope="module")
def graded():
    """Grades a notebook as the engine does: in the sandbox, with the guard."""
    def grade(assignment, notebook):
        (path,) = bench.COURSE.source_notebooks(assignment)
        setup = worker.Setup(
            versions={path.stem: nbformat.writes(bench.grading_version(assignment))}, limits=LIMITS,
            visible=tuple(bench.COURSE.settings.sandbox.visible), root=str(bench.COURSE.root))
        content = nbformat.writes(notebook).encode()
        return worker.grade_one(setup, worker.Task("student", path.stem, content, path.name))

    yield grade
    worker.close_server()


@each_assignment
def test_the_solution_scores_full_points_in_every_graded_task_and_no_flag(assignment, graded):
    student = sample.Student(name="reference", about="", base="solution")
    result = graded(assignment, sample.compose(
        student, bench.grading_version(assignment), bench.solution(assignment), bench.COURSE.source))
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
            assert error.traceback == [error.evalue]
    for row in result.scores:
        assert row.score == 0
        assert row.status == "missing" if row.written else row.flags == ("not-attempted",)


@each_assignment
def test_every_picture_has_alternative_text(assignment):
    pictures = [
        (cell.id, output)
        for cell in built(assignment)[1].cells for output in cell.get("outputs", [])
        if any(kind.startswith("image/") for kind in output.get("data", {}))
    ]
    assert len(pictures) >= 3
    for cell, output in pictures:
        assert len(output.metadata.get("image/png", {}).get("alt", "")) > 30, cell


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
