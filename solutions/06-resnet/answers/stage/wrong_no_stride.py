# Forgets the stride.
# Loses: test_stage
# Told: the stride is ignored
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(channels, filters, 1, shortcut)]
    return tf.keras.Sequential(row + [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks - 1)])
