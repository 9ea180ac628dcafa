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
# In 2012 a convolutional network won the ImageNet competition, in which photographs had to be sorted into 1,000 classes. For 15.3 % of the photographs the true class was not among its five best guesses, compared with 26.2 % for the second-best entry. The overall design was not new: LeNet-5 has the same plan. What was new was the size, and half a dozen ideas that made a network of this size trainable. You will build the network, write each idea yourself, and then measure on a small scale what each contributes.
#
# By the end of this assignment you will be able to
#
# - follow an image through AlexNet's eight layers, and say what each layer does and how many parameters it has;
# - implement local response normalisation, overlapping pooling, grouped convolution and dropout from their definitions;
# - enlarge a set of photographs with random crops, flips and colour shifts that leave the labels correct;
# - compute top-1 and top-5 error;
# - leave out one idea at a time to test whether it helps, and say when the answer is "not here".
#
# There are ten tasks and a written question, worth 32 points in all. Reading and answering take about four hours. Running everything takes about a minute and a half on 2 CPU cores; if a cell takes longer than two seconds, the text before it says so.
#
# Write your answers in the cells that say `TODO`. The cell below each answer checks it and says what is wrong; run it as often as you like. It shows only some of the checks: more run when the assignment is graded, on inputs you have not seen. All other cells are locked; to try something out, add a cell of your own.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import gc
import math
import time

import numpy as np
import tensorflow as tf

from cnnlab import budget, checks, datasets, operations, runs
from cnnlab.figures import alexnet as figures

tf.get_logger().setLevel("ERROR")  # no hints about speed: the networks in the checks are too small for them to matter

# %% [markdown]
# How long the small network at the end is trained depends on the machine. The next cell chooses a *budget*: `gpu` if TensorFlow finds a GPU, `cpu` if not, and `grading` while your work is graded. It decides how long the networks are trained and what accuracy they must reach, but never which answers are correct.

