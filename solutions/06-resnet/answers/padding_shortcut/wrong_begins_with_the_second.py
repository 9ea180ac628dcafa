# Begins with the pixel before the next stride.
# Loses: test_padding_shortcut
# Told: because the first pixel is kept
def padding_shortcut(inputs, filters: int, stride: int):
    kept = inputs[:, stride - 1 :: stride, stride - 1 :: stride]
    return tf.pad(kept, [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
