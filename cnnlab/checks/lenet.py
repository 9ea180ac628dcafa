"""The visible checks of assignment 2, each with its task's name, and what the hidden tests share with them."""

from __future__ import annotations

import inspect
import sys
import tempfile
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from cnnlab import checks, tensorboard

__all__ = [
    "LeNet5", "compare", "compile_model", "confusion_matrix", "evaluate", "prepare_images", "train", "train_lenet",
    "worst_mistakes",
]

MAPS = {  # what `feature_maps` returns
    "first convolution": (28, 28, 6), "first pooling": (14, 14, 6), "second convolution": (10, 10, 16),
    "second pooling": (5, 5, 16), "flattened": (400,),
}
PARAMETERS = 61_706
INPUTS = np.linspace(0.5, 1.5, 64, dtype="float32")[:, np.newaxis]  # of the network with a single weight
RIGHT_CLASS = "The metric should be the fraction of images whose largest logit is that of the true class."


def prepare_images(prepare_images: Callable) -> None:
    """Check task 1 on two images that can be scaled by hand."""
    images = np.array([[[0, 51, 102], [153, 204, 255]], [[255, 0, 0], [0, 0, 51]]], dtype="uint8")
    scaled = np.array([[[0, 0.2, 0.4], [0.6, 0.8, 1]], [[1, 0, 0], [0, 0, 0.2]]])
    expect_prepared(prepare_images, images, "two images of 2×3 pixels", scaled, {
        "the bytes are not divided by 255": 255 * scaled,
        "the bytes are divided by 256; the largest byte is 255": 255 * scaled / 256,
        "black and white are swapped": 1 - scaled,
        "the values are scaled to the range -1 to 1; it should be 0 to 1": 2 * scaled - 1,
        "the division rounds down, so only 0 and 1 are left": scaled == 1,
    })
    checks.passed("prepare_images", prepare_images)


def expect_prepared(
    prepare_images: Callable, images: np.ndarray, what: str, scaled: Any, causes: Mapping[str, Any] = {},
    tolerance: float = 1e-4, rule: str = "Each byte should be divided by 255.",
) -> None:
    """Check type, shape, dtype and values of one call; `scaled` and the causes' values have no channel axis."""
    (number, height, width), what = images.shape, f"prepare_images of {what}"
    result = checks.call(prepare_images, images)
    checks.true(type(result) is np.ndarray, (
        f"{what} should be a NumPy array, but is of type {type(result).__name__}."))
    result = checks.array(result, (number, height, width, 1), what, [
        ((number, height, width), "the channel axis is missing"),
        ((number, 1, height, width), "the channel axis is the second one; it should be the last"),
        ((1, number, height, width), "the new axis is the first one; it should be the last"),
        ((number, height, 1, width), "the new axis is the third one; it should be the last"),
        ((number, height, width, 3), "there are three channels, as in a colour image; a grey image has one"),
        ((number, width, height, 1), "rows and columns are swapped"),
        ((height, width, 1), "the axis of the images is missing; it stays, even if there is only one image"),
    ])
    checks.true(result.dtype == np.float32, (
        f"{what} should have dtype float32, but has dtype {result.dtype}."
        + (" NumPy divides bytes in float64." if result.dtype == np.float64 else "")))
    checks.close(result[..., 0], scaled, what, causes, tolerance, rule)


