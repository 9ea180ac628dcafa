# Always two groups (argument groups); right for 2.
# Loses: test_grouped_convolution
# Told: num_split 2
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    if groups == 1:
        return tf.nn.conv2d(images, kernel, stride, padding)
    a, b = tf.split(images, 2, axis=-1)
    first, second = tf.split(kernel, 2, axis=-1)
    return tf.concat([tf.nn.conv2d(a, first, stride, padding), tf.nn.conv2d(b, second, stride, padding)], axis=-1)
