# Convolutions and poolings directly, without VGGBlock.
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.stack = []
        for filters, kernel_sizes in blocks:
            for size in kernel_sizes:
                self.stack.append(tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu"))
            self.stack.append(tf.keras.layers.MaxPool2D(2, 2))
        self.hidden = [tf.keras.layers.Dense(units, activation="relu") for units in dense]
        self.out = tf.keras.layers.Dense(classes)
        self.drop = tf.keras.layers.Dropout(dropout)

    def call(self, images, training=False):
        for layer in self.stack:
            images = layer(images)
        vectors = tf.reshape(images, (-1, math.prod(images.shape[1:])))
        for layer in self.hidden:
            vectors = self.drop(layer(vectors), training=training)
        return self.out(vectors)
