# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Assignment 5: a VGG-16 that will not learn
#
# One recipe has been copied from web page to web page: take VGG-16, set its input to 32×32 pixels, and train it with Adam on CIFAR-10. It runs without an error message, and it learns nothing: after ten epochs the loss is 2.303 and the accuracy 10 %, no better than at the start. In this assignment you diagnose the failure and cure it.
#
# By the end of this assignment you will be able to
#
# - say what a loss of 2.303 means, and work out the gradient of the cross-entropy by hand;
# - look inside a network *before* it is trained: how large its activations are, how many units are dead, and how much gradient reaches each kernel;
# - derive from two lines of probability theory how large the initial weights of any layer should be;
# - write batch normalisation yourself, with its two modes, and avoid the trap in its moving averages;
# - repair a network one change at a time, and measure what each change contributes, using more than one seed.
#
# There are ten tasks and a written question, 38 points in all. Reading and answering take about four hours. Running everything takes about two minutes on 2 CPU cores, most of it spent on training. If a cell takes longer than two seconds, the text before it says so.
#
# Write your answers in the cells that say `TODO`. The cell below each answer checks it and says what is wrong; run it as often as you like. It shows only some of the checks: more run when the assignment is graded, on inputs you have not seen. All other cells are locked; to try something out, add a cell of your own.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import math
from contextlib import contextmanager
from itertools import combinations

import numpy as np
import tensorflow as tf

from cnnlab import budget, checks, datasets, runs
from cnnlab.figures import diagnosis as figures

tf.get_logger().setLevel("ERROR")  # hides speed hints: the networks in the checks are too small for them

# %% [markdown]
# How long the networks below train depends on the machine. The next cell chooses the *budget*: `gpu` if TensorFlow sees a GPU, `cpu` if it does not, and `grading` while your work is graded. The budget decides how long the networks train and what accuracy they must reach, but never which answers are correct.

# %% tags=["budget", "seeds"]
plan = budget.choose(
    grading=budget.Training(images=3_200, epochs=2, accuracy=0.25, seconds=9),
    cpu=budget.Training(images=10_000, epochs=2, accuracy=0.35, seconds=75, comparison_images=3_200, comparison_epochs=1, comparison_seeds=2),
    gpu=budget.Training(images=50_000, epochs=10, accuracy=0.35, seconds=900, comparison_images=10_000, comparison_epochs=3, comparison_seeds=3),
)
print(plan)

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=1_280, accuracy=0.185)

# %% [markdown]
# ## 1. The patient
#
# CIFAR-10 contains small colour photographs in ten classes. The repository includes 12,000 of them: 1,000 training and 200 test images per class. With the budget `gpu`, the notebook asks Keras for all 60,000; this budget has not been measured on a GPU. Loading takes about a second.

# %% tags=["seeds"]
try:
    (train_images, train_labels), (test_images, test_labels) = datasets.cifar10(full=plan.budget == "gpu")
except datasets.DataError as error:
    print(error)
    (train_images, train_labels), (test_images, test_labels) = datasets.cifar10()
CLASSES = datasets.CIFAR10_CLASSES

# %%
print("training images", train_images.shape, train_images.dtype, "labels", train_labels.shape, train_labels.dtype)
print("test images    ", test_images.shape, test_images.dtype, "labels", test_labels.shape, test_labels.dtype)
print("training images of each class:", *np.bincount(train_labels))
figures.photographs(train_images[:30], [CLASSES[label] for label in train_labels[:30]])

# %% [markdown]
# The recipe, as it is usually copied:
#
# | | |
# |---|---|
# | images | pixel values (bytes) / 255, no other preprocessing |
# | network | the 13 convolutions of VGG-16 with 64, 128, 256, 512 and 512 channels in five blocks, max pooling after each block, two dense layers of 4096 units, ten logits |
# | initial weights | Keras's default: *Glorot uniform*; biases 0 |
# | loss | cross-entropy |
# | optimiser | Adam with its default learning rate, 0.001 |
#
# Each line looks reasonable. The code below differs from most copies in two ways, neither of which changes what it computes. Every ReLU is a separate layer, so that we can look at its output later. The number of channels is an argument, so that we can build a narrow copy for a CPU.

# %% tags=["seeds"]
CONVOLUTIONS = (2, 2, 3, 3, 3)  # in each of the five blocks
NARROW, NARROW_UNITS = (12, 24, 48, 96, 96), 256  # 3/16 of VGG-16's channels


def recipe(channels=(64, 128, 256, 512, 512), units=4096, initializer="glorot_uniform") -> tf.keras.Model:
    """The copied network for images of 32×32 pixels: 13 convolutions, two dense layers, ten logits."""
    maps = image = tf.keras.Input((32, 32, 3))
    for number, convolutions in zip(channels, CONVOLUTIONS, strict=True):
        for _ in range(convolutions):
            maps = tf.keras.layers.Conv2D(number, 3, padding="same", kernel_initializer=initializer)(maps)
            maps = tf.keras.layers.ReLU()(maps)
        maps = tf.keras.layers.MaxPooling2D()(maps)
    vector = tf.keras.layers.Flatten()(maps)
    for size in (units, units):
        vector = tf.keras.layers.Dense(size, kernel_initializer=initializer)(vector)
        vector = tf.keras.layers.ReLU()(vector)
    return tf.keras.Model(image, tf.keras.layers.Dense(10, kernel_initializer=initializer)(vector))


# %% [markdown]
# How large is it? Creating all of its parameters takes about two seconds.

# %% tags=["nbval-check-output"]
whole = recipe()
sizes = [int(np.prod(weight.shape)) for weight in whole.trainable_weights]
print(f"all parameters           {sum(sizes):>12,}")
print(f"13 convolutions          {sum(sizes[:26]):>12,}")
print(f"first dense layer        {sum(sizes[26:28]):>12,}  (512 × 4096 + 4096)")
print(f"second dense layer       {sum(sizes[28:30]):>12,}  (4096 × 4096 + 4096)")
print(f"logits                   {sum(sizes[30:]):>12,}")
del whole
print(f"the narrow copy          {recipe(NARROW, NARROW_UNITS).count_params():>12,}")

# %% [markdown]
# The five pooling layers reduce the width from 32 pixels to 16, 8, 4, 2 and finally 1. So the flattened feature map has 1×1×512 numbers, and the second dense layer alone holds half of the 33,638,218 parameters.
#
# The narrow copy has the same layers, with 3/16 of the channels and 256 units per dense layer. It fails in the same way, as you will see, and is small enough to be examined on a CPU.
#
# ### Watch it fail
#
# This function trains every network in this notebook. `build` is a function that creates the network. It is called after the seed is set, so that the same seed gives the same initial weights. The learning rate either stays constant or, as in assignment 2, falls to 0 along half a cosine.

# %% tags=["seeds"]
BATCH = 64  # images in one training step


class StepLosses(tf.keras.callbacks.Callback):
    """Records the loss of every training step (Keras itself would average it over the epoch)."""

    def __init__(self):
        super().__init__()
        self.losses: list[float] = []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))


def train_network(build, images, labels, epochs: int, seed: int, rate=0.001, falling=True) -> tuple:
    """A network from `build()`, trained with Adam; returns it and the loss of every step."""
    tf.keras.utils.set_random_seed(int(seed))
    network = build()
    if falling:
        rate = tf.keras.optimizers.schedules.CosineDecay(rate, epochs * math.ceil(len(images) / BATCH))
    network.compile(
        tf.keras.optimizers.Adam(rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )
    if not network.built:
        network.build((None, *images.shape[1:]))
    network.optimizer.build(network.trainable_variables)  # otherwise `fit` would do it, and compile twice
    steps = StepLosses()
    with budget.within_memory():
        network.fit(images, labels, BATCH, epochs, verbose=0, callbacks=[steps])
    return network, steps.losses


def predicted(model, images) -> np.ndarray:
    """The class of the largest logit for each image."""
    return np.concatenate([
        np.argmax(model(images[at : at + 500], training=False), axis=1) for at in range(0, len(images), 500)
    ])


# %% [markdown]
# Now train the narrow copy with the recipe for a few dozen steps. **About 8 seconds** with the CPU budget.

# %%
patient_losses: list[float] = []
if plan.comparison_epochs == 0:
    print("This demonstration has no points, so the grading budget leaves it out.")
else:
    number = min(2 * plan.comparison_images, 5_120)
    patient, patient_losses = train_network(
        lambda: recipe(NARROW, NARROW_UNITS), train_images[:number] / np.float32(255), train_labels[:number],
        epochs=1, seed=1, falling=False,
    )
    guesses = predicted(patient, test_images / np.float32(255))
    print(f"{len(patient_losses)} steps; mean loss of the last ten: {np.mean(patient_losses[-10:]):.4f}; test accuracy {np.mean(guesses == test_labels):.2%}")
    print("how often each class was predicted:", {CLASSES[place]: int(count) for place, count in enumerate(np.bincount(guesses, minlength=10)) if count})
    figures.losses({"the recipe, narrow copy": patient_losses}, "The recipe does not learn")

# %% [markdown]
# The loss curve is flat, and the network assigns (nearly) all of the 2,000 images to one class. The usual reaction is to train longer, change the batch size or add more images. None of that is a diagnosis. A doctor would first ask: *what does this number, 2.303, mean?*
#
# ## 2. The loss: what 2.303 means
#
# ### One-hot labels
#
# A label is a whole number: 3 means *cat*. It can also be written as a *probability distribution*, with 1 for class 3 and 0 for all others. Such a row is called *one-hot*.
#
# | label | one-hot, four classes |
# |---|---|
# | 2 | 0, 0, 1, 0 |
# | 0 | 1, 0, 0, 0 |
#
# Labels come in two shapes: flat, (n,), or as a column, (n, 1). Keras's copy of CIFAR-10 uses columns, and a function that does not expect them silently builds the shape (n, 1, classes).
#
# Out-of-range labels go wrong just as silently. `tf.one_hot` turns a label that is too large into a row of zeros, and as a NumPy index, −1 picks the *last* class. Such a label is always a mistake in the data and should raise an error.
#
# ### Task 1: one-hot labels (2 points)

# %% nbgrader={"grade": false, "grade_id": "one_hot", "locked": false, "schema_version": 3, "solution": true, "task": false}
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    """Write each label as a row with a single 1.

    Parameters
    ----------
    labels
        one or more labels: whole numbers from 0 to classes - 1, of any integer dtype and of shape
        (n,) or (n, 1). They must not be changed.
    classes
        the number of classes, including those that do not occur in the labels; it may be larger
        than the labels' dtype can hold.

    Returns
    -------
    np.ndarray
        float32 of shape (n, classes): label 2 of four classes becomes 0, 0, 1, 0.

    Raises
    ------
    ValueError
        if a label is negative or greater than classes - 1.
    """
    ### BEGIN SOLUTION
    flat = np.asarray(labels).reshape(-1).astype("int64")
    if np.any((flat < 0) | (flat >= classes)):
        raise ValueError(f"labels should be 0 to {classes - 1}")
    return (flat[:, np.newaxis] == np.arange(classes)).astype("float32")
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_one_hot", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
for labels_by_hand, shape_name in ((np.array([2, 0, 2]), "(3,)"), (np.array([[2], [0], [2]]), "(3, 1)")):
    rows = checks.array(
        checks.call(one_hot, labels_by_hand, 4), (3, 4), f"one_hot of labels of shape {shape_name} and four classes",
        causes={
            (3, 1, 4): "labels of shape (n, 1) gave an axis too many; make them flat first",
            (3, 3): "as many columns as the largest label needs; `classes` says how many there are",
            (3, 2): "as many columns as different labels; `classes` says how many there are",
            (3, 10): "ten columns, whatever `classes` says",
            (4, 3): "rows and columns are exchanged",
        },
        dtype="float32",
    )
    checks.close(rows, [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]], f"one_hot of the labels 2, 0, 2 of shape {shape_name}", causes={
        "the classes are counted from 1": [[0, 1, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]],
    })
checks.raises(ValueError, one_hot, np.array([1, 4]), 4, reason="There is no class 4 of four classes: they are 0 to 3.")
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(21)
for number, classes, dtype, column in ((50, 10, "uint8", False), (33, 7, "int32", True), (300, 300, "int64", False), (1, 5, "uint8", True), (40, 200, "int8", True), (30, 1000, "uint8", False)):
    picked = draw.integers(0, min(classes, np.iinfo(dtype).max + 1), number).astype(dtype)
    what = f"one_hot of {number} labels ({dtype}), {classes} classes"
    rows = checks.array(checks.call(one_hot, picked[:, None] if column else picked, classes), (number, classes), what, dtype="float32", causes={
        (3, 4): "the rows of the example above come back, whatever the labels are",
    })
    checks.close(rows, [[float(place == label) for place in range(classes)] for label in picked.tolist()], what, rule=(
        "Labels and classes can be larger than 255, where bytes end." if classes > 256 else "The 1 stands in the column of the row's own label."
    ))
for bad, why in ((np.array([0, -1, 2]), "A label of -1 is no class, and as an index it means the last one."), (np.array([[3], [0]]), "There is no class 3 of three classes."), (np.array([0, 200], "uint8"), "There is no class 200.")):
    checks.raises(ValueError, one_hot, bad, 3, reason=why)
### END HIDDEN TESTS
print("one_hot: all checks passed")

# %% tags=["nbval-check-output"]
for label, row in zip(train_labels[:4], one_hot(train_labels[:4], 10), strict=True):
    print(label, f"{CLASSES[label]:10}", row.astype(int))

# %% [markdown]
# ### Two cross-entropies, one number
#
# The network returns logits $z_1 \dots z_{10}$, and softmax turns them into probabilities, $p_k = e^{z_k} / \sum_j e^{z_j}$. For a target distribution $y$, the *categorical* cross-entropy of an image is
#
# $$L = -\sum_k y_k \ln p_k .$$
#
# If $y$ is one-hot with its 1 at class $t$, nine of the ten terms are zero, and $L = -\ln p_t$. This is the *sparse* form: it takes the whole number $t$ and never builds the zeros. Both forms give the same number, so switching forms does not cure our patient. (It is still worth a minute's check: many networks have been trained on nonsense because their labels had the wrong form.) The categorical form can do one more thing: its targets need not be one-hot. For example, (0.9, 0.1, 0) is a distribution as well.
#
# By hand, take the logits (2, 1, 0), as in assignment 2. The probabilities are 0.665, 0.245 and 0.090.
#
# | target | terms | cross-entropy |
# |---|---|---|
# | 0, or (1, 0, 0) | −ln 0.665 | 0.408 |
# | (0.9, 0.1, 0) | −0.9 · ln 0.665 − 0.1 · ln 0.245 | 0.508 |
#
# One thing needs care: on a computer, $e^{1000}$ overflows to infinity. Let $m$ be the largest logit. Then
#
# $$\ln p_k = (z_k - m) - \ln \sum_j e^{z_j - m}$$
#
# is the same number and cannot overflow, because the largest exponent is 0. Never take the logarithm of a probability that may have been rounded to 0.
#
# ### Task 2: the cross-entropy, both forms (3 points)

