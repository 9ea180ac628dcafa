"""The numbers in assignment 6's prose, each computed again without the assignment's own answers."""

import re
from functools import partial

import bench
import numpy as np
import pytest

NAME = "06-resnet"
PROSE = bench.prose(NAME)
says = partial(bench.says, PROSE)
CODE = bench.code(NAME)
CHECKS = (bench.COURSE.root / "cnnlab" / "checks" / "resnet.py").read_text(encoding="utf-8")
MINUS = str.maketrans("-", "−")


def test_the_chain_of_factors():
    for factor in (0.7, 1.0, 1.4):
        row = " | ".join(f"{factor ** (length - 1):.1e}" for length in (10, 30, 50))
        assert f"| {factor} | {row} |" in PROSE
    assert "0.01^{50} = 10^{-100}" in PROSE
    assert f"1.01^{{50}} = {1.01**50:.2f}" in PROSE


def test_the_gradient_by_hand(tf):
    kernel = tf.Variable(tf.zeros((2, 2)))
    for images, labels, stated in (([[3.0, 4]], [0], "3.5355"), ([[3.0, 4], [0, 0]], [0, 1], "1.7678")):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, tf.constant(images) @ kernel))
        slope = tape.gradient(loss, kernel).numpy()
        assert f"{np.linalg.norm(slope):.4f}" == stated and stated in PROSE
        if len(images) == 1:
            for value, row in zip((3, 4), slope, strict=True):
                numbers = " | ".join(f"{one:.1f}".translate(MINUS) for one in row)
                assert f"| input {value} | {numbers} |" in PROSE


def block_by_hand(training: bool = False) -> list[np.ndarray]:
    """What flows through the block of the example."""
    def normalised(values):
        return (0 * values if training else values) - 0.5

    x = np.array([4, 2, 0.8, -3])
    steps = [x, 0.5 * x]
    steps.append(normalised(steps[-1]))
    steps.append(np.maximum(steps[-1], 0))
    steps.append(0.5 * steps[-1])
    steps.append(normalised(steps[-1]))
    steps.append(steps[-1] + x)
    steps.append(np.maximum(steps[-1], 0))
    return steps


def test_the_block_by_hand():
    names = ("x", "convolution", "batch normalisation", "ReLU", "convolution", "batch normalisation: F(x)", "F(x) + x")
    steps = block_by_hand()
    for name, values in zip(names, steps, strict=False):
        row = " | ".join(f"{value:.2f}".replace("-0.00", "0.00").translate(MINUS) for value in values)
        assert f"| {name} | {row} |" in PROSE
    assert "| ReLU: y | " + " | ".join(f"**{value:.2f}**" for value in steps[-1]) + " |" in PROSE
    assert "y = (" + ", ".join(f"{value:.2f}" for value in block_by_hand(True)[-1]) + ")" in PROSE


def test_the_projection_by_hand():
    steps = block_by_hand()
    y = np.maximum(steps[-3] + 0.5 * steps[0] - 0.5, 0)
    assert "y = ReLU(F(x) + 0.5·x − 0.5) = (" + ", ".join(f"{value:.2f}" if value else "0" for value in y) + ")" in PROSE


def stage_parameters(channels: int, filters: int, blocks: int, projection: bool) -> int:
    """The trainable parameters of a stage, counted from its convolutions and normalisations."""
    convolutions = 9 * channels * filters + (2 * blocks - 1) * 9 * filters**2
    return convolutions + 2 * blocks * 2 * filters + projection * (channels * filters + 2 * filters)


def test_the_parameters_of_resnet_34():
    stem, dense = 7 * 7 * 3 * 64, 512 * 1000 + 1000
    assert f"| {stem:,} + {2 * 64} |" in PROSE and f"| {dense:,} |" in PROSE
    stages = [
        stage_parameters(channels, filters, blocks, channels != filters)
        for channels, filters, blocks in ((64, 64, 3), (64, 128, 4), (128, 256, 6), (256, 512, 3))
    ]
    for number, count in enumerate(stages, start=1):
        assert re.search(rf"\| stage {number} \|.*\| {count:,} \|", PROSE)
    total = stem + 2 * 64 + sum(stages) + dense
    assert total == 21_797_672 and f"**{total:,}**" in PROSE
    convolutions = 9 * 64 * 128 + 7 * 9 * 128 * 128
    assert f"9·64·128 + 7·9·128·128 = {convolutions:,}" in PROSE
    assert f"8·2·128 = {8 * 2 * 128:,}" in PROSE and f"64·128 + 2·128 = {64 * 128 + 2 * 128:,}" in PROSE
    assert says(f"{stages[1]:,}")
    assert says(bench.percent(stages[3] / total), "last stage")
    assert "1 + 2·(3 + 4 + 6 + 3) + 1 = 34" in PROSE and 1 + 2 * (3 + 4 + 6 + 3) + 1 == 34


