# Hands the shortcut on to the first block only.
# Loses: test_stage
# Told: each block gets the `shortcut`
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(channels, filters, stride, shortcut)]
    row += [ResidualBlock(filters, filters) for _ in range(blocks - 1)]
    return tf.keras.Sequential(row)
