# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Assignment 4: VGG-16, and a training loop of your own
#
# AlexNet has kernels of 11×11, 5×5 and 3×3, and every layer was designed separately. In 2014 Karen Simonyan and Andrew Zisserman asked how far a single rule would take them: make all kernels 3×3 and the network deeper. Their networks, named after their group in Oxford (Visual Geometry Group), are so regular that a short list of numbers describes each of them. Here you derive all five from such lists, build them, and train a small one. You also write the training loop, which `fit` has hidden from you so far.
#
# **In this assignment you will**
#
# 1. explain with numbers why two 3×3 layers are better than one 5×5 layer;
# 2. derive a network's shapes, parameters and multiplications from its configuration, and say which layers account for most of them;
# 3. write layers and networks as subclasses that are built from a configuration, and say what a 1×1 convolution does;
# 4. prepare data with `tf.data`: batches, shuffling, prefetching;
# 5. write a training step with `tf.GradientTape` and `tf.function`, put an epoch loop around it, and compare both with `compile` and `fit`;
# 6. save a subclassed network in two ways and load it again;
# 7. find the mistakes in someone else's notes by working out the shapes.
#
# **Time.** About four hours for reading and answering. Running everything takes about two minutes on 2 CPU cores, a little over one minute of it for training. If a cell takes longer than two seconds, the text before it says so.
#
# **How a task works.** Each task is one or more functions, or a class, with a `TODO`. The cell below it checks your answer and reports the first problem that it finds: not attempted, wrong type, wrong shape or wrong value, with the likely cause where it is known. Grading adds hidden checks on other inputs, so your answer has to be right in general. All other cells are locked; to try something out, add a cell of your own. Stars mark how hard a task is, from ★☆☆ to ★★★. Ten tasks and a written question, 40 points.
#
# **If you are stuck,** run `hint(layer_table)`, with the name of your task, in a cell of your own. The first hint tells you where to read, the second is a first step, the third a skeleton. `progress()` shows how far you have come.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import contextlib
import functools
import io
import math
import tempfile
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from cnnlab import budget, datasets, runs, sliders
from cnnlab.checks import vgg16 as check
from cnnlab.figures import classification
from cnnlab.figures import vgg as figures
from cnnlab.guide import hint, progress, reveal

# Hides advice about speed: the networks in the checks are too small for it.
tf.get_logger().setLevel("ERROR")

# %% [markdown]
# The small network in section 7 trains longer on a GPU than on a CPU. The next cell finds out which one you have, and prints how accurate your network should become.

# %% tags=["budget", "seeds", "folded"]
#@title How long the networks train here
plan = budget.choose(
    grading=budget.Training(images=9_600, epochs=1, accuracy=0.95, seconds=12),
    cpu=budget.Training(
        images=26_000, epochs=2, accuracy=0.987, seconds=70,
        comparison_images=6_400, comparison_epochs=1,
    ),
    gpu=budget.Training(
        images=60_000, epochs=5, accuracy=0.99, seconds=300,
        comparison_images=30_000, comparison_epochs=1,
    ),
)
print(plan)

# %% [markdown]
# ## 1. Why 3×3?
#
# A 3×3 kernel sees 3×3 pixels. Put a second 3×3 layer on top of the first. Each of its inputs sees 3×3 pixels, and the windows of neighbouring inputs are one pixel apart. Together they see 5×5 pixels: this is the *receptive field*. A third layer makes it 7×7: with stride 1, every 3×3 layer adds 2 to the width and the height.
#
# A pixel can reach the output in more than one way. With two layers, for example, three of the numbers in the middle row of the first layer's output depend on the pixel in the centre, and the output reads all three.

# %% [markdown]
# **Predict before you run the next cell.** Stack three 3×3 layers. Which pixel of the 7×7 window can reach the output in the most ways? And in how many ways can a pixel in a corner reach it?

# %%
reveal("01-ways")

# %% [markdown]
# The number in each square below says in how many ways that pixel can reach the output in the centre.

# %%
figures.stacked(3)

# %% [markdown]
# So a stack of three 3×3 layers looks at the same 7×7 pixels as one 7×7 layer. Compare what they cost. If every layer has C input channels and C output channels, a 3×3 layer has 9·C² weights and a 7×7 layer has 49·C² (biases are left out here).
#
# | | receptive field | weights | for C = 256 | ReLUs |
# |---|---|---|---|---|
# | one layer of 5×5 | 5×5 | 25·C² | 1,638,400 | 1 |
# | two layers of 3×3 | 5×5 | 18·C² | 1,179,648 | 2 |
# | one layer of 7×7 | 7×7 | 49·C² | 3,211,264 | 1 |
# | three layers of 3×3 | 7×7 | 27·C² | 1,769,472 | 3 |
#
# The stack of three has 45 % fewer weights than the 7×7 layer. It also needs 45 % fewer multiplications, because each weight is used once at every position. In addition, it has a ReLU after *each* layer, and three nonlinear steps in a row can express more than one. Without a ReLU between them, two layers would amount to a single linear layer.
#
# The next cell computes this table. To measure the receptive field, it shows one bright pixel to a network whose weights are all 1 and counts the outputs that respond to it.

# %% tags=["nbval-check-output"]
def outputs_that_respond(kernel_size: int, layers: int) -> int:
    """How many outputs in a row respond to one bright pixel: the width of the receptive field."""
    image = np.zeros((1, 21, 21, 1), "float32")
    image[0, 10, 10, 0] = 1
    ones = np.ones((kernel_size, kernel_size, 1, 1), "float32")
    for _ in range(layers):
        image = tf.nn.relu(tf.nn.conv2d(image, ones, strides=1, padding="SAME"))
    return int(np.count_nonzero(image[0, 10]))


for kernel_size, layers in ((5, 1), (3, 2), (7, 1), (3, 3)):
    width = outputs_that_respond(kernel_size, layers)
    weights = layers * kernel_size**2 * 256**2
    print(f"{layers} × {kernel_size}×{kernel_size}: sees {width}×{width}, "
          f"{weights:9,} weights for 256 channels, ReLUs: {layers}")

# %% [markdown]
# ### The five configurations
#
# The paper describes five networks, A to E, each with five *blocks*. A block consists of convolutions with the same number of filters, each followed by a ReLU. They use *same* padding, so height and width do not change. At the end of the block, 2×2 max pooling with stride 2 halves both. Three dense layers follow the fifth block: 4096 units, 4096 units, and one unit for each of the 1,000 classes of ImageNet.
#
# So each block is described by a pair: the number of filters, and the kernel sizes, one per convolution.

# %% tags=["seeds"]
FILTERS = (64, 128, 256, 512, 512)
KERNEL_SIZES = {
    "A": ((3,), (3,), (3, 3), (3, 3), (3, 3)),
    "B": ((3, 3), (3, 3), (3, 3), (3, 3), (3, 3)),
    "C": ((3, 3), (3, 3), (3, 3, 1), (3, 3, 1), (3, 3, 1)),
    "D": ((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3)),
    "E": ((3, 3), (3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3)),
}
CONFIGURATIONS = {
    name: list(zip(FILTERS, sizes, strict=True)) for name, sizes in KERNEL_SIZES.items()
}

# %% tags=["nbval-check-output"]
for name, blocks in CONFIGURATIONS.items():
    convolutions = sum(len(kernel_sizes) for _, kernel_sizes in blocks)
    layers = convolutions + 3
    print(f"{name}: {convolutions:2} convolutions + 3 dense layers = {layers} layers with weights")
print("the first three blocks of C:", *CONFIGURATIONS["C"][:3])

# %% [markdown]
# Configuration D is the famous one: 16 layers with weights, **VGG-16**. E is VGG-19.
#
# ### Task 1: the table of layers (4 points, ★★☆)
#
# Write `layer_table`. Nobody should have to type a table with 21 rows, so derive it. Here it is by hand for a tiny network: an image of 6×6 pixels with 2 channels, one block with a single 3×3 convolution of 4 filters, and one dense layer of 5 units.
#
# | name | output | parameters | multiplications |
# |---|---|---|---|
# | conv1_1 | 6×6×4 | 3·3·2·4 + 4 = 76 | 6·6 positions × 3·3·2·4 = 2,592 |
# | pool1 | 3×3×4 | 0 | 0 |
# | fc1 | 5 | 36·5 + 5 = 185 | 36·5 = 180 |
#
# The dense layer reads the last map as a vector of 3·3·4 = 36 numbers. A convolution uses each of its weights for one multiplication at every position of its output. Biases are added, so they cost no multiplication; multiplications by the zeros of the padding do count. The names are the usual ones: `conv2_1` is the first convolution of the second block, and `fc1` is the first fully connected (dense) layer.

