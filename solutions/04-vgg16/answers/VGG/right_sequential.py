# right: one Sequential
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        L = tf.keras.layers
        parts = [VGGBlock(*block) for block in blocks] + [L.Flatten()]
        for units in dense:
            parts += [L.Dense(units, "relu"), L.Dropout(dropout)]
        self.network = tf.keras.Sequential([*parts, L.Dense(classes)])

    def call(self, images, training=False):
        return self.network(images, training=training)
