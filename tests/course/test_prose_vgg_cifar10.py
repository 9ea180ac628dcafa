"""The numbers in assignment 5's prose, each computed again without the assignment's own answers."""

import math
import statistics
from functools import partial

import bench
import numpy as np
import pytest

from cnnlab import datasets

NAME = "05-vgg-cifar10"
PROSE = bench.prose(NAME)
says = partial(bench.says, PROSE)
CODE = bench.code(NAME)
WIDE = [64] * 2 + [128] * 2 + [256] * 3 + [512] * 6


def test_parameters_of_the_recipe():
    convolutions = sum(9 * before * after + after for before, after in zip([3, *WIDE], WIDE, strict=False))
    dense = 512 * 4096 + 4096, 4096 * 4096 + 4096, 4096 * 10 + 10
    assert convolutions + sum(dense) == 33_638_218 and "33,638,218" in PROSE
    assert dense[1] / 33_638_218 == pytest.approx(0.5, abs=0.01)
    assert "(512 × 4096 + 4096)" in CODE and "(4096 × 4096 + 4096)" in CODE
    narrow = tuple(number * 3 // 16 for number in (64, 128, 256, 512, 512))
    assert f"NARROW, NARROW_UNITS = {narrow}, 256" in CODE and says("3/16", "channels", 256, "dense")


def test_normalised_layers_by_hand(tf):
    layers = tf.keras.layers
    for before, expected in ((3, "348"), (12, "1,320")):
        model = tf.keras.Sequential([
            tf.keras.Input((8, 8, before)), layers.Conv2D(12, 3, use_bias=False), layers.BatchNormalization(),
        ])
        trained = sum(math.prod(weight.shape) for weight in model.trainable_weights)
        assert f"{trained:,}" == expected and f"= {expected}" in PROSE
        assert sum(math.prod(weight.shape) for weight in model.non_trainable_weights) == 2 * 12


def test_cross_entropies_by_hand(tf):
    loss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)
    logits = np.array([[2.0, 1, 0]])
    assert [f"{share:.3f}" for share in tf.nn.softmax(logits)[0].numpy()] == ["0.665", "0.245", "0.090"]
    assert says("probabilities", "0.665", "0.245", "0.090")
    for target, row in (([1.0, 0, 0], "−ln 0.665 |"), ([0.9, 0.1, 0], "− 0.1 · ln 0.245 |")):
        assert f"{row} {float(loss(np.array([target]), logits)):.3f} |" in PROSE
    assert f"ln 10 = {math.log(10):.4f}" in PROSE


def test_the_gradient_of_a_uniform_prediction_by_hand(tf):
    logits = tf.Variable(np.zeros((1, 4)))
    with tf.GradientTape() as tape:
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits([2], logits)
    assert tape.gradient(loss, logits).numpy().tolist() == [[0.25, 0.25, -0.75, 0.25]]
    assert "(0.25, 0.25, −0.75, 0.25)" in PROSE


def test_spread_and_norm_by_hand():
    values = np.array([[0, 2, 0], [0, 0, 4]])
    assert f"{np.mean(values**2):.2f}" == "3.33" and values.mean() == 1
    assert f"√(3.33 − 1) = {values.std():.2f}" in PROSE
    assert np.mean(values == 0) == 4 / 6 and np.linalg.norm([3, 0, 4, 0]) == 5


def test_variances_by_hand(tf):
    fan_in, fan_out = 3 * 3 * 64, 3 * 3 * 128
    he, glorot = 2 / fan_in, 2 / (fan_in + fan_out)
    assert f"| He | 3·3·64 = {fan_in} | | 2/{fan_in} = {he:.6f} | {math.sqrt(he):.4f} |" in PROSE
    assert (
        f"| Glorot | {fan_in} | 3·3·128 = {fan_out} | 2/{fan_in + fan_out} = {glorot:.6f} | {math.sqrt(glorot):.4f} |"
    ) in PROSE
    for ready_made, variance in (("HeNormal", he), ("GlorotNormal", glorot)):
        kernel = getattr(tf.keras.initializers, ready_made)(seed=1)((3, 3, 64, 128))
        assert float(tf.math.reduce_std(kernel)) == pytest.approx(math.sqrt(variance), rel=0.01)
    assert "1/8192" in PROSE and 2**13 == 8192
    assert f"1/{math.sqrt(8192):.1f}" in PROSE


def test_relu_halves_the_mean_square_and_leaves_a_similarity_of_one_over_pi():
    draw = np.random.default_rng(1).normal(size=(2, 400_000))
    first, second = np.maximum(draw, 0)
    assert np.mean(first**2) == pytest.approx(0.5, abs=0.01)
    cosine = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
    assert cosine == pytest.approx(1 / math.pi, abs=0.005)
    assert f"1/π = {1 / math.pi:.3f}" in PROSE


def test_the_mean_by_hand():
    pixels = np.array([51, 153, 102, 204]) / 255
    assert pixels.mean() == pytest.approx(0.5)
    assert np.allclose(pixels - 0.5, [-0.3, 0.1, -0.1, 0.3]) and "(−0.3, 0.1), (−0.1, 0.3)" in PROSE
    assert np.allclose(np.array([204, 0]) / 255 - 0.5, [0.3, -0.5]) and "(0.3, −0.5)" in PROSE


