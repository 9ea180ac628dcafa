# wrong: only the first dense layer has a ReLU ("each has ReLU")
# Loses: test_VGG
# Told: Each layer but the last has ReLU, the last map is flattened
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.blocks = [VGGBlock(filters, kernel_sizes) for filters, kernel_sizes in blocks]
        self.flatten = tf.keras.layers.Flatten()
        self.dense = [tf.keras.layers.Dense(units, activation="relu" if i == 0 else None) for i, units in enumerate(dense)]
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
