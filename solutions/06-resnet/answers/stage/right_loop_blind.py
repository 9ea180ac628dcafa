# right: network.add in a loop, the channels that arrive change
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
    network = tf.keras.Sequential()
    arriving, step = channels, stride
    for _ in range(blocks):
        network.add(ResidualBlock(channels=arriving, filters=filters, stride=step, shortcut=shortcut))
        arriving, step = filters, 1
    return network
