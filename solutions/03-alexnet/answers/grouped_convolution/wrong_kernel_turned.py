# Turns the kernel, as a convolution in mathematics does.
# Loses: test_grouped_convolution
# Told: turned by 180 degrees
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    seen, kernels = tf.split(images, groups, axis=-1), tf.split(kernel[::-1, ::-1], groups, axis=-1)
    parts = [tf.nn.conv2d(part, weights, stride, padding) for part, weights in zip(seen, kernels)]
    return tf.concat(parts, axis=-1)
