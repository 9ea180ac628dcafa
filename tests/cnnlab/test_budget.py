"""Three budgets, chosen in one place."""

import pytest

from cnnlab import budget


@pytest.mark.parametrize("name", budget.NAMES)
def test_the_variable_chooses(monkeypatch, name):
    monkeypatch.setenv("CNNLAB_BUDGET", name)
    assert budget.name() == name
    assert budget.line("02-lenet").startswith(f"Budget: {name} ")


def test_without_the_variable_a_gpu_decides(monkeypatch):
    import tensorflow as tf

    monkeypatch.delenv("CNNLAB_BUDGET", raising=False)
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: [])
    assert budget.name() == "cpu"
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: ["GPU:0"])
    assert budget.name() == "gpu"


def test_an_unknown_budget_is_one_sentence(monkeypatch):
    monkeypatch.setenv("CNNLAB_BUDGET", "tpu")
    with pytest.raises(ValueError, match="'tpu', but should be one of grading, cpu, gpu"):
        budget.name()


@pytest.mark.parametrize("assignment", budget.TRAININGS)
def test_a_larger_budget_never_trains_less(assignment):
    grading, cpu, gpu = (budget.TRAININGS[assignment][name] for name in budget.NAMES)
    for small, large in ((grading, cpu), (cpu, gpu)):
        assert small.images * small.epochs < large.images * large.epochs
        assert small.comparison_images * small.comparison_epochs < (
            large.comparison_images * large.comparison_epochs)
    assert grading.seconds <= 15 and cpu.seconds <= 60
