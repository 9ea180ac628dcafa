# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Assignment 6: ResNet, or how a network of 56 layers can learn
#
# A deeper network can compute more, but for a long time very deep networks could not be *trained*: a plain network of 56 layers ends up worse than one of 20, even on the training images. In 2015 four researchers solved the problem with one plus sign. In this assignment you find out why depth is a problem, build the block with the plus sign, assemble two famous networks from it, and train a plain and a residual network side by side.
#
# **In this assignment you will**
#
# 1. measure how large the gradient is in each layer of a network, and say whether it explodes or vanishes;
# 2. write a residual block with an identity, padding or projection shortcut, and with batch normalisation and ReLU in the right places;
# 3. work out what such a block computes when its weights are zero, and why that matters;
# 4. assemble ResNet-34 for photographs of 224×224 pixels and ResNet-20 for CIFAR-10 from blocks, and account for every parameter;
# 5. compare a plain and a residual network with the same depth and the same number of parameters, and say what the comparison shows and what it does not.
#
# **Time.** About four hours for reading and answering. Running everything takes about 90 seconds on two CPU cores, of which about 50 seconds are spent on training. If a cell takes longer than two seconds, the text before it says so.
#
# **How a task works.** Each task is a function or a class with a `TODO`. The cell below it checks your answer and reports the first problem that it finds: not attempted, wrong type, wrong shape or wrong value, with the likely cause where it is known. Grading adds hidden checks on other inputs, so your answer has to be right in general. All other cells are locked; to try something out, add a cell of your own. Stars mark how hard a task is, from ★☆☆ to ★★★. Nine tasks and a written question, 33 points.
#
# **If you are stuck,** run `hint(gradient_norms)`, with the name of your task, in a cell of your own. The first hint tells you where to read, the second is a first step, the third a skeleton. `progress()` shows how far you have come.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import functools
import math

import keras
import numpy as np
import tensorflow as tf

from cnnlab import budget, datasets, runs, sliders
from cnnlab.checks import resnet as check
from cnnlab.figures import residual as figures
from cnnlab.guide import hint, progress, reveal

# No advice about speed: the networks in the checks are too small to need it.
tf.get_logger().setLevel("ERROR")

# %% [markdown]
# The networks below train longer on a GPU than on a CPU. The next cell finds out which one you have, and prints how accurate your network should become.

# %% tags=["budget", "seeds", "folded"]
#@title How long the networks train here
plan = budget.choose(
    grading=budget.Training(images=3_200, epochs=3, accuracy=0.32, seconds=10),
    cpu=budget.Training(
        images=8_000, epochs=4, accuracy=0.41, seconds=50,
        comparison_images=8_000, comparison_epochs=4,
    ),
    gpu=budget.Training(
        images=50_000, epochs=15, accuracy=0.41, seconds=1500,
        comparison_images=50_000, comparison_epochs=15,
    ),
)
print(plan)

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=800, accuracy=0.18)

# %% [markdown]
# ## 1. The photographs
#
# We use CIFAR-10 again: small colour photographs in ten classes. A deep network needs many operations per pixel. To keep the training short on a CPU, each photograph is first made smaller: each square of 2×2 pixels is replaced by its mean, so that 32×32 pixels become 16×16. Then the photographs are normalised: the mean of each colour, taken over the first 10,000 training photographs, is subtracted, and the result is divided by the standard deviation of that colour. (In Keras, `keras.layers.Normalization` does this second step.)

# %% [markdown]
# **Predict before you run the next cell.** Three quarters of the pixels are gone. How many of its multiplications does a 3×3 convolution with 16 kernels save, and how many of its parameters?

# %%
reveal("01-pixels")

# %% [markdown]
# The next cell prepares the photographs. This takes about 2 seconds.

# %% tags=["seeds"]
try:
    photographs = datasets.cifar10(full=plan.budget == "gpu")
except datasets.DataError as problem:
    if plan.budget != "gpu":
        raise
    print(problem)  # no connection: the photographs in the repository will do
    photographs = datasets.cifar10()
(train_images, train_labels), (test_images, test_labels) = photographs


def halve(images: np.ndarray) -> np.ndarray:
    """Halve height and width: every 2×2 pixels are replaced by their mean (float32)."""
    number, height, width, channels = images.shape
    squares = images.reshape(number, height // 2, 2, width // 2, 2, channels)
    return squares.mean(axis=(2, 4), dtype="float32")


def normalised(images: np.ndarray) -> np.ndarray:
    """Halve photographs, subtract the mean of each colour and divide by its standard deviation."""
    return (halve(images) - colour_mean) / colour_deviation


small_photographs = halve(train_images[:10_000])
colour_mean = small_photographs.mean(axis=(0, 1, 2))
colour_deviation = small_photographs.std(axis=(0, 1, 2))
training = normalised(train_images[: plan.images]), train_labels[: plan.images].astype("int32")
test = normalised(test_images), test_labels.astype("int32")
del small_photographs, photographs

# %%
firsts = [int(np.argmax(train_labels == label)) for label in range(10)]
figures.photographs(
    train_images[firsts], halve(train_images[firsts]).astype("uint8"), datasets.CIFAR10_CLASSES
)

# %% [markdown]
# **Predict before you run the next cell.** Each new pixel is the mean of four old ones. If the four had nothing to do with each other, the standard deviation of a colour would be halved. What do you expect for photographs: about half, about three quarters, or almost no change?

# %%
reveal("01-deviation")

# %%
for name, (images, _) in (("training", training), ("test", test)):
    colours = f"mean {images.mean():.2f}, standard deviation {images.std():.2f}"
    print(f"{name:8} {images.shape} {images.dtype}, {colours}")
print(f"standard deviation of red, before normalisation: {train_images[:10_000, ..., 0].std():.1f}"
      f" with 32×32 pixels, {colour_deviation[0]:.1f} with 16×16")

# %% [markdown]
# ## 2. Why depth is a problem
#
# ### A chain of factors
#
# **By hand.** The simplest deep network is a chain of multiplications: $y = w_L \cdots w_2\, w_1\, x$. Its derivative with respect to the first weight is the product of *all the others*, times $x$. If every weight is $g$, the derivative is $g^{L-1}x$:
#
# | $g$ | $L = 10$: $g^9$ | $L = 30$: $g^{29}$ | $L = 50$: $g^{49}$ |
# |---|---|---|---|
# | 0.7 | 4.0e-02 | 3.2e-05 | 2.6e-08 |
# | 1.0 | 1.0e+00 | 1.0e+00 | 1.0e+00 |
# | 1.4 | 2.1e+01 | 1.7e+04 | 1.4e+07 |
#
# With 0.7 the gradient *vanishes*: the first weight hardly moves. With 1.4 it *explodes*: a single step can throw the weight anywhere. Only a narrow range of $g$ avoids both, and the range becomes narrower with each layer.

# %% [markdown]
# **Predict before you run the next cell.** A factor of 0.9 looks harmless. How much of the gradient is left after 50 such factors: about half, a tenth, or less than a hundredth?

# %%
reveal("02-chain")

# %% [markdown]
# Does a convolutional network behave like this chain? The next function builds a *plain stack*: `depth` convolutions with ReLU, one after the other, then the mean of each feature map and a dense layer with ten logits. The kernels are drawn at random with He's variance 2/n, where n is the number of inputs to a unit, and then multiplied by `gain`. With a gain of 1 the values in the feature maps should keep about the same size from layer to layer; the other gains play the role of $g$.

# %%
def plain_stack(depth: int, gain: float = 1.0, start: int = 1) -> keras.Model:
    """Build `depth` convolutions with ReLU (16 kernels of 3×3 each, no biases) and ten logits.

    The kernels have `gain` times the standard deviation of He's rule.
    """
    keras.utils.set_random_seed(start)
    convolutions = [
        keras.layers.Conv2D(
            16, 3, padding="same", use_bias=False, activation="relu",
            kernel_initializer=keras.initializers.VarianceScaling(
                2 * gain**2, "fan_in", "untruncated_normal"
            ),
        )
        for _ in range(depth)
    ]
    return keras.Sequential([
        keras.Input((16, 16, 3)), *convolutions,
        keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10)
    ])

# %% [markdown]
# ### One number per layer
#
# The gradient of the loss with respect to a kernel is an array of the same shape as the kernel. Its *norm*, the square root of the sum of its squared entries, is one number per kernel: it says how strongly the loss pulls on this layer.
#
# **By hand.** Take a dense layer with 2 inputs and 2 logits, no biases, and all weights 0. The image is (3, 4), and its class is 0. Both logits are 0, so both probabilities are 1/2. The gradient of the cross-entropy with respect to the logits is *prediction minus target*: (1/2 − 1, 1/2 − 0) = (−0.5, 0.5). The gradient of each weight is its input times the gradient of its logit:
#
# | | logit 0 | logit 1 |
# |---|---|---|
# | input 3 | −1.5 | 1.5 |
# | input 4 | −2.0 | 2.0 |
#
# The norm is √(1.5² + 1.5² + 2² + 2²) = √12.5 = 3.5355. A second image, (0, 0), adds nothing to the gradient, but the loss is now the *mean* over two images. This halves the norm to 1.7678.
#
# ### Task 1: the norm of each kernel's gradient (3 points, ★★☆)
#
# Write `gradient_norms`. As in assignment 5, `tf.GradientTape` records what the network computes.

