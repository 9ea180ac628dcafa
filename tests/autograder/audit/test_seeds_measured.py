"""Accuracies over seeds: a small course is measured, and its seeds.md is written and judged."""

import pytest
from conftest import text_course
from typer.testing import CliRunner

from autograder import cli
from autograder.audit import seeds, seeds_file

SEEDS = '''# %% tags=["seeds"]
from cnnlab import budget

plan = budget.choose(**{name: budget.Training(images=10, epochs=1, accuracy=0.5, seconds=1) for name in budget.NAMES})

# %% nbgrader={"grade": false, "grade_id": "reach", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reach(seed):
    ### BEGIN SOLUTION
    return 0.7 + 0.01 * (seed % 3)
    ### END SOLUTION

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=5, accuracy=0.3)

# %%
raise RuntimeError("a cell without the tag is not run")

# %% tags=["seeds"]
def accuracy_of_seed(seed):
    return reach(seed) - {THIS}

# %% tags=["audit", "seeds"]
def broken_accuracies(seed):
    return {"not trained": 0.1, "labels shuffled": reach(seed) - {OTHER}}
'''


@pytest.fixture
def trained(tmp_path):
    def make(less=0.0, broken=0.5):
        budgets = "\n".join(f'{name} = {{ CNNLAB_BUDGET = "{name}" }}' for name in ("grading", "cpu", "gpu"))
        (tmp_path / "course.toml").write_text(f"[course.budgets]\n{budgets}\n")
        return text_course(tmp_path, SEEDS.replace("{THIS}", str(less)).replace("{OTHER}", str(broken)), {})

    return make


def run_seeds(course, *more):
    return CliRunner().invoke(cli.app, ["audit", "seeds", "ps1", "--course", str(course.root), "--count", *more])


def test_seeds_are_measured_written_and_judged(trained):
    course = trained()
    assert seeds.trains(course, "ps1")
    done = run_seeds(course, "3")
    assert done.exit_code == 0, done.output
    assert "0.7100" in done.output and "21.0" in done.output  # (0.71 - 0.5) / 0.01
    table = (course.source / "ps1" / "seeds.md").read_text()
    assert "| grading | 10 images × 1 epochs | 3 | 0.7100 | 0.01000 | 0.7000 | 0.500 | 21.0 |" in table
    assert "\n- grading: 0.7100 0.7200 0.7000\n" in table
    assert table.endswith("- grading, not trained: 0.1000 0.1000 0.1000\n- grading, labels shuffled: 0.2100 0.2200 0.2000\n")
    done = run_seeds(trained(less=0.18), "3", "--budget", "cpu")
    assert done.exit_code == 1, done.output
    assert "ps1 at the budget cpu: the threshold 0.500 lies 3.0 standard deviations below the mean" in done.output
    found = seeds_file.read(course.source / "ps1")
    assert list(found) == ["grading", "cpu"]
    assert found["cpu"].accuracies == [0.53, 0.54, 0.52]
    done = run_seeds(course, "3", "--budget", "audit")
    assert done.exit_code == 0, done.output
    assert list(seeds_file.read(course.source / "ps1")) == ["audit", "grading", "cpu"]
    assert ("| audit | 5 images × 1 epochs | 3 | 0.5300 | 0.01000 | 0.5200 | 0.300 | 23.0 |"
            in (course.source / "ps1" / "seeds.md").read_text())


def test_a_broken_network_that_reaches_the_threshold_is_said(trained):
    course = trained(broken=0.2)
    done = run_seeds(course, "3")
    assert done.exit_code == 1, done.output
    assert ("ps1 at the budget grading: a broken network (labels shuffled) reaches 0.5200, and 0.500 is asked for: "
            "ask for more.") in done.output
    assert seeds_file.read(course.source / "ps1")["grading"].broken == {
        "not trained": [0.1] * 3, "labels shuffled": [0.51, 0.52, 0.5]}


@pytest.mark.parametrize("more, said", [
    (["1"], "A spread needs two seeds or more, but --count is 1."),
    (["3", "--budget", "tpu"], "There is no budget 'tpu'"),
])
def test_seeds_that_cannot_be_measured_are_one_sentence(trained, more, said):
    done = run_seeds(trained(), *more)
    assert done.exit_code == 2 and said in done.output and done.output.count("\n") == 1, done.output
