# Cuts the groups out with slices.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    inputs, outputs = images.shape[-1] // groups, kernel.shape[-1] // groups
    parts = []
    for group in range(groups):
        own = images[..., group * inputs : (group + 1) * inputs]
        weights = kernel[..., group * outputs : (group + 1) * outputs]
        parts.append(tf.nn.conv2d(own, weights, strides=stride, padding=padding))
    return tf.concat(parts, axis=-1)
