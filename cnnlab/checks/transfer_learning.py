"""The visible checks of assignment 7, each with its task's name, and what the hidden tests share with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from cnnlab import checks

__all__ = [
    "Joined", "choose_layer", "extract_features", "fine_tune", "freeze", "grad_cam", "learning_curves", "preprocess",
    "train_head",
]

READY_MADE = "A ready-made function was called."
BGR_MEAN = np.array([103.939, 116.779, 123.68])
COUNTS = {
    456: "the moving averages of the batch normalisations are counted; no gradient ever trains them",
    12: "the weight tensors are counted; count the numbers that they hold",
    18: "the weight tensors are counted; count the numbers that they hold",
    396: "only the kernels are counted; biases and the vectors of batch normalisations are parameters as well",
    408: "the vectors of the batch normalisations are not counted",
    420: "the biases are not counted",
}


def preprocess(preprocess: Callable) -> None:
    """Check task 1 on the three pixels of the table."""
    pixels = np.array([[[[255, 0, 0], [0, 0, 0], [124, 117, 104]]]], dtype="uint8")
    table = np.array([[[[-103.939, -116.779, 131.32], [-103.939, -116.779, -123.68], [0.061, 0.221, 0.32]]]])
    turned, what = table + BGR_MEAN, "preprocess of three pixels"
    checks.close(prepared_by_hand(preprocess, pixels, what), table, what, causes={
        "the colours are not reversed; the result should be blue, green, red": pixels - BGR_MEAN[::-1],
        "the colours are not reversed; only the means are in the order blue, green, red": pixels - BGR_MEAN,
        "the means are in the order red, green, blue; the colours are not": turned - BGR_MEAN[::-1],
        "no mean is subtracted": turned,
        "the result is divided by 255; VGG-16 expects the values undivided": table / 255,
        "the pixels are reversed, not the colours": pixels[:, :, ::-1] - BGR_MEAN,
        "the values are divided by 255 before the mean is subtracted; the mean belongs to values from 0 to 255":
            turned / 255 - BGR_MEAN,
        "the mean of these pixels is subtracted; it should be that of VGG-16's training images":
            table - table.mean(axis=(0, 1, 2)),
        "the means are rounded": turned - np.round(BGR_MEAN),
        "the subtraction is done in uint8, where 0 - 104 is 152": (turned - np.round(BGR_MEAN)) % 256,
        "the mean is added; it should be subtracted": turned + BGR_MEAN,
        "negative values are set to 0": np.maximum(table, 0),
        "the values are scaled to the range from -1 to 1, which other networks expect": turned / 127.5 - 1,
        "the colours are reversed, but the values are divided by a standard deviation; VGG-16 expects them undivided":
            (turned / 255 - [0.406, 0.456, 0.485]) / [0.225, 0.224, 0.229],
        "the values are divided by a standard deviation, which other networks expect; VGG-16 expects them undivided":
            (pixels / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225],
        "the results are cut to whole numbers": np.trunc(table),
    }, tolerance=1e-3, rule="Follow the table from left to right.")
    checks.passed("preprocess", preprocess)


def prepared_by_hand(preprocess: Callable, images: np.ndarray, what: str) -> np.ndarray:
    """Return the result of `preprocess`, with shape and dtype checked; Keras's own functions refuse to run."""
    functions = [value for name, value in keras.applications.imagenet_utils.preprocess_input.__globals__.items()
                 if "preprocess" in name and hasattr(value, "__code__")]  # all others call these
    codes = [function.__code__ for function in functions]
    for function in functions:
        function.__code__ = refuse.__code__
    try:
        result = checks.call(preprocess, images)
    except AssertionError as error:
        if READY_MADE not in str(error):
            raise
        raise checks.CheckFailed(
            "preprocess should compute the result itself, but calls a ready-made preprocess_input.") from None
    finally:
        for function, code in zip(functions, codes, strict=True):
            function.__code__ = code
    number, height, width, colours = images.shape
    return checks.array(result, images.shape, what, causes={
        (colours, number, height, width): "the colours come first; they should come last",
        (number, colours, height, width): "the colours come before rows and columns; they should come last",
        (1, height, width, colours): "only the first image is returned, as by a `return` inside a loop",
        (1, 1, 3, 3): "this is the answer to another call",
        (height, width, colours): "only one image is returned", (number, height, width): "only one colour is returned",
    }, dtype="float32")


def refuse(*arguments: Any, **keywords: Any) -> None:
    """Lend its code to ready-made functions, so it cannot use a name of this module."""
    raise AssertionError("A ready-made function was called.")


