# Adds `blocks` blocks after the first one.
# Loses: test_stage
# Told: one block too many
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(channels, filters, stride, shortcut)]
    row += [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks)]
    return tf.keras.Sequential(row)
