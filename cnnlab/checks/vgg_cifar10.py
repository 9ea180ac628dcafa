"""The visible checks of assignment 5, each with its task's name, and what the hidden tests share with them."""

from __future__ import annotations

import functools
import inspect
import math
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

from cnnlab import checks

__all__ = ["BatchNormalisation", "ablation", "activation_statistics", "centre", "cross_entropy", "draw_kernel",
           "gradient_norms", "logit_gradient", "one_hot", "repaired_vgg"]

CONVOLUTIONS = (2, 2, 3, 3, 3)  # in each of the five blocks
NARROW, NARROW_UNITS = (12, 24, 48, 96, 96), 256
TINY, TINY_UNITS = (3, 4, 5, 6, 7), 8
TWICE = np.array([[2.0, 1, 0], [2, 1, 0]])  # the logits of the example by hand, for two images
ANY_SIZE = "subtract the largest logit of each image first"
NO_LIMIT = f"{ANY_SIZE.capitalize()}, which does not change the result, and do not limit any value."


def one_hot(one_hot: Callable) -> None:
    """Check task 1 on three labels, in a row and in a column."""
    for labels, shape in ((np.array([2, 0, 2]), "(3,)"), (np.array([[2], [0], [2]]), "(3, 1)")):
        what = f"one_hot of the labels 2, 0, 2 of shape {shape} and four classes"
        rows = checks.array(checks.call(one_hot, labels, 4), (3, 4), what, causes={
            (3, 1, 4): "there is an axis too many; flatten labels of shape (n, 1) first",
            (3, 3): "there are as many columns as the largest label needs; `classes` says how many there should be",
            (3, 2): "there are as many columns as different labels; `classes` says how many there should be",
            (3, 10): "there are always ten columns; `classes` says how many there should be",
            (4, 3): "rows and columns are swapped; each label has a row of its own",
        }, dtype="float32")
        checks.close(rows, [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]], what, causes={
            "the classes are counted from 1; they start at 0": [[0, 1, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]],
        }, rule="The only 1 of a row should be in the column of its label.")
    checks.raises(ValueError, one_hot, np.array([1, 4]), 4, reason=(
        "There is no class 4; four classes are numbered 0 to 3."))
    checks.passed("one_hot", one_hot)


def cross_entropy(cross_entropy: Callable) -> None:
    """Check task 2 on the logits of the example, with targets of both forms, and on large logits."""
    total = 0.4076 + 2.4076
    by_classes = "the sum is divided by the number of classes as well; it should be the mean over the images"
    for targets, expected, causes in (
        (np.array([0, 2]), total / 2, {
            "the losses of the images are added up; the task asks for their mean": total, by_classes: total / 6,
            "the logarithm is taken to base 2; it should be the natural logarithm": total / 2 / math.log(2),
            "the minus sign is missing": -total / 2,
        }),
        (np.array([[1.0, 0, 0], [0, 0, 1]]), total / 2, {by_classes: total / 6}),
        (np.array([[0.9, 0.1, 0], [0.9, 0.1, 0]]), 0.5076, {
            "the targets are rounded to whole classes; they may be any distribution": 0.4076,
        }),
    ):
        what = f"the cross-entropy of the logits (2, 1, 0) twice, with targets {targets.tolist()}"
        expect_cross_entropy(cross_entropy, targets, TWICE, expected, what, causes, tolerance=1e-3)
    clipped = "a probability of 0 is replaced by {} before the logarithm; compute ln p directly"
    expect_cross_entropy(
        cross_entropy, np.array([0, 1]), np.array([[1000.0, 0], [1000, 0]]), 500,
        "the cross-entropy of the logits (1000, 0) twice, with targets [0, 1]", {
            clipped.format("1e-7"): -math.log(1e-7) / 2, clipped.format("1e-12"): -math.log(1e-12) / 2,
        }, NO_LIMIT, tolerance=1e-3)
    checks.passed("cross_entropy", cross_entropy)


def expect_cross_entropy(
    cross_entropy: Callable, targets: np.ndarray, logits: np.ndarray, expected: float, what: str, causes: Mapping = {},
    rule: str = "It should be the mean of -ln p over the images, each with its own target.", tolerance: float = 1e-4,
) -> None:
    """Check one call of `cross_entropy`, in which no ready-made loss works."""
    with _refusing("crossentropy", "cross_entropy should compute the loss itself, but it calls a ready-made loss."):
        result = checks.call(cross_entropy, targets, logits)
    checks.true(not (isinstance(result, np.ndarray) and result.shape == (len(logits),)), (
        f"{what} should be one number, but is an array of shape ({len(logits)},). Likely cause: there is one number "
        "per image; the task asks for their mean."))
    checks.true(not isinstance(result, float | np.floating) or np.isfinite(result), (
        f"{what} is {result}. It should be finite for logits of any size: {ANY_SIZE}."))
    checks.close(checks.number(result, what), expected, what, causes, tolerance, rule)


