"""The numbers in assignment 7's prose, each computed again without the assignment's own answers."""

import json
import re

import bench
import jupytext
import numpy as np
import pytest
import tensorflow as tf
from conftest import REPOSITORY

from autograder.audit import seeds_file
from cnnlab import datasets

NAME = "07-transfer-learning"
FOLDER = REPOSITORY / "solutions" / NAME
CELLS = jupytext.read(FOLDER / "transfer_learning.py").cells
PROSE = "\n".join(cell.source for cell in CELLS if cell.cell_type == "markdown")
CODE = "\n".join(cell.source for cell in CELLS if cell.cell_type == "code")
STORED = json.loads((REPOSITORY / "data" / "runs" / f"{NAME}.json").read_text(encoding="utf-8"))
# VGG-16's convolutions: side of the map at 32×32 pixels, channels in, channels out.
BLOCKS = (
    [(32, 3, 64), (32, 64, 64)], [(16, 64, 128), (16, 128, 128)], [(8, 128, 256)] + 2 * [(8, 256, 256)],
    [(4, 256, 512)] + 2 * [(4, 512, 512)], 3 * [(2, 512, 512)],
)


def parameters(layers):
    return sum(9 * inputs * outputs + outputs for _, inputs, outputs in layers)


def percent(share, digits=1):
    return f"{100 * share:.{digits}f} %"


def test_points_in_the_headings_are_those_of_the_cells():
    graded = [cell.metadata["nbgrader"] for cell in CELLS if "nbgrader" in cell.metadata]
    points = [cell["points"] for cell in graded if cell["grade"]]
    stated = [int(number) for number in re.findall(r"\((\d) points", PROSE)]
    assert points == stated
    assert len(points) == 10 and "nine tasks and a written question" in PROSE
    assert f"{sum(points)} points in all" in PROSE


def test_no_claim_was_left_open():
    assert not re.search(r"\b[A-Z]+_CLAIM\b|\b[GC][123] (%|standard)", PROSE)


def test_pixels_prepared_by_hand():
    for pixel in ((255, 0, 0), (0, 0, 0), (124, 117, 104)):
        ready = tf.keras.applications.vgg16.preprocess_input(np.array([[pixel]], "float32"))[0, 0]
        shown = ", ".join(f"{value:.3f}" for value in ready).replace("-", "−")
        assert f"({shown}) |" in PROSE, shown


def test_the_trunk_is_as_described():
    trunk = tf.keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
    assert trunk.count_params() == sum(map(parameters, BLOCKS)) == 14_714_688
    assert len(trunk.trainable_weights) == 26
    share = parameters(BLOCKS[4]) / trunk.count_params()
    assert 0.45 < share < 0.5 and "Almost half of the parameters are in block 5" in PROSE
    assert trunk.output.shape[1:] == (1, 1, 512) and "only a single place is left there" in PROSE
    for block in (2, 3, 4, 5):
        shape = trunk.get_layer(f"block{block}_pool").output.shape[1:]
        row = f"| `block{block}_pool` | (n, {', '.join(map(str, shape))}) | {np.prod(shape):,} |"
        assert row in PROSE
    first = np.prod(trunk.get_layer("block1_pool").output.shape[1:])
    assert first == 4 * 4096 == 16_384 and "16,384 numbers per image are four times as many as those of block 3" in PROSE


def test_costs_of_a_pass():
    multiplications = sum(9 * side**2 * inputs * outputs for block in BLOCKS for side, inputs, outputs in block)
    assert 300e6 < multiplications < 320e6 and "more than 300 million multiplications" in PROSE
    assert 32 * 32 * 64 * 4 == 256 * 1024 and "256 KB an image" in PROSE
    assert 500e6 < 2000 * 32 * 32 * 64 * 4 < 530e6 and "500 MB for 2,000 images" in PROSE


def test_the_stand_in_by_hand():
    convolutions, normal = [3 * 3 * 3 * 4 + 4, 3 * 3 * 4 * 4 + 4], 2 * 4
    trained = convolutions[0] + 2 * convolutions[1] + 3 * normal
    assert (convolutions, trained, trained + 3 * normal) == ([112, 148], 432, 456)
    for text in ("3·3·3·4 + 4 = 112", "3·3·4·4 + 4 = 148", "112 + 2·148 + 3·8 = 432", "out of 456"):
        assert text in PROSE


def test_standard_deviations_of_shares():
    assert f"for $p = 0.5$ that is {np.sqrt(0.25 / 300):.3f}" in PROSE
    assert f"is {100 * np.sqrt(0.25 / 1000):.1f} points" in PROSE
    assert 4 < 100 * np.sqrt(0.91 * 0.09 / 40) < 5.5 and "about 5 points" in PROSE
    assert f"/ 2) = {np.std([0.40, 0.44, 0.45], ddof=1):.4f}" in PROSE
    assert '"cpu": (30, 100)' in CODE, "300 validation and 1,000 test images at the CPU budget"


