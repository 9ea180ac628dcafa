# Returns a function that sends the maps through the blocks.
# Loses: test_stage
# Told: should be a layer or a model
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(filters if place else channels, filters, 1 if place else stride, shortcut) for place in range(blocks)]

    def through(maps, training=None):
        for block in row:
            maps = block(maps, training=training)
        return maps

    return through
