"""The visible checks of assignment 3, each with its task's name, and what the hidden tests share with them."""

from __future__ import annotations

import gc
import inspect
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from IPython import get_ipython

from cnnlab import checks, operations

__all__ = [
    "AlexNet", "alexnet_kernels", "augment", "colour_components", "dropout", "grouped_convolution",
    "local_response_norm", "overlapping_pool", "top_k_error", "train_fresh",
]

BATCH = 64  # images in one training step
IN_CONVOLUTIONS = {  # weights and biases of each convolution, by the number of groups
    1: (34_944, 614_656, 885_120, 1_327_488, 884_992), 2: (34_944, 307_456, 885_120, 663_936, 442_624),
}
MAPS = (  # what `feature_maps` returns
    ("convolution 1", (55, 55, 96)), ("pooling 1", (27, 27, 96)), ("convolution 2", (27, 27, 256)),
    ("pooling 2", (13, 13, 256)), ("convolution 3", (13, 13, 384)), ("convolution 4", (13, 13, 384)),
    ("convolution 5", (13, 13, 256)), ("pooling 5", (6, 6, 256)),
)
RED_GREEN_BLUE = (np.array([0.2, 0.1, 0.05], "float32"), np.eye(3))  # components along the three channels
ONES, ZEROS = np.ones((20, 1), "float32"), np.zeros(20, "float32")  # inputs and targets of the network with one weight


def local_response_norm(local_response_norm: Callable) -> None:
    """Check task 1 on the pixel worked by hand."""
    pixel = np.array([1, 2, 3], "float32").reshape(1, 1, 1, 3)
    what = "local_response_norm of one pixel with the channels 1, 2, 3 (radius 1, k = α = β = 1)"
    result = without_ready_made(local_response_norm, pixel, 1, 1.0, 1.0, 1.0)
    normalised = checks.array(result, (1, 1, 1, 3), what)
    causes: dict[str, Any] = {
        "the square of the channel itself is used alone; those of its neighbours belong to the sum as well":
            [1 / 2, 2 / 5, 3 / 10],
        "every sum has all three channels; the first and the last channel have only one neighbour each":
            [1 / 15, 2 / 15, 3 / 15],
        "the values are not squared": [1 / 4, 2 / 7, 3 / 6],
        "the channel itself is left out of the sum": [1 / 5, 2 / 11, 3 / 5],
        "this is the mean of the squares over a full window; the formula has their sum":
            [1 / (1 + 5 / 3), 2 / (1 + 14 / 3), 3 / (1 + 13 / 3)],
        "this is the mean of the squares that exist; the formula has their sum":
            [1 / (1 + 5 / 2), 2 / (1 + 14 / 3), 3 / (1 + 13 / 2)],
        "the sum has no channels after the channel itself; it should have those on both sides":
            [1 / 2, 2 / 6, 3 / 14],
        "the values are multiplied by the denominator; the formula divides": [6, 30, 42],
        "this is the denominator alone": [6, 15, 14],
        "k is left out": [1 / 5, 2 / 14, 3 / 13],
        "the sum is squared; the formula has the sum of the squares": [1 / 10, 2 / 37, 3 / 26],
        "the sum of the first channel is empty; its window starts with the first channel": [1, 2 / 15, 3 / 14],
    }
    if normalised.dtype.kind in "iu":
        causes["the result has an integer dtype, which cannot hold fractions"] = [0, 0, 0]
    checks.close(np.ravel(normalised), [1 / 6, 2 / 15, 3 / 14], what, causes, rule=(
        "The sum should have the squares of the channels from i - depth_radius to i + depth_radius."))
    checks.passed("local_response_norm", local_response_norm)


def without_ready_made(local_response_norm: Callable, *arguments: Any, **keywords: Any) -> Any:
    """Return what `local_response_norm` returns, after a check that it does not call the ready-made operation."""
    result, called = operations.recorded(local_response_norm, *arguments, **keywords)
    checks.true("LRN" not in [kind for kind, _ in called], (
        "local_response_norm should compute the sum itself, but it calls TensorFlow's ready-made operation."))
    return result


