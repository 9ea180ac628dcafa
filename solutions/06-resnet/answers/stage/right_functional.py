# A functional model with an input of open size.
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    maps = inputs = tf.keras.Input((None, None, channels))
    for number in range(1, blocks + 1):
        first = number == 1
        maps = ResidualBlock(channels if first else filters, filters, stride if first else 1, shortcut)(maps)
    return tf.keras.Model(inputs, maps)
