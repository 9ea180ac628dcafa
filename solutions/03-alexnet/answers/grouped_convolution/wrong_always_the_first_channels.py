# Every group sees the channels of the first one.
# Loses: test_grouped_convolution
# Told: both groups see the first channels
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    seen, kernels = tf.split(images, groups, axis=-1), tf.split(kernel, groups, axis=-1)
    parts = [tf.nn.conv2d(seen[0], weights, stride, padding) for part, weights in zip(seen, kernels)]
    return tf.concat(parts, axis=-1)