def overlapping_pool(overlapping_pool: Callable) -> None:
    """Check task 2 on five equal rows of the example by hand."""
    rows = np.tile(np.array([1, 4, 2, 3, 5], "float32").reshape(1, 1, 5, 1), (1, 5, 1, 1))
    for window, best, won in ((2, [4, 3], [0, 1, 0, 1, 0]), (3, [4, 5], [0, 1, 0, 0, 1])):
        what = f"five equal rows 1 4 2 3 5, window {window}, stride 2"
        pooled, winners = pooled_and_winners(overlapping_pool, rows, window, 2, what)
        means = [rows[0, 0, start : start + window, 0].mean() for start in (0, 2)]
        checks.close(pooled[0, :, :, 0], [best, best], f"pooled, for {what}", {
            "this is the average of each window; the task asks for the maximum": [means, means],
        }, rule="Each window should give its largest value.")
        checks.close(winners[0, 0, :, 0], np.array(won, bool), f"winners in the first row, for {what}", {
            "these are the pixels that some window contains; a winner equals the maximum of a window":
                [1, 1, 1, 1, window == 3],
            "True and False are swapped": 1 - np.array(won),
        }, rule="A pixel should win if it equals the maximum of at least one window that contains it.")
    checks.passed("overlapping_pool", overlapping_pool)


