"""The numbers in assignment 2's prose, each computed again without the assignment's own answers."""

import re
from functools import partial

import bench
import numpy as np
import pytest

from cnnlab import datasets, tensorboard

NAME = "02-lenet"
PROSE = bench.prose(NAME)
says = partial(bench.says, PROSE)
LAYERS = [(5 * 5 * 1, 6), (5 * 5 * 6, 16), (400, 120), (120, 84), (84, 10)]  # inputs, outputs
PARAMETERS = [inputs * outputs + outputs for inputs, outputs in LAYERS]


def test_bytes_scaled_by_hand():
    scaled = np.array([0, 51, 102, 153, 255]) / 255
    assert "| byte / 255 | " + " | ".join(f"{value:.1f}" for value in scaled) + " |" in PROSE


def test_parameters_of_the_table_and_their_sum():
    for count in PARAMETERS:
        assert f"= {count:,} |" in PROSE
    assert sum(PARAMETERS) == 61_706 and "**61,706**" in PROSE
    assert says(bench.percent(PARAMETERS[2] / sum(PARAMETERS)), "layer 5")
    assert says(f"{PARAMETERS[0] + PARAMETERS[1]:,}", "parameters")


def test_sizes_by_the_formula():
    assert "28 + 2·2 − 5 + 1 = 28" in PROSE and 28 + 2 * 2 - 5 + 1 == 28
    assert "14 − 5 + 1 = 10" in PROSE and 14 - 5 + 1 == 10


def test_softmax_and_cross_entropy_by_hand(tf):
    powers = np.exp([2.0, 1.0, 0.0])
    for place, power in enumerate(powers):
        share = power / powers.sum()
        row = f"| {place} | {2 - place} | {power:.3f} | {share:.3f} | {-np.log(share):.3f} |"
        assert row in PROSE
    assert f"| {powers.sum():.3f} |" in PROSE
    loss = tf.keras.losses.sparse_categorical_crossentropy(
        np.array([3]), np.zeros((1, 10), "float32"), from_logits=True
    )
    assert f"ln 10 = {float(loss[0]):.3f}" in PROSE


def test_the_schedule_is_what_the_prose_says(tf):
    peak = float(re.search(r"CosineDecay\(([\d.]+), steps\)", bench.code(NAME))[1])
    assert says(peak, 0, "cosine")
    assert float(tf.keras.optimizers.schedules.CosineDecay(peak, 500)(500)) == pytest.approx(0)


def test_the_early_stopping_example_stops_after_epoch_6(tf):
    losses = [0.40, 0.31, 0.28, 0.30, 0.29, 0.33, 0.27]
    assert "0.40 | 0.31 | **0.28** | 0.30 | 0.29 | 0.33 | 0.27" in PROSE
    model = tf.keras.Sequential([tf.keras.Input((1,)), tf.keras.layers.Dense(1)])
    stop = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3)
    stop.set_model(model)
    model.stop_training = False
    stop.on_train_begin()
    for epoch, loss in enumerate(losses, start=1):
        stop.on_epoch_end(epoch - 1, {"val_loss": loss})
        if model.stop_training:
            break
    assert epoch == 6


def test_means_and_deviations_by_hand():
    assert np.mean([np.mean([1, 1]), 4]) == 2.5 and np.mean([1, 1, 4]) == 2
    assert says("average", 2.5) and "(1 + 1 + 4) / 3 = 2" in PROSE
    assert f"(2 − 1)) = {np.std([0.90, 0.94], ddof=1):.4f}" in PROSE
    assert "(1/4)⁴ = 1/256" in PROSE and 4**4 == 256


def test_the_confusion_matrix_by_hand(tf):
    matrix = tf.math.confusion_matrix([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 0, 0], 3).numpy()
    for place, row in enumerate(matrix):
        assert f"| **true {place}** | " + " | ".join(map(str, row)) + " |" in PROSE


def test_the_data_are_as_described():
    (images, labels), (test_images, _) = datasets.mnist()
    assert images.shape == (60_000, 28, 28) and len(test_images) == 10_000
    assert labels[0] == 5 and images[0, 5:13, 14:22].max() == 255
    for plan in bench.plans(NAME).values():
        assert max(plan.images, plan.comparison_images) <= 55_000, "the last 5,000 are for validation"


def test_logs_are_only_ever_cleared_below_logs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tensorboard.new_folder("logs/run")
    (tmp_path / folder / "old").write_text("old")
    assert list((tmp_path / tensorboard.new_folder("logs/run")).iterdir()) == []
    for elsewhere in (".", "logs", "../logs", "data"):
        with pytest.raises(ValueError, match="below logs/"):
            tensorboard.new_folder(elsewhere)


def test_tensorboard_is_skipped_where_nobody_looks(monkeypatch, capsys):
    monkeypatch.setenv("CNNLAB_HEADLESS", "1")
    monkeypatch.setenv("JPY_SESSION_NAME", "lenet.ipynb")
    assert not tensorboard.has_browser()
    tensorboard.show("logs")
    assert "No browser here" in capsys.readouterr().out
    monkeypatch.delenv("CNNLAB_HEADLESS")
    monkeypatch.setenv("CNNLAB_BUDGET", "cpu")
    assert tensorboard.has_browser()
    monkeypatch.setenv("CNNLAB_BUDGET", "grading")
    assert not tensorboard.has_browser()
