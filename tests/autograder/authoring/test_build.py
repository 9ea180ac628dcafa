"""The build on a small course: what becomes of a cell, and when a notebook is run again."""


import nbformat
import pytest

from autograder import course as courses
from autograder.authoring import build
from autograder.errors import UserError

TEXT = '''# %% [markdown]
# # A small assignment

# %% tags=["setup"]
# replaced by the build

# %%
print("shown")

# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x: int) -> int:
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_double", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(-3) == -6
### END HIDDEN TESTS
'''


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "source" / "ps1"
    folder.mkdir(parents=True)
    (folder / "small.py").write_text(TEXT)
    (tmp_path / "course.toml").write_text('repository = "https://example.org/course"\n[course]\npackage = "cnnlab"\n')
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.ignore = ['*.py']\n")
    return courses.load(tmp_path)


@pytest.fixture
def quick(monkeypatch):
    """Count the executions, without a kernel."""
    runs = []
    monkeypatch.setattr(build, "_execute", lambda course, notebook, target: runs.append(target.name))
    return runs


def test_unmarked_cells_are_locked_and_ids_are_stable(course):
    text = course.source / "ps1" / "small.py"
    first, second = build.compose(course, text), build.compose(course, text)
    assert [cell.id for cell in first.cells] == [cell.id for cell in second.cells]
    assert len({cell.id for cell in first.cells}) == len(first.cells)
    assert all(cell.metadata.nbgrader.locked for cell in first.cells if cell.id != "double")
    nbformat.validate(first)


def test_a_folded_cell_hides_its_code_where_the_front_end_can(course):
    text = course.source / "ps1" / "small.py"
    text.write_text(text.read_text() + '\n# %% tags=["folded"]\n#@title A helper\nHELPER = 3\n')
    *others, folded = build.compose(course, text).cells
    assert folded.source == "#@title A helper\nHELPER = 3"
    assert folded.metadata.cellView == "form" and folded.metadata.jupyter.source_hidden
    assert [cell.metadata.tags for cell in others if "jupyter" in cell.metadata] == [["setup"]], "and no other"


def test_a_cell_for_the_audit_is_in_no_notebook(course, quick):
    text = course.source / "ps1" / "small.py"
    plain = build.compose(course, text)
    text.write_text(text.read_text() + '\n# %% tags=["audit"]\nLESS = 3\n')
    assert build.compose(course, text) == plain, "nothing is to be run again"
    assert [cell.source for cell in build.compose(course, text, audit=True).cells] == [
        *(cell.source for cell in plain.cells), "LESS = 3"]
    build.build(course, "ps1")
    for path in (text.with_suffix(".ipynb"), *course.release.rglob("*.ipynb")):
        assert "LESS" not in path.read_text(), path


def test_the_set_up_cell_names_the_repository_of_course_toml(course):
    notebook = build.compose(course, course.source / "ps1" / "small.py")
    assert 'REPOSITORY = "https://example.org/course"' in notebook.cells[1].source
    assert 'VERSION = "main"' in notebook.cells[1].source
    assert notebook.cells[0].source == "# A small assignment", "no badge: Colab reads from GitHub only"


@pytest.mark.kernel
def test_another_version_or_repository_changes_no_id_and_runs_nothing_again(course, tmp_path):
    build.build(course, "ps1")
    target = course.source / "ps1" / "small.ipynb"
    before = nbformat.read(target, as_version=4)
    (tmp_path / "course.toml").write_text('repository = "https://github.com/school/tiny.git"\nversion = "v2"\n[course]\npackage = "cnnlab"\n')
    newer = courses.load(tmp_path)
    assert not build.is_fresh(target, build.compose(newer, target.with_suffix(".py")))
    assert build.build(newer, "ps1") == []
    after = nbformat.read(target, as_version=4)
    assert 'VERSION = "v2"' in after.cells[1].source
    assert "/github/school/tiny/blob/v2/release/ps1/small.ipynb)\n\n# A small" in after.cells[0].source
    assert [cell.id for cell in after.cells] == [cell.id for cell in before.cells]
    assert [cell.get("outputs") for cell in after.cells] == [cell.get("outputs") for cell in before.cells]
    assert "shown" in str(after.cells[2].outputs)
    assert build.is_fresh(target, build.compose(newer, target.with_suffix(".py")))


def test_a_cell_that_was_changed_in_the_built_notebook_runs_again(course, quick):
    build.build(course, "ps1")
    target = course.source / "ps1" / "small.ipynb"
    target.write_text(target.read_text().replace("shown", "forged"))
    assert build.build(course, "ps1") and len(quick) == 2


def test_only_what_changed_runs_again(course, quick):
    assert build.build(course, "ps1") and quick == ["small.ipynb"]
    assert build.build(course, "ps1") == [] and quick == ["small.ipynb"]
    assert build.build(course, "ps1", force=True) and len(quick) == 2
    text = course.source / "ps1" / "small.py"
    text.write_text(TEXT.replace('print("shown")', 'print("changed")'))
    assert build.build(course, "ps1") and len(quick) == 3


