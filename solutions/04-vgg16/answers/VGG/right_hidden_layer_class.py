# right: dense layer and dropout in a layer of one's own
class Hidden(tf.keras.layers.Layer):
    def __init__(self, units, rate):
        super().__init__()
        self.dense, self.drop = tf.keras.layers.Dense(units), tf.keras.layers.Dropout(rate)

    def call(self, values, training=None):
        return self.drop(tf.maximum(self.dense(values), 0), training=training)


class VGG(tf.keras.Model):
    """Any VGG."""

    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.maps = [VGGBlock(filters, sizes) for filters, sizes in tuple(blocks)]
        self.hidden = [Hidden(units, dropout) for units in dense]
        self.final = tf.keras.layers.Dense(classes, kernel_initializer="glorot_normal")
        self.flat = tf.keras.layers.Flatten()

    def call(self, images, training=False):
        for block in self.maps:
            images = block(images)
        mean = self.flat(images)
        for hidden in self.hidden:
            mean = hidden(mean, training=training)
        return self.final(mean)