# %% nbgrader={"grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    """The mean cross-entropy over one or more images, by hand: without a ready-made loss.

    A function for ln p, or for the logarithm of a sum of exponentials, does not count as a loss:
    `np.logaddexp` and `tf.nn.log_softmax`, for example, are allowed.

    Parameters
    ----------
    targets
        either whole numbers of shape (n,), of any integer dtype (the sparse form), or floats of
        shape (n, classes), where each row is a distribution (the categorical form). The number of
        axes tells the two apart, even for a single image. They must not be changed.
    logits
        float32 or float64 of shape (n, classes). The values may be large, such as 1000 or -1000.
        They must not be changed.

    Returns
    -------
    float
        the mean cross-entropy over the images, in nats (natural logarithm).
    """
    ### BEGIN SOLUTION
    logits = np.asarray(logits, "float64")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    targets = np.asarray(targets)
    if targets.ndim == 1:
        each = -log_probabilities[np.arange(len(targets)), targets]
    else:
        each = -(targets * log_probabilities).sum(axis=1)
    return float(each.mean())
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_cross_entropy", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
from keras.src.backend.tensorflow import nn as keras_nn
from tensorflow.python.ops import gen_nn_ops


def functions_named(word: str) -> list:
    """TensorFlow's and Keras's functions with this word in their names, each as the Python function beneath."""
    modules = (
        tf.nn, tf.losses, tf.keras.losses, tf.keras.metrics, tf.keras.backend, tf.keras.ops, tf.compat.v1.losses, tf.compat.v1.nn,
        tf.raw_ops, gen_nn_ops, keras_nn,
    )
    functions = []
    for function in (getattr(module, name) for module in modules for name in dir(module) if word in name.lower().replace("_", "")):
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        if hasattr(function, "__code__"):
            functions.append(function)
    return functions


def refuse(*arguments, **keywords):
    raise AssertionError("A ready-made function was called.")


@contextmanager
def refusing(functions: list, sentence: str):
    """In this context, these functions refuse to be called under any name: their code is replaced."""
    codes = [function.__code__ for function in functions]
    for function in functions:
        function.__code__ = refuse.__code__
    try:
        yield
    except AssertionError as error:  # Keras and TensorFlow may have added to the message
        if "A ready-made function was called." not in str(error):
            raise
        raise checks.CheckFailed(sentence) from None
    finally:
        for function, code in reversed([*zip(functions, codes, strict=True)]):
            function.__code__ = code


READY_MADE_LOSSES = functions_named("crossentropy")


def entropy_of(targets: np.ndarray, logits: np.ndarray, what: str) -> float:
    """What `cross_entropy` returns as a float, computed without a ready-made loss."""
    with refusing(READY_MADE_LOSSES, "cross_entropy should compute by itself, but calls a ready-made loss."):
        result = checks.call(cross_entropy, targets, logits)
    if isinstance(result, np.ndarray) and result.shape == (len(logits),):
        raise checks.CheckFailed(f"{what} is an array of shape {result.shape}. Likely cause: one number for each image; asked for is their mean.")
    if isinstance(result, float | np.floating) and not np.isfinite(result):
        raise checks.CheckFailed(f"{what} is {float(result)}. It should be finite for logits of any size: subtract the largest logit of each image first.")
    return checks.number(result, what)


three = np.array([[2.0, 1, 0], [2, 1, 0]])
for targets, expected, causes in (
    (np.array([0, 2]), (0.4076 + 2.4076) / 2, {
        "the sum over the images; asked for is the mean": 0.4076 + 2.4076,
        "divided by the classes, too; asked for is the mean over the images": (0.4076 + 2.4076) / 6,
        "the logarithm to base 2; in nats it is the natural one": (0.4076 + 2.4076) / 2 / math.log(2),
        "the sign is missing": -(0.4076 + 2.4076) / 2,
    }),
    (np.array([[1.0, 0, 0], [0, 0, 1]]), (0.4076 + 2.4076) / 2, {"divided by the classes, too; asked for is the mean over the images": (0.4076 + 2.4076) / 6}),
    (np.array([[0.9, 0.1, 0], [0.9, 0.1, 0]]), 0.5076, {"the targets were rounded to whole classes; they may be any distribution": 0.4076}),
):
    what = f"the cross-entropy of logits (2, 1, 0) twice, targets {targets.tolist()}"
    checks.close(entropy_of(targets, three, what), expected, what, causes, tolerance=1e-3)
large = entropy_of(np.array([0, 1]), np.array([[1000.0, 0], [1000, 0]]), "the cross-entropy of logits (1000, 0), classes 0 and 1")
checks.close(large, 500, "the cross-entropy of logits (1000, 0), classes 0 and 1", {
    "the logarithm of a probability that was rounded to 0 and then lifted a little; compute ln p directly": -math.log(1e-7) / 2,
    "the logarithm of a probability that was rounded to 0 and then lifted to 1e-12; compute ln p directly": -math.log(1e-12) / 2,
}, tolerance=1e-3, rule="Subtract the largest logit of each image first, which changes nothing, and cut nothing off.")
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(22)
for number, classes, scale, dtype in ((64, 10, 3, "float32"), (5, 4, 40, "float64"), (17, 100, 0.01, "float32"), (9, 3, 2000, "float64"), (1, 5, 4, "float64"), (4, 4, 2000, "float32")):
    logits = draw.normal(50, scale, (number, classes)).astype(dtype)
    labels = draw.integers(0, classes, number)
    soft = draw.dirichlet(np.ones(classes), number)
    smoothed = 0.97 * np.eye(classes)[labels] + 0.03 / classes  # nearly one-hot
    log_shares = np.array([[value - np.logaddexp.reduce(row) for value in row] for row in logits.astype("float64")])
    expected = float(np.mean([-row[label] for row, label in zip(log_shares, labels, strict=True)]))
    keras = float(np.mean(tf.keras.losses.sparse_categorical_crossentropy(labels, logits.astype("float64"), from_logits=True)))
    assert abs(keras - expected) <= 1e-3 * (1 + abs(expected)), "Keras should compute the same as this test."
    what, rule = f"the cross-entropy of {number} random images with {classes} classes", "It should be the mean of -ln p of each image's own target."
    checks.close(entropy_of(labels.astype("uint8"), logits, what), expected, what + ", sparse form", {
        "the column of each target was taken in every row; each image has its own target": -float(log_shares[:, labels].mean()),
    }, rule=rule)
    checks.close(entropy_of(np.eye(classes, dtype="float32")[labels], logits, what), expected, what + ", one-hot", rule=rule)
    checks.close(entropy_of(smoothed, logits, what), float(-np.mean(np.sum(smoothed * log_shares, axis=1))), what + ", targets that are nearly one-hot", {
        "the targets were rounded to whole classes": expected,
    }, rule=rule)
    checks.close(entropy_of(soft, logits, what), float(-np.mean(np.sum(soft * log_shares, axis=1))), what + ", targets that are distributions", {
        "the targets were rounded to whole classes": float(np.mean([-row[label] for row, label in zip(log_shares, soft.argmax(axis=1), strict=True)])),
    }, rule=rule)
checks.close(entropy_of(np.array([1, 0]), np.array([[1000.0, -1000], [-1000, -990]]), "the cross-entropy of logits (1000, -1000) and (-1000, -990)"), 1005, "the cross-entropy of logits (1000, -1000) and (-1000, -990), classes 1 and 0", {
    "the logits were cut off before softmax": 505.0,
}, rule="Subtract the largest logit of each image, its own, and cut nothing off.")
checks.close(entropy_of(np.array([1, 0, 2]), np.full((3, 3), -1000.0), "the cross-entropy of three equal logits -1000"), math.log(3), "the cross-entropy of three equal logits -1000", rule="Subtract the largest logit of each image first: e to the power of -1000 is 0.")
### END HIDDEN TESTS
print("cross_entropy: all checks passed")

# %% [markdown]
# The next cell compares your function with both of Keras's versions, and then prints the number we are after: the loss of a network that gives every class the same logit, whatever the image and the label.

# %% tags=["nbval-check-output"]
some_logits = np.random.default_rng(0).normal(0, 2, (64, 10)).astype("float32")
some_labels = train_labels[:64]
print(f"yours, sparse       {cross_entropy(some_labels, some_logits):.4f}")
print(f"yours, one-hot      {cross_entropy(one_hot(some_labels, 10), some_logits):.4f}")
print(f"Keras, sparse       {float(np.mean(tf.keras.losses.sparse_categorical_crossentropy(some_labels, some_logits, from_logits=True))):.4f}")
print(f"Keras, categorical  {float(np.mean(tf.keras.losses.categorical_crossentropy(one_hot(some_labels, 10), some_logits, from_logits=True))):.4f}")
for classes in (2, 10, 100, 1000):
    print(f"uniform prediction, {classes:4} classes: {cross_entropy(np.array([0, 1]), np.zeros((2, classes))):.4f}")

# %% [markdown]
# With ten equal probabilities the loss is −ln(1/10) = ln 10 = 2.3026, whatever the image. This is the recipe's loss. It is not just "a bad loss": it is the *best* loss that a network can reach without looking at the image. The classes are equally frequent, so such a network cannot do better than to give each class the probability 1/10. The recipe has not failed to find a solution; it has found exactly this one.
#
# (A newly initialised network may well start *above* ln 10: it has opinions, and they are wrong. You will see this below; it is not a bad sign.)
#
# ### The gradient of the cross-entropy
#
# Why does the network not leave this point? Let us see what pulls at the logits. For one image with the true class $t$,
#
# $$L = -z_t + \ln \sum_j e^{z_j}, \qquad \frac{\partial L}{\partial z_k} = p_k - y_k .$$
#
# The derivative of the second term is $e^{z_k} / \sum_j e^{z_j} = p_k$. The derivative of the first is −1 for $k = t$ and 0 otherwise, which is $-y_k$. So the gradient is prediction minus target, or *predicted minus right* for short. For the mean over $n$ images, it is divided by $n$.
#
# By hand, for four classes, a uniform prediction and the true class 2, the gradient is (0.25, 0.25, −0.75, 0.25). Its entries always add up to 0: what one logit gains, the others lose.
#
# ### Task 3: the gradient with respect to the logits (3 points)

# %% nbgrader={"grade": false, "grade_id": "logit_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """The gradient of the MEAN cross-entropy with respect to each logit.

    The formula above is the shortest way, but others, such as `tf.GradientTape`, are allowed.

    Parameters
    ----------
    labels
        whole numbers of shape (n,), of any integer dtype. They must not be changed.
    logits
        float32 or float64 of shape (n, classes). The values may be large, such as 1000 or -1000.
        They must not be changed.

    Returns
    -------
    np.ndarray
        floats of shape (n, classes). For a single image of class 2 with four equal logits, they
        are 0.25, 0.25, -0.75, 0.25; for one of n images, each of these is divided by n.
    """
    ### BEGIN SOLUTION
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    gradient = powers / powers.sum(axis=1, keepdims=True)
    gradient[np.arange(len(gradient)), labels] -= 1
    return gradient / len(gradient)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_logit_gradient", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def pull(labels: np.ndarray, logits: np.ndarray, what: str) -> np.ndarray:
    """What `logit_gradient` returns, after type and shape were checked."""
    result = checks.call(logit_gradient, labels, logits)
    if isinstance(result, np.ndarray) and result.dtype.kind == "f" and not np.isfinite(result).all():
        raise checks.CheckFailed(f"{what} holds NaN or infinity. It should be finite for logits of any size: subtract the largest logit of each image first.")
    return checks.array(result, logits.shape, what, causes={
        logits.shape[1:]: "one row is missing for each image; only the batch is averaged in the loss, not the gradient's rows",
        logits.shape[::-1]: "rows and columns are exchanged; a row is an image",
    })


one_row = np.array([[0.25, 0.25, -0.75, 0.25]])
checks.close(pull(np.array([2]), np.zeros((1, 4)), "the gradient of a uniform prediction"), one_row, "the gradient of a uniform prediction, class 2 of four", {
    "the sign: it is predicted minus right": -one_row,
    "these are the probabilities; what was right is not subtracted": np.full((1, 4), 0.25),
    "the logits were taken for probabilities; softmax comes first": np.array([[0.0, 0, -1, 0]]),
    "1 was subtracted from every class; only the true class has y = 1": np.full((1, 4), -0.75),
    "the derivative of softmax alone; that of the logarithm is missing": -one_row / 4,
})
two_rows = np.array([[0.6652, 0.2447, 0.0900 - 1], [0.6652 - 1, 0.2447, 0.0900]]) / 2
checks.close(pull(np.array([2, 0]), np.array([[2.0, 1, 0], [2, 1, 0]]), "the gradient for two images"), two_rows, "the gradient for logits (2, 1, 0) twice, classes 2 and 0", {
    "not divided by the number of images; the loss is a mean": 2 * two_rows,
    "divided by the number of classes; the loss is a mean over the images": two_rows * 2 / 3,
    "the sign: it is predicted minus right": -two_rows,
    "1 was subtracted in every row for each label; each image has only its own": np.array([[0.6652 - 1, 0.2447, 0.0900 - 1]] * 2) / 2,
}, tolerance=1e-3)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(23)
for number, classes, scale, dtype in ((64, 10, 2, "float32"), (7, 3, 5, "float64"), (1, 6, 1, "float32"), (12, 12, 1, "float64"), (30, 50, 300, "float64")):
    logits = draw.normal(0, scale, (number, classes)).astype(dtype)
    labels = draw.integers(0, classes, number)
    variable = tf.Variable(logits.astype("float64"))
    with tf.GradientTape() as watched:
        loss = tf.reduce_mean(tf.reduce_logsumexp(variable, axis=1) - tf.gather(variable, labels, axis=1, batch_dims=1))
    expected = watched.gradient(loss, variable).numpy()
    what = f"the gradient for {number} random images with {classes} classes"
    checks.close(number * pull(labels.astype("uint8" if number > 9 else "int64"), logits, what), number * expected, what + f", times {number}", {
        "not divided by the number of images; the loss is a mean": number**2 * expected,
        "softmax over the images instead of the classes": number * (np.exp(logits - logits.max(axis=0)) / np.exp(logits - logits.max(axis=0)).sum(axis=0) - np.eye(classes)[labels]) / number,
    }, rule=(
        "Subtract the largest logit of each image first, which changes nothing, and cut nothing off." if scale > 100 else "It should be p - y of each image, divided by the number of images."
    ))
sure = pull(np.array([0, 0], "int32"), np.array([[6.0, 0], [0, 8]]), "the gradient for logits (6, 0) and (0, 8), class 0 twice")
checks.close(1000 * sure, [[-1.2363, 1.2363], [-499.832, 499.832]], "the gradient for logits (6, 0) and (0, 8), class 0 twice, times 1,000", {
    "a sure prediction was left out; it has a gradient, too, a small one": [[0, 0], [-499.832, 499.832]],
}, tolerance=1e-3, rule="It should be p - y of each image, divided by the number of images, however small.")
steep = pull(np.array([1, 0, 1]), np.array([[1000.0, 0], [1000, 0], [-1000, -1000]]), "the gradient for logits (1000, 0), (1000, 0) and (-1000, -1000)")
checks.close(3 * steep, [[1, -1], [0, 0], [0.5, -0.5]], "the gradient for logits (1000, 0), (1000, 0) and (-1000, -1000), classes 1, 0 and 1, times 3", rule="Subtract the largest logit of each image first, which changes nothing, and cut nothing off.")
### END HIDDEN TESTS
print("logit_gradient: all checks passed")

# %%
figures.gradient(logit_gradient(train_labels[:1], np.zeros((1, 10)))[0], CLASSES, f"A uniform prediction for one {CLASSES[train_labels[0]]}: what pulls at its logits")

# %% [markdown]
# A single image pulls strongly: −0.9 on the logit of its own class. But what reaches a *weight* is the sum over the batch. Take the bias of the last layer. It is added to the logits of every image, so its gradient consists of the column sums of the gradient above. For all training images together:

# %% tags=["nbval-check-output"]
columns = logit_gradient(train_labels, np.zeros((len(train_labels), 10))).sum(axis=0)
print("largest pull on a bias, from one image alone:", 0.9)
print(f"pull on the ten biases, mean of all images:   {np.abs(columns).max():.6f}")

# %% [markdown]
# Nothing is left: for each class, 1/10 of the predicted probability cancels 1/10 of the images. What about the *kernel* of the last layer? Its gradient is the sum over the images of (features of the image) × (gradient of its logits). If all images had the *same* features $h$, this sum would be $h$ times the column sums above: $h \cdot 0 = 0$. The layers below would receive no gradient either.
#
# This leads to a suspicion: **when a network is stuck at ln 10, its last features hardly depend on the image.** The loss alone cannot show this. We have to look inside.
#
# ## 3. Look inside before training
#
# We take three measurements on one batch of images, with the initial weights, before the first training step:
#
# - the **standard deviation** (*spread*) of the activations after each ReLU, over all images, positions and channels together;
# - the fraction (*share*) of **dead units**: channels (after a convolution) or units (after a dense layer) that are 0 for every image and every position in the batch. No gradient from a later layer can change their weights;
# - the **gradient norm** of each kernel: the square root of the sum of the squares of all entries of its gradient.
#
# An example by hand: the ReLU output of a dense layer with three units, for a batch of two images:
#
# | | unit 0 | unit 1 | unit 2 |
# |---|---|---|---|
# | image 0 | 0 | 2 | 0 |
# | image 1 | 0 | 0 | 4 |
#
# Unit 0 is dead, so the share of dead units is 1/3. (Not 4/6: that is the share of *zeros*, and even after a healthy ReLU half of the values are zero.) The mean of the six numbers is 1, and the mean of their squares is 20/6 = 3.33, so the spread is √(3.33 − 1) = 1.53.
#
# After a convolution the values have four axes (image, row, column, channel). A channel is dead if it is 0 at every position in every image.
#
# A hint about Keras: a functional model lists its layers in `model.layers`, and each layer has an `output`. A new `tf.keras.Model` from the same input to several of these outputs shares all its weights with the old one.
#
# Call the model with `training=True`, because we want to see what a *training step* sees. For the recipe this makes no difference, but for batch normalisation it does.
#
# ### Task 4: spread and dead units (4 points)

# %% nbgrader={"grade": false, "grade_id": "activation_statistics", "locked": false, "schema_version": 3, "solution": true, "task": false}
def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list:
    """How large are the activations after each ReLU, and how many units are dead?

    Parameters
    ----------
    model
        a functional model: a chain of layers with at least two ReLU layers. Every activation is a
        separate tf.keras.layers.ReLU layer. The trainable weights must not be changed; the moving
        averages of a batch normalisation may change.
    images
        a batch of any number of images, in the form that the model takes. The model is called as
        in a training step: with training=True and the whole batch at once.

    Returns
    -------
    list
        for each ReLU layer, starting from the image, a pair (spread, dead) of floats: the standard
        deviation of all its output values, and the fraction, 0 to 1, of its units (after a
        convolution: channels) that are not positive anywhere in the batch, that is, for any image
        at any position. A unit with a positive value, however small, is alive. Neither number is
        rounded.
    """
    ### BEGIN SOLUTION
    outputs = [layer.output for layer in model.layers if isinstance(layer, tf.keras.layers.ReLU)]
    probe = tf.keras.Model(model.input, outputs)
    statistics = []
    for values in probe(images, training=True):
        values = np.asarray(values)
        highest = values.reshape(-1, values.shape[-1]).max(axis=0)
        statistics.append((float(values.std()), float(np.mean(highest <= 0))))
    return statistics
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_activation_statistics", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def statistics_of(model: tf.keras.Model, images: np.ndarray, count: int, what: str) -> list:
    """What `activation_statistics` returns, after types and length were checked."""
    result = checks.call(activation_statistics, model, images)
    checks.true(isinstance(result, list | tuple | np.ndarray), f"activation_statistics should return a list of pairs, but returns {type(result).__name__}.")
    checks.same(len(result), count, f"the number of pairs for {what}", causes={
        len(model.layers): "a pair for every layer; asked for is one for every ReLU",
        len(model.layers) + 1: "a pair for every layer and the input; asked for is one for every ReLU",
    }, rule="Each ReLU layer counts, whatever its name is and wherever it stands.")
    for pair in result:
        checks.true(hasattr(pair, "__len__") and len(pair) == 2, f"Each item should be a pair (spread, dead), but one is {pair}.")
    return [(checks.number(spread, f"a spread of {what}"), checks.number(dead, f"a share of dead units of {what}")) for spread, dead in result]


def chained(shape: tuple, layers: list) -> tf.keras.Model:
    """A functional model: these layers, one after the other."""
    values = inputs = tf.keras.Input(shape)
    for layer in layers:
        values = layer(values)
    return tf.keras.Model(inputs, values)


by_hand = chained((3,), [tf.keras.layers.ReLU(), tf.keras.layers.ReLU()])  # the second one changes nothing
table_values = np.array([[-1, 2, 0], [-3, -5, 4]], "float32")
(spread, dead), again = statistics_of(by_hand, table_values, 2, "the table above")
checks.close(spread, 1.5275, "the spread of the table above", {
    "the variance; the standard deviation is its root": 1.5275**2,
    "the root of the mean square; the mean must be subtracted": (20 / 6) ** 0.5,
    "divided by the number of values minus one": 1.5275 * (6 / 5) ** 0.5,
    "spread and dead are exchanged": 1 / 3,
    "the mean of the units' standard deviations; asked for is that of all values together": float(np.maximum(table_values, 0).std(axis=0).mean()),
    "the zeros were left out": 1.0,
    "measured before ReLU": float(table_values.std()),
    "each image was measured by itself; asked for is the batch as a whole": float(np.maximum(table_values, 0).std(axis=1).mean()),
}, tolerance=1e-3, rule="It is that of all six values together, the zeros among them, not unit by unit.")
checks.close(dead, 1 / 3, "the share of dead units of the table above", {
    "the share of zeros; a unit is dead only if it is 0 for the whole batch": 4 / 6,
    "the share of living units": 4 / 6,
    "the share of units that are 0 for some image": 1.0,
    "the number of dead units": 1.0,
}, tolerance=1e-3, rule="A unit is dead only if it is 0 for the whole batch: unit 0 is, the other two are not.")
checks.close(again, (spread, dead), "the pair of the second ReLU, which gets the same values")
### BEGIN HIDDEN TESTS
def layers_for_probing(normalise: bool) -> list:
    """Convolutions and dense layers, each followed by ReLU."""
    kinds = tf.keras.layers
    between = [kinds.BatchNormalization] if normalise else []
    return [
        kinds.Conv2D(5, 3), *(kind() for kind in between), kinds.ReLU(), kinds.MaxPooling2D(2),
        kinds.Conv2D(8, 3, padding="same"), *(kind() for kind in between), kinds.ReLU(name="any_name"), kinds.Flatten(),
        kinds.Dense(6), *(kind() for kind in between), kinds.ReLU(), kinds.Dense(4),
    ]


draw = np.random.default_rng(24)
for size, normalise in ((6, False), (5, True), (2, False)):
    chain = layers_for_probing(normalise)
    small = chained((10, 10, 2), chain)
    small.set_weights([draw.normal(0.1, 0.6, weight.shape).astype("float32") if weight.ndim > 1 else np.abs(draw.normal(0.2, 0.5, weight.shape)).astype("float32") for weight in small.get_weights()])
    for layer in chain:  # the first two units of each layer are pushed below zero for good
        shift = next((weight for weight in layer.trainable_weights if "beta" in weight.name), None) if normalise else getattr(layer, "bias", None)
        if shift is not None and shift.shape[0] > 4:
            shift.assign(np.concatenate([[-60.0, -60.0], shift.numpy()[2:]]))
    before, trained = [weight.copy() for weight in small.get_weights()], [weight.numpy().copy() for weight in small.trainable_weights]
    pictures = (3 * draw.normal(size=(size, 10, 10, 2))).astype("float32")
    found = statistics_of(small, pictures, 3, f"a small network ({'with' if normalise else 'without'} batch normalisation)")
    checks.true(all(np.array_equal(one, weight.numpy()) for one, weight in zip(trained, small.trainable_weights, strict=True)), "activation_statistics changed weights of the model that are trained; it should only measure.")
    small.set_weights(before)
    measured, quiet_places = {}, []
    for mode in (False, True):
        values, measured[mode], quiet_places = pictures, [], []
        for layer in chain:
            values = layer(values, training=mode)
            if isinstance(layer, tf.keras.layers.ReLU):
                asleep = sum(bool(tf.reduce_all(values[..., unit] <= 0)) for unit in range(values.shape[-1]))
                measured[mode].append((float(tf.math.reduce_std(values)), asleep / values.shape[-1]))
                quiet_places.append(float(np.mean(tf.reduce_all(values <= 0, axis=0))))
    expected, calm = measured[True], measured[False]
    for place, name in ((0, "spread"), (1, "share of dead units")):
        causes = {"measured as at inference; asked for is training=True": [pair[place] for pair in calm]} if normalise else {}
        causes["the order: asked for is from the image on"] = [pair[place] for pair in expected[::-1]]
        if place:
            causes["each place of a map was taken for a unit; a channel is one unit"] = quiet_places
        checks.close([pair[place] for pair in found], [pair[place] for pair in expected], f"the {name} after the three ReLUs of a small network {'with' if normalise else 'without'} batch normalisation", causes, tolerance=1e-3, rule=(
            "A unit is dead only if no image and no place makes it positive." if place else "It is over all values behind ReLU: every image, place and channel of one batch."
        ))
marked = np.zeros((150, 4, 4, 3), "float32")
marked[140, 2, 3, 1] = 4e-4  # a single value of the whole batch: the channel is alive
count = marked.size
(spread, dead), _ = statistics_of(chained((4, 4, 3), [tf.keras.layers.ReLU(), tf.keras.layers.ReLU()]), marked, 2, "a batch of 150 images with a single positive value")
checks.close(dead, 2 / 3, "the share of dead channels if one of three has a single positive value, 0.0004, in a batch of 150 images", rule="A unit is dead only if no image and no place makes it positive, however little.")
checks.close(1e6 * spread, 400 * float(np.sqrt(1 / count - 1 / count**2)), "the spread of a batch of 150 images with a single positive value, times 1,000,000", rule="It is over the whole batch, and is not rounded.", tolerance=1e-3)
### END HIDDEN TESTS
print("activation_statistics: all checks passed")

# %% [markdown]
# ### The gradient that reaches each kernel
#
# `tf.GradientTape` from assignment 4 gives the gradient of the loss with respect to any weight. The loss is the mean cross-entropy of the batch. For labels given as whole numbers, TensorFlow has `tf.nn.sparse_softmax_cross_entropy_with_logits`, and you now know what it computes. It returns one number per image and needs labels of type `int32` or `int64`. By hand, the norm of a gradient with the entries 3, 0, 4, 0 is √(9 + 16) = 5.
#
# *Kernels* are the weights that multiply. They have more than one axis: two in dense layers, four in convolutions of images. Biases have one axis.
#
# ### Task 5: gradient norms (3 points)

# %% nbgrader={"grade": false, "grade_id": "gradient_norms", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    """How much gradient reaches each kernel of a classifier?

    Parameters
    ----------
    model
        a functional or Sequential model that returns logits of shape (n, classes). It is called as
        in a training step: with training=True and the whole batch at once. The trainable weights
        must not be changed.
    images, labels
        a batch of n images, and n whole numbers of shape (n,), of any integer dtype, such as uint8.

    Returns
    -------
    list
        for each trainable kernel (a weight with two or more axes), in the model's order, the norm
        of the gradient of the mean cross-entropy: the square root of the sum of the squares, as a
        float, not rounded.
    """
    ### BEGIN SOLUTION
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) >= 2]
    with tf.GradientTape() as recorded:
        logits = model(images, training=True)
        truth = tf.cast(labels, "int32")
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(truth, logits))
    return [float(tf.norm(gradient)) for gradient in recorded.gradient(loss, kernels)]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_gradient_norms", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def norms_of(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, count: int, what: str) -> list:
    """What `gradient_norms` returns, after types and length were checked."""
    result = checks.call(gradient_norms, model, images, labels)
    checks.true(isinstance(result, list | tuple) or (isinstance(result, np.ndarray) and result.ndim), f"gradient_norms should return a list with a norm for each kernel, but returns {type(result).__name__}.")
    kernels = [weight for weight in model.weights if len(weight.shape) > 1]
    checks.same(len(result), count, f"the number of norms for {what}", causes=[
        (sum(len(weight.shape) in (2, 4) for weight in kernels), "a kernel may have three axes, too") if any(len(weight.shape) == 3 for weight in kernels)
        else (sum(len(weight.shape) == 2 for weight in kernels), "the kernels of convolutions have more than two axes; they belong in the list, too"),
        (len(kernels), "a kernel that is not trainable is in the list, too"),
        (len(model.trainable_weights), "the biases are in the list, too; asked for are the kernels"),
    ], rule="Each trainable kernel has one norm.")
    return [checks.number(norm, f"a gradient norm of {what}") for norm in result]


features_in = tf.keras.Input((2,))
linear = tf.keras.Model(features_in, tf.keras.layers.Dense(4)(features_in))
linear.set_weights([np.zeros((2, 4), "float32"), np.zeros(4, "float32")])
[norm] = norms_of(linear, np.array([[3, 4], [3, 4]], "float32"), np.array([2, 2], "uint8"), 1, "one dense layer")
# by hand: logits 0, so each image pulls with (0.25, 0.25, -0.75, 0.25) / 2, and its features are (3, 4)
checks.close(norm, 5 * 0.75**0.5, "the gradient norm of one dense layer with zero weights, two equal images", {
    "the sum over the images; the loss is their mean": 10 * 0.75**0.5,
    "the square of the norm; the root is missing": 25 * 0.75,
    "the largest entry; the norm is the root of the sum of the squares": 3.0,
    "the sum of the absolute values; the norm is the root of the sum of the squares": 10.5,
    "the root of the mean of the squares; asked for is the sum": 5 * 0.75**0.5 / 8**0.5,
    "the gradient of the bias is in it": (25 * 0.75 + 0.75) ** 0.5,
    "softmax was applied before a loss that applies it by itself": 5 * 0.75**0.5 / 4,
}, tolerance=1e-3)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(25)
kinds = tf.keras.layers
for normalise in (False, True):
    between = [kinds.BatchNormalization] if normalise else []
    chain = [
        kinds.Conv2D(6, 3), *(kind() for kind in between), kinds.ReLU(), kinds.MaxPooling2D(2), kinds.Conv2D(7, 2),
        *(kind() for kind in between), kinds.ReLU(), kinds.Flatten(), kinds.Dense(5), *(kind() for kind in between), kinds.ReLU(), kinds.Dense(4),
    ]
    flow = flow_in = tf.keras.Input((10, 10, 2))
    for layer in chain:
        flow = layer(flow)
    small = tf.keras.Model(flow_in, flow)
    small.set_weights([draw.normal(0.1, 0.4, weight.shape).astype("float32") if weight.ndim > 1 else np.abs(draw.normal(0.3, 0.5, weight.shape)).astype("float32") + 0.1 for weight in small.get_weights()])
    before = [weight.copy() for weight in small.get_weights()]
    pictures, truth = draw.normal(size=(9, 10, 10, 2)).astype("float32"), draw.integers(0, 4, 9).astype("uint8")
    found = norms_of(small, pictures, truth, 4, "a small network")
    after = small.get_weights()
    small.set_weights(before)
    kernels = [layer.kernel for layer in chain if hasattr(layer, "kernel")]

    def squares(mode):
        with tf.GradientTape() as watched:
            values = pictures
            for layer in chain:
                values = layer(values, training=mode)
            loss = tf.add_n([tf.reduce_logsumexp(values[row]) - values[row, int(label)] for row, label in enumerate(truth)]) / len(truth)
        return [float(tf.reduce_sum(gradient**2)) ** 0.5 for gradient in watched.gradient(loss, [kernel.value for kernel in kernels])]

    in_use, expected = squares(False), squares(True)
    causes = {
        "the sum over the images; the loss is their mean": np.array(expected) * len(truth), "the square; the root is missing": np.array(expected) ** 2,
        "the order: asked for is the model's": expected[::-1],
    }
    if normalise:
        causes["measured as at inference; asked for is training=True"] = in_use
    checks.close(found, expected, f"the four gradient norms of a small network {'with' if normalise else 'without'} batch normalisation", causes, tolerance=2e-3, rule="It should be the gradient of one loss, the mean cross-entropy of all images with the labels given.")
    checks.true(
        all(np.array_equal(one, other) for one, other, weight in zip(before, after, small.weights, strict=True) if weight.trainable),
        "gradient_norms changed weights of the model: it should measure, not train.",
    )
chain[0].trainable = False
norms_of(small, pictures, truth, 3, "a small network whose first kernel is not trainable")
line = tf.keras.Sequential([tf.keras.Input((9, 2)), kinds.Conv1D(3, 4), kinds.ReLU(), kinds.Flatten(), kinds.Dense(250)])  # a kernel of three axes; class 200
line.set_weights([draw.normal(0, 0.2, weight.shape) for weight in line.get_weights()])
signals, truth = (1e-4 * draw.normal(size=(3, 9, 2))).astype("float32"), np.array([200, 3, 249], "uint8")
with tf.GradientTape() as watched:
    values = line(signals, training=True)
    loss = tf.reduce_mean(tf.reduce_logsumexp(values, axis=1) - tf.gather(values, truth.astype("int32"), axis=1, batch_dims=1))
expected = np.array([float(tf.reduce_sum(gradient**2)) ** 0.5 for gradient in watched.gradient(loss, line.trainable_weights[::2])])
found = norms_of(line, signals, truth, 2, "a network with a kernel of three axes and 250 classes")
checks.close(np.array(found) / expected, [1, 1], "the gradient norms of a network with a kernel of three axes and 250 classes, as multiples of the right ones", tolerance=5e-3, rule="Labels are 0 to 249 here, and the norms are small and not to be rounded.")
### END HIDDEN TESTS
print("gradient_norms: all checks passed")

# %% [markdown]
# ### The patient's first examination
#
# We examine the narrow copy of the recipe on 128 training images, pixel values / 255, before any training. Each examination, this one included, takes about two seconds.

# %% tags=["seeds"]
def examine(network: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> dict:
    """Spread and dead units after each ReLU, and the gradient norm of each kernel."""
    statistics = activation_statistics(network, images)
    return {
        "spread": [spread for spread, _ in statistics],
        "dead": [dead for _, dead in statistics],
        "gradient": gradient_norms(network, images, labels),
    }


batch_images, batch_labels = train_images[:128] / np.float32(255), train_labels[:128]

# %%
tf.keras.utils.set_random_seed(1)
findings = {"recipe": examine(recipe(NARROW, NARROW_UNITS), batch_images, batch_labels)}
print(f"spread after the first ReLU {findings['recipe']['spread'][0]:.3f}, after the 13th {findings['recipe']['spread'][12]:.6f}, after the last {findings['recipe']['spread'][-1]:.6f}")
print(f"largest gradient norm of a kernel {max(findings['recipe']['gradient']):.5f}")
figures.layers(findings, "The recipe before the first step")

# %% [markdown]
# The left panel shows the first finding. The activations become smaller from layer to layer. On a *logarithmic* scale they follow a straight line, so each layer multiplies them by about the same factor below 1. What leaves the last ReLU is about a thousandth of what left the first. The logits are practically 0 for every image, so every image gets the uniform prediction.
#
# The right panel shows the gradient of each kernel. It is a product of the activations from below and the gradient from above. Near the image the activations are large and the gradient tiny; near the logits it is the other way round. The product is less than a thousandth everywhere.
#
# The middle panel shows hardly any dead units in the convolutions, but about a third of the units in the dense layers are 0 for all 128 photographs. In a healthy network, half of the images switch a unit on and half do not. Here all images agree. Keep this in mind.
#
# Where does this shrinking factor come from?
#
# ## 4. How large should the initial weights be?
#
# ### Two lines of probability
#
# A unit adds up $n$ products: $z = \sum_{i=1}^{n} w_i x_i$. Their number, $n$, is called the *fan-in*: $k_h \cdot k_w \cdot c_{in}$ for a convolution, and the number of inputs for a dense layer. Draw the weights at random with mean 0 and variance $v$, independently of each other and of the inputs. The products then have mean 0, and their variances add up:
#
# $$\operatorname{Var}(z) = n \, v \, \overline{x^2} \qquad\qquad (1)$$
#
# where $\overline{x^2}$ is the mean square of the inputs. (It is the mean *square*, not the variance: after a ReLU the inputs are never negative, and their mean contributes too.)
#
# The distribution of $z$ is symmetric around 0, so its values are negative as often as positive. ReLU sets one half of them to zero and keeps the other half, so it halves the mean square:
#
# $$\overline{\operatorname{ReLU}(z)^2} = \tfrac12 \operatorname{Var}(z) \qquad\qquad (2)$$

# %%
figures.half_survives()

# %% [markdown]
# Together, these two lines say that each layer multiplies the mean square by $\tfrac12 n v$. It stays the same if, and only if,
#
# $$v = \frac{2}{n} = \frac{2}{\text{fan-in}}. \qquad\text{(He)}$$
#
# Glorot and Bengio derived their rule in 2010 for networks *without* ReLU, whose activation function is nearly linear around 0. There the factor is $n v$. The same argument for the backward pass, with the *fan-out* $k_h \cdot k_w \cdot c_{out}$, gives $v$ = 1/fan-out. They chose a compromise between the forward and the backward pass:
#
# $$v = \frac{2}{\text{fan-in} + \text{fan-out}}. \qquad\text{(Glorot)}$$
#
# If fan-in and fan-out are both $n$, this gives $v = 1/n$, and with ReLU each layer multiplies the mean square by $\tfrac12 n \cdot \tfrac1n = \tfrac12$. After 13 layers, $2^{-13} = 1/8192$ of the mean square is left, and the values have shrunk to $\sqrt{1/8192} = 1/90.5$ of their original size.
#
# By hand, for a 3×3 convolution from 64 to 128 channels, whose kernel has the shape (3, 3, 64, 128):
#
# | | fan-in | fan-out | variance | standard deviation |
# |---|---|---|---|---|
# | He | 3·3·64 = 576 | | 2/576 = 0.003472 | 0.0589 |
# | Glorot | 576 | 3·3·128 = 1152 | 2/1728 = 0.001157 | 0.0340 |
#
# ### Task 6: draw a kernel (3 points)

# %% nbgrader={"grade": false, "grade_id": "draw_kernel", "locked": false, "schema_version": 3, "solution": true, "task": false}
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    """The initial weights of a layer: random numbers with mean 0 and the scheme's variance.

    Parameters
    ----------
    shape
        of the kernel: (height, width, channels in, channels out) for a convolution, or
        (inputs, units) for a dense layer.
    scheme
        "he" or "glorot", spelt exactly like this: which of the two variances above to use.
    seed
        0 or more. The same seed gives the same kernel, and another seed gives a different one.

    Returns
    -------
    np.ndarray
        float32 of this shape: numbers drawn independently from a normal distribution. A
        distribution truncated at two standard deviations, like that of Keras's "he_normal", is
        also accepted if its variance is right.

    Raises
    ------
    ValueError
        if the scheme is neither "he" nor "glorot", for example "He" or "glorot_uniform".
    """
    ### BEGIN SOLUTION
    area = int(np.prod(shape[:-2]))
    fan_in, fan_out = area * shape[-2], area * shape[-1]
    if scheme == "he":
        variance = 2 / fan_in
    elif scheme == "glorot":
        variance = 2 / (fan_in + fan_out)
    else:
        raise ValueError(f"scheme should be 'he' or 'glorot', but is {scheme!r}")
    return np.random.default_rng(seed).normal(0, math.sqrt(variance), shape).astype("float32")
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_draw_kernel", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def check_kernel(shape: tuple, scheme: str, seed: int, expected: float, causes: dict) -> np.ndarray:
    """Type, shape, mean and standard deviation of a kernel; returns it."""
    what = f"draw_kernel({shape}, {scheme!r}, seed={seed})"
    kernel = checks.array(checks.call(draw_kernel, shape, scheme, seed), shape, what, dtype="float32").astype("float64")
    noise = 5 / kernel.size**0.5  # five standard errors of a mean
    checks.true(kernel.std() > 0, f"All numbers of {what} are the same; they should be random.")
    checks.close(kernel.std() / expected, 1, f"the standard deviation of {what}, as a multiple of the right one, {expected:.4f}", {
        text: wrong / expected for text, wrong in causes.items()
    }, tolerance=max(0.01, noise))
    checks.true(abs(kernel.mean()) < noise * expected, f"The mean of {what} should be near 0, but is {kernel.mean():.4f}.")
    flatness = np.mean(kernel**4) / np.mean(kernel**2) ** 2
    checks.true(2.1 < flatness < 4, f"The numbers of {what} have the right standard deviation, but not the bell shape of a normal distribution: the mean of their fourth powers should be about 3 times the squared variance, but is {flatness:.2g} times.")
    return kernel


check_kernel((3, 3, 64, 96), "he", 1, 0.0589256, {
    "fan-in is 3·3·64: the area of the kernel counts, too": (2 / 64) ** 0.5,
    "the variance was taken for the standard deviation": 2 / 576,
    "1 / fan-in: that is without the ReLU, which takes away one half": (1 / 576) ** 0.5,
    "fan-out was used; He's rule has fan-in": (2 / 864) ** 0.5,
    "this is Glorot's variance": (2 / 1440) ** 0.5,
    "the distribution was cut off at two standard deviations, which makes it narrower": 0.87963 * 0.0589256,
    "all four sizes were multiplied; fan-in does not contain the channels out": (2 / 55296) ** 0.5,
})
check_kernel((3, 3, 64, 96), "glorot", 1, 0.0372678, {
    "this is He's variance": (2 / 576) ** 0.5,
    "fan-in and fan-out without the area of the kernel": (2 / 160) ** 0.5,
    "1 / (fan-in + fan-out); the mean of the two has a factor 2": (1 / 1440) ** 0.5,
    "the limit of the uniform distribution was taken for the standard deviation": (6 / 1440) ** 0.5,
    "the variance was taken for the standard deviation": 2 / 1440,
})
checks.raises(ValueError, draw_kernel, (3, 3, 4, 4), "xavier", 1, reason='The scheme is "he" or "glorot"; anything else is a typing error and should not pass in silence.')
### BEGIN HIDDEN TESTS
for shape in ((5, 3, 20, 70), (400, 300), (1, 1, 512, 64), (7, 7, 3, 96), (150, 900)):
    for scheme, ready_made in (("he", tf.keras.initializers.HeUniform), ("glorot", tf.keras.initializers.GlorotUniform)):
        limit = float(np.abs(ready_made(seed=3)(shape)).max())  # a uniform distribution: its limit is √3 standard deviations
        other = ready_made is tf.keras.initializers.HeUniform
        area = math.prod(shape[:-2])
        check_kernel(shape, scheme, 8, limit / 3**0.5, {
            "fan-in does not contain the area of the kernel": (2 / (shape[-2] if other else shape[-2] + shape[-1])) ** 0.5,
            "fan-out was used for fan-in": (2 / (area * shape[-1])) ** 0.5,
            "every kernel was taken for one of 3×3": (area / 27) ** 0.5 * limit,
            "the height was squared; a kernel need not be square": (area / shape[0] ** 2) ** 0.5 * limit / 3**0.5,
        })
for scheme in ("He", "GLOROT", "he_normal", "glorot_uniform", "hello", ""):
    checks.raises(ValueError, draw_kernel, (3, 3, 4, 4), scheme, 1, reason='Only "he" and "glorot", in just these letters, are schemes.')
seeds_tried = (0, 5, 6, 16, 261, 1005, 65541)
drawn = {number: [checks.array(checks.call(draw_kernel, (3, 3, 8, 8), "he", number), (3, 3, 8, 8), f"a kernel of seed {number}") for _ in range(2)] for number in seeds_tried}
for number, (first, again) in drawn.items():
    checks.true(np.array_equal(first, again), f"Two kernels with the seed {number} should be the same, but are not.")
for one, other in combinations(seeds_tried, 2):
    checks.true(not np.allclose(drawn[one][0], drawn[other][0]), f"Kernels with the seeds {one} and {other} should be different, but are the same.")
checks.true(len(np.unique(np.round(np.abs(drawn[5][0]), 6))) > 400, "Each number of a kernel should be drawn for itself, but many of them are alike.")
### END HIDDEN TESTS
print("draw_kernel: all checks passed")

# %% [markdown]
# Does He's variance deliver what it promises? The next cell sends noise with mean square 1 through 13 convolutions with your kernels, each with 48 channels and followed by ReLU. (The padding is *valid*: zeros at the border would make the sums smaller, and the figure should show one effect at a time.) About two seconds.

# %%
noise = np.random.default_rng(1).normal(size=(16, 32, 32, 48)).astype("float32")
depths = {}
for scheme in ("he", "glorot"):
    maps, sizes = noise, []
    for layer in range(13):
        maps = tf.nn.relu(tf.nn.conv2d(maps, draw_kernel((3, 3, 48, 48), scheme, seed=layer), 1, "VALID"))
        sizes.append(float(tf.sqrt(tf.reduce_mean(maps**2))))
    depths[{"he": "He", "glorot": "Glorot"}[scheme]] = sizes
figures.spread_by_depth(depths, [2 ** (-depth / 2) for depth in range(1, 14)])

# %% [markdown]
# With He's variance the values keep their size. (The size varies a little, since each kernel is drawn at random.) With Glorot's variance the mean square halves in each layer, as predicted, all the way to the thirteenth. This explains the straight line in the patient's examination. It is not a mystery of VGG: ReLU introduces a factor of ½ that Glorot's formula leaves out.
#
# Now the narrow VGG-16 itself, once with Glorot's and once with He's initial weights. The only difference is one argument, `kernel_initializer="he_normal"`.

# %%
tf.keras.utils.set_random_seed(1)
findings["He"] = examine(recipe(NARROW, NARROW_UNITS, "he_normal"), batch_images, batch_labels)
print(f"spread after the last ReLU: recipe {findings['recipe']['spread'][-1]:.6f}, He {findings['He']['spread'][-1]:.4f}")
print(f"gradient norm of the first kernel: recipe {findings['recipe']['gradient'][0]:.6f}, He {findings['He']['gradient'][0]:.4f}")
figures.layers(findings, "Before the first step: the recipe's first weights, and He's")

# %% [markdown]
# The spread is preserved, and the gradient that reaches the kernels is hundreds of times larger. (In the last block He's curve sags a little. There the feature maps have 2×2 pixels, and with padding *same* a 3×3 kernel sees only four real pixels; the other five are zeros. The fan-in in the formula counts all nine.)
#
# But look at the middle panel: more than a third of the units of the last dense layer give the same output for all images. He's variance repairs the *size* of the activations. Whether different images also give *different* activations is another question, and nothing in the left panel answers it.
#
# ## 5. Subtract the mean
#
# How different are the input images? One measure is the *cosine similarity* of two images, taken as vectors of 3,072 numbers: 1 if they point in the same direction and 0 if they have nothing in common. Pixel values are never negative, so all images lie in one corner of the space, and any two of them are alike: they have their brightness in common. What distinguishes them is small compared with what they share.
#
# The repair is as old as VGG itself, whose authors used no other preprocessing: subtract the mean red, green and blue of the **training set** from each pixel. That is three numbers in all, the same for every image.
#
# By hand, for one channel: the training images have the pixel values (51, 153) and (102, 204), and a test image has (204, 0). Divided by 255, they are (0.2, 0.6), (0.4, 0.8) and (0.8, 0). The training mean is (0.2 + 0.6 + 0.4 + 0.8) / 4 = 0.5. After subtraction, the training images are (−0.3, 0.1), (−0.1, 0.3), and the test image is (0.3, −0.5).
#
# - *Do not use the mean of the test set.* The test set is for one measurement at the end, and at inference there is no test set, only one image. The network must be given images prepared as they were in training.
# - *Do not use each image's own mean.* That would remove its brightness, which is information: a night scene and a snowfield would look alike.
#
# ### Task 7: centre the images (3 points)

# %% nbgrader={"grade": false, "grade_id": "centre", "locked": false, "schema_version": 3, "solution": true, "task": false}
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    """Both sets divided by 255, minus the mean red, green and blue of the training set.

    Parameters
    ----------
    train_images, test_images
        uint8 of shape (n, height, width, 3) and (m, height, width, 3). They must not be changed.

    Returns
    -------
    tuple
        the centred training images and the centred test images, float32, with the same shapes as
        the inputs. The mean of each of the three channels over all training images is 0, to within
        0.0001. Nothing is rounded.
    """
    ### BEGIN SOLUTION
    mean = (train_images.mean(axis=(0, 1, 2)) / 255).astype("float32")
    train, test = (images / np.float32(255) - mean for images in (train_images, test_images))
    return train, test
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_centre", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def centred_pair(train_bytes: np.ndarray, test_bytes: np.ndarray, what: str) -> tuple:
    """What `centre` returns, after types and shapes were checked."""
    result = checks.call(centre, train_bytes, test_bytes)
    checks.true(isinstance(result, tuple | list) and len(result) == 2, f"centre should return two arrays, but returns {type(result).__name__}.")
    return tuple(
        checks.array(values, given.shape, f"{name} of {what}", causes={other.shape: "training and test images are exchanged"}, dtype="float32")
        for values, given, other, name in zip(result, (train_bytes, test_bytes), (test_bytes, train_bytes), ("the training images", "the test images"), strict=True)
    )


train_bytes = np.zeros((2, 1, 2, 3), "uint8")
train_bytes[..., 0] = [[[51, 153]], [[102, 204]]]  # red: the example by hand
train_bytes[..., 1], train_bytes[..., 2] = 255, 51  # green is 255 everywhere, blue a fifth of that
test_bytes = np.array([[[[204, 255, 102], [0, 0, 0]]]], "uint8")
train_centred, test_centred = centred_pair(train_bytes, test_bytes, "the example by hand")
red = np.array([[[-0.3, 0.1]], [[-0.1, 0.3]]])
checks.close(train_centred[..., 0], red, "red of the training images of the example by hand", {
    "nothing was subtracted": red + 0.5,
    "the bytes were not divided by 255": red * 255,
    "the mean of each image was subtracted; asked for is the mean of the training set": [[[-0.2, 0.2]], [[-0.2, 0.2]]],
    "the mean of each pixel's place was subtracted; asked for are three numbers, one a channel": [[[-0.1, -0.1]], [[0.1, 0.1]]],
    "one mean for all channels; each channel has its own": red + 0.5 - 1.7 / 3,
    "the mean was added": red + 1.0,
    "the mean of the first training image only": red + 0.5 - 0.4,
    "red and blue are exchanged": red + 0.5 - 0.2,
    "divided by the standard deviation, too": red / 0.05**0.5,
    "the test images took part in the mean; it belongs to the training set": red + 0.5 - 2.8 / 6,
    "the mean was rounded to a whole number": red - 0.5 / 255,
    "the mean was rounded down to a whole number": red + 0.5 / 255,
    "subtracted as bytes, in which nothing is below 0: 51 - 128 becomes 179": (255 * (red + 0.5) - 128) % 256 / 255,
}, tolerance=1e-3)
checks.close(train_centred[..., 1:], np.zeros((2, 1, 2, 2)), "green and blue of the training images of the example by hand", tolerance=1e-3)
checks.close(test_centred[0, 0], [[0.3, 0, 0.2], [-0.5, -1, -0.2]], "the test image of the example by hand", {
    "the mean of the test image was subtracted; at inference, only the training mean is known": [[0.4, 0.5, 0.2], [-0.4, -0.5, -0.2]],
    "the test images were not centred": [[0.8, 1, 0.4], [0, 0, 0]],
}, tolerance=1e-3)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(26)
for shapes in (((40, 6, 5, 3), (7, 6, 5, 3)), ((1, 32, 32, 3), (3, 32, 32, 3))):
    tint = np.array([10, 90, 160])
    train_bytes, test_bytes = ((draw.integers(0, 90, shape) ** 2 // 90 + tint + shift).astype("uint8") for shape, shift in zip(shapes, (0, 5), strict=True))
    one, two = centred_pair(train_bytes, test_bytes, f"random images {shapes[0]}")
    means = [sum(train_bytes[..., channel].ravel().tolist()) / train_bytes[..., channel].size / 255 for channel in range(3)]
    largest = 255 / train_bytes.max()
    own = [float(test_bytes[..., channel].mean()) / 255 for channel in range(3)]
    together = [float(np.concatenate([train_bytes[..., channel].ravel(), test_bytes[..., channel].ravel()]).mean()) / 255 for channel in range(3)]
    checks.close(one, train_bytes / 255 - means, f"the training images {shapes[0]}, centred", {
        "the test images took part in the mean; it belongs to the training set": train_bytes / 255 - together,
        "the mean of each image was subtracted": train_bytes / 255 - train_bytes.mean(axis=(1, 2), keepdims=True) / 255,
        "red and blue are exchanged": train_bytes / 255 - means[::-1],
        "divided by the standard deviation, too": (train_bytes / 255 - means) / (train_bytes.std(axis=(0, 1, 2)) / 255),
        "divided by the largest byte that occurs; it is 255 for all data": (train_bytes / 255 - means) * largest,
        "the median was subtracted; asked for is the mean": train_bytes / 255 - np.median(train_bytes, axis=(0, 1, 2)) / 255,
    }, 1e-4, rule="It should be byte / 255 minus the channel's mean over all training images.")
    checks.close(two, test_bytes / 255 - means, f"the test images {shapes[1]}, centred", {
        "the mean of the test set was subtracted; at inference, only the training mean is known": test_bytes / 255 - own,
    }, 1e-4, rule="It should be byte / 255 minus the channel's mean over all training images, not over these.")
many = np.full((3000, 32, 32, 3), 200, "uint8")  # a float32 sum of so many numbers goes wrong
many[2000:] = 50
large, _ = centred_pair(many, test_bytes, "3,000 images, 2,000 of them with the byte 200 everywhere and then 1,000 with 50")
checks.close(large[[0, -1], 0, 0, 0], [50 / 255, -100 / 255], "the first and the last of 3,000 images, 2,000 of them with the byte 200 everywhere and then 1,000 with 50", {
    "only the first images took part in the mean": [0, -150 / 255],
}, tolerance=1e-4, rule="The mean is over all training images, here 150. Float32 loses the small numbers in a sum that becomes large: take the mean of the bytes, or say dtype=\"float64\".")
del many, large
### END HIDDEN TESTS
print("centre: all checks passed")

# %% tags=["seeds"]
train_centred, test_centred = centre(train_images, test_images)

# %%
print("mean red, green, blue of the training set:", *(f"{value:.4f}" for value in train_images.mean(axis=(0, 1, 2)) / 255))
print("of the centred training images:           ", *(f"{abs(value):.4f}" for value in train_centred.mean(axis=(0, 1, 2), dtype="float64")))
print("of the centred test images:               ", *(f"{value:.4f}" for value in test_centred.mean(axis=(0, 1, 2), dtype="float64")))
figures.colours(train_images[:500] / np.float32(255), train_centred[:500])

# %% [markdown]
# The test images do not have mean 0, and they should not: they were shifted by the training set's mean.
#
# Centring changes one thing: the images no longer have their brightness in common.

# %%
def alike(values) -> np.ndarray:
    """The cosine similarity of each pair in a batch, each image treated as one long vector."""
    rows = np.asarray(values, "float64").reshape(len(values), -1)
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-30)
    return np.matmul(rows, rows.T)


figures.similarity(
    {"bytes / 255": alike(train_images[:60] / np.float32(255)), "mean subtracted": alike(train_centred[:60])},
    "How alike are 60 photographs?",
)

# %% [markdown]
# Some pairs of centred images are similar, others opposite. On average, two images have almost nothing in common. A network should receive its data in this form.
#
# And inside the network? The next figure shows the same measure for the last features before the logits, at initialisation: how alike are they for 60 different photographs? It compares two networks, with Glorot's and with He's initial weights, both given *centred* images. About three seconds.

# %%
def features(network: tf.keras.Model, images: np.ndarray) -> np.ndarray:
    """The input of the last layer, computed as in a training step."""
    return np.asarray(tf.keras.Model(network.input, network.layers[-1].input)(images, training=True))


last_features = {}
for name, initializer in (("Glorot, centred", "glorot_uniform"), ("He, centred", "he_normal")):
    tf.keras.utils.set_random_seed(1)
    last_features[name] = features(recipe(NARROW, NARROW_UNITS, initializer), train_centred[:60])
figures.similarity({name: alike(values) for name, values in last_features.items()}, "The last features of 60 photographs, before the training")

# %% [markdown]
# **This is the disease.** Whatever goes in, all photographs look the same 15 layers later. Their features point in the same direction, with He's weights as well as with Glorot's, even though the images were centred. ReLU is to blame: its outputs are never negative, so after the first layer the images share a large mean again, and each further layer adds to it. The gradient of the last kernel is then nearly $h \cdot 0$, just as suspected in section 2. What is left of it only tells us which classes happen to be more frequent in this batch. (Adam divides each gradient by its own size, so a *small* gradient alone would not stop the training. A gradient with no consistent direction does.) Glorot's weights make matters worse, because they also shrink the small differences that remain.
#
# Subtracting the mean helped at the input. So it should also help *in every layer*.
#
# ## 6. Batch normalisation
#
# This is the idea of Ioffe and Szegedy (2015): between each convolution and its ReLU, insert a layer that gives every channel mean 0 and standard deviation 1, *measured on the current batch*. Two learned numbers per channel, the scale $\gamma$ (initially 1) and the shift $\beta$ (initially 0), allow the network to undo this where that helps.
#
# **In training**, the layer takes the mean $\mu$ and the variance $\sigma^2$ of each channel over the batch (after a convolution: over all images *and all positions*) and computes
#
# $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta .$$
#
# $\sigma^2$ is the plain mean of the squared deviations: their sum is divided by $n$, not by $n - 1$. The small constant $\epsilon$, 0.001, keeps the square root away from zero.
#
# By hand, for one unit and a batch of four, $x$ = 1, 3, 5, 7: the mean is 4, the deviations are −3, −1, 1, 3, the variance is (9 + 1 + 1 + 9) / 4 = 5, and the square root of 5.001 is 2.2363:
#
# | x | 1 | 3 | 5 | 7 |
# |---|---|---|---|---|
# | y, with γ = 1 and β = 0 | −1.3415 | −0.4472 | 0.4472 | 1.3415 |
#
# **At inference**, a prediction must not depend on which other images happen to be in the batch; there may be only one. So during training the layer keeps *moving averages* of the means and variances it sees:
#
# $$\text{moving} \leftarrow m \cdot \text{moving} + (1 - m) \cdot \text{batch}, \qquad\text{momentum } m = 0.99,$$
#
# starting from mean 0 and variance 1. At inference it uses these averages in place of $\mu$ and $\sigma^2$. After the batch above, the moving mean is 0.99 · 0 + 0.01 · 4 = 0.04, and the moving variance is 0.99 · 1 + 0.01 · 5 = 1.04. At inference the layer updates nothing, not even its moving averages.
#
# Gradients flow through $\mu$ and $\sigma$ as well, since both are computed from the same batch. Do not cut them off.
#
# ### Task 8: batch normalisation by hand (5 points)
#
# The weights are created for you; write `call`. `weight.assign(value)` gives a weight a new value. For a mean over several axes, use `tf.reduce_mean(x, axis=[0, 1, 2])`.

# %% nbgrader={"grade": false, "grade_id": "BatchNormalisation", "locked": false, "schema_version": 3, "solution": true, "task": false}
class BatchNormalisation(tf.keras.layers.Layer):
    """Batch normalisation of each channel (last axis) by hand, without a ready-made batch normalisation:
    neither a Keras layer nor a function of TensorFlow or Keras. Functions for a mean or a variance, such as
    `tf.nn.moments` or those of `keras.ops`, are allowed, and so are methods of your own.

    Parameters
    ----------
    momentum
        of the moving averages.
    epsilon
        added to the variance.
    """

    def __init__(self, momentum: float = 0.99, epsilon: float = 0.001):
        super().__init__()
        self.momentum, self.epsilon = momentum, epsilon

    def build(self, shape):
        size = (shape[-1],)
        self.gamma = self.add_weight(name="gamma", shape=size, initializer="ones")
        self.beta = self.add_weight(name="beta", shape=size, initializer="zeros")
        self.moving_mean = self.add_weight(name="moving_mean", shape=size, initializer="zeros", trainable=False)
        self.moving_variance = self.add_weight(name="moving_variance", shape=size, initializer="ones", trainable=False)

    def call(self, x, training=False):
        """Return x normalised, in the same shape: (n, units) or (n, height, width, channels).

        With training=True, use the mean and variance of this batch, and update the moving averages
        once. Otherwise use the moving averages and leave them unchanged.
        """
        ### BEGIN SOLUTION
        if training:
            axes = list(range(len(x.shape) - 1))
            mean = tf.reduce_mean(x, axis=axes)
            variance = tf.reduce_mean(tf.square(x - mean), axis=axes)
            for moving, batch in ((self.moving_mean, mean), (self.moving_variance, variance)):
                moving.assign(self.momentum * moving + (1 - self.momentum) * batch)
        else:
            mean, variance = self.moving_mean, self.moving_variance
        return self.gamma * (x - mean) / tf.sqrt(variance + self.epsilon) + self.beta
        ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_BatchNormalisation", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
KERAS_NORMALISATION = tf.keras.layers.BatchNormalization
READY_MADE_NORMALISATIONS = functions_named("batchnorm")


def normalised_by(layer, values, training: bool | None, what: str) -> np.ndarray:
    """What the layer returns, after its shape was checked; ready-made normalisation refuses."""
    with refusing(READY_MADE_NORMALISATIONS, "BatchNormalisation should compute by itself, but calls a ready-made batch normalisation."):
        try:
            result = layer(values) if training is None else layer(values, training=training)
        except NotImplementedError:
            raise checks.NotAttempted("BatchNormalisation: not attempted yet. Replace `raise NotImplementedError` with your answer, run that cell, then run this one again.") from None
    checks.true(result is not None, "BatchNormalisation.call returned None. Every path through it should end with `return` and its result.")
    return checks.array(result, np.shape(values), what)


def number_in(weight, what: str) -> float:
    """The only number of one of the layer's weights of one unit."""
    checks.true(hasattr(weight, "assign"), f"After a training step `{what}` is no longer a weight of the layer. Likely cause: `=` in place of `assign`.")
    return float(checks.array(weight, (1,), f"`{what}` of a layer for one unit")[0])


