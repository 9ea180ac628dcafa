"""The visible checks of assignment 1, each with its task's name, and what the hidden tests share with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from cnnlab import checks

__all__ = ["conv2d", "layer_parameters", "output_shape", "pool2d", "receptive_field", "same_padding", "stack_cost"]

STEP_IMAGE = np.array([[2, 2, 2, 7, 7]] * 3 + [[2] * 5] * 2)
STEP_KERNEL = np.array([[-1, 0, 1]] * 3)


def output_shape(output_shape: Callable) -> None:
    """Check task 1 on examples that can be counted by hand."""
    expect_output_shape(output_shape, (7, 3), (5, 5), {
        (4, 4): "n - f is the last position; counted from 0 there is one position more",
    })
    expect_output_shape(output_shape, (7, 3, 1), (7, 7), {
        (5, 5): "the padding is ignored",
        (6, 6): "the zeros are added on one side only; padding adds them on both sides",
    })
    expect_output_shape(output_shape, (7, 3, 0, 2), (3, 3), {
        (5, 5): "the stride is ignored",
        (2, 2): "the first position is missing: divide by the stride, then add 1",
    })
    expect_output_shape(output_shape, (8, 3, 0, 2), (3, 3), {
        (4, 4): "the division by the stride is not rounded down; a window that does not fit is dropped",
    })
    expect_output_shape(output_shape, (7, 3, 0, 1, 2), (3, 3), {
        (5, 5): "the dilation is ignored",
        (2, 2): "a dilated kernel spans d (f - 1) + 1 numbers, not d f",
        (4, 4): "a dilation leaves a gap between all numbers of the kernel, not only one gap",
    })
    expect_output_shape(output_shape, ((6, 9), (3, 5)), (4, 5), {
        (5, 4): "height and width are swapped",
        (4, 4): "the height is used for the width as well",
    })
    expect_misfit(output_shape, (3, 5), "A kernel of 5 does not fit into an input of 3.")
    checks.passed("output_shape", output_shape)


def expect_output_shape(
    output_shape: Callable, arguments: tuple, expected: tuple, causes: Mapping | Sequence = {}, rule: str = "",
) -> None:
    """Check one call of `output_shape`."""
    what = checks.describe_call(output_shape, arguments)
    shape = checks.call_with_advice(output_shape, arguments, advice={
        ValueError: "But the kernel fits there: it spans no more numbers than the padded input has.",
        TypeError: "Each argument may be a whole number or a pair (height, width); `pair` makes a pair of either.",
    })
    checks.same(checks.whole_numbers(shape, 2, what), expected, what, causes, rule)


def expect_misfit(output_shape: Callable, arguments: tuple, reason: str) -> None:
    """Check that a kernel which does not fit raises ValueError with a message; `reason` says why it does not fit."""
    checks.raises(ValueError, output_shape, *arguments, reason=reason)
    try:
        output_shape(*arguments)
    except ValueError as error:
        checks.true(str(error).strip(), (
            f"The ValueError of {checks.describe_call(output_shape, arguments)} has no message. It should say what "
            "does not fit: raise ValueError(\"…\")."
        ))


def same_padding(same_padding: Callable) -> None:
    """Check task 2 on rows that can be drawn."""
    expect_same_padding(same_padding, (5, 3), (1, 1), {
        (2, 2): "all zeros are added on each side; share them between the two sides",
        (0, 2): "all zeros are added on one side; share them between the two sides",
        (2, 0): "all zeros are added on one side; share them between the two sides",
        (0, 0): "no zeros are added; that is the padding `valid`",
        (1, 2): "the last of five windows starts four steps after the first, not five",
    })
    expect_same_padding(same_padding, (5, 2), (0, 1), {
        (1, 0): "the extra zero goes after the input, not before it",
        (0, 0): "both halves are rounded down, so one zero is lost",
        (1, 1): "one zero is missing, but two are added",
    })
    expect_same_padding(same_padding, (6, 3, 2), (0, 1), {
        (1, 1): "this is the padding for stride 1; with a larger stride the last window starts earlier",
        (1, 0): "the extra zero goes after the input, not before it",
        (3, 4): "the output has as many numbers as the input here; it should have size / stride, rounded up",
    })
    expect_same_padding(same_padding, (7, 3, 2), (1, 1), {
        (0, 0): "the number of outputs is rounded down; `same` rounds it up",
        (0, 1): "the number of outputs is not a whole number: `same` rounds it up",
    })
    expect_same_padding(
        same_padding, (6, 1, 2), (0, 0), rule="Three windows span five of the six numbers: no zero is missing.")
    checks.passed("same_padding", same_padding)


def expect_same_padding(
    same_padding: Callable, arguments: tuple, expected: tuple, causes: Mapping | Sequence = {}, rule: str = "",
) -> None:
    """Check one call of `same_padding`."""
    what = checks.describe_call(same_padding, arguments)
    zeros = checks.whole_numbers(checks.call(same_padding, *arguments), 2, what)
    checks.true(min(zeros) >= 0, (
        f"{what} should hold no negative number, but is {zeros}. Where the last window ends before the row does, no "
        "zero is missing, neither before nor after."
    ))
    checks.same(zeros, expected, what, causes, rule)


def conv2d(conv2d: Callable) -> None:
    """Check task 3 against TensorFlow's convolution."""
    expect_conv2d(
        conv2d, STEP_IMAGE[:, :, None], STEP_KERNEL[:, :, None, None],
        shape_causes={
            (3, 3): "the last axis is missing: one channel per output filter, even for a single filter",
            (1, 3, 3): "the filters are the last axis of the output",
        },
        causes={
            "rows and columns of the kernel are swapped":
                by_tensorflow(STEP_IMAGE[:, :, None], STEP_KERNEL.T[:, :, None, None]),
        },
    )
    rng = np.random.default_rng(2)
    image, kernels = rng.integers(0, 10, (5, 6, 2)), rng.integers(-3, 4, (3, 2, 2, 3))
    expect_conv2d(
        conv2d, image, kernels,
        shape_causes={
            (3, 5, 2): "there is one output per channel; for each filter, add up the products over the channels",
            (3, 5): "filters and channels are added up; each filter has its own output",
            (3, 5, 2, 3): "the products should be added up over the channels as well",
            (3, 3, 5): "the filters are the last axis of the output",
            (5, 6, 3): "zeros are added, but there is no padding here",
            (4, 4, 3): "height and width of the kernel are swapped",
            (3, 4, 3): "the height of the kernel is used for its width as well",
        },
    )
    image, kernels = rng.integers(0, 10, (7, 6, 2)), rng.integers(-3, 4, (3, 3, 2, 1))
    expect_conv2d(
        conv2d, image, kernels, stride=(2, 2), padding=(1, 1),
        shape_causes={
            (7, 6, 1): "the stride is ignored", (3, 2, 1): "the padding is ignored",
            (5, 4, 1): "stride and padding are ignored", (3, 3, 1): "the size of the output is rounded wrongly",
        },
        causes={
            "the windows start one step apart; they should start `stride` apart":
                by_tensorflow(image, kernels, (1, 1), (1, 1))[:4, :3],
            "all zeros are at the end; half of them belong before the image":
                by_tensorflow(np.pad(image, ((0, 2), (0, 2), (0, 0))), kernels, (2, 2)),
            "the border is filled with copies of the pixels; padding adds zeros":
                by_tensorflow(np.pad(image, ((1, 1), (1, 1), (0, 0)), "edge"), kernels, (2, 2)),
        },
    )
    checks.passed("conv2d", conv2d)


