# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Assignment 1: convolution arithmetic
#
# Every convolutional network is a stack of the same few operations. Before you train one, you should be able to work out, with pencil and paper, the output shape and cost of each layer, and how much of the image it sees.
#
# **In this assignment you will**
#
# 1. compute the output size of any convolution from its kernel size, padding, stride and dilation;
# 2. work out how many zeros TensorFlow's `same` padding adds, and see why kernel sizes are odd;
# 3. write a NumPy convolution over several channels and filters that matches TensorFlow's, and use it to find edges in a photograph;
# 4. implement max pooling and average pooling;
# 5. count the parameters of a convolution and of a dense layer as the image grows;
# 6. compute the receptive field of any stack of layers;
# 7. compare three 3×3 layers with one 7×7 layer.
#
# **Time.** About 75 minutes for reading and answering. Nothing is trained: the whole notebook runs in about 5 seconds on two CPU cores. Most of that is spent importing TensorFlow, which takes longer the first time.
#
# **How a task works.** Each task is a function with a `TODO`. The cell below it checks your answer and reports the first problem that it finds: not attempted, wrong type, wrong shape or wrong value, with the likely cause where it is known. Grading adds hidden checks on other inputs, so your answer has to be right in general. All other cells are locked; to try something out, add a cell of your own. Stars mark how hard a task is, from ★☆☆ to ★★★. Seven tasks, 20 points.
#
# **If you are stuck,** run `hint(conv2d)`, with the name of your task, in a cell of your own. The first hint tells you where to read, the second is a first step, the third a skeleton. `progress()` shows how far you have come.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %%
import numpy as np
import tensorflow as tf

from cnnlab import datasets, sliders
from cnnlab.checks import convolution_arithmetic as check
from cnnlab.figures import convolution as figures
from cnnlab.guide import hint, progress, reveal

# %% [markdown]
# ## 1. The output size
#
# A convolution slides a small grid of numbers, the **kernel**, over an image. At each position it multiplies every number in the kernel by the pixel value under it and adds up the products. Each position gives one output number. The next cell shows this for a 5×5 image and a 3×3 kernel. Here TensorFlow does the arithmetic; in task 3 you will write it yourself.

# %% tags=["nbval-check-output"]
step_image = np.array([
    [2, 2, 2, 7, 7],
    [2, 2, 2, 7, 7],
    [2, 2, 2, 7, 7],
    [2, 2, 2, 2, 2],
    [2, 2, 2, 2, 2],
])
step_kernel = np.array([
    [-1, 0, 1],
    [-1, 0, 1],
    [-1, 0, 1],
])
step_output = tf.nn.conv2d(
    step_image[None, :, :, None].astype("float32"),  # a batch of 1 image with 1 channel
    step_kernel[:, :, None, None].astype("float32"),  # 1 input channel, 1 filter
    strides=1,
    padding="VALID",
).numpy()[0, :, :, 0].astype(int)
print(step_output)

# %%
figures.sliding(step_image, step_kernel, step_output, places=[(0, 0), (0, 1), (1, 1), (2, 2)])

# %% [markdown]
# Here is one output, worked out by hand. At row 1, column 1 (counting from zero) the kernel covers rows 1 to 3 and columns 1 to 3 of the image: this is its **window**. The kernel's left column, with weights −1, gives −(2 + 2 + 2) = −6. Its middle column contributes nothing, and its right column gives 7 + 7 + 2 = 16. The sum is 16 − 6 = **10**, as in the picture.
#
# **How many positions are there?** In a row of *n* numbers, a kernel of *f* numbers can start at position 0, 1, …, *n* − *f*. That makes **n − f + 1** positions: 5 − 3 + 1 = 3 in the example above. Three settings change this number:
#
# - **Padding** *p* adds *p* zeros on each side, so the row has *n* + 2*p* numbers.
# - **Dilation** *d* leaves gaps in the kernel: it reads every *d*-th number. Its *f* numbers then span *d*(*f* − 1) + 1 numbers of the input, and this span has to fit in the row.
# - **Stride** *s* moves the kernel *s* numbers at a time. Of the positions above, it keeps the first and then every *s*-th.

# %%
figures.windows([
    figures.Windows("kernel 3\n5 outputs", size=7, kernel=3, outputs=5),
    figures.Windows("kernel 3, stride 2\n3 outputs", size=7, kernel=3, outputs=3, stride=2),
    figures.Windows("kernel 3, dilation 2\n3 outputs", size=7, kernel=3, outputs=3, dilation=2),
    figures.Windows(
        "kernel 3, stride 2, padding 1\n4 outputs",
        size=7, kernel=3, outputs=4, before=1, after=1, stride=2,
    ),
])

# %% [markdown]
# **Try it.** Move the sliders. When does raising the stride by one leave the number of outputs unchanged? How long must the row be for a kernel of 3 with dilation 3?

# %%
sliders.explore(
    figures.row,
    size=sliders.Slider("numbers in the row", 3, 14, 9),
    kernel=sliders.Slider("kernel", 1, 5, 3),
    stride=sliders.Slider("stride", 1, 4, 1),
    padding=sliders.Slider("padding", 0, 3, 0),
    dilation=sliders.Slider("dilation", 1, 4, 1),
)

# %% [markdown]
# **By hand.** Take *n* = 8, *f* = 3, *s* = 2 and no padding. The kernel can start at 0, 1, 2, 3, 4 or 5. Stride 2 keeps 0, 2 and 4, so there are three outputs. The number at position 7 is never read. So the division by the stride is rounded **down**, and the first position is counted separately, **after** the division.
#
# Height and width follow the same rule, each with its own *n*, *f*, *p*, *s* and *d*. In the functions below, each of these may be one whole number, used for both, or a pair (height, width). This helper turns either into a pair:

# %% tags=["nbval-check-output"]
def pair(value) -> tuple:
    """(height, width): a pair stays as it is, a single number is used for both."""
    if np.ndim(value) == 0:
        return (value, value)
    height, width = value
    return (height, width)


print(pair(3), pair((2, 5)))

# %% [markdown]
# **Predict before you run the next cell.** A kernel of 3 moves with stride 2, without padding, over a row of 9 numbers and over a row of 10. How many outputs does each row give?

# %%
reveal("01-stride")

# %% [markdown]
# **Predict before you run the next cell.** A row has 7 numbers. At how many positions does a kernel of 3 with dilation 3 fit?

# %%
reveal("01-dilation")

# %% [markdown]
# ### Task 1: the output shape (3 points, ★☆☆)
#
# Write `output_shape`. If the kernel does not fit at all, raise an error with a message of your own: `raise ValueError("…")`.

