# Calls its blocks with training=True.
# Loses: test_stage
# Told: is always in training mode
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = [ResidualBlock(filters if place else channels, filters, 1 if place else stride, shortcut) for place in range(blocks)]

    class Row(tf.keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.row = row

        def call(self, maps):
            for block in self.row:
                maps = block(maps, training=True)
            return maps

    return Row()
