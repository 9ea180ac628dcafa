# wrong: two blocks at least; breaks "how many of them, 1 or more"
# Loses: test_stage
# Told: `blocks` counts the first one as well
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
    others = [ResidualBlock(filters, filters, 1, shortcut) for _ in range(max(1, blocks - 1))]
    return tf.keras.Sequential([first, *others])