# %% nbgrader={"grade": false, "grade_id": "output_shape", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_shape(
    size: int | tuple[int, int],
    kernel: int | tuple[int, int],
    padding: int | tuple[int, int] = 0,
    stride: int | tuple[int, int] = 1,
    dilation: int | tuple[int, int] = 1,
) -> tuple[int, int]:
    """The height and width of a convolution's output.

    Each argument is a whole number, used for both dimensions, or a pair (height, width).

    size: height and width of the input
    kernel: height and width of the kernel
    padding: number of rows of zeros at the top, and again at the bottom; number of columns of
        zeros on the left, and again on the right
    stride: step from one position of the kernel to the next
    dilation: step from one number of the kernel to the next; 1 leaves no gaps

    Returns (height, width), two whole numbers.

    Raises ValueError, with a message, if the kernel does not fit: if it spans more numbers than
    the padded input has, in height or in width. Dilation makes the kernel span more numbers.

    Example: output_shape((7, 9), 3, stride=2) is (3, 4).
    """
    ### BEGIN SOLUTION
    def along(n, f, p, s, d):
        room = n + 2 * p - (d * (f - 1) + 1)
        if room < 0:
            raise ValueError(f"a kernel of {f} with dilation {d} does not fit in {n} + 2 x {p}")
        return room // s + 1

    dimensions = zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation), strict=True)
    height, width = (along(*dimension) for dimension in dimensions)
    return height, width
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_output_shape", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.output_shape(output_shape)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def counted(*unseen):
    """One by one: every position at which the last number of the kernel is still in the input."""
    return tuple(
        len(range((weights - 1) * gap, extent + 2 * zeros, step))
        for extent, weights, zeros, step, gap in zip(*unseen, strict=True)
    )


parts = checks.Parts(3)
with parts("pairs (height, width)", 1):
    for unseen in [
        ((28, 28), (5, 5), (2, 2), (1, 1), (1, 1)), ((227, 227), (11, 11), (0, 0), (4, 4), (1, 1)),
        ((13, 24), (4, 3), (3, 0), (3, 2), (1, 1)), ((31, 27), (3, 5), (4, 1), (2, 3), (5, 2)),
        ((10, 11), (1, 2), (0, 3), (4, 1), (7, 6)), ((6, 9), (6, 9), (0, 0), (2, 2), (1, 1)),
    ]:
        extents, weights, zeros, steps, gaps = unseen
        unpadded = counted(extents, weights, (0, 0), steps, gaps)
        late = tuple(positions + 2 * sides for positions, sides in zip(unpadded, zeros, strict=True))
        likely = [(late, "the padding is added after dividing by the stride")]
        for place, name in enumerate(("size", "kernel", "padding", "stride", "dilation")):
            square = [(value[0],) * 2 if place == i else value for i, value in enumerate(unseen)]
            likely.append((counted(*square), f"the {name} of the height is used for the width as well"))
        check.expect_output_shape(output_shape, unseen, counted(*unseen), likely, rule=(
            "Count the positions of this kernel by hand, height and width each with its own numbers."
        ))
with parts("whole numbers", 1):
    mixed = "A whole number counts for both dimensions, and may be combined with a pair."
    check.expect_output_shape(output_shape, (30, 5, 2, 2, 3), (11, 11), rule=mixed)
    check.expect_output_shape(output_shape, ((9, 12), (3, 2), 1, (1, 5), (2, 4)), (7, 2), rule=mixed)
    check.expect_output_shape(output_shape, (5, 5), (1, 1), rule="A kernel as large as the input has exactly one position.")
    check.expect_output_shape(output_shape, (3, 5, 1), (1, 1), rule="A kernel as large as the padded input has exactly one position.")
with parts("a kernel that does not fit", 1):
    for unseen_misfit in [(4, 5, 0, 2), (7, 8, 0, 3), (5, 3, 0, 2, 3), ((9, 3), 4), ((3, 9), 4), ((8, 8), (3, 10), (0, 0))]:
        check.expect_misfit(output_shape, unseen_misfit, (
            "The kernel is larger than the padded input. One number too many is enough, whatever the stride, and so is "
            "one dimension."
        ))
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Your shapes and TensorFlow's.** The first three rows show the first convolutions of networks that you will build later: LeNet-5, AlexNet and VGG-16. In the last two rows, the input is not square.

# %% tags=["nbval-check-output"]
def print_shapes(size, kernel, padding, stride, dilation):
    """Print one row: the arguments, your shape and TensorFlow's."""
    yours = output_shape(size, kernel, padding, stride, dilation)
    tensorflow = tf.nn.conv2d(
        np.zeros((1, *size, 1), "float32"), np.zeros((*kernel, 1, 1), "float32"),
        strides=stride, dilations=dilation,
        padding=[[0, 0], [padding[0]] * 2, [padding[1]] * 2, [0, 0]],
    ).shape[1:3]
    row = f"{str(size):12} {str(kernel):9} {str(padding):8} {str(stride):8} {str(dilation):10}"
    print(row, f"{str(yours):12} {tuple(tensorflow)}")


print("size         kernel    padding  stride   dilation   yours        TensorFlow")
print_shapes((28, 28), (5, 5), (2, 2), (1, 1), (1, 1))
print_shapes((227, 227), (11, 11), (0, 0), (4, 4), (1, 1))
print_shapes((224, 224), (3, 3), (1, 1), (1, 1), (1, 1))
print_shapes((7, 9), (3, 3), (0, 0), (2, 2), (1, 1))
print_shapes((20, 32), (3, 5), (0, 2), (1, 1), (2, 3))

# %% [markdown]
# ## 2. `same` padding, and why kernel sizes are odd
#
# Without padding, every kernel larger than 1 makes the image smaller, and the pixels at its border are read less often than the others. TensorFlow's `same` padding adds just enough zeros that only the stride changes the size: *n* numbers become *n* / *s*, rounded **up**.
#
# **By hand.** How many zeros does that take?
#
# - *n* = 5, *f* = 3, *s* = 1: five outputs. The last window starts four steps after the first, so the windows together span 4 · 1 + 3 = 7 numbers. The input has five, so **two** zeros are needed: one before, one after.
# - *n* = 5, *f* = 2, *s* = 1: five outputs, 4 · 1 + 2 = 6 numbers, so **one** zero is needed. It cannot be split between the two sides. TensorFlow puts the extra zero **after** the input.
# - *n* = 6, *f* = 3, *s* = 2: three outputs, 2 · 2 + 3 = 7 numbers, so again **one** zero is needed, and it goes after the input. With a larger stride, the padding can be lopsided for an odd kernel as well.
# - *n* = 6, *f* = 1, *s* = 2: three outputs, 2 · 2 + 1 = 5 numbers. The input already has six, so no zeros are needed. (The difference is minus one, but padding is never negative.)

# %%
figures.windows([
    figures.Windows("n = 5, kernel 3", size=5, kernel=3, outputs=5, before=1, after=1),
    figures.Windows("n = 5, kernel 2", size=5, kernel=2, outputs=5, before=0, after=1),
    figures.Windows(
        "n = 6, kernel 3, stride 2", size=6, kernel=3, outputs=3, before=0, after=1, stride=2),
    figures.Windows("n = 6, kernel 1, stride 2", size=6, kernel=1, outputs=3, stride=2),
])

# %% [markdown]
# **Predict before you run the next cell.** How many zeros does `same` add before and after a row of 8 numbers, for a kernel of 4 and stride 1?

# %%
reveal("02-even")

# %% [markdown]
# **Predict before you run the next cell.** A row of 6 numbers, a kernel of 3 and stride 2 needed one zero. How many zeros does a row of 7 need?