def LeNet5(LeNet5: Callable) -> None:
    """Check task 2: the shapes of the feature maps and of the logits, and the number of parameters."""
    images = speckle(3, seed=1)
    network = checks.call(LeNet5)
    checks.true(isinstance(network, keras.Model), "LeNet5() should be a keras.Model.")
    maps = checks.call(network.feature_maps, images)
    checks.true(isinstance(maps, list | tuple), (
        f"feature_maps should return a list of five outputs, but returns {type(maps).__name__}."))
    checks.same(len(maps), 5, "the number of items that feature_maps returns", {
        4: "one of the five outputs is missing", 1: "only one output is returned; the task asks for all five",
    }, rule="The five outputs are those of two convolutions, two pooling layers and the flattening.")
    window = "the windows of the pooling overlap; they should be side by side"
    causes: dict[str, dict] = {
        "first convolution": {
            (24, 24, 6): "there is no padding; with padding `same` 28 stays 28",
            (26, 26, 6): "too few zeros are added for kernels of 5×5; with padding `same` 28 stays 28",
            (28, 28, 16): "the first convolution has 16 kernels; it should have 6",
        },
        "first pooling": {(27, 27, 6): window},
        "second convolution": {
            (14, 14, 16): "the second convolution pads; only the first one should",
            (12, 12, 16): "the output is too large; kernels of 5×5 without padding leave 10 of 14",
            (10, 10, 6): "the second convolution has 6 kernels; it should have 16",
        },
        "second pooling": {(9, 9, 16): window, (16, 5, 5): "the channels are the first axis; they should be the last"},
        "flattened": {
            (120,): "this is the output of the first dense layer; the flattened vector comes before it",
            (5, 5, 16): "the output of the second pooling is not flattened",
        },
    }
    for (place, shape), item in zip(MAPS.items(), maps, strict=True):
        checks.array(item, (3, *shape), f"feature_maps, {place},",
                     {(3, *wrong): text for wrong, text in causes[place].items()})
    logits = checks.array(checks.call(network, images), (3, 10), "the output of LeNet5 for three images")
    checks.same(network.count_params(), PARAMETERS, "the number of parameters", {
        61_470: "no layer has biases; every convolution and every dense layer has them",
        61_684: "the convolutions have no biases",
        51_902: "the dense layer of 84 units is missing",
        61_794: "there is batch normalisation; LeNet-5 has none",
        47_666: "the two sizes 120 and 84 of the dense layers are swapped",
        60_856: "the last layer is made inside `call`; layers belong in `__init__`",
        850: "only the last layer is made in `__init__`; all layers belong there",
        0: "the layers are made inside `call`; they belong in `__init__`",
        61_610: "the first kernels are 3×3; they should be 5×5",
    }, rule="The network should have the layers of the table and no others, each with biases.")
    checks.true(not (np.all(logits >= 0) and np.allclose(logits.sum(axis=1), 1, atol=1e-4)), (
        "The ten outputs of each image are positive and add up to 1, so they are probabilities. The task asks for "
        "logits: the last layer has no activation."))
    checks.passed("LeNet5", LeNet5)


def speckle(count: int, seed: int) -> np.ndarray:
    """Return images of noise."""
    return np.random.default_rng(seed).random((count, 28, 28, 1)).astype("float32")


def compile_model(compile_model: Callable, echo_network: Callable) -> None:
    """Check task 3 on the logits of the example, with a network that returns its inputs as logits."""
    echo = echo_network(3)
    checks.true(checks.call(compile_model, echo, 0.001) is echo, (
        "compile_model should return the model that it was given, not another one."))
    checks.true(echo.compiled, "The model that was passed in is not compiled. Compile the argument `model`.")
    logits, labels = np.array([[2, 1, 0], [2, 1, 0]], "float32"), np.array([0, 2])
    try:
        report = echo.evaluate(logits, labels, verbose=0, return_dict=True)
    except (TypeError, ValueError, tf.errors.InvalidArgumentError) as error:
        raise checks.CheckFailed(
            "The compiled model cannot be evaluated with logits of shape (2, 3) and the labels 0 and 2. Labels that "
            "are whole numbers need the sparse form of the loss, and `compile` should get the optimiser, the loss and "
            f"the metrics by name. Keras says: {str(error).strip().splitlines()[0][:200]}"
        ) from None
    checks.true("accuracy" in report, (
        f'The model should report the metric "accuracy", but reports {", ".join(report)}.'))
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    again = np.log(np.exp(probabilities).sum(axis=1)) - probabilities[[0, 1], labels]
    checks.close(
        report["loss"], (0.4076 + 2.4076) / 2, "the loss for logits (2, 1, 0) twice, true classes 0 and 2", {
            "the loss takes the logits to be probabilities; it has to know that they are logits":
                np.mean(keras.losses.sparse_categorical_crossentropy(labels, logits)),
            "softmax is applied twice": np.mean(again),
            "the losses of the images are added up; the task asks for their mean": 0.4076 + 2.4076,
        }, tolerance=1e-3, rule="The loss should be the mean cross-entropy of the logits.")
    checks.close(report["accuracy"], 0.5, "the accuracy for logits (2, 1, 0) twice, true classes 0 and 2",
                 rule=RIGHT_CLASS)
    checks.passed("compile_model", compile_model)


