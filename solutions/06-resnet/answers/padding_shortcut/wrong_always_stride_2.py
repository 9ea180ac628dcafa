# Takes every second pixel, whatever the stride.
# Loses: test_padding_shortcut
# Told: whatever the stride
def padding_shortcut(inputs, filters: int, stride: int):
    return tf.pad(inputs[:, ::2, ::2], [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
