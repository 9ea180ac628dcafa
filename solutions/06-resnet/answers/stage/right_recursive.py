# right: recursion: a stage is a block and a shorter stage
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
    def row(arriving: int, count: int, step: int) -> list:
        if count == 0:
            return []
        return [ResidualBlock(arriving, filters, step, shortcut)] + row(filters, count - 1, 1)

    layers = row(channels, blocks, stride)
    return tf.keras.Sequential(layers=layers, name=None)
