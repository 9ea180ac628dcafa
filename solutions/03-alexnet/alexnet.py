# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Assignment 3: AlexNet, and what each of its ideas adds
#
# In 2012 a convolutional network won the ImageNet competition, in which photographs had to be sorted into 1,000 classes. For 15.3 % of the photographs the true class was not among its five best guesses, compared with 26.2 % for the second-best entry. The overall design was not new: LeNet-5 follows the same plan. The size was new, and so were half a dozen ideas that made a network of this size trainable. You will build the network, write each idea yourself, and then measure on a small scale what each one contributes.
#
# **In this assignment you will**
#
# 1. follow an image through AlexNet's eight layers, and count the parameters of each layer;
# 2. implement local response normalisation, overlapping pooling, grouped convolution and dropout from their definitions;
# 3. enlarge a set of photographs with random crops, flips and colour shifts that leave the labels correct;
# 4. compute top-1 and top-5 error;
# 5. leave out one idea at a time to test whether it helps, and say when the answer is "not here".
#
# **Time.** About four hours for reading and answering. Running everything takes about a minute and a half on 2 CPU cores. If a cell takes longer than two seconds, the text before it says so.
#
# **How a task works.** Each task is a function or a class with a `TODO`. The cell below it checks your answer and reports the first problem that it finds: not attempted, wrong type, wrong shape or wrong value, with the likely cause where it is known. Grading adds hidden checks on other inputs, so your answer has to be right in general. All other cells are locked; to try something out, add a cell of your own. Stars mark how hard a task is, from ★☆☆ to ★★★. Ten tasks and a written question, 32 points.
#
# **If you are stuck,** run `hint(local_response_norm)`, with the name of your task, in a cell of your own. The first hint tells you where to read, the second is a first step, the third a skeleton. `progress()` shows how far you have come.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import functools
import math
import time

import keras
import numpy as np
import tensorflow as tf

from cnnlab import budget, datasets, runs
from cnnlab.checks import alexnet as check
from cnnlab.figures import alexnet as figures
from cnnlab.guide import hint, progress, reveal

# Hides advice about speed: the networks in the checks are too small for it.
tf.get_logger().setLevel("ERROR")

# %% [markdown]
# The small network in section 10 trains longer on a GPU than on a CPU. The next cell finds out which one you have, and prints how accurate your network should become.

# %% tags=["budget", "seeds", "folded"]
#@title How long the networks train here
plan = budget.choose(
    grading=budget.Training(images=2_000, epochs=6, accuracy=0.30, seconds=6),
    cpu=budget.Training(
        images=10_000, epochs=5, accuracy=0.42, seconds=45,
        comparison_images=1_000, comparison_epochs=3, comparison_seeds=2,
    ),
    gpu=budget.Training(
        images=50_000, epochs=20, accuracy=0.42, seconds=900,
        comparison_images=10_000, comparison_epochs=10, comparison_seeds=3,
    ),
)
print(plan)

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=1_000, epochs=5, accuracy=0.2)

# %% [markdown]
# ## 1. Eight layers
#
# AlexNet has five convolutional and three dense layers. Three of the convolutional layers are followed by max pooling with a 3×3 window and a stride of 2.
#
# | layer | | output |
# |---|---|---|
# | | photograph | 227×227×3 |
# | 1 | convolution, 96 kernels of 11×11, stride 4, no padding; ReLU; response normalisation | 55×55×96 |
# | | max pooling 3×3, stride 2 | 27×27×96 |
# | 2 | convolution, 256 kernels of 5×5, padding *same*; ReLU; response normalisation | 27×27×256 |
# | | max pooling 3×3, stride 2 | 13×13×256 |
# | 3 | convolution, 384 kernels of 3×3, padding *same*; ReLU | 13×13×384 |
# | 4 | convolution, 384 kernels of 3×3, padding *same*; ReLU | 13×13×384 |
# | 5 | convolution, 256 kernels of 3×3, padding *same*; ReLU | 13×13×256 |
# | | max pooling 3×3, stride 2 | 6×6×256 |
# | | flattened | 9,216 |
# | 6 | dense; ReLU; dropout | 4,096 |
# | 7 | dense; ReLU; dropout | 4,096 |
# | 8 | dense, no activation: the logits | 1,000 |
#
# The first row by hand: (227 − 11) / 4 + 1 = 55. The paper says that its images have 224×224 pixels. This has puzzled generations of readers, because (224 − 11) / 4 + 1 = 54.25 is not a whole number. With 227, everything works out.
#
# The *receptive field* of a number in a feature map is the part of the photograph that it depends on. You computed it in assignment 1.

# %% [markdown]
# **Predict before you run the next cell.** A number after convolution 1 depends on a patch that is 11 pixels wide; the patch of the next number lies 4 pixels further to the right. How wide is the patch that a number after pooling 1 depends on?

# %%
reveal("01-sees")

# %% [markdown]
# **Predict before you run the next cell.** Suppose that the first convolution had a stride of 2 instead of 4. By what factor would the number of values in each of its maps grow?

# %%
reveal("01-stride")

# %% [markdown]
# The next cell computes the size of every map with the formula from assignment 1, and the width of its receptive field in pixels.

# %% tags=["nbval-check-output"]
STAGES = (  # name, window, stride, zeros added on each side, channels
    ("convolution 1", 11, 4, 0, 96), ("pooling 1", 3, 2, 0, 96),
    ("convolution 2", 5, 1, 2, 256), ("pooling 2", 3, 2, 0, 256),
    ("convolution 3", 3, 1, 1, 384), ("convolution 4", 3, 1, 1, 384),
    ("convolution 5", 3, 1, 1, 256), ("pooling 5", 3, 2, 0, 256),
)
side, seen, step = 227, 1, 1
sides = []
for stage, window, stride, zeros, channels in STAGES:
    side = math.floor((side + 2 * zeros - window) / stride + 1)
    seen, step = seen + (window - 1) * step, step * stride
    sides.append(side)
    size = f"{side:3}×{side:<3}×{channels:3}"
    print(f"{stage:14} {size}   sees {seen:3} pixels across, every {step} pixels")
print("flattened:", f"{side * side * channels:,}")

# %%
figures.stages([
    (stage, side, channels) for (stage, *_, channels), side in zip(STAGES, sides, strict=True)
])

# %% [markdown]
# The maps become smaller and more numerous, as in LeNet-5. Notice how much the first layer shrinks the image: with its stride of 4, each of its maps has one number for every 4×4 = 16 pixels. That made training on 1.2 million photographs affordable in 2012.
#
# The third column of the printout shows why five convolutions are needed. A number after convolution 1 depends on a patch that is 11 pixels wide, enough for an edge or a bit of fur; after pooling 5 the patch is 195 of the 227 pixels wide.
#
# ## 2. Local response normalisation
#
# With ReLU, values can grow without limit. In the eye, a neuron that fires strongly inhibits its neighbours, and AlexNet imitates this. Each value is divided by a number that grows with the squares of the values *at the same position in neighbouring channels*. A strong response in one channel makes the values in its neighbours smaller. For the value $a_i$ in channel $i$ of $N$ channels:
#
# $$b_i = \frac{a_i}{\left(k + \alpha \sum_{j=\max(0,\, i-r)}^{\min(N-1,\, i+r)} a_j^2\right)^{\beta}}$$
#
# The paper uses $k = 2$, $\alpha = 10^{-4}$, $\beta = 0.75$, and sums over $n = 5$ channels: the channel itself and $r = 2$ on each side. Beware: the paper's $n$ counts all channels in the sum; TensorFlow's argument `depth_radius` is $r$. If you pass 5, the sum covers 11 channels.
#
# By hand, for one pixel with three channels, with $r = 1$ and, to keep the numbers simple, $k = \alpha = \beta = 1$:
#
# | channel | value | squares of the channel and its neighbours | sum | divided by | result |
# |---|---|---|---|---|---|
# | 0 | 1 | 1 + 4 | 5 | 1 + 5 | 0.1667 |
# | 1 | 2 | 1 + 4 + 9 | 14 | 1 + 14 | 0.1333 |
# | 2 | 3 | 4 + 9 | 13 | 1 + 13 | 0.2143 |
#
# The first and the last channel have fewer neighbours, so their sums simply have fewer terms.

# %% [markdown]
# **Predict before you run the next cell.** Suppose that all three values of this pixel are twice as large: 2, 4 and 6. Are the results larger than before, or smaller?

# %%
reveal("02-double")

# %% [markdown]
# ### Task 1: local response normalisation (3 points, ★★☆)
#
# Keras has no layer for this. TensorFlow has a ready-made operation, `tf.nn.local_response_normalization`, also called `tf.nn.lrn`. Write it yourself, with NumPy or with any other TensorFlow or Keras operations. The check detects the ready-made operation under any name.

# %% nbgrader={"grade": false, "grade_id": "local_response_norm", "locked": false, "schema_version": 3, "solution": true, "task": false}
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4,
    beta: float = 0.75,
) -> np.ndarray:
    """Divide each value by a number that grows with the squares in neighbouring channels.

    Parameters
    ----------
    images
        float32 of shape (n, height, width, channels). Do not modify it.
    depth_radius
        r in the formula: how many channels on each side are included, 0 or more. It may be larger
        than the number of channels.
    bias, alpha, beta
        k, α and β in the formula.

    Returns
    -------
    np.ndarray
        (or a tensor) of the same shape as the images, of any float dtype.
    """
    ### BEGIN SOLUTION
    channels = images.shape[-1]
    place = np.arange(channels)
    neighbours = np.abs(place[:, np.newaxis] - place) <= depth_radius
    sums = np.square(images) @ neighbours.astype(images.dtype)
    return images / (bias + alpha * sums) ** beta
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_local_response_norm", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.local_response_norm(local_response_norm)
### BEGIN HIDDEN TESTS
from cnnlab import checks


def by_tensorflow(values, radius, k, strength, power):
    return tf.nn.local_response_normalization(values, radius, k, strength, power).numpy()


def expect_normalised(shape, radius, k, strength, power, mistakes, rule):
    """Check one call on random values; `mistakes` makes the likely causes from the values and the sums of squares."""
    values = draw.normal(0, 2, shape).astype("float32")
    what = f"local_response_norm of random values {shape}, radius {radius}, k = {k}, α = {strength}, β = {power}"
    found = checks.array(check.without_ready_made(local_response_norm, values, radius, k, strength, power), shape, what)
    squares = np.cumsum(np.pad(values**2, ((0, 0),) * 3 + ((radius + 1, radius),)), axis=-1)
    around = squares[..., 2 * radius + 1 :] - squares[..., : -2 * radius - 1]
    causes = {"the values are returned unchanged": values} | mistakes(values, around)
    checks.close(found, by_tensorflow(values, radius, k, strength, power), what, causes, tolerance=1e-3, rule=rule)


