# Splits the kernel along the axis of its inputs.
# Loses: test_grouped_convolution
# Told: splits them into groups by itself
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    seen, kernels = tf.split(images, groups, axis=-1), tf.split(kernel, groups, axis=2)
    parts = [tf.nn.conv2d(part, weights, stride, padding) for part, weights in zip(seen, kernels)]
    return tf.concat(parts, axis=-1)