@contextmanager
def _refusing(word: str, sentence: str) -> Iterator[None]:
    """Let TensorFlow's and Keras's functions with this word in their names refuse to work, under whatever name."""
    functions = {function: function.__code__ for function in _functions_named(word, len(sys.modules))}
    for function in functions:
        function.__code__ = _refuse.__code__
    try:
        yield
    except AssertionError as error:  # Keras and TensorFlow may have added to the message
        if "A ready-made function was called." not in str(error):
            raise
        raise checks.CheckFailed(sentence) from None
    finally:
        for function, code in functions.items():
            function.__code__ = code


@functools.cache
def _functions_named(word: str, modules: int) -> set:
    """Return these functions; they are looked for again where there are more modules than before."""
    functions = set()
    for place, module in list(sys.modules.items()):
        names = getattr(module, "__dict__", {}) if place.split(".")[0] in ("keras", "tensorflow") else {}
        for name, value in list(names.items()):
            found = inspect.unwrap(value) if word in name.lower().replace("_", "") and callable(value) else None
            if isinstance(found, types.FunctionType) and not found.__code__.co_freevars:
                functions.add(found)
    return functions


def _refuse(*arguments: Any, **keywords: Any) -> None:
    """Stand in for such a function; its code runs among the names of that function's module."""
    raise AssertionError("A ready-made function was called.")


def logit_gradient(logit_gradient: Callable) -> None:
    """Check task 3 on the uniform prediction that is worked out by hand, and on two images."""
    one_row = np.array([[0.25, 0.25, -0.75, 0.25]])
    reversed_sign = "the sign is reversed; the gradient is prediction minus target"
    what = "the gradient of a uniform prediction for class 2 of four"
    checks.close(gradient_of(logit_gradient, np.array([2]), np.zeros((1, 4)), what), one_row, what, {
        reversed_sign: -one_row,
        "these are the probabilities; the target is not subtracted": np.full((1, 4), 0.25),
        "the logits are taken for probabilities; softmax comes first": np.array([[0.0, 0, -1, 0]]),
        "1 is subtracted for every class; only the true class has y = 1": np.full((1, 4), -0.75),
        "this is the derivative of softmax alone; that of the logarithm is missing": -one_row / 4,
    }, rule="It should be p - y.")
    two_rows = np.array([[0.6652, 0.2447, -0.91], [-0.3348, 0.2447, 0.09]]) / 2
    what = "the gradient for the logits (2, 1, 0) twice and the classes 2 and 0"
    checks.close(gradient_of(logit_gradient, np.array([2, 0]), TWICE, what), two_rows, what, {
        "the gradient is not divided by the number of images; the loss is their mean": 2 * two_rows,
        "the gradient is divided by the number of classes; the loss is the mean over the images": two_rows * 2 / 3,
        reversed_sign: -two_rows,
        "1 is subtracted in every row for each label; each image has only its own label":
            np.array([[-0.3348, 0.2447, -0.91]] * 2) / 2,
    }, tolerance=1e-3, rule="It should be p - y of each image, divided by the number of images.")
    checks.passed("logit_gradient", logit_gradient)


def gradient_of(logit_gradient: Callable, labels: np.ndarray, logits: np.ndarray, what: str) -> np.ndarray:
    """Return what `logit_gradient` returns, after type and shape were checked."""
    result = checks.call(logit_gradient, labels, logits)
    checks.true(not isinstance(result, np.ndarray) or result.dtype.kind != "f" or np.isfinite(result).all(), (
        f"{what} holds NaN or infinity. It should be finite for logits of any size: {ANY_SIZE}."))
    return checks.array(result, logits.shape, what, causes={
        logits.shape[1:]: "there is no row per image; each image should have a row of its own",
        logits.shape[::-1]: "rows and columns are swapped; each image should have a row of its own",
    })