# %% nbgrader={"grade": false, "grade_id": "gradient_norms", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_norms(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Measure the norm of the gradient of the loss with respect to each kernel of a network.

    Parameters
    ----------
    model
        a classifier that returns logits. It is measured, not trained: its trainable weights must
        not change. It is called as in training, so that batch normalisation uses the batch.
    images, labels
        n images of the shape that the model takes, and their classes: integers of shape (n,).

    Returns
    -------
    np.ndarray
        floats of shape (kernels,), one for each trainable weight with two axes or more: kernels of
        convolutions and dense layers, but no biases and no weights of batch normalisation. Each is
        the norm of the gradient of the mean cross-entropy: the root of the sum of squared entries.
        The order is that of the model's own list of trainable weights, from input to output.
    """
    ### BEGIN SOLUTION
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) >= 2]
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as record:
        mean_loss = cross_entropy(labels, model(images, training=True))
    slopes = record.gradient(mean_loss, kernels)
    return np.array([float(np.linalg.norm(slope)) for slope in slopes])
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_gradient_norms", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.gradient_norms(gradient_norms)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw, rule = np.random.default_rng(3), (
    "There should be one number for each trainable kernel, in their order, from these images and labels."
)


def expect_chain(units: tuple, number: int, freeze: bool = False) -> None:
    """Check the norms of some dense layers, maybe with a frozen first one, against the chain rule."""
    layers = [keras.layers.Dense(wide, activation="relu") for wide in units[1:-1]] + [keras.layers.Dense(units[-1])]
    chain = keras.Sequential([keras.Input((units[0],)), *layers])
    chain.set_weights([draw.normal(0, 0.8, weight.shape).astype("float32") for weight in chain.get_weights()])
    inputs, truth = draw.normal(size=(number, units[0])).astype("float32"), draw.integers(0, units[-1], number)
    values, weights = [inputs.astype("float64")], chain.get_weights()
    for place, (kernel, bias) in enumerate(zip(weights[::2], weights[1::2], strict=True)):
        linear = values[-1] @ kernel + bias
        values.append(linear if place == len(layers) - 1 else np.maximum(linear, 0))
    back = np.exp(values[-1] - values[-1].max(axis=1, keepdims=True))
    back = back / back.sum(axis=1, keepdims=True)
    back[np.arange(number), truth] -= 1
    back, expected = back / number, []
    for place in reversed(range(len(layers))):
        expected.insert(0, float(np.sqrt(np.sum((values[place].T @ back) ** 2))))
        back = (back @ weights[2 * place].T) * (values[place] > 0)
    if freeze:
        layers[0].trainable = False
        expected = expected[1:]
    what = f"the norms of dense layers {units} for {number} images" + (", the first layer frozen" if freeze else "")
    found = check.measured_norms(gradient_norms, chain, inputs, truth, len(expected), what)
    checks.close(found, expected, what, tolerance=2e-3, causes={
        "the last layer comes first; the order should be from input to output": expected[::-1],
        "the losses are added up; the loss should be their mean": number * np.array(expected),
    }, rule=rule)


expect_chain((5, 7, 4, 3), 6)
expect_chain((3, 8, 6), 1)
parts = checks.Parts(3)
with parts("batch normalisation in training mode", 1):
    scaled = keras.Sequential([
        keras.Input((3,)), keras.layers.BatchNormalization(),
        keras.layers.Dense(2, use_bias=False, kernel_initializer="zeros"),
    ])
    inputs, truth = draw.normal(4, 3, (40, 3)).astype("float32"), draw.integers(0, 2, 40)
    halves, normal = 0.5 - np.eye(2)[truth], (inputs - inputs.mean(0)) / np.sqrt(inputs.var(0) + 1e-3)
    expected, asleep = (np.sqrt(np.sum((seen.T @ halves / 40) ** 2)) for seen in (normal, inputs))
    what = "the norm behind a batch normalisation"
    checks.close(check.measured_norms(gradient_norms, scaled, inputs, truth, 1, what), [expected], what, tolerance=3e-3, causes={
        "the model is called in inference mode; call it with training=True": [asleep],
    }, rule="All 40 images count, each as much as the others.")
with parts("frozen layers, layers in layers and kernels with three axes", 1):
    expect_chain((6, 9, 5, 4), 10, freeze=True)
    inner = keras.Sequential([keras.layers.Conv1D(2, 3, padding="same"), keras.layers.Flatten()])
    outer = keras.Sequential([keras.Input((5, 2)), inner, keras.layers.Dense(3)])
    inputs, truth = draw.normal(size=(4, 5, 2)).astype("float32"), [0, 2, 1, 1]
    check.measured_norms(gradient_norms, outer, inputs, truth, 2, "the norms of a network in a network", causes={
        (1,): "one kernel is missing; those of layers inside other layers and those with three axes count as well",
    })
    mixed = keras.Sequential([
        keras.Input((6, 2)), keras.layers.Dense(3), keras.layers.Conv1D(2, 3), keras.layers.Flatten(),
        keras.layers.Dense(3),
    ])
    inputs, truth = draw.normal(size=(4, 6, 2)).astype("float32"), np.array([0, 2, 1, 1])
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(truth, mixed(inputs, training=True)))
    kernels = [weight for weight in mixed.trainable_variables if len(weight.shape) > 1]
    expected = [float(tf.norm(one)) for one in tape.gradient(loss, kernels)]
    what = "the norms of a dense layer, a convolution and a dense layer"
    checks.close(
        check.measured_norms(gradient_norms, mixed, inputs, truth, 3, what), expected, what, tolerance=2e-3,
        rule="The order should be that of the model's own list of trainable weights.",
    )
with parts("vanishing gradients", 1):
    faint = check.measured_norms(
        gradient_norms, check.logits_of(2), check.ONE_IMAGE / 1e6, [0], 1, "the norms for the image (3, 4) / 1,000,000"
    )
    checks.close(
        1e6 * faint, [12.5**0.5], "a million times the norm for the image (3, 4) / 1,000,000", tolerance=1e-3,
        rule="A vanishing gradient is a very small number: nothing should be rounded or added to it.",
    )
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# ### Exploding and vanishing, measured
#
# Take three stacks, each of 30 convolutions and one dense layer, with the gains 0.7, 1 and 1.4, and 64 photographs.

# %% [markdown]
# **Predict before you run the next cell.** In the stack with gain 0.7, which convolution has the larger gradient: the first or the last of the 30?

# %%
reveal("02-flat")

# %% [markdown]
# The next cell measures the gradients of the three stacks. This takes about 2 seconds.

# %%
few_images, few_labels = training[0][:64], training[1][:64]
if plan.comparison_images:
    by_layer = {
        f"gain {gain}": gradient_norms(plain_stack(30, gain), few_images, few_labels)
        for gain in (0.7, 1.0, 1.4)
    }
    figures.gradients_by_layer(by_layer, "The gradient in a plain stack of 30 convolutions")

# %% [markdown]
# Look at the scale of the axis: each grid line stands for 100 times the value of the one below. Each curve is nearly flat, because the gradient of a kernel contains every factor except its own. What differs is the height of the curves: no single learning rate would suit all three gains.
#
# Now let the depth grow from 2 to 50 convolutions, and look only at the first kernel. This takes **about 4 seconds**.

# %%
depths = (2, 10, 20, 30, 40, 50) if plan.comparison_images else (2, 10)
first_kernel = {
    f"gain {gain}": [
        gradient_norms(plain_stack(depth, gain), few_images, few_labels)[0] for depth in depths
    ]
    for gain in (0.7, 1.0, 1.4)
}
figures.gradients_by_depth(depths, first_kernel)

# %%
most = depths[-1]
print(f"gain    norm at depth 2    norm at depth {most}    factor",
      f"   gain to the power of {most - 2}")
for gain in (0.7, 1.0, 1.4):
    shallow, *_, deep = first_kernel[f"gain {gain}"]
    factor, power = deep / shallow, gain ** (most - 2)
    print(f"{gain:4}    {shallow:15.1e}    {deep:16.1e}    {factor:6.0e}    {power:23.0e}")

# %% [markdown]
# A straight line on a logarithmic axis means that each layer multiplies by the same factor: the chain was a good model. Even with a gain of 1 the norm depends on chance and drifts. He's rule keeps the size only on average, and the zero padding at the border takes a little away in each layer.
#
# Batch normalisation repairs the scale: whatever the gain, it brings the output of each layer back to mean 0 and standard deviation 1. With it, a plain network of 20 layers can be trained. But it is not the whole answer, as you will see in section 8: at 56 layers the plain network hardly learns, even with batch normalisation.
#
# ## 3. The residual block
#
# ### One plus sign
#
# Take a network that works, and add more layers. It should never get worse: the new layers only have to learn to do *nothing*, $y = x$. But a stack of convolutions with ReLU has to learn this weight by weight, and in practice it does not.
#
# Kaiming He and his colleagues had another idea: the layers compute only the *difference* from $x$, the **residual** $F(x)$, and then $x$ is added back:
#
# $$y = \mathrm{ReLU}\big(F(x) + x\big)$$
#
# The path of $x$ around the layers is called the *shortcut*. Doing nothing is now easy: $F = 0$. The gradient can take the shortcut as well. In the chain of numbers, each factor $w$ becomes $1 + w$, so a small $w$ no longer stops the gradient.
#
# **By hand.** Take $L = 50$ factors with $w = 0.01$: the plain chain gives $0.01^{50} = 10^{-100}$, the residual one $1.01^{50} = 1.64$.

# %% [markdown]
# **Predict before you run the next cell.** With $w$ = 0.5 the plain chain still vanishes: 0.5 to the power of 50 is about 10⁻¹⁵. What does the residual chain do?

# %%
reveal("03-chain")

# %%
figures.blocks()

# %% [markdown]
# Four details matter, and people often get them wrong:
#
# - **Each convolution is followed by batch normalisation** and has no bias: the normalisation would cancel it, and its own $\beta$ does the same job.
# - **ReLU comes between the two halves of F, and after the addition.** If it came before the addition, F could only add, never subtract.
# - **The shortcut adds the block's input**, not the output of some layer inside the block.
# - **Batch normalisation has two modes.** In training it uses the mean and the variance of the batch; at inference it uses its moving averages. In Keras the argument `training` selects the mode, and a layer passes it on to the layers inside it.
#
# ### A block by hand
#
# If all pixels of a photograph are equal, you can work through a block with pencil and paper. Suppose that each kernel has 0.5 at its centre, from each channel to itself, and 0 everywhere else: such a convolution multiplies by 0.5. Suppose also that each batch normalisation has $\gamma = 1$, $\beta = -0.5$, moving mean 0 and moving variance 1: at inference it subtracts 0.5. For four channels, with one number per channel, the block computes:
#
# | | channel 0 | channel 1 | channel 2 | channel 3 |
# |---|---|---|---|---|
# | x | 4.00 | 2.00 | 0.80 | −3.00 |
# | convolution | 2.00 | 1.00 | 0.40 | −1.50 |
# | batch normalisation | 1.50 | 0.50 | −0.10 | −2.00 |
# | ReLU | 1.50 | 0.50 | 0.00 | 0.00 |
# | convolution | 0.75 | 0.25 | 0.00 | 0.00 |
# | batch normalisation: F(x) | 0.25 | −0.25 | −0.50 | −0.50 |
# | F(x) + x | 4.25 | 1.75 | 0.30 | −3.50 |
# | ReLU: y | **4.25** | **1.75** | **0.30** | **0.00** |
#
# In training mode the same block computes something else. The mean of the batch is the value itself, so subtracting it leaves 0, and then $\beta$ is added. Each batch normalisation returns −0.5 everywhere, so F(x) = −0.5 and y = (3.50, 1.50, 0.30, 0.00).

# %% [markdown]
# ### Task 2: the identity block (4 points, ★★☆)
#
# Write `IdentityBlock`, a block whose output has the same shape as its input. A layer is written like a network: as a subclass (here of `keras.layers.Layer`) that makes its own layers in `__init__` and uses them in `call`. In `call`, use operations of `keras.ops` or TensorFlow, not NumPy's.
#
# The check looks at what your block computes, not at how it is written. It fills the weights with known numbers, the same for all kernels of the same shape and the same for all batch normalisations, so it need not know which is which.

# %% nbgrader={"grade": false, "grade_id": "IdentityBlock", "locked": false, "schema_version": 3, "solution": true, "task": false}
class IdentityBlock(keras.layers.Layer):
    """Compute y = ReLU(F(x) + x), as on the left of the picture above.

    F is a 3×3 convolution, batch normalisation, ReLU, a 3×3 convolution and batch normalisation.
    Each convolution has padding "same", stride 1, no biases and `filters` kernels, drawn by Keras's
    "he_normal". The batch normalisations have momentum 0.9; other settings are Keras's defaults.

    Parameters
    ----------
    filters
        the number of channels of the input and of the output.
    """

    def __init__(self, filters: int):
        super().__init__()
        ### BEGIN SOLUTION
        def convolution():
            return keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")

        self.early, self.late = convolution(), convolution()
        self.early_norm = keras.layers.BatchNormalization(momentum=0.9)
        self.late_norm = keras.layers.BatchNormalization(momentum=0.9)
        ### END SOLUTION

    def call(self, inputs, training=None):
        """Return feature maps of shape (n, height, width, filters) for inputs of the same shape."""
        ### BEGIN SOLUTION
        inner = keras.ops.relu(self.early_norm(self.early(inputs), training=training))
        change = self.late_norm(self.late(inner), training=training)
        return keras.ops.relu(change + inputs)
        ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_IdentityBlock", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.IdentityBlock(IdentityBlock)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def identity_by_formula(x, training, mistake=""):
    """The block with the weights of `at_random`, from TensorFlow's own operations."""
    size = x.shape[-1]
    gamma, beta, mean, variance = (check.at_random(role, (size,)) for role in ("gamma", "beta", "mean", "variance"))
    seen = []

    def normalised(values):
        asleep = mistake in ("mode", f"mode {len(seen)}")
        centre, spread = tf.nn.moments(values, (0, 1, 2)) if training != asleep else (mean, variance)
        seen.append(np.asarray(tf.reduce_mean(values, (0, 1, 2))))
        return tf.nn.batch_normalization(values, centre, spread, beta, gamma, 1e-5 if mistake == "epsilon" else 1e-3)

    def convolved(values):
        return tf.nn.conv2d(values, check.at_random("kernel", (3, 3, size, size)), 1, "SAME")

    if mistake == "order":
        half = normalised(tf.nn.relu(convolved(x)))
    else:
        half = normalised(convolved(x))
        half = half if mistake == "inner" else tf.nn.relu(half)
    branch = normalised(convolved(half))
    added = {"": x, "late": half, "normed": normalised(x), "none": 0 * x}.get(mistake, x)
    if mistake == "before":
        return np.asarray(tf.nn.relu(branch) + x), seen
    total = branch + added
    return np.asarray(total if mistake == "last" else tf.nn.relu(total)), seen


IDENTITY_MISTAKES = {
    "mode": "batch normalisation is in the wrong mode; hand `training` on to it",
    "mode 0": "the first batch normalisation is in the wrong mode; hand `training` on to it as well",
    "mode 1": "the second batch normalisation is in the wrong mode; hand `training` on to it as well",
    "order": "the first ReLU comes before the batch normalisation; it belongs after it",
    "inner": "the ReLU between the two halves is missing",
    "late": "the shortcut starts after the first half, not at the block's input",
    "normed": "the shortcut is normalised; it should be the input itself",
    "none": "the shortcut is missing",
    "before": "the last ReLU comes before the addition; it belongs after it",
    "last": "the ReLU after the addition is missing",
}
stepped, settled = [], []  # what the parts below look at, measured while the blocks are here
for number, height, width, channels in ((3, 7, 5, 4), (5, 4, 9, 6), (1, 8, 8, 2)):
    x = np.random.default_rng(channels).normal(0.4, 1.5, (number, height, width, channels)).astype("float32")
    block = checks.call(IdentityBlock, channels)
    block(x[:1], training=False)
    check.fill(block, check.at_random)
    what = f"IdentityBlock({channels}) with random weights"
    for training_mode in (False, True):
        before = [weight.numpy() for weight in block.non_trainable_weights]
        found = checks.array(block(x, training=training_mode), x.shape, what)
        expected, causes = identity_by_formula(x, training_mode)[0], {}
        if not np.allclose(found, expected, 5e-3, 5e-3):
            causes = {
                text: identity_by_formula(x, training_mode, mistake)[0] for mistake, text in IDENTITY_MISTAKES.items()
            }
            other = identity_by_formula(x, training_mode, "epsilon")[0]  # epsilon is a part of its own
            expected = other if np.allclose(found, other, 5e-3, 5e-3) else expected
        checks.close(
            found, expected, f"{what}, training={training_mode}", causes=causes, tolerance=5e-3,
            rule="The steps and their order should be those of the picture on the left.",
        )
        moved = [
            not np.array_equal(old, weight.numpy())
            for old, weight in zip(before, block.non_trainable_weights, strict=True)
        ]
        checks.true(all(moved) if training_mode else not any(moved), (
            f"{what}: the moving averages should {'move' if training_mode else 'stay'} when training={training_mode}."
        ))
    stepped.append((what, x, [weight.numpy().copy() for weight in block.non_trainable_weights]))
    settled.append((what, block, x, np.asarray(block(x, training=False))))
    checks.same(len(block.weights), 10, f"{what}: the number of its weights after several calls")
