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
# In assignment 1 you computed what a convolution does with kernels that somebody else had chosen. Here a network learns its own kernels. You build LeNet-5, train it on handwritten digits, and find out how good it is, what it has learned and where it fails.
#
# **In this assignment you will**
#
# 1. turn images into the array that a convolutional network expects, and say what each axis means;
# 2. write a network as a subclass of `keras.Model`, and predict the shapes of its feature maps and its number of parameters;
# 3. choose the loss that matches a network's output, train with early stopping and follow the training in TensorBoard;
# 4. measure a network: loss, accuracy, confusion matrix, worst mistakes;
# 5. compare two networks fairly, and say how far one number from one run can be trusted.
#
# **Time.** About three hours for reading and answering. Running everything takes about a minute on 2 CPU cores, most of it for training. If a cell takes longer than two seconds, the text before it says so.
#
# **How a task works.** Each task is a function or a class with a `TODO`. The cell below it checks your answer and reports the first problem that it finds: not attempted, wrong type, wrong shape or wrong value, with the likely cause where it is known. Grading adds hidden checks on other inputs, so your answer has to be right in general. All other cells are locked; to try something out, add a cell of your own. Stars mark how hard a task is, from ★☆☆ to ★★★. Nine tasks and a written question, 30 points.
#
# **If you are stuck,** run `hint(prepare_images)`, with the name of your task, in a cell of your own. The first hint tells you where to read, the second is a first step, the third a skeleton. `progress()` shows how far you have come.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import functools
import math
import tempfile

import keras
import numpy as np
import tensorflow as tf

from cnnlab import budget, datasets, tensorboard
from cnnlab.checks import lenet as check
from cnnlab.figures import classification as figures
from cnnlab.guide import hint, progress, reveal

# Hides advice about speed: the networks in the checks are too small for it.
tf.get_logger().setLevel("ERROR")

# %% [markdown]
# The network below trains longer on a GPU than on a CPU. The next cell finds out which one you have, and prints how accurate your network should become.

# %% tags=["budget", "seeds", "folded"]
#@title How long the networks train here
plan = budget.choose(
    grading=budget.Training(images=8_000, epochs=3, accuracy=0.92, seconds=12),
    cpu=budget.Training(
        images=50_000, epochs=7, accuracy=0.985, seconds=60,
        comparison_images=10_000, comparison_epochs=2,
    ),
    gpu=budget.Training(
        images=55_000, epochs=8, accuracy=0.984, seconds=120,
        comparison_images=55_000, comparison_epochs=3,
    ),
)
print(plan)

# %% [markdown]
# ## 1. The digits
#
# MNIST holds 70,000 digits written by clerks of the US Census Bureau and by school pupils: 60,000 to learn from, and 10,000 to measure with (the *test set*). Each digit is centred in an image of 28×28 pixels. Loading takes about a second.

# %% tags=["seeds"]
(train_images, train_labels), (test_images, test_labels) = datasets.mnist()

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=2_000, epochs=2, accuracy=0.55)
test_images, test_labels = test_images[:2_000], test_labels[:2_000]

# %% tags=["nbval-check-output"]
darkest, brightest = train_images.min(), train_images.max()
first = train_labels[:10]
print("training images", train_images.shape, train_images.dtype, f"from {darkest} to {brightest}")
print("training labels", train_labels.shape, train_labels.dtype, "the first ten:", *first)
print("test images    ", test_images.shape, test_images.dtype)

# %%
figures.digits(train_images[:40], train_labels[:40])

# %% [markdown]
# Look for the difficult ones: a 1 that leans, a 7 with or without a bar, a 4 so nearly closed that it could be a 9.
#
# A computer sees only numbers. Each pixel is a byte, a whole number from 0 (paper) to 255 (ink).

# %% [markdown]
# **Predict before you run the next cell.** What fraction of all pixels in the training images is exactly 0: a third, half, or more than three quarters?

# %%
reveal("01-paper")

# %% [markdown]
# Here are the numbers behind a part of the first image:

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
# **dtype.** Weights are stored as `float32`, a format that keeps about 7 digits of a number in 4 bytes. Give the images the same dtype. NumPy's usual `float64` would take twice the memory, and every batch would have to be converted.
#
# **Channel axis.** A convolution expects four axes: image, row, column, channel. A colour photograph has three channels, red, green and blue; a greyscale image has only one, but the axis must still be there. NumPy and TensorFlow both have a function `expand_dims`, which inserts an axis of length 1 without copying a single pixel:
#
# | | shape |
# |---|---|
# | 60,000 greyscale images | (60000, 28, 28) |
# | the same with a channel axis | (60000, 28, 28, 1) |
#
# Why is the channel last? A convolution multiplies all channels of a pixel by the kernel's weights for that pixel and adds up the products. With the channel last, these numbers lie side by side in memory, so they are fetched together. TensorFlow calls this order NHWC (number, height, width, channel). It is the default, and on most CPUs TensorFlow's convolutions support no other order. Other libraries put the channel first (NCHW), so check this axis when you move images between libraries.

# %% [markdown]
# **Predict before you run the next cell.** How many times as much memory do the images take after these three changes?

# %%
reveal("01-memory")

# %% [markdown]
# ### Task 1: prepare the images (2 points, ★☆☆)
#
# Write `prepare_images`, which makes the three changes. (Keras can also scale inside the network, with the layer `keras.layers.Rescaling`. Here you do it beforehand.)

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
check.prepare_images(prepare_images)
### BEGIN HIDDEN TESTS
def by_hand(images):
    return [[[int(byte) / 255 for byte in row] for row in image] for image in images]


pale_images = np.random.default_rng(5).integers(20, 180, (5, 28, 28), dtype="uint8")
check.expect_prepared(prepare_images, pale_images, "five pale images (bytes 20 to 179)", by_hand(pale_images), {
    "the bytes are divided by the largest byte of these images; it should be 255, the largest possible byte": pale_images / pale_images.max(),
    "the values are stretched so that the smallest becomes 0": (pale_images - 20.0) / (pale_images.max() - 20),
    "the values are rounded to one decimal": np.round(pale_images / 255, 1),
    "the values are rounded to two decimals": np.round(pale_images / 255, 2),
    "the values are rounded to three decimals": np.round(pale_images / 255, 3),
})
for low, high, words in ((0, 256, "every byte"), (0, 2, "bytes 0 and 1"), (200, 256, "bright bytes"), (1, 30, "dark bytes")):
    some_images = np.random.default_rng(high).integers(low, high, (2, 9, 8), dtype="uint8")
    check.expect_prepared(
        prepare_images, some_images, f"two images with {words}", by_hand(some_images), tolerance=1e-6,
        rule="Each byte should be divided by 255, in float32, which has 7 digits.",
    )
for size in ((1, 7, 4), (3, 1, 1)):
    check.expect_prepared(
        prepare_images, np.zeros(size, "uint8"), f"blank images of shape {size}", np.zeros(size), rule="A blank image stays blank: 0 / 255 is 0.",
    )
### END HIDDEN TESTS

# %% [markdown]
# The next cell uses your function to prepare three sets. The network learns from the *training set*. The last 5,000 of the 60,000 images are set aside as the *validation set*: they decide when training stops. The *test set* is not touched until the network is finished. A number that has helped to choose a network is no longer an honest measure of it.

# %% tags=["seeds"]
training = (prepare_images(train_images[: plan.images]), train_labels[: plan.images])
validation = (prepare_images(train_images[-5000:]), train_labels[-5000:])
test = (prepare_images(test_images), test_labels)

# %%
for name, (images, labels) in (("training", training), ("validation", validation), ("test", test)):
    counts = np.bincount(labels, minlength=10)
    per_digit = f"from {counts.min()} to {counts.max()} images of a digit"
    print(f"{name:10} {images.shape} {images.dtype}, {per_digit}")

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
# **Predict before you run the next cell.** Two convolutions and three dense layers have weights. Which of these five layers has the most parameters, and roughly what fraction of all?

# %%
reveal("02-parameters")

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
# (The network of 1998 differed in some details. Its input was an image of 32×32 pixels with the digit in the middle, so it needed no padding. Its second convolution left out some of the connections, its pooling had weights of its own, and its last layer compared its inputs with hand-designed patterns of the digits. What is called LeNet-5 today is the network in the table.)

# %% [markdown]
# **Predict before you run the next cell.** Suppose that the images had 32×32 pixels, and that the layers stayed as in the table. How long would the flattened vector be, and which layers would have more parameters?

# %%
reveal("02-larger")

# %% [markdown]
# ### A network as a class
#
# A subclass of `keras.Model` creates its layers once, in `__init__`, and uses them in `call`. Calling the network, `network(images)`, runs `call`. The weights are created at the first call, when the sizes are known. Here is a small example, one dense layer whose output is squared:

