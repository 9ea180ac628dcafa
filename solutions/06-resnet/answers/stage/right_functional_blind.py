# right: a functional model for maps of any size
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    """A row of residual blocks.

    Parameters
    ----------
    channels
        the channels that arrive.
    filters
        of every block.
    blocks
        how many of them, 1 or more.
    stride
        of the first block; the others have stride 1.
    shortcut
        of every block, as in `ResidualBlock`.

    Returns
    -------
    a layer or a model
        called with feature maps and `training`, it sends them through the blocks in their order.
        tf.keras.Sequential makes one from a list of layers, and hands `training` on.
    """
    inputs = x = tf.keras.Input((None, None, channels))
    for place in range(blocks):
        x = ResidualBlock(channels if place == 0 else filters, filters, stride if place == 0 else 1, shortcut)(x)
    return tf.keras.Model(inputs, x)
