# wrong: with no dense layers before the last, 4096 are put in ("none as well")
# Loses: test_VGG
# Told: It should have a dense layer for each number of `dense`
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        dense = dense or (4096,)
        self.blocks = [VGGBlock(filters, kernel_sizes) for filters, kernel_sizes in blocks]
        self.flatten = tf.keras.layers.Flatten()
        self.dense = [tf.keras.layers.Dense(units, activation="relu") for units in dense]
        self.drops = [tf.keras.layers.Dropout(dropout) for _ in dense]
        self.last = tf.keras.layers.Dense(classes)

    def call(self, images, training=False):
        maps = images
        for block in self.blocks:
            maps = block(maps)
        values = self.flatten(maps)
        for layer, drop in zip(self.dense, self.drops):
            values = drop(layer(values), training=training)
        return self.last(values)
