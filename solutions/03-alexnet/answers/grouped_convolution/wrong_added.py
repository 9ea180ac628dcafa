# Adds the groups instead of joining them.
# Loses: test_grouped_convolution
# Told: the groups are added up
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    parts = [tf.nn.conv2d(part, weights, stride, padding) for part, weights in zip(tf.split(images, groups, -1), tf.split(kernel, groups, -1))]
    return tf.concat([sum(parts)] * groups, axis=-1)
