# Takes every second channel as a group.
# Loses: test_grouped_convolution
# Told: every second channel
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    parts = [
        tf.nn.conv2d(images[..., group::groups], weights, stride, padding)
        for group, weights in enumerate(tf.split(kernel, groups, -1))
    ]
    return tf.concat(parts, axis=-1)