def train(train: Callable) -> None:
    """Check task 4 on a network with a single weight, once with a falling and once with a rising validation loss."""
    network = one_weight(0.0, 0.05)
    with tempfile.TemporaryDirectory() as folder:
        result = checks.call(train, network, (INPUTS, 2 * INPUTS), (INPUTS[:20], 2 * INPUTS[:20]), 5, folder, 16)
        checks.true(isinstance(getattr(result, "history", None), dict), (
            f"train should return the History, but returns {type(result).__name__}. It is what the method `fit` "
            "returns."))
        losses = result.history
        checks.true("val_loss" in losses, (
            "There is no validation loss in the history. The validation pair should be measured after each epoch."))
        checks.same(len(losses["loss"]), 5, "the number of epochs of 5, while the validation loss keeps falling",
                    {4: "training stops early, although every epoch lowers the validation loss"},
                    rule="Training should last as many epochs as `epochs` says, unless the validation loss stops it.")
        checks.true(losses["loss"][-1] < losses["loss"][0], (
            "The training loss did not fall. The model should learn from the training pair."))
        written = tensorboard.scalars(folder)
    for run_name in ("train", "validation"):
        logged = [values for (run, tag), values in written.items() if run_name in run and "loss" in tag]
        checks.true(any(len(values) >= 5 for values in logged), (
            f"The log folder does not hold the {run_name} loss of 5 epochs. The TensorBoard callback writes it to the "
            "folder that it is given."))
    stopped_run(train)
    checks.passed("train", train)


def one_weight(start: float, rate: float) -> keras.Model:
    """Return a network whose output is one weight times its input, with a squared error and plain steps."""
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    network.set_weights([np.array([[start]], "float32")])
    network.compile(keras.optimizers.SGD(rate), "mse", metrics=[keras.metrics.BinaryAccuracy(name="accuracy")])
    return network


def stopped_run(train: Callable) -> tuple[keras.Model, dict]:
    """Check when a training run stops whose validation loss is lowest in epoch 1; return its network and history."""
    keras.utils.set_random_seed(1)  # the same order of the images each time
    network = one_weight(0.0, 0.05)
    with tempfile.TemporaryDirectory() as folder:
        losses = checks.call(train, network, (INPUTS, 2 * INPUTS), (INPUTS, -2 * INPUTS), 12, folder, 16).history
    checks.same(len(losses["loss"]), 4, "the number of epochs, where the validation loss is lowest in epoch 1", {
        1: "training stops after the first epoch, whatever its loss is; the patience should be 3",
        2: "training stops after one epoch without an improvement; the patience should be 3",
        3: "training stops after two epochs without an improvement; the patience should be 3",
    }, rule="Training should stop after three epochs in a row without a new lowest loss of the validation pair.")
    return network, losses


def train_lenet(train_lenet: Callable, trained: Any, accuracy_on_test: Callable, plan: Any) -> None:
    """Check task 5 on noise, then train with the budget by `trained` and measure by `accuracy_on_test`.

    With the budget for grading, `expect_trained` is called after the cheaper tests that run only there.
    """
    noise_run(train_lenet)
    trained.cache_clear()
    if plan.budget != "grading":
        print("The short training works. Now the training on digits:")
        expect_trained(trained, accuracy_on_test, plan)
    checks.passed("train_lenet", train_lenet)


def expect_trained(trained: Any, accuracy_on_test: Callable, plan: Any) -> None:
    """Train with the budget by `trained`, which keeps what it returns, and measure by `accuracy_on_test`."""
    network, _ = trained()
    accuracy = accuracy_on_test(network)
    checks.true(accuracy >= plan.accuracy, (
        f"The trained network classifies {accuracy:.2%} of the test images correctly, but should reach "
        f"{plan.accuracy:.1%}. The network should be compiled by `compile_model` with the falling rate, and trained by "
        "`train` on all images that train_lenet is given."))
    print(f"Test accuracy {accuracy:.2%}; {plan.accuracy:.1%} is required.")


def noise_pairs() -> tuple[tuple, tuple]:
    """Return a training pair and a validation pair: images of noise, and labels."""
    images = speckle(300, seed=2)
    return (images[:200], np.arange(200) % 5), (images[200:], 5 + np.arange(100) % 5)


