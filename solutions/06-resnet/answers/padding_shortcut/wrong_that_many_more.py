# Adds `filters` channels.
# Loses: test_padding_shortcut
# Told: there should be `filters` in all
def padding_shortcut(inputs, filters: int, stride: int):
    return tf.pad(inputs[:, ::stride, ::stride], [[0, 0], [0, 0], [0, 0], [0, filters]])