# %% tags=["nbval-check-output"]
class Squared(keras.Model):
    """A dense layer of one unit whose output is squared: an example of how a network is written."""

    def __init__(self):
        super().__init__()
        self.unit = keras.layers.Dense(1)

    def call(self, inputs):
        return keras.ops.square(self.unit(inputs))


squared = Squared()
print("output", squared(np.ones((4, 3), "float32")).shape, "for an input of shape (4, 3)")
print("parameters", squared.count_params(), "= 3 weights + 1 bias")

# %% [markdown]
# If a layer were created inside `call`, every call would replace it by one with new random weights, and the network would never learn. So layers belong in `__init__`.
#
# Your class takes two arguments, so that the comparison at the end can use it too: `activation`, the name of any activation in Keras, and `pooling`, which is `"max"` or `"average"`. Its method `feature_maps` returns what the picture shows from the first convolution to the flattened vector; `call` continues from there to the logits.
#
# ### Task 2: LeNet-5 (4 points, ★★★)
#
# Write `LeNet5`: its layers in `__init__`, then `feature_maps` and `call`.
#
# **How to begin.** In `__init__`, create the layers in the order of the table, without thinking about the arguments `activation` and `pooling` yet. In `feature_maps`, let the first convolution take the images, put its output into a list, and compare its shape with the table before you add the next layer.

