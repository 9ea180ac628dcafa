"""The numbers in assignment 4's prose, each computed again without the assignment's own answers."""

from functools import partial

import bench
import numpy as np
import pytest

from cnnlab import datasets

NAME = "04-vgg16"
PROSE = bench.prose(NAME)
says = partial(bench.says, PROSE)
CODE = bench.code(NAME)
PLANS = bench.plans(NAME)
# Convolutions in each block, and configuration C's three of 1×1: table 1 of the paper.
DEPTHS = {"A": (1, 1, 2, 2, 2), "B": (2, 2, 2, 2, 2), "C": (2, 2, 3, 3, 3), "D": (2, 2, 3, 3, 3), "E": (2, 2, 4, 4, 4)}


def share(part: float, whole: float) -> str:
    return bench.percent(part / whole)


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


def test_one_large_kernel_against_a_stack():
    for words, kernel, layers in (("one layer of 5×5", 5, 1), ("two layers of 3×3", 3, 2), ("one layer of 7×7", 7, 1), ("three layers of 3×3", 3, 3)):
        field = 1 + layers * (kernel - 1)
        weights = layers * kernel**2
        assert f"| {words} | {field}×{field} | {weights}·C² | {weights * 256**2:,} | {layers} |" in PROSE
    assert says(share(49 - 27, 49), "weights")
    assert says("25·C²", "18·C²", share(25 - 18, 18))


def test_the_five_configurations_are_those_of_the_paper():
    totals = {"A": 132_863_336, "B": 133_047_848, "C": 133_638_952, "D": 138_357_544, "E": 143_667_240}
    variables: dict = {}
    exec(next(cell.source for cell in bench.solution(NAME).cells if cell.source.startswith("FILTERS")), variables)
    for name, total in totals.items():
        assert sum(network(name)[0].values()) == total
        sizes = [[1 if name == "C" and place == 2 else 3 for place in range(depth)] for depth in DEPTHS[name]]
        assert [list(kernels) for _, kernels in variables["CONFIGURATIONS"][name]] == sizes
        assert [filters for filters, _ in variables["CONFIGURATIONS"][name]] == [64, 128, 256, 512, 512]
    assert says(f"VGG-{sum(DEPTHS['D']) + 3}") and says("E is", f"VGG-{sum(DEPTHS['E']) + 3}")
    assert says(sum(DEPTHS["A"]) + 3, sum(DEPTHS["E"]) + 3, "layers")
    assert says("parameters", share(totals["E"] - totals["A"], totals["A"]))
    few, many = sum(network("A")[1].values()), sum(network("E")[1].values())
    assert says("multiplications", share(many - few, few))


def test_where_parameters_and_multiplications_sit():
    parameters, products = network("D")
    total, dense = sum(parameters.values()), sum(count for name, count in parameters.items() if name.startswith("fc"))
    assert says(f"{total:,}", "parameters") and says(f"{total:,}", "4 bytes", f"{total * 4 / 1e6:.0f} MB")
    assert says(share(dense, total), "parameters", "fc1", f"{parameters['fc1']:,}", share(parameters["fc1"], total))
    convolutions, everything = sum(count for name, count in products.items() if name.startswith("conv")), sum(products.values())
    assert says(
        share(convolutions, everything), "multiplications", f"{convolutions / 1e9:.1f}", f"{everything / 1e9:.1f} billion")
    repeated = [products[name] for name in ("conv1_2", "conv2_2", "conv3_2", "conv3_3", "conv4_2", "conv4_3")]
    assert len(set(repeated)) == 1 and says(f"{repeated[0] / 1e9:.2f} billion")
    assert 7 * 7 * 512 == 25_088 and says("7×7×512", "25,088")
    assert says(len(parameters) + 5, "rows")


