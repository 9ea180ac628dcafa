# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Assignment 2: LeNet-5 reads handwritten digits
#
# In assignment 1 you computed what a convolution does with kernels that somebody else had chosen. Here a network learns its own kernels: you build LeNet-5, train it on handwritten digits, and find out how good it is, what it has learned and where it fails.
#
# By the end of this assignment you will be able to
#
# - turn images into the array that a convolutional network expects, and say what each axis means;
# - write a network as a subclass of `tf.keras.Model`, and predict the shapes of its feature maps and its number of parameters;
# - choose the loss that matches a network's output, train with early stopping and watch the training in TensorBoard;
# - measure a network: loss, accuracy, confusion matrix, worst mistakes;
# - compare two networks fairly, and say how far one number from one run can be trusted.
#
# There are nine tasks and a written question, worth 30 points in all. Reading and answering take about three hours. Running everything takes about a minute and a half on 2 CPU cores, one minute of which is training. Wherever a cell takes longer than two seconds, the text before it says so.
#
# Write your answers in the cells that say `TODO`. The cell below each answer checks it and says what is wrong; run it as often as you like. It shows only some of the checks: more run when the assignment is graded, on inputs you have not seen. All other cells are locked; to try something out, add a cell of your own.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import inspect
import math
import sys
import tempfile
import types

import numpy as np
import tensorflow as tf

from cnnlab import budget, checks, datasets, tensorboard
from cnnlab.figures import classification as figures

tf.get_logger().setLevel("ERROR")  # no hints about speed: the networks in the checks are too small

# %% [markdown]
# How long the networks below train depends on the machine. The next cell chooses the *budget*: `gpu` if TensorFlow sees a GPU, `cpu` if it does not, and `grading` while your work is graded. The budget decides how long the networks train and what accuracy they must reach, but never which answers are correct.

# %% tags=["budget", "seeds"]
plan = budget.choose(
    grading=budget.Training(images=8_000, epochs=3, accuracy=0.92, seconds=12),
    cpu=budget.Training(images=50_000, epochs=7, accuracy=0.985, seconds=60, comparison_images=10_000, comparison_epochs=2),
    gpu=budget.Training(images=55_000, epochs=8, accuracy=0.984, seconds=120, comparison_images=55_000, comparison_epochs=3),
)
print(plan)

# %% [markdown]
# ## 1. The digits
#
# MNIST holds 70,000 digits written by clerks of the US Census Bureau and by school pupils: 60,000 to learn from, and 10,000 to measure with (the *test set*). Every digit is centred in an image of 28×28 pixels. Loading takes about a second.

# %% tags=["seeds"]
(train_images, train_labels), (test_images, test_labels) = datasets.mnist()

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=2_000, epochs=2, accuracy=0.55)
test_images, test_labels = test_images[:2_000], test_labels[:2_000]

# %% tags=["nbval-check-output"]
print("training images", train_images.shape, train_images.dtype, "from", train_images.min(), "to", train_images.max())
print("training labels", train_labels.shape, train_labels.dtype, "the first ten:", *train_labels[:10])
print("test images    ", test_images.shape, test_images.dtype)

# %%
figures.digits(train_images[:40], train_labels[:40])

# %% [markdown]
# Look for the difficult ones: a 1 that leans, a 7 with or without a bar, a 4 so nearly closed that it could be a 9.
#
# A computer sees only numbers. Each pixel is a byte, a whole number from 0 (paper) to 255 (ink):

# %%
figures.pixels(train_images[0], top=5, left=14)

# %% [markdown]
# ### Three changes before a network can use the images
#
# **Scale.** A network starts with small random weights, and it learns fastest when its inputs are not much larger than 1. So the bytes 0 to 255 are divided by 255. By hand, for one row of pixels:
#
# | byte | 0 | 51 | 102 | 153 | 255 |
# |---|---|---|---|---|---|
# | byte / 255 | 0.0 | 0.2 | 0.4 | 0.6 | 1.0 |
#
# Divide by the largest *possible* byte, not by the largest one in the images at hand. Otherwise the same image would be scaled differently from one batch to the next.
#
# **dtype.** Weights are stored as `float32`, a format that keeps about 7 digits of a number in 4 bytes. The images should have the same dtype. NumPy's usual `float64` would take twice the memory, and every batch would have to be converted.
#
# **Channel axis.** A convolution expects four axes: image, row, column, channel. A colour photograph has three channels, red, green and blue; a greyscale image has only one, but the axis must still be there. NumPy and TensorFlow both have a function `expand_dims`, which inserts an axis of length 1 without copying a single pixel:
#
# | | shape |
# |---|---|
# | 60,000 greyscale images | (60000, 28, 28) |
# | the same with a channel axis | (60000, 28, 28, 1) |
#
# Why is the channel last? A convolution multiplies all channels of a pixel by the kernel's weights for that pixel and adds up the products. With the channel last, these numbers lie side by side in memory, so they are fetched together. TensorFlow calls this order NHWC (number, height, width, channel). It is the default, and on most CPUs TensorFlow's convolutions support no other order. Other libraries put the channel first (NCHW), so check this axis when you move images between libraries.
#
# ### Task 1: prepare the images (2 points)

# %% nbgrader={"grade": false, "grade_id": "prepare_images", "locked": false, "schema_version": 3, "solution": true, "task": false}
def prepare_images(images: np.ndarray) -> np.ndarray:
    """Prepare grey images for a convolutional network.

    Parameters
    ----------
    images
        uint8 of shape (number, height, width), values 0 to 255. Do not change this array.

    Returns
    -------
    np.ndarray
        float32 of shape (number, height, width, 1), values 0 to 1: the byte 51 becomes 0.2.
    """
    ### BEGIN SOLUTION
    scaled = images.astype("float32") / 255
    return np.expand_dims(scaled, axis=-1)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_prepare_images", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def prepared(images: np.ndarray, what: str) -> np.ndarray:
    """What `prepare_images` returns, after its shape and its dtype were checked."""
    number, height, width = images.shape
    result = checks.call(prepare_images, images)
    checks.true(type(result) is np.ndarray, f"prepare_images of {what} should be a NumPy array, but is of type {type(result).__name__}.")
    result = checks.array(
        result,
        (number, height, width, 1),
        f"prepare_images of {what}",
        causes={
            (number, height, width): "no channel axis was added",
            (number, 1, height, width): "the new axis is the second one (channel first); here the channel is last",
            (1, number, height, width): "the new axis is the first one; axis -1 is the last",
            (number, height, 1, width): "the new axis stands before the columns; axis -1 is the last",
            (number, height, width, 3): "the image was repeated as red, green and blue; one channel is enough",
            (number, width, height, 1): "rows and columns were exchanged",
            (height, width, 1): "np.squeeze takes every axis of length 1 away, also that of a single image",
        },
    )
    checks.true(
        result.dtype == np.float32,
        f"prepare_images of {what} should have dtype float32, but has dtype {result.dtype}."
        + (" NumPy divides bytes in float64." if result.dtype == np.float64 else ""),
    )
    return result


bytes_by_hand = np.array([[[0, 51, 102], [153, 204, 255]], [[255, 0, 0], [0, 0, 51]]], dtype="uint8")
scaled_by_hand = np.array([[[0, 0.2, 0.4], [0.6, 0.8, 1]], [[1, 0, 0], [0, 0, 0.2]]])[..., np.newaxis]
checks.close(
    prepared(bytes_by_hand, "two images of 2×3 pixels"),
    scaled_by_hand,
    "prepare_images of two images of 2×3 pixels",
    causes={
        "the bytes were not divided by 255": 255 * scaled_by_hand,
        "divided by 256; the largest byte is 255": 255 * scaled_by_hand / 256,
        "paper and ink were exchanged": 1 - scaled_by_hand,
        "scaled to -1 to 1; asked for is 0 to 1": 2 * scaled_by_hand - 1,
        "`//` rounds down, so only 0 and 1 are left": scaled_by_hand == 1,
    },
    rule="Each byte should be divided by 255.",
)
### BEGIN HIDDEN TESTS
pale_images = np.random.default_rng(5).integers(20, 180, (5, 28, 28), dtype="uint8")
checks.close(
    prepared(pale_images, "five pale images")[..., 0],
    [[[int(byte) / 255 for byte in row] for row in image] for image in pale_images],
    "prepare_images of five pale images (bytes 20 to 179)",
    causes={
        "divided by the largest byte of these images; divide by 255, the largest possible one": pale_images / pale_images.max(),
        "stretched so that the smallest value becomes 0": (pale_images - 20.0) / (pale_images.max() - 20),
        **{f"rounded to {places} decimals": np.round(pale_images / 255, places) for places in (1, 2, 3)},
    },
    rule="Each byte should be divided by 255.",
)
for low, high, words in ((0, 256, "every byte"), (0, 2, "bytes 0 and 1"), (200, 256, "bright bytes"), (1, 30, "dark bytes")):
    some_images = np.random.default_rng(high).integers(low, high, (2, 9, 8), dtype="uint8")
    checks.close(
        prepared(some_images, f"two images with {words}")[..., 0], [[[int(byte) / 255 for byte in row] for row in image] for image in some_images],
        f"prepare_images of two images with {words}", tolerance=1e-6,
        rule="Each byte should be divided by 255, in float32, which has 7 digits.",
    )
for size in ((1, 7, 4), (3, 1, 1)):
    blank = prepared(np.zeros(size, "uint8"), f"blank images of shape {size}")
    checks.close(blank, np.zeros((*size, 1)), f"prepare_images of blank images of shape {size}", rule="A blank image stays blank: 0 / 255 is 0.")
### END HIDDEN TESTS
print("prepare_images: all checks passed")

# %% [markdown]
# Your function now prepares three sets. The network learns from the *training set*. The last 5,000 of the 60,000 images are set aside as the *validation set*: they decide when training stops. The *test set* is not used until the network is finished, because a number that has helped to choose a network is no longer an honest measure of it.

# %% tags=["seeds"]
training = (prepare_images(train_images[: plan.images]), train_labels[: plan.images])
validation = (prepare_images(train_images[-5000:]), train_labels[-5000:])
test = (prepare_images(test_images), test_labels)

# %%
for name, (images, labels) in (("training", training), ("validation", validation), ("test", test)):
    counts = np.bincount(labels, minlength=10)
    print(f"{name:10} {images.shape} {images.dtype}, from {counts.min()} to {counts.max()} images of a digit")

# %% [markdown]
# ## 2. LeNet-5
#
# Yann LeCun and his colleagues at AT&T built LeNet-5 to read the amounts on bank cheques. Most convolutional networks still have its structure: convolutions that find patterns, pooling that makes the maps smaller, and dense layers that decide.

# %%
figures.architecture([
    ("image", (28, 28, 1)), ("convolution", (28, 28, 6)), ("pooling", (14, 14, 6)),
    ("convolution", (10, 10, 16)), ("pooling", (5, 5, 16)), ("flattened", (400,)),
    ("dense", (120,)), ("dense", (84,)), ("logits", (10,)),
])