def freeze(freeze: Callable, stand_in: Callable) -> None:
    """Check task 2 on the stand-in, which is frozen, then thawed in part."""
    small = stand_in()
    before, after = frozen_counts(freeze, small, None, "freeze of the stand-in")
    checks.same(before, 432, "trainable parameters before freezing the stand-in", {
        **COUNTS, 0: "the parameters are counted after freezing",
    }, rule="The number is the sum over all trainable weights of the model.")
    checks.same(after, 0, "trainable parameters after freezing the stand-in", {
        432: "nothing is frozen" if small.trainable_weights else "the parameters are counted before freezing",
        24: "the batch normalisations are not frozen",
    }, rule="All layers should be frozen.")
    checks.same(len(small.trainable_weights), 0, "the number of trainable weight tensors after freezing the stand-in",
                rule="The model that freeze is given should itself be frozen.")
    before, after = frozen_counts(freeze, small, ("block3_conv",), "freeze of the frozen stand-in, keeping block3_conv")
    checks.same(before, 0, "trainable parameters of the frozen stand-in, before", {
        148: "the parameters are counted after the layer is switched on",
        432: "the whole model is switched on before the parameters are counted",
    }, rule="Nothing is trainable in this model before freeze is called.")
    kept = small.get_layer("block3_conv")
    checks.same(after, 148, "trainable parameters when block3_conv is kept", {
        0: "the model's own switch is still off" if kept.trainable else
           "the layer to keep is not switched on; it was frozen before",
        432: "every layer is switched on", 284: "the kept layer is frozen and all others are not",
        172: "the batch normalisations are not frozen",
    }, rule="The kept layer alone should be trainable.")
    checks.same([weight.path for weight in small.trainable_weights], [weight.path for weight in kept.weights],
                "the trainable weights when block3_conv is kept",
                rule="The switches of the model that freeze is given should be set.")
    small = stand_in()
    for layer in small.layers:
        layer.trainable = False
    what = "freeze of a model that is on, with each of its layers off"
    counts = frozen_counts(freeze, small, ("block2_norm",), what)
    checks.same(counts, (0, 8), f"{what}, keeping block2_norm: parameters before and after", {
        (0, 0): "the layer to keep is not switched on; set each layer's own switch",
    }, rule="The kept layer should be trainable, and no other.")
    checks.passed("freeze", freeze)


def frozen_counts(freeze: Callable, model: Any, keep: Sequence[str] | None, what: str) -> tuple[int, ...]:
    """Return what `freeze` returns, as two whole numbers."""
    found = checks.call(freeze, model, *([] if keep is None else [keep]))
    floats = isinstance(found, tuple | list) and any(isinstance(one, float) and one == 0 for one in found)
    checks.true(not floats, (
        f"{what} should return two whole numbers, but returned {found}. Note that `np.sum` of an empty list is the "
        "float 0.0."))
    return checks.whole_numbers(found, 2, what)


def extract_features(extract_features: Callable, preprocess: Callable, stand_in: Callable) -> None:
    """Check task 3 on two layers of the stand-in, with a last batch that is smaller."""
    notes: list = []
    trunk = stand_in(3, notes)
    noise = np.random.default_rng(3).integers(0, 256, (7, 8, 8, 3)).astype("uint8")
    what = "extract_features of 7 images in batches of 3"
    expect_features(extract_features, preprocess, trunk, notes, ["block2_pool", "block3_pool"], noise, 3, what)
    checks.passed("extract_features", extract_features)


def through_the_layers(trunk: Any, inputs: np.ndarray) -> dict[str, np.ndarray]:
    """Return the output of every layer of a stand-in, computed one layer after the other in inference mode."""
    outputs: dict[str, np.ndarray] = {}
    values = inputs
    for layer in trunk.layers[1:]:
        values = layer(values, training=False)
        outputs[layer.name] = np.asarray(values)
    return outputs


