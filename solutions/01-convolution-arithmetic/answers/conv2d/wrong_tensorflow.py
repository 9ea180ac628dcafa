# TensorFlow's own convolution.
# Loses: test_conv2d
# Told: conv2d should do its arithmetic with NumPy, but it calls TensorFlow or Keras
def conv2d(image, kernels, stride=1, padding=0):
    (ph, pw), (sh, sw) = pair(padding), pair(stride)
    return tf.nn.conv2d(
        np.asarray(image, "float64")[None], np.asarray(kernels, "float64"), [sh, sw], [[0, 0], [ph, ph], [pw, pw], [0, 0]]
    ).numpy()[0]
