# Tells the first block that `filters` channels arrive.
# Loses: test_stage
# Told: other channels than arrive
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(filters, filters, stride if place == 0 else 1, shortcut) for place in range(blocks)]
    return tf.keras.Sequential(row)
