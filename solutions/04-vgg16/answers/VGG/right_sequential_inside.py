# Trunk and head are two Sequentials; Keras hands `training` on.
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.trunk = tf.keras.Sequential([VGGBlock(*block) for block in blocks])
        head = [tf.keras.layers.Flatten()]
        for units in dense:
            head += [tf.keras.layers.Dense(units, "relu"), tf.keras.layers.Dropout(dropout)]
        self.head = tf.keras.Sequential(head + [tf.keras.layers.Dense(classes)])

    def call(self, images, training=False):
        return self.head(self.trunk(images), training=training)