def activation_statistics(activation_statistics: Callable) -> None:
    """Check task 4 on the table that is worked out by hand."""
    model = chained((3,), [keras.layers.ReLU(), keras.layers.ReLU()])  # the second one changes nothing
    values = np.array([[-1, 2, 0], [-3, -5, 4]], "float32")
    outputs = np.maximum(values, 0)
    (spread, dead), again = statistics_of(activation_statistics, model, values, 2, "the table by hand")
    checks.close(spread, 1.5275, "the standard deviation of the table by hand", {
        "this is the variance; the standard deviation is its root": 1.5275**2,
        "this is the root of the mean square; the mean has to be subtracted first": (20 / 6)**0.5,
        "the sum of squares is divided by one less than the number of values": 1.5275 * (6 / 5)**0.5,
        "spread and dead are swapped; the spread comes first": 1 / 3,
        "this is the mean of the units' standard deviations; it should be that of all values": outputs.std(0).mean(),
        "the zeros are left out; they count as well": 1.0,
        "the values before the ReLU are measured; it should be those after it": values.std(),
        "each image is measured by itself; the batch should be measured as a whole": outputs.std(1).mean(),
    }, tolerance=1e-3, rule="It should be that of all six values together, zeros included, not unit by unit.")
    checks.close(dead, 1 / 3, "the fraction of dead units of the table by hand", {
        "this is the fraction of zeros; a unit is dead only if it is 0 for the whole batch": 4 / 6,
        "this is the fraction of living units": 4 / 6,
        "this is the fraction of units that are 0 for at least one image": 1.0,
        "this is the number of dead units; the task asks for their fraction": 1.0,
    }, tolerance=1e-3, rule="A unit is dead only if it is 0 for the whole batch: unit 0 is, the other two are not.")
    checks.close(again, (spread, dead), "the pair of the second ReLU, which receives the same values")
    checks.passed("activation_statistics", activation_statistics)


def chained(shape: tuple, layers: list) -> keras.Model:
    """Return a functional model: these layers, one after the other."""
    values = inputs = keras.Input(shape)
    for layer in layers:
        values = layer(values)
    return keras.Model(inputs, values)


def statistics_of(
    activation_statistics: Callable, model: keras.Model, images: np.ndarray, count: int, what: str,
) -> list[tuple[float, float]]:
    """Return what `activation_statistics` returns, after types and length were checked."""
    result = checks.call(activation_statistics, model, images)
    checks.true(isinstance(result, list | tuple | np.ndarray), (
        f"activation_statistics should return a list of pairs, but returns {type(result).__name__}."))
    checks.same(len(result), count, f"the number of pairs for {what}", causes={
        len(model.layers): "there is a pair for every layer; there should be one for every ReLU layer",
    }, rule="Each ReLU layer counts, whatever its name is and wherever it stands.")
    for pair in result:
        checks.true(hasattr(pair, "__len__") and len(pair) == 2, (
            f"Each item should be a pair (spread, dead), but one is {pair}."))
    return [(checks.number(spread, f"a standard deviation of {what}"),
             checks.number(dead, f"a fraction of dead units of {what}"))
            for spread, dead in result]


def gradient_norms(gradient_norms: Callable) -> None:
    """Check task 5 on a dense layer of zeros: each image contributes (0.25, 0.25, -0.75, 0.25) / 2."""
    linear, images = chained((2,), [keras.layers.Dense(4)]), np.array([[3, 4], [3, 4]], "float32")
    linear.set_weights([0 * weight for weight in linear.get_weights()])
    norm, = norms_of(gradient_norms, linear, images, np.array([2, 2], "uint8"), 1, "one dense layer")
    checks.close(norm, 5 * 0.75**0.5, "the gradient norm of a dense layer of zeros, for two equal images", {
        "the losses of the images are added up; the loss should be their mean": 10 * 0.75**0.5,
        "this is the square of the norm; take its root": 25 * 0.75,
        "this is the largest entry; the norm is the root of the sum of the squares": 3.0,
        "this is the sum of the absolute values; the norm is the root of the sum of the squares": 10.5,
        "this is the root of the mean of the squares; it should be that of their sum": 5 * 0.75**0.5 / 8**0.5,
        "the gradient of the bias is included; it should be that of the kernel alone": (25 * 0.75 + 0.75)**0.5,
        "softmax is applied before a loss that applies it itself": 5 * 0.75**0.5 / 4,
    }, tolerance=1e-3, rule="It should be the gradient of the mean cross-entropy with respect to the kernel.")
    checks.passed("gradient_norms", gradient_norms)