# %% nbgrader={"grade": false, "grade_id": "LeNet5", "locked": false, "schema_version": 3, "solution": true, "task": false}
class LeNet5(keras.Model):
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
            "max": keras.layers.MaxPooling2D,
            "average": keras.layers.AveragePooling2D,
        }[pooling]
        self.first = keras.layers.Conv2D(6, 5, padding="same", activation=activation)
        self.second = keras.layers.Conv2D(16, 5, activation=activation)
        self.pools = [pool(2), pool(2)]
        self.flatten = keras.layers.Flatten()
        self.dense = [
            keras.layers.Dense(120, activation=activation),
            keras.layers.Dense(84, activation=activation),
            keras.layers.Dense(10),
        ]
        ### END SOLUTION

    def feature_maps(self, images) -> list:
        """The outputs of convolution, pooling, convolution, pooling and flattening: list or tuple.

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
check.LeNet5(LeNet5)
### BEGIN HIDDEN TESTS
from cnnlab import checks

PLACES = list(check.MAPS)
KNOWN = {"relu": tf.nn.relu, "tanh": tf.tanh, "sigmoid": tf.sigmoid, "elu": tf.nn.elu, "softplus": tf.nn.softplus}
three = check.speckle(3, seed=1)


def squash(values, activation):
    return np.asarray(KNOWN[activation](values))


def shrink(values, pooling):
    blocks = values.reshape(len(values), values.shape[1] // 2, 2, values.shape[2] // 2, 2, -1)
    return blocks.max(axis=(2, 4)) if pooling == "max" else blocks.mean(axis=(2, 4))


def slide(values, kernel, bias, padding):
    return np.asarray(tf.nn.conv2d(values, kernel, 1, padding) + bias)


class Variant:
    """A network with random weights, its feature maps and its logits, checked for what does not depend on the arguments."""

    def __init__(self, given):
        self.given, self.name = given, checks.describe_call(LeNet5, (), given)
        self.activation, self.pooling = given.get("activation", "relu"), given.get("pooling", "max")
        self.network = LeNet5(**given)
        self.network(three[:2])
        checks.same(
            self.network.count_params(), 61_706, f"the number of parameters of {self.name}",
            rule="The arguments should change the activation and the pooling alone.",
        )
        draw = np.random.default_rng(7)
        self.network.set_weights([draw.normal(0, 0.15, weight.shape).astype("float32") for weight in self.network.get_weights()])
        self.weights = {weight.size: weight for weight in self.network.get_weights()}
        checks.true({150, 6, 2400, 16, 48000, 120, 10080, 84, 840, 10} <= set(self.weights),
            f"The weights of {self.name} should be those of the table, but their shapes are "
            f"{', '.join(str(weight.shape) for weight in self.network.get_weights())}.",
        )
        self.maps = [np.asarray(item) for item in self.network.feature_maps(three)]
        self.logits = np.asarray(self.network(three))
        checks.close(
            np.sort(self.maps[4]), np.sort(self.maps[3].reshape(3, 400)), f"{self.name}, flattened", tolerance=1e-3,
            rule="The vector should hold the 400 numbers of the second pooling.",
        )

    def check_activation(self):
        """Check both convolutions and the dense layers, each on what the network itself has in front of it."""
        for index, size, padding, before, rule in (
            (0, 150, "SAME", three, "The padding `same` adds two rows and two columns of zeros on every side."),
            (2, 2400, "VALID", self.maps[1], "The second convolution takes the output of the first pooling, without padding."),
        ):
            channels = (6, 16)[index // 2]
            linear = slide(before, self.weights[size].reshape(5, 5, -1, channels), self.weights[channels], padding)
            causes = {"there is no activation here": linear}
            for other in ("relu", "tanh", "sigmoid", "elu"):
                if other != self.activation:
                    wanted = "the argument says" if "activation" in self.given else "the default is"
                    causes[f"the activation is {other}, but {wanted} {self.activation}"] = squash(linear, other)
            checks.close(
                self.maps[index], squash(linear, self.activation), f"{self.name}, {PLACES[index]}", causes=causes, tolerance=1e-3, rule=rule,
            )
        weights = [self.weights[size].reshape(-1, units) for size, units in ((48000, 120), (10080, 84), (840, 10))]
        inner = flat_inner = self.maps[4]
        for weight in weights[:2]:
            inner = squash(inner @ weight + self.weights[weight.shape[1]], self.activation)
            flat_inner = flat_inner @ weight + self.weights[weight.shape[1]]
        expected = inner @ weights[2] + self.weights[10]
        checks.close(
            self.logits, expected, f"{self.name}, logits computed from its flattened vector",
            causes={
                "the first two dense layers have no activation": flat_inner @ weights[2] + self.weights[10],
                "the last layer has an activation; it should have none": squash(expected, self.activation),
                "the last layer has a softmax; it should have no activation": np.asarray(tf.nn.softmax(expected)),
            }, tolerance=1e-3,
            rule="The three dense layers follow each other, the first two with the activation, the last one without.",
        )

    def check_pooling(self):
        """Check both poolings, each on what the network itself has in front of it."""
        other = "average" if self.pooling == "max" else "max"
        wanted = "the argument says" if "pooling" in self.given else "the default is"
        for index in (1, 3):
            checks.close(
                self.maps[index], shrink(self.maps[index - 1], self.pooling), f"{self.name}, {PLACES[index]}",
                causes={f"this is {other} pooling, but {wanted} {self.pooling}": shrink(self.maps[index - 1], other)},
                tolerance=1e-3, rule="The pooling windows are 2×2, side by side, on the map before.",
            )


network = LeNet5()
with tf.GradientTape() as tape:
    total = tf.reduce_sum(network(three) ** 2)
gradients = tape.gradient(total, network.trainable_weights)
checks.same(
    sum(math.prod(weight.shape) for weight, gradient in zip(network.trainable_weights, gradients, strict=True) if gradient is not None),
    61_706, "the number of parameters that training can change",
    rule="Every weight should be trainable, and every operation from the images to the logits should be one of Keras or TensorFlow.",
)
checks.true(
    all(weight.std() > 0 for weight in network.get_weights() if weight.size > 120),
    "All weights of a kernel start with the same number, so its units can never become different. Kernels should start with random numbers.",
)
variants = [Variant({"activation": "relu", "pooling": "max"})]
variants[0].check_activation()
variants[0].check_pooling()
parts = checks.Parts(4)
with parts("any activation", 1):
    for given in (
        {"activation": "sigmoid", "pooling": "average"}, {"activation": "tanh"}, {"activation": "elu", "pooling": "average"},
        {"activation": "softplus", "pooling": "max"},
    ):
        variants.append(Variant(given))
        variants[-1].check_activation()
with parts("max and average pooling", 1):
    for given in (
        {"activation": "sigmoid", "pooling": "average"}, {"pooling": "average"}, {"activation": "elu", "pooling": "average"},
        {"activation": "softplus", "pooling": "max"},
    ):
        variants.append(Variant(given))
        variants[-1].check_pooling()
with parts("the defaults of both arguments", 1):
    for given in ({}, {"pooling": "average"}):
        variants.append(Variant(given))
        variants[-1].check_activation()
    for given in ({}, {"activation": "tanh"}):
        variants.append(Variant(given))
        variants[-1].check_pooling()
with parts("the same network in training, without a penalty", 1):
    for variant in variants:
        checks.close(
            variant.network(three, training=True), variant.logits, f"{variant.name}, called with training=True", tolerance=1e-3,
            rule="LeNet-5 has no layer that works differently in training.",
        )
    checks.true(not network.losses, "The network adds a penalty to its loss, as a regulariser does. LeNet-5 has none.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Here is the table again, this time from your network: the shape of each output, and the sizes of its ten arrays, five of weights (Keras calls all of them kernels) and five of biases.

# %% tags=["nbval-check-output"]
network = LeNet5()
noise = check.speckle(3, seed=1)
for place, values in zip(check.MAPS, network.feature_maps(noise), strict=True):
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

# %% [markdown]
# **Predict before you run the next cell.** Add 100 to all three logits, so that they become 102, 101 and 100. What happens to the three probabilities?

# %%
reveal("03-hundred")

# %% [markdown]
# A network that has learned nothing gives each of the ten digits the probability 1/10, so its loss is ln 10 = 2.303. Remember this number: if the loss stays there, the network is not learning.
#
# Keras offers this loss in several forms. Two questions tell you which one you need.
#
# 1. *How are the labels given?* As whole numbers, 0 to 9, so you need the **sparse** form. (The other form takes ten numbers per label, nine of them 0 and one of them 1.)
# 2. *What does the network return?* Logits, so the loss must apply softmax itself: **`from_logits=True`**. Without it, Keras takes the logits for probabilities and computes nonsense, without an error message. With it, Keras computes softmax and logarithm in one step, which cannot overflow.
#
# ### The optimiser
#
# In each step, *Adam* moves every weight by about the *learning rate*, whatever the size of the gradient. The learning rate may be a number or a *schedule*, a rate that changes from step to step. Early in training, large steps make quick progress; later, small ones let the weights settle, so that the result depends less on chance. Here you are given a schedule: the rate falls from 0.002 to 0 along half a cosine wave.

# %% tags=["seeds"]
BATCH = 128  # images in one training step


def falling_rate(images: int, epochs: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """A rate for Adam that falls from 0.002 to 0 in `epochs` passes over `images` images."""
    steps = epochs * math.ceil(images / BATCH)
    return keras.optimizers.schedules.CosineDecay(0.002, steps)


# %% [markdown]
# **Predict before you run the next cell.** After a quarter of all steps, has the rate lost a quarter of its starting value, or more, or less?

# %%
reveal("03-quarter")

# %% tags=["nbval-check-output"]
rate = falling_rate(images=12_800, epochs=5)  # 100 steps per epoch, 500 in all
for step in (0, 125, 250, 375, 500):
    print(f"step {step:3}: {float(rate(step)):.5f}")

# %% [markdown]
# The check of the next task needs a network whose logits are known. This one returns its inputs:

# %% tags=["folded"]
#@title echo_network: a network that returns its inputs as logits
def echo_network(classes: int) -> keras.Model:
    """A network with one dense layer that returns its inputs as logits."""
    layer = keras.layers.Dense(classes, use_bias=False)
    network = keras.Sequential([keras.Input((classes,)), layer])
    network.set_weights([np.eye(classes, dtype="float32")])
    return network

# %% [markdown]
# ### Task 3: compile (2 points, ★☆☆)
#
# The method `compile` gives a network its optimiser, its loss and the metrics that it should report. Write `compile_model`. The check uses the logits of the table above.

# %% nbgrader={"grade": false, "grade_id": "compile_model", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compile_model(model: keras.Model, learning_rate) -> keras.Model:
    """Give a classifier its optimiser, loss and metric.

    Parameters
    ----------
    model
        returns logits of shape (n, classes); its labels are whole numbers of shape (n,).
    learning_rate
        a float or a learning-rate schedule, for the Adam optimiser.

    Returns
    -------
    keras.Model
        the same model, compiled with Adam, the mean cross-entropy of the logits (correct for large
        ones as well) and the metric "accuracy", the fraction of images whose largest logit is that
        of their label.
    """
    ### BEGIN SOLUTION
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_compile_model", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.compile_model(compile_model, echo_network)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(3)
logits = draw.normal(0, 3, (64, 7)).astype("float32")
labels = draw.integers(0, 7, 64)
large_logits, large_losses = np.full((4, 7), -400, "float32"), [600, 0, 100, 30]  # for the labels 1, 1, 0, 2
large_logits[:, :3] = [[300, -300, 0], [0, 40, 0], [-200, -200, -100], [90, 0, 60]]


def stepped(rates: list, adam: bool = True) -> np.ndarray:
    """The weights after one step per rate, by hand: of Adam, or of plain gradient descent."""
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
    ("a schedule that halves 0.01 at each step", keras.optimizers.schedules.ExponentialDecay(0.01, 1, 0.5), [0.01, 0.005, 0.0025]),
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
            causes={"this is the fraction of wrong images": 1 - np.mean(hits)}, rule=check.RIGHT_CLASS)
        large = echo.evaluate(large_logits, np.array([1, 1, 0, 2]), verbose=0, return_dict=True)
        in_one_step = "Softmax followed by a logarithm overflows or is cut off; the loss should compute both together, from the logits."
        checks.true(np.isfinite(large["loss"]), f"The loss of logits as large as 300 is {large['loss']}. {in_one_step}")
        checks.close(large["loss"], np.mean(large_losses), "the loss of logits as large as 300", rule=in_one_step)
    for _ in rates:
        echo.train_on_batch(logits, labels)
    moves = {
        "Adam uses its own rate of 0.001, not the one that is given": stepped([0.001] * 3),
        "the first rate of the schedule is used at every step; Adam should get the schedule itself": stepped(rates[:1] * 3),
        "these are steps of plain gradient descent; the task asks for Adam": stepped(rates, adam=False),
    }
    checks.close(
        (echo.get_weights()[0] - np.eye(7)) / rates[0], (stepped(rates) - np.eye(7)) / rates[0],
        f"how far three training steps move the weights, in multiples of the first rate, for {rate_name}",
        causes={cause: (weights - np.eye(7)) / rates[0] for cause, weights in moves.items()}, tolerance=2e-3,
        rule="The optimiser should be Adam, with the learning rate that is given.",
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Training that stops by itself
#
# ### Early stopping, by hand
#
# With every *epoch* (one pass over the training images), the network fits these images better. On other images it improves for a while and then gets worse: it begins to memorise the training images. This is called *overfitting*. So the loss on the *validation set* is measured after each epoch. With *patience 3*, training stops when 3 epochs in a row have brought no new minimum, and the weights of the best epoch are restored.
#
# | epoch | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
# |---|---|---|---|---|---|---|---|
# | validation loss | 0.40 | 0.31 | **0.28** | 0.30 | 0.29 | 0.33 | 0.27 |
# | epochs without a new best | 0 | 0 | 0 | 1 | 2 | 3: stop | not trained |

# %%
figures.early_stopping([0.40, 0.31, 0.28, 0.30, 0.29, 0.33, 0.27], patience=3)

# %% [markdown]
# **Predict before you run the next cell.** When would training have stopped with a patience of 2, and when with a patience of 4? Which epoch would have been kept?

# %%
reveal("04-patience")

# %% [markdown]
# Epoch 7 would have been better than epoch 3, but nobody can know that after epoch 6. A larger patience finds more such cases, but it costs more time.

# %% [markdown]
# **Predict before you run the next cell.** Can the validation loss and the validation accuracy both rise from one epoch to the next?

# %%
reveal("04-both")

# %% [markdown]
# Why watch the loss and not the accuracy? The accuracy changes only when a wrong prediction becomes right or a right one becomes wrong. The loss also depends on how confident the network is, so it shows earlier that something is going wrong.
#
# ### Callbacks
#
# *Callbacks* are objects that Keras calls after each epoch. You need two of them: `keras.callbacks.EarlyStopping`, which watches one number (named by its argument `monitor`), and `keras.callbacks.TensorBoard`, which writes the loss and the metrics to *event files* in a folder. A separate program, also called TensorBoard, displays them while training runs.
#
# ### Task 4: train (3 points, ★★☆)
#
# Write `train`.

# %% nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(
    model: keras.Model,
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    batch_size: int = BATCH,
    verbose: int = 0,
) -> keras.callbacks.History:
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
    keras.callbacks.History
        what the model's method `fit` returns; its `history` holds "loss", "val_loss", ...
    """
    ### BEGIN SOLUTION
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
    log = keras.callbacks.TensorBoard(log_folder)
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
# The check trains a network with a single weight $w$, twice. The output is $w$ times the input, and training starts at $w = 0$. In the first run, $w = 2$ is right for both sets. In the second, $w = 2$ is right for the training set and $w = -2$ for the validation set: the better the network fits the one, the worse it fits the other, so the validation loss rises from the first epoch on. The check takes about 3 seconds.

