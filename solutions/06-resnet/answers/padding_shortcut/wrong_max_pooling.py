# Takes the largest pixel of each window.
# Loses: test_padding_shortcut
# Told: the largest pixels are taken
def padding_shortcut(inputs, filters: int, stride: int):
    kept = tf.nn.max_pool2d(inputs, stride, stride, "SAME")
    return tf.pad(kept, [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
