# Split, convolve, join.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    parts = tf.split(images, groups, axis=-1)
    kernels = tf.split(kernel, groups, axis=-1)
    return tf.concat([tf.nn.conv2d(part, own, stride, padding) for part, own in zip(parts, kernels, strict=True)], axis=-1)
