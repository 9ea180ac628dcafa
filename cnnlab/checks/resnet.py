"""The visible checks of assignment 6, each with its task's name, and what the hidden tests share with them."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from IPython import get_ipython

from cnnlab import checks

__all__ = ["IdentityBlock", "ResidualBlock", "cifar_resnet", "gradient_norms", "padding_shortcut", "resnet34", "stage",
           "start_as_identity", "train_network"]

BATCH = 64  # images in one training step
FOUR = np.array([4, 2, 0.8, -3])  # the example by hand, one number per channel
ONE_IMAGE = np.array([[3, 4]], "float32")


def gradient_norms(gradient_norms: Callable) -> None:
    """Check task 1 on the example by hand, and on three kinds of layers."""
    what = "the norms for the example by hand"
    found = measured_norms(gradient_norms, logits_of(2), ONE_IMAGE, [0], 1, what, {
        (0,): "the dense layer is left out; its kernel has two axes",
        (): "this is one norm of all gradients together; there should be one per kernel",
        (1, 2): "this is one norm per unit; there should be one per kernel",
    })
    expected = 12.5**0.5
    half = {"this is the root of the mean of the squares, not of their sum": (2 / 3)**0.5 * 5 / 6**0.5,
            "softmax is applied before a loss that applies it itself": (2 / 3)**0.5 * 5 / 3}
    none = {"this is the norm of the weights, not of their gradient": 0.05 * 6**0.5,
            "the loss takes the logits for probabilities": (2 / 3)**0.5 * 5 / 0.35}
    alike: Mapping = half if abs(found[0] - expected / 2) < 1e-2 else none if abs(found[0]) < 1e-2 else {}
    if alike:  # causes that give the example the same norm, but not a layer with three logits
        apart = measured_norms(gradient_norms, logits_of(3, 0.05), ONE_IMAGE, [0], 1, "the norms for three logits")
        alike = {text: [found[0]] for text, value in alike.items() if abs(apart[0] - value) < 2e-2}
    checks.close(found, [expected], what, tolerance=1e-3, causes={
        "this is the square of the norm; take its root": [12.5],
        "this is the largest entry, not the norm": [2.0],
        "this is the mean of the squares; the norm is the root of their sum": [12.5 / 4],
        "this is the gradient of the squared error; the task asks for the cross-entropy": [5.0],
        "this is the sum of the absolute values; the norm is the root of the sum of squares": [7.0],
        **alike,
    }, rule="It should be the gradient of the cross-entropy of the logits, with respect to the trainable weights.")
    what = "the norms for the images (3, 4) and (0, 0)"
    found = measured_norms(gradient_norms, logits_of(2), np.array([[3, 4], [0, 0]], "float32"), [0, 1], 1, what)
    checks.close(found, [expected / 2], what, tolerance=1e-3, causes={
        "the loss is not the mean over both images": [expected],
    }, rule="The loss is the mean over all images.")
    layers = [keras.Input((4, 4, 1)), keras.layers.Conv2D(2, 3), keras.layers.BatchNormalization(),
              keras.layers.Flatten(), keras.layers.Dense(3)]
    what = "the norms of a convolution, a batch normalisation and a dense layer"
    measured_norms(gradient_norms, keras.Sequential(layers), np.ones((2, 4, 4, 1), "float32"), [0, 2], 2, what, {
        (6,): "biases and batch normalisation are in the list; it should hold kernels, with two axes or more",
        (4,): "weights with one axis are in the list; it should hold kernels, with two axes or more",
        (1,): "one norm is missing; the convolution and the dense layer have a kernel each",
        (8,): "moving averages are in the list; they have no gradient",
        (): "this is one norm of all gradients together; there should be one per kernel",
    })
    checks.passed("gradient_norms", gradient_norms)


def logits_of(count: int, weight: float = 0.0) -> keras.Model:
    """Build a dense layer with 2 inputs and no biases, whose weights are all the same."""
    start = keras.initializers.Constant(weight)
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(count, use_bias=False, kernel_initializer=start)])


def measured_norms(
    gradient_norms: Callable, model: keras.Model, images: np.ndarray, labels: Any, count: int, what: str,
    causes: Mapping | Sequence = {},
) -> np.ndarray:
    """Return the result of `gradient_norms`, after checking its type and length and that nothing was trained."""
    before = [weight.copy() for weight in model.get_weights()]
    found = checks.call(gradient_norms, model, images, np.array(labels, "int32"))
    found = np.array([float(one) for one in found]) if isinstance(found, list | tuple) else found
    found = checks.array(found, (count,), what, causes=causes)
    learned = [place for place, weight in enumerate(model.weights) if weight.trainable]
    moved = any(not np.array_equal(before[place], model.get_weights()[place]) for place in learned)
    checks.true(not moved, "gradient_norms changed the weights of the model: it should measure, not train.")
    return found


def weights_by_role(layer: keras.layers.Layer) -> dict[str, list]:
    """Sort the weights of a fresh layer by role, judging by their shapes and initial values."""
    found: dict[str, list] = {"kernel": [], "gamma": [], "beta": [], "mean": [], "variance": []}
    for weight in layer.weights:
        values = weight.numpy()
        if values.ndim > 1:
            role = "kernel"
        elif np.all(values == 1):
            role = "gamma" if weight.trainable else "variance"
        elif np.all(values == 0):
            role = "beta" if weight.trainable else "mean"
        else:
            raise checks.CheckFailed(
                f"A weight of shape {values.shape} is neither 0 nor 1 after a call with training=False. " + (
                    "Apart from the kernels, all weights should have Keras's initial values." if weight.trainable
                    else "Likely cause: a batch normalisation is always in training mode; hand `training` on to it."))
        found[role].append(weight)
    return found


def fill(layer: keras.layers.Layer, numbers: Callable) -> None:
    """Set every weight of a fresh layer to numbers(role, shape)."""
    made: dict[tuple, np.ndarray] = {}
    for role, weights in weights_by_role(layer).items():
        for weight in weights:
            key = role, tuple(weight.shape)
            made.setdefault(key, numbers(*key))
            weight.assign(made[key])


def by_hand(role: str, shape: tuple, beta: float = -0.5) -> np.ndarray:
    """Return the numbers of the example: kernels multiply by 0.5, batch normalisation adds `beta`."""
    if role == "kernel":
        kernel = np.zeros(shape, "float32")
        kernel[shape[0] // 2, shape[1] // 2] = 0.5 * np.eye(*shape[2:])
        return kernel
    return np.full(shape, {"gamma": 1, "beta": beta, "mean": 0, "variance": 1}[role], "float32")


def at_random(role: str, shape: tuple) -> np.ndarray:
    """Return random numbers of moderate size, always the same for the same role and shape."""
    draw = np.random.default_rng([len(role), *shape])
    if role == "kernel":
        return (draw.standard_normal(shape, "float32") / math.sqrt(math.prod(shape[:-1]))).astype("float32")
    around_one = role in ("gamma", "variance")
    return (draw.uniform(0.5, 1.5, shape) if around_one else draw.normal(0, 0.3, shape)).astype("float32")


def flat_photographs(values: Any, size: int = 6) -> np.ndarray:
    """Return two photographs in which every pixel holds these values, one per channel."""
    return np.broadcast_to(np.asarray(values, "float32"), (2, size, size, len(values))).copy()


def parameters(network: keras.layers.Layer) -> int:
    """Count the trainable parameters of a network."""
    return sum(math.prod(weight.shape) for weight in network.trainable_weights)


def expect_parts(layer: keras.layers.Layer, kernels: int, norms: int, what: str, biases: int = 0) -> None:
    """Check how many kernels, batch normalisations and biases a layer has."""
    found = {role: len(weights) for role, weights in weights_by_role(layer).items()}
    cause = "there is one layer too many"
    if found["kernel"] < kernels:
        cause = "a convolution is missing; each one in the picture needs its own layer"
    if not found["kernel"]:
        cause = "the layers are not part of the block; make them in `__init__`, as attributes of self"
    checks.true(found["kernel"] == kernels, (
        f"{what} should have {kernels} kernels, but has {found['kernel']}. Likely cause: {cause}."))
    cause = "there is one too many"
    if found["mean"] < norms:
        cause = "a batch normalisation is missing"
        cause = "another kind of normalisation is used" if found["gamma"] > found["mean"] else cause
    checks.true(found["mean"] == norms, (
        f"{what} should have {norms} batch normalisations, one after each convolution, but has {found['mean']}. "
        f"Likely cause: {cause}."))
    cause = "a batch normalisation has scale=False" if found["gamma"] < norms else "there is another normalisation"
    checks.true(found["gamma"] == norms, (
        f"{what} should have {norms} gammas, but has {found['gamma']}. Likely cause: {cause}."))
    checks.true(found["beta"] >= norms + biases, (
        f"{what} should have {norms + biases} betas and biases, but has {found['beta']}. " + (
            "The dense layer has biases, and each batch normalisation has a beta." if biases
            else "Likely cause: a batch normalisation has center=False.")))
    checks.true(found["beta"] == norms + biases, (
        f"{what} has {found['beta'] - norms} biases, but should have {biases}. Likely cause: the convolutions have "
        "biases; the batch normalisation after them cancels these."))


def in_inference(layer: Callable, maps: np.ndarray, what: str, cause: str) -> Any:
    """Return the output of a layer for these maps with training=False."""
    try:
        return checks.call(layer, maps, training=False)
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        if "shapes" not in str(error):
            raise
        raise checks.CheckFailed(
            f"{what} cannot be called with an array of shape {maps.shape}: two tensors of different shapes are added. "
            f"Likely cause: {cause}."
        ) from error


def IdentityBlock(IdentityBlock: Callable) -> None:
    """Check task 2 on the block worked by hand."""
    block, flat = checks.call(IdentityBlock, 4), flat_photographs(FOUR)
    checks.true(isinstance(block, keras.layers.Layer), "IdentityBlock(4) should be a keras.layers.Layer.")
    valid = 'the padding is "valid"; it should be "same", so that the maps keep their size'
    shapes: Mapping = {
        (2, 4, 4, 4): valid, (2, 2, 2, 4): valid, (2, 3, 3, 4): "the stride is 2; it should be 1",
        (2, 6, 6, 8): "F(x) and x are concatenated; they should be added",
    }
    checks.array(checks.call(block, flat, training=False), (2, 6, 6, 4), "the output of IdentityBlock(4)", shapes)
    expect_parts(block, 2, 2, "IdentityBlock(4)")
    checks.same(parameters(block), 2 * 9 * 4 * 4 + 4 * 4, "the trainable parameters of IdentityBlock(4)", causes={
        2 * 25 * 16 + 16: "the kernels are 5×5; they should be 3×3",
        2 * 16 + 16: "the kernels are 1×1; they should be 3×3",
        2 * 9 * 16 + 4 * 6: "batch normalisation works along another axis than the last one, that of the channels",
    }, rule="A block has two convolutions, with 3×3 kernels and no biases, and two batch normalisations.")
    fill(block, by_hand)
    in_use = np.asarray(checks.call(block, flat, training=False))[0, 3, 3]
    in_training = np.asarray(checks.call(block, flat, training=True))[0, 3, 3]
    inner, halfway = "the ReLU between the two halves is missing", [4.25, 1.75, 0.25, 0]
    if np.allclose(in_use, halfway, atol=5e-3):  # a large beta tells the two mistakes apart
        other = checks.call(IdentityBlock, 4)
        checks.call(other, flat, training=False)
        fill(other, lambda role, shape: by_hand(role, shape, beta=8))
        if np.isclose(np.asarray(checks.call(other, flat, training=False))[0, 3, 3, 3], 9, atol=5e-3):
            inner = "the ReLU between the two halves comes before the batch normalisation; it belongs after it"
    what = "the example by hand, training=False"
    checks.close(in_use, [4.25, 1.75, 0.3, 0], what, tolerance=5e-3, causes={
        "the ReLU after the addition is missing": [4.25, 1.75, 0.3, -3.5],
        "the last ReLU comes before the addition; it belongs after it": [4.25, 2, 0.8, -3],
        "there is a ReLU too many; F(x) itself has none before the addition": [4.25, 2, 0.8, 0],
        "the shortcut is missing; this is ReLU(F(x))": [0.25, 0, 0, 0],
        inner: halfway,
        "the shortcut starts after the first half, not at the block's input": [1.75, 0.25, 0, 0],
        "the shortcut starts after a batch normalisation of the input; it should be the input itself":
            [3.75, 1.25, 0, 0],
        "F(x) and x are multiplied; they should be added": [1, 0, 0, 1.5],
        "F(x) is subtracted from x; it should be added": [3.75, 2.25, 1.3, 0],
        "this is the mean of F(x) and x; it should be their sum": [2.125, 0.875, 0.15, 0],
        "the second half starts from the block's input; it should start from the first half": [5.5, 2.5, 0.7, 0],
        "batch normalisation is in training mode; with training=False it should use its moving averages":
            [3.5, 1.5, 0.3, 0],
    }, rule="The steps and their order should be those of the picture on the left.")
    checks.close(in_training, [3.5, 1.5, 0.3, 0], "the example by hand, training=True", tolerance=5e-3, causes={
        "batch normalisation uses its moving averages; hand `training` on to it": [4.25, 1.75, 0.3, 0],
    }, rule="In training, batch normalisation uses the mean and the variance of the batch.")
    checks.passed("IdentityBlock", IdentityBlock)


def padding_shortcut(padding_shortcut: Callable) -> None:
    """Check task 3 on a map of 3×3 pixels."""
    nine, what = np.arange(1, 10, dtype="float32").reshape(1, 3, 3, 1), "the shortcut of a 3×3 map, 3 filters, stride 2"
    result = checks.call(padding_shortcut, tf.constant(nine), 3, 2)
    checks.true(tf.is_tensor(result), (
        f"padding_shortcut should return a TensorFlow tensor, but returns {type(result).__name__}."))
    shapes: Mapping = {
        (1, 2, 2, 1): "the channels of zeros are missing", (1, 3, 3, 3): "the stride is ignored",
        (1, 1, 1, 3): "3 pixels with stride 2 leave 2, because the first pixel is kept",
        (1, 2, 2, 4): "`filters` channels are added; there should be `filters` in all",
        (1, 2, 3, 3): "the stride is used in one direction only; it holds in both",
        (1, 2, 2, 2): "the number of channels is doubled; it should be `filters`",
        (1, 3, 2, 1): "the first axis after n is taken for the channels; they are the last axis",
    }
    shortened = checks.array(result, (1, 2, 2, 3), what, shapes, dtype="float32")
    expected = np.zeros((1, 2, 2, 3))
    expected[0, :, :, 0] = [[1, 3], [7, 9]]

    def padded(*pixels: float) -> np.ndarray:
        return np.pad(np.reshape(pixels, (1, 2, 2, 1)), [(0, 0)] * 3 + [(0, 2)])

    checks.close(shortened, expected, what, causes={
        "the zeros come before the old channels; they belong after them": expected[..., ::-1],
        "the zeros are on both sides of the old channels; they belong after them": np.roll(expected, 1, axis=-1),
        "the map is copied into the new channels; they should hold zeros": np.repeat(expected[..., :1], 3, axis=-1),
        "pixels are averaged; every second pixel should be taken as it is": padded(3, 4.5, 7.5, 9),
        "the largest pixels are taken; every second pixel should be taken": padded(5, 6, 8, 9),
        "the wrong pixels are taken; begin with the first one": padded(5, 5, 5, 5),
        "a corner of the map is taken; every second pixel should be taken": padded(1, 2, 4, 5),
    }, rule="Every second pixel should be taken, and the new channels should hold zeros.")
    checks.passed("padding_shortcut", padding_shortcut)


def ResidualBlock(ResidualBlock: Callable) -> None:
    """Check task 4 on flat photographs and the weights of the example by hand."""
    flat, late = flat_photographs(FOUR), "the last ReLU comes before the addition; it belongs after it"
    block, what = built_block(ResidualBlock, 4, 4, 2, "projection", by_hand)
    in_use = np.asarray(checks.call(block, flat, training=False))[0, 1, 1]
    checks.close(in_use, [1.75, 0.25, 0, 0], f"{what}, flat photographs, training=False", tolerance=5e-3, causes={
        "the ReLU after the addition is missing": [1.75, 0.25, -0.6, -2.5],
        late: [1.75, 0.5, -0.1, -2],
        "there is a ReLU too many; F(x) itself has none before the addition": [1.75, 0.5, 0, 0],
        "the shortcut's batch normalisation is not used": [2.25, 0.75, 0, 0],
        "the shortcut is not used; this is ReLU(F(x))": [0.25, 0, 0, 0],
        "the shortcut starts after the first half, not at the block's input": [0.5, 0, 0, 0],
        "batch normalisation is in training mode; with training=False it should use its moving averages": [0, 0, 0, 0],
    }, rule="The steps and their order should be those of the picture.")
    for channels, filters, stride, shortcut, values, expected in (
        (4, 4, 1, "projection", FOUR, [4.25, 1.75, 0.3, 0]), (4, 4, 1, "padding", FOUR, [4.25, 1.75, 0.3, 0]),
        (2, 4, 2, "padding", [4, 2], [4.25, 1.75, 0, 0]), (4, 4, 1, "none", FOUR, [0.25, 0, 0, 0]),
        (2, 4, 2, "none", [4, 2], [0.25, 0, 0, 0]), (2, 4, 2, "projection", [4, 2], [1.75, 0.25, 0, 0]),
    ):
        block, what = built_block(ResidualBlock, channels, filters, stride, shortcut, by_hand)
        in_use = np.asarray(checks.call(block, flat_photographs(values), training=False))[0, 1, 1]
        without = shortcut == "none"
        checks.close(in_use, expected, f"{what}, flat photographs, training=False", tolerance=5e-3, causes={
            "the shortcut is missing": [0.25, 0, 0, 0],
            'there is a shortcut, but shortcut="none" has none': [4.25, 1.75, 0.3 if len(values) == 4 else 0, 0],
            "the ReLU after the addition is missing":
                [0.25, -0.25, -0.5, -0.5] if without else [4.25, 1.75, 0.3, -3.5],
        }, rule="The shortcut should be the one in the table.")
    block, what = built_block(ResidualBlock, 4, 4, 2, "projection", by_hand)
    in_training = np.asarray(checks.call(block, flat, training=True))[0, 1, 1]
    checks.close(in_training, [0, 0, 0, 0], f"{what}, flat photographs, training=True", tolerance=5e-3, causes={
        "batch normalisation uses its moving averages; hand `training` on to it": [1.75, 0.25, 0, 0],
        "the shortcut's batch normalisation uses its moving averages; hand `training` on to it": [1, 0, 0, 0],
    }, rule="In training, batch normalisation uses the mean and the variance of the batch.")
    checks.passed("ResidualBlock", ResidualBlock)


def built_block(
    ResidualBlock: Callable, channels: int, filters: int, stride: int, shortcut: str, numbers: Callable, size: int = 6,
) -> tuple[Any, str]:
    """Return a ResidualBlock with known weights, and its name, after checking its parts and output shape."""
    what = f"ResidualBlock({channels}, {filters}, stride={stride}, shortcut={shortcut!r})"
    block = checks.call(ResidualBlock, channels, filters, stride=stride, shortcut=shortcut)
    checks.true(isinstance(block, keras.layers.Layer), f"{what} should be a keras.layers.Layer.")
    blank, after = np.zeros((2, size, size, channels), "float32"), -(-size // stride)
    changes = "the stride is not 1" if stride != 1 else "the number of channels changes"
    output = in_inference(block, blank, what, f"x itself is added although {changes}")
    shapes: Mapping = {
        (2, -(-size // 2), -(-size // 2), filters): "the stride is always 2; it should be `stride`",
        (2, size, size, filters): "the stride is ignored",
        (2, -(-after // stride), -(-after // stride), filters):
            "both convolutions have the stride; only the first one should have it",
        (2, after, after, channels): "the output has as many channels as the input; it should have `filters`",
    }
    checks.array(output, (2, after, after, filters), f"the output of {what}", shapes)
    projects = shortcut == "projection" and (stride != 1 or channels != filters)
    kernels = [tuple(weight.shape) for weight in weights_by_role(block)["kernel"]]
    ones = [shape for shape in kernels if shape[:2] == (1, 1)]
    checks.true(projects or not ones, f"{what} should have no 1×1 convolution: " + (
        "its shape does not change, so the identity is enough." if shortcut == "projection"
        else "that is for shortcut='projection' only."))
    checks.true(not projects or ones, (
        f"{what} should have a 1×1 convolution in its shortcut, but its kernels have the shapes {kernels}. Likely "
        f"cause: the projection {'is missing' if len(kernels) < 3 else 'has larger kernels'}."))
    expect_parts(block, 3 if projects else 2, 3 if projects else 2, what)
    fill(block, numbers)
    return block, what


def start_as_identity(start_as_identity: Callable, ResidualBlock: Callable) -> None:
    """Check task 5 on the block worked by hand."""
    flat = flat_photographs(FOUR)
    block, before, what = silenced(start_as_identity, ResidualBlock, 4, 4, 1, "projection", by_hand, flat)
    pairs = [(weight.numpy(), old) for weight, old in zip(block.weights, before, strict=True)]
    first = any(np.all(new == 0) and np.all(old == -0.5) for new, old in pairs)  # a beta is 0, but F is not
    beta_alone = "the first batch normalisation is changed, not the last one" if first else "γ is 0, but β is not"
    for learning, same, no_beta in (
        (False, [4.25, 1.75, 0.3, 0], [4.75, 2.25, 0.8, 0]), (True, [3.5, 1.5, 0.3, 0], [4, 2, 0.8, 0]),
    ):
        found = np.asarray(block(flat, training=learning))[0, 3, 3]
        checks.close(found, [4, 2, 0.8, 0], f"{what}, training={learning}, x = (4, 2, 0.8, −3)", {
            "F computes the same as before; γ and β should become 0": same, beta_alone: [3.5, 1.5, 0.3, 0],
            "β is 0, but γ is not": no_beta,
        }, tolerance=5e-3, rule="F is 0 where γ and β of its last batch normalisation are both 0.")
    for new, old in pairs:
        checks.true(new.ndim == 1 or np.array_equal(new, old), (
            "A kernel was changed. Set γ and β of the last batch normalisation only: kernels of zeros cannot learn."))
    checks.passed("start_as_identity", start_as_identity)


def silenced(
    start_as_identity: Callable, ResidualBlock: Callable, channels: int, filters: int, stride: int, shortcut: str,
    numbers: Callable, x: np.ndarray,
) -> tuple[Any, list, str]:
    """Return a block after `start_as_identity`, the weights it had before, and its name."""
    what = f"ResidualBlock({channels}, {filters}, stride={stride}, shortcut={shortcut!r}) after start_as_identity"
    block = checks.call(ResidualBlock, channels, filters, stride, shortcut)
    block(x, training=False)
    fill(block, numbers)
    before = [weight.numpy() for weight in block.weights]
    result = checks.call(start_as_identity, block)
    checks.true(result is block, (
        "start_as_identity should return the block it was given, changed, and not another one."))
    return block, before, what


def stage(stage: Callable) -> None:
    """Check task 6 on two stages."""
    built_stage(stage, 4, 8, 3, 2, "projection")
    built_stage(stage, 4, 4, 2, 1, "padding")
    checks.passed("stage", stage)


def built_stage(
    stage: Callable, channels: int, filters: int, blocks: int, stride: int, shortcut: str,
) -> tuple[Any, str]:
    """Return a stage with random weights, and its name, after checking its parts and output shape."""
    what = f"stage({channels}, {filters}, {blocks}, {stride}, {shortcut!r})"
    row = checks.call(stage, channels, filters, blocks, stride, shortcut)
    checks.true(isinstance(row, keras.layers.Layer), (
        f"{what} should be a layer or a model, but is of type {type(row).__name__}. keras.Sequential makes one from "
        "a list."))
    blank, after = np.zeros((1, 9, 8, channels), "float32"), (-(-9 // stride), -(-8 // stride))
    output = in_inference(row, blank, what, "a block is told the wrong number of channels")
    shapes: Mapping = {
        (1, -(-9 // stride**blocks), -(-8 // stride**blocks), filters):
            "every block has the stride; only the first one should have it",
        (1, 9, 8, filters): "the stride is ignored",
    }
    checks.array(output, (1, *after, filters), f"the output of {what}", shapes)
    projects = int(shortcut == "projection" and (stride != 1 or channels != filters))
    sizes = [tuple(weight.shape)[:2] for weight in weights_by_role(row)["kernel"]]
    checks.same(sizes.count((3, 3)), 2 * blocks, f"the number of 3×3 convolutions in {what}", causes={
        2 * blocks + 2: "there is one block too many; `blocks` counts the first one as well",
        2 * blocks - 2: "one block is missing; every position in the stage needs a block of its own",
        2: "there is only one block; every position in the stage needs a block of its own",
    }, rule="There should be as many blocks as `blocks` says.")
    checks.same(sizes.count((1, 1)), projects, f"the number of 1×1 convolutions in {what}", causes={
        0: "`shortcut` is not handed on to the first block",
        blocks: "every block has a projection; from the second block on, `filters` channels arrive",
        2: "two blocks change the shape; only the first one should",
    } if projects else {}, rule="`shortcut` should be handed on to the blocks.")
    fill(row, at_random)
    return row, what


def resnet34(resnet34: Callable) -> None:
    """Check task 7 on one photograph and on the number of parameters."""
    photograph, large = np.random.default_rng(9).normal(size=(1, 224, 224, 3)).astype("float32"), checks.call(resnet34)
    checks.true(isinstance(large, keras.Model), "resnet34() should be a keras.Model.")
    output, what = checks.call(large, photograph, training=False), "the output of resnet34() for one photograph"
    logits = checks.array(output, (1, 1000), what, causes={
        (1, 7, 7, 1000): "the mean of each map (global average pooling) is missing",
        (1, 7, 7, 512): "the mean of each map and the dense layer are missing", (1, 512): "the dense layer is missing",
    })
    checks.same(parameters(large), 21_797_672, "the trainable parameters of resnet34()", causes={
        21_797_736: "the stem's convolution has biases", 21_623_848: "the projections are missing",
        21_801_896: "stage 1 has a projection; its stride is 1, so its shape does not change",
        20_027_176: "stages 2 and 3 are exchanged; the stages have 3, 4, 6 and 3 blocks",
        11_689_512: "there are two blocks in each stage; there should be 3, 4, 6 and 3",
        46_373_672: "the maps are flattened; take the mean of each map instead",
        21_796_672: "the dense layer has no biases", 21_797_544: "the stem's batch normalisation is missing",
        21_789_992: "the stem's kernels are 3×3; they should be 7×7",
        21_793_064: "the stem's kernels are 5×5; they should be 7×7",
        25_583_592: "this is ResNet-50 from Keras's own collection; build the network of the table from your blocks",
    }, rule="Blocks, filters and kernels should be those of the table.")
    checks.true(not np.isclose(np.sum(logits), 1, atol=1e-3) or np.min(logits) < 0, (
        "The outputs are positive and add up to 1. Likely cause: there is a softmax in the last layer; it should "
        "return logits."))
    checks.passed("resnet34", resnet34)


def cifar_resnet(cifar_resnet: Callable) -> None:
    """Check task 8 on ResNet-20, and on a plain network of 8 layers."""
    noise = np.random.default_rng(10).normal(size=(2, 16, 16, 3)).astype("float32")
    resnet20 = checks.call(cifar_resnet, 3)
    checks.true(isinstance(resnet20, keras.Model), "cifar_resnet(3) should be a keras.Model.")
    output, what = checks.call(resnet20, noise, training=False), "the output of cifar_resnet(3) for two photographs"
    checks.array(output, (2, 10), what, causes={
        (2, 4, 4, 10): "the mean of each map (global average pooling) is missing",
        (2, 64): "the dense layer is missing",
    })
    checks.same(parameters(resnet20), 269_722, "the trainable parameters of cifar_resnet(3)", causes={
        272_474: "the shortcuts are projections; by default they should be padding",
        269_738: "the stem's convolution has biases", 269_712: "the dense layer has no biases",
        269_690: "the stem's batch normalisation is missing",
        75_290: "there is one block per stage; there should be `blocks`",
        464_154: "there are five blocks per stage; there should be `blocks`",
        279_322: "the maps are flattened; take the mean of each map instead",
    }, rule="Blocks, filters and kernels should be those of the table.")
    plain8 = checks.call(cifar_resnet, 1, shortcut="none")
    plain8(noise, training=False)
    checks.same(parameters(plain8), 75_290, 'the trainable parameters of cifar_resnet(1, shortcut="none")',
                rule="`blocks` and `shortcut` should be handed on to the stages.")
    checks.passed("cifar_resnet", cifar_resnet)


def train_network(
    train_network: Callable, cifar_resnet: Callable, falling_rate: Callable, trained: Any, training: tuple,
    test: tuple, plan: Any,
) -> None:
    """Check task 9: train 8 layers on noise, then ResNet-20 with the budget by `trained`.

    With the budget for grading, `expect_trained` is called after the cheaper tests that run only there.
    """
    noise = speckle(150)
    made: list[dict] = []
    rates: list[dict] = []
    with replaced(cifar_resnet=overheard(cifar_resnet, made), falling_rate=overheard(falling_rate, rates)):
        result = checks.call(train_network, noise, 1, "projection", 2, filters=(3, 4, 5), seed=4)
    checks.true(isinstance(result, tuple | list) and len(result) == 2, (
        f"train_network should return the network and its History, but returns {type(result).__name__}."))
    network, history = result
    checks.true(isinstance(network, keras.Model) and hasattr(history, "history"), (
        f"train_network should return a network and a History, but returns {type(network).__name__} and "
        f"{type(history).__name__}."))
    checks.true(len(made) == 1, f"train_network should make one network with cifar_resnet, but made {len(made)}.")
    given = made[0]
    checks.true((given["blocks"], tuple(given["filters"]), given["classes"], given["shortcut"])
                == (1, (3, 4, 5), 10, "projection"), (
        f"train_network made the wrong network: cifar_resnet got {given}, but should get 1 block, the "
        "filters (3, 4, 5), 10 classes and 'projection'."))
    checks.same(len(history.history.get("loss", [])), 2, "the number of epochs for epochs=2", causes={
        1: "`epochs` is not handed on to `fit`",
        plan.epochs: "the epochs of `plan` are used; they should be those of the argument `epochs`",
    })
    checks.true("accuracy" in history.history, (
        "The history holds no accuracy. Likely cause: compile is called without metrics=[\"accuracy\"]."))
    kept_back = any(name.startswith("val_") for name in history.history)
    checks.same(int(network.optimizer.iterations), 6, "the training steps of 2 epochs with 150 images", {
        2 * math.ceil(len(test[0]) / BATCH): "the network is trained on the test images",
        2 * math.ceil(len(training[0]) / BATCH): "the network is not trained on the images of the argument `training`",
        0: "the weights are frozen (trainable = False), so there is nothing to train",
        10: "the batches have Keras's default size of 32; they should have BATCH images",
        300: "the batches hold one image; they should hold BATCH",
        2: "all images are in one batch; it should hold BATCH",
        4: "some of the images are kept back for validation" if kept_back else "the last, smaller batch is left out",
    }, rule="The batches should have BATCH images, and the images should be those of the argument `training`.")
    checks.same(tuple(sorted({tuple(call.values()) for call in rates})), ((150, 2),),
                "how falling_rate was called, as (images, epochs)", causes={
                    (): "falling_rate is not called; it makes the learning rate",
                    ((150, 1),): "`epochs` is not handed on to falling_rate",
                }, rule="falling_rate takes the number of these images and the epochs.")
    checks.true(isinstance(network.optimizer, keras.optimizers.SGD), (
        f"The optimiser should be SGD, but is {type(network.optimizer).__name__}."))
    trained.cache_clear()
    if plan.budget != "grading":
        print("The short training works. Now the training on photographs:")
        expect_trained(trained, test, plan)
    checks.passed("train_network", train_network)


def expect_trained(trained: Any, test: tuple, plan: Any) -> None:
    """Train by `trained`, which keeps what it returns, while the notebook's test set has wrong labels; measure it."""
    with replaced(test=(test[0], test[1][::-1]), test_labels=test[1][::-1]):
        network, _ = trained()
    accuracy = accuracy_on(network, *test)
    checks.true(accuracy >= plan.accuracy, (
        f"The trained network classifies {accuracy:.1%} of the test images correctly, but should reach "
        f"{plan.accuracy:.1%}. Images and labels should be used as they are, and the optimiser, the loss and the "
        "epochs should be those of the task."))
    print(f"Test accuracy {accuracy:.1%}; {plan.accuracy:.1%} is required.")