def norms_of(
    gradient_norms: Callable, model: keras.Model, images: np.ndarray, labels: np.ndarray, count: int, what: str,
) -> list[float]:
    """Return what `gradient_norms` returns, after types and length were checked."""
    result = checks.call(gradient_norms, model, images, labels)
    checks.true(isinstance(result, list | tuple) or (isinstance(result, np.ndarray) and result.ndim), (
        f"gradient_norms should return a list with one norm per kernel, but returns {type(result).__name__}."))
    axes = [len(weight.shape) for weight in model.weights if len(weight.shape) > 1]
    checks.same(len(result), count, f"the number of norms for {what}", causes=[
        (axes.count(2) + axes.count(4), "a kernel with three axes is missing; it belongs in the list as well")
        if 3 in axes else
        (axes.count(2), "kernels with more than two axes, those of convolutions, are missing in the list"),
        (len(axes), "a kernel that is not trainable is in the list; leave it out"),
        (len(model.trainable_weights), "weights with one axis are in the list; it should hold kernels alone"),
    ], rule="There should be one norm per trainable kernel.")
    return [checks.number(norm, f"a gradient norm of {what}") for norm in result]


def draw_kernel(draw_kernel: Callable) -> None:
    """Check task 6 on a convolution from 64 to 96 channels, with both schemes and with a third."""
    squared = "the variance is used as the standard deviation; take its root"
    expect_kernel(draw_kernel, (3, 3, 64, 96), "he", 1, 0.0589256, {
        "the area of the kernel is left out; fan-in is 3·3·64 here": (2 / 64)**0.5, squared: 2 / 576,
        "the variance is 1 / fan-in, which is right without ReLU; ReLU takes away one half": (1 / 576)**0.5,
        "fan-out is used; He's variance needs fan-in": (2 / 864)**0.5, "this is Glorot's variance": (2 / 1440)**0.5,
        "the distribution is truncated at two standard deviations; that makes it narrower": 0.87963 * 0.0589256,
        "all four sizes are multiplied; fan-in leaves out the output channels": (2 / 55296)**0.5,
    })
    expect_kernel(draw_kernel, (3, 3, 64, 96), "glorot", 1, 0.0372678, {
        "this is He's variance": (2 / 576)**0.5, squared: 2 / 1440,
        "the area of the kernel is left out of fan-in and fan-out": (2 / 160)**0.5,
        "the variance is 1 / (fan-in + fan-out); Glorot's variance is twice as large": (1 / 1440)**0.5,
        "the limit of the uniform distribution is used as the standard deviation": (6 / 1440)**0.5,
    })
    checks.raises(ValueError, draw_kernel, (3, 3, 4, 4), "xavier", 1, reason=(
        'The scheme is "he" or "glorot"; any other name is a typing error and should not pass unnoticed.'))
    checks.passed("draw_kernel", draw_kernel)


def expect_kernel(
    draw_kernel: Callable, shape: tuple, scheme: str, seed: int, expected: float, causes: Mapping = {},
) -> None:
    """Check type, shape, mean, standard deviation and distribution of a kernel."""
    what = f"draw_kernel({shape}, {scheme!r}, seed={seed})"
    kernel = checks.array(checks.call(draw_kernel, shape, scheme, seed), shape, what, dtype="float32").astype("float64")
    noise = 5 / kernel.size**0.5  # five standard errors of a mean
    checks.true(kernel.std() > 0, f"All numbers of {what} are the same; they should be random.")
    checks.close(
        kernel.std() / expected, 1, f"the standard deviation of {what}, as a multiple of the right one, {expected:.4f}",
        {text: wrong / expected for text, wrong in causes.items()}, tolerance=max(0.01, noise),
        rule="It should be the root of the scheme's variance.")
    checks.true(abs(kernel.mean()) < noise * expected, (
        f"The mean of {what} should be near 0, but is {kernel.mean():.4f}."))
    flatness = np.mean(kernel**4) / np.mean(kernel**2)**2
    checks.true(2.1 < flatness < 4, (
        f"The numbers of {what} have the right standard deviation, but not the bell shape of a normal distribution: "
        f"the mean of their fourth powers should be about 3 times the squared variance, but is {flatness:.2g} times."))