# %% nbgrader={"grade": false, "grade_id": "layer_table", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    """The table of a VGG network: one row per layer, in the order of computation.

    Parameters
    ----------
    blocks
        one pair (filters, kernel sizes) per block. For example, (256, (3, 3, 1)) means three
        convolutions with same padding and stride 1, then 2×2 pooling with stride 2. Pooling has no
        padding: 7 pixels become 3. There is at least one block.
    dense
        the units of each dense layer, including the last: (4096, 4096, 1000). At least one layer.
    input_shape
        (height, width, channels) of an image that is large enough for all pooling layers.

    Returns
    -------
    list
        tuples (name, output shape, parameters, multiplications). The names are "conv1_1", ...,
        "pool1", ..., "fc1", ...; flattening has no row. The output shape is (height, width,
        channels), or (units,) for a dense layer. Both counts are whole numbers; biases count as
        parameters.
    """
    ### BEGIN SOLUTION
    height, width, channels = input_shape
    rows = []
    for number, (filters, kernel_sizes) in enumerate(blocks, start=1):
        for place, kernel_size in enumerate(kernel_sizes, start=1):
            weights = kernel_size**2 * channels * filters
            channels = filters
            rows.append((f"conv{number}_{place}", (height, width, filters), weights + filters, height * width * weights))
        height, width = height // 2, width // 2
        rows.append((f"pool{number}", (height, width, channels), 0, 0))
    inputs = height * width * channels
    for number, units in enumerate(dense, start=1):
        rows.append((f"fc{number}", (units,), inputs * units + units, inputs * units))
        inputs = units
    return rows
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_layer_table", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.layer_table(layer_table)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def counted_by_keras(blocks, dense, input_shape):
    """Rows from a real Keras network, and its multiplications by counting in the kernels."""
    tensor = keras.Input(input_shape)
    rows = []
    for index, (filters, sizes) in enumerate(blocks):
        for inner, size in enumerate(sizes):
            layer = keras.layers.Conv2D(filters, size, padding="same")
            tensor = layer(tensor)
            rows.append((f"conv{index + 1}_{inner + 1}", tuple(tensor.shape[1:]), layer.count_params(), int(np.prod(tensor.shape[1:3])) * int(np.prod(layer.kernel.shape))))
        tensor = keras.layers.MaxPooling2D(2)(tensor)
        rows.append((f"pool{index + 1}", tuple(tensor.shape[1:]), 0, 0))
    tensor = keras.layers.Flatten(name=None)(tensor)
    for index, size in enumerate(dense):
        layer = keras.layers.Dense(size)
        tensor = layer(tensor)
        rows.append((f"fc{index + 1}", tuple(tensor.shape[1:]), layer.count_params(), int(np.prod(layer.kernel.shape))))
    return rows


def check_unseen(*columns):
    """Check these columns of the hidden tables."""
    for case, known in unseen:
        check.expect_table(layer_table, *case, known, columns=columns, rule={
            ("conv", "shape"): "A convolution keeps height and width, each for itself, and has one channel per filter.",
            ("conv", "parameters"): "A filter has kernel size squared times the channels of the layer before, and a bias.",
            ("conv", "multiplications"): "Each weight is used at every position of this layer's output.",
            ("pool", "shape"): "Pooling rounds both sides down: 13 becomes 6, and 11 becomes 5.",
            ("pool", "parameters"): "Pooling has no weights.", ("pool", "multiplications"): "Pooling does not multiply.",
            ("fc", "parameters"): "fc1 reads the flattened map, and each later dense layer reads the units of the one before it.",
            ("fc", "multiplications"): "Each weight of a dense layer is used once.",
        })


unseen = [(case, counted_by_keras(*case)) for case in (
    ([(3, (3, 1)), (7, (1, 5, 3))], (11, 6), (13, 22, 4)),
    ([(2, (3, 3, 3)), (5, (3,)), (4, (1, 1))], (9, 8, 7, 3), (24, 17, 1)),
)]
parts = checks.Parts(4)
with parts("names and output shapes", 1):
    check_unseen("shape")
with parts("parameters", 2):
    check_unseen("parameters")
    official = {"A": 132_863_336, "B": 133_047_848, "C": 133_638_952, "D": 138_357_544, "E": 143_667_240}
    for name, total in official.items():
        hidden_rows = layer_table([(64 * 2 ** min(index, 3), sizes) for index, sizes in enumerate(KERNEL_SIZES[name])], (4096, 4096, 1000), (224, 224, 3))
        checks.same(sum(int(row[2]) for row in hidden_rows), total, f"the parameters of configuration {name}, from layer_table", rule="Count the first dense layer by hand: it has most of the parameters.")
with parts("multiplications", 1):
    check_unseen("multiplications")
    hidden_rows = layer_table([(64, (3, 3))], (10,), (512, 512, 3))
    checks.same(int(hidden_rows[1][3]), 512 * 512 * 9 * 64 * 64, "the multiplications of conv1_2 for an image of 512×512, from layer_table", rule="Whole numbers of 32 bits end at 2,147,483,647; Python's own have no limit.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Your function is about to print the table of VGG-16. Which layer has the most parameters? Does the same layer need the most multiplications?

# %%
reveal("01-most")

# %% [markdown]
# Your table for VGG-16:

# %% tags=["nbval-check-output"]
vgg16_rows = layer_table(CONFIGURATIONS["D"], (4096, 4096, 1000), (224, 224, 3))
print("layer    output          parameters  multiplications")
for name, shape, parameters, multiplications in vgg16_rows:
    print(f"{name:8} {'×'.join(map(str, shape)):12} {parameters:13,}  {multiplications:15,}")
parameters, multiplications = (sum(row[column] for row in vgg16_rows) for column in (2, 3))
print(f"{'in all':21} {parameters:13,}  {multiplications:15,}")

# %%
figures.flow(vgg16_rows, "VGG-16: the maps become smaller and more numerous")

# %% [markdown]
# Every block halves the height and width of the maps: 224, 112, 56, 28, 14, 7. The number of channels doubles from block to block until it reaches 512. The last map, 7×7×512, is flattened into 25,088 numbers.
#
# Where are the 138,357,544 parameters, and where is the time spent?

# %%
figures.shares(vgg16_rows)

# %% [markdown]
# Most of the parameters are in one kind of layer, and most of the time is spent in another. The dense layers hold 89 % of the parameters; fc1 alone has 102,764,544 of them, or 74 %. The convolutions do 99 % of the multiplications, 15.3 of 15.5 billion for *one* image: they have few weights, but use each of them at hundreds or thousands of positions.
#
# Notice also that the first layer is cheap, because it reads only three channels. In the first four blocks, every convolution except the first in its block costs the same, 1.85 billion multiplications. Each block halves height and width and doubles the channels, which divides the number of positions by 4 and multiplies the number of weights by 4. The fifth block does not double the channels, so it is cheaper.
#
# The same function works for all five configurations:

# %% tags=["nbval-check-output"]
totals = {}
for name, blocks in CONFIGURATIONS.items():
    rows = layer_table(blocks, (4096, 4096, 1000), (224, 224, 3))
    totals[name] = (sum(row[2] for row in rows), sum(row[3] for row in rows))
    parameters, multiplications = totals[name]
    print(f"{name}: {parameters:11,} parameters, "
          f"{multiplications / 1e9:5.2f} billion multiplications per image")

# %%
figures.configurations(totals)

# %% [markdown]
# From A to E the depth grows from 11 to 19 layers, but the number of parameters grows by only 8 %, because the dense layers outweigh everything else. The number of multiplications grows by 158 %. In the paper, the error on ImageNet fell from A to D, and E was about as good as D.
#
# ### What a 1×1 convolution does
#
# Configuration C differs from D in three layers, which are 1×1 instead of 3×3. A 1×1 kernel sees a single pixel, but *all its channels*. So it mixes channels, in the same way at every position: each output channel is a weighted sum of the input channels. A dense layer does exactly this to a vector; a 1×1 convolution does it to every pixel. The ReLU that follows adds a nonlinearity without enlarging the receptive field.
#
# **By hand.** A pixel has the three channels (200, 100, 50), and a 1×1 kernel has the weights 0.5, 0.25 and 0.2 and no bias. The output is 100 + 25 + 10 = 135.
#
# The photograph below passes through a 1×1 convolution with two filters. The weights of the first come from a television standard that turns red, green and blue into brightness. The second is red minus blue.

# %% tags=["nbval-check-output"]
photograph = datasets.photographs()["automobile"].astype("float32")
# Rows: red, green, blue. Columns: the filters.
mixing = np.array([[0.299, 1], [0.587, 0], [0.114, -1]], "float32")
batch, kernels = photograph[np.newaxis], mixing[np.newaxis, np.newaxis]
convolved = tf.nn.conv2d(batch, kernels, strides=1, padding="SAME")[0].numpy()
pixel_by_pixel = photograph @ mixing  # a dense layer on each pixel
print("1×1 convolution", convolved.shape, "and matrix product", pixel_by_pixel.shape,
      "give the same:", np.allclose(convolved, pixel_by_pixel, atol=1e-3))
print("by hand:", np.array([200, 100, 50]) @ np.array([0.5, 0.25, 0.2]))

# %%
figures.one_by_one(
    photograph, convolved, ("brightness: 0.299 R + 0.587 G + 0.114 B", "red minus blue")
)

# %% [markdown]
# Nothing moves and nothing is blurred: a 1×1 convolution cannot see an edge. In the paper, C did worse than D, so the neighbouring pixels matter, and not only the additional ReLU.
#
# ## 2. A block as a layer
#
# A subclass of `keras.layers.Layer` packs several layers into one. It works like the network in assignment 2: the parts are created once, in `__init__`, and used in `call`. Keras finds the weights of all parts by itself, even in lists. A layer that creates weights of its own does so in a third method, `build`, which is told the shape of the input. A block needs none: its convolutions have their own.
#
# These are the first three blocks of configuration C, for an image of 32×32×3:
#
# | | output |
# |---|---|
# | (64, (3, 3)) | 16×16×64 |
# | (128, (3, 3)) | 8×8×128 |
# | (256, (3, 3, 1)) | 4×4×256 |
#
# You may let Keras initialise the weights as it does by default. The course's own solution uses `kernel_initializer="he_normal"`, which suits ReLU a little better; assignment 5 shows why.

# %% [markdown]
# **Predict before you run the next cell.** The third block of configuration C ends with a 1×1 convolution from 256 to 256 channels. The 3×3 convolution before it also has 256 input and output channels. How many parameters does each of the two have?

# %%
reveal("02-ninth")

# %% [markdown]
# **Predict before you run the next cell.** A block receives maps of 7×9 pixels. What size are the maps that it returns? Pooling has no padding: does the last row of the input still have an influence on them?

# %%
reveal("02-odd")

# %% [markdown]
#
# ### Task 2: a block (3 points, ★☆☆)
#
# Write `VGGBlock`.

# %% nbgrader={"grade": false, "grade_id": "VGGBlock", "locked": false, "schema_version": 3, "solution": true, "task": false}
class VGGBlock(keras.layers.Layer):
    """Convolutions, each followed by ReLU, then 2×2 max pooling with stride 2.

    Parameters
    ----------
    filters
        the number of filters of every convolution in this block.
    kernel_sizes
        a tuple or a list with one whole number per convolution, such as (3, 3, 1). There may be any
        number of convolutions, 1 or more. All have same padding, stride 1 and a bias.
    """

    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        ### BEGIN SOLUTION
        self.convolutions = [
            keras.layers.Conv2D(filters, size, padding="same", activation="relu", kernel_initializer="he_normal")
            for size in kernel_sizes
        ]
        self.pool = keras.layers.MaxPooling2D(2)
        ### END SOLUTION

    def call(self, maps):
        """Shape (n, height, width, channels) becomes (n, height // 2, width // 2, filters)."""
        ### BEGIN SOLUTION
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
        ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_VGGBlock", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.VGGBlock(VGGBlock)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def block_by_hand(values, weights, filters, sizes, last_relu=True, pool="MAX", relu=True):
    """The block from TensorFlow's own operations; pool "FIRST" pools before the convolutions instead of after them."""
    if pool == "FIRST":
        values = tf.nn.max_pool2d(values, 2, 2, "VALID")
    for place, size in enumerate(sizes):
        values = tf.nn.conv2d(values, weights[size, size, values.shape[-1], filters], 1, "SAME") + weights[(filters,)]
        if relu and (last_relu or place + 1 < len(sizes)):
            values = tf.nn.relu(values)
    return np.asarray(values if pool == "FIRST" else tf.nn.pool(values, (2, 2), pool, strides=(2, 2), padding="VALID"))


def filled_block(filters, sizes, size):
    """A block with known weights, its name, its output before, the maps, and the arguments of `block_by_hand`."""
    what = f"VGGBlock({filters}, {tuple(sizes)}) of maps of {size[0]}×{size[1]}×{size[2]}"
    hidden_maps = np.random.default_rng(filters).normal(size=(2, *size)).astype("float32")
    block = VGGBlock(filters, sizes)
    output = check.output_of(block, hidden_maps, what, check.CHAIN)
    shapes = sorted(tuple(weight.shape) for weight in block.get_weights())
    wanted = sorted([(kernel, kernel, size[2] if place == 0 else filters, filters) for place, kernel in enumerate(sizes)] + [(filters,)] * len(sizes))
    checks.true(shapes == wanted, f"{what}: the weights should have the shapes {wanted}, but have {shapes}. There should be one convolution, with its biases, for each kernel size in turn.")
    return block, what, output, hidden_maps, (check.fill(block), filters, sizes)


def check_values(block, what, output, hidden_maps, known):
    """Check the shape, and the values at inference and in training."""
    height, width = hidden_maps.shape[1:3]
    checks.array(output, (2, height // 2, width // 2, known[1]), what, causes={
        (2, -(-height // 2), -(-width // 2), known[1]): "the pooling has padding; without it an odd row or column at the end is left out",
    })
    for values, size_of_values in ((hidden_maps, ""), (100 * hidden_maps, ", with large values")):
        checks.close(block(values), block_by_hand(values, *known), what + size_of_values, causes={
            "the convolutions have no ReLU": block_by_hand(values, *known, relu=False),
            "the last convolution of the block has no ReLU": block_by_hand(values, *known, last_relu=False),
            "this is average pooling; it should be max pooling": block_by_hand(values, *known, pool="AVG"),
            "the pooling comes before the convolutions; it should come after them": block_by_hand(values, *known, pool="FIRST"),
        }, tolerance=0.001, rule="A block is its convolutions, each with ReLU, and max pooling at the end.")
    in_training = keras.Sequential([block])(hidden_maps, training=True)
    checks.close(in_training, block_by_hand(hidden_maps, *known), f"{what}, in training", tolerance=1e-3,
        rule="The block has only convolutions and pooling, which do the same in training as at inference.")


even = [filled_block(*case) for case in ((4, (3,), (6, 8, 3)), (6, [3, 3, 1], (8, 6, 2)), (2, (1,), (4, 4, 3)))]
odd = [filled_block(*case) for case in ((5, (3, 3, 3, 3), (7, 9, 1)), (3, (5, 1, 3), (10, 5, 4)))]
parts = checks.Parts(3)
with parts("ReLU and max pooling", 2):
    for one in even:
        check_values(*one)
with parts("maps with an odd height or width", 1):
    for one in odd:
        check_values(*one)
parts.points()
### END HIDDEN TESTS

# %% tags=["nbval-check-output"]
maps = np.zeros((1, 32, 32, 3), "float32")
for filters, kernel_sizes in CONFIGURATIONS["C"][:3]:
    block = VGGBlock(filters, kernel_sizes)
    maps = block(maps)
    shape = "×".join(map(str, maps.shape[1:]))
    print(f"VGGBlock({filters}, {kernel_sizes}): output {shape}, "
          f"{block.count_params():,} parameters")

# %% [markdown]
# ## 3. VGG-16 from its configuration
#
# With this block, a whole VGG is quick to write: the blocks one after the other, flattening, the dense layers. Two things are new.
#
# **Dropout.** The two large dense layers would otherwise memorise the training images. The paper applies *dropout* with a rate of 0.5 after each of them: in training, each unit is set to 0 with probability 0.5, and the others are doubled, so that the expected value stays the same. At inference nothing is dropped. The argument `training` selects the mode: `network(images, training=True)`. Keras passes it on to the layers inside. There is no dropout after the last layer, which returns the logits.
#
# **Any image size.** Convolution and pooling work for any image size. Only the first dense layer depends on it, because its number of inputs is the length of the flattened map. Keras works it out at the first call: 25,088 for 224×224, and 512 for 32×32, because five pooling layers leave 1×1×512.

# %% [markdown]
# **Predict before you run the next cell.** Two dense layers follow one another, each with dropout of 0.5. A path leads through one unit of the first layer and one of the second. What fraction of these paths is open in training? By what factor is the contribution of an open path multiplied?

# %%
reveal("03-paths")

# %% [markdown]
#
# ### Task 3: the whole network (4 points, ★★☆)
#
# Write `VGG`.

# %% nbgrader={"grade": false, "grade_id": "VGG", "locked": false, "schema_version": 3, "solution": true, "task": false}
class VGG(keras.Model):
    """A VGG network from its configuration, for images of any size and any number of classes.

    Parameters
    ----------
    blocks
        one pair (filters, kernel sizes) per block, as in CONFIGURATIONS["D"].
    dense
        the units of each dense layer except the last. Each of these layers is followed by ReLU and
        then dropout. There may be any number of them, including none.
    classes
        the units of the last dense layer. It has neither activation nor dropout: it returns logits.
    dropout
        the dropout rate after each dense layer except the last.
    """

    def __init__(
        self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5
    ):
        super().__init__()
        ### BEGIN SOLUTION
        self.blocks = [VGGBlock(filters, kernel_sizes) for filters, kernel_sizes in blocks]
        self.flatten = keras.layers.Flatten()
        self.hidden = [keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal") for units in dense]
        self.drops = [keras.layers.Dropout(dropout) for _ in dense]
        self.logits = keras.layers.Dense(classes)
        ### END SOLUTION

    def call(self, images, training=False):
        """The logits, of shape (n, classes), for images of shape (n, height, width, channels)."""
        ### BEGIN SOLUTION
        for block in self.blocks:
            images = block(images)
        vectors = self.flatten(images)
        for layer, drop in zip(self.hidden, self.drops, strict=True):
            vectors = drop(layer(vectors), training=training)
        return self.logits(vectors)
        ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_VGG", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.VGG(VGG)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def vgg_by_hand(images, weights, blocks, dense, classes, relu=True):
    """The logits from TensorFlow's own operations, nothing dropped."""
    values = images
    for filters, sizes in blocks:
        for size in sizes:
            values = tf.nn.relu(tf.nn.conv2d(values, weights[size, size, values.shape[-1], filters], 1, "SAME") + weights[(filters,)])
        values = tf.nn.max_pool2d(values, 2, 2, "VALID")
    values = np.asarray(values).reshape(len(images), -1)
    for units in dense:
        values = values @ weights[values.shape[1], units] + weights[(units,)]
        values = np.maximum(values, 0) if relu else values
    return values @ weights[values.shape[1], classes] + weights[(classes,)]


def checked_network(blocks, dense, classes, shape):
    """A VGG whose logits are right, with the images, the logits, and its name."""
    what = f"VGG({blocks}, {tuple(dense)}, {classes}) for images of {shape[1]}×{shape[2]}"
    hidden_images = np.random.default_rng(classes).random(shape).astype("float32")
    network = VGG(blocks, dense, classes)
    first_logits = check.output_of(network, hidden_images, what, "Any image size and any number of dense layers should be possible.")
    checks.array(first_logits, (shape[0], classes), f"the logits of {what}")
    drawn = check.fill(network, 0.2)
    try:
        expected = vgg_by_hand(hidden_images, drawn, blocks, dense, classes)
    except KeyError as missing:
        raise checks.CheckFailed(f"{what} has no weight of shape {missing}. It should have a dense layer for each number of `dense`, and the last one.") from None
    scale = np.abs(expected).max()
    checks.close(network(hidden_images) / scale, expected / scale, f"the logits of {what}, divided by the largest one", causes={
        "the dense layers have no ReLU": vgg_by_hand(hidden_images, drawn, blocks, dense, classes, relu=False) / scale,
        "the last layer has a ReLU; logits have no activation": np.maximum(expected, 0) / scale,
        "there is a softmax in the last layer; logits have no activation": np.asarray(tf.nn.softmax(expected)) / scale,
    }, tolerance=2e-3, rule="Each layer but the last has ReLU, the last map is flattened as it is, and at inference nothing is dropped.")
    large = vgg_by_hand(255 * hidden_images, drawn, blocks, dense, classes)
    checks.close(network(255 * hidden_images) / np.abs(large).max(), large / np.abs(large).max(), f"the logits of {what} from 0 to 255, divided by the largest one", tolerance=2e-3, rule="Each layer but the last has ReLU, whatever the values are.")
    return network, hidden_images, expected / scale, scale, what


def opened(*rate, flat):
    """A VGG with two dense layers of 200 units that are all 1 where nothing is dropped, so that the logits show what is.
    With `flat` the ones come from the flattened map, else from the first layer's biases."""
    opened_up = VGG([(2, (1,))], (200, 200), 200, *rate)
    opened_up(check.NOISE[:1])
    passing = {(200, 200): np.eye(200)} | ({(2,): np.ones(2), (48, 200): np.eye(48)[np.arange(200) % 48].T} if flat else {})
    opened_up.set_weights([passing.get(weight.shape, np.zeros_like(weight)) for weight in opened_up.get_weights()])
    if not flat:
        next(weight for weight in opened_up.weights if tuple(weight.shape) == (200,)).assign(np.ones(200))
    return opened_up


def check_dropping(network, rate, what):
    """Check how many paths a network of `opened` keeps, and how what is kept is scaled."""
    checks.close(network(check.NOISE), np.ones((3, 200)), f"{what}: units that are 1, at inference", tolerance=1e-3, rule="At inference the network should do what it does in training, without dropout.")
    seen = np.concatenate([np.asarray(network(check.NOISE, training=True)) for _ in range(3)])
    kept, once = float(np.mean(seen != 0)), 1 - rate
    checks.true(kept < 0.999, f"{what} drops nothing in training. Dropout should follow `training`.")
    checks.true(abs(kept - once**2) < 0.06, f"{what} should keep about {once**2:.0%} of the paths through its two dense layers in training, but keeps {kept:.0%}. Dropout of this rate follows each dense layer but the last, and nothing else.")
    checks.true(np.allclose(seen[seen != 0], 1 / once**2, rtol=2e-3), f"{what}: units of 1 that are kept twice should be {1 / once**2:.4g} in training, but one is {seen[seen != 0].flat[0]:.4g}. What is kept is scaled by 1/(1 − rate) each time.")


thin = [(4, (3,)), (6, (3, 1))]
halves = [(max(2, filters // 32), sizes) for filters, sizes in CONFIGURATIONS["C"]]
sound = [((thin, (10, 7), 5), checked_network(thin, (10, 7), 5, (3, 8, 12, 2)))]
parts = checks.Parts(4)
with parts("any image size and depth", 1):
    for *given, shape in (
        (halves, (24, 20), 11, (2, 32, 32, 3)), (halves[:3], [], 4, (2, 9, 8, 1)),
        ([(3, [3, 3])], [30, 20, 40, 9], 2, (4, 5, 4, 3)), (halves, (15,), 8, (1, 96, 64, 3)),
    ):
        one = checked_network(*given, shape)
        if given[1] and shape[1] <= 32:
            sound.append((given, one))
    six = [(2, (1,))] * 6
    deep = VGG(six, (6, 6, 6), 3)
    deep(np.ones((1, 64, 64, 1), "float32"))
    checks.same(deep.count_params(), 4 + 5 * 6 + 18 + 2 * 42 + 21, "the parameters of VGG with six blocks of one layer and three dense layers of 6 units", rule="Each layer has weights of its own.")
    checks.true(six == [(2, (1,))] * 6, "VGG changed the list of six blocks that it was given. Work on a copy: the caller still needs it.")
with parts("defaults", 1):
    large = VGG(thin)
    try:
        with keras.StatelessScope(initialize_variables=False):  # none of its 21 million weights is made
            large(keras.Input((8, 12, 2)))
        total = sum(math.prod(weight.shape) for weight in large.trainable_variables)
    finally:
        keras.utils.clear_session()
    up_to_fc1 = 4 * 19 + 6 * (9 * 4 + 1) + 6 * 7 + 4096 * 37
    checks.same(total, up_to_fc1 + 4096 * 4097 + 1000 * 4097, "the parameters of VGG([(4, (3,)), (6, (3, 1))]), which is told neither `dense` nor `classes`", causes={
        up_to_fc1 + 4096 * 4097 + 10 * 4097: "there are 10 classes by default; there should be 1000",
        up_to_fc1 + 1000 * 4097: "there is one dense layer before the last by default; there should be two",
    }, rule="The defaults are `dense` (4096, 4096) and `classes` 1000.")
    check_dropping(opened(flat=False), 0.5, "VGG with its default dropout of 0.5")
with parts("dropout", 2):
    for given, (network, hidden_images, expected, scale, what) in sound:
        still = VGG(*given, 0.0)
        still(hidden_images)
        still.set_weights(network.get_weights())
        checks.close(still(hidden_images, training=True) / scale, expected, f"{what} with dropout 0.0, in training", tolerance=2e-3,
            rule="`dropout` should be the rate at which units are dropped.")
    check_dropping(opened(0.5, flat=True), 0.5, "VGG with dropout 0.5")
    check_dropping(opened(0.2, flat=False), 0.2, "VGG with dropout 0.2")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Now the real networks. 138,357,544 numbers of 4 bytes each need 553 MB, and filling them with random values takes a while. But they can be counted without being created: inside Keras's `StatelessScope` a network only records which weights it would have.

# %% [markdown]
# **Predict before you run the next cell.** For images of 32×32 pixels and 10 classes, VGG-16 has the same 13 convolutions. About what fraction of its 138,357,544 parameters is left: a tenth, a quarter or a half?

# %%
reveal("03-small")

# %% [markdown]
# The next cell counts all five networks, and VGG-16 for small images. **About 3 seconds.**

# %% tags=["nbval-check-output"]
def parameters_without_memory(network: keras.Model, input_shape: tuple) -> int:
    """The number of parameters of a network for images of this shape; no weights are allocated."""
    try:
        with keras.StatelessScope(initialize_variables=False):
            network(keras.Input(input_shape))
        return sum(math.prod(weight.shape) for weight in network.trainable_variables)
    finally:
        keras.backend.clear_session()  # otherwise Keras would create and fill them later


for name, blocks in CONFIGURATIONS.items():
    count = parameters_without_memory(VGG(blocks), (224, 224, 3))
    print(f"{name} for 224×224 and 1,000 classes: {count:11,} parameters, "
          f"as in the table: {count == totals[name][0]}")
count = parameters_without_memory(VGG(CONFIGURATIONS["D"], classes=10), (32, 32, 3))
print(f"D for 32×32 and 10 classes:      {count:11,} parameters")

# %% [markdown]
# For images of 32×32, VGG-16 loses three quarters of its parameters, almost all of them in fc1, which has 512 inputs instead of 25,088. In assignment 5 you will train it on photographs of that size, and see that depth alone is not enough.
#
# ## 4. A small VGG for digits
#
# MNIST images have 28×28 pixels. Five pooling layers are too many: 28, 14, 7, 3, 1, and then nothing is left to pool. For digits, two blocks are enough. These are the shapes in the MiniVGG that you will train below:
#
# | | output |
# |---|---|
# | image | 28×28×1 |
# | block 1: two 3×3 convolutions, pooling | 14×14×w |
# | block 2: two 3×3 convolutions, pooling | 7×7×64 |
# | flattened | 3136 |
# | dense, ReLU, dropout | 128 |
# | dense: the logits | 10 |
#
# The number of filters in the first block, w, is missing. But the network has **467,818** parameters, so you can work it out:
#
# - the dense layers have 3136·128 + 128 + 128·10 + 10 = 402,826 parameters, which leaves 64,992 for the four convolutions;
# - the four convolutions have (9·1·w + w) + (9·w·w + w) + (9·w·64 + 64) + (9·64·64 + 64) parameters;
# - so 9·w² + 587·w + 36,992 = 64,992. Only one number of filters solves this equation, and it is a power of two.
#
# Your class has one new method: `get_config` returns the arguments of `__init__`, so `__init__` has to store them. Keras needs them to create the network again when it is loaded from a file; section 9 shows how. (A layer for other people to use also returns what its base class knows, such as its name: `super().get_config() | {…}`. Then its `__init__` must accept these settings as well, and pass them on to `super().__init__`. Here the two arguments alone are enough.) You may build the network with `VGGBlock`, from `VGG`, or from Keras's layers alone.

# %% [markdown]
# **Predict before you run the next cell.** Both convolutions of the first block have w filters of 3×3. How many times as many multiplications does the second one need as the first?

# %%
reveal("04-second")

# %% [markdown]
#
# ### Task 4: a VGG for digits (3 points, ★★☆)
#
# Write `MiniVGG`.

# %% nbgrader={"grade": false, "grade_id": "MiniVGG", "locked": false, "schema_version": 3, "solution": true, "task": false}
class MiniVGG(keras.Model):
    """The network in the table above, for greyscale images of 28×28 pixels.

    Parameters
    ----------
    classes
        the number of logits.
    dropout
        the dropout rate after the dense layer with 128 units.
    """

    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        ### BEGIN SOLUTION
        self.classes, self.dropout = classes, dropout
        self.first = VGGBlock(32, (3, 3))
        self.second = VGGBlock(64, (3, 3))
        self.flatten = keras.layers.Flatten()
        self.hidden = keras.layers.Dense(128, activation="relu", kernel_initializer="he_normal")
        self.drop = keras.layers.Dropout(dropout)
        self.logits = keras.layers.Dense(classes)
        ### END SOLUTION

    def call(self, images, training=False):
        """The logits, of shape (n, classes), for images of shape (n, 28, 28, 1)."""
        ### BEGIN SOLUTION
        vectors = self.flatten(self.second(self.first(images)))
        vectors = self.drop(self.hidden(vectors), training=training)
        return self.logits(vectors)
        ### END SOLUTION

    def get_config(self) -> dict:
        """The arguments that this network was created with, {"classes": ..., "dropout": ...}.

        `__init__` has to accept all of them.
        """
        ### BEGIN SOLUTION
        return {"classes": self.classes, "dropout": self.dropout}
        ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_MiniVGG", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.MiniVGG(MiniVGG)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def mini_by_hand(images, weights, classes):
    """MiniVGG's logits from TensorFlow's own operations."""
    values = images
    for filters in (32, 64):
        for _ in range(2):
            values = tf.nn.relu(tf.nn.conv2d(values, weights[3, 3, values.shape[-1], filters], 1, "SAME") + weights[(filters,)])
        values = tf.nn.max_pool2d(values, 2, 2, "VALID")
    values = np.maximum(np.asarray(values).reshape(len(images), 3136) @ weights[3136, 128] + weights[(128,)], 0)
    return values @ weights[128, classes] + weights[(classes,)]


def passing_on(shape):
    """Weights with which every layer makes ones of ones, so that what is dropped shows, wherever it is."""
    weight = np.zeros(shape)
    if len(shape) == 4:
        weight[1, 1] = 1 / shape[2]
    return np.full(shape, 1 / 3136) if shape == (3136, 128) else np.eye(*shape) if len(shape) == 2 else weight


def seen_in_training(mini):
    """The logits of images of ones in training, with weights that make ones of ones."""
    ones = np.ones((12, 28, 28, 1), "float32")
    mini(ones[:1])
    mini.set_weights([passing_on(weight.shape) for weight in mini.get_weights()])
    return np.asarray(mini(ones, training=True))


def expect_dropout(mini, classes, rate, name, seen):
    """Check where and how much a network drops in training, first in what `seen_in_training` has returned."""
    checks.true(np.allclose(seen[seen != 0], 1 / (1 - rate), rtol=1e-3), f"{name} in training: with weights that make ones of ones, the logits should be 0 or {1 / (1 - rate):g}, but one is {seen.flat[np.argmax(np.abs(seen * (1 - rate) - (seen != 0)))]:.4g}. Dropout comes after the dense layer of 128 units, and nowhere else.")
    dropped = float(np.mean(seen == 0))
    checks.true(abs(dropped - rate) < 0.12, f"{name} drops {dropped:.0%} of the 128 units in training. Dropout of the rate that was given comes after the dense layer of 128 units.")
    mini.set_weights([np.full(weight.shape, 1 / 128) if weight.shape == (128, classes) else passing_on(weight.shape) for weight in mini.get_weights()])
    mixed = np.asarray(mini(np.ones((2, 28, 28, 1), "float32"), training=True))
    checks.true(np.abs(mixed - 1).max() < 0.9, f"{name} in training, with a last layer that takes the mean of the 128 units: the logits should be near 1, but one is {mixed.flat[np.argmax(np.abs(mixed - 1))]:.3g}. Dropout comes after the dense layer of 128 units, not after the last one.")


filled, drops_well = {}, []
for classes in (10, 4):
    mini = MiniVGG(classes, 0.5)
    mini(check.DIGITS[:1])
    wanted = sorted([(3, 3, 1, 32), (3, 3, 32, 32), (3, 3, 32, 64), (3, 3, 64, 64), (3136, 128), (128, classes), (32,), (32,), (64,), (64,), (128,), (classes,)])
    shapes = sorted(tuple(weight.shape) for weight in mini.get_weights())
    checks.true(shapes == wanted, f"MiniVGG({classes}): the weights should have the shapes {wanted}, but have {shapes}. The layers should be those of the table.")
    drawn = check.fill(mini, 0.1)
    expected = mini_by_hand(check.DIGITS, drawn, classes)
    scale = np.abs(expected).max()
    filled[classes] = mini, expected / scale, scale
    checks.close(mini(check.DIGITS) / scale, mini(check.DIGITS) / scale, f"the logits of MiniVGG({classes}) for the same images, computed twice at inference", rule="Dropout should follow `training`: at inference nothing is dropped.")
    checks.close(np.asarray(mini(check.DIGITS)) / scale, expected / scale, f"the logits of MiniVGG({classes}), divided by the largest one", causes={
        "the last layer has a ReLU; logits have no activation": np.maximum(expected, 0) / scale,
        "there is a softmax in the last layer; logits have no activation": np.asarray(tf.nn.softmax(expected)) / scale,
    }, tolerance=2e-3, rule="Every convolution and the dense layer of 128 units have ReLU, and the pooling takes the maximum.")
    large = mini_by_hand(255 * check.DIGITS, drawn, classes)
    checks.close(mini(255 * check.DIGITS) / np.abs(large).max(), large / np.abs(large).max(), f"the logits of MiniVGG({classes}) for images from 0 to 255, divided by the largest one", tolerance=2e-3, rule="Every convolution and the dense layer of 128 units have ReLU, whatever the values are.")
parts = checks.Parts(3)
with parts("dropout", 2):
    for classes, (mini, expected, scale) in filled.items():
        in_training = [np.asarray(mini(check.DIGITS, training=True)) for _ in range(2)]
        checks.true(np.abs(in_training[0] - in_training[1]).max() > 1e-3 * scale, "MiniVGG(dropout=0.5) drops nothing in training. Dropout should follow `training`.")
        whole = MiniVGG(classes, 0.0)
        whole(check.DIGITS)
        whole.set_weights(mini.get_weights())
        checks.close(np.asarray(whole(check.DIGITS, training=True)) / scale, expected, "the logits of MiniVGG(dropout=0.0) in training, divided by the largest one", tolerance=2e-3, rule="`dropout` should be the rate at which units are dropped.")
    for classes, rate in ((120, 0.75), (128, 0.0)):
        mini = MiniVGG(classes, rate)
        expect_dropout(mini, classes, rate, f"MiniVGG({classes}, {rate})", seen_in_training(mini))
    drops_well.append(True)
with parts("get_config", 1):
    for classes, rate in ((120, 0.75), (128, 0.0)):
        first = MiniVGG(classes=classes, dropout=rate)
        other = check.remade(first)
        stored = other.get_config()
        checks.same((stored.get("classes"), stored.get("dropout")), (classes, rate), f"classes and dropout of a network made again from the get_config of MiniVGG({classes}, {rate})", rule="get_config should return what __init__ was given.")
        first_seen, seen = seen_in_training(first), seen_in_training(other)
        dropped = [float(np.mean(one == 0)) for one in (first_seen, seen)]
        checks.true(abs(dropped[1] - dropped[0]) < 0.12, f"The network made again from the get_config of MiniVGG({classes}, {rate}) drops {dropped[1]:.0%} of the 128 units in training, but the first one drops {dropped[0]:.0%}. Both should have the same dropout.")
        if drops_well:  # else the first one fails here as well
            expect_dropout(other, classes, rate, f"The network made again from the get_config of MiniVGG({classes}, {rate})", seen)
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** In VGG-16, fc1 has 74 % of the parameters. MiniVGG has smaller maps and only 128 units. Which of its layers has the most of the 467,818 parameters, and about what fraction?

# %%
reveal("04-dense")

# %% tags=["nbval-check-output"]
mini = MiniVGG()
mini(keras.ops.zeros((1, 28, 28, 1)))
widths = [weight.shape[3] for weight in mini.get_weights() if weight.ndim == 4]
mini_rows = layer_table([(widths[0], (3, 3)), (widths[2], (3, 3))], (128, 10), (28, 28, 1))
print("filters of the four convolutions:", *widths)
print(f"parameters, from the network {mini.count_params():,} "
      f"and from the table {sum(row[2] for row in mini_rows):,}")
print(f"multiplications of one image: {sum(row[3] for row in mini_rows):,}")

# %%
figures.flow(mini_rows, "MiniVGG: two blocks, two dense layers")

# %% [markdown]
# ## 5. Preparing the data
#
# The digits are those of MNIST again, this time all of them. Loading takes about a second.

# %% tags=["seeds"]
(train_images, train_labels), (test_images, test_labels) = datasets.mnist()

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=2_560, accuracy=0.87)
test_images, test_labels = test_images[:2_000], test_labels[:2_000]

# %% [markdown]
# In assignment 2 you passed arrays to `fit`, which split them into batches by itself. Your own loop gets its batches from a `tf.data.Dataset`, a chain of small steps (Keras's own counterpart is `keras.utils.PyDataset`, a class with a method that returns one batch):
#
# - `from_tensor_slices` cuts arrays along their first axis, into one image and its label at a time;
# - `shuffle` puts them in random order;
# - `batch` groups a fixed number of them;
# - `prefetch` prepares the next batches while the network is still working on the current one.
#
# **The channel axis.** `np.newaxis` in an index adds an axis of length 1, as `expand_dims` did: if `images` has shape (60000, 28, 28), then `images[:, np.newaxis]` has shape (60000, 1, 28, 28). You know where the channel axis belongs. The dots in `images[..., 0]` stand for "all preceding axes".
#
# **Shuffling.** In a fixed order, every epoch would have the same batches, and the same images would always be the last to change the weights. `shuffle` fills a buffer with the first elements. Then it repeatedly draws one of them at random and puts the next element in its place. With a buffer of 100, the image at position 5,000 cannot come before position 4,900. Only a buffer that holds *all* images can put any image anywhere.

# %% [markdown]
# **Predict before you run the next cell.** Suppose that 60,000 images are sorted by digit, 6,000 zeros first, then 6,000 ones, and so on. You shuffle them with a buffer of 1,000 and make batches of 32. Which digits are in the first batch?

# %%
reveal("05-sorted")

# %% [markdown]
# The next cell shuffles the numbers from 0 to 999 with three buffers:

# %%
streams = {}
for buffer in (1, 100, 1000):
    streams[buffer] = [int(place) for place in tf.data.Dataset.range(1000).shuffle(buffer, seed=1)]
figures.shuffle_buffers(streams)

# %% [markdown]
# **The last batch.** 100 images in batches of 32 make batches of 32, 32, 32 and 4. The network should learn from the last 4 images as well, so keep the small batch.

# %% [markdown]
# **Predict before you run the next cell.** The loss of a batch is the mean over its images, and each batch leads to one step. Which image has more influence on its step of plain gradient descent: one in a batch of 32, or one in the last batch of 4? By what factor?

# %%
reveal("05-last")

# %% [markdown]
#
# **Prefetching.** Without it, data preparation and training take turns waiting for each other. With it, the next batches are prepared during the current step. `tf.data.AUTOTUNE` lets TensorFlow choose how many.
#
# ### Task 5: prepare the data (3 points, ★☆☆)
#
# Write `prepare_data`.

# %% nbgrader={"grade": false, "grade_id": "prepare_data", "locked": false, "schema_version": 3, "solution": true, "task": false}
def prepare_data(
    images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool
) -> tf.data.Dataset:
    """Batches of images and labels for a training loop.

    Parameters
    ----------
    images
        uint8 of shape (n, height, width), 0 to 255. They must not be changed.
    labels
        whole numbers of shape (n,).
    batch_size
        the number of images per batch; the last batch may be smaller.
    shuffle
        True: a random order, a different one in each epoch; every image can come at any position.
        False: the order of the arrays. A fixed seed is allowed.

    Returns
    -------
    tf.data.Dataset
        pairs (images, labels): float32 of shape (batch, height, width, 1) with values 0 to 1, each
        byte divided by 255, and whole numbers of shape (batch,). Each image comes once, with its
        own label. Batches are prefetched, and `len` of the Dataset is their number.
    """
    ### BEGIN SOLUTION
    scaled = images[..., np.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_prepare_data", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.prepare_data(prepare_data)
### BEGIN HIDDEN TESTS
from cnnlab import checks

many = np.zeros((700, 3, 2), "uint8")
many[:, 0, 0], many[:, 1, 1], many[:, 2, 0] = np.arange(700) // 256, np.arange(700) % 256, 255
few, names = np.arange(700) * 7 % 251, np.arange(700) * 7 % 991  # names: more classes than a byte can hold
hidden_orders = []
for _, all_images, all_labels in check.epochs_of(prepare_data, many, few, 64, True, epochs=3):
    checks.true(len(all_images) <= 704, "An epoch of 700 images has more of them when shuffled. In an epoch each image should come exactly once.")
    checks.same(len(all_images), 700, "the number of images in an epoch of 700, shuffled", causes={704: "the last batch is filled up", 640: "the last, smaller batch is dropped"})
    order = np.round(255 * all_images[:, 0, 0, 0]).astype(int) * 256 + np.round(255 * all_images[:, 1, 1, 0]).astype(int)
    checks.true(np.array_equal(np.sort(order), np.arange(700)), "In an epoch with shuffling, each image should come exactly once.")
    checks.true(np.array_equal(all_labels, few[order]), "After shuffling, images and labels do not belong together. Each image keeps its own label.")
    hidden_orders.append(order)
parts = checks.Parts(3)
with parts("any bytes and labels", 1):
    for size in (64, 700, 1000, 1):
        [(batches, all_images, all_labels)] = check.epochs_of(prepare_data, many[: 90 * size], names[: 90 * size], size, False)
        checks.same(len(batches), -(-min(700, 90 * size) // size), f"the number of batches of {min(700, 90 * size)} images in batches of {size}", rule="The batches should have `batch_size` images each, and together all of the images.")
        checks.close(all_images, many[: 90 * size, :, :, np.newaxis] / 255.0, f"all images in batches of {size}, not shuffled", rule="The bytes should be divided by 255, whatever they are, and the axes should stay in order.")
        checks.true(np.issubdtype(all_labels.dtype, np.integer) and all_labels.ndim == 1, f"The labels should be whole numbers of shape (batch,), but are {all_labels.dtype}.")
        checks.true(np.array_equal(all_labels, names[: 90 * size]), f"The labels in batches of {size}, not shuffled, should be those of the array, in its order.")
    [(_, all_images, all_labels)] = check.epochs_of(prepare_data, many, names, 64, True)
    order = np.round(255 * all_images[:, 0, 0, 0]).astype(int) * 256 + np.round(255 * all_images[:, 1, 1, 0]).astype(int)
    checks.true(np.array_equal(all_labels, names[order]), "The labels of 700 images, shuffled, should be those of the array. Each image keeps its own label, whatever number it is.")
    dark = np.arange(6, dtype="uint8").reshape(3, 2, 1) % 2
    [(_, all_images, all_labels)] = check.epochs_of(prepare_data, dark, np.array([-1, 0, 70_000], "int32"), 2, False)
    checks.close(all_images, dark[..., np.newaxis] / 255.0, "three images whose bytes are 0 and 1", rule="Each byte is divided by 255, whatever the others are.")
    checks.same(all_labels.tolist(), [-1, 0, 70_000], "the labels of three images", rule="Labels can be any whole numbers.")
with parts("a new random order in each epoch", 1):
    for order in hidden_orders:
        checks.true(not np.array_equal(order, np.arange(700)), "With shuffle=True the images come in the order of the array.")
        checks.true(np.any(np.diff(order[:64]) != 1), "With shuffle=True the first batch holds neighbours, in their order. Images should be shuffled, not whole batches.")
    checks.true(not np.array_equal(hidden_orders[0], hidden_orders[1]), "Two epochs have the same order. Each pass through the Dataset should have a different one.")
with parts("any image at any position", 1):
    crowd = np.stack([np.arange(12_000) // 256, np.arange(12_000) % 256], axis=1).astype("uint8")[:, :, np.newaxis]
    [(_, all_images, _)] = check.epochs_of(prepare_data, crowd, np.zeros(12_000, "uint8"), 1000, True)
    order = np.round(255 * all_images[:, :, 0, 0]).astype(int) @ [256, 1]
    checks.true(np.any(np.diff(order[:64]) != 1), "With shuffle=True neighbours stay together. Images should be shuffled, not whole batches.")
    reach = int(np.max(order - np.arange(12_000)))
    checks.true(reach > 10_800, f"When 12,000 images are shuffled, no image comes more than {reach} positions earlier than before. Only a buffer that holds all of the images can put any image anywhere.")
parts.points()
### END HIDDEN TESTS

# %% tags=["seeds"]
BATCH = 32  # images per training step
chosen = slice(0, plan.images)
training = prepare_data(train_images[chosen], train_labels[chosen], BATCH, shuffle=True)
testing = prepare_data(test_images, test_labels, 500, shuffle=False)

# %%
print(f"training: {plan.images:,} images in {len(training):,} batches; "
      f"test: {len(test_images):,} images in {len(testing)} batches")
some_images, some_labels = next(iter(training))
print("one batch:", some_images.shape, some_images.dtype.name, some_labels.shape,
      "with the labels", *some_labels.numpy())

# %% [markdown]
# ## 6. A training step of your own
#
# What does `fit` do with each batch? Four things:
#
# 1. *forward*: the network computes the logits, in training mode, and the loss function compares them with the labels;
# 2. *backward*: the gradient of the loss with respect to each trainable weight is computed;
# 3. *update*: the optimiser changes the weights;
# 4. *book-keeping*: the metrics record the loss and how many images are classified correctly.
#
# ### The tape, by hand
#
# `tf.GradientTape` records every operation inside its `with` block, like a tape recorder. Afterwards `gradient` plays the tape backwards and applies the chain rule. Take one weight w = 1, one input 3, and the correct answer 9. The output is 3·w = 3, and the loss is (3·w − 9)² = 36. The derivative with respect to w is 2·(3·w − 9)·3 = −36. One step of gradient descent with learning rate 0.05 leads to w = 1 − 0.05·(−36) = 2.8, where the loss is 0.36.

# %% [markdown]
# **Predict before you run the next cell.** Where does one step from w = 1 lead if the learning rate is 0.12 instead of 0.05? Is the loss there smaller or larger than 36?

# %%
reveal("06-rate")

# %% tags=["nbval-check-output"]
weight = keras.Variable(1.0)
with tf.GradientTape() as tape_recorder:
    distance = keras.ops.square(3 * weight - 9)
slope = float(tape_recorder.gradient(distance, weight))
stepped = float(weight) - 0.05 * slope
print(f"loss {float(distance)}, derivative {slope}, after one step: weight {stepped:.2f}")

# %%
figures.one_step(1.0, -36.0, 0.05)

# %% [markdown]
# ### `tf.function`: Python once, then a graph
#
# In plain Python, the operations of a network are started one by one. With the decorator `@tf.function`, Python runs your function only *once* for each kind of input, to see which operations it needs. This is called *tracing*. The operations become a graph, which then runs without Python, faster and with less memory.

# %% [markdown]
# **Predict before you run the next cell.** The next cell calls a `tf.function` five times, with 3, 3, 3, 4 and 4 numbers. How many times does the `print` inside the function run?

# %%
reveal("06-traces")

# %% tags=["nbval-check-output"]
@tf.function
def traced(values):
    print("   Python runs: tracing for", values.shape)
    return keras.ops.sum(values)


for length in (3, 3, 3, 4, 4):
    print("call with", length, "values")
    traced(keras.ops.ones(length))

# %% [markdown]
# Two things follow from this:
#
# - A `print` inside the function runs only during tracing, so the loop outside has to print the progress.
# - **Variables must exist beforehand.** A `tf.function` may create variables only in its very first call. A network creates its weights when it is first called, and an optimiser like Adam creates two variables per weight in its first step. Your step should also be able to train a second network with a second optimiser. So both are *built* beforehand: the network by calling it once on a batch, the optimiser by `optimizer.build(network.trainable_variables)`. The checks below do this before they call your step; in task 7 you do it yourself.
#
# ### Metrics
#
# A metric accumulates one number over many batches: `update_state` adds a batch, `result` returns the number, and `reset_state` forgets everything. `keras.metrics.Mean` is the mean of the values it is given; `keras.metrics.SparseCategoricalAccuracy` is the fraction of images classified correctly, computed from labels and logits.
#
# The mean loss of an epoch should be the mean over its *images*, but a step knows only the mean over its batch, and the last batch may be smaller. **By hand:** three images with losses 1, 1 and 4 come in batches of 2. The batch means are 1 and 4, and their mean is 2.5, but the mean over the images is 2. So each batch mean is weighted by the number of images in the batch: (2·1 + 1·4) / (2 + 1) = 2. The argument `sample_weight` of `update_state` does this. `fit` also reports the mean over the images.

# %% tags=["nbval-check-output"]
plain, weighted = keras.metrics.Mean(), keras.metrics.Mean()
for batch_mean, count in ((1.0, 2), (4.0, 1)):
    plain.update_state(batch_mean)
    weighted.update_state(batch_mean, sample_weight=count)
print("mean of the batch means", float(plain.result()),
      "and mean over the images", float(weighted.result()))

# %% [markdown]
# ### Task 6: the training step (6 points, ★★★)
#
# Write `train_step`, which does the four things above, and `test_step`, which does the same without learning: no tape, no update, and the network is in inference mode. (Where only the step differs from what `fit` does, Keras users often override the method `train_step` of `keras.Model` and keep `fit`.)
#
# Everything a step needs is passed as an argument. Do not use networks, optimisers, losses, metrics or data from elsewhere in the notebook: if a step trains *the network from the previous cell* instead of the one it was given, the mistake is hard to find, and the checks look for it. Helper functions of your own are fine. Both steps run as graphs, so leave the decorator `@tf.function` above each of them, or call `tf.function` yourself.
#
# **How to begin.** Write the forward part of `train_step` first, inside the `with` block of a tape, and return the loss: the check then tells you what is missing. Add one of the other three parts at a time. Remember to compute the gradient after the `with` block. When `train_step` passes, `test_step` is what remains of it when everything that learns is taken out.

# %% nbgrader={"grade": false, "grade_id": "train_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    """One training step on one batch. It uses nothing but its arguments, and functions.

    Parameters
    ----------
    model
        the network, already built; it is called in training mode.
    images, labels
        the batch.
    optimizer
        already built; it changes the model's trainable weights once.
    loss_function
        loss_function(labels, logits) is the mean loss of the batch, a scalar. Nothing is added to
        it: the networks here have no penalties (`model.losses`).
    mean_loss
        a keras.metrics.Mean: it is given the batch's mean loss, weighted by its image count.
    accuracy
        a keras.metrics.SparseCategoricalAccuracy: it is given the labels, and the logits from
        before the weights were changed.

    Returns
    -------
    tf.Tensor
        the mean loss of the batch, computed before the weights were changed.
    """
    ### BEGIN SOLUTION
    with tf.GradientTape() as record:
        logits = model(images, training=True)
        loss = loss_function(labels, logits)
    gradients = record.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    mean_loss.update_state(loss, sample_weight=keras.ops.shape(labels)[0])
    accuracy.update_state(labels, logits)
    return loss
    ### END SOLUTION


@tf.function
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    """Measure one batch as `train_step` does, but in inference mode and without changing the model.

    Returns the mean loss of this batch.
    """
    ### BEGIN SOLUTION
    logits = model(images, training=False)
    loss = loss_function(labels, logits)
    mean_loss.update_state(loss, sample_weight=keras.ops.shape(labels)[0])
    accuracy.update_state(labels, logits)
    return loss
    ### END SOLUTION

# %% [markdown]
# The check trains a small network for a few steps, which takes about 2 seconds.

# %% nbgrader={"grade": true, "grade_id": "test_train_step", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check.train_step(train_step, test_step)
### BEGIN HIDDEN TESTS
from cnnlab import checks

import types


def passes(weights, inputs, labels, scale=1.0):
    """Loss, logits and gradients of the two layers, worked out by hand."""
    inner = np.tanh(inputs @ weights[0] + weights[1])
    outer = inner @ weights[2] + weights[3]
    shares = np.exp(outer - outer.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    error = shares.copy()
    error[rows, labels] -= 1
    error *= scale / len(labels)
    back = (error @ weights[2].T) * (1 - inner**2)
    return scale * float(-np.log(shares[rows, labels]).mean()), outer, [inputs.T @ back, back.sum(0), inner.T @ error, error.sum(0)]


class Trap:
    """Stands where a global name was; notes who touches it."""

    touched = []

    def __init__(self, name):
        self.__dict__["name"] = name

    def _touch(self, *arguments, **keywords):
        Trap.touched.append(self.__dict__["name"])
        raise RuntimeError("a global name was read")

    __call__ = __iter__ = __len__ = __getitem__ = __float__ = __array__ = __enter__ = __add__ = __mul__ = __sub__ = __rsub__ = __neg__ = _touch

    def __getattr__(self, attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        self._touch()


@contextlib.contextmanager
def trapped():
    """Replace every global network, optimiser, metric, loss and batch, and the usual names of them, by traps; functions stay."""
    guarded = (keras.Model, keras.layers.Layer, keras.optimizers.Optimizer, keras.losses.Loss, keras.metrics.Metric, tf.data.Dataset, tf.Tensor)
    usual = "model network mini optimizer optimiser adam loss_function loss_object loss_fn mean_loss accuracy train_loss train_accuracy test_loss test_accuracy images labels x y logits cross_entropy metrics descent points kinds"
    outside = get_ipython().user_ns  # the names that your cells can read
    names = {name for name, value in outside.items() if isinstance(value, guarded) and not name.startswith("__")} | set(usual.split())
    names |= {name for name, value in outside.items() if isinstance(value, type) and issubclass(value, keras.losses.Loss) and value.__module__ == "__main__"}
    names -= {name for name in names if isinstance(outside.get(name), types.FunctionType)} - {"cross_entropy"}
    kept = {name: outside[name] for name in names if name in outside}
    Trap.touched.clear()
    outside.update({name: Trap(name) for name in names})
    try:
        yield
    except RuntimeError:
        if not Trap.touched:
            raise
    finally:
        for name in sorted(names):
            del outside[name]
        outside.update(kept)
    if Trap.touched:
        raise checks.CheckFailed(f"The step reads the global name {Trap.touched[0]!r}; it should use its arguments only.")


def alone(function, *arguments):
    """Call a step while the notebook's own networks, optimisers and metrics are out of reach."""
    outcome = None
    with trapped():
        outcome = checks.call(function, *arguments)
    return outcome


def three_times(labels, logits):
    """Another loss function."""
    return 3 * check.cross_entropy(labels, logits)


def taught(network, probe, rate, frozen):
    """The metrics of three training steps and what they should be, after checking loss and gradients of each step."""
    descent = keras.optimizers.SGD(rate)
    descent.build(network.trainable_variables)
    metrics, sums = check.fresh_metrics(), [0, 0]
    for part in (slice(0, 20), slice(20, 40), slice(40, 50)):
        old = [weight.astype("float64") for weight in network.get_weights()]
        expected_loss, outer, slopes = passes(old, hidden_points[part], hidden_kinds[part], 3)
        batch_loss = alone(train_step, network, hidden_points[part], hidden_kinds[part], descent, three_times, *metrics)
        checks.close(batch_loss, expected_loss, "the loss of a batch with another loss function, 3 times the cross-entropy", tolerance=1e-3, causes={
            "`loss_function` is not used": expected_loss / 3,
            "this is the loss after the update; it should be the one before": passes(network.get_weights(), hidden_points[part], hidden_kinds[part], 3)[0],
        }, rule="It should be loss_function(labels, logits) of this batch.")
        for place, (was, slope, now) in enumerate(zip(old, slopes, network.get_weights(), strict=True)):
            still = frozen and place < 2
            checks.close((was - now) / rate, 0 * slope if still else slope,
                f"the gradient of the {'kernel' if place % 2 == 0 else 'bias'} of layer {place // 2 + 1}{', which is frozen' if still else ''} (from how far gradient descent moved it)", tolerance=2e-3, causes={
                "the step climbs; it should descend": -slope, "these weights are not changed at all; every trainable weight should be": 0 * slope,
                "the gradients are applied twice": 2 * slope,
                "this is the gradient of the sum over the batch; it should be that of the mean": slope * len(outer), "`loss_function` is not used": slope / 3,
            }, rule="A frozen layer should not be trained." if still else "The optimiser should get the gradients of the loss as they are.")
        sums[0] += expected_loss * len(outer)
        sums[1] += sum(int(np.argmax(row)) == label for row, label in zip(outer, hidden_kinds[part], strict=True))
    checks.true(len(probe.seen) > 0 and all(probe.seen), "train_step should call every network with training=True.")
    return metrics, [total / 50 for total in sums]


def check_metrics(metrics, expected):
    """Check the metrics that `taught` returns."""
    checks.close(metrics[0].result(), expected[0], "mean_loss after batches of 20, 20 and 10 images", tolerance=1e-3, rule="Each batch should count with the number of its images and the loss that is returned.")
    checks.close(metrics[1].result(), expected[1], "accuracy after batches of 20, 20 and 10 images", tolerance=1e-3, rule="It should be given the labels, and the logits from before the update.")


def check_test_step(network, probe):
    """Check `test_step` with a network that `train_step` has trained."""
    probe.seen.clear()
    metrics, by_parts, now = check.fresh_metrics(), [], [weight.astype("float64") for weight in network.get_weights()]
    for part in (slice(0, 30), slice(30, 50)):
        by_parts.append(checks.number(alone(test_step, network, hidden_points[part], hidden_kinds[part], three_times, *metrics), "the loss that test_step returns"))
        checks.close(by_parts[-1], passes(now, hidden_points[part], hidden_kinds[part], 3)[0], f"what test_step returns for batch {len(by_parts)}", tolerance=1e-3, causes={
            "this is the mean of all batches so far; it should be the loss of this batch": passes(now, hidden_points[: part.stop], hidden_kinds[: part.stop], 3)[0],
        }, rule="It should be loss_function(labels, logits) of this batch.")
    expected_loss, outer, _ = passes(now, hidden_points, hidden_kinds, 3)
    checks.close(metrics[0].result(), expected_loss, "mean_loss of test_step after batches of 30 and 20 images", tolerance=1e-3, causes={
        "`loss_function` is not used": expected_loss / 3, "each batch counts alike; weight it with the number of its images": np.mean(by_parts),
        "only the last batch counts; test_step does not reset the metrics": by_parts[1],
    }, rule="It should be given loss_function(labels, logits).")
    checks.close(metrics[1].result(), np.mean(outer.argmax(axis=1) == hidden_kinds), "accuracy of test_step after batches of 30 and 20 images", tolerance=1e-3, causes={"accuracy is never updated": 0}, rule="It should be given the labels and the logits of each batch.")
    checks.same([round(float(metric.variables[1])) for metric in metrics], [50, 50], "what mean_loss and accuracy have counted after test_step saw 30 and 20 images", rule="A batch should count with the number of its images, and only the caller resets the metrics.")
    checks.true(len(probe.seen) > 0 and not any(probe.seen), "test_step should call every network with training=False.")
    probe.seen.clear()
    for part in 4 * (slice(0, 30), slice(30, 50)):
        alone(test_step, network, hidden_points[part], hidden_kinds[part], three_times, *metrics)
    checks.true(len(probe.seen) <= 2, "Python runs the network in every call of test_step. Under @tf.function it runs only while tracing.")


hidden_points, hidden_kinds = np.random.default_rng(8).normal(size=(50, 4)).astype("float32"), np.random.default_rng(9).integers(0, 3, 50)
network_two, probe_two, _ = check.two_layers(2)
network_three, probe_three, _ = check.two_layers(3)
network_three.layers[0].trainable = False
lessons = [taught(network_two, probe_two, 1.0, frozen=False)]
parts = checks.Parts(6)
with parts("frozen layers and other optimisers", 1):
    lessons.append(taught(network_three, probe_three, 0.1, frozen=True))
    network_five, _, _ = check.two_layers(5)
    adam_five = keras.optimizers.Adam(0.01)
    adam_five.build(network_five.trainable_variables)
    old = network_five.get_weights()
    alone(train_step, network_five, hidden_points, hidden_kinds, adam_five, three_times, *check.fresh_metrics())
    checks.close(max(np.abs(was - now).max() for was, now in zip(old, network_five.get_weights(), strict=True)), 0.01, "the farthest that Adam's first step with learning rate 0.01 moved a weight (the optimiser decides that, from the gradients it is given)", tolerance=1e-3, rule="The optimiser alone should change the weights.")
with parts("the metrics of train_step", 2):
    for metrics, expected in lessons:
        check_metrics(metrics, expected)
with parts("test_step", 2):
    check_test_step(network_two, probe_two)
    check_test_step(network_three, probe_three)
with parts("batch normalisation and dropout", 1):
    mixed = keras.Sequential([keras.Input((4,)), keras.layers.Dense(6), keras.layers.BatchNormalization(momentum=0.5), keras.layers.Dropout(0.5), keras.layers.Dense(3)])
    mixed_descent = keras.optimizers.SGD(0.1)
    mixed_descent.build(mixed.trainable_variables)
    moving = [place for place, weight in enumerate(mixed.weights) if not weight.trainable and weight.shape == (6,)]
    old = mixed.get_weights()
    alone(train_step, mixed, hidden_points, hidden_kinds, mixed_descent, check.cross_entropy, *check.fresh_metrics())
    checks.true(not any(np.array_equal(old[place], mixed.get_weights()[place]) for place in moving), "A training step should move the moving averages of a batch normalisation: the network is called in training mode.")
    old, inferred = mixed.get_weights(), float(check.cross_entropy(hidden_kinds, mixed(hidden_points, training=False)))
    in_use = alone(test_step, mixed, hidden_points, hidden_kinds, check.cross_entropy, *check.fresh_metrics())
    checks.close(in_use, inferred, "the loss that test_step returns for a network with batch normalisation and dropout", tolerance=1e-3, rule="In inference mode nothing is dropped, and the moving averages are used.")
    checks.true(all(map(np.array_equal, old, mixed.get_weights())), "test_step changed a network with batch normalisation. It measures, and learns nothing.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. The epoch loop
#
# The loop around the steps is plain Python. For each epoch:
#
# 1. reset all metrics; otherwise the loss of epoch 2 would still include that of epoch 1;
# 2. run a training step on each batch, and show some sign of progress, because an epoch may take minutes;
# 3. run a test step on each batch of test data;
# 4. print one line with the results.
#
# The output should look like this, with epochs counted from 1 and a dot after each tenth of the batches:
#
# ```
# epoch 1/2 .......... loss 0.2104, accuracy 0.9342, test loss 0.0581, test accuracy 0.9817
# epoch 2/2 .......... loss 0.0402, accuracy 0.9876, test loss 0.0342, test accuracy 0.9889
# ```
#
# `print(".", end="", flush=True)` prints a dot immediately, without starting a new line. `len(training)` is the number of batches. With 813 of them, 10·(batches done) // 813 says how many tenths are done: 0 after 81 batches, 1 after 82. Whenever this number goes up, print a dot; with fewer than ten batches, print one after each batch. Other signs of progress are just as good, such as the bar of `keras.utils.Progbar`, as long as they do not fill the screen. Accuracies may be percentages with two decimals.

# %% [markdown]
# **Predict before you run the next cell.** In the first line above, the training loss is 0.2104 and the test loss only 0.0581. How can a network be better on images that it has never seen?

# %%
reveal("07-better")

# %% [markdown]
# **The learning rate.** How far should each step go? In section 6, one weight with the input 3 moved from 1 towards 3, where the loss is 0. Add a second weight v with the input 1 and the correct answer 3, which also starts at 1: the loss is now (3·w − 9)² + (v − 3)². Its derivative is 18·(w − 3) with respect to w and 2·(v − 3) with respect to v. So one step multiplies the distance w − 3 by 1 − 18·(learning rate), and the distance v − 3 by 1 − 2·(learning rate).

# %% [markdown]
# **Predict before you run the next cell.** At a learning rate of 0.12, what happens to w and to v from step to step?

# %%
reveal("07-steep")

# %% [markdown]
# **Try it.** Move the learning rate until the loss explodes, then move it back a little. When it is small, which of the two weights still has a long way to go after 20 steps? Then set the first input to 1. Which learning rates work now? (This is one reason to divide pixels by 255: the inputs of a layer should be small, and of similar size.)

# %%
sliders.explore(
    figures.descent,
    rate=sliders.Slider("learning rate", 0.01, 1.1, 0.05, 0.01),
    first_input=sliders.Slider("input of the first weight", 1, 5, 3),
    steps=sliders.Slider("steps", 5, 60, 20),
)

# %% [markdown]
#
# MiniVGG is trained with Adam. Its learning rate rises to 0.002 during the first tenth of the steps, so that the first, unreliable steps do no harm. Then it falls to 0 along half a cosine wave, so that the weights settle. The loss is the cross-entropy computed from the logits, as in assignment 2.

# %% tags=["seeds"]
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def new_optimizer(images: int, epochs: int) -> keras.optimizers.Optimizer:
    """Adam, with a learning rate that rises to 0.002 and falls to 0 during the training."""
    total = epochs * math.ceil(images / BATCH)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0002, total - total // 10, warmup_target=0.002, warmup_steps=total // 10
    )
    return keras.optimizers.Adam(schedule)


def new_network(chosen: int) -> keras.Model:
    """A MiniVGG, already built, whose weights are initialised from this seed."""
    keras.utils.set_random_seed(chosen)
    network = MiniVGG()
    network(keras.ops.zeros((1, 28, 28, 1)))
    return network

# %% [markdown]
# The check of task 7 also trains a MiniVGG, with the next function, `trained`. It calls your `train` and keeps the result, so the cells after the check can use the same network without training it again.

# %% tags=["folded"]
#@title trained: a MiniVGG, trained once by your train
@functools.cache
def trained() -> tuple:
    """A MiniVGG trained by your `train`, its logits for the test images, and two counts:
    the steps that its optimiser took, and those that it should take."""
    network, optimizer = new_network(1), new_optimizer(plan.images, plan.epochs)
    with budget.within_memory():
        train(network, training, testing, plan.epochs, optimizer, LOSS)
    logits = network.predict(testing, verbose=0)
    return network, logits, int(optimizer.iterations), plan.epochs * len(training)

# %% [markdown]
# ### Task 7: the epoch loop (5 points, ★★★)
#
# Write `train`.
#
# **How to begin.** Make the four metrics and the dict with its four empty lists. Then write one epoch, without printing: the training steps, the test steps, and one number appended to each list. Put the loop over the epochs around it, with the metrics reset at its start. Printing comes last.

# %% nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    """Train a network with `train_step`, and measure it with `test_step` after every epoch.

    Parameters
    ----------
    model
        the network, already built.
    training, testing
        Datasets of pairs (images, labels). The model learns only from the first one.
    epochs
        the number of passes over the training data.
    optimizer
        not built yet: build it first, for the model's trainable variables.
    loss_function
        as in `train_step`.

    Returns
    -------
    dict
        "loss", "accuracy", "test_loss", "test_accuracy", each with a list of floats, one per epoch.
        The first two are means over the images of the epoch while the model learned from them; the
        others are measured at the end of the epoch. All epochs are trained, whatever the numbers
        are, and the model stays as the last step left it. `train` also prints one line per epoch,
        as shown above, with four decimals, and progress within the epoch.
    """
    ### BEGIN SOLUTION
    optimizer.build(model.trainable_variables)
    mean_loss, accuracy = keras.metrics.Mean(), keras.metrics.SparseCategoricalAccuracy()
    test_loss, test_accuracy = keras.metrics.Mean(), keras.metrics.SparseCategoricalAccuracy()
    metrics = {"loss": mean_loss, "accuracy": accuracy, "test_loss": test_loss, "test_accuracy": test_accuracy}
    history = {name: [] for name in metrics}
    steps = len(training)
    for epoch in range(1, epochs + 1):
        for metric in metrics.values():
            metric.reset_state()
        print(f"epoch {epoch}/{epochs} ", end="", flush=True)
        for done, (images, labels) in enumerate(training, start=1):
            train_step(model, images, labels, optimizer, loss_function, mean_loss=mean_loss, accuracy=accuracy)
            tenths = 10 * done // steps - 10 * (done - 1) // steps
            print("." * tenths, end="", flush=True)
        for images, labels in testing:
            test_step(model, images, labels, loss_function, test_loss, test_accuracy)
        for name, metric in metrics.items():
            history[name].append(float(metric.result()))
        print(" " + ", ".join(f"{name.replace('_', ' ')} {values[-1]:.4f}" for name, values in history.items()))
    return history
    ### END SOLUTION

# %% [markdown]
# The check first trains a network with three classes on 45 points for three epochs. Then it trains a MiniVGG: **about 50 seconds**. The trained network must reach a required accuracy on the test set. The course team trained 20 networks with the seeds 1 to 20, once in the way that your notebook uses on a CPU (`cpu`), and once in the shorter way used for grading (`grading`). The required accuracy is so far below their mean that a correct answer does not fail through bad luck:
#
# | | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 9,600 images, 1 epoch | 97.51 % | 0.15 % | 95.0 % | 17.2 standard deviations |
# | cpu | 26,000 images, 2 epochs | 99.03 % | 0.06 % | 98.7 % | 5.4 standard deviations |
#
# With a GPU, the network trains on all 60,000 images for five epochs and should reach 99.0 %. Nothing was measured on a GPU, but the end of this section shows such a training run on a CPU.

# %% nbgrader={"grade": true, "grade_id": "test_train", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.train(train, trained, test_labels, plan)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def loop_by_hand(weights, learn, measure, size, epochs, rate, reset=True, weighted=True):
    """The history of a softmax regression, and its last weights."""
    kernel, bias = (weight.astype("float64") for weight in weights)
    book = {key: [] for key in check.KEYS}
    sums = np.zeros(3)
    for _epoch in range(epochs):
        sums = np.zeros(3) if reset else sums
        for place in range(0, len(learn[0]), size):
            inputs, labels = learn[0][place : place + size], learn[1][place : place + size]
            value, right, error = scored(inputs @ kernel + bias, labels)
            kernel, bias = kernel - rate * inputs.T @ error / len(labels), bias - rate * error.mean(0)
            sums += np.array([value, right / len(labels), 1]) * (len(labels) if weighted else 1)
        value, right, _ = scored(measure[0] @ kernel + bias, measure[1])
        for key, number in zip(check.KEYS, (sums[0] / sums[2], sums[1] / sums[2], value, right / len(measure[1])), strict=True):
            book[key].append(number)
    return book, kernel


def scored(logits, labels):
    """Mean loss, number of right ones, and the error of each probability."""
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return float(-np.log(shares[np.arange(len(labels)), labels]).mean()), int((shares.argmax(axis=1) == labels).sum()), shares - np.eye(shares.shape[1])[labels]


def observed():
    """Batches that write down how much was printed when they were asked for; in the first epoch they take their time."""
    for number in range(20):
        time.sleep(0 if len(pulled) > 20 else 0.05)  # a bar that draws every half second should have its turn
        pulled.append(watched.getvalue())
        yield points[number : number + 5], kinds[number : number + 5]


def seen_of(text: str) -> list:
    """The lines that stay on the screen: what follows a \\r overwrites its line."""
    return [line.rpartition("\r")[2].rstrip() for line in text.rstrip().split("\n")]


def three_times(labels, logits):
    """Another loss function."""
    return 3 * check.cross_entropy(labels, logits)


points, kinds = check.POINTS, check.KINDS
learn, measure = (points[:45], kinds[:45]), (points[45:], kinds[45:])
network, start, small_history, _ = check.small_training(train)
expected_book, expected_kernel = loop_by_hand(start, learn, measure, 10, 3, 0.5)
checks.close(network.get_weights()[0], expected_kernel, "the weights after three epochs on the training data alone", tolerance=1e-3, rule="The network should learn from every batch of `training` and nothing else, with the optimiser that train is given.")
pulled, watched = [], io.StringIO()
stream = tf.data.Dataset.from_generator(observed, output_signature=(tf.TensorSpec((5, 4), tf.float32), tf.TensorSpec((5,), tf.int64))).apply(tf.data.experimental.assert_cardinality(20))
with contextlib.redirect_stdout(watched), contextlib.redirect_stderr(watched):
    check.result_of_train(train, check.simple_network(8), stream, check.as_batches(points, kinds, 30), 2, keras.optimizers.Adam(0.01), check.cross_entropy)
turned_round = points[45:], (kinds[45:] + 1) % 3  # measured with other labels, the network becomes worse from epoch to epoch
worse = check.simple_network(10)
worse_book, worse_kernel = loop_by_hand(worse.get_weights(), learn, turned_round, 10, 8, 0.5)
with contextlib.redirect_stdout(io.StringIO()):
    worse_result = check.result_of_train(train, worse, check.as_batches(*learn, 10), check.as_batches(*turned_round, 10), 8, keras.optimizers.SGD(0.5), check.cross_entropy)
parts = checks.Parts(5)
with parts("the history", 2):
    muddled, _ = loop_by_hand(start, learn, measure, 10, 3, 0.5, reset=False)
    muddled |= {key: np.cumsum(muddled[key]) / [1, 2, 3] for key in check.KEYS[2:]}
    uneven, _ = loop_by_hand(start, learn, measure, 10, 3, 0.5, weighted=False)
    value, right, _ = scored(measure[0] @ start[0] + start[1], measure[1])
    measured_at_start = {"test_loss": value, "test_accuracy": right / len(measure[1]), "loss": np.nan, "accuracy": np.nan}
    for key in check.KEYS:
        checks.close(small_history[key], expected_book[key], f"the three values of {key!r}", tolerance=1e-3, causes={
            "the metrics are not reset at the start of an epoch": muddled[key],
            "training and test values are exchanged": expected_book[check.KEYS[(check.KEYS.index(key) + 2) % 4]],
            "loss and accuracy are exchanged": expected_book[check.KEYS[check.KEYS.index(key) ^ 1]],
            "this is measured before the epoch; it should be measured after it": [measured_at_start[key]] + expected_book[key][:-1],
            "each batch counts alike; the smaller last one should count less": uneven[key],
        }, rule=f"{key!r} should be computed from all of its own data: 'loss' and 'accuracy' while the network learns, the others at the end of the epoch.")
    for key in check.KEYS:
        numbers = worse_result[key]
        checks.close(numbers, worse_book[key][: len(numbers)], f"the values of {key!r}, where the test loss rises", tolerance=1e-3, rule="Each value should be that of its own epoch, whatever the test set says.")
    checks.same(len(pulled), 40, "the number of batches that train took in 2 epochs of 20", causes={20: "only one epoch is trained", 80: "each epoch goes through the training data twice"}, rule="Each epoch should go through all batches once.")
with parts("all epochs while the test loss rises", 1):
    check.expect_history(worse_result, 8, "train")
    checks.close(worse.get_weights()[0], worse_kernel, "the weights after eight epochs, where the test loss rises", tolerance=1e-3, rule="All epochs should be trained, whatever the test set says, and the network should stay as the last step left it.")
with parts("progress", 1):
    checks.true(len(pulled[18]) > len(pulled[3]), "Nothing was printed between the first batches and the end of an epoch. Progress should be printed within the epoch.")
    checks.true(len(seen_of(watched.getvalue())) <= 10, f"train prints {len(seen_of(watched.getvalue()))} lines in 2 epochs. Progress should be printed with `end=\"\"`, in the line of the epoch.")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        check.result_of_train(train, check.simple_network(8), check.as_batches(np.resize(points, (600, 4)), np.resize(kinds, 600), 1), check.as_batches(points, kinds, 30), 1, keras.optimizers.SGD(0.01), check.cross_entropy)
    longest = max(map(len, seen_of(printed.getvalue())))
    checks.true(longest <= 300, f"In an epoch of 600 batches train prints a line of {longest:,} characters. There should be a dot after each tenth of the batches, not after each of them.")
with parts("a second training with another loss function", 1):
    first_run, second_run = check.simple_network(9), check.simple_network(9)
    for run_network in (first_run, second_run):
        with contextlib.redirect_stdout(io.StringIO()) as _:
            result = train(run_network, check.as_batches(points, kinds, 20), check.as_batches(points[:9], kinds[:9], 4), 2, keras.optimizers.Adam(0.05), three_times)
    checks.close(first_run.get_weights()[0], second_run.get_weights()[0], "the weights of two networks that were trained alike, one after the other", tolerance=1e-3, rule="A training should not depend on the one before it.")
    value, right, _ = scored(points[:9] @ first_run.get_weights()[0].astype("float64") + first_run.get_weights()[1], kinds[:9])
    checks.close(result["test_loss"][-1], 3 * value, "the last test loss with another loss function, in batches of 4, 4 and 1", tolerance=1e-3, causes={"`loss_function` is not used": value}, rule="The test batches should count with the number of their images.")
    checks.close(result["test_accuracy"][-1], right / 9, "the last test accuracy, in batches of 4, 4 and 1", tolerance=1e-3, rule="The test batches should count with the number of their images.")
try:  # the training comes last, and costs all points
    check.expect_trained(trained, test_labels, plan)
except checks.CheckFailed as failed:  # what a part has found says more
    raise next((error for _, _, error in parts.points().lost), failed) from None
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# To see how much depends on chance, you may train one more network from another seed: run `accuracy_of_seed(3)` in a cell of your own. It returns the test accuracy. The table above summarises what it returned for the seeds 1 to 20.

# %% tags=["folded", "seeds"]
#@title accuracy_of_seed: train one MiniVGG from a seed
def accuracy_of_seed(seed: int) -> float:
    """The test accuracy of one MiniVGG from this seed, with the images and epochs of `plan`."""
    network, optimizer = new_network(seed), new_optimizer(plan.images, plan.epochs)
    return train(network, training, testing, plan.epochs, optimizer, LOSS)["test_accuracy"][-1]


# %% tags=["audit", "seeds"]
def broken_accuracies(seed: int) -> dict[str, float]:
    """What `accuracy_of_seed` returns, for networks that are plausible but broken."""
    images, labels = train_images[: plan.images], train_labels[: plan.images]

    def reached(images, labels, epochs=plan.epochs, scale=1.0) -> float:
        network, optimizer = new_network(seed), new_optimizer(plan.images, plan.epochs)
        batches = prepare_data(images, labels, BATCH, shuffle=True).map(lambda some, numbers: (scale * some, numbers))
        if epochs:
            return train(network, batches, testing, epochs, optimizer, LOSS)["test_accuracy"][-1]
        return float(np.mean(np.concatenate([np.asarray(network(some)).argmax(axis=1) == numbers for some, numbers in testing])))

    return {
        "not trained": reached(images, labels, epochs=0),
        "labels shuffled": reached(images, np.random.default_rng(seed).permutation(labels)),
        "one class": reached(images, np.full_like(labels, 3)),
        "normalisation forgotten": reached(images, labels, scale=255.0),
    }


# %% [markdown]
# ### What the network still gets wrong

# %%
trained_network, test_logits, *_ = trained()  # by the check of task 7
shares = np.asarray(tf.nn.softmax(test_logits))
guesses = shares.argmax(axis=1)
mistakes = np.flatnonzero(guesses != test_labels)
print(f"{len(mistakes)} of {len(test_labels):,} images are classified wrongly")
worst = mistakes[np.argsort(-shares[mistakes].max(axis=1))][:12]
classification.worst(
    test_images[worst], test_labels[worst], guesses[worst], shares[worst].max(axis=1)
)

# %% [markdown]
# ### A longer training run
#
# You could train for more than two epochs, on more of the images. The course team once trained a MiniVGG on *all* 60,000 images for five epochs, as this notebook does if there is a GPU. The results are stored with the course, together with a description of the machine:

# %%
stored = runs.load("04-vgg16")
figures.curves(stored["full"], "MiniVGG on all of MNIST")

# %% [markdown]
# After five epochs it reached 99.49 % on the test set, and most of the gain came within the first three epochs. The training loss keeps falling to the end, but the test loss does not: the last epoch brings no further improvement.
#
# ## 8. The same with compile and fit
#
# You have written what `fit` does. Now let `fit` do it. `compile` takes the optimiser, the loss and the metric (as `metrics=[...]`). `fit` takes the data, the number of epochs and the test data (as `validation_data`). It returns an object whose attribute `history` is a dict with the keys "loss", "accuracy", "val_loss" and "val_accuracy", if the metric is called "accuracy".
#
# `fit` can shuffle arrays, but not a Dataset, which does its own shuffling. Pass `shuffle=False`; otherwise Keras prints a harmless warning.
#
# ### Task 8: compile and fit (2 points, ★☆☆)
#
# Write `train_with_fit`.

# %% nbgrader={"grade": false, "grade_id": "train_with_fit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    """The same as `train`, with `compile` and `fit`: the same arguments, and the same keys.

    The keys are "loss", "accuracy", "test_loss", "test_accuracy", each with a list of numbers, one
    per epoch. All epochs are trained, whatever the numbers are. `fit` prints nothing (verbose=0).
    """
    ### BEGIN SOLUTION
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, shuffle=False, verbose=0).history
    return {
        "loss": found["loss"],
        "accuracy": found["accuracy"],
        "test_loss": found["val_loss"],
        "test_accuracy": found["val_accuracy"],
    }
    ### END SOLUTION

# %% [markdown]
# The check takes about a second.

# %% nbgrader={"grade": true, "grade_id": "test_train_with_fit", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.train_with_fit(train_with_fit)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def numbers_by_hand(weights, inputs, labels):
    """Loss and accuracy of one dense layer, and the gradients."""
    logits = inputs @ weights[0] + weights[1]
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    error = (chances - np.eye(3)[labels]) / len(labels)
    return float(-np.log(chances[np.arange(len(labels)), labels]).mean()), float((logits.argmax(axis=1) == labels).mean()), [inputs.T @ error, error.sum(0)]


sample, sample_kinds = check.sample_of_fit()
network, start, result, _ = check.small_fit(train_with_fit)
theirs = [weight.astype("float64") for weight in start]
for epoch in range(3):
    total = np.zeros(2)
    for place in range(0, 45, 10):
        part = slice(place, min(place + 10, 45))
        value, right, slopes = numbers_by_hand(theirs, sample[part], sample_kinds[part])
        total += (value * (part.stop - place), right * (part.stop - place))
        theirs = [weight - 0.5 * slope for weight, slope in zip(theirs, slopes, strict=True)]
    value, right, _ = numbers_by_hand(theirs, sample[45:], sample_kinds[45:])
    seen_loss, seen_right, _ = numbers_by_hand(theirs, sample[:45], sample_kinds[:45])
    for key, number in (("loss", total[0] / 45), ("accuracy", total[1] / 45), ("test_loss", value), ("test_accuracy", right)):
        checks.close(checks.number(result[key][epoch], f"a value of {key!r}"), number, f"{key!r} in epoch {epoch + 1} of train_with_fit", tolerance=1e-3, causes={
            "training and test values are exchanged": dict(loss=value, accuracy=right, test_loss=total[0] / 45, test_accuracy=total[1] / 45)[key],
            "loss and accuracy are exchanged": dict(loss=total[1] / 45, accuracy=total[0] / 45, test_loss=right, test_accuracy=value)[key],
            "this is measured on the training data, after the epoch": dict(loss=seen_loss, accuracy=seen_right, test_loss=seen_loss, test_accuracy=seen_right)[key],
        }, rule="In each epoch the network should learn once from each batch of `training`, with the optimiser and the loss that train_with_fit is given.")
checks.close(network.get_weights()[0], theirs[0], "the weights after three epochs on the training data alone", tolerance=1e-3, rule="In each epoch the network should learn once from each batch of `training`, and from nothing else.")
falling = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
pair = check.as_batches(sample[:45], sample_kinds[:45], 45), check.as_batches(sample[:30], (sample_kinds[:30] + 1) % 3, 30)
theirs, wanted_loss, wanted_test = [weight.astype("float64") for weight in falling.get_weights()], [], []
for _epoch in range(9):
    value, _, slopes = numbers_by_hand(theirs, sample[:45], sample_kinds[:45])
    theirs = [weight - slope for weight, slope in zip(theirs, slopes, strict=True)]
    wanted_loss.append(value)
    wanted_test.append(numbers_by_hand(theirs, sample[:30], (sample_kinds[:30] + 1) % 3)[0])
sparse_loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
result = checks.call(train_with_fit, falling, *pair, 9, keras.optimizers.SGD(1.0), sparse_loss)
checks.close(result["loss"], wanted_loss, "the losses of nine epochs, where the test loss rises", tolerance=1e-3, rule="All epochs should be trained, whatever the test set says.")
checks.close(result["test_loss"], wanted_test, "the test losses of nine epochs, where they rise", tolerance=1e-3, rule="All epochs should be trained, whatever the test set says.")
checks.close(falling.get_weights()[0], theirs[0], "the weights after nine epochs, where the test loss rises", tolerance=1e-3, rule="The network should stay as the last step left it.")
another = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
own = keras.optimizers.Adam(0.01)
before_fit = another.get_weights()
half = check.as_batches(sample, sample_kinds, 60)
result = train_with_fit(another, half, half, 1, own, lambda labels, logits: 2 * keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True))
checks.same(int(own.iterations), 1, "the steps of the optimiser in one epoch of one batch", causes={0: "another optimiser is used; it should be the one that train_with_fit is given"}, rule="`fit` should be called once.")
checks.close(result["loss"][0], 2 * numbers_by_hand(before_fit, sample, sample_kinds)[0], "the loss with another loss function", tolerance=1e-3, causes={"`loss_function` is not used": numbers_by_hand(before_fit, sample, sample_kinds)[0]})
### END HIDDEN TESTS

# %% [markdown]
# ### Which is faster, and which is better?
#
# Your loop and `fit` now train the same network, from the same seed, on the same images.

# %% [markdown]
# **Predict before you run the next cell.** Do the two networks have exactly the same test accuracy, since they start with the same weights and learn from the same images?

# %%
reveal("08-seed")

# %% [markdown]
# The times include tracing and the evaluation on the test set. **About 15 seconds.**

# %% tags=["folded", "seeds"]
#@title timed and longer_run: how the two are compared
def timed(trainer, seed: int, images: int, epochs: int) -> tuple:
    """The test accuracy of a MiniVGG after `train` or `train_with_fit`, and the seconds it took."""
    data = prepare_data(train_images[:images], train_labels[:images], BATCH, shuffle=True)
    network, optimizer = new_network(seed), new_optimizer(images, epochs)
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        result = trainer(network, data, testing, epochs, optimizer, LOSS)
    return result["test_accuracy"][-1], time.perf_counter() - start


def longer_run() -> dict:
    """Loop and fit in turn on one core, five seeds; then a MiniVGG on all images, 5 epochs."""
    measured = {"loop": [], "fit": []}
    with runs.one_core():
        for seed in range(1, 6):
            turns = [("loop", train), ("fit", train_with_fit)]
            for name, trainer in turns if seed % 2 else turns[::-1]:
                measured[name].append(timed(trainer, seed, 9_600, 1))
    data = prepare_data(train_images, train_labels, BATCH, shuffle=True)
    full = train(new_network(1), data, testing, 5, new_optimizer(60_000, 5), LOSS)
    return measured | {"full": full}


# %%
if plan.comparison_images:  # not while it is graded: the comparison has no points
    for name, trainer in (("your loop", train), ("fit", train_with_fit)):
        accuracy, seconds = timed(trainer, 1, plan.comparison_images, plan.comparison_epochs)
        print(f"{name:10} test accuracy {accuracy:.2%}, {seconds:5.1f} s")

# %% [markdown]
# A single run of each tells you little. The same training run can take twice as long the next time, depending on how the system distributes its work over the cores, and accuracies differ from run to run as well. So the course team measured five runs of each, from five seeds, in turn and on a single core.

# %% [markdown]
# **Predict before you run the next cell.** On a single core, which takes longer for one epoch of 9,600 images, the loop or `fit`? Or is there hardly any difference?

# %%
reveal("08-faster")

# %%
for name in ("loop", "fit"):
    for number, (accuracy, seconds) in enumerate(stored[name], start=1):
        print(f"{name:5} seed {number}: test accuracy {accuracy:.2%}, {seconds:5.1f} s")
figures.loop_and_fit(stored["loop"], stored["fit"])

# %% [markdown]
# On one core the median time is 18.5 s for the loop and 21.8 s for `fit`, a ratio of 0.85: the loop is not slower. The times vary a lot, though: two of the loop's five runs took 24 and 25 s, longer than any run of `fit`, because the computer was busy with something else. Neither is more accurate: the loop reached 97.28 % to 97.72 %, `fit` 97.36 % to 97.81 %.
#
# So why write a loop? Not for speed. You write one when `fit` does not do what you need: two networks that train against each other, or a loss that needs gradients of gradients. For less than that, `fit` can be adapted: Keras's optimisers add up the gradients of several batches with `gradient_accumulation_steps`, and a network's own `train_step` replaces the step inside `fit`. For everything else, plain `fit` is shorter and has been tested by more people.
#
# ## 9. Save and load
#
# A trained network is worth keeping. Keras can save it in two kinds of file:
#
# | | `network.save("network.keras")` | `network.save_weights("network.weights.h5")` |
# |---|---|---|
# | contents | the name of the class, what `get_config` returned, all weights | all weights |
# | needed for loading | the class | the class *and* a new network of the same kind, already built |
# | loaded with | `keras.models.load_model` | the network's method `load_weights` |
#
# For a network made of Keras's own layers, a file of the first kind is enough. A **subclassed** network is Python code, and neither file contains your code. So each kind of file needs something from you:
#
# - *`.keras`*: Keras finds the name "MiniVGG" in the file and must be told which class that is, with `custom_objects={"MiniVGG": MiniVGG}` (or with the decorator `@keras.saving.register_keras_serializable()` above the class). Then it calls `MiniVGG.from_config` with what `get_config` returned. Without a `get_config`, this fails.
# - *`.weights.h5`*: the new network must have weights *before* the saved ones can be loaded, so call it once on a batch of images. For a network like ours, `network.build(shape)` is not enough: it marks the network as built, but creates no weights. `load_weights` then loads nothing, and only prints a warning.
#
# Only the predictions show whether loading worked: a network with fresh random weights otherwise looks just like a trained one.

# %% [markdown]
# **Predict before you run the next cell.** Somebody makes a new MiniVGG, calls `build` instead of calling the network on a batch, loads the weights and ignores the warning. About what fraction of the test images does this network classify correctly?

# %%
reveal("09-built")

# %% [markdown]
#
# ### Task 9: save and load (3 points, ★★☆)
#
# Write three short functions.

# %% nbgrader={"grade": false, "grade_id": "save_both", "locked": false, "schema_version": 3, "solution": true, "task": false}
def save_both(network: keras.Model, folder: str) -> tuple:
    """Save a network in a folder, as network.keras and as network.weights.h5; return both paths.

    The paths are strings or `Path`s, that of network.keras first. The network is not changed.
    """
    ### BEGIN SOLUTION
    whole, weights = f"{folder}/network.keras", f"{folder}/network.weights.h5"
    network.save(whole)
    network.save_weights(weights)
    return whole, weights
    ### END SOLUTION


def load_whole(path: str, own_classes: dict) -> keras.Model:
    """The network from a .keras file. `own_classes` has the classes that Keras lacks, by name."""
    ### BEGIN SOLUTION
    return keras.models.load_model(path, custom_objects=own_classes)
    ### END SOLUTION


def load_weights(path: str, make_network, images) -> keras.Model:
    """A new network with the weights from a .weights.h5 file, ready to be used or trained further.

    Parameters
    ----------
    path
        the file.
    make_network
        make_network() makes a new network of the same kind, not yet built.
    images
        a batch of images in the form that the network takes, an array or a tensor.
    """
    ### BEGIN SOLUTION
    fresh = make_network()
    fresh(images)
    fresh.load_weights(path)
    return fresh
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_save_both", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.save_both(save_both, load_whole, load_weights)
### BEGIN HIDDEN TESTS
from cnnlab import checks

class Two(check.Scaled):
    """Another one, with another number of units."""

    def __init__(self, factor, units):
        super().__init__(factor)
        self.units = units
        self.layers_in_turn.insert(0, keras.layers.Conv2D(units, 3, strides=9))
        self.layers_in_turn.insert(1, keras.layers.Flatten())

    get_config = lambda self: {"factor": self.factor, "units": self.units}  # noqa: E731


class Normalised(check.Scaled):
    """One with a batch normalisation, whose moving averages are weights as well."""

    def __init__(self, factor):
        super().__init__(factor)
        self.layers_in_turn.insert(1, keras.layers.BatchNormalization(momentum=0.5))


keras.utils.set_random_seed(21)
pictures, photographs = (np.random.default_rng(21).random((4, 28, 28, channels)).astype("float32") for channels in (1, 3))
mini_classes = {"MiniVGG": MiniVGG, "VGGBlock": VGGBlock, "VGG": VGG}
unseen = [
    (Two(0.5, 3), {"Two": Two}, lambda: Two(0.5, 3), photographs, photographs[:1], "a subclassed network with 3 filters"),
    (Two(1.0, 5), {"Two": Two}, lambda: Two(1.0, 5), photographs, photographs[:1], "a subclassed network with 5 filters"),
    (MiniVGG(6, 0.4), mini_classes, lambda: MiniVGG(6, 0.4), pictures, pictures, "MiniVGG(6, 0.4)"),
]
parts = checks.Parts(3)
with tempfile.TemporaryDirectory() as hidden_folder:
    saved = []
    for number, (network, own_classes, make_network, inputs, some, name) in enumerate(unseen):
        expected, folder = network(inputs).numpy(), Path(hidden_folder) / str(number)
        folder.mkdir()
        whole, weights = check.saved_paths(save_both, network, str(folder))
        saved.append((network, whole, weights, own_classes, make_network, inputs, some, name, expected))
    with parts("load_whole", 1):
        for network, whole, _, own_classes, _, inputs, _, name, expected in saved:
            loaded = check.whole_loaded(load_whole, whole, own_classes, network)
            checks.close(loaded(inputs), expected, f"the predictions of {name} from load_whole", tolerance=1e-3, rule="All weights in the file should be loaded.")
        config = {key: value for key, value in loaded.get_config().items() if key in ("classes", "dropout")}
        checks.same(config, {"classes": 6, "dropout": 0.4}, "the arguments of MiniVGG(6, 0.4) from load_whole", rule="The network should be made with the arguments that it was saved with.")
    with parts("load_weights", 1):
        for network, _, weights, _, make_network, inputs, some, name, expected in saved:
            loaded = check.weights_loaded(load_weights, weights, make_network, some, network)
            checks.close(loaded(inputs), expected, f"the predictions of {name} from load_weights", tolerance=1e-3, rule="All weights in the file should be loaded.")
        config = {key: value for key, value in loaded.get_config().items() if key in ("classes", "dropout")}
        checks.same(config, {"classes": 6, "dropout": 0.4}, "the arguments of MiniVGG(6, 0.4) from load_weights", rule="The network should be made with the arguments that it was saved with.")
with parts("moving averages and a folder with a dot", 1), tempfile.TemporaryDirectory(suffix=".x") as dotted:
    normalised, colours = Normalised(1.5), np.random.default_rng(22).random((4, 7)).astype("float32")
    for _ in range(3):
        normalised(colours, training=True)
    expected = normalised(colours).numpy()
    whole, weights = check.saved_paths(save_both, normalised, dotted)
    both = {
        "load_whole": check.whole_loaded(load_whole, whole, {"Normalised": Normalised}, normalised),
        "load_weights": check.weights_loaded(load_weights, weights, lambda: Normalised(1.5), colours, normalised),
    }
    for name, loaded in both.items():
        checks.close(loaded(colours), expected, f"the predictions of a network with batch normalisation from {name}", tolerance=1e-3, rule="All weights in the file should be loaded, moving averages as well, and stay as they are.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** MiniVGG has 467,818 parameters, each a float32. About how large is the `.keras` file, and how large is the file with the weights alone?

# %%
reveal("09-size")

# %% [markdown]
# Your trained network, saved and loaded in both ways, on the first 500 test images:

# %%
first_images, _ = next(iter(testing))
with tempfile.TemporaryDirectory() as folder:
    for path in save_both(trained_network, folder):
        if Path(path).suffix == ".keras":
            copy = load_whole(str(path), {"MiniVGG": MiniVGG})
        else:
            copy = load_weights(str(path), MiniVGG, first_images)
        same = np.array_equal(copy(first_images), trained_network(first_images))
        size = Path(path).stat().st_size / 1e6
        print(f"{Path(path).name:19} {size:.1f} MB, the same logits for 500 images: {same}")

# %% [markdown]
# 467,818 numbers of 4 bytes are 1.9 MB, and this is the size of each file. They do not contain the state of the optimiser, because your loop never gave the network an optimiser. To continue training exactly where you stopped, you would have to save that as well.
#
# ## 10. Someone else's notes
#
# A student left these notes on a VGG for MNIST. `block(x, n)` stands for two 3×3 convolutions with n filters and *same* padding, then 2×2 pooling with stride 2. (The code runs as it is.)
#
# ```
# inputs = Input((28, 28, 1))
# x = block(inputs, 64)      # 14×14×64
# x = block(x, 128)          # 8×8×128
# x = block(x, 256)          # 4×4×256
# x = block(x, 512)          # 2×2×512
# x = Flatten()(x)           # 2048
# outputs = Dense(10)(inputs)
# model = Model(inputs, outputs)
# ```
#
# **The shapes.** Which of these comments are right? Pooling without padding halves each side and drops what is left over: 20 pixels become 10, then 5, then 2. For which image sizes *would* all comments from the second block onwards be right? By hand: which images have 5 pixels per side after the second pooling? Those with 10 or 11 after the first, so those with 20, 21, 22 or 23.

# %% [markdown]
# **Predict before you run the next cell.** Four poolings turn 28 rows into one. If there were only the poolings, without the convolutions between them, how many of the 28 rows would the last number depend on?

# %%
reveal("10-rows")

# %% [markdown]
#
# **The last layer.** `Dense(10)` is applied to `inputs`, the image, instead of `x`. A dense layer multiplies the *last axis* of its input by its kernel, whatever axes come before it. By hand: 2 units turn an input of shape (5, 3), that is, five vectors of three numbers, into shape (5, 2), with a kernel of 3·2 weights and 2 biases: 8 parameters.
#
# ### Task 10: check the notes (4 points, ★★☆)
#
# Write three small functions, so that you do not have to trust anyone's comments.

# %% nbgrader={"grade": false, "grade_id": "true_shapes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def true_shapes(size: int, filters: list) -> list:
    """The shapes after each block and after flattening, for an image of size × size pixels.

    There is at least one block, and the image is large enough for all of them.
    For size 20 and filters [6, 8]: [(10, 10, 6), (5, 5, 8), (200,)].
    """
    ### BEGIN SOLUTION
    shapes = []
    for channels in filters:
        size = size // 2
        shapes.append((size, size, channels))
    return [*shapes, (size * size * filters[-1],)]
    ### END SOLUTION


def sizes_that_fit(claims: dict) -> list:
    """All image sizes from 1 to 500 for which the claims are true, in ascending order.

    A claim says how many pixels a side has after a number of poolings. {2: 5} means 5 pixels after
    two poolings: [20, 21, 22, 23]. There is at least one claim, each for 1 pooling or more; 0
    pixels are possible, if the last pixel was pooled away. All claims have to be true at the same
    time; if no size makes them true, the list is empty.
    """
    ### BEGIN SOLUTION
    return [
        size for size in range(1, 501) if all(size // 2**poolings == side for poolings, side in claims.items())
    ]
    ### END SOLUTION


def dense_straight_on(shape: tuple, units: int) -> tuple:
    """The output shape of Dense(units) for one input of this shape, and the number of parameters.

    For shape (5, 3) and 2 units: ((5, 2), 8).
    """
    ### BEGIN SOLUTION
    return (*shape[:-1], units), shape[-1] * units + units
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_true_shapes", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.true_shapes(true_shapes, sizes_that_fit, dense_straight_on)
### BEGIN HIDDEN TESTS
from cnnlab import checks

parts = checks.Parts(4)
with parts("true_shapes", 1):
    for size, filters in ((28, [64, 128, 256, 512]), (32, [64, 128, 256, 512]), (45, [3, 3, 5]), (9, [4]), (97, [2, 4, 8, 16, 5])):
        tensor, expected_list = keras.Input((size, size, 1)), []
        for number in filters:
            tensor = keras.layers.MaxPooling2D(2)(keras.layers.Conv2D(number, 3, padding="same")(tensor))
            expected_list.append(tuple(tensor.shape[1:]))
        expected_list.append(tuple(keras.layers.Flatten()(tensor).shape[1:]))
        check.expect_shapes(true_shapes, size, filters, expected_list, causes={
            (4, 4, 256): "what is left over is kept; pooling without padding drops it, so 7 becomes 3",
            (8, 8, 128): "this is what the notes claim; 14 becomes 7", (2, 2, 512): "what is left over is kept; 3 becomes 1",
        }, rule="A side is halved and rounded down at each pooling, and the whole of the last map is flattened.")
with parts("sizes_that_fit", 2):
    for claims in ({5: 0}, {1: 14}, {1: 14, 2: 7, 3: 3, 4: 1}, {1: 14, 2: 8, 3: 4, 4: 2}, {2: 8, 3: 4, 4: 2}, {4: 2, 2: 9}, {3: 1}, {5: 7}, {1: 250}, {3: 4, 1: 18}):
        fitting = []
        for size in range(1, 501):
            side, sides = size, {}
            for poolings in range(1, 6):
                side = (side - 2) // 2 + 1
                sides[poolings] = max(side, 0)
            if all(sides[poolings] == wanted for poolings, wanted in claims.items()):
                fitting.append(size)
        check.expect_sizes(sizes_that_fit, claims, fitting, causes={
            (0, *fitting): "size 0 is in the list; the sizes start at 1", tuple(size for size in fitting if size > 1): "size 1 is missing; the sizes start at 1",
            (*fitting, 501): "size 501 is in the list; the sizes end at 500", tuple(size for size in fitting if size <= 100): "not all sizes up to 500 are tried",
        }, rule="All claims have to be true at the same time, and where no size fits, the list is empty.")
with parts("dense_straight_on", 1):
    for shape, units in (((28, 28, 1), 10), ((7, 7, 64), 10), ((2048,), 10), ((4, 5, 6, 3), 8)):
        layer = keras.layers.Dense(units)
        check.expect_dense(dense_straight_on, shape, units, (tuple(layer(tf.zeros((1, *shape))).shape[1:]), layer.count_params()),
            rule="There is one kernel for the last axis, the same at every position, and one bias per unit.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# The notes compared with your functions:

# %% tags=["nbval-check-output"]
notes = [(14, 14, 64), (8, 8, 128), (4, 4, 256), (2, 2, 512), (2048,)]
shapes = true_shapes(28, [64, 128, 256, 512])
for place, (claim, shape) in enumerate(zip(notes, shapes, strict=True), start=1):
    name = f"block {place}" if len(shape) == 3 else "flatten"
    noted, real = "×".join(map(str, claim)), "×".join(map(str, shape))
    remark = "" if claim == shape else "<-- wrong"
    print(f"{name}: the notes say {noted:9} really {real:9} {remark}")
all_four, from_the_second = {1: 14, 2: 8, 3: 4, 4: 2}, {2: 8, 3: 4, 4: 2}
print("sizes for which all four comments on blocks are right:", sizes_that_fit(all_four))
print("sizes for which those from the second block on are right:", sizes_that_fit(from_the_second))
print("Dense(10) straight on the image: shape and parameters", dense_straight_on((28, 28, 1), 10))

# %%
figures.notes([28] + [claim[0] for claim in notes[:4]], [28] + [shape[0] for shape in shapes[:4]])

# %% [markdown]
# Three of the four comments on blocks are wrong for this image, and so is the one on flattening. With 28 pixels, two of the pooling layers throw something away: 7 rows become 3, so one row is dropped, and 3 become 1, so another one is dropped. In the end, only a quarter of the 2,048 numbers are left: 512. The written question asks which images the comments would fit.
#
# Now the last layer.

# %% [markdown]
# **Predict before you run the next cell.** Four blocks and a dense layer: according to Keras, does the network of the notes have 4.7 million parameters, 5,130 or 20?

# %%
reveal("10-parameters")

# %% [markdown]
# This is the network exactly as in the notes:

# %% tags=["nbval-check-output"]
def block_of_the_notes(tensor, filters: int):
    tensor = keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(tensor)
    tensor = keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(tensor)
    return keras.layers.MaxPooling2D(2)(tensor)


inputs = keras.Input((28, 28, 1))
tensor = inputs
for filters in (64, 128, 256, 512):
    tensor = block_of_the_notes(tensor, filters)
tensor = keras.layers.Flatten()(tensor)
outputs = keras.layers.Dense(10)(inputs)
model_of_the_notes = keras.Model(inputs, outputs)
print("output:", outputs.shape, "parameters:", model_of_the_notes.count_params(),
      "layers:", len(model_of_the_notes.layers))
meant = keras.Model(inputs, keras.layers.Dense(10)(tensor))
print("with Dense(10) on the flattened vector:", meant.count_params(), "parameters")

# %% [markdown]
# There is no error message. The network is created, has an output, and could be saved and drawn. But look at its parameters: where are the 4.7 million weights of the four blocks? An error occurs only when the loss compares the network's output with one label per image. Why it does not occur earlier is part of the written question.
#
# ## 11. Written question (3 points, graded by hand)
#
# Answer each part in two or three sentences.
#
# 1. For which input would the notes of section 10 be right, and which of the comments is wrong even then? What is the output of `Dense(10)` applied directly to the image, and why is there no error message, although four blocks are created and never used?
# 2. A colleague replaces each pair of 3×3 layers in VGG-16 with one 5×5 layer, "because it sees the same". What is the same, and which three things are different?
# 3. Suppose that your training step contains `print(float(loss))`, or that it uses a global network instead of the argument. What happens in each case under `tf.function`, and how would you notice it?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **1.** (1 point)
#
# ### BEGIN SOLUTION
# From the second block onwards they are right for 32×32 images (and for 33, 34 and 35, whose left-over pixels are dropped). The first comment, 14, is wrong for these, because 32 becomes 16. `Dense` works on the last axis and accepts any number of axes before it: each of the 784 pixels is a vector of length 1 and gets ten logits of its own from the same 20 parameters, so there are 28×28×10 logits per image: this is a 1×1 convolution. A functional model keeps only the layers on a path from its inputs to its outputs: the blocks are silently left out.
#
# *One point: 32×32 with the exception of the first comment, and Dense on the last axis with its shape.*
# ### END SOLUTION
#
# **2.** (1 point)
#
# ### BEGIN SOLUTION
# The receptive field is the same, 5×5. Three things are different: the weights (25·C² instead of 18·C², 39 % more), with them the multiplications, and the nonlinearities (one ReLU instead of two).
#
# *One point: receptive field the same; weights, multiplications and nonlinearity different.*
# ### END SOLUTION
#
# **3.** (1 point)
#
# ### BEGIN SOLUTION
# During tracing, `loss` is a symbolic tensor without a value, so `float(loss)` raises an error in the first call (a plain `print` would run only once, during tracing). A step with the global network runs without complaint, but trains that network, not the one it was given: the metrics look right, and the weights of the argument never change. You notice it when you compare the weights of the argument before and after a step, or use the step with a second network.
#
# *One point: Python runs only during tracing; the wrong network is trained, and a way to notice it.*
# ### END SOLUTION

# %% [markdown]
# **How far have you come?** Save the notebook and run the next cell, as often as you like.

# %%
progress()

# %% [markdown]
# ## What you have learned
#
# - Stacked 3×3 layers see as much as one large kernel, with fewer weights, fewer multiplications and more nonlinearities.
# - A short list of numbers describes a VGG. Of VGG-16's 138,357,544 parameters, 89 % are in the dense layers; 99 % of the multiplications are in the convolutions.
# - A 1×1 convolution is a dense layer applied to the channels of every pixel.
# - To prepare data, scale them, add the channel axis, shuffle with a buffer that holds all images, batch and prefetch.
# - A training step has four parts: forward, backward, update and book-keeping. `tf.function` runs Python only during tracing, and variables must exist beforehand.
# - Metrics are reset at the start of each epoch, and each batch is weighted by its number of images.
# - The largest possible learning rate depends on the steepest direction of the loss; the flattest direction decides how long it takes.
# - Your own loop takes about as long as `fit`; write one when `fit` cannot do what you need.
# - To load a subclassed network you need its class and its `get_config`, or a built network to load the weights into; only the predictions prove that it worked.
# - Shapes in comments are claims. Work them out yourself, and look at the number of parameters.
#
# ## Further reading
#
# - K. Simonyan, A. Zisserman: "Very deep convolutional networks for large-scale image recognition", ICLR 2015. arXiv:1409.1556. The five configurations are in its table 1.
# - M. Lin, Q. Chen, S. Yan: "Network in network", ICLR 2014. arXiv:1312.4400. Where 1×1 convolutions come from.
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov: "Dropout: a simple way to prevent neural networks from overfitting", Journal of Machine Learning Research 15, 2014.
# - A. Baydin, B. Pearlmutter, A. Radul, J. Siskind: "Automatic differentiation in machine learning: a survey", Journal of Machine Learning Research 18, 2018. arXiv:1502.05767. What the tape does.
# - D. Kingma, J. Ba: "Adam: a method for stochastic optimization", ICLR 2015. arXiv:1412.6980.
