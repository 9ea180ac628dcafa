# Strides over the rows, but not over the columns.
# Loses: test_padding_shortcut
# Told: in one direction only
def padding_shortcut(inputs, filters: int, stride: int):
    return tf.pad(inputs[:, ::stride], [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
