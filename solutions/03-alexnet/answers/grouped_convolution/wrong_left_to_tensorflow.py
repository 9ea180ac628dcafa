# Hands all channels to tf.nn.conv2d, which groups by itself.
# Loses: test_grouped_convolution
# Told: the channels of the images were not split
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    return tf.nn.conv2d(images, kernel, stride, padding)