def pooled_and_winners(
    overlapping_pool: Callable, maps: np.ndarray, window: int, stride: int, what: str,
) -> tuple[np.ndarray, np.ndarray]:
    """Return what `overlapping_pool` returns, after its types and shapes were checked."""
    result = checks.call(overlapping_pool, maps, window, stride)
    checks.true(isinstance(result, tuple | list) and len(result) == 2, (
        f"overlapping_pool should return the pair (pooled, winners), but returns {type(result).__name__}."))
    number, height, width, channels = maps.shape
    tall, wide = len(range(window, height + 1, stride)), len(range(window, width + 1, stride))
    missing = [len(range(0, extent - window, stride)) for extent in (height, width)]
    causes = [
        ((number, *missing, channels), "where the last window ends at the border, it is missing"),
        ((number, -(-height // stride), -(-width // stride), channels),
         "there are windows that extend beyond the border; all windows should lie inside the map"),
        ((number, (height - stride) // window + 1, (width - stride) // window + 1, channels),
         "window and stride are swapped"),
        ((number, tall, tall, channels), "the height of the maps is used for both dimensions"),
        ((1, tall, wide, channels), "only the first image is pooled"),
        ((number, (height - window) // 2 + 1, (width - window) // 2 + 1, channels),
         "the window always moves by 2 pixels; it should move by the stride"),
    ]
    if [height // window, width // window] != missing:
        causes += [((number, height // window, width // window, channels),
                    "the window moves by its own size; it should move by the stride")]
    pooled = checks.array(result[0], (number, tall, wide, channels), f"pooled, for {what},", causes)
    winners = checks.array(result[1], maps.shape, f"winners, for {what},", [
        ((number, tall, wide, channels), "there is one answer for each window; there should be one for each pixel"),
    ], dtype="bool")
    return pooled, winners


def grouped_convolution(grouped_convolution: Callable) -> None:
    """Check task 3 on the pixel worked by hand."""
    pixel = np.array([1, 2, 3, 4], "float32").reshape(1, 1, 1, 4)
    kernels = np.array([[10, 10], [1, 1]], "float32").reshape(1, 1, 2, 2)
    what = "grouped_convolution of one pixel in two groups"
    result = checks.array(with_ordinary_convolutions(grouped_convolution, pixel, kernels, 2), (1, 1, 1, 2), what, [
        ((1, 1, 1, 4), "each group uses all kernels; the kernels should be split as well"),
        ((1, 1, 1, 1), "the groups are added up; their channels should be put side by side"),
        ((2, 1, 1, 1), "the groups are joined along the axis of the images; it should be that of the channels"),
    ])
    checks.close(np.ravel(result), [12, 34], what, {
        "the groups are swapped": [34, 12],
        "each group takes every second channel; a group should be a run of neighbouring channels": [13, 24],
        "both groups see the first channels; the second group should see the last ones": [12, 12],
        "both groups see the last channels; the first group should see the first ones": [34, 34],
        "the groups are added up; their channels should be put side by side": [46, 46],
    }, rule="The first kernel should see the first two channels, the second kernel the other two.")
    checks.passed("grouped_convolution", grouped_convolution)


def with_ordinary_convolutions(grouped_convolution: Callable, *arguments: Any, **keywords: Any) -> Any:
    """Return what `grouped_convolution` returns, after a check that each convolution gets what its kernels see."""
    result, called = operations.recorded(grouped_convolution, *arguments, **keywords)
    for kind, shapes in called:
        if kind == "Conv2D" and shapes[0]:
            channels, seen = shapes[0][-1], shapes[1][2]
            checks.true(channels == seen, (
                f"A convolution gets {channels} channels and kernels that see {seen}, so TensorFlow splits them into "
                "groups by itself. That is your task here: each convolution should get exactly the channels that its "
                "kernels see."))
    return result


def alexnet_kernels(alexnet_kernels: Callable) -> None:
    """Check task 4 on the layers 2, 3 and 8."""
    shapes = kernel_shapes(alexnet_kernels, 2, 10)
    checks.same(shapes[1], (5, 5, 48, 256), "layer 2 with two groups", {
        (5, 5, 96, 256): "the layer is not split; a kernel sees the channels of its own group only",
        (5, 5, 48, 128): "these are the kernels of one group; all kernels of the layer are stored together",
        (5, 5, 96, 128): "the number of kernels is halved; it is the channels that each kernel sees",
        (5, 5, 256, 48): "the last two numbers are swapped; the channels that a kernel sees come first",
        (5, 5, 3, 256): "these are the channels of the photograph; layer 2 sees those of layer 1",
    }, rule="It should be height, width, the channels that one kernel sees, and the number of kernels.")
    checks.same(shapes[2], (3, 3, 256, 384), "layer 3 with two groups", {
        (3, 3, 128, 384): "layer 3 is split; its kernels should see both groups",
        (3, 3, 96, 384): "these are the channels of layer 1; layer 3 sees those of layer 2",
    }, rule="It should be height, width, the channels that one kernel sees, and the number of kernels.")
    checks.same(shapes[7], (4096, 10), "layer 8 with 10 classes", {
        (4096, 1000): "`classes` is not used", (10, 4096): "the two numbers are swapped; inputs come first, then units",
    }, rule="Layer 8 has one unit per class, and its inputs are the units of layer 7.")
    checks.passed("alexnet_kernels", alexnet_kernels)


def kernel_shapes(alexnet_kernels: Callable, *arguments: int) -> list[tuple[int, ...]]:
    """Return what `alexnet_kernels` returns as a list of tuples, after its form was checked."""
    what = checks.describe_call(alexnet_kernels, arguments)
    result = checks.call(alexnet_kernels, *arguments)
    checks.true(isinstance(result, list | tuple), (
        f"{what} should be a list of eight shapes, but is of type {type(result).__name__}."))
    checks.same(len(result), 8, f"the number of shapes in {what}", {
        5: "the three dense layers are missing", 11: "pooling has a shape here, but it has no weights",
    }, rule="There should be one shape for each of the eight layers.")
    checks.true(all(hasattr(shape, "__len__") for shape in result), (
        f"{what} should hold shapes such as (4096, 1000), but its first item is {result[0]}. The task asks for the "
        "shapes of the arrays, not for the number of weights in them."))
    return [checks.whole_numbers(shape, 4 if layer <= 5 else 2, f"{what}, layer {layer}")
            for layer, shape in enumerate(result, start=1)]


def AlexNet(AlexNet: Callable) -> None:
    """Check task 5: the shapes of the maps and of the logits, and the number of parameters."""
    network = checks.call(AlexNet, groups=1, classes=10, units=32)
    checks.true(isinstance(network, keras.Model), "AlexNet() should be a keras.Model.")
    expect_maps(checks.call(network.feature_maps, speckle()))
    logits = checks.array(
        checks.call(network, speckle()), (2, 10), "the output of AlexNet(classes=10, units=32) for two images", [
            ((2, 1000), "`classes` is not used"), ((2, 32), "layer 8 is missing"),
            ((2, 9216), "the dense layers are missing"),
        ])
    one, two = sum(IN_CONVOLUTIONS[1]), sum(IN_CONVOLUTIONS[2])
    count = one + dense_parameters(32, 10)
    checks.same(network.count_params(), count, "the number of parameters of AlexNet(groups=1, classes=10, units=32)", {
        count - (32 + 1) * 32: "only one of the layers 6 and 7 has weights of its own",
        count - one + two: "the layers are split into two groups, although `groups` is 1",
        count - 1376: "the convolutions have no biases",
        count - 74: "the dense layers have no biases",
        one + dense_parameters(4096, 10): "`units` is not used",
        0: "the layers are made inside `call`; they belong in `__init__`",
    }, rule="The network should have the layers of the table and no others with weights, each with biases.")
    checks.true(not (np.all(logits >= 0) and np.allclose(logits.sum(axis=1), 1, atol=1e-4)), (
        "The ten outputs of each image are positive and add up to 1, so they are probabilities. The task asks for "
        "logits: the last layer has no activation."))
    del network
    full = checks.call(AlexNet)
    checks.array(checks.call(full, speckle()[:1]), (1, 1000), "the output of AlexNet() for one image", [
        ((1, 10), "the default of `classes` is changed; it should be 1000"),
    ])
    checks.same(full.count_params(), 62_378_344, "the number of parameters of AlexNet()", {
        60_965_224: "the default of `groups` is 2; it should be 1",
        0: "the layers are made inside `call`; they belong in `__init__`",
    }, rule="The defaults should be 1 group, 1000 classes and 4096 units.")
    del full
    gc.collect()  # its weights take 250 MB
    checks.passed("AlexNet", AlexNet)


def expect_maps(maps: Any) -> None:
    """Check the shapes of what `feature_maps` returns for two photographs."""
    window = "the pooling moves by 3 pixels; the window is 3×3, but the stride should be 2"
    causes: dict[str, dict[tuple[int, ...], str]] = {
        "convolution 1": {
            (57, 57, 96): "the first convolution pads; it should have no padding",
            (217, 217, 96): "the first convolution has stride 1; it should have stride 4",
            (109, 109, 96): "the first convolution has stride 2; it should have stride 4",
            (227, 227, 96): "the first convolution pads and has stride 1; it should have no padding and stride 4",
        },
        "pooling 1": {
            (28, 28, 96): "the pooling pads; it should have no padding",
            (53, 53, 96): "the pooling moves by 1 pixel; its stride should be 2", (18, 18, 96): window,
        },
        "convolution 2": {(23, 23, 256): "layer 2 has no padding; with padding `same` 27 stays 27"},
        "pooling 2": {(14, 14, 256): "the pooling pads; it should have no padding", (9, 9, 256): window},
        "convolution 3": {(11, 11, 384): "layer 3 has no padding; with padding `same` 13 stays 13"},
        "convolution 4": {(11, 11, 384): "layer 4 has no padding; with padding `same` 13 stays 13"},
        "convolution 5": {(11, 11, 256): "layer 5 has no padding; with padding `same` 13 stays 13"},
        "pooling 5": {(7, 7, 256): "the pooling pads; it should have no padding", (4, 4, 256): window},
    }
    checks.true(isinstance(maps, list | tuple), (
        f"feature_maps should return a list of eight maps, but returns {type(maps).__name__}."))
    checks.same(len(maps), 8, "the number of maps that feature_maps returns", {
        5: "the three pooled maps are missing", 9: "there is one map too many",
        1: "only one map is returned; the task asks for all eight",
    }, rule="The eight maps are those of five convolutions and three poolings.")
    for (stage, shape), values in zip(MAPS, maps, strict=True):
        checks.array(values, (2, *shape), f"feature_maps, {stage},",
                     {(2, *wrong): text for wrong, text in causes[stage].items()})


def speckle() -> np.ndarray:
    """Return two photographs of noise, of 227×227 pixels."""
    return np.random.default_rng(3).normal(0, 70, (2, 227, 227, 3)).astype("float32")


def dense_parameters(units: int, classes: int) -> int:
    """Count the weights and biases of AlexNet's dense layers."""
    return (9216 + 1) * units + (units + 1) * units + (units + 1) * classes


def colour_components(colour_components: Callable) -> None:
    """Check task 6 on the two grey pixels of the example by hand."""
    greys = np.array([[[[0.2] * 3, [0.6] * 3]]], "float32")
    variances, directions = measured_components(colour_components, greys, "two grey pixels")
    causes = [
        (0.12, "the order is reversed; the largest variance comes first", 2),
        (0.24, "the order is reversed; the largest variance comes first", 2),
        (0.6, "the mean is not subtracted", 0), (1.2, "the mean is not subtracted", 0),
        (0.12**0.5, "these are standard deviations; the task asks for variances", 0),
        (0.24**0.5, "these are standard deviations; the task asks for variances", 0),
        (3, "these are the eigenvalues of the correlation matrix; it should be the covariance matrix", 0),
        (0, "this is the variance of the images' mean colours; every pixel is a point of its own", 0),
    ]
    likely = [text for value, text, place in causes if np.abs(variances - value * np.eye(3)[place]).max() < 1e-3]
    shown = ", ".join(f"{value:.4f}" for value in variances)
    checks.true(min(abs(variances[0] - 0.12), abs(variances[0] - 0.24)) < 1e-3 > np.abs(variances[1:]).max(), (
        "The variances of two grey pixels should be 0.12, 0, 0 (or 0.24, 0, 0 if divided by one less than the number "
        f"of pixels), but are {shown}. " + (
            f"Likely cause: {likely[0]}." if likely
            else "They should be the eigenvalues of the covariance matrix, the largest first.")))
    first = np.abs(directions[:, 0])
    swapped = np.abs(np.abs(directions[0]) - 3**-0.5).max() < 1e-3
    checks.close(first, np.full(3, 3**-0.5), "the first column of the directions of two grey pixels, without signs", {
        "the vector does not have length 1": np.ones(3),
        **({"rows and columns are swapped; each column should be a direction": first} if swapped else {}),
    }, rule="Each column of the directions has length 1 and belongs to the variance at the same position.")
    checks.passed("colour_components", colour_components)


def measured_components(colour_components: Callable, images: np.ndarray, what: str) -> tuple[np.ndarray, np.ndarray]:
    """Return what `colour_components` returns, after its types and shapes were checked."""
    result = checks.call(colour_components, images)
    checks.true(isinstance(result, tuple | list) and len(result) == 2, (
        f"colour_components should return the pair (variances, directions), but returns {type(result).__name__}."))
    variances = checks.array(result[0], (3,), f"the variances of {what}", [
        ((3, 3), "the two results are swapped; the variances come first, then the directions"),
        ((images.size // 3,), "this is the covariance of the pixels; the task asks for that of the three channels"),
    ])
    directions = checks.array(result[1], (3, 3), f"the directions of {what}")
    return variances.astype("float64"), directions.astype("float64")


def augment(augment: Callable) -> None:
    """Check task 7 on the row of the example, without a colour shift, and on grey photographs with one."""
    rows = np.array([1, 2, 3, 4], "float32") / 8 * np.ones((60, 4, 1), "float32")
    rows = rows[..., np.newaxis] * np.ones(3, "float32")
    pieces = {(3, 2, 1, 2), (2, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 3), (3, 4, 3, 2)}
    what = "60 images of 4×4 pixels, each row 1/8 2/8 3/8 4/8, sigma 0"
    new = augmented(augment, rows, np.arange(60), 2, RED_GREEN_BLUE, 0.0, 1, what)
    for place, image in enumerate(new):
        found = tuple(int(value) for value in np.round(image[0, :, 0] * 8))
        alike = np.allclose(image, image[:1, :, :1], atol=1e-5) and np.allclose(image[0, :, 0] * 8, found, atol=1e-4)
        checks.true(alike and (found in pieces or found[::-1] in pieces), (
            f"With sigma 0, the rows of image {place} should all be one of the five pieces in the text, flipped or "
            f"not, but the first row is {' '.join(f'{value:g}' for value in image[0, :, 0] * 8)} (in eighths). "
            "The frame is made by reflection, which does not repeat the edge itself."))
    grey = np.full((50, 4, 4, 3), 0.5, "float32")
    new = augmented(augment, grey, np.arange(50), 0, RED_GREEN_BLUE, 0.1, 2, "50 grey images")
    checks.true(np.allclose(new, new[:, :1, :1], atol=1e-6), (
        "All pixels of a photograph should be shifted by the same colour, but they are not."))
    checks.passed("augment", augment)


def augmented(
    augment: Callable, images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float,
    seed: int, what: str,
) -> np.ndarray:
    """Return the images that `augment` returns, after types, shapes and labels were checked."""
    result = checks.call(augment, images, labels, padding, components, sigma, np.random.default_rng(seed))
    checks.true(isinstance(result, tuple | list) and len(result) == 2, (
        f"augment should return the pair (images, labels), but returns {type(result).__name__}."))
    count, tall, wide, _ = images.shape
    new = checks.array(result[0], images.shape, f"the images of augment for {what}", [
        ((count, tall + 2 * padding, wide + 2 * padding, 3), "the frame is added, but no piece is cut out"),
        ((count, tall - 2 * padding, wide - 2 * padding, 3),
         "the piece is cut out of the image without its frame; it should be as large as the image"),
        ((count, wide, tall, 3), "height and width are swapped"),
    ], dtype="float32")
    checks.true(np.array_equal(np.asarray(result[1]), labels), (
        f"The labels of augment for {what} should be those that it is given, in the same order."))
    checks.true(new.min() >= 0 and new.max() <= 1, (
        f"The values of augment for {what} should lie between 0 and 1, but range from {new.min():.3f} to "
        f"{new.max():.3f}. They should be clipped."))
    return new


def dropout(dropout: Callable) -> None:
    """Check task 8 on an array of threes, outside training and in training."""
    threes = np.full((100, 80), 3, "float32")
    unchanged = dropped(dropout, threes, 0.25, False)
    checks.true((unchanged != 0).all(), "At inference nothing should be dropped, but some values are 0.")
    checks.close(unchanged, threes, "dropout of the value 3 at inference", {
        "the values are multiplied by 1 - rate; inverted dropout changes nothing at inference": 0.75 * threes,
        "the values are divided by 1 - rate; that belongs to training": threes / 0.75,
    }, rule="At inference the values should be returned unchanged.")
    result = dropped(dropout, threes, 0.25, True)
    gone = result == 0
    fraction = float(gone.mean())
    for axis in (0, 1):
        alike = gone.all(axis=axis) | ~gone.any(axis=axis)
        checks.true(fraction in (0, 1) or not alike.all(), (
            f"Each value should have a random number of its own, but all values along axis {axis} share theirs."))
    checks.true(abs(fraction - 0.25) < 0.05, (
        f"With rate 0.25, about a quarter of the values should be dropped in training, but {fraction:.0%} are."
        + (" The rate is the probability of being dropped, not of being kept." if abs(fraction - 0.75) < 0.05 else "")))
    kept = result[~gone]
    checks.close(kept, np.full(kept.shape, 4), "what is kept of the value 3 in training, with rate 0.25", {
        "the kept values are not scaled": np.full(kept.shape, 3),
        "the kept values are divided by the rate; they should be divided by 1 - rate": np.full(kept.shape, 12),
        "the kept values are multiplied by 1 - rate; they should be divided by it": np.full(kept.shape, 2.25),
        "the kept values are multiplied by the rate; they should be divided by 1 - rate": np.full(kept.shape, 0.75),
    }, rule="The kept values should be divided by 1 - rate.")
    checks.passed("dropout", dropout)


def dropped(dropout: Callable, values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    """Return what `dropout` returns while the ready-made versions are blocked."""
    def refuse(*_: Any, **__: Any) -> None:
        raise checks.CheckFailed("dropout should draw the random numbers itself, but it calls a ready-made dropout.")

    names: dict[str, Any] = inspect.unwrap(tf.nn.dropout).__globals__
    original = names["_dropout"]  # every dropout of TensorFlow and Keras calls this
    names["_dropout"] = refuse
    try:
        result = checks.call(dropout, values, rate, training)
    finally:
        names["_dropout"] = original
    return checks.array(result, values.shape, f"dropout of an array of shape {values.shape}, rate {rate}, {training=}")


def top_k_error(top_k_error: Callable) -> None:
    """Check task 9 on the three images of the table, with every k."""
    logits = np.array([[2, 0.5, 1, -1], [0.1, 0.9, 0.8, 0.2], [-3, -1, -2, -4]], "float32")
    labels = np.array([0, 2, 3])
    found = [error_of(top_k_error, logits, labels, k, f"the top-{k} error of the three images") for k in (1, 2, 3, 4)]
    expected = np.array([2, 1, 1, 0]) / 3
    checks.close(np.array(found), expected, "the top-1, top-2, top-3 and top-4 errors of the three images", {
        "the error is in per cent; it should be from 0 to 1": 100 * expected,
        "this is the number of images; it should be the fraction": 3 * expected,
        "the number of wrong images is divided by the number of classes; it should be the number of images":
            3 * expected / 4,
        "the result is rounded": np.round(expected, 2),
        "this is the accuracy; the error is 1 minus the accuracy": 1 - expected,
        "the k + 1 best guesses are used; one class too many counts as right": np.array([1, 1, 0, 0]) / 3,
        "the k - 1 best guesses are used; one class too few counts as right": np.array([3, 2, 1, 1]) / 3,
        "the classes with the k smallest logits are taken; they should be those with the largest":
            np.array([2, 2, 1, 0]) / 3,
        "only the k-th guess is used; it should be the first k guesses": np.array([2, 2, 3, 2]) / 3,
        "this is the top-1 error, whatever k is": np.array([2, 2, 2, 2]) / 3,
        "the true class is looked for among the guesses for all images; it should be those for its own image":
            np.array([2, 1, 0, 0]) / 3,
    }, rule="An image is right if its true class is among the k classes with the largest logits.")
    checks.passed("top_k_error", top_k_error)


def error_of(top_k_error: Callable, logits: np.ndarray, labels: np.ndarray, k: int, what: str) -> float:
    """Return what `top_k_error` returns, after a check that it is one number."""
    result = checks.call(top_k_error, logits, labels, k)
    checks.true(not getattr(result, "shape", ()), f"{what} should be one number: the mean over all images.")
    return checks.number(result, what)


def train_fresh(
    train_fresh: Callable, trained: Any, small_labels: np.ndarray, test_photographs: np.ndarray,
    test_labels: np.ndarray, plan: Any,
) -> None:
    """Check task 10 on a network with one weight; then train with the budget, unless a hidden test does it later."""
    network, prepared = one_weight(1.0, 0.0), list[int]()

    def larger_each_time(images: np.ndarray, labels: np.ndarray) -> tuple:  # the losses are 1, 4, 9
        checks.true(images.shape == ONES.shape and len(labels) == 20, (
            f"prepare should get the original images and labels, but gets arrays of shape {images.shape}."))
        checks.true(np.array_equal(images, ONES) and np.array_equal(labels, ZEROS), (
            "prepare should get the originals each time, not what it returned before."))
        prepared.append(int(network.optimizer.iterations))
        return images * len(prepared), labels

    losses = checks.call(train_fresh, network, ONES, ZEROS, 3, larger_each_time, 8)
    checks.same(len(prepared), 3, "how often prepare is called in 3 epochs", {
        1: "prepare is called for the first epoch alone; it should be called in each epoch",
        9: "prepare is called for each batch; it should be called once per epoch", 0: "prepare is not called",
        6: "prepare is called twice per epoch; one call returns both images and labels",
    }, rule="It should be called once at the start of each epoch.")
    found = loss_of_each_epoch(losses, 3, {
        9: "there is one loss for each batch; it should be the mean over the epoch"})
    checks.close(found, [1, 4, 9], "the losses with inputs 1, 2, 3 and a weight that stays 1", {
        "the originals are used for training; it should be what prepare returns": [1, 1, 1],
        "the loss of the last epoch is given for every epoch": [9, 9, 9],
        "the losses are in reverse order": [9, 4, 1],
        "the losses of the batches are added up; it should be the mean over the images": [3, 12, 27],
    }, tolerance=1e-3, rule=(
        "The batches should be those that `prepare` returns, and the learning rate should be that of the model."))
    checks.same(int(network.optimizer.iterations), 9, "the training steps in 3 epochs of 20 images with batch size 8", {
        6: "the last, smaller batch is left out", 27: "each call of `fit` trains 3 epochs",
    }, rule="This model should be trained, with batches of `batch_size` images.")
    checks.same(prepared, [0, 3, 6], "the number of steps taken before each call of prepare", [
        ([0, 0, 0], "all epochs are prepared before the first one starts"),
    ], rule="prepare should be called at the start of each epoch, when the one before it is over.")
    if plan.budget != "grading":  # while the work is graded, the hidden tests train, after all other checks
        print("The short training works. Now the training on photographs:")
        network = really_trained(trained)
        expect_steps(network, small_labels, plan)
        expect_accuracy(network, test_photographs, test_labels, plan)
    checks.passed("train_fresh", train_fresh)


def one_weight(weight: float, rate: float) -> keras.Model:
    """Return a network whose output is one weight times its input, trained on the squared error in plain steps."""
    network = CompiledOnce([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    network.set_weights([np.array([[weight]], "float32")])
    network.compile(keras.optimizers.SGD(rate), "mse")
    return network


class CompiledOnce(keras.Sequential):
    """A network that counts how often it is compiled."""

    compiled_times = 0

    def compile(self, *arguments: Any, **keywords: Any) -> None:
        self.compiled_times += 1
        super().compile(*arguments, **keywords)


def loss_of_each_epoch(losses: Any, epochs: int, causes: Mapping[int, str] = {}) -> np.ndarray:
    """Return the losses as an array, after a check that there is one number for each epoch."""
    checks.true(isinstance(losses, list | tuple | np.ndarray), (
        f"train_fresh should return a list with the loss of each epoch, but returns {type(losses).__name__}."))
    checks.same(len(losses), epochs, f"the number of losses in a call with {epochs} epochs", causes, rule=(
        "Each call should return one loss for each of its own epochs, and no others."))
    checks.true(not any(isinstance(loss, keras.callbacks.History) for loss in losses), (
        "Each loss should be a number, not what `fit` returns; the loss is in its `.history`."))
    return np.array([checks.number(loss, "a loss") for loss in losses])


def really_trained(trained: Any) -> keras.Model:
    """Return the network that `trained` trains with the budget, out of sight of the test set."""
    trained.cache_clear()
    with hidden("test", "test_images", "test_photographs", "test_labels"):
        network, _ = trained()
    return network


def expect_steps(network: keras.Model, small_labels: np.ndarray, plan: Any) -> None:
    """Check how many steps the training with the budget took."""
    images, steps = len(small_labels), plan.epochs * math.ceil(len(small_labels) / BATCH)
    what = f"the training steps in {plan.epochs} epochs of {images:,} images"
    checks.same(int(network.optimizer.iterations), steps, what, {0: "the model is not trained"}, rule=(
        "Each image should be used once per epoch, and no others."))


def expect_accuracy(network: keras.Model, test_photographs: np.ndarray, test_labels: np.ndarray, plan: Any) -> None:
    """Check the accuracy on the test set."""
    guesses = network.predict(test_photographs, batch_size=500, verbose=0).argmax(axis=1)
    accuracy = float(np.mean(guesses == test_labels))
    checks.true(accuracy >= plan.accuracy, (
        f"The trained network classifies {accuracy:.1%} of the test photographs correctly, but should reach "
        f"{plan.accuracy:.1%}{', and it predicts the same class for all of them' if len({*guesses}) == 1 else ''}. "
        "Images and labels should be those of `prepare`, unchanged, and the optimiser should be the model's own in all "
        "epochs."))
    print(f"Test accuracy {accuracy:.1%}; {plan.accuracy:.1%} is required.")


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Take names out of the notebook for as long as the block runs."""
    notebook: dict[str, Any] = get_ipython().user_ns
    taken = {name: notebook.pop(name) for name in names if name in notebook}
    try:
        yield
    except NameError as error:
        checks.true(error.name not in taken, (
            f"train_fresh uses {error.name}. The test set should not be used in training."))
        raise
    finally:
        notebook.update(taken)
