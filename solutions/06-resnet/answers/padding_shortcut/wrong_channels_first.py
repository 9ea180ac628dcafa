# Takes the axis after the photographs for the channels.
# Loses: test_padding_shortcut
# Told: taken for the channels
def padding_shortcut(inputs, filters: int, stride: int):
    kept = inputs[:, :, ::stride, ::stride]
    return tf.pad(kept, [[0, 0], [0, filters - inputs.shape[1]], [0, 0], [0, 0]])
