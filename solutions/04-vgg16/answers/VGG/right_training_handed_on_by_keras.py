# right: training is left to Keras, which hands it on; the flat length by reshape
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.convolutional = tf.keras.Sequential([VGGBlock(f, k) for f, k in blocks])
        self.head = []
        for units in dense:
            self.head.append(tf.keras.layers.Dense(units, activation="relu"))
            self.head.append(tf.keras.layers.Dropout(dropout))
        self.head.append(tf.keras.layers.Dense(classes))

    def call(self, images, training=False):
        maps = self.convolutional(images)
        expected = math.prod(maps.shape[1:])
        x = tf.reshape(maps, (-1, expected))
        for layer in self.head:
            x = layer(x)
        return x
