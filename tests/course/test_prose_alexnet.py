"""The numbers in assignment 3's prose, each computed again without the assignment's own answers."""

import math
import re
from functools import partial

import bench
import numpy as np
import pytest

from cnnlab import datasets

NAME = "03-alexnet"
PROSE = bench.prose(NAME)
says = partial(bench.says, PROSE)
CODE = bench.code(NAME)
TABLE = bench.stored(NAME)["table"]


def stacked(tf, groups: int):
    """AlexNet from Keras's layers alone, without normalisation and dropout, which have no parameters."""
    layers = tf.keras.layers
    return tf.keras.Sequential([
        tf.keras.Input((227, 227, 3)),
        layers.Conv2D(96, 11, 4), layers.MaxPooling2D(3, 2),
        layers.Conv2D(256, 5, padding="same", groups=groups), layers.MaxPooling2D(3, 2),
        layers.Conv2D(384, 3, padding="same"), layers.Conv2D(384, 3, padding="same", groups=groups),
        layers.Conv2D(256, 3, padding="same", groups=groups), layers.MaxPooling2D(3, 2),
        layers.Flatten(), layers.Dense(4096), layers.Dense(4096), layers.Dense(1000),
    ])


@pytest.fixture(scope="module")
def counts(tf):
    """For one and for two groups, the parameters of each layer, and the shapes of what flows and of the kernels."""
    found = {}
    for groups in (1, 2):
        model = stacked(tf, groups)
        found[groups] = (
            [layer.count_params() for layer in model.layers if layer.count_params()],
            [tuple(layer.output.shape[1:]) for layer in model.layers],
            [tuple(layer.kernel.shape) for layer in model.layers if layer.count_params()],
        )
        del model
    return found


def test_sizes_of_the_eight_layers(counts):
    shapes = counts[1][1]
    assert [shape[0] for shape in shapes[:8]] == [55, 27, 27, 13, 13, 13, 13, 6]
    for shape in shapes[:8]:
        assert f"| {'×'.join(map(str, shape))} |" in PROSE
    assert shapes[8:] == [(9216,), (4096,), (4096,), (1000,)]
    assert "| 9,216 |" in PROSE and "| 4,096 |" in PROSE and "| 1,000 |" in PROSE
    assert "sides, for images of 227×227 pixels: 55, 27, 27, 13, 13, 13, 13, 6" in CODE
    assert "(227 − 11) / 4 + 1 = 55" in PROSE and (227 - 11) / 4 + 1 == 55
    assert "(224 − 11) / 4 + 1 = 54.25" in PROSE and (224 - 11) / 4 + 1 == 54.25


