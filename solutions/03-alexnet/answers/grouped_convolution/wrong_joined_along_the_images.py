# Joins the groups along the first axis.
# Loses: test_grouped_convolution
# Told: joined along the axis of the images
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    seen, kernels = tf.split(images, groups, axis=-1), tf.split(kernel, groups, axis=-1)
    parts = [tf.nn.conv2d(part, weights, stride, padding) for part, weights in zip(seen, kernels)]
    return tf.concat(parts, axis=0)
