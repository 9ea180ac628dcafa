"""The visible checks of assignment 4, each with its task's name, and what the hidden tests share with them."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from cnnlab import checks

__all__ = ["MiniVGG", "VGG", "VGGBlock", "layer_table", "prepare_data", "save_both", "train", "train_step",
           "train_with_fit", "true_shapes"]

NOISE = np.random.default_rng(4).random((3, 8, 12, 2)).astype("float32")
DIGITS = np.random.default_rng(5).random((3, 28, 28, 1)).astype("float32")
POINTS = np.random.default_rng(6).normal(size=(60, 4)).astype("float32")
KINDS = (POINTS[:, 0] > 0).astype("int64") + (POINTS[:, 1] > 0)  # three classes
FIRST, LAST = slice(0, 45), slice(45, 60)  # of the points: for training and for testing
KEYS = ("loss", "accuracy", "test_loss", "test_accuracy")
NOT_FOUND = "Keras finds no layers; make them in `__init__` and keep them as attributes"
CHAIN = "Each convolution is used once, and reads all channels of the one before it."


def layer_table(layer_table: Callable) -> None:
    """Check task 1 on the table that is worked out by hand."""
    rows = [("conv1_1", (6, 6, 4), 76, 2592), ("pool1", (3, 3, 4), 0, 0), ("fc1", (5,), 185, 180)]
    expect_table(layer_table, [(4, (3,))], (5,), (6, 6, 2), rows, causes={
        ("conv1_1", "shape"): {
            (4, 4, 4): "the padding is left out; `same` keeps height and width",
            (6, 6, 2): "the channels of the input are kept; the output has one channel per filter",
        },
        ("conv1_1", "parameters"): {
            72: "the biases are missing", 73: "there is one bias for all filters; each filter has its own",
            40: "a kernel reads one channel only; it should read all channels of its input",
            28: "the kernel size is not squared; a 3×3 kernel has nine weights per channel",
        },
        ("conv1_1", "multiplications"): {
            72: "each weight is counted once; it is used at every position of the output",
            2736: "the biases are counted; they are added, not multiplied",
            648: "these are the positions after pooling; count those of the convolution's own output",
        },
        ("fc1", "parameters"): {
            180: "the biases are missing",
            725: "the dense layer reads the map from before the pooling; it comes after it",
            25: "only the channels are counted; the map is flattened first: height × width × channels",
        },
        ("fc1", "multiplications"): {185: "the biases are counted; they are added, not multiplied"},
    })
    checks.passed("layer_table", layer_table)


def expect_table(
    layer_table: Callable, blocks: list, dense: tuple, input_shape: tuple, expected: list, causes: Mapping = {},
    rule: Mapping = {}, columns: tuple = ("shape", "parameters", "multiplications"),
) -> None:
    """Check the names and these columns of one table; `causes` are by row and column, `rule` by kind and column."""
    what = f"layer_table({blocks}, {dense}, {input_shape})"
    result = checks.call(layer_table, blocks, dense, input_shape)
    checks.true(isinstance(result, list | tuple), (
        f"{what} should be a list of rows, but is of type {type(result).__name__}."))
    for row in result:
        checks.true(isinstance(row, tuple | list) and len(row) == 4, (
            f"{what}: a row should be (name, output shape, parameters, multiplications), but one is {row}."))
    names, wanted = tuple(row[0] for row in result), tuple(row[0] for row in expected)
    checks.true(names == wanted, (
        f"{what}: the names of the rows should be {', '.join(wanted)}, but are {', '.join(map(str, names))}. " + (
            "Numbers start at 1, and a convolution has two: that of its block and its own within the block."
            if len(names) == len(wanted) else
            "Each convolution, each pooling and each dense layer of these arguments should have a row of its own.")))
    for row, right in zip(result, expected, strict=True):
        kind = right[0].rstrip("_0123456789")
        for column, found, known in zip(("shape", "parameters", "multiplications"), row[1:], right[1:], strict=True):
            if column not in columns:
                continue
            if column == "shape":
                where = f"{what}: the output shape of {right[0]}"
                found = checks.whole_numbers(found, len(known), where)
            else:
                where = f"{what}: the {column} of {right[0]}"
                found = checks.whole_number(found, where)
            checks.same(found, known, where, causes.get((right[0], column), {}), rule.get((kind, column), ""))


def VGGBlock(VGGBlock: Callable) -> None:
    """Check task 2 on a block of two convolutions."""
    maps = np.random.default_rng(3).normal(size=(2, 10, 12, 3)).astype("float32")
    block, what = checks.call(VGGBlock, 5, (3, 3)), "VGGBlock(5, (3, 3))"
    checks.true(isinstance(block, keras.layers.Layer), f"{what} should be a keras.layers.Layer.")
    shapes: Mapping = {
        (2, 10, 12, 5): "a pooling with stride 2 is missing at the end",
        (2, 9, 11, 5): "the pooling has stride 1; it should have stride 2",
        (2, 3, 4, 5): "the convolutions have no padding; they should have padding `same`",
        (2, 2, 3, 5): "there is a pooling after each convolution; only one pooling ends the block",
    }
    checks.array(output_of(block, maps, what, CHAIN), (2, 5, 6, 5), f"{what} of maps of shape (2, 10, 12, 3)", shapes)
    checks.same(block.count_params(), 370, f"the parameters of {what} on three channels", causes={
        140: "only one of the two convolutions has weights", 360: "the biases are missing", 0: NOT_FOUND,
        600: "there is a third convolution; there should be one per kernel size",
        390: "there is a normalisation; the block has only convolutions and pooling",
        410: "there is a normalisation; the block has only convolutions and pooling",
    }, rule="There should be one convolution per kernel size, each with its biases.")
    checks.passed("VGGBlock", VGGBlock)


def output_of(layer: Callable, values: np.ndarray, what: str, rule: str) -> Any:
    """Return the output of a layer or network; where Keras refuses to compute it, say why, and the rule."""
    try:
        return checks.call(layer, values)
    except (IndexError, KeyError, ValueError, tf.errors.OpError) as error:
        reason = " ".join(str(error).split())
        reason = re.sub(r"\x1b\[\d*m|Exception encountered when calling \w+\.call\(\)\.", "", reason).strip()
        raise checks.CheckFailed(f"{what} cannot be computed: {reason[:140]}... {rule}") from None


def fill(network: keras.layers.Layer, spread: float = 0.3) -> dict:
    """Give all weights of one shape the same random values; return these by shape, such as (3, 3, 2, 4)."""
    by_shape = {}
    for weight in network.get_weights():
        draw = np.random.default_rng(weight.size + weight.ndim)
        by_shape[weight.shape] = draw.normal(0, spread, weight.shape).astype("float32")
    network.set_weights([by_shape[weight.shape] for weight in network.get_weights()])
    return by_shape


def VGG(VGG: Callable) -> None:
    """Check task 3 on two narrow blocks, so that the check does not take long."""
    network = checks.call(VGG, [(4, (3,)), (6, (3, 1))], (10, 7), 5)
    checks.true(isinstance(network, keras.Model), "VGG(...) should be a keras.Model.")
    output = output_of(network, NOISE, "VGG(...)", (
        "Each layer should read what the one before it returns. After one call a generator is used up; a list is not."))
    what = "the logits of VGG([(4, (3,)), (6, (3, 1))], (10, 7), 5) for three images of 8×12×2"
    checks.array(output, (3, 5), what, causes={
        (3, 7): "the last dense layer, with one unit per class, is missing", (3, 1000): "`classes` is ignored",
        (3, 2, 3, 5): "the maps are not flattened before the dense layers",
    })
    convolutions = 76 + 222 + 42
    total = convolutions + 370 + 77 + 40
    checks.same(network.count_params(), total, "the parameters of this network", causes={
        convolutions + 370 + 55: "only the first of the two dense layers in `dense` is there",
        convolutions + 185: "the dense layers before the last are missing",
        convolutions + 70 + 77 + 40: "the maps are pooled over all positions; they should be flattened",
        370 + 77 + 40: "Keras does not find the blocks; keep them in an attribute", 0: NOT_FOUND,
    }, rule="Each layer has weights of its own, and the first dense layer reads the flattened map.")
    first, second = [np.asarray(checks.call(network, NOISE)) for _ in range(2)]
    checks.close(first, second, "the logits of the same images, computed twice at inference (training=False)",
                 rule="Dropout should follow `training`: at inference nothing is dropped.")
    checks.passed("VGG", VGG)


def MiniVGG(MiniVGG: Callable) -> None:
    """Check task 4 on the number of parameters, and on a network that is made again from its arguments."""
    mini, other = checks.call(MiniVGG), checks.call(MiniVGG, 7, 0.25)
    checks.true(isinstance(mini, keras.Model), "MiniVGG() should be a keras.Model.")
    checks.array(checks.call(mini, DIGITS), (3, 10), "the logits of MiniVGG() for three images", causes={
        (3, 128): "the last dense layer is missing",
        (3, 7, 7, 10): "the maps are not flattened before the dense layers",
    })
    checks.same(mini.count_params(), 467_818, "the number of parameters of MiniVGG()", causes={
        421_642: "there is one convolution per block; each block has two convolutions",
        514_250: "w = 64 does not solve the equation", 451_514: "w = 16 does not solve the equation",
        467_488: "the biases are missing", 1_672_042: "one of the two poolings is missing",
        74_602: "the maps are pooled over all positions; they should be flattened", 0: NOT_FOUND,
    }, rule="The layers should be those of the table.")
    shapes: Mapping = {(3, 10): "`classes` is ignored"}
    checks.array(checks.call(other, DIGITS), (3, 7), "the logits of MiniVGG(7, 0.25)", shapes)
    shapes = {(3, 10): "get_config does not return the number of classes that was given"}
    what = "the logits of a network made again from the get_config of MiniVGG(7, 0.25)"
    checks.array(checks.call(remade(other), DIGITS), (3, 7), what, shapes)
    checks.passed("MiniVGG", MiniVGG)


def remade(network: keras.Model) -> keras.Model:
    """Return a network made by `from_config` from what `get_config` returns, converted to text as in a file."""
    try:
        config = checks.call(network.get_config)
    except NotImplementedError:
        raise checks.CheckFailed(
            "Keras cannot know the arguments of __init__ by itself. MiniVGG needs a get_config that returns them."
        ) from None
    try:
        return type(network).from_config(json.loads(json.dumps(config)))
    except (AttributeError, TypeError, ValueError):
        raise checks.CheckFailed(
            f"MiniVGG cannot be made again from its get_config, which returns {config}. It should return the arguments "
            "of __init__, as they were given, and nothing else."
        ) from None


def prepare_data(prepare_data: Callable) -> None:
    """Check task 5 on 100 images whose bytes are their numbers, without shuffling."""
    numbered = np.zeros((100, 4, 6), "uint8")  # every byte of image number 37 is 37
    numbered += np.arange(100, dtype="uint8")[:, np.newaxis, np.newaxis]
    [(batches, images, labels)] = epochs_of(prepare_data, numbered, np.arange(100) // 10, 32, False)
    what, found = "the images of the first batch, of 100 images of 4×6 in batches of 32", batches[0][0]
    checks.array(found, (32, 4, 6, 1), what, causes={
        (32, 4, 6): "the channel axis is missing", (4, 6, 1): "the images are not in batches",
        (32, 1, 4, 6): "the channel is the second axis; it should be the last axis",
        (32, 4, 1, 6): "the channel is the third axis; it should be the last axis",
        (1, 4, 6, 1): "`batch_size` is ignored", (100, 4, 6, 1): "`batch_size` is ignored",
        (32, 1, 4, 6, 1): "there is one axis too many",
    })
    checks.true(found.dtype == np.float32, f"The images should be float32, but are {found.dtype}." + (
        " Bytes divided by 255 are float64; convert them to float32 first." if found.dtype == np.float64 else ""))
    sizes = tuple(len(batch[1]) for batch in batches)
    checks.same(sizes, (32, 32, 32, 4), "the sizes of the batches of 100 images", causes={
        (32, 32, 32): "the last, smaller batch is dropped",
    }, rule="All batches but the last should have `batch_size` images.")
    checks.close(images[:, 0, 0, 0], np.arange(100) / 255, "one pixel of each of 100 images, not shuffled", causes={
        "the bytes are not divided by 255": np.arange(100),
        "the bytes are divided by the largest byte of these images; it should be 255": np.arange(100) / 99,
        "the bytes are divided by 256; it should be 255": np.arange(100) / 256,
        "the values are scaled to −1 to 1; they should run from 0 to 1": np.arange(100) / 127.5 - 1,
    }, rule="With `shuffle` False the images stay in order, each byte divided by 255.")
    checks.true(labels.shape == (100,), (
        f"The labels of 100 images should have shape (100,), but have shape {labels.shape}. There should be one whole "
        "number per image."))
    checks.true(np.array_equal(labels, np.arange(100) // 10), (
        "Without shuffling, the labels should be those of the array, in its order."))
    checks.passed("prepare_data", prepare_data)


def epochs_of(
    prepare_data: Callable, images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool, epochs: int = 1,
) -> list[tuple]:
    """Return for each epoch of a Dataset its batches, all of their images and all of their labels."""
    prefetched, original = [], tf.data.Dataset.prefetch

    def noticed(self: Any, *arguments: Any, **keywords: Any) -> Any:
        prefetched.append(tf.nest.flatten(self.element_spec)[0].shape)
        return original(self, *arguments, **keywords)

    tf.data.Dataset.prefetch = noticed
    try:
        data = checks.call(prepare_data, images, labels, batch_size, shuffle)
    finally:
        tf.data.Dataset.prefetch = original
    checks.true(isinstance(data, tf.data.Dataset), (
        f"prepare_data should return a tf.data.Dataset, but returns {type(data).__name__}."))
    checks.true(len(prefetched) > 0, "The batches are not prefetched: `prefetch` is not called.")
    in_batches = [shape.rank is None or shape.rank > 0 and shape[0] in (None, batch_size) for shape in prefetched]
    checks.true(any(in_batches), "Single images are prefetched, not batches: `prefetch` comes after `batch`.")
    what = f"the number of batches of {batch_size} that the Dataset of {len(images)} images says it has"
    checks.same(int(data.cardinality()), -(-len(images) // batch_size), what, rule=(
        "The batches should have `batch_size` images each, and `len` should know how many there are."))
    found: list[tuple] = []
    while len(found) < epochs:
        batches = []
        for batch in data.take(len(images) // batch_size + 3):
            checks.true(isinstance(batch, tuple) and len(batch) == 2, "Each element should be a pair (images, labels).")
            batches.append(tuple(np.asarray(part) for part in batch))
        found.append((batches, *(np.concatenate([batch[part] for batch in batches]) for part in (0, 1))))
    return found


class Witness(keras.layers.Layer):
    """Passes its input on, and records the argument `training` of each call that Python sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list = []

    def call(self, values: Any, training: Any = None) -> Any:
        """Record `training`, and change nothing."""
        self.seen.append(training)
        return tf.identity(values)