# %%
reveal("02-stride")

# %% [markdown]
# ### Task 2: the padding `same` (3 points, ★★☆)
#
# Write `same_padding` for one dimension.

# %% nbgrader={"grade": false, "grade_id": "same_padding", "locked": false, "schema_version": 3, "solution": true, "task": false}
def same_padding(size: int, kernel: int, stride: int = 1) -> tuple[int, int]:
    """The number of zeros that TensorFlow's padding `same` adds in one dimension.

    size, kernel, stride: whole numbers, at least 1

    Returns (before, after): the number of zeros on the left and on the right (or above and
    below), two whole numbers, neither of them negative.

    Example: same_padding(6, 3, stride=2) is (0, 1).
    """
    ### BEGIN SOLUTION
    outputs = -(-size // stride)
    zeros = max((outputs - 1) * stride + kernel - size, 0)
    return zeros // 2, zeros - zeros // 2
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_same_padding", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.same_padding(same_padding)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def missing(extent, weights, step, outputs):
    """Zeros added one at a time, until the kernel has positions enough."""
    zeros = 0
    while len(range(weights - 1, extent + zeros, step)) < outputs:
        zeros += 1
    return zeros


def try_every(steps):
    for extent in (1, 2, 3, 4, 7, 8, 11, 12, 30):
        for weights in (1, 2, 3, 4, 5, 8):
            for step in steps:
                zeros = missing(extent, weights, step, len(range(0, extent, step)))
                beyond = range(0, extent, step)[-1] + weights - extent  # how far the last window reaches over the end
                likely = [
                    ((zeros // 2, zeros // 2), "both halves are rounded down, so one zero is lost"),
                    (((zeros + 1) // 2, zeros // 2), "the extra zero goes after the input, not before it"),
                ]
                for text, wrong in {
                    "`abs` makes a negative count positive; where the last window ends before the row does, no zero is missing": beyond,
                    "the number of outputs is not rounded up":
                        missing(extent, weights, step, extent // step),
                    "this is the padding for stride 1; with a larger stride the last window starts earlier": weights - 1,
                    "one zero is missing, but two are added": 2 * ((zeros + 1) // 2),
                }.items():
                    likely.append(((abs(wrong) // 2, (abs(wrong) + 1) // 2), text))
                check.expect_same_padding(same_padding, (extent, weights, step), (zeros // 2, (zeros + 1) // 2), likely, rule=(
                    "Draw this row as in the picture above and count the zeros that its last window needs."
                ))


parts = checks.Parts(3)
with parts("stride 1", 1):
    try_every([1])
    check.expect_same_padding(same_padding, (8, 3), (1, 1), {(0, 1): "without a third argument the stride is 1"})
with parts("larger strides", 2):
    try_every([2, 3, 4, 7])
    check.expect_same_padding(same_padding, (5, 3, 4), (1, 1), rule="Two windows span seven numbers here, although the stride is larger than the kernel.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Your zeros and TensorFlow's.** If your zeros are right, padding by hand and then convolving without padding gives exactly the same numbers as `same`. Here "by hand" means with NumPy: `np.correlate` slides the weights over the row, and `[::stride]` keeps every *s*-th position. The last row of the table shows the first layer of many networks for 224×224 images: two zeros before, three after. A framework that pads both sides equally adds three zeros on each side. Its output has the same shape, but each window starts one pixel further left. Keep this in mind when you move weights between frameworks.

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(1)
print("size  kernel  stride   before  after   equal to `same`")
for size, kernel, stride in [
    (5, 3, 1), (5, 2, 1), (5, 5, 1), (6, 3, 2), (7, 3, 2), (6, 1, 2), (224, 7, 2),
]:
    before, after = same_padding(size, kernel, stride)
    row = rng.integers(0, 10, size).astype("float32")
    weights = rng.integers(-3, 4, kernel).astype("float32")
    by_hand = np.correlate(np.pad(row, (before, after)), weights, "valid")[::stride]
    batch, kernels = row[None, :, None], weights[:, None, None]  # 1 example, 1 channel
    same = tf.nn.conv1d(batch, kernels, stride, "SAME")[0, :, 0]
    equal = np.array_equal(by_hand, same)
    print(f"{size:4}  {kernel:6}  {stride:6}   {before:6}  {after:5}   {equal}")

# %% [markdown]
# **Why kernel sizes are odd.** An odd kernel has a middle. With stride 1, the input is padded equally on both sides, and each output lies exactly over the number in the middle of its window. An even kernel has no middle, so each layer shifts the image by half a pixel. The next cell sends a single bright pixel at position 10 through eight averaging layers and prints where its brightness ends up centred.

# %% tags=["nbval-check-output"]
for kernel in (3, 2):
    signal = np.zeros((1, 21, 1), "float32")  # 1 example, 21 positions, 1 channel
    signal[0, 10, 0] = 1
    averaging = np.full((kernel, 1, 1), 1 / kernel, "float32")
    for _ in range(8):
        signal = tf.nn.conv1d(signal, averaging, 1, "SAME")
    brightness = signal.numpy()[0, :, 0]
    centre = np.sum(np.arange(21) * brightness) / np.sum(brightness)
    print(f"kernel {kernel}: after 8 layers the pixel is centred at {centre:.1f}")

# %% [markdown]
# Eight layers with kernel size 3 leave the pixel where it was; eight with kernel size 2 move it by four pixels. That is why nearly every network uses kernels with an odd size.

# %% [markdown]
# ## 3. A convolution over channels and filters
#
# A colour photograph has three numbers per pixel, one for each **channel**. A **feature map**, the output of a layer inside a network, often has hundreds of channels. A **filter** has one kernel per channel. At each position it adds up **all** the products, over rows, columns and channels, and gives one number. A layer has many filters and stacks their outputs as the channels of the next feature map.
#
# | | shape |
# |---|---|
# | image | (height, width, channels) |
# | kernels, in TensorFlow's order | (kernel height, kernel width, channels, filters) |
# | output | (output height, output width, filters) |
#
# **By hand.** Take an image of 1×2 pixels with 2 channels, [[[1, 2], [3, 4]]], and one 1×2 filter with the weights [[[10, 1], [−1, 0]]]. There is one position, so there is one output: 1 · 10 + 2 · 1 + 3 · (−1) + 4 · 0 = **9**. It is a single number, not one number per channel.
#
# **Not flipped.** In mathematics, a convolution first rotates the kernel by 180 degrees. The convolution in neural networks does not: it is a cross-correlation, as in the picture in section 1. The weights are learned, so nothing is lost.
#
# ### Task 3: the convolution (4 points, ★★★)
#
# Write `conv2d` with NumPy, without TensorFlow or Keras.
#
# **How to begin.** Two loops, over the rows and the columns of the output, are enough: slice the window out of the padded image and multiply it by all filters at once. `np.pad`, `np.sum` with an `axis`, `np.tensordot` and `np.einsum` are useful here, and your `output_shape` gives the size of the output.

# %% nbgrader={"grade": false, "grade_id": "conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d(
    image: np.ndarray,
    kernels: np.ndarray,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> np.ndarray:
    """A 2-D convolution like TensorFlow's: the kernels are not flipped, and there is no bias.

    image: array of shape (height, width, channels); whole numbers, such as the bytes (uint8) of a
        photograph, or floats
    kernels: array of shape (kernel height, kernel width, channels, filters); whole numbers of any
        dtype, such as int8, or floats
    stride, padding: a whole number, or a pair (height, width), as in task 1. The kernels fit
        into the padded image.

    Returns a NumPy array of shape (output height, output width, filters): floats; whole numbers
    are allowed if image and kernels hold whole numbers. Its dtype must be able to hold the sums:
    uint8 ends at 255 and has no negative numbers. Image and kernels are not changed.

    Example: a 5×5 image with 3 channels and 8 filters of 3×3 give an output of shape (3, 3, 8).
    """
    ### BEGIN SOLUTION
    (pad_rows, pad_columns), (step_down, step_right) = pair(padding), pair(stride)
    padded = np.pad(image.astype(float), ((pad_rows, pad_rows), (pad_columns, pad_columns), (0, 0)))
    kernel_height, kernel_width, _, filters = kernels.shape
    height, width = output_shape(image.shape[:2], (kernel_height, kernel_width), padding, stride)
    feature_map = np.zeros((height, width, filters))
    for row in range(height):
        for column in range(width):
            top, left = row * step_down, column * step_right
            window = padded[top : top + kernel_height, left : left + kernel_width]
            feature_map[row, column] = np.tensordot(window, kernels, axes=3)
    return feature_map
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_conv2d", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.conv2d(conv2d)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def by_windows(image, kernels, stride=(1, 1), padding=(0, 0)):
    """All windows at once, as a view of the padded image."""
    padded = np.pad(image.astype(float), [(zeros, zeros) for zeros in padding] + [(0, 0)])
    views = np.lib.stride_tricks.sliding_window_view(padded, kernels.shape[:2], axis=(0, 1))
    return np.tensordot(views[:: stride[0], :: stride[1]], kernels, ([3, 4, 2], [0, 1, 2]))


what = "conv2d where TensorFlow cannot compute"
by_numpy = "conv2d should do its arithmetic with NumPy, but it calls TensorFlow or Keras."
numbers, weights = np.random.default_rng(5).normal(size=(5, 6, 2)), np.random.default_rng(6).normal(size=(3, 2, 2, 2))
with tf.Graph().as_default():  # in here TensorFlow computes nothing: it notes down what to compute later
    try:
        result = conv2d(numbers.copy(), weights.copy())
    except Exception as error:
        raise checks.CheckFailed(by_numpy) from error
checks.true(isinstance(result, np.ndarray), by_numpy)
checks.close(checks.array(result, (3, 5, 2), what), by_windows(numbers, weights), what)
unseen = np.random.default_rng(20_24)
parts = checks.Parts(4)
with parts("any size, stride and padding", 2):
    for extent, weights, step, zeros in [
        ((8, 8, 3), (3, 3, 3, 4), (1, 1), (1, 1)), ((9, 5, 1), (5, 5, 1, 2), (1, 1), (0, 0)),
        ((7, 10, 4), (1, 1, 4, 6), (1, 1), (0, 0)), ((10, 9, 2), (2, 4, 2, 3), (2, 1), (0, 2)),
        ((6, 11, 3), (4, 3, 3, 2), (1, 3), (2, 0)), ((5, 4, 2), (7, 3, 2, 1), (2, 2), (1, 3)),
    ]:
        likely = []
        for text, *square in [
            ("the padding of the height is used for the width as well", weights[:2], step, zeros[:1] * 2),
            ("the stride of the height is used for the width as well", weights[:2], step[:1] * 2, zeros),
            ("the kernel's height is used for its width as well", weights[:1] * 2, step, zeros),
        ]:
            places = [(n + 2 * p - f) // s + 1 for n, f, s, p in zip(extent[:2], *square, strict=True)]
            likely.append(((*places, weights[3]), text))
        check.expect_conv2d(conv2d, unseen.normal(size=extent), unseen.normal(size=weights), step, zeros, likely, convolve=by_windows)
with parts("any dtype", 1):
    photograph_like = unseen.integers(200, 256, (6, 7, 3), dtype="uint8")
    check.expect_conv2d(conv2d, photograph_like, unseen.normal(size=(3, 3, 3, 2)), convolve=by_windows)
    check.expect_conv2d(conv2d, photograph_like, unseen.integers(-9, 9, (3, 3, 3, 2)), (2, 1), (1, 2), convolve=by_windows)
    check.expect_conv2d(conv2d, photograph_like / 255, unseen.integers(-9, 9, (3, 3, 3, 2)), (1, 2), (2, 1), convolve=by_windows)
    check.expect_conv2d(conv2d, photograph_like, unseen.integers(50, 256, (3, 2, 3, 2), dtype="uint8"), convolve=by_windows)
    check.expect_conv2d(conv2d, photograph_like, unseen.integers(-128, 128, (2, 3, 3, 2), dtype="int8"), padding=(1, 0), convolve=by_windows)
    single = unseen.normal(size=(6, 6, 2)).astype("float32")
    single_kernels = unseen.normal(size=(3, 3, 2, 5)).astype("float32")
    check.expect_conv2d(conv2d, single, single_kernels, (2, 2), convolve=by_windows)
numbers, weights = unseen.normal(size=(9, 8, 2)), unseen.normal(size=(3, 2, 2, 2))
with parts("defaults and whole numbers for stride and padding", 1):
    what = "conv2d without stride and padding"
    defaults = checks.array(checks.call(conv2d, numbers, weights), (7, 7, 2), what)
    checks.close(defaults, by_windows(numbers, weights), what)
    for step, zeros in [(3, 2), (2, 0), (1, 1)]:
        what, expected = f"conv2d with stride={step} and padding={zeros}", by_windows(numbers, weights, (step,) * 2, (zeros,) * 2)
        named = checks.array(checks.call(conv2d, numbers, weights, padding=zeros, stride=step), expected.shape, what)
        checks.close(named, expected, what, rule="A whole number counts for both dimensions.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Ten filters of 5×5 are applied to a feature map with 64 channels. How many channels does the output have?

# %%
reveal("03-channels")

# %% [markdown]
# **Predict before you run the next cell.** A grey photograph goes through a convolution with a 3×3 kernel of ones. How does it change?

# %%
reveal("03-ones")

# %% [markdown]
# **Edges in a photograph.** Here your convolution uses the kernel from section 1, once upright and once on its side, to look for steps in brightness from left to right and from top to bottom. Both filters read all three colours. The division by 9 turns the response into the mean brightness on one side of the pixel minus that on the other.

# %% tags=["nbval-check-output"]
photograph = datasets.photographs()["truck"]
upright = np.stack([step_kernel] * 3, axis=-1) / 9  # the same kernel for red, green and blue
edge_kernels = np.stack([upright, upright.transpose(1, 0, 2)], axis=-1)
edges = conv2d(photograph / 255, edge_kernels, padding=1)
print("photograph:", photograph.shape, " kernels:", edge_kernels.shape)
print("feature map:", edges.shape)

# %%
figures.filtered(photograph, {"Vertical edges": edges[:, :, 0], "Horizontal edges": edges[:, :, 1]})

# %% [markdown]
# **What to notice.** The first filter responds where the white cab ends on the right (column 20), the second where its white front ends at the bottom (row 18). The image gets darker there, so both responses are negative (orange). Where it gets brighter, they are positive (purple). Flat areas give no response. The strong responses along the border are not edges of the truck: there the filter sees the zeros of the padding.
#
# Such kernels are seldom designed by hand any more: networks learn them in their first layer.
#
# **Design one yourself anyway.** The next cell slides a kernel over the photograph in grey, without padding. Change the numbers of the kernel. Which kernel leaves the photograph as it is? Which one blurs it, and which one responds to single bright dots?

# %%
def kernel_at_work(kernel):
    """Show what a kernel makes of the photograph."""
    figures.kernel_at_work(photograph, kernel)


sliders.explore(kernel_at_work, kernel=sliders.Grid("Kernel", step_kernel))

# %% [markdown]
# ## 4. Pooling
#
# Pooling makes a feature map smaller without using any weights. It replaces each window with its **maximum** (max pooling) or its **average** (average pooling), in each channel separately. The output size follows the formula from task 1. In AlexNet the windows overlap: size 3, stride 2.
#
# **By hand**, with 2×2 windows and stride 2. The first window holds 1, 3, 5 and −1: its maximum is 5, and its average is 8 / 4 = 2. The last window has only negative numbers, so its maximum is negative as well.

# %%
figures.pooling(
    np.array([[1, 3, -2, 0], [5, -1, 4, 2], [0, 2, -3, -4], [6, -8, -1, -2]]),
    maximum=np.array([[5, 4], [6, -1]]),
    average=np.array([[2, 1], [0, -2.5]]),
)

# %% [markdown]
# **Predict before you run the next cell.** Max pooling with 2×2 windows and stride 2, then again the same: which single max pooling does the same as both together?

# %%
reveal("04-twice")

# %% [markdown]
# **Predict before you run the next cell.** A bright pixel on a dark image moves one pixel to the right. Does the output of 2×2 max pooling with stride 2 change: always, sometimes or never?

# %%
reveal("04-shift")

# %% [markdown]
# ### Task 4: pooling (3 points, ★★☆)
#
# Write `pool2d`, without padding.

# %% nbgrader={"grade": false, "grade_id": "pool2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pool2d(
    feature_map: np.ndarray,
    size: int | tuple[int, int] = 2,
    stride: int | tuple[int, int] = 2,
    kind: str = "max",
) -> np.ndarray:
    """Max or average pooling without padding.

    feature_map: array of shape (height, width, channels), whole numbers such as uint8, or floats
    size, stride: size of the windows and step from one window to the next; each a whole number
        or a pair (height, width). Windows may overlap or leave gaps. A window that does not fit
        is dropped; at least one fits.
    kind: "max" or "average"

    Returns a NumPy array or TensorFlow tensor of shape (output height, output width, channels).
    Averages are floats; maxima of whole numbers may be whole numbers. `feature_map` is not changed.

    Example: shape (55, 55, 96) with size 3 and stride 2 gives an output of shape (27, 27, 96).
    """
    ### BEGIN SOLUTION
    reduce_window = {"max": np.max, "average": np.mean}[kind]
    (window_height, window_width), (step_down, step_right) = pair(size), pair(stride)
    height, width = output_shape(feature_map.shape[:2], size, stride=stride)
    smaller = np.zeros((height, width, feature_map.shape[2]))
    for row in range(height):
        for column in range(width):
            top, left = row * step_down, column * step_right
            window = feature_map[top : top + window_height, left : left + window_width]
            smaller[row, column] = reduce_window(window, axis=(0, 1))
    return smaller
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_pool2d", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.pool2d(pool2d)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def check_unseen_pool(feature_map, window, step, kind):
    windows = np.lib.stride_tricks.sliding_window_view(feature_map.astype(float), window, axis=(0, 1))
    windows = windows[:: step[0], :: step[1]]
    average, total, count = windows.mean((3, 4)), windows.sum((3, 4)), window[0] * window[1]
    likely = []
    for name, *square in [("size", window[:1] * 2, step), ("stride", window, step[:1] * 2)]:
        rows, columns = ((n - f) // s + 1 for n, f, s in zip(feature_map.shape[:2], *square, strict=True))
        likely.append(((rows, columns, feature_map.shape[2]), f"the {name} of the height is used for the width as well"))
    check.expect_pool2d(pool2d, feature_map, window, step, kind, windows.max((3, 4)) if kind == "max" else average, likely,
        {
            "the maximum starts at 0, so negative numbers are lost": windows.max((3, 4)).clip(0),
        } if kind == "max" else {
            "the sum of a window does not fit into 8 bits; add up in floats": total % 256 / count,
            "the sum is divided by the wrong count: a window holds height times width numbers": total / window[0] ** 2,
            "the averages are cut to whole numbers; the result should hold floats": np.trunc(average),
        },
    )


def try_every(kind):
    unseen = np.random.default_rng(20_24)
    for shape, window, step in [
        ((8, 6, 3), (2, 2), (2, 2)), ((9, 12, 2), (3, 3), (2, 2)), ((11, 8, 4), (3, 3), (3, 3)),
        ((7, 10, 2), (2, 3), (1, 2)), ((6, 7, 1), (3, 1), (2, 3)), ((5, 9, 3), (2, 2), (3, 4)), ((4, 5, 2), (4, 5), (1, 1)),
    ]:
        if kind == "max":
            check_unseen_pool(-1 - unseen.random(shape), window, step, kind)
            check_unseen_pool(-1e6 * (1 + unseen.random(shape)), window, step, kind)
        check_unseen_pool(unseen.normal(size=shape), window, step, kind)
        check_unseen_pool(unseen.integers(0, 256, shape, dtype="uint8"), window, step, kind)


shown = np.random.default_rng(20_24).normal(size=(9, 7, 2))
parts = checks.Parts(3)
with parts("maximum", 1):
    try_every("max")
with parts("average", 1):
    try_every("average")
with parts("named arguments and defaults", 1):
    windows = np.lib.stride_tricks.sliding_window_view(shown, (3, 3), axis=(0, 1))[::2, ::2]
    for kind, expected in (("max", windows.max((3, 4))), ("average", windows.mean((3, 4)))):
        what = f"pool2d with size 3, stride 2 and kind {kind}"
        overlapping = checks.array(checks.call(pool2d, shown, kind=kind, stride=2, size=3), (4, 3, 2), what)
        checks.close(overlapping, expected, what)
    for given, window, step, kind in [
        ({}, 2, 2, "max"), ({"size": 3}, 3, 2, "max"), ({"stride": 1}, 2, 1, "max"), ({"kind": "average"}, 2, 2, "average"),
    ]:
        what = checks.describe_call(pool2d, (shown,), given)
        windows = np.lib.stride_tricks.sliding_window_view(shown, (window, window), axis=(0, 1))[::step, ::step]
        expected = windows.max((3, 4)) if kind == "max" else windows.mean((3, 4))
        rule = "What is not given keeps its default: size 2, stride 2, kind \"max\"."
        try:
            result = checks.call(pool2d, shown, **given)
        except TypeError as error:
            raise checks.CheckFailed(f"{what} raised TypeError ({error}). {rule}") from error
        result = checks.array(result, expected.shape, what, {
            shown[::other, ::other][: (9 - window) // other + 1, : (7 - window) // other + 1].shape:
                f"the default of `stride` is 2, not {other}" for other in (1, 3) if "stride" not in given
        })
        checks.close(result, expected, what, rule=rule)
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **The difference in a picture.** A photograph of a ship, pooled in three ways.

# %%
ship = datasets.photographs()["ship"] / 255
figures.pooled({
    "Photograph": ship,
    "Maximum, 2/2": pool2d(ship, 2, 2, "max"),
    "Average, 2/2": pool2d(ship, 2, 2, "average"),
    "Maximum, 3/2 (overlapping)": pool2d(ship, 3, 2, "max"),
})

# %% [markdown]
# **What to notice.** Max pooling keeps what is bright and eats into what is dark: the dark side of the hull shrinks, most of all with overlapping windows, and the cabin's dark windows disappear. Average pooling blurs both. In a feature map, a large number means "feature found", so the maximum tells you whether the feature is anywhere in the window.

# %% [markdown]
# ## 5. The parameters of a convolution and of a dense layer
#
# A dense layer could do whatever a convolution does. It has a separate weight from every input number to every output number, whereas a convolution uses the same few weights at every position. How much does this sharing save?
#
# **By hand.** Take a greyscale image of 4×4 pixels, `same` padding, stride 1 and two 3×3 filters. The output has 4 · 4 · 2 = 32 numbers.
#
# - Convolution: each filter has 3 · 3 · 1 weights and **one bias**. Two filters have (9 + 1) · 2 = **20** parameters.
# - Dense layer with the same number of outputs: each of the 32 output numbers has 16 weights and its own bias. That makes (16 + 1) · 32 = **544** parameters.
#
# ### Task 5: the parameters of a layer (2 points, ★☆☆)
#
# Write `layer_parameters`.

# %% nbgrader={"grade": false, "grade_id": "layer_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_parameters(
    height: int, width: int, channels: int, filters: int, kernel: int | tuple[int, int] = 3
) -> tuple[int, int]:
    """The number of parameters of a convolution, and of a dense layer of the same size.

    height, width, channels: shape of the input
    filters: number of filters of the convolution. Its padding is `same` and its stride is 1, so
        its output has shape (height, width, filters).
    kernel: a whole number, or a pair (height, width)

    The dense layer has as many inputs and as many outputs as the convolution. Both layers have
    biases. Returns (convolution, dense), two whole numbers.

    Example: layer_parameters(4, 4, 1, 2) is (20, 544).
    """
    ### BEGIN SOLUTION
    kernel_height, kernel_width = pair(kernel)
    convolution = (kernel_height * kernel_width * channels + 1) * filters
    dense = (height * width * channels + 1) * (height * width * filters)
    return convolution, dense
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_layer_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.layer_parameters(layer_parameters)
### BEGIN HIDDEN TESTS
for unseen in [
    (3, 7, 2, 5, 3), (8, 6, 3, 1, 5), (5, 5, 4, 6, (1, 2)), (1, 9, 1, 3, 1), (2, 3, 7, 2, 4), (4, 3, 2, 5),
    (7, 8, 2, 3, (3, 5)), (6, 5, 1, 4, (4, 2)),
]:
    tall, wide, deep, features, field = (*unseen, 3)[:5]
    one_filter = [1] * np.zeros((*pair(field), deep)).size + [1]  # a one for each weight, and one for the bias
    one_output = [1] * np.zeros((tall, wide, deep)).size + [1]
    check.expect_layer_parameters(layer_parameters, unseen, (sum(one_filter * features), sum(one_output * (tall * wide * features))),
        rule="Count one filter and one dense output of this layer by hand.",
    )
check.expect_layer_parameters(layer_parameters, (224, 224, 3, 64), (1_792, 483_388_358_656), (
    {}, {-1_942_945_792: "whole numbers of 32 bits end at 2,147,483,647; Python's own have no limit"},
), rule="Whole numbers of 32 bits end at 2,147,483,647; Python's own have no limit.")
check.expect_layer_parameters(layer_parameters, (4_001, 4_003, 3, 101), (2_828, 48_048_010 * 1_617_616_303), rule=(
    "The counts should be exact: a float has seven digits, or fifteen; Python's whole numbers have all of them."
))
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** You double the number of filters. What happens to the parameter counts of the convolution and of the dense layer?

# %%
reveal("05-filters")

# %% [markdown]
# **Predict before you run the next cell.** You double the height and the width of the image. What happens to the two parameter counts?

# %%
reveal("05-image")

# %% [markdown]
# **The explosion.** Here are the parameter counts for VGG-16's first layer, 64 filters of size 3×3 on three colours, for images from 28×28 to 224×224 pixels.

# %% tags=["nbval-check-output"]
sides = [28, 56, 84, 112, 140, 168, 196, 224]
parameters = [layer_parameters(side, side, channels=3, filters=64) for side in sides]
print("image      convolution         dense layer")
for side, (shared, unshared) in zip(sides, parameters, strict=True):
    print(f"{side:3}×{side:3}    {shared:11,}   {unshared:17,}")

# %%
shared, unshared = zip(*parameters, strict=True)
figures.explosion(sides, list(shared), list(unshared))

# %% [markdown]
# **What to notice.** The convolution has 1,792 parameters, whatever the size of the image. The dense layer's parameter count grows with the fourth power of the image's side: doubling the side gives sixteen times as many parameters. At 224×224 pixels there are 483 billion; as 32-bit floats they would fill nearly two terabytes.

# %% [markdown]
# ## 6. The receptive field
#
# The **receptive field** of an output is the part of the input that it depends on. An output of a 3×3 convolution sees 3×3 pixels. In a stack, each layer reads the one before it, so we work backwards from one output: which cells of the previous layer does it read, and which cells do those read in turn?

# %%
figures.backwards()

# %% [markdown]
# One output of the last layer reads 3 cells of the pooling layer (the pool). These read 6 cells of the first convolution, 2 each. Those in turn read only 8 pixels, since neighbouring cells share most of their pixels.
#
# **Counting forwards is easier.** Follow two numbers through the stack: the *field* (the width of one cell's receptive field) and the *stride* (the distance in input pixels between neighbouring cells). At the input both are 1. A layer with kernel size *f* and dilation *d* reads cells of the previous layer; the first and last of these are *d*(*f* − 1) cells apart. Neighbouring cells are one stride apart: the stride **before** this layer. Update the field first; then multiply the stride by the layer's own stride.
#
# | layer | field | stride |
# |---|---|---|
# | input | 1 | 1 |
# | convolution 3, stride 1 | 1 + 2 · 1 = 3 | 1 · 1 = 1 |
# | pool 2, stride 2 | 3 + 1 · 1 = 4 | 1 · 2 = 2 |
# | convolution 3, stride 1 | 4 + 2 · 2 = **8** | 2 · 1 = **2** |
#
# Padding changes what lies at the border, but not the size of the field.
#
# ### Task 6: the receptive field (3 points, ★★☆)
#
# Write `receptive_field`.

# %% nbgrader={"grade": false, "grade_id": "receptive_field", "locked": false, "schema_version": 3, "solution": true, "task": false}
def receptive_field(layers: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The receptive field and the stride of a stack of convolutions and pools, in one dimension.

    layers: a tuple (kernel, stride, dilation) of whole numbers for each layer, starting at the
        input. A pool counts like a convolution: its kernel is its window, its dilation is 1.
        The list may be empty; then the output is the input.

    Returns (field, stride) in input pixels, two whole numbers. The field extends from the first
    to the last pixel seen, both included. Gaps left by a dilation or a
    large stride count as well.

    Example: receptive_field([(3, 1, 1), (2, 2, 1), (3, 1, 1)]) is (8, 2).
    """
    ### BEGIN SOLUTION
    field, distance = 1, 1
    for kernel_size, layer_stride, gap in layers:
        field += gap * (kernel_size - 1) * distance
        distance *= layer_stride
    return field, distance
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_receptive_field", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.receptive_field(receptive_field)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def traced(layers):
    """By brute force: which input pixels do outputs 0 and 1 of the stack read?"""
    starts = []
    for cell in (0, 1):
        pixels = {cell}
        for size, step, gap in layers[::-1]:
            pixels = {step * pixel + gap * weight for pixel in pixels for weight in range(size)}
        starts.append(min(pixels))
        if cell == 0:
            extent = max(pixels) - min(pixels) + 1
    return extent, starts[1] - starts[0]


def check_unseen(layers, expected):
    distance = spread = before = spreading = shorter = 1
    for size, step, gap in layers:
        spread *= gap
        spreading += spread * (size - 1) * distance
        shorter += gap * (size - 1) * before
        distance *= step
        before = step
    check.expect_receptive_field(receptive_field, layers, expected, {
        (spreading, distance): "a dilation belongs to its own layer; it does not widen the layers after it",
        (shorter, distance): "only the stride of the layer before is counted; the strides of all earlier layers multiply",
    }, rule="Follow field and stride through this stack by hand.")


parts = checks.Parts(3)
with parts("AlexNet and VGG-16", 1):
    check_unseen([(3, 1, 1)] * 3, (7, 1))
    unseen_alexnet = [(11, 4, 1), (3, 2, 1), (5, 1, 1), (3, 2, 1), (3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2, 1)]
    for depth, *known in [(1, 11, 4), (2, 19, 8), (3, 51, 8), (5, 99, 16), (6, 131, 16), (7, 163, 16), (8, 195, 32)]:
        check_unseen(unseen_alexnet[:depth], tuple(known))
    unseen_vgg16 = [layer for block in (2, 2, 3, 3, 3) for layer in [(3, 1, 1)] * block + [(2, 2, 1)]]
    check_unseen(unseen_vgg16, (212, 32))
with parts("any stack, also one without a layer", 2):
    for unseen in [
        [(1, 1, 1)], [(1, 2, 1), (3, 1, 1)], [(5, 3, 1), (2, 2, 1), (3, 1, 4)],
        [(3, 1, 1), (3, 1, 2), (3, 1, 4), (3, 1, 8)], [(4, 2, 3), (1, 3, 1), (2, 1, 5), (3, 2, 2)],
        [(2, 5, 1), (2, 1, 1)], [(7, 2, 1), (3, 2, 1)] + [(3, 1, 1)] * 4, [(2, 2, 1), (3, 1, 1)], [(3, 3, 1), (2, 2, 1), (3, 1, 2)],
    ]:
        check_unseen(unseen, traced(unseen))
    try:
        check.expect_receptive_field(receptive_field, [], (1, 1), rule="Without a layer the output is the input: field 1, stride 1.")
    except (IndexError, ValueError) as error:
        raise checks.CheckFailed(
            f"receptive_field([]) raised {type(error).__name__} ({error}). An empty list has no first layer; its output is "
            "the input."
        ) from error
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** A pool of 2 with stride 2 and a convolution of 3 with stride 1: does it matter for the receptive field which comes first?

# %%
reveal("06-order")

# %% [markdown]
# **Predict before you run the next cell.** Two convolutions of 3 have stride 1, and then you give the first one stride 2. Does the receptive field of the stack grow, and does that of the first layer?

# %%
reveal("06-first")

# %% [markdown]
# **Does TensorFlow see the same?** An output sees a pixel if it changes when that pixel changes. So we can measure a receptive field. We build the stack with all weights equal to one and send 64 rows of pixels through it. Each row is dark except for one bright pixel, at a different position in every row. Then we look at the output in the middle. It stays 0 for every bright pixel that it does not see.

# %% tags=["nbval-check-output"]
def measured_field(layers: list[tuple[int, int, int]], size: int = 64) -> int:
    """The extent of the pixels that one output in the middle depends on."""
    values = np.eye(size, dtype="float32")[:, :, None]  # in row k only pixel k is bright; 1 channel
    for kernel, stride, dilation in layers:
        weights = np.ones((kernel, 1, 1), "float32")
        values = tf.nn.conv1d(values, weights, stride, "VALID", dilations=dilation)
    middle = values.numpy()[:, values.shape[1] // 2, 0]  # one number per row
    seen = np.flatnonzero(middle)
    return int(seen[-1] - seen[0] + 1)


for title, stack in {
    "two kernels of 3": [(3, 1, 1)] * 2,
    "three kernels of 3": [(3, 1, 1)] * 3,
    "the stack of the picture": [(3, 1, 1), (2, 2, 1), (3, 1, 1)],
    "kernels of 3, dilations 1, 2, 4": [(3, 1, 1), (3, 1, 2), (3, 1, 4)],
}.items():
    print(f"{title:32}  yours: {receptive_field(stack)[0]:2}   measured: {measured_field(stack):2}")

# %% [markdown]
# **Two famous networks.** The next cells follow the field and the stride through the layers of AlexNet and VGG-16.

# %% tags=["nbval-check-output"]
alexnet = {
    "conv1": (11, 4, 1), "pool1": (3, 2, 1), "conv2": (5, 1, 1), "pool2": (3, 2, 1),
    "conv3": (3, 1, 1), "conv4": (3, 1, 1), "conv5": (3, 1, 1), "pool5": (3, 2, 1),
}
print("AlexNet   field  stride")
for depth, name in enumerate(alexnet, start=1):
    field, stride = receptive_field(list(alexnet.values())[:depth])
    print(f"{name:8}  {field:5}  {stride:6}")

# %% tags=["nbval-check-output"]
vgg16 = []
print("VGG-16            field  stride")
for block, convolutions in enumerate([2, 2, 3, 3, 3], start=1):
    vgg16 += [(3, 1, 1)] * convolutions + [(2, 2, 1)]
    field, stride = receptive_field(vgg16)
    print(f"pool of block {block}   {field:5}  {stride:6}")

# %%
figures.growth({
    "AlexNet": [receptive_field(list(alexnet.values())[:depth])[0] for depth in range(1, 9)],
    "VGG-16": [receptive_field(vgg16[:depth])[0] for depth in range(1, len(vgg16) + 1)],
}, input_size=224)

# %% [markdown]
# **What to notice.** AlexNet's convolutions see 11, 51, 99, 131 and 163 pixels, and its pools see 19, 67 and 195. A cell of VGG-16's last pool sees 212 of the 224 pixels in each direction. Its neighbour sees a field of the same size, shifted by 32 pixels; where a field reaches over the border of the image, it sees zeros. A small kernel sees little by itself; depth and the strides in between make up for it.

# %% [markdown]
# ## 7. Three small layers or one large one?
#
# Three 3×3 convolutions see 7×7 pixels, just like one 7×7 convolution. The authors of VGG chose the three small ones. What does each choice cost?
#
# **By hand.** A layer with *C* input channels and *C* filters has *f* · *f* · *C* · *C* weights, and *C* biases if it has any. With `same` padding and stride 1, each of its *h* · *w* · *C* outputs takes *f* · *f* · *C* multiplications. (Products with the zeros of the padding count like any other; adding a bias is not a multiplication.)
#
# Take *C* = 2 and a 4×5 feature map. A 3×3 layer then has 3 · 3 · 2 · 2 + 2 = 38 parameters and takes 4 · 5 · 2 · 18 = 720 multiplications. Two such layers double both numbers.
#
# ### Task 7: the cost of a stack (2 points, ★☆☆)
#
# Write `stack_cost`.

# %% nbgrader={"grade": false, "grade_id": "stack_cost", "locked": false, "schema_version": 3, "solution": true, "task": false}
def stack_cost(
    kernels: list[int], channels: int, height: int, width: int, bias: bool = True
) -> tuple[int, int]:
    """The parameters and multiplications of a stack of convolutions with square kernels.

    kernels: the kernel size of each layer, such as [3, 3, 3] or [7]; there is at least one
    channels: number of channels of the input and of every layer's output
    height, width: size of the feature map, the same throughout: padding `same`, stride 1
    bias: whether the layers have biases. They are parameters, but take no multiplications.

    Returns (parameters, multiplications) for one image, two whole numbers.

    Example: stack_cost([3], 2, 4, 5) is (38, 720).
    """
    ### BEGIN SOLUTION
    weights = sum(kernel**2 for kernel in kernels) * channels**2
    biases = len(kernels) * channels if bias else 0
    return weights + biases, weights * height * width
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_stack_cost", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.stack_cost(stack_cost)
### BEGIN HIDDEN TESTS
for *unseen, tall, wide in [
    ([7], 3, 9, 8), ([3, 3, 3], 5, 7, 7), ([5, 1, 3], 4, 6, 10), ([1], 1, 1, 1), ([2, 3, 2, 5], 6, 3, 11),
    ([3] * 6, 2, 2, 2),
]:
    sizes_unseen, depth = unseen
    reads = [np.zeros((size, size, depth)).size for size in sizes_unseen]  # the weights of a filter of each layer
    for with_bias in (True, False):
        counted = sum((numbers + with_bias) * depth for numbers in reads)
        products = sum(numbers * depth for numbers in reads) * tall * wide
        biases, alike = counted - sum(reads) * depth, reads[0] * depth * len(reads)
        check.expect_stack_cost(stack_cost, (*unseen, tall, wide, with_bias), (counted, products), (
            {
                alike + biases: "every layer is taken to have the first one's kernel",
                sum(reads) * 2 + biases: "each filter reads all channels: square their number, do not double it",
            },
            {
                alike * tall * wide: "every layer is taken to have the first one's kernel",
                products + biases * tall * wide: "adding a bias is not a multiplication",
            },
        ), rule="Count the first layer of this stack by hand.")
check.expect_stack_cost(stack_cost, ([3, 3, 3], 512, 224, 224, False), (7_077_888, 355_140_108_288), rule=(
    "Whole numbers of 32 bits end at 2,147,483,647; Python's own have no limit."
))
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Two 3×3 layers see 5×5 pixels. Compared with one 5×5 layer, do they save more than three 3×3 layers do compared with one 7×7 layer?

# %%
reveal("07-five")

# %% [markdown]
# **Predict before you run the next cell.** What does a 1×1 layer add to the receptive field of a stack?

# %%
reveal("07-one")

# %% [markdown]
# **Three against one**, without biases, on feature maps like those in VGG-16's blocks.

# %% tags=["nbval-check-output"]
print("               three 3×3 layers                one 7×7 layer")
print("channels  map  parameters  multiplications     parameters  multiplications  ratio")
for channels, side in [(64, 224), (128, 112), (256, 56), (512, 28), (512, 14)]:
    small = stack_cost([3, 3, 3], channels, side, side, bias=False)
    large = stack_cost([7], channels, side, side, bias=False)
    row = f"{channels:8}  {side:3}  {small[0]:10,}  {small[1]:15,}"
    print(row, f"    {large[0]:10,}  {large[1]:15,}  {small[0] / large[0]:.2f}")

# %% [markdown]
# **What to notice.** The ratio is 27 to 49, or 0.55, for parameters and multiplications alike, whatever the number of channels. Three small layers cost little more than half as much as the large one. They see the same 7×7 pixels, and they have three non-linearities where the large layer has one. That is why most kernels in later networks are 3×3.

# %% [markdown]
# **How far have you come?** Run the next cell as often as you like.

# %%
progress()

# %% [markdown]
# ## What you have learned
#
# - Output size: the padded input has *n* + 2*p* numbers, and the kernel spans *d*(*f* − 1) + 1 of them. Divide the difference by the stride, round down and add one. Without padding, striding or dilation, this is *n* − *f* + 1.
# - `same` padding gives *n* / *s* outputs, rounded up. If the number of zeros is odd, the extra one goes after the input. Odd kernels have a middle; even ones shift the image by half a pixel per layer.
# - A filter sums over rows, columns **and channels**. Each filter gives one channel of the layer's output. The kernel is not flipped.
# - Pooling takes the maximum or the average of each window, in each channel separately. It has no parameters.
# - A convolution's parameter count does not depend on the image size; a dense layer's grows with the fourth power of the image's side.
# - Each layer adds *d*(*f* − 1) times the stride so far to the receptive field. Strides multiply.
# - Three 3×3 layers see what one 7×7 layer sees, at 55 % of the cost.
#
# ## Further reading
#
# - V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285, 2016. Illustrates this notebook's formulas and also covers transposed convolutions.
# - Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86(11), 1998. LeNet-5, your next assignment.
# - A. Krizhevsky, I. Sutskever and G. E. Hinton, "ImageNet classification with deep convolutional neural networks", Advances in Neural Information Processing Systems 25, 2012. AlexNet, with overlapping pooling.
# - K. Simonyan and A. Zisserman, "Very deep convolutional networks for large-scale image recognition", International Conference on Learning Representations, 2015, arXiv:1409.1556. Section 2.3 argues for stacks of 3×3 layers.
# - A. Araujo, W. Norris and J. Sim, "Computing receptive fields of convolutional neural networks", Distill, 2019, doi:10.23915/distill.00021.