def test_the_data_are_as_described():
    (images, labels), (test_images, test_labels) = datasets.cifar10()
    assert np.bincount(labels).tolist() == [1000] * 10 and np.bincount(test_labels).tolist() == [200] * 10
    assert says("1,000", "training", 200, "test")
    assert images[0].size == 3072 and says("3,072", "numbers") and len(test_images) == 2000


def test_batch_normalisation_by_hand(tf):
    layer = tf.keras.layers.BatchNormalization()
    result = np.ravel(layer(np.array([[1.0], [3], [5], [7]], "float32"), training=True))
    row = " | ".join(f"{value:.4f}".replace("-", "−") for value in result)
    assert f"| y, with γ = 1 and β = 0 | {row} |" in PROSE
    assert says("root", 5.001, f"{math.sqrt(5.001):.4f}")
    assert says(f"= {float(layer.moving_mean.numpy()[0]):.2f}", "moving")
    assert f"0.99 · 1 + 0.01 · 5 = {float(layer.moving_variance.numpy()[0]):.2f}" in PROSE


def test_what_is_left_of_the_start_of_a_moving_average():
    plan = bench.plans(NAME)["grading"]
    steps = plan.epochs * math.ceil(plan.images / 64)
    assert says(steps, "steps", bench.percent(0.99**steps))
    assert math.ceil(10_000 / 64) == 157 and '"one epoch of 10,000": 157, "two epochs": 314' in CODE


def test_the_ablation_by_hand():
    none, a, b, both = np.array([[0.10, 0.10], [0.10, 0.12], [0.20, 0.24], [0.40, 0.50]])
    for gains, mean, deviation in ((a - none, "0.01", "0.0141"), (both - b, "0.23", "0.0424")):
        assert f"{gains.mean():.2f}" == mean and f"{gains.std(ddof=1):.4f}" == deviation
        assert says("mean", mean) and says("standard deviation", deviation)


def gains(more, less):
    stored = bench.stored(NAME)
    differences = [100 * (one - other) for one, other in zip(stored["subsets"][more], stored["subsets"][less], strict=True)]
    return statistics.mean(differences), statistics.stdev(differences)


def shown(gain: tuple[float, float]) -> str:
    """Mean and standard deviation as the prose writes them."""
    return f"{gain[0]:.1f} ± {gain[1]:.1f}".replace("-", "−")


def test_what_the_stored_run_says_of_each_repair():
    everything = "He + norm + mean"
    norm, norm_last = gains("norm", "none"), gains(everything, "He + mean")
    assert says(f"{norm[0]:.1f} points") and says(shown(norm_last))
    he, he_last = gains("He", "none"), gains(everything, "norm + mean")
    assert says(f"{he[0]:.1f} points") and says("batch normalisation", shown(he_last))
    mean, mean_last = gains("mean", "none"), gains(everything, "He + norm")
    assert says(shown(mean), shown(mean_last))
    assert norm_last[0] > 0 > max(he_last[0], mean_last[0]) and mean[0] < mean[1]


def test_what_the_stored_run_says_of_the_combinations():
    stored = bench.stored(NAME)
    means = {name: statistics.mean(values) for name, values in stored["subsets"].items()}
    assert len(means) == 8 and stored["images"] == 5000 and stored["epochs"] == 2 and len(stored["seeds"]) == 4
    assert max(means, key=means.get) == "norm"
    assert says("batch normalisation", bench.percent(means["norm"], 1))
    assert PROSE.count(bench.percent(means["He + norm + mean"], 1)) == 2
    for name in ("norm", "He + norm + mean"):
        assert statistics.stdev(stored["subsets"][name]) == pytest.approx(0.01, abs=0.003)
    assert sorted(stored["subsets"]["none"])[:3] == [0.1] * 3
    assert says(bench.percent(max(stored["subsets"]["none"]), 1))
    assert sum(value > 0.1 for value in stored["subsets"]["mean"]) == 2
    assert says(2 * math.ceil(5000 / stored["batch"]), "steps")


def test_what_the_stored_run_says_of_the_recipe_a_lower_rate_and_the_momentum():
    stored = bench.stored(NAME)
    full = stored["full width"]
    assert says(len(full["losses"]), "steps", "loss", f"{np.mean(full['losses'][-10:]):.3f}")
    assert full["accuracy"] == 0.1 and datasets.CIFAR10_CLASSES[full["predicted"].index(2000)] == "ship"
    slow = stored["only a learning rate of 0.0001"]
    assert min(slow) > 0.12 and says(bench.percent(statistics.mean(slow), 1), "average")
    long, short = stored["momentum"]["0.99"], stored["momentum"]["0.9"]
    assert long["statistics of the test batches"] == short["statistics of the test batches"]
    for reached in (long["statistics of the test batches"], long["moving averages"], short["moving averages"]):
        assert says(bench.percent(statistics.mean(reached), 1))


def test_the_full_recipe_is_as_ill_as_the_prose_says_of_its_narrow_copy():
    before = bench.stored(NAME)["full width before"]
    assert before["spread"][0] / before["spread"][-1] > 500 and max(before["gradient"]) < 2e-3
    assert max(before["dead"][:13]) < 0.06 and min(before["dead"][13:]) > 0.25
