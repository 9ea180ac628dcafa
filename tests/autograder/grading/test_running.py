"""Options in nbgrader_config.py that control how notebooks run are either followed or named in a sentence."""

import pytest

from autograder import course as courses
from autograder.grading import running


def course(root, config: str, toml: str = "") -> courses.Course:
    (root / "source").mkdir()
    (root / "nbgrader_config.py").write_text(f"c = get_config()\n{config}\n")
    (root / "course.toml").write_text(toml)
    return courses.load(root)


@pytest.mark.parametrize("config, toml, cell, notebook", [
    ("", "", 60, 240),
    ("c.ExecutePreprocessor.timeout = 300", "", 300, 1200),
    ("c.Execute.timeout = 300\nc.ExecutePreprocessor.timeout = 30", "", 300, 1200),
    ("c.Execute.timeout = 5", "", 5, 240),
    ("c.Execute.timeout = 300", "[limits]\ncell_seconds = 20\n", 20, 240),
    ("c.Execute.timeout = 300", "[limits]\nnotebook_seconds = 500\n", 300, 500),
    ("c.Execute.timeout = None", "", 60, 240),
    ("c.Execute.timeout = -1", "", 60, 240),
])
def test_time_limits(tmp_path, config, toml, cell, notebook):
    found = running.limits(course(tmp_path, config, toml))
    assert (found.cell_seconds, found.notebook_seconds) == (cell, notebook)


@pytest.mark.parametrize("config, still", [("", 180), ("c.Execute.timeout = 300", 300), ("c.Execute.timeout = 5", 180)])
def test_a_cell_may_wait_as_long_as_it_may_compute(tmp_path, config, still):
    assert running.limits(course(tmp_path, config)).still_seconds == still


@pytest.mark.parametrize("config, sentence", [
    ("c.Execute.timeout = -1",
     "c.Execute.timeout is not followed, because a cell needs a limit: cell_seconds in [limits] of course.toml."),
    ("c.ExecutePreprocessor.kernel_name = 'ml'",
     "c.ExecutePreprocessor.kernel_name is not followed, because a notebook runs in this grader's own Python, in its sandbox."),
    ("c.Execute.skip_cells_with_tag = 'slow'",
     "c.Execute.skip_cells_with_tag is not followed, because tags never keep a cell from being run."),
    ("c.Autograde.pre_convert_hook = 'tools.before'",
     "c.Autograde.pre_convert_hook is not followed, because steps of nbgrader's own autograder are not used here."),
    ("c.AssignLatePenalties.plugin_class = 'nbgrader.plugins.LateSubmissionPlugin'",
     "c.AssignLatePenalties.plugin_class is not followed, because points are not taken away from late submissions."),
])
def test_what_is_not_followed_is_said(tmp_path, config, sentence):
    assert running.not_followed(course(tmp_path, config)) == [f"nbgrader_config.py: {sentence}"]


def test_what_decides_nothing_here_is_not_mentioned(tmp_path):
    made = course(tmp_path, "c.Execute.timeout = 90\nc.ExecutePreprocessor.allow_errors = True\n"
                            "c.ClearSolutions.text_stub = '...'\nc.Autograde.exclude_overwriting = {'hw1': ['answers.py']}")
    assert running.not_followed(made) == []
    assert running.kept(made, "hw1") == ("answers.py",) and running.kept(made, "hw2") == ()
