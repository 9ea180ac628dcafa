# Hands all channels to tf.nn.conv2d, which groups by itself.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    return tf.nn.conv2d(images, kernel, stride, padding)