def cross_entropy(labels: Any, logits: Any) -> Any:
    """Return the mean cross-entropy of a batch."""
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(tf.cast(labels, "int32"), logits))


def two_layers(chosen: int, rate: float = 0.5) -> tuple:
    """Return a network with four inputs, three classes and a witness, and plain gradient descent; both built."""
    keras.utils.set_random_seed(chosen)
    probe = Witness()
    first, last = keras.layers.Dense(6, activation="tanh"), keras.layers.Dense(3)
    network = keras.Sequential([keras.Input((4,)), first, probe, last])
    probe.seen.clear()
    descent = keras.optimizers.SGD(rate)
    descent.build(network.trainable_variables)
    return network, probe, descent


def fresh_metrics() -> tuple:
    """Return a mean and an accuracy that have counted nothing."""
    return keras.metrics.Mean(), keras.metrics.SparseCategoricalAccuracy()


def train_step(train_step: Callable, test_step: Callable) -> None:
    """Check task 6 on a small network: eight training steps, then one measurement."""
    network, probe, descent = two_layers(1)
    before, metrics = network.get_weights(), fresh_metrics()
    given = network, POINTS[:40], KINDS[:40], descent, cross_entropy, *metrics
    try:
        losses = [checks.call(train_step, *given) for _ in range(8)]
    except ValueError as error:
        checks.true("No gradients" not in str(error), (
            "The tape of train_step finds no gradients: it records only what is computed inside its `with` block."))
        raise
    losses = [checks.number(loss, "the loss that train_step returns") for loss in losses]
    logits = np.tanh(POINTS[:40] @ before[0] + before[1]) @ before[2] + before[3]
    first = float(cross_entropy(KINDS[:40], logits))
    checks.close(losses[0], first, "the loss that train_step returns in its first call", tolerance=1e-3, rule=(
        "It should be loss_function(labels, logits), from before the weights are changed."))
    checks.true(not np.array_equal(before[2], network.get_weights()[2]), (
        "train_step changed no weight of the network it was given."))
    checks.true(losses[-1] < losses[0], (
        f"In 8 steps on the same batch the loss should fall, but it went from {losses[0]:.3f} to {losses[-1]:.3f}."))
    checks.true(len(probe.seen) > 0 and all(probe.seen), (
        "train_step should call the network with training=True in every step."))
    checks.true(len(probe.seen) <= 3, (
        f"Python ran the network {len(probe.seen)} times in 8 steps. Under @tf.function it runs only while tracing."))
    checks.same(int(descent.iterations), 8, "the steps of the optimiser in 8 calls of train_step", causes={
        16: "the gradients are applied twice", 0: "the gradients are not applied by the optimiser",
    }, rule="Each call of train_step should apply the gradients once.")
    counts, twice = [round(float(metric.variables[1])) for metric in metrics], "each batch is counted twice"
    checks.same(counts[0], 8 * 40, "what mean_loss has counted after 8 batches of 40 images", causes={
        8: "each batch counts alike; weight it with the number of its images",
        16: twice, 640: twice, 0: "mean_loss is never updated",
    }, rule="A batch should count with the number of its images.")
    checks.same(counts[1], 8 * 40, "what accuracy has counted after 8 batches of 40 images", causes={
        640: twice, 0: "accuracy is never updated",
    }, rule="It should be given the labels and logits of every batch.")
    before, metrics = network.get_weights(), fresh_metrics()
    probe.seen.clear()
    measured = checks.call(test_step, network, POINTS, KINDS, cross_entropy, *metrics)
    measured = checks.number(measured, "the loss that test_step returns")
    checks.true(len(probe.seen) > 0 and not any(probe.seen), (
        "test_step should call the network in inference mode, with training=False."))
    checks.true(all(map(np.array_equal, before, network.get_weights())), (
        "test_step changed the weights of the model. It measures, and learns nothing."))
    what = "mean_loss after one call of test_step, compared with what test_step returned"
    checks.close(metrics[0].result(), measured, what, causes={"mean_loss is never updated": 0}, rule=(
        "It should be given the loss that is returned."))
    checks.passed("train_step", train_step)