# %% nbgrader={"grade": true, "grade_id": "test_train", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.train(train)
### BEGIN HIDDEN TESTS
from cnnlab import checks

import contextlib
import io


def refuse_to_compile(*arguments, **keywords):
    """Stands in for the method `compile` of a model."""
    raise checks.CheckFailed("The model is already compiled: it should not be compiled again.")


def accuracy(labels, outputs):
    """A metric that is large where the loss is: an answer that watches it as well finds another best epoch."""
    return tf.reduce_mean(tf.abs(labels - outputs)) * 10


def loss_at(weight, target):
    return float(np.mean((weight * check.INPUTS - target * check.INPUTS) ** 2))


def overheard(*arguments, **keywords):
    """What `train` returns, and what Keras prints meanwhile."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        result = checks.call(train, *arguments, **keywords)
    return result.history, printed.getvalue()


def weight_of(network):
    return float(network.get_weights()[0][0, 0])


inputs, ones, many = check.INPUTS, np.ones((20, 1), "float32"), np.ones((2 * BATCH + 1, 1), "float32")
stopped, stopped_losses = check.stopped_run(train)
with tempfile.TemporaryDirectory() as hidden_logs:
    hopeful = check.one_weight(0.2, 3e-5)
    own_optimizer = hopeful.optimizer
    hopeful.compile = refuse_to_compile
    falling, silent = overheard(hopeful, (inputs[:50], 0 * inputs[:50] + 1), (inputs, 0 * inputs + 1), 7, hidden_logs, 20)
    written = tensorboard.scalars(hidden_logs)
with tempfile.TemporaryDirectory() as hidden_logs:
    swinging = check.one_weight(0.0, 0.95)  # each step leads from one side of 2 to the other, a little closer each time
    swinging.compile(keras.optimizers.SGD(0.95), "mse", metrics=[accuracy])
    swinging.compile = refuse_to_compile
    swung, lines = overheard(swinging, (ones, 2 * ones), (ones, 3.2 * ones), 12, hidden_logs, verbose=2)
    default = check.one_weight(0.0, 0.01)
    checks.call(train, default, (many, many), (ones, ones), 2, hidden_logs)
checks.true(hopeful.optimizer is own_optimizer, "The model has another optimiser than before. It is already compiled: use it as it is.")
checks.true(max(falling["val_accuracy"]) == 0,
    "The validation accuracy should have stayed at 0 here. The model should start from its own weights and take steps of its own learning rate.")
trained_loss = np.mean((weight_of(hopeful) * inputs - 1) ** 2)
one_epoch = falling["val_loss"][-1] if len(falling["val_loss"]) == 7 else min(falling["val_loss"], key=lambda loss: abs(loss - trained_loss))
checks.close(trained_loss, one_epoch, "the loss of the whole validation pair with the trained weight, compared with the history", tolerance=1e-5,
    rule="The weights should be those of an epoch of this training, and the validation loss should be measured on the whole validation pair.")
weights = [2 - 2 * (-0.9) ** epoch for epoch in range(1, 13)]
epochs = len(swung["val_loss"])
checks.close(swung["val_loss"], [(weight - 3.2) ** 2 for weight in weights[:epochs]], "the validation losses of a weight that swings around 2", tolerance=1e-3,
    rule="Each epoch should go through the training images once, and its loss should be measured on the whole validation pair.")
last_kept = "the weights of the last epoch are kept; it should be those of the best epoch"
parts = checks.Parts(3)
with parts("when training stops", 1):
    checks.same(len(falling["val_loss"]), 7, "the number of epochs, while the validation loss falls a little and the validation accuracy stays at 0",
        rule="Every new lowest value of the validation loss counts, even a small improvement; the accuracy does not matter.",
    )
    checks.same(epochs, 8, "the number of epochs, where the validation loss is lowest in epochs 1, 3 and 5 and much larger between them",
        causes={
            12: "an epoch counts as an improvement on the one before it; it has to be better than all before it",
            6: "the epochs without a new lowest value are counted from the start; a new lowest value sets the count back to 0",
        },
        rule="Training should stop after three epochs in a row without a new lowest value.")
with parts("the weights of the best epoch", 1):
    checks.close(loss_at(weight_of(stopped), -2), stopped_losses["val_loss"][0], "the validation loss of the weights after the stop",
        causes={last_kept: stopped_losses["val_loss"][-1]}, tolerance=1e-3, rule="The weights of the best epoch should be restored.")
    checks.close(weight_of(swinging), weights[4], "the weight after the stop, where epoch 5 is the best", tolerance=1e-3,
        causes={last_kept: weights[epochs - 1]}, rule="The weights of the best epoch should be restored.")
with parts("batch size, verbosity and log", 1):
    checks.same(int(own_optimizer.iterations), 3 * len(falling["loss"]), f"training steps of {len(falling['loss'])} epochs, 50 images, batch size 20",
        rule="Each epoch should go through the training images once, in batches of `batch_size`, the last of which is smaller.",
    )
    checks.same(int(default.optimizer.iterations), 6, f"training steps of 2 epochs of {len(many)} images without `batch_size`", rule=f"Its default is {BATCH}.")
    checks.true("/step" not in silent, "With verbose=0, which is the default, Keras should print nothing, but it prints a line of progress.")
    checks.same(len([line for line in lines.splitlines() if "val_loss" in line]), epochs, f"lines with the validation loss that Keras prints in {epochs} epochs with verbose=2",
        rule="With verbose=2 Keras prints one line per epoch: `verbose` should be passed on.")
    logged = [values for (run, tag), values in written.items() if "validation" in run and "loss" in tag]
    lasted = len(falling["val_loss"])
    checks.true(any(np.allclose(values[-lasted:], falling["val_loss"], atol=1e-5) for values in logged if len(values) >= lasted),
        "The validation losses in the event files are not those of this training.",
    )
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Train LeNet-5
#
# You now have all the parts. `train_lenet` will put them together, so that one call trains one network. It also sets the *seed*, the number that determines everything random: the initial weights and the order of the images. With the same seed on the same machine, you get the same network again. `keras.utils.set_random_seed` sets the seeds of Python, NumPy and TensorFlow at once. Call it before the network creates its weights.
#
# The next cell defines two functions. `trained` calls your `train_lenet` once and keeps what it returns, so that the rest of the notebook can use the network without training it again. `accuracy_on_test` measures a network on the test set.

# %% tags=["folded", "seeds"]
#@title trained: a LeNet-5, trained once by your train_lenet; accuracy_on_test: its test accuracy
@functools.cache
def trained() -> tuple:
    """A LeNet-5 trained by `train_lenet`, and its History."""
    folder = tensorboard.new_folder("logs/02-lenet/main")
    return train_lenet(training, validation, plan.epochs, folder, verbose=2)


def accuracy_on_test(model: keras.Model) -> float:
    """The fraction of the test images that a network classifies correctly."""
    logits = model.predict(test[0], batch_size=500, verbose=0)
    return float(np.mean([int(row.argmax()) for row in logits] == test[1]))

# %% [markdown]
# ### Task 5: one call, one trained network (4 points, ★★☆)
#
# Write `train_lenet`.

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
        a whole number, 0 or more; the same seed gives the same network, another seed another one.

    Returns
    -------
    tuple
        the trained LeNet5 and what `train` returned.
    """
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed)
    model = LeNet5(activation, pooling)
    compile_model(model, falling_rate(len(training[0]), epochs))
    history = train(model, training, validation, epochs, log_folder, verbose=verbose)
    return model, history
    ### END SOLUTION

# %% [markdown]
# **Predict before you run the next cell.** The network learns from the training images and not from the validation images. After the first epoch, Keras prints an accuracy for each of the two sets. Which one will be higher?

# %%
reveal("05-higher")

# %% [markdown]
# The check first trains on 200 images of noise, which takes a few seconds. Then it trains LeNet-5 on the digits and prints one line per epoch: **about 30 seconds** on a CPU. The trained network must reach a required accuracy on the test set. The course team trained 20 networks with the seeds 1 to 20 in each of three ways: as your notebook does on a CPU (`cpu`), with the longer training that it uses on a GPU (`gpu`, although these networks were trained on a CPU too), and in the shorter way used for grading (`grading`). The required accuracy is so far below their mean that a correct answer does not fail through bad luck:
#
# | | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 8,000 images, 3 epochs | 94.73 % | 0.47 % | 92.0 % | 5.8 standard deviations |
# | cpu | 50,000 images, 7 epochs | 99.07 % | 0.10 % | 98.5 % | 6.0 standard deviations |
# | gpu | 55,000 images, 8 epochs | 99.07 % | 0.16 % | 98.4 % | 4.1 standard deviations |
#
# Why do the networks in the last row differ more than those in the row above? One of the 20 had three bad epochs early, while the learning rate was still high, and stopped at 98.56 %. That is the risk of a small patience.

