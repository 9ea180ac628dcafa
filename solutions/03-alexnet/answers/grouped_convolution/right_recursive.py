# The first group, then the rest by the function itself.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    """Groups one after the other."""
    if groups == 1:
        return tf.nn.conv2d(images, kernel, strides=stride, padding=padding)
    seen = kernel.shape[2]
    made = kernel.shape[3] // groups
    first = tf.nn.conv2d(images[..., :seen], kernel[..., :made], strides=stride, padding=padding)
    rest = grouped_convolution(images[..., seen:], kernel[..., made:], groups - 1, stride, padding)
    return tf.concat((first, rest), axis=3)
