# A layer of its own that calls its blocks in a loop.
class Row(tf.keras.layers.Layer):
    def __init__(self, blocks):
        super().__init__()
        self.blocks = blocks

    def call(self, maps, training=None):
        for block in self.blocks:
            maps = block(maps, training=training)
        return maps


def stage(channels, filters, blocks, stride, shortcut="projection"):
    return Row([
        ResidualBlock(filters if place else channels, filters, 1 if place else stride, shortcut) for place in range(blocks)
    ])
