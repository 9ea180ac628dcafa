# Returns a list of blocks.
# Loses: test_stage
# Told: keras.Sequential makes one from a list
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(channels, filters, stride, shortcut)]
    return row + [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks - 1)]
