"""The numbers in assignment 4's prose, each computed again without the assignment's own answers."""

import json
import re

import jupytext
import numpy as np
import pytest
import tensorflow as tf
from conftest import REPOSITORY

from autograder.audit import seeds_file
from cnnlab import budget, datasets

FOLDER = REPOSITORY / "solutions" / "04-vgg16"
CELLS = jupytext.read(FOLDER / "vgg16.py").cells
PROSE = "\n".join(cell.source for cell in CELLS if cell.cell_type == "markdown")
CODE = "\n".join(cell.source for cell in CELLS if cell.cell_type == "code")
STORED = REPOSITORY / "data" / "runs" / "04-vgg16.json"
# Convolutions in each block, and configuration C's three of 1×1: table 1 of the paper.
DEPTHS = {"A": (1, 1, 2, 2, 2), "B": (2, 2, 2, 2, 2), "C": (2, 2, 3, 3, 3), "D": (2, 2, 3, 3, 3), "E": (2, 2, 4, 4, 4)}


def network(name: str, side: int = 224, classes: int = 1000) -> tuple[dict, dict]:
    """Parameters and multiplications of each layer with weights."""
    parameters, products, channels = {}, {}, 3
    for block, depth in enumerate(DEPTHS[name]):
        filters = min(64 * 2**block, 512)
        for place in range(depth):
            kernel = 1 if name == "C" and place == 2 else 3
            weights = kernel * kernel * channels * filters
            parameters[f"conv{block + 1}_{place + 1}"] = weights + filters
            products[f"conv{block + 1}_{place + 1}"] = weights * side * side
            channels = filters
        side //= 2
    inputs = side * side * channels
    for place, units in enumerate((4096, 4096, classes)):
        parameters[f"fc{place + 1}"], products[f"fc{place + 1}"] = inputs * units + units, inputs * units
        inputs = units
    return parameters, products


def share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}".replace("%", " %")


@pytest.fixture(scope="module")
def plans():
    """The plan at each budget, from the notebook's own cell."""
    (cell,) = [cell for cell in CELLS if "budget" in cell.metadata.get("tags", [])]
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in budget.NAMES:
            patch.setenv("CNNLAB_BUDGET", name)
            variables = {"budget": budget}
            exec(cell.source, variables)
            found[name] = variables["plan"]
    return found


@pytest.fixture(scope="module")
def stored():
    return json.loads(STORED.read_text(encoding="utf-8"))["results"]


def test_points_in_the_headings_are_those_of_the_cells():
    graded = [cell.metadata["nbgrader"] for cell in CELLS if "nbgrader" in cell.metadata]
    points = [cell["points"] for cell in graded if cell["grade"]]
    assert points == [int(number) for number in re.findall(r"\((\d) points", PROSE)]
    assert len(points) == 11, "ten tasks and a written question"
    assert f"{sum(points)} points in all" in PROSE


def test_one_large_kernel_against_a_stack():
    for words, kernel, layers in (("one layer of 5×5", 5, 1), ("two layers of 3×3", 3, 2), ("one layer of 7×7", 7, 1), ("three layers of 3×3", 3, 3)):
        field = 1 + layers * (kernel - 1)
        weights = layers * kernel**2
        assert f"| {words} | {field}×{field} | {weights}·C² | {weights * 256**2:,} | {layers} |" in PROSE
    assert f"{share(49 - 27, 49)} fewer weights" in PROSE
    assert f"25·C² instead of 18·C², {share(25 - 18, 18)} more" in PROSE


def test_the_five_configurations_are_those_of_the_paper():
    totals = {"A": 132_863_336, "B": 133_047_848, "C": 133_638_952, "D": 138_357_544, "E": 143_667_240}
    variables: dict = {}
    exec(next(cell.source for cell in CELLS if cell.source.startswith("FILTERS")), variables)
    for name, total in totals.items():
        assert sum(network(name)[0].values()) == total
        sizes = [[1 if name == "C" and place == 2 else 3 for place in range(depth)] for depth in DEPTHS[name]]
        assert [list(kernels) for _, kernels in variables["CONFIGURATIONS"][name]] == sizes
        assert [filters for filters, _ in variables["CONFIGURATIONS"][name]] == [64, 128, 256, 512, 512]
    assert f"VGG-16**. E is VGG-{sum(DEPTHS['E']) + 3}." in PROSE and sum(DEPTHS["D"]) + 3 == 16
    assert f"from {sum(DEPTHS['A']) + 3} to {sum(DEPTHS['E']) + 3} layers" in PROSE
    assert f"parameters by only {share(totals['E'] - totals['A'], totals['A'])}" in PROSE
    few, many = sum(network("A")[1].values()), sum(network("E")[1].values())
    assert f"multiplications grow by {share(many - few, few)}" in PROSE


