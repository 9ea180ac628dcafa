# A layer that calls its blocks with training=False.
# Loses: test_stage
# Told: `training` is not handed on
class Row(tf.keras.layers.Layer):
    def __init__(self, blocks):
        super().__init__()
        self.blocks = blocks

    def call(self, maps):
        for block in self.blocks:
            maps = block(maps, training=False)
        return maps


def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    return Row([ResidualBlock(filters if place else channels, filters, 1 if place else stride, shortcut) for place in range(blocks)])