with tf.GradientTape() as record:
    watched = tf.constant(x)
    record.watch(watched)
    total = tf.reduce_sum(block(watched, training=False))
checks.true(record.gradient(total, watched) is not None, (
    "No gradient flows through IdentityBlock. Its `call` should use operations of `keras.ops` or TensorFlow, not NumPy's."
))
parts = checks.Parts(4)
with parts("the momentum of batch normalisation", 1):
    for what, x, averages in stepped:
        start = check.at_random("mean", (x.shape[-1],))
        seen = identity_by_formula(x, True)[1][:2]
        expected = sorted((0.9 * start + 0.1 * mean).tolist() for mean in seen)
        lazy = sorted((0.99 * start + 0.01 * mean).tolist() for mean in seen)
        found = sorted(
            one.tolist() for one in averages if any(np.allclose(one, other, atol=0.02) for other in expected + lazy)
        )
        checks.true(len(found) == 2, (
            f"{what}: after one step in training, the moving means should be 0.9 of the old ones and 0.1 of the batch's."
        ))
        checks.close(found, expected, f"{what}: the moving means after one step in training", tolerance=2e-3, causes={
            "the momentum is Keras's default, 0.99; it should be 0.9": lazy,
        }, rule="They should be 0.9 of the old ones and 0.1 of the batch's.")
with parts("the epsilon of batch normalisation", 1):
    what, x, _ = stepped[-1]
    faint, block = 0.03 * x, checks.call(IdentityBlock, x.shape[-1])
    block(faint, training=False)
    check.fill(block, check.at_random)
    checks.close(
        block(faint, training=True), identity_by_formula(faint, True)[0], f"{what}, training=True, small numbers",
        tolerance=5e-3, rule="The batch normalisations should have Keras's default for epsilon.",
    )
with parts("the initial kernels", 1):
    fresh = checks.call(IdentityBlock, 32)
    fresh(np.zeros((1, 4, 4, 32), "float32"))
    drawn = np.concatenate([np.ravel(weight.numpy()) for weight in fresh.trainable_weights if len(weight.shape) == 4])
    what = "the standard deviation of the fresh kernels of IdentityBlock(32)"
    checks.close(np.std(drawn), math.sqrt(2 / (9 * 32)), what, tolerance=0.006, causes={
        "the kernels are drawn by Glorot's rule, Keras's default; they should be drawn by he_normal": math.sqrt(2 / (9 * 64)),
    }, rule="The kernels should be drawn by he_normal.")
    checks.true(np.abs(drawn).max() > 1.9 * np.std(drawn), (
        "The fresh kernels of IdentityBlock(32) are uniformly distributed. Likely cause: they are drawn by he_uniform; they should "
        "be drawn by he_normal."
    ))
with parts("calls that do not say `training`", 1):
    for what, block, x, expected in settled:
        checks.close(
            np.asarray(block(x)), expected, f"{what}: a call that does not say `training` is one for inference",
            tolerance=1e-4, rule="The default of `training` should be None or False.",
        )
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# ### Does the gradient get through?
#
# Repeat the experiment of section 2 with two networks: one convolution followed by 15 of your blocks (30 convolutions), and the same without the plus signs. Both have batch normalisation; only the shortcuts differ.

# %% [markdown]
# **Predict before you run the next cell.** In the plain network with batch normalisation, is the gradient of the first convolution smaller than that of the last one, about as large, or larger?

# %%
reveal("03-slope")

# %% [markdown]
# The next two cells build both networks and measure their gradients. This takes about 2 seconds.

# %% tags=["folded"]
#@title stack_of_blocks and plain_pair: a network of blocks, and a block without its shortcut
def stack_of_blocks(blocks: list) -> keras.Model:
    """Build a convolution, these blocks of 16 channels, the mean of each map, and ten logits."""
    return keras.Sequential([
        keras.Input((16, 16, 3)), keras.layers.Conv2D(16, 3, padding="same", use_bias=False),
        *blocks, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10)
    ])


def plain_pair() -> list:
    """Make a block without its shortcut: two convolutions, batch normalisations and ReLUs."""
    make = {"padding": "same", "use_bias": False, "kernel_initializer": "he_normal"}
    layers = []
    for _ in (1, 2):
        layers.append(keras.layers.Conv2D(16, 3, **make))
        layers += [keras.layers.BatchNormalization(axis=-1, momentum=0.9), keras.layers.ReLU()]
    return layers

# %%
blocks = 15 if plan.comparison_images else 2
keras.utils.set_random_seed(2)
by_kind = {}
for kind, make_block in (("plain", plain_pair), ("residual", lambda: [IdentityBlock(16)])):
    network = stack_of_blocks([layer for _ in range(blocks) for layer in make_block()])
    by_kind[f"{kind}, with batch normalisation"] = gradient_norms(network, few_images, few_labels)
figures.gradients_by_layer(
    by_kind, f"The gradient with and without shortcuts, {2 * blocks + 1} convolutions"
)

# %% [markdown]
# With batch normalisation nothing vanishes. But look at the slope of the plain network's curve: from the output back to the input, the gradient grows by about the same factor in each layer. A learning rate that suits the last layers is too large for the first ones. The residual network's curve is flatter: the gradients of its convolutions differ much less. (The last point of each curve is the dense layer. In the residual network its input is the sum of what all blocks have added, so the input is large, and so is the gradient.)

# %%
for name, norms in by_kind.items():
    last = len(norms) - 2  # the one before the last convolution and the dense layer
    early, late = norms[0], norms[last - 1]
    factor = f"a factor of {early / late:.0f}"
    print(f"{name}: first kernel {early:.2g}, kernel {last} {late:.2g}, {factor}")

# %% [markdown]
# **Try it.** What does the shortcut do on its own, without batch normalisation? The next picture compares two random networks of dense layers with 32 units, two layers per block: one without shortcuts, the other with them. Move the sliders. For which gains does the gradient survive 50 layers on the left, and for which on the right? Which of the two problems does the shortcut *not* solve?

# %%
sliders.explore(
    figures.gain_and_depth,
    gain=sliders.Slider("gain", 0.5, 1.5, 0.7, 0.05),
    depth=sliders.Slider("layers", 2, 50, 30, 2),
)

# %% [markdown]
# ## 4. Where the shape changes
#
# At a few points a network halves the height and width of its maps and doubles the number of channels. Then $F(x)$ and $x$ have different shapes and cannot be added. There are two solutions:
#
# - **Padding** (option A in He's paper): take every second pixel of $x$ and append channels of zeros. This needs no parameters.
# - **Projection** (option B): use a 1×1 convolution with stride 2, followed by batch normalisation. This costs parameters, but it learns how to mix the old channels into new ones.
#
# **By hand.** Padding for a map of 3×3 pixels with one channel, stride 2 and three output channels:
#
# | x | every second pixel | three channels |
# |---|---|---|
# | 1 2 3 | 1 3 | (1, 0, 0) (3, 0, 0) |
# | 4 5 6 | 7 9 | (7, 0, 0) (9, 0, 0) |
# | 7 8 9 | | |

# %% [markdown]
# **Predict before you run the next cell.** With stride 2, what fraction of the numbers in a large map does the padding shortcut use? Does the 1×1 convolution of a projection use more?

# %%
reveal("04-quarter")

# %% [markdown]
# ### Task 3: the shortcut without parameters (2 points, ★☆☆)
#
# Write `padding_shortcut`. Keras's `ZeroPadding2D` cannot do this: it adds rows and columns, not channels.