def simple_network(chosen: int) -> keras.Model:
    """Return one dense layer: four inputs, three classes."""
    keras.utils.set_random_seed(chosen)
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])


def as_batches(inputs: np.ndarray, labels: np.ndarray, size: int) -> tf.data.Dataset:
    """Return a Dataset of batches, not shuffled."""
    return tf.data.Dataset.from_tensor_slices((inputs, labels)).batch(size)


def train(train: Callable, trained: Any, test_labels: np.ndarray, plan: Any) -> None:
    """Check task 7 on three epochs with 45 points, then train a MiniVGG.

    While a notebook is graded, `expect_trained` is called after the cheaper tests that run only there.
    """
    network, start, history, printed = small_training(train)
    checks.true(not np.array_equal(start[0], network.get_weights()[0]), (
        "train changed no weight of the network it was given. It should call train_step with this network."))
    first, last = history["loss"][0], history["loss"][-1]
    checks.true(last < first, (
        f"The values of 'loss' should fall while the network learns, but they went from {first:.4f} to {last:.4f}."))
    expect_lines(printed, history)
    trained.cache_clear()
    if plan.budget != "grading":
        print("The short training works. Now the training on digits:")
        expect_trained(trained, test_labels, plan)
    checks.passed("train", train)


def expect_trained(trained: Any, test_labels: np.ndarray, plan: Any) -> None:
    """Train by `trained`, which keeps what it returns, and measure on the test set."""
    _, logits, steps, all_steps = result_of_train(trained)
    what = "the steps of the optimiser in the real training"
    checks.same(steps, all_steps, what, causes={
        0: "another optimiser is used; it should be the one that train is given",
    }, rule="There should be one train_step for each batch of every epoch.")
    right = np.asarray(logits).argmax(axis=1) == test_labels
    checks.true(right.mean() >= plan.accuracy, (
        f"The trained network classifies {right.mean():.2%} of the test images correctly, but it should reach "
        f"{plan.accuracy:.1%}. In each epoch it should learn from every batch of `training`, with the optimiser that "
        "train is given."))
    print(f"Test accuracy {right.mean():.2%}; required: {plan.accuracy:.1%}.")


