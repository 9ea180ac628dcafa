"""The numbers in assignment 7's prose, each computed again without the assignment's own answers."""

import re
from functools import partial

import bench
import numpy as np
import pytest

from cnnlab import datasets

NAME = "07-transfer-learning"
PROSE = bench.prose(NAME)
says = partial(bench.says, PROSE)
CODE = bench.code(NAME)
# VGG-16's convolutions: side of the map at 32×32 pixels, channels in, channels out.
BLOCKS = (
    [(32, 3, 64), (32, 64, 64)], [(16, 64, 128), (16, 128, 128)], [(8, 128, 256)] + 2 * [(8, 256, 256)],
    [(4, 256, 512)] + 2 * [(4, 512, 512)], 3 * [(2, 512, 512)],
)


def parameters(layers):
    return sum(9 * inputs * outputs + outputs for _, inputs, outputs in layers)


def test_no_claim_was_left_open():
    assert not re.search(r"\b[A-Z]+_CLAIM\b|\b[GC][123] (%|standard)", PROSE)


def test_pixels_prepared_by_hand(tf):
    for pixel in ((255, 0, 0), (0, 0, 0), (124, 117, 104)):
        ready = tf.keras.applications.vgg16.preprocess_input(np.array([[pixel]], "float32"))[0, 0]
        shown = ", ".join(f"{value:.3f}" for value in ready).replace("-", "−")
        assert f"({shown}) |" in PROSE, shown


def test_the_trunk_is_as_described(tf):
    trunk = tf.keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
    assert trunk.count_params() == sum(map(parameters, BLOCKS)) == 14_714_688
    assert len(trunk.trainable_weights) == 26
    share = parameters(BLOCKS[4]) / trunk.count_params()
    assert 0.45 < share < 0.5 and says("half", "parameters", "block 5")
    assert trunk.output.shape[1:] == (1, 1, 512)
    for block in (2, 3, 4, 5):
        shape = trunk.get_layer(f"block{block}_pool").output.shape[1:]
        row = f"| `block{block}_pool` | (n, {', '.join(map(str, shape))}) | {np.prod(shape):,} |"
        assert row in PROSE
    first = np.prod(trunk.get_layer("block1_pool").output.shape[1:])
    assert first == 4 * 4096 == 16_384 and says("16,384", "four times", "block 3")


def test_costs_of_a_pass():
    multiplications = sum(9 * side**2 * inputs * outputs for block in BLOCKS for side, inputs, outputs in block)
    assert 300e6 < multiplications < 320e6 and says("300 million", "multiplications")
    assert 32 * 32 * 64 * 4 == 256 * 1024 and says("256 KB", "image")
    assert 500e6 < 2000 * 32 * 32 * 64 * 4 < 530e6 and says("500 MB", "2,000")


def test_the_stand_in_by_hand():
    convolutions, normal = [3 * 3 * 3 * 4 + 4, 3 * 3 * 4 * 4 + 4], 2 * 4
    trained = convolutions[0] + 2 * convolutions[1] + 3 * normal
    assert (convolutions, trained, trained + 3 * normal) == ([112, 148], 432, 456)
    for text in ("3·3·3·4 + 4 = 112", "3·3·4·4 + 4 = 148", "112 + 2·148 + 3·8 = 432", "out of 456"):
        assert text in PROSE


def test_standard_deviations_of_shares():
    assert says(0.5, f"{np.sqrt(0.25 / 300):.3f}")
    assert says(f"{100 * np.sqrt(0.25 / 1000):.1f} points")
    assert 4 < 100 * np.sqrt(0.91 * 0.09 / 40) < 5.5 and says("5 points")
    assert f"/ 2) = {np.std([0.40, 0.44, 0.45], ddof=1):.4f}" in PROSE
    assert '"cpu": (30, 100)' in CODE, "300 validation and 1,000 test images at the CPU budget"


def test_momentum_by_hand(tf):
    assert f"$0.99^{{80}} = {0.99**80:.2f}$" in PROSE and f"$0.9^{{80}} = {0.9**80:.4f}$" in PROSE
    average = tf.keras.layers.BatchNormalization(momentum=0.9)
    average(np.full((4, 1), 5.0, "float32"), training=True)
    assert float(average.moving_mean[0]) == pytest.approx(0.9 * 0 + 0.1 * 5)
    assert tf.keras.layers.BatchNormalization().momentum == 0.99
    assert -(-500 // 64) == 8, "8 batches an epoch"


def test_what_the_prose_says_about_keras(tf):
    """Frozen batch normalisation runs in inference mode; a functional network overrules training=False; a switch is
    handed on only where it is turned; a single output comes by itself."""
    normal = tf.keras.layers.BatchNormalization()
    normal.trainable = False
    normal(np.full((4, 1), 5.0, "float32"), training=True)
    assert float(normal.moving_mean[0]) == 0
    inputs = tf.keras.Input((1000,))
    network = tf.keras.Model(inputs, tf.keras.layers.Dropout(0.5)(inputs, training=False))
    assert np.any(np.asarray(network(np.ones((1, 1000), "float32"), training=True)) == 0)
    model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1)])
    model.trainable = False
    model.layers[0].trainable = True
    assert model.trainable_weights == []
    model.trainable = True
    assert len(model.trainable_weights) == 2
    model.layers[0].trainable = False
    model.trainable = True
    assert model.trainable_weights == [], "the model's own switch said so already"
    reader = tf.keras.Model(model.inputs, [model.layers[0].output])
    assert np.asarray(reader(np.ones((3, 2), "float32"))).shape == (3, 1), "not a list of one"
    named = tf.keras.Model(model.inputs, {"only": model.layers[0].output})
    assert list(named(np.ones((3, 2), "float32"))) == ["only"]