# %% nbgrader={"grade": false, "grade_id": "padding_shortcut", "locked": false, "schema_version": 3, "solution": true, "task": false}
def padding_shortcut(inputs, filters: int, stride: int):
    """Take every `stride`-th pixel of the inputs, and append channels of zeros at the end.

    Parameters
    ----------
    inputs
        a tensor of shape (n, height, width, channels).
    filters
        the number of channels of the result, at least `channels`.
    stride
        1 keeps every pixel; 2 keeps every second one in both directions, starting with the first.

    Returns
    -------
    a tensor
        of shape (n, ⌈height / stride⌉, ⌈width / stride⌉, filters), with the dtype of the inputs.
        Gradients must flow through it: use operations of `keras.ops` or TensorFlow, not NumPy's. It
        must work for any number and size of photographs: `inputs.shape` knows only the channels.
    """
    ### BEGIN SOLUTION
    missing = filters - inputs.shape[-1]
    return keras.ops.pad(inputs[:, ::stride, ::stride], [[0, 0], [0, 0], [0, 0], [0, missing]])
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_padding_shortcut", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.padding_shortcut(padding_shortcut)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(4)
for shape, filters, stride in (
    ((2, 6, 8, 3), 8, 2), ((1, 7, 4, 5), 5, 2), ((3, 5, 5, 2), 7, 1), ((2, 9, 10, 4), 6, 3), ((1, 4, 4, 3), 3, 1),
):
    x = draw.normal(size=shape).astype("float32")
    rows, columns = math.ceil(shape[1] / stride), math.ceil(shape[2] / stride)
    expected = np.zeros((shape[0], rows, columns, filters))
    for row in range(rows):
        for column in range(columns):
            expected[:, row, column, : shape[3]] = x[:, stride * row, stride * column]
    what = f"the shortcut of an input {shape}, {filters} filters, stride {stride}"
    watched = tf.Variable(x)
    with tf.GradientTape() as record:
        result = checks.call(padding_shortcut, watched * 1.0, filters, stride)
        total = tf.reduce_sum(result)
    checks.close(checks.array(result, expected.shape, what, dtype="float32", causes={
        (shape[0], -(-shape[1] // 2), -(-shape[2] // 2), filters): "every second pixel is taken, whatever the stride",
        (shape[0], shape[1] // stride, shape[2] // stride, filters):
            "the size is rounded down; 7 pixels with stride 2 leave 4",
    }), expected, what, rule="Every `stride`-th pixel should be taken, and the new channels should hold zeros.")
    slope = record.gradient(total, watched)
    checks.true(slope is not None, (
        "No gradient flows through padding_shortcut. It should be made of operations of `keras.ops` or TensorFlow alone, "
        "and none of them may stop gradients."
    ))
    checks.close(tf.reduce_sum(slope), rows * columns * shape[0] * shape[3], f"{what}: the sum of its gradient")
double = checks.call(padding_shortcut, tf.ones((2, 4, 4, 3), "float64"), 6, 2)
checks.true(double.dtype == "float64", (
    f"The dtype should be that of the inputs, but float64 became {double.dtype.name}. Likely cause: the dtype is fixed."
))
any_size = tf.function(
    lambda maps: padding_shortcut(maps, 6, 2), input_signature=[tf.TensorSpec((None, None, None, 3))]
)
try:
    traced = any_size(tf.ones((2, 4, 6, 3)))
except (TypeError, ValueError) as error:
    raise checks.CheckFailed(
        "padding_shortcut does not work in a network for photographs of any number and size. Likely cause: "
        "`inputs.shape` is used for more than the channels; the other sizes are None there, and tf.shape(inputs) knows "
        "them later."
    ) from error
checks.array(traced, (2, 2, 3, 6), "padding_shortcut inside a tf.function")
### END HIDDEN TESTS

# %% [markdown]
# ### Task 4: the residual block, complete (5 points, ★★★)
#
# Now write `ResidualBlock`, one class that covers all cases. Its first convolution has the block's stride. The shortcut follows this table:
#
# | `shortcut` | same shape (stride 1, same channels) | shape changes |
# |---|---|---|
# | `"projection"` | x, unchanged | 1×1 convolution with the block's stride, then batch normalisation |
# | `"padding"` | x, unchanged | `padding_shortcut` |
# | `"none"` | none: y = ReLU(F(x)) | none: y = ReLU(F(x)) |
#
# With `"none"` the block is part of a plain network with the same convolutions and normalisations, for the comparison at the end. The argument `channels` says how many channels the input has, so that the block can choose its shortcut in `__init__`.
#
# **How to begin.** Copy your `IdentityBlock` and give its first convolution the block's stride. In `__init__`, decide which cell of the table applies, keep the decision as an attribute, and make the shortcut's own layers only if they are needed. `ResidualBlock(4, 4)` should compute the same as `IdentityBlock(4)`: make that work first.

# %% nbgrader={"grade": false, "grade_id": "ResidualBlock", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ResidualBlock(keras.layers.Layer):
    """Compute y = ReLU(F(x) + shortcut(x)), for every shape.

    F is as in `IdentityBlock`, but its first convolution has stride `stride`. All convolutions,
    including the 1×1 one, have padding "same", no biases and "he_normal" kernels; all batch
    normalisations have momentum 0.9.

    Parameters
    ----------
    channels
        the number of channels of the input.
    filters
        the number of channels of the output, at least `channels`.
    stride
        the stride of the first convolution and of the shortcut: 1 keeps the size, 2 halves it.
    shortcut
        "projection", "padding" or "none", as in the table above.
    """

    def __init__(self, channels: int, filters: int, stride: int = 1, shortcut: str = "projection"):
        super().__init__()
        ### BEGIN SOLUTION
        def convolution(size, step):
            return keras.layers.Conv2D(
                filters, size, strides=step, padding="same", use_bias=False, kernel_initializer="he_normal"
            )

        def normalisation():
            return keras.layers.BatchNormalization(momentum=0.9)

        self.filters, self.stride = filters, stride
        self.early, self.late = convolution(3, stride), convolution(3, 1)
        self.early_norm, self.late_norm = normalisation(), normalisation()
        fits = stride == 1 and channels == filters
        self.way = "identity" if fits and shortcut != "none" else shortcut
        if self.way == "projection":
            self.projection, self.projection_norm = convolution(1, stride), normalisation()
        ### END SOLUTION

    def call(self, inputs, training=None):
        """Return feature maps of shape (n, ⌈height / stride⌉, ⌈width / stride⌉, filters)."""
        ### BEGIN SOLUTION
        inner = keras.ops.relu(self.early_norm(self.early(inputs), training=training))
        change = self.late_norm(self.late(inner), training=training)
        if self.way == "identity":
            change = change + inputs
        elif self.way == "projection":
            change = change + self.projection_norm(self.projection(inputs), training=training)
        elif self.way == "padding":
            change = change + padding_shortcut(inputs, self.filters, self.stride)
        return keras.ops.relu(change)
        ### END SOLUTION

# %% [markdown]
# The check starts with the example worked by hand: flat photographs (all pixels equal) and the same weights, so a 1×1 kernel also multiplies by 0.5. With four channels in and out, but stride 2, the projection is 0.5·x − 0.5, so y = ReLU(F(x) + 0.5·x − 0.5) = (1.75, 0.25, 0, 0). With two input channels (4, 2) and four output channels, channels 2 and 3 receive nothing from the input, so F is −0.5 there. The check takes about 2 seconds.

# %% nbgrader={"grade": true, "grade_id": "test_ResidualBlock", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.ResidualBlock(ResidualBlock)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def residual_by_formula(x, filters, stride, shortcut, training, mistake="", seen=None):
    """The block with the weights of `at_random`, from TensorFlow's own operations; `seen` gets the batch's means."""
    channels = x.shape[-1]
    gamma, beta, mean, variance = (check.at_random(role, (filters,)) for role in ("gamma", "beta", "mean", "variance"))

    def step(values, size, stride, relu=False, mode=False):
        values = tf.nn.conv2d(values, check.at_random("kernel", (size, size, values.shape[-1], filters)), stride, "SAME")
        if seen is not None:
            seen.append(np.asarray(tf.reduce_mean(values, (0, 1, 2))))
        centre, spread = tf.nn.moments(values, (0, 1, 2)) if training != mode else (mean, variance)
        values = tf.nn.batch_normalization(values, centre, spread, beta, gamma, 1e-5 if mistake == "epsilon" else 1e-3)
        return tf.nn.relu(values) if relu else values

    first, second = (1, stride) if mistake == "second" else (stride, 1)
    half = step(x, 3, first, relu=mistake != "inner", mode=mistake == "mode")
    branch = step(half, 3, second, relu=mistake == "before", mode=mistake == "mode")
    if shortcut == "none":
        way = tf.zeros_like(branch)
    elif stride == 1 and channels == filters:
        way = x
    elif shortcut == "projection":
        way = step(x, 1, stride, relu=mistake == "way", mode=mistake in ("mode", "half mode"))
        if mistake == "pooled":
            way = step(tf.nn.avg_pool2d(x, stride, stride, "SAME"), 1, 1)
        if mistake == "bare":
            way = tf.nn.conv2d(x, check.at_random("kernel", (1, 1, channels, filters)), stride, "SAME")
    else:
        front = (filters - channels) // 2 if mistake == "sides" else 0
        way = tf.pad(x[:, ::stride, ::stride], [(0, 0), (0, 0), (0, 0), (front, filters - channels - front)])
    way = {"late": half, "lost": tf.zeros_like(branch)}.get(mistake, way)
    total = branch + (way if way.shape == branch.shape else 0)
    return np.asarray(total if mistake in ("last", "before") else tf.nn.relu(total))


BLOCK_MISTAKES = {
    "mode": "batch normalisation is in the wrong mode; hand `training` on to it",
    "half mode": "the shortcut's batch normalisation is in the wrong mode; hand `training` on to it as well",
    "second": "the stride is in the second convolution; it belongs in the first",
    "inner": "the ReLU between the two halves is missing",
    "way": "there is a ReLU on the shortcut; the projection has none",
    "bare": "the shortcut's batch normalisation is not used",
    "late": "the shortcut starts after the first half, not at the block's input", "lost": "the shortcut is missing",
    "before": "the last ReLU comes before the addition; it belongs after it",
    "last": "the ReLU after the addition is missing",
    "pooled": "the shortcut averages pixels; its 1×1 convolution should take every `stride`-th one",
    "sides": "the zeros are on both sides of the old channels; they belong after them",
}
stepped, settled = [], []  # what the last part looks at, measured while the blocks are here


def expect_block(channels: int, filters: int, stride: int, shortcut: str) -> None:
    """Check a block with random weights against the formula, in both modes."""
    block, what = check.built_block(ResidualBlock, channels, filters, stride, shortcut, check.at_random, size=7)
    x = np.random.default_rng(channels).normal(0.4, 1.5, (3, 7, 8, channels)).astype("float32")
    for training_mode in (False, True):
        seen, causes = [], {}
        expected = residual_by_formula(x, filters, stride, shortcut, training_mode, seen=seen)
        before = [weight.numpy() for weight in block.non_trainable_weights]
        found = checks.array(checks.call(block, x, training=training_mode), expected.shape, f"the output of {what}")
        if not np.allclose(found, expected, 5e-3, 5e-3):
            causes = {
                text: residual_by_formula(x, filters, stride, shortcut, training_mode, mistake)
                for mistake, text in BLOCK_MISTAKES.items()
            }
            other = residual_by_formula(x, filters, stride, shortcut, training_mode, "epsilon")  # looked at below
            expected = other if np.allclose(found, other, 5e-3, 5e-3) else expected
        checks.close(
            found, expected, f"{what}, random weights, training={training_mode}", causes=causes, tolerance=5e-3,
            rule="The steps should be those of the picture, and the shortcut should be the one in the table.",
        )
        moved = [
            not np.array_equal(old, weight.numpy())
            for old, weight in zip(before, block.non_trainable_weights, strict=True)
        ]
        checks.true(all(moved) if training_mode else not any(moved), (
            f"{what}: the moving averages should {'move' if training_mode else 'stay'} when training={training_mode}."
        ))
    stepped.append((what, filters, seen, [weight.numpy().copy() for weight in block.non_trainable_weights]))
    settled.append((what, block, x, np.asarray(block(x, training=False))))


expect_block(4, 4, 1, "projection")
parts = checks.Parts(5)
with parts("the projection shortcut", 2):
    for channels, filters, stride in ((3, 6, 2), (5, 5, 2), (3, 5, 1), (2, 7, 3)):
        expect_block(channels, filters, stride, "projection")
with parts("the padding shortcut", 1):
    for channels, filters, stride in ((3, 6, 2), (4, 4, 2), (3, 5, 1), (4, 4, 1)):
        expect_block(channels, filters, stride, "padding")
with parts("no shortcut", 1):
    for channels, filters, stride in ((3, 6, 2), (4, 4, 1)):
        expect_block(channels, filters, stride, "none")
with parts("the defaults of arguments, the settings of batch normalisation and the initial kernels", 1):
    for what, filters, seen, means in stepped:
        for place, batch_mean in zip(("F's first", "F's second", "the shortcut's"), seen, strict=False):
            expected = 0.9 * check.at_random("mean", (filters,)) + 0.1 * batch_mean
            checks.true(any(np.allclose(expected, one, atol=2e-3) for one in means), (
                f"{what}: after one step in training, the moving mean of {place} batch normalisation should be 0.9 of the "
                "old one and 0.1 of the batch's. Likely cause: its momentum is not 0.9."
            ))
    for what, block, x, expected in settled:
        checks.close(
            np.asarray(block(x)), expected, f"{what}: a call that does not say `training` is one for inference",
            tolerance=1e-4, rule="The default of `training` should be None or False.",
        )
    default, maps = checks.call(ResidualBlock, 3, 5), np.ones((2, 6, 6, 3), "float32")
    checks.array(default(maps, training=False), (2, 6, 6, 5), "the output of ResidualBlock(3, 5)", causes={
        (2, 3, 3, 5): "the default of `stride` is not 1",
    })
    checks.true((1, 1, 3, 5) in [tuple(weight.shape) for weight in default.weights], (
        "ResidualBlock(3, 5) should have a 1×1 convolution. Likely cause: the default of `shortcut` is not \"projection\"."
    ))
    check.expect_parts(default, 3, 3, "ResidualBlock(3, 5)")
    check.fill(default, check.at_random)
    faint = 0.03 * np.random.default_rng(5).normal(size=(2, 6, 6, 3)).astype("float32")
    checks.close(
        default(faint, training=True), residual_by_formula(faint, 5, 1, "projection", True),
        "ResidualBlock(3, 5), training=True, small numbers", tolerance=5e-3,
        rule="The batch normalisations should have Keras's default for epsilon.",
    )
    fresh = checks.call(ResidualBlock, 32, 64, 2)
    fresh(np.zeros((1, 4, 4, 32), "float32"), training=False)
    for weight in check.weights_by_role(fresh)["kernel"]:
        ratio = np.std(weight.numpy()) / math.sqrt(2 / math.prod(weight.shape[:-1]))
        what = f"the standard deviation of a fresh kernel of shape {tuple(weight.shape)}, divided by that of he_normal"
        checks.close(ratio, 1, what, tolerance=0.1, rule="The kernels should be drawn by he_normal.")
    traced = tf.function(lambda maps: ResidualBlock.__call__(default, maps, training=True))(tf.ones((2, 6, 6, 3)))
    checks.array(traced, (2, 6, 6, 5), "ResidualBlock inside a tf.function")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** A block from 64 to 128 channels has two 3×3 convolutions. How many parameters does a 1×1 projection add: about 4 %, 25 % or 100 % of what the block has without it?

# %%
reveal("04-cost")

# %% [markdown]
# The next cell counts the parameters of this block, with stride 2, for each kind of shortcut.

# %% tags=["nbval-check-output"]
for shortcut in ("none", "padding", "projection"):
    block = ResidualBlock(64, 128, 2, shortcut)
    block(np.zeros((1, 8, 8, 64), "float32"))
    trainable = sum(math.prod(weight.shape) for weight in block.trainable_weights)
    print(f"{shortcut:10} {trainable:8,} trainable parameters")
print("the projection: 1·1·64·128 weights + 128 gammas + 128 betas =", 64 * 128 + 2 * 128)

# %% [markdown]
# ## 5. A block whose weights are zero
#
# Suppose that all kernels and all $\beta$ of a block are zero. Is such a block useless?

# %% [markdown]
# **Predict before you run the next cell.** What does this block return for x = (4, 2, 0.8, −3), with an identity shortcut, and what without a shortcut?

# %%
reveal("05-zero")

# %% tags=["nbval-check-output"]
def all_zero(role: str, shape: tuple) -> np.ndarray:
    """Return zeros for kernels and betas, and Keras's initial values for the rest."""
    return np.full(shape, 1.0 if role in ("gamma", "variance") else 0.0, "float32")


flat = check.flat_photographs(check.FOUR)  # every pixel holds (4, 2, 0.8, -3)
for shortcut in ("none", "projection"):
    block = ResidualBlock(4, 4, 1, shortcut)
    block(flat, training=False)
    check.fill(block, all_zero)
    print(f'shortcut="{shortcut}":'.ljust(24), block(flat, training=False).numpy()[0, 3, 3])

# %% [markdown]
# Without a shortcut the block returns zeros: everything computed before it is lost, and no gradient finds its way back. With a shortcut it returns **ReLU(x)**. Inside a network x is itself the output of a ReLU, so it is never negative, and ReLU(x) = x: the block is the *identity*. A deep residual network whose blocks are all zero behaves like a shallow one, and training can switch on useful blocks one by one.
#
# So training could *start* there, but not with kernels of zeros: their gradients would be zero as well. In $F$, the gradient of the second kernel contains the output of the first half, which is ReLU(0) = 0 if the first kernel is zero. The gradient of the first kernel has to pass through the second kernel, which is zero. So both stay zero for ever. (Only the last $\beta$ can change, and all it does is add a constant.)
#
# The usual solution is to set only the $\gamma$ of the last batch normalisation to zero. F ends with "times $\gamma$, plus $\beta$", so with $\gamma = \beta = 0$ it is zero for every input, in training and at inference. And F can still learn: the gradient of $\gamma$ is the sum of the products of incoming gradients and normalised values, and the normalised values are not zero, because the kernels are not.
#
# ### Task 5: start as the identity (3 points, ★★☆)
#
# Write `start_as_identity`. In Keras, `BatchNormalization(gamma_initializer="zeros")` makes a new layer with a zero-initialised γ. Your function changes a block that already exists.

# %% nbgrader={"grade": false, "grade_id": "start_as_identity", "locked": false, "schema_version": 3, "solution": true, "task": false}
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    """Set the weights of a block so that F(x) = 0 for every x, but F can still learn.

    Change only the last batch normalisation of F: its γ and its β become 0, and stay trainable. All
    kernels, the first batch normalisation and the shortcut stay as they are.

    Parameters
    ----------
    block
        one of your blocks, with any shape and any shortcut. It has been called before, so its
        weights exist; they may hold any numbers.

    Returns
    -------
    ResidualBlock
        the same block. With an identity shortcut it now computes ReLU(x).
    """
    ### BEGIN SOLUTION
    for weight in (block.late_norm.gamma, block.late_norm.beta):
        weight.assign(keras.ops.zeros_like(weight))
    return block
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_start_as_identity", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.start_as_identity(start_as_identity, ResidualBlock)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def unseen(channels: int, filters: int, stride: int, shortcut: str) -> tuple:
    """Return a silent block with random weights, the pairs of what changed, its name, x and what it should return."""
    x = np.random.default_rng(filters).normal(0.3, 1.5, (3, 6, 6, channels)).astype("float32")
    block, before, what = check.silenced(
        start_as_identity, ResidualBlock, channels, filters, stride, shortcut, check.at_random, x
    )
    changed = [
        (weight, old) for weight, old in zip(block.weights, before, strict=True)
        if not np.array_equal(weight.numpy(), old)
    ]
    gamma, beta, mean, variance = (check.at_random(role, (filters,)) for role in ("gamma", "beta", "mean", "variance"))
    ways = []
    for training_mode in (False, True):
        if shortcut == "none":
            way = np.zeros((3, 6, 6, filters))
        elif stride == 1:
            way = x
        elif shortcut == "padding":
            way = np.pad(x[:, ::2, ::2], [(0, 0), (0, 0), (0, 0), (0, filters - channels)])
        else:
            way = tf.nn.conv2d(x, check.at_random("kernel", (1, 1, channels, filters)), stride, "SAME")
            centre, spread = tf.nn.moments(way, (0, 1, 2)) if training_mode else (mean, variance)
            way = np.asarray(tf.nn.batch_normalization(way, centre, spread, beta, gamma, 1e-3))
        ways.append(way)
    return block, changed, what, x, ways


def expect_silent(channels: int, filters: int, stride: int, shortcut: str) -> None:
    """Check that F is 0."""
    block, changed, what, x, ways = unseen(channels, filters, stride, shortcut)
    checks.true(changed, f"{what}: no weight was changed. F should become 0 by its weights, in every kind of block.")
    zero = all(np.all(weight.numpy() == 0) for weight, _ in changed if weight.trainable and len(weight.shape) == 1)
    checks.true(zero, f"{what}: γ and β should be exactly 0; a small number is not enough.")
    for training_mode, way in zip((False, True), ways, strict=True):
        found = block(x, training=training_mode)
        checks.close(found, np.maximum(way, 0), f"{what}, random weights, training={training_mode}", tolerance=5e-3, causes={
            "the shortcut is 0 as well; only F should be": np.zeros(way.shape),
            "γ is 0, but β is not": np.maximum(way + check.at_random("beta", (filters,)), 0),
        }, rule="Only the last batch normalisation of F should be changed.")


def expect_change(channels: int, filters: int, stride: int, shortcut: str) -> None:
    """Check that γ and β of one batch normalisation changed, nothing else, and that F can learn."""
    block, changed, what, x, ways = unseen(channels, filters, stride, shortcut)
    trainable = 9 if (shortcut, stride) == ("projection", 2) else 6
    checks.same(len(block.trainable_weights), trainable, f"{what}: how many weights are trainable", causes={
        trainable - 2: "γ and β are frozen; they should stay trainable", 0: "the whole block is frozen",
    })
    checks.true(all(weight.trainable and len(weight.shape) == 1 for weight, _ in changed), (
        f"{what}: other weights than γ and β were changed; kernels and moving averages should stay as they are."
    ))
    checks.same(len(changed), 2, f"{what}: how many weights were changed", causes={
        4: "two batch normalisations are changed; only the last one of F should be",
        1: "only one of γ and β is changed; F needs both",
    })
    if shortcut == "none":
        return
    factors = np.random.default_rng(1).normal(size=ways[1].shape).astype("float32")
    with tf.GradientTape() as record:
        total = tf.reduce_sum(block(x, training=True) * factors)
    slopes = record.gradient(total, [weight for weight, _ in changed])
    checks.true(all(slope is not None and float(tf.norm(slope)) > 1e-3 for slope in slopes), (
        f"{what}: F cannot learn any more, because γ gets no gradient."
    ))


expect_silent(5, 5, 1, "projection")
parts = checks.Parts(3)
with parts("blocks with a projection", 1):
    expect_silent(3, 6, 2, "projection")
    expect_change(3, 6, 2, "projection")
with parts("blocks with padding, and without a shortcut", 1):
    for shape in ((3, 6, 2, "padding"), (5, 5, 1, "padding"), (4, 4, 1, "none")):
        expect_silent(*shape)
        expect_change(*shape)
with parts("nothing else changes, and F can learn", 1):
    expect_change(5, 5, 1, "projection")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Let us send feature maps through eight blocks with their random initial weights (*as drawn*), and through eight blocks with zero-initialised γ (*silent* blocks), with and without shortcuts.

# %% [markdown]
# **Predict before you run the next cell.** Eight blocks as drawn, with shortcuts, one after the other: is the mean of the output about the same as that of the input, a few times as large, or hundreds of times as large?

# %%
reveal("05-silent")

# %% [markdown]
# The next cell prints the mean of each output. This takes about 2 seconds.

# %%
maps = keras.ops.relu(np.random.default_rng(6).normal(size=(4, 8, 8, 16)).astype("float32"))
print(f"what goes in: mean {float(keras.ops.mean(maps)):.3f}")
for shortcut in ("projection", "none"):
    for silent in (False, True):
        values = maps
        keras.utils.set_random_seed(3)
        for _ in range(8 if plan.comparison_images else 1):
            block = ResidualBlock(16, 16, 1, shortcut)
            block(values, training=False)
            values = (start_as_identity(block) if silent else block)(values, training=True)
        kind = ("with" if shortcut == "projection" else "without") + " shortcut, "
        kind += "silent" if silent else "as drawn"
        print(f"{kind:28} mean {float(keras.ops.mean(values)):7.3f}")

# %% [markdown]
# With shortcuts, the contributions of blocks as drawn add up, each with a standard deviation of 1. Silent blocks with shortcuts pass the maps on unchanged; without a shortcut, a silent block returns only zeros.
#
# ## 6. Assembling networks
#
# A *stage* is a sequence of blocks with the same number of filters. Only its first block changes the shape: it has the stage's stride and takes the incoming channels. The others have stride 1.
#
# ### Task 6: a stage (2 points, ★☆☆)
#
# Write `stage`. The check takes about 2 seconds.

# %% nbgrader={"grade": false, "grade_id": "stage", "locked": false, "schema_version": 3, "solution": true, "task": false}
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    """Build a sequence of residual blocks.

    Parameters
    ----------
    channels
        the number of channels that arrive.
    filters
        the number of filters of every block.
    blocks
        the number of blocks, at least 1.
    stride
        the stride of the first block; the others have stride 1.
    shortcut
        the shortcut of every block, as in `ResidualBlock`.

    Returns
    -------
    a layer or a model
        called with feature maps and `training`, it sends the maps through the blocks in order.
        keras.Sequential makes one from a list of layers, and passes `training` on.
    """
    ### BEGIN SOLUTION
    row = [ResidualBlock(channels, filters, stride, shortcut)]
    row += [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks - 1)]
    return keras.Sequential(row)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_stage", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.stage(stage)
### BEGIN HIDDEN TESTS
from cnnlab import checks

for channels, filters, blocks, stride, shortcut in (
    (3, 6, 3, 2, "projection"), (4, 6, 1, 1, "projection"), (3, 5, 2, 2, "padding"), (4, 4, 2, 1, "none"),
    (3, 4, 1, 3, "projection"),
):
    row, what = check.built_stage(stage, channels, filters, blocks, stride, shortcut)
    x = np.random.default_rng(8).normal(0.4, 1.5, (2, 9, 8, channels)).astype("float32")
    chain = []
    for place in range(blocks):
        block = ResidualBlock(channels if place == 0 else filters, filters, stride if place == 0 else 1, shortcut)
        block(np.zeros((1, 8, 8, channels if place == 0 else filters), "float32"), training=False)
        check.fill(block, check.at_random)
        chain.append(block)
    asleep = 0
    for training_mode in (False, True):
        expected = x
        for block in chain:
            expected = block(expected, training=training_mode)
        found = checks.array(row(x, training=training_mode), expected.shape, f"the output of {what}")
        checks.close(
            found, expected, f"{what} compared with its blocks one by one, training={training_mode}", tolerance=1e-2,
            causes={"`training` is not handed on to the blocks": asleep},
            rule="The first block gets the stride, each block gets the `shortcut`, and nothing comes between them.",
        )
        asleep = expected
row = checks.call(stage, 3, 6, 2, 2)
row(np.ones((1, 8, 8, 3), "float32"), training=False)
checks.true((1, 1, 3, 6) in [tuple(weight.shape) for weight in row.weights], (
    "stage(3, 6, 2, 2) should have a 1×1 convolution. Likely cause: the default of `shortcut` is not \"projection\"."
))
check.expect_parts(row, 5, 5, "stage(3, 6, 2, 2)")
### END HIDDEN TESTS

# %% [markdown]
# ### ResNet-34
#
# This network was designed for ImageNet: photographs of 224×224 pixels, in 1000 classes. It begins with a *stem* that makes the maps small, because large maps are expensive. Then come four stages, the mean of each map (*global average pooling*) and a dense layer that returns the logits.
#
# | part | | output | trainable parameters |
# |---|---|---|---|
# | stem | 7×7 convolution, 64 kernels, stride 2; batch normalisation; ReLU | 112×112×64 | 9,408 + 128 |
# | | 3×3 max pooling, stride 2 | 56×56×64 | 0 |
# | stage 1 | 3 blocks, 64 filters, stride 1 | 56×56×64 | 221,952 |
# | stage 2 | 4 blocks, 128 filters, stride 2 | 28×28×128 | 1,116,416 |
# | stage 3 | 6 blocks, 256 filters, stride 2 | 14×14×256 | 6,822,400 |
# | stage 4 | 3 blocks, 512 filters, stride 2 | 7×7×512 | 13,114,368 |
# | mean of each map | | 512 | 0 |
# | dense | 1000 logits, with biases | 1000 | 513,000 |
# | | | | **21,797,672** |
#
# **By hand.** Stage 2 has eight 3×3 convolutions, one of them with 64 input channels: 9·64·128 + 7·9·128·128 = 1,105,920 parameters. Their eight batch normalisations have 8·2·128 = 2,048, and the projection has 64·128 + 2·128 = 8,448. That makes 1,116,416 in all.
#
# Why 34? The paper counts the layers with weights on the main path: 1 + 2·(3 + 4 + 6 + 3) + 1 = 34. Compare the total with VGG-16's 138 million parameters: the dense layers of 4096 units are gone, and 60 % of all parameters are in the last stage.

# %% [markdown]
# **Predict before you run the next cell.** Stage 4 has nearly twice as many parameters as stage 3. Which of the two takes more multiplications?

# %%
reveal("06-cost")

# %%
figures.widths(
    [
        ("image", 224, 3), ("stem", 112, 64), ("stage 1", 56, 64), ("stage 2", 28, 128),
        ("stage 3", 14, 256), ("stage 4", 7, 512),
    ],
    "ResNet-34: the maps become smaller, the channels more numerous",
)

# %% [markdown]
# ### Task 7: ResNet-34 (4 points, ★★☆)
#
# Write `resnet34`, with your `stage`. `keras.applications` has ready-made residual networks from 50 layers upwards, made of another kind of block, but not this one.

# %% nbgrader={"grade": false, "grade_id": "resnet34", "locked": false, "schema_version": 3, "solution": true, "task": false}
def resnet34(classes: int = 1000) -> keras.Model:
    """Build ResNet-34 for photographs of shape (n, 224, 224, 3), as in the table above.

    In the stem, the convolution has padding "same", no biases and "he_normal" kernels; the batch
    normalisation has momentum 0.9; the pooling has padding "same". The shortcuts are projections.

    Parameters
    ----------
    classes
        the number of logits.

    Returns
    -------
    keras.Model
        a network that returns logits of shape (n, classes).
    """
    ### BEGIN SOLUTION
    parts = [
        keras.Input((224, 224, 3)),
        keras.layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False, kernel_initializer="he_normal"),
        keras.layers.BatchNormalization(momentum=0.9),
        keras.layers.ReLU(), keras.layers.MaxPooling2D(3, strides=2, padding="same"),
    ]
    arriving = 64
    for filters, blocks, stride in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
        parts.append(stage(arriving, filters, blocks, stride))
        arriving = filters
    return keras.Sequential([*parts, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(classes)])
    ### END SOLUTION

# %% [markdown]
# The check builds the network, with about 87 MB of weights, and sends an image of noise through it. This takes **about 4 seconds**.

# %% nbgrader={"grade": true, "grade_id": "test_resnet34", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.resnet34(resnet34)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def first_drawn(self, shape, dtype=None):
    """Draw the stem's kernel alone: drawing 21 million numbers takes seconds, and `fill` replaces them."""
    if tuple(shape) == (7, 7, 3, 64):
        return drawn_as_ever(self, shape, dtype)
    return tf.zeros(shape, dtype or "float32")


photograph = np.random.default_rng(9).normal(size=(1, 224, 224, 3)).astype("float32")
shapes = ((64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2), (512, 512, 1))
one_block_each = {}
drawn_as_ever = keras.initializers.VarianceScaling.__call__
keras.initializers.VarianceScaling.__call__ = first_drawn
try:
    small = checks.call(resnet34, classes=12)
    logits = np.asarray(small(photograph, training=False))
    checks.array(logits, (1, logits.shape[-1]), "the output of resnet34(classes=12) for one photograph")
    for wide_before, wide_after, step in shapes:
        one_block_each[wide_before, wide_after] = stage(wide_before, wide_after, 1, step)
        one_block_each[wide_before, wide_after](np.zeros((1, 4, 4, wide_before), "float32"), training=False)
finally:
    keras.initializers.VarianceScaling.__call__ = drawn_as_ever
count = logits.shape[1]
wanted = {
    (7, 7, 3, 64): 1, (3, 3, 64, 64): 6, (3, 3, 64, 128): 1, (1, 1, 64, 128): 1, (3, 3, 128, 128): 7, (3, 3, 128, 256): 1,
    (1, 1, 128, 256): 1, (3, 3, 256, 256): 11, (3, 3, 256, 512): 1, (1, 1, 256, 512): 1, (3, 3, 512, 512): 5,
    (512, count): 1,
}
found = [tuple(weight.shape) for weight in small.trainable_weights if len(weight.shape) > 1]
for shape in sorted({*wanted, *found}):
    checks.true(found.count(shape) == wanted.get(shape, 0), (
        f"resnet34(classes=12) should have {wanted.get(shape, 0)} kernels of shape {shape}, but has {found.count(shape)}."
    ))
(stem_kernel,) = (weight.numpy() for weight in small.trainable_weights if tuple(weight.shape) == (7, 7, 3, 64))
for filled in (small, *one_block_each.values()):
    check.fill(filled, check.at_random)
weights_of_64 = [check.at_random(role, (64,)) for role in ("mean", "variance", "beta", "gamma")]


def through_stages(maps):
    """The logits that the four stages make of these maps; blocks of one shape hold the same numbers."""
    for wide_before, wide_after, blocks in ((64, 64, 3), (64, 128, 4), (128, 256, 6), (256, 512, 3)):
        maps = one_block_each[wide_before, wide_after](maps, training=False)
        for _ in range(blocks - 1):
            maps = one_block_each[wide_after, wide_after](maps, training=False)
    kernel, biases = check.at_random("kernel", (512, count)), check.at_random("beta", (count,))
    return np.asarray(tf.reduce_mean(maps, (1, 2)) @ kernel + biases)


parts = checks.Parts(4)
with parts("strides, padding and the order of the layers", 2):
    # Patches brighter and darker than the noise on them: in the dark ones no pixel of a pooling window is positive.
    patches = np.random.default_rng(11).normal(size=(1, 14, 14, 3))
    patchy = photograph + 8 * np.kron(patches, np.ones((1, 16, 16, 1))).astype("float32")
    found = np.asarray(small(patchy, training=False))
    x = tf.nn.conv2d(patchy, check.at_random("kernel", (7, 7, 3, 64)), 2, "SAME")
    x = tf.nn.batch_normalization(x, *weights_of_64, 1e-3)
    expected = through_stages(tf.nn.max_pool2d(tf.nn.relu(x), 3, 2, "SAME"))
    if not np.allclose(found, expected, rtol=1e-2, atol=1e-2):
        likely = {
            "the stem's ReLU is missing": through_stages(tf.nn.max_pool2d(x, 3, 2, "SAME")),
            "the stem's pooling takes the mean; it should take the maximum":
                through_stages(tf.nn.avg_pool2d(tf.nn.relu(x), 3, 2, "SAME")),
            "the stem's pooling has windows of 2×2; they should be 3×3":
                through_stages(tf.nn.max_pool2d(tf.nn.relu(x), 2, 2, "SAME")),
            "the stem's pooling has padding \"valid\"; it should be \"same\"":
                through_stages(tf.nn.max_pool2d(tf.nn.relu(x), 3, 2, "VALID")),
        }
        what = "the logits of resnet34(classes=12) with random weights, compared with stem, stages and dense layer one by one"
        checks.close(
            found, expected, what, causes=likely, tolerance=1e-2,
            rule="Strides, padding and the order of the layers should be those of the table.",
        )
with parts("batch normalisation in training", 1):
    before = [weight.numpy() for weight in small.non_trainable_weights]
    small(photograph, training=True)
    moving = [
        weight.numpy() for weight, old in zip(small.non_trainable_weights, before, strict=True)
        if not np.array_equal(weight.numpy(), old)
    ]
    checks.same(len(moving), 72, "how many moving averages of resnet34(classes=12) move in a call with training=True", causes={
        0: "`training` does not reach the batch normalisations", 2: "`training` does not reach the stages",
        70: "`training` does not reach the stem's batch normalisation",
    }, rule="`training` should reach every block.")
    stem = tf.nn.conv2d(photograph, check.at_random("kernel", (7, 7, 3, 64)), 2, "SAME")
    stem_mean = 0.9 * weights_of_64[0] + 0.1 * np.asarray(tf.reduce_mean(stem, (0, 1, 2)))
    checks.true(any(one.shape == (64,) and np.allclose(one, stem_mean, atol=2e-3) for one in moving), (
        "After one step in training, a moving mean should be 0.9 of the old one and 0.1 of the stem's. Likely cause: the "
        "momentum of the stem's batch normalisation is not 0.9."
    ))
with parts("the number of classes, the size of the photographs and the initial kernels", 1):
    checks.same(count, 12, "the number of logits of resnet34(classes=12)", causes={1000: "`classes` is ignored"})
    ratio, what = np.std(stem_kernel) / math.sqrt(2 / 147), (
        "the standard deviation of the stem's fresh kernels, divided by that of he_normal"
    )
    checks.close(ratio, 1, what, tolerance=0.1, rule="The kernels should be drawn by he_normal.")
    for declared in getattr(small, "inputs", None) or ():
        sides = tuple(declared.shape)[1:]
        fits = all(side in (None, right) for side, right in zip(sides, (224, 224, 3), strict=False))
        checks.true(fits, (
            f"resnet34() is made for photographs of shape {sides}, but should be made for (224, 224, 3). Likely cause: its "
            "Input has another size."
        ))
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# ### ResNet-20
#
# For CIFAR's small photographs the paper uses a smaller design: a stem of one 3×3 convolution with batch normalisation and ReLU; three stages of n blocks each, with 16, 32 and 64 filters, the second and third with stride 2; the mean of each map; and a dense layer with ten logits. The number of layers with weights is 6n + 2:
#
# | n | 1 | 3 | 5 | 9 |
# |---|---|---|---|---|
# | layers | 8 | 20 | 32 | 56 |
#
# On CIFAR the paper uses the padding shortcut everywhere, so that a plain and a residual network have *exactly* the same number of parameters. For n = 3:
#
# | part | trainable parameters |
# |---|---|
# | stem | 9·3·16 + 2·16 = 464 |
# | stage 1 | 6·9·16·16 + 6·2·16 = 14,016 |
# | stage 2 | 9·16·32 + 5·9·32·32 + 6·2·32 = 51,072 |
# | stage 3 | 9·32·64 + 5·9·64·64 + 6·2·64 = 203,520 |
# | dense | 64·10 + 10 = 650 |
# | | **269,722** |

# %% [markdown]
# **Predict before you run the next cell.** ResNet-56 has n = 9. Estimate the number of its parameters: is it above or below a million?

# %%
reveal("06-deep")

# %% [markdown]
# ### Task 8: the networks for CIFAR (3 points, ★★☆)
#
# Write `cifar_resnet`. The check takes about 4 seconds.

# %% nbgrader={"grade": false, "grade_id": "cifar_resnet", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cifar_resnet(
    blocks: int, filters: tuple = (16, 32, 64), classes: int = 10, shortcut: str = "padding"
) -> keras.Model:
    """Build a residual network of 6·blocks + 2 layers for photographs (n, height, width, 3).

    The stem: a 3×3 convolution with filters[0] kernels (padding "same", stride 1, no biases,
    "he_normal"), batch normalisation (momentum 0.9) and ReLU. Then three stages, the mean of each
    map, a dense layer.

    Parameters
    ----------
    blocks
        the number of blocks in each stage: 3 for ResNet-20.
    filters
        the numbers of filters in the three stages; the strides of the stages are 1, 2, 2.
    classes
        the number of logits.
    shortcut
        the shortcut of all blocks, as in `ResidualBlock`; "none" makes a plain network.

    Returns
    -------
    keras.Model
        a network that returns logits of shape (n, classes) for photographs of any size.
    """
    ### BEGIN SOLUTION
    images = keras.Input((None, None, 3))
    maps = keras.layers.Conv2D(filters[0], 3, padding="same", use_bias=False, kernel_initializer="he_normal")(images)
    maps = keras.layers.ReLU()(keras.layers.BatchNormalization(momentum=0.9)(maps))
    for place, number in enumerate(filters):
        maps = stage(filters[max(place - 1, 0)], number, blocks, 1 if place == 0 else 2, shortcut)(maps)
    pooled = keras.layers.GlobalAveragePooling2D()(maps)
    return keras.Model(images, keras.layers.Dense(classes)(pooled))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_cifar_resnet", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.cifar_resnet(cifar_resnet)