def small_training(train: Callable) -> tuple:
    """Train a simple network for three epochs; return it, its first weights, the history and what was printed."""
    network, printed = simple_network(7), io.StringIO()
    network.layers[-1].set_weights([np.eye(4, 3, dtype="float32"), np.zeros(3, "float32")])
    start, data = network.get_weights(), [as_batches(POINTS[part], KINDS[part], 10) for part in (FIRST, LAST)]
    with redirect_stdout(printed):
        result = result_of_train(train, network, *data, 3, keras.optimizers.SGD(0.5), cross_entropy)
    return network, start, expect_history(result, 3, "train"), printed.getvalue()


def result_of_train(train: Callable, *arguments: Any) -> Any:
    """Call `train`; explain the error that comes from an optimiser that is not built."""
    try:
        return checks.call(train, *arguments)
    except ValueError as error:
        checks.true("variables" not in str(error), (
            "train fails because variables would be created inside train_step. The optimiser should be built before "
            "the first step."))
        raise


def expect_history(result: Any, epochs: int, what: str) -> dict:
    """Return the history of a training as four lists of floats, after checking its type, keys and lengths."""
    checks.true(isinstance(result, dict), f"{what} should return a dict, but returns {type(result).__name__}." + (
        " The dict is its `history`." if isinstance(result, keras.callbacks.History) else ""))
    checks.true(set(result) == set(KEYS), (
        f"{what}: the keys should be {', '.join(KEYS)}, but are {', '.join(map(str, result))}." + (
            " `fit` has other names for some of them." if "val_loss" in result else "")))
    for key in KEYS:
        checks.true(hasattr(result[key], "__len__"), (
            f"{what}: {key!r} should be a list with a number for each epoch, but is {result[key]}."))
        checks.same(len(result[key]), epochs, f"{what}: how many numbers {key!r} has after {epochs} epochs",
                    rule="There should be one number for each epoch.")
    return {key: [checks.number(value, f"{what}: a value of {key!r}") for value in result[key]] for key in KEYS}