# %% [markdown]
# Here is the same network as a table. `a` stands for the activation; every layer with weights has a bias.
#
# | | layer | output | parameters |
# |---|---|---|---|
# | 1 | convolution, 6 kernels of 5×5, padding *same*, `a` | 28×28×6 | 5·5·1·6 + 6 = 156 |
# | 2 | pooling, 2×2, stride 2 | 14×14×6 | 0 |
# | 3 | convolution, 16 kernels of 5×5, padding *valid*, `a` | 10×10×16 | 5·5·6·16 + 16 = 2,416 |
# | 4 | pooling, 2×2, stride 2 | 5×5×16 | 0 |
# | | flattened | 400 | 0 |
# | 5 | dense, `a` | 120 | 400·120 + 120 = 48,120 |
# | 6 | dense, `a` | 84 | 120·84 + 84 = 10,164 |
# | 7 | dense, no activation | 10 | 84·10 + 10 = 850 |
# | | | | **61,706** |
#
# Check two of the sizes with the formula from assignment 1. Layer 1 keeps 28 pixels because padding *same* adds 2 zeros on every side: 28 + 2·2 − 5 + 1 = 28. Layer 3 has no padding: 14 − 5 + 1 = 10.
#
# Notice where the parameters are: 78 % of them are in layer 5, which connects each of the 400 numbers to each of its 120 units. The two convolutions see every pixel, yet together they need only 2,572 parameters, because each kernel is reused at every position.
#
# The last layer has no activation. Its ten numbers are called *logits*: the larger a logit, the more the network favours that digit. They are turned into probabilities only where probabilities are needed.
#
# (In the 1998 original, the input was an image of 32×32 pixels with the digit in the middle, so no padding was needed, the second convolution left out some of the connections, pooling had weights of its own, and the last layer compared its inputs with hand-designed patterns of the digits. What is called LeNet-5 today is the network in the table.)
#
# ### A network as a class
#
# A subclass of `tf.keras.Model` creates its layers once, in `__init__`, and uses them in `call`. Calling the network, `network(images)`, runs `call`. The weights are created at the first call, when the sizes are known. Here is a small example, one dense layer whose output is squared:

# %% tags=["nbval-check-output"]
class Squared(tf.keras.Model):
    """A dense layer of one unit whose output is squared: an example of how a network is written."""

    def __init__(self):
        super().__init__()
        self.unit = tf.keras.layers.Dense(1)

    def call(self, inputs):
        return tf.square(self.unit(inputs))


squared = Squared()
print("output", squared(np.ones((4, 3), "float32")).shape, "for an input of shape (4, 3)")
print("parameters", squared.count_params(), "= 3 weights + 1 bias")

# %% [markdown]
# A layer created inside `call` would be replaced at every call by one with new random weights, and the network would never learn. So layers belong in `__init__`.
#
# Your class takes two arguments, so that you can use it for the comparison at the end as well: `activation`, the name of any activation in Keras, and `pooling`, which is `"max"` or `"average"`. Its method `feature_maps` returns everything that the picture shows from the first convolution to the flattened vector; `call` continues from there to the logits.
#
# ### Task 2: LeNet-5 (4 points)

# %% nbgrader={"grade": false, "grade_id": "LeNet5", "locked": false, "schema_version": 3, "solution": true, "task": false}
class LeNet5(tf.keras.Model):
    """LeNet-5, as in the table above, for images of 28×28 pixels with one channel.

    Parameters
    ----------
    activation
        the activation of both convolutions and of the first two dense layers, such as "relu",
        "sigmoid" or "tanh".
    pooling
        "max" or "average": the kind of pooling in both pooling layers.
    """

    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        ### BEGIN SOLUTION
        pool = {
            "max": tf.keras.layers.MaxPooling2D,
            "average": tf.keras.layers.AveragePooling2D,
        }[pooling]
        self.first = tf.keras.layers.Conv2D(6, 5, padding="same", activation=activation)
        self.second = tf.keras.layers.Conv2D(16, 5, activation=activation)
        self.pools = [pool(2), pool(2)]
        self.flatten = tf.keras.layers.Flatten()
        self.dense = [
            tf.keras.layers.Dense(120, activation=activation),
            tf.keras.layers.Dense(84, activation=activation),
            tf.keras.layers.Dense(10),
        ]
        ### END SOLUTION

    def feature_maps(self, images) -> list:
        """The outputs of convolution, pooling, convolution, pooling and flattening, as a list or tuple.

        For n images, these five have the shapes (n, 28, 28, 6), (n, 14, 14, 6), (n, 10, 10, 16),
        (n, 5, 5, 16) and (n, 400). The 400 numbers may be in any order. The output of a convolution
        includes its activation.
        """
        ### BEGIN SOLUTION
        maps = [self.first(images)]
        maps.append(self.pools[0](maps[-1]))
        maps.append(self.second(maps[-1]))
        maps.append(self.pools[1](maps[-1]))
        maps.append(self.flatten(maps[-1]))
        return maps
        ### END SOLUTION

    def call(self, images):
        """The logits, of shape (n, 10), for images of shape (n, 28, 28, 1)."""
        ### BEGIN SOLUTION
        vectors = self.feature_maps(images)[-1]
        for layer in self.dense:
            vectors = layer(vectors)
        return vectors
        ### END SOLUTION

# %% [markdown]
# The check builds your network and passes random images through it.

# %% nbgrader={"grade": true, "grade_id": "test_LeNet5", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
MAP_NAMES = ("first convolution", "first pooling", "second convolution", "second pooling", "flattened")
MAP_SHAPES = ((28, 28, 6), (14, 14, 6), (10, 10, 16), (5, 5, 16), (400,))
MAP_CAUSES = {
    (24, 24, 6): "the first convolution pads (padding same), so that 28 stays 28",
    (28, 28, 16): "6 kernels come first, 16 second",
    (26, 26, 6): "the kernels are 5×5, and the first convolution pads",
    (27, 27, 6): "a pooling window moves by its own size: stride 2",
    (14, 14, 16): "only the first convolution pads",
    (9, 9, 16): "a pooling window moves by its own size: stride 2",
    (12, 12, 16): "the kernels are 5×5",
    (16, 5, 5): "the channel is last",
    (120,): "the flattened vector comes before the first dense layer",
}
noise = np.random.default_rng(1).random((3, 28, 28, 1)).astype("float32")
network = checks.call(LeNet5)
checks.true(isinstance(network, tf.keras.Model), "LeNet5() should be a tf.keras.Model.")
maps = checks.call(network.feature_maps, noise)
checks.true(isinstance(maps, list | tuple), f"feature_maps should return a list of five, but returns {type(maps).__name__}.")
checks.same(len(maps), 5, "how many items feature_maps returns", causes={4: "the flattened vector is missing", 1: "only the last map was returned"})
for place, shape, item in zip(MAP_NAMES, MAP_SHAPES, maps, strict=True):
    causes = {(3, *wrong): text for wrong, text in MAP_CAUSES.items() if wrong != shape}
    checks.array(item, (3, *shape), f"feature_maps, {place},", causes=causes)
logits = checks.array(checks.call(network, noise), (3, 10), "the output of LeNet5 for three images")
checks.same(
    network.count_params(),
    61_706,
    "the number of parameters",
    causes={
        61_470: "no layer has a bias; every convolution and dense layer has one",
        61_684: "the convolutions have no bias",
        51_902: "the dense layer of 84 units is missing",
        61_794: "batch normalisation is not part of LeNet-5",
        47_666: "the dense layers have 120 and 84 units; the larger one comes first",
        60_856: "the last layer is made inside call; layers belong in __init__",
        850: "only the last layer is made in __init__; all layers belong there",
        0: "the layers are made inside call; they belong in __init__",
        61_610: "the first kernels are 3×3, not 5×5",
    },
    rule="The network should have the layers of the table and no others, each with a bias.",
)
shares = np.asarray(logits)
checks.true(
    not (np.all(shares >= 0) and np.allclose(shares.sum(axis=1), 1, atol=1e-4)),
    "The ten outputs of each image are positive and add up to 1: these are probabilities, as of a softmax in the last layer. "
    "Asked for are logits, without activation.",
)
### BEGIN HIDDEN TESTS
def squash(values, activation):
    known = {"relu": tf.nn.relu, "tanh": tf.tanh, "sigmoid": tf.sigmoid, "elu": tf.nn.elu, "softplus": tf.nn.softplus}
    return np.asarray(known[activation](values))