def test_momentum_by_hand():
    assert f"$0.99^{{80}} = {0.99**80:.2f}$" in PROSE and f"$0.9^{{80}} = {0.9**80:.4f}$" in PROSE
    average = tf.keras.layers.BatchNormalization(momentum=0.9)
    average(np.full((4, 1), 5.0, "float32"), training=True)
    assert float(average.moving_mean[0]) == pytest.approx(0.9 * 0 + 0.1 * 5)
    assert tf.keras.layers.BatchNormalization().momentum == 0.99
    assert -(-500 // 64) == 8, "8 batches an epoch"


def test_what_the_prose_says_about_keras():
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
    assert "Keras hands a switch on to the layers inside only where it is really turned" in PROSE
    reader = tf.keras.Model(model.inputs, [model.layers[0].output])
    assert np.asarray(reader(np.ones((3, 2), "float32"))).shape == (3, 1), "not a list of one"
    named = tf.keras.Model(model.inputs, {"only": model.layers[0].output})
    assert list(named(np.ones((3, 2), "float32"))) == ["only"]


def test_learning_rates():
    assert "with a peak of 0.001" in CODE and "learning rate of 0.0002, a fifth of the head's" in PROSE
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
    plans = bench.plans(NAME)
    assert plans["cpu"].images // 10 + 30 <= np.bincount(labels).min()
    assert np.bincount(labels).min() >= 30 + 400 and "drawn from 4,000" in PROSE


@pytest.mark.parametrize("name", ["grading", "cpu"])
def test_each_threshold_is_measured_and_four_deviations_below_the_mean(name):
    plan = bench.plans(NAME)[name]
    shares = seeds_file.read(FOLDER)[name].accuracies
    mean, deviation = np.mean(shares), np.std(shares, ddof=1)
    assert len(shares) == 20 and mean - 4 * deviation >= plan.accuracy
    row = (
        f"| {name} | {plan.images:,} images, {plan.epochs} epochs | {percent(mean)} | {percent(deviation)} | "
        f"{percent(plan.accuracy)} | {(mean - plan.accuracy) / deviation:.1f} standard deviations |"
    )
    assert row in PROSE
    assert plan.of.startswith("the test set"), "a share of the probe's accuracy on it"


def test_what_the_prose_says_about_the_probes_follows_from_the_stored_run():
    probe = STORED["results"]["probe"]
    best = {setting: max(shares, key=shares.get) for setting, shares in probe.items()}
    highest = {setting: max(shares.values()) for setting, shares in probe.items()}
    assert STORED["results"]["trunk"] == "vgg16_hed", "other weights, other claims"
    assert f"the best layer reaches {percent(highest['32×32 pixels'])}." in PROSE
    assert f"random weights the best reaches {percent(highest['random weights'])}," in PROSE
    random = list(probe["random weights"].values())
    assert random == sorted(random, reverse=True), "from block to block random weights only lose"
    assert f"the best layer reaches {percent(highest['48×48 pixels'])};" in PROSE and 48**2 / 32**2 == 2.25
    assert f"told from luck ({percent(highest['64×64 pixels'])})" in PROSE
    luck = np.sqrt(0.5 * 0.5 / 1000)
    assert f"about {100 * luck:.1f} points" in PROSE
    assert 0 < highest["64×64 pixels"] - highest["48×48 pixels"] < luck
    assert highest["48×48 pixels"] - highest["32×32 pixels"] > 2 * luck
    assert best["32×32 pixels"] == best["48×48 pixels"] == "block3_pool" and best["64×64 pixels"] == "block4_pool"
    assert abs(probe["64×64 pixels"]["block4_pool"] - probe["64×64 pixels"]["block3_pool"]) < luck
    for setting, shares in probe.items():
        assert min(shares, key=shares.get) == "block5_pool", setting


def test_what_the_prose_says_about_the_three_ways_follows_from_the_stored_run():
    found = {
        method: np.array([runs[count] for count in ("20", "50", "200")])
        for method, runs in STORED["results"]["runs"].items()
    }
    scratch, extraction, tuning = (found[method] for method in ("from scratch", "extraction", "fine-tuning"))
    assert scratch.shape == extraction.shape == tuning.shape == (3, 5)
    first, second, third = (f"{100 * gain:.1f}" for gain in (extraction - scratch).mean(axis=1))
    assert f"by {first} points with 20 images per class, {second} with 50 and {third} with 200" in PROSE
    assert f"in {(extraction - scratch > 1e-9).sum()} of the 15 pairs of runs" in PROSE
    gains = (tuning - extraction).mean(axis=1)
    first, second, third = (f"{100 * gain:.1f}" for gain in gains)
    assert f"adds {first}, {second} and {third} points" in PROSE
    assert np.all(gains < extraction.std(axis=1, ddof=1)), "less than the deviation between seeds"
    assert f"ahead in only {(tuning - extraction > 1e-9).sum()} of the 15 pairs" in PROSE
    rise = [curve.mean(axis=1)[2] - curve.mean(axis=1)[0] for curve in found.values()]
    assert min(rise) > 0.17 and max(rise) < 0.19 and "gains 17 to 19 points" in PROSE
    assert 224 / 32 == 7 and "a seventh as wide" in PROSE
