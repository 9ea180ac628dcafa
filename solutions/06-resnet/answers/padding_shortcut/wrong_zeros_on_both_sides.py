# Half of the zeros come first, as in some programs.
# Loses: test_padding_shortcut
# Told: on both sides of the old channels
def padding_shortcut(inputs, filters: int, stride: int):
    more = filters - inputs.shape[-1]
    return tf.pad(inputs[:, ::stride, ::stride], [[0, 0], [0, 0], [0, 0], [more // 2, more - more // 2]])
