# Keras's convolution, imported inside: "Write conv2d with NumPy" says the task.
# Loses: test_conv2d
# Told: conv2d should do its arithmetic with NumPy, but it calls TensorFlow or Keras
def conv2d(image, kernels, stride=1, padding=0):
    import keras
    ph, pw = pair(padding)
    padded = np.pad(image, ((ph, ph), (pw, pw), (0, 0))).astype("float32")
    out = keras.ops.conv(padded[None], kernels.astype("float32"), strides=pair(stride), padding="valid")
    return np.array(out)[0]