def expect_lines(printed: str, history: dict) -> None:
    """Check that the last three lines about epochs show the numbers of the history."""
    lines = [line.strip() for line in printed.replace("\r", "\n").splitlines()
             if all(part in line for part in ("epoch", "loss", "accuracy"))]
    checks.true(len(lines) >= 3, (
        "train should print one line per epoch with epoch, loss, accuracy, test loss and test accuracy, but printed "
        f"{len(lines)} such lines in 3 epochs. Progress is printed with `end=\"\"`; then it does not break the line."))
    for epoch, line in enumerate(lines[-3:], start=1):
        checks.true(re.search(rf"epoch\D*{epoch}\b", line), (
            f"The line of epoch {epoch} should say so, but is {line!r}. Epochs are counted from 1."))
        shown = [float(number) for number in re.findall(r"\d+\.\d+", line)]
        for key in KEYS:
            value = history[key][epoch - 1]
            as_shown = [value, 100 * value] if "accuracy" in key else [value]
            limits = (6e-5, 6e-3)  # half of the last decimal of four, or of two for a percentage
            seen = any(abs(number - one) < limit for number in shown
                       for one, limit in zip(as_shown, limits, strict=False))
            checks.true(seen, (
                f"The line of epoch {epoch} should show {key.replace('_', ' ')} {value:.4f}, with four decimals, but "
                f"is {line!r}."))


