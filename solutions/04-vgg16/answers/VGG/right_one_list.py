# All layers in one list; `training` reaches the dropout without being named.
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.parts = [VGGBlock(filters, tuple(kernel_sizes)) for filters, kernel_sizes in blocks] + [tf.keras.layers.Flatten()]
        for units in dense:
            self.parts.append(tf.keras.layers.Dense(units))
            self.parts.append(tf.keras.layers.Activation("relu"))
            self.parts.append(tf.keras.layers.Dropout(dropout))
        self.parts.append(tf.keras.layers.Dense(classes))

    def call(self, images, training=None):
        for part in self.parts:
            images = part(images)
        return images