def by_tensorflow(
    image: np.ndarray, kernels: np.ndarray, stride: Sequence[int] = (1, 1), padding: Sequence[int] = (0, 0),
) -> np.ndarray:
    """TensorFlow's own convolution of one image; padding is (rows, columns) on each side."""
    sides = [[0, 0], [padding[0]] * 2, [padding[1]] * 2, [0, 0]]
    image, kernels = np.asarray(image, "float32"), np.asarray(kernels, "float32")
    with tf.device("CPU:0"):  # some GPUs round the factors of a convolution to 10 bits
        return tf.nn.conv2d(image[None], kernels, list(stride), sides).numpy()[0]


def expect_conv2d(
    conv2d: Callable, image: np.ndarray, kernels: np.ndarray, stride: Sequence[int] = (1, 1),
    padding: Sequence[int] = (0, 0), shape_causes: Mapping | Sequence = {}, causes: Mapping = {},
    convolve: Callable = by_tensorflow,
) -> None:
    """Check one call of `conv2d` against `convolve`, which takes the same arguments."""
    what = checks.describe_call(conv2d, (image, kernels, stride, padding))
    expected = convolve(image, kernels, stride, padding)
    result = checks.call_with_advice(conv2d, (image, kernels, stride, padding), advice={ValueError: (
        "Print the shape of a window, and that of the kernels, just before you multiply them: both are (rows, columns, "
        "channels), and the kernels have the filters as a fourth axis."
    )})
    checks.true(isinstance(result, np.ndarray), (
        f"{what} should return a NumPy array, but returned {type(result).__name__}."
    ))
    floats = "f" in image.dtype.kind + kernels.dtype.kind
    checks.true(not (floats and result.dtype.kind in "iu"), (
        f"{what} should hold floats, but its dtype is {result.dtype}, which has no room for fractions."
    ))
    checks.true(result.dtype != np.uint8, (
        f"{what} should not hold bytes: uint8 has no room for sums above 255, and none for negative ones."
    ))
    checks.array(result, expected.shape, what, shape_causes)
    if not np.allclose(result, expected, 1e-4, 1e-4):
        checks.close(result, expected, what, causes={
            "the kernel is flipped; a network's convolution does not flip it":
                convolve(image, kernels[::-1, ::-1], stride, padding),
            "only the first channel is used": convolve(image[:, :, :1], kernels[:, :, :1], stride, padding),
            "only the last channel is used": convolve(image[:, :, -1:], kernels[:, :, -1:], stride, padding),
            "every output filter uses the first filter's kernel":
                np.repeat(expected[:, :, :1], expected.shape[2], axis=2),
            "the products are averaged; they should be added up": expected / np.prod(kernels.shape[:3]),
            "negative sums are set to 0; that is an activation, not part of the convolution": np.maximum(expected, 0),
            "the image's numbers are cut to whole numbers": convolve(np.trunc(image), kernels, stride, padding),
            **causes,
        }, rule="Compute this one number by hand: its window times its filter, summed.")