### BEGIN HIDDEN TESTS
from cnnlab import checks

stepped = []  # what the part on settings looks at, measured while the networks are here


def expect_network(blocks: int, filters: tuple, classes: int, shortcut: str, size: int) -> None:
    """Check a network with random weights against stem, stages and dense layer."""
    what = f"cifar_resnet({blocks}, {filters}, {classes}, {shortcut!r})"
    network = checks.call(cifar_resnet, blocks, filters, classes, shortcut)
    x = np.random.default_rng(size).normal(0.3, 1.5, (3, size, size, 3)).astype("float32")
    checks.array(checks.call(network, x, training=False), (3, classes), f"the output of {what}", causes={
        (3, 10): "`classes` is ignored",
    })
    wide = filters[0]
    steps = [(wide, wide, 1), (wide, filters[1], 2), (filters[1], filters[2], 2)]
    projections = sum(shortcut == "projection" and (stride != 1 or before != after) for before, after, stride in steps)
    ones = sum(tuple(weight.shape)[:2] == (1, 1) for weight in network.trainable_weights)
    checks.same(
        ones, projections, f"the number of 1×1 convolutions in {what}",
        rule="`shortcut` should be handed on to the stages.",
    )
    check.expect_parts(network, 6 * blocks + 2 + projections, 6 * blocks + 1 + projections, what, biases=1)
    check.fill(network, check.at_random)
    rows = []
    for before, after, stride in steps:
        rows.append(stage(before, after, blocks, stride, shortcut))
        rows[-1](np.zeros((1, 4, 4, before), "float32"), training=False)
        check.fill(rows[-1], check.at_random)
    counted = 29 * wide + sum(check.parameters(row) for row in rows) + (filters[2] + 1) * classes
    checks.same(check.parameters(network), counted, f"the trainable parameters of {what}", causes={
        75_290 + (blocks - 1) * 194_432 // 2 - 65 * (10 - classes): "`filters` is ignored",
    }, rule="`filters` should be used everywhere.")
    arriving = tf.nn.conv2d(x, check.at_random("kernel", (3, 3, 3, wide)), 1, "SAME")
    gamma, beta, mean, variance = (check.at_random(role, (wide,)) for role in ("gamma", "beta", "mean", "variance"))
    kernel, biases = check.at_random("kernel", (filters[2], classes)), check.at_random("beta", (classes,))
    for training_mode in (False, True):
        centre, spread = tf.nn.moments(arriving, (0, 1, 2)) if training_mode else (mean, variance)
        maps = tf.nn.batch_normalization(arriving, centre, spread, beta, gamma, 1e-3)
        expected = []
        for stem in (tf.nn.relu(maps), maps):
            for row in rows:
                stem = row(stem, training=training_mode)
            summary = tf.reduce_mean(stem, (1, 2)), tf.reduce_max(stem, (1, 2))
            expected += [np.asarray(one @ kernel + biases) for one in summary]
        found = np.asarray(network(x, training=training_mode))
        checks.close(
            found, expected[0], f"{what} with random weights, training={training_mode}, compared with its parts one by one",
            tolerance=1e-2, causes={
                "the largest value of each map is taken; it should be the mean": expected[1],
                "the stem's ReLU is missing": expected[2],
                "there is a softmax in the last layer; it should return logits": np.asarray(tf.nn.softmax(expected[0])),
            }, rule="The strides of the stages should be 1, 2 and 2, and each stage should get the `shortcut`.",
        )
    averages = [weight.numpy().copy() for weight in network.non_trainable_weights if tuple(weight.shape) == (wide,)]
    stepped.append((what, 0.9 * mean + 0.1 * np.asarray(tf.reduce_mean(arriving, (0, 1, 2))), averages))


