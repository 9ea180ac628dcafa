# Puts one more batch normalisation behind every block.
# Loses: test_stage
# Told: nothing comes between them
def stage(channels: int, filters: int, blocks: int, stride: int, shortcut: str = "projection"):
    row = []
    for place in range(blocks):
        row.append(ResidualBlock(filters if place else channels, filters, 1 if place else stride, shortcut))
        row.append(tf.keras.layers.BatchNormalization(momentum=0.9))
    return tf.keras.Sequential(row)
