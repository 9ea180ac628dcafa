# Lists one and the same block several times.
# Loses: test_stage
# Told: needs a block of its own
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    first = ResidualBlock(channels, filters, stride, shortcut)
    again = ResidualBlock(filters, filters, 1, shortcut)
    calls = [first] + [again] * (blocks - 1)

    class Row(tf.keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.first, self.again = first, again

        def call(self, maps, training=None):
            for block in calls:
                maps = block(maps, training=training)
            return maps

    return Row()
