"""The audit's `fit` traces a training step once, and computes the same results."""

import keras
import numpy as np
import pytest

from autograder.audit import one_trace


class Counting(keras.layers.Layer):
    """Passes its inputs on, and counts how often Python calls it."""

    calls = 0

    def call(self, inputs):
        self.calls += 1
        return inputs


def trained(built: bool = True) -> tuple[int, list[np.ndarray]]:
    """Train a network from a seed; return the number of traces, and the weights of the network and its optimizer."""
    keras.utils.set_random_seed(3)
    network = keras.Sequential([Counting(), keras.layers.Dense(4, activation="relu"), keras.layers.Dense(2)])
    if built:
        network.build((None, 3))
    network.layers[0].calls = 0
    network.compile(keras.optimizers.Adam(0.05), "mse")
    images = np.random.default_rng(1).random((12, 3), dtype="float32")
    network.fit(images, images[:, :2], batch_size=4, epochs=2, verbose=0)
    return network.layers[0].calls, [*network.get_weights(), *map(np.asarray, network.optimizer.variables)]


@pytest.fixture
def as_it_is(monkeypatch):
    monkeypatch.setattr(keras.Model, "fit", keras.Model.fit)  # restored after the test


@pytest.mark.parametrize("built", [True, False])
def test_fit_traces_once_and_learns_the_same(as_it_is, built):
    traces, weights = trained(built)
    one_trace._build_optimizers_first()
    fewer, same = trained(built)
    assert (traces, fewer) == ((2, 1) if built else (traces, traces))
    assert len(weights) == len(same) > 0 and all(map(np.array_equal, weights, same))


class Subclassed(keras.Model):
    """A network with one layer."""

    def __init__(self):
        super().__init__()
        self.layer = keras.layers.Dense(2)

    def call(self, inputs):
        return self.layer(inputs)


@pytest.mark.parametrize("make", [lambda: keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]), Subclassed])
def test_a_network_that_is_not_compiled_hears_of_it_from_keras(as_it_is, make):
    one_trace._build_optimizers_first()
    with pytest.raises(ValueError, match="must call `compile"):
        make().fit(np.ones((2, 3)), np.ones((2, 2)), verbose=0)