def test_learning_rates():
    assert "with a peak of 0.001" in CODE and says(0.0002, "fifth")
    assert pytest.approx(5) == 0.001 / 0.0002 and CODE.count("0.0002") == 2


def test_the_small_network_has_the_stated_parameters():
    convolutions = 9 * (3 * 32 + 32 * 64 + 64 * 128)
    count = convolutions + 4 * (32 + 64 + 128) + 4 * 4 * 128 * 10 + 10
    assert f"{count:,} parameters" in CODE


def test_grad_cam_by_hand():
    maps = np.array([[[4, 1], [0, 3]], [[0, 3], [1, 2]]])
    weights = np.array([[[4, 0], [0, 0]], [[0, -2], [-2, 0]]]).mean(axis=(1, 2))
    assert weights.tolist() == [1, -1]
    summed = np.tensordot(weights, maps, 1)
    assert summed.tolist() == [[4, -2], [-1, 1]] and "[[4, −2], [−1, 1]]" in PROSE
    assert (np.maximum(summed, 0) / 4).tolist() == [[1, 0], [0, 0.25]] and "[[1, 0], [0, 0.25]]" in PROSE


def test_the_data_are_as_described():
    (images, labels), (test_images, _) = datasets.cifar10()
    assert (len(images), len(test_images)) == (10_000, 2_000)
    assert bench.plans(NAME)["cpu"].images // 10 + 30 <= np.bincount(labels).min()
    assert np.bincount(labels).min() >= 30 + 400 and says("4,000")


def test_what_the_prose_says_about_the_probes_follows_from_the_stored_run():
    stored = bench.stored(NAME)
    probe = stored["probe"]
    best = {setting: max(shares, key=shares.get) for setting, shares in probe.items()}
    highest = {setting: max(shares.values()) for setting, shares in probe.items()}
    assert stored["trunk"] == "vgg16_hed", "other weights, other claims"
    assert says("best", bench.percent(highest["32×32 pixels"], 1))
    assert says("random weights", bench.percent(highest["random weights"], 1))
    random = list(probe["random weights"].values())
    assert random == sorted(random, reverse=True), "from block to block random weights only lose"
    assert says("best", bench.percent(highest["48×48 pixels"], 1)) and 48**2 / 32**2 == 2.25
    assert says("luck", bench.percent(highest["64×64 pixels"], 1))
    luck = np.sqrt(0.5 * 0.5 / 1000)
    assert says(f"{100 * luck:.1f} points")
    assert 0 < highest["64×64 pixels"] - highest["48×48 pixels"] < luck
    assert highest["48×48 pixels"] - highest["32×32 pixels"] > 2 * luck
    assert best["32×32 pixels"] == best["48×48 pixels"] == "block3_pool" and best["64×64 pixels"] == "block4_pool"
    assert abs(probe["64×64 pixels"]["block4_pool"] - probe["64×64 pixels"]["block3_pool"]) < luck
    for setting, shares in probe.items():
        assert min(shares, key=shares.get) == "block5_pool", setting


def test_what_the_prose_says_about_the_three_ways_follows_from_the_stored_run():
    found = {
        method: np.array([runs[count] for count in ("20", "50", "200")])
        for method, runs in bench.stored(NAME)["runs"].items()
    }
    scratch, extraction, tuning = (found[method] for method in ("from scratch", "extraction", "fine-tuning"))
    assert scratch.shape == extraction.shape == tuning.shape == (3, 5)
    first, second, third = (f"{100 * gain:.1f}" for gain in (extraction - scratch).mean(axis=1))
    assert says(first, 20, second, 50, third, 200)
    assert says((extraction - scratch > 1e-9).sum(), 15, "pairs")
    gains = (tuning - extraction).mean(axis=1)
    first, second, third = (f"{100 * gain:.1f}" for gain in gains)
    assert says(first, second, third, "points")
    assert np.all(gains < extraction.std(axis=1, ddof=1)), "less than the deviation between seeds"
    assert says((tuning - extraction > 1e-9).sum(), 15, "pairs")
    rise = [curve.mean(axis=1)[2] - curve.mean(axis=1)[0] for curve in found.values()]
    assert min(rise) > 0.17 and max(rise) < 0.19 and says(17, 19, "points")
    assert 224 / 32 == 7 and says("seventh")