class Fitted(keras.Sequential):
    """A network that counts how often its `compile` and its `fit` are called."""

    compiled_times = fitted_times = 0

    def compile(self, *arguments: Any, **keywords: Any) -> None:
        """Count the call."""
        self.compiled_times += 1
        super().compile(*arguments, **keywords)

    def fit(self, *arguments: Any, **keywords: Any) -> Any:
        """Count the call."""
        self.fitted_times += 1
        return super().fit(*arguments, **keywords)


def train_with_fit(train_with_fit: Callable) -> None:
    """Check task 8 on three epochs with 45 points."""
    network, start, result, printed = small_fit(train_with_fit)
    checks.true(network.compiled_times > 0 and network.fitted_times > 0, (
        "train_with_fit should call the network's `compile` and `fit`."))
    history = expect_history(result, 3, "train_with_fit")
    checks.true(not np.array_equal(start[0], network.get_weights()[0]), (
        "train_with_fit changed no weight of the network it was given."))
    first, last = history["loss"][0], history["loss"][-1]
    checks.true(last < first, (
        f"The values of 'loss' should fall while the network learns, but they went from {first:.4f} to {last:.4f}."))
    checks.true("epoch" not in printed.lower(), "train_with_fit should print nothing; `fit` has an argument `verbose`.")
    checks.passed("train_with_fit", train_with_fit)


def sample_of_fit() -> tuple[np.ndarray, np.ndarray]:
    """Return 60 points, and their classes."""
    points = np.random.default_rng(14).normal(size=(60, 4)).astype("float32")
    return points, np.random.default_rng(15).integers(0, 3, 60)