def pool2d(pool2d: Callable) -> None:
    """Check task 4 on feature maps that can be pooled by hand."""
    given = np.array([[1, 3, -2, 0], [5, -1, 4, 2], [0, 2, -3, -4], [6, -8, -1, -2]])[:, :, None]
    maximum, average = np.array([[5, 4], [6, -1]])[:, :, None], np.array([[2, 1], [0, -2.5]])[:, :, None]
    expect_pool2d(pool2d, given, 2, 2, "max", maximum, {
        (2, 2): "the channel axis is missing", (3, 3, 1): "the stride is ignored",
        (2, 2, 4): "the axes are mixed up: the first two are height and width",
    }, {
        "this is the average, not the maximum": average,
        "the maximum starts at 0, so negative numbers are lost": maximum.clip(0),
        "this is the minimum": np.array([[-1, -2], [-8, -4]])[:, :, None],
        "the largest absolute value is taken": np.array([[5, 4], [8, 4]])[:, :, None],
    })
    expect_pool2d(pool2d, given, 2, 2, "average", average, causes={
        "this is the maximum, but `kind` is 'average' here": maximum,
        "the averages are cut to whole numbers; the result should hold floats, even if the input holds whole numbers":
            np.trunc(average),
        "the averages are rounded down to whole numbers": np.floor(average),
        "this is the median, not the average": np.array([[2, 1], [1, -2.5]])[:, :, None],
        "the numbers are added up, but the sum is not divided by their count": 4 * average,
    })
    expect_pool2d(
        pool2d, np.concatenate([given, 2 * given], axis=-1), 2, 2, "average",
        np.concatenate([average, 2 * average], axis=-1), {(2, 2): "the channels are mixed; they should stay apart"}, {
            "the channels are mixed; each is pooled by itself": np.repeat(1.5 * average, 2, axis=-1),
            "only the first channel is pooled": np.repeat(average, 2, axis=-1),
        })
    growing = np.arange(63).reshape(7, 9)  # along each row and from row to row; negative in the first channel
    expect_pool2d(
        pool2d, np.stack([-growing, growing], axis=-1), 3, 2, "max",
        np.stack([-growing[:-2:2, :-2:2], growing[2::2, 2::2]], axis=-1),
        {
            (2, 3, 2):
                "the stride is not used; windows start `stride` apart, and the output has the size of task 1",
            (4, 5, 2): "a window that does not fit is kept; it should be dropped",
            (4, 4, 2): "the size of the output is wrong; compute it as in task 1",
            (3, 4): "the channels are mixed; they should stay apart",
        },
        {
            "the channels are mixed; each is pooled by itself": np.stack([growing[2::2, 2::2]] * 2, axis=-1),
            "only the first channel is pooled": np.stack([-growing[:-2:2, :-2:2]] * 2, axis=-1),
            "the windows start one step apart; they should start `stride` apart":
                np.stack([-growing[:3, :4], growing[2:5, 2:6]], axis=-1),
        },
    )
    checks.passed("pool2d", pool2d)


