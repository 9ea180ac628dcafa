"""Operations are found under whatever name an answer reaches them."""

import numpy as np
import pytest
import tensorflow as tf

from cnnlab import checks, operations

IMAGE = np.ones((1, 4, 4, 6), "float32")
KERNEL = np.ones((3, 3, 2, 6), "float32")
put_aside = tf.nn.local_response_normalization


@tf.function(input_signature=[tf.TensorSpec((1, 4, 4, 6))])
def traced_before(images):
    return tf.nn.lrn(images)


def test_one_operation_by_many_ways():
    traced_before(IMAGE)
    for way in (tf.nn.lrn, put_aside, traced_before, lambda images: tf.raw_ops.LRN(input=images),
                tf.compat.v1.nn.local_response_normalization):
        result, called = operations.recorded(lambda images, way=way: way(images), IMAGE)
        assert ("LRN", [(1, 4, 4, 6)]) in called
        assert tuple(result.shape) == IMAGE.shape


def test_the_shapes_of_the_inputs():
    layer = tf.keras.layers.Conv2D(6, 3, groups=3, use_bias=False)
    layer.build(IMAGE.shape)
    for way in (lambda images: tf.nn.conv2d(images, KERNEL, 1, "SAME"),
                lambda images: tf.raw_ops.Conv2D(input=images, filter=KERNEL, strides=[1] * 4, padding="SAME"), layer):
        _, called = operations.recorded(lambda images, way=way: way(images), IMAGE)
        assert [shapes for kind, shapes in called if kind == "Conv2D"] == [[(1, 4, 4, 6), (3, 3, 2, 6)]]


def test_nothing_is_recorded_of_numpy_or_afterwards():
    result, called = operations.recorded(lambda images: images + 1, IMAGE)
    tf.nn.lrn(IMAGE)
    assert called == [] and result.max() == 2


def test_an_answer_s_error_goes_through_and_leaves_everything_as_it_was():
    with pytest.raises(ZeroDivisionError):
        operations.recorded(lambda: 1 / 0)
    with pytest.raises(checks.NotAttempted):
        operations.recorded(_stub)
    assert not tf.config.functions_run_eagerly()


def _stub():
    raise NotImplementedError