column = np.array([[1], [3], [5], [7]], "float32")
layer = BatchNormalisation()
checks.true(isinstance(layer, tf.keras.layers.Layer) and not isinstance(layer, KERAS_NORMALISATION), "BatchNormalisation should be a tf.keras.layers.Layer of your own, not Keras's batch normalisation.")
wanted = (column - 4) / 5.001**0.5
checks.close(normalised_by(layer, column, True, "the example by hand"), wanted, "the example by hand in training", {
    "the moving averages were used; in training it is the batch's own mean and variance": column / 1.001**0.5,
    "the moving averages were moved first and then used": (column - 0.04) / 1.041**0.5,
    "the variance was divided by n - 1; here it is the plain mean": (column - 4) / (20 / 3 + 0.001) ** 0.5,
    "divided by the variance; divide by its root": (column - 4) / 5.001,
    "the variance was measured around another mean than the batch's own": (column - 4) / 21.001**0.5,
    "epsilon was added after the root": (column - 4) / (5**0.5 + 0.001),
    "only the mean was subtracted": column - 4,
    "the result is normalised over each image instead of over the batch": np.zeros((4, 1)),
}, tolerance=2e-5)
checks.close(number_in(layer.moving_mean, "moving_mean"), 0.04, "the moving mean after the example by hand", {
    "the moving averages were not updated": 0.0,
    "momentum and 1 - momentum are exchanged": 0.99 * 4,
    "the batch's mean has replaced the moving one": 4.0,
})
checks.close(number_in(layer.moving_variance, "moving_variance"), 1.04, "the moving variance after the example by hand", {
    "the moving variance was not updated": 1.0,
    "momentum and 1 - momentum are exchanged": 0.01 + 0.99 * 5,
    "the old value was not multiplied by the momentum": 1.05,
    "the variance was divided by n - 1": 0.99 + 0.01 * 20 / 3,
    "the standard deviation was averaged; asked for is the variance": 0.99 + 0.01 * 5**0.5,
    "epsilon went into the moving variance": 0.99 + 0.01 * 5.001,
}, tolerance=2e-6)
in_use = normalised_by(layer, column, False, "the example by hand at inference")
checks.close(in_use, (column - 0.04) / 1.041**0.5, "the example by hand at inference, after one training step", {
    "the mean and variance of the batch were used; at inference it is the moving averages": wanted,
    "nothing was done": column,
})
checks.close(number_in(layer.moving_mean, "moving_mean"), 0.04, "the moving mean after the layer ran at inference", {"at inference, the moving averages must stay as they are": 0.99 * 0.04 + 0.04})
### BEGIN HIDDEN TESTS
def twin_layers(momentum: float, epsilon: float, values: np.ndarray) -> tuple:
    """Your layer and Keras's with the same gamma, beta and moving averages."""
    mine, theirs = BatchNormalisation(momentum, epsilon), KERAS_NORMALISATION(momentum=momentum, epsilon=epsilon)
    normalised_by(mine, values, False, "the layer at inference")
    theirs(values)
    size = values.shape[-1]
    for name, numbers in (("gamma", draw.normal(1, 0.4, size)), ("beta", draw.normal(0, 1, size)), ("moving_mean", draw.normal(0, 1, size)), ("moving_variance", draw.uniform(0.3, 3, size))):
        getattr(mine, name).assign(numbers.astype("float32"))
        getattr(theirs, name).assign(numbers.astype("float32"))
    return mine, theirs