def centre(centre: Callable) -> None:
    """Check task 7 on the example by hand: red is as there, green is 255 everywhere, blue is a fifth of that."""
    train_images = np.full((2, 1, 2, 3), (0, 255, 51), "uint8")
    train_images[..., 0] = [[[51, 153]], [[102, 204]]]
    test_images = np.array([[[[204, 255, 102], [0, 0, 0]]]], "uint8")
    train, test = centred_pair(centre, train_images, test_images, "the example by hand")
    red, what = np.array([[[-0.3, 0.1]], [[-0.1, 0.3]]]), "of the training images of the example by hand"
    checks.close(train[..., 0], red, f"the red channel {what}", {
        "nothing is subtracted": red + 0.5, "the bytes are not divided by 255": red * 255,
        "the mean of each image is subtracted; it should be that of the training set": [[[-0.2, 0.2]], [[-0.2, 0.2]]],
        "the mean of each position is subtracted; there should be one mean per channel":
            [[[-0.1, -0.1]], [[0.1, 0.1]]],
        "there is one mean for all channels; each channel has its own": red + 0.5 - 1.7 / 3,
        "the mean is added; it should be subtracted": red + 1.0,
        "this is the mean of the first training image alone": red + 0.5 - 0.4,
        "red and blue are swapped": red + 0.5 - 0.2,
        "the values are divided by their standard deviation as well": red / 0.05**0.5,
        "the mean includes the test images; it should be that of the training set": red + 0.5 - 2.8 / 6,
        "the mean is rounded to a whole number": red - 0.5 / 255,
        "the mean is rounded down to a whole number": red + 0.5 / 255,
        "bytes are subtracted from bytes, which cannot be negative: 51 - 128 becomes 179":
            (255 * (red + 0.5) - 128) % 256 / 255,
    }, tolerance=1e-3, rule="It should be byte / 255 minus the mean 0.5.")
    checks.close(train[..., 1:], np.zeros((2, 1, 2, 2)), f"the green and blue channels {what}", tolerance=1e-3, rule=(
        "All values of each of these channels are the same, so 0 should be left."))
    checks.close(test[0, 0], [[0.3, 0, 0.2], [-0.5, -1, -0.2]], "the test image of the example by hand", {
        "the mean of the test image is subtracted; at inference, only that of the training set is known":
            [[0.4, 0.5, 0.2], [-0.4, -0.5, -0.2]],
        "the test images are not centred; subtract the mean from them as well": [[0.8, 1, 0.4], [0, 0, 0]],
    }, tolerance=1e-3, rule="It should be byte / 255 minus the mean of the training set.")
    checks.passed("centre", centre)


def centred_pair(centre: Callable, train_images: np.ndarray, test_images: np.ndarray, what: str) -> list[np.ndarray]:
    """Return what `centre` returns, after types and shapes were checked."""
    result = checks.call(centre, train_images, test_images)
    checks.true(isinstance(result, tuple | list) and len(result) == 2, (
        f"centre should return two arrays, but returns {type(result).__name__}."))
    return [
        checks.array(values, given.shape, f"{name} of {what}", causes={
            other.shape: "training and test images are swapped; the training images come first",
        }, dtype="float32")
        for values, given, other, name in zip(result, (train_images, test_images), (test_images, train_images),
                                              ("the training images", "the test images"), strict=True)
    ]