def expect_features(
    extract_features: Callable, preprocess: Callable, trunk: Any, notes: list, names: list[str], images: np.ndarray,
    batch_size: int, what: str,
) -> None:
    """Check what `extract_features` returns, and how the images went through the trunk."""
    number, expected = len(images), through_the_layers(trunk, checks.call(preprocess, images))
    notes.clear()
    features = checks.call(extract_features, trunk, names, images, batch_size)
    checks.true(isinstance(features, dict), f"{what} should be a dict, but is of type {type(features).__name__}.")
    checks.same(sorted(features), sorted(names), f"the keys of {what}",
                rule="The keys should be the names in `layer_names`, and no others.")
    seen, passed = [size for size, _ in notes], sum(size for size, _ in notes) / 3 / number
    checks.true(not any(mode for _, mode in notes), (
        f"In {what}, the trunk runs in training mode, in which dropout sets values to 0. It should be called with "
        "training=False."))
    checks.true(max(seen, default=0) <= batch_size, (
        f"In {what}, {max(seen, default=0)} images go through the trunk at a time, but `batch_size` is {batch_size}."))
    for name, found in features.items():
        shape, right = expected[name].shape[1:], expected[name]
        checks.true(isinstance(found, np.ndarray), (
            f"{what}, {name}, should be a NumPy array, but is of type {type(found).__name__}." + (
                " The batches should be joined into one array." if isinstance(found, list)
                else " `.numpy()` turns a tensor into one.")))
        mixed = "these are the features of another layer; names and outputs are paired in the wrong order"
        checks.array(found, right.shape, f"{what}, {name},", causes={
            **{expected[other].shape: mixed for other in names},
            (number, *trunk.get_layer(name).input.shape[1:]): "this is the input of the layer; it should be its output",
            (number % batch_size, *shape): "only the last batch is kept",
            (-(-number // batch_size) * batch_size, *shape): "the last batch is filled up, and the filling is kept",
            (number // batch_size * batch_size, *shape): "the last, smaller batch is left out",
            (batch_size, *shape): "only one batch is kept", (number, math.prod(shape)): "the features are flattened",
            (number, shape[-1]): "the features are averaged over the positions",
        }, dtype="float32")
        if np.allclose(found, right, 1e-3, 1e-3):
            checks.true(passed <= 1, (
                f"In {what}, each image goes through the three blocks of the trunk {passed:.3g} times on average. It "
                "should go through once; one model with several outputs reads all layers in one pass."))
            continue
        elsewhere = np.allclose(np.sort(found, axis=None), np.sort(right, axis=None), 1e-3, 1e-3)
        checks.close(found, right, f"{what}, {name}", tolerance=1e-3, causes={
            "the images do not go through `preprocess`": through_the_layers(trunk, images.astype("float32"))[name],
            "the features are in the reverse order": right[::-1],
            "the images go through `preprocess` twice": through_the_layers(trunk, preprocess(preprocess(images)))[name],
            "the images are divided by 255 before `preprocess`":
                through_the_layers(trunk, preprocess(images / 255.0))[name],
        }, rule="The features should be in the order of the images." if elsewhere else
           "The features should be the output of this layer, for images prepared by `preprocess`.")


def choose_layer(choose_layer: Callable) -> None:
    """Check task 4 on three layers whose accuracies are looked up."""
    accuracies = {"near": 0.31, "middle": 0.52, "far": 0.44}
    name = chosen(choose_layer, accuracies, "an example with three layers")
    checks.same(name, "middle", "the layer chosen of three", {
        "far": "the last layer is chosen, not the best one",
        "0.52": "this is the accuracy; the first value should be the layer's name",
    }, rule="It should be the layer with the highest accuracy, whatever its position and its name.")
    checks.passed("choose_layer", choose_layer)


def chosen(choose_layer: Callable, accuracies: Mapping[str, float], what: str) -> str:
    """Return the layer that `choose_layer` chooses when these accuracies are looked up, with its calls checked."""
    order, classes, other_classes = list(accuracies), np.arange(4), np.arange(3) + 5
    training = {name: np.full(4, 10 + place) for place, name in enumerate(order)}
    validation = {name: np.full(3, 20 + order.index(name)) for name in sorted(order)}
    asked: list[str] = []

    def look_up(features: Any, labels: Any, other_features: Any, other_labels: Any) -> float:
        checks.true(len(features) == 4 and len(other_features) == 3, (
            f"In {what}, measure should be called with the training features first and the validation features third, "
            f"but these have the lengths {len(features)} and {len(other_features)}; there are 4 training and 3 "
            "validation images."))
        checks.true(np.array_equal(labels, classes) and np.array_equal(other_labels, other_classes), (
            f"In {what}, measure should be called with the training labels second and the validation labels fourth."))
        place = int(np.asarray(features).flat[0]) - 10
        checks.true(int(np.asarray(other_features).flat[0]) - 20 == place, (
            f"In {what}, the training features of one layer are measured with the validation features of another. The "
            "orders of the two dicts may differ: take both by the name of the layer."))
        asked.append(order[place])
        return accuracies[order[place]]

    try:
        result = checks.call(choose_layer, training, classes, validation, other_classes, look_up)
    except KeyError as missing:
        raise checks.CheckFailed(
            f"In {what}, choose_layer looks for {missing}, but the layers are {', '.join(order)}. Take the names from "
            "`training`.") from missing
    checks.true(isinstance(result, tuple | list) and len(result) == 2, (
        f"choose_layer should return a name and a dict, but returned a value of type {type(result).__name__}."))
    name, measured = result
    checks.true(isinstance(measured, dict), (
        f"The second value that choose_layer returns should be a dict, but is of type {type(measured).__name__}."))
    missed = {*order} - {*asked}
    checks.same(sorted(asked), sorted(order), f"the layers measured in {what}", rule=(
        "Each accuracy should come from a call of `measure`." if not asked else "All layers should be measured."
        if missed else "Each layer should be measured once; keep what `measure` returned."))
    checks.same(sorted(measured), sorted(order), f"the keys of the dict of accuracies of {what}",
                rule="The names of all layers should be keys.")
    checks.same({key: float(value) for key, value in measured.items()}, dict(accuracies), f"the accuracies of {what}",
                rule="The accuracies should be those that `measure` returned.")
    return str(name)


def train_head(train_head: Callable) -> None:
    """Check task 5 on easy features; `expect_accuracy` checks the real training."""
    features, labels = easy_features(512, 4, 1)
    expect_head(checks.call(train_head, features, labels, 4, 10, seed=5), features, labels)
    checks.passed("train_head", train_head)


def hits_of(network: Any, features: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return for each image whether a network classifies it correctly at inference."""
    logits = np.asarray(network.predict(features, batch_size=500, verbose=0))
    return np.array([int(row.argmax()) for row in logits]) == labels


def expect_accuracy(hits: np.ndarray, probe: float, plan: Any) -> None:
    """Check and print the test accuracy of the head, compared with that of the linear probe."""
    accuracy = hits.mean()
    of_probe = f"{accuracy / probe:.1%} of the accuracy of the linear probe ({probe:.1%})"
    checks.true(accuracy >= plan.accuracy * probe, (
        f"The head classifies {accuracy:.1%} of the test images correctly, which is {of_probe}; this task requires "
        f"{plan.accuracy:.1%}. It should be the head of the table, trained for all epochs with the falling rate."))
    checks.true(accuracy <= 1.5 * probe, (
        f"The head classifies {accuracy:.1%} of the test images correctly, but the linear probe only {probe:.1%}. "
        "Without training on the test images that is not possible; train on the features that train_head is given."))
    print(f"Test accuracy {accuracy:.1%}, which is {of_probe}; this task requires {plan.accuracy:.1%}.")


def easy_features(number: int, classes: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return features of shape (number, 2, 2, 5) with a large mean and spread, and labels that are easy to learn."""
    draw = np.random.default_rng(seed)
    typical = draw.normal(size=(classes, 2, 2, 5))
    labels = draw.integers(classes, size=number)
    features = 3000 + 400 * (typical[labels] + 0.3 * draw.normal(size=(number, 2, 2, 5)))
    return features.astype("float32"), labels.astype("uint8")


def expect_head(head: Any, features: np.ndarray, labels: np.ndarray) -> None:
    """Check a head that was trained for 10 epochs on 512 easy images of 4 classes."""
    kind = type(head).__name__
    checks.true(isinstance(head, keras.Model), (
        f"train_head should return a keras.Model, but returned a value of type {kind}."
        + (" That is what `fit` returns; return the head." if "History" in kind else "")))
    what = "the output of the head for 512 images and 4 classes"
    logits = checks.array(head(features, training=False), (512, 4), what, {
        (512, 10): "the head has 10 outputs, whatever `classes` says", (512, 2, 2, 4): "the features are not flattened",
        (512, 128): "the last dense layer is missing", (512, 1): "the head has one output, as for two classes",
    })
    checks.true(not np.allclose(logits.sum(axis=1), 1, atol=1e-3), (
        "The outputs of the head add up to 1, so they are probabilities. The last layer should have no activation."))
    checks.close(head(features, training=False), logits, "the output of the head at inference, a second time",
                 rule="At inference the head should give the same output each time.")
    predicted, noisy = logits.argmax(axis=1), np.asarray(head(features, training=True))
    found, in_training = np.mean(predicted == labels), np.mean(noisy.argmax(axis=1) == labels)
    if all(len(np.unique(weight)) == 1 for weight in head.trainable_weights if len(weight.shape) == 1):
        known = "Its biases still have their initial values: it was not trained."
    elif in_training > found + 0.2:
        known = "The moving averages of its batch normalisation lag behind; the momentum should be 0.9."
    elif np.abs(logits).max() > 50:
        known = "Its logits are large: the features range from 1,000 to 5,000 and should be normalised in the head."
    elif len(np.unique(predicted)) == 1:
        known = "It assigns every image to the same class."
    else:
        known = ("It should be the head of the table, trained for all epochs with the falling rate, and each label "
                 "should belong to its own features.")
    checks.true(found > 0.9, (
        f"After 10 epochs on 512 easy images, the head classifies {found:.0%} of them correctly at inference and "
        f"{in_training:.0%} in training mode; at inference it should be more than 90%. {known}"))
    loss = float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(512), labels]))
    checks.true(loss < 0.5, (
        f"The head classifies the easy images correctly, but the cross-entropy of its logits is {loss:.2f}; it should "
        "be less than 0.5. The loss should be that of logits, from_logits=True."))
    checks.true(not np.allclose(noisy, head(features, training=True)), (
        "The head gives the same output twice in training mode, so it has no dropout."))


def Joined(Joined: Callable, stand_in: Callable, Watch: Callable) -> None:
    """Check task 6 on a block of the stand-in."""
    notes: list = []
    head_notes: list = []
    trunk, head = stand_in(6, notes), head_of((2, 2, 4), 3, head_notes, Watch)
    what = "Joined from block1_pool to block2_pool"
    expect_joined(Joined, trunk, "block1_pool", "block2_pool", head, notes, head_notes, what)
    checks.passed("Joined", Joined)


def head_of(shape: tuple, classes: int, notes: list, Watch: Callable) -> Any:
    """Return an untrained head with batch normalisation, a layer that notes what it gets, and dropout."""
    return keras.Sequential([
        keras.Input(shape), keras.layers.BatchNormalization(momentum=0.5), Watch(notes), keras.layers.Dropout(0.4),
        keras.layers.Flatten(), keras.layers.Dense(units=classes),
    ])


def piece_by_piece(
    trunk: Any, start: str, end: str, head: Any, values: np.ndarray, shift: tuple[int, int] = (1, 1),
) -> np.ndarray:
    """Return the logits of the joined network at inference, computed one layer after the other."""
    names = [layer.name for layer in trunk.layers]
    for layer in trunk.layers[names.index(start) + shift[0] : names.index(end) + shift[1]]:
        values = layer(values, training=False)
    return np.asarray(head(values, training=False))


def expect_joined(
    Joined: Callable, trunk: Any, start: str, end: str, head: Any, notes: list, head_notes: list, what: str,
) -> Any:
    """Return a `Joined` network, with its output, weights and modes checked."""
    shape, names = trunk.get_layer(end).output.shape, [layer.name for layer in trunk.layers]
    first, last = names.index(start), names.index(end)
    values = np.random.default_rng(9).normal(0, 2, (5, *trunk.get_layer(start).output.shape[1:])).astype("float32")
    network = checks.call(Joined, trunk, start, end, head)
    checks.true(isinstance(network, keras.Model), (
        f"{what} should be a keras.Model, but is of type {type(network).__name__}."))
    expected = piece_by_piece(trunk, start, end, head, values)
    del notes[:], head_notes[:]
    try:
        found = network(values, training=False)
    except (ValueError, tf.errors.InvalidArgumentError):
        raise checks.CheckFailed(
            f"{what}: the output of {start}, of shape {values.shape}, does not pass through. The network should begin "
            "after the layer `start`, hold all layers up to `end`, and then the head.") from None
    found = checks.array(found, expected.shape, f"{what}, the output for 5 images,", {
        (5, *shape[1:]): "the head is missing"})
    pieces = [weight for layer in trunk.layers[first + 1 : last + 1] for weight in layer.weights] + head.weights
    count, behind = sum(math.prod(weight.shape) for weight in pieces), trunk.layers[min(last + 1, len(names) - 1)]
    whole = any(layer is trunk for layer in network.layers)
    checks.same(network.count_params(), count, f"{what}, the number of parameters", {
        count + behind.count_params(): f"there is one layer too many, {behind.name}; `end` should be the last one",
        head.count_params(): "the layers of the trunk are not attributes of the network, so Keras does not know them",
        **({trunk.count_params() + head.count_params(): "the whole trunk is an attribute of the network, so all of its "
            "weights belong to the network"} if whole else {}),
    }, rule="The network should have the layers of the piece and of the head, and no others.")
    known = {id(weight) for weight in network.weights}
    checks.true(all(id(weight) in known for weight in pieces), (
        f"{what} does not have all weights of the piece and the head. Use the trunk's own layers, not copies."))
    softmax = np.asarray(tf.nn.softmax(expected))
    causes = {"the logits of the head go through softmax; the task asks for the logits": softmax}
    if first and trunk.layers[first - 1].output.shape == values.shape:
        causes["the layer `start` is in the network; its output is the input of the network"] = piece_by_piece(
            trunk, start, end, head, values, (0, 1))
    if behind.output.shape == shape:
        causes["there is one layer too many; `end` should be the last one"] = piece_by_piece(
            trunk, start, end, head, values, (1, 2))
    training = any(mode for _, mode in notes + head_notes)
    checks.close(found, expected, f"{what}, the logits at inference", causes=causes, tolerance=1e-3, rule=(
        "With training=False, no layer should run in training mode." if training
        else "The layers should be those after `start` up to `end`, followed by the head."))
    checks.true(not training, (
        f"{what}, called with training=False, runs layers in training mode. The head should run in the mode that the "
        "network is called with."))
    network(values)
    checks.true(not any(mode for _, mode in notes + head_notes), (
        f"{what}, called without a mode, runs layers in training mode. The default of `training` should be False."))
    weight = pieces[0].value
    with tf.GradientTape() as tape:
        tape.watch(weight)
        squares = tf.reduce_sum(network(values, training=False) ** 2)
    checks.true(tape.gradient(squares, weight) is not None, (
        f"{what}: no gradient reaches the trunk, so none of it could be trained. The layers should be called one after "
        "the other, and their outputs should remain tensors."))
    expect_modes(network, trunk, head, values, notes, head_notes, what)
    plain = keras.Sequential([keras.Input(shape[1:]), keras.layers.Flatten(), keras.layers.Dense(3)])
    steady = Joined(trunk, start, end, plain)
    checks.close(steady(values, training=True), steady(values, training=False), (
        f"{what}, with a head without dropout: the logits with training=True, compared with those at inference"),
        rule="All layers of the trunk, including dropout and batch normalisation, should always run in inference mode.")
    return network


def expect_modes(
    network: Any, trunk: Any, head: Any, values: np.ndarray, notes: list, head_notes: list, what: str,
) -> None:
    """Check in which modes trunk and head run when a `Joined` network is called with training=True."""
    bits, averages = bits_of(trunk), head.get_weights()
    del notes[:], head_notes[:]
    network(values, training=True)
    called = f"{what}, called with training=True,"
    checks.true(not any(mode for _, mode in notes), (
        f"{called} runs layers of the trunk in training mode. In `call`, they should be called with training=False."))
    checks.true(head_notes and all(mode for _, mode in head_notes), (
        f"{called} runs the head in inference mode. The head should be called with the mode `training`."))
    checks.true(bits == bits_of(trunk), (
        f"{called} changed the moving averages of the trunk's batch normalisation. The trunk should run in inference "
        "mode."))
    checks.true(any(not np.array_equal(a, b) for a, b in zip(averages, head.get_weights(), strict=True)), (
        f"{called} did not update the moving averages of the head's batch normalisation. The head should stay switched "
        "on."))


def bits_of(model: Any) -> list[bytes]:
    """Return the bits of all weights of a model."""
    return [weight.numpy().tobytes() for weight in model.weights]


def fine_tune(fine_tune: Callable, stand_in: Callable, Watch: Callable, BATCH: int) -> None:
    """Check task 7 on a trunk that is on, with each of its layers off."""
    def all_layers_off(network: Any, trunk: Any) -> None:
        for layer in trunk.layers:
            layer.trainable = False

    what = "fine_tune of block3_conv, in a trunk that is on, with each of its layers off"
    tuned(fine_tune, stand_in, Watch, BATCH, ["block3_conv"], 70, 2, 0.001, what, prepare=all_layers_off)
    checks.passed("fine_tune", fine_tune)


def tuned(
    fine_tune: Callable, stand_in: Callable, Watch: Callable, BATCH: int, unfrozen: list[str], number: int, epochs: int,
    rate: float, what: str, chance: int = 11, prepare: Callable | None = None, luck: int = 5, **seed: int,
) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Fine-tune a stand-in with a head, on images sorted by class, and check what changed.

    Returns the head's kernel before and after, and the losses before and after.
    """
    head_notes: list = []
    keras.utils.set_random_seed(chance)
    trunk, draw = stand_in(chance), np.random.default_rng(chance)
    trunk.get_layer("block2_conv").name = "block3_conv_before"  # a name that begins like another layer's
    network = keras.Model(trunk.input, head_of((1, 1, 4), 3, head_notes, Watch)(trunk.output))
    images = draw.normal(0, 60, (number, 8, 8, 3)).astype("float32")
    features = np.asarray(trunk(images, training=False)).reshape(number, 4)
    scaled = (features - features.mean(axis=0)) / (features.std(axis=0) + 1e-6)
    classes = (scaled @ draw.normal(size=(4, 3))).argmax(axis=1)
    images, labels = images[np.argsort(classes)], np.sort(classes).astype("uint8")
    if prepare is not None:
        prepare(network, trunk)
    keras.utils.set_random_seed(luck)
    weights = {(layer.name, place): weight for layer in trunk.layers for place, weight in enumerate(layer.weights)}
    bits, loss = dict(zip(weights, bits_of(trunk), strict=True)), loss_of(network, images, labels)
    head = network.layers[-1]
    kernel = next(weight for weight in head.get_weights() if weight.shape == (4, 3))
    head_notes.clear()
    result = checks.call(fine_tune, network, trunk, unfrozen, images, labels, epochs, rate, **seed)
    kind = "what `fit` returns" if type(result).__name__ == "History" else f"a value of type {type(result).__name__}"
    checks.true(result is network, f"{what} should return the network that it is given, but returned {kind}.")
    changed = [key for key, weight in weights.items() if weight.numpy().tobytes() != bits[key]]
    expect_changes(changed, trunk, unfrozen, what)
    tuned_kernel = next(weight for weight in head.get_weights() if weight.shape == (4, 3))
    checks.true(not np.array_equal(kernel, tuned_kernel), (
        f"{what} did not train the head. The head should stay switched on; only layers of the trunk are frozen."))
    trained_on = sum(size for size, mode in head_notes if mode)
    checks.same(trained_on, number * epochs, (
        f"the images that go through the head in training mode in {what} ({number} images, epochs: {epochs})"), {
        0: "the network runs in inference mode while it is trained", number: "`epochs` is not handed on",
        number // BATCH * BATCH * epochs: "the last, smaller batch is left out",
    }, rule="Each image should be used once per epoch.")
    largest = max(size for size, mode in head_notes if mode)
    checks.true(largest == min(BATCH, number), (
        f"In {what}, the largest batch has {largest} images, but should have {min(BATCH, number)}."
        + (" Keras takes 32 if no size is given." if largest == 32 else "")))
    return kernel, tuned_kernel, loss, loss_of(network, images, labels)


def expect_changes(changed: list, trunk: Any, unfrozen: list[str], what: str) -> None:
    """Check which weights of the trunk fine-tuning changed: pairs of a layer's name and a number of a weight."""
    for name in sorted({name for name, _ in changed} - {*unfrozen}):
        averages = "norm" in name and min(place for layer, place in changed if layer == name) >= 2
        raise checks.CheckFailed(f"{what} changed weights of {name}, which should stay frozen to the last bit. " + (
            "The layer ran in training mode, which changes its moving averages; freeze it before training." if averages
            else "The layer is still switched on." if trunk.get_layer(name).trainable
            else "The layer is switched off now, but should be switched off before `compile`."))
    by_gradient = {name for name, place in changed if not ("norm" in name and place >= 2)}
    for name in unfrozen:
        checks.true(name in by_gradient, f"{what} did not train {name}. " + (
            "The layer is still frozen; its own switch should be on." if not trunk.get_layer(name).trainable
            else "Its switch should be on before `compile`, and the loss should take logits."))


def loss_of(network: Any, images: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean cross-entropy of the network's logits at inference."""
    logits = np.asarray(network(images, training=False))
    return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels]))