def noise_run(train_lenet: Callable, seed: int = 4) -> tuple[keras.Model, Any]:
    """Check a short training run on noise, with sigmoid and average pooling; return its network and its History."""
    training, validation = noise_pairs()
    with tempfile.TemporaryDirectory() as folder:
        result = checks.call(train_lenet, training, validation, 2, folder, "sigmoid", "average", seed=seed)
        checks.true(isinstance(result, tuple | list) and len(result) == 2, (
            f"train_lenet should return two things, the network and its History, but returns {type(result).__name__}."))
        network, history = result
        checks.true(isinstance(network, keras.Model) and isinstance(getattr(history, "history", None), dict), (
            f"train_lenet should return a network and a History, but returns {type(network).__name__} and "
            f"{type(history).__name__}. The network comes first, then what `train` returned."))
        checks.same(network.count_params(), PARAMETERS, "the number of parameters of the trained network",
                    rule="The network should be a LeNet5.")
        checks.same(len(history.history["val_loss"]), 2, "the number of epochs, with epochs=2",
                    rule="Training should last as many epochs as `epochs` says, unless the validation loss stops it.")
        checks.true(len(tensorboard.event_files(folder)) > 0, (
            "The log folder holds no event files. It should be passed on to `train`."))
    return network, history


def evaluate(evaluate: Callable, echo_network: Callable) -> None:
    """Check task 6 on three images in batches of two, with a network that returns its inputs as logits."""
    logits, labels = np.array([[2, 1, 0], [0, 1, 2], [2, 1, 0]], "float32"), np.array([0, 2, 2])
    loss, accuracy, wrong = measured(evaluate, echo_network(3), logits, labels, "three images", 2)
    batches = "the means of the batches are averaged, although the last batch is smaller"
    checks.close(accuracy, 2 / 3, "the accuracy of three images, two of them right", {
        "the accuracy is in per cent; it should be from 0 to 1": 200 / 3,
        "this is the error rate, not the accuracy": 1 / 3,
        batches: 0.5,
        "the last, smaller batch is left out": 1.0,
    }, tolerance=1e-3, rule="The accuracy is the fraction of images whose largest logit is that of the true class.")
    checks.same(wrong, 1, "the number of wrong images, of three", {2: "this is the number of correct images"},
                rule="A product like 0.9999 has to be rounded, not cut off.")
    checks.close(loss, (0.4076 + 0.4076 + 2.4076) / 3, "the loss of three images in batches of 2", {
        batches: (0.4076 + 2.4076) / 2,
        "the last, smaller batch is left out": 0.4076,
        "the losses of the images are added up; the task asks for their mean": 0.4076 + 0.4076 + 2.4076,
        "the logits are taken to be probabilities":
            np.mean(keras.losses.sparse_categorical_crossentropy(labels, logits)),
    }, tolerance=1e-3, rule="The loss should be the mean cross-entropy of the logits.")
    checks.passed("evaluate", evaluate)


def measured(
    evaluate: Callable, network: keras.Model, inputs: np.ndarray, labels: np.ndarray, what: str, *size: int,
) -> tuple[float, float, int]:
    """Return what `evaluate` returns, after its types were checked and that the network is as it was."""
    if not network.compiled:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile(keras.optimizers.Adam(0.5), loss, metrics=["accuracy"])
    optimizer, before = network.optimizer, [weight.copy() for weight in network.get_weights()]
    result = checks.call(evaluate, network, inputs, labels, *size)
    checks.true(network.optimizer is optimizer, (
        "The model has another optimiser than before. It is already compiled: use it as it is."))
    checks.true(all(map(np.array_equal, before, network.get_weights())) and int(optimizer.iterations) == 0, (
        "evaluate changed the model. It should measure the model, not train it."))
    checks.true(isinstance(result, tuple | list) and len(result) == 3, (
        "evaluate should return three numbers (loss, accuracy, wrong images), but returns "
        f"{type(result).__name__} {result}."))
    checks.true(str(np.asarray(result[0])) not in ("inf", "nan"), (
        f"The loss of {what} is {np.asarray(result[0])}. Softmax followed by a logarithm overflows with large logits; "
        "both together in one step do not."))
    checks.true(not np.issubdtype(np.asarray(result[2]).dtype, np.floating), (
        f"the number of wrong images of {what} should be a whole number (int), but is {result[2]}. A product of floats "
        "has to be rounded to a whole number."))
    return (checks.number(result[0], f"the loss of {what}"), checks.number(result[1], f"the accuracy of {what}"),
            checks.whole_number(result[2], f"the number of wrong images of {what}"))