# %% nbgrader={"grade": true, "grade_id": "test_train_lenet", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.train_lenet(train_lenet, trained, accuracy_on_test, plan)
### BEGIN HIDDEN TESTS
from cnnlab import checks

import inspect


def distance(network, other):
    """How far the weights of two networks are apart, on average."""
    return float(np.mean([np.abs(mine - theirs).mean() for mine, theirs in zip(network.get_weights(), other.get_weights(), strict=True)]))


def mark(pair):
    """A number that stays the same only if every image keeps its values and its label, in whatever order."""
    images, labels = (np.asarray(part, "float64") for part in pair)
    return float(images.sum(axis=(1, 2, 3)) @ (labels + 1))


def only_build(*arguments, **keywords):
    """Stands in for `train` for a moment: it keeps what it is given, makes the weights and trains nothing."""
    call = inspect.signature(real_train).bind(*arguments, **keywords)
    call.apply_defaults()
    handed.append(dict(zip(("model", "training", "validation", "epochs", "log_folder", "batch_size", "verbose"), call.arguments.values(), strict=False)))
    handed[-1]["model"](few[0][:1])
    return small_history


def loss_on(pair):
    """The mean cross-entropy of the small network, by hand."""
    logits = np.asarray(small(pair[0]), "float64")
    return float(np.mean([np.logaddexp.reduce(row) - row[label] for row, label in zip(logits, pair[1], strict=True)]))


few, fewer = check.noise_pairs()
small, small_history = check.noise_run(train_lenet, seed=6)
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
model, seen, watched = (handed[0][name] for name in ("model", "training", "validation"))
if np.isclose(mark(seen), mark(fewer), rtol=1e-6):
    cause = "training and validation images are swapped"
elif len(seen[1]) != 200:
    cause = f"there are {len(seen[1])} images instead of 200"
elif np.isclose(np.sum(seen[0]), np.sum(few[0]), rtol=1e-4):
    cause = "labels no longer belong to their images"
else:
    cause = "the images are not those that train_lenet is given, which are already prepared"
checks.true(np.isclose(mark(seen), mark(few), rtol=1e-6),
    f"`train` should learn from the training pair that train_lenet is given, but it gets something else: {cause}.",
)
checks.true(np.isclose(mark(watched), mark(fewer), rtol=1e-6),
    "`train` should watch the validation pair that train_lenet is given, but it gets something else.",
)
checks.close(min(small_history.history["val_loss"], key=lambda loss: abs(loss - loss_on(fewer))), loss_on(fewer),
    "a validation loss in the history, compared with that of the returned network on the validation images",
    causes={"training and validation images are swapped": loss_on(few)}, tolerance=1e-3,
    rule="The returned network should be the one that was trained, compiled with the cross-entropy of the logits.",
)
rates = []
for step in (0, 4, 8):
    model.optimizer.iterations.assign(step)
    rates.append(1000 * float(model.optimizer.learning_rate))
parts = checks.Parts(4)
with parts("the seed", 1):
    seeded = "The seed should be set before the network is created, by keras.utils.set_random_seed(seed), whatever `seed` is."
    checks.true(distance(first, again) < 0.001, f"Two training runs with seed 4 should start with the same weights. {seeded}")
    checks.true(distance(zero, zero_again) < 0.001, f"Two training runs with seed 0 should start with the same weights. {seeded}")
    checks.true(distance(default, one) < 0.001, f"Without `seed`, training should start with the weights of seed 1. {seeded}")
    checks.true(distance(first, other) > 0.01 < distance(zero, one), f"Training runs with different seeds should start with different weights. {seeded}")
with parts("the falling learning rate", 1):
    checks.close(rates, [2, 1, 0], "a thousand times the learning rate at the start, half-way through and at the end of 4 epochs of 200 images",
        causes={
            "the rate is constant; it should fall from step to step": [rates[0]] * 3,
            "the two arguments of falling_rate are swapped; the number of images comes first":
                [1000 * float(falling_rate(4, 200)(step)) for step in (0, 4, 8)],
        }, tolerance=1e-3, rule="It should be falling_rate for the number of training images and of epochs.")
with parts("activation and pooling", 1):
    default_map, default_pooled = (np.asarray(item) for item in first.feature_maps(fewer[0])[:2])
    checks.true(default_map.min() == 0,
        f"Called without an activation, train_lenet should make a network with ReLU, so the smallest value of the first feature map should be 0, but it is {default_map.min():.2g}.",
    )
    windows = default_map.reshape(100, 14, 2, 14, 2, 6)
    checks.close(default_pooled, windows.max(axis=(2, 4)), "the first pooling, where train_lenet is called without a pooling", tolerance=1e-3,
        causes={'this is average pooling; the default of `pooling` should be "max"': windows.mean(axis=(2, 4))},
        rule="It should be the maximum of each window of 2×2.",
    )
    sigmoid_map, average_pooled = (np.asarray(item) for item in small.feature_maps(fewer[0])[:2])
    checks.true(sigmoid_map.min() > 0 and sigmoid_map.max() < 1 and (sigmoid_map == 0).sum() == 0,
        'With activation="sigmoid", every value of the first feature map should lie between 0 and 1, but some do not. `activation` should be passed on to LeNet5.',
    )
    windows = sigmoid_map.reshape(100, 14, 2, 14, 2, 6)
    checks.close(average_pooled, windows.mean(axis=(2, 4)), 'the first pooling, with pooling="average"',
        causes={"this is max pooling; `pooling` is not passed on": windows.max(axis=(2, 4))}, tolerance=1e-3,
        rule="It should be the average of each window of 2×2.",
    )
with parts("epochs, batch size, log folder and verbosity", 1):
    for call in handed:
        checks.same((call["epochs"], call["batch_size"]), (4, BATCH), "epochs and batch size that `train` gets",
            rule="They should be the epochs that train_lenet is given and the default batch size.")
        checks.true(str(call["log_folder"]).startswith(hidden_logs), "The log folder that `train` gets should be the one that train_lenet is given.")
    checks.same([call["verbose"] for call in handed], [0] * 6 + [2], "`verbose` that `train` gets in six calls without it and one with 2",
        rule="It should be passed on, and be 0 where it is not given.")
try:  # the training comes last, and costs all points
    check.expect_trained(trained, accuracy_on_test, plan)
except checks.CheckFailed as failed:  # what a part has found says more
    raise next((error for _, _, error in parts.points().lost), failed) from None
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# ### Learning curves
#
# The next cell shows loss and accuracy after each epoch, on the training set and on the validation set.

# %%
lenet, history = trained()  # the network that the check has trained
figures.learning_curves(history.history)

# %% [markdown]
# Notice that the first epoch does most of the work. After that, the training loss keeps falling while the validation loss levels off. The gap between the two curves is what the network has learned about the training images alone. At the start the validation curve looks better, because it is measured at the *end* of each epoch, and the training curve is the average *over* the epoch.
#
# The event files contain the same numbers:

# %%
for folder, size in tensorboard.event_files("logs/02-lenet/main"):
    print(f"logs/02-lenet/main/{folder}: an event file of {size:,} bytes")
for (run, tag), values in tensorboard.scalars("logs/02-lenet/main").items():
    print(f"{run:10} {tag:32}", *(f"{value:.4f}" for value in values))

# %% [markdown]
# TensorBoard plots them, even while training is still running. In Colab and in Jupyter, the next cell does the same as `%load_ext tensorboard` and `%tensorboard --logdir logs/02-lenet`. Without a browser, it only prints a line.

# %%
tensorboard.show("logs/02-lenet")

# %% [markdown]
# ### How much of the accuracy is luck?
#
# A different seed gives a different network. The table above summarises the accuracies of seeds 1 to 20.

# %% [markdown]
# **Predict before you run the next cell.** On a CPU, the standard deviation of these 20 accuracies is 0.10 %. How far apart are the worst and the best of the 20 networks: 0.1, 0.4 or 1 percentage point?

# %%
reveal("05-seeds")

# %% [markdown]
# If you have the time, train one more network with a seed of your own: run `accuracy_of_seed(21)` in a new cell. The next cell defines this function.

# %% tags=["folded", "seeds"]
#@title accuracy_of_seed: the test accuracy of one more network
def accuracy_of_seed(seed: int) -> float:
    """The test accuracy of one LeNet-5 from this seed, trained on as many images as above."""
    folder = tensorboard.new_folder("logs/02-lenet/seed")
    model, _ = train_lenet(training, validation, plan.epochs, folder, seed=seed)
    return accuracy_on_test(model)