def BatchNormalisation(BatchNormalisation: Callable) -> None:
    """Check task 8 on the batch of four that is worked out by hand."""
    column, layer = np.array([[1], [3], [5], [7]], "float32"), BatchNormalisation()
    checks.true(isinstance(layer, keras.layers.Layer) and not isinstance(layer, keras.layers.BatchNormalization), (
        "BatchNormalisation should be a layer of your own, not Keras's batch normalisation."))
    right, own = (column - 4) / 5.001**0.5, "in training it should be the batch's own mean and variance"
    what = "the example by hand in training"
    checks.close(normalised_by(layer, column, True, what), right, what, {
        f"the moving averages are used; {own}": column / 1.001**0.5,
        f"the moving averages are updated first and then used; {own}": (column - 0.04) / 1.041**0.5,
        "the variance is divided by n - 1; it should be divided by n": (column - 4) / (20 / 3 + 0.001)**0.5,
        "the deviations are divided by the variance; divide them by its root": (column - 4) / 5.001,
        "the variance is measured around another mean than the batch's own": (column - 4) / 21.001**0.5,
        "epsilon is added after the root; it should be added to the variance": (column - 4) / (5**0.5 + 0.001),
        "only the mean is subtracted; divide by the standard deviation as well": column - 4,
        "each image is normalised by itself; mean and variance are those of the batch": np.zeros((4, 1)),
    }, tolerance=2e-5, rule="It should be the formula above, with γ = 1 and β = 0.")
    swapped = "momentum and 1 - momentum are swapped"
    checks.close(_number_in(layer, "moving_mean"), 0.04, "the moving mean after the example by hand", {
        "the moving averages are not updated": 0.0, swapped: 0.99 * 4,
        "the moving mean is replaced by the batch's mean": 4.0,
    }, rule="It should be 0.99 · 0 + 0.01 · 4.")
    checks.close(_number_in(layer, "moving_variance"), 1.04, "the moving variance after the example by hand", {
        "the moving variance is not updated": 1.0, swapped: 0.01 + 0.99 * 5,
        "the old value is not multiplied by the momentum": 1.05,
        "the variance is divided by n - 1; it should be divided by n": 0.99 + 0.01 * 20 / 3,
        "the standard deviation is averaged; it should be the variance": 0.99 + 0.01 * 5**0.5,
        "epsilon is included in the moving variance; leave it out": 0.99 + 0.01 * 5.001,
    }, tolerance=2e-6, rule="It should be 0.99 · 1 + 0.01 · 5.")
    what = "the example by hand at inference, after one training step"
    checks.close(normalised_by(layer, column, False, what), (column - 0.04) / 1.041**0.5, what, {
        "mean and variance of the batch are used; at inference it should be the moving averages": right,
        "the inputs are returned as they are": column,
    }, rule="It should be the formula above, with the moving averages.")
    checks.close(_number_in(layer, "moving_mean"), 0.04, "the moving mean after the layer was used at inference", {
        "at inference the moving averages are updated; they should stay as they are": 0.99 * 0.04 + 0.04,
    }, rule="At inference the moving averages should stay as they are.")
    checks.passed("BatchNormalisation", BatchNormalisation)


def normalised_by(layer: keras.layers.Layer, values: Any, training: bool | None, what: str) -> np.ndarray:
    """Return what the layer returns, after its shape was checked; no ready-made normalisation works meanwhile."""
    with _refusing("batchnorm", (
            "BatchNormalisation should normalise by itself, but it calls a ready-made batch normalisation.")):
        result = checks.call(layer, values, **({} if training is None else {"training": training}))
    return checks.array(result, np.shape(values), what)


def _number_in(layer: keras.layers.Layer, name: str) -> float:
    """Return the only number of a weight of a layer for one unit."""
    weight = getattr(layer, name)
    checks.true(hasattr(weight, "assign"), (
        f"After a training step `{name}` is no longer a weight of the layer. Likely cause: `=` is used in place of "
        "`assign`."))
    return float(checks.array(weight, (1,), f"`{name}` of a layer for one unit")[0])


def repaired_vgg(repaired_vgg: Callable, trained: Any, test_labels: np.ndarray, plan: Any) -> None:
    """Check task 9 on small networks, then train with the budget by `trained` and measure on the test set.

    With the budget for grading, `expect_trained` is called after the cheaper tests that run only there.
    """
    for normalise in (True, False):
        _expect_small(repaired_vgg, normalise)
    trained.cache_clear()
    if plan.budget != "grading":
        print("The network is built as it should be. Now the training on photographs:")
        expect_trained(trained, test_labels, plan)
    checks.passed("repaired_vgg", repaired_vgg)


def expect_trained(trained: Any, test_labels: np.ndarray, plan: Any) -> None:
    """Train with the budget by `trained`, which keeps what it returns, and measure on the test set."""
    network, _, guesses = trained()
    expect_sizes(network, parameters(NARROW, NARROW_UNITS, True), "repaired_vgg()", (
        "By default it has the channels NARROW and NARROW_UNITS units."))
    accuracy, most = float(np.mean(guesses == test_labels)), np.bincount(guesses).max() / len(guesses)
    checks.true(accuracy >= plan.accuracy, (
        f"The trained network classifies {accuracy:.2%} of the test images correctly, but should reach "
        f"{plan.accuracy:.1%}. It assigns {most:.0%} of them to one class. Every batch normalisation should have the "
        "momentum that repaired_vgg is given, 0.9 by default, and nothing should be added to the recipe's layers."))
    print(f"Test accuracy {accuracy:.2%}; {plan.accuracy:.1%} is required.")