def test_layers_by_hand(tf):
    layer = tf.keras.layers.Conv2D(4, 3, padding="same")
    layer.build((None, 6, 6, 2))
    dense = tf.keras.layers.Dense(5)
    dense.build((None, 36))
    assert f"3·3·2·4 + 4 = {layer.count_params()}" in PROSE
    assert f"6·6 positions × 3·3·2·4 = {36 * 72:,}" in PROSE
    assert f"36·5 + 5 = {dense.count_params()} | 36·5 = 180" in PROSE
    assert 200 * 0.5 + 100 * 0.25 + 50 * 0.2 == 135 and "100 + 25 + 10 = 135" in PROSE


def test_vgg_for_small_images():
    parameters, _ = network("D", 32, 10)
    assert sum(parameters.values()) == 33_638_218
    assert 0.7 < 1 - 33_638_218 / 138_357_544 < 0.8 and says("three quarters", "parameters")
    assert 32 // 2**5 == 1 and says("five", "1×1×512")
    sides = [28 // 2**pooling for pooling in range(5)]
    assert ", ".join(map(str, sides)) in PROSE


def test_the_equation_of_the_mini_vgg_has_one_solution():
    dense = 3136 * 128 + 128 + 128 * 10 + 10
    assert says(f"= {dense:,}", f"{467_818 - dense:,}") and 7 * 7 * 64 == 3136

    def convolutions(w):
        return (9 * w + w) + (9 * w * w + w) + (9 * w * 64 + 64) + (9 * 64 * 64 + 64)

    solutions = [w for w in range(1, 500) if convolutions(w) == 467_818 - dense]
    assert solutions == [32]
    for w in (3, 10, 47):
        assert convolutions(w) == 9 * w**2 + 587 * w + 36_992
    assert "9·w² + 587·w + 36,992 = 64,992" in PROSE
    assert says("467,818", "4 bytes", f"{467_818 * 4 / 1e6:.1f} MB")


def test_batches_and_shuffling(tf):
    sizes = [len(batch) for batch in tf.data.Dataset.range(100).batch(32)]
    assert ", ".join(map(str, sizes[:-1])) + f" and {sizes[-1]}" in PROSE
    order = [int(place) for place in tf.data.Dataset.range(9_000).shuffle(100, seed=3)]
    assert max(place - when for when, place in enumerate(order)) < 100
    assert says("5,000", "4,900")


def test_the_tape_by_hand(tf):
    weight = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        loss = (3 * weight - 9) ** 2
    slope = float(tape.gradient(loss, weight))
    after = 1 - 0.05 * slope
    assert (float(loss), slope) == (36, -36) and after == pytest.approx(2.8)
    assert "2·(3·w − 9)·3 = −36" in PROSE and says("1 − 0.05·(−36) = 2.8", "loss", 0.36)
    assert float((3 * after - 9) ** 2) == pytest.approx(0.36)
    assert np.mean([1, 1, 4]) == 2 and np.mean([1, 4]) == 2.5 and "(2·1 + 1·4) / (2 + 1) = 2" in PROSE


def test_tenths_of_the_batches():
    batches = -(-PLANS["cpu"].images // 32)
    assert says(f"With {batches}", f"// {batches}")
    assert 10 * 81 // batches == 0 and 10 * 82 // batches == 1


def test_the_schedule_is_what_the_prose_says(tf):
    schedule = tf.keras.optimizers.schedules.CosineDecay(0.0002, 900, warmup_target=0.002, warmup_steps=100)
    assert float(schedule(100)) == pytest.approx(0.002) and float(schedule(1000)) == pytest.approx(0, abs=1e-9)
    assert "0.0002, total - total // 10, warmup_target=0.002, warmup_steps=total // 10" in CODE
    assert says("tenth", "steps", 0.002)


def test_the_notes(tf):
    sides = [28]
    for _ in range(4):
        sides.append(tf.nn.max_pool2d(tf.zeros((1, sides[-1], sides[-1], 1)), 2, 2, "VALID").shape[1])
    assert sides == [28, 14, 7, 3, 1]
    fitting = [size for size in range(1, 501) if [size // 2**n for n in (2, 3, 4)] == [8, 4, 2]]
    assert fitting == [32, 33, 34, 35] and says("32×32", 33, 34, 35)
    assert 32 // 2 == 16 and says(32, 16)
    assert 2 * 2 * 512 == 2048 and 1 * 1 * 512 * 4 == 2048 and says("quarter", "2,048", 512)
    assert [20 // 2, 20 // 4, 20 // 8] == [10, 5, 2] and says("20 pixels", 10, 5, 2)
    assert [size for size in range(500) if size // 4 == 5] == [20, 21, 22, 23]


def test_dense_straight_on_the_image(tf):
    layer = tf.keras.layers.Dense(10)
    assert layer(tf.zeros((1, 28, 28, 1))).shape == (1, 28, 28, 10) and layer.count_params() == 20
    assert says("28×28×10", "logits") and says(20, "parameters")
    assert says(784, "pixels") and 28 * 28 == 784
    filters = [1, 64, 128, 256, 512]
    blocks = sum(9 * m * n + n + 9 * n * n + n for m, n in zip(filters, filters[1:], strict=False))
    assert says(f"{blocks / 1e6:.1f} million", "weights")
    small = tf.keras.layers.Dense(2)
    assert small(tf.zeros((5, 3))).shape == (5, 2) and small.count_params() == 8
    assert says("(5, 2)", "3·2", "8 parameters")
    with pytest.raises(ValueError, match="shape|rank"):
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(np.zeros(3), np.zeros((3, 28, 28, 10), "float32"))


def test_what_the_prose_says_about_building_is_true(tf, recwarn):
    class Small(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = tf.keras.layers.Dense(3)

        def call(self, values):
            return self.dense(values)

    network = Small()
    network.build((1, 4))
    assert network.built and not network.weights, "`build` marks it as built, and makes no weights"


def test_the_data_are_enough():
    (images, _), (test_images, _) = datasets.mnist()
    assert max(plan.images for plan in PLANS.values()) == len(images) == 60_000 and len(test_images) == 10_000
    assert PLANS["gpu"].epochs == 5 and says("60,000", "five epochs", "GPU")


def test_what_is_said_about_the_longer_run():
    stored = bench.stored(NAME)
    last = stored["full"]["test_accuracy"][-1]
    assert last > PLANS["gpu"].accuracy == 0.99
    assert says(bench.percent(last, 2), "test set")
    accuracies, losses = stored["full"]["test_accuracy"], stored["full"]["test_loss"]
    assert accuracies[2] > 0.99 and max(accuracies[3:]) - accuracies[2] < 0.003, "most within three epochs"
    assert stored["full"]["loss"] == sorted(stored["full"]["loss"], reverse=True)
    assert losses[4] >= losses[3] and accuracies[4] <= accuracies[3], "the last epoch brings nothing"
    assert PLANS["cpu"].accuracy >= 0.987


def test_what_is_said_about_loop_and_fit():
    stored = bench.stored(NAME)
    assert len(stored["loop"]) == len(stored["fit"]) == 5
    loop, fit = (np.median([seconds for _, seconds in stored[name]]) for name in ("loop", "fit"))
    assert loop / fit <= 1.10, "the custom loop is at most 10 % slower than fit"
    slow = sorted(seconds for _, seconds in stored["loop"])[-2:]
    assert [f"{seconds:.0f}" for seconds in slow] == ["24", "25"] and slow[0] > max(s for _, s in stored["fit"])
    assert says(24, "25 s")
    assert says("median", f"{loop:.1f} s", f"{fit:.1f} s", f"{loop / fit:.2f}")
    right = {name: [accuracy for accuracy, _ in stored[name]] for name in ("loop", "fit")}
    for name in right:
        assert says(bench.percent(min(right[name]), 2), bench.percent(max(right[name]), 2))
    assert max(min(values) for values in right.values()) < min(max(values) for values in right.values()), "they overlap"