def speckle(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return images of noise, and labels."""
    noise = np.random.default_rng(2).normal(size=(count, 8, 8, 3))
    return noise.astype("float32"), (np.arange(count) % 3).astype("int32")


def accuracy_on(network: keras.Model, images: np.ndarray, labels: np.ndarray) -> float:
    """Return the fraction of images that a network classifies correctly at inference."""
    parts = [images[start : start + 500] for start in range(0, len(images), 500)]
    guesses = np.concatenate([np.asarray(network(part, training=False)).argmax(axis=1) for part in parts])
    return float(np.mean(guesses == labels))


def overheard(function: Callable, asked: list[dict]) -> Callable:
    """Return a function that does the same, and adds the arguments of each of its calls to `asked`."""
    def listening(*values: Any, **named: Any) -> Any:
        given = inspect.signature(function).bind(*values, **named)
        given.apply_defaults()
        asked.append(dict(given.arguments))
        return function(*values, **named)

    return listening


@contextmanager
def replaced(**values: Any) -> Iterator[None]:
    """Give names of the notebook these values for as long as the block runs."""
    names: dict[str, Any] = get_ipython().user_ns
    before = {name: names[name] for name in values if name in names}
    names.update(values)
    try:
        yield
    finally:
        for name in values:
            del names[name]
        names.update(before)