def _expect_small(repaired_vgg: Callable, normalise: bool) -> None:
    """Check the output and the parameters of a small network."""
    what = f"repaired_vgg({TINY}, {TINY_UNITS}, normalise={normalise})"
    network = checks.call(repaired_vgg, TINY, TINY_UNITS, normalise=normalise)
    checks.true(isinstance(network, keras.Model), (
        f"{what} should be a keras.Model, but is of type {type(network).__name__}."))
    checks.true(not network.compiled, f"{what} should not be compiled; `train_network` does that.")
    logits = checks.array(network(speckle()), (12, 10), f"the output of {what} for twelve images")
    checks.true(not np.allclose(np.sum(logits, axis=1), 1, atol=1e-3), (
        f"The outputs of {what} add up to 1 for each image. Likely cause: there is a softmax in the last layer; it "
        "should return logits."))
    trained, kept = parameters(TINY, TINY_UNITS, normalise)
    biases, others = parameters(TINY, TINY_UNITS, True)[1] // 2, parameters(TINY, TINY_UNITS, not normalise)[0]
    causes = {
        trained + biases: "the layers have a bias, although they are normalised",
        others: "there is no batch normalisation", trained - kept: "gamma and beta are not trained",
        trained - 4 * TINY_UNITS: "the dense layers have neither batch normalisation nor a bias",
        trained - 2 * TINY_UNITS: "the dense layers are not normalised",
        trained + 20: "the logits are normalised as well; they should not be",
    } if normalise else {
        others: "there is batch normalisation although `normalise` is False",
        trained - biases: "no layer has a bias; without batch normalisation each of them needs one",
    }
    causes |= {
        trained - 10: "the last layer has no bias",
        parameters(NARROW, TINY_UNITS, normalise)[0]: "the channels are always those of NARROW; use `channels`",
        parameters(TINY, NARROW_UNITS, normalise)[0]: "the dense layers always have 256 units; use `units`",
        parameters(TINY, TINY_UNITS, normalise, (2,) * 5)[0]:
            "every block has two convolutions; the blocks should have 2, 2, 3, 3 and 3",
    }
    checks.same(sized(network.trainable_weights), trained, f"the number of trainable parameters of {what}", causes, (
        f"Each of the 15 layers should be followed by {'batch normalisation and ' if normalise else ''}ReLU."))
    checks.same(sized(network.non_trainable_weights), kept, f"the parameters of {what} that are not trained", rule=(
        "A batch normalisation has two moving averages per channel, and everything else is trained."))
    checks.true(hasattr(network, "inputs") and network.inputs, (
        f"The layers of {what} are not connected where others can see it. It should be a functional or a Sequential "
        "model."))
    relus = sum(isinstance(layer, keras.layers.ReLU) for layer in network.layers)
    checks.same(relus, 15, f"the number of ReLU layers of {what}", rule=(
        "Each ReLU should be a keras.layers.ReLU layer of its own."))


def speckle() -> np.ndarray:
    """Return twelve images of noise."""
    return np.random.default_rng(3).normal(size=(12, 32, 32, 3)).astype("float32")


def parameters(channels: tuple, units: int, normalise: bool, blocks: tuple = CONVOLUTIONS) -> tuple[int, int]:
    """Count the parameters of a network by hand: those that are trained, and those that are not."""
    wide = [number for number, count in zip(channels, blocks, strict=True) for _ in range(count)]
    inputs, outputs = [9 * number for number in (3, *wide[:-1])] + [wide[-1], units], [*wide, units, units]
    kernels = sum(one * other for one, other in zip(inputs, outputs, strict=True))
    return kernels + (2 if normalise else 1) * sum(outputs) + units * 10 + 10, 2 * sum(outputs) if normalise else 0


def sized(weights: list) -> int:
    """Count the numbers that these weights hold."""
    return sum(math.prod(weight.shape) for weight in weights)


def expect_sizes(network: keras.Model, expected: tuple[int, int], what: str, rule: str) -> None:
    """Check both numbers of parameters of a network."""
    found = sized(network.trainable_weights), sized(network.non_trainable_weights)
    checks.same(found, expected, f"the parameters of {what}, trained and not trained", rule=rule)


