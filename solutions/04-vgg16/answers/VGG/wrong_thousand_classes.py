# The number of classes is fixed.
# Loses: test_VGG
# Told: `classes` is ignored
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.blocks = [VGGBlock(filters, kernel_sizes) for filters, kernel_sizes in blocks]
        self.flatten = tf.keras.layers.Flatten()
        self.hidden = [tf.keras.layers.Dense(units, activation="relu") for units in dense]
        self.drops = [tf.keras.layers.Dropout(dropout) for _ in dense]
        self.logits = tf.keras.layers.Dense(1000)

    def call(self, images, training=False):
        for block in self.blocks:
            images = block(images)
        vectors = self.flatten(images)
        for layer, drop in zip(self.hidden, self.drops):
            vectors = drop(layer(vectors), training=training)
        return self.logits(vectors)
