# Always adds as many channels as there are.
# Loses: test_padding_shortcut
# Told: the number of channels is doubled
def padding_shortcut(inputs, filters: int, stride: int):
    kept = inputs[:, ::stride, ::stride]
    return tf.concat([kept, tf.zeros_like(kept)], axis=-1)
