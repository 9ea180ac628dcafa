# Returns a list of blocks.
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(channels, filters, stride, shortcut)]
    return row + [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks - 1)]