draw = np.random.default_rng(27)
for shape, momentum, epsilon in (((16, 5), 0.99, 1e-3), ((4, 6, 3, 7), 0.9, 1e-3), ((8, 4), 0.5, 0.3), ((3, 5, 5, 1), 0.0, 1e-5)):
    what = f"inputs {shape}, momentum {momentum}, epsilon {epsilon}"
    mine, theirs = twin_layers(momentum, epsilon, np.zeros(shape, "float32"))
    for step in range(4):
        values = (draw.normal(0, 2, shape) * draw.uniform(0.1, 2, shape[-1]) + draw.normal(0, 3, shape[-1])).astype("float32")
        expected = np.asarray(theirs(values, training=True))
        causes = {"the moving averages were used; in training it is the batch's own mean and variance": np.asarray(theirs(values, training=False)),
                  "gamma and beta were not used": (expected - theirs.beta.numpy()) / theirs.gamma.numpy()}
        if len(shape) == 4:
            by_image = (values - values.mean(axis=(1, 2), keepdims=True)) / np.sqrt(values.var(axis=(1, 2), keepdims=True) + epsilon)
            by_place = (values - values.mean(axis=0)) / np.sqrt(values.var(axis=0) + epsilon)
            causes |= {"each image was normalised by itself; mean and variance are over all images, too": by_image * theirs.gamma.numpy() + theirs.beta.numpy(),
                       "each place was normalised by itself; after a convolution mean and variance are over all places, too": by_place * theirs.gamma.numpy() + theirs.beta.numpy()}
        checks.close(normalised_by(mine, values, True, what), expected, f"{what}, training step {step + 1}", causes, tolerance=1e-3, rule="Mean and variance are over all axes but the channels, and epsilon is `self.epsilon`.")
        for name in ("moving_mean", "moving_variance"):
            checks.close(getattr(mine, name).numpy(), getattr(theirs, name).numpy(), f"the {name.replace('_', ' ')} after training step {step + 1}, {what}", tolerance=1e-4, rule="Use `self.momentum`, and the mean and variance of this batch.")
    for _ in (1, 2):
        checks.close(normalised_by(mine, values, False, what), np.asarray(theirs(values, training=False)), f"{what}, at inference", tolerance=1e-3, rule="Use gamma, beta, the moving averages and `self.epsilon` as in the formula.")
    checks.close(normalised_by(mine, values[:1], False, what), np.asarray(theirs(values[:1], training=False)), f"{what}, at inference with a single image", tolerance=1e-3, rule="At inference nothing should be measured on the batch.")
    checks.close(normalised_by(mine, values, None, what), np.asarray(theirs(values, training=False)), f"{what}, called without `training`", tolerance=1e-3, rule="Without `training=True` the layer works as at inference.")
    checks.close(np.concatenate([mine.moving_mean.numpy(), mine.moving_variance.numpy()]), np.concatenate([theirs.moving_mean.numpy(), theirs.moving_variance.numpy()]), f"the moving averages after use, {what}", rule="At inference they must stay as they are.")
    pattern = draw.normal(size=shape).astype("float32")
    slopes, given = [], tf.constant(values)
    for one in (mine, theirs):
        with tf.GradientTape() as watched:
            watched.watch(given)
            score = tf.reduce_sum(one(given, training=True) * pattern)
        slopes.append([np.asarray(slope) for slope in watched.gradient(score, [given, one.gamma.value, one.beta.value], unconnected_gradients="zero")])
    for name, found, expected in zip(("the inputs", "gamma", "beta"), *slopes, strict=True):
        cut = theirs.gamma.numpy() * pattern / np.sqrt(values.reshape(-1, shape[-1]).var(axis=0) + epsilon)
        causes = {"the mean and the variance were treated as constants; gradients flow through them": cut} if name == "the inputs" else {}
        checks.close(found, expected, f"the gradient with respect to {name}, {what}", causes, tolerance=2e-3, rule="The whole formula should be TensorFlow's, and no part of it cut off from the gradient.")
