# Tells the first block that `filters` channels arrive.
# Loses: test_stage
# Told: told the wrong number of channels
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(filters, filters, stride if place == 0 else 1, shortcut) for place in range(blocks)]
    return tf.keras.Sequential(row)
