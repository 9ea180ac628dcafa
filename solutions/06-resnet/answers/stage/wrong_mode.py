# wrong: a layer of its own that does not hand `training` on: always inference; breaks "called with feature maps and `training`"
# Loses: test_stage
# Told: `training` is not handed on to the blocks
class Row(tf.keras.layers.Layer):
    def __init__(self, blocks):
        super().__init__()
        self.blocks = blocks

    def call(self, inputs, training=None):
        for block in self.blocks:
            inputs = block(inputs, training=False)
        return inputs


def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    first = ResidualBlock(channels, filters, stride, shortcut)
    return Row([first] + [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks - 1)])