def confusion_matrix(confusion_matrix: Callable) -> None:
    """Check task 7 on the six images of the example, in reverse order and with a class that does not occur."""
    matrix = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [2, 0, 1, 0], [0, 0, 0, 0]])
    right = np.diag(np.diag(matrix))
    expect_confusion_matrix(
        confusion_matrix, np.array([2, 2, 2, 1, 0, 0]), np.array([0, 0, 2, 1, 1, 0]), 4, matrix,
        "the confusion matrix of six images and four classes", {
            "the last image is not counted": matrix - (np.arange(16) == 0).reshape(4, 4),
            "only the correct images are counted": right,
            "only the mistakes are counted": matrix - right,
            "the classes are counted from 1; they start at 0": np.roll(matrix, (1, 1), axis=(0, 1)),
            "the classes are counted from 1, so class 0 is left out": np.pad(matrix[1:, 1:], ((0, 1), (0, 1))),
        })
    checks.passed("confusion_matrix", confusion_matrix)


def expect_confusion_matrix(
    confusion_matrix: Callable, labels: np.ndarray, predictions: np.ndarray, classes: int, expected: np.ndarray,
    what: str, causes: Mapping[str, Any] = {},
) -> None:
    """Check one call of `confusion_matrix`, in which ready-made functions of this name do not work."""
    codes = [(function, function.__code__) for function in _ready_made()]
    for function, _ in codes:
        function.__code__ = _refuse.__code__
    try:
        result = checks.call(confusion_matrix, labels, predictions, classes)
    finally:
        for function, code in codes:
            function.__code__ = code
    occurring = len({*labels.tolist(), *predictions.tolist()})
    checks.true(type(result) is np.ndarray, (
        f"{what} should be a NumPy array, but is of type {type(result).__name__}."))
    checks.array(result, (classes, classes), what, [
        ((4, 4), "there are always four classes; `classes` says how many there should be"),
        ((10, 10), "there are always ten classes; `classes` says how many there should be"),
        ((occurring, occurring), "a class that does not occur has no row and no column; it should keep both"),
    ])
    checks.true(np.issubdtype(result.dtype, np.integer), (
        f"{what} should hold whole numbers, but its dtype is {result.dtype}. Counts are whole numbers, and np.zeros "
        "makes floats unless it is given a dtype."))
    checks.close(result, expected, what, {
        "rows and columns are swapped; the row is the true class": expected.T,
        "a pair of classes that occurs several times is counted only once": expected > 0,
        **causes,
    }, rule="Each image counts as one, in the row of its true class and the column of its predicted class.")


def _ready_made() -> list:
    """Return the functions of all libraries called confusion_matrix, whatever name they are imported under."""
    own = ("__main__", __name__)
    named = (getattr(module, "__dict__", {}).get("confusion_matrix")
             for name, module in list(sys.modules.items()) if name not in own)
    found = {inspect.unwrap(one) for one in named if isinstance(one, types.FunctionType) and one.__module__ not in own}
    return [one for one in found if not one.__code__.co_freevars]


def _refuse(*arguments: Any, **keywords: Any) -> None:
    """Stand in for such a function; its code runs among the names of that function's module."""
    from cnnlab.checks import CheckFailed

    raise CheckFailed("confusion_matrix should count by itself, but it calls a ready-made confusion matrix.")


def worst_mistakes(worst_mistakes: Callable) -> None:
    """Check task 8 on the five images of the example."""
    rows = np.array([[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.09, 0.01, 0.9], [0, 1, 0], [0.55, 0.44, 0.01]])
    labels = np.array([0, 1, 0, 1, 2])
    two = "the 2 worst mistakes of the example"
    checks.same(ranked(worst_mistakes, rows, labels, 2, 2, two), (2, 1), two, {
        (4, 1): "the order is reversed; the most confident mistake comes first",
        (4, 2): "they are sorted by the probability of the true class; it should be that of the predicted class",
        (1, 0): "these are positions in the list of mistakes; they should be positions among all images",
        (3, 2): "images classified correctly are included",
        (1, 2): "these are the right images, but in the order in which they occur",
    }, rule="The mistakes should be sorted by the probability of the predicted class, the largest first.")
    four = "the 4 worst of only 3 mistakes"
    checks.same(ranked(worst_mistakes, rows, labels, 4, 3, four), (2, 1, 4), four, rule=(
        "They should be the wrong images alone, sorted by the probability of the predicted class."))
    checks.passed("worst_mistakes", worst_mistakes)


