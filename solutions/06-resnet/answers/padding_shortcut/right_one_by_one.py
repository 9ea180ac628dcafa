# Stacks the channels one by one; filters and stride may be NumPy integers.
def padding_shortcut(inputs, filters: int, stride: int):
    step, wanted = int(stride), int(filters)
    kept = inputs[:, 0::step, 0::step, :]
    channels = tf.unstack(kept, axis=3)
    while len(channels) < wanted:
        channels.append(tf.zeros_like(channels[0]))
    return tf.stack(channels, axis=3)
