# Always pads: with the padding "valid", too, as if it were always "same".
# Loses: test_grouped_convolution
# Told: `padding` is not used
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    parts = [tf.nn.conv2d(part, weights, stride, "SAME") for part, weights in zip(tf.split(images, groups, -1), tf.split(kernel, groups, -1))]
    return tf.concat(parts, axis=-1)
