# Copies the maps into the new channels.
# Loses: test_padding_shortcut
# Told: copied into the new channels
def padding_shortcut(inputs, filters: int, stride: int):
    kept = inputs[:, ::stride, ::stride]
    return tf.tile(kept, [1, 1, 1, -(-filters // kept.shape[-1])])[..., :filters]