def learning_curves(learning_curves: Callable) -> None:
    """Check task 8 on two methods, one count and three seeds."""
    runs = {"a": (0.44, 0.45, 0.40), "b": (0.5, 0.6, 0.7)}
    results = {(method, 20, seed): runs[method][seed - 1] for method in runs for seed in (1, 2, 3)}
    curves = curves_of(learning_curves, results, ["b", "a"], [20], [1, 2, 3], "the table of two methods")
    for method, mean, squares in (("a", 0.43, 0.0014), ("b", 0.6, 0.02)):
        values, deviation = runs[method], (squares / 2) ** 0.5
        checks.close(curves[method][0][0], mean, f"the mean of {method}", {
            "this is the median": np.median(values), "this is the best run": max(values),
            "this is the last run": values[-1], "this is in per cent; the task asks for a fraction": 100 * mean,
            "the columns are swapped; the mean comes first": deviation, "the mean is rounded": round(mean, 1),
        }, tolerance=1e-6, rule="It should be the mean over the seeds.")
        checks.close(curves[method][0][1], deviation, f"the standard deviation of {method}", {
            "the sum is divided by the number of runs; the sample standard deviation divides by one less":
                (squares / 3) ** 0.5,
            "this is the variance": squares / 2, "the standard deviation is rounded": round(deviation, 2),
            "this is the standard error of the mean; the task asks for the standard deviation": (squares / 6) ** 0.5,
            "this is the distance from the best run to the worst": max(values) - min(values),
        }, tolerance=1e-3, rule="It should be the sample standard deviation over the seeds.")
    checks.passed("learning_curves", learning_curves)


