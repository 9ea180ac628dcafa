# Does not hand the shortcut on.
# Loses: test_stage
# Told: `shortcut` should be handed on
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(channels, filters, stride)]
    row += [ResidualBlock(filters, filters) for _ in range(blocks - 1)]
    return tf.keras.Sequential(row)
