# Global average pooling instead of flattening.
# Loses: test_VGG
# Told: they should be flattened
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.blocks = [VGGBlock(filters, kernel_sizes) for filters, kernel_sizes in blocks]
        self.flatten = tf.keras.layers.GlobalAveragePooling2D()
        self.hidden = [tf.keras.layers.Dense(units, activation="relu") for units in dense]
        self.drops = [tf.keras.layers.Dropout(dropout) for _ in dense]
        self.logits = tf.keras.layers.Dense(classes)

    def call(self, images, training=False):
        for block in self.blocks:
            images = block(images)
        vectors = self.flatten(images)
        for layer, drop in zip(self.hidden, self.drops):
            vectors = drop(layer(vectors), training=training)
        return self.logits(vectors)
