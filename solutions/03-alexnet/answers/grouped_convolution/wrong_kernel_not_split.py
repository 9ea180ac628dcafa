# Each group uses all kernels.
# Loses: test_grouped_convolution
# Told: the kernels should be split as well
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    return tf.concat([tf.nn.conv2d(part, kernel, stride, padding) for part in tf.split(images, groups, axis=-1)], axis=-1)
