# Averages the pixels.
# Loses: test_padding_shortcut
# Told: pixels are averaged
def padding_shortcut(inputs, filters: int, stride: int):
    kept = tf.nn.avg_pool2d(inputs, stride, stride, "SAME")
    return tf.pad(kept, [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
