# Group g gets every groups-th kernel ("The first outputs / groups kernels belong to the first group"); right for one output a group.
# Loses: test_grouped_convolution
# Told: Each group has its own channels and its own kernels
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    parts = tf.split(images, groups, axis=-1)
    return tf.concat([tf.nn.conv2d(parts[g], kernel[..., g::groups], stride, padding) for g in range(groups)], axis=-1)