expect_network(2, (4, 6, 8), 5, "padding", 16)
parts = checks.Parts(3)
with parts("other shortcuts, and maps of odd size", 1):
    expect_network(2, (4, 6, 8), 5, "padding", 12)
    expect_network(1, (3, 5, 5), 7, "projection", 9)
    expect_network(1, (3, 4, 4), 3, "none", 8)
with parts("the settings of the stem", 1):
    for what, stem_mean, averages in stepped:
        checks.true(any(np.allclose(one, stem_mean, atol=2e-3) for one in averages), (
            f"{what}: after one step in training, a moving mean should be 0.9 of the old one and 0.1 of the stem's. Likely "
            "cause: the momentum of the stem's batch normalisation is not 0.9."
        ))
    wide_stem = checks.call(cifar_resnet, 1, (64, 64, 64), shortcut="none")
    wide_stem(np.zeros((1, 16, 16, 3), "float32"), training=False)
    (kernel,) = (weight.numpy() for weight in wide_stem.trainable_weights if tuple(weight.shape) == (3, 3, 3, 64))
    ratio, what = np.std(kernel) / math.sqrt(2 / 27), (
        "the standard deviation of the stem's fresh kernels, divided by that of he_normal"
    )
    checks.close(ratio, 1, what, tolerance=0.1, rule="The kernels should be drawn by he_normal.")