# %% tags=["audit", "seeds"]
def broken_accuracies(seed: int) -> dict[str, float]:
    """What `accuracy_of_seed` returns, for networks that are plausible but broken."""
    images, labels = training

    def reached(images, labels, epochs=plan.epochs) -> float:
        model = LeNet5()
        if epochs:
            model, _ = train_lenet((images, labels), validation, epochs, tensorboard.new_folder("logs/02-lenet/broken"), seed=seed)
        return accuracy_on_test(model)

    return {
        "not trained": reached(images, labels, epochs=0),
        "labels shuffled": reached(images, np.random.default_rng(seed).permutation(labels)),
        "one class": reached(images, np.full_like(labels, 3)),
        "normalisation forgotten": reached(255 * images, labels),
    }


# %% [markdown]
# ### What the first layer has learned
#
# Its six kernels have 5×5 weights each, so they can be shown as images.

# %%
figures.filters(
    next(weight for weight in lenet.get_weights() if weight.shape == (5, 5, 1, 6))[:, :, 0],
    "The six kernels of the first convolution, learned from the digits",
)

# %% [markdown]
# Compare them with the edge filters of assignment 1. Some have positive weights on one side and negative weights on the other: they respond to edges and strokes in one direction, although nobody designed them to. For others there is no simple name.
#
# ### One digit on its way through the network
#
# The next cell shows a test image and, row by row, the outputs of the first four layers.

# %%
digit = test[0][:1]
figures.feature_maps(digit[0, :, :, 0], {
    place: np.asarray(values)[0]
    for place, values in zip(list(check.MAPS)[:4], lenet.feature_maps(digit)[:4], strict=True)
})

# %% [markdown]
# From row to row the maps show less detail and more meaning. In the first maps you can still read the digit; each map highlights different strokes. The last sixteen maps have 5×5 numbers each, 400 in all. Nobody can read the digit from these numbers, but three dense layers can.
#
# ## 6. Evaluate
#
# One number is not enough to judge a network. Here are three, for the test set of 10,000 images:
#
# - the **loss**, the mean cross-entropy: how much probability the network gave to the true classes;
# - the **accuracy**, the fraction of images classified correctly;
# - the **number of wrong images**: 98.9 % and 99.1 % look much the same, but 110 mistakes and 90 mistakes do not.

# %% [markdown]
# **Predict before you run the next cell.** A network ignores the image and always answers with the same digit. What accuracy can it reach on the test set at best? (The sets were counted in section 1.)

# %%
reveal("06-constant")

# %% [markdown]
# Large sets go through a network in batches, and the last batch may be smaller. An average over the batch averages then gives the images of the small batch more weight than the others. By hand: take 3 images with losses 1, 1 and 4, in batches of 2. The batch means are 1 and 4, and their average is 2.5. The mean over the images is (1 + 1 + 4) / 3 = 2.

# %% [markdown]
# **Predict before you run the next cell.** The test set goes through a network in batches of 3,000. How many times as much does an image of the last batch count as another one, if the batch averages are averaged?

# %%
reveal("06-batches")

# %% [markdown]
# ### Task 6: evaluate (3 points, ★★☆)
#
# Write `evaluate`. It has the same name as a method of Keras models, which you may use.

# %% nbgrader={"grade": false, "grade_id": "evaluate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def evaluate(
    model: keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000
) -> tuple:
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
check.evaluate(evaluate, echo_network)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(9)
wide_logits = (6 * draw.normal(size=(137, 5))).astype("float32")
wide_logits[0] = (300, -300, 0, 0, 0)  # wrong below: a loss of 600
mild_logits = np.concatenate([wide_logits[:1] / 50, wide_logits[1:]])
best_guess = np.array([sorted(range(5), key=lambda place, row=row: row[place])[-1] for row in wide_logits])
is_wrong = draw.permutation(np.arange(137) < 54)
is_wrong[[0, np.flatnonzero(is_wrong)[-1]]] = is_wrong[[np.flatnonzero(is_wrong)[-1], 0]]
wide_labels = ((best_guess + is_wrong) % 5).astype("uint8")
is_right = best_guess == wide_labels
most = tf.Variable(0)


def cross_entropies(rows):
    return [float(np.logaddexp.reduce(row) - row[label]) for row, label in zip(rows.astype("float64"), wide_labels, strict=True)]


class Watch(keras.layers.Layer):
    """Passes its inputs on and notes how many images came at once."""

    def call(self, inputs):
        most.assign(tf.maximum(most, tf.shape(inputs)[0]))
        return inputs


noisy = keras.Sequential([
    keras.Input((5,)), keras.layers.Dense(5, use_bias=False, kernel_initializer="identity"), Watch(),
    keras.layers.BatchNormalization(epsilon=1e-9), keras.layers.Dropout(0.5),
])
_, plain_accuracy, _ = check.measured(evaluate, echo_network(5), mild_logits, wide_labels, "137 images in batches of 50", 50)
checks.close(plain_accuracy, is_right.mean(), "the accuracy of 137 images in batches of 50", tolerance=1e-2,
    rule="It should be the fraction of correct images among all of these images.")
inactive = "Dropout should not be active while a network is evaluated."
noisy_loss, noisy_accuracy, _ = check.measured(evaluate, noisy, mild_logits, wide_labels, "137 images, with dropout", 50)
checks.close(noisy_accuracy, is_right.mean(), "the accuracy of a network with dropout", tolerance=1e-2, rule=inactive)
most_of_50 = int(most)
most.assign(0)
_, _, wrong_of_1507 = check.measured(evaluate, noisy, np.tile(mild_logits, (11, 1)), np.tile(wide_labels, 11), "1,507 images")
most_of_1507, fit = int(most), [mild_logits]  # fit: logits with which the loss is right
parts = checks.Parts(3)
with parts("the loss, even with large logits", 1):
    for name, rows in (("137 images", mild_logits), ("137 images with large logits", wide_logits)):
        per_image = cross_entropies(rows)
        for size in (20, 137, 1000):
            loss, accuracy, _ = check.measured(evaluate, echo_network(5), rows, wide_labels, f"{name} in batches of {size}", size)
            batches = [np.mean(per_image[start : start + size]) for start in range(0, 137, size)]
            checks.close(
                loss, np.mean(per_image), f"the loss of {name} in batches of {size}", tolerance=1e-3,
                causes={"the means of the batches are averaged, although the last batch is smaller": np.mean(batches)},
                rule="It should be the mean cross-entropy of all of these images.",
            )
            checks.close(accuracy, is_right.mean(), f"the accuracy of {name} in batches of {size}", tolerance=1e-2,
                rule="It should be the fraction of correct images among all of these images.")
    checks.close(noisy_loss, np.mean(cross_entropies(mild_logits)), "the loss of a network with dropout", tolerance=1e-3, rule=inactive)
    loss, _, _ = check.measured(evaluate, noisy, wide_logits, wide_labels, "137 images with large logits, with dropout", 50)
    checks.close(loss, np.mean(cross_entropies(wide_logits)), "the loss of a network with dropout and large logits", tolerance=1e-3, rule=inactive)
    fit.append(wide_logits)
with parts("the accuracy and the number of wrong images", 1):
    for rows in fit:
        echo = echo_network(5)
        for size in (20, 137, 1000):
            _, accuracy, wrong = check.measured(evaluate, echo, rows, wide_labels, f"137 images in batches of {size}", size)
            checks.close(accuracy, is_right.mean(), f"the accuracy of 137 images in batches of {size}", tolerance=1e-4,
                rule="It should be the fraction of correct images among all of these images, not rounded.")
            checks.same(wrong, int((~is_right).sum()), f"the number of wrong images, of 137 in batches of {size}",
                rule="It should be the number of wrong images among all of these images; a product like 53.9999 has to be rounded, not cut off.")
        for number, wrongly in ((61, 4), (67, 9), (67, 38), (61, 10)):
            some_labels = (best_guess[:number] + (np.arange(number) < wrongly)) % 5
            _, accuracy, wrong = check.measured(evaluate, echo, rows[:number], some_labels.astype("int16"), f"{number} images", 1000)
            checks.same(wrong, wrongly, f"the number of wrong images, of {number}", rule="A product of floats like 3.9999 has to be rounded, not cut off.")
            checks.close(accuracy, 1 - wrongly / number, f"the accuracy of {number} images, {wrongly} of them wrong", rule="It should not be rounded.")
        _, accuracy, _ = check.measured(evaluate, noisy, rows, wide_labels, "137 images, with dropout", 50)
        checks.close(accuracy, is_right.mean(), "the accuracy of a network with dropout", tolerance=1e-4, rule=inactive)
        _, _, wrong = check.measured(evaluate, noisy, np.tile(rows, (11, 1)), np.tile(wide_labels, 11), "1,507 images")
        for count in (wrong, wrong_of_1507):
            checks.same(count, 11 * 54, "the number of wrong images, of 1,507", rule="It should be the number of wrong images among all of these images.")
