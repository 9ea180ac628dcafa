# Always moves by one pixel.
# Loses: test_grouped_convolution
# Told: `stride` is not used
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    parts = [tf.nn.conv2d(part, weights, 1, padding) for part, weights in zip(tf.split(images, groups, -1), tf.split(kernel, groups, -1))]
    return tf.concat(parts, axis=-1)
