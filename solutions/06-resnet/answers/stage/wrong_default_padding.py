# Has padding as its default shortcut.
# Loses: test_stage
# Told: the default of `shortcut` is not "projection"
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "padding"):
    row = [ResidualBlock(channels, filters, stride, shortcut)]
    return tf.keras.Sequential(row + [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks - 1)])
