# The last block has the stride.
# Loses: test_stage
# Told: two blocks change the shape
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(channels, filters, 1, shortcut)] if blocks > 1 else []
    row += [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks - 2)]
    return tf.keras.Sequential(row + [ResidualBlock(filters if blocks > 1 else channels, filters, stride, shortcut)])
