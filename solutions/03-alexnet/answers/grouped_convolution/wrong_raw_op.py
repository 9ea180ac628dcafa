# TensorFlow splits into groups by itself ("Put it together from ordinary convolutions, each of which gets all the channels that its kernels see").
# Loses: test_grouped_convolution
# Told: exactly the channels that its kernels see
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    return tf.raw_ops.Conv2D(input=images, filter=kernel, strides=[1, stride, stride, 1], padding=padding)