def test_where_parameters_and_multiplications_sit():
    parameters, products = network("D")
    total, dense = sum(parameters.values()), sum(count for name, count in parameters.items() if name.startswith("fc"))
    assert f"{total:,} parameters sit" in PROSE and f"{total:,} numbers of 4 bytes each need {total * 4 / 1e6:.0f} MB" in PROSE
    assert f"hold {share(dense, total)} of the parameters, fc1 alone {parameters['fc1']:,} of them, {share(parameters['fc1'], total)}" in PROSE
    convolutions, everything = sum(count for name, count in products.items() if name.startswith("conv")), sum(products.values())
    assert f"do {share(convolutions, everything)} of the multiplications, {convolutions / 1e9:.1f} of {everything / 1e9:.1f} billion" in PROSE
    repeated = [products[name] for name in ("conv1_2", "conv2_2", "conv3_2", "conv3_3", "conv4_2", "conv4_3")]
    assert len(set(repeated)) == 1 and f"costs the same, {repeated[0] / 1e9:.2f} billion" in PROSE
    assert 7 * 7 * 512 == 25_088 and "7×7×512, is flattened to 25,088 numbers" in PROSE
    assert f"{len(parameters) + 5} rows" in PROSE


def test_layers_by_hand():
    layer = tf.keras.layers.Conv2D(4, 3, padding="same")
    layer.build((None, 6, 6, 2))
    dense = tf.keras.layers.Dense(5)
    dense.build((None, 36))
    assert f"3·3·2·4 + 4 = {layer.count_params()}" in PROSE
    assert f"6·6 places × 3·3·2·4 = {36 * 72:,}" in PROSE
    assert f"36·5 + 5 = {dense.count_params()} | 36·5 = 180" in PROSE
    assert 200 * 0.5 + 100 * 0.25 + 50 * 0.2 == 135 and "100 + 25 + 10 = 135" in PROSE