def test_receptive_fields_by_asking_which_pixels_matter(tf):
    """A row of ones through kernels of ones: how many inputs the gradient of one output reaches."""
    windows = ((11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2))
    fields = []
    for depth in range(1, 9):
        row = tf.ones((1, 1200, 1))
        with tf.GradientTape() as tape:
            tape.watch(row)
            values = row
            for window, stride in windows[:depth]:
                values = tf.nn.conv1d(values, tf.ones((window, 1, 1)), stride, "VALID")
            middle = values[0, values.shape[1] // 2, 0]
        fields.append(int(np.count_nonzero(tape.gradient(middle, row))))
    assert fields == [11, 19, 51, 67, 99, 131, 163, 195]
    assert says(11, "pixels") and says(195, 227)


def test_parameters_with_one_and_two_groups(counts):
    whole, split = counts[1][0], counts[2][0]
    assert sum(whole) == 62_378_344 and sum(split) == 60_965_224
    assert says("62,378,344", "60,965,224", "parameters")
    assert says(f"{sum(whole) - sum(split):,}", "parameters")
    assert says(bench.percent(sum(whole[5:]) / sum(whole)), "parameters", "dense")
    kernels = counts[2][2]
    assert kernels[1][:3] == (5, 5, 48) and says("5×5", 48, 96, "channels")
    assert kernels[2][:3] == (3, 3, 256) and says("kernels", "3×3×256")
    assert kernels[3][:3] == kernels[4][:3] == (3, 3, 192) and says("layers 4 and 5", "3×3×192")


def test_response_normalisation_by_hand(tf):
    pixel = np.array([1, 2, 3], "float32").reshape(1, 1, 1, 3)
    results = tf.nn.local_response_normalization(pixel, 1, 1.0, 1.0, 1.0).numpy().ravel()
    for channel, value in enumerate(results):
        assert re.search(rf"^\| {channel} \| {channel + 1} \|.*\| {value:.4f} \|$", PROSE, re.M)
    assert f"2^{{0.75}} = {2**0.75:.2f}" in PROSE
    assert says(11, "channels") and 2 * 5 + 1 == 11


def test_pooling_by_hand(tf):
    row = np.array([1, 4, 2, 3, 5], "float32").reshape(1, 1, 5, 1)
    for window in (2, 3):
        best = tf.nn.max_pool2d(row, (1, window), (1, 2), "VALID").numpy().ravel().astype(int)
        assert re.search(rf"^\| window {window}, stride 2 \|.*\| {best[0]}, {best[1]} \|$", PROSE, re.M)
    unseen = 1 - 12**2 / 13**2
    assert says("13×13", bench.percent(unseen), "map")


def test_what_is_said_about_overlap_on_random_maps(tf):
    """Recounted with TensorFlow: the gradient of the sum of a pooled map reaches the winners only."""
    noise = np.random.default_rng(1).random((4, 56, 56, 4), dtype="float32")
    for side in (55, 27, 13):
        share, change = {}, {}
        for window in (2, 3):
            maps = tf.constant(noise[:, :side, :side])
            with tf.GradientTape() as tape:
                tape.watch(maps)
                pooled = tf.nn.max_pool2d(maps, window, 2, "VALID")
            share[window] = np.mean(tape.gradient(pooled, maps).numpy() > 0)
            shifted = tf.nn.max_pool2d(noise[:, 1 : side + 1, :side], window, 2, "VALID")
            change[window] = np.abs(shifted - pooled).mean() / np.std(pooled)
        assert share[3] < share[2] and change[3] < change[2]


def test_grouped_convolution_by_hand(tf):
    pixel = np.array([1, 2, 3, 4], "float32").reshape(1, 1, 1, 4)
    kernel = np.array([[10, 10], [1, 1]], "float32").reshape(1, 1, 2, 2)
    results = tf.nn.conv2d(pixel, kernel, 1, "SAME").numpy().ravel().astype(int)  # TensorFlow groups by itself
    assert f"10·1 + 1·2 = {results[0]}" in PROSE and f"10·3 + 1·4 = {results[1]}" in PROSE


def test_the_data_are_as_described():
    (images, labels), (test_images, test_labels) = datasets.cifar10()
    assert images.shape == (10_000, 32, 32, 3) and len(test_images) == 2_000
    assert set(np.bincount(labels)) == {1_000} and set(np.bincount(test_labels)) == {200}
    assert says("10,000", "training", "2,000", "testing")
    spread = images.std(axis=(0, 1, 2)).mean()
    assert says(63, "times") and abs(spread - 63) < 1.5
    assert "63² ≈ 4,000" in PROSE and round(63**2, -3) == 4_000 and pytest.approx(0.4) == 4_000 * 1e-4
    assert "ResponseNorm(alpha=0.4)" in CODE
    assert "255² = 65,000" in PROSE and round(255**2, -3) == 65_000


def test_components_of_colour():
    (images, _), _ = datasets.cifar10()
    pixels = images[::4].reshape(-1, 3) / 255
    variances, directions = np.linalg.eigh(np.cov(pixels.T))
    assert says(f"{variances[2]:.2f}", "direction")
    assert says("shift", 0.017) and 0.1 * variances[2] == pytest.approx(0.017, abs=6e-4)
    assert says("nine tenths", "variance") and variances[2] / variances.sum() == pytest.approx(0.9, abs=0.02)
    assert np.ptp(np.abs(directions[:, 2])) < 0.06, "light and dark"
    assert directions[0, 1] * directions[2, 1] < 0 and abs(directions[1, 1]) < 0.1, "the difference of blue and red"
    assert directions[1, 0] * directions[0, 0] < 0 and directions[1, 0] * directions[2, 0] < 0, "green against magenta"
    by_hand = np.cov(np.array([[0.2] * 3, [0.6] * 3]).T, bias=True)
    assert np.allclose(by_hand, 0.04) and says("entry", 0.04)
    assert np.linalg.eigvalsh(by_hand)[2] == pytest.approx(0.12) and "3 \\cdot 0.04 = 0.12" in PROSE
    shift = np.array([0.2, 0, -0.1]) * (0.2, 0.1, 0.05)
    assert np.allclose(shift, (0.04, 0, -0.005)) and "(0.04, 0, −0.005)" in PROSE


def test_pieces_of_a_reflected_row():
    frame = np.pad([1, 2, 3, 4], 2, mode="reflect")
    pieces = [" ".join(map(str, frame[start : start + 4])) for start in range(5)]
    assert ", ".join(pieces) in PROSE
    assert "5 · 5 = 25" in PROSE


def test_dropout_by_hand():
    kept = np.array([3, 9, 12]) / 0.75
    assert kept.tolist() == [4, 12, 16] and kept.sum() == 32 and 3 + 6 + 9 + 12 == 30
    assert "| in training | 3 / 0.75 = 4 | 0 | 9 / 0.75 = 12 | 12 / 0.75 = 16 | 32 |" in PROSE


def test_top_k_by_hand(tf):
    logits = np.array([[2, 0.5, 1, -1], [0.1, 0.9, 0.8, 0.2], [-3, -1, -2, -4]], "float32")
    for k in (1, 2):
        misses = 3 - int(tf.reduce_sum(tf.cast(tf.math.in_top_k([0, 2, 3], logits, k), "int32")))
        assert says(f"top-{k}", f"{misses}/3")


def test_the_augmented_training_is_as_described():
    assert "augment(images, labels, 4, components, sigma, rng)" in CODE
    assert "CosineDecay(0.002, steps)" in CODE and says(2, "CPU cores")


def test_the_standard_error_of_a_test_error():
    error = math.sqrt(0.5 * 0.5 / 2000)
    assert f"√(0.5 · 0.5 / 2000) = {100 * error:.1f}" in PROSE


def effect(variant: str) -> tuple[float, float]:
    """What an idea adds, in points of top-1 error: mean and sample standard deviation over the seeds."""
    gains = 100 * (np.array(TABLE[variant]["top1"]) - np.array(TABLE["everything"]["top1"]))
    return float(gains.mean()), float(gains.std(ddof=1))


def test_the_longer_run_is_the_one_that_the_notebook_describes():
    results = bench.stored(NAME)
    assert f"images, epochs, seeds = {results['images']:_}, {results['epochs']}, {results['seeds']}" in CODE
    assert says(f"{results['images']:,}", results["epochs"], "epochs", "three seeds")
    assert len(TABLE) == 7 and 7 * len(results["seeds"]) == 21
    for runs in TABLE.values():
        assert {len(values) for values in runs.values()} == {3}
        assert all(0 <= value <= 1 for values in runs.values() for value in values)


def points(value: float) -> str:
    """A difference as the prose writes it, with a real minus sign."""
    return f"{value:+.1f}".replace("-", "−")


@pytest.mark.parametrize("idea, variant", [
    ("ReLU", "tanh for ReLU"), ("Overlapping pooling", "pooling 2×2"), ("Normalisation", "no normalisation"),
    ("Augmentation", "no augmentation"), ("Dropout", "no dropout"), ("All five", "none of the five"),
])
def test_what_each_idea_adds(idea, variant):
    mean, deviation = effect(variant)
    text = f"{idea}: {points(mean)} ± {deviation:.1f}"
    assert re.search(re.escape(text) + r"( points)?\.", PROSE), text


def test_errors_and_accuracies_of_the_longer_run():
    error = {variant: 100 * np.mean(runs["top1"]) for variant, runs in TABLE.items()}
    train = {variant: 100 * np.mean(runs["train"]) for variant, runs in TABLE.items()}
    assert says("tanh", f"{error['tanh for ReLU']:.1f} %", "ReLU", f"{error['everything']:.1f} %")
    assert says(f"{train['tanh for ReLU']:.0f} %", f"{train['everything']:.0f} %")
    assert says(f"{train['none of the five']:.0f} %", f"{error['none of the five']:.1f} %")
    assert says(f"{train['everything']:.0f} %", f"{error['everything']:.1f} %")
    gains = 100 * (np.array(TABLE["none of the five"]["top1"]) - np.array(TABLE["tanh for ReLU"]["top1"]))
    assert says(f"{error['none of the five']:.1f} %", f"{error['tanh for ReLU']:.1f} %",
                f"{gains.mean():.1f} ± {gains.std(ddof=1):.1f}")


def test_which_effects_are_larger_than_their_spread():
    small = ("pooling 2×2", "no normalisation", "no augmentation")
    for variant in small:
        mean, deviation = effect(variant)
        assert abs(mean) < deviation / math.sqrt(3), "smaller than its standard error: nothing to be seen"
    mean, deviation = effect("tanh for ReLU")
    assert abs(mean) > 4 * deviation / math.sqrt(3)
    assert says(f"{abs(mean):.1f}", f"{deviation:.1f}", "standard deviation")
    assert says(f"{deviation:.1f}/√3 = {deviation / math.sqrt(3):.1f}", "sixth")
    assert deviation / math.sqrt(3) / abs(mean) == pytest.approx(1 / 6, abs=0.02)
    mean, deviation = effect("pooling 2×2")
    assert says(f"{mean:.1f} ± {deviation:.1f}", f"{deviation / math.sqrt(3):.1f}", "standard error")
    assert f"(2 · {deviation:.1f} / 0.5)² = {(2 * round(deviation, 1) / 0.5) ** 2:.0f} seeds" in PROSE
    everything = np.array(TABLE["everything"]["top1"])
    assert np.all(np.array(TABLE["no dropout"]["top1"]) < everything), "better without dropout from each seed"