@pytest.mark.kernel
def test_text_that_changed_runs_nothing_again(course):
    build.build(course, "ps1")
    target, text = course.source / "ps1" / "small.ipynb", course.source / "ps1" / "small.py"
    before = nbformat.read(target, as_version=4)
    text.write_text(TEXT.replace("# # A small", "# # Quite a small") + "\n# %% [markdown]\n# The end.\n")
    assert not build.is_fresh(target, build.compose(course, text))
    assert build.build(course, "ps1") == [] and build.is_fresh(target, build.compose(course, text))
    after = nbformat.read(target, as_version=4)
    assert "Quite a small" in after.cells[0].source and after.cells[-1].source == "The end."
    outputs = [[cell.get("outputs") for cell in one.cells if cell.cell_type == "code"] for one in (before, after)]
    assert outputs[0] == outputs[1] and "shown" in str(outputs)
    (released,) = (course.release / "ps1").glob("*.ipynb")
    assert "Quite a small" in released.read_text()


def test_a_change_in_a_module_that_the_notebook_imports_makes_it_stale(course, tmp_path):
    package = tmp_path / "cnnlab"
    (package / "figures").mkdir(parents=True)
    (package / "figures" / "style.py").write_text("INK = 1")
    (package / "figures" / "lines.py").write_text("from cnnlab.figures import style")
    text = course.source / "ps1" / "small.py"
    text.write_text(TEXT.replace('print("shown")', "from cnnlab.figures import lines"))
    before = build.compose(course, text).metadata[build.METADATA].fingerprint
    assert build.compose(course, text).metadata[build.METADATA].fingerprint == before
    (package / "figures" / "style.py").write_text("INK = 2")
    assert build.compose(course, text).metadata[build.METADATA].fingerprint != before


def test_a_stored_run_that_changed_makes_the_notebook_that_shows_it_stale(course, tmp_path):
    stored = tmp_path / "data" / "runs" / "ps1.json"
    stored.parent.mkdir(parents=True)
    stored.write_text("{}")
    text = course.source / "ps1" / "small.py"
    text.write_text(TEXT.replace('print("shown")', 'runs.load("ps1")'))
    before = build.compose(course, text).metadata[build.METADATA].fingerprint
    stored.write_text('{"results": 1}')
    assert build.compose(course, text).metadata[build.METADATA].fingerprint != before


def test_an_answer_to_a_prediction_that_changed_makes_the_notebook_stale(course, tmp_path):
    for name, text in {"__init__.py": "", "checks/__init__.py": "", "checks/small.py": "", "guide/small.toml": "[tasks]\n"}.items():
        (tmp_path / "cnnlab" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "cnnlab" / name).write_text(text)
    text = course.source / "ps1" / "small.py"
    text.write_text(TEXT.replace('print("shown")', "from cnnlab.checks import small as check"))
    before = build.compose(course, text).metadata[build.METADATA].fingerprint
    (tmp_path / "cnnlab" / "checks" / "small.py").write_text("LESS = 1\n")
    assert build.compose(course, text).metadata[build.METADATA].fingerprint == before, "checks say nothing there"
    (tmp_path / "cnnlab" / "guide" / "small.toml").write_text("[predictions]\n")
    assert build.compose(course, text).metadata[build.METADATA].fingerprint != before


def test_the_student_notebook_has_the_stub_and_no_hidden_test(course, quick):
    build.build(course, "ps1")
    folder = course.release / "ps1"
    assert [path.name for path in folder.iterdir()] == ["small.ipynb"]
    text = (folder / "small.ipynb").read_text()
    assert "raise NotImplementedError" in text and "return 2 * x" not in text and "== -6" not in text


@pytest.mark.kernel
@pytest.mark.parametrize("body, reason", [
    ("raise ValueError('not so.')", "It raised ValueError: not so."),
    ("__import__('os')._exit(1)", "The kernel's process ended itself."),
])
def test_a_cell_that_fails_is_named_and_nothing_is_written(course, body, reason):
    text = course.source / "ps1" / "small.py"
    text.write_text(TEXT.replace("return 2 * x", body))
    with pytest.raises(UserError) as info:
        build.build(course, "ps1")
    assert str(info.value) == f"The cell 'test_double' of {text} did not run to its end. {reason} Nothing was written."
    assert not text.with_suffix(".ipynb").exists()


@pytest.mark.kernel
def test_the_built_notebook_holds_its_outputs_and_no_trace_of_the_run(course):
    build.build(course, "ps1")
    notebook = nbformat.read(course.source / "ps1" / "small.ipynb", 4)
    nbformat.validate(notebook)
    assert "shown" in str(notebook.cells[2].outputs)
    assert all(not {"autograder", "execution"} & set(cell.metadata) for cell in notebook.cells)
    assert set(notebook.metadata) == {"kernelspec", "language_info", build.METADATA}


def test_an_assignment_without_a_text_notebook(course):
    (course.source / "ps2").mkdir()
    with pytest.raises(UserError, match="holds no text notebook"):
        build.build(course, "ps2")