with parts("photographs of any size", 1):
    two = checks.call(cifar_resnet, 1, filters=(4, 6, 8))
    two(np.zeros((1, 32, 32, 3), "float32"), training=False)
    what = "the output of one cifar_resnet for photographs of another size"
    checks.array(two(np.zeros((1, 20, 24, 3), "float32"), training=False), (1, 10), what)
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Your function builds ResNet-20 with either shortcut. This takes about 2 seconds.

# %% tags=["nbval-check-output"]
for shortcut in ("padding", "projection"):
    network = cifar_resnet(3, shortcut=shortcut)
    network(np.zeros((1, 8, 8, 3), "float32"), training=False)
    trainable = sum(math.prod(weight.shape) for weight in network.trainable_weights)
    print(f"ResNet-20 with the shortcut {shortcut:10} {trainable:,} trainable parameters")
print("the two projections: 16·32 + 2·32 + 32·64 + 2·64 =", 16 * 32 + 2 * 32 + 32 * 64 + 2 * 64)

# %% [markdown]
# ## 7. Training
#
# The networks below have 8, 16 and 32 filters (`WIDTHS`), half as many as in the paper, so that a CPU can train them in seconds. As in the paper, the optimiser is *stochastic gradient descent with momentum 0.9*. Its learning-rate schedule is provided: the rate rises to 0.05 over the first tenth of the steps, then falls to 0 along half a cosine wave. The slow start gives batch normalisation and momentum time to build up their averages; the fall lets the weights settle, so that the result depends less on chance.
#
# One more detail: the moving averages of batch normalisation also have a *momentum*, m. The new average is m times the old one plus (1 − m) times the value of the batch. After k steps, a fraction $m^k$ of the initial value is left. Keras's default is 0.99: after a short training of 150 steps, $0.99^{150}$ = 22 % of the arbitrary initial value would still be left. With 0.9 it is 1.4·10⁻⁷. That is why your blocks use momentum 0.9.

# %% tags=["seeds"]
WIDTHS = (8, 16, 32)  # filters of the three stages
BATCH = 64  # images in one training step
BLOCKS = 3  # in each stage: 20 layers


def falling_rate(images: int, epochs: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """A learning rate that rises to 0.05 and falls to 0 in `epochs` passes over all images."""
    steps = epochs * math.ceil(images / BATCH)
    rising = max(1, steps // 10)
    return keras.optimizers.schedules.CosineDecay(
        0.0, steps - rising, warmup_target=0.05, warmup_steps=rising
    )


# %% tags=["audit"]
BLOCKS = 1  # 8 layers

# %% [markdown]
# **Predict before you run the next cell.** Suppose that a network is trained for 500 steps. After which steps is the learning rate exactly half of its maximum?

# %%
reveal("07-rate")

# %% tags=["nbval-check-output"]
rate = falling_rate(images=6_400, epochs=5)  # 100 steps per epoch, 500 in all
for step in (0, 25, 50, 275, 500):
    print(f"step {step:3}: {float(rate(step)):.4f}")

# %% [markdown]
# The check of task 9 trains ResNet-20 with the next function, which calls your `train_network` and keeps what it returns. Section 8 then uses the same network without training it again.

# %% tags=["folded"]
#@title trained: ResNet-20, trained once by your train_network
@functools.cache
def trained() -> tuple:
    """A trained ResNet-20 and its History, with the images and epochs of `plan`."""
    with budget.within_memory():
        return train_network(training, BLOCKS, "padding", plan.epochs, verbose=2)

# %% [markdown]
# ### Task 9: one call, one trained network (4 points, ★★☆)
#
# Write `train_network`.

# %% nbgrader={"grade": false, "grade_id": "train_network", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_network(
    training: tuple, blocks: int, shortcut: str, epochs: int,
    filters: tuple = WIDTHS, seed: int = 1, verbose: int = 0,
) -> tuple:
    """Train a network for CIFAR-10 from a seed.

    Set the seed before the network makes its weights, make the network with `cifar_resnet`, compile
    it and fit it.

    Parameters
    ----------
    training
        the images and their labels (integers from 0 to 9).
    blocks, filters, shortcut
        as in `cifar_resnet`; there are ten classes.
    epochs
        the number of passes over the training images, in batches of BATCH.
    seed
        for keras.utils.set_random_seed: the same seed gives the same network.
    verbose
        what Keras prints: 0 for nothing, 2 for one line per epoch.

    Returns
    -------
    tuple
        the trained model, and the History that `fit` returns, with "loss" and "accuracy". The
        optimiser is SGD with ordinary momentum 0.9 (not Nesterov's), `falling_rate` for this number
        of images and epochs, and no weight decay. The loss is the cross-entropy of the logits.
    """
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed=seed)
    resnet = cifar_resnet(blocks, filters, 10, shortcut)
    resnet.compile(
        optimizer=keras.optimizers.SGD(falling_rate(len(training[0]), epochs), momentum=0.9),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    history = resnet.fit(*training, epochs=epochs, batch_size=BATCH, verbose=verbose)
    return resnet, history
    ### END SOLUTION

# %% [markdown]
# The check first trains a network of 8 layers on noise. Then it trains ResNet-20 and prints one line per epoch: **about 30 seconds** on a CPU, of which TensorFlow spends the first five or so building the computation graph. The trained network must reach a required accuracy on the test set. The course team trained 20 networks with the seeds 1 to 20, once in the way that your notebook uses on a CPU (`cpu`), and once in the shorter way used for grading (`grading`). The required accuracy is so far below their mean that a correct answer does not fail through bad luck:
#
# | | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 3,200 photographs, 3 epochs | 38.3 % | 1.1 % | 32.0 % | 5.5 standard deviations |
# | cpu | 8,000 photographs, 4 epochs | 47.4 % | 1.0 % | 41.0 % | 6.4 standard deviations |
#
# On a GPU there are more photographs and more epochs, and the required accuracy is the same as on a CPU.

# %% nbgrader={"grade": true, "grade_id": "test_train_network", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.train_network(train_network, cifar_resnet, falling_rate, trained, training, test, plan)
### BEGIN HIDDEN TESTS
from cnnlab import checks

import contextlib
import io


def replayed(start: list, momentum: float = 0.9, nesterov: bool = False, from_logits: bool = True) -> list:
    """The weights after two steps from `start`, each with all of `few`, as the task says."""
    network = cifar_resnet(1, (3, 4, 5), 10, "projection")
    network(few[0][:2], training=False)
    network.set_weights(start)
    optimizer = keras.optimizers.SGD(falling_rate(len(few[0]), 2), momentum=momentum, nesterov=nesterov)
    for _ in range(2):
        with tf.GradientTape() as tape:
            outputs = network(few[0], training=True)
            loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(few[1], outputs, from_logits=from_logits))
            loss += sum(network.losses)
        slopes = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(slopes, network.trainable_variables, strict=True))
    return network.get_weights()


def apart(first: list, second: list) -> float:
    """How far two lists of weights are apart."""
    return max(float(np.abs(one - other).max()) for one, other in zip(first, second, strict=True))


def fitted(network, *arguments, **keywords):
    """Stands in for `fit`: notes the weights with which it starts."""
    network(few[0][:2], training=False)
    start[:] = network.get_weights()
    return real_fit(network, *arguments, **keywords)


class StopHere(Exception):
    """Raised in place of a training: the network is there, nothing is trained."""


def started(seed: int, shortcut: str = "padding") -> list:
    """The weights with which `train_network` starts, from this seed."""
    kept, noise, real_fit = [], check.speckle(150), keras.Model.fit

    def only_start(network, *arguments, **keywords):
        network(noise[0][:2], training=False)
        kept.extend(network.get_weights())
        raise StopHere

    keras.Model.fit = only_start
    try:
        train_network(noise, 1, shortcut, 1, (3, 4, 5), seed)
    except StopHere:
        pass
    finally:
        keras.Model.fit = real_fit
    return kept


few, start, real_fit, printed = check.speckle(40), [], keras.Model.fit, io.StringIO()
keras.Model.fit = fitted
try:
    with contextlib.redirect_stdout(printed):
        small, _ = train_network(few, 1, "projection", 2, (3, 4, 5), 7, 2)
finally:
    keras.Model.fit = real_fit
checks.true(start, "train_network should train its network with `fit`.")
parts = checks.Parts(4)
with parts("optimiser, learning rate and loss", 2):
    checks.close(float(small.optimizer.momentum), 0.9, "the optimiser's momentum", causes={
        "the momentum is not handed to SGD": 0,
    })
    last_rate = float(tf.convert_to_tensor(small.optimizer.learning_rate))
    checks.close(last_rate, 0, "the learning rate after the last step", tolerance=1e-5, causes={
        "the learning rate is constant; it should be that of falling_rate": 0.05,
        "the learning rate falls over more steps than are trained": float(falling_rate(40, 4)(2)),
    })
    checks.true(not getattr(small.optimizer, "weight_decay", None), "The optimiser should have no weight decay.")
    after, movement = small.get_weights(), apart(start, replayed(start))
    if apart(after, replayed(start)) > 0.02 * movement:
        causes = {
            "the loss takes the logits for probabilities; say from_logits=True": {"from_logits": False},
            "SGD uses Nesterov's momentum; it should be ordinary momentum": {"nesterov": True},
        }
        likely = [text for text, options in causes.items() if apart(after, replayed(start, **options)) < 0.02 * movement]
        raise checks.CheckFailed(
            "After two epochs with 40 images, one step each, the weights should be those of SGD with momentum 0.9, "
            "`falling_rate` and the mean cross-entropy of the logits of these images, but they are not. " + (
                f"Likely cause: {likely[0]}." if len(likely) == 1 else
                "Images and labels should be used as they are, and nothing should be added to the loss or to the update rule."
            )
        )
