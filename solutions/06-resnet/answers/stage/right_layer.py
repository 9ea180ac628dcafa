# right: a layer of its own
class Row(tf.keras.layers.Layer):
    """Blocks in a row."""

    def __init__(self, blocks):
        super().__init__()
        self.blocks = blocks

    def call(self, inputs, training=None):
        for block in self.blocks:
            inputs = block(inputs, training=training)
        return inputs


def stage(channels, filters, blocks, stride, shortcut="projection"):
    assert blocks >= 1
    sizes = [channels] + [filters] * blocks
    strides = [stride] + [1] * (blocks - 1)
    return Row([ResidualBlock(a, b, s, shortcut) for a, b, s in zip(sizes[:-1], sizes[1:], strides, strict=True)])