def test_the_parameters_of_resnet_20():
    parts = [9 * 3 * 16 + 2 * 16] + [
        stage_parameters(channels, filters, 3, False) for channels, filters in ((16, 16), (16, 32), (32, 64))
    ] + [64 * 10 + 10]
    for count in parts:
        assert f"= {count:,} |" in PROSE
    assert sum(parts) == 269_722 and f"**{sum(parts):,}**" in PROSE
    projections = sum(channels * filters + 2 * filters for channels, filters in ((16, 32), (32, 64)))
    assert "272_474" in CHECKS and sum(parts) + projections == 272_474


def test_depths_and_what_the_moving_averages_keep():
    assert "| layers | " + " | ".join(str(6 * blocks + 2) for blocks in (1, 3, 5, 9)) + " |" in PROSE
    plan = bench.plans(NAME)["grading"]
    steps = plan.epochs * -(-plan.images // 64)
    assert says(steps, "steps")
    assert f"$0.99^{{{steps}}}$ = {bench.percent(0.99**steps)}" in PROSE
    assert f"{0.9**steps:.1e}" == "1.4e-07" and "1.4·10⁻⁷" in PROSE


def test_the_schedule_is_what_the_prose_says(tf):
    assert says(0.05, "tenth", "steps", 0, "cosine")
    assert "CosineDecay(\n        0.0, steps - rising, warmup_target=0.05, warmup_steps=rising\n" in CODE
    rate = tf.keras.optimizers.schedules.CosineDecay(0.0, 450, warmup_target=0.05, warmup_steps=50)
    assert [round(float(rate(step)), 4) for step in (0, 25, 50, 275, 500)] == [0, 0.025, 0.05, 0.025, 0]


def test_the_longer_run_is_what_its_function_says():
    results = bench.stored(NAME)
    images, epochs, seeds = re.search(r"images, epochs, seeds = ([\d_]+), (\d+), \(([\d, ]+)\)", CODE).groups()
    assert results["images"] == int(images) and results["epochs"] == int(epochs)
    runs = [(run["layers"], run["shortcut"], run["seed"]) for run in results["runs"]]
    seeds = [int(seed) for seed in seeds.split(",")]
    assert runs == [(depth, kind, seed) for depth in (8, 20, 56) for kind in ("none", "padding") for seed in seeds]
    assert all(len(run["loss"]) == results["epochs"] for run in results["runs"])
    assert says(f"{results['images']:,}", "photographs")


def of_runs(depth: int, kind: str, what: str) -> np.ndarray:
    """One number of each stored run of a depth and a kind: the last loss, or the test accuracy."""
    runs = [run for run in bench.stored(NAME)["runs"] if (run["layers"], run["shortcut"]) == (depth, kind)]
    return np.array([run["loss"][-1] if what == "loss" else run[what] for run in runs])


@pytest.mark.parametrize("depth", [8, 20, 56])
def test_the_numbers_of_the_depths_are_those_of_the_stored_run(depth):
    (line,) = re.findall(rf"^- {depth} layers: .*$", PROSE, re.M)
    for kind, name in (("none", "plain"), ("padding", "residual")):
        losses, accuracies = of_runs(depth, kind, "loss"), of_runs(depth, kind, "test accuracy")
        spread = bench.percent(np.std(accuracies, ddof=1), 1)
        assert f"{name} {bench.percent(accuracies.mean(), 1)} ± {spread} (training loss {losses.mean():.2f})" in line
    gap = 100 * (of_runs(depth, "padding", "test accuracy").mean() - of_runs(depth, "none", "test accuracy").mean())
    assert bench.says(line, f"{abs(gap):.1f}", "points", "ahead" if gap > 0 else "behind")


def test_what_the_prose_concludes_from_the_stored_run():
    losses = [of_runs(depth, "none", "loss") for depth in (8, 20, 56)]
    assert says("plain", *(f"{loss.mean():.2f}" for loss in losses))
    assert losses[0].max() < losses[1].min() and losses[1].max() < losses[2].min(), "worse with more layers"
    assert f"ln 10 = {np.log(10):.3f}" in PROSE
    assert np.all(losses[2] > np.log(10) - 0.05), "the plain network of 56 layers has hardly begun"
    accuracies = {
        (depth, kind): of_runs(depth, kind, "test accuracy") for depth in (8, 20, 56) for kind in ("none", "padding")
    }
    gaps = {depth: accuracies[depth, "padding"].mean() - accuracies[depth, "none"].mean() for depth in (8, 20, 56)}
    spreads = {depth: [accuracies[depth, kind].std(ddof=1) for kind in ("none", "padding")] for depth in (8, 20, 56)}
    assert gaps[8] < spreads[8][0]
    assert gaps[20] > 3 * max(spreads[20]) and gaps[56] > 3 * max(spreads[56])
    shallow, deep = accuracies[8, "padding"].mean(), accuracies[56, "padding"].mean()
    assert deep < shallow and says(bench.percent(deep, 1), bench.percent(shallow, 1))
    assert np.all(of_runs(20, "padding", "loss") < of_runs(20, "none", "loss").min()), "usually ahead"
