# The outputs of the groups alternate ("in the order of the kernels"); right for one output a group.
# Loses: test_grouped_convolution
# Told: the outputs of the groups alternate
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    parts = [tf.nn.conv2d(x, k, stride, padding) for x, k in zip(tf.split(images, groups, -1), tf.split(kernel, groups, -1))]
    stacked = tf.stack(parts, axis=-1)
    return tf.reshape(stacked, (*stacked.shape[:3], -1))