def ablation(ablation: Callable) -> None:
    """Check task 10 on the accuracies of the example by hand."""
    runs = {(): (0.10, 0.10), ("A",): (0.10, 0.12), ("B",): (0.20, 0.24), ("A", "B"): (0.40, 0.50)}
    numbers = {(chosen, seed): pair[seed - 1] for chosen, pair in runs.items() for seed in (1, 2)}
    table, asked = looked_up(ablation, numbers, ["A", "B"], [1, 2])
    expect_economy(asked, ["A", "B"], [1, 2])
    swapped, sign = '"alone" and "last" are swapped', "the sign is reversed; it should be all repairs minus all but one"
    for name, kind, gains, causes in (
        ("A", "alone", [0.00, 0.02], {
            "this is an accuracy; the task asks for the gain compared with no repairs": 0.11, swapped: 0.23,
        }),
        ("A", "last", [0.20, 0.26], {
            "this is an accuracy; the task asks for what is lost without the repair": 0.45,
            "this is the gain of A alone; it should be all repairs minus all but A": 0.01, sign: -0.23,
            "all repairs are compared with A alone; compare them with all but A": 0.34,
        }),
        ("B", "alone", [0.10, 0.14], {swapped: 0.34}),
        ("B", "last", [0.30, 0.38], {sign: -0.34}),
    ):
        expect_mean(table[name][kind], gains, f"{name}, {kind}", causes)
        expect_deviation(table[name][kind], gains, f"{name}, {kind}")
    checks.passed("ablation", ablation)


def looked_up(ablation: Callable, numbers: dict, repairs: list, seeds: list) -> tuple[dict, list]:
    """Return what `ablation` returns for accuracies from a table, and how it called measure, after checking types."""
    asked: list[tuple] = []
    given = list(repairs)

    def look_up(chosen: Any, seed: Any) -> Any:
        checks.true(np.ndim(seed) == 0, f"measure takes one seed at a time, but was called with {seed}.")
        checks.true(isinstance(chosen, tuple), (
            f"`chosen` should be a tuple of names, but is {chosen!r}. A tuple with one name needs a comma: (name,)."))
        asked.append((tuple(chosen), seed))
        checks.true(asked[-1] in numbers, (
            f"ablation should not call measure{asked[-1]}. The arguments should be some of the repairs, in their "
            "order, and a seed."))
        return numbers[asked[-1]]

    table = checks.call(ablation, look_up, repairs, seeds)
    checks.true(list(repairs) == given, (
        "ablation changed the list `repairs`. Work on a copy: the caller still needs it."))
    checks.true(isinstance(table, dict), f"ablation should return a dict, but returns {type(table).__name__}.")
    checks.true(set(table) == set(repairs), (
        f"The keys of the table should be the repairs {', '.join(repairs)}, but are {', '.join(map(repr, table))}."))
    for row in table.values():
        checks.true(isinstance(row, dict) and set(row) == {"alone", "last"}, (
            f'Each repair should have a dict with the keys "alone" and "last", but one has {row}.'))
        for pair in row.values():
            checks.true(hasattr(pair, "__len__") and len(pair) == 2, (
                f"Each entry should be a pair (mean, standard deviation), but one is {pair}."))
    checks.true({seed for _, seed in asked} == set(seeds), (
        f"measure should be called with each of the seeds {list(seeds)}, but some are left out."))
    return table, asked


def expect_economy(asked: list, repairs: list, seeds: list) -> None:
    """Check that no network was trained twice, and none in vain."""
    needed = {(), tuple(repairs)}
    for repair in repairs:
        needed |= {(repair,), tuple(other for other in repairs if other != repair)}
    checks.true(len(asked) == len(set(asked)), (
        f"measure was called {len(asked)} times, but with only {len(set(asked))} different arguments. No training run "
        "should be repeated."))
    count, what = len(needed) * len(seeds), f"the number of networks trained for {len(repairs)} repairs"
    checks.same(len(asked), count, f"{what} and {len(seeds)} seeds", rule=(
        "Only the combinations that one of the gains needs should be measured." if len(asked) > count else
        "The gain `last` needs all repairs but one, even if these are several."))


def expect_mean(
    found: Sequence, gains: list, what: str, causes: Mapping = {},
    rule: str = "It should be the mean gain: the accuracy with the repair minus that without it.",
) -> None:
    """Check the first number of a pair against the gains of the seeds."""
    what = f"the mean of {what}"
    checks.close(checks.number(found[0], what), sum(gains) / len(gains), what, causes, rule=rule)


def expect_deviation(found: Sequence, gains: list, what: str) -> None:
    """Check the second number of a pair against the gains of the seeds."""
    what, count = f"the standard deviation of {what}", len(gains)
    squares = sum((gain - sum(gains) / count)**2 for gain in gains)
    checks.close(checks.number(found[1], what), math.sqrt(squares / (count - 1)), what, {
        "the sum of squares is divided by the number of seeds; the sample standard deviation divides by one less":
            math.sqrt(squares / count),
        "this is the variance; the standard deviation is its root": squares / (count - 1),
    }, rule="Take the difference for each seed first, then the standard deviation of the differences.")