def small_fit(train_with_fit: Callable) -> tuple:
    """Train a simple network for three epochs; return it, its first weights, the result and what was printed."""
    (points, kinds), printed = sample_of_fit(), io.StringIO()
    keras.utils.set_random_seed(10)
    network = Fitted([keras.Input((4,)), keras.layers.Dense(3)])
    start, loss = network.get_weights(), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    batches = as_batches(points[:45], kinds[:45], 10), as_batches(points[45:], kinds[45:], 10)
    with redirect_stdout(printed):
        result = checks.call(train_with_fit, network, *batches, 3, keras.optimizers.SGD(0.5), loss)
    return network, start, result, printed.getvalue()


class Scaled(keras.Model):
    """A network with an argument and two dense layers, as simple as a subclassed network can be."""

    __module__ = "__main__"  # like a student's own class: Keras cannot import it

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor
        self.layers_in_turn = [keras.layers.Dense(4, activation="relu"), keras.layers.Dense(3)]

    def call(self, numbers: Any) -> Any:
        """Compute one layer after the other."""
        for layer in self.layers_in_turn:
            numbers = layer(numbers)
        return self.factor * numbers

    def get_config(self) -> dict:
        """Return the argument."""
        return {"factor": self.factor}


def save_both(save_both: Callable, load_whole: Callable, load_weights: Callable) -> None:
    """Check task 9 on a small network of a class that Keras does not know."""
    keras.utils.set_random_seed(20)
    values, network = np.random.default_rng(20).random((5, 6)).astype("float32"), Scaled(2.5)
    expected = network(values).numpy()
    with tempfile.TemporaryDirectory() as folder:
        whole, weights = saved_paths(save_both, network, folder)
        both = {"load_whole": whole_loaded(load_whole, whole, {"Scaled": Scaled}, network),
                "load_weights": weights_loaded(load_weights, weights, lambda: Scaled(2.5), values, network)}
    for name, loaded in both.items():
        what = f"the predictions of the network from {name}, compared with those before it was saved"
        checks.close(loaded(values), expected, what, causes={
            "the weights are those of the saved network as it is now; read them from the file": np.zeros((5, 3)),
        }, rule="The weights in the file should be loaded, after the new network was called once.")
    checks.passed("save_both", save_both)


def saved_paths(save_both: Callable, network: keras.Model, folder: str) -> tuple:
    """Save a network, check both files, and spoil the network and what Keras has noted of its class."""
    what = f"save_both({type(network).__name__})"
    before, registered = network.get_weights(), keras.utils.get_custom_objects()
    known = set(registered)
    paths = checks.call(save_both, network, folder)
    checks.true(isinstance(paths, tuple | list) and len(paths) == 2, (
        f"{what} should return two paths, but returns {paths}."))
    for path, name in zip(paths, ("network.keras", "network.weights.h5"), strict=True):
        checks.true(isinstance(path, str | Path) and Path(path) == Path(folder) / name, (
            f"{what}: this path should be {Path(folder) / name}, but is {path}."))
        checks.true(Path(path).is_file(), f"{what} wrote no file {name} into the folder.")
    checks.true(all(map(np.array_equal, before, network.get_weights())), f"{what} changed the weights of the network.")
    network.set_weights([0 * weight for weight in before])
    for name in set(registered) - known:
        del registered[name]  # a new session would not know it either
    return tuple(paths)


def whole_loaded(load_whole: Callable, path: Any, own_classes: dict, network: keras.Model) -> keras.Model:
    """Return what `load_whole` makes of a file that has been moved."""
    return _loaded(load_whole, "load_whole", path, (own_classes,), network, (
        "The classes in `own_classes` should be handed on."))


def weights_loaded(
    load_weights: Callable, path: Any, make_network: Callable, images: np.ndarray, network: keras.Model,
) -> keras.Model:
    """Return what `load_weights` makes of a file that has been moved."""
    return _loaded(load_weights, "load_weights", path, (make_network, images), network, (
        "The new network should come from make_network(), and it should be called on the images before the weights are "
        "loaded."))


def _loaded(loader: Callable, name: str, path: Any, arguments: tuple, network: keras.Model, rule: str) -> keras.Model:
    with tempfile.TemporaryDirectory() as elsewhere:
        place = str(Path(path).rename(Path(elsewhere) / Path(path).name))
        try:
            loaded = checks.call(loader, place, *arguments)
        except (TypeError, ValueError) as error:
            reason = " ".join(str(error).split())[:120]
            raise checks.CheckFailed(f"{name} cannot load what save_both wrote: {reason}... {rule}") from None
    checks.true(isinstance(loaded, keras.Model), (
        f"{name} should return a network, but returns {type(loaded).__name__}."))
    checks.true(loaded is not network, (
        f"{name} should return a network that was made from the file, but returns the one that was saved."))
    what = f"the number of trainable weights of the network from {name}"
    checks.same(len(loaded.trainable_variables), len(network.trainable_variables), what, rule=(
        "It should be possible to train it further, like the saved one."))
    return loaded


