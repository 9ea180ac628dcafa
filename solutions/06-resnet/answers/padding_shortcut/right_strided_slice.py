# right: tf.strided_slice, expected number of channels in a helper
def expected(inputs, filters):
    return filters - inputs.shape.as_list()[-1]


def padding_shortcut(inputs, filters, stride):
    small = tf.strided_slice(inputs, [0, 0, 0, 0], tf.shape(inputs), [1, stride, stride, 1])
    small = tf.ensure_shape(small, [None, None, None, inputs.shape[-1]])
    return tf.pad(small, ((0, 0),) * 3 + ((0, expected(inputs, filters)),), "CONSTANT", 0)
