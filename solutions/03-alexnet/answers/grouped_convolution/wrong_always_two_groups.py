# Splits in two, whatever was asked for.
# Loses: test_grouped_convolution
# Told: num_split 2
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    first, second = tf.split(images, 2, axis=-1)
    kernels = tf.split(kernel, 2, axis=-1)
    return tf.concat([tf.nn.conv2d(first, kernels[0], stride, padding), tf.nn.conv2d(second, kernels[1], stride, padding)], axis=-1)
