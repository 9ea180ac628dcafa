# Makes the zeros from the shape that is known before any photograph arrives.
# Loses: test_padding_shortcut
# Told: is used for more than the channels
def padding_shortcut(inputs, filters: int, stride: int):
    kept = inputs[:, ::stride, ::stride]
    number, height, width, channels = kept.shape
    return tf.concat([kept, tf.zeros((number, height, width, filters - channels), kept.dtype)], axis=-1)