def expect_pool2d(
    pool2d: Callable, feature_map: np.ndarray, size: Any, stride: Any, kind: str, expected: np.ndarray,
    shape_causes: Mapping | Sequence = {}, causes: Mapping = {},
) -> None:
    """Check one call of `pool2d`."""
    what = checks.describe_call(pool2d, (feature_map, size, stride, kind))
    returned = checks.call_with_advice(pool2d, (feature_map, size, stride, kind), advice={ValueError: (
        "Print the shape of each window, and of what you reduce it to: a window is (rows, columns, channels), and one "
        "number per channel is left of it."
    )})
    result = checks.array(returned, expected.shape, what, shape_causes)
    checks.close(result, expected, what, {
        "the output is still 0: no branch of the code handles this `kind`": np.zeros(expected.shape), **causes,
    }, rule="Compute this one number by hand: its window, reduced as `kind` says.")


def layer_parameters(layer_parameters: Callable) -> None:
    """Check task 5 on layers that can be counted by hand."""
    expect_layer_parameters(layer_parameters, (4, 4, 1, 2), (20, 544), (
        {
            18: "the biases are missing", 19: "one bias is counted for all filters; each filter has its own",
            544: "convolution and dense layer are swapped",
            34: "there is one bias per weight; each filter has only one",
            320: "the weights are counted at every position; they are shared",
        },
        {
            512: "the biases are missing", 513: "one bias is counted for all outputs; each output has its own",
            34: "the dense layer has height × width × filters outputs, not only `filters`",
            272: "the dense layer has height × width × filters outputs",
            136: "with padding `same` the output is as large as the input",
            20: "a dense layer shares no weights: each output has a weight for every input",
        },
    ))
    expect_layer_parameters(layer_parameters, (6, 5, 3, 4, (3, 1)), (40, 10_920), (
        {
            16: "the channels are missing; a filter has weights for each channel",
            112: "the kernel's width is ignored; this kernel is three high and one wide",
            36: "the biases are missing", 37: "one bias is counted for all filters; each filter has its own",
            20: "the answer is a constant; it should be computed from the arguments",
            48: "there is one bias per channel; each filter has one",
            39: "there is one bias per channel; each filter has one",
        },
        {
            10_800: "the biases are missing",
            3_720: "the channels are missing; each pixel has a number for each channel",
            15_696: "the image's height is used for its width as well",
            7_575: "the image's width is used for its height as well",
        },
    ))
    checks.passed("layer_parameters", layer_parameters)


def expect_layer_parameters(
    layer_parameters: Callable, arguments: tuple, expected: tuple, causes: tuple = ({}, {}), rule: str = "",
) -> None:
    """Check both counts of one call of `layer_parameters`."""
    what = checks.describe_call(layer_parameters, arguments)
    returned = checks.call_with_advice(layer_parameters, arguments, advice={TypeError: (
        "The kernel may be a whole number or a pair (height, width); `pair` makes a pair of either."
    )})
    counts = checks.whole_numbers(returned, 2, what)
    for name, count, right, likely in zip(("convolution", "dense layer"), counts, expected, causes, strict=True):
        checks.same(count, right, f"{what}, {name}", likely, rule)