with parts("the batch size", 1):
    checks.same(most_of_50, 50, "the largest number of images that went through the network at once, with batch_size 50",
        causes={137: "all images go through the network at once"}, rule="The network should get `batch_size` images at a time.",
    )
    checks.same(most_of_1507, 1000, "the largest number of images that went through the network at once, without `batch_size`", rule="Its default is 1000.")
parts.points()
### END HIDDEN TESTS

# %%
test_loss, test_accuracy, test_wrong = evaluate(lenet, *test)
error_rate = test_wrong / len(test[1])
print(f"test loss {test_loss:.4f}, accuracy {test_accuracy:.2%}, "
      f"{test_wrong} of {len(test[1]):,} images wrong: an error rate of {error_rate:.2%}")

# %% [markdown]
# In 1998, LeCun and his colleagues reported an error rate of 0.95 % for LeNet-5 on this test set. Trained on distorted copies of the images as well, it reached 0.8 %.
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
# ### Task 7: confusion matrix (3 points, ★★☆)
#
# Write `confusion_matrix`. Do the counting yourself, without a ready-made function such as `tf.math.confusion_matrix`. You may use functions from NumPy, Keras or TensorFlow that add or count.

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
check.confusion_matrix(confusion_matrix)
### BEGIN HIDDEN TESTS
from collections import Counter

from cnnlab import checks

draw = np.random.default_rng(11)


def count_unseen(number, classes, dtype, guess_dtype):
    truth = draw.integers(0, classes - (classes > 2), number)
    guess = draw.integers(0, classes, number)
    expected = np.zeros((classes, classes), "int64")
    for pair, count in Counter(zip(truth.tolist(), guess.tolist(), strict=True)).items():
        expected[pair] = count
    overflown = np.bincount((truth * classes + guess) % 256, minlength=classes**2)
    check.expect_confusion_matrix(
        confusion_matrix, truth.astype(dtype), guess.astype(guess_dtype), classes, expected,
        f"the confusion matrix of {number} images and {classes} classes ({dtype} and {guess_dtype})", {
            "the counts overflow in a dtype of one byte": expected % 256,
            "label times classes overflows in the dtype of the labels, one byte": overflown[: classes**2].reshape(classes, classes),
        },
    )


parts = checks.Parts(3)
with parts("any number of images and classes", 1):
    for case in ((500, 10, "int64", "int64"), (700, 30, "int32", "int64"), (5, 9, "int64", "int64"), (1, 3, "int64", "int32"), (900, 150, "int64", "int32")):
        count_unseen(*case)
with parts("large counts", 1):
    for case in ((12_000, 2, "int32", "int32"), (3000, 3, "int64", "int64")):
        count_unseen(*case)
with parts("labels in small dtypes", 1):
    for case in (
        (500, 10, "uint8", "uint8"), (700, 30, "uint8", "uint8"), (300, 12, "uint8", "int64"), (3000, 2, "uint8", "uint8"),
        (3000, 3, "int8", "int8"), (900, 200, "uint8", "uint8"), (900, 150, "int16", "uint8"), (1, 3, "int64", "uint8"),
    ):
        count_unseen(*case)
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Which two digits will your network confuse most often? Write down a pair before you look.

# %%
reveal("07-pair")

# %%
test_logits = lenet.predict(test[0], batch_size=1000, verbose=0)
predictions = test_logits.argmax(axis=1)
matrix = confusion_matrix(test[1], predictions, 10)
figures.confusion(matrix)

# %% [markdown]
# The diagonal is left uncoloured. Each of its squares counts almost a thousand correct images; on such a scale, all mistakes would look equally pale. Find the darkest square: which two digits does it stand for, and what makes them look alike when somebody writes in a hurry?
#
# You can read two fractions off the matrix. *Recall*: what fraction of all images of a digit was recognised (along a row)? *Precision*: what fraction of all images classified as a digit really showed it (down a column)?

# %% [markdown]
# **Predict before you run the next cell.** In the matrix of six images that was counted by hand, which class has the recall 1, and what is its precision? For which class is it the other way round?

# %%
reveal("07-recall")

# %% [markdown]
# Recall and precision of your network:

# %%
print("digit  images  recall  precision")
for digit, row in enumerate(matrix):
    recall, precision = row[digit] / row.sum(), row[digit] / max(matrix[:, digit].sum(), 1)
    print(f"{digit:5}  {row.sum():6}  {recall:6.2%}  {precision:9.2%}")

# %% [markdown]
# ## 8. The worst mistakes
#
# Not all mistakes are alike. A network that says "4 or 9, I cannot tell" and is wrong has at least warned you. A network that is confident and wrong has not. Its *confidence* is the probability of the class that it chose: the largest of the ten.

# %% [markdown]
# **Predict before you run the next cell.** How low can the confidence of a network with ten classes be? And how high can the probability of the true class be if the answer is wrong?

# %%
reveal("08-lowest")

