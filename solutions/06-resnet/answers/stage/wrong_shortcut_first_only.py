# wrong: only the first block gets the shortcut: with "none" the others have one; breaks "shortcut of every block"
# Loses: test_stage
# Told: each block gets the `shortcut`
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
    first = ResidualBlock(channels, filters, stride, shortcut)
    others = [ResidualBlock(filters, filters, 1) for _ in range(blocks - 1)]
    return tf.keras.Sequential([first, *others])
