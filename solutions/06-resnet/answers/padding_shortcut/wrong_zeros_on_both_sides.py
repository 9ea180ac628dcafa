# Half of the zeros come first, as in some programs.
def padding_shortcut(inputs, filters: int, stride: int):
    more = filters - inputs.shape[-1]
    return tf.pad(inputs[:, ::stride, ::stride], [[0, 0], [0, 0], [0, 0], [more // 2, more - more // 2]])