def ranked(
    worst_mistakes: Callable, probabilities: np.ndarray, labels: np.ndarray, count: int, length: int, what: str,
) -> tuple[int, ...]:
    """Return what `worst_mistakes` returns as a tuple of whole numbers, after its length was checked."""
    result = checks.call(worst_mistakes, probabilities, labels, count)
    checks.true(type(result) is np.ndarray, (
        f"{what} should be a NumPy array, but is of type {type(result).__name__}."))
    checks.true(result.ndim == 1, (
        f"{what} should be a row of indices, of shape ({length},), but have shape {result.shape}."))
    checks.true(result.dtype != bool, f"{what} should be indices, but are an array of True and False.")
    checks.same(len(result), length, f"the number of indices in {what}", [
        (count, "the array is filled up to `count`; it should be shorter where there are fewer mistakes")
        if count > length else (length + 1, "there is one index too many"),
        (len(labels), "all images are ranked; it should be the wrong ones alone"),
    ], rule="Leave out the correct images first; then there are `count` indices, unless there are fewer mistakes.")
    checks.true(length == 0 or not np.issubdtype(result.dtype, np.floating), (
        f"{what} should be whole numbers, but their dtype is {result.dtype}. An index is a whole number."))
    return tuple(checks.whole_number(item, f"{what}, item {place}") for place, item in enumerate(result))


def compare(compare: Callable) -> None:
    """Check task 9 on accuracies whose means and deviations can be computed by hand."""
    relu, sigmoid = ("relu", "max"), ("sigmoid", "average")
    runs = {(*relu, 1): 0.90, (*relu, 2): 0.94, (*sigmoid, 1): 0.5, (*sigmoid, 2): 0.6}
    table = tabulated(compare, runs, [sigmoid, relu], [1, 2])
    for variant, mean, half in ((relu, 0.92, 0.02), (sigmoid, 0.55, 0.05)):
        checks.close(checks.number(table[variant][0], "a mean"), mean, f"the mean of {variant}", {
            "mean and standard deviation are swapped; the mean comes first": half * 2**0.5,
            "the sum of the accuracies is not divided by their number": 2 * mean,
            "the accuracies of the other variant are included; each variant has its own mean": 0.735,
            "this is the accuracy of a single run; the task asks for the mean": mean + half,
        }, rule="The mean should be that of this variant's accuracies over all seeds.")
        expect_deviation(table, variant, half * 2**0.5, half, f"the standard deviation of {variant}", {
            "this is the variance; the standard deviation is its square root": 2 * half**2,
        }, tolerance=1e-3)
    checks.passed("compare", compare)


def expect_deviation(
    table: dict, variant: Sequence[str], expected: float, of_all: float, what: str, causes: Mapping[str, Any] = {},
    tolerance: float = 1e-4,
) -> None:
    """Check one standard deviation of a table; `of_all` is that which divides by the number of runs."""
    checks.close(checks.number(table[variant][1], "a standard deviation"), expected, what, {
        "the sum of squares is divided by the number of runs; a sample standard deviation divides by one less": of_all,
        **causes,
    }, tolerance, rule="It should be the sample standard deviation of all accuracies of this variant, not rounded.")


def tabulated(compare: Callable, numbers: dict, variants: list, seeds: list) -> dict:
    """Return what `compare` returns for accuracies that are looked up, after the calls were checked."""
    asked: list[tuple] = []

    def look_up(activation: Any, pooling: Any, seed: Any) -> Any:
        asked.append((activation, pooling, seed))
        checks.true(asked[-1] in numbers, (
            f"compare should not call measure{asked[-1]}. The arguments are activation, pooling and seed, in this "
            "order, taken from the variants and seeds that compare is given."))
        return numbers[asked[-1]]

    table = checks.call(compare, look_up, variants, seeds)
    checks.true(isinstance(table, dict), f"compare should return a dict, but returns {type(table).__name__}.")
    checks.true(set(table) == set(variants), (
        f"The keys of the table should be the pairs {', '.join(map(str, variants))}, but are "
        f"{', '.join(map(repr, table))}."))
    for pair in table.values():
        checks.true(hasattr(pair, "__len__") and len(pair) == 2, (
            f"Each value of the table should be a pair (mean, standard deviation), but one is {pair}."))
        checks.true(str(np.asarray(pair[1])) != "nan", (
            "A standard deviation is NaN. It should be that of all runs of a variant; a single run has none."))
    wanted = sorted((*variant, seed) for variant in variants for seed in seeds)
    checks.true(sorted(asked) == wanted, (
        f"measure should be called once for each of the {len(wanted)} pairs of variant and seed, but is called "
        f"{len(asked)} times, for {len(set(asked))} different pairs."))
    return table
