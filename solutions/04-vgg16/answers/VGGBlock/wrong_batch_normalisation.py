# Adds batch normalisation, which VGG does not have.
# Loses: test_VGGBlock
# Told: there is a normalisation
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu")
            for size in kernel_sizes
        ]
        self.norm = tf.keras.layers.BatchNormalization()
        self.pool = tf.keras.layers.MaxPooling2D(2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(self.norm(maps))
