# right: without VGGBlock, one shared Dropout layer, which has no weights
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.features = []
        for filters, sizes in blocks:
            for k in sizes:
                self.features.append(tf.keras.layers.Conv2D(filters, k, padding="same", activation="relu"))
            self.features.append(tf.keras.layers.MaxPooling2D())
        self.features.append(tf.keras.layers.Flatten())
        self.hidden = [tf.keras.layers.Dense(units) for units in dense]
        self.dropout = tf.keras.layers.Dropout(rate=dropout)
        self.logits = tf.keras.layers.Dense(units=classes, activation=None)

    def call(self, images, training=False):
        x = images
        for feature in self.features:
            x = feature(x)
        for count in self.hidden:
            x = self.dropout(tf.nn.relu(count(x)), training=training)
        return self.logits(x)
