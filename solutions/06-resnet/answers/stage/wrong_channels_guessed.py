# wrong: the channels that arrive are guessed from the filters; breaks "channels: the channels that arrive"
# Loses: test_stage
# Told: told the wrong number of channels
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
    channels = filters if stride == 1 else filters // 2
    first = ResidualBlock(channels, filters, stride, shortcut)
    others = [ResidualBlock(filters, filters, 1, shortcut) for _ in range(blocks - 1)]
    return tf.keras.Sequential([first, *others])
