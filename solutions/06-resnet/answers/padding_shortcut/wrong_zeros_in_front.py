# The channels of zeros come first.
# Loses: test_padding_shortcut
# Told: before the old channels
def padding_shortcut(inputs, filters: int, stride: int):
    return tf.pad(inputs[:, ::stride, ::stride], [[0, 0], [0, 0], [0, 0], [filters - inputs.shape[-1], 0]])
