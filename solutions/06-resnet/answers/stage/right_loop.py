# One loop, in which channels and stride change after the first block.
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    model = tf.keras.Sequential()
    for _ in range(blocks):
        model.add(ResidualBlock(channels, filters, stride, shortcut=shortcut))
        channels, stride = filters, 1
    return model