def shrink(values, pooling):
    blocks = values.reshape(len(values), values.shape[1] // 2, 2, values.shape[2] // 2, 2, -1)
    return blocks.max(axis=(2, 4)) if pooling == "max" else blocks.mean(axis=(2, 4))


def slide(values, kernel, bias, padding):
    return np.asarray(tf.nn.conv2d(values, kernel, 1, padding) + bias)


network = LeNet5()
with tf.GradientTape() as tape:
    total = tf.reduce_sum(network(noise) ** 2)
gradients = tape.gradient(total, network.trainable_weights)
checks.same(
    sum(math.prod(weight.shape) for weight, gradient in zip(network.trainable_weights, gradients, strict=True) if gradient is not None),
    61_706, "the number of parameters that training can change",
    rule="Every weight should be trainable, and every step from a layer to the logits TensorFlow's.",
)
checks.true(
    all(weight.std() > 0 for weight in network.get_weights() if weight.size > 120),
    "All weights of a kernel start with the same number, so its units can never become different. Kernels start with random numbers.",
)
checks.true(not network.losses, "The network adds a penalty to its loss, as a regularizer does. LeNet-5 has none.")
for given in (
    {"activation": "relu", "pooling": "max"}, {"activation": "sigmoid", "pooling": "average"}, {"activation": "tanh"},
    {"activation": "elu", "pooling": "average"}, {"pooling": "average"}, {"activation": "softplus", "pooling": "max"}, {},
):
    activation, pooling = given.get("activation", "relu"), given.get("pooling", "max")
    variant = checks.describe_call(LeNet5, (), given)
    network = LeNet5(**given)
    network(noise[:2])
    checks.same(
        network.count_params(), 61_706, f"the number of parameters of {variant}", rule="The arguments should change activation and pooling alone."
    )
    draw = np.random.default_rng(7)
    network.set_weights([draw.normal(0, 0.15, weight.shape).astype("float32") for weight in network.get_weights()])
    by_size = {weight.size: weight for weight in network.get_weights()}
    checks.true({150, 6, 2400, 16, 48000, 120, 10080, 84, 840, 10} <= set(by_size),
        f"The weights of {variant} should be those of the table, but their shapes are "
        f"{', '.join(str(weight.shape) for weight in network.get_weights())}.",
    )
    found = [np.asarray(item) for item in network.feature_maps(noise)]
    for index, kernel_size, padding, before, hint in (
        (0, 150, "SAME", noise, "Padding same adds two rows and columns of zeros on every side."),
        (2, 2400, "VALID", found[1], "It takes the map of the first pooling and does not pad."),
    ):
        channels = (6, 16)[index // 2]
        kernel = by_size[kernel_size].reshape(5, 5, -1, channels)
        linear = slide(before, kernel, by_size[channels], padding)
        causes = {"the activation is missing here": linear}
        causes |= {f"the activation is {other}, " + ("whatever was asked for" if "activation" in given else "but the default is relu"): squash(linear, other) for other in ("relu", "tanh", "sigmoid", "elu") if other != activation}
        checks.close(found[index], squash(linear, activation), f"{variant}, {MAP_NAMES[index]}", causes=causes, tolerance=1e-3, rule=hint)
    for index in (1, 3):
        other = "average" if pooling == "max" else "max"
        causes = {f"{other} pooling, but {pooling} pooling " + ("was asked for" if "pooling" in given else "is the default"): shrink(found[index - 1], other)}
        checks.close(
            found[index], shrink(found[index - 1], pooling), f"{variant}, {MAP_NAMES[index]}", causes=causes, tolerance=1e-3,
            rule="The pooling windows are 2×2, side by side, on the map before.",
        )
    checks.close(
        np.sort(found[4]), np.sort(found[3].reshape(3, 400)), f"{variant}, flattened", tolerance=1e-3,
        rule="The vector should hold the 400 numbers of the second pooling.",
    )
    weights = [by_size[size].reshape(-1, units) for size, units in ((48000, 120), (10080, 84), (840, 10))]
    inner, flat_inner = found[4], found[4]
    for weight in weights[:2]:
        inner = squash(inner @ weight + by_size[weight.shape[1]], activation)
        flat_inner = flat_inner @ weight + by_size[weight.shape[1]]
    expected_logits = inner @ weights[2] + by_size[10]
    checks.close(network(noise),
        expected_logits,
        f"{variant}, logits computed from its flattened vector",
        causes={
            "the two dense layers before the last have no activation": flat_inner @ weights[2] + by_size[10],
            "the last layer has an activation; logits have none": squash(expected_logits, activation),
            "softmax in the last layer; logits have no activation": np.asarray(tf.nn.softmax(expected_logits)),
        }, tolerance=1e-3,
        rule="The three dense layers follow each other, the first two with the activation, the last one without.",
    )
    checks.close(
        network(noise, training=True), expected_logits, f"{variant}, in training as at inference", tolerance=1e-3,
        rule="LeNet-5 has no layer that works differently in training.",
    )
### END HIDDEN TESTS
print("LeNet5: all checks passed")

# %% [markdown]
# Here is the table again, this time from your network: the shape of each output, and the sizes of its five arrays of weights (Keras calls all of them kernels) and five of biases.

# %% tags=["nbval-check-output"]
network = LeNet5()
for place, values in zip(MAP_NAMES, network.feature_maps(noise), strict=True):
    print(f"{place:18} {'×'.join(map(str, values.shape[1:])):>9}")
print(f"{'logits':18} {network(noise).shape[1]:>9}")
sizes = sorted(weight.size for weight in network.get_weights())
print("weights and biases, by size:", *sizes, "; in all", f"{sum(sizes):,}")

# %% [markdown]
# ## 3. Loss, optimiser, metric
#
# ### From logits to a loss, by hand
#
# Take three classes and one image with the logits (2, 1, 0). *Softmax* turns logits into probabilities, which are positive and add up to 1. The *cross-entropy* is the negative logarithm of the probability of the true class.
#
# | class | logit | $e^{\text{logit}}$ | probability | loss, if this is the true class |
# |---|---|---|---|---|
# | 0 | 2 | 7.389 | 0.665 | 0.408 |
# | 1 | 1 | 2.718 | 0.245 | 1.408 |
# | 2 | 0 | 1.000 | 0.090 | 2.408 |
# | | | 11.107 | 1.000 | |
#
# A network that has learned nothing gives each of the ten digits the probability 1/10, so its loss is ln 10 = 2.303. Remember this number: if the loss stays there, the network is not learning.
#
# Keras offers this loss in several forms. Two questions tell you which one you need.
#
# 1. *How are the labels given?* As whole numbers, 0 to 9, so you need the **sparse** form. (The other form takes ten numbers per label, nine of them 0 and one of them 1.)
# 2. *What does the network return?* Logits, so the loss must apply softmax itself: **`from_logits=True`**. Without it, Keras treats the logits as probabilities and computes nonsense, with no error message. With it, Keras computes the softmax and the logarithm in one step that cannot overflow.
#
# ### The optimiser
#
# In each step, *Adam* moves every weight by about the *learning rate*, whatever the size of the gradient. The learning rate may be a number or a *schedule*, a rate that changes from step to step. Early in training, large steps make quick progress; later, small ones let the weights settle, so that the result depends less on chance. You are given a schedule: the rate falls from 0.002 to 0 along half a cosine wave.

# %% tags=["seeds"]
BATCH = 128  # images in one training step


def falling_rate(images: int, epochs: int) -> tf.keras.optimizers.schedules.LearningRateSchedule:
    """A learning rate for Adam that falls from 0.002 to 0 during `epochs` passes over `images` images."""
    steps = epochs * math.ceil(images / BATCH)
    return tf.keras.optimizers.schedules.CosineDecay(0.002, steps)


# %% tags=["nbval-check-output"]
rate = falling_rate(images=12_800, epochs=5)  # 100 steps per epoch, 500 in all
for step in (0, 125, 250, 375, 500):
    print(f"step {step:3}: {float(rate(step)):.5f}")

# %% [markdown]
# The check for the next task uses a network whose logits are known, because it returns its inputs:

# %%
def echo_network(classes: int) -> tf.keras.Model:
    """A network with one dense layer that returns its inputs as logits."""
    network = tf.keras.Sequential([tf.keras.Input((classes,)), tf.keras.layers.Dense(classes, use_bias=False)])
    network.set_weights([np.eye(classes, dtype="float32")])
    return network

# %% [markdown]
# ### Task 3: compile (2 points)
#
# `compile` gives a network its optimiser, its loss and the metrics it should report. One of the inputs in the check is the example computed by hand above.

# %% nbgrader={"grade": false, "grade_id": "compile_model", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    """Give a classifier its optimiser, loss and metric.

    Parameters
    ----------
    model
        returns logits of shape (n, classes); its labels are whole numbers of shape (n,).
    learning_rate
        a float or a learning-rate schedule, for the Adam optimiser.

    Returns
    -------
    tf.keras.Model
        the same model, compiled with Adam, the mean cross-entropy of the logits (correct for large ones
        too) and the metric "accuracy", the fraction of images whose largest logit is that of their label.
    """
    ### BEGIN SOLUTION
    model.compile(
        optimizer=tf.keras.optimizers.Adam(learning_rate),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_compile_model", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
echo = echo_network(3)
checks.true(checks.call(compile_model, echo, 0.001) is echo, "compile_model should return the model it was given, no other one.")
checks.true(echo.compiled, "The model that was handed over is not compiled. Compile the argument `model`, no other model.")
logits_by_hand = np.array([[2, 1, 0], [2, 1, 0]], "float32")
try:
    report = echo.evaluate(logits_by_hand, np.array([0, 2]), verbose=0, return_dict=True)
except (TypeError, ValueError, tf.errors.InvalidArgumentError) as error:
    raise checks.CheckFailed(
        "The compiled model cannot be measured with logits of shape (2, 3) and the labels 0 and 2. Labels that are whole numbers need "
        "the sparse form of the loss, and `compile` takes optimizer, loss and metrics by these names: its third place is not metrics. "
        f"Keras says: {str(error).strip().splitlines()[0][:200]}"
    ) from None
checks.true(
    "accuracy" in report, f'The model should report the metric "accuracy", but reports {", ".join(report)}.',
)
shares_by_hand = np.exp(logits_by_hand) / np.exp(logits_by_hand).sum(axis=1, keepdims=True)
checks.close(
    report["loss"],
    (0.4076 + 2.4076) / 2,
    "the loss for logits (2, 1, 0) twice, true classes 0 and 2",
    causes={
        "the loss takes the logits for probabilities; say from_logits=True": np.mean(
            tf.keras.losses.sparse_categorical_crossentropy(np.array([0, 2]), logits_by_hand)
        ),
        "softmax is applied twice": np.mean(np.log(np.exp(shares_by_hand).sum(axis=1)) - shares_by_hand[[0, 1], [0, 2]]),
        "the sum over the images; asked for is the mean": 0.4076 + 2.4076,
    },
    tolerance=1e-3,
    rule="The loss should be the cross-entropy of the logits.",
)
checks.close(
    report["accuracy"], 0.5, "the accuracy for logits (2, 1, 0) twice, true classes 0 and 2",
    rule="The metric should be the share of images whose largest logit is that of the true class.",
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(3)
logits = draw.normal(0, 3, (64, 7)).astype("float32")
labels = draw.integers(0, 7, 64)
large_logits, large_losses = np.full((4, 7), -400, "float32"), [600, 0, 100, 30]  # for the labels 1, 1, 0, 2
large_logits[:, :3] = [[300, -300, 0], [0, 40, 0], [-200, -200, -100], [90, 0, 60]]


def stepped(rates: list, adam: bool = True) -> np.ndarray:
    """The weights after one step a rate, by hand: of Adam, or of plain gradient descent."""
    weights, first, second = np.eye(7), 0, 0
    for number, rate in enumerate(rates, start=1):
        powers = np.exp(logits @ weights)
        gradient = logits.T @ (powers / powers.sum(axis=1, keepdims=True) - np.eye(7)[labels]) / 64
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        scale = np.sqrt(1 - 0.999**number) / (1 - 0.9**number)
        step = scale * first / (np.sqrt(second) + 1e-7) if adam else gradient
        weights = weights - rate * step
    return weights


for rate_name, rate_given, rates in (
    ("the learning rate 0.02", 0.02, [0.02] * 3),
    ("a schedule that halves 0.01 at each step", tf.keras.optimizers.schedules.ExponentialDecay(0.01, 1, 0.5), [0.01, 0.005, 0.0025]),
):
    echo = echo_network(7)
    checks.call(compile_model, echo, rate_given)
    if rate_given == 0.02:
        report = echo.evaluate(logits, labels, verbose=0, return_dict=True)
        powers = np.exp(logits.astype("float64"))
        losses = [-np.log(power[label] / power.sum()) for power, label in zip(powers, labels, strict=True)]
        checks.close(report["loss"], np.mean(losses), "the loss of 64 random images with 7 classes", tolerance=1e-3,
            rule="The loss should be the mean cross-entropy of the logits, for any number of classes.")
        hits = [max(range(7), key=row.__getitem__) == label for row, label in zip(logits.tolist(), labels, strict=True)]
        checks.close(report["accuracy"], np.mean(hits), "the accuracy of 64 random images with 7 classes",
            causes={"this is the share of wrong images": 1 - np.mean(hits)},
            rule="The metric should be the share of images whose largest logit is that of the true class.")
        large = echo.evaluate(large_logits, np.array([1, 1, 0, 2]), verbose=0, return_dict=True)
        in_one_step = "Softmax and logarithm, one after the other, overflow or are cut off; from_logits=True makes one step of them."
        checks.true(np.isfinite(large["loss"]), f"The loss of logits as large as 300 is {large['loss']}. {in_one_step}")
        checks.close(large["loss"], np.mean(large_losses), "the loss of logits as large as 300", rule=in_one_step)
    for _ in rates:
        echo.train_on_batch(logits, labels)
    moves = {
        "Adam works with 0.001 here, its own rate, not with the one that is given": stepped([0.001] * 3),
        "the schedule was turned into one number; Adam takes it as it is": stepped(rates[:1] * 3),
        "plain gradient descent; asked for is Adam": stepped(rates, adam=False),
    }
    checks.close(
        (echo.get_weights()[0] - np.eye(7)) / rates[0], (stepped(rates) - np.eye(7)) / rates[0],
        f"how far three training steps move the weights, in multiples of the first rate, for {rate_name}",
        causes={cause: (weights - np.eye(7)) / rates[0] for cause, weights in moves.items()}, tolerance=2e-3,
        rule="The optimiser should be Adam, with the learning rate that is given.",
    )
### END HIDDEN TESTS
print("compile_model: all checks passed")

# %% [markdown]
# ## 4. Training that stops by itself
#
# ### Early stopping, by hand
#
# With every *epoch* (one pass over the training images), the network fits these images better. On images it has not seen, it improves for a while and then gets worse: it begins to memorise the training images, which is called *overfitting*. So the loss on the *validation set* is measured after each epoch. With *patience 3*, training stops when 3 epochs in a row have brought no new minimum, and the weights of the best epoch are restored.
#
# | epoch | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
# |---|---|---|---|---|---|---|---|
# | validation loss | 0.40 | 0.31 | **0.28** | 0.30 | 0.29 | 0.33 | 0.27 |
# | epochs without a new best | 0 | 0 | 0 | 1 | 2 | 3: stop | not trained |

# %%
figures.early_stopping([0.40, 0.31, 0.28, 0.30, 0.29, 0.33, 0.27], patience=3)

# %% [markdown]
# Epoch 7 would have been better than epoch 3, but nobody can know that after epoch 6. A larger patience finds more such cases, but costs more time.
#
# Why watch the loss and not the accuracy? The accuracy changes only when a wrong prediction becomes right or a right one wrong. The loss also reflects how confident the network is, so it shows earlier that something is going wrong.
#
# ### Callbacks
#
# *Callbacks* are objects that Keras calls after each epoch. You need two of them: `tf.keras.callbacks.EarlyStopping`, which watches one number (named by its argument `monitor`), and `tf.keras.callbacks.TensorBoard`, which writes the loss and the metrics to *event files* in a folder. A separate program, also called TensorBoard, displays them while training runs.
#
# ### Task 4: train (3 points)

# %% nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(
    model: tf.keras.Model,
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    batch_size: int = BATCH,
    verbose: int = 0,
) -> tf.keras.callbacks.History:
    """Train a compiled model, with early stopping and a log for TensorBoard.

    Parameters
    ----------
    model
        already compiled: do not compile it again. Train it with the optimiser and loss it has.
    training, validation
        each a pair of images (or other inputs) and labels. The model learns only from the first
        pair; its loss on the second pair is measured after each epoch.
    epochs
        the maximum number of passes over the training images. Training stops earlier if the
        validation loss has had no new lowest value for 3 epochs in a row; then the weights of
        the best epoch are restored. (If it does not stop earlier, the model may keep the weights
        of either the best or the last epoch.)
    log_folder
        the event files for TensorBoard are written to this folder, or to folders inside it.
    batch_size
        images in one training step; the last step of an epoch may have fewer.
    verbose
        what Keras prints: nothing for 0, one line per epoch for 2.

    Returns
    -------
    tf.keras.callbacks.History
        what the model's method `fit` returns; its `history` holds "loss", "val_loss", ...
    """
    ### BEGIN SOLUTION
    stop = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
    log = tf.keras.callbacks.TensorBoard(log_folder)
    return model.fit(
        *training,
        validation_data=validation,
        epochs=epochs,
        batch_size=batch_size,
        callbacks=[stop, log],
        verbose=verbose,
    )
    ### END SOLUTION

# %% [markdown]
# The check trains a network with a single weight $w$. Its output is $w$ times its input, and it starts at $w = 0$. In the first training run, the right answer for both sets is $w = 2$. In the second, the right answer for the validation set is $w = -2$: the better the network fits the training set, the worse its validation loss becomes, right from the first epoch. The check takes about 3 seconds.

# %% nbgrader={"grade": true, "grade_id": "test_train", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def one_weight(start: float, rate: float) -> tf.keras.Model:
    """A network whose output is one weight times its input, with a squared error and plain steps."""
    network = tf.keras.Sequential([tf.keras.Input((1,)), tf.keras.layers.Dense(1, use_bias=False)])
    network.set_weights([np.array([[start]], "float32")])
    network.compile(
        tf.keras.optimizers.SGD(rate), "mse", metrics=[tf.keras.metrics.BinaryAccuracy(name="accuracy")]
    )
    return network


inputs = np.linspace(0.5, 1.5, 64, dtype="float32")[:, np.newaxis]
with tempfile.TemporaryDirectory() as log_folder:
    single = one_weight(0.0, 0.05)
    result = checks.call(train, single, (inputs, 2 * inputs), (inputs[:20], 2 * inputs[:20]), 5, log_folder, 16)
    checks.true(
        isinstance(getattr(result, "history", None), dict),
        f"train should return the History, but returns {type(result).__name__}. It is what the method fit returns.",
    )
    losses = result.history
    checks.true("val_loss" in losses, "There is no validation loss in the history. The method fit measures it on its validation_data.")
    checks.same(
        len(losses["loss"]), 5, "epochs trained, of 5 asked for, with a validation loss that always falls",
        causes={4: "early stopping takes a larger loss for a better one, or watches another number"},
        rule="It should train for as many epochs as `epochs` says, unless the validation loss stops it.",
    )
    checks.true(losses["loss"][-1] < losses["loss"][0], "The training loss did not fall. The model should learn from the training pair.")
    written = tensorboard.scalars(log_folder)
    for run_name in ("train", "validation"):
        logged = [values for (run, tag), values in written.items() if run_name in run and "loss" in tag]
        checks.true(
            any(len(values) >= 5 for values in logged),
            f"The log folder holds no {run_name} loss of 5 epochs. The TensorBoard callback writes them, into the folder it is told.",
        )
    single = one_weight(0.0, 0.05)
    losses = checks.call(train, single, (inputs, 2 * inputs), (inputs, -2 * inputs), 12, log_folder, 16).history
checks.same(
    len(losses["loss"]),
    4,
    "epochs trained, with a validation loss that is lowest in epoch 1 and patience 3",
    causes={
        1: "patience 0", 2: "patience 1; asked for is 3", 3: "patience 2; asked for is 3",
    },
    rule="With patience 3, training should stop after three epochs without a lower loss of the validation pair.",
)
### BEGIN HIDDEN TESTS
import contextlib
import io


def refuse_to_compile(*arguments, **keywords):
    """Stands in for the method `compile` of a model."""
    raise checks.CheckFailed("The model is compiled already: it should not be compiled again.")


def loss_at(weight, target):
    return float(np.mean((weight * inputs - target * inputs) ** 2))


kept = float(single.get_weights()[0][0, 0])
checks.close(loss_at(kept, -2), losses["val_loss"][0], "the validation loss of the weights that are left after the stop",
    causes={"the weights of the last epoch were kept; restore those of the best one": losses["val_loss"][-1]}, tolerance=1e-3,
    rule="The weights of the best epoch should be left.",
)
with tempfile.TemporaryDirectory() as hidden_logs:
    hopeful = one_weight(0.2, 3e-5)
    own_optimizer = hopeful.optimizer
    hopeful.compile = refuse_to_compile
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        result = checks.call(train, hopeful, (inputs[:50], 0 * inputs[:50] + 1), (inputs, 0 * inputs + 1), 7, hidden_logs, 20)
    checks.true("/step" not in printed.getvalue(), "With verbose=0, which is the default, Keras should print nothing, but prints a line of progress.")
    checks.true(hopeful.optimizer is own_optimizer, "The model has another optimiser than before. It is compiled already: use it as it is.")
    checks.true(max(result.history["val_accuracy"]) == 0,
        "The validation accuracy should have stayed at 0 here. The model should start from its own weights and take steps of its own learning rate.")
    checks.same(len(result.history["val_loss"]), 7, "epochs trained while the validation loss falls a little and the validation accuracy stays at 0",
        rule="Every new lowest value of the validation loss counts, also a small improvement; the accuracy does not matter.",
    )
    checks.same(int(own_optimizer.iterations), 21, "training steps of 7 epochs, 50 images, batch size 20",
        rule="Each epoch should go through the training images once, in batches of `batch_size`, the last of which is smaller.",
    )
    weight = float(hopeful.get_weights()[0][0, 0])
    checks.close(np.mean((weight * inputs - 1) ** 2), result.history["val_loss"][-1], "the last validation loss, computed from the trained weight", tolerance=1e-5,
        rule="The weights should stay as training left them, and the validation loss be that of the validation pair.")
    logged = [values for (run, tag), values in tensorboard.scalars(hidden_logs).items() if "validation" in run and "loss" in tag]
    checks.true(any(np.allclose(values[-7:], result.history["val_loss"], atol=1e-5) for values in logged if len(values) >= 7),
        "The validation losses in the event files are not those of this training.",
    )


def accuracy(labels, outputs):
    """A metric that is large where the loss is: whoever watches it, too, finds another best epoch."""
    return tf.reduce_mean(tf.abs(labels - outputs)) * 10


ones = np.ones((20, 1), "float32")
with tempfile.TemporaryDirectory() as hidden_logs:
    swinging = one_weight(0.0, 0.95)  # each step leads from one side of 2 to the other, a little closer each time
    swinging.compile(tf.keras.optimizers.SGD(0.95), "mse", metrics=[accuracy])
    swinging.compile = refuse_to_compile
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        history = checks.call(train, swinging, (ones, 2 * ones), (ones, 3.2 * ones), 12, hidden_logs, verbose=2).history
    weights = [2 - 2 * (-0.9) ** epoch for epoch in range(1, 9)]
    swung = [(weight - 3.2) ** 2 for weight in weights]
    checks.same(len(history["val_loss"]), 8, "epochs trained, where the validation loss is lowest in the epochs 1, 3 and 5 and much larger between them",
        causes={12: "an epoch counts as better than the one before; it has to be better than all before", 6: "the epochs without a new lowest value are counted from the start; a new lowest value sets the count back to 0"},
        rule="It should stop after three epochs in a row without a new lowest value.")
    checks.close(history["val_loss"], swung, "the validation losses of these epochs", tolerance=1e-3, rule="They should be measured on all of the validation pair after each epoch.")
    checks.close(float(swinging.get_weights()[0][0, 0]), weights[4], "the weight that is left, where epoch 5 of 8 is the best", tolerance=1e-3,
        causes={"the weights of the last epoch were kept; restore those of the best one": weights[7]}, rule="The weights of the best epoch should be left.")
    lines = [line for line in printed.getvalue().splitlines() if "val_loss" in line]
    checks.same(len(lines), 8, "lines with the validation loss that Keras prints in 8 epochs with verbose=2", rule="With verbose=2 Keras prints a line an epoch: hand it on.")
    default = one_weight(0.0, 0.01)
    many = np.ones((2 * BATCH + 1, 1), "float32")
    checks.call(train, default, (many, many), (ones, ones), 2, hidden_logs)
    checks.same(int(default.optimizer.iterations), 6, f"training steps of 2 epochs of {len(many)} images without `batch_size`", rule=f"Its default is {BATCH}.")
### END HIDDEN TESTS
print("train: all checks passed")

# %% [markdown]
# ## 5. Train LeNet-5
#
# You now have all the parts. The next function puts them together, so that one call trains one network. It also sets the *seed*, the number that determines everything random: the initial weights and the order of the images. With the same seed on the same machine, you get the same network again. `tf.keras.utils.set_random_seed` sets the seeds of Python, NumPy and TensorFlow at once. It must be called before the network creates its weights.
#
# ### Task 5: one call, one trained network (4 points)

# %% nbgrader={"grade": false, "grade_id": "train_lenet", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_lenet(
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    activation: str = "relu",
    pooling: str = "max",
    seed: int = 1,
    verbose: int = 0,
) -> tuple:
    """Train one LeNet-5 from a seed, with `LeNet5`, `compile_model` and `train`.

    Set the seed, create the network with this activation and pooling, compile it using
    `compile_model` with `falling_rate` for this number of training images and epochs, and train it
    using `train` with its default batch size.

    Parameters
    ----------
    training, validation, epochs, log_folder, verbose
        as in `train`.
    activation, pooling
        as in `LeNet5`.
    seed
        a whole number, 0 or more; the same seed gives the same network, another seed a different one.

    Returns
    -------
    tuple
        the trained LeNet5 and what `train` returned.
    """
    ### BEGIN SOLUTION
    tf.keras.utils.set_random_seed(seed)
    model = LeNet5(activation, pooling)
    compile_model(model, falling_rate(len(training[0]), epochs))
    history = train(model, training, validation, epochs, log_folder, verbose=verbose)
    return model, history
    ### END SOLUTION

# %% [markdown]
# The check has two parts. The first trains on 200 images of noise, which takes a few seconds. The second is the real training, with the images and epochs that the budget sets: **about 40 seconds** with the CPU budget. It prints one line per epoch, and then requires a minimum accuracy on the test set:
#
# | budget | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 8,000 images, 3 epochs | 94.73 % | 0.47 % | 92.0 % | 5.8 standard deviations |
# | cpu | 50,000 images, 7 epochs | 99.07 % | 0.10 % | 98.5 % | 6.0 standard deviations |
# | gpu | 55,000 images, 8 epochs | 99.07 % | 0.16 % | 98.4 % | 4.1 standard deviations |
#
# The course team trained 20 networks with each budget, using seeds 1 to 20. The required accuracy lies at least four standard deviations below the mean, so a correct answer does not fail through bad luck. (All of them were trained on a CPU, even those with the `gpu` budget: its accuracy was measured, but not its time on a GPU. Its spread is wider than that of `cpu` because one of its 20 training runs had three bad epochs early, while the learning rate was still high, and was stopped at 98.56 %. That is the risk of setting a small patience.)

# %% nbgrader={"grade": true, "grade_id": "test_train_lenet", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
speckle = np.random.default_rng(2).random((300, 28, 28, 1)).astype("float32")
few, fewer = (speckle[:200], np.arange(200) % 5), (speckle[200:], 5 + np.arange(100) % 5)
with tempfile.TemporaryDirectory() as log_folder:
    result = checks.call(train_lenet, few, fewer, 2, log_folder, "sigmoid", "average", seed=4)
    checks.true(
        isinstance(result, tuple | list) and len(result) == 2,
        f"train_lenet should return two things, the network and its History, but returns {type(result).__name__}.",
    )
    small, small_history = result
    checks.true(
        isinstance(small, tf.keras.Model) and isinstance(getattr(small_history, "history", None), dict),
        "train_lenet should return a network and a History, but returns "
        f"{type(small).__name__} and {type(small_history).__name__}. The network comes first, then what `train` returned.",
    )
    checks.same(
        small.count_params(), 61_706, "the number of parameters of the trained network", rule="The network should be a LeNet5."
    )
    checks.same(
        len(small_history.history["val_loss"]), 2, "epochs trained, of 2 asked for", rule="It should train for as many epochs as `epochs` says, unless the validation loss stops it."
    )
    checks.true(len(tensorboard.event_files(log_folder)) > 0, "The log folder holds no event files. It should be handed on to `train`.")
### BEGIN HIDDEN TESTS
def distance(network, other):
    """How far the weights of two networks are apart, on average."""
    return float(np.mean([np.abs(mine - theirs).mean() for mine, theirs in zip(network.get_weights(), other.get_weights(), strict=True)]))


def mark(pair):
    """A number that stays the same only if every image keeps its values and its label, in whatever order."""
    images, labels = (np.asarray(part, "float64") for part in pair)
    return float(images.sum(axis=(1, 2, 3)) @ (labels + 1))


def only_build(*arguments, **keywords):
    """Stands in for `train` for a moment: it keeps what it is handed, makes the weights and trains nothing."""
    call = inspect.signature(real_train).bind(*arguments, **keywords)
    call.apply_defaults()
    handed.append(dict(zip(("model", "training", "validation", "epochs", "log_folder", "batch_size", "verbose"), call.arguments.values(), strict=False)))
    handed[-1]["model"](speckle[:1])
    return small_history


notebook, handed = get_ipython().user_ns, []  # an answer finds `train` among the notebook's names
real_train, notebook["train"] = notebook["train"], only_build
try:
    with tempfile.TemporaryDirectory() as hidden_logs:
        first, again, other = (train_lenet(few, fewer, 4, hidden_logs, seed=number)[0] for number in (4, 4, 5))
        zero, zero_again = (train_lenet(few, fewer, 4, hidden_logs, seed=0)[0] for _ in range(2))
        default, one = train_lenet(few, fewer, 4, hidden_logs)[0], train_lenet(few, fewer, 4, hidden_logs, "relu", "max", 1, 2)[0]
finally:
    notebook["train"] = real_train
checks.same(len(handed), 7, "how often 7 calls of train_lenet called `train`", rule="Each call should train one network, by `train`.")
for call in handed:
    checks.same((call["epochs"], call["batch_size"]), (4, BATCH), "epochs and batch size that `train` got",
        rule="They should be the epochs that train_lenet was handed, and the usual batch size.")
    checks.true(str(call["log_folder"]).startswith(hidden_logs), "The log folder that `train` got should be the one that train_lenet was handed.")
checks.same([call["verbose"] for call in handed], [0] * 6 + [2], "`verbose` that `train` got in six calls without it and one with 2",
    rule="It should be handed on, and be 0 where it is not given.")
for model, seen, watched in [(call["model"], call["training"], call["validation"]) for call in handed[:1]]:
    if np.isclose(mark(seen), mark(fewer), rtol=1e-6):
        cause = "training and validation images were exchanged"
    elif len(seen[1]) != 200:
        cause = f"images were added or left out, {len(seen[1])} instead of 200"
    elif np.isclose(np.sum(seen[0]), np.sum(few[0]), rtol=1e-4):
        cause = "labels no longer belong to their images"
    else:
        cause = "the images are not those that were handed over, which are prepared already"
    checks.true(np.isclose(mark(seen), mark(few), rtol=1e-6),
        f"`train` should learn from the training pair as it was handed over, but gets something else: {cause}.",
    )
    checks.true(np.isclose(mark(watched), mark(fewer), rtol=1e-6),
        "`train` should watch the validation pair as it was handed over, but gets something else.",
    )
    rates = []
    for step in (0, 4, 8):
        model.optimizer.iterations.assign(step)
        rates.append(1000 * float(model.optimizer.learning_rate))
    checks.close(rates, [2, 1, 0], "a thousand times the learning rate at the start, half-way through and at the end of 4 epochs of 200 images",
        causes={
            "the rate is constant; falling_rate falls from step to step": [rates[0]] * 3,
            "the two arguments of falling_rate were exchanged; the number of images comes first":
                [1000 * float(falling_rate(4, 200)(step)) for step in (0, 4, 8)],
        }, tolerance=1e-3, rule="It should be falling_rate for the number of training images and of epochs.")
seeded = "The seed should be set before the network is made, by tf.keras.utils.set_random_seed(seed), whatever `seed` is."
checks.true(distance(first, again) < 0.001, f"Two trainings with seed 4 should start with the same weights. {seeded}")
checks.true(distance(zero, zero_again) < 0.001, f"Two trainings with seed 0 should start with the same weights. {seeded}")
checks.true(distance(default, one) < 0.001, f"Without `seed` the training should start with the weights of seed 1. {seeded}")
checks.true(distance(first, other) > 0.01 < distance(zero, one), f"Trainings with different seeds should start with different weights. {seeded}")
default_map, default_pooled = (np.asarray(item) for item in first.feature_maps(fewer[0])[:2])
checks.true(default_map.min() == 0,
    f"Called without an activation, train_lenet should make a network with ReLU, so the smallest value of the first feature map is 0, but here it is {default_map.min():.2g}.",
)
windows = default_map.reshape(100, 14, 2, 14, 2, 6)
checks.close(default_pooled, windows.max(axis=(2, 4)), "the first pooling, where train_lenet is called without a pooling", tolerance=1e-3,
    causes={'average pooling: the default of `pooling` is not "max"': windows.mean(axis=(2, 4))},
)
first_map, pooled_map = (np.asarray(item) for item in small.feature_maps(fewer[0])[:2])
checks.true(first_map.min() > 0 and first_map.max() < 1 and (first_map == 0).sum() == 0,
    'With activation="sigmoid" every value of the first feature map lies between 0 and 1, but here they do not. `activation` should be handed on to LeNet5.',
)
means = (first_map[:, ::2, ::2] + first_map[:, 1::2, ::2] + first_map[:, ::2, 1::2] + first_map[:, 1::2, 1::2]) / 4
checks.close(pooled_map, means, 'the first pooling, with pooling="average"',
    causes={"max pooling: `pooling` was not handed on": np.maximum(np.maximum(first_map[:, ::2, ::2], first_map[:, 1::2, ::2]), np.maximum(first_map[:, ::2, 1::2], first_map[:, 1::2, 1::2]))}, tolerance=1e-3,
)
def loss_on(pair):
    """The mean cross-entropy of the small network, by hand."""
    logits = np.asarray(small(pair[0]), "float64")
    return float(np.mean([np.logaddexp.reduce(row) - row[label] for row, label in zip(logits, pair[1], strict=True)]))


checks.close(min(small_history.history["val_loss"], key=lambda loss: abs(loss - loss_on(fewer))), loss_on(fewer),
    "a validation loss in the history, and that of the returned network on the validation images",
    causes={"training and validation images were exchanged": loss_on(few)}, tolerance=1e-3,
    rule="The network that is returned should be the one that was trained, compiled with the cross-entropy of the logits.",
)
### END HIDDEN TESTS
print("train_lenet: it trains. Now the real training:")
lenet, history = train_lenet(training, validation, plan.epochs, tensorboard.new_folder("logs/02-lenet/main"), verbose=2)
hits = [int(row.argmax()) for row in lenet.predict(test[0], batch_size=500, verbose=0)] == test[1]
checks.true(
    hits.mean() >= plan.accuracy,
    f"The trained network classifies {hits.mean():.2%} of the test images correctly, but {plan.accuracy:.1%} is asked for. "
    "It should be compiled by `compile_model` with the falling rate, and trained by `train` on all images it is given.",
)
print(f"train_lenet: all checks passed, test accuracy {hits.mean():.2%}, asked for {plan.accuracy:.1%}")

# %% [markdown]
# ### Learning curves

# %%
figures.learning_curves(history.history)

# %% [markdown]
# Notice that the first epoch does most of the work. After that, the training loss keeps falling while the validation loss levels off: the gap between the two curves is what the network has learned about the training images alone. In the first epoch, the validation curve looks better because it is measured at the *end* of an epoch, whereas the training curve is the average *over* the epoch.
#
# The event files contain the same numbers:

# %%
for folder, size in tensorboard.event_files("logs/02-lenet/main"):
    print(f"logs/02-lenet/main/{folder}: an event file of {size:,} bytes")
for (run, tag), values in tensorboard.scalars("logs/02-lenet/main").items():
    print(f"{run:10} {tag:32}", *(f"{value:.4f}" for value in values))

# %% [markdown]
# TensorBoard plots them, even while training is still running. In Colab and in Jupyter, the next cell does what `%load_ext tensorboard` and `%tensorboard --logdir logs/02-lenet` do; where there is no browser, it just says so.

# %%
tensorboard.show("logs/02-lenet")

# %% [markdown]
# ### How much of the accuracy is luck?
#
# A different seed gives a different network. The next function trains one with your budget and returns its test accuracy; the table above summarises what it returned for seeds 1 to 20. If you have the time, try it with a seed of your own: `accuracy_of_seed(21)`.

# %% tags=["seeds"]
def accuracy_of_seed(seed: int) -> float:
    """The test accuracy of one LeNet-5, trained from this seed with the images and epochs of the budget."""
    folder = tensorboard.new_folder("logs/02-lenet/seed")
    model, _ = train_lenet(training, validation, plan.epochs, folder, seed=seed)
    return float(np.mean(model.predict(test[0], batch_size=1000, verbose=0).argmax(axis=1) == test[1]))


# %% tags=["audit", "seeds"]
def broken_accuracies(seed: int) -> dict[str, float]:
    """What `accuracy_of_seed` returns, for networks that are plausible but broken."""
    images, labels = training

    def reached(images, labels, epochs=plan.epochs) -> float:
        model = LeNet5()
        if epochs:
            model, _ = train_lenet((images, labels), validation, epochs, tensorboard.new_folder("logs/02-lenet/broken"), seed=seed)
        return float(np.mean(model.predict(test[0], batch_size=1000, verbose=0).argmax(axis=1) == test[1]))

    return {
        "not trained": reached(images, labels, epochs=0),
        "labels shuffled": reached(images, np.random.default_rng(seed).permutation(labels)),
        "one class": reached(images, np.full_like(labels, 3)),
        "normalisation forgotten": reached(255 * images, labels),
    }


# %% [markdown]
# ### What the first layer has learned
#
# Its six kernels have 5×5 weights each, so you can view them as images.

# %%
figures.filters(
    next(weight for weight in lenet.get_weights() if weight.shape == (5, 5, 1, 6))[:, :, 0],
    "The six kernels of the first convolution, learned from the digits",
)

# %% [markdown]
# Compare them with the edge filters of assignment 1. Some have positive weights on one side and negative ones on the other: they respond to edges and strokes in one direction, although nobody designed them to. Others have no simple name, and need none.
#
# ### One digit on its way through the network

# %%
digit = test[0][:1]
figures.feature_maps(digit[0, :, :, 0], {
    place: np.asarray(values)[0]
    for place, values in zip(MAP_NAMES[:4], lenet.feature_maps(digit)[:4], strict=True)
})

# %% [markdown]
# From row to row the maps lose detail and gain meaning. The first maps still show the digit, each with different strokes lit up. The last sixteen have 5×5 numbers each, 400 in all: no person can read the digit from them, but three dense layers can.
#
# ## 6. Evaluate
#
# One number is not enough to judge a network. Here are three, for the test set of 10,000 images:
#
# - the **loss**, the mean cross-entropy: how much probability the network gave to the true classes;
# - the **accuracy**, the fraction of images classified correctly;
# - the **number of wrong images**: 98.9 % and 99.1 % look much the same, but 110 mistakes and 90 do not.
#
# Large sets go through a network in batches, and the last batch may be smaller. An average of the batch averages then gives the images of the small batch more weight than the others. By hand: take 3 images with losses 1, 1 and 4, in batches of 2. The batch means are 1 and 4, and their average is 2.5. The mean over the images is (1 + 1 + 4) / 3 = 2.
#
# ### Task 6: evaluate (3 points)

# %% nbgrader={"grade": false, "grade_id": "evaluate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    """Measure a trained classifier. Do not train the model: its weights stay as they are.

    Parameters
    ----------
    model
        compiled with a loss and with the metric accuracy: do not compile it again.
        It returns logits of shape (n, classes), which may be large.
    images, labels
        the test set: n images (or other inputs) and n labels, whole numbers of any integer dtype.
    batch_size
        how many images go through the model at once; the last batch may be smaller.

    Returns
    -------
    tuple
        the mean cross-entropy over all images (a float), the accuracy from 0 to 1 (a float), and
        the exact number of images classified wrongly (a whole number).
    """
    ### BEGIN SOLUTION
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, round((1 - accuracy) * len(labels))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_evaluate", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def measured(network: tf.keras.Model, inputs: np.ndarray, labels: np.ndarray, what: str, *size: int) -> tuple:
    """What `evaluate` returns, after its types were checked."""
    if not network.compiled:
        network.compile(tf.keras.optimizers.Adam(0.5), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    optimizer, before = network.optimizer, [weight.copy() for weight in network.get_weights()]
    result = checks.call(evaluate, network, inputs, labels, *size)
    checks.true(network.optimizer is optimizer, "The model has another optimiser than before. It is compiled already: use it as it is.")
    checks.true(
        all(map(np.array_equal, before, network.get_weights())) and int(optimizer.iterations) == 0,
        "evaluate changed the weights of the model, or took a training step. It should use the model, and not train it.",
    )
    checks.true(
        isinstance(result, tuple | list) and len(result) == 3,
        f"evaluate should return three numbers (loss, accuracy, wrong images), but returns {type(result).__name__} {result}.",
    )
    checks.true(
        str(np.asarray(result[0])) not in ("inf", "nan"),
        f"The loss of {what} is {np.asarray(result[0])}. Softmax and logarithm overflow with large logits, unless one step is made of them.",
    )
    checks.true(
        not np.issubdtype(np.asarray(result[2]).dtype, np.floating),
        f"the number of wrong images of {what} should be a whole number (int), but is {result[2]}: a count is no product of floats; round() makes a whole number of one.",
    )
    return (
        checks.number(result[0], f"the loss of {what}"),
        checks.number(result[1], f"the accuracy of {what}"),
        checks.whole_number(result[2], f"the number of wrong images of {what}"),
    )


echo = echo_network(3)
three_logits = np.array([[2, 1, 0], [0, 1, 2], [2, 1, 0]], "float32")
measured_loss, measured_share, measured_count = measured(echo, three_logits, np.array([0, 2, 2]), "three images", 2)
checks.close(
    measured_share, 2 / 3, "the accuracy of three images, two of them right",
    causes={"in percent; asked for is 0 to 1": 200 / 3, "the error rate": 1 / 3, "the mean of batch means; the last batch is smaller": 0.5, "the last, smaller batch was left out": 1.0},
    tolerance=1e-3,
    rule="The accuracy is the share of images whose largest logit is that of the true class.",
)
checks.same(
    measured_count, 1, "the number of wrong images, of three",
    causes={2: "these are the right ones"},
    rule="A product like 0.9999 has to be rounded, not cut off.",
)
checks.close(
    measured_loss, (0.4076 + 0.4076 + 2.4076) / 3, "the loss of three images in batches of 2",
    causes={
        "the mean of batch means; the last batch is smaller": (0.4076 + 2.4076) / 2,
        "the last, smaller batch was left out": 0.4076,
        "the sum; asked for is the mean": 0.4076 + 0.4076 + 2.4076,
        "the logits were taken for probabilities (from_logits)": np.mean(
            tf.keras.losses.sparse_categorical_crossentropy(np.array([0, 2, 2]), three_logits)
        ),
    },
    tolerance=1e-3,
    rule="The loss should be the mean cross-entropy of the logits.",
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(9)
wide_logits = (6 * draw.normal(size=(137, 5))).astype("float32")
wide_logits[0] = (300, -300, 0, 0, 0)  # wrong below: a loss of 600
best_guess = np.array([sorted(range(5), key=lambda place, row=row: row[place])[-1] for row in wide_logits])
is_wrong = draw.permutation(np.arange(137) < 54)
is_wrong[[0, np.flatnonzero(is_wrong)[-1]]] = is_wrong[[np.flatnonzero(is_wrong)[-1], 0]]
wide_labels = ((best_guess + is_wrong) % 5).astype("uint8")
per_image = [float(np.logaddexp.reduce(row) - row[label]) for row, label in zip(wide_logits.astype("float64"), wide_labels, strict=True)]
is_right = best_guess == wide_labels
for size in (20, 137, 1000):
    echo = echo_network(5)
    loss, accuracy, wrong = measured(echo, wide_logits, wide_labels, f"137 images in batches of {size}", size)
    causes = {"the mean of batch means; the last batch is smaller": np.mean([np.mean(per_image[start : start + size]) for start in range(0, 137, size)])}
    checks.close(loss, np.mean(per_image), f"the loss of 137 images in batches of {size}", causes=causes, tolerance=1e-3,
        rule="It should be the mean cross-entropy of all of these images.")
    checks.close(accuracy, is_right.mean(), f"the accuracy of 137 images in batches of {size}", tolerance=1e-4,
        rule="It should be the share of right ones among all of these images, not rounded.")
    checks.same(wrong, int((~is_right).sum()), f"the number of wrong images, of 137 in batches of {size}",
        rule="It should be the number of wrong ones among all of these images; a product like 53.9999 has to be rounded, not cut off.")
for number, wrongly in ((61, 4), (67, 9), (67, 38), (61, 10)):
    some_labels = (best_guess[:number] + (np.arange(number) < wrongly)) % 5
    _, accuracy, wrong = measured(echo, wide_logits[:number], some_labels.astype("int16"), f"{number} images", 1000)
    checks.same(wrong, wrongly, f"the number of wrong images, of {number}", rule="A product of floats like 3.9999 has to be rounded, not cut off.")
    checks.close(accuracy, 1 - wrongly / number, f"the accuracy of {number} images, {wrongly} of them wrong", rule="It should not be rounded.")
most = tf.Variable(0)


class Watch(tf.keras.layers.Layer):
    """Passes its inputs on and notes how many images came at once."""

    def call(self, inputs):
        most.assign(tf.maximum(most, tf.shape(inputs)[0]))
        return inputs


noisy = tf.keras.Sequential([
    tf.keras.Input((5,)), tf.keras.layers.Dense(5, use_bias=False, kernel_initializer="identity"), Watch(),
    tf.keras.layers.BatchNormalization(epsilon=1e-9), tf.keras.layers.Dropout(0.5),
])
loss, accuracy, wrong = measured(noisy, wide_logits, wide_labels, "137 images, with dropout", 50)
active = "When a network is measured, dropout is not active: training=False."
checks.close(accuracy, is_right.mean(), "the accuracy of a network with dropout", tolerance=1e-4, rule=active)
checks.close(loss, np.mean(per_image), "the loss of a network with dropout", tolerance=1e-3, rule=active)
checks.same(int(most), 50, "the most images that went through the network at once, with batch_size 50",
    causes={137: "all images go through at once"}, rule="As many images as `batch_size` says should go through at once.",
)
most.assign(0)
_, _, wrong = measured(noisy, np.tile(wide_logits, (11, 1)), np.tile(wide_labels, 11), "1,507 images")
checks.same(wrong, 11 * 54, "the number of wrong images, of 1,507", rule="It should be the number of wrong ones among all of these images.")
checks.same(int(most), 1000, "the most images that went through the network at once, where `batch_size` is not given", rule="Its default is 1000.")
### END HIDDEN TESTS
print("evaluate: all checks passed")

# %%
test_loss, test_accuracy, test_wrong = evaluate(lenet, *test)
print(f"test loss {test_loss:.4f}, accuracy {test_accuracy:.2%}, {test_wrong} of {len(test[1]):,} images wrong: an error rate of {test_wrong / len(test[1]):.2%}")

# %% [markdown]
# In 1998, LeCun and his colleagues reported an error rate of 0.95 % for LeNet-5 on this test set, and 0.8 % when it was trained on distorted copies of the images as well.
#
# ## 7. Which digits are confused?
#
# A *confusion matrix* counts the confusions: the entry in row $t$ and column $p$ says how many images of class $t$ were classified as class $p$. The diagonal counts the correct classifications. By hand, for six images and three classes:
#
# | image | 0 | 1 | 2 | 3 | 4 | 5 |
# |---|---|---|---|---|---|---|
# | true class | 0 | 0 | 1 | 2 | 2 | 2 |
# | predicted class | 0 | 1 | 1 | 2 | 0 | 0 |
#
# | | predicted 0 | predicted 1 | predicted 2 |
# |---|---|---|---|
# | **true 0** | 1 | 1 | 0 |
# | **true 1** | 0 | 1 | 0 |
# | **true 2** | 2 | 0 | 1 |
#
# The 2 at the bottom left says that two images of class 2 were classified as class 0. The sum of each row is the number of images of that class. A class that does not occur keeps its row, filled with zeros.
#
# ### Task 7: confusion matrix (3 points)
#
# Do the counting yourself, without a ready-made function such as `tf.math.confusion_matrix`. You may use functions from NumPy or TensorFlow that add or count.

# %% nbgrader={"grade": false, "grade_id": "confusion_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def confusion_matrix(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    """Count how many images of each class were predicted to be of each class.

    Parameters
    ----------
    labels, predictions
        the true and the predicted class of each image: whole numbers 0 to classes - 1, of shape
        (n,), where n is at least 1. They may have any integer dtype, such as uint8 or int64, and
        the two dtypes may differ. Do not change these arrays.
    classes
        the number of classes, including those that do not occur.

    Returns
    -------
    np.ndarray
        whole numbers of shape (classes, classes), in a dtype large enough for the counts. The row
        is the true class, the column the predicted one.
    """
    ### BEGIN SOLUTION
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_confusion_matrix", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def ready_made() -> list:
    """The functions of all libraries that are called confusion_matrix, whatever name they are imported under."""
    named = (getattr(module, "__dict__", {}).get("confusion_matrix") for name, module in list(sys.modules.items()) if name != "__main__")
    found = {inspect.unwrap(one) for one in named if isinstance(one, types.FunctionType) and one.__module__ != "__main__"}
    return [one for one in found if not one.__code__.co_freevars]


def refuse(*arguments, **keywords):
    """What those do while an answer is checked."""
    from cnnlab.checks import CheckFailed

    raise CheckFailed("confusion_matrix should count by itself, but calls a ready-made confusion matrix.")


def counted(labels: np.ndarray, predictions: np.ndarray, classes: int, what: str) -> np.ndarray:
    """What `confusion_matrix` returns, after its type and shape were checked."""
    codes = [(function, function.__code__) for function in ready_made()]
    for function, _ in codes:
        function.__code__ = refuse.__code__
    try:
        result = checks.call(confusion_matrix, labels, predictions, classes)
    finally:
        for function, code in codes:
            function.__code__ = code
    occurring = len({*labels.tolist(), *predictions.tolist()})
    checks.true(type(result) is np.ndarray, f"{what} should be a NumPy array, but is of type {type(result).__name__}.")
    result = checks.array(
        result, (classes, classes), what,
        causes={
            (4, 4): "always four classes; `classes` says how many",
            (10, 10): "always ten classes; `classes` says how many",
            (occurring, occurring): "a class that does not occur lost its row and column",
        },
    )
    checks.true(
        np.issubdtype(result.dtype, np.integer),
        f"{what} should hold whole numbers, but its dtype is {result.dtype}. Counts need no division, and np.zeros needs a dtype to make whole numbers.",
    )
    return result


by_hand = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [2, 0, 1, 0], [0, 0, 0, 0]])
# The six images in reverse order.
six_counted = counted(np.array([2, 2, 2, 1, 0, 0]), np.array([0, 0, 2, 1, 1, 0]), 4, "the confusion matrix of six images and four classes")
checks.close(
    six_counted, by_hand, "the confusion matrix of six images and four classes",
    causes={
        "rows and columns are exchanged; the row is the true class": by_hand.T,
        "`matrix[labels, predictions] += 1` counts a pair that occurs twice only once": by_hand > 0,
        "the last image was not counted": by_hand - (np.arange(16) == 0).reshape(4, 4),
        "only the right images were counted": np.diag(np.diag(by_hand)),
        "only the mistakes were counted": by_hand - np.diag(np.diag(by_hand)),
        "the classes are counted from 1; they start with 0": np.roll(by_hand, (1, 1), axis=(0, 1)),
        "the classes are counted from 1; the class 0 is left out": np.pad(by_hand[1:, 1:], ((0, 1), (0, 1))),
    },
    rule="Each image counts one, in the row of its true class and the column of its guess.",
)
### BEGIN HIDDEN TESTS
from collections import Counter

draw = np.random.default_rng(11)
for number, classes, dtype, guess_dtype in (
    (500, 10, "uint8", "uint8"), (700, 30, "uint8", "uint8"), (12_000, 2, "int32", "int32"), (300, 12, "uint8", "int64"), (5, 9, "int64", "int64"), (3000, 2, "uint8", "uint8"),
    (3000, 3, "int8", "int8"), (900, 200, "uint8", "uint8"), (900, 150, "int16", "uint8"), (1, 3, "int64", "uint8"),
):
    truth = draw.integers(0, classes - (classes > 2), number)
    guess = draw.integers(0, classes, number)
    what = f"the confusion matrix of {number} images and {classes} classes ({dtype} and {guess_dtype})"
    expected = np.zeros((classes, classes), "int64")
    for pair, count in Counter(zip(truth.tolist(), guess.tolist(), strict=True)).items():
        expected[pair] = count
    overflown = np.bincount((truth * classes + guess) % 256, minlength=classes**2)
    checks.close(counted(truth.astype(dtype), guess.astype(guess_dtype), classes, what), expected, what,
        causes={
            "rows and columns are exchanged": expected.T,
            "a pair that occurs twice is counted once": expected > 0,
            "the counts overflow in a dtype of one byte": expected % 256,
            "label times classes overflows in the dtype of the labels, one byte": overflown[: classes**2].reshape(classes, classes),
        },
        rule="Each image counts one, in the row of its true class and the column of its guess.",
    )
### END HIDDEN TESTS
print("confusion_matrix: all checks passed")

# %%
test_logits = lenet.predict(test[0], batch_size=1000, verbose=0)
predictions = test_logits.argmax(axis=1)
matrix = confusion_matrix(test[1], predictions, 10)
figures.confusion(matrix)

# %% [markdown]
# The diagonal is left uncoloured: almost a thousand correct images in each of its squares would make all mistakes look equally pale. Find the darkest square: which two digits does it stand for, and what makes them look alike when written in haste?
#
# You can read two fractions off the matrix. *Recall*: what fraction of all images of a digit was recognised (along a row)? *Precision*: what fraction of all images classified as a digit really showed it (down a column)?

# %%
print("digit  images  recall  precision")
for digit, row in enumerate(matrix):
    print(f"{digit:5}  {row.sum():6}  {row[digit] / row.sum():6.2%}  {row[digit] / max(matrix[:, digit].sum(), 1):9.2%}")

# %% [markdown]
# ## 8. The worst mistakes
#
# Not all mistakes are alike. A network that says "4 or 9, I cannot tell" and is wrong has at least warned you. A network that is confident and wrong has not. Its confidence is the probability of the class it chose: the largest of the ten.
#
# By hand, for five images and three classes:
#
# | image | probabilities | true class | predicted | |
# |---|---|---|---|---|
# | 0 | 0.70, 0.20, 0.10 | 0 | 0 | right |
# | 1 | 0.60, 0.30, 0.10 | 1 | 0 | wrong, 60 % sure |
# | 2 | 0.09, 0.01, 0.90 | 0 | 2 | wrong, 90 % sure |
# | 3 | 0.00, 1.00, 0.00 | 1 | 1 | right |
# | 4 | 0.55, 0.44, 0.01 | 2 | 0 | wrong, 55 % sure |
#
# The mistakes, worst first, are images 2, 1 and 4.
#
# ### Task 8: the worst mistakes (3 points)

# %% nbgrader={"grade": false, "grade_id": "worst_mistakes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    """Find the images that were classified wrongly with the greatest confidence.

    Parameters
    ----------
    probabilities
        float of shape (n, classes); each row adds up to 1. Do not change this array.
    labels
        the true class of each image, whole numbers of shape (n,).
    count
        how many images to return, 1 or more.

    Returns
    -------
    np.ndarray
        the indices (whole numbers 0 to n - 1) of images classified wrongly, the most confident mistake
        first: `count` of them, or fewer if there are fewer mistakes (an empty array if there are none).
        Images classified correctly do not appear. Equally confident mistakes may come in any order.
    """
    ### BEGIN SOLUTION
    confidence = probabilities.max(axis=1)
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-confidence[mistakes])
    return mistakes[order][:count]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_worst_mistakes", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def ranked(probabilities: np.ndarray, labels: np.ndarray, count: int, length: int, what: str) -> tuple:
    """What `worst_mistakes` returns as a tuple of whole numbers, after its length was checked."""
    result = checks.call(worst_mistakes, probabilities, labels, count)
    checks.true(type(result) is np.ndarray, f"{what} should be a NumPy array, but is of type {type(result).__name__}.")
    checks.true(
        result.ndim == 1,
        f"{what} should be plain indices, shape ({length},), but have shape {result.shape}; np.flatnonzero returns plain ones.",
    )
    checks.true(
        result.dtype != bool,
        f"{what} should be indices, but is an array of True and False; np.flatnonzero turns these into indices.",
    )
    checks.same(
        len(result), length, f"the number of indices in {what}",
        causes={
            length + 1: "one index too many",
            len(labels): "all images were ranked, the right ones too",
            count: "filled up to `count`; where there are fewer mistakes, the list is shorter",
        },
        rule="Take out the right images first; then the ranking is as long as `count`, or as there are mistakes.",
    )
    checks.true(
        length == 0 or not np.issubdtype(result.dtype, np.floating),
        f"{what} should be whole numbers, but their dtype is {result.dtype}. Indices are whole numbers, also in the array that they are written into.",
    )
    return tuple(checks.whole_number(item, f"{what}, item {place}") for place, item in enumerate(result))


five_rows = np.array([[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.09, 0.01, 0.9], [0, 1, 0], [0.55, 0.44, 0.01]])
checks.same(
    ranked(five_rows, np.array([0, 1, 0, 1, 2]), 2, 2, "the 2 worst mistakes of the example"),
    (2, 1), "the 2 worst mistakes of the example",
    causes={
        (4, 1): "sorted upwards: the least confident mistake comes first",
        (4, 2): "sorted by the probability of the true class; asked for is that of the predicted class",
        (1, 0): "these are places in the list of mistakes, not in the list of images",
        (3, 2): "right images are in the list, too",
        (1, 2): "these are the right images, but in the order in which they occur",
    },
    rule="They should be sorted by the probability of the predicted class, the largest first.",
)
checks.same(
    ranked(five_rows, np.array([0, 1, 0, 1, 2]), 4, 3, "the 4 worst of only 3 mistakes"), (2, 1, 4), "the 4 worst of only 3 mistakes",
    rule="They should be the wrong images alone, sorted by the probability of the predicted class.",
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(13)
shares = draw.dirichlet(np.full(6, 0.4), 300)
truth = np.where(draw.random(300) < 0.7, [max(range(6), key=row.__getitem__) for row in shares.tolist()], draw.integers(0, 6, 300)).astype("uint8")
equal_shares = np.array([[0.6, 0.4, 0], [0.1, 0.8, 0.1], [0.2, 0, 0.8], [0.8, 0.15, 0.05], [0, 0.6, 0.4], [0.1, 0.1, 0.8]])
equal_labels = np.array([1, 0, 1, 0, 2, 0], "int16")
for rows, true_classes, count in (
    *((shares, truth, number) for number in (1, 7, 25, 1000)), (shares.astype("float32"), truth, 40),
    *((equal_shares, equal_labels, number) for number in (1, 2, 3, 4, 5, 9)),
):
    certain = {place: max(row) for place, row in enumerate(rows.tolist()) if row.index(max(row)) != true_classes[place]}
    what = f"the {count} worst mistakes of {len(true_classes)} images"
    found = ranked(rows, true_classes, count, min(count, len(certain)), what)
    strangers = set(found) - set(certain)
    checks.true(not strangers, f"{what} hold {min(strangers, default=0)}, which is no mistake. The indices should be places among all images.")
    checks.true(
        len(set(found)) == len(found) and [certain[place] for place in found] == sorted(certain.values(), reverse=True)[:count],
        f"{what} are not the right images in the right order. They should be sorted by the exact probability of the predicted class.",
    )
perfect = np.eye(4)[[2, 0, 3]]
ranked(perfect, np.array([2, 0, 3]), 5, 0, "the worst mistakes of a network that makes none")
### END HIDDEN TESTS
print("worst_mistakes: all checks passed")

# %%
probabilities = tf.nn.softmax(test_logits).numpy()
worst = worst_mistakes(probabilities, test[1], 12)
figures.worst(test_images[worst], test[1][worst], predictions[worst], probabilities[worst].max(axis=1))

# %% [markdown]
# Nobody could read some of these with certainty, and a few labels may be wrong. But others are easy to read, and yet the network was confident: the probability that it states need not match how often it is right. Keep that in mind when a network reads cheques.
#
# ## 9. Then and now: sigmoid and average pooling against ReLU and max pooling
#
# In 1998 the activation was an S-shaped curve, and pooling was an average. Today's choice is ReLU with max pooling. Does the choice matter? Train both and see.
#
# The derivatives suggest what to expect. Backpropagation multiplies the gradient by the derivative of the activation in each layer it passes through:

# %%
figures.activations()

# %% [markdown]
# The sigmoid's derivative is 1/4 at most. After the four activations of LeNet-5, at most (1/4)⁴ = 1/256 of the gradient is left, leaving aside what the weights do to it. With ReLU, a unit that is switched on passes the gradient on unchanged.
#
# ### A fair comparison
#
# - *The same conditions*: both kinds of network get the same images, epochs, learning rate and seeds.
# - *More than one run*: a difference counts only if it is large compared with the differences between seeds. So each kind is trained with several seeds, and the result is the mean and the *sample standard deviation*, which divides by the number of runs **minus one**.
#
# By hand, for two runs with accuracies 0.90 and 0.94: the mean is 0.92 and the deviations are −0.02 and 0.02, so the standard deviation is √((0.0004 + 0.0004) / (2 − 1)) = 0.0283. Dividing by 2 would give 0.02, which is too small because the mean was computed from the same two numbers.
#
# ### Task 9: compare (3 points)
#
# Your function does not train networks itself: one of its arguments is a function that does. So it can be checked with a function that only looks up numbers, and then used with one that trains.

# %% nbgrader={"grade": false, "grade_id": "compare", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compare(measure, variants: list, seeds: list) -> dict:
    """Measure each kind of network with each seed.

    Parameters
    ----------
    measure
        a function: measure(activation, pooling, seed) trains one network and returns its test
        accuracy, from 0 to 1. It is slow: call it once for each variant and seed.
    variants
        a list of tuples (activation, pooling), such as ("relu", "max"); no two are the same.
    seeds
        a list of two or more whole numbers; every variant is measured with each of them.

    Returns
    -------
    dict
        the keys are the pairs (activation, pooling); the value of each is the pair (mean, sample
        standard deviation) of its accuracies.
    """
    ### BEGIN SOLUTION
    summary = {}
    for activation, pooling in variants:
        accuracies = [measure(activation, pooling, seed) for seed in seeds]
        summary[activation, pooling] = (np.mean(accuracies), np.std(accuracies, ddof=1))
    return summary
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_compare", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def tabulated(numbers: dict, variants: list, seeds: list) -> dict:
    """What `compare` returns for accuracies that are looked up, after the calls were checked."""
    asked = []

    def look_up(activation, pooling, seed):
        asked.append((activation, pooling, seed))
        checks.true(
            asked[-1] in numbers,
            f"compare should not call measure{asked[-1]}. The arguments are activation, pooling and seed, in this order, "
            "from the variants and seeds that were handed over.",
        )
        return numbers[asked[-1]]

    table = checks.call(compare, look_up, variants, seeds)
    checks.true(
        isinstance(table, dict),
        f"compare should return a dict, but returns {type(table).__name__}.",
    )
    checks.true(
        set(table) == set(variants),
        f"The keys of the table should be the pairs {', '.join(map(str, variants))}, but are {', '.join(map(repr, table))}.",
    )
    for pair in table.values():
        checks.true(
            hasattr(pair, "__len__") and len(pair) == 2,
            f"Each value of the table should be a pair (mean, standard deviation), but one is {pair}.",
        )
        checks.true(
            str(np.asarray(pair[1])) != "nan",
            "A standard deviation is NaN. It should be that of all runs of a variant; of a single run there is none.",
        )
    wanted = sorted((*variant, seed) for variant in variants for seed in seeds)
    checks.true(
        sorted(asked) == wanted,
        f"measure should be called once for each of the {len(wanted)} pairs of variant and seed, "
        f"but was called {len(asked)} times, for {len(set(asked))} different ones.",
    )
    return table


two_runs = {("relu", "max", 1): 0.90, ("relu", "max", 2): 0.94, ("sigmoid", "average", 1): 0.5, ("sigmoid", "average", 2): 0.6}
table = tabulated(two_runs, [("sigmoid", "average"), ("relu", "max")], [1, 2])
for variant, by_hand_mean, half in ((("relu", "max"), 0.92, 0.02), (("sigmoid", "average"), 0.55, 0.05)):
    checks.close(
        checks.number(table[variant][0], "a mean"), by_hand_mean, f"the mean of {variant}",
        causes={
            "the mean comes first, then the standard deviation": half * 2**0.5,
            "the sum; divide by the number of runs": 2 * by_hand_mean,
            "the accuracies of the other variant are in it; each variant has its own list": 0.735,
            "the accuracy of the last run; asked for is the mean": by_hand_mean + half,
        },
        rule="It should be the mean over all seeds of this variant.",
    )
    checks.close(
        checks.number(table[variant][1], "a standard deviation"), half * 2**0.5, f"the standard deviation of {variant}",
        causes={"divided by the number of runs; the sample standard deviation divides by one less": half, "this is the variance": 2 * half**2},
        tolerance=1e-3,
        rule="It should be the sample standard deviation of this variant's accuracies.",
    )
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(17)
hidden_variants = [("tanh", "max"), ("relu", "average"), ("sigmoid", "max")]
hidden_seeds = [3, 0, 21, 34, 55]
numbers = {(*variant, seed): float(draw.random()) for variant in hidden_variants for seed in hidden_seeds}
numbers["relu", "average", 0], numbers["tanh", "max", 34] = 0.0, 1.0
table = tabulated(numbers, hidden_variants, hidden_seeds)
for variant in hidden_variants:
    runs = [numbers[(*variant, seed)] for seed in hidden_seeds]
    centre = sum(runs) / 5
    checks.close(table[variant][0], centre, f"the mean of {variant} over five seeds", causes={"this is the median": sorted(runs)[2]},
        rule="It should be the sum of all accuracies divided by their number, not rounded.")
    checks.close(table[variant][1], math.sqrt(sum((run - centre) ** 2 for run in runs) / 4), f"the standard deviation of {variant} over five seeds",
        causes={"divided by the number of runs; the sample standard deviation divides by one less": math.sqrt(sum((run - centre) ** 2 for run in runs) / 5)},
        rule="It should be the sample standard deviation of all accuracies, not rounded.",
    )
### END HIDDEN TESTS
print("compare: all checks passed")

# %% [markdown]
# Now the real comparison: two kinds of network, two seeds each, and a short training run. It takes **about 15 seconds** with the CPU budget.

# %%
def measure(activation: str, pooling: str, seed: int) -> float:
    """The test accuracy of one LeNet-5 after a short training, with the comparison's images and epochs."""
    images, labels = training[0][: plan.comparison_images], training[1][: plan.comparison_images]
    folder = tensorboard.new_folder(f"logs/02-lenet/{activation}-{pooling}-{seed}")
    model, _ = train_lenet(
        (images, labels), (validation[0][:1000], validation[1][:1000]), plan.comparison_epochs, folder,
        activation, pooling, seed,
    )
    return evaluate(model, *test)[1]


if plan.comparison_epochs == 0:
    print("This comparison has no points, so the grading budget leaves it out.")
else:
    seeds = [1, 2]
    results = compare(measure, [("sigmoid", "average"), ("relu", "max")], seeds)
    print(f"{plan.comparison_images:,} images, epochs: {plan.comparison_epochs}, seeds: {seeds}")
    for (activation, pooling), (centre, spread) in results.items():
        print(f"{activation:8} {pooling:8} test accuracy {centre:6.1%} ± {spread:.1%}")
    figures.comparison(
        {f"{activation} and\n{pooling} pooling": value for (activation, pooling), value in results.items()},
        len(seeds),
    )

# %% [markdown]
# This comparison measures how *quickly* the two learn, not how good they become in the end. With as little training as the CPU budget allows, the sigmoid network has only just begun to learn; with many more steps, it comes close to the other. The course team tried it: after 5 epochs of 55,000 images, one run each, sigmoid and average pooling reached 96.6 %, and ReLU and max pooling 99.0 %.
#
# Two runs of each kind are not many. They are enough here because the difference between the kinds is much larger than the differences between the seeds. But the two kinds differ in *two* ways, and this comparison cannot say which of them matters.
#
# ## 10. Written question (3 points, graded by hand)
#
# Answer each part in two or three sentences.
#
# 1. Why does the sigmoid network learn more slowly? Use the derivatives of both activations and the number of activations a gradient passes through on its way to the first kernels.
# 2. The comparison changed the activation and the pooling together. Which further networks would you train to find out which of the two matters, and how would you decide whether a difference is real?
# 3. Early stopping looked at the validation set. What would be wrong with letting it look at the test set, even though you could then do without a validation set?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# 1. The derivative of the sigmoid is at most 1/4, and near 0 for inputs far from 0. On its way to the first kernels, the gradient passes through four activations, so it is multiplied by at most (1/4)⁴ = 1/256, leaving the weights aside; the early layers hardly move at first. ReLU's derivative is 1 wherever the unit is switched on, so the gradient arrives undiminished there (and not at all where it is off). *One point: names the factor 1/4 per layer and the product over the layers, and says what ReLU does instead.*
# 2. The two mixed networks: sigmoid with max pooling and ReLU with average pooling, with the same images, epochs and seeds. If changing one thing alone changes the accuracy, that thing matters; if only changing both does, they interact. A difference is real if it is large compared with the standard deviation between seeds, so several seeds are needed for each of the four networks. *One point: both mixed networks, and a comparison with the spread over seeds.*
# 3. The epoch would be chosen because it is good on exactly these test images, partly by luck. The test accuracy would then be too optimistic, and would no longer say how well the network does on images that played no part in any decision. *One point: the test set must not take part in choosing, because the measure becomes biased.*
# ### END SOLUTION

# %% [markdown]
# ## What you have learned
#
# - A network takes images as (number, height, width, channel), in `float32`, between 0 and 1.
# - LeNet-5 is convolution, pooling, convolution, pooling and three dense layers: 61,706 parameters, 78 % of them in one dense layer.
# - The loss must match the network's output: logits need `from_logits=True`. A loss of ln 10 means that nothing has been learned.
# - Early stopping watches the validation loss; the test set is used for one measurement at the end.
# - Accuracy is only one number among many: the confusion matrix shows what is confused, and the worst mistakes show how far the stated probabilities can be trusted.
# - One run is one random draw: compare means, and compare their difference with the standard deviation (spread).
#
# ## Further reading
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86(11), 1998. LeNet-5 is in section II.
# - V. Nair, G. Hinton: "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
# - X. Glorot, Y. Bengio: "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010. What sigmoids do to gradients.
# - D. Kingma, J. Ba: "Adam: a method for stochastic optimization", ICLR 2015. arXiv:1412.6980.
# - L. Prechelt: "Early stopping, but when?", in Neural Networks: Tricks of the Trade, Springer 1998.
# - I. Loshchilov, F. Hutter: "SGDR: stochastic gradient descent with warm restarts", ICLR 2017. arXiv:1608.03983. Where the cosine schedule comes from.
