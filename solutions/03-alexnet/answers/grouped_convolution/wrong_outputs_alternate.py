# Stacks the groups so that their outputs alternate; one output each looks right.
# Loses: test_grouped_convolution
# Told: alternate
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    parts = [tf.nn.conv2d(part, weights, stride, padding) for part, weights in zip(tf.split(images, groups, -1), tf.split(kernel, groups, -1))]
    joined = tf.stack(parts, axis=-1)
    return tf.reshape(joined, (*joined.shape[:3], -1))
