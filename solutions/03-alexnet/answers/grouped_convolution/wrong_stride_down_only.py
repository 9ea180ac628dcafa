# Uses the stride for the rows only.
# Loses: test_grouped_convolution
# Told: for the rows only
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    seen, kernels = tf.split(images, groups, axis=-1), tf.split(kernel, groups, axis=-1)
    parts = [tf.nn.conv2d(part, weights, [1, stride, 1, 1], padding) for part, weights in zip(seen, kernels)]
    return tf.concat(parts, axis=-1)
