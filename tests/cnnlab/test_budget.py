"""Three budgets, one of them in force; a training that does not fit is one sentence."""

import pytest

from cnnlab import budget

PLANS = {
    name: budget.Training(images=images, epochs=2, accuracy=0.9, seconds=10)
    for name, images in zip(budget.NAMES, (1_000, 5_000, 50_000), strict=True)
}


@pytest.mark.parametrize("name", budget.NAMES)
def test_the_variable_chooses(monkeypatch, name):
    monkeypatch.setenv("CNNLAB_BUDGET", name)
    assert budget.name() == name
    plan = budget.choose(**PLANS)
    assert (plan.images, plan.budget) == (PLANS[name].images, name)
    assert str(plan) == {
        "gpu": "With a GPU the network trains on 50,000 images, for at most 2 epochs; ",
    }.get(name, "Training takes about 10 seconds in all on 2 CPU cores; ") + (
        "your network should reach 90.0% on the test set.")


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
        budget.choose(**PLANS)


def resource_exhausted():
    import tensorflow as tf

    return tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor on GPU:0")


@pytest.mark.parametrize("error", [resource_exhausted, MemoryError])
def test_a_training_that_does_not_fit_is_one_sentence_with_the_remedy(monkeypatch, error):
    monkeypatch.setenv("CNNLAB_BUDGET", "gpu")
    message = "more memory .* 'gpu': restart .*CPU budget.*CNNLAB_BUDGET"
    with pytest.raises(budget.OutOfMemory, match=message) as info, budget.within_memory():
        raise error()
    assert "\n" not in str(info.value) and info.value.__suppress_context__


def test_other_errors_of_a_training_stay_what_they_are():
    with pytest.raises(ZeroDivisionError), budget.within_memory():
        raise ZeroDivisionError