draw = np.random.default_rng(31)
SHAPES = (((2, 3, 4, 7), 2), ((3, 5, 2, 1), 2), ((1, 2, 6, 4), 9), ((2, 4, 3, 12), 5), ((2, 2, 2, 5), 0), ((4, 6, 7, 3), 1))
NUMBERS = ((2.0, 0.3, 0.75), (1.0, 0.5, 0.5), (1.5, 0.7, 0.75), (2.0, 1.1, 1.25), (1.0, 2.0, 0.6), (0.5, 0.05, 2.0))
parts = checks.Parts(3)
with parts("any number of channels and any radius", 1):
    for shape, radius in SHAPES:
        expect_normalised(shape, radius, 1.0, 1.0, 1.0, lambda values, around, radius=radius: {
            "depth_radius is taken for the number of channels; it is their number on each side": by_tensorflow(values, radius // 2, 1.0, 1.0, 1.0),
            "neighbours in the same column are summed; they should be neighbouring channels":
                np.moveaxis(by_tensorflow(np.moveaxis(values, 1, 3), radius, 1.0, 1.0, 1.0), 3, 1),
            "neighbours in the same row are summed; they should be neighbouring channels":
                np.moveaxis(by_tensorflow(np.moveaxis(values, 2, 3), radius, 1.0, 1.0, 1.0), 3, 2),
            "every channel is summed; the sum should end depth_radius channels from the channel itself":
                values / (1 + np.sum(values**2, axis=-1, keepdims=True)),
            "the sign of the values is lost": np.abs(values) / (1 + around),
            "the numbers of the paper are used; they should be those of the arguments": by_tensorflow(values, 2, 2.0, 1e-4, 0.75),
        }, "The sum has the channels from i - depth_radius to i + depth_radius, as far as they exist.")
with parts("k, α and β", 1):
    for k, strength, power in NUMBERS:
        expect_normalised((2, 3, 4, 7), 2, k, strength, power, lambda values, around, k=k, strength=strength, power=power: {
            "β is left out": values / (k + strength * around),
            "the numbers of the paper are used; they should be those of the arguments": by_tensorflow(values, 2, 2.0, 1e-4, 0.75),
            "β is applied to α times the sum; it is the power of the whole denominator": values / (k + (strength * around) ** power),
            "β is applied to the sum; it is the power of the whole denominator": values / (k + strength * around**power),
            "k is left out": values / (strength * around) ** power,
            "the sign of the values is lost": np.abs(values) / (k + strength * around) ** power,
            "α is left out": values / (k + around) ** power,
            "k is multiplied by α as well": values / (strength * (k + around)) ** power,
        }, "The sum is multiplied by α, k is added, and the whole denominator has the power β.")
    for (shape, radius), (k, strength, power) in zip((((2, 4, 3, 12), 5), ((4, 6, 7, 3), 1), ((1, 2, 6, 9), 3)), NUMBERS[3:], strict=True):
        expect_normalised(shape, radius, k, strength, power, lambda values, around: {},
            "The sum has the channels up to depth_radius on each side, and k, α and β are used as in the formula.")
with parts("the defaults", 1):
    loud = draw.normal(0, 150, (1, 3, 3, 9)).astype("float32")
    checks.close(check.without_ready_made(local_response_norm, loud), by_tensorflow(loud, 2, 2.0, 1e-4, 0.75), "local_response_norm without depth_radius, bias, alpha and beta",
        {"the default radius is 5; it should be 2, which makes five channels in all": by_tensorflow(loud, 5, 2.0, 1e-4, 0.75),
            "the defaults are those of TensorFlow; they should be those of the paper": by_tensorflow(loud, 5, 1.0, 1.0, 0.5)}, tolerance=1e-3,
        rule="The defaults of the arguments should stay as they are given, and float32 has room for the squares of large values.",
    )
    for name, value in (("depth_radius", 1), ("bias", 0.5), ("alpha", 0.02), ("beta", 1.5)):
        numbers = {"depth_radius": 2, "bias": 2.0, "alpha": 1e-4, "beta": 0.75} | {name: value}
        checks.close(check.without_ready_made(local_response_norm, loud, **{name: value}), tf.nn.local_response_normalization(loud, **numbers).numpy(),
            f"local_response_norm with {name}={value} and the other defaults", tolerance=1e-3, rule="Each argument should be used as in the formula.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Here is one pixel with sixteen channels, two of which respond strongly: channel 6 with 160 and channel 14 with 100. Channels 1, 7 and 13 hold the same value, 30, but have different neighbours: channel 1 lies between 4 and 8, channel 7 between 160 and 12, and channel 13 between 1 and 100.

# %% [markdown]
# **Predict before you run the next cell.** Your function is about to be applied to this pixel. Which of the three 30s becomes smallest, and which stays largest?

# %%
reveal("02-thirty")

# %% [markdown]
# The next cell shows all sixteen channels before and after the normalisation.

# %%
responses = np.array([4, 30, 8, 0, 2, 0, 160, 30, 12, 5, 0, 3, 1, 30, 100, 6], "float32")
figures.normalisation(responses, np.ravel(local_response_norm(responses.reshape(1, 1, 1, 16))))

# %% [markdown]
# The scale of the values matters here: with $\alpha = 10^{-4}$ the sum only begins to matter when values reach about 100. AlexNet's inputs were bytes, from 0 to 255, with their mean subtracted. If the inputs are scaled to the range 0 to 1, a layer with the same $\alpha$ does little more than divide by $2^{0.75} = 1.68$. Keep this in mind for the small network below.
#
# From here on, the layer below takes the place of your function. It calls TensorFlow's operation, which gives the same results and can also run inside a compiled training step.

# %% tags=["seeds"]
class ResponseNorm(keras.layers.Layer):
    """Local response normalisation over five channels, with the paper's k and β."""

    def __init__(self, alpha: float = 1e-4, **settings):
        super().__init__(**settings)
        self.alpha = alpha

    def call(self, inputs):
        return tf.nn.local_response_normalization(
            inputs, depth_radius=2, bias=2.0, alpha=self.alpha, beta=0.75
        )

    def get_config(self) -> dict:
        return super().get_config() | {"alpha": self.alpha}


# %% [markdown]
# ## 3. Overlapping pooling
#
# In LeNet-5, the pooling windows lie side by side: 2×2 with stride 2. In AlexNet they overlap: with 3×3 and stride 2, each window shares a row or a column of pixels with the next one.

# %%
figures.pooling_windows(7, [(2, 2), (3, 2)])

# %% [markdown]
# Max pooling of one row of five pixels, by hand:
#
# | | 1 | 4 | 2 | 3 | 5 | result |
# |---|---|---|---|---|---|---|
# | window 2, stride 2 | 1, **4** | | 2, **3** | | *never seen* | 4, 3 |
# | window 3, stride 2 | 1, **4**, 2 | | 2, 3, **5** | | | 4, 5 |
#
# Both give two numbers. But when the number of pixels is odd, windows of 2 leave out the last pixel, and in this row the last pixel is the strongest.

# %% [markdown]
# **Predict before you run the next cell.** AlexNet pools maps of 55, 27 and 13 pixels: all odd. Suppose that a map is 56 pixels wide. Do windows of 2 and windows of 3, both with stride 2, still give results of the same size, and does each kind see every pixel?

# %%
reveal("03-even")

# %% [markdown]
# How much of a map survives pooling? Call a pixel a *winner* if it equals the maximum of at least one window that contains it. In the table, the winners are 4 and 3 for window 2, and 4 and 5 for window 3. A pixel may win several windows: then the same number appears several times in the result, and fewer different pixels survive.
#
# ### Task 2: pooling, and its winners (3 points, ★★☆)
#
# Write `overlapping_pool`, which returns the pooled maps and the winners. `keras.layers.MaxPooling2D` gives only the first of the two.

# %% nbgrader={"grade": false, "grade_id": "overlapping_pool", "locked": false, "schema_version": 3, "solution": true, "task": false}
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple:
    """Max pooling without padding, and the pixels that survive it.

    Parameters
    ----------
    maps
        float32 of shape (n, height, width, channels). Do not modify it.
    window
        height and width of a window, in pixels; no larger than the maps.
    stride
        how far the window moves at each step, down or to the right. All windows lie inside the map.

    Returns
    -------
    tuple
        pooled: the maximum of each window, of shape (n, rows, columns, channels);
        winners: an array of True and False of the same shape as `maps`: True where the pixel equals
        the maximum of at least one window that contains it. If several pixels of a window share its
        maximum, all of them win. A pixel that lies in no window does not win.

        Both may be arrays or tensors.
    """
    ### BEGIN SOLUTION
    tops = range(0, maps.shape[1] - window + 1, stride)
    lefts = range(0, maps.shape[2] - window + 1, stride)
    pooled = np.empty((len(maps), len(tops), len(lefts), maps.shape[3]), maps.dtype)
    won = np.zeros(maps.shape, bool)
    for row, top in enumerate(tops):
        for column, left in enumerate(lefts):
            place = np.s_[:, top : top + window, left : left + window]
            best = maps[place].max(axis=(1, 2), keepdims=True)
            pooled[:, row, column] = best[:, 0, 0]
            won[place] |= maps[place] == best
    return pooled, won
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_overlapping_pool", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.overlapping_pool(overlapping_pool)
### BEGIN HIDDEN TESTS
from cnnlab import checks


def random_maps(shape, levels):
    """Maps of different numbers, or of a few levels, so that pixels are equal."""
    draw = np.random.default_rng(37 + math.prod(shape))
    return draw.normal(-1, 1, shape).astype("float32") if levels == 0 else -draw.integers(0, levels, shape).astype("float32")


def expect_winners(shape, window, stride, levels):
    values, what = random_maps(shape, levels), f"random maps {shape}, window {window}, stride {stride}"
    largest = np.asarray(tf.nn.max_pool2d(values, window, stride, "VALID"))
    _, winners = check.pooled_and_winners(overlapping_pool, values, window, stride, what)
    wins, chances, latest, firsts = (np.zeros(shape, int) for _ in range(4))
    for image, line, column, channel in np.ndindex(*largest.shape):
        spot = np.s_[image, line * stride : line * stride + window, column * stride : column * stride + window, channel]
        best = values[spot] == largest[image, line, column, channel]
        wins[spot] += best
        chances[spot] += 1
        latest[spot] = best
        firsts[spot] |= np.cumsum(best).reshape(window, window) * best == 1
    checks.close(winners, wins > 0, f"winners, for {what}",
        {
            "only pixels that win every window that contains them are winners; one window is enough": (wins == chances) & (chances > 0),
            "a later window erases what an earlier one has found; a pixel that wins once stays a winner": latest,
            "only the first of several equal pixels wins; all of them should": firsts,
            "pixels in no window are winners; they should not be": (wins > 0) | (chances == 0),
            "these are the pixels that some window contains; a winner equals the maximum of a window": chances > 0,
            "pixels win by the maximum of a window that does not contain them": np.isin(values, largest),
        }, rule="Each pixel should be compared with the maximum of each window that contains it.",
    )


DIFFERENT = (((1, 6, 9, 2), 2, 2, 0), ((2, 13, 8, 3), 3, 2, 0), ((2, 11, 7, 4), 3, 3, 0), ((1, 9, 10, 1), 2, 3, 0), ((1, 4, 4, 2), 4, 1, 0), ((2, 6, 5, 1), 1, 2, 0))
EQUAL = (((2, 7, 7, 2), 3, 1, 4), ((3, 5, 12, 2), 4, 2, 3))
parts = checks.Parts(3)
with parts("the maximum of each window", 1):
    for shape, window, stride, levels in (*DIFFERENT, *EQUAL):
        values, what = random_maps(shape, levels), f"random maps {shape}, window {window}, stride {stride}"
        largest = np.asarray(tf.nn.max_pool2d(values, window, stride, "VALID"))
        pooled, _ = check.pooled_and_winners(overlapping_pool, values, window, stride, what)
        causes = {
            "this is the average of each window; the task asks for the maximum": np.asarray(tf.nn.avg_pool2d(values, window, stride, "VALID")),
            "the maximum starts from 0; it may be below 0": np.maximum(largest, 0),
            "this is the maximum over all channels; each channel should have its own": np.broadcast_to(largest.max(axis=3, keepdims=True), largest.shape),
        }
        if pooled.dtype.kind in "iu":
            causes["the result has an integer dtype, which cannot hold fractions"] = np.trunc(largest)
        checks.close(pooled, largest, f"pooled, for {what}", causes, rule="Each window should start at a multiple of the stride and be as large as `window` says.")
with parts("the winners", 1):
    for case in DIFFERENT:
        expect_winners(*case)
with parts("several equal winners in a window", 1):
    for case in EQUAL:
        expect_winners(*case)
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** If all pixels are different, each window has one winner. On a map with an odd number of pixels, both kinds of pooling have the same number of windows, but windows of 3 see more pixels. With which kind do more pixels survive?

# %%
reveal("03-survive")

# %% [markdown]
# The next cell applies both kinds of pooling to maps of AlexNet's sizes, filled with random numbers. Look at the size of the result, the fraction of pixels that at least one window sees, the fraction that survives, and how much the result changes when the map is shifted by one pixel. This change is measured relative to the standard deviation of the pooled values; it would be 0 if the shift had no effect.

# %% tags=["nbval-check-output"]
noise = np.random.default_rng(1).random((4, 56, 56, 4), dtype="float32")
print("map      pooling   result   seen    survive   changed by a shift")
for side in (55, 27, 13):
    for window in (2, 3):
        maps = noise[:, :side, :side]
        pooled, winners = overlapping_pool(maps, window, 2)
        shifted, _ = overlapping_pool(noise[:, 1 : side + 1, :side], window, 2)
        seen = (2 * (pooled.shape[1] - 1) + window) ** 2 / side**2
        change = np.abs(shifted - pooled).mean() / pooled.std()
        sizes = f"{side}×{side}    {window}×{window} / 2   {pooled.shape[1]}×{pooled.shape[2]:<3}"
        print(f"{sizes}   {seen:6.1%}   {winners.mean():5.1%}     {change:.2f}")

# %% [markdown]
# - The *sizes* of the results are the same: 27, 13 and 6. Overlap costs no memory here.
# - All three maps have odd sizes, so windows of 2 never see the last row and the last column; at 13×13 they make up 15 % of the map.
# - With windows of 3, *fewer* different pixels survive, although every pixel is seen: a strong pixel can win up to four windows. The result repeats strong responses and drops weak ones.
# - In return, the result changes less when the image is shifted by one pixel. That is what pooling is for.
#
# Now the same on a real feature map: an edge filter (the difference between the right and the left neighbour, then ReLU) applied to the photograph of a ship. Orange points mark the winners above 0.

# %%
ship = datasets.photographs()["ship"].astype("float32").mean(axis=-1)
edges = np.maximum(ship[:, 2:] - ship[:, :-2], 0)[np.newaxis, :29, :29, np.newaxis]
figures.pooled(edges[0, :, :, 0], {
    f"{window}×{window}, stride 2": tuple(
        np.asarray(part)[0, :, :, 0] for part in overlapping_pool(edges, window, 2)
    )
    for window in (2, 3)
})

# %% [markdown]
# The paper reports that overlap lowered the top-1 error by 0.4 percentage points and the top-5 error by 0.3 (section 9 defines both). Such a small effect can only be seen on a large test set.
#
# ## 4. Two GPUs: grouped convolution
#
# In 2012 a GPU had 3 GB of memory, too little for AlexNet, so half of the channels were kept on one GPU and the other half on a second one. In layers 2, 4 and 5 a kernel sees only the channels on its own GPU; in layer 3 and the dense layers it sees the channels on both. A convolution that is split in this way is called a *grouped convolution*.

# %%
figures.groups(inputs=8, outputs=6)

# %% [markdown]
# By hand, with 1×1 kernels, four input channels, two output channels and two groups. The pixel is (1, 2, 3, 4), and both kernels are (10, 1). The first group sees the values 1 and 2: 10·1 + 1·2 = 12. The second group sees 3 and 4: 10·3 + 1·4 = 34.
#
# All kernels are stored in one array of shape (height, width, inputs / groups, outputs). Its third axis covers only the channels that *one group sees*. The first outputs / groups kernels belong to the first group, and so on.

# %% [markdown]
# **Predict before you run the next cell.** A layer has 96 input channels and 96 kernels of 3×3, split into 96 groups. How many weights does it have, and how many would it have without groups?

# %%
reveal("04-depthwise")

# %% [markdown]
# ### Task 3: grouped convolution (3 points, ★★☆)
#
# TensorFlow's convolution forms groups automatically when the images have more channels than the kernels see. Here you do this yourself. Build the grouped convolution from ordinary convolutions (`tf.nn.conv2d`, `keras.ops.conv` or Keras's layers), each of which gets exactly the channels that its kernels see. `keras.ops.split` and `keras.ops.concatenate` help. You may also use one large ordinary convolution whose kernels are zero for the channels of the other groups.

# %% nbgrader={"grade": false, "grade_id": "grouped_convolution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    """A convolution in which each group of kernels sees only its own group of channels.

    Parameters
    ----------
    images
        float32 of shape (n, height, width, inputs), array or tensor.
    kernel
        float32 of shape (kernel height, kernel width, inputs / groups, outputs).
    groups
        the number of groups, which divides inputs and outputs. With 1 this is an ordinary
        convolution.
    stride, padding
        as in `tf.nn.conv2d`; padding is "SAME" or "VALID".

    Returns
    -------
    tensor
        (or an array) of shape (n, rows, columns, outputs), in the order of the kernels, without a
        bias.
    """
    ### BEGIN SOLUTION
    seen = keras.ops.split(images, groups, axis=3)
    kernels = keras.ops.split(kernel, groups, axis=3)
    results = [tf.nn.conv2d(*pair, stride, padding) for pair in zip(seen, kernels, strict=True)]
    return keras.ops.concatenate(results, axis=3)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_grouped_convolution", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.grouped_convolution(grouped_convolution)
### BEGIN HIDDEN TESTS
from cnnlab import checks


def random_case(inputs, outputs, groups, size):
    """Random images and kernels, and the one large kernel that is zero between the groups."""
    values = draw.normal(size=(2, 9, 11, inputs)).astype("float32")
    weights = draw.normal(size=(*size, inputs // groups, outputs)).astype("float32")
    dense = np.zeros((*size, inputs, outputs), "float32")
    for channel in range(inputs):
        for output in range(outputs):
            if channel * groups // inputs == output * groups // outputs:
                dense[:, :, channel, output] = weights[:, :, channel % (inputs // groups), output]
    return values, weights, dense


def convolved(values, kernel, stride, padding):
    return np.asarray(tf.nn.convolution(values, kernel, strides=stride, padding=padding))


def expect_grouped(inputs, outputs, groups, size, stride, padding):
    values, weights, dense = random_case(inputs, outputs, groups, size)
    expected, unmoved = convolved(values, dense, stride, padding), convolved(values, dense, 1, padding)
    what = f"grouped_convolution with {inputs} inputs, {outputs} outputs, {groups} groups, kernel {size[0]}×{size[1]}, stride {stride}, padding {padding}"
    result = check.with_ordinary_convolutions(grouped_convolution, values, weights, groups, stride, padding)
    result = checks.array(result, expected.shape, what, [
        (unmoved.shape, "`stride` is not used"),
        ((*expected.shape[:2], *unmoved.shape[2:]), "the stride is used for the rows only; it should be used for the columns as well"),
        (convolved(values, dense, stride, "SAME").shape, "`padding` is not used"),
    ])
    order = np.arange(outputs).reshape(groups, -1)
    checks.close(result, expected, what,
        {"the outputs of the groups alternate; they should come one group after the other": expected[..., order.T.ravel()],
        "the groups are in reverse order": expected[..., order[::-1].ravel()],
        "the kernel is turned by 180 degrees; it should be used as it is": convolved(values, dense[::-1, ::-1], stride, padding),
        "negative values are set to 0; a convolution has no ReLU": np.maximum(expected, 0)}, tolerance=1e-3,
        rule="Each group has its own channels and its own kernels.")


draw = np.random.default_rng(41)
parts = checks.Parts(3)
with parts("any number of groups, inputs and outputs", 1):
    for inputs, outputs, groups, size in ((6, 4, 2, (3, 3)), (6, 9, 3, (5, 5)), (4, 4, 4, (3, 3)), (5, 3, 1, (3, 3)), (8, 4, 2, (2, 3)), (2, 12, 2, (1, 1))):
        expect_grouped(inputs, outputs, groups, size, 1, "SAME")
with parts("stride and padding", 1):
    for inputs, outputs, size, stride, padding in (
        (6, 4, (5, 5), 2, "VALID"), (4, 4, (3, 3), 1, "VALID"), (6, 4, (3, 3), 2, "SAME"), (8, 4, (2, 3), 3, "SAME"), (2, 12, (1, 1), 2, "VALID"),
    ):
        expect_grouped(inputs, outputs, 2, size, stride, padding)
    for inputs, outputs, groups, size, stride, padding in ((6, 9, 3, (5, 5), 2, "VALID"), (4, 4, 4, (3, 3), 1, "VALID"), (5, 3, 1, (3, 3), 2, "SAME")):
        expect_grouped(inputs, outputs, groups, size, stride, padding)
    values, weights, dense = random_case(4, 6, 2, (3, 3))
    for stride, padding in ((2, "SAME"), (1, "VALID")):
        result = check.with_ordinary_convolutions(grouped_convolution, values, weights, 2, stride=stride, padding=padding)
        checks.close(result, convolved(values, dense, stride, padding), f"grouped_convolution with stride={stride} and padding={padding!r}",
            tolerance=1e-3, rule="Stride and padding should be used as in tf.nn.conv2d.")
with parts("tensors, and the defaults", 1):
    values, weights, dense = random_case(4, 6, 2, (3, 3))
    for given, words in (((values, weights), "arrays"), ((tf.constant(values), tf.constant(weights)), "tensors")):
        what = f"grouped_convolution of {words}, without stride and padding"
        result = checks.array(check.with_ordinary_convolutions(grouped_convolution, *given, 2), (2, 9, 11, 6), what, [
            ((2, 5, 6, 6), "the default of `stride` is changed; it should be 1"),
            ((2, 7, 9, 6), "the default of `padding` is changed; it should be SAME"),
        ])
        checks.close(result, convolved(values, dense, 1, "SAME"), what, tolerance=1e-3, rule="Images and kernel may be arrays or tensors.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# How does grouping affect the number of parameters? Each kernel of a grouped layer sees fewer channels, so it has fewer weights, but the number of kernels stays the same. With two groups, a 5×5 kernel in layer 2 sees 48 channels instead of 96. Layer 3 is not split: its kernels are 3×3×256. In layers 4 and 5 the kernels are 3×3×192.
#
# ### Task 4: the kernels of the eight layers (2 points, ★☆☆)
#
# Write `alexnet_kernels`. The cells after the check use it to count AlexNet's parameters.

# %% nbgrader={"grade": false, "grade_id": "alexnet_kernels", "locked": false, "schema_version": 3, "solution": true, "task": false}
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    """The shapes of AlexNet's eight weight arrays, layer 1 first.

    Parameters
    ----------
    groups
        the number of groups into which layers 2, 4 and 5 are split: 1, 2, 4 or another number that
        divides their channels. The other layers are not split.
    classes
        the number of logits.

    Returns
    -------
    list
        five shapes (height, width, channels that one kernel sees, kernels), then three shapes
        (inputs, units). With groups=2 and 10 classes, the second shape is (5, 5, 48, 256) and the
        last is (4096, 10).
    """
    ### BEGIN SOLUTION
    shapes, channels = [], 3
    for layer, (size, kernels) in enumerate([(11, 96), (5, 256), (3, 384), (3, 384), (3, 256)], start=1):
        seen = channels // groups if layer in (2, 4, 5) else channels
        shapes.append((size, size, seen, kernels))
        channels = kernels
    return [*shapes, (6 * 6 * channels, 4096), (4096, 4096), (4096, classes)]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_alexnet_kernels", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.alexnet_kernels(alexnet_kernels)
### BEGIN HIDDEN TESTS
from cnnlab import checks

for groups, classes, total in ((1, 1000, 62_378_344), (2, 1000, 60_965_224), (2, 10, 56_909_194), (4, 37, None), (1, 5, None)):
    shapes = check.kernel_shapes(alexnet_kernels, groups, classes)
    plain = ((11, 3, 96), (5, 96, 256), (3, 256, 384), (3, 384, 384), (3, 384, 256))
    for layer, ((size, below, kernels), found) in enumerate(zip(plain, shapes[:5], strict=True), start=1):
        divided = layer in (2, 4, 5)
        split = groups if divided else 1
        causes = [((size, size, kernels, below // split), "the last two numbers are swapped; the channels that a kernel sees come first")]
        if divided:
            causes += [((size, size, below // 2, kernels), "the layer is always split into two groups; their number is an argument"),
                ((size, size, below, kernels), "the layer is not split; it should be split into the groups as well")]
        else:
            causes += [((size, size, below // groups, kernels), "the layer is split; its kernels should see all groups")]
        checks.same(found, (size, size, below // split, kernels), f"layer {layer} with groups={groups}", causes,
            rule="A kernel sees the channels of the layer before, divided by the groups where the layer is split.")
    for place, wanted in ((5, (9216, 4096)), (6, (4096, 4096)), (7, (4096, classes))):
        checks.same(shapes[place], wanted, f"layer {place + 1} with {groups} groups and {classes} classes", [
            ((9216 // groups, 4096), "the inputs are divided by the groups; a dense layer sees all groups"),
            (wanted[::-1], "the two numbers are swapped; inputs come first, then units"),
            ((256, 4096), "only the channels are counted; the 6×6 maps are flattened, so every value is an input"),
            ((43264, 4096), "the pooling after layer 5 is left out"),
            ((4096, 1000), "`classes` is not used"),
            ((wanted[0] + 1, wanted[1]), "the bias is counted as one more input; it is an array of its own"),
        ], rule="A dense layer has the shape (inputs, units).")
    if total is not None:
        checks.same(sum(math.prod(shape) + shape[-1] for shape in shapes), total, f"the number of all weights and biases with {groups} groups and {classes} classes")
checks.true(check.kernel_shapes(alexnet_kernels) == check.kernel_shapes(alexnet_kernels, 1, 1000),
    "alexnet_kernels() should be the same as alexnet_kernels(1, 1000): the defaults should stay as they are given.")
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Two groups halve the weights of layers 2, 4 and 5. By what fraction does the number of parameters of the whole network fall?

# %%
reveal("04-saving")

# %% tags=["nbval-check-output"]
whole, split = alexnet_kernels(1), alexnet_kernels(2)
counts = [math.prod(shape) + shape[-1] for shape in whole]
split_counts = [math.prod(shape) + shape[-1] for shape in split]
print("layer   one tower            parameters   two groups           parameters")
for layer in range(8):
    shapes = ["×".join(map(str, shape)) for shape in (whole[layer], split[layer])]
    one_tower = f"{layer + 1}       {shapes[0]:18} {counts[layer]:12,}"
    print(f"{one_tower}   {shapes[1]:18} {split_counts[layer]:12,}")
print(f"all     {'':18} {sum(counts):12,}   {'':18} {sum(split_counts):12,}")
layer_6, convolutions = counts[5] / sum(counts), sum(counts[:5]) / sum(counts)
print(f"layer 6 alone holds {layer_6:.1%}, the five convolutions together {convolutions:.1%}")

# %%
figures.parameters(counts, split_counts)

# %% [markdown]
# Compared with one tower (no groups), two groups save 1,413,120 parameters. This is a lot for the convolutions but not much for the whole network: 94 % of the parameters are in the dense layers. For AlexNet, grouping was a way to use two GPUs. Later networks use it to save computation.
#
# ## 5. The whole network
#
# Now turn the table in section 1 into a class with three arguments:
#
# - `groups`: the number of groups into which layers 2, 4 and 5 are split. `keras.layers.Conv2D` has an argument of this name; two convolutions, one for each half of the channels, work just as well.
# - `classes`: the number of logits.
# - `units`: the number of units in each of layers 6 and 7. The original has 4,096; the check also uses fewer, because initialising layer 6 alone takes half a second.
#
# Use `ResponseNorm()` for the normalisation, after the ReLU of layers 1 and 2 and before the pooling. Dropout with rate 0.5 is applied to the outputs of layers 6 and 7, during training only; `keras.layers.Dropout` takes care of this. The argument `training` of `call` says whether the network is being trained; if you do not pass it on to a layer, Keras does. You will write dropout by hand in task 8.
#
# `feature_maps` returns the eight maps whose sizes are printed in section 1. The map of a convolution is taken after its ReLU and, in layers 1 and 2, after the normalisation. `call` continues to the logits.

# %% [markdown]
# **Predict before you run the next cell.** Somebody forgets the pooling after layer 5. How many inputs does layer 6 have then, and by what factor does the number of its weights grow?

# %%
reveal("05-pooling")

# %% [markdown]
# ### Task 5: AlexNet (5 points, ★★★)
#
# Write the class `AlexNet`.
#
# **How to begin.** Make all layers in `__init__` and keep them as attributes. Then write `feature_maps`: it goes through the table once, from top to bottom. Call it with `np.zeros((1, 227, 227, 3), "float32")` and compare the sides of the maps with those in its docstring. The dense layers come last.

# %% nbgrader={"grade": false, "grade_id": "AlexNet", "locked": false, "schema_version": 3, "solution": true, "task": false}
class AlexNet(keras.Model):
    """AlexNet for photographs of 227×227 pixels, as in the table in section 1.

    Parameters
    ----------
    groups
        the number of groups into which layers 2, 4 and 5 are split: 1 or 2.
    classes
        the number of logits.
    units
        the number of units in each of layers 6 and 7.
    """

    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        ### BEGIN SOLUTION
        self.convolutions = [
            keras.layers.Conv2D(96, 11, strides=4, activation="relu"),
            keras.layers.Conv2D(256, 5, padding="same", groups=groups, activation="relu"),
            keras.layers.Conv2D(384, 3, padding="same", activation="relu"),
            keras.layers.Conv2D(384, 3, padding="same", groups=groups, activation="relu"),
            keras.layers.Conv2D(256, 3, padding="same", groups=groups, activation="relu"),
        ]
        self.normalise = ResponseNorm()
        self.pool = keras.layers.MaxPooling2D(3, 2)
        self.flatten = keras.layers.Flatten()
        self.hidden = [keras.layers.Dense(units, activation="relu") for _ in range(2)]
        self.drop = [keras.layers.Dropout(0.5) for _ in range(2)]
        self.last = keras.layers.Dense(classes)
        ### END SOLUTION

    def feature_maps(self, images) -> list:
        """A list of eight maps: convolution 1, pooling 1, convolution 2, pooling 2,
        convolutions 3 to 5, pooling 5.

        Their sides, for images of 227×227 pixels: 55, 27, 27, 13, 13, 13, 13, 6.
        """
        ### BEGIN SOLUTION
        maps, values = [], images
        for layer, convolution in enumerate(self.convolutions, start=1):
            values = convolution(values)
            if layer <= 2:
                values = self.normalise(values)
            maps.append(values)
            if layer in (1, 2, 5):
                values = self.pool(values)
                maps.append(values)
        return maps
        ### END SOLUTION

    def call(self, images, training=False):
        """The logits, of shape (n, classes), for images of shape (n, 227, 227, 3)."""
        ### BEGIN SOLUTION
        vectors = self.flatten(self.feature_maps(images)[-1])
        for dense, drop in zip(self.hidden, self.drop, strict=True):
            vectors = drop(dense(vectors), training=training)
        return self.last(vectors)
        ### END SOLUTION

# %% [markdown]
# The check builds small and full-size networks, which takes about 3 seconds.

# %% nbgrader={"grade": true, "grade_id": "test_AlexNet", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.AlexNet(AlexNet)
### BEGIN HIDDEN TESTS
from cnnlab import checks

import gc


def relu(values):
    return np.maximum(values, 0)


def competing(values):
    return tf.nn.local_response_normalization(values, 2, 2.0, 1e-4, 0.75).numpy()


EARLY = {  # what follows the convolution in layers 1 and 2, and what might follow by mistake
    "": lambda values: competing(relu(values)),
    "the ReLU is missing": competing,
    "the normalisation is missing between the ReLU and the pooling": relu,
    "the normalisation comes before the ReLU; it should come after it": lambda values: relu(competing(values)),
}
LATE = {
    "": relu,
    "the ReLU is missing": lambda values: values,
    "there is a normalisation; only layers 1 and 2 should have one": lambda values: competing(relu(values)),
}


def filled(groups):
    """A small AlexNet with known weights, and its maps."""
    network = AlexNet(groups=groups, classes=7, units=48)
    network(speckle)
    draw = np.random.default_rng(43)
    network.set_weights([np.full(weight.shape, 0.4, "float32") if weight.ndim == 1
        else draw.normal(0, math.sqrt(2 / math.prod(weight.shape[:-1])), weight.shape).astype("float32") for weight in network.get_weights()])
    return network, [np.asarray(values) for values in network.feature_maps(speckle)]


def joined_kernels(network, size, below, kernels, groups):
    """Every way to read a layer's kernel from the weights: one array, or one per group in either order."""
    fitting = [weight for weight in network.get_weights() if weight.shape[:-1] == (size, size, below // groups)]
    one = [weight for weight in fitting if weight.shape[-1] == kernels]
    several = [weight for weight in fitting if weight.shape[-1] == kernels // groups]
    if one or len(several) != groups:
        return one
    return [np.concatenate(several, axis=-1), np.concatenate(several[::-1], axis=-1)]


def stages(groups):
    """For each convolution: its place among the maps, its name, and every way to compute it, up to its bias."""
    network, found = built[groups]
    for place, size, below, kernels, split, stride, padding, before in (
        (0, 11, 3, 96, 1, 4, "VALID", speckle), (2, 5, 96, 256, groups, 1, "SAME", found[1]), (4, 3, 256, 384, 1, 1, "SAME", found[3]),
        (5, 3, 384, 384, groups, 1, "SAME", found[4]), (6, 3, 384, 256, groups, 1, "SAME", found[5]),
    ):
        stage = f"AlexNet(groups={groups}, classes=7, units=48), {check.MAPS[place][0]}"
        ways = joined_kernels(network, size, below, kernels, split)
        checks.true(ways, f"{stage}: there should be kernels of shape {size}×{size}×{below // split}, {kernels} in all.")
        yield place, stage, [tf.nn.conv2d(before, kernel, stride, padding).numpy() + 0.4 for kernel in ways]


def deviation(values, wanted):
    return float(np.abs(values - wanted).max()) / float(wanted.std())


speckle = check.speckle()[:1]
built, not_built = {1: filled(1)}, None
checks.same(built[1][0].count_params(), sum(check.IN_CONVOLUTIONS[1]) + check.dense_parameters(48, 7), "the number of parameters of AlexNet(groups=1, classes=7, units=48)",
    {sum(check.IN_CONVOLUTIONS[2]) + check.dense_parameters(48, 7): "`groups` is not used"}, rule="The network should have the layers of the table and no others with weights.")
try:
    built[2] = filled(2)
except Exception as error:
    not_built = error
parts = checks.Parts(5)
with parts("convolutions, normalisation and pooling", 2):
    for place, stage, linear in stages(1):
        finishes, found = EARLY if place <= 2 else LATE, built[1][1][place]
        pick = min(linear, key=lambda values: deviation(finishes[""](values), found))
        scale = float(finishes[""](pick).std())
        checks.close(found / scale, finishes[""](pick) / scale, stage, {text: finish(pick) / scale for text, finish in finishes.items() if text}, tolerance=2e-3,
            rule="A stage is a convolution with the table's stride and padding, ReLU and, in layers 1 and 2, normalisation.")
    for groups, (_, found) in built.items():
        for place in (1, 3, 7):
            above, scale = found[place - 1], float(found[place - 1].std())
            checks.close(found[place] / scale, tf.nn.max_pool2d(above, 3, 2, "VALID").numpy() / scale, f"AlexNet(groups={groups}, classes=7, units=48), {check.MAPS[place][0]}", {
                "this is average pooling; AlexNet takes the maximum": tf.nn.avg_pool2d(above, 3, 2, "VALID").numpy() / scale,
                "the windows are 2×2; they should be 3×3": tf.nn.max_pool2d(above, 2, 2, "VALID").numpy() / scale,
            }, tolerance=2e-3, rule="It should be the maximum of each window of 3×3 of the map before it.")
with parts("two groups", 1):
    if not_built is not None:
        raise not_built
    one, two, dense = sum(check.IN_CONVOLUTIONS[1]), sum(check.IN_CONVOLUTIONS[2]), check.dense_parameters(48, 7)
    checks.same(built[2][0].count_params(), two + dense, "the number of parameters of AlexNet(groups=2, classes=7, units=48)", {
        one + dense: "`groups` is not used",
        two - 885_120 // 2 + 192 + dense: "layer 3 is split as well; it should see both groups",
    }, rule="Layers 2, 4 and 5 should be split, and each group should have kernels of its own.")
    habits = {}  # what follows each convolution with one group, if it is known: that is another part's matter
    for place, _, linear in stages(1):
        finishes = EARLY if place <= 2 else LATE
        habits[place] = next((text for text, finish in finishes.items() if deviation(built[1][1][place], finish(linear[0])) < 2e-3), "")
    for place, stage, linear in stages(2):
        finishes, found = EARLY if place <= 2 else LATE, built[2][1][place]
        usual = finishes[habits[place]]
        pick = min(linear, key=lambda values: deviation(usual(values), found))
        scale = float(usual(pick).std())
        checks.close(found / scale, usual(pick) / scale, stage, {text: finish(pick) / scale for text, finish in finishes.items() if text != habits[place]}, tolerance=2e-3,
            rule="Each group of kernels should see its own half of the channels, and the rest should be as with one group.")
with parts("the dense layers", 1):
    for groups, (network, found) in built.items():
        variant = f"AlexNet(groups={groups}, classes=7, units=48)"
        by_shape = {weight.shape: weight for weight in network.get_weights()}
        checks.true({(9216, 48), (48, 48), (48, 7)} <= set(by_shape), f"{variant} should have dense layers with the shapes (9216, 48), (48, 48) and (48, 7).")
        flat = found[7].reshape(1, 9216)
        first = relu(flat @ by_shape[9216, 48] + 0.4)
        last = relu(first @ by_shape[48, 48] + 0.4) @ by_shape[48, 7] + 0.4
        scale = float(np.abs(last).max())
        checks.close(network(speckle).numpy() / scale, last / scale, f"the logits of {variant} at inference, computed from its last map", {
            "layers 6 and 7 have no ReLU": (((flat @ by_shape[9216, 48] + 0.4) @ by_shape[48, 48] + 0.4) @ by_shape[48, 7] + 0.4) / scale,
            "layer 6 has no ReLU": (relu((flat @ by_shape[9216, 48] + 0.4) @ by_shape[48, 48] + 0.4) @ by_shape[48, 7] + 0.4) / scale,
            "layer 7 has no ReLU": ((first @ by_shape[48, 48] + 0.4) @ by_shape[48, 7] + 0.4) / scale,
            "layer 8 has a ReLU; logits have none": relu(last) / scale,
            "layer 8 has a softmax; the task asks for logits": np.asarray(tf.nn.softmax(last)) / scale,
        }, tolerance=2e-3, rule="At inference, layers 6, 7 and 8 are dense layers, the first two with ReLU, and dropout does nothing.")
with parts("dropout", 1):
    network = AlexNet(classes=64, units=64)
    network(speckle)
    network.set_weights([np.full(weight.shape, 1 / 3686.4, "float32") if weight.shape == (9216, 64) else np.eye(64, dtype="float32") if weight.shape == (64, 64)
        else np.full(weight.shape, 0.4 * (weight.shape[0] > 64), "float32") if weight.ndim == 1 else np.zeros(weight.shape, "float32") for weight in network.get_weights()])
    two_images = check.speckle()
    single = float(network(two_images[:1], training=False)[0, 0])  # every unit of layers 6 to 8 now passes this number on
    checks.true(single > 0 and np.allclose(network(two_images), single, rtol=1e-3), "At inference, dropout should do nothing.")
    multiples = np.asarray(network(two_images, training=True)) / single
    checks.true(not np.allclose(multiples, 1, atol=1e-2), "In training nothing is dropped. After layers 6 and 7 there should be dropout that follows `training`.")
    once = np.all((np.abs(multiples) < 1e-3) | (np.abs(multiples - 2) < 1e-2))
    checks.true(np.all((np.abs(multiples) < 1e-3) | (np.abs(multiples - 4) < 1e-2)),
        "With dropout of rate 0.5 after each of the layers 6 and 7, a value is either dropped or doubled twice, so here it should be multiplied by 0 or by 4, "
        f"but it is multiplied by {', '.join(f'{value:.2f}' for value in np.unique(multiples.round(2))[:5])}."
        + (" Likely cause: there is only one dropout; there should be one after each of the two layers." if once else ""))
    checks.true(0.08 < (multiples > 1).mean() < 0.45, "With dropout of rate 0.5 after layers 6 and 7, about a quarter of the values should be left in training.")
built = network = found = None
gc.collect(2)
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Does your AlexNet accept photographs of 240×240 pixels? Go through the table with 240, and round down wherever a division leaves a remainder.

# %%
reveal("05-larger")

# %% [markdown]
# This network is not trained here: on 2 CPU cores, one epoch of ImageNet would take weeks. In 2012 two GPUs needed five to six days for 90 epochs. The rest of the assignment works on a smaller scale.
#
# ## 6. Small photographs
#
# CIFAR-10 contains colour photographs of 32×32 pixels in ten classes. The course comes with a subset of 10,000 for training and 2,000 for testing, with the same number from each class.

# %% [markdown]
# **Predict before you run the next cell.** How far does a photograph of 32×32 pixels get in the AlexNet of section 1?

# %%
reveal("06-alexnet")

# %% [markdown]
# With a GPU, the next cell downloads the full set of 50,000 and 10,000; if that fails, it says so and continues with the subset. It turns the bytes into numbers from 0 to 1. Loading takes about a second.

# %% tags=["seeds"]
try:
    training, test = datasets.cifar10(full=plan.budget == "gpu")
except datasets.DataError as missing:
    print(missing)
    training, test = datasets.cifar10()

(train_images, train_labels), (test_images, test_labels) = training, test
CLASSES = datasets.CIFAR10_CLASSES
small_photographs = train_images[: plan.images].astype("float32") / 255
small_labels = train_labels[: plan.images]
test_photographs = test_images.astype("float32") / 255

# %% [markdown]
# **Predict before you run the next cell.** A pixel value takes up one byte of memory, or four as float32. How much memory do 10,000 photographs need as bytes, and how much as float32? How much would all 50,000 need as float32?

# %%
reveal("06-memory")

# %%
darkest, brightest = small_photographs.min(), small_photographs.max()
shape, dtype = small_photographs.shape, small_photographs.dtype
print("training", shape, dtype, f"from {darkest} to {brightest}")
print("test    ", test_photographs.shape)
figures.photographs(train_images[:30], [CLASSES[label] for label in train_labels[:30]])

# %% [markdown]
# ## 7. Data augmentation
#
# A cat is still a cat if it sits a little further to the left, if it looks the other way, or if the light is warmer. *Data augmentation* exploits this: each time a photograph is shown to the network, it is cropped, flipped and coloured a little differently, while the label stays the same. AlexNet has 60 million parameters and was trained on 1.2 million photographs. Its authors write that without augmentation it overfits so much that they would have had to use a far smaller network.
#
# ### The principal components of colour
#
# How does light change a photograph? It does not shift red, green and blue independently. In photographs these three are strongly correlated: a pixel that is bright in red is usually bright in green and blue as well. The *principal components* are the directions in which colours actually vary. To find them, treat every pixel as a point with three coordinates. Then:
#
# 1. compute the mean colour and the 3×3 *covariance matrix* $C$ of the three channels around this mean;
# 2. find its *eigenvectors* $p_1, p_2, p_3$, which have length 1 and are perpendicular to each other, and the *eigenvalues* $\lambda_1 \ge \lambda_2 \ge \lambda_3$, with $C p_i = \lambda_i p_i$. The eigenvalue $\lambda_i$ is the variance of the pixels along $p_i$.
#
# By hand, with only two pixels: (0.2, 0.2, 0.2) and (0.6, 0.6, 0.6). The mean is 0.4 in each channel, and the deviations from it are ±0.2. Each entry of $C$ is 0.04 (dividing by the number of pixels, 2). The first component is grey, $p_1 = (1, 1, 1)/\sqrt 3$, with $\lambda_1 = 3 \cdot 0.04 = 0.12$; nothing varies in the other two directions, so $\lambda_2 = \lambda_3 = 0$.
#
# ### Task 6: the components (2 points, ★★☆)
#
# Write `colour_components`. `np.linalg.eigh` finds the eigenvalues and eigenvectors of a symmetric matrix. Check in its documentation in what order it returns them, and whether the eigenvectors are rows or columns.

# %% nbgrader={"grade": false, "grade_id": "colour_components", "locked": false, "schema_version": 3, "solution": true, "task": false}
def colour_components(images: np.ndarray) -> tuple:
    """The principal components of the colours of all pixels.

    Parameters
    ----------
    images
        float32 of shape (n, height, width, 3). Do not modify it.

    Returns
    -------
    tuple
        variances: the eigenvalues of the covariance matrix (divided by the number of pixels, or by
        one less), of shape (3,), the largest first;
        directions: of shape (3, 3). Column i is the eigenvector of eigenvalue i; it has length 1
        and either sign. The columns are perpendicular to each other, even if eigenvalues are equal.
    """
    ### BEGIN SOLUTION
    pixels = images.reshape(-1, 3)
    variances, directions = np.linalg.eigh(np.cov(pixels, rowvar=False, bias=True))
    return variances[::-1], directions[:, ::-1]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_colour_components", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.colour_components(colour_components)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(47)
for shape, spread in (((5, 23, 31, 3), (0.22, 0.05, 0.02)), ((40, 8, 9, 3), (0.3, 0.2, 0.1)), ((1, 60, 70, 3), (0.04, 0.03, 0.01))):
    axes = np.linalg.qr(draw.normal(size=(3, 3)))[0]
    colours = (0.3 + (draw.normal(size=(math.prod(shape[:3]), 3)) * spread) @ axes.T).reshape(shape)
    colours = (colours + draw.normal(0, 0.1, (shape[0], 1, 1, 3))).astype("float32")  # each image has a mean of its own
    what = f"random colours {shape}"
    variances, directions = check.measured_components(colour_components, colours, what)
    checks.true(np.all(np.diff(variances) < 0), f"The variances of {what} should be in falling order, the largest first and each one below the one before, but are {variances}.")
    checks.close(directions.T @ directions, np.eye(3), f"directionsᵀ·directions of {what}, which should be the unit matrix", tolerance=1e-3,
        rule="The columns should have length 1 and be at right angles to each other.")
    flat = colours.reshape(-1, 3).astype("float64")
    matrix = np.cov(flat, rowvar=False, bias=True)
    along, across = directions.T @ matrix @ directions, directions @ matrix @ directions.T
    aligned, swapped = (np.abs(turned / np.sqrt(np.outer(np.diag(turned), np.diag(turned))) - np.eye(3)).max() < 0.01 for turned in (along, across))
    checks.true(aligned, f"Along the directions of {what} the colours should be uncorrelated, but they are not."
        + (" Likely cause: rows and columns are swapped; each column should be a direction." if swapped
           else " The covariance should be that of the channels, over all pixels of all images."))
    truth = np.diag(along)
    about = flat.mean(axis=0)
    checks.close(variances / truth, np.ones(3), f"the variances of {what}, divided by the variances along the directions", tolerance=1e-3, causes={
        "these are standard deviations; the task asks for variances": truth**-0.5,
        "these are sums; they should be divided by the number of pixels": np.full(3, float(len(flat))),
        "the sums are divided by the number of images; it should be the number of pixels": np.full(3, len(flat) / shape[0]),
        "the sums are divided by the number of pixels of one image; it should be that of all images": np.full(3, float(shape[0])),
        "the variances are reversed, but the columns are not": truth[::-1] / truth,
        "the mean colour is not subtracted": (truth + (about @ directions) ** 2) / truth,
    }, rule="Each variance should be that of all pixels along the column at the same position.")
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** The next cells compute the components of 2,500 photographs. What fraction of the variance do you expect along the first one, and what does a step in its direction do to a photograph?

# %%
reveal("07-light")

# %% tags=["seeds"]
components = colour_components(train_images[:10_000:4] / np.float32(255))

# %%
variances, directions = components
for place in range(3):
    fraction, direction = variances[place] / variances.sum(), np.round(directions[:, place], 2)
    print(f"component {place + 1}: {fraction:5.1%} of the variance,", end=" ")
    print(f"direction (red, green, blue) = {direction}")
figures.colour_shifts(datasets.photographs()["frog"] / 255, np.sqrt(variances), directions)

# %% [markdown]
# The first component runs from dark to light, and accounts for about nine tenths of the variance. The second is the difference between blue and red: the colour of the light, from warm to cool. The third runs from green to magenta; in this direction the colours hardly vary.
#
# ### Shifting the colours
#
# AlexNet's rule: for each photograph, draw three random numbers $\alpha_1, \alpha_2, \alpha_3$ from a normal distribution with mean 0 and standard deviation σ = 0.1. Then add the same colour to *every* pixel:
#
# $$\alpha_1 \lambda_1 p_1 + \alpha_2 \lambda_2 p_2 + \alpha_3 \lambda_3 p_3 .$$
#
# The shift along each direction is proportional to the variance of the colours along it, so a photograph may become lighter or warmer, but no sky turns pink. Note that $\lambda$ is a variance. It depends on the scale of the pixel values: for values from 0 to 1 it is about 0.17 in the first direction, and with σ = 0.1 a typical shift is 0.017, which is barely visible.
#
# By hand: suppose that the three random numbers are $\alpha = (0.2, 0, -0.1)$. With $\lambda = (0.2, 0.1, 0.05)$ and, to keep it simple, $p_i$ along red, green and blue, the shift is (0.04, 0, −0.005).
#
# ### Crop and flip
#
# AlexNet was trained on pieces of 224×224 pixels (or 227×227), cut out of photographs of 256×256. Our photographs have only 32×32 pixels, so we enlarge them first: we add a frame of `padding` pixels by *reflection*, and then cut out a piece of the original size at a random position. Here is one row with 2 reflected pixels on each side. The edge itself is not repeated, as in `np.pad(..., mode="reflect")`:
#
# | | | frame | row | frame |
# |---|---|---|---|---|
# | row 1 2 3 4 with its frame | | 3 2 | 1 2 3 4 | 3 2 |
#
# From these eight pixels, a piece of four can be cut at five positions: 3 2 1 2, 2 1 2 3, 1 2 3 4, 2 3 4 3, 3 4 3 2. Rows and columns together give 5 · 5 = 25 possible pieces. Then each photograph is flipped left to right with probability one half.

# %% [markdown]
# **Predict before you run the next cell.** The small network below is trained on photographs of 32×32 pixels with a frame of 4 pixels. How many different versions of one photograph can crop and flip produce? Are they worth as much as the same number of new photographs?

# %%
reveal("07-versions")

# %% [markdown]
# ### Task 7: augment (4 points, ★★★)
#
# Write `augment`. All random numbers must come from the generator `rng` that is passed in: from `rng.integers`, `rng.random`, `rng.normal`, or from another generator seeded with a number from `rng`. This makes experiments repeatable. Which numbers you draw, and in which order, is up to you. Every photograph gets its own random numbers, and every call draws new ones.
#
# **How to begin.** Leave the colours aside at first. Frame one photograph with `np.pad`, cut a piece out of it at a position that you choose yourself, and look at its size. Then let `rng` choose the position and the flip, one photograph after the other: a loop is fast enough.

# %% nbgrader={"grade": false, "grade_id": "augment", "locked": false, "schema_version": 3, "solution": true, "task": false}
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float,
    rng: np.random.Generator,
) -> tuple:
    """A new random version of each photograph: shifted in colour, cropped, perhaps flipped.

    Parameters
    ----------
    images
        float32 of shape (n, height, width, 3), with values from 0 to 1. Do not modify it.
    labels
        of shape (n,).
    padding
        the width of the reflected frame in pixels: 0 or more, but less than height and width. The
        crop has the size of the original image.
    components
        the pair (variances, directions) of `colour_components`.
    sigma
        the standard deviation of the three random numbers α of each photograph; with 0 the colours
        stay as they are.
    rng
        the generator that all random numbers come from.

    Returns
    -------
    tuple
        the new images, of the same shape, float32, clipped to the range 0 to 1; and their labels.
        The photographs stay in the same order.
    """
    ### BEGIN SOLUTION
    number, height, width, _ = images.shape
    lengths, directions = components
    shifts = (rng.normal(0, sigma, (number, 3)) * lengths) @ np.transpose(directions)
    coloured = np.clip(images + shifts[:, np.newaxis, np.newaxis].astype("float32"), 0, 1)
    framed = np.pad(coloured, ((0, 0), (padding, padding), (padding, padding), (0, 0)), "reflect")
    tops = rng.integers(0, 2 * padding + 1, number)
    lefts = rng.integers(0, 2 * padding + 1, number)
    flips = rng.random(number) < 0.5
    rows = tops[:, np.newaxis] + np.arange(height)
    columns = lefts[:, np.newaxis] + np.arange(width)
    columns[flips] = columns[flips][:, ::-1]
    image = np.arange(number)[:, np.newaxis, np.newaxis]
    return framed[image, rows[:, :, np.newaxis], columns[:, np.newaxis, :]], labels
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_augment", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.augment(augment)
### BEGIN HIDDEN TESTS
from cnnlab import checks


def random_pictures(number, height, width):
    return 0.4 + draw.random((number, height, width, 3), dtype="float32") / 5, draw.integers(0, 10, number).astype("uint8")


def described(pictures, padding, sigma):
    return f"{len(pictures)} random images of {pictures.shape[1]}×{pictures.shape[2]}, padding {padding}, sigma {sigma:g}"


def taken(pictures, new, padding, sigma):
    """Top, left and flip of the piece that each result is, and the piece itself, after a check that it is one."""
    number, height, width, _ = pictures.shape
    frame = np.pad(pictures, ((0, 0), (padding, padding), (padding, padding), (0, 0)), "reflect")
    positions = [(top, left, flip) for top in range(2 * padding + 1) for left in range(2 * padding + 1) for flip in (0, 1)]
    fits = np.zeros((number, len(positions)), bool)
    for index, (top, left, flip) in enumerate(positions):
        piece = frame[:, top : top + height, left : left + width]
        change = new - (piece[:, :, ::-1] if flip else piece)
        fits[:, index] = np.abs(change - (sigma > 0) * change[:, :1, :1]).max(axis=(1, 2, 3)) < 1e-5  # a shift of colour is the same everywhere
    checks.true(fits.any(axis=1).all(), f"For {described(pictures, padding, sigma)}, each result should be a piece of its image with the reflected frame, "
        f"flipped left to right or not; {int((~fits.any(axis=1)).sum())} of {number} are not.")
    chosen = np.array([positions[index] for index in fits.argmax(axis=1)])
    return chosen, np.stack([frame[place, top : top + height, left : left + width][:, :: -1 if flip else 1] for place, (top, left, flip) in enumerate(chosen)])


def expect_combinations(chosen, pair, wanted, words, what):
    found = len(set(map(tuple, chosen[:, pair].tolist())))
    checks.true(found == wanted, f"For {what}, all {wanted} combinations of {words} should occur, but only {found} do. Each should have a random number of its own.")


draw = np.random.default_rng(53)
square, names = random_pictures(500, 6, 6)
plain = check.augmented(augment, square, names, 2, check.RED_GREEN_BLUE, 0.0, 3, described(square, 2, 0))
plain_chosen, _ = taken(square, plain, 2, 0.0)
parts = checks.Parts(4)
with parts("crops", 1):
    for number, height, width, padding in ((500, 6, 8, 2), (300, 7, 5, 1)):
        pictures, labels = random_pictures(number, height, width)
        what = described(pictures, padding, 0)
        chosen, _ = taken(pictures, check.augmented(augment, pictures, labels, padding, check.RED_GREEN_BLUE, 0.0, 3, what), padding, 0.0)
        for axis, name in ((0, "vertical"), (1, "horizontal")):
            offsets = np.bincount(chosen[:, axis], minlength=2 * padding + 1)
            checks.true(offsets.min() > 0.4 * number / (2 * padding + 1),
                f"For {what}, each of the {2 * padding + 1} {name} positions should be chosen about equally often, but they are chosen {', '.join(map(str, offsets))} times."
                + (" Likely cause: all images have the same position; each should have its own." if offsets.max() == number
                   else " Likely cause: the last position is never drawn; the upper end of rng.integers is excluded." if offsets[:-1].min() > 0 == offsets[-1] else ""))
        if padding == 2:
            expect_combinations(chosen, [0, 1], 25, "rows and columns", what)
with parts("flips", 1):
    small_square, labels = random_pictures(200, 5, 5)
    what = described(small_square, 0, 0)
    unframed, _ = taken(small_square, check.augmented(augment, small_square, labels, 0, check.RED_GREEN_BLUE, 0.0, 3, what), 0, 0.0)
    for chosen, words in ((plain_chosen, described(square, 2, 0)), (unframed, what)):
        fraction = chosen[:, 2].mean()
        checks.true(abs(fraction - 0.5) < 0.2, f"For {words}, about half of the images should be flipped, each by a random number of its own, but {fraction:.0%} are.")
    for pair, words in (([0, 2], "rows and the flip"), ([1, 2], "columns and the flip")):
        tops = len(set(plain_chosen[:, pair[0]].tolist()))  # fewer than 5 are another part's matter
        expect_combinations(plain_chosen, pair, 2 * tops, words, described(square, 2, 0))
with parts("colour shifts", 1):
    what = described(square, 2, 0.1)
    new = check.augmented(augment, square, names, 2, check.RED_GREEN_BLUE, 0.1, 3, what)
    chosen, pieces = taken(square, new, 2, 0.1)
    moved = (new - pieces)[:, 0, 0]
    checks.true(np.all(moved.std(axis=0) > 0.3 * 0.1 * check.RED_GREEN_BLUE[0]),
        f"For {what}, each photograph should be shifted by a colour of its own, but red, green and blue spread by only {moved.std(axis=0).round(4)}.")
    for axis, count in ((0, 5), (1, 5), (2, 2)):
        often, before = (np.bincount(one[:, axis], minlength=count) for one in (chosen, plain_chosen))
        checks.true(np.abs(often - before).max() < 150 // count + 35, f"For {what}, the photographs should be cropped and flipped as they are without a colour shift, but they are not.")
    turned, lengths = np.linalg.qr(draw.normal(size=(3, 3)))[0], np.array([0.25, 0.1, 0.04])
    middle = np.full((1500, 2, 3, 3), (0.4, 0.5, 0.6), "float32")
    for sigma in (0.1, 0.3):
        what = f"1500 images of one colour, sigma {sigma}"
        moved = check.augmented(augment, middle, np.zeros(1500), 0, (lengths, turned), sigma, 5, what) - middle
        checks.true(np.allclose(moved, moved[:, :1, :1], atol=1e-6), f"For {what}, all pixels of a photograph should be shifted by the same colour.")
        along, across = moved[:, 0, 0].astype("float64") @ turned, moved[:, 0, 0].astype("float64") @ turned.T
        spread = along.std(axis=0)
        checks.true(not np.allclose(moved, moved[:1]), f"For {what}, each photograph should be shifted by a colour of its own, but all have the same shift.")
        checks.true(np.all(np.abs(along.mean(axis=0)) < 0.15 * spread), f"For {what}, the shifts should be 0 on average; α has mean 0.")
        explained = {"λ is left out": np.full(3, sigma), "the square root of λ is used; it should be λ itself": sigma * np.sqrt(lengths), "σ is squared": sigma**2 * lengths,
            "the square root of σ is used; σ itself is the standard deviation": sigma**0.5 * lengths}
        likely = [text for text, wrong in explained.items() if np.allclose(spread, wrong, rtol=0.1) and not np.allclose(wrong, sigma * lengths, rtol=0.2)]
        if np.allclose(across.std(axis=0), sigma * lengths, rtol=0.15):
            likely.append("rows and columns of the directions are swapped; each column is a direction")
        cause = f" Likely cause: {likely[0]}." if len(likely) == 1 else ""
        checks.true(np.allclose(spread, sigma * lengths, rtol=0.15), f"For {what}, the shifts along the three directions should spread by σλ = {(sigma * lengths).round(4)}, but spread by {spread.round(4)}.{cause}")
        related = np.abs(np.corrcoef(along.T) - np.eye(3)).max()
        checks.true(related < 0.2, f"For {what}, the shifts along the three directions should be independent, but their correlation is {related:.2f}.")
        checks.true(np.abs((np.abs(along) / (sigma * lengths) < 1).mean(axis=0) - 0.683).max() < 0.06, f"For {what}, the shifts should follow a normal distribution, 68 % of them within σλ.")
    mirrored = np.tile(draw.random((200, 6, 1, 3), dtype="float32"), (1, 1, 4, 1))  # a flip changes nothing
    bright = check.augmented(augment, mirrored, np.arange(200), 0, (lengths, turned), 2.0, 6, "200 images and a very large shift")
    inside, change = (bright > 0) & (bright < 1), bright - mirrored
    spread = change.max(axis=(1, 2), initial=-np.inf, where=inside) - change.min(axis=(1, 2), initial=np.inf, where=inside)
    checks.true(spread.max() < 1e-4,
        "With a very large shift, values between 0 and 1 should still be shifted by the same colour in the whole photograph; all others should be clipped.")
    oblong, labels = random_pictures(500, 5, 6)
    what = described(oblong, 2, 0.1)
    new = check.augmented(augment, oblong, labels, 2, check.RED_GREEN_BLUE, 0.1, 3, what)
    moved = (new - taken(oblong, new, 2, 0.1)[1])[:, 0, 0]
    checks.true(np.all(moved.std(axis=0) > 0.3 * 0.1 * check.RED_GREEN_BLUE[0]),
        f"For {what}, each photograph should be shifted by a colour of its own, but red, green and blue spread by only {moved.std(axis=0).round(4)}.")
with parts("all random numbers from rng", 1):
    for sigma in (0.0, 0.1):
        what = described(square, 2, sigma)
        first, again, other = (check.augmented(augment, square, names, 2, check.RED_GREEN_BLUE, sigma, seed, what) for seed in (3, 3, 4))
        checks.true(np.array_equal(first, again), f"For {what}, generators with the same seed should give the same images. Every random number should come from rng.")
        checks.true(not np.array_equal(first, other), f"For {what}, generators with different seeds should give different images. Every random number should come from rng.")
    one_generator = np.random.default_rng(8)
    first, second = (augment(square[:20], names[:20], 2, check.RED_GREEN_BLUE, 0.1, one_generator)[0] for _ in range(2))
    checks.true(not np.array_equal(np.asarray(first), np.asarray(second)), "Two calls with the same generator, one after the other, should give different images: each call draws new numbers from it.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Here are eight versions of a photograph as the network will see them, with the paper's σ = 0.1, and eight more with σ = 1 to make the colour shifts visible:

# %%
horse = datasets.photographs()["horse"][np.newaxis] / np.float32(255)
eight = np.repeat(horse, 8, axis=0)
figures.augmented(horse[0], {
    f"σ = {sigma}": augment(eight, np.zeros(8), 4, components, sigma, np.random.default_rng(1))[0]
    for sigma in (0.1, 1)
})

# %% [markdown]
# Is every one of them still a horse? Augmentation is allowed only if the answer is yes. Digits must not be flipped: a flipped 2 is not a 2. The test set is not augmented, so that everybody tests on the same images. Keras has layers for much of this, such as `keras.layers.RandomCrop`, `keras.layers.RandomFlip` and `keras.layers.RandomColorJitter`, though none that shifts colours along their principal components.
#
# ## 8. Dropout
#
# During training, *dropout* sets each value to zero with probability `rate`, with a new random choice for each image and each step. No unit can rely on another one being there, so the units learn features that are useful on their own.
#
# At inference nothing is dropped. But then the next layer would get larger sums than it was trained with: with rate 0.5, twice as large on average. The paper therefore halves the values at inference. Today's method, *inverted dropout*, scales during training instead: each value that is kept is divided by $1 - \text{rate}$. This keeps the mean right, and nothing needs to be done at inference.
#
# By hand, with rate 0.25, values 3, 6, 9, 12, and random numbers that drop the second value:
#
# | | | | | | sum |
# |---|---|---|---|---|---|
# | at inference | 3 | 6 | 9 | 12 | 30 |
# | in training | 3 / 0.75 = 4 | 0 | 9 / 0.75 = 12 | 12 / 0.75 = 16 | 32 |
#
# Averaged over all possible draws, the sum in training is 30 as well.

# %% [markdown]
# **Predict before you run the next cell.** With rate 0.25, are exactly 25 of 100 values dropped in each step?

# %%
reveal("08-exactly")

# %% [markdown]
# ### Task 8: dropout (2 points, ★☆☆)
#
# Write `dropout`. The argument `rate` is the probability of being *dropped*, as in Keras. (Some papers and older code give the probability of being kept.) The random numbers may come from NumPy, TensorFlow, Keras or Python. Do not use a ready-made dropout, whether `tf.nn.dropout` (under any name) or Keras's.

# %% nbgrader={"grade": false, "grade_id": "dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    """Inverted dropout.

    Parameters
    ----------
    values
        float32 of any shape. Do not modify it.
    rate
        the probability that a value is dropped, at least 0 and less than 1.
    training
        True: drop values at random, different ones each time, and scale those that are kept.
        False: return the values unchanged, or a copy of them.

    Returns
    -------
    np.ndarray
        (or a tensor) of the same shape as `values`.
    """
    ### BEGIN SOLUTION
    if not training:
        return values
    kept = np.random.random(np.shape(values)) >= rate
    return np.where(kept, values / (1 - rate), 0).astype("float32")
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_dropout", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.dropout(dropout)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(59)
for shape, rate in (((60, 9, 8, 5), 0.5), ((400, 50), 0.1), ((20_000,), 0.8), ((3, 70, 90), 0.0), ((200, 90), 0.3)):
    values = (draw.normal(size=shape) + 5 * draw.choice([-1, 1], shape)).astype("float32")
    what = f"dropout of random values {shape}, rate {rate}, in training"
    result = check.dropped(dropout, values, rate, True)
    multiples = result / values
    gone = np.abs(multiples) < 1e-6
    for axis in range(len(shape) if 0 < gone.mean() < 1 else 0):
        if shape[axis] >= 5 and len(shape) > 1:
            along = gone.mean(axis=axis)
            checks.true(not np.all((along == 0) | (along == 1)),
                f"{what}: each value should have a random number of its own, but all values along axis {axis} share theirs.")
    checks.true(abs(gone.mean() - rate) < 0.025,
        f"{what}: a fraction of {rate:.0%} should be dropped, of negative values as well, but {gone.mean():.1%} are.")
    checks.close(multiples[~gone], np.full((~gone).sum(), 1 / (1 - rate)), f"{what}: the factor by which a kept value is multiplied",
        {"the kept values are not scaled": np.ones((~gone).sum()), "the kept values are scaled for a rate of 0.25, whatever the rate is": np.full((~gone).sum(), 4 / 3)},
        tolerance=1e-3, rule="The kept values should be divided by 1 - rate.")
    checks.close(check.dropped(dropout, values, rate, False), values, f"dropout of random values {shape}, rate {rate}, at inference",
        rule="At inference nothing should be changed.")
    if rate > 0:
        again = np.abs(check.dropped(dropout, values, rate, True) / values) < 1e-6
        checks.true(not np.array_equal(gone, again), f"{what}: a second call should drop other values.")
zeros_of_hundred = [int((check.dropped(dropout, np.ones(100, "float32"), 0.5, True) == 0).sum()) for _ in range(40)]
checks.true(len(set(zeros_of_hundred)) > 3,
    "With rate 0.5, the number of dropped values of 100 should vary from call to call, because each value has a random number of its own.")
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** The next cell applies your function, with rate 0.5, to hidden units with mean 1 and standard deviation 0.5. What mean and what standard deviation do you expect in training?

# %%
reveal("08-spread")

# %%
hidden_units = np.abs(np.random.default_rng(8).normal(1, 0.5, (12, 24))).astype("float32")
in_training = [dropout(hidden_units, 0.5, True) for _ in range(2)]
figures.dropped(hidden_units, in_training, dropout(hidden_units, 0.5, False))

# %% [markdown]
# From here on, `keras.layers.Dropout` takes the place of your function, because it is compiled together with the rest of the training step.
#
# ## 9. Top-1 and top-5 error
#
# An ImageNet photograph may show a cat on a sofa, with "cat" as its only label. So the competition counted a photograph as right if the true class was among the *five* best guesses. The *top-k error* is the fraction of photographs whose true class is not among the k classes with the largest logits. The top-1 error is 1 − accuracy.
#
# By hand, with four classes:
#
# | logits of classes 0 to 3 | true class | two best guesses | top-1 | top-2 |
# |---|---|---|---|---|
# | 2.0, 0.5, 1.0, −1.0 | 0 | 0, 2 | right | right |
# | 0.1, 0.9, 0.8, 0.2 | 2 | 1, 2 | wrong | right |
# | −3.0, −1.0, −2.0, −4.0 | 3 | 1, 2 | wrong | wrong |
#
# The top-1 error is 2/3, the top-2 error is 1/3.

# %% [markdown]
# **Predict before you run the next cell.** The softmax turns logits into probabilities. Does the top-k error change if it is computed from the probabilities instead of the logits?

# %%
reveal("09-softmax")

# %% [markdown]
# **Predict before you run the next cell.** What is the top-5 error of a network that guesses at random, with 1,000 classes and with 10?

# %%
reveal("09-thousand")

# %% [markdown]
# ### Task 9: top-k error (2 points, ★★☆)
#
# Write `top_k_error`, for any number of classes and any k.

# %% nbgrader={"grade": false, "grade_id": "top_k_error", "locked": false, "schema_version": 3, "solution": true, "task": false}
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    """The fraction of images whose true class is not among the k classes with the largest logits.

    Parameters
    ----------
    logits
        float32 of shape (n, classes), with values of any size. The logits of one image are all
        different. Do not modify the array.
    labels
        the true classes, whole numbers of shape (n,), of any integer dtype.
    k
        from 1 to the number of classes.

    Returns
    -------
    float
        from 0 to 1.
    """
    ### BEGIN SOLUTION
    true_logits = np.take_along_axis(logits, labels[:, np.newaxis].astype(int), axis=1)
    larger = np.sum(logits > true_logits, axis=1)
    return float(np.mean(larger >= k))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_top_k_error", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.top_k_error(top_k_error)
### BEGIN HIDDEN TESTS
from cnnlab import checks

three_rows = np.array([[2, 0.5, 1, -1], [0.1, 0.9, 0.8, 0.2], [-3, -1, -2, -4]], "float32")
what = "the top-1 error of three images whose true classes are the best guesses"
checks.close(check.error_of(top_k_error, three_rows, np.array([0, 1, 1]), 1, what), 0, what,
    {"images of earlier calls are counted as well": 1 / 3}, rule="The k largest logits of an image should be compared with its own label.")
draw = np.random.default_rng(61)
for number, classes, dtype, step, shift in (
    (300, 10, "uint8", 1, -3), (211, 37, "int64", 1, -12), (50, 6, "int32", 1, -2), (400, 260, "uint16", 1, -86),
    (150, 120, "int8", 0.01, 300), (120, 200, "uint8", 0.01, -300),
):
    scores = (np.stack([draw.permutation(classes) for _ in range(number)]) * step + shift).astype("float32")
    truth = draw.integers(0, classes, number).astype(dtype)
    ranking = np.array([sorted(range(classes), key=lambda place, row=row: -row[place]) for row in scores.tolist()])
    rank = np.array([best.index(label) for best, label in zip(ranking.tolist(), truth.tolist(), strict=True)])  # 0 for the best guess
    for k in (1, 2, 5, classes - 1, classes):
        what = f"the top-{k} error of {number} images with {classes} classes (labels {dtype}, logits from {scores.min():g} to {scores.max():g})"
        checks.close(check.error_of(top_k_error, scores, truth, k, what), np.mean(rank >= k), what,
            {
                **({"the k - 1 best guesses are used; one class too few counts as right": np.mean(rank >= k - 1)} if k != 2 else {}),
                "the k + 1 best guesses are used; one class too many counts as right": np.mean(rank >= k + 1),
                "this is the accuracy; the error is 1 minus the accuracy": np.mean(rank < k),
                "this is the top-1 error, whatever k is": np.mean(rank >= 1),
                "only the k-th guess is used; it should be the first k guesses": np.mean(rank != k - 1),
                "the best guess is missing among the k; the slice ends one position too early": np.mean((rank >= k) | (rank == 0)),
                "the classes with the k smallest logits are taken; they should be those with the largest": np.mean(rank < classes - k),
                "the result is rounded": round(np.mean(rank >= k), 2),
                "the label is looked for among the guesses for all images; it should be those for its own image": np.mean(~np.isin(truth, ranking[:, :k])),
                "the labels are stored in 8 bits, which cannot hold numbers above 255": np.mean((truth.astype("uint8")[:, np.newaxis] != ranking[:, :k]).all(axis=1)),
                "the labels are stored as int8, which cannot hold numbers above 127": np.mean((truth.astype("int8")[:, np.newaxis] != ranking[:, :k]).all(axis=1)),
            }, tolerance=1e-5, rule="An image should count as wrong exactly when its label is not among its own k largest logits.")
### END HIDDEN TESTS

# %% [markdown]
# Keras has the metric `keras.metrics.SparseTopKCategoricalAccuracy`, which is 1 minus this error and can be computed during training.
#
# ## 10. A small AlexNet
#
# The network below follows the same plan, for photographs of 32×32 pixels: a first layer with a stride, response normalisation after layers 1 and 2, overlapping pooling, more convolutions, and a dense layer with dropout. Everything is smaller: there are 24 to 64 channels, 256 hidden units and two fewer layers.
#
# Four of the ideas are controlled by arguments, and augmentation is part of the training, so each of the five can be left out. Two details keep the comparison fair. First, pooling uses padding (*same*), so that both window sizes give maps of the same size, and the networks have the same number of parameters. Second, the weights are initialised with the standard deviation that suits the activation (He's for ReLU, Glorot's for tanh).
#
# The inputs are standardised to mean 0 and standard deviation 1, so they are about 63 times smaller than AlexNet's bytes, and their squares are 63² ≈ 4,000 times smaller. For response normalisation to have an effect, $\alpha$ is 4,000 times larger here: 0.4.

# %% tags=["seeds"]
BATCH = 64  # images per training step
CENTRE = (train_images[:10_000].mean(axis=(0, 1, 2)) / 255).tolist()
SPREAD = (train_images[:10_000].std(axis=(0, 1, 2)) / 255).tolist()


def small_alexnet(
    steps: int, activation: str = "relu", window: int = 3, normalise: bool = True,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """A small AlexNet for photographs of 32×32 pixels, compiled for this number of steps."""
    layers = keras.layers
    start = "he_normal" if activation == "relu" else "glorot_uniform"

    def convolution(kernels, size, stride=1):
        return layers.Conv2D(
            kernels, size, stride, padding="same", activation=activation, kernel_initializer=start
        )

    def response_norm():
        return [ResponseNorm(alpha=0.4)] if normalise else []

    def pooling():
        return layers.MaxPooling2D(window, 2, padding="same")

    classifier = keras.Sequential([
        layers.Input((32, 32, 3)),
        layers.Normalization(mean=CENTRE, variance=[spread**2 for spread in SPREAD]),
        convolution(24, 5, 2), *response_norm(), pooling(),
        convolution(48, 5), *response_norm(), pooling(),
        convolution(64, 3), convolution(48, 3), pooling(),
        layers.Flatten(),
        layers.Dense(256, activation=activation, kernel_initializer=start),
        layers.Dropout(dropout_rate),
        layers.Dense(len(CLASSES)),
    ])
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.002, steps))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    classifier.compile(optimizer, loss, metrics=["accuracy"])
    return classifier

# %% [markdown]
# **Predict before you run the next cell.** In AlexNet, 94 % of the parameters are in the dense layers. Is the fraction as large in this network? (Its last maps are 2×2×48.)

# %%
reveal("10-dense")

# %% tags=["nbval-check-output"]
small = small_alexnet(steps=1)
flowing = test_photographs[:1]
for layer in small.layers:
    flowing = layer(flowing)
    shape = "×".join(map(str, flowing.shape[1:]))
    print(f"{type(layer).__name__:14} {shape:9} {layer.count_params():7,}")
trainable = sum(math.prod(weight.shape) for weight in small.trainable_weights)
print(f"trainable parameters: {trainable:,}")

# %% [markdown]
# ### Training with fresh photographs in each epoch
#
# The augmented photographs should be new in every epoch and made from the *originals*: photographs that are augmented again and again drift further from them each time. So we train one epoch at a time. Your function gets `prepare`, a function that takes images and labels and returns the ones to train on. Call it once at the start of each epoch. Whether you shuffle the images in an epoch, as `fit` does, is up to you. With augmentation, `prepare` calls your `augment`; without it, `prepare` returns its arguments unchanged.
#
# From one call of `fit` to the next, the model keeps the state of its optimiser, including how far the learning rate has already fallen, as long as you do not compile the model again. Keras has another way to do this: a `keras.utils.PyDataset` whose `on_epoch_end` prepares the images of the next epoch.

# %% tags=["seeds"]
def fresh(rng: np.random.Generator, sigma: float = 0.1):
    """A `prepare` for `train_fresh` that augments the images, with a frame of 4 pixels."""
    return lambda images, labels: augment(images, labels, 4, components, sigma, rng)


def steps_of(images: int, epochs: int) -> int:
    """The number of training steps in this number of epochs."""
    return epochs * math.ceil(images / BATCH)


# %% [markdown]
# The check of task 10 trains the small AlexNet with the next function, `trained`. It calls your `train_fresh` and keeps the result, so the rest of the notebook can use the same network without training it again.

# %% tags=["folded"]
#@title trained: the small AlexNet, trained once by your train_fresh
@functools.cache
def trained() -> tuple:
    """A trained small AlexNet and its losses, with the images and epochs of `plan`."""
    try:
        prepare = fresh(np.random.default_rng(1))
        prepare(small_photographs[:2], small_labels[:2])
    except Exception as error:
        print(f"Your augment does not run yet ({type(error).__name__}),", end=" ")
        print("so the network is trained on the photographs as they are.")

        def prepare(images, labels):
            return images, labels

    keras.utils.set_random_seed(1)
    fitted = small_alexnet(steps_of(len(small_labels), plan.epochs))
    begin = time.perf_counter()
    with budget.within_memory():
        losses = train_fresh(fitted, small_photographs, small_labels, plan.epochs, prepare)
    print(f"{plan.epochs} epochs in {time.perf_counter() - begin:.0f} s")
    return fitted, losses


# %% [markdown]
# ### Task 10: train with fresh photographs (3 points, ★★☆)
#
# Write `train_fresh`: the loop over the epochs. Inside an epoch you may leave the work to `fit`.

# %% nbgrader={"grade": false, "grade_id": "train_fresh", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_fresh(
    model: keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare,
    batch_size: int = BATCH,
) -> list:
    """Train a compiled model, with newly prepared images in each epoch.

    Parameters
    ----------
    model
        already compiled: do not compile it again.
    images, labels
        the originals, n of each.
    epochs
        the number of passes over n images.
    prepare
        prepare(images, labels) returns the pair (images, labels) for one epoch, n of each. Call it
        once at the start of each epoch, always with the originals.
    batch_size
        images per training step.

    Returns
    -------
    list
        one float per epoch: the training loss, averaged over the images of the epoch while the
        model learns from them, as `fit` reports it.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        history = model.fit(*prepare(images, labels), batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][0])
    return losses
    ### END SOLUTION

# %% [markdown]
# The check first trains a network with a single weight. Then it trains the small AlexNet: **about 20 seconds** on a CPU. The trained network must reach a required accuracy on the test set. The course team trained 20 networks, with seeds 1 to 20, once as your notebook does on a CPU (`cpu`), and once in the shorter training that is used when your work is graded (`grading`). The required accuracy is so far below their mean that no correct answer fails through bad luck:
#
# | | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 2,000 images, 6 epochs | 36.4 % | 0.9 % | 30.0 % | 7.2 standard deviations |
# | cpu | 10,000 images, 5 epochs | 49.3 % | 1.1 % | 42.0 % | 6.9 standard deviations |
#
# On a GPU there are more images and more epochs, and the required accuracy is the same as on a CPU.

# %% nbgrader={"grade": true, "grade_id": "test_train_fresh", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.train_fresh(train_fresh, trained, small_labels, test_photographs, test_labels, plan)
### BEGIN HIDDEN TESTS
from cnnlab import checks


def unchanged(images, labels):
    return (images, labels)


def rising(images, labels):
    turns.append(len(labels))
    return images, labels + SIZES[len(turns) - 1]


ones, zeros = check.ONES, check.ZEROS
SIZES = (1, 2, 4, 4, 5, 6, 7, 7, 8, 3, 2, 1)  # of the errors: the loss rises for long, and falls at the end
turns = []
pulled = check.one_weight(0.0, 0.1)
checks.call(train_fresh, pulled, ones, zeros, 2, rising, 20)
checks.true(abs(pulled.get_weights()[0].item()) > 0.01, "The labels that prepare returns should be used in training, not the original ones.")
parts = checks.Parts(3)
with parts("every epoch and batch", 1):
    turns, still = [], check.one_weight(0.0, 0.0)
    losses = checks.call(train_fresh, still, ones, zeros, len(SIZES), rising, 20)
    checks.same(len(turns), len(SIZES), "the number of epochs of 12, with losses that rise", rule="All epochs should be trained, whatever the losses are.")
    checks.close(np.array(losses, "float64")[-len(SIZES):], [size**2 for size in SIZES], "the losses where prepare changes the labels", tolerance=1e-3,
        rule="All epochs should be trained, whatever the losses are.")
    checks.same(int(still.optimizer.iterations), len(SIZES), "the training steps in 12 epochs of 20 images with batch size 20",
        rule="The batches should be as large as `batch_size` says, and all epochs should be trained.")
    many = check.one_weight(0.0, 0.1)
    checks.call(train_fresh, many, np.resize(ones, (250, 1)), np.resize(zeros, 250), 2, unchanged, 200)
    checks.same(int(many.optimizer.iterations), 4, "the training steps in 2 epochs of 250 images with batch size 200", rule="The batches should be as large as `batch_size` says.")
with parts("the losses", 1):
    losses = check.loss_of_each_epoch(train_fresh(check.one_weight(0.0, 0.1), ones[:7], zeros[:7] + 1, 4, unchanged, 7), 4)
    checks.close(losses, [0.8 ** (2 * turn) for turn in range(4)], "the losses of a network that learns, in four epochs",
        {"this is the loss after the epoch; it should be the mean loss during the epoch": [0.8 ** (2 * turn + 2) for turn in range(4)],
            "the weights are reset at the start of each epoch": np.ones(4)},
        tolerance=1e-3, rule="Each epoch should take one step for each batch, by the model's own optimiser.")
    losses = check.loss_of_each_epoch(train_fresh(check.one_weight(0.0, 0.25), ones[:6], zeros[:6] + 1, 1, unchanged, 4), 1)
    checks.close(float(losses[0]), (4 * 1 + 2 * 0.25) / 6, "the mean loss of an epoch with a batch of 4 and one of 2",
        {"the means of the batches are averaged, although the last batch is smaller": 0.625, "this is the loss of the last batch": 0.25,
            "this is the loss of the first batch": 1.0, "one image is held back for validation; all of them should be used in training": 0.85},
        tolerance=1e-3, rule="Each image should be used once per epoch.")
    check.loss_of_each_epoch(train_fresh(check.one_weight(0.0, 0.25), ones, zeros, 1, unchanged), 1)
with parts("the model as it is", 1):
    moving = check.one_weight(0.0, 0.1)
    own_optimizer = moving.optimizer
    train_fresh(moving, ones[:7], zeros[:7] + 1, 4, unchanged, 7)
    checks.true(moving.optimizer is own_optimizer and moving.compiled_times == 1, "The model is already compiled; train_fresh should not compile it again.")
    checks.close(moving.get_weights()[0].item(), 1 - 0.8**4, "the weight after four steps", tolerance=1e-3,
        rule="The model should stay as the last step leaves it.")
    modes = []

    class Probe(keras.layers.Layer):
        def call(self, inputs, training=False):
            modes.append(training)
            return inputs

    probe = keras.Sequential([keras.Input((1,)), Probe(), keras.layers.Dense(1)])
    probe.compile("sgd", "mse")
    modes.clear()
    train_fresh(probe, ones, zeros, 1, unchanged)
    checks.true(True in modes, "The model should be called with training=True, otherwise dropout does nothing.")
lost = parts.points().lost  # if no part is right, this raises, and nothing is trained
if plan.budget == "grading":  # with the others, the visible check has trained
    network = check.really_trained(trained)
    try:
        if not lost:
            check.expect_steps(network, small_labels, plan)
        check.expect_accuracy(network, test_photographs, test_labels, plan)
    except checks.CheckFailed as error:
        raise (lost[0][2] if lost else error) from None  # the other checks say more exactly what is wrong
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** The figure below shows the loss that `fit` reports for each epoch. Is the first value the loss of the network before training, the loss after the first epoch, or something in between?

# %%
reveal("10-loss")

# %%
small, losses = trained()  # by the check above
test_logits = small.predict(test_photographs, batch_size=500, verbose=0)
figures.losses(losses)

# %% tags=["folded", "seeds"]
#@title accuracy_of_seed: the test accuracy of one more network
def accuracy_of_seed(seed: int) -> float:
    """The test accuracy of one small AlexNet, trained from this seed."""
    keras.utils.set_random_seed(int(seed))
    model = small_alexnet(steps_of(len(small_labels), plan.epochs))
    prepare = fresh(np.random.default_rng(seed))
    train_fresh(model, small_photographs, small_labels, plan.epochs, prepare)
    guesses = model.predict(test_photographs, batch_size=500, verbose=0).argmax(axis=1)
    return float(np.mean(guesses == test_labels))


# %% tags=["audit", "seeds"]
def broken_accuracies(seed: int) -> dict[str, float]:
    """What `accuracy_of_seed` returns, for networks that are plausible but broken."""
    images, labels = small_photographs, small_labels

    def reached(images, labels, epochs=plan.epochs) -> float:
        keras.utils.set_random_seed(int(seed))
        model = small_alexnet(steps_of(len(labels), plan.epochs))
        train_fresh(model, images, labels, epochs, fresh(np.random.default_rng(seed)))
        return float(np.mean(model.predict(test_photographs, batch_size=500, verbose=0).argmax(axis=1) == test_labels))

    return {
        "not trained": reached(images, labels, epochs=0),
        "labels shuffled": reached(images, np.random.default_rng(seed).permutation(labels)),
        "one class": reached(images, np.full_like(labels, 3)),
        "normalisation forgotten": reached(images / 255, labels),
    }


# %% [markdown]
# The next cell shows the top-1 and top-5 errors of your trained network, and two in between. With only ten classes, a low top-5 error is easy to reach: guessing gives 50 %.

# %%
for k in (1, 2, 3, 5):
    error = top_k_error(test_logits, test_labels, k)
    print(f"top-{k} error on {len(test_labels):,} test photographs: {error:6.1%}", end="   ")
    print(f"(guessing: {1 - k / 10:.0%})")
probabilities = tf.nn.softmax(test_logits[:6]).numpy()
figures.best_guesses(test_images[:6], test_labels[:6], probabilities, CLASSES)

# %% [markdown]
# ## 11. What does each idea add?
#
# To find out, we leave out one idea at a time. This is called an *ablation*. There are seven kinds of network: one with everything, five that lack one idea each, and one that lacks all five. What an idea adds is the accuracy with everything minus the accuracy without this idea.
#
# A single pair of runs would compare one chance result with another. So every kind of network is trained with several seeds, and a difference counts only if it is large compared with the standard deviation over the seeds. The differences are taken seed by seed, and the table gives their mean and sample standard deviation.
#
# The test set adds some randomness of its own. With 2,000 photographs and an error of 50 %, the standard error of a measured error is √(0.5 · 0.5 / 2000) = 1.1 percentage points. All networks are tested on the same photographs, which cancels much of this in a difference, but not all of it.

# %% [markdown]
# **Predict before you run the next cell.** With two seeds, an idea adds 1.0 points on average, and the standard deviation of the two differences is 1.7 points. What does this say about the idea?

# %%
reveal("11-chance")

# %% [markdown]
# The next cells train the seven kinds of network with a few seeds each. On a CPU, the 14 short training runs take **about 30 seconds**.

# %% tags=["seeds"]
EVERYTHING = {
    "activation": "relu", "window": 3, "normalise": True, "dropout_rate": 0.5, "augment": True,
}
VARIANTS = {
    "everything": {},
    "tanh for ReLU": {"activation": "tanh"},
    "pooling 2×2": {"window": 2},
    "no normalisation": {"normalise": False},
    "no dropout": {"dropout_rate": 0.0},
    "no augmentation": {"augment": False},
    "none of the five": {
        "activation": "tanh", "window": 2, "normalise": False, "dropout_rate": 0.0,
        "augment": False,
    },
}


def as_they_are(images, labels) -> tuple:
    """A `prepare` for `train_fresh` that changes nothing."""
    return images, labels


def ablation(images: int, epochs: int, seeds: list) -> dict:
    """Train every variant from every seed; list top-1 error, top-5 error, training accuracy."""
    some, some_labels = train_images[:images].astype("float32") / 255, train_labels[:images]
    measured_errors = {}
    for variant, changes in VARIANTS.items():
        choice = EVERYTHING | changes
        augmenting = choice.pop("augment")
        errors = measured_errors[variant] = {"top1": [], "top5": [], "train": []}
        for seed in seeds:
            keras.utils.set_random_seed(int(seed))
            model = small_alexnet(steps_of(len(some), epochs), **choice)
            prepare = fresh(np.random.default_rng(seed)) if augmenting else as_they_are
            train_fresh(model, some, some_labels, epochs, prepare)
            outputs = model.predict(test_photographs, batch_size=500, verbose=0)
            errors["top1"].append(round(top_k_error(outputs, test_labels, 1), 4))
            errors["top5"].append(round(top_k_error(outputs, test_labels, 5), 4))
            outputs = model.predict(some, batch_size=500, verbose=0)
            errors["train"].append(round(1 - top_k_error(outputs, some_labels, 1), 4))
    return measured_errors


# %% tags=["folded", "seeds"]
#@title longer_run: what the course team measured (not called here)
def longer_run() -> dict:
    """The ablation with more images, epochs and seeds."""
    images, epochs, seeds = 3_000, 24, [1, 2, 3]
    table = ablation(images, epochs, seeds)
    return {"images": images, "epochs": epochs, "seeds": seeds, "table": table}


# %% tags=["folded"]
#@title print_table: print what ablation returns
def print_table(table: dict) -> None:
    """Print errors in per cent: mean ± sample standard deviation over the seeds."""
    everything = 100 * np.array(table["everything"]["top1"])
    print(f"{'':18} top-1 error [%]   top-5 error [%]", end="   ")
    print("on training images [%]   the idea adds [points]")
    for variant, measured in table.items():
        top1, top5, train = (100 * np.array(measured[name]) for name in ("top1", "top5", "train"))
        gain = top1 - everything  # by how much the error is larger without the idea
        added = "" if variant == "everything" else f"{gain.mean():+5.1f} ± {gain.std(ddof=1):.1f}"
        line = f"{variant:18}"
        for errors in (top1, top5):
            line += f" {errors.mean():5.1f} ± {errors.std(ddof=1):3.1f}      "
        print(f"{line} {train.mean():5.1f}                    {added}")


# %%
if plan.comparison_images:
    seeds = list(range(1, plan.comparison_seeds + 1))
    live = ablation(plan.comparison_images, plan.comparison_epochs, seeds)
    print(f"{plan.comparison_images:,} images, {plan.comparison_epochs} epochs, seeds {seeds}")
    print_table(live)

# %% [markdown]
# Such short training shows which networks learn *quickly*, not how good they become in the end. Dropout and augmentation make it harder to fit the training photographs; their benefit comes later, if at all.
#
# ### A longer run
#
# So the course team ran the same function once for longer: 3,000 photographs, 24 epochs, and three seeds for each of the seven networks, 21 training runs in all.

# %% [markdown]
# **Predict before you run the next cell.** Which of the seven networks gets the most *training* photographs right after 24 epochs? Is it also the best on the test set?

# %%
reveal("11-memory")

# %% [markdown]
# The next cells load the stored results and show them. In the figure, each short black line is a single run.

# %%
stored = runs.load("03-alexnet")

# %% tags=["nbval-check-output"]
print(f"{stored['images']:,} images, {stored['epochs']} epochs, seeds {stored['seeds']}")
print_table(stored["table"])

# %%
panels = {f"stored: {stored['images']:,} images, {stored['epochs']} epochs": stored["table"]}
if plan.comparison_images:
    name = f"live: {plan.comparison_images:,} images, {plan.comparison_epochs} epochs"
    panels = {name: live} | panels
figures.ablation(panels)

# %% [markdown]
# ### What the numbers say
#
# - **ReLU: −8.3 ± 2.2 points.** This is the one large effect, and it goes against the idea: with tanh the top-1 error is 39.6 %, with ReLU it is 47.9 %. The tanh network also gets more of the training images right, 76 % compared with 60 %: here it learns faster. The paper reports the opposite: with ReLU, a network with four convolutions reached a training error of 25 % on CIFAR-10 six times as fast. Our network is smaller, is initialised differently, and is trained with Adam. The learning rate alone is not the reason: at a third of that rate, in one short run each, tanh was still ahead.
# - **Overlapping pooling: +0.5 ± 1.7. Normalisation: +0.5 ± 1.9. Augmentation: −0.2 ± 1.7.** No effect can be seen: the differences are smaller than their standard deviations. That does not mean that these ideas do nothing. To detect half a point, twice the standard error $1.7/\sqrt n$ must be smaller than half a point, which takes about (2 · 1.7 / 0.5)² = 46 seeds.
# - **Dropout: −2.0 ± 1.2.** With each of the three seeds, the network was better *without* it.
# - **All five: +1.8 ± 1.1.** This is a small gain, although the two networks could hardly be more different: look at their accuracy on the training images. With none of the ideas, the network has memorised 100 % of them, and is wrong on 49.8 % of the test photographs. With everything, it gets 60 % of the training images right, and is wrong on 47.9 % of the test photographs.
#
# The last point is the most important one. Dropout and augmentation are *regularisation*: they keep a network from memorising its training images. The network with everything is far from memorising them: after 24 epochs it has not even learned enough. Regularisation cannot help a network that does not overfit.
#
# What if the network does overfit? Compare the two tanh networks: "tanh for ReLU" has the four other ideas, "none of the five" has none of them. Together, these four lower the error from 49.8 % to 39.6 %, by 10.1 ± 1.1 points, the largest effect in the table. One at a time, in a network that underfits, the same ideas showed no benefit. An ablation says what an idea adds to *this* network with *this* training. For AlexNet, with 60 million parameters and 90 epochs, things were different.
#
# ## 12. Written question (3 points, graded by hand)
#
# Answer each part in two or three sentences. Parts 1 and 2 are about the stored table above.
#
# 1. Choose one idea whose effect is clear from this table and one whose effect is not. Which numbers show this, and what would you do to find out about the second idea?
# 2. Compare the accuracy on the *training* images with and without augmentation, and with and without dropout. Why is it lower with them, and why can the network still be better on the test set?
# 3. Somebody copies AlexNet's response normalisation, with $\alpha = 10^{-4}$, into a network whose inputs are scaled to the range 0 to 1. They remove it again, see no difference, and conclude that normalisation is useless. What is wrong with this conclusion, and how would you test it?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **1.** (1 point)
#
# ### BEGIN SOLUTION
# The effect of ReLU is clear, and here it is a loss: 8.3 points with a standard deviation of 2.2 over three seeds, so a standard error of 2.2/√3 = 1.3, a sixth of the effect. The effect of overlapping pooling is not clear: 0.5 ± 1.7, standard error 1.0, so the effect could just as well be 0 or negative. More seeds (the standard error falls with the square root of their number) and a larger test set would settle it, as would a network that needs the idea, for example the one with tanh.
#
# *One point: compares the effect with its spread over seeds, and proposes more seeds or more test images.*
# ### END SOLUTION
#
# **2.** (1 point)
#
# ### BEGIN SOLUTION
# With augmentation the network never sees the same photograph twice, and with dropout a different half of the units is missing in each step, so it cannot memorise individual photographs, and the accuracy on the training images is lower. What it learns instead has to work for shifted, flipped and differently lit photographs and for many subsets of units, so the gap between training and test accuracy becomes smaller. Whether the test accuracy rises depends on whether the gap shrinks by more than the training accuracy falls, which takes enough epochs.
#
# *One point: memorising becomes harder; what counts is the gap to the test set.*
# ### END SOLUTION
#
# **3.** (1 point)
#
# ### BEGIN SOLUTION
# With inputs from 0 to 1 the squares are about 255² = 65,000 times smaller than with bytes, so α times their sum is negligible compared with k = 2, and the layer only divides everything by 2^0.75: the idea was never tested. A fair test adjusts α to the squared scale of the inputs (or looks at the values that enter the layer), and compares networks with and without normalisation over several seeds.
#
# *One point: α must fit the scale of the values; the experiment says nothing about normalisation.*
# ### END SOLUTION

# %% [markdown]
# **How far have you come?** Save the notebook and run the next cell, as often as you like.

# %%
progress()

# %% [markdown]
# ## What you have learned
#
# - AlexNet has five convolutional and three dense layers: 62,378,344 parameters in one tower, 60,965,224 in two groups, 94 % of them in the dense layers.
# - Response normalisation divides each value by a number that grows with the squares in neighbouring channels. Whether it has an effect depends on the scale of the values.
# - Overlapping pooling sees every pixel of AlexNet's maps and is less sensitive to shifts, but fewer different pixels survive. The results have the same sizes as without overlap.
# - Augmentation makes new photographs whose labels stay correct. Dropout drops and scales values in training and does nothing at inference.
# - The top-5 error counts a photograph as right if the true class is among the five best guesses.
# - An ablation leaves out one idea at a time, and repeats this with several seeds. What helped AlexNet in 2012 need not help a small network with a few thousand photographs: a method against overfitting only helps a network that overfits.
#
# ## Further reading
#
# - A. Krizhevsky, I. Sutskever, G. Hinton: "ImageNet classification with deep convolutional neural networks", NIPS 2012. The paper that this assignment follows.
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov: "Dropout: a simple way to prevent neural networks from overfitting", Journal of Machine Learning Research 15, 2014.
# - M. Zeiler, R. Fergus: "Visualizing and understanding convolutional networks", ECCV 2014. arXiv:1311.2901. What AlexNet's layers respond to, and why the first one was made finer.
# - A. Krizhevsky: "One weird trick for parallelizing convolutional neural networks", 2014. arXiv:1404.5997. One tower, but still several GPUs.
# - K. He, X. Zhang, S. Ren, J. Sun: "Delving deep into rectifiers", ICCV 2015. arXiv:1502.01852. How to initialise the weights for ReLU.