def curves_of(
    learning_curves: Callable, results: Mapping[tuple, float], methods: list, counts: list, seeds: list, what: str,
) -> dict:
    """Return the result of `learning_curves` for accuracies that are looked up, with its calls and shapes checked."""
    asked: list[tuple] = []

    def look_up(method: Any, count: Any, seed: Any) -> float:
        asked.append((method, count, seed))
        swapped = any({*asked[-1]} == {*known} for known in results)
        checks.true(asked[-1] in results, f"learning_curves should not call measure{asked[-1]}. " + (
            "The order of the arguments is method, count, seed." if swapped else
            f"It is given the methods {methods}, the counts {counts} and the seeds {seeds}."))
        return results[asked[-1]]

    curves = checks.call(learning_curves, look_up, methods, counts, seeds)
    checks.true(isinstance(curves, dict), (
        f"learning_curves should return a dict with a table for each method, but returned a value of type "
        f"{type(curves).__name__}."))
    checks.same(sorted(curves), sorted(methods), f"the keys of {what}", rule="There should be one key for each method.")
    wanted = sorted((method, count, seed) for method in methods for count in counts for seed in seeds)
    checks.true(sorted(asked) == wanted, (
        f"measure should be called once for each of the {len(wanted)} combinations of method, count and seed, but was "
        f"called {len(asked)} times, for {len(set(asked))} different ones. ") + (
            "Some combinations are missing." if len(set(asked)) < len(wanted)
            else "Keep what measure returned, and measure no run more than once."))
    for method, curve in curves.items():
        checks.array(curve, (len(counts), 2), f"{what}, {method},", causes={
            (2, len(counts)): "rows and columns are swapped; each row is a count",
            (len(counts),): "the standard deviations are missing",
            (len(counts), len(seeds)): "these are the single runs; take their mean and standard deviation",
            (len(seeds), 2): "the accuracies are averaged over the counts; average them over the seeds",
        } if len(counts) != 2 else {})
    return curves