# %% [markdown]
# By hand, for five images and three classes:
#
# | image | probabilities | true class | predicted | |
# |---|---|---|---|---|
# | 0 | 0.70, 0.20, 0.10 | 0 | 0 | right |
# | 1 | 0.60, 0.30, 0.10 | 1 | 0 | wrong, 60 % confident |
# | 2 | 0.09, 0.01, 0.90 | 0 | 2 | wrong, 90 % confident |
# | 3 | 0.00, 1.00, 0.00 | 1 | 1 | right |
# | 4 | 0.55, 0.44, 0.01 | 2 | 0 | wrong, 55 % confident |
#
# The mistakes, worst first, are images 2, 1 and 4.
#
# ### Task 8: the worst mistakes (3 points, ★★☆)
#
# Write `worst_mistakes`.

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
        the indices (whole numbers 0 to n - 1) of images classified wrongly, the most confident
        mistake first: `count` of them, or fewer if there are fewer mistakes (an empty array if
        there are none). Images classified correctly do not appear. Equally confident mistakes may
        come in any order.
    """
    ### BEGIN SOLUTION
    confidence = probabilities.max(axis=1)
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-confidence[mistakes])
    return mistakes[order][:count]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_worst_mistakes", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.worst_mistakes(worst_mistakes)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(13)
shares = draw.dirichlet(np.full(6, 0.4), 300)
truth = np.where(draw.random(300) < 0.7, [max(range(6), key=row.__getitem__) for row in shares.tolist()], draw.integers(0, 6, 300)).astype("uint8")
equal_shares = np.array([[0.6, 0.4, 0], [0.1, 0.8, 0.1], [0.2, 0, 0.8], [0.8, 0.15, 0.05], [0, 0.6, 0.4], [0.1, 0.1, 0.8]])
equal_labels = np.array([1, 0, 1, 0, 2, 0], "int16")


def rank_unseen(rows, true_classes, count):
    certain = {place: max(row) for place, row in enumerate(rows.tolist()) if row.index(max(row)) != true_classes[place]}
    what = f"the {count} worst mistakes of {len(true_classes)} images"
    found = check.ranked(worst_mistakes, rows, true_classes, count, min(count, len(certain)), what)
    strangers = set(found) - set(certain)
    checks.true(not strangers, f"{what} include {min(strangers, default=0)}, which is no mistake. The indices should be positions among all images.")
    checks.true(
        len(set(found)) == len(found) and [certain[place] for place in found] == sorted(certain.values(), reverse=True)[:count],
        f"{what} are not the right images in the right order. They should be sorted by the exact probability of the predicted class.",
    )


parts = checks.Parts(3)
with parts("the right images in the right order", 1):
    for count in (1, 7, 25):
        rank_unseen(shares, truth, count)
    rank_unseen(shares.astype("float32"), truth, 40)
with parts("equally confident mistakes", 1):
    for count in (1, 2, 3, 4, 5, 9):
        rank_unseen(equal_shares, equal_labels, count)
with parts("fewer mistakes than images to return, or none", 1):
    rank_unseen(shares, truth, 1000)
    perfect = np.eye(4)[[2, 0, 3]]
    check.ranked(worst_mistakes, perfect, np.array([2, 0, 3]), 5, 0, "the worst mistakes of a network that makes none")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** A network classifies 1,000 images, each with a confidence of 95 %. If its probabilities can be trusted, about how many of the images does it get wrong?

# %%
reveal("08-trust")

# %%
probabilities = tf.nn.softmax(test_logits).numpy()
worst = worst_mistakes(probabilities, test[1], 12)
confidence = probabilities[worst].max(axis=1)
figures.worst(test_images[worst], test[1][worst], predictions[worst], confidence)

# %% [markdown]
# Nobody could read some of these with certainty, and a few labels may be wrong. But others are easy to read, and the network was still confident in a wrong answer. The probability that a network states need not match how often it is right. Keep that in mind when a network reads cheques.
#
# ## 9. Then and now: sigmoid and average pooling against ReLU and max pooling
#
# In 1998 the activation was an S-shaped curve, and pooling took the average. Today most networks use ReLU, and many use max pooling. Does the choice matter? Train both and see.
#
# The derivatives suggest what to expect. In each layer, backpropagation multiplies the gradient by the derivative of the activation:

# %%
figures.activations()

# %% [markdown]
# The sigmoid's derivative is 1/4 at most. After the four activations of LeNet-5, at most (1/4)⁴ = 1/256 of the gradient is left, leaving aside what the weights do to it. A ReLU unit that is switched on passes the gradient on unchanged.

# %% [markdown]
# **Predict before you run the next cell.** What is left of the gradient after ten sigmoids, at most? And after ten ReLU units, all switched on?

# %%
reveal("09-ten")

# %% [markdown]
# ### A fair comparison
#
# - *The same conditions*: both kinds of network get the same images, epochs, learning rate and seeds.
# - *More than one run*: a difference counts only if it is large compared with the differences between seeds. So each kind is trained with several seeds. The result is the mean and the *sample standard deviation*, for which you divide by the number of runs **minus one**.
#
# By hand, for two runs with accuracies 0.90 and 0.94: the mean is 0.92 and the deviations are −0.02 and 0.02, so the standard deviation is √((0.0004 + 0.0004) / (2 − 1)) = 0.0283. Dividing by 2 would give 0.02. That is too small, because the mean was computed from the same two numbers.
#
# ### Task 9: compare (3 points, ★☆☆)
#
# Write `compare`. It does not train networks itself: one of its arguments is a function that does. The check passes a function that only looks up numbers; the notebook then passes one that trains.

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
check.compare(compare)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(17)
hidden_variants = [("tanh", "max"), ("relu", "average"), ("sigmoid", "max")]
hidden_seeds = [3, 0, 21, 34, 55]
numbers = {(*variant, seed): float(draw.random()) for variant in hidden_variants for seed in hidden_seeds}
numbers["relu", "average", 0], numbers["tanh", "max", 34] = 0.0, 1.0
table = check.tabulated(compare, numbers, hidden_variants, hidden_seeds)
runs_of = {variant: [numbers[(*variant, seed)] for seed in hidden_seeds] for variant in hidden_variants}
centres = {variant: sum(runs) / 5 for variant, runs in runs_of.items()}
parts = checks.Parts(3)
with parts("the means", 2):
    for variant, runs in runs_of.items():
        checks.close(
            table[variant][0], centres[variant], f"the mean of {variant} over five seeds",
            causes={"this is the median; the task asks for the mean": sorted(runs)[2]},
            rule="It should be the sum of all accuracies divided by their number, not rounded.",
        )
with parts("the sample standard deviations", 1):
    for variant, runs in runs_of.items():
        squares = sum((run - centres[variant]) ** 2 for run in runs)
        check.expect_deviation(table, variant, math.sqrt(squares / 4), math.sqrt(squares / 5), f"the standard deviation of {variant} over five seeds")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Suppose that you train for only 2 epochs, on 10,000 images. What test accuracy do you expect from the sigmoid network? And what from the ReLU network?

# %%
reveal("09-short")

# %% [markdown]
# Now the real comparison: two kinds of network, two seeds each, and short training runs. It takes **about 15 seconds** on a CPU.

# %%
def measure(activation: str, pooling: str, seed: int) -> float:
    """The test accuracy of one LeNet-5 after a short training run."""
    images, labels = training[0][: plan.comparison_images], training[1][: plan.comparison_images]
    watched = validation[0][:1000], validation[1][:1000]
    folder = tensorboard.new_folder(f"logs/02-lenet/{activation}-{pooling}-{seed}")
    model, _ = train_lenet(
        (images, labels), watched, plan.comparison_epochs, folder, activation, pooling, seed
    )
    return evaluate(model, *test)[1]


if plan.comparison_images:  # none while your work is graded: the comparison has no points
    seeds = [1, 2]
    results = compare(measure, [("sigmoid", "average"), ("relu", "max")], seeds)
    print(f"{plan.comparison_images:,} images, epochs: {plan.comparison_epochs}, seeds: {seeds}")
    bars = {}
    for (activation, pooling), (centre, spread) in results.items():
        print(f"{activation:8} {pooling:8} test accuracy {centre:6.1%} ± {spread:.1%}")
        bars[f"{activation} and\n{pooling} pooling"] = (centre, spread)
    figures.comparison(bars, len(seeds))

# %% [markdown]
# This comparison measures how *quickly* the two networks learn, not how good they become in the end. After so little training, the sigmoid network has only just begun to learn. With many more steps, it comes close to the other. The course team tried it with 5 epochs of 55,000 images, one run each: sigmoid and average pooling reached 96.6 %, ReLU and max pooling 99.0 %.
#
# Two runs of each kind are not many. They are enough here, because the difference between the kinds is much larger than the differences between the seeds. But the two kinds differ in *two* ways, and this comparison cannot say which of the two matters.
#
# ## 10. Written question (3 points, graded by hand)
#
# Answer each part in two or three sentences.
#
# 1. Why does the sigmoid network learn more slowly? Use the derivatives of both activations, and the number of activations that a gradient passes through on its way to the first kernels.
# 2. The comparison changed the activation and the pooling together. Which other networks would you train to find out which of the two matters, and how would you decide whether a difference is real?
# 3. Early stopping watched the validation set. If it watched the test set instead, you could do without a validation set. What would be wrong with that?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **1.** (1 point)
#
# ### BEGIN SOLUTION
# The derivative of the sigmoid is at most 1/4, and close to 0 for inputs far from 0. On its way to the first kernels, the gradient passes through four activations, so it is multiplied by at most (1/4)⁴ = 1/256, leaving the weights aside. The early layers hardly change at first. ReLU's derivative is 1 wherever the unit is switched on, so there the gradient arrives undiminished (and where the unit is off, it does not arrive at all).
#
# *One point: names the factor 1/4 per layer and the product over the layers, and says what ReLU does instead.*
# ### END SOLUTION
#
# **2.** (1 point)
#
# ### BEGIN SOLUTION
# The two mixed networks: sigmoid with max pooling and ReLU with average pooling, with the same images, epochs and seeds. If changing one thing alone changes the accuracy, that thing matters; if only changing both does, they interact. A difference is real if it is large compared with the standard deviation between seeds, so each of the four networks needs several seeds.
#
# *One point: both mixed networks, and a comparison with the standard deviation over seeds.*
# ### END SOLUTION
#
# **3.** (1 point)
#
# ### BEGIN SOLUTION
# The epoch would be chosen because it is good on exactly these test images, partly by luck. The test accuracy would then be too optimistic, and would no longer say how well the network does on images that played no part in any decision.
#
# *One point: the test set must not take part in choosing, because the measure becomes biased.*
# ### END SOLUTION

# %% [markdown]
# **How far have you come?** Save the notebook and run the next cell, as often as you like.

# %%
progress()

# %% [markdown]
# ## What you have learned
#
# - A network takes images as arrays (number, height, width, channel) of `float32`, with values from 0 to 1.
# - LeNet-5 is convolution, pooling, convolution, pooling and three dense layers: 61,706 parameters, 78 % of them in one dense layer.
# - The loss must match the network's output: logits need `from_logits=True`. A loss of ln 10 means that nothing has been learned.
# - Early stopping watches the validation loss; the test set is used for one measurement at the end.
# - Accuracy is only one number among many. The confusion matrix shows which classes are confused, and the worst mistakes show how far the stated probabilities can be trusted.
# - One run is one random draw. Compare means, and compare their difference with the standard deviation.
#
# ## Further reading
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86(11), 1998. LeNet-5 is in section II.
# - V. Nair, G. Hinton: "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
# - X. Glorot, Y. Bengio: "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010. What sigmoids do to gradients.
# - D. Kingma, J. Ba: "Adam: a method for stochastic optimization", ICLR 2015. arXiv:1412.6980.
# - L. Prechelt: "Early stopping, but when?", in Neural Networks: Tricks of the Trade, Springer 1998.
# - I. Loshchilov, F. Hutter: "SGDR: stochastic gradient descent with warm restarts", ICLR 2017. arXiv:1608.03983. Where the cosine schedule comes from.
