# Every block has the stride.
# Loses: test_stage
# Told: every block has the stride
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    first = ResidualBlock(channels, filters, stride, shortcut)
    return tf.keras.Sequential([first] + [ResidualBlock(filters, filters, stride, shortcut) for _ in range(blocks - 1)])