def grad_cam(grad_cam: Callable) -> None:
    """Check task 9 on the example by hand."""
    maps = np.stack([[[4, 1], [0, 3]], [[0, 3], [1, 2]]], axis=-1).astype("float32")
    gradient = np.stack([[[4, 0], [0, 0]], [[0, -2], [-2, 0]]], axis=-1)
    classes, what = np.stack([gradient, -0.5 * np.ones((2, 2, 2))]).astype("float32"), "grad_cam of the example by hand"
    heat = heat_map(grad_cam, passing_on((2, 2, 2)), with_gradients(classes), maps, 0, (2, 2), what)
    checks.close(heat, [[1, 0], [0, 0.25]], what, causes={
        "the map is not divided by its largest value": [[4, 0], [0, 1]],
        "the gradient is not averaged over the positions": [[1, 0], [0, 0]],
        "the gradient is not used": np.array([[4, 4], [1, 5]]) / 5,
        "the absolute value is taken; evidence against the class should become 0": np.array([[4, 2], [1, 1]]) / 4,
        "the map is stretched from its smallest to its largest value; negative values should become 0":
            np.array([[6, 0], [1, 3]]) / 6,
        "evidence against the class is removed channel by channel; the channels should be added up first":
            [[1, 0.25], [0, 0.75]],
        "the map is divided by the sum of its values; it should be divided by its largest value":
            np.array([[4, 0], [0, 1]]) / 5,
    }, tolerance=1e-3, rule="The weight of a channel is the mean of the logit's gradient over rows and columns.")
    what = "grad_cam where everything speaks against the class"
    heat = heat_map(grad_cam, passing_on((2, 2, 2)), with_gradients(-np.abs(classes)), maps, 1, (2, 2), what)
    checks.close(heat, np.zeros((2, 2)), what, rule="Values that are not positive become 0 before anything is divided.")
    checks.passed("grad_cam", grad_cam)


