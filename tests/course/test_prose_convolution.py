"""The numbers in assignment 1's prose, each computed again without the assignment's own answers."""

import re
from functools import partial

import bench
import numpy as np
import pytest

from cnnlab.figures import convolution as figures

NAME = "01-convolution-arithmetic"
PROSE = bench.prose(NAME)
says = partial(bench.says, PROSE)
ALEXNET = [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)]
VGG16 = [layer for block in (2, 2, 3, 3, 3) for layer in [(3, 1)] * block + [(2, 2)]]


def seen(layers: list[tuple[int, int]], cell: int = 0) -> range:
    """The input pixels that one output reads, traced back from the output."""
    first = last = cell
    for kernel, stride in reversed(layers):
        first, last = first * stride, last * stride + kernel - 1
    return range(first, last + 1)


def test_the_output_computed_by_hand(tf):
    image = np.full((5, 5), 2.0, "float32")
    image[:3, 3:] = 7
    kernel = np.tile(np.array([-1, 0, 1], "float32"), (3, 1))
    output = tf.nn.conv2d(image[None, :, :, None], kernel[:, :, None, None], 1, "VALID")
    assert f"16 − 6 = **{int(output[0, 1, 1, 0])}**" in PROSE
    two_channels = tf.nn.conv2d(
        np.array([[[[1, 2], [3, 4]]]], "float32"),
        np.array([[[10, 1], [-1, 0]]], "float32")[..., None], 1, "VALID",
    )
    assert f"4 · 0 = **{int(two_channels[0, 0, 0, 0])}**" in PROSE


@pytest.mark.parametrize("size, kernel, stride", [(5, 3, 1), (5, 2, 1), (6, 3, 2), (6, 1, 2)])
def test_outputs_of_the_padding_same(tf, size, kernel, stride):
    output = tf.nn.conv1d(tf.zeros((1, size, 1)), tf.zeros((kernel, 1, 1)), stride, "SAME")
    count = {3: "three", 5: "five"}[output.shape[1]]
    assert re.search(rf"\*n\* = {size}, \*f\* = {kernel}, \*s\* = {stride}\W+{count} outputs", PROSE)


def test_padding_of_the_first_layer_for_224_pixels_is_two_before_and_three_after(tf):
    ends = np.zeros((2, 224, 1), "float32")
    ends[0, 0] = ends[1, -1] = 1
    ramp = tf.reshape(tf.range(1.0, 8.0), (7, 1, 1))
    replies = tf.nn.conv1d(ends, ramp, 2, "SAME").numpy()[..., 0]
    assert (replies[0, 0] - 1, 7 - replies[1, -1]) == (2, 3)
    assert says("two zeros", "before", "three", "after")


def test_parameters_of_both_layers(tf):
    convolution = tf.keras.layers.Conv2D(2, 3, padding="same")
    output = convolution(tf.zeros((1, 4, 4, 1)))
    dense = tf.keras.layers.Dense(int(tf.size(output)))
    dense(tf.zeros((1, 16)))
    assert f"(9 + 1) · 2 = **{convolution.count_params()}**" in PROSE
    assert f"(16 + 1) · 32 = **{dense.count_params()}**" in PROSE


def test_the_explosion(tf):
    first_of_vgg16 = tf.keras.layers.Conv2D(64, 3, padding="same")
    first_of_vgg16.build((None, 224, 224, 3))
    assert says(f"{first_of_vgg16.count_params():,}", "parameters")
    dense = (224 * 224 * 3) * (224 * 224 * 64) + 224 * 224 * 64
    assert says(dense // 10**9, "billion")
    assert 1.9e12 < 4 * dense < 2e12  # "nearly two terabytes"


def test_receptive_fields():
    alexnet = [len(seen(ALEXNET[:depth])) for depth in range(1, 9)]
    assert [alexnet[i] for i in (0, 2, 4, 5, 6)] == [11, 51, 99, 131, 163]
    assert [alexnet[i] for i in (1, 3, 7)] == [19, 67, 195]
    assert says("convolutions", 11, 51, 99, 131, 163, "pixels") and says("pools", 19, 67, 195)
    stride = seen(VGG16, 1).start - seen(VGG16, 0).start
    assert says(len(seen(VGG16)), 224, "pixels")
    assert says(stride, "pixels")
    assert len(seen([(3, 1)] * 2)) == 5
    assert len(seen([(3, 1)] * 3)) == 7
    assert f"4 + 2 · 2 = **{len(seen([(3, 1), (2, 2), (3, 1)]))}**" in PROSE


def test_the_picture_of_the_stack_shows_what_its_layers_read():
    layers = [(3, 1), (2, 2), (3, 1)]
    marked = [(low, high) for *_, low, high in figures.STACK]
    for depth, expected in enumerate(reversed(marked)):
        cells = seen(layers[depth:], marked[0][0])
        assert (cells[0], cells[-1]) == expected
    for depth, (_, first, distance, *_) in enumerate(reversed(figures.STACK)):
        below = [seen(layers[:depth], cell) for cell in (0, 1)]
        assert np.mean(below[0]) == first
        assert np.mean(below[1]) - np.mean(below[0]) == distance


def test_three_small_layers_against_a_large_one(tf):
    small = tf.keras.Sequential(
        [tf.keras.Input((8, 8, 4))]
        + [tf.keras.layers.Conv2D(4, 3, padding="same", use_bias=False) for _ in range(3)]
    )
    large = tf.keras.Sequential(
        [tf.keras.Input((8, 8, 4)), tf.keras.layers.Conv2D(4, 7, padding="same", use_bias=False)]
    )
    assert small.count_params() / 27 == large.count_params() / 49
    ratio = small.count_params() / large.count_params()
    assert says(27, 49, f"{ratio:.2f}")
    assert says(bench.percent(ratio), "cost")
