# Cuts the maps to a multiple of the stride first, so sizes are rounded down.
# Loses: test_padding_shortcut
# Told: because the first pixel is kept
def padding_shortcut(inputs, filters: int, stride: int):
    height, width = tf.shape(inputs)[1] // stride * stride, tf.shape(inputs)[2] // stride * stride
    return tf.pad(inputs[:, :height:stride, :width:stride], [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