def true_shapes(true_shapes: Callable, sizes_that_fit: Callable, dense_straight_on: Callable) -> None:
    """Check task 10 on examples that can be worked out by hand."""
    valid = "the convolutions have no padding; padding `same` keeps the size"
    alone = "the channels are left out; they are flattened as well"
    unpooled = "this is the shape before the pooling; it should be the one after it"
    expect_shapes(true_shapes, 20, [6, 8], [(10, 10, 6), (5, 5, 8), (200,)], causes={
        (20, 20, 6): unpooled, (18, 18, 6): valid, (9, 9, 6): valid, (8, 8, 6): valid, (25,): alone,
    })
    up = "the division is rounded up; pooling without padding drops what is left over, so 5 becomes 2"
    expect_shapes(true_shapes, 20, [6, 8, 7], [(10, 10, 6), (5, 5, 8), (2, 2, 7), (28,)], causes={
        (3, 3, 7): up, (63,): up, (4,): alone,
    })
    expect_sizes(sizes_that_fit, {2: 5}, [20, 21, 22, 23], causes={
        (20,): "left-over pixels are not allowed for; they are dropped, so 21, 22 and 23 fit as well",
        (20, 21): "one left-over pixel is allowed for; two and three are dropped as well",
    })
    expect_dense(dense_straight_on, (5, 3), 2, ((5, 2), 8), causes={
        32: "the input is flattened; each of the five vectors meets the same kernel", 6: "the biases are missing",
        40: "there is a kernel for each of the five vectors; they share one kernel",
        16: "there is a bias for each number of the output; each unit has one bias",
    })
    checks.passed("true_shapes", true_shapes)


def expect_shapes(
    true_shapes: Callable, size: int, filters: list, expected: list, causes: Mapping = {}, rule: str = "",
) -> None:
    """Check one call of `true_shapes`, one shape after the other."""
    what = f"true_shapes({size}, {filters})"
    result = checks.call(true_shapes, size, filters)
    checks.true(isinstance(result, list | tuple), (
        f"{what} should be a list of shapes, but is of type {type(result).__name__}."))
    checks.same(len(result), len(expected), f"how many shapes {what} has", causes={
        len(filters): "the flattened one is missing",
    }, rule="There should be one for each block, and one after flattening.")
    for place, (shape, right) in enumerate(zip(result, expected, strict=True)):
        shape = checks.whole_numbers(shape, len(right), f"{what}, item {place}")
        checks.same(shape, right, f"{what}, item {place}", causes, rule)


def expect_sizes(
    sizes_that_fit: Callable, claims: dict, expected: list, causes: Mapping = {}, rule: str = "",
) -> None:
    """Check one call of `sizes_that_fit`."""
    what = f"sizes_that_fit({claims})"
    result = checks.call(sizes_that_fit, claims)
    checks.true(hasattr(result, "__len__"), f"{what} should be a list, but is {result}.")
    checks.same(checks.whole_numbers(list(result), len(result), what), tuple(expected), what, causes, rule)


def expect_dense(
    dense_straight_on: Callable, shape: tuple, units: int, expected: tuple, causes: Mapping = {}, rule: str = "",
) -> None:
    """Check one call of `dense_straight_on`."""
    what, last = f"dense_straight_on({shape}, {units})", "A dense layer works on the last axis and keeps the others."
    result = checks.call(dense_straight_on, shape, units)
    checks.true(isinstance(result, tuple | list) and len(result) == 2, (
        f"{what} should be a pair (shape, parameters), but is {result}."))
    checks.true(not hasattr(result[0], "__len__") or len(result[0]) == len(expected[0]), (
        f"{what}: the shape should be {expected[0]}, but is {result[0]}. {last}"))
    found = checks.whole_numbers(result[0], len(expected[0]), f"{what}: the shape")
    checks.same(found, expected[0], f"{what}: the shape", rule=last)
    what = f"{what}: the parameters"
    checks.same(checks.whole_number(result[1], what), expected[1], what, causes, rule)
