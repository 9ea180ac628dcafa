# Tells every block the channels that arrive at the first one.
# Loses: test_stage
# Told: every block has a projection
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(channels, filters, stride, shortcut)]
    row += [ResidualBlock(channels, filters, 1, shortcut) for _ in range(blocks - 1)]
    return tf.keras.Sequential(row)
