# Keeps the upper left corner of the map.
# Loses: test_padding_shortcut
# Told: a corner of the map
def padding_shortcut(inputs, filters: int, stride: int):
    rows, columns = -(-tf.shape(inputs)[1] // stride), -(-tf.shape(inputs)[2] // stride)
    return tf.pad(inputs[:, :rows, :columns], [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
