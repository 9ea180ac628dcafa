# A stage is one block fewer and then one block more.
def stage(channels, filters, blocks, stride, shortcut="projection"):
    if blocks == 1:
        return tf.keras.Sequential([ResidualBlock(channels, filters, stride=stride, shortcut=shortcut)])
    return tf.keras.Sequential([stage(channels, filters, blocks - 1, stride, shortcut), ResidualBlock(filters, filters, stride=1, shortcut=shortcut)])