def passing_on(shape: tuple) -> Any:
    """Return a network whose feature maps are its input."""
    inputs = keras.Input(shape)
    return keras.Model(inputs, keras.layers.Activation("linear")(inputs))


def with_gradients(gradients: np.ndarray) -> Any:
    """Return a linear classifier; gradients: shape (classes, h, w, k), those of its logits."""
    inputs = keras.Input(gradients.shape[1:])
    dense = keras.layers.Dense(len(gradients), use_bias=False)
    classifier = keras.Model(inputs, dense(keras.layers.Reshape((gradients[0].size,))(inputs)))
    dense.set_weights([gradients.reshape(len(gradients), -1).T])
    return classifier


def heat_map(
    grad_cam: Callable, maps_network: Any, classifier: Any, image: np.ndarray, class_index: int, shape: tuple,
    what: str,
) -> np.ndarray:
    """Return the result of `grad_cam`, with its shape and range checked."""
    try:
        found = checks.call(grad_cam, maps_network, classifier, image, class_index)
    except (ValueError, TypeError, AttributeError, tf.errors.InvalidArgumentError) as error:
        checks.true("None" not in str(error), (
            f"{what}: the tape returns None instead of a gradient. It should watch the feature maps, and the logit "
            "should be computed inside the tape."))
        checks.true("broadcast" not in str(error) and not isinstance(error, tf.errors.InvalidArgumentError), (
            f"{what}: two shapes do not fit. The gradient should be that with respect to the feature maps, not to the "
            "image, and the maps need not be square."))
        raise
    enlarged = {image.shape[:2]: "the heat map is enlarged; it should have the size of the feature maps"}
    heat = checks.array(found, shape, what, causes={
        **enlarged, (1, *shape): "the batch axis is kept", image.shape: "the channels are not added up",
        (2, 2): "this is the answer to another call",
    })
    checks.true(heat.min() >= 0, f"{what} holds negative values: the maximum with 0 (ReLU) is missing.")
    return heat
