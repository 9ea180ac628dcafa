# Adds dropout at the end of the block: seen in training only.
# Loses: test_VGGBlock
# Told: do the same in training as at inference
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu")
            for size in kernel_sizes
        ]
        self.drop = tf.keras.layers.Dropout(0.25)
        self.pool = tf.keras.layers.MaxPooling2D(2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.drop(self.pool(maps))