def test_vgg_for_small_images():
    parameters, _ = network("D", 32, 10)
    assert sum(parameters.values()) == 33_638_218
    assert 0.7 < 1 - 33_638_218 / 138_357_544 < 0.8 and "loses three quarters of its parameters" in PROSE
    assert 32 // 2**5 == 1 and "five poolings leave 1×1×512" in PROSE
    sides = [28 // 2**pooling for pooling in range(5)]
    assert ", ".join(map(str, sides)) + ", and then nothing is left" in PROSE


def test_the_equation_of_the_mini_vgg_has_one_solution():
    dense = 3136 * 128 + 128 + 128 * 10 + 10
    assert f"= {dense:,} of them; {467_818 - dense:,} are left" in PROSE and 7 * 7 * 64 == 3136

    def convolutions(w):
        return (9 * w + w) + (9 * w * w + w) + (9 * w * 64 + 64) + (9 * 64 * 64 + 64)

    solutions = [w for w in range(1, 500) if convolutions(w) == 467_818 - dense]
    assert solutions == [32]
    for w in (3, 10, 47):
        assert convolutions(w) == 9 * w**2 + 587 * w + 36_992
    assert "9·w² + 587·w + 36,992 = 64,992" in PROSE
    assert f"467,818 numbers of 4 bytes are {467_818 * 4 / 1e6:.1f} MB" in PROSE


def test_batches_and_shuffling():
    sizes = [len(batch) for batch in tf.data.Dataset.range(100).batch(32)]
    assert "batches of " + ", ".join(map(str, sizes[:-1])) + f" and {sizes[-1]}" in PROSE
    order = [int(place) for place in tf.data.Dataset.range(9_000).shuffle(100, seed=3)]
    assert max(place - when for when, place in enumerate(order)) < 100
    assert "the image at place 5,000 cannot come before place 4,900" in PROSE


def test_the_tape_by_hand():
    weight = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        loss = (3 * weight - 9) ** 2
    slope = float(tape.gradient(loss, weight))
    after = 1 - 0.05 * slope
    assert (float(loss), slope) == (36, -36) and after == pytest.approx(2.8)
    assert "2·(3·w − 9)·3 = −36" in PROSE and "w = 1 − 0.05·(−36) = 2.8, and the loss there is 0.36" in PROSE
    assert float((3 * after - 9) ** 2) == pytest.approx(0.36)
    assert np.mean([1, 1, 4]) == 2 and np.mean([1, 4]) == 2.5 and "(2·1 + 1·4) / (2 + 1) = 2" in PROSE


def test_tenths_of_the_batches(plans):
    batches = -(-plans["cpu"].images // 32)
    assert f"With {batches} of them, 10·(batches done) // {batches}" in PROSE
    assert 10 * 81 // batches == 0 and 10 * 82 // batches == 1


def test_the_schedule_is_what_the_prose_says():
    schedule = tf.keras.optimizers.schedules.CosineDecay(0.0002, 900, warmup_target=0.002, warmup_steps=100)
    assert float(schedule(100)) == pytest.approx(0.002) and float(schedule(1000)) == pytest.approx(0, abs=1e-9)
    assert "0.0002, total - total // 10, warmup_target=0.002, warmup_steps=total // 10" in CODE
    assert "for the first tenth of the steps to 0.002" in PROSE


def test_the_notes():
    sides = [28]
    for _ in range(4):
        sides.append(tf.nn.max_pool2d(tf.zeros((1, sides[-1], sides[-1], 1)), 2, 2, "VALID").shape[1])
    assert sides == [28, 14, 7, 3, 1]
    fitting = [size for size in range(1, 501) if [size // 2**n for n in (2, 3, 4)] == [8, 4, 2]]
    assert fitting == [32, 33, 34, 35] and "right for 32×32 images (and for 33, 34 and 35" in PROSE
    assert 32 // 2 == 16 and "32 becomes 16" in PROSE
    assert 2 * 2 * 512 == 2048 and 1 * 1 * 512 * 4 == 2048 and "a quarter of the 2,048 numbers is left, 512" in PROSE
    assert [20 // 2, 20 // 4, 20 // 8] == [10, 5, 2] and "of 20 pixels come 10, then 5, then 2" in PROSE
    assert [size for size in range(500) if size // 4 == 5] == [20, 21, 22, 23]


def test_dense_straight_on_the_image():
    layer = tf.keras.layers.Dense(10)
    assert layer(tf.zeros((1, 28, 28, 1))).shape == (1, 28, 28, 10) and layer.count_params() == 20
    assert "28×28×10 logits" in PROSE and "from the same 20 parameters" in PROSE
    assert "each of the 784 pixels" in PROSE and 28 * 28 == 784
    filters = [1, 64, 128, 256, 512]
    blocks = sum(9 * m * n + n + 9 * n * n + n for m, n in zip(filters, filters[1:], strict=False))
    assert f"the {blocks / 1e6:.1f} million weights of the four blocks" in PROSE
    small = tf.keras.layers.Dense(2)
    assert small(tf.zeros((5, 3))).shape == (5, 2) and small.count_params() == 8
    assert "gives (5, 2), with a kernel of 3·2 and 2 biases: 8 parameters" in PROSE
    with pytest.raises(ValueError, match="shape|rank"):
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(np.zeros(3), np.zeros((3, 28, 28, 10), "float32"))


def test_what_the_prose_says_about_building_is_true(recwarn):
    class Small(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = tf.keras.layers.Dense(3)

        def call(self, values):
            return self.dense(values)

    network = Small()
    network.build((1, 4))
    assert network.built and not network.weights, "`build` marks it as built, and makes no weights"


def test_the_data_are_enough(plans):
    (images, _), (test_images, _) = datasets.mnist()
    assert max(plan.images for plan in plans.values()) == len(images) == 60_000 and len(test_images) == 10_000
    assert plans["gpu"].epochs == 5 and "60,000 images for five epochs, the budget `gpu`" in PROSE


@pytest.mark.parametrize("name", ("grading", "cpu"))
def test_each_threshold_is_measured_and_four_deviations_below_the_mean(name, plans):
    plan = plans[name]
    accuracies = seeds_file.read(FOLDER)[name].accuracies
    mean, deviation = np.mean(accuracies), np.std(accuracies, ddof=1)
    assert len(accuracies) == 20
    assert mean - 4 * deviation >= plan.accuracy
    epochs = f"{plan.epochs} epoch{'s' if plan.epochs > 1 else ''}"
    row = (
        f"| {name} | {plan.images:,} images, {epochs} | {mean:.2%} | {deviation:.2%} | "
        f"{plan.accuracy:.1%} | {(mean - plan.accuracy) / deviation:.1f} standard deviations |"
    )
    assert row.replace("%", " %") in PROSE


def test_what_is_said_about_the_longer_run(stored, plans):
    last = stored["full"]["test_accuracy"][-1]
    assert last > plans["gpu"].accuracy == 0.99
    assert f"reached {last:.2%} on the test set".replace("%", " %") in PROSE
    accuracies, losses = stored["full"]["test_accuracy"], stored["full"]["test_loss"]
    assert accuracies[2] > 0.99 and max(accuracies[3:]) - accuracies[2] < 0.003, "most within three epochs"
    assert stored["full"]["loss"] == sorted(stored["full"]["loss"], reverse=True)
    assert losses[4] >= losses[3] and accuracies[4] <= accuracies[3], "the last epoch brings nothing"
    assert plans["cpu"].accuracy >= 0.987


def test_what_is_said_about_loop_and_fit(stored):
    assert len(stored["loop"]) == len(stored["fit"]) == 5
    loop, fit = (np.median([seconds for _, seconds in stored[name]]) for name in ("loop", "fit"))
    assert loop / fit <= 1.10, "the custom loop is at most 10 % slower than fit"
    slow = sorted(seconds for _, seconds in stored["loop"])[-2:]
    assert [f"{seconds:.0f}" for seconds in slow] == ["24", "25"] and slow[0] > max(s for _, s in stored["fit"])
    assert "took 24 and 25 s, longer than any of `fit`" in PROSE
    assert f"the median of the loop is {loop:.1f} s, that of `fit` {fit:.1f} s, a ratio of {loop / fit:.2f}" in PROSE
    right = {name: [accuracy for accuracy, _ in stored[name]] for name in ("loop", "fit")}
    for name in right:
        assert f"{min(right[name]):.2%} to {max(right[name]):.2%}".replace("%", " %") in PROSE
    assert max(min(values) for values in right.values()) < min(max(values) for values in right.values()), "they overlap"
