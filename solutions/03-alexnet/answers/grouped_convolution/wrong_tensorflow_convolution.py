# Hands all channels to tf.nn.convolution, a sister of tf.nn.conv2d that groups, too.
# Loses: test_grouped_convolution
# Told: splits them into groups by itself
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    return tf.nn.convolution(images, kernel, strides=stride, padding=padding)
