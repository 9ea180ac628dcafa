# wrong: dense layers with the same units are one layer ("the units of the dense layers before the last", 4096 and 4096)
# Loses: test_VGG
# Told: Each layer has weights of its own
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.blocks = [VGGBlock(filters, kernel_sizes) for filters, kernel_sizes in blocks]
        self.flatten = tf.keras.layers.Flatten()
        self.dense = []
        for units in dense:
            same = [layer for layer in self.dense if layer.units == units and layer is not self.dense[0]]
            self.dense.append(same[0] if same else tf.keras.layers.Dense(units, activation="relu"))
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
