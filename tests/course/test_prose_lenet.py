"""The numbers in assignment 2's prose, each computed again without the assignment's own answers."""

import re

import bench
import jupytext
import numpy as np
import pytest
import tensorflow as tf
from conftest import REPOSITORY

from autograder.audit import seeds_file
from cnnlab import budget, datasets, tensorboard

FOLDER = REPOSITORY / "solutions" / "02-lenet"
CELLS = jupytext.read(FOLDER / "lenet.py").cells
PROSE = "\n".join(cell.source for cell in CELLS if cell.cell_type == "markdown")
LAYERS = [(5 * 5 * 1, 6), (5 * 5 * 6, 16), (400, 120), (120, 84), (84, 10)]  # inputs, outputs
PARAMETERS = [inputs * outputs + outputs for inputs, outputs in LAYERS]


def test_points_in_the_headings_are_those_of_the_cells():
    graded = [cell.metadata["nbgrader"] for cell in CELLS if "nbgrader" in cell.metadata]
    points = [cell["points"] for cell in graded if cell["grade"]]
    stated = [int(number) for number in re.findall(r"\((\d) points", PROSE)]
    assert points == stated
    assert len(points) == 10, "nine tasks and a written question"
    assert f"{sum(points)} points in all" in PROSE


def test_bytes_scaled_by_hand():
    scaled = np.array([0, 51, 102, 153, 255]) / 255
    assert "| byte / 255 | " + " | ".join(f"{value:.1f}" for value in scaled) + " |" in PROSE


def test_parameters_of_the_table_and_their_sum():
    for count in PARAMETERS:
        assert f"= {count:,} |" in PROSE
    assert sum(PARAMETERS) == 61_706 and "**61,706**" in PROSE
    assert f"{PARAMETERS[2] / sum(PARAMETERS):.0%}".replace("%", " %") + " of them in layer 5" in PROSE
    assert f"need {PARAMETERS[0] + PARAMETERS[1]:,} parameters together" in PROSE


def test_sizes_by_the_formula():
    assert "28 + 2·2 − 5 + 1 = 28" in PROSE and 28 + 2 * 2 - 5 + 1 == 28
    assert "14 − 5 + 1 = 10" in PROSE and 14 - 5 + 1 == 10


def test_softmax_and_cross_entropy_by_hand():
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


def test_the_schedule_is_what_the_prose_says():
    code = "\n".join(cell.source for cell in CELLS if cell.cell_type == "code")
    peak = float(re.search(r"CosineDecay\(([\d.]+), steps\)", code)[1])
    assert f"from {peak} to 0 along half a cosine" in PROSE
    assert float(tf.keras.optimizers.schedules.CosineDecay(peak, 500)(500)) == pytest.approx(0)


def test_the_early_stopping_example_stops_after_epoch_6():
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
    assert "their average is 2.5" in PROSE and "(1 + 1 + 4) / 3 = 2" in PROSE
    assert f"(2 − 1)) = {np.std([0.90, 0.94], ddof=1):.4f}" in PROSE
    assert "at most (1/4)⁴ = 1/256" in PROSE and 4**4 == 256


def test_the_confusion_matrix_by_hand():
    matrix = tf.math.confusion_matrix([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 0, 0], 3).numpy()
    for place, row in enumerate(matrix):
        assert f"| **true {place}** | " + " | ".join(map(str, row)) + " |" in PROSE


def test_the_data_are_as_described():
    (images, labels), (test_images, _) = datasets.mnist()
    assert images.shape == (60_000, 28, 28) and len(test_images) == 10_000
    assert labels[0] == 5 and images[0, 5:13, 14:22].max() == 255
    for plan in bench.plans("02-lenet").values():
        assert max(plan.images, plan.comparison_images) <= 55_000, "the last 5,000 are for validation"


@pytest.mark.parametrize("name", budget.NAMES)
def test_each_threshold_is_measured_and_four_deviations_below_the_mean(name):
    plan = bench.plans("02-lenet")[name]
    accuracies = seeds_file.read(FOLDER)[name].accuracies
    mean, deviation = np.mean(accuracies), np.std(accuracies, ddof=1)
    assert len(accuracies) == 20
    assert mean - 4 * deviation >= plan.accuracy
    row = (
        f"| {name} | {plan.images:,} images, {plan.epochs} epochs | {mean:.2%} | {deviation:.2%} | "
        f"{plan.accuracy:.1%} | {(mean - plan.accuracy) / deviation:.1f} standard deviations |"
    )
    assert row.replace("%", " %") in PROSE


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