with parts("the seed", 1):
    first_start, same_start, other_start = started(4), started(4), started(5)
    if first_start:
        checks.true(apart(first_start, same_start) < 1e-6, (
            "Two trainings with seed 4 should start with the same weights. The seed should be set by "
            "keras.utils.set_random_seed, before the network is made."
        ))
        checks.true(apart(first_start, other_start) > 0.01, (
            "Trainings with the seeds 4 and 5 should start with different weights. The weights should depend on `seed`, "
            "and on nothing else."
        ))
with parts("`verbose`", 1):
    checks.true("loss" in printed.getvalue(), (
        "With verbose=2, `fit` should print a line per epoch, but nothing was printed. Hand `verbose` on."
    ))
try:  # the training comes last, and costs all points
    check.expect_trained(trained, test, plan)
except checks.CheckFailed as failed:  # what a part has found says more
    raise next((error for _, _, error in parts.points().lost), failed) from None
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Do not compare this number with the paper's 91 % for ResNet-20: that network had twice as many filters and four times as many pixels, and it was trained for well over a hundred epochs on many more photographs, including cropped and flipped ones.
#
# ### How much of the accuracy is luck?
#
# A different seed gives a different network. To see it, run `accuracy_of_seed(3)` in a cell of your own: it trains one more network and returns its test accuracy. The table above summarises what it returned for the seeds 1 to 20.

# %% [markdown]
# **Predict before you run the next cell.** Twenty networks differ only in their seed, and the standard deviation of their accuracies is 1.0 percentage point (`cpu`). How far apart are the best and the worst of them: about 1, 2 or 4 percentage points?

# %%
reveal("07-luck")

# %% tags=["folded", "seeds"]
#@title accuracy_of_seed: the test accuracy of one more network
def accuracy_of_seed(seed: int) -> float:
    """The test accuracy of one ResNet-20, trained from this seed."""
    network, _ = train_network(training, BLOCKS, "padding", plan.epochs, seed=seed)
    return check.accuracy_on(network, *test)


# %% tags=["audit", "seeds"]
def broken_accuracies(seed: int) -> dict[str, float]:
    """What `accuracy_of_seed` returns, for networks that are plausible but broken."""
    images, labels = training

    def reached(images, labels, epochs=plan.epochs) -> float:
        keras.utils.set_random_seed(seed)
        network = train_network((images, labels), BLOCKS, "padding", epochs, seed=seed)[0] if epochs else cifar_resnet(BLOCKS, WIDTHS, 10, "padding")
        outputs = np.concatenate([np.asarray(network(test[0][start : start + 500], training=False)) for start in range(0, len(test[0]), 500)])
        return float(np.mean(outputs.argmax(axis=1) == test[1]))

    return {
        "not trained": reached(images, labels, epochs=0),
        "labels shuffled": reached(images, np.random.default_rng(seed).permutation(labels)),
        "one class": reached(images, np.full_like(labels, 3)),
        "normalisation forgotten": reached(halve(train_images[: plan.images]), labels),
    }


# %% [markdown]
# ## 8. Plain against residual
#
# For comparison we train a plain network, with 20 layers and the same number of parameters, seed, photographs and epochs, but without shortcuts.

# %% [markdown]
# **Predict before you run the next cell.** The plain network has the same convolutions and batch normalisations. Will its training loss stay near that of guessing, 2.30, will it fall, but less than that of the residual network, or will both fall equally?

# %%
reveal("08-plain")

# %% [markdown]
# The next cell trains the plain network. This takes **about 15 seconds** on a CPU.

# %%
if plan.comparison_images:
    fewer = tuple(part[: plan.comparison_images] for part in training)
    with budget.within_memory():
        both = {
            "plain": train_network(fewer, BLOCKS, "none", plan.comparison_epochs),
            "residual": trained(),  # by the check above
        }
    for name, (network, history) in both.items():
        loss, accuracy = history.history["loss"][-1], check.accuracy_on(network, *test)
        print(f"{name:9} {check.parameters(network):,} trainable parameters, "
              f"training loss {loss:.3f}, test accuracy {accuracy:.1%}")
    figures.side_by_side(
        {name: history.history for name, (_, history) in both.items()},
        "Two networks of 20 layers with the same parameters",
    )

# %% [markdown]
# With 20 layers and batch normalisation both networks learn. After so little training the residual one is usually ahead, but a single run of each cannot show by how much. Both networks saw the same photographs in the same order and started from kernels drawn from the same seed: only the plus signs differ.
#
# ### Deeper
#
# Shortcuts were invented for *depth*. The measurements below take too long for this notebook, so they were made once, with the function in the next cell, and stored. It trained plain and residual networks of 8, 20 and 56 layers, with three seeds each, all on the same 4,000 photographs for 4 epochs.

# %% tags=["folded", "seeds"]
#@title longer_run: what the course team measured (not called here)
def longer_run() -> dict:
    """Train plain and residual networks of 8, 20 and 56 layers, from three seeds each."""
    images, epochs, seeds = 4_000, 4, (1, 2, 3)
    part = training[0][:images], training[1][:images]
    rows = []
    for blocks in (1, 3, 9):
        for shortcut in ("none", "padding"):
            for seed in seeds:
                network, history = train_network(part, blocks, shortcut, epochs, seed=seed)
                rows.append({
                    "layers": 6 * blocks + 2, "shortcut": shortcut, "seed": seed,
                    "loss": [round(value, 4) for value in history.history["loss"]],
                    "accuracy": [round(value, 4) for value in history.history["accuracy"]],
                    "test accuracy": round(check.accuracy_on(network, *test), 4),
                })
                print(rows[-1], flush=True)
    return {"images": images, "epochs": epochs, "filters": list(WIDTHS), "runs": rows}


# %% [markdown]
# **Predict before you run the next cell.** Plain and residual networks of 8, 20 and 56 layers: which of the six has the best test accuracy, and which is hardly better than guessing?

# %%
reveal("08-depth")

# %% tags=["folded"]
#@title Print the stored runs as a table
stored = runs.load("06-resnet")
kinds = {"plain": "none", "residual": "padding"}
by_depth = {kind: {} for kind in kinds}
for kind, shortcut in kinds.items():
    for layers in (8, 20, 56):
        same = [run for run in stored["runs"]
                if (run["layers"], run["shortcut"]) == (layers, shortcut)]
        losses = [run["loss"][-1] for run in same]
        by_depth[kind][layers] = losses, [run["test accuracy"] for run in same]
print(f"{stored['images']:,} photographs, {stored['epochs']} epochs, filters {stored['filters']}; "
      "mean ± standard deviation of three seeds")
print("layers  network   training loss    test accuracy")
for layers in (8, 20, 56):
    for kind in kinds:
        losses, accuracies = by_depth[kind][layers]
        loss = f"{np.mean(losses):5.2f} ± {np.std(losses, ddof=1):4.2f}"
        accuracy = f"{np.mean(accuracies):6.1%} ± {np.std(accuracies, ddof=1):.1%}"
        print(f"{layers:6}  {kind:8}  {loss}    {accuracy}")

# %%
figures.depths(by_depth)

# %% [markdown]
# Mean and standard deviation of the test accuracy:
#
# - 8 layers: plain 40.0 % ± 1.1 % (training loss 1.55), residual 40.4 % ± 0.4 % (training loss 1.52). The residual network is 0.4 percentage points ahead.
# - 20 layers: plain 33.1 % ± 1.7 % (training loss 1.77), residual 41.9 % ± 2.2 % (training loss 1.39). The residual network is 8.9 percentage points ahead.
# - 56 layers: plain 12.6 % ± 2.9 % (training loss 2.28), residual 37.8 % ± 3.1 % (training loss 1.58). The residual network is 25.2 percentage points ahead.
#
# Look first at the training losses of the *plain* networks: 1.55, 1.77, 2.28. More layers make them worse on the very photographs they were trained on, so this is not overfitting: the training itself fails. A network that guesses has a loss of ln 10 = 2.303 and is right for one photograph in ten. After the last epoch the plain network of 56 layers is hardly better than that. With the same number of parameters, the same photographs and the same number of steps, the residual network of 56 layers has learned.
#
# The gap between plain and residual grows with depth. With 8 layers it is smaller than the standard deviation of the plain network's runs, so no conclusion is possible. With 20 and with 56 layers it is several times as large as the larger of the two standard deviations.
#
# The table does *not* show that deeper is better. The residual network of 56 layers does not beat the one of 8 layers (37.8 % compared with 40.4 %). Shortcuts make depth *trainable*. Whether depth pays off is another question, and the answer depends on how much data there is to learn from. In the paper, with all 50,000 photographs and well over a hundred epochs, 56 layers made fewer mistakes than 20, and 110 layers fewer still. Here, with 4,000 small photographs and a few minutes of training per network, 8 layers are enough.

# %% [markdown]
# ## 9. Written question (3 points, graded by hand)
#
# Answer each part in two or three sentences.
#
# 1. The plain network of 56 layers has a larger *training* loss than the one of 20 layers. Why is this not overfitting? And how do you know that it is not because the deeper network cannot represent the shallower one's solution?
# 2. Give two reasons why the shortcut helps: one about what a block computes when its weights are zero, and one about the gradient on its way back. Which measurement in this notebook supports each of them?
# 3. A friend uses projection shortcuts in the residual network, compares it with a plain network of the same depth, and concludes from one run of each that shortcuts are worth two percentage points. Name two weaknesses of this comparison, and say how you would fix them.

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **1.** (1 point)
#
# ### BEGIN SOLUTION
# Overfitting means a small loss on the training images and a large one on the test images. Here the training loss itself is large, so the deeper network was not even fitted to its training images. It could represent the shallower network's solution: copy the layers of the shallower network and let the additional ones compute the identity. So the fault lies with the training, which does not find such weights, and not with what the network could compute.
#
# *One point: training loss as the evidence against overfitting, and the copied layers with identities (or an equivalent argument).*
# ### END SOLUTION
#
# **2.** (1 point)
#
# ### BEGIN SOLUTION
# With weights of zero (or γ = 0) a block is the identity, so additional blocks do not have to learn to do nothing. Section 5 showed this: eight silent blocks with shortcuts pass the maps on unchanged; without shortcuts they return only zeros. On the way back, the sum gives the gradient a path with the factor 1 beside the one through F, so it is not the product of the factors of all layers. The gradient norms of section 3 vary much less across the layers of the residual network than across those of the plain one.
#
# *One point: both reasons, each with a measurement.*
# ### END SOLUTION
#
# **3.** (1 point)
#
# ### BEGIN SOLUTION
# The projections add parameters, so the two networks differ in more than the shortcut: use padding shortcuts (or give the plain network as many parameters). One run of each says nothing about the variation between seeds: train both from several seeds, with the same photographs, epochs and learning rate, and compare the difference of the means with the standard deviation.
#
# *One point: two weaknesses with a remedy for each. Also accepted: the same learning rate may suit one of them better, so choose it for each on a validation set.*
# ### END SOLUTION

# %% [markdown]
# **How far have you come?** Save the notebook and run the next cell, as often as you like.

# %%
progress()

# %% [markdown]
# ## What you have learned
#
# - In a plain stack the gradient is a product of as many factors as there are layers: it explodes or vanishes, and its norm in each layer shows which of the two happens.
# - A residual block computes ReLU(F(x) + shortcut(x)): batch normalisation comes after each convolution, ReLU after the addition, and the shortcut starts at the block's own input.
# - Where the shape changes, the shortcut is padded with zeros (no parameters) or projected by a 1×1 convolution.
# - A block whose F is zero is the identity; with γ = 0 it starts that way and can still learn.
# - ResNet-34 and ResNet-20 have the same structure: a stem, stages of blocks, the mean of each map, a dense layer.
# - A comparison is fair when only one thing differs: here the shortcut, with the same depth, number of parameters, images, epochs and seeds.
#
# ## Further reading
#
# - K. He, X. Zhang, S. Ren, J. Sun: "Deep residual learning for image recognition", CVPR 2016. arXiv:1512.03385. Table 1 has ResNet-34, section 4.2 the networks for CIFAR-10.
# - K. He, X. Zhang, S. Ren, J. Sun: "Identity mappings in deep residual networks", ECCV 2016. arXiv:1603.05027. What happens when batch normalisation and ReLU move to the front of F.
# - S. Ioffe, C. Szegedy: "Batch normalization: accelerating deep network training by reducing internal covariate shift", ICML 2015. arXiv:1502.03167.
# - K. He, X. Zhang, S. Ren, J. Sun: "Delving deep into rectifiers", ICCV 2015. arXiv:1502.01852. The source of the variance 2/n.
# - P. Goyal and others: "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017. arXiv:1706.02677. Initialises γ to 0 and starts with a rising learning rate.
# - A. Veit, M. Wilber, S. Belongie: "Residual networks behave like ensembles of relatively shallow networks", NIPS 2016. arXiv:1605.06431.