# %% tags=["budget", "seeds"]
plan = budget.choose(
    grading=budget.Training(images=2_000, epochs=6, accuracy=0.30, seconds=6),
    cpu=budget.Training(images=10_000, epochs=5, accuracy=0.42, seconds=45, comparison_images=1_000, comparison_epochs=3, comparison_seeds=2),
    gpu=budget.Training(images=50_000, epochs=20, accuracy=0.42, seconds=900, comparison_images=10_000, comparison_epochs=10, comparison_seeds=3),
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
# The first row by hand: (227 − 11) / 4 + 1 = 55. The paper says that its images have 224×224 pixels, and generations of readers have stumbled over this, because (224 − 11) / 4 + 1 = 54.25 is not a whole number. With 227, everything works out.
#
# The next cell computes the sizes layer by layer, with the formula from assignment 1. It also keeps track of the *receptive field*: the width, in pixels, of the part of the photograph that one number in a feature map depends on.

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
    print(f"{stage:14} {side:3}×{side:<3}×{channels:3}   sees {seen:3} pixels across, every {step} pixels")
print("flattened:", f"{side * side * channels:,}")

# %%
figures.stages([(stage, side, channels) for (stage, *_, channels), side in zip(STAGES, sides, strict=True)])

# %% [markdown]
# The maps become smaller and more numerous, as in LeNet-5. Notice how much the first layer shrinks the image: with its stride of 4, each of its maps has one number for every 4×4 = 16 pixels. This is what made training on 1.2 million photographs affordable in 2012.
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
# By hand, for one pixel with three channels, $r = 1$, and $k = \alpha = \beta = 1$ to keep the numbers simple:
#
# | channel | value | squares of the channel and its neighbours | sum | divided by | result |
# |---|---|---|---|---|---|
# | 0 | 1 | 1 + 4 | 5 | 1 + 5 | 0.1667 |
# | 1 | 2 | 1 + 4 + 9 | 14 | 1 + 14 | 0.1333 |
# | 2 | 3 | 4 + 9 | 13 | 1 + 13 | 0.2143 |
#
# The first and the last channel have fewer neighbours, so their sums simply have fewer terms.
#
# ### Task 1: local response normalisation (3 points)
#
# TensorFlow has a ready-made operation for this, `tf.nn.local_response_normalization`, also called `tf.nn.lrn`. Write it yourself, with NumPy or with any other TensorFlow or Keras operations. The check detects the ready-made operation under any name.

# %% nbgrader={"grade": false, "grade_id": "local_response_norm", "locked": false, "schema_version": 3, "solution": true, "task": false}
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
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
def without_ready_made(*arguments, **keywords):
    """What `local_response_norm` returns, after a check that it does not call the ready-made operation."""
    result, called = operations.recorded(local_response_norm, *arguments, **keywords)
    checks.true("LRN" not in [kind for kind, _ in called], "local_response_norm should do the sum itself, but calls TensorFlow's ready-made operation.")
    return result


pixel = np.array([1, 2, 3], "float32").reshape(1, 1, 1, 3)
what = "local_response_norm of one pixel with the channels 1, 2, 3 (radius 1, k = α = β = 1)"
normalised = checks.array(without_ready_made(pixel, 1, 1.0, 1.0, 1.0), (1, 1, 1, 3), what)
checks.close(
    np.ravel(normalised), [1 / 6, 2 / 15, 3 / 14], what,
    causes={
        "only the channel itself takes part; depth_radius channels on each side do": [1 / 2, 2 / 5, 3 / 10],
        "the neighbours were taken in a circle, or all channels were summed; beyond the first and the last there is nothing": [1 / 15, 2 / 15, 3 / 15],
        "the values were not squared": [1 / 4, 2 / 7, 3 / 6],
        "the channel itself was left out": [1 / 5, 2 / 11, 3 / 5],
        "the mean of the squares; the formula has their sum": [1 / (1 + 5 / 3), 2 / (1 + 14 / 3), 3 / (1 + 13 / 3)],
        "the mean of the squares that are there; the formula has their sum": [1 / (1 + 5 / 2), 2 / (1 + 14 / 3), 3 / (1 + 13 / 2)],
        "only the channels before were summed": [1 / 2, 2 / 6, 3 / 14],
        "multiplied; the formula divides": [6, 30, 42],
        "this is only the denominator": [6, 15, 14],
        "k was left out": [1 / 5, 2 / 14, 3 / 13],
        "the sum was squared; the formula has the sum of the squares": [1 / 10, 2 / 37, 3 / 26],
        "the array for the result has an integer dtype, which cannot hold these numbers": [0, 0, 0],
        "for the first channel the slice starts at a negative place, and is empty": [1, 2 / 15, 3 / 14],
    },
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(31)
for shape, (radius, k, strength, power) in (
    ((2, 3, 4, 7), (2, 2.0, 0.3, 0.75)),
    ((3, 5, 2, 1), (2, 1.0, 0.5, 0.5)),
    ((1, 2, 6, 4), (9, 1.5, 0.7, 0.75)),
    ((2, 4, 3, 12), (5, 2.0, 1.1, 1.25)),
    ((2, 2, 2, 5), (0, 1.0, 2.0, 0.6)),
    ((4, 6, 7, 3), (1, 0.5, 0.05, 2.0)),
):
    values = draw.normal(0, 2, shape).astype("float32")
    expected = tf.nn.local_response_normalization(values, radius, k, strength, power).numpy()
    squares = np.cumsum(np.pad(values**2, ((0, 0),) * 3 + ((radius + 1, radius),)), axis=-1)
    around = squares[..., 2 * radius + 1 :] - squares[..., : -2 * radius - 1]
    what = f"local_response_norm of random values {shape}, radius {radius}, k = {k}, α = {strength}, β = {power}"
    checks.close(checks.array(without_ready_made(values, radius, k, strength, power), shape, what), expected, what,
        causes={
            "the values come back as they were": values,
            "β was left out": values / (k + strength * around),
            "the paper's numbers are used whatever is asked for": tf.nn.local_response_normalization(values, 2, 2.0, 1e-4, 0.75).numpy(),
            "β is the power of the whole denominator, not of α times the sum": values / (k + (strength * around) ** power),
            "β is the power of the whole denominator, not of the sum": values / (k + strength * around**power),
            "k was left out": values / (strength * around) ** power,
            "the sign of the values was lost": np.abs(expected),
            "α was left out": values / (k + around) ** power,
            "α multiplies k too": values / (strength * (k + around)) ** power,
            "depth_radius counts the channels on each side; here it was taken for the number of channels": tf.nn.local_response_normalization(values, radius // 2, k, strength, power).numpy(),
            "neighbours in the same column were summed; asked for are neighbouring channels": np.moveaxis(tf.nn.local_response_normalization(np.moveaxis(values, 1, 3), radius, k, strength, power).numpy(), 3, 1),
            "neighbours in the same row were summed; asked for are neighbouring channels": np.moveaxis(tf.nn.local_response_normalization(np.moveaxis(values, 2, 3), radius, k, strength, power).numpy(), 3, 2),
        }, tolerance=1e-3, rule="The sum has the channels from i - depth_radius to i + depth_radius, as far as they exist.",
    )
loud = draw.normal(0, 150, (1, 3, 3, 9)).astype("float32")
checks.close(without_ready_made(loud), tf.nn.local_response_normalization(loud, 2, 2.0, 1e-4, 0.75).numpy(), "local_response_norm with the paper's numbers, which are its defaults",
    causes={"five channels on each side instead of five in all": tf.nn.local_response_normalization(loud, 5, 2.0, 1e-4, 0.75).numpy()}, tolerance=1e-3,
    rule="The defaults of the arguments stay as they are given, and float32 has room for the squares of large values.",
)
for name, value in (("depth_radius", 1), ("bias", 0.5), ("alpha", 0.02), ("beta", 1.5)):
    numbers = {"depth_radius": 2, "bias": 2.0, "alpha": 1e-4, "beta": 0.75} | {name: value}
    checks.close(without_ready_made(loud, **{name: value}), tf.nn.local_response_normalization(loud, **numbers).numpy(),
        f"local_response_norm with {name}={value} and the other defaults", tolerance=1e-3, rule="Each argument should be used as the formula says.")
### END HIDDEN TESTS
print("local_response_norm: all checks passed")

# %% [markdown]
# The next cell applies your function to one pixel with sixteen channels, two of which respond strongly. Three channels hold the same value, 30, but have different neighbours: look at what happens to them.

# %%
responses = np.array([4, 30, 8, 0, 2, 0, 160, 30, 12, 5, 0, 3, 1, 30, 100, 6], "float32")
figures.normalisation(responses, np.ravel(local_response_norm(responses.reshape(1, 1, 1, 16))))

# %% [markdown]
# The scale of the values matters here: with $\alpha = 10^{-4}$ the sum only begins to matter when values are around 100. AlexNet's inputs were bytes, from 0 to 255, with their mean subtracted. If the inputs are scaled to the range 0 to 1, a layer with the same $\alpha$ does little more than divide by $2^{0.75} = 1.68$. Keep this in mind for the small network below.
#
# From here on, the layer below does this work. It calls TensorFlow's operation, which gives the same results as your function but also runs inside a compiled training step.

# %% tags=["seeds"]
class ResponseNorm(tf.keras.layers.Layer):
    """Local response normalisation over five channels, with the paper's k and β."""

    def __init__(self, alpha: float = 1e-4):
        super().__init__()
        self.alpha = alpha

    def call(self, inputs):
        return tf.nn.local_response_normalization(inputs, depth_radius=2, bias=2.0, alpha=self.alpha, beta=0.75)


# %% [markdown]
# ## 3. Overlapping pooling
#
# LeNet-5's pooling windows lie side by side: 2×2 with stride 2. AlexNet's windows overlap: with 3×3 and stride 2, each window shares a row or a column of pixels with the next one.

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
# Both give two numbers. But when the number of pixels is odd, windows of 2 leave out the last pixel, and here that is the strongest response.
#
# How much of a map survives pooling? Call a pixel a *winner* if it equals the maximum of at least one window that contains it. In the table, the winners are 4 and 3 for window 2, and 4 and 5 for window 3. A pixel may win several windows: then the same number appears several times in the result, and fewer different pixels survive.
#
# ### Task 2: pooling, and its winners (3 points)

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
def pooled_and_winners(maps: np.ndarray, window: int, stride: int, what: str) -> tuple:
    """What `overlapping_pool` returns, after a check of types and shapes."""
    result = checks.call(overlapping_pool, maps, window, stride)
    checks.true(
        isinstance(result, tuple | list) and len(result) == 2,
        f"overlapping_pool should return the pair (pooled, winners), but returns {type(result).__name__}.",
    )
    number, height, width, channels = maps.shape
    tall, wide = len(range(window, height + 1, stride)), len(range(window, width + 1, stride))
    pooled = checks.array(
        result[0], (number, tall, wide, channels), f"pooled, for {what},",
        causes={
            (number, -(-height // stride), -(-width // stride), channels): "windows that reach over the edge were kept; here they lie inside the map only",
            (number, height // window, width // window, channels): "the window moved by its own size, or the last window was left out; "
                "it moves by the stride, and `range` stops before its end",
            (number, (height - stride) // window + 1, (width - stride) // window + 1, channels): "window and stride are exchanged",
            (number, tall, tall, channels): "the height of the maps was used for both axes",
            (1, tall, wide, channels): "only the first image was pooled",
            (number, (height - window) // 2 + 1, (width - window) // 2 + 1, channels): "the window always moved by 2 pixels; it moves by the stride",
        },
    )
    winners = checks.array(result[1], maps.shape, f"winners, for {what},", dtype="bool",
        causes={(number, tall, wide, channels): "one answer for each window; asked for is one for each pixel"})
    return pooled, winners


row_of_five = np.tile(np.array([1, 4, 2, 3, 5], "float32").reshape(1, 1, 5, 1), (1, 5, 1, 1))
for window, best, won in ((2, [4, 3], [0, 1, 0, 1, 0]), (3, [4, 5], [0, 1, 0, 0, 1])):
    what = f"five equal rows 1 4 2 3 5, window {window}, stride 2"
    pooled, winners = pooled_and_winners(row_of_five, window, 2, what)
    checks.close(
        pooled[0, :, :, 0], [best, best], f"pooled, for {what}",
        causes={"the average; asked for is the maximum": np.mean([row_of_five[0, 0, start : start + window, 0] for start in (0, 2)], axis=1) * np.ones((2, 1))},
    )
    checks.close(
        winners[0, 0, :, 0], np.array(won, bool), f"winners in the first row, for {what}",
        causes={
            "these are the pixels that some window has seen": [1, 1, 1, 1, window == 3],
            "True and False are exchanged": 1 - np.array(won),
        },
    )
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(37)
for shape, window, stride, levels in (
    ((1, 6, 9, 2), 2, 2, 0), ((2, 11, 8, 3), 3, 2, 0), ((2, 7, 7, 2), 3, 1, 4), ((1, 9, 10, 1), 2, 3, 0),
    ((3, 5, 12, 2), 4, 2, 3), ((1, 4, 4, 2), 4, 1, 0), ((2, 6, 5, 1), 1, 2, 0), ((2, 8, 6, 4), 3, 3, 0),
):
    values = draw.normal(-1, 1, shape).astype("float32") if levels == 0 else -draw.integers(0, levels, shape).astype("float32")
    what = f"random maps {shape}, window {window}, stride {stride}"
    pooled, winners = pooled_and_winners(values, window, stride, what)
    largest = np.asarray(tf.nn.max_pool2d(values, window, stride, "VALID"))
    checks.close(pooled, largest, f"pooled, for {what}",
        causes={"the average; asked for is the maximum": np.asarray(tf.nn.avg_pool2d(values, window, stride, "VALID")),
            "it was compared with zeros; a maximum may be below 0": np.maximum(largest, 0),
            "the maximum of all channels; each channel has its own": np.broadcast_to(largest.max(axis=3, keepdims=True), largest.shape),
            "the array for the result has an integer dtype, which cuts off what follows the point": np.trunc(largest)},
        rule="Each window starts at a multiple of the stride and is as large as `window` says.",
    )
    wins, chances, latest, firsts = (np.zeros(shape, int) for _ in range(4))
    for image, line, column, channel in np.ndindex(*largest.shape):
        spot = np.s_[image, line * stride : line * stride + window, column * stride : column * stride + window, channel]
        best = values[spot] == largest[image, line, column, channel]
        wins[spot] += best
        chances[spot] += 1
        latest[spot] = best
        firsts[spot] |= np.cumsum(best).reshape(window, window) * best == 1
    checks.close(winners, wins > 0, f"winners, for {what}",
        causes={
            "only pixels that win every window in which they lie": (wins == chances) & (chances > 0),
            "a later window erased what an earlier one had found; a pixel that wins once stays a winner": latest,
            "where pixels are equal, all of them win; here only the first does": firsts,
            "pixels in no window count as winners": (wins > 0) | (chances == 0),
            "these are the pixels that some window has seen": chances > 0,
            "a pixel wins only in a window in which it lies; equal pixels elsewhere do not": np.isin(values, largest),
        }, rule="Each pixel should be compared with the maximum of each window in which it lies.",
    )
### END HIDDEN TESTS
print("overlapping_pool: all checks passed")

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
        print(f"{side}×{side}    {window}×{window} / 2   {pooled.shape[1]}×{pooled.shape[2]:<3}   {seen:6.1%}   {winners.mean():5.1%}     {change:.2f}")

# %% [markdown]
# - The *sizes* of the results are the same: 27, 13 and 6. Overlap costs no memory here.
# - All three maps have odd sizes, so windows of 2 never see the last row and the last column; at 13×13 they make up 15 % of the map.
# - With windows of 3, *fewer* different pixels survive, although every pixel is seen: a strong pixel can win up to four windows. The result repeats strong responses and drops weak ones.
# - In return, the result changes a little less when the image is shifted by one pixel. That is what pooling is for.
#
# Now the same on a real feature map. An edge filter (the difference between the right and the left neighbour, then ReLU) is applied to the photograph of a ship. Orange points mark the winners above 0.

# %%
ship = datasets.photographs()["ship"].astype("float32").mean(axis=-1)
edges = np.maximum(ship[:, 2:] - ship[:, :-2], 0)[np.newaxis, :29, :29, np.newaxis]
figures.pooled(edges[0, :, :, 0], {
    f"{window}×{window}, stride 2": tuple(np.asarray(part)[0, :, :, 0] for part in overlapping_pool(edges, window, 2))
    for window in (2, 3)
})

# %% [markdown]
# The paper reports that overlap lowered the top-1 error by 0.4 and the top-5 error by 0.3 percentage points (both are defined below), an effect that only a large test set can show.
#
# ## 4. Two GPUs: grouped convolution
#
# In 2012 a GPU had 3 GB of memory, too little for AlexNet, so half of the channels were kept on one GPU and half on another. In layers 2, 4 and 5 a kernel sees only the channels on its own GPU; layer 3 and the dense layers see the channels on both. A convolution that is split in this way is called a *grouped convolution*.

# %%
figures.groups(inputs=8, outputs=6)

# %% [markdown]
# By hand, with 1×1 kernels, four input channels, two output channels and two groups. The pixel is (1, 2, 3, 4), and both kernels are (10, 1). The first group sees the values 1 and 2: 10·1 + 1·2 = 12. The second group sees 3 and 4: 10·3 + 1·4 = 34.
#
# All kernels are stored in one array of shape (height, width, inputs / groups, outputs). Its third axis covers only the channels that *one group sees*. The first outputs / groups kernels belong to the first group, and so on.
#
# ### Task 3: grouped convolution (3 points)
#
# TensorFlow's convolution forms groups automatically when the images have more channels than the kernels see. Here you do this yourself. Build the grouped convolution from ordinary convolutions (`tf.nn.conv2d`, or Keras's), each of which gets exactly the channels that its kernels see. `tf.split` and `tf.concat` help. You may also use one large ordinary convolution whose kernels are zero for the channels of the other groups.

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
        the number of groups, which divides inputs and outputs. With 1 this is an ordinary convolution.
    stride, padding
        as in `tf.nn.conv2d`; padding is "SAME" or "VALID".

    Returns
    -------
    tf.Tensor
        (or an array) of shape (n, rows, columns, outputs), in the order of the kernels, without a bias.
    """
    ### BEGIN SOLUTION
    seen = tf.split(images, groups, axis=3)
    kernels = tf.split(kernel, groups, axis=3)
    results = [tf.nn.conv2d(*pair, stride, padding) for pair in zip(seen, kernels, strict=True)]
    return tf.concat(results, axis=3)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_grouped_convolution", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def with_ordinary_convolutions(*arguments, **keywords):
    """What `grouped_convolution` returns, after a check that every convolution gets the channels that its kernels see."""
    result, called = operations.recorded(grouped_convolution, *arguments, **keywords)
    for kind, shapes in called:
        if kind == "Conv2D" and shapes[0]:
            channels, seen = shapes[0][-1], shapes[1][2]
            checks.true(
                channels == seen,
                f"A convolution got {channels} channels and kernels that see {seen}: TensorFlow splits them into groups by itself, "
                "which is your task here. Split the channels of the images, and the kernels.",
            )
    return result


four_channels = np.array([1, 2, 3, 4], "float32").reshape(1, 1, 1, 4)
ten_and_one = np.array([[10, 10], [1, 1]], "float32").reshape(1, 1, 2, 2)
result = checks.array(
    with_ordinary_convolutions(four_channels, ten_and_one, 2), (1, 1, 1, 2), "grouped_convolution of one pixel in two groups",
    causes={
        (1, 1, 1, 4): "each group used all kernels; the kernels are split, too",
        (1, 1, 1, 1): "the groups were added up; their channels are put side by side",
        (2, 1, 1, 1): "the groups were joined along the images; join them along the channels",
    },
)
checks.close(
    np.ravel(result), [12, 34], "grouped_convolution of one pixel in two groups",
    causes={
        "the groups are exchanged": [34, 12],
        "each group took every second channel; a group is a run of neighbouring channels": [13, 24],
        "both groups saw the first channels": [12, 12],
        "both groups saw the last channels": [34, 34],
        "the groups were added up": [46, 46],
    },
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(41)
for inputs, outputs, groups, size, stride, padding in (
    (6, 4, 2, (3, 3), 1, "SAME"), (6, 9, 3, (5, 5), 2, "VALID"), (4, 4, 4, (3, 3), 1, "VALID"),
    (5, 3, 1, (3, 3), 2, "SAME"), (8, 4, 2, (2, 3), 3, "SAME"), (2, 12, 2, (1, 1), 1, "SAME"),
):
    values = draw.normal(size=(2, 9, 11, inputs)).astype("float32")
    weights = draw.normal(size=(*size, inputs // groups, outputs)).astype("float32")
    dense = np.zeros((*size, inputs, outputs), "float32")  # the same as one large kernel that is zero between the groups
    for channel in range(inputs):
        for output in range(outputs):
            if channel * groups // inputs == output * groups // outputs:
                dense[:, :, channel, output] = weights[:, :, channel % (inputs // groups), output]
    expected = np.asarray(tf.nn.convolution(values, dense, strides=stride, padding=padding))
    unmoved = np.asarray(tf.nn.convolution(values, dense, strides=1, padding=padding))
    what = f"grouped_convolution with {inputs} inputs, {outputs} outputs, {groups} groups, kernel {size[0]}×{size[1]}, stride {stride}, padding {padding}"
    result = checks.array(with_ordinary_convolutions(values, weights, groups, stride, padding), expected.shape, what,
        causes={unmoved.shape: "stride was not handed on",
            (*expected.shape[:2], *unmoved.shape[2:]): "the stride was used for the rows only; it is meant for the columns, too",
            np.asarray(tf.nn.convolution(values, dense, strides=stride, padding="SAME")).shape: "padding was not handed on"},
    )
    order = np.arange(outputs).reshape(groups, -1)
    checks.close(result, expected, what,
        causes={"the outputs of the groups alternate; put one group behind the other": expected[..., order.T.ravel()],
        "the groups are in reverse order": expected[..., order[::-1].ravel()],
        "the kernel was turned by 180 degrees; here it is laid on the image as it is": np.asarray(tf.nn.convolution(values, dense[::-1, ::-1], strides=stride, padding=padding)),
        "negative values were set to 0; a convolution has no ReLU": np.maximum(expected, 0)}, tolerance=1e-3,
        rule="Each group has its own channels and its own kernels.")
for stride, padding in ((2, "SAME"), (1, "VALID")):
    tensors = tf.constant(values), tf.constant(weights)
    checks.close(with_ordinary_convolutions(*tensors, groups, stride=stride, padding=padding), np.asarray(tf.nn.convolution(values, dense, strides=stride, padding=padding)),
        f"grouped_convolution of tensors, stride {stride}, padding {padding}", tolerance=1e-3, rule="Images and kernel may be arrays or tensors.")
checks.array(
    with_ordinary_convolutions(np.ones((1, 4, 5, 2), "float32"), np.ones((3, 3, 1, 2), "float32"), 2), (1, 4, 5, 2),
    "grouped_convolution without stride and padding",
    causes={(1, 2, 3, 2): "the defaults of the stub were changed: they are stride 1 and padding SAME"},
)
### END HIDDEN TESTS
print("grouped_convolution: all checks passed")

# %% [markdown]
# How does grouping affect the number of parameters? Each kernel of a grouped layer sees fewer channels, so it has fewer weights, but the number of kernels stays the same. With two groups, a 5×5 kernel in layer 2 sees 48 channels instead of 96. Layer 3 is not split: its kernels are 3×3×256. In layers 4 and 5 the kernels are 3×3×192.
#
# ### Task 4: the kernels of the eight layers (2 points)

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
def kernel_shapes(*arguments: int) -> list:
    """What `alexnet_kernels` returns, as a list of tuples, after a check of its form."""
    what = checks.describe_call(alexnet_kernels, arguments)
    result = checks.call(alexnet_kernels, *arguments)
    checks.true(isinstance(result, list | tuple), f"{what} should be a list of eight shapes, but is of type {type(result).__name__}.")
    checks.same(len(result), 8, f"the number of shapes in {what}", causes={5: "the three dense layers are missing", 11: "pooling has no weights"})
    checks.true(all(hasattr(shape, "__len__") for shape in result),
        f"{what} should hold shapes such as (4096, 1000), but begins with {result[0]}. Asked for are the shapes of the arrays, not how many weights they hold.")
    return [
        checks.whole_numbers(shape, 4 if place < 5 else 2, f"{what}, layer {place + 1}") for place, shape in enumerate(result)
    ]


checks.same(kernel_shapes(2, 10)[1], (5, 5, 48, 256), "layer 2 with two groups", causes={
    (5, 5, 96, 256): "a kernel sees the channels of its own group only",
    (5, 5, 48, 128): "all kernels of the layer are stored together, those of both groups",
    (5, 5, 96, 128): "there are as many kernels as before, but each sees fewer channels",
    (5, 5, 256, 48): "the channels that a kernel sees come before the number of kernels",
    (5, 5, 3, 256): "layer 2 sees the 96 channels of layer 1, or with two groups half of them",
})
checks.same(kernel_shapes(2, 10)[2], (3, 3, 256, 384), "layer 3 with two groups", causes={
    (3, 3, 128, 384): "layer 3 is not split; it sees both groups", (3, 3, 96, 384): "layer 3 sees the 256 channels of layer 2",
})
checks.same(kernel_shapes(2, 10)[7], (4096, 10), "layer 8 with 10 classes", causes={(4096, 1000): "`classes` was not used", (10, 4096): "inputs come first, units second"})
### BEGIN HIDDEN TESTS
for groups, classes, total in ((1, 1000, 62_378_344), (2, 1000, 60_965_224), (2, 10, 56_909_194), (4, 37, None), (1, 5, None)):
    shapes = kernel_shapes(groups, classes)
    plain = ((11, 3, 96), (5, 96, 256), (3, 256, 384), (3, 384, 384), (3, 384, 256))
    for place, ((size, below, kernels), found) in enumerate(zip(plain, shapes[:5], strict=True)):
        split = groups if place in (1, 3, 4) else 1
        checks.same(found, (size, size, below // split, kernels), f"layer {place + 1} with groups={groups}", causes={
            (size, size, below // 2 if place in (1, 3, 4) else 0, kernels): "the number of groups is an argument, not always two",
            (size, size, below, kernels): "this layer is split, too", (size, size, below // groups, kernels): "this layer is not split",
            (size, size, kernels, below // split): "channels come before kernels",
        }, rule="A kernel sees the channels of the layer before, divided by the groups where the layer is split.")
    for place, wanted in ((5, (9216, 4096)), (6, (4096, 4096)), (7, (4096, classes))):
        checks.same(shapes[place], wanted, f"layer {place + 1} with {groups} groups and {classes} classes", causes={
            (9216 // groups, 4096): "the dense layers see both groups", wanted[::-1]: "inputs come first, units second", (256, 4096): "the 6×6 maps are flattened", (43264, 4096): "a pooling follows layer 5",
            (4096, 1000): "`classes` was not used", (wanted[0] + 1, wanted[1]): "the bias was counted as one more input; it is an array of its own",
        })
    if total is not None:
        checks.same(sum(math.prod(shape) + shape[-1] for shape in shapes), total, f"all weights and biases with {groups} groups and {classes} classes")
checks.true(kernel_shapes() == kernel_shapes(1, 1000), "alexnet_kernels() should be alexnet_kernels(1, 1000): the defaults stay as they are given.")
### END HIDDEN TESTS
print("alexnet_kernels: all checks passed")

# %% tags=["nbval-check-output"]
whole, split = alexnet_kernels(1), alexnet_kernels(2)
counts = [math.prod(shape) + shape[-1] for shape in whole]
split_counts = [math.prod(shape) + shape[-1] for shape in split]
print("layer   one tower            parameters   two groups           parameters")
for layer in range(8):
    shapes = ["×".join(map(str, shape)) for shape in (whole[layer], split[layer])]
    print(f"{layer + 1}       {shapes[0]:18} {counts[layer]:12,}   {shapes[1]:18} {split_counts[layer]:12,}")
print(f"all     {'':18} {sum(counts):12,}   {'':18} {sum(split_counts):12,}")
print(f"layer 6 alone holds {counts[5] / sum(counts):.1%}, the five convolutions together {sum(counts[:5]) / sum(counts):.1%}")

# %%
figures.parameters(counts, split_counts)

# %% [markdown]
# Compared with one tower (no groups), two groups save 1,413,120 parameters. This is a lot for the convolutions but not much for the whole network: 94 % of the parameters are in the dense layers. For AlexNet, grouping was a way to use two GPUs. Later networks use it to save computation.
#
# ## 5. The whole network
#
# Now turn the table in section 1 into a class with three arguments:
#
# - `groups`: the number of groups into which layers 2, 4 and 5 are split. `tf.keras.layers.Conv2D` has an argument of this name; two convolutions on the two halves from `tf.split` work just as well.
# - `classes`: the number of logits.
# - `units`: the number of units in each of layers 6 and 7. The original has 4,096; the check also uses fewer, because it takes half a second to initialise layer 6 alone.
#
# Use `ResponseNorm()` for the normalisation, after the ReLU of layers 1 and 2 and before the pooling. Dropout with rate 0.5 is applied to the outputs of layers 6 and 7, during training only; `tf.keras.layers.Dropout` takes care of this. The argument `training` of `call` says whether the network is being trained; if you do not pass it on to a layer, Keras does. You will write dropout by hand in task 8.
#
# `feature_maps` returns the eight maps listed in the printout in section 1. A convolution's map is taken after its ReLU and, in layers 1 and 2, after the normalisation. `call` continues to the logits.
#
# ### Task 5: AlexNet (5 points)

# %% nbgrader={"grade": false, "grade_id": "AlexNet", "locked": false, "schema_version": 3, "solution": true, "task": false}
class AlexNet(tf.keras.Model):
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
            tf.keras.layers.Conv2D(96, 11, strides=4, activation="relu"),
            tf.keras.layers.Conv2D(256, 5, padding="same", groups=groups, activation="relu"),
            tf.keras.layers.Conv2D(384, 3, padding="same", activation="relu"),
            tf.keras.layers.Conv2D(384, 3, padding="same", groups=groups, activation="relu"),
            tf.keras.layers.Conv2D(256, 3, padding="same", groups=groups, activation="relu"),
        ]
        self.normalise = ResponseNorm()
        self.pool = tf.keras.layers.MaxPooling2D(3, 2)
        self.flatten = tf.keras.layers.Flatten()
        self.hidden = [tf.keras.layers.Dense(units, activation="relu") for _ in range(2)]
        self.drop = [tf.keras.layers.Dropout(0.5) for _ in range(2)]
        self.last = tf.keras.layers.Dense(classes)
        ### END SOLUTION

    def feature_maps(self, images) -> list:
        """A list of eight maps: convolution 1, pooling 1, convolution 2, pooling 2, convolutions 3 to 5, pooling 5.

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
# The check builds small and full-size networks, which takes about 5 seconds.

# %% nbgrader={"grade": true, "grade_id": "test_AlexNet", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
IN_CONVOLUTIONS = {1: (34_944, 614_656, 885_120, 1_327_488, 884_992), 2: (34_944, 307_456, 885_120, 663_936, 442_624)}  # weights and biases, by number of groups
ALEXNET_MAPS = tuple((stage, (side, side, channels)) for (stage, *_, channels), side in zip(STAGES, sides, strict=True))
MAP_CAUSES = {
    (57, 57, 96): "the first convolution has no padding",
    (217, 217, 96): "the first convolution has stride 4",
    (109, 109, 96): "the first convolution has stride 4",
    (54, 54, 96): "the photograph has 227 pixels, not 224; 11×11 without padding gives 55",
    (28, 28, 96): "the pooling has no padding",
    (53, 53, 96): "the pooling moves by 2 pixels",
    (18, 18, 96): "the pooling window is 3×3, but it moves by 2: stride 2",
    (23, 23, 256): "layer 2 pads, so that 27 stays 27",
    (9, 9, 256): "the pooling window is 3×3, but it moves by 2: stride 2",
    (11, 11, 384): "layers 3 to 5 pad, so that 13 stays 13",
    (4, 4, 256): "the pooling window is 3×3, but it moves by 2: stride 2",
    (7, 7, 256): "the pooling has no padding",
}
speckle = np.random.default_rng(3).normal(0, 70, (2, 227, 227, 3)).astype("float32")
network = checks.call(AlexNet, groups=1, classes=10, units=32)
checks.true(isinstance(network, tf.keras.Model), "AlexNet() should be a tf.keras.Model.")
maps = checks.call(network.feature_maps, speckle)
checks.true(isinstance(maps, list | tuple), f"feature_maps should return a list of eight, but returns {type(maps).__name__}.")
checks.same(len(maps), 8, "how many items feature_maps returns", causes={5: "the three pooled maps are missing", 9: "the flattened vector is not among them", 1: "only the last map was returned"})
for (stage, shape), values in zip(ALEXNET_MAPS, maps, strict=True):
    causes = {(2, *wrong): text for wrong, text in MAP_CAUSES.items() if wrong != shape}
    checks.array(values, (2, *shape), f"feature_maps, {stage},", causes=causes)
logits = checks.array(checks.call(network, speckle), (2, 10), "the output of AlexNet(classes=10) for two photographs",
    causes={(2, 1000): "`classes` is not used", (2, 32): "layer 8 is missing", (2, 9216): "the dense layers are missing"})
small_count = sum(IN_CONVOLUTIONS[1]) + (9216 + 1) * 32 + (32 + 1) * 32 + (32 + 1) * 10
checks.same(network.count_params(), small_count, "the number of parameters of AlexNet(groups=1, classes=10, units=32)", causes={
    small_count - (32 + 1) * 32: "one of the layers 6 and 7 is missing, or they are one and the same layer",
    small_count - sum(IN_CONVOLUTIONS[1]) + sum(IN_CONVOLUTIONS[2]): "the layers are split into two groups; `groups` is 1 here",
    small_count - 1376: "the convolutions have no bias",
    small_count - 74: "the dense layers have no bias",
    sum(IN_CONVOLUTIONS[1]) + (9216 + 1) * 4096 + (4096 + 1) * 4096 + (4096 + 1) * 10: "`units` is not used",
    0: "the layers are made in call; they belong in __init__",
})
checks.true(
    not np.allclose(np.sum(logits, axis=1), 1, atol=1e-4),
    "The outputs of each photograph add up to 1: these are probabilities. Likely cause: softmax in the last layer; asked for are logits.",
)
### BEGIN HIDDEN TESTS
def joined_kernels(network, size, below, kernels, groups):
    """Every way to read a layer's kernel from the weights: one array, or one a group in either order."""
    parts = [weight for weight in network.get_weights() if weight.shape[:-1] == (size, size, below // groups)]
    one = [weight for weight in parts if weight.shape[-1] == kernels]
    several = [weight for weight in parts if weight.shape[-1] == kernels // groups]
    if one or len(several) != groups:
        return one
    return [np.concatenate(several, axis=-1), np.concatenate(several[::-1], axis=-1)]


def relu(values):
    return np.maximum(values, 0)


def competing(values):
    return tf.nn.local_response_normalization(values, 2, 2.0, 1e-4, 0.75).numpy()


for groups in (1, 2):
    variant = f"AlexNet(groups={groups}, classes=7, units=48)"
    network = AlexNet(groups=groups, classes=7, units=48)
    network(speckle[:1])
    checks.same(network.count_params(), sum(IN_CONVOLUTIONS[groups]) + 9217 * 48 + 49 * 48 + 49 * 7, f"the number of parameters of {variant}",
        causes={sum(IN_CONVOLUTIONS[1]) + 9217 * 48 + 49 * 48 + 49 * 7: "`groups` is not used", sum(IN_CONVOLUTIONS[2]) + 9217 * 48 + 49 * 48 + 49 * 7: "`groups` is not used",
            sum(IN_CONVOLUTIONS[2]) - 885_120 // 2 + 192 + 9217 * 48 + 49 * 48 + 49 * 7: "layer 3 is split, too"})
    draw = np.random.default_rng(43)
    chosen = [np.full(array.shape, 0.4, "float32") if array.ndim == 1
        else draw.normal(0, math.sqrt(2 / math.prod(array.shape[:-1])), array.shape).astype("float32") for array in network.get_weights()]
    network.set_weights(chosen)
    found = [np.asarray(values) for values in network.feature_maps(speckle[:1])]
    layers = ((0, 11, 3, 96, 1, 4, "VALID", speckle[:1]), (2, 5, 96, 256, groups, 1, "SAME", found[1]), (4, 3, 256, 384, 1, 1, "SAME", found[3]),
        (5, 3, 384, 384, groups, 1, "SAME", found[4]), (6, 3, 384, 256, groups, 1, "SAME", found[5]))
    for place, size, below, kernels, split_into, stride, padding, before in layers:
        stage = f"{variant}, {STAGES[place][0]}"
        ways = joined_kernels(network, size, below, kernels, split_into)
        checks.true(ways, f"{stage}: there should be kernels of {size}×{size}×{below // split_into}, {kernels} in all.")
        finish = (lambda values: competing(relu(values))) if place <= 2 else relu
        linear = [tf.nn.conv2d(before, kernel, stride, padding).numpy() + 0.4 for kernel in ways]
        pick = min(linear, key=lambda values: float(np.abs(finish(values) - found[place]).max()))
        wanted = finish(pick)
        scale = float(wanted.std())
        causes = {"the ReLU is missing": (competing(pick) if place <= 2 else pick) / scale, "the normalisation is missing between the ReLU and the pooling": relu(pick) / scale,
            "the normalisation comes before the ReLU, not after it": relu(competing(pick)) / scale,
            "only layers 1 and 2 are normalised": competing(relu(pick)) / scale}
        checks.close(found[place] / scale, wanted / scale, stage, causes=causes, tolerance=2e-3,
            rule="A stage is a convolution with the table's stride and padding, ReLU and, in layers 1 and 2, normalisation.")
    for place in (1, 3, 7):
        above, scale = found[place - 1], float(found[place - 1].std())
        causes = {"average pooling; AlexNet takes the maximum": tf.nn.avg_pool2d(above, 3, 2, "VALID").numpy() / scale,
            "the windows are 2×2; AlexNet's are 3×3": tf.nn.max_pool2d(above, 2, 2, "VALID").numpy() / scale}
        checks.close(found[place] / scale, tf.nn.max_pool2d(above, 3, 2, "VALID").numpy() / scale,
            f"{variant}, {STAGES[place][0]}", causes=causes, tolerance=2e-3,
            rule="It should be the map before it, pooled.")
    by_shape = {weight.shape: weight for weight in network.get_weights()}
    checks.true({(9216, 48), (48, 48), (48, 7)} <= set(by_shape), f"{variant} should have dense layers 9216 → 48 → 48 → 7.")
    flat = found[7].reshape(1, 9216)
    first = relu(flat @ by_shape[9216, 48] + 0.4)
    second = relu(first @ by_shape[48, 48] + 0.4)
    last = second @ by_shape[48, 7] + 0.4
    scale = float(np.abs(last).max())
    checks.close(network(speckle[:1]).numpy() / scale, last / scale, f"{variant}, logits computed from its last map, not in training",
        causes={"layers 6 and 7 have no ReLU": (((flat @ by_shape[9216, 48] + 0.4) @ by_shape[48, 48] + 0.4) @ by_shape[48, 7] + 0.4) / scale,
            "layer 8 has a ReLU; logits have none": relu(last) / scale,
            "softmax in layer 8; asked for are logits": np.asarray(tf.nn.softmax(last)) / scale},
        tolerance=2e-3, rule="Outside training, layers 6, 7 and 8 are dense layers, the first two with ReLU, and dropout does nothing.")
    network = found = layers = by_shape = None
network = AlexNet(classes=64, units=64)
network(speckle[:1])
network.set_weights([np.full(weight.shape, 1 / 3686.4, "float32") if weight.shape == (9216, 64) else np.eye(64, dtype="float32") if weight.shape == (64, 64)
    else np.full(weight.shape, 0.4 * (weight.shape[0] > 64), "float32") if weight.ndim == 1 else np.zeros(weight.shape, "float32") for weight in network.get_weights()])
one = float(network(speckle[:1], training=False)[0, 0])  # every unit of layers 6 to 8 now hands this number on
checks.true(one > 0 and np.allclose(network(speckle), one, rtol=1e-3), "Not in training, dropout should do nothing.")
multiples = np.asarray(network(speckle, training=True)) / one
checks.true(not np.allclose(multiples, 1, atol=1e-2), "In training nothing is dropped. Dropout should follow `training` after layers 6 and 7.")
checks.true(np.all((np.abs(multiples) < 1e-3) | (np.abs(multiples - 4) < 1e-2)),
    f"With dropout of rate 0.5 after layers 6 and 7, a value is either dropped or doubled twice, so multiplied by 0 or 4 here, but multiples are {', '.join(f'{value:.2f}' for value in np.unique(multiples.round(2))[:5])}."
    + (" Likely cause: one dropout only." if np.all((np.abs(multiples) < 1e-3) | (np.abs(multiples - 2) < 1e-2)) else ""))
checks.true(0.08 < (multiples > 1).mean() < 0.45, "With dropout of rate 0.5 after layers 6 and 7 about a quarter of the values should be left in training.")
network = None
gc.collect(2)
### END HIDDEN TESTS
network = AlexNet()
full_size = checks.array(checks.call(network, speckle[:1]), (1, 1000), "the output of AlexNet() for one photograph",
    causes={(1, 10): "the default of `classes` is 1000"})
checks.same(network.count_params(), 62_378_344, "the number of parameters of AlexNet()",
    causes={60_965_224: "two groups; the default is one", 0: "the layers are made in call"},
    rule="The default of `units` is 4096.")
del network
gc.collect()  # its weights take 250 MB
print("AlexNet: all checks passed")

# %% [markdown]
# This network is not trained here: on 2 CPU cores, one epoch of ImageNet would take weeks. In 2012 two GPUs needed five to six days for 90 epochs. The rest of the assignment works on a smaller scale.
#
# ## 6. Small photographs
#
# CIFAR-10 contains colour photographs of 32×32 pixels in ten classes. The course comes with a subset of 10,000 for training and 2,000 for testing, with the same number from each class. With a GPU, the next cell downloads the full set of 50,000 and 10,000; if that fails, it says so and continues with the subset. Loading takes about a second.

# %% tags=["seeds"]
try:
    (train_images, train_labels), (test_images, test_labels) = datasets.cifar10(full=plan.budget == "gpu")
except datasets.DataError as missing:
    print(missing)
    (train_images, train_labels), (test_images, test_labels) = datasets.cifar10()

CLASSES = datasets.CIFAR10_CLASSES
small_photographs = train_images[: plan.images].astype("float32") / 255
small_labels = train_labels[: plan.images]
test_photographs = test_images.astype("float32") / 255

# %%
print("training", small_photographs.shape, small_photographs.dtype, "from", small_photographs.min(), "to", small_photographs.max())
print("test    ", test_photographs.shape)
figures.photographs(train_images[:30], [CLASSES[label] for label in train_labels[:30]])

# %% [markdown]
# ## 7. Data augmentation
#
# A cat is still a cat if it sits a little further to the left, if it looks the other way, or if the light is warmer. *Data augmentation* makes use of this: each time a photograph is shown to the network, it is cropped, flipped and coloured a little differently, while the label stays the same. AlexNet has 60 million parameters and was trained on 1.2 million photographs. Its authors write that without augmentation it overfits so much that they would have had to use a far smaller network.
#
# ### The principal components of colour
#
# How does light change a photograph? It does not shift red, green and blue independently. In photographs the three are strongly correlated: a pixel that is bright in red is usually bright in green and blue as well. The *principal components* are the directions in which colours actually vary. To find them, treat every pixel as a point with three coordinates. Then:
#
# 1. compute the mean colour and the 3×3 *covariance matrix* $C$ of the three channels around this mean;
# 2. find its *eigenvectors* $p_1, p_2, p_3$, which have length 1 and are perpendicular to each other, and the *eigenvalues* $\lambda_1 \ge \lambda_2 \ge \lambda_3$, with $C p_i = \lambda_i p_i$. The eigenvalue $\lambda_i$ is the variance of the pixels along $p_i$.
#
# By hand, with only two pixels: (0.2, 0.2, 0.2) and (0.6, 0.6, 0.6). The mean is 0.4 in each channel, and the deviations from it are ±0.2. Each entry of $C$ is 0.04 (dividing by the number of pixels, 2). The first component is grey, $p_1 = (1, 1, 1)/\sqrt 3$, with $\lambda_1 = 3 \cdot 0.04 = 0.12$; nothing varies in the other two directions, so $\lambda_2 = \lambda_3 = 0$.
#
# ### Task 6: the components (2 points)
#
# `np.linalg.eigh` finds the eigenvalues and eigenvectors of a symmetric matrix. Check in its documentation in what order it returns them, and whether the eigenvectors are rows or columns.

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
        directions: of shape (3, 3). Column i is the eigenvector of eigenvalue i; it has length 1 and
        either sign. The columns are perpendicular to each other, even if eigenvalues are equal.
    """
    ### BEGIN SOLUTION
    pixels = images.reshape(-1, 3)
    variances, directions = np.linalg.eigh(np.cov(pixels, rowvar=False, bias=True))
    return variances[::-1], directions[:, ::-1]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_colour_components", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def measured_components(images: np.ndarray, what: str) -> tuple:
    """What `colour_components` returns, after a check of types and shapes."""
    result = checks.call(colour_components, images)
    checks.true(
        isinstance(result, tuple | list) and len(result) == 2,
        f"colour_components should return the pair (variances, directions), but returns {type(result).__name__}.",
    )
    variances = checks.array(result[0], (3,), f"the variances of {what}", causes={
        (3, 3): "the variances come first, the directions second",
        (images.size // 3,): "the covariance of the pixels was taken; asked for is that of the three channels, and np.cov wants one channel in each row",
    })
    directions = checks.array(result[1], (3, 3), f"the directions of {what}")
    return variances.astype("float64"), directions.astype("float64")


two_greys = np.array([[[[0.2] * 3, [0.6] * 3]]], "float32")
variances, directions = measured_components(two_greys, "two grey pixels")
shown = ", ".join(f"{value:.4f}" for value in variances)
explained = {
    (0, 0, 0.12): "the smallest comes first; asked for is the largest", (0, 0, 0.24): "the smallest comes first; asked for is the largest",
    (0.6, 0, 0): "the mean was not subtracted", (1.2, 0, 0): "the mean was not subtracted",
    (0.12**0.5, 0, 0): "these are standard deviations", (0.24**0.5, 0, 0): "these are standard deviations",
    (3, 0, 0): "these belong to the correlation matrix; asked for is the covariance",
    (0, 0, 0): "the mean colour of each image was taken; every pixel counts by itself",
}
likely = [text for wrong, text in explained.items() if np.abs(variances - wrong).max() < 1e-3]
checks.true(
    min(abs(variances[0] - 0.12), abs(variances[0] - 0.24)) < 1e-3 and np.abs(variances[1:]).max() < 1e-3,
    f"the variances of two grey pixels should be 0.12, 0, 0 (or 0.24, 0, 0 if divided by one less), but are {shown}. "
    + (f"Likely cause: {likely[0]}." if likely else "They are the eigenvalues of the covariance matrix, the largest first."),
)
checks.close(
    np.abs(directions[:, 0]), np.full(3, 3**-0.5), "the first column of the directions of two grey pixels, without signs",
    causes={
        "the vector does not have length 1": np.ones(3),
        **({"rows and columns are exchanged; each column should be a direction": np.abs(directions[:, 0])}
           if np.abs(np.abs(directions[0]) - 3**-0.5).max() < 1e-3 else {}),
    },
    rule="Each column of the directions has length 1 and belongs to the variance at the same position.",
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(47)
for shape, spread in (((5, 23, 31, 3), (0.22, 0.05, 0.02)), ((40, 8, 9, 3), (0.3, 0.2, 0.1)), ((1, 60, 70, 3), (0.04, 0.03, 0.01))):
    axes = np.linalg.qr(draw.normal(size=(3, 3)))[0]
    colours = (0.3 + (draw.normal(size=(math.prod(shape[:3]), 3)) * spread) @ axes.T).reshape(shape)
    colours = (colours + draw.normal(0, 0.1, (shape[0], 1, 1, 3))).astype("float32")  # each image has a mean of its own
    what = f"random colours {shape}"
    variances, directions = measured_components(colours, what)
    checks.true(np.all(np.diff(variances) < 0), f"the variances of {what} should fall, the largest first and each one below the one before, but are {variances}.")
    checks.close(directions.T @ directions, np.eye(3), f"directionsᵀ·directions of {what}, which should be the unit matrix", tolerance=1e-3,
        rule="The columns should have length 1 and be at right angles to each other.")
    flat = colours.reshape(-1, 3).astype("float64")
    matrix = np.cov(flat, rowvar=False, bias=True)
    along, across = directions.T @ matrix @ directions, directions @ matrix @ directions.T
    aligned, swapped = (np.abs(turned / np.sqrt(np.outer(np.diag(turned), np.diag(turned))) - np.eye(3)).max() < 0.01 for turned in (along, across))
    checks.true(aligned, f"Along the directions of {what} the colours should be uncorrelated, but they are not."
        + (" Likely cause: rows and columns are exchanged; each column should be a direction." if swapped else " The covariance is that of the channels, over all pixels of all images."))
    truth = np.diag(along)
    about = flat.mean(axis=0)
    checks.close(variances / truth, np.ones(3), f"the variances of {what}, divided by the variances along the directions", tolerance=1e-3, causes={
        "these are standard deviations": truth**-0.5, "these are sums; divide by the number of pixels": np.full(3, float(len(flat))),
        "divided by the number of images; divide by the number of pixels": np.full(3, len(flat) / shape[0]),
        "divided by the pixels of one image; divide by those of all images": np.full(3, float(shape[0])),
        "the variances were turned round, but not the columns": truth[::-1] / truth,
        "the mean colour was not subtracted": (truth + (about @ directions) ** 2) / truth,
    }, rule="A variance is that of all pixels along the column of the same place.")
### END HIDDEN TESTS
print("colour_components: all checks passed")

# %% tags=["seeds"]
components = colour_components(train_images[:10_000:4] / np.float32(255))

# %%
variances, directions = components
for place in range(3):
    print(f"component {place + 1}: {variances[place] / variances.sum():5.1%} of the variance, direction (red, green, blue) = {np.round(directions[:, place], 2)}")
figures.colour_shifts(datasets.photographs()["frog"] / 255, np.sqrt(variances), directions)

# %% [markdown]
# The first component runs from dark to light, and accounts for about nine tenths of the variance. The second is the difference between blue and red: the colour of the light, from warm to cool. The third runs from green to magenta and hardly varies.
#
# ### Shifting the colours
#
# AlexNet's rule: for each photograph, draw three random numbers $\alpha_1, \alpha_2, \alpha_3$ from a normal distribution with mean 0 and standard deviation σ = 0.1. Then add the same colour to *every* pixel:
#
# $$\alpha_1 \lambda_1 p_1 + \alpha_2 \lambda_2 p_2 + \alpha_3 \lambda_3 p_3 .$$
#
# The shift along each direction is proportional to how much the colours vary along it, so a photograph may become lighter or warmer, but no sky turns pink. Note that $\lambda$ is a variance. It depends on the scale of the pixel values: for values from 0 to 1 it is about 0.17 in the first direction, and with σ = 0.1 a typical shift is 0.017, which is barely visible.
#
# By hand: suppose that $\alpha = (0.2, 0, -0.1)$ was drawn. With $\lambda = (0.2, 0.1, 0.05)$ and, to keep it simple, $p_i$ along red, green and blue, the shift is (0.04, 0, −0.005).
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
#
# ### Task 7: augment (4 points)
#
# All random numbers must come from the generator `rng` that is passed in: from `rng.integers`, `rng.random`, `rng.normal`, or from another generator seeded with a number from `rng`. This makes experiments repeatable. Which numbers you draw, and in which order, is up to you. Every photograph gets its own random numbers, and every call draws new ones.

# %% nbgrader={"grade": false, "grade_id": "augment", "locked": false, "schema_version": 3, "solution": true, "task": false}
def augment(
    images: np.ndarray, labels: np.ndarray, padding: int, components: tuple, sigma: float, rng: np.random.Generator
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
RED_GREEN_BLUE = (np.array([0.2, 0.1, 0.05], "float32"), np.eye(3))


def augmented(images, labels, padding, components, sigma, seed, what):
    """What `augment` returns, after a check of types, shapes and labels."""
    result = checks.call(augment, images, labels, padding, components, sigma, np.random.default_rng(seed))
    checks.true(
        isinstance(result, tuple | list) and len(result) == 2,
        f"augment should return the pair (images, labels), but returns {type(result).__name__}.",
    )
    count, tall, wide, _ = images.shape
    new = checks.array(
        result[0], images.shape, f"the images of augment for {what}", dtype="float32",
        causes={
            (count, tall + 2 * padding, wide + 2 * padding, 3): "the frame was added, but nothing was cut out",
            (count, tall - 2 * padding, wide - 2 * padding, 3): "the piece is as large as the image; it is cut out of the image with its frame",
            (count, wide, tall, 3): "height and width are exchanged",
        },
    )
    checks.true(np.array_equal(np.asarray(result[1]), labels), f"The labels of augment for {what} should be those handed in, in the same order.")
    checks.true(new.min() >= 0 and new.max() <= 1,
        f"The values of augment for {what} should lie between 0 and 1, but go from {new.min():.3f} to {new.max():.3f}. "
        "They should be clipped.")
    return new


one_row = np.array([1, 2, 3, 4], "float32") / 8 * np.ones((60, 4, 1), "float32")
one_row = one_row[..., np.newaxis] * np.ones(3, "float32")
pieces = {(3, 2, 1, 2), (2, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 3), (3, 4, 3, 2)}
new = augmented(one_row, np.arange(60), 2, RED_GREEN_BLUE, 0.0, 1, "60 images of 4×4 pixels, each row 1/8 2/8 3/8 4/8, sigma 0")
for place, image in enumerate(new):
    found = tuple(int(value) for value in np.round(image[0, :, 0] * 8))
    checks.true(
        np.allclose(image, image[:1, :, :1], atol=1e-5) and np.allclose(image[0, :, 0] * 8, found, atol=1e-4)
        and (found in pieces or found[::-1] in pieces),
        f"With sigma 0 the rows of image {place} should be one of the five pieces of the table, perhaps flipped, but hold {' '.join(f'{value:g}' for value in image[0, :, 0] * 8)} (in eighths)."
        " The frame is made by reflection, in which the edge itself is not repeated.",
    )
grey = np.full((50, 4, 4, 3), 0.5, "float32")
new = augmented(grey, np.arange(50), 0, RED_GREEN_BLUE, 0.1, 2, "50 grey images")
checks.true(
    np.allclose(new, new[:, :1, :1], atol=1e-6),
    "All pixels of a photograph should be shifted by the same colour, but they are not.",
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(53)
for number, height, width, padding, sigma in ((500, 6, 8, 2, 0.0), (300, 7, 5, 1, 0.0), (200, 5, 5, 0, 0.0), (500, 5, 6, 2, 0.1)):
    pictures = 0.4 + draw.random((number, height, width, 3), dtype="float32") / 5
    names = draw.integers(0, 10, number).astype("uint8")
    what = f"{number} random images of {height}×{width}, padding {padding}, sigma {sigma:g}"
    new = augmented(pictures, names, padding, RED_GREEN_BLUE, sigma, 3, what)
    frame = np.pad(pictures, ((0, 0), (padding, padding), (padding, padding), (0, 0)), "reflect")
    places = [(top, left, flip) for top in range(2 * padding + 1) for left in range(2 * padding + 1) for flip in (0, 1)]
    fits = np.zeros((number, len(places)), bool)
    for index, (top, left, flip) in enumerate(places):
        piece = frame[:, top : top + height, left : left + width]
        change = new - (piece[:, :, ::-1] if flip else piece)
        fits[:, index] = np.abs(change - (sigma > 0) * change[:, :1, :1]).max(axis=(1, 2, 3)) < 1e-5  # a shift of colour is the same everywhere
    checks.true(fits.any(axis=1).all(), f"For {what}, each result should be a piece of its image with the reflected frame, flipped left to right or not; "
        f"{int((~fits.any(axis=1)).sum())} of {number} are not.")
    chosen = np.array([places[index] for index in fits.argmax(axis=1)])
    share = chosen[:, 2].mean()
    checks.true(abs(share - 0.5) < 0.2, f"For {what}, about half of the images should be flipped, each by a throw of its own, but {share:.0%} are.")
    for axis, name in ((0, "vertical"), (1, "horizontal")):
        offsets = np.bincount(chosen[:, axis], minlength=2 * padding + 1)
        checks.true(offsets.min() > 0.4 * number / (2 * padding + 1),
            f"For {what}, each of the {2 * padding + 1} {name} places should be chosen about equally often, but they are chosen {', '.join(map(str, offsets))} times."
            + (" Likely cause: one place for all images; each has its own." if offsets.max() == number
               else " Likely cause: the upper end of rng.integers is excluded." if offsets[:-1].min() > 0 == offsets[-1] else ""))
    if sigma > 0:
        pieces_taken = np.stack([frame[place, top : top + height, left : left + width][:, :: -1 if flip else 1] for place, (top, left, flip) in enumerate(chosen)])
        moved = (new - pieces_taken)[:, 0, 0]
        checks.true(np.all(moved.std(axis=0) > 0.3 * sigma * RED_GREEN_BLUE[0]),
            f"For {what}, each photograph should be shifted by a colour of its own and cropped, but red, green and blue spread by only {moved.std(axis=0).round(4)}.")
    if padding == 2:
        for pair, wanted, words in (([0, 1], 25, "rows and columns"), ([0, 2], 10, "rows and the flip"), ([1, 2], 10, "columns and the flip")):
            found = len(set(map(tuple, chosen[:, pair].tolist())))
            checks.true(found == wanted,
                f"For {what}, all {wanted} combinations of {words} should occur, but only {found} do. Each should have a random number of its own.")
        checks.true(np.array_equal(new, augmented(pictures, names, 2, RED_GREEN_BLUE, sigma, 3, what)),
            f"For {what}, generators of the same seed should give the same images. Every random number should come from rng.")
        checks.true(not np.array_equal(new, augmented(pictures, names, 2, RED_GREEN_BLUE, sigma, 4, what)),
            f"For {what}, generators of different seeds should give different images. Every random number should come from rng.")
one_generator = np.random.default_rng(8)
first, second = (augment(pictures[:20], names[:20], 2, RED_GREEN_BLUE, 0.1, one_generator)[0] for _ in range(2))
checks.true(not np.array_equal(np.asarray(first), np.asarray(second)), "Two calls with the same generator, one after the other, should give different images: each call draws new numbers from it.")
turned = np.linalg.qr(draw.normal(size=(3, 3)))[0]
lengths = np.array([0.25, 0.1, 0.04])
middle = np.full((1500, 2, 3, 3), (0.4, 0.5, 0.6), "float32")
for sigma in (0.1, 0.3):
    what = f"1500 images of one colour, sigma {sigma}"
    moved = augmented(middle, np.zeros(1500), 0, (lengths, turned), sigma, 5, what) - middle
    checks.true(np.allclose(moved, moved[:, :1, :1], atol=1e-6), f"For {what}, all pixels of a photograph should be shifted by the same colour.")
    along, across = moved[:, 0, 0].astype("float64") @ turned, moved[:, 0, 0].astype("float64") @ turned.T
    spread = along.std(axis=0)
    checks.true(np.allclose(moved, moved[:1]) is False,
        f"For {what}, each photograph should have a shift of its own, but all have the same.")
    checks.true(np.all(np.abs(along.mean(axis=0)) < 0.15 * spread), f"For {what}, the shifts should be 0 on average; α has mean 0.")
    explained = {"λ was left out": np.full(3, sigma), "the square root of λ was taken; the rule has λ": sigma * np.sqrt(lengths), "σ was squared": sigma**2 * lengths,
        "σ is the standard deviation; its root was taken": sigma**0.5 * lengths}
    likely = [text for text, wrong in explained.items() if np.allclose(spread, wrong, rtol=0.1) and not np.allclose(wrong, sigma * lengths, rtol=0.2)]
    if np.allclose(across.std(axis=0), sigma * lengths, rtol=0.15):
        likely.append("rows and columns of the directions are exchanged; each column is a direction")
    cause = f" Likely cause: {likely[0]}." if len(likely) == 1 else ""
    checks.true(np.allclose(spread, sigma * lengths, rtol=0.15), f"For {what}, the shifts along the three directions should spread by σλ = {(sigma * lengths).round(4)}, but spread by {spread.round(4)}.{cause}")
    related = np.abs(np.corrcoef(along.T) - np.eye(3)).max()
    checks.true(related < 0.2, f"For {what}, the shifts along the three directions should be independent, but their correlation is {related:.2f}.")
    checks.true(np.abs((np.abs(along) / (sigma * lengths) < 1).mean(axis=0) - 0.683).max() < 0.06, f"For {what}, the shifts should follow a normal distribution, 68 % of them within σλ.")
mirrored = np.tile(draw.random((200, 6, 1, 3), dtype="float32"), (1, 1, 4, 1))  # a flip changes nothing
bright = augmented(mirrored, np.arange(200), 0, (lengths, turned), 2.0, 6, "200 images and a very large shift")
inside, change = (bright > 0) & (bright < 1), bright - mirrored
spread = change.max(axis=(1, 2), initial=-np.inf, where=inside) - change.min(axis=(1, 2), initial=np.inf, where=inside)
checks.true(spread.max() < 1e-4,
    "With a very large shift, values between 0 and 1 should still be shifted by the same colour in the whole photograph; "
    "all others are clipped.")
### END HIDDEN TESTS
print("augment: all checks passed")

# %% [markdown]
# Here are eight versions of the same photograph as the network will see them, with the paper's σ = 0.1, and eight more with σ = 1 to make the colour shifts visible:

# %%
horse = datasets.photographs()["horse"][np.newaxis] / np.float32(255)
figures.augmented(horse[0], {
    f"σ = {sigma}": augment(np.repeat(horse, 8, axis=0), np.zeros(8), 4, components, sigma, np.random.default_rng(1))[0]
    for sigma in (0.1, 1)
})

# %% [markdown]
# Is every one of them still a horse? Augmentation is allowed only if the answer is yes. Digits must not be flipped: a flipped 2 is not a 2. The test set is not augmented, so that everybody tests on the same images.
#
# ## 8. Dropout
#
# During training, *dropout* sets each value to zero with probability `rate`, with a new random choice for each image and each step. A unit cannot rely on any other particular unit being there, so the units learn features that are useful on their own.
#
# At inference nothing is dropped. But then the next layer would get larger sums than it was trained with: with rate 0.5, twice as large on average. The paper therefore halves the values at inference. Today's method, *inverted dropout*, scales during training instead: each value that is kept is divided by $1 - \text{rate}$. Then the mean is already right in training, and nothing needs to be done at inference.
#
# By hand, with rate 0.25, values 3, 6, 9, 12, and random numbers that drop the second value:
#
# | | | | | | sum |
# |---|---|---|---|---|---|
# | at inference | 3 | 6 | 9 | 12 | 30 |
# | in training | 3 / 0.75 = 4 | 0 | 9 / 0.75 = 12 | 12 / 0.75 = 16 | 32 |
#
# Averaged over all possible draws, the sum in training is 30 as well.
#
# ### Task 8: dropout (2 points)
#
# `rate` is the probability of being *dropped*, as in Keras. (Some papers and older code give the probability of being kept.) The random numbers may come from NumPy, TensorFlow, Keras or Python. Do not use a ready-made dropout, whether `tf.nn.dropout` (under any name) or Keras's.

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
from tensorflow.python.ops import nn_ops


def dropped(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    """What `dropout` returns while the ready-made versions are blocked."""
    def refuse(*_, **__):
        raise checks.CheckFailed("dropout should throw the dice itself, but calls a ready-made dropout.")

    original = nn_ops._dropout  # every dropout of TensorFlow and Keras calls this
    nn_ops._dropout = refuse
    try:
        result = checks.call(dropout, values, rate, training)
    finally:
        nn_ops._dropout = original
    return checks.array(result, values.shape, f"dropout of an array {values.shape}, rate {rate}, {training=}")


threes = np.full((100, 80), 3, "float32")
unchanged = dropped(threes, 0.25, False)
checks.true((unchanged != 0).all(), "At inference nothing is dropped, but some values are 0.")
checks.close(
    unchanged, threes, "dropout, not in training",
    causes={"at inference nothing is scaled; inverted dropout scales in training": 0.75 * threes, "at inference nothing is scaled": threes / 0.75},
)
result = dropped(threes, 0.25, True)
zero = float((result == 0).mean())
for axis in (0, 1):
    alike = (result == 0).all(axis=axis) | (result != 0).all(axis=axis)
    checks.true(zero in (0, 1) or not alike.all(), f"Each value should have a throw of its own, but along axis {axis} all share theirs.")
checks.true(
    abs(zero - 0.25) < 0.05,
    f"With rate 0.25 about a quarter of the values should be dropped in training, but {zero:.0%} are."
    + (" It is the probability to be dropped, not to be kept." if abs(zero - 0.75) < 0.05 else ""),
)
checks.close(
    result[result != 0], np.full((result != 0).sum(), 4), "what is kept of the value 3 in training, with rate 0.25",
    causes={
        "what is kept is divided by 1 - rate; here it is not scaled": np.full((result != 0).sum(), 3),
        "divided by the rate; divide by 1 - rate": np.full((result != 0).sum(), 12),
        "multiplied by 1 - rate; divide by it": np.full((result != 0).sum(), 2.25),
        "multiplied by the rate": np.full((result != 0).sum(), 0.75),
    },
    rule="What is kept should be divided by 1 - rate.",
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(59)
for shape, rate in (((60, 9, 8, 5), 0.5), ((400, 50), 0.1), ((20_000,), 0.8), ((3, 70, 90), 0.0), ((200, 90), 0.3)):
    values = (draw.normal(size=shape) + 5 * draw.choice([-1, 1], shape)).astype("float32")
    what = f"dropout of random values {shape}, rate {rate}, in training"
    result = dropped(values, rate, True)
    multiples = result / values
    gone = np.abs(multiples) < 1e-6
    for axis in range(len(shape) if 0 < gone.mean() < 1 else 0):
        if shape[axis] >= 5 and len(shape) > 1:
            along = gone.mean(axis=axis)
            checks.true(not np.all((along == 0) | (along == 1)),
                f"{what}: each value should have a throw of its own, but along axis {axis} all share theirs.")
    checks.true(abs(gone.mean() - rate) < 0.025,
        f"{what}: a share of {rate:.0%} should be dropped, of negative values as well, but {gone.mean():.1%} are.")
    checks.close(multiples[~gone], np.full((~gone).sum(), 1 / (1 - rate)), f"{what}: by what a kept value is multiplied",
        causes={"not scaled": np.ones((~gone).sum()), "scaled by a fixed number": np.full((~gone).sum(), 4 / 3)},
        tolerance=1e-3, rule="What is kept should be divided by 1 - rate.")
    checks.close(dropped(values, rate, False), values, f"dropout of random values {shape}, rate {rate}, not in training",
        rule="At inference nothing is changed.")
    if rate > 0:
        again = np.abs(dropped(values, rate, True) / values) < 1e-6
        checks.true(not np.array_equal(gone, again), f"{what}: a second call should drop other values.")
zeros_of_hundred = [int((dropped(np.ones(100, "float32"), 0.5, True) == 0).sum()) for _ in range(40)]
checks.true(len(set(zeros_of_hundred)) > 3, "With rate 0.5, of 100 values not always exactly as many should be dropped: each has a throw of its own.")
### END HIDDEN TESTS
print("dropout: all checks passed")

# %%
hidden_units = np.abs(np.random.default_rng(8).normal(1, 0.5, (12, 24))).astype("float32")
figures.dropped(hidden_units, [dropout(hidden_units, 0.5, True) for _ in range(2)], dropout(hidden_units, 0.5, False))

# %% [markdown]
# From here on, Keras's dropout layer does this work, because it is compiled together with the rest of the training step.
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
#
# ### Task 9: top-k error (2 points)

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
def error_of(scores: np.ndarray, truth: np.ndarray, k: int, what: str) -> float:
    """What `top_k_error` returns, after a check that it is one number."""
    result = checks.call(top_k_error, scores, truth, k)
    checks.true(not getattr(result, "shape", ()), f"{what} should be one number: the mean over all images.")
    return checks.number(result, what)


three_rows = np.array([[2, 0.5, 1, -1], [0.1, 0.9, 0.8, 0.2], [-3, -1, -2, -4]], "float32")
for k, expected in ((1, 2 / 3), (2, 1 / 3), (4, 0)):
    what = f"the top-{k} error of the three images of the table"
    checks.close(
        error_of(three_rows, np.array([0, 2, 3]), k, what), expected, what,
        causes={
            "in percent; asked for is 0 to 1": 100 * expected,
            "a number of images; asked for is the share": 3 * expected,
            "divided by the number of classes; asked for is the share of the images": 3 * expected / 4,
            "the result was rounded": round(expected, 2),
            "this is the accuracy (the error is the rest), or one class too many counts as a hit": 1 / 3 if k == 1 else 1 if k == 4 else -1,
            "the k smallest logits were taken, or only the k-th guess, or this is the top-1 error whatever k is": 2 / 3 if k == 2 else -1,
        },
    )
### BEGIN HIDDEN TESTS
what = "the top-1 error of the three images, now with the best guesses as true classes"
checks.close(error_of(three_rows, np.array([0, 1, 1]), 1, what), 0, what,
    causes={"images of earlier calls are counted, too": 1 / 3}, rule="The k largest logits of an image should be compared with its own label.")
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
        checks.close(error_of(scores, truth, k, what), np.mean(rank >= k), what,
            causes={
                "one class too few counts as a hit, or k is not used": np.mean(rank >= k - 1),
                "one class too many counts as a hit": np.mean(rank >= k + 1),
                "this is the accuracy": np.mean(rank < k), "this is the top-1 error whatever k is": np.mean(rank >= 1),
                "only the k-th guess counts": np.mean(rank != k - 1),
                "the best guess is not among the k; the slice ends one place too early": np.mean((rank >= k) | (rank == 0)),
                "the k smallest logits were taken": np.mean(rank < classes - k), "the result was rounded": round(np.mean(rank >= k), 2),
                "a label was looked for among the guesses for all images; it belongs to one image": np.mean(~np.isin(truth, ranking[:, :k])),
                "labels above 255 do not fit into 8 bits": np.mean((truth.astype("uint8")[:, np.newaxis] != ranking[:, :k]).all(axis=1)),
                "labels above 127 do not fit into int8": np.mean((truth.astype("int8")[:, np.newaxis] != ranking[:, :k]).all(axis=1)),
            }, tolerance=1e-5, rule="An image counts as wrong exactly when its label is not among its own k largest logits.")
### END HIDDEN TESTS
print("top_k_error: all checks passed")

# %% [markdown]
# ## 10. A small AlexNet
#
# The network below has the same plan, for photographs of 32×32 pixels: a first layer with a stride, response normalisation after layers 1 and 2, overlapping pooling, more convolutions, and a dense layer with dropout. Everything is smaller: 24 to 64 channels, two fewer layers, 256 hidden units.
#
# Four of the ideas are controlled by arguments, and augmentation is part of the training, so each of the five can be left out. Two details keep the comparison fair. First, pooling uses padding (*same*), so that both window sizes give maps of the same size and networks with the same number of parameters. Second, the weights are initialised with the standard deviation that suits the activation (He's for ReLU, Glorot's for tanh).
#
# The inputs are standardised to mean 0 and standard deviation 1, so they are about 63 times smaller than AlexNet's bytes, and their squares are 63² ≈ 4,000 times smaller. For response normalisation to have an effect, $\alpha$ is 4,000 times larger here: 0.4.

# %% tags=["seeds"]
BATCH = 64  # images per training step
CENTRE, SPREAD = (train_images[:10_000].mean(axis=(0, 1, 2)) / 255).tolist(), (train_images[:10_000].std(axis=(0, 1, 2)) / 255).tolist()


def small_alexnet(steps: int, activation: str = "relu", window: int = 3, normalise: bool = True, dropout_rate: float = 0.5) -> tf.keras.Model:
    """A small AlexNet for photographs of 32×32 pixels, compiled for training with this number of steps."""
    layers = tf.keras.layers
    start = "he_normal" if activation == "relu" else "glorot_uniform"

    def convolution(kernels, size, stride=1):
        return layers.Conv2D(kernels, size, stride, padding="same", activation=activation, kernel_initializer=start)

    def response_norm():
        return [ResponseNorm(alpha=0.4)] if normalise else []

    def pooling():
        return layers.MaxPooling2D(window, 2, padding="same")

    classifier = tf.keras.Sequential([
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
    optimizer = tf.keras.optimizers.Adam(tf.keras.optimizers.schedules.CosineDecay(0.002, steps))
    classifier.compile(optimizer, tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return classifier

# %% tags=["nbval-check-output"]
small = small_alexnet(steps=1)
flowing = test_photographs[:1]
for layer in small.layers:
    flowing = layer(flowing)
    print(f"{type(layer).__name__:14} {'×'.join(map(str, flowing.shape[1:])):9} {layer.count_params():7,}")
print("parameters that are trained:", f"{sum(math.prod(weight.shape) for weight in small.trainable_weights):,}")

# %% [markdown]
# ### Training with fresh photographs in each epoch
#
# The augmented photographs should be new in every epoch and made from the *originals*: augmenting photographs that have already been augmented would take them further and further from the originals. So we train one epoch at a time. Your function gets `prepare`, a function that takes images and labels and returns the ones to train on. Call it once at the start of each epoch. Whether you shuffle the images in an epoch, as `fit` does, is up to you. With augmentation, `prepare` calls your `augment`; without it, `prepare` returns its arguments unchanged.
#
# From one call to `fit` to the next, the model keeps the state of its optimiser, including how far the learning rate has already fallen, as long as you do not compile the model again.

# %% tags=["seeds"]
def fresh(rng: np.random.Generator, sigma: float = 0.1):
    """A `prepare` for `train_fresh` that augments the images, with a frame of 4 pixels."""
    return lambda images, labels: augment(images, labels, 4, components, sigma, rng)


def steps_of(images: int, epochs: int) -> int:
    """The number of training steps in this number of epochs."""
    return epochs * math.ceil(images / BATCH)


# %% [markdown]
# ### Task 10: train with fresh photographs (3 points)

# %% nbgrader={"grade": false, "grade_id": "train_fresh", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
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
        one float per epoch: the training loss, averaged over the images of the epoch while the model
        learns from them, as `fit` reports it.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        history = model.fit(*prepare(images, labels), batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][0])
    return losses
    ### END SOLUTION

# %% [markdown]
# The check has two parts. The first trains a network with one weight. The second is the real training, with the images and epochs of the budget; it takes **about 20 seconds** with the CPU budget. The trained network must reach a required accuracy on the test set:
#
# | budget | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 2,000 images, 6 epochs | 36.4 % | 0.9 % | 30.0 % | 7.2 standard deviations |
# | cpu | 10,000 images, 5 epochs | 49.3 % | 1.1 % | 42.0 % | 6.9 standard deviations |
#
# The course team trained 20 networks with each budget, using seeds 1 to 20. The required accuracy lies at least four standard deviations below the mean, so a correct answer does not fail through bad luck. With a GPU, training is longer, but the required accuracy is the same as with the CPU budget; that training has not been measured on a GPU.

# %% nbgrader={"grade": true, "grade_id": "test_train_fresh", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
class CompiledOnce(tf.keras.Sequential):
    """A network that counts how often it is compiled."""

    compiled_times = 0

    def compile(self, *arguments, **keywords):
        self.compiled_times += 1
        super().compile(*arguments, **keywords)


def one_weight(weight: float, rate: float) -> tf.keras.Model:
    """A network whose output is one weight times its input, trained on the squared error by plain gradient descent."""
    network = CompiledOnce([tf.keras.Input((1,)), tf.keras.layers.Dense(1, use_bias=False)])
    network.set_weights([np.array([[weight]], "float32")])
    network.compile(tf.keras.optimizers.SGD(rate), "mse")
    return network


ones, targets = np.ones((20, 1), "float32"), np.zeros(20, "float32")
prepared = []


def larger_each_time(images, labels):
    """Inputs 1, then 2, then 3: with weight 1 and target 0 the losses are 1, 4, 9."""
    checks.true(images.shape == ones.shape and len(labels) == 20, f"prepare should get the original images and labels, but gets arrays of shape {images.shape}.")
    checks.true(
        np.array_equal(images, ones) and np.array_equal(labels, targets),
        "prepare should get the originals each time, not what it returned before.",
    )
    prepared.append(int(still.optimizer.iterations))
    return images * len(prepared), labels


still = one_weight(1.0, 0.0)
losses = checks.call(train_fresh, still, ones, targets, 3, larger_each_time, 8)
checks.same(len(prepared), 3, "how often prepare was called in 3 epochs",
    causes={1: "once before the first epoch; call it in each one", 9: "once a batch; call it once an epoch", 0: "it was not called",
        6: "twice an epoch; call it once and take both results"}, rule="It should be called once at the start of each epoch.")
checks.true(isinstance(losses, list | tuple | np.ndarray),
    f"train_fresh should return a list with the loss of each epoch, but returns {type(losses).__name__}.")
checks.same(len(losses), 3, "the number of losses of 3 epochs",
    causes={9: "one loss a batch; asked for is the mean of an epoch"}, rule="There should be one loss for each epoch.")
checks.true(not any(isinstance(loss, tf.keras.callbacks.History) for loss in losses), "Each loss should be a number, not what `fit` returns; the loss is in its `.history`.")
checks.close(
    np.array([checks.number(loss, "a loss") for loss in losses]), [1, 4, 9], "the losses with inputs 1, 2, 3 and a weight that stays 1",
    causes={"trained on the originals; what prepare returns is to be trained on": [1, 1, 1],
        "the loss of the last epoch only": [9, 9, 9], "the epochs are in reverse order": [9, 4, 1],
        "the sum over the batches; asked for is the mean over the images": [3, 12, 27]},
    tolerance=1e-3, rule="The batches should be those that `prepare` returns, and the learning rate that of the model.",
)
checks.same(int(still.optimizer.iterations), 9, "training steps in 3 epochs of 20 images with batch size 8",
    causes={6: "the last, smaller batch was left out", 27: "each call of fit trained 3 epochs"},
    rule="This model should be trained, with batches of `batch_size` images.")
checks.same(prepared, [0, 3, 6], "how many steps had been taken when prepare was called", causes=[([0, 0, 0], "all was prepared before the first epoch")],
    rule="It should be called at the start of each epoch, when the one before it is over.")
### BEGIN HIDDEN TESTS
turns = []


def other_labels(images, labels):
    turns.append(images.copy())
    return images, labels + SIZES[len(turns) - 1]


SIZES = (1, 2, 4, 4, 5, 6, 7, 7, 8, 3, 2, 1)  # of the errors: the loss rises for long, and falls at the end
still = one_weight(0.0, 0.0)
losses = checks.call(train_fresh, still, ones, targets, len(SIZES), other_labels, 20)
checks.same(len(losses), len(SIZES), "the number of losses of 12 epochs, in another call", rule="Each call should return the losses of its own epochs, and no others.")
checks.close(np.array(losses, "float64"), [size**2 for size in SIZES], "the losses when prepare changes the labels",
    causes={"the original labels were used; take those that prepare returns": np.zeros(len(SIZES))}, tolerance=1e-3, rule="All epochs should be trained, whatever the losses are.")
checks.same(int(still.optimizer.iterations), len(SIZES), "training steps in 12 epochs of 20 images with batch size 20",
    rule="The batches should be as large as `batch_size` says, and all epochs be trained.")
many = one_weight(0.0, 0.1)
checks.call(train_fresh, many, np.resize(ones, (250, 1)), np.resize(targets, 250), 2, lambda images, labels: (images, labels), 200)
checks.same(int(many.optimizer.iterations), 4, "training steps in 2 epochs of 250 images with batch size 200", rule="The batches should be as large as `batch_size` says.")
moving = one_weight(0.0, 0.1)
own_optimizer = moving.optimizer
losses = np.array(train_fresh(moving, ones[:7], targets[:7] + 1, 4, lambda images, labels: (images, labels), 7), "float64")
checks.true(moving.optimizer is own_optimizer and moving.compiled_times == 1, "The model was compiled already; train_fresh should not compile it again.")
checks.close(losses, [0.8 ** (2 * turn) for turn in range(4)], "the losses of a network that learns, four epochs",
    causes={"the loss after the epoch; asked for is the mean loss in it": [0.8 ** (2 * turn + 2) for turn in range(4)],
        "the weights start again in each epoch": np.ones(4)},
    tolerance=1e-3, rule="Each epoch should take one step for each batch, by the model's own optimiser.")
checks.close(moving.get_weights()[0].item(), 1 - 0.8**4, "the weight after four steps", tolerance=1e-3,
    rule="The model should stay as the last step left it.")
two_batches = one_weight(0.0, 0.25)
losses = train_fresh(two_batches, ones[:6], targets[:6] + 1, 1, lambda images, labels: (images, labels), 4)
checks.close(float(losses[0]), (4 * 1 + 2 * 0.25) / 6, "the mean loss of an epoch with a batch of 4 and one of 2",
    causes={"the mean of batch means; the last batch is smaller": 0.625, "the loss of the last batch": 0.25,
        "the loss of the first batch": 1.0, "one image was held back for validation; all of them are to be trained on": 0.85},
    tolerance=1e-3, rule="Each image should be trained on once an epoch.")
checks.same(len(train_fresh(two_batches, ones, targets, 1, lambda images, labels: (images, labels))), 1,
    "the number of losses of one epoch",
    rule="Each call should return the losses of its own epochs, and no others.")
shown = []


class Probe(tf.keras.layers.Layer):
    def call(self, inputs, training=False):
        shown.append(training)
        return inputs


probe = tf.keras.Sequential([tf.keras.Input((1,)), Probe(), tf.keras.layers.Dense(1)])
probe.compile("sgd", "mse")
shown.clear()
train_fresh(probe, ones, targets, 1, lambda images, labels: (images, labels))
checks.true(True in shown, "The model should be told that this is training (training=True), otherwise dropout does nothing.")
### END HIDDEN TESTS
print("train_fresh: it trains. Now the real training:")
try:
    prepare = fresh(np.random.default_rng(1))
    prepare(small_photographs[:2], small_labels[:2])
except Exception as error:
    print(f"Your augment does not run yet ({type(error).__name__}), so this training shows the photographs as they are.")

    def prepare(images, labels):
        return images, labels

tf.keras.utils.set_random_seed(1)
small = small_alexnet(steps_of(len(small_labels), plan.epochs))
begin = time.perf_counter()
names = get_ipython().user_ns  # the names in your cells; the test set is hidden from them during training
test_set = {name: names.pop(name) for name in ("test_images", "test_photographs", "test_labels")}
try:
    with budget.within_memory():
        losses = train_fresh(small, small_photographs, small_labels, plan.epochs, prepare)
except NameError as error:
    checks.true(error.name not in test_set, f"train_fresh uses {error.name}. The test set has to stay unseen in training.")
    raise
finally:
    names.update(test_set)
print(f"{plan.epochs} epochs in {time.perf_counter() - begin:.0f} s")
checks.same(
    int(small.optimizer.iterations), steps_of(len(small_labels), plan.epochs),
    f"training steps in {plan.epochs} epochs of {len(small_labels):,} images",
    causes={0: "the model was not trained"}, rule="Each image should be trained on once an epoch, and no others.",
)
test_logits = small.predict(test_photographs, batch_size=500, verbose=0)
guesses = test_logits.argmax(axis=1)
accuracy = np.mean(guesses == test_labels)
checks.true(
    accuracy >= plan.accuracy,
    f"The trained network classifies {accuracy:.1%} of the test photographs correctly, but {plan.accuracy:.1%} is asked for"
    + (", and it gives all of them to one class. " if len(set(guesses.tolist())) == 1 else ". ")
    + "Images and labels should be those of `prepare`, as they are, and the optimiser the model's own in all epochs.",
)
print(f"train_fresh: all checks passed, test accuracy {accuracy:.1%}, asked for {plan.accuracy:.1%}")

# %%
figures.losses(losses)

# %% tags=["seeds"]
def accuracy_of_seed(seed: int) -> float:
    """The test accuracy of one small AlexNet, trained from this seed with the images and epochs of the budget."""
    tf.keras.utils.set_random_seed(int(seed))
    model = small_alexnet(steps_of(len(small_labels), plan.epochs))
    train_fresh(model, small_photographs, small_labels, plan.epochs, fresh(np.random.default_rng(seed)))
    return float(np.mean(model.predict(test_photographs, batch_size=500, verbose=0).argmax(axis=1) == test_labels))


# %% tags=["audit", "seeds"]
def broken_accuracies(seed: int) -> dict[str, float]:
    """What `accuracy_of_seed` returns, for networks that are plausible but broken."""
    images, labels = small_photographs, small_labels

    def reached(images, labels, epochs=plan.epochs) -> float:
        tf.keras.utils.set_random_seed(int(seed))
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
    print(f"top-{k} error on {len(test_labels):,} test photographs: {top_k_error(test_logits, test_labels, k):6.1%}   (guessing: {1 - k / 10:.0%})")
figures.best_guesses(test_images[:6], test_labels[:6], tf.nn.softmax(test_logits[:6]).numpy(), CLASSES)

# %% [markdown]
# ## 11. What does each idea add?
#
# To find out, we leave out one idea at a time. This is called an *ablation*. There are seven kinds of network: one with everything, five that lack one idea each, and one that lacks all five. What an idea adds is the accuracy with everything minus the accuracy without this idea.
#
# A single pair of runs would compare one chance result with another. So every kind is trained with several seeds, and a difference counts only if it is large compared with the standard deviation (spread) over seeds. The differences are taken seed by seed, and the table gives their mean and sample standard deviation.
#
# The test set adds some randomness of its own. With 2,000 photographs and an error of 50 %, the standard error of a measured error is √(0.5 · 0.5 / 2000) = 1.1 percentage points. All networks are tested on the same photographs, which cancels much of this in a difference, but not all of it.
#
# With the CPU budget, the 14 short training runs take **about 30 seconds**.

# %% tags=["seeds"]
EVERYTHING = {"activation": "relu", "window": 3, "normalise": True, "dropout_rate": 0.5, "augment": True}
VARIANTS = {
    "everything": {},
    "tanh for ReLU": {"activation": "tanh"},
    "pooling 2×2": {"window": 2},
    "no normalisation": {"normalise": False},
    "no dropout": {"dropout_rate": 0.0},
    "no augmentation": {"augment": False},
    "none of the five": {"activation": "tanh", "window": 2, "normalise": False, "dropout_rate": 0.0, "augment": False},
}


def ablation(images: int, epochs: int, seeds: list) -> dict:
    """Train every variant from every seed, and return lists of top-1 error, top-5 error and training accuracy."""
    some, some_labels = train_images[:images].astype("float32") / 255, train_labels[:images]
    measured_errors = {}
    for variant, changes in VARIANTS.items():
        choice = EVERYTHING | changes
        augmenting = choice.pop("augment")
        measured_errors[variant] = {"top1": [], "top5": [], "train": []}
        for seed in seeds:
            tf.keras.utils.set_random_seed(int(seed))
            model = small_alexnet(steps_of(len(some), epochs), **choice)
            prepare = fresh(np.random.default_rng(seed)) if augmenting else lambda images, labels: (images, labels)
            train_fresh(model, some, some_labels, epochs, prepare)
            outputs = model.predict(test_photographs, batch_size=500, verbose=0)
            measured_errors[variant]["top1"].append(round(top_k_error(outputs, test_labels, 1), 4))
            measured_errors[variant]["top5"].append(round(top_k_error(outputs, test_labels, 5), 4))
            measured_errors[variant]["train"].append(round(1 - top_k_error(model.predict(some, batch_size=500, verbose=0), some_labels, 1), 4))
    return measured_errors


def longer_run() -> dict:
    """The ablation with more epochs and seeds than the budgets allow."""
    images, epochs, seeds = 3_000, 24, [1, 2, 3]
    return {"images": images, "epochs": epochs, "seeds": seeds, "table": ablation(images, epochs, seeds)}


# %%
def print_table(table: dict) -> None:
    """Print the ablation as a table: errors in percent, mean ± sample standard deviation over the seeds."""
    everything = 100 * np.array(table["everything"]["top1"])
    print(f"{'':18} top-1 error [%]   top-5 error [%]   on training images [%]   the idea adds [points]")
    for variant, runs_of in table.items():
        top1, top5, train = (100 * np.array(runs_of[name]) for name in ("top1", "top5", "train"))
        gain = top1 - everything  # by how much the error is larger without the idea
        added = "" if variant == "everything" else f"{gain.mean():+5.1f} ± {gain.std(ddof=1):.1f}"
        print(f"{variant:18} {top1.mean():5.1f} ± {top1.std(ddof=1):3.1f}       {top5.mean():5.1f} ± {top5.std(ddof=1):3.1f}       {train.mean():5.1f}                    {added}")


if plan.comparison_epochs == 0:
    print("This comparison has no points, so the grading budget leaves it out.")
else:
    seeds = list(range(1, plan.comparison_seeds + 1))
    live = ablation(plan.comparison_images, plan.comparison_epochs, seeds)
    print(f"{plan.comparison_images:,} images, {plan.comparison_epochs} epochs, seeds {seeds}")
    print_table(live)

# %% [markdown]
# Such short training shows which networks learn *quickly*, not how good they become in the end. Dropout and augmentation make it harder to fit the training photographs; their benefit comes later, if at all.
#
# ### A longer run
#
# So the course team ran the same function once for longer: 3,000 photographs, 24 epochs, and three seeds for each of the seven networks, 21 training runs in all. The next cell shows the stored results. In the figure below it, each short black line is a single run.

# %% tags=["nbval-check-output"]
stored = runs.load("03-alexnet")
print(f"{stored['images']:,} images, {stored['epochs']} epochs, seeds {stored['seeds']}")
print_table(stored["table"])

# %%
panels = {f"stored: {stored['images']:,} images, {stored['epochs']} epochs": stored["table"]}
if plan.comparison_epochs > 0:
    panels = {f"live: {plan.comparison_images:,} images, {plan.comparison_epochs} epochs": live} | panels
figures.ablation(panels)

# %% [markdown]
# ### What the numbers say
#
# - **ReLU: −8.3 ± 2.2 points.** This is the one large effect, and it goes against the idea: with tanh the top-1 error is 39.6 %, with ReLU it is 47.9 %. The tanh network also gets more of the training images right, 76 % compared with 60 %: here it learns faster. The paper reports the opposite for a network with four convolutions on CIFAR-10, which reached a training error of 25 % six times as fast with ReLU. Our network is smaller, is initialised differently, and is trained with Adam. The learning rate alone is not the reason: at a third of that rate, in one short run each, tanh was still ahead.
# - **Overlapping pooling: +0.5 ± 1.7. Normalisation: +0.5 ± 1.9. Augmentation: −0.2 ± 1.7.** No effect can be seen: the differences are smaller than their standard deviations. That does not mean that these ideas do nothing. To detect half a point, twice the standard error $1.7/\sqrt n$ must be smaller than half a point, which takes about (2 · 1.7 / 0.5)² = 46 seeds.
# - **Dropout: −2.0 ± 1.2.** With each of the three seeds, the network was better *without* it.
# - **All five: +1.8 ± 1.1.** This is a small gain, although the two networks could hardly be more different: look at their accuracy on the training images. With none of the ideas, the network has memorised 100 % of them, and is wrong on 49.8 % of the test photographs. With everything, it gets 60 % of the training images right, and is wrong on 47.9 % of the test photographs.
#
# The last point is the crucial one. Dropout and augmentation are *regularisation*: they keep a network from memorising its training images. The network with everything does not memorise them; after 24 epochs it has still not learned enough. Regularisation cannot help a network that does not overfit.
#
# What if the network does overfit? Compare the two tanh networks: "tanh for ReLU" has the four other ideas, "none of the five" has none of them. Together, these four lower the error from 49.8 % to 39.6 %, by 10.1 ± 1.1 points, the largest effect in the table. One at a time, in a network that underfits, the same ideas showed no benefit. An ablation says what an idea adds to *this* network with *this* training. AlexNet, with 60 million parameters and 90 epochs, was a different case.
#
# ## 12. Written question (3 points, graded by hand)
#
# Answer each part in two or three sentences. Use the stored table above.
#
# 1. Choose one idea whose effect is certain from this table and one whose effect is not. Which numbers show this, and what would you do to find out about the second idea?
# 2. Compare the accuracy on the *training* images with and without augmentation, and with and without dropout. Why is it lower with them, and why can the network still be better on the test set?
# 3. Somebody copies AlexNet's response normalisation, with $\alpha = 10^{-4}$, into a network whose inputs are scaled to the range 0 to 1. They remove it again, see no difference, and conclude that normalisation is useless. What is wrong with this conclusion, and how would you test it?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# 1. The effect of ReLU is certain, and here it is a loss: 8.3 points with a standard deviation of 2.2 over three seeds, so a standard error of 2.2/√3 = 1.3, a sixth of the effect. The effect of overlapping pooling is not certain: 0.5 ± 1.7, standard error 1.0, so the effect could just as well be 0 or negative. More seeds (the standard error falls with the square root of their number) and a larger test set would settle it, as would a network that needs the idea, for example the one with tanh. *One point: compares the effect with its spread over seeds, and proposes more seeds or more test images.*
# 2. With augmentation the network never sees the same photograph twice, and with dropout a different half of the units is missing in each step, so it cannot memorise individual photographs, and the accuracy on the training images is lower. What it learns instead has to work for shifted, flipped and differently lit photographs and for many subsets of units, so the gap between training and test accuracy becomes smaller. Whether the test accuracy rises depends on whether the gap shrinks by more than the training accuracy falls, which takes enough epochs. *One point: memorising becomes harder; what counts is the gap to the test set.*
# 3. With inputs from 0 to 1 the squares are about 255² = 65,000 times smaller than with bytes, so α times their sum is negligible compared with k = 2, and the layer only divides everything by 2^0.75: the idea was never tested. A fair test adjusts α to the squared scale of the inputs (or looks at the values that enter the layer), and compares networks with and without normalisation over several seeds. *One point: α must fit the scale of the values; the experiment says nothing about normalisation.*
# ### END SOLUTION

# %% [markdown]
# ## What you have learned
#
# - AlexNet has five convolutional and three dense layers: 62,378,344 parameters in one tower, 60,965,224 in two groups, 94 % of them in the dense layers.
# - Response normalisation divides each value by a number that grows with the squares in neighbouring channels. Whether it has an effect depends on the scale of the values.
# - Overlapping pooling gives maps of the same size, sees every pixel, and is less sensitive to shifts, but fewer different pixels survive.
# - Augmentation makes new photographs whose labels stay correct. Dropout drops and scales values in training and does nothing at inference.
# - The top-5 error counts a photograph as right if the true class is among the five best guesses.
# - An ablation leaves out one idea at a time, and repeats this with several seeds. What helped AlexNet in 2012 need not help a small network with a few thousand photographs: a method against overfitting helps a network that overfits.
#
# ## Further reading
#
# - A. Krizhevsky, I. Sutskever, G. Hinton: "ImageNet classification with deep convolutional neural networks", NIPS 2012. The paper that this assignment follows.
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov: "Dropout: a simple way to prevent neural networks from overfitting", Journal of Machine Learning Research 15, 2014.
# - M. Zeiler, R. Fergus: "Visualizing and understanding convolutional networks", ECCV 2014. arXiv:1311.2901. What AlexNet's layers respond to, and why the first one was made finer.
# - A. Krizhevsky: "One weird trick for parallelizing convolutional neural networks", 2014. arXiv:1404.5997. One tower, but still several GPUs.
# - K. He, X. Zhang, S. Ren, J. Sun: "Delving deep into rectifiers", ICCV 2015. arXiv:1502.01852. How to initialise the weights for ReLU.
