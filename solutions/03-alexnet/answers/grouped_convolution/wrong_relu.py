# A ReLU after the convolution (the text asks for a convolution; "No bias", and no activation).
# Loses: test_grouped_convolution
# Told: negative values are set to 0
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    pairs = zip(tf.split(images, groups, -1), tf.split(kernel, groups, -1))
    return tf.nn.relu(tf.concat([tf.nn.conv2d(x, k, stride, padding) for x, k in pairs], -1))