def receptive_field(receptive_field: Callable) -> None:
    """Check task 6 on stacks that can be drawn."""
    expect_receptive_field(receptive_field, [(3, 1, 1)], (3, 1), {
        (4, 1): "a kernel of f adds f - 1 to the field, not f", (1, 3): "field and stride are swapped",
    })
    expect_receptive_field(receptive_field, [(3, 1, 1)] * 2, (5, 1), {
        (9, 1): "the fields are multiplied; each layer should add to the field",
        (6, 1): "a kernel of f adds f - 1 to the field, not f",
        (7, 1): "a kernel of f adds f - 1 to the field, not f", (3, 1): "only one layer is counted",
    })
    expect_receptive_field(receptive_field, [(3, 2, 1), (2, 3, 1)], (5, 6), {
        (8, 2): "this is the answer to the example, not computed from these layers",
        (8, 6): "the layers are taken from the output on; the list starts at the input",
        (5, 5): "the strides are added; they should be multiplied",
        (5, 4): "the strides are added; they should be multiplied",
        (5, 3): "this is the last layer's stride; the strides of all layers multiply",
        (4, 6): "the stride before a layer is ignored; after it, each step of a kernel is longer",
        (7, 6): "every kernel is taken to be 3",
        (11, 6): "a layer's own stride counts too early; it matters only for the layers after it",
    })
    expect_receptive_field(receptive_field, [(3, 1, 1), (2, 2, 1), (3, 1, 1)], (8, 2), {
        (6, 2): "the stride before a layer is ignored; after it, each step of a kernel is longer",
        (8, 1): "this is the last layer's stride; the strides of all layers multiply",
        (8, 4): "the strides are added; they should be multiplied",
        (9, 1): "only convolutions are counted; a pooling layer reads the numbers of its window as well",
    })
    expect_receptive_field(receptive_field, [(3, 1, 2)], (5, 1), {
        (3, 1): "the dilation is ignored", (6, 1): "a dilated kernel spans d (f - 1) + 1 numbers, not d f",
        (5, 2): "the dilation is counted as a stride; it is none",
    })
    checks.passed("receptive_field", receptive_field)


def expect_receptive_field(
    receptive_field: Callable, layers: list, expected: tuple, causes: Mapping | Sequence = {}, rule: str = "",
) -> None:
    """Check one call of `receptive_field`."""
    what = checks.describe_call(receptive_field, (layers,))
    checks.same(checks.whole_numbers(checks.call(receptive_field, layers), 2, what), expected, what, causes, rule)


def stack_cost(stack_cost: Callable) -> None:
    """Check task 7 on stacks that can be counted by hand."""
    expect_stack_cost(stack_cost, ([3], 2, 4, 5), (38, 720), (
        {
            36: "the biases are missing", 37: "one bias is counted for all filters; each filter has its own",
            20: "the channels are missing; each filter reads all channels",
            18: "there is only one filter; each layer has as many filters as channels",
            720: "parameters and multiplications are swapped",
            14: "the kernel's size is not squared; a square kernel of f has f × f weights",
        },
        {
            760: "the biases are counted; adding a bias is not a multiplication",
            36: "only one position is counted; every position takes its multiplications",
            360: "only one output channel is counted; each takes its multiplications",
            216: "the output is taken to be smaller; with padding `same` it is as large as the input",
            576: "the map's height is used for its width as well",
            900: "the map's width is used for its height as well",
            324: "height and width of the map are added; multiply them",
        },
    ))
    expect_stack_cost(stack_cost, ([3, 3, 3], 2, 4, 5), (114, 2160), (
        {
            38: "only one layer is counted", 330: "the kernel sizes are added first; square each of them, then add up",
            110: "there is one layer's biases; each layer has its own", 108: "the biases are missing",
        },
        {
            720: "only one layer is counted",
            6480: "the kernel sizes are added first; square each of them, then add up",
            2280: "the biases are counted; adding a bias is not a multiplication",
            720**3: "the layers' multiplications are multiplied; add them up",
        },
    ))
    expect_stack_cost(stack_cost, ([3, 3, 3], 2, 4, 5, False), (108, 2160), ({114: "`bias` is ignored"}, {}))
    checks.passed("stack_cost", stack_cost)


def expect_stack_cost(
    stack_cost: Callable, arguments: tuple, expected: tuple, causes: tuple = ({}, {}), rule: str = "",
) -> None:
    """Check both costs of one call of `stack_cost`."""
    what = checks.describe_call(stack_cost, arguments)
    costs = checks.whole_numbers(checks.call(stack_cost, *arguments), 2, what)
    for name, cost, right, likely in zip(("parameters", "multiplications"), costs, expected, causes, strict=True):
        checks.same(cost, right, f"{what}, {name}", likely, rule)