inside = BatchNormalisation(0.8)
taught = tf.keras.Sequential([tf.keras.Input((6, 6, 2)), tf.keras.layers.Conv2D(3, 3), inside, tf.keras.layers.ReLU(), tf.keras.layers.Flatten(), tf.keras.layers.Dense(2)])
checks.same(len(inside.trainable_weights), 2, "the number of trainable weights of the layer")
checks.same(len(inside.non_trainable_weights), 2, "the number of weights that are not trained")
taught.compile("sgd", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
taught.fit(draw.normal(size=(8, 6, 6, 2)).astype("float32"), np.arange(8) % 2, batch_size=4, epochs=1, verbose=0)
checks.true(not np.allclose(inside.moving_mean.numpy(), 0, atol=1e-7), "fit did not move the moving averages. They should be kept in the layer's weights, by `assign`.")
### END HIDDEN TESTS
print("BatchNormalisation: all checks passed")

# %% [markdown]
# The next figure shows what batch normalisation does to one layer of the patient: eight units of the first dense layer, with Glorot's initial weights, for 128 photographs.

# %%
tf.keras.utils.set_random_seed(1)
sick = recipe(NARROW, NARROW_UNITS)
before_relu = tf.keras.Model(sick.input, sick.layers[-5].output)(batch_images).numpy()[:, :8]
figures.normalised(1000 * before_relu, np.asarray(BatchNormalisation(epsilon=1e-12)(before_relu, training=True)))

# %% [markdown]
# (The values on the left are in thousandths.) Before normalisation, a unit is positive for nearly all images or negative for nearly all. ReLU then passes all of them or none, and the photographs differ less from each other than the units do. Afterwards, each unit is positive for about half of the images. The units tell the images apart again.
#
# ### The trap in the moving averages
#
# At inference the layer relies on its moving averages, which start at numbers that have nothing to do with the data. After $k$ steps, a fraction $m^k$ of these numbers is still left. With Keras's default of 0.99 and a short training run, that is a lot:

# %%
figures.start_left((0.99, 0.9), 320, {"grading": 100, "one epoch of 10,000": 157, "two epochs": 314})

# %% [markdown]
# After 100 steps, 37 % of the moving mean and variance still comes from their initial values, 0 and 1. Such a network has learned, but at inference it looks as if it had not: the training loss is low, yet the test accuracy is near 10 %. The momentum is not part of the learning, only of the bookkeeping; for short training runs use 0.9. (With thousands of steps 0.99 is fine, and less noisy.) The stored run at the end shows this.
#
# ## 7. The repaired VGG
#
# Now put everything together. The thirteen convolutions and two dense layers stay as in the recipe, and each of these 15 layers becomes **layer → batch normalisation → ReLU**. Each block still ends with pooling, and the logits at the end are not normalised.
#
# The bias of a normalised layer has no effect: it only shifts the mean, which is then subtracted, and $\beta$ takes over its job. So the bias is left out. By hand, the first two layers with 12 channels and batch normalisation have 3·3·3·12 + 2·12 = 348 and 3·3·12·12 + 2·12 = 1,320 trainable parameters, and 2·12 moving averages each.
#
# Your function has two switches, so that the repairs can be made one at a time. With `initializer="glorot_uniform"` and `normalise=False` it returns the recipe's network, including the biases, parameter for parameter.
#
# Use Keras's `tf.keras.layers.BatchNormalization` or the layer you wrote. They compute the same thing; Keras's is a little faster.
#
# ### Task 9: the repaired VGG (5 points)

# %% nbgrader={"grade": false, "grade_id": "repaired_vgg", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    """The recipe's network with the repairs, for images of 32×32 pixels and ten classes.

    Parameters
    ----------
    channels
        five numbers: the channels of each block. The blocks have 2, 2, 3, 3 and 3 convolutions
        (3×3, padding same), and each block ends with max pooling (2×2).
    units
        of each of the two dense layers before the logits.
    initializer
        for the kernels of all layers, including the last; any name that Keras knows. Pass the name
        itself to each layer: a single initializer object made from it would draw the same numbers
        again for every kernel of the same shape.
    normalise
        True: each of the 13 convolutions and two dense layers is followed by batch normalisation
        and then ReLU, and has no bias. False: no batch normalisation, and every layer has a bias.
    momentum
        of the moving averages.

    Returns
    -------
    tf.keras.Model
        a functional or Sequential model (with or without an Input), not compiled, a single chain
        of layers. Every ReLU is a separate tf.keras.layers.ReLU layer, so that
        `activation_statistics` works, and comes before the pooling. The model returns logits of
        shape (n, 10).
    """
    ### BEGIN SOLUTION
    def activated(layer, inputs):
        outputs = layer(inputs)
        if normalise:
            outputs = tf.keras.layers.BatchNormalization(momentum=momentum)(outputs)
        return tf.keras.layers.ReLU()(outputs)

    options = {"kernel_initializer": initializer, "use_bias": not normalise}
    x = inputs = tf.keras.Input((32, 32, 3))
    for width, count in zip(channels, (2, 2, 3, 3, 3), strict=True):
        for _ in range(count):
            x = activated(tf.keras.layers.Conv2D(width, 3, padding="same", **options), x)
        x = tf.keras.layers.MaxPooling2D(2)(x)
    x = tf.keras.layers.Flatten()(x)
    for _ in range(2):
        x = activated(tf.keras.layers.Dense(units, **options), x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(10, kernel_initializer=initializer)(x))
    ### END SOLUTION

# %% [markdown]
# The check first builds small copies of your network. Then it trains the real network with the images and epochs of the budget: **about 30 seconds** with the CPU budget. The network must reach a minimum accuracy on the test set:
#
# | budget | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 3,200 images, 2 epochs | 33.7 % | 1.3 % | 25 % | 6.5 standard deviations |
# | cpu | 10,000 images, 2 epochs | 45.5 % | 1.0 % | 35 % | 10.4 standard deviations |
#
# The course team trained 20 networks with each of these budgets, using the seeds 1 to 20. The required accuracy lies at least four standard deviations below the mean, so a correct answer does not fail through bad luck. The budget `gpu` was not measured on a GPU: it has more images and more epochs, and requires the same accuracy as `cpu`.

# %% nbgrader={"grade": true, "grade_id": "test_repaired_vgg", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def parameters(channels: tuple, units: int, normalise: bool, blocks: tuple = CONVOLUTIONS) -> tuple:
    """By hand: the trainable parameters, and those that are not trained."""
    wide = [number for number, count in zip(channels, blocks, strict=True) for _ in range(count)]
    inputs = [9 * number for number in (3, *wide[:-1])] + [wide[-1], units]
    outputs = [*wide, units, units]
    kernels = sum(one * other for one, other in zip(inputs, outputs, strict=True))
    return kernels + (2 if normalise else 1) * sum(outputs) + units * 10 + 10, 2 * sum(outputs) if normalise else 0


def sized(weights: list) -> int:
    """How many numbers these weights hold."""
    return sum(int(np.prod(weight.shape)) for weight in weights)


def relu_shapes(network: tf.keras.Model) -> list:
    """The shapes of the outputs of a chain's ReLU layers for one image."""
    values, shapes = np.zeros((1, 32, 32, 3), "float32"), []
    for layer in network.layers:
        if not isinstance(layer, tf.keras.layers.InputLayer):
            values = layer(values)
        if isinstance(layer, tf.keras.layers.ReLU):
            shapes.append(tuple(values.shape))
    return shapes


TINY, TINY_UNITS = (3, 4, 5, 6, 7), 8
for normalise in (True, False):
    what = f"repaired_vgg({TINY}, {TINY_UNITS}, normalise={normalise})"
    network = checks.call(repaired_vgg, TINY, TINY_UNITS, normalise=normalise)
    checks.true(isinstance(network, tf.keras.Model), f"{what} should be a tf.keras.Model, but is of type {type(network).__name__}.")
    checks.true(not network.compiled, f"{what} should not be compiled: `train_network` does that.")
    speckle = np.random.default_rng(3).normal(size=(12, 32, 32, 3)).astype("float32")
    logits = checks.array(network(speckle), (12, 10), f"the output of {what} for twelve images")
    checks.true(not np.allclose(np.sum(logits, axis=1), 1, atol=1e-3), f"The outputs of {what} add up to 1 for each image. Likely cause: softmax in the last layer; asked for are logits.")
    trained, kept = parameters(TINY, TINY_UNITS, normalise)
    biases, others = sum(number * count for number, count in zip(TINY, CONVOLUTIONS, strict=True)) + 2 * TINY_UNITS, parameters(TINY, TINY_UNITS, not normalise)[0]
    causes = {
        trained + biases: "the layers have a bias, although they are normalised",
        others: "there is no batch normalisation",
        trained - kept: "gamma and beta are not trained",
        trained - 4 * TINY_UNITS: "the dense layers are not normalised (and have no bias)",
        trained - 2 * TINY_UNITS: "the dense layers are not normalised",
        trained + 20: "the logits are normalised, too",
    } if normalise else {
        others: "normalised all the same: `normalise` is not used",
        trained - biases: "no layer has a bias; without batch normalisation each of them needs one",
    }
    causes |= {
        trained - 10: "the logits have lost their bias",
        parameters(NARROW, TINY_UNITS, normalise)[0]: "the channels are those of NARROW, whatever `channels` says",
        parameters(TINY, NARROW_UNITS, normalise)[0]: "the dense layers have 256 units, whatever `units` says",
        parameters(TINY, TINY_UNITS, normalise, (2, 2, 2, 2, 2))[0]: "the blocks have 2, 2, 3, 3 and 3 convolutions",
    }
    checks.same(sized(network.trainable_weights), trained, f"the number of trainable parameters of {what}", causes, "Each layer is followed by batch normalisation and ReLU, as in the recipe, and no layer is missing.")
    checks.same(sized(network.non_trainable_weights), kept, f"the number of parameters of {what} that are not trained, the moving averages", rule="Each batch normalisation has two moving averages a channel, and all else is trained.")
    checks.true(hasattr(network, "inputs") and network.inputs, f"One cannot look inside {what}. It should be a functional or a Sequential model.")
    checks.same(sum(isinstance(layer, tf.keras.layers.ReLU) for layer in network.layers), 15, f"the number of ReLU layers of {what}", rule="Each ReLU should be a tf.keras.layers.ReLU of its own.")
### BEGIN HIDDEN TESTS
def by_the_rules(network: tf.keras.Model, images: np.ndarray, normalise: bool, order: str = "normalise first", pool=tf.nn.max_pool2d) -> np.ndarray:
    """The logits of a training step, computed from the network's trainable weights in their order."""
    queue = [weight.numpy() for weight in network.trainable_weights]
    values = tf.constant(images)

    def step(values, linear, spatial):
        kernel = queue.pop(0)
        values = linear(values, kernel)
        if not normalise:
            return tf.nn.relu(values + queue.pop(0))
        gamma, beta = queue.pop(0), queue.pop(0)
        values = tf.nn.relu(values) if order == "ReLU first" else values
        mean, variance = tf.nn.moments(values, axes=[0, 1, 2] if spatial else [0])
        values = gamma * (values - mean) / tf.sqrt(variance + 1e-3) + beta
        return values if order == "ReLU first" else tf.nn.relu(values)

    for count in CONVOLUTIONS:
        for _ in range(count):
            values = step(values, lambda maps, kernel: tf.nn.conv2d(maps, kernel, 1, "SAME"), True)
        values = pool(values, 2, 2, "VALID")
    values = tf.reshape(values, [len(images), -1])
    for _ in range(2):
        values = step(values, tf.matmul, False)
    return np.asarray(values @ queue[0] + queue[1])


draw = np.random.default_rng(28)
for channels, units, normalise in (((4, 3, 6, 5, 8), 9, True), ((3, 5, 4, 6, 7), 11, False)):
    what = f"repaired_vgg({channels}, {units}, normalise={normalise})"
    network = repaired_vgg(channels, units, "he_uniform", normalise, 0.5)
    network(speckle)  # builds a Sequential model without an Input
    checks.same((sized(network.trainable_weights), sized(network.non_trainable_weights)), parameters(channels, units, normalise), f"the parameters of {what}, trained and not trained", rule="`channels` and `units` should be used everywhere.")
    checks.same([len(weight.shape) for weight in network.trainable_weights], ([4, 1, 1] * 13 + [2, 1, 1] * 2 if normalise else [4, 1] * 13 + [2, 1] * 2) + [2, 1], f"the number of axes of the trainable weights of {what}, in the network's order", rule="The layers should stand in the recipe's order.")
    for weight in network.trainable_weights:
        if len(weight.shape) == 1:
            weight.assign(draw.uniform(0.5, 1.5, weight.shape) if float(weight.numpy()[0]) == 1 else draw.normal(0, 0.3, weight.shape))
    expected = by_the_rules(network, speckle, normalise)
    causes = {"average pooling; asked for is max pooling": by_the_rules(network, speckle, normalise, pool=tf.nn.avg_pool2d)}
    if normalise:
        causes["ReLU stands before the batch normalisation; it comes after"] = by_the_rules(network, speckle, True, "ReLU first")
    sides = [(32 // 2**block, number) for block, (number, count) in enumerate(zip(channels, CONVOLUTIONS, strict=True)) for _ in range(count)]
    checks.same(relu_shapes(network), [(1, side, side, number) for side, number in sides] + [(1, units)] * 2, f"the shapes behind the ReLU layers of {what}, for one image", rule="The ReLU of each convolution stands before the pooling.")
    checks.close(np.asarray(network(speckle, training=True)) / np.abs(expected).max(), expected / np.abs(expected).max(), f"the logits of {what} in training, computed from its weights", {text: wrong / np.abs(expected).max() for text, wrong in causes.items()}, tolerance=5e-3, rule="The layers should stand in the recipe's order, with the pooling, and none of them be random.")
steps = []
for options in ({"momentum": 0.5}, {"momentum": 0.9}, {}):
    tf.keras.utils.set_random_seed(4)
    network = repaired_vgg(TINY, TINY_UNITS, **options)
    network(speckle, training=False)
    moving_means = [weight for weight in network.non_trainable_weights if not np.any(weight.numpy())]
    network(speckle, training=True)
    steps.append(np.concatenate([weight.numpy() for weight in moving_means]))
checks.true(steps[0].shape == steps[1].shape and np.allclose(steps[0], 5 * steps[1], rtol=0.02, atol=1e-4),
    "With momentum 0.5 one training step should move the moving means five times as far as with 0.9: every batch normalisation should have the momentum that was handed over.")
checks.true(steps[1].shape == steps[2].shape and np.allclose(steps[1], steps[2], rtol=0.02, atol=1e-4),
    "Without `momentum` one training step should move the moving means as far as with momentum 0.9, the default.")
empty, fresh = repaired_vgg(TINY, TINY_UNITS, "zeros"), repaired_vgg((16, 16, 32, 32, 32), 64)
for network in (empty, fresh):
    network(speckle[:1])
checks.true(all(not np.any(weight.numpy()) for weight in empty.trainable_weights if len(weight.shape) > 1), 'With initializer="zeros" every kernel should be 0, that of the last layer, too, but some are not.')
checks.same((sized(fresh.trainable_weights), sized(fresh.non_trainable_weights)), parameters((16, 16, 32, 32, 32), 64, True), "the parameters of repaired_vgg((16, 16, 32, 32, 32), 64), trained and not trained", rule="`normalise` is True where nothing is said.")
drawn = {}
for weight in fresh.trainable_weights:
    if weight.shape and np.prod(weight.shape) > 4000:
        spread = float(np.std(weight.numpy())) / (2 / np.prod(weight.shape[:-1])) ** 0.5
        checks.true(0.93 < spread < 1.07, f"By default the kernels should have He's variance, but a kernel of shape {tuple(weight.shape)} has {spread:.2f} times his standard deviation.")
        drawn.setdefault(tuple(weight.shape), []).append(weight.numpy())
for shape, kernels in drawn.items():
    checks.true(all(not np.array_equal(one, other) for one, other in combinations(kernels, 2)), f"Two kernels of shape {shape} hold the same numbers. Hand the name `initializer` to each layer, not one object.")
### END HIDDEN TESTS
print("repaired_vgg: it is built as it should be. Now the real training:")
repaired, repaired_losses = train_network(
    repaired_vgg, train_centred[: plan.images], train_labels[: plan.images], plan.epochs, seed=1
)
checks.same((sized(repaired.trainable_weights), sized(repaired.non_trainable_weights)), parameters(NARROW, NARROW_UNITS, True), "the parameters of repaired_vgg(), trained and not trained", rule="By default it has the channels NARROW and NARROW_UNITS units.")
guesses = predicted(repaired, test_centred)
hits, most = guesses == test_labels, np.bincount(guesses).max() / len(guesses)
checks.true(
    hits.mean() >= plan.accuracy,
    f"The trained network classifies {hits.mean():.2%} of the test images correctly, but {plan.accuracy:.0%} is asked for; "
    f"it gives {most:.0%} of them to one class. Its batch normalisations need the momentum that `momentum` says, 0.9 by default.",
)
print(f"repaired_vgg: all checks passed, test accuracy {hits.mean():.2%}, asked for {plan.accuracy:.0%}")

# %%
figures.losses(
    ({"the recipe, narrow copy": patient_losses} if patient_losses else {}) | {"repaired": repaired_losses},
    "The repaired VGG learns",
)

# %% [markdown]
# As announced, the repaired network starts *above* ln 10: it has opinions, and they are wrong. After a few dozen steps it is well below. Here is its examination before training, compared with those of the other networks (three seconds):

# %%
def functional(network: tf.keras.Model) -> tf.keras.Model:
    """The same layers as a functional model: a Sequential one may not know its `input`."""
    if not isinstance(network, tf.keras.Sequential):
        return network
    values = image = tf.keras.Input((32, 32, 3))
    for layer in network.layers:
        values = layer(values)
    return tf.keras.Model(image, values)


tf.keras.utils.set_random_seed(1)
findings["repaired"] = examine(functional(repaired_vgg()), batch_images - train_images.mean(axis=(0, 1, 2)).astype("float32") / 255, batch_labels)
print("share of dead units after the last ReLU:", *(f"{name} {numbers['dead'][-1]:.0%}" for name, numbers in findings.items()))
figures.layers(findings, "Before the first step: recipe, He, repaired")

# %%
tf.keras.utils.set_random_seed(1)
last_features["repaired, centred"] = features(functional(repaired_vgg()), train_centred[:60])
figures.similarity({name: alike(values) for name, values in last_features.items()}, "The last features of 60 photographs, before the training")

# %% [markdown]
# There are no dead units, the spread is the same in each layer, and in the last layer the photographs differ from each other, as they do to the eye. (Why is the similarity 0.32 and not 0? After a ReLU no value is negative, and two unrelated vectors of normally distributed random numbers then have a cosine similarity of 1/π = 0.318.) Such differences are what the loss needs.
#
# This function trains one network with your budget and returns its test accuracy. The table above summarises what it returned for the seeds 1 to 20.

# %% tags=["seeds"]
def accuracy_of_seed(seed: int) -> float:
    """The test accuracy of one repaired VGG, trained from this seed with the images and epochs of the budget."""
    model, _ = train_network(
        repaired_vgg, train_centred[: plan.images], train_labels[: plan.images], plan.epochs, seed
    )
    return float(np.mean(predicted(model, test_centred) == test_labels))


# %% tags=["audit", "seeds"]
def broken_accuracies(seed: int) -> dict[str, float]:
    """What `accuracy_of_seed` returns, for networks that are plausible but broken."""
    images, labels = train_centred[: plan.images], train_labels[: plan.images]

    def reached(images, labels, epochs=plan.epochs) -> float:
        tf.keras.utils.set_random_seed(seed)
        model = train_network(repaired_vgg, images, labels, epochs, seed)[0] if epochs else repaired_vgg()
        return float(np.mean(predicted(model, test_centred) == test_labels))

    return {
        "not trained": reached(images, labels, epochs=0),
        "labels shuffled": reached(images, np.random.default_rng(seed).permutation(labels)),
        "one class": reached(images, np.full_like(labels, 3)),
        "normalisation forgotten": reached(train_images[: plan.images].astype("float32"), labels),
    }


# %% [markdown]
# ## 8. Which repair mattered? An ablation
#
# We made three repairs: He's variance, batch normalisation and subtracting the mean. Which one mattered? It is tempting to make them one after the other and note the gain from each. But then the gain depends on the order.
#
# An *ablation* measures every repair twice:
#
# - **alone**: the accuracy with only this repair, minus the accuracy with none;
# - **last**: the accuracy with all repairs, minus the accuracy with all *but* this one. This is what is lost if it is left out.
#
# By hand, for two repairs, A and B, and two seeds:
#
# | repairs | seed 1 | seed 2 |
# |---|---|---|
# | none | 0.10 | 0.10 |
# | A | 0.10 | 0.12 |
# | B | 0.20 | 0.24 |
# | A and B | 0.40 | 0.50 |
#
# Alone, A gains 0.00 and 0.02: the mean is 0.01, the sample standard deviation 0.0141. Added last, A gains 0.40 − 0.20 = 0.20 and 0.50 − 0.24 = 0.26: the mean is 0.23, the standard deviation 0.0424. Alone, A is worth next to nothing; on top of B, it is worth a lot. The gains of repairs need not add up. (The differences are taken seed by seed, before averaging: both networks of a pair come from the same seed.)
#
# With two repairs, "all but B" is the same as "only A". Do not repeat a training run that has already been done.
#
# ### Task 10: ablation (4 points)

# %% nbgrader={"grade": false, "grade_id": "ablation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def ablation(measure, repairs: list, seeds: list) -> dict:
    """What each repair contributes, alone and last.

    Parameters
    ----------
    measure
        a function: measure(chosen, seed) trains a network with the repairs in `chosen` and returns
        its accuracy, 0 or more. `chosen` is a tuple, not a list, and keeps the order of `repairs`;
        () stands for the unchanged recipe. Each call takes a long time: never call it twice with
        the same arguments, and call it only with combinations that one of the gains below needs.
    repairs
        the names of the repairs, one or more, all different.
    seeds
        two or more whole numbers, which may include 0.

    Returns
    -------
    dict
        for each repair, a dict with the keys "alone" and "last". Each value is a pair: the mean
        gain in accuracy over the seeds, and its sample standard deviation (dividing by one less
        than the number of seeds).
    """
    ### BEGIN SOLUTION
    known = {}

    def accuracies(chosen):
        if chosen not in known:
            known[chosen] = np.array([measure(chosen, seed) for seed in seeds])
        return known[chosen]

    contributions = {}
    for repair in repairs:
        rest = tuple(other for other in repairs if other != repair)
        gains = {
            "alone": accuracies((repair,)) - accuracies(()),
            "last": accuracies(tuple(repairs)) - accuracies(rest),
        }
        contributions[repair] = {key: (gain.mean(), gain.std(ddof=1)) for key, gain in gains.items()}
    return contributions
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_ablation", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def looked_up(numbers: dict, repairs: list, seeds: list) -> dict:
    """What `ablation` returns for accuracies from a table, after its calls and types were checked."""
    asked, given = [], list(repairs)

    def look_up(chosen, seed):
        checks.true(np.ndim(seed) == 0, f"measure takes one seed at a time, but was called with {seed}.")
        checks.true(isinstance(chosen, tuple), f"`chosen` should be a tuple of names, but is {chosen!r}. A tuple with one name needs a comma: (name,).")
        asked.append((tuple(chosen), seed))
        checks.true(asked[-1] in numbers, f"ablation should not call measure{asked[-1]}: the arguments are some of the repairs, in their order, and a seed.")
        return numbers[asked[-1]]

    table = checks.call(ablation, look_up, repairs, seeds)
    checks.true(list(repairs) == given, "ablation changed the list `repairs`. Work on a copy: the caller still needs it.")
    checks.true(isinstance(table, dict), f"ablation should return a dict, but returns {type(table).__name__}.")
    checks.true(set(table) == set(repairs), f"The keys of the table should be the repairs {', '.join(repairs)}, but are {', '.join(map(repr, table))}.")
    for row in table.values():
        checks.true(isinstance(row, dict) and set(row) == {"alone", "last"}, f'Each repair should have a dict with the keys "alone" and "last", but one has {row}.')
        for pair in row.values():
            checks.true(hasattr(pair, "__len__") and len(pair) == 2, f"Each entry should be a pair (mean, standard deviation), but one is {pair}.")
    needed = {chosen for repair in repairs for chosen in ((), (repair,), tuple(repairs), tuple(other for other in repairs if other != repair))}
    checks.true({seed for _, seed in asked} == set(seeds), f"measure should be called with each of the seeds {list(seeds)}, but some were left out.")
    checks.true(len(asked) == len(set(asked)), f"measure was called {len(asked)} times, but with only {len(set(asked))} different arguments: no training should be done twice.")
    checks.same(len(asked), len(needed) * len(seeds), f"how many networks were trained for {len(repairs)} repairs and {len(seeds)} seeds", rule=(
        "Only the combinations that a gain needs should be measured." if len(asked) > len(needed) * len(seeds) else "`last` needs all repairs but one, also where these are several."
    ))
    return table


def check_gain(found, gains: list, what: str, wrong: dict) -> None:
    """Compare a pair (mean, standard deviation) with the gains of the seeds."""
    centre_of, count = sum(gains) / len(gains), len(gains)
    squares = sum((gain - centre_of) ** 2 for gain in gains)
    checks.close(checks.number(found[0], f"the mean of {what}"), centre_of, f"the mean of {what}", wrong, rule="It should be the mean gain, with the repair minus without.")
    checks.close(checks.number(found[1], f"the standard deviation of {what}"), math.sqrt(squares / (count - 1)), f"the standard deviation of {what}", {
        "divided by the number of seeds; the sample standard deviation divides by one less": math.sqrt(squares / count),
        "this is the variance": squares / (count - 1),
    }, rule="Take the difference of each seed first, then the standard deviation of the differences.")


example = {((), 1): 0.10, ((), 2): 0.10, (("A",), 1): 0.10, (("A",), 2): 0.12, (("B",), 1): 0.20, (("B",), 2): 0.24, (("A", "B"), 1): 0.40, (("A", "B"), 2): 0.50}
table = looked_up(example, ["A", "B"], [1, 2])
check_gain(table["A"]["alone"], [0.00, 0.02], "A alone", {"an accuracy; asked for is the gain over none": 0.11, "alone and last are exchanged": 0.23})
check_gain(table["A"]["last"], [0.20, 0.26], "A last", {"an accuracy; asked for is the loss without it": 0.45, "this is the gain of A alone; last means all repairs minus all but A": 0.01, "the sign: with all minus without": -0.23, "compared with A alone; leave A out instead": 0.34})
check_gain(table["B"]["alone"], [0.10, 0.14], "B alone", {"alone and last are exchanged": 0.34})
check_gain(table["B"]["last"], [0.30, 0.38], "B last", {"the sign: with all minus without": -0.34})
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(29)
for names, hidden_seeds in ((["mean", "he", "norm"], [3, 5, 8]), (["w", "x", "y", "z"], [2, 9]), (["only"], [4, 1, 7, 6]), (["norm of", "no", "norm"], [0, 6])):
    numbers = {(chosen, seed): float(draw.random()) if seed or len(chosen) in (1, 2) else 0.0 for size in range(len(names) + 1) for chosen in combinations(names, size) for seed in hidden_seeds}
    table = looked_up(numbers, names, hidden_seeds)
    for name in names:
        without = tuple(other for other in names if other != name)
        check_gain(table[name]["alone"], [numbers[(name,), seed] - numbers[(), seed] for seed in hidden_seeds], f"{name} of {len(names)} repairs, alone", {})
        check_gain(table[name]["last"], [numbers[tuple(names), seed] - numbers[without, seed] for seed in hidden_seeds], f"{name} of {len(names)} repairs, last", {
            "compared with the repair alone; leave it out instead": float(np.mean([numbers[tuple(names), seed] - numbers[(name,), seed] for seed in hidden_seeds])),
        })
### END HIDDEN TESTS
print("ablation: all checks passed")

# %% [markdown]
# Now the real thing, small enough for a CPU: two repairs, two seeds and a short training run on centred images. Everything else stays the same: images, epochs, seeds and the recipe's learning rate, which falls to 0 in every run. **About 40 seconds** with the CPU budget.

# %% tags=["seeds"]
def measure_repairs(chosen: tuple, seed: int, images: int, epochs: int) -> float:
    """The test accuracy of a narrow VGG with the chosen repairs, from "He", "norm" and "mean"."""
    model, _ = train_network(
        lambda: repaired_vgg(initializer="he_normal" if "He" in chosen else "glorot_uniform", normalise="norm" in chosen),
        train_centred[:images] if "mean" in chosen else train_images[:images] / np.float32(255),
        train_labels[:images], epochs, seed,
    )
    inputs = test_centred if "mean" in chosen else test_images / np.float32(255)
    return float(np.mean(predicted(model, inputs) == test_labels))


# %%
if plan.comparison_epochs == 0:
    print("This comparison has no points, so the grading budget leaves it out.")
else:
    live_seeds = list(range(1, 1 + plan.comparison_seeds))
    live = ablation(
        lambda chosen, seed: measure_repairs((*chosen, "mean"), seed, plan.comparison_images, plan.comparison_epochs),
        ["He", "norm"], live_seeds,
    )
    print(f"{plan.comparison_images:,} images, epochs: {plan.comparison_epochs}, seeds: {live_seeds}, images centred")
    for name, row in live.items():
        print(f"{name:5} alone {row['alone'][0]:+.1%} ± {row['alone'][1]:.1%}, last {row['last'][0]:+.1%} ± {row['last'][1]:.1%}")
    figures.contributions(live, f"Two repairs, {len(live_seeds)} seeds, a short training")

# %% [markdown]
# Two seeds and 50 steps are enough to see that something helps, but not enough to say how much.
#
# ### A longer run
#
# The course team ran a longer ablation: all eight combinations of the three repairs with four seeds each, and a few other experiments. The next cell defines the function that did this, but does not call it. Its results are stored in the repository, with the machine and the versions it ran on.

# %% tags=["seeds"]
REPAIRS = ("He", "norm", "mean")
SUBSETS = [chosen for size in range(4) for chosen in combinations(REPAIRS, size)]
RUN_IMAGES, RUN_EPOCHS, RUN_SEEDS = 5_000, 2, (1, 2, 3, 4)


def longer_run() -> dict:
    """All combinations of repairs, a lower learning rate, two momenta, and the recipe at full width."""
    plain_test = test_images / np.float32(255)
    plain = train_images[:RUN_IMAGES] / np.float32(255), train_labels[:RUN_IMAGES]

    def accuracy(model, images):
        return float(np.mean(predicted(model, images) == test_labels))

    results = {"images": RUN_IMAGES, "epochs": RUN_EPOCHS, "batch": BATCH, "seeds": list(RUN_SEEDS), "subsets": {}}
    for chosen in SUBSETS:
        results["subsets"][" + ".join(chosen) or "none"] = [
            measure_repairs(chosen, seed, RUN_IMAGES, RUN_EPOCHS) for seed in RUN_SEEDS
        ]
        print(chosen, results["subsets"][" + ".join(chosen) or "none"], flush=True)
    results["only a learning rate of 0.0001"] = [
        accuracy(train_network(lambda: recipe(NARROW, NARROW_UNITS), *plain, RUN_EPOCHS, seed, rate=0.0001)[0], plain_test)
        for seed in RUN_SEEDS
    ]
    results["momentum"] = {}
    for momentum in (0.99, 0.9):  # the repaired network with the grading budget
        in_use, by_batch = [], []
        for seed in RUN_SEEDS:
            model, _ = train_network(
                lambda: repaired_vgg(momentum=momentum), train_centred[:3_200], train_labels[:3_200], 2, seed
            )
            in_use.append(accuracy(model, test_centred))
            logits = np.concatenate([model(test_centred[at : at + 200], training=True) for at in range(0, 2_000, 200)])
            by_batch.append(float(np.mean(logits.argmax(axis=1) == test_labels)))
        results["momentum"][str(momentum)] = {"moving averages": in_use, "statistics of the test batches": by_batch}
        print(momentum, results["momentum"][str(momentum)], flush=True)
    tf.keras.utils.set_random_seed(1)
    results["full width before"] = examine(recipe(), train_images[:64] / np.float32(255), train_labels[:64])
    model, losses = train_network(recipe, *plain, 1, 1, falling=False)
    results["full width"] = {
        "losses": [round(loss, 5) for loss in losses],
        "accuracy": accuracy(model, plain_test),
        "predicted": np.bincount(predicted(model, plain_test), minlength=10).tolist(),
    }
    return results


# %%
stored = runs.load("05-vgg-cifar10")
print(f"{stored['images']:,} training images, {stored['epochs']} epochs in batches of {stored['batch']}, seeds {stored['seeds']}, {len(test_labels):,} test images\n")
print(f"{'repairs':17} " + "".join(f"{f'seed {seed}':>8}" for seed in stored["seeds"]) + "    mean")
for name, values in stored["subsets"].items():
    print(f"{name:17} " + "".join(f"{value:8.1%}" for value in values) + f"{np.mean(values):8.1%}")
figures.subsets(stored["subsets"], "Test accuracy with each combination of repairs")

# %% [markdown]
# Now apply your `ablation` to these stored numbers. It trains nothing; it only looks up the accuracies.

# %%
table = ablation(lambda chosen, seed: stored["subsets"][" + ".join(chosen) or "none"][stored["seeds"].index(seed)], list(REPAIRS), stored["seeds"])
print("gain in test accuracy, percentage points: mean ± sample standard deviation over the seeds")
for name, row in table.items():
    print(f"{name:5} alone {100 * row['alone'][0]:+5.1f} ± {100 * row['alone'][1]:.1f}    last {100 * row['last'][0]:+5.1f} ± {100 * row['last'][1]:.1f}")
figures.contributions(table, "What each repair contributes")

# %% [markdown]
# What the table says:
#
# - **Batch normalisation is the repair that matters.** Alone it gains 27.4 points, and it is the only one that still gains when it is added last: 6.0 ± 3.0.
# - **He's variance alone is worth a lot, 17.9 points, but nothing on top of batch normalisation**: −2.4 ± 1.8. That makes sense: batch normalisation sets the size of each layer's activations, whatever the initial weights were. A short run like the live one above can still show such a gain, but it is only a head start: after 158 steps it is gone.
# - **The effect of subtracting the mean cannot be distinguished from zero**: 3.6 ± 4.6 alone, −0.7 ± 0.5 last. On top of batch normalisation that is no surprise: the first normalisation removes a constant added to the input anyway.
# - **The recipe does not fail with every seed.** Three of four runs ended at exactly 10.0 %; one left the plateau and reached 19.2 %. With the mean subtracted, two of four left it. Anyone who had run only a lucky seed would have told a different story.
# - The best mean is that of batch normalisation alone, 39.7 %; all three repairs together reach 37.2 %. Do not read a law into this difference: the standard deviation between seeds is 1 point, and there were only four seeds and one size of network.
#
# So a diagnosis can be right at every step and still predict only part of the cure. He's variance repairs the spread, subtracting the mean repairs the input, and both effects are measurable. But only batch normalisation provides what the loss needs: features that differ from image to image. All this holds for 5,000 images and two epochs.
#
# ### Three more results from the stored run

# %%
full = stored["full width"]
print(f"the recipe at full width, 33,638,218 parameters: {len(full['losses'])} steps, mean loss of the last ten {np.mean(full['losses'][-10:]):.4f}, test accuracy {full['accuracy']:.1%}; predictions by class {full['predicted']}")
print("only the learning rate lowered to 0.0001: " + " ".join(f"{value:.1%}" for value in stored["only a learning rate of 0.0001"]))
for momentum, values in stored["momentum"].items():
    print(f"repaired, 100 steps, momentum {momentum}: " + "; ".join(f"with {name} " + " ".join(f"{value:.1%}" for value in numbers) for name, numbers in values.items()))
figures.losses({"the recipe at full width": full["losses"]}, "The recipe as it is copied, 33,638,218 parameters")

# %% [markdown]
# - **The recipe as it is copied**, with all its 33,638,218 parameters, behaves like its narrow copy. After 79 steps the mean loss over the last ten is 2.302, the accuracy is 10.0 %, and each of the 2,000 test images is classified as a ship. (This was one epoch of 5,000 images; we have not run ten epochs of 50,000.)
# - **A lower learning rate alone**, 0.0001 instead of 0.001, gets all four seeds off the plateau, but slowly: they reach 16.9 % on average.
# - **The trap.** Momentum 0.99 and 0.9 give exactly the same trained weights, because the momentum plays no part in the learning. When normalised with the statistics of the test batches, both networks reach 34.3 %. At inference, with the moving averages of 100 steps, the first falls to 14.8 %, while the second stays at 34.8 %. If you had seen only the 14.8 %, would you have looked for the mistake in the bookkeeping?
#
# ## 9. Written question (3 points, graded by hand)
#
# Answer each part in two or three sentences.
#
# 1. You may make only **one** change to the recipe. Which one? Give the number that supports your choice, and say what the change does *not* repair.
# 2. How would you know **within one minute** that it worked, long before a full epoch is over? Say what you measure before the first step, what you watch during the first steps, and which values would tell you to stop.
# 3. Someone says: "Ten epochs are too few; train for a hundred." What does the gradient of a uniform prediction tell you about this advice?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# 1. Batch normalisation between each layer and its ReLU: alone it reaches 39.7 % in the stored run, no less than the three repairs together, 37.2 % (an answer that chooses He's initial weights and argues from the same table can also be right, if it sees that they bring less and depend on the seed). The network is still too large for so few images and can still overfit, and batch normalisation introduces a difference between training and inference (moving averages). *One point: one change, a number from the run, one limit.*
# 2. Before the first step, with one batch: the spread after each ReLU should stay within the same power of ten, hardly any units should be dead, the gradient norms of all kernels should be far from 0, and the last features of different images should differ. Then fifty steps, a few seconds: the loss of the batches must leave 2.303 and the predictions must not all be of one class; better still, check that the network can memorise a single batch. If the loss is still 2.30 after these steps, stop. *One point: a measurement before, and one during the first steps, each with a value.*
# 3. With equally frequent classes, the pulls on each logit, predicted minus right, add up to 0 over the images. If the last features hardly depend on the image, the gradient of every weight is a constant vector times this sum, practically 0; Adam's steps then follow the noise of the batches. A hundred times nothing is nothing: more epochs do not change what the features are. *One point: the sum of p − y is 0, and therefore more steps of the same kind do not help.*
# ### END SOLUTION

# %% [markdown]
# ## What you have learned
#
# - A loss of ln(classes) means that the network does not look at the image. It gives the best constant answer, and there the gradient adds up to zero.
# - The gradient of the cross-entropy is *predicted minus right*.
# - A network can be examined in seconds before it is trained: spread, dead units, gradient norms and how alike the features are.
# - ReLU halves the mean square. The variance 2 / fan-in compensates for this; Glorot's variance does not.
# - The right size is not enough: after many ReLUs all images look alike. Batch normalisation subtracts the mean in every layer.
# - Batch normalisation has two modes, and its moving averages need many steps or a smaller momentum.
# - What a repair is worth depends on the other repairs: measure it both alone and last, with several seeds.
#
# ## Further reading
#
# - K. Simonyan, A. Zisserman: "Very deep convolutional networks for large-scale image recognition", ICLR 2015. arXiv:1409.1556. Section 3.1 explains how the authors of VGG got their deepest networks to start learning.
# - X. Glorot, Y. Bengio: "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
# - K. He, X. Zhang, S. Ren, J. Sun: "Delving deep into rectifiers: surpassing human-level performance on ImageNet classification", ICCV 2015. arXiv:1502.01852. The source of the variance 2 / fan-in.
# - S. Ioffe, C. Szegedy: "Batch normalization: accelerating deep network training by reducing internal covariate shift", ICML 2015. arXiv:1502.03167.
# - S. Santurkar, D. Tsipras, A. Ilyas, A. Madry: "How does batch normalization help optimization?", NeurIPS 2018. arXiv:1805.11604.
# - A. Krizhevsky: "Learning multiple layers of features from tiny images", 2009. The source of CIFAR-10.
